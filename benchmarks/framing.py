"""How well lists of words tell subjective sentences from objective ones: our lens beside published lists, same run.

Usage: python benchmarks/framing.py FOLDER [--write]

FOLDER holds ``train_en.tsv`` and ``dev_en.tsv`` of CheckThat! (subjectivity, English news; CC BY-NC-SA): measured only,
nothing is trained on it and nothing of it ships. The number of marks that calls a sentence subjective was chosen on the
first file; the second is scored with it. Peers run when they are installed: vaderSentiment, afinn, textblob.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import yaml

from medialit.files import data_path
from medialit.lenses.framing import loaded_words
from medialit.scoring.labels import macro_f1

JUDGING = ("one-sided term", "subjective intensifier")
Score = Callable[[str], float]


def read(path: Path) -> list[tuple[str, bool]]:
    """Sentences and whether people called them subjective."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["sentence"], row["label"] == "SUBJ") for row in csv.DictReader(file, delimiter="\t")]


def measures(given: list[bool], right: list[bool]) -> dict[str, float]:
    """Precision and recall of "subjective", and macro F1 over both labels."""
    hit = sum(g and r for g, r in zip(given, right, strict=True))
    found = {"precision": hit / max(sum(given), 1), "recall": hit / max(sum(right), 1)}
    return {**found, "macro_f1": macro_f1(given, right) or 0.0}


def best_cut(scores: list[float], right: list[bool]) -> float:
    """The cut with the best macro F1 on the development part."""
    cuts = sorted(set(scores))
    return max(cuts, key=lambda cut: measures([s >= cut for s in scores], right)["macro_f1"])


def ours(text: str) -> float:
    """Judging marks outside quotation marks, for each ten words."""
    return 10 * sum(w.cls in JUDGING and not w.in_quotation for w in loaded_words(text)) / max(len(text.split()), 1)


def peers() -> dict[str, Score]:
    """Published lists that are installed here, each as a score of how much a sentence judges."""
    found: dict[str, Score] = {}
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        vader = SentimentIntensityAnalyzer()
        found["VADER (Hutto & Gilbert 2014), strength"] = lambda t: abs(vader.polarity_scores(t)["compound"])
    except ImportError:
        print("vaderSentiment is not installed: not measured.")
    try:
        from afinn import Afinn

        afinn = Afinn()
        found["AFINN (Nielsen 2011), words for each ten"] = lambda t: (
            10 * sum(bool(afinn.score(w)) for w in t.split()) / max(len(t.split()), 1)
        )
    except ImportError:
        print("afinn is not installed: not measured.")
    try:
        from textblob import TextBlob

        found["TextBlob (pattern.en list), subjectivity"] = lambda t: TextBlob(t).sentiment.subjectivity
    except ImportError:
        print("textblob is not installed: not measured.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="store the table that the lesson shows")
    arguments = parser.parse_args()
    if not (arguments.folder / "train_en.tsv").is_file():
        print(f"There is no train_en.tsv in {arguments.folder}. Get the public data, then name its folder.")
        return
    first, second = read(arguments.folder / "train_en.tsv"), read(arguments.folder / "dev_en.tsv")
    right = [label for _, label in second]
    rows = [_row("every sentence called subjective", measures([True] * len(right), right))]
    for name, score in {"our lens: judging words outside quotations": ours, **peers()}.items():
        cut = best_cut([score(text) for text, _ in first], [label for _, label in first])
        rows.append(_row(name, measures([score(text) >= cut for text, _ in second], right)))
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items()))
    if arguments.write:
        caption = (
            f"Subjective or not: {len(second)} sentences of English news that people marked ({sum(right)} subjective)"
        )
        text = "# Written by benchmarks/framing.py.\n" + yaml.safe_dump(
            {"caption": caption, "rows": rows}, sort_keys=False, allow_unicode=True
        )
        data_path("lexicons", "measured.yaml").write_text(text, encoding="utf-8")


def _row(name: str, found: dict[str, float]) -> dict[str, str]:
    shown = {"precision": "Precision", "recall": "Recall", "macro_f1": "Macro F1"}
    return {"List": name} | {label: f"{found[key]:.2f}" for key, label in shown.items()}


if __name__ == "__main__":
    main()
