"""What the tests before and after can show of a class: d′, c and the gain, by class size, difficulty spread and guessing.

    python benchmarks/forms.py

A learner knows the answer to a statement with the logistic probability of ability minus difficulty (Rasch); else the learner
guesses, *not true* with the probability ``guess``. Abilities have a standard deviation of 1; the difficulties of the 16 pairs
have ``spread``. After the course ability is higher by ``shift``. Each line is 4,000 simulated classes. The part about classes
that learned nothing is written to ``course/tests/expected.yaml``, and the class report quotes it.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import yaml

from medialit.files import course_path

CLASSES, STATEMENTS, DRAWS = (12, 25, 100), 16, 4000
HEAD = """\
# Written by benchmarks/forms.py; do not edit. By class size: how far d′, c and the gain move between the two tests, by chance
# alone, in 95 of 100 simulated classes that learned nothing (difficulty spread 1, guessing 50 to 50).
"""
_z = np.vectorize(NormalDist().inv_cdf)


def sitting(
    rng: np.random.Generator, ability: np.ndarray, difficulty: np.ndarray, guess: float
) -> tuple[np.ndarray, ...]:
    """(share right, d′, c) of each class. ``ability``: classes by learners; ``difficulty``: classes by statements."""
    known = rng.random((*ability.shape, STATEMENTS)) < 1 / (1 + np.exp(difficulty[:, None, :] - ability[:, :, None]))
    unsound = np.arange(STATEMENTS) % 2 == 0
    called = np.where(known, unsound, rng.random(known.shape) < guess)
    signals = known.shape[1] * STATEMENTS / 2
    hit, alarm = ((called[:, :, part].sum(axis=(1, 2)) + 0.5) / (signals + 1) for part in (unsound, ~unsound))
    return (called == unsound).mean(axis=(1, 2)), _z(hit) - _z(alarm), -(_z(hit) + _z(alarm)) / 2


def classes(n: int, spread: float, guess: tuple[float, float], shift: float, seed: int = 1) -> dict[str, np.ndarray]:
    """Before, change and gain of ``DRAWS`` classes of ``n`` learners. ``guess``: before and after."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(0, 1, (DRAWS, n))
    # The two forms are parallel, not the same: a pair's statements differ a little in difficulty.
    difficulty = rng.normal(0, spread, (DRAWS, STATEMENTS))
    other = difficulty + rng.normal(0, spread / 2, (DRAWS, STATEMENTS))
    right, d, c = sitting(rng, ability, difficulty, guess[0])
    later, e, f = sitting(rng, ability + shift, other, guess[1])
    return {"right": right, "d": d, "change of d": e - d, "change of c": f - c, "gain": (later - right) / (1 - right)}


def between(values: np.ndarray) -> str:
    """Mean, and the interval that holds 95 of 100 classes."""
    low, high = np.quantile(values, (0.025, 0.975))
    return f"{values.mean():z.2f} ({low:z.2f} to {high:z.2f})"


def main() -> None:
    print(
        "| learners | spread | guesses “not true” | shift | right before | d′ before | change of d′ | change of c | gain |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for n in CLASSES:
        for spread, guess, shift in (
            (0, (0.5, 0.5), 0),
            (1, (0.5, 0.5), 0),
            (1, (0.5, 0.8), 0),
            (1, (0.5, 0.5), 0.5),
            (1, (0.5, 0.5), 1),
        ):
            found = classes(n, spread, guess, shift)
            named = " | ".join(between(found[name]) for name in ("right", "d", "change of d", "change of c", "gain"))
            said = f"{guess[0]:.0%}" if guess[0] == guess[1] else f"{guess[0]:.0%}, then {guess[1]:.0%}"
            print(f"| {n} | {spread} | {said} | {shift} | {named} |")
    nothing = {n: classes(n, 1, (0.5, 0.5), 0) for n in CLASSES}
    names = {"d_prime": "change of d", "c": "change of c", "gain": "gain"}
    expected = {
        n: {key: round(float(np.quantile(np.abs(found[name]), 0.95)), 2) for key, name in names.items()}
        for n, found in nothing.items()
    }
    place = course_path("tests", "expected.yaml")
    place.write_text(HEAD + yaml.safe_dump({"by_chance": expected}, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
