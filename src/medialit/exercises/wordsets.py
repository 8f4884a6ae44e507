"""Tasks 4.4 to 4.6: distinctive words, reused passages and voices, each with what it cannot show."""

from __future__ import annotations

from functools import cached_property
from math import log2
from typing import Any

from medialit.article import Article
from medialit.exercises.records import Result
from medialit.exercises.task import RawTask
from medialit.forms import Field, Form, Option, TableForm
from medialit.lenses.sources import DistinctiveWords, SharedPassages, distinctive_words, shared_passages
from medialit.lenses.voices import Voices, compare_voices

ARTICLE = "article"
WINDOWS = (3, 5, 8, 12)
PICKED = 5
# The normal curve's usual mark: below it, a difference is of the size that chance makes.
FAR = 1.96

LIMITS = (
    Option(
        "here",
        "It is frequent here and rarer there. With a few hundred words that is weak evidence, and of frequency only.",
    ),
    Option("bias", "It shows that the story is biased."),
    Option("proof", "It is significant whatever its count, so it proves a difference."),
)
READINGS = (
    Option(
        "copied",
        "Long runs of the same words: one text was made from the other. Which came first, the overlap does not say.",
    ),
    Option("same event", "Both report one event, so the same words are to be expected."),
    Option("two sources", "Two texts that say the same confirm each other."),
)


