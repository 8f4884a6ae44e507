"""Measure the claims lens on public gold data that is not part of the kit.

    MEDIALIT_GOLD=../shared/gold python benchmarks/claims.py

Check-worthiness: trained on ClaimBuster and tested on CheckThat! 2019 task 1 (free for research use; read, never shipped),
the other way round, and each with whole speeches held out; against TF-IDF with logistic regression in the same run. Kinds:
CheckThat! subjectivity (CC BY-NC-SA 4.0; measured only). Needs scikit-learn; without it, or without the data, it says so.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

from medialit.authoring.train import (
    BLOCKS,
    fit,
    gold_folder,
    held_out,
    log_odds,
    read_claimbuster,
    threshold,
    without_number,
)
from medialit.lenses._claims_kinds import kind_of
from medialit.lenses.claims import KINDS
from medialit.scoring.labels import f1_by_label, macro_f1
from medialit.scoring.ranking import average_precision_of_scores

Scorer = Callable[[Sequence[str]], Sequence[float]]
Trainer = Callable[[Sequence[str], Sequence[int]], Scorer]


def lens(sentences: Sequence[str], labels: Sequence[int]) -> Scorer:
    """The lens as it ships, trained on these sentences."""
    weights = fit(sentences, labels)
    return lambda texts: log_odds(texts, weights)


def tfidf(longest: int = 1, balanced: bool = False) -> Trainer:
    """The baseline: scikit-learn's TF-IDF of words and its logistic regression, both as they come."""

    def train(sentences: Sequence[str], labels: Sequence[int]) -> Scorer:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        table = TfidfVectorizer(ngram_range=(1, longest))
        model = LogisticRegression(max_iter=2000, class_weight="balanced" if balanced else None)
        model.fit(table.fit_transform(sentences), labels)
        return lambda texts: model.decision_function(table.transform(texts)).tolist()

    return train


def read_checkthat(folder: Path) -> list[tuple[list[str], list[int]]]:
    """(sentences, labels) of each file."""
    files = []
    for path in sorted((folder / "checkthat_2019").glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
        files.append(([row[2] for row in rows], [int(row[3]) for row in rows]))
    return files


def report(name: str, files: list[tuple[list[str], list[int]]], scores: list[Sequence[float]]) -> list[float]:
    """Print average precision as the mean over files and over all sentences together; return it for each file."""
    each = [average_precision_of_scores(s, labels) for s, (_, labels) in zip(scores, files, strict=True)]
    pooled = average_precision_of_scores([x for s in scores for x in s], [y for _, labels in files for y in labels])
    print(f"  {name:58} {mean(each):.3f}  {pooled:.3f}", flush=True)
    return each


def leave_one_out(files: list[tuple[list[str], list[int]]], train: Trainer) -> list[Sequence[float]]:
    """Scores of each file by a model that was trained on the others."""
    scores = []
    for i, (sentences, _) in enumerate(files):
        rest = [part for j, part in enumerate(files) if j != i]
        model = train([t for texts, _ in rest for t in texts], [y for _, labels in rest for y in labels])
        scores.append(model(sentences))
    return scores


def check_ranking(folder: Path) -> None:
    """Both directions between the two sets; sentences that appear in both are left out of the ClaimBuster side."""
    files = read_checkthat(folder)
    seen = {text.strip().lower() for texts, _ in files for text in texts}
    bank, labels = read_claimbuster(folder)
    kept = [i for i, text in enumerate(bank) if text.strip().lower() not in seen]
    others, marks = [bank[i] for i in kept], [labels[i] for i in kept]
    print(f"CheckThat! 2019, {len(files)} files. Average precision: mean over files, all sentences together.")
    print(f"  ({len(bank) - len(kept)} ClaimBuster sentences also appear in CheckThat! and are left out)")
    trainers = [
        ("the lens", lens),
        ("TF-IDF + logistic regression", tfidf()),
        ("the same, word pairs, balanced", tfidf(2, True)),
    ]
    results = {}
    for name, train in trainers:
        model = train(others, marks)
        results[name] = report(f"{name}, trained on ClaimBuster", files, [model(texts) for texts, _ in files])
    for name, train in trainers:
        other = report(f"{name}, trained on the other files", files, leave_one_out(files, train))
        wins = sum(a > b for a, b in zip(results["the lens"], other, strict=True))
        print(f"    (the lens as it ships is ahead of it on {wins} of {len(files)} files)")
    report("the number of words", files, [[len(t.split()) for t in texts] for texts, _ in files])
    every, all_marks = [t for texts, _ in files for t in texts], [y for _, part in files for y in part]
    print("Trained on CheckThat! 2019, tested on ClaimBuster. Average precision.")
    for name, train in trainers:
        print(f"  {name:58} {average_precision_of_scores(train(every, all_marks)(others), marks):.3f}", flush=True)


def check_claimbuster(folder: Path) -> None:
    """ClaimBuster with whole stretches of debates held out, at the threshold that ships' rule gives."""
    from medialit.lenses._claims_model import probability

    texts, labels = read_claimbuster(folder)
    print(
        f"\nClaimBuster, {BLOCKS} stretches of debates held out in turn. F1, average precision; recall without a number."
    )
    for name, train in [("the lens", lens), ("TF-IDF + logistic regression", tfidf())]:
        odds = held_out(texts, labels, train)
        cut = threshold(texts, labels, odds)
        chosen = [int(probability(value) >= cut) for value in odds]
        plain = [(c, y) for c, y, t in zip(chosen, labels, texts, strict=True) if without_number(t) and (c or y)]
        found, right = sum(c and y for c, y in plain), sum(c for c, _ in plain)
        print(
            f"  {name:34} F1 {f1_by_label(chosen, labels)[1]:.3f}  AP {average_precision_of_scores(odds, labels):.3f}  "
            f"without a number: recall {found / sum(y for _, y in plain):.3f}, precision {found / right:.3f}",
            flush=True,
        )


def check_kinds(folder: Path) -> None:
    """The kind rules, which nobody trained, on labels that mean something close to them."""
    texts, labels = read_claimbuster(folder)
    print("\nKinds by the rules. Share of ClaimBuster sentences of each kind:")
    for label, name in [(1, "worth a check"), (0, "not worth a check")]:
        kinds = Counter(kind_of(t)[0] for t, y in zip(texts, labels, strict=True) if y == label)
        shares = ", ".join(f"{kind} {100 * kinds[kind] / kinds.total():.0f}%" for kind in KINDS)
        print(f"  {name:20} {shares}")
    rows = []
    for name in ("train_en.tsv", "dev_en.tsv"):
        path = folder / "subjectivity_en" / name
        lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
        rows += [line.split("\t") for line in lines]
    gold = [row[2] for row in rows]
    given = ["OBJ" if kind_of(row[1])[0] == "checkable" else "SUBJ" for row in rows]
    if rows:
        print(
            f"News sentences ({len(rows)}), checkable as objective, the rest as subjective: "
            f"macro F1 {macro_f1(given, gold):.3f} (all objective: {macro_f1(['OBJ'] * len(gold), gold):.3f})"
        )


def main() -> None:
    """Run what can be run here."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        sys.exit("Skipped: scikit-learn is not installed.")
    folder = gold_folder()
    if not (folder / "claimbuster").is_dir() or not (folder / "checkthat_2019").is_dir():
        sys.exit(f"Skipped: no gold data in {folder}. Set MEDIALIT_GOLD to the folder that holds it.")
    check_ranking(folder)
    check_claimbuster(folder)
    check_kinds(folder)


if __name__ == "__main__":
    main()
