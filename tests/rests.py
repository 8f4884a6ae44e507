"""What a factual sentence of the course rests on: named in the source, held against what it names, never shown on a page.

A sentence is *factual* when it holds a number, a date, or a name that the case's record knows (a person, an office, an
agency, an outlet). Each of these must be found in a paragraph of the story that the sentence cites (``¶9``), or in what a
comment above it names::

    % rests: c18 ap-kishida-18mar24        above a paragraph or a box of lesson.md, exercise.md or a page
    # rests: c18 ap-kishida-18mar24        in an item of a YAML file
    rests: [c18, ap-kishida-18mar24]       the same, in board.yaml

Names are ids of claims, cards, facts, reports and events of the case, ids of ``course/references.yaml``, paths of files in
the project, or ``course`` for a number that the course itself counts or works out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from medialit.article import Article
from medialit.case import Case
from medialit.files import read_text

MONTHS = "January February March April May June July August September October November December".split()
# In these the course speaks of its own forms and scores: numbers are its own, dates and names are not.
COUNTED = ("tasks.yaml", "words.yaml", "rubric.yaml")
OWN = "course"  # a number that the course counts or works out itself; it vouches for no name and no date

_COMMENT = re.compile(r"^\s*[%#] rests:(.*)$")
_FIELD = re.compile(r"^\s*rests: \[(.*)\]$")  # the same as a field, where the build reads it
_PLACES = re.compile(r"¶(\d+)(?: (?:to|and) ¶(\d+))?")
# What points to a place in the course and says nothing about the world.
_POINTERS = re.compile(
    r"¶\d+|\bS\d+\b|\b[Uu]nits? \d(?:(?:,| and| to) \d)*|\b(?:[Ee]xercises?|[Ll]esson|[Tt]ask) \d(?:\.\d)?"
    r"|\b[0-5]\.\d\b(?! *%)|\{[^}]*\}|`[^`]*`|\]\([^)]*\)|\[\d · |</?[^>]*>|[Cc]ertainty \d|\b\d+ minutes"
)
_DATE = re.compile(rf"\b({'|'.join(MONTHS)})((?:(?:,| and|, and| to)? \d{{1,2}}\b)*)(?:(?:,| of)? (\d{{4}}))?\b")
_NUMBER = re.compile(r"(?<![\w.])\.?\d[\d,]*(?:[.:]\d+)*")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_BODIES = set("Ministry Agency Council States Chiefs News Fox Department Office Club Company Times KCNA Town".split())
_TITLES = set(
    "Prime Minister General Secretary State The New North South Korea Korean Japan Japanese January U.S.".split()
)


@dataclass(frozen=True)
class Said:
    """One sentence of the course: where it stands, and what it names as its ground."""

    path: Path
    line: int
    text: str
    rests: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What a name stands for, as text with its numbers and dates."""

    text: str

    @cached_property
    def dates(self) -> set[str]:
        """Days as 2024-03-18, months as 2024-03; without a year as -03-18."""
        found = set(re.findall(r"\d{4}-\d\d(?:-\d\d)?", self.text)) | {day for day, _ in _dates(self.text)}
        return found | {day[:7] for day in found if len(day) == 10} | {day[4:] for day in found if len(day) == 10}

    def has_date(self, day: str) -> bool:
        """Whether the day is there, or its month and day in a text that has its year somewhere else."""
        return day in self.dates or (day[4:] in self.dates and day[:4] in self.numbers)

    @cached_property
    def numbers(self) -> set[str]:
        """Numbers as they are written, without commas."""
        return {_plain(number) for number in _NUMBER.findall(self.text)} | {d[:4] for d in self.dates if d[0] != "-"}


def _plain(number: str) -> str:
    return number.replace(",", "").rstrip(".:").removeprefix("0") or "0"


def _has(numbers: set[str], mark: str) -> bool:
    """The number itself, a longer one that rounds to it (.793 for .79), or the share that it is of 100 (.57 for 57)."""
    if mark in numbers:
        return True
    if not re.fullmatch(r"\d*\.\d+|\d\d+", mark):
        return False
    places, decimals = len(mark.partition(".")[2]), [float(n) for n in numbers if re.fullmatch(r"\d*\.\d+", n)]
    return any(float(mark) in (round(d, places), round(100 * d, places)) for d in decimals)


