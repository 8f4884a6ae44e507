"""Check a case before a class meets it: does it hold together, is it balanced, which exercises does it serve?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count as count_from
from pathlib import Path
from typing import Any, Literal

from medialit.article import Article, Span
from medialit.authoring.article_file.text import count_words
from medialit.authoring.readers import Readers, readers
from medialit.case import Case, load_case
from medialit.case.load import case_faults, coder_files
from medialit.case.serves import other_story
from medialit.english import count, percent
from medialit.errors import CaseError, MedialitError, NotServed
from medialit.files import COURSE_CASE
from medialit.units.own_quiz import load_own
from medialit.units.registry import UNITS, load_tasks

# With fewer labels in use, choosing the same one everywhere does well.
OPTIONS = 3
# Krippendorff's conventional marks: above .80 reliable, above .667 for tentative conclusions.
RELIABLE, TENTATIVE = 0.80, 0.667
FIRST_UNIT = "quotes"  # a case that serves this one can be taught with

Sign = Literal["good", "bad", "note"]
SIGNS = {"good": "✓", "bad": "✗", "note": "–"}


@dataclass(frozen=True)
class Finding:
    """One sentence about a case, about one ``unit`` or all. ``bad`` must be fixed, a ``note`` is to be known.

    ``optional`` is what an exercise lacks that counts in no total.
    """

    sign: Sign
    text: str
    unit: str = ""
    optional: bool = False

    def __str__(self) -> str:
        return f"{SIGNS[self.sign]} {self.text}"


def check_case(folder: Path) -> list[Finding]:
    """Everything that can be said about a case without a reader. It never raises over what the case holds."""
    try:
        faults = case_faults(folder)
    except CaseError as error:
        faults = list(error.all)
    try:
        own = load_own(folder, folder.resolve().name, UNITS)
    except CaseError as error:
        own = {}
        faults += error.all
    found = [Finding("bad", str(fault)) for fault in faults]
    try:
        case = load_case(folder)
    except CaseError:
        # Every fault that keeps it from loading is among those above.
        return found
    for part in (_text, _quotes, _claims, _coverage, _framing, _agreement):
        try:
            found += part(case)
        except NotServed:
            continue
        except MedialitError as error:
            found.append(Finding("bad", str(error)))
    found += _questions(case, sum(len(quiz.questions) for quiz in own.values()))
    found += _exercises(case)
    # A damaged file is met again by everything that reads it.
    return list({finding.text: finding for finding in reversed(found)}.values())[::-1]


def verdict(found: list[Finding]) -> tuple[str, bool]:
    """(what to do next, in a sentence or two; whether a class can be taught with the case)."""
    bad = sum(finding.sign == "bad" for finding in found)
    if bad:
        return f"Fix {bad} of these before you teach with it.", False
    served = [finding for finding in found if finding.unit and finding.sign == "good"]
    missing = [finding for finding in found if finding.unit and finding.sign == "note"]
    if not any(finding.unit == FIRST_UNIT for finding in served):
        return "Unit 1 does not work yet. " + next(f.text for f in missing if f.unit == FIRST_UNIT), False
    if not missing:
        return f"This case is ready. It serves all {len(served)} exercises.", True
    first = next((finding for finding in missing if not finding.optional), missing[0])
    numbers = f"It serves {len(served)} of {len(served) + len(missing)} exercises"
    return f"You can teach with this case. {numbers}. What would open the next one: {first.text}", True


def _text(case: Case) -> Iterator[Finding]:
    if case.name != case.folder.name:
        told = f"case.yaml calls the case “{case.name}”, and its folder is called {case.folder.name}."
        yield Finding("bad", f"{told} Give both one name: answers are kept under it.")
    words, sentences = count_words([case.article.text]), len(case.article.sentences)
    yield Finding("good", f"The article has {words} words in {sentences} sentences.")
    if not (case.folder / "bounds.json").is_file():
        told = "Sentence numbers can change with another version of the tokenizer."
        yield Finding("note", f"There is no bounds.json. {told} Write it with: medialit author case freeze {case.name}")
    if not case.article.is_english:
        told = f"The article is in another language ({case.about.language}). The program reads English alone, so it proposes"
        yield Finding("note", f"{told} nothing, and two exercises that depend on it are left out.")
    for what in ("quotes", "claims", "evidence"):
        read = [path for _, path in coder_files(case.folder, what)]
        for path in sorted(set((case.folder / "coding").glob(f"{what}-coder-*")) - set(read)):
            told = f"“{path.name}” in the folder coding is read by nobody, perhaps a copy that a program made."
            yield Finding(
                "note", f"{told} Call it {what}-coder-{len(read) + 1}.yaml if it is another person's, or delete it."
            )
    if not (case.folder / "README.md").is_file():
        yield Finding("note", "There is no README.md. Say where the text came from and how the key was made.")
    if case.about.invented:
        yield Finding("note", "The story is invented: every page says so.")
    elif not case.about.rights:
        yield Finding("bad", "case.yaml has no rights. Say whose text the article is, and on what ground you show it.")


def _quotes(case: Case) -> Iterator[Finding]:
    if not case.quotes:
        return
    yield _in_use("kinds of quotation", [quote.kind for quote in case.quotes], "note")
    files = [path for _, path in coder_files(case.folder, "quotes")]
    if len(files) < 2:
        told = "How far people agree about the quotations is not known: two must mark them, each alone."
        more = "The next person opens “Who says what?” with: medialit author case annotate"
        yield Finding("note", f"{told} {more} {case.name} --coder {len(files) + 1}")


def _claims(case: Case) -> Iterator[Finding]:
    gold = case.claim_gold
    if gold.claims or gold.evidence:
        yield Finding("good", f"{count(len(gold.claims), 'claim')} and {count(len(gold.evidence), 'evidence card')}.")
    verdicts = [claim.verdict for name in gold.verify if (claim := gold.find_claim(name))]
    if verdicts:
        # Too few of them is a fault that the loader names.
        n = verdicts.count("supported")
        told = f"Of {count(len(verdicts), 'claim')} to verify, {count(n, 'is', 'are')} supported"
        yield Finding("good", f"{told} ({percent(n / len(verdicts))}).")
        yield _in_use("verdicts", verdicts)
    if gold.classify:
        yield _in_use("kinds of statement", [statement.kind for statement in gold.classify])


def _coverage(case: Case) -> Iterator[Finding]:
    if rows := case.coverage.matrix.rows:
        yield Finding(
            "good", f"{count(len(case.coverage.reports), 'report')}. The matrix has {count(len(rows), 'row')}."
        )
        yield _in_use("labels in the matrix", [cell.label for row in rows for cell in row.cells.values()])


def _framing(case: Case) -> Iterator[Finding]:
    gold = case.framing
    if left := [name for name in gold.tasks.coders if name not in gold.coders]:
        told = f"The answers of these people to “How is it worded?” are missing: {', '.join(left)}."
        yield Finding("note", f"{told} Put their files back (into coding/), or take their names out (frames.yaml).")
    if len(gold.coders) < 2:
        yield Finding(
            "note",
            "One person answered “How is it worded?”: the key is one person's reading, and agreement is not known.",
        )


def _agreement(case: Case) -> Iterator[Finding]:
    """How far those who read the story agree, as on the settle page, and what to do where they don't."""
    for read in readers(case):
        for place, row in enumerate(read.measured):
            head = f"{read.title}, {read.people} people."
            found = f"{read.found} " if place == 0 and read.found else ""
            told, value = f"{head} {found}{row}.", row.alpha.value
            if value is None or value >= RELIABLE:
                yield Finding("note" if value is None else "good", told)
            else:
                yield Finding("note", f"{told} {_advice(case, read, value)}")


