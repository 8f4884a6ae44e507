"""What every optional part of a case has in common: pages of boxes and rows, what it needs, and the file it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from medialit.article import Article
from medialit.authoring.annotate.base import HEAD, fitting, made_here, own
from medialit.authoring.annotate.claim_key import say
from medialit.case import Case, load_case
from medialit.english import shortened
from medialit.errors import CaseError, MedialitError
from medialit.files import yaml_bytes
from medialit.forms import CardForm, Form, Option, TableForm
from medialit.forms.card import Blank
from medialit.units.registry import find_unit, load_tasks

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Ask(Blank):
    """A box, and what is said while it is ``missing``; without that it may stay empty."""

    missing: str = field(default="", repr=False)

    def read(self, answer: Answer, row: str = "") -> str:
        """What is in it. Raises MedialitError, which names the ``row``, when nothing is, or too many words."""
        said = str(answer.get(self.name) or "").strip()
        if self.missing and not said:
            raise MedialitError(f"{row}{self.missing}")
        if self.words and (n := len(said.split())) > self.words:
            raise MedialitError(f"{row}“{self.label}” has {n} words. Shorten it to {self.words}.")
        return said


@dataclass(frozen=True)
class Rows:
    """The same boxes for each row; ``heads`` has what is above a row, by its key.

    Every row is needed. Where ``few`` says what is wrong with fewer than ``least``, empty rows are left out, and no two may
    begin with the same words.
    """

    name: str
    heads: Mapping[str, str]
    boxes: tuple[Ask, ...]
    least: int = 0
    few: str = ""

    def row(self, key: str) -> list[Ask]:
        """The boxes of one row."""
        first, *others = (replace(box, name=f"{box.name} {key}") for box in self.boxes)
        return [replace(first, part=self.heads[key]), *others]

    def found(self, answer: Answer) -> dict[str, dict[str, str]]:
        """What is in the rows that are not left out, by key and box."""
        rows = {
            key: {box.name: str(answer.get(f"{box.name} {key}") or "").strip() for box in self.boxes}
            for key in self.heads
        }
        return {key: cells for key, cells in rows.items() if any(cells.values()) or not self.few}

    def read(self, answer: Answer) -> dict[str, dict[str, str]]:
        """The same. Raises MedialitError for a row that is filled in part, for too few rows, and for one that comes twice."""
        rows = self.found(answer)
        for key, cells in rows.items():
            named = next(filter(None, cells.values())) if self.few else self.heads[key].strip("“”")
            for box in self.row(key):
                box.read(answer, f"“{shortened(named, 60)}”: ")
        if len(rows) < self.least:
            raise MedialitError(self.few.format(n=len(rows)))
        if self.few:
            once(cells[self.boxes[0].name] for cells in rows.values())
        return rows

    def filled(self, said: Mapping[str, Answer] | Iterable[Answer] | None) -> dict[str, str]:
        """The part of an answer that says this: rows by key, or in order."""
        rows = said if isinstance(said, Mapping) else dict(zip(self.heads, said or (), strict=False))
        return {f"{name} {key}": text for key, cells in rows.items() for name, text in cells.items()}


def numbered(name: str, head: str, most: int, least: int, few: str, *boxes: Ask) -> Rows:
    """Up to so many rows, ``least`` of which are needed."""
    heads = {f"{name}{n}": f"{head} {n}{' (optional)' * (n > least)}" for n in range(1, most + 1)}
    return Rows(name, heads, boxes, least, few)


def once(texts: Iterable[str]) -> None:
    """Raises MedialitError for the first text that is there twice."""
    known = list(texts)
    if twice := next((text for text in known if known.count(text) > 1), None):
        raise MedialitError(f"“{shortened(twice, 60)}” is there twice. Keep it once.")


@dataclass(frozen=True)
class Leaf:
    """One page: its form, and the answer that it ``begins`` with.

    ``read`` says what an answer means. It raises MedialitError when the page cannot be left like this.
    """

    form: Form[Any]
    begins: Answer
    read: Callable[[Answer], Any]


def leaf_of(parts: Sequence[Ask | Rows], begins: Answer, check: Callable[[Any], None] = lambda _: None) -> Leaf:
    """A page of boxes and rows. It ``begins`` with what it is read as: texts and rows by name, which are then checked."""

    def read(answer: Answer) -> dict[str, Any]:
        said = {part.name: part.read(answer) for part in parts}
        check(said)
        return said

    blanks: list[Blank] = []
    filled = dict(begins)
    for part in parts:
        if isinstance(part, Rows):
            blanks += [box for key in part.heads for box in part.row(key)]
            filled |= part.filled(begins.get(part.name))
        else:
            blanks.append(part)
    return Leaf(CardForm(tuple(blanks)), filled, read)


def table_of(form: TableForm, begins: Answer, missing: str, check: Callable[[Answer], None] = lambda _: None) -> Leaf:
    """A page with a table. ``missing`` is said of a row while a field of it is empty; then the whole is checked."""

    def read(answer: Answer) -> Answer:
        for row in form.rows:
            for column in form.fields:
                if not answer.get(row.key, {}).get(column.name):
                    raise MedialitError(f"“{shortened(row.text, 60)}”: {missing.format(column.label)}")
        check(answer)
        return answer

    return Leaf(form, begins, read)


class Extra:
    """One of them. ``typed`` is all that was typed so far, by the key of a page; a page of several has a name."""

    name: ClassVar[str]
    unit: ClassVar[str]
    tasks: ClassVar[tuple[str, ...]]
    title: ClassVar[str]
    file: ClassVar[str]

    def __init__(self, folder: Path, article: Article, typed: Mapping[str, Any]) -> None:
        self.folder, self.article, self.typed = folder, article, typed

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return load_case(self.folder)

    @property
    def before(self) -> dict[str, Any]:
        """What its file holds; nothing where somebody wrote it by hand."""
        return made_here(self.folder / self.file)

    def pages(self) -> list[str]:
        """The names of its pages, given what is typed so far."""
        return [""]

    def key(self, page: str) -> str:
        """The name under which a page is kept."""
        return f"{self.name}-{page}" if page else self.name

    def told(self, page: str) -> str:
        """What is above a page."""
        return say(f"{self.name}_{page}".rstrip("_"))

    def leaf(self, page: str) -> Leaf:
        """A page; one of several is made by the method of its name."""
        found: Leaf = getattr(self, f"_{page}")()
        return found

    def given(self, page: str) -> dict[str, Any]:
        """What was typed on a page, or else what it begins with, as far as it still fits."""
        leaf = self.leaf(page)
        return fitting(leaf.form, self.typed.get(self.key(page)) or leaf.begins) or {}

    def said(self, page: str = "") -> Any:
        """What a page says. Raises MedialitError when it cannot be left like this."""
        return self.leaf(page).read(self.given(page))

    def lacking(self) -> str:
        """What must be there before one can begin, in a sentence."""
        return ""

    def made(self) -> Mapping[str, Any]:
        """What is saved of all pages. Raises MedialitError for what does not fit."""
        raise NotImplementedError

    def files(self) -> dict[Path, bytes]:
        """Its file. Raises MedialitError when somebody wrote it by hand, and as :meth:`made` does."""
        return {own(self.folder / self.file): yaml_bytes(self.made(), HEAD)}

    def try_out(self, what: str, tasks: Sequence[str], **gold: Any) -> None:
        """Raises MedialitError when one of these exercises does not take its own key, once the case has this gold."""
        case = copy(self.case)
        vars(case).update(gold)
        for task in load_tasks(find_unit(self.unit), case).values():
            if task.id in tasks and not (result := task.check(task.answer())).outcome.done:
                told = f"Exercise {task.label} would not {what}. {result.message} {result.next_step}"
                raise MedialitError(told.strip())

    def state(self) -> str:
        """Is it there, or what does it lack?"""
        try:
            open_ones = [task for task in self.tasks if find_unit(self.unit).lacking(task, self.case)]
        except CaseError as error:
            # A card or a claim has changed since: saving the form again brings the file up to date.
            return f"no longer fits the rest of the case. Open it and save it again. ({error})"
        if not open_ones:
            return "done"
        return "partly done" if len(open_ones) < len(self.tasks) else self.lacking() or "not yet"


def slugs(texts: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """A short key for each text, from its first words, so that no order shows in it; a text that had a key keeps it."""
    made: list[str] = []
    for text in texts:
        stem = "-".join(re.findall(r"[a-z0-9]+", text.lower())[:4]) or "x"
        key, n = known.get(text, stem), 1
        while key in made:
            n += 1
            key = f"{stem}-{n}"
        made.append(key)
    return made
