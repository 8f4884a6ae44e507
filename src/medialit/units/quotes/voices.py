"""Group speakers into blocs, so that shares of quoted words follow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import log2

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.lenses.voices import quoted_words, voices
from medialit.scoring.shares import entropy

EVEN = 0.05  # bits by which the entropy may be off


class CountVoices(Task[Table]):
    """.8 for the shares (an error of at most 2 percentage points is full, of at most 5 half; a bloc without a speaker earns
    nothing) + .2 for the Shannon entropy (within .05 bits) once every speaker has a bloc.
    """

    @cached_property
    def words(self) -> dict[str, int]:
        """Quoted words by speaker. Words in scare marks have no speaker, so nobody gets them."""
        return quoted_words(self.case.article, [q for q in self.case.quotes if q.speaker_name])

    @cached_property
    def right(self) -> dict[str, str]:
        """The bloc of each speaker."""
        bloc_of = {voice.name: voice.bloc for voice in self.case.voices}
        return {name: bloc_of[name] for name in sorted(self.words)}

    @cached_property
    def form(self) -> TableForm:
        blocs = sorted({voice.bloc for voice in self.case.voices})
        rows = (Option(name, self.say("row", name=name, words=words)) for name, words in sorted(self.words.items()))
        return TableForm(tuple(rows), (Field("bloc", self.say("field"), tuple(Option(b, b) for b in blocs)),))

    def score(self, answer: Table) -> Result:
        groups = {name: bloc for name in self.words if (bloc := answer[name].key("bloc"))}
        right, given = self._shares(self.right), self._shares(groups)
        credits = [_credit(abs(given[bloc] - share)) if bloc in given else 0.0 for bloc, share in right.items()]
        ungrouped = len(self.words) - len(groups)
        even = not ungrouped and abs(entropy(given) - entropy(right)) <= EVEN
        fit = sum(groups.get(name) == bloc for name, bloc in self.right.items())
        table = "; ".join(f"{bloc} {share:.0f}%" for bloc, share in given.items())
        message = self.say("found", table=table or self.say("nothing"), fit=fit, of=len(self.words))
        again = {name: self.say("look") for name, bloc in groups.items() if bloc != self.right[name]}
        step = self.say("ungrouped", n=ungrouped) if ungrouped else self.say("look") if fit < len(self.words) else ""
        details = {"shares": given, "entropy": round(entropy(given), 3)}
        score, measured = 0.8 * sum(credits) / len(credits) + 0.2 * even, self.say("measured", bits=entropy(given))
        return self.result(score, message, step, details, measured=measured, again=again)

    def _shares(self, groups: Mapping[str, str]) -> dict[str, float]:
        counts: dict[str, int] = {}
        for name, words in self.words.items():
            if bloc := groups.get(name):
                counts[bloc] = counts.get(bloc, 0) + words
        total = sum(self.words.values())
        return {bloc: 100 * n / total for bloc, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}

    def answer(self) -> dict[str, dict[str, str]]:
        return {name: {"bloc": bloc} for name, bloc in self.right.items()}

    def facts(self) -> dict[str, object]:
        said = [q for q in self.case.quotes if q.speaker_name]
        shares = voices(self.case.article, said, {v.name: v.bloc for v in self.case.voices})
        return {
            "clue": self.case.voices_clue or self.say("no_clue"),
            "most": shares[0].words,
            "even": f"{log2(len(shares)):.2f}",
            "speakers": len(self.words),
            "total": sum(self.words.values()),
            "shares": "; ".join(f"{v.speaker} {v.words} words, {v.share:.0f}%" for v in shares),
            "entropy": f"{entropy({v.speaker: v.words for v in shares}):.2f}",
        }


def _credit(error: float) -> float:
    return 1.0 if error <= 2 else 0.5 if error <= 5 else 0.0
