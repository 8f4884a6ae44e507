"""What notebook code gets for a unit: the text, the shapes of the answers, and a hand that writes answers down. No key.

It is filled from plain data that ``handout`` makes in another process. Everything that only shows something is mute.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from math import log2
from typing import Any

from medialit import forms
from medialit.article import Article, Span
from medialit.errors import MedialitError
from medialit.exercises.answers import plain

Write = Callable[[str], None]
_NOT_HERE = "{name} is not there while notebooks are graded. Hand in an answer that does not need it."


class Quiet:
    """Takes the place of what would be shown. Whatever is asked of it, it does nothing and is nothing."""

    def __getattr__(self, name: str) -> Quiet:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Quiet:
        return self

    def __getitem__(self, _: Any) -> Quiet:
        return self

    def __add__(self, _: Any) -> Quiet:
        return self

    __radd__ = __add__

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""

    def __repr__(self) -> str:
        return "(not shown while notebooks are graded)"

    def __enter__(self) -> Quiet:
        return self

    def __exit__(self, *_: object) -> None:
        return None


QUIET = Quiet()


class _Facts:
    """Plain data with dots between the names."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.__dict__.update({name: _dotted(value) for name, value in data.items()})

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(_NOT_HERE.format(name=name))


def _dotted(value: Any) -> Any:
    if isinstance(value, dict):
        return _Facts(value)
    return [_dotted(item) for item in value] if isinstance(value, list) else value


class _Words(_Facts):
    """The distinctive words of a comparison, as the unit's table shows them."""

    def score(self, word: str) -> Any:
        """The row of one word."""
        found = next((row for row in self.words if row.word == word), None)
        if found is None:
            raise MedialitError(f"The table does not hold the word “{word}”.")
        return found


class _Voices(_Facts):
    """Shares of quoted words by side, and their entropy."""

    @property
    def entropy(self) -> float:
        """In bits."""
        return -sum(s.share / 100 * log2(s.share / 100) for s in self.blocs if s.share)


class TaskStand(_Facts):
    """A task without its key: id, title, form, and what the unit shows anyway."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        super().__init__({"id": name, "title": data["title"]})
        self._form = data["form"]
        extras = data.get("extras", {})
        for key in extras:
            if key == "found":
                self.found = _Words(extras[key])
            elif key == "voices":
                self.voices = {source: _Voices(facts) for source, facts in extras[key].items()}
            else:
                setattr(self, key, extras[key])

    @cached_property
    def form(self) -> Any:
        """The shape of the answer."""
        return as_form(self._form)


def as_form(data: Any) -> Any:
    """A form from plain data (``handout.form_data``)."""
    if isinstance(data, list):
        return tuple(as_form(item) for item in data)
    if isinstance(data, dict):
        return getattr(forms, data["is"])(**{key: as_form(value) for key, value in data.items() if key != "is"})
    return data


class _Coverage:
    def __init__(self, reports: Mapping[str, tuple[str, Article]]) -> None:
        self._reports = reports

    def model_articles(self) -> dict[str, Article]:
        """The reports written for this course, by id."""
        return {name: text for name, (_, text) in self._reports.items()}

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(_NOT_HERE.format(name=f"case.coverage.{name}"))


class CaseStand:
    """A case without its gold: name, title, article, glossary and model reports."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name, self.title = data["name"], data["title"]
        self.article, self.glossary = Article(data["text"], title=data["title"]), data["glossary"]
        self.coverage = _Coverage({k: (t, Article(text, title=t)) for k, (t, text) in data["models"].items()})

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(_NOT_HERE.format(name=f"case.{name}"))


class _Desk(Quiet):
    """Questions, or the click door of one task: both write down what they are told."""

    def __init__(self, hand: Callable[..., Any]) -> None:
        self.__dict__["_hand"] = hand

    def answer(self, *given: Any, certainty: Any = None) -> Quiet:
        """Write an answer down."""
        return self._hand(*given, certainty=certainty)


