"""The parts of the quotes lens, one job each. ``medialit.lenses.quotes`` puts them together."""
