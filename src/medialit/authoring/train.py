"""Train the claims lens on ClaimBuster and write ``datasets/models/claims/weights.json``.

Needs scikit-learn, which the course itself does not. Training data: ClaimBuster (Arslan et al. 2020, CC BY 4.0), in the
folder that MEDIALIT_GOLD names. ``fit`` is used by benchmarks/claims.py as well, so that what is measured is trained as what
ships.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from medialit.errors import MedialitError
from medialit.files import data_path, read_text, write_whole
from medialit.lenses._claims_kinds import all_signs
from medialit.lenses._claims_model import Weights, parts_of
from medialit.lenses._claims_signs import words_of
from medialit.lenses._claims_tables import sign_table, word_class

Scorer = Callable[[Sequence[str]], Sequence[float]]
RARE = 5  # a word must appear in this many training sentences
STRENGTH = 1.0  # inverse of the L2 penalty
BLOCKS = 8  # stretches of debates that are held out in turn: whole speeches, not lines
FOUND = 0.7  # share of sentences worth a check, without a number, that the threshold must let through
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|trillions?|percent|half|third)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?<=[a-z,;] )([A-Za-z]+)")


def gold_folder() -> Path:
    """The folder of public gold data: MEDIALIT_GOLD, or ``../shared/gold``."""
    return Path(os.environ.get("MEDIALIT_GOLD", "../shared/gold"))


def read_claimbuster(folder: Path) -> tuple[list[str], list[int]]:
    """(sentences, labels) in the order in which they were spoken: 1 is worth a check, 0 is not."""
    rows = json.loads(read_text(folder / "claimbuster" / "train.json"))
    rows.sort(key=lambda row: row["sentence_id"])
    return [row["text"] for row in rows], [int(row["label"]) for row in rows]


def held_out(
    sentences: Sequence[str], labels: Sequence[int], train: Callable[[list[str], list[int]], Scorer]
) -> list[float]:
    """The score of each sentence by a model that saw nothing of the stretch of debates around it."""
    scores: list[float] = []
    for block in range(BLOCKS):
        start, end = len(sentences) * block // BLOCKS, len(sentences) * (block + 1) // BLOCKS
        model = train([*sentences[:start], *sentences[end:]], [*labels[:start], *labels[end:]])
        scores.extend(model(sentences[start:end]))
    return scores


def without_number(sentence: str) -> bool:
    """True for a sentence with no number, in digits or in words."""
    return not _NUMBER.search(sentence)


def names_in(sentences: Sequence[str]) -> set[str]:
    """Words that mostly have a capital letter inside a sentence: the score must not depend on who is named."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for sentence in sentences:
        for word in _INSIDE.findall(sentence):
            (capital if word[0].isupper() else small)[word.lower()] += 1
    return {word for word in capital if capital[word] > small[word] and word != "i"}


def fit(sentences: Sequence[str], labels: Sequence[int], weights: Sequence[float] | None = None) -> Weights:
    """Train on sentences; ``weights`` counts some more than others. Threshold 0.5 until one is chosen."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    dropped = names_in(sentences) | word_class("little")
    lists = [[w for w in words_of(s) if w not in dropped and w.removesuffix("'s") not in dropped] for s in sentences]
    counter = CountVectorizer(analyzer=lambda words: words, min_df=RARE, binary=True)
    by_word = normalize(counter.fit_transform(lists).astype(float))
    keys = [sign.key for sign in sign_table()]
    by_sign = np.array([[key in found for key in keys] for found in map(all_signs, sentences)], dtype=float)
    model = LogisticRegression(C=STRENGTH, max_iter=3000, solver="liblinear", random_state=1)
    model.fit(hstack([by_word, csr_matrix(by_sign)]).tocsr(), labels, sample_weight=weights)
    vocabulary, row = counter.get_feature_names_out(), model.coef_[0]
    return Weights(
        round(float(model.intercept_[0]), 3),
        {key: round(float(value), 3) for key, value in zip(keys, row[len(vocabulary) :], strict=True)},
        {str(word): round(float(value), 3) for word, value in zip(vocabulary, row, strict=False)},
        0.5,
    )


def log_odds(sentences: Sequence[str], weights: Weights) -> list[float]:
    """The lens's own arithmetic, without scikit-learn."""
    return [weights.start + sum(part.effect for part in parts_of(s, weights)) for s in sentences]


def threshold(sentences: Sequence[str], labels: Sequence[int], odds: Sequence[float]) -> float:
    """The highest probability that lets enough sentences without a number through, of those worth a check."""
    from medialit.lenses._claims_model import probability

    wanted = [o for s, y, o in zip(sentences, labels, odds, strict=True) if y and without_number(s)]
    return probability(sorted(wanted, reverse=True)[int(FOUND * len(wanted))])


def train_lens() -> str:
    """Train on all of ClaimBuster; take the threshold from stretches of debates that were held out. Returns a summary.

    Raises MedialitError where scikit-learn or the training data are missing.
    """
    if find_spec("sklearn") is None:
        raise MedialitError("Training needs scikit-learn. Install it with: pip install scikit-learn.")
    sentences, labels = read_claimbuster(gold_folder())
    held = held_out(sentences, labels, lambda texts, marks: lambda more: log_odds(more, fit(texts, marks)))
    final = fit(sentences, labels)
    data = {
        "about": "Check-worthiness of English sentences: logistic regression over signs and words. See README.md.",
        "trained_on": "ClaimBuster training part (Arslan et al. 2020, ICWSM), 7,976 sentences, CC BY 4.0",
        "licence": "CC BY 4.0",
        "start": final.start,
        "threshold": round(threshold(sentences, labels, held), 3),
        "signs": final.signs,
        "words": {word: value for word, value in sorted(final.words.items()) if value},
    }
    path = data_path("models", "claims", "weights.json")
    written = (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()
    write_whole(path, written)
    lines = [f"{path.name}: {len(final.words)} words, {len(written):,} bytes, threshold {data['threshold']}"]
    lines += [f"  {value:+.2f} {key}" for key, value in sorted(final.signs.items(), key=lambda item: -item[1])]
    return "\n".join(lines)