def _dates(text: str) -> Iterator[tuple[str, str]]:
    """(day, words) of each date that has a day or a year."""
    for match in _DATE.finditer(text):
        month, days, year = match.groups()
        if days or year:
            for day in re.findall(r"\d+", days) or [""]:
                yield f"{year or ''}-{MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else ""), match.group()


class Ledger:
    """Everything that a sentence of the course may rest on."""

    def __init__(self, case: Case, root: Path) -> None:
        self.root = root
        self.paragraphs = {p.number: case.article[p.span] for p in case.article.paragraphs}
        self.story = " ".join(case.article.text.split())
        self.grounds: dict[str, Ground] = {}
        gold, coverage = case.claim_gold, case.coverage
        for group in (gold.evidence, gold.timeline.events, coverage.facts, coverage.reports):
            for record in group:
                parts = [value for value in record.model_dump().values() if value]
                self.grounds[record.id] = Ground(" ".join(map(str, parts)))
        for claim in gold.claims:  # what was found about it stands on its cards
            cards = [self.grounds[name].text for name in claim.evidence]
            self.grounds[claim.id] = Ground(" ".join([claim.text, claim.says, *cards]))
        references = yaml.safe_load(read_text(root / "course" / "references.yaml"))
        self.grounds |= {name: Ground(" ".join(map(str, said.values()))) for name, said in references.items()}
        self.names = self._names(case)

    @staticmethod
    def _names(case: Case) -> re.Pattern[str]:
        """People, offices, agencies and outlets of the record; states are left out, since nearly every sentence has one."""
        gold, found = case.claim_gold, set()
        for card in gold.evidence:
            found |= {card.origin, *re.split(r", | on | in | and |, read in ", card.publisher)}
        said = [voice.name for voice in case.voices]
        said += [part for event in gold.timeline.events for part in re.split(r"[;,:] | and ", event.who)]
        for name in said:
            words = [word for word in re.sub(r"\S+’s ", "", name).split() if word[:1].isupper()]
            found.add(" ".join(words))
            if len(words) > 1 and not _BODIES & set(words):  # a person: each part of the name will do
                found |= {word for word in words if len(word) > 2}
        states = {voice.bloc for voice in case.voices}
        found = {n for n in found if n[:1].isupper() and n not in states and not set(n.split()) <= _TITLES}
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})(?!\w)")

    def ground(self, name: str) -> Ground | None:
        """What a name stands for; None when nobody knows it."""
        if "/" in name:
            path = self.root / name
            return Ground(read_text(path)) if path.is_file() else None
        return self.grounds.get(name)

    def marks(self, sentence: str) -> list[tuple[str, str]]:
        """(kind, mark) of all that makes a sentence factual; empty when nothing does. Kinds: date, number, name."""
        text = _QUOTED.sub(lambda m: " " if " ".join(m[1].split()).strip(" .,…") in self.story else m[0], sentence)
        text = _POINTERS.sub(" ", text)
        found = [("date", day) for day, _ in _dates(text)]
        for _, words in _dates(text):
            text = text.replace(words, " ")
        found += [("number", _plain(number)) for number in _NUMBER.findall(text)]
        return found + [("name", name) for name in self.names.findall(text)]

    def missing(self, said: Said) -> list[str]:
        """The marks of a sentence that nothing it names has; an unknown name first."""
        unknown = [name for name in said.rests if name != OWN and self.ground(name) is None]
        grounds = [ground for name in said.rests if (ground := self.ground(name))]
        for first, last in _PLACES.findall(said.text):
            for number in range(int(first), int(last or first) + 1):
                grounds.append(Ground(self.paragraphs.get(number, "")))
        lacking = []
        for kind, mark in self.marks(said.text):
            if kind == "number" and OWN in said.rests:
                continue
            held = (
                any(ground.has_date(mark) for ground in grounds)
                if kind == "date"
                else any(_has(ground.numbers, mark) for ground in grounds)
                if kind == "number"
                else any(mark.casefold() in ground.text.casefold() for ground in grounds)
            )
            if not held:
                lacking.append(mark)
        return [f"“{name}” is not known" for name in unknown] + lacking


