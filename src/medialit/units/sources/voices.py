"""How evenly reports spread their quoted words over the sides, and what that can show."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from medialit.article import Article
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.lenses.voices import Quoted, Voices, compare_voices
from medialit.units.sources.words import ARTICLE

ROW = "voices"
# What each wrong sentence comes from.
_CODES = {"accurate": "S-B2", "neutral": "S-B3"}


class VoicesCompared(Task[Table]):
    """Which side has most of the quoted words in a report (.5), and a sentence that the numbers support (.5)."""

    @cached_property
    def voices(self) -> dict[str, Voices]:
        """Quoted words by bloc, for the story and each model report."""
        gold = self.case.coverage
        blocs = {voice.name: voice.bloc for voice in (*self.case.voices, *gold.voices)}
        texts = gold.model_articles()
        said: list[Quoted] = [q for q in self.case.quotes if q.speaker_name]
        sources: dict[str, tuple[Article, Iterable[Quoted]]] = {ARTICLE: (self.case.article, said)}
        sources |= {report.id: (texts[report.id], report.spoken) for report in gold.models}
        return {found.source: found for found in compare_voices(sources, blocs)}

    @cached_property
    def other(self) -> str:
        """The model report with the most even voices: the one that is worth a sum."""
        return max((n for n in self.voices if n != ARTICLE), key=lambda n: (self.voices[n].entropy, n))

    @cached_property
    def sides(self) -> set[str]:
        """The sides that are quoted in the story or the brief."""
        return {side.speaker for name in (ARTICLE, self.other) for side in self.voices[name].blocs}

    @cached_property
    def sentences(self) -> tuple[Option, ...]:
        """Three sentences; only one of them stays with what was counted."""
        more = self.voices[ARTICLE].entropy > self.voices[self.other].entropy
        return self.options("sentences_more" if more else "sentences_less")

    @cached_property
    def form(self) -> TableForm:
        fields = (
            Field("most", self.say("most"), tuple(Option(side, side) for side in sorted(self.sides))),
            Field("sentence", self.say("sentence"), self.sentences, long=True),
        )
        return TableForm((Option(ROW, self.say("row")),), fields)

    def score(self, answer: Table) -> Result:
        cells = answer[ROW]
        fit, sentence = cells.key("most") == self.voices[self.other].blocs[0].speaker, cells.key("sentence")
        right, codes, step = sentence == "counted", [], ""
        if not fit:
            step = self.say("look")
        elif sentence in _CODES:
            step, codes = self.say("only_counted"), [_CODES[sentence]]
        elif not right:
            step = self.say("choose")
        message = self.say("found", most=self.fits_or_not(fit), sentence=self.fits_or_not(right))
        return self.result(0.5 * fit + 0.5 * right, message, step, codes=codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        return {ROW: {"most": self.voices[self.other].blocs[0].speaker, "sentence": "counted"}}

    def facts(self) -> dict[str, object]:
        story, brief = self.voices[ARTICLE], self.voices[self.other]
        return {
            "sides": len(brief.blocs),
            "story_top": story.blocs[0].speaker,
            "story_share": f"{story.blocs[0].share:.0f}",
            "top": brief.blocs[0].speaker,
            "share": f"{brief.blocs[0].share:.0f}",
        }
