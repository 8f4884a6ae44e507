"""The learner's own log of attempts: append-only, local, portable."""

from medialit.progress.entry import FORMAT, KINDS, Entry
from medialit.progress.history import best, count, first, hints, is_review, latest, review_mark
from medialit.progress.log import FILE_NAME, Progress
from medialit.progress.merge import RestoreReport

__all__ = [
    "FILE_NAME",
    "FORMAT",
    "KINDS",
    "Entry",
    "Progress",
    "RestoreReport",
    "best",
    "count",
    "first",
    "hints",
    "is_review",
    "latest",
    "review_mark",
]