def _advice(case: Case, read: Readers, value: float) -> str:
    if read.kind == "wording":
        then = "Each answer counts by the share of people who gave it: talk about the reasons."
        return f"{then} Leave unit 3 out of the plan that you grade by." if value < TENTATIVE else then
    then = f"Settle what differs, with a reason: medialit author case settle {case.name}. What stays open is not in the key."
    rule = "That is too far apart for one key: agree on the rule first, and let somebody read the story again."
    return f"{rule} {then}" if value < TENTATIVE else then


def _questions(case: Case, own: int) -> Iterator[Finding]:
    """What is asked instead of the course's questions about its own story."""
    if case.name == COURSE_CASE:
        return
    made = sum(q.id not in plan.quiz.on(case.name) for plan in UNITS for q in plan.quiz_on(case).questions) - own
    told = f"{made} made from the key, and {own} of your own."
    yield Finding("good" if own + made else "note", f"Questions about this story: {told}")


def _exercises(case: Case) -> Iterator[Finding]:
    """Unit by unit: which exercises the case serves, and what it lacks for the others. Each key must pass its own check."""
    for plan in UNITS:
        try:
            tasks = load_tasks(plan, case)
            found = {}
            for task in tasks.values():
                result = task.check(task.answer())
                told = f"Exercise {task.label}: its own key gets “{result.outcome}”. {result}"
                works = result.outcome.done
                found[task.label] = Finding(
                    "good" if works else "bad", f"{task.label} {task.title}" if works else told, plan.name
                )
        except MedialitError as error:
            yield Finding("bad", str(error), plan.name)
        except (LookupError, StopIteration, ValueError) as error:
            told = f"Unit {plan.title} cannot be set up on this case: something is missing ({error!r})."
            yield Finding("bad", told, plan.name)
        else:
            left = [one for one in tasks.left_out if one.why != other_story()]
            found |= {
                one.label: Finding("note", f"{one.label} {one.title.rstrip('?')}: {one.why}", plan.name, one.optional)
                for one in left
            }
            yield from (finding for _, finding in sorted(found.items()))


def _in_use(what: str, labels: list[Any], few: Sign = "bad") -> Finding:
    counts = Counter(str(label) for label in labels)
    said = ", ".join(f"{label} {count}" for label, count in counts.most_common())
    if len(counts) >= OPTIONS:
        return Finding("good", f"{len(counts)} {what} in use: {said}.")
    text = f"Only {len(counts)} of the {what} {'is' if len(counts) == 1 else 'are'} in use ({said or 'none'})."
    return Finding(few, f"{text} Use {OPTIONS} at least, or one answer everywhere does well.")


def _places(article: Article, words: str) -> Iterator[Span]:
    """All places of words, in whatever way they were copied."""
    with suppress(MedialitError):
        for nth in count_from():
            yield article.find(words, nth)


def find_words(article: Article, words: str) -> list[str]:
    """Where words stand in an article: one line for each place, with what a case's files need."""
    lines: list[str] = []
    for start, end in _places(article, words):
        block = article.block_at(start)
        where = f"¶{block.number}" if block and block.number else "no paragraph"
        lines.append(f"[{start}, {end}]  sentence {article.number_at(start) or '–'}, {where}")
    return lines
