"""The four lenses: pure functions, article in, plain records out."""