def lesson(path: Path) -> Iterator[Said]:
    """The sentences of a lesson, an exercise set or a page. Code, headings and the rows of tables are left out."""
    text = re.sub(r"\A---\n.*?\n---\n", lambda m: "\n" * m[0].count("\n"), read_text(path), flags=re.S)
    text = re.sub(r"^```.*?^```", lambda m: "\n" * m[0].count("\n"), text, flags=re.M | re.S)
    rests: tuple[str, ...] = ()
    boxed, block, first = False, [], 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        opens, closes = re.match(r":::+\{", line), re.match(r":::+\s*$", line)
        if comment := _COMMENT.match(line):
            rests += tuple(comment[1].split())
        elif opens:
            boxed = bool(rests)
        elif line.strip() and not closes and not line.startswith(("#", "|")):
            block, first = [*block, re.sub(r"^\s*(?:[-*>]|\d+\.) ", "", line)], first or number
            continue
        if block and not comment:
            yield from _sentences(path, first, " ".join(block), rests)
            block, first = [], 0
        if closes or (not line.strip() and not boxed and not comment):
            rests, boxed = ((), False) if closes or not boxed else (rests, boxed)


def items(path: Path) -> Iterator[Said]:
    """The sentences of a YAML file, item by item: an item has an ``id``, and what it names holds for all of it."""
    text = read_text(path)
    lines = text.split("\n")
    root = yaml.compose(text)
    # A list of words without items is one item.
    for node in list(_with_id(root)) or [root]:
        first, last = node.start_mark.line, node.end_mark.line
        own = [OWN] if path.name in COUNTED else []
        rests = own + [name for line in lines[first:last] if (m := _COMMENT.match(line)) for name in m[1].split()]
        rests += [name for line in lines[first:last] if (m := _FIELD.match(line)) for name in re.split(r"[, ]+", m[1])]
        for scalar in _strings(node):
            yield from _sentences(path, scalar.start_mark.line + 1, scalar.value, tuple(rests))


def case_texts(case: Case) -> Iterator[Said]:
    """What a case itself says on pages: explanations of verdicts, model reports, and both correction cards."""
    for claim in case.claims:
        path = case.folder / "claims.yaml"
        yield from _sentences(path, 1, claim.explanation, (claim.id, *claim.evidence))
    for report in case.coverage.models:
        ground = (*report.facts, *(quotation.card for quotation in report.quotations))
        for part in report.text.split("\n"):
            yield from _sentences(case.folder / "reports.yaml", 1, part, ground)
    for skill in case.skills.values():
        for row in skill.rows:
            said = [why for cell in row.cells.values() for why in cell.says.values()]
            for part in (row.text, row.why, *said):
                yield from _sentences(case.folder / "skills.yaml", 1, part, tuple(row.rests))
    for card in (case.correction.example, case.correction.model):
        block = case.article.block_at(case.claim_gold.claim(card.correction.claim).span.start).span
        beside = [claim.id for claim in case.claims if block.start <= claim.span.start < block.end]
        ground = (*beside, *(name for claim, judged in card.judged.items() for name in (claim, *judged.evidence)))
        words = [card.why, card.correction.text, card.card.found, card.card.voices, card.card.framing, card.card.open]
        for text in [*words, card.card.method, card.card.relative]:
            yield from _sentences(case.folder / "correction.yaml", 1, text, ground)


def _with_id(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        named = {key.value for key, _ in node.value}
        # A task has a name and a title; a name alone is a person's.
        if named & {"id", "key", "quote"} or named >= {"name", "title"}:
            yield node
            return
        for _, value in node.value:
            yield from _with_id(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _with_id(one)


def _strings(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        if node.tag.endswith(":str"):
            yield node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in ("id", "key", "name", "code", "unit", "type", "rests", "from"):
                yield from _strings(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _strings(one)


def _sentences(path: Path, line: int, text: str, rests: tuple[str, ...]) -> Iterator[Said]:
    plain = re.sub(r"\*\*?", "", text.strip())
    if plain:
        for sentence in Article(plain).sentences:
            yield Said(path, line, plain[sentence.span.start : sentence.span.end], rests)
