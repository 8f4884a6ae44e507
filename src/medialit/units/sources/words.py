"""Distinctive words of the story, and what that can mean."""

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
# What each wrong statement comes from.
_CODES = {"bias": "S-F", "proof": "S-H"}


class DistinctWords(Task[Table]):
    """Which of five words stands out most against all other texts pooled (.5), and what that can mean (.5)."""

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
            Field("most", self.say("most"), tuple(Option(word, word) for word in sorted(self.picked))),
            Field("limits", self.say("limits"), self.options("limits"), long=True),
        )
        return TableForm((Option(ROW, self.say("row")),), fields)

    def score(self, answer: Table) -> Result:
        cells = answer[ROW]
        word, limits = cells.key("most") == self.picked[0], cells.key("limits")
        statement, step = limits == "here", ""
        if limits in _CODES:
            step = self.say("no_meaning")
        elif not statement:
            step = self.say("choose")
        elif not word:
            step = self.say("look")
        message = self.say("found", word=self.fits_or_not(word), statement=self.fits_or_not(statement))
        codes = [_CODES[limits]] if limits in _CODES else []
        return self.result(0.5 * word + 0.5 * statement, message, step, codes=codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        return {ROW: {"most": self.picked[0], "limits": "here"}}

    def facts(self) -> dict[str, object]:
        first = self.scored(self.picked[0])
        return {
            "words": len(self.picked),
            "first": first.word,
            "count": first.count,
            "reference": first.reference_count,
            "all": ", ".join(self.picked),
        }
