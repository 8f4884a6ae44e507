"""Check a case before a class meets it: does it hold together, is it balanced, can every exercise be solved on it?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from medialit.article import Article
from medialit.authoring.coding import compare_codings, read_coding
from medialit.case import Case, CaseFile, load_case
from medialit.errors import MedialitError
from medialit.files import load_model, read_text
from medialit.scoring.agreement import Agreement, alpha_with_interval
from medialit.units.registry import UNITS, load_tasks

# With fewer labels in use, choosing the same one everywhere does well.
OPTIONS = 3
# Krippendorff's conventional marks: above .80 reliable, above .667 for tentative conclusions.
RELIABLE, TENTATIVE = 0.80, 0.667

Sign = Literal["good", "bad", "note"]
SIGNS = {"good": "✓", "bad": "✗", "note": "–"}


@dataclass(frozen=True)
class Finding:
    """One sentence about a case. ``bad`` must be mended, a ``note`` is to be known."""

    sign: Sign
    text: str

    def __str__(self) -> str:
        return f"{SIGNS[self.sign]} {self.text}"


def check_case(folder: Path) -> list[Finding]:
    """Everything that can be said about a case without a reader. It never raises over what the case holds."""
    found = list(_text(folder))
    if any(finding.sign == "bad" for finding in found):
        return found
    try:
        case = load_case(folder)
    except MedialitError as error:
        return [*found, Finding("bad", str(error))]
    for part in (_quotes, _claims, _coverage, _framing, _exercises, _datasheet):
        try:
            found += part(case)
        except MedialitError as error:
            found.append(Finding("bad", str(error)))
    return found


def _text(folder: Path) -> Iterator[Finding]:
    try:
        about = load_model(CaseFile, folder / "case.yaml")
        read_text(folder / "article.txt")
    except MedialitError as error:
        yield Finding("bad", str(error))
        return
    found = hashlib.sha256((folder / "article.txt").read_bytes()).hexdigest()
    if found == about.sha256:
        yield Finding("good", "article.txt is the text that case.yaml names.")
    else:
        words = f"Is this the text you want? Then write sha256: {found} into case.yaml, and find every span again."
        yield Finding("bad", f"article.txt is not the text that case.yaml names. {words}")


def _quotes(case: Case) -> Iterator[Finding]:
    words = len(case.article.words())
    yield Finding(
        "good", f"{words} words and marks in {len(case.article.sentences)} sentences. All spans of quotes match."
    )
    yield _in_use("kinds of quotation", [quote.kind for quote in case.quotes])
    files = sorted((case.folder / "coding").glob("quotes-coder-*.yaml"))
    if len(files) < 2:
        known = f"coding/ has {len(files)} independent passes over the quotes. Two are needed."
        yield Finding("note", f"How far coders agree is not known: {known}")
    for one, other in combinations(files, 2):
        measured = compare_codings(case.article, read_coding(one, case.article), read_coding(other, case.article))
        pair = f"{one.stem.removeprefix('quotes-')} and {other.stem.removeprefix('quotes-')}"
        text = f"Quotes, {pair}: F1 {measured.f1:.2f} on the places, alpha"
        yield _agreement(f"{text} over the words", measured.word_alpha)


def _claims(case: Case) -> Iterator[Finding]:
    gold = case.claim_gold
    yield Finding("good", f"{len(gold.claims)} claims and {len(gold.evidence)} evidence cards. All spans match.")
    yield Finding("good", "Every card is about its event, and every verdict cites the cards that bear on it.")
    verdicts = [claim.verdict for name in gold.verify if (claim := gold.find_claim(name))]
    supported = verdicts.count("supported")
    share = supported / len(verdicts) if verdicts else 0.0
    # Too few of them is a fault that the loader names: then nothing comes as far as this.
    yield Finding("good", f"{supported} of {len(verdicts)} claims to verify are supported ({share:.0%}).")
    yield _in_use("verdicts", verdicts)
    yield _in_use("kinds of statement", [statement.kind for statement in gold.classify])
    alone = [c.id for name in gold.verify if (c := gold.find_claim(name)) and len(gold.origins(c.evidence)) < 2]
    if alone:
        text = f"Claims to verify with fewer than two independent origins behind them: {', '.join(alone)}."
        yield Finding("note", f"{text} Nobody can reach full marks for independence there.")


def _coverage(case: Case) -> Iterator[Finding]:
    matrix = case.coverage.matrix
    yield Finding("good", f"{len(case.coverage.reports)} reports. The matrix has {len(matrix.rows)} rows.")
    yield _in_use("labels in the matrix", [cell.label for row in matrix.rows for cell in row.cells.values()])
    if not matrix.short:
        yield Finding("bad", "No row of the matrix is marked “cut: true”: a short session would be empty.")


def _framing(case: Case) -> Iterator[Finding]:
    if not (case.folder / "frames.yaml").is_file():
        yield Finding("note", "There is no frames.yaml: unit 3 cannot run on this case.")
        return
    gold = case.framing
    units = [[coding.items[item.id].answer for coding in gold.codings.values()] for item in gold.codebook.items]
    yield _agreement(f"Framing, {len(gold.coders)} coders, alpha over {len(units)} items", alpha_with_interval(units))


def _exercises(case: Case) -> Iterator[Finding]:
    """The key of every exercise must pass its own check."""
    good, framed = 0, (case.folder / "frames.yaml").is_file()
    for plan in UNITS:
        if plan.name == "framing" and not framed:
            continue
        try:
            tasks = load_tasks(plan, case)
            for task in tasks.values():
                result = task.check(task.answer())
                if result.outcome.done:
                    good += 1
                else:
                    yield Finding("bad", f"Exercise {task.label}: its own key gets “{result.outcome}”. {result}")
        except MedialitError as error:
            yield Finding("bad", f"Unit {plan.title}: {error}")
        except (KeyError, IndexError, StopIteration, ValueError) as error:
            yield Finding("bad", f"Unit {plan.title} cannot be set up on this case: something is missing ({error!r}).")
    yield Finding("good", f"{good} exercises can be solved on this case.")


def _datasheet(case: Case) -> Iterator[Finding]:
    if not (case.folder / "README.md").is_file():
        yield Finding("note", "There is no README.md. Say where the text came from and how the key was made.")
    if case.about.invented:
        yield Finding("note", "The story is invented: every page says so.")
    elif not case.about.rights:
        yield Finding("bad", "case.yaml has no rights. Say whose text the article is, and on what ground you show it.")


def _in_use(what: str, labels: list[Any]) -> Finding:
    counts = Counter(str(label) for label in labels)
    said = ", ".join(f"{label} {count}" for label, count in counts.most_common())
    if len(counts) >= OPTIONS:
        return Finding("good", f"{len(counts)} {what} in use: {said}.")
    text = f"Only {len(counts)} {what} in use ({said or 'none'})."
    return Finding("bad", f"{text} Use {OPTIONS} at least, or one answer everywhere does well.")


def _agreement(what: str, measured: Agreement) -> Finding:
    if measured.value is None:
        return Finding("note", f"{what} cannot be computed: {measured.note}")
    between = f" ({measured.low:.2f} to {measured.high:.2f})" if measured.low is not None else ""
    text = f"{what} {measured.value:.2f}{between}."
    if measured.value >= RELIABLE:
        return Finding("good", text)
    mark = (
        "Give credit by shares, not by right and wrong" if measured.value >= TENTATIVE else "Do not grade it by one key"
    )
    return Finding("note", f"{text} Below {RELIABLE if measured.value >= TENTATIVE else TENTATIVE}: {mark}.")


def find_words(article: Article, words: str) -> list[str]:
    """Where words stand in an article: one line for each place, with what a case's files need."""
    lines, start = [], -1
    while (start := article.text.find(words, start + 1)) >= 0:
        block = article.block_at(start)
        sentence = next((s.number for s in article.sentences if s.span.start <= start < s.span.end), None)
        where = f"¶{block.number}" if block and block.number else "no paragraph"
        lines.append(f"[{start}, {start + len(words)}]  sentence {sentence or '–'}, {where}")
    return lines
