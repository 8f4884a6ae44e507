"""Signal detection for a class: does it tell sound from unsound statements, or does it only believe less?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

from medialit.english import percent

# A class smaller than this is not shown a gain: one learner's d' has a standard error of about .7.
ENOUGH = 10


@dataclass(frozen=True)
class Detection:
    """``d_prime``: how well unsound is told from sound (0: by chance). ``bias`` (c): below 0 the class calls more things
    unsound than half, above 0 fewer."""

    d_prime: float
    bias: float
    hit_rate: float
    false_alarm_rate: float
    answers: int


def detect(unsound: Sequence[bool], called_unsound: Sequence[bool]) -> Detection | None:
    """d' and c over pooled answers (Green & Swets 1966), with the log-linear correction (Hautus 1995).

    None when there is no sound or no unsound statement. Raises ValueError for different lengths.
    """
    if len(unsound) != len(called_unsound):
        raise ValueError(f"{len(unsound)} and {len(called_unsound)} answers cannot be paired.")
    signals, noise = sum(unsound), len(unsound) - sum(unsound)
    if not signals or not noise:
        return None
    hits = sum(a and b for a, b in zip(unsound, called_unsound, strict=True))
    alarms = sum(b and not a for a, b in zip(unsound, called_unsound, strict=True))
    # Half an answer more on each side: rates of 0 and 1 would give infinite values.
    hit, alarm = (hits + 0.5) / (signals + 1), (alarms + 0.5) / (noise + 1)
    z = NormalDist().inv_cdf
    return Detection(z(hit) - z(alarm), -(z(hit) + z(alarm)) / 2, hits / signals, alarms / noise, len(unsound))


@dataclass(frozen=True)
class Gain:
    """Normalised gain of a class with its 95% bootstrap interval."""

    value: float
    low: float
    high: float
    learners: int


def normalised_gain(before: Sequence[float], after: Sequence[float], draws: int = 2000, seed: int = 1) -> Gain | None:
    """(after - before) / (1 - before) of the class means (Hake 1998), scores from 0 to 1, one pair a learner.

    None for fewer than 10 learners, or when everybody had everything right before.
    """
    pairs = list(zip(before, after, strict=True))
    if len(pairs) < ENOUGH:
        return None
    value = _gain(pairs)
    if value is None:
        return None
    source = random.Random(seed)
    drawn = sorted(g for _ in range(draws) if (g := _gain(source.choices(pairs, k=len(pairs)))) is not None)
    return Gain(value, drawn[int(0.025 * (len(drawn) - 1))], drawn[round(0.975 * (len(drawn) - 1))], len(pairs))


def _gain(pairs: Sequence[tuple[float, float]]) -> float | None:
    # Lists: fmean counts what has no length one by one in Python.
    before, after = fmean([a for a, _ in pairs]), fmean([b for _, b in pairs])
    return (after - before) / (1 - before) if before < 1 else None


def more_suspicious_only(before: Detection, after: Detection, least: float = 0.1) -> bool:
    """True when a class calls more statements unsound than before without telling them apart better.

    Warns of what games and tips can do (Modirrousta-Galian & Higham 2023). ``least`` is the smallest change that counts.
    """
    return after.bias < before.bias - least and after.d_prime < before.d_prime + least


def told(found: Detection, where: str) -> str:
    """What d′ and c mean, in words."""
    lean = (
        "calls too much unsound"
        if found.bias < -0.2
        else "believes too much"
        if found.bias > 0.2
        else "leans to neither side"
    )
    return (
        f"{where}, the class tells unsound from sound with d′ = {found.d_prime:z.2f} (0 is chance) and bias c = "
        f"{found.bias:z.2f}: it {lean}. Unsound statements were called so {percent(found.hit_rate)} of the time, "
        f"sound ones {percent(found.false_alarm_rate)}. Both are about the class, never about one learner."
    )
