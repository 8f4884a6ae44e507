"""Task 3.4, the reliability lab: how far two codings agree beyond chance, and how sure one can be of that."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import RawTask
from medialit.forms import Form, LabForm, Option
from medialit.scoring.reliability import LABELS, band_of, compare, reading_of

TOLERANCE = 0.01
MAX_FILE = 100_000

BANDS = (
    Option("firm", ".80 or more: firm enough to build on"),
    Option("tentative", ".667 to .80: tentative conclusions only"),
    Option("low", "below .667: the coding is not reliable yet"),
    Option("undefined", "it cannot be computed for these two"),
)
READINGS = (
    Option("all firm", "The whole interval lies at .80 or above"),
    Option("crosses", "The interval crosses .667 or .80: with so few items, the band is not settled"),
    Option("all low", "The whole interval lies below .667"),
    Option("none", "There is no interval, because nothing varies"),
)
# The five lines of Krippendorff's alpha for two coders (2011). Their order is what a learner puts right.
LINES = (
    Option("units", "units = list(zip(first, second))"),
    Option("differ", "differ = sum(a != b for a, b in units) / len(units)"),
    Option("counts", "counts = Counter(first + second); n = sum(counts.values())"),
    Option("chance", "chance = 1 - sum(k * (k - 1) for k in counts.values()) / (n * (n - 1))"),
    Option("alpha", "alpha = 1 - differ / chance"),
)


# --- a partner's file -------------------------------------------------------------------------------------------


def coding_file(items: Mapping[str, str], case: str, codebook: int) -> str:
    """A coding as a file for a partner: JSON with the case, the version of the codebook and yes or no by item."""
    data = {"medialit": "coding", "case": case, "codebook": codebook, "items": dict(items)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_coding(text: str, case: str, codebook: int, wanted: Sequence[str]) -> dict[str, str]:
    """The yes and no answers of a partner's file.

    Raises MedialitError, in one sentence, for a file of another kind, case or version, with missing items or unknown
    labels.
    """
    if len(text) > MAX_FILE:
        raise MedialitError("This file is too large to be a coding. Ask your partner for coding.json.")
    try:
        data = json.loads(text)
    except ValueError:
        raise MedialitError(
            "This file is not a coding file. Ask your partner to save one with “Save my coding”."
        ) from None
    if not isinstance(data, dict) or data.get("medialit") != "coding" or not isinstance(data.get("items"), dict):
        raise MedialitError("This file is not a coding file. Ask your partner to save one with “Save my coding”.")
    if data.get("case") != case:
        raise MedialitError(f"This file codes the story “{str(data.get('case'))[:40]}”. You code “{case}”.")
    if data.get("codebook") != codebook:
        raise MedialitError(
            f"This file used version {str(data.get('codebook'))[:10]} of the codebook, and you use version {codebook}. "
            "Code with the same one."
        )
    items = data["items"]
    strangers = [name for name in items if name not in wanted]
    if strangers:
        raise MedialitError(f"This file holds an item “{str(strangers[0])[:20]}” that the codebook does not have.")
    for name, label in items.items():
        if label not in LABELS:
            raise MedialitError(f"Item {name} has the label “{str(label)[:20]}”. Labels are yes and no.")
    missing = [name for name in wanted if name not in items]
    if missing:
        raise MedialitError(
            f"This file leaves out {len(missing)} of {len(wanted)} items, first {missing[0]}. Code all of them."
        )
    return dict(items)


class ReliabilityLab(RawTask):
    """3.4: alpha of two codings (.5), its band (.25) and the reading of its interval (.25)."""

    id = "3.4"

    @cached_property
    def form(self) -> Form[Any]:
        gold = self.case.framing
        items = tuple(Option(item.id, item.short) for item in gold.codebook.items)
        coders = [Option(name, f"Coder {i} of the panel") for i, name in enumerate(gold.coders, 1)]
        coders += [
            Option(f"{pair.key}-{i}", f"{pair.label}: coder {name}")
            for pair in gold.pairs
            for i, name in enumerate("AB", 1)
        ]
        return LabForm(items, tuple(coders), BANDS, READINGS, LINES)

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

    def score(self, answer: dict[str, Any]) -> Result:
        first, second = answer.get("first") or {}, answer.get("second") or {}
        both = [name for name in first if name in second]
        if not both:
            return Result(
                self.outcome(0), 0.0, "There is only one coding.", "Choose a second one: alpha compares two coders."
            )
        found = compare(first, second)
        same = sum(first[name] == second[name] for name in both)
        given = answer.get("alpha")
        near = found.value is not None and isinstance(given, int | float) and abs(given - found.value) <= TOLERANCE
        # Where alpha is undefined there is no number to give.
        near = near or (found.value is None and given is None)
        band, reading = answer.get("band") == band_of(found.value), answer.get("reading") == reading_of(found)
        value = 0.5 * near + 0.25 * band + 0.25 * reading
        message = (
            f"The two codings agree on {same} of {len(both)} items. Your alpha {'fits' if near else 'does not fit'}, "
            f"your band {'fits' if band else 'does not fit'}, your reading {'fits' if reading else 'does not fit'}."
        )
        codes = (
            ("F-E",)
            if isinstance(given, int | float) and abs(given - same / len(both)) <= TOLERANCE and not near
            else ()
        )
        return Result(self.outcome(value), value, message, self._step(near, band, reading, codes), {}, codes)

    @staticmethod
    def _step(near: bool, band: bool, reading: bool, codes: tuple[str, ...]) -> str:
        if codes:
            return "Your number is the share of equal answers. Take away what chance alone would give."
        if not near:
            return "Press “Work it out step by step” and copy the last number."
        if not band:
            return "Hold your alpha against the two marks, .667 and .80."
        return "" if reading else "Look at both ends of the interval. On which side of .667 and .80 does each lie?"

    def read(self, answer: Any) -> Any:
        super().read(answer)
        one = [name for name in ("first", "second") if not answer.get(name)]
        if len(one) == 1:
            raise MedialitError(f"The {one[0]} coding is missing. Alpha needs two coders: choose one more.")
        return answer

    def answer(self) -> dict[str, Any]:
        codings = list(self.codings().values())
        found = compare(codings[0], codings[1])
        return {
            "first": codings[0],
            "second": codings[1],
            "alpha": None if found.value is None else round(found.value, 3),
            "band": band_of(found.value),
            "reading": reading_of(found),
        }

    def facts(self) -> dict[str, object]:
        codings = list(self.codings().values())
        found = compare(codings[0], codings[1])
        same = sum(codings[0][k] == codings[1][k] for k in codings[0])
        value = "undefined" if found.value is None else f"{found.value:.2f}"
        return {
            "same": same,
            "items": len(codings[0]),
            "alpha": value,
            "low": "–" if found.low is None else f"{found.low:.2f}",
            "high": "–" if found.high is None else f"{found.high:.2f}",
        }
