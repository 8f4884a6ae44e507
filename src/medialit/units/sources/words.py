"""Distinctive words of the story, and what a high z can mean."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from medialit.article import Article
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.lenses.sources import DistinctiveWords, WordScore, distinctive_words

ARTICLE, ROW = "article", "words"
PICKED = 5
SHORTEST = 4  # letters
# What each wrong statement about a high z comes from.
_CODES = {"bias": "S-F", "proof": "S-H"}


def near(given: float | None, right: float | None, tolerance: float) -> bool:
    """Is a number that was copied from a table right, to the second place after the point?"""
    return given is not None and right is not None and abs(given - right) <= tolerance + 0.005


class DistinctWords(Task[Table]):
    """z of five words of the story against all other texts pooled (.5), and what such a z can mean (.5)."""

    @cached_property
    def texts(self) -> dict[str, Article]:
        """The story and the model reports."""
        return {ARTICLE: self.case.article, **self.case.coverage.model_articles()}

    @cached_property
    def found(self) -> DistinctiveWords:
        """The comparison (Monroe and others 2008)."""
        return distinctive_words(self.texts, ARTICLE)

    @cached_property
    def picked(self) -> list[str]:
        """The five words with the highest z among those with four letters or more."""
        return [score.word for score in self.found.words if len(score.word) >= SHORTEST and score.z > 0][:PICKED]

    def scored(self, word: str) -> WordScore:
        """The comparison of one word that was picked."""
        found = self.found.score(word)
        assert found is not None
        return found

    @cached_property
    def form(self) -> TableForm:
        fields = (
            *(Field(word, self.say("z", word=word)) for word in self.picked),
            Field("limits", self.say("limits"), self.options("limits"), long=True),
        )
        return TableForm((Option(ROW, self.say("row")),), fields)

    def score(self, answer: Table) -> Result:
        cells = answer[ROW]
        fit = sum(near(cells.number(word), self.scored(word).z, 0.01) for word in self.picked)
        limits, n = cells.key("limits"), len(self.picked)
        statement = limits == "here"
        message = self.say("found", fit=fit, of=n, statement=self.say("fits" if statement else "fits_not"))
        step = ""
        if limits in _CODES:
            step = self.say("no_meaning")
        elif not statement:
            step = self.say("choose")
        elif fit < n:
            step = self.say("copy")
        codes = [_CODES[limits]] if limits in _CODES else []
        return self.result(0.5 * fit / n + 0.5 * statement, message, step, {"near": fit}, codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        cells: dict[str, Any] = {word: round(self.scored(word).z, 2) for word in self.picked}
        return {ROW: cells | {"limits": "here"}}

    def facts(self) -> dict[str, object]:
        first = self.scored(self.picked[0])
        return {
            "words": len(self.picked),
            "first": first.word,
            "first_z": f"{first.z:.2f}",
            "count": first.count,
            "reference": first.reference_count,
            "all": ", ".join(f"{w} {self.scored(w).z:.2f}" for w in self.picked),
        }