class UnitStand:
    """A unit of which only the answers count."""

    def __init__(self, data: Mapping[str, Any], case: CaseStand, write: Write) -> None:
        self.case, self._write, self._name = case, write, data["unit"]
        self.tasks = {name: TaskStand(name, task) for name, task in data["tasks"].items()}
        self._questions = set(data["questions"])

    def span(self, words: str, nth: int = 0) -> Span:
        """Where these words stand in the article."""
        start = -1
        for _ in range(nth + 1):
            start = self.case.article.text.find(words, start + 1)
            if start < 0:
                raise MedialitError(f"The article does not hold “{str(words)[:60]}”.")
        return Span(start, start + len(words))

    def check(self, task_id: str, answer: Any = None) -> Quiet:
        """Write an answer down."""
        return self._hand_in(task_id, answer, "code", None)

    def submit(self, task_id: str, answer: Any, *, door: str = "code", certainty: Any = None, hints: int = 0) -> Quiet:
        """Write an answer down."""
        return self._hand_in(task_id, answer, door, certainty)

    def task(self, task_id: str) -> Quiet:
        """The click door of a task."""
        name = self._known(task_id)
        return _Desk(lambda answer, certainty=None: self._hand_in(name, answer, "click", certainty))

    def quiz(self) -> Quiet:
        """The questions."""

        def hand(name: str, answer: Any, sure: Any = None, certainty: Any = None) -> Quiet:
            return self._hand_in(name, answer, "code", sure if certainty is None else certainty)

        return _Desk(hand)

    def round_trip(self) -> dict[str, str]:
        """Nothing is saved here: two equal check sums."""
        return {"saved": "0" * 16, "restored": "0" * 16}

    def coding(self, name: Any) -> dict[str, str]:
        """A bundled coding of the reliability lab."""
        known = getattr(self.tasks.get("3.4"), "codings", {})
        if str(name) not in known:
            raise MedialitError(f"The coding “{str(name)[:60]}” is not there while notebooks are graded.")
        return dict(known[str(name)])

    def _known(self, task_id: Any) -> str:
        name = str(task_id)
        if name not in self.tasks and name not in self._questions:
            raise MedialitError(f"There is no task “{name[:40]}” here. Tasks: {', '.join(self.tasks)}.")
        return name

    def _hand_in(self, task_id: Any, answer: Any, door: str, certainty: Any) -> Quiet:
        name = self._known(task_id)
        if answer is None:
            return QUIET
        row = {"unit": self._name, "case": self.case.name, "task": name}
        try:
            row |= {"answer": plain(answer), "door": plain(door), "certainty": plain(certainty)}
        except MedialitError as error:
            row["fault"] = str(error)
        self._write(json.dumps(row, ensure_ascii=False))
        return QUIET

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return QUIET


class Course:
    """Opens units by what was handed out. One for each nursery."""

    def __init__(self) -> None:
        self.write: Write = lambda _: None
        self._units: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._names: dict[str, str] = {}
        self._cases: dict[str, CaseStand] = {}
        self._first = ""

    def learn(self, handout: Mapping[str, Any]) -> None:
        """Take in what may be known."""
        self._names, self._first = handout["names"], handout["first"]
        for data in handout["cases"]:
            self._cases[data["name"]] = CaseStand(data)
        for data in handout["units"]:
            self._units[data["unit"], data["case"]] = data

    @property
    def articles(self) -> list[Article]:
        """All texts, to be cut into sentences before the first child is made."""
        return [case.article for case in self._cases.values()]

    def load_case(self, name_or_folder: Any = "") -> CaseStand:
        """A case by its name, or by a path that ends with it."""
        name = str(name_or_folder).replace("\\", "/").rstrip("/").rpartition("/")[2] or self._first
        if name not in self._cases:
            raise MedialitError(f"There is no case “{name[:60]}”. Cases here: {', '.join(self._cases)}.")
        return self._cases[name]

    def open_unit(self, name: str, case: Any = "", progress: Any = None) -> UnitStand:
        """A unit on a case."""
        wanted = self._names.get(str(name).strip().lower())
        found = self.load_case(case)
        if wanted is None or (wanted, found.name) not in self._units:
            raise MedialitError(
                f"There is no unit “{str(name)[:40]}”. Units: {', '.join({u for u, _ in self._units})}."
            )
        return UnitStand(self._units[wanted, found.name], found, self.write)
