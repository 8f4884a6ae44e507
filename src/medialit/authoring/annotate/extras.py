"""What a case can do without: hard words, a chain of hands, a quotation to repair, other reports, a model card.

Nothing is proposed here. Each of them is a few pages of its own, in a module of its own where it is long.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from medialit.article import Article
from medialit.authoring.annotate.base import AnnotationStep, Steps, open_now, read_draft, save_draft, watch, write_all
from medialit.authoring.annotate.extra_card import CardExtra
from medialit.authoring.annotate.extra_models import ModelsExtra
from medialit.authoring.annotate.extra_quotes import ChainExtra, RepairExtra
from medialit.authoring.annotate.extra_reports import ReportsExtra
from medialit.authoring.annotate.extra_steps import Ask, Extra, Leaf, leaf_of, numbered, once
from medialit.english import count, listed
from medialit.errors import MedialitError
from medialit.units.registry import number_of

LEAST = 3  # hard words
TERMS = numbered(
    "word", "Word", 8, LEAST, f"Write at least {LEAST} words. You have {{n}}.",
    Ask("term", "A word or phrase, as the article has it", limit=60, missing="write the word, too."),
    Ask("means", "What it means here, in plain words", limit=300, lines=2, missing="write what it means here, too."),
)  # fmt: skip


class TermsExtra(Extra):
    """Hard words of the text with their meanings."""

    name, unit, tasks, title = "terms", "welcome", ("terms",), "Hard words and what they mean"
    file = "glossary.yaml"

    def leaf(self, page: str) -> Leaf:
        return leaf_of([TERMS], {"word": [{"term": term, "means": said} for term, said in self.before.items()]})

    def made(self) -> Mapping[str, str]:
        text = self.article.text
        rows = [
            (self.article[self.article.find(row["term"])], row["means"]) for row in self.said()[TERMS.name].values()
        ]
        once(term for term, _ in rows)
        often = [term for term, _ in rows if text.count(term) > 1]
        if (n := len({self.article.number_at(text.find(term)) for term, _ in rows if term not in often})) < LEAST:
            more = f" “{often[0]}” occurs {text.count(often[0])} times." if often else ""
            raise MedialitError(
                f"Only {count(n, 'of these words occurs', 'of these words occur')} once in the article, each in a sentence "
                f"of its own. Write at least {LEAST} such words.{more}"
            )
        return dict(rows)


EXTRAS: tuple[type[Extra], ...] = (TermsExtra, ChainExtra, RepairExtra, ReportsExtra, ModelsExtra, CardExtra)


class Extras(Steps):
    """A list of what can be added, and the pages of each; one is chosen, filled in, and saved."""

    about = "What can be added to “{}”"

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.path = folder / "coding" / "extras.json"
        self.works_on(folder, article, coder, self.path)
        self.typed = read_draft(self.path) or {}
        self.extras = {one.name: one(folder, article, self.typed) for one in EXTRAS}
        super().__init__([self._list()])
        watch(self)

    def anew(self) -> None:
        """Another part has changed the case: say again what each exercise lacks."""
        if "list" in self._parts:
            # A fault in its files is said where it was made.
            with suppress(MedialitError):
                self.show([self._list()])

    def keep(self, key: str, answer: Any) -> None:
        """Keep what is typed on a page."""
        with self.alone():
            self.typed[key] = answer or {}
            save_draft(self.path, self.typed)

    def _list(self) -> AnnotationStep:
        if self.coder > 1:
            told = "Nothing in this part is coded twice. The first coder adds it."
            return self.step("list", "More exercises", told, None, [], lambda *_: None)
        rows = ""
        for one in self.extras.values():
            numbers = [number_of(one.unit, task) for task in one.tasks]
            what = f"{'exercise' if len(numbers) == 1 else 'exercises'} {listed(numbers)}"
            rows += f"<li><strong>{one.title}</strong> ({what}): {escape(one.state())}</li>"
        told = "All of these are optional. Each opens more exercises."
        buttons, more = [(one.name, one.title) for one in self.extras.values()], f"<ul>{rows}</ul>"
        return self.step("list", "What would you like to add?", told, None, buttons, self._open, more=more)

    def _open(self, name: str, _: Any) -> None:
        extra = self.extras[name]
        lacking = extra.lacking()
        self.turn([self._list() if lacking else self._step(extra, extra.pages()[0])], lacking)

    def _step(self, extra: Extra, page: str) -> AnnotationStep:
        pages, leaf, key = extra.pages(), extra.leaf(page), extra.key(page)
        title = f"{extra.title}, {pages.index(page) + 1} of {len(pages)}" if len(pages) > 1 else extra.title
        buttons = [("save", "Save" if page == pages[-1] else "Go on"), ("back", "Back")]
        press, keep = partial(self._pressed, extra, page), partial(self.keep, key)
        return self.step(key, title, extra.told(page), leaf.form, buttons, press, keep, extra.given(page))

    def _pressed(self, extra: Extra, page: str, act: str, _: Any) -> None:
        if act == "save":
            extra.said(page)
        pages = extra.pages()
        at = pages.index(page) + (1 if act == "save" else -1)
        if at == len(pages):
            self._save(extra)
        else:
            self.turn([self._list() if at < 0 else self._step(extra, pages[at])])

    def _save(self, extra: Extra) -> None:
        """Write the file of one of them. A fault of an earlier page is said there, and nothing is changed then."""
        *earlier, _ = extra.pages()
        for page in earlier:
            try:
                extra.said(page)
            except MedialitError as error:
                self.turn([self._step(extra, page)], str(error))
                return
        write_all(extra.files())
        told = f"{extra.title}: saved. {open_now(self.folder, extra.unit, tasks=extra.tasks)}"
        self.turn([self._list()], told)

    def lines(self) -> list[str]:
        return [one.title for one in self.extras.values()]
