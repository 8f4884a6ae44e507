"""The reliability lab: how far two codings agree beyond chance, and how sure one can be of that."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from medialit.english import spread
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Comparison, LabForm, Option
from medialit.scoring.reliability import band_of, compare, reading_of

# The five lines of Krippendorff's alpha for two coders (2011). Their order is what a learner puts right.
LINES = (
    Option("units", "units = list(zip(first, second))"),
    Option("differ", "differ = sum(a != b for a, b in units) / len(units)"),
    Option("counts", "counts = Counter(first + second); n = sum(counts.values())"),
    Option("chance", "chance = 1 - sum(k * (k - 1) for k in counts.values()) / (n * (n - 1))"),
    Option("alpha", "alpha = 1 - differ / chance"),
)


class ReliabilityLab(Task[Comparison]):
    """The band of alpha of two codings (.5) and the reading of its interval (.5)."""

    @cached_property
    def form(self) -> LabForm:
        gold = self.case.framing
        items = tuple(Option(item.id, item.short) for item in gold.codebook.items)
        coders = [Option(name, self.say("coder", n=i)) for i, name in enumerate(gold.coders, 1)]
        for pair in gold.pairs:
            pairs = ((i, self.say("pair", pair=pair.label, coder=name)) for i, name in enumerate("AB", 1))
            coders += [Option(f"{pair.key}-{i}", text) for i, text in pairs]
        return LabForm(items, tuple(coders), self.options("bands"), self.options("readings"), LINES)

    def codings(self) -> dict[str, dict[str, str]]:
        """The bundled codings by name: the panel's, then the made-up pairs."""
        gold = self.case.framing
        ids = [item.id for item in gold.codebook.items]
        made = {
            f"{pair.key}-{i}": dict(zip(ids, side, strict=True))
            for pair in gold.pairs
            for i, side in enumerate((pair.first, pair.second), 1)
        }
        return {name: gold.answers(name) for name in gold.coders} | made

    @cached_property
    def _both(self) -> tuple[dict[str, str], dict[str, str]]:
        """The two codings that the key compares: the first two people, or the first made-up pair where only one has coded."""
        codings = list(self.codings().values())
        first = 0 if len(self.case.framing.coders) > 1 else len(self.case.framing.coders)
        return codings[first], codings[first + 1]

    def read(self, answer: Any) -> Comparison:
        given = super().read(answer)
        missing = [name for name, coding in (("first", given.first), ("second", given.second)) if not coding]
        if len(missing) == 1:
            raise MedialitError(self.say("one_missing", which=missing[0]))
        return given

    def score(self, answer: Comparison) -> Result:
        first, second = answer.first, answer.second
        both = [name for name in first if name in second]
        if not both:
            return self.result(0.0, self.say("only_one"), self.say("second"))
        found = compare(first, second)
        same = sum(first[name] == second[name] for name in both)
        # An alpha of .797 is shown as .80: who reads it so is not wrong.
        bands = {band_of(found.value), band_of(found.value if found.value is None else round(found.value, 2))}
        band, reading = answer.band in bands, answer.reading == reading_of(found)
        only_share = not band and answer.band == band_of(same / len(both))
        step = ""
        if only_share:
            step = self.say("share")
        elif not band:
            step = self.say("band")
        elif not reading:
            step = self.say("reading")
        message = self.say(
            "found", same=same, of=len(both), band=self.fits_or_not(band), reading=self.fits_or_not(reading)
        )
        measured = (
            "" if found.value is None else self.say("measured", value=found.value, low=found.low, high=found.high)
        )
        codes = ("F-E",) if only_share else ()
        return self.result(0.5 * band + 0.5 * reading, message, step, codes=codes, measured=measured)

    def answer(self) -> dict[str, Any]:
        first, second = self._both
        found = compare(first, second)
        return {
            "first": first,
            "second": second,
            "band": band_of(found.value),
            "reading": reading_of(found),
        }

    def facts(self) -> dict[str, object]:
        first, second = self._both
        found = compare(first, second)
        return {
            "who": self.say("panel" if len(self.case.framing.coders) > 1 else "made_up"),
            "same": sum(first[k] == second[k] for k in first),
            "items": len(first),
            "alpha": "undefined" if found.value is None else f"{found.value:.2f}",
            "low": "–" if found.low is None else f"{found.low:.2f}",
            "high": "–" if found.high is None else f"{found.high:.2f}",
            "spread": spread(found.low, found.high),
        }
