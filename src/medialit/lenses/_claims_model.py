"""The trained part of the claims lens: a weight for every sign and word (``datasets/models/claims/weights.json``)."""

from __future__ import annotations

import json
from functools import lru_cache
from math import exp, sqrt
from typing import NamedTuple

from medialit.errors import CaseError
from medialit.files import data_path, read_text
from medialit.lenses._claims_kinds import all_signs
from medialit.lenses._claims_signs import words_of
from medialit.lenses._claims_tables import sign_table


class Weights(NamedTuple):
    """Log-odds of a logistic regression. ``words`` are divided by the square root of how many are known."""

    start: float
    signs: dict[str, float]
    words: dict[str, float]
    threshold: float


class Part(NamedTuple):
    """One reason for a score: ``effect`` in log-odds (above 0 raises the score, below 0 lowers it)."""

    key: str
    effect: float
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that ship with the kit. Raises CaseError when the file is missing or damaged."""
    path = data_path("models", "claims", "weights.json")
    try:
        data = json.loads(read_text(path))
        return Weights(float(data["start"]), dict(data["signs"]), dict(data["words"]), float(data["threshold"]))
    except (ValueError, KeyError, TypeError):
        raise CaseError("This file is damaged. Put it back from the course kit.", file=path) from None


def parts_of(sentence: str, weights: Weights) -> list[Part]:
    """What moved the score of a sentence, in table order, the remaining words last; they add up to the log-odds.

    A word that shows a sign ("million") counts towards that sign, so that each reason carries all of its effect.
    """
    signs = all_signs(sentence)
    known = sorted({word for word in words_of(sentence) if word in weights.words})
    share = {word: weights.words[word] / sqrt(len(known)) for word in known}
    parts, used = [], set()
    for sign in sign_table():
        if sign.key not in signs or sign.key not in weights.signs:
            continue
        shown = [w for phrase in signs[sign.key] for w in phrase.split() if w in share and w not in used]
        used.update(shown)
        effect = weights.signs[sign.key] + sum(share[w] for w in dict.fromkeys(shown))
        parts.append(Part(sign.key, effect, signs[sign.key]))
    parts.extend(Part("word", share[word], (word,)) for word in known if word not in used)
    return parts


def probability(log_odds: float) -> float:
    """Log-odds as a number from 0 to 1."""
    return 1 / (1 + exp(-log_odds)) if log_odds > -500 else 0.0
