from medialit.units.base import Unit
class CorrectionUnit(Unit):
    """Publish a correction card."""
