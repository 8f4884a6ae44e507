"""``python -m medialit`` does what ``medialit`` does."""

from medialit.cli import main

main()
