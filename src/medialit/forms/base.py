"""What every form of an answer can do: read a plain answer, show what can be chosen, say what an answer looks like.

A form is a frozen record without a key: what it asks is in its fields, and its ``repr`` is part of a task's version. Fields
with ``repr=False`` only help (the article in which words are marked), so they change no version.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from medialit.errors import MedialitError

Answer = TypeVar("Answer")
# A longer list, such as every sentence of the article, is described by its ends.
MANY = 12


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen: ``key`` goes into the answer, ``text`` is read by the learner."""

    key: str
    text: str


class Key(NamedTuple):
    """A key that a typed answer uses: the field that takes it, the key, and what it means."""

    field: str
    key: str
    text: str


class Form(ABC, Generic[Answer]):
    """The shape of an answer. ``kind`` names it, in the table of forms and as the file of its widget."""

    kind: ClassVar[str]
    advice: ClassVar[str] = ""  # how an answer without keys is typed
    writes: ClassVar[bool] = False  # whether parts of an answer are words of the learner's own

    @abstractmethod
    def read(self, answer: Any) -> Answer:
        """A plain answer as a typed one. Raises MedialitError, in one sentence, for an answer of another shape."""

    @abstractmethod
    def sample(self) -> str:
        """An answer of the right shape, as code, with dots where the learner's own answer goes.

        It shows no key of a table or a list: the first one might happen to be right.
        """

    @abstractmethod
    def all_keys(self) -> list[Key]:
        """Every key that a typed answer can use; empty when it uses none."""

    def asked(self) -> str:
        """All that it asks: when this changes, answers to it are answers to something else."""
        return repr(self)

    def choices(self) -> list[tuple[str, str]]:
        """(key, text) of everything that can be chosen, for a page that shows no widget."""
        return [(key, text.replace("\n", " ")) for _, key, text in self.all_keys()]

    def in_words(self, answer: Any) -> list[str]:
        """An answer in words, one line an entry; empty where words would only repeat it."""
        return []

    def typed(self, given: Any) -> Any:
        """What a page holds, as a plain answer: boxes hold texts, also where a number belongs."""
        return given

    def shown(self, answer: Any) -> Any:
        """A plain answer as a page holds it."""
        return answer

    @cached_property
    def _keys_of_fields(self) -> dict[str, dict[str, list[str]]]:
        """The keys of each field, and of all fields under "", by what is left of them without what typing changes."""
        fields: dict[str, dict[str, list[str]]] = {"": {}}
        for name, key, _ in self.all_keys():
            for place in ("", name):
                keys = fields.setdefault(place, {}).setdefault(_loosely(key), [])
                if key not in keys:
                    keys.append(key)
        return fields

    def evened(self, answer: Any) -> Any:
        """A plain answer with its keys as they are written here: “B)”, “ b ” and “Rogue nation” are b and rogue nation.

        Words that a learner writes stay as they are.
        """
        fields = self._keys_of_fields

        def known(value: Any, name: str) -> Any:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                return value
            if not isinstance(value, str) and name not in fields:
                return value  # a number where a number is wanted
            found = fields.get(name, {} if self.writes else fields[""]).get(_loosely(value), [])
            return found[0] if len(found) == 1 or value in found[:1] else value

        def walk(value: Any, name: str) -> Any:
            if isinstance(value, dict):
                names = {each: each if each in fields else known(each, "") for each in value}
                if len(set(names.values())) < len(names):
                    return value  # two names for one row: the form says so
                return {names[each]: walk(held, names[each]) for each, held in value.items()}
            if isinstance(value, list):
                return [walk(each, name) for each in value]
            return known(value, name)

        return walk(answer, "answer")

    def unfinished(self, answer: Any) -> None:
        """Refuse what this form cannot hold even while it is filled in. Raises MedialitError.

        A draft may be too long, or no number yet: it was typed, so it comes back.
        """
        self.read(answer)

    def problem(self, answer: Any) -> str | None:
        """What keeps a plain answer from being checked, in one sentence; None when it fits."""
        return refusal(self.read, answer)

    def as_text(self, indent: str = "  ") -> str:
        """What can be chosen, one a line."""
        return "\n".join(
            f"{indent}{key}) {text}" if key != text else f"{indent}- {text}" for key, text in self.choices()
        )

    def as_html(self) -> str:
        """What can be chosen, as a list."""
        items = []
        for key, text in self.choices():
            sign = f"<strong>{escape(key)})</strong> " if key != text else ""
            items.append(f'<li style="margin:4px 0">{sign}{escape(text)}</li>')
        return f'<ul style="list-style-type:none;padding-left:16px;margin:4px 0">{"".join(items)}</ul>' if items else ""


_PLAIN_SIGNS = str.maketrans("’‘“”–", "''\"\"-")


def _loosely(key: Any) -> str:
    """A key without what typing changes: capitals, spaces, the bracket or stop behind it, the kind of marks."""
    whole = isinstance(key, float) and key.is_integer()
    text = str(int(key) if whole else key).casefold().translate(_PLAIN_SIGNS)
    return " ".join(text.split()).removeprefix("(").rstrip(" ).:")


def refusal(read: Callable[[Any], object], answer: Any) -> str | None:
    """Why ``read`` refuses an answer, in one sentence; None when it takes it."""
    try:
        read(answer)
    except MedialitError as error:
        return str(error)
    return None


def is_blank(answer: Any) -> bool:
    """True when nothing was answered: None, ``...``, an empty list, a text of spaces, a table of empty cells."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return all(is_blank(value) for value in answer.values())
    if isinstance(answer, list | tuple):
        return all(is_blank(value) for value in answer)
    return False


def keys_of(options: Iterable[Option]) -> list[str]:
    """The keys of some options, in order."""
    return [option.key for option in options]


def keyed(field: str, options: Iterable[Option]) -> list[Key]:
    """Some options as keys of one field."""
    return [Key(field, option.key, option.text) for option in options]


def listed(keys: Iterable[str]) -> str:
    """Keys in a sentence; a long list is cut."""
    known = list(keys)
    return ", ".join(known[:12]) + (" …" if len(known) > 12 else "")


def refuse_unknown(given: Iterable[Any], known: Iterable[str], before: str = "") -> None:
    """Raises MedialitError for the first that is not known; ``before`` begins the sentence."""
    known = list(known)
    if strangers := [x for x in given if x not in known]:
        raise MedialitError(f"{before}“{str(strangers[0])[:40]}” is not one of: {listed(known)}.")


def described(options: tuple[Option, ...]) -> str:
    """Options in one line, for a page that shows no widget."""
    if len(options) > MANY:
        return f"{options[0].key} to {options[-1].key}"
    named = (option.text if option.key == option.text else f"{option.key} = {option.text}" for option in options)
    return "; ".join(named) or "a number"


def is_number(value: Any) -> bool:
    """True for 7 and 7.5, and not for True."""
    return isinstance(value, int | float) and not isinstance(value, bool)
