"""What every optional part of a case has in common: its pages of forms, what it needs, and the files it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from medialit.article import Article
from medialit.authoring.annotate.base import by_hand
from medialit.case import Case
from medialit.case.serves import lacks
from medialit.errors import CaseError, MedialitError
from medialit.forms import CardForm, Form

Typed = Mapping[str, Mapping[str, str]]


class Extra:
    """One of them. ``typed`` is all that was typed so far, by page; a page of several has a name."""

    name: ClassVar[str]
    unit: ClassVar[str]
    tasks: ClassVar[tuple[str, ...]]
    title: ClassVar[str]
    told: ClassVar[str] = ""

    def __init__(self, folder: Path, article: Article) -> None:
        self.folder, self.article = folder, article
        self.typed: Typed = {}

    def pages(self, typed: Typed) -> list[str]:
        """The names of its pages, given what is typed so far."""
        return [""]

    def key(self, page: str) -> str:
        """The name under which a page is kept."""
        return f"{self.name}-{page}" if page else self.name

    def page(self, page: str) -> Mapping[str, str]:
        """What was typed on a page."""
        return self.typed.get(self.key(page), {})

    def tell(self, page: str) -> str:
        """What is shown above the form."""
        return self.told

    def form(self, page: str) -> Form[Any]:
        """The form of a page."""
        raise NotImplementedError

    def known(self, page: str) -> dict[str, str]:
        """What a page begins with: the case has it already, or it is found in the text."""
        return {}

    def flat(self, page: str, answer: Mapping[str, Any]) -> dict[str, str]:
        """An answer of the form as texts by name."""
        return {name: str(text or "") for name, text in answer.items()}

    def shown(self, page: str, kept: dict[str, str]) -> Any:
        """The same as an answer of the form; what no longer fits it is left out."""
        form = self.form(page)
        if not isinstance(form, CardForm):
            return kept
        blanks = {blank.name: {option.key for option in blank.options} for blank in form.blanks}
        return {
            name: text for name, text in kept.items() if name in blanks and (not blanks[name] or text in blanks[name])
        }

    def check(self, page: str, typed: Typed) -> None:
        """Raises MedialitError where a page cannot be left like this."""

    def lacking(self) -> str:
        """What must be there before one can begin, in a sentence."""
        return ""

    def made(self, given: Typed) -> dict[Path, bytes]:
        """The files, from what was typed by page. Raises MedialitError for what does not fit."""
        raise NotImplementedError

    def own(self, name: str) -> Path:
        """A file of the case that may be written. Raises MedialitError when somebody wrote it by hand."""
        path = self.folder / name
        if by_hand(path):
            raise MedialitError(f"{name} was written by hand and stays as it is. Add this there, or rename that file.")
        return path

    def state(self, case: Case) -> str:
        """Is it there, or what does it lack?"""
        try:
            open_ones = [task for task in self.tasks if lacks(case, f"{self.unit}/{task}")]
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