class DistinctWords(RawTask):
    """4.4: z of five words of the story against all other texts pooled (.5), and what such a z can mean (.5)."""

    id = "4.4"

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
        return [score.word for score in self.found.words if len(score.word) > 3 and score.z > 0][:PICKED]

    @cached_property
    def form(self) -> Form[Any]:
        fields = [Field(word, f"z of “{word}”") for word in self.picked]
        words = tuple(Option(word, word) for word in self.picked)
        fields.append(
            Field("keep", "Which of them tell you something about how the story is told?", words, several=True)
        )
        fields.append(Field("limits", "What does a high z say?", LIMITS, long=True))
        return TableForm((Option("words", "Five words of the story against all other texts"),), tuple(fields))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        cells = answer.get("words", {})
        near = [w for w in self.picked if _near(cells.get(w), self.found.score(w).z, 0.01)]
        statement = cells.get("limits") == "here"
        value = 0.5 * len(near) / len(self.picked) + 0.5 * statement
        kept = cells.get("keep") or []
        message = (
            f"{len(near)} of {len(self.picked)} z values fit. You keep {len(kept)} words. Your "
            f"statement {_fits(statement)}."
        )
        step, codes = "", ()
        if cells.get("limits") in ("bias", "proof"):
            step = "A word count knows no meaning. Ask how many words it counted, and whether a count can show why."
            codes = ("S-F",) if cells["limits"] == "bias" else ("S-H",)
        elif not statement:
            step = "Choose a statement about what a high z says."
        elif len(near) < len(self.picked):
            step = "Copy the numbers of the column z from the table above, with two places after the point."
        return Result(self.outcome(value), value, message, step, {"near": len(near), "kept": kept}, codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        cells: dict[str, Any] = {word: round(self.found.score(word).z, 2) for word in self.picked}
        return {"words": cells | {"keep": self.picked[-1:], "limits": "here"}}

    def facts(self) -> dict[str, object]:
        first = self.found.score(self.picked[0])
        return {
            "words": len(self.picked),
            "first": first.word,
            "first_z": f"{first.z:.2f}",
            "count": first.count,
            "reference": first.reference_count,
            "all": ", ".join(f"{w} {self.found.score(w).z:.2f}" for w in self.picked),
        }


class ReuseWindow(RawTask):
    """4.5: how much of one report stands in another, for a window that you choose (.5), and what that shows (.5)."""

    id = "4.5"

    @cached_property
    def pair(self) -> tuple[str, str]:
        """The copy and the text that it was made from, by id."""
        copy = next(report for report in self.case.coverage.models if report.copies)
        return copy.id, copy.copies

    def shared(self, window: int) -> SharedPassages:
        """What the copy shares with the other text, in windows of so many words."""
        texts = self.case.coverage.model_articles()
        return shared_passages(texts[self.pair[0]], texts[self.pair[1]], n=window)

    @cached_property
    def form(self) -> Form[Any]:
        windows = tuple(Option(str(n), f"{n} words") for n in WINDOWS)
        fields = (
            Field("window", "Window", windows),
            Field("share", "Shared windows, as a share from 0 to 1"),
            Field("reading", "What does the overlap show?", READINGS, long=True),
        )
        return TableForm((Option("reuse", "The louder report beside the brief"),), fields)

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        cells = answer.get("reuse", {})
        window = cells.get("window")
        found = self.shared(int(window)) if window else None
        near = bool(found) and _near(cells.get("share"), found.a_in_b, 0.02)
        reading = cells.get("reading") == "copied"
        value = 0.5 * near + 0.5 * reading
        message = f"Your share {_fits(near)}. Your reading {_fits(reading)}."
        step, codes = "", ()
        if not window:
            step = "Choose a window first: how many words must stand in the same order to count?"
        elif not near:
            step = "Divide the shared windows by all windows of the louder report, in the row of your window."
        elif cells.get("reading") == "two sources":
            step, codes = (
                "Ask where the second text has its words from before you count it as a second source.",
                ("S-A",),
            )
        elif not reading:
            step = "Two people who see the same thing choose different words. Look at the longest run in the table."
        return Result(self.outcome(value), value, message, step, {"window": window}, codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        return {"reuse": {"window": "5", "share": round(self.shared(5).a_in_b or 0, 2), "reading": "copied"}}

    def facts(self) -> dict[str, object]:
        found = self.shared(5)
        return {
            "shared": found.shared,
            "windows": found.windows_a,
            "share": f"{found.a_in_b:.2f}",
            "run": found.runs[0].words if found.runs else 0,
        }


class VoicesCompared(RawTask):
    """4.6: the entropy of the voices in a report (± .05; .5) and a sentence that the numbers support (.5)."""

    id = "4.6"

    @cached_property
    def voices(self) -> dict[str, Voices]:
        """Quoted words by bloc, for the story and each model report."""
        gold = self.case.coverage
        blocs = {voice.name: voice.bloc for voice in (*self.case.voices, *gold.voices)}
        texts = gold.model_articles()
        sources = {ARTICLE: (self.case.article, [q for q in self.case.quotes if q.speaker_name])}
        sources |= {report.id: (texts[report.id], report.spoken) for report in gold.models}
        return {found.source: found for found in compare_voices(sources, blocs)}

    @cached_property
    def other(self) -> str:
        """The model report with the most even voices: the one that is worth a sum."""
        return max((n for n in self.voices if n != ARTICLE), key=lambda n: (self.voices[n].entropy, n))

    @cached_property
    def sentences(self) -> tuple[Option, ...]:
        """Three sentences; only the first stays with what was counted."""
        more = self.voices[ARTICLE].entropy > self.voices[self.other].entropy
        word = "more" if more else "less"
        return (
            Option(
                "accurate",
                f"The text with the {'more' if more else 'less'} even voices, the story, is the more accurate one.",
            ),
            Option("counted", f"The story spreads its quoted words {word} evenly over the sides than the brief does."),
            Option("neutral", "The text with the more even voices has no frame."),
        )

    @cached_property
    def form(self) -> Form[Any]:
        fields = (
            Field("entropy", "Entropy of the brief, in bits"),
            Field("sentence", "Which sentence do the numbers support?", self.sentences, long=True),
        )
        return TableForm((Option("voices", "The story beside the brief"),), fields)

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        cells = answer.get("voices", {})
        near = _near(cells.get("entropy"), self.voices[self.other].entropy, 0.05)
        right = cells.get("sentence") == "counted"
        value = 0.5 * near + 0.5 * right
        message = f"Your entropy {_fits(near)}. Your sentence {_fits(right)}."
        step, codes = "", ()
        if not near:
            step = "Add up the last column of the brief's table. That sum is the entropy."
        elif cells.get("sentence") in ("accurate", "neutral"):
            step = (
                "Counting whose words are quoted says nothing about whether they are right, or what was put in front."
            )
            codes = ("S-B2",) if cells["sentence"] == "accurate" else ("S-B3",)
        elif not right:
            step = "Choose the sentence that stays with what was counted."
        return Result(self.outcome(value), value, message, step, {"near": near}, codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        return {"voices": {"entropy": round(self.voices[self.other].entropy, 2), "sentence": "counted"}}

    def facts(self) -> dict[str, object]:
        story, brief = self.voices[ARTICLE], self.voices[self.other]
        return {
            "story": f"{story.entropy:.2f}",
            "brief": f"{brief.entropy:.2f}",
            "sides": len(brief.blocs),
            "even": f"{log2(len(brief.blocs)):.2f}" if brief.blocs else "0",
            "top": brief.blocs[0].speaker,
            "share": f"{brief.blocs[0].share:.0f}",
        }


def _near(given: Any, right: float | None, tolerance: float) -> bool:
    if right is None or isinstance(given, bool) or not isinstance(given, int | float):
        return False
    return abs(given - right) <= tolerance + 0.005


def _fits(good: bool) -> str:
    return "fits" if good else "does not fit"
