"""What a case can do without: hard words, a chain of hands, a quotation to repair, other reports, a model card.

Nothing is proposed here. Each of them is a form of its own, in a module of its own where it is long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from medialit.article import Article
from medialit.authoring.annotate.base import HEAD, AnnotationStep, by_hand, open_now, watch, write_all
from medialit.authoring.annotate.extra_card import CardExtra
from medialit.authoring.annotate.extra_models import ModelsExtra
from medialit.authoring.annotate.extra_quotes import ChainExtra, RepairExtra
from medialit.authoring.annotate.extra_reports import ReportsExtra
from medialit.authoring.annotate.extra_steps import Extra
from medialit.case import load_case
from medialit.case.load import load_glossary
from medialit.english import listed
from medialit.errors import CaseError, MedialitError
from medialit.files import read_text, write_whole, yaml_bytes
from medialit.forms import CardForm
from medialit.forms.card import Blank
from medialit.show.html import RUN, run_line, titled
from medialit.units.registry import number_of
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page

TERMS = 8  # rows for hard words
LEAST = 3


class TermsExtra(Extra):
    """Hard words of the text with their meanings: ``glossary.yaml``."""

    name, unit, tasks, title = "terms", "welcome", ("terms",), "Hard words and what they mean"
    told = (
        "Learners put these words back into their sentences. Write at least three words that occur once in the article, each "
        "in a sentence of its own, and what each means here."
    )

    def form(self, page: str) -> CardForm:
        blanks = []
        for n in range(1, TERMS + 1):
            spare = n > LEAST
            blanks += [
                Blank(
                    f"word{n}", "A word or phrase, as the article has it", limit=60, optional=spare, part=f"Word {n}"
                ),
                Blank(f"means{n}", "What it means here, in plain words", limit=300, lines=2, optional=spare),
            ]
        return CardForm(tuple(blanks))

    def known(self, page: str) -> dict[str, str]:
        path = self.folder / "glossary.yaml"
        terms = load_glossary(self.folder) if path.is_file() and not by_hand(path) else {}
        rows = list(terms.items())[:TERMS]
        return {
            f"{name}{n}": text
            for n, row in enumerate(rows, 1)
            for name, text in zip(("word", "means"), row, strict=True)
        }

    def made(self, given: Mapping[str, Mapping[str, str]]) -> dict[Path, bytes]:
        path = self.own("glossary.yaml")
        typed, terms, places = given[""], {}, set()
        for n in range(1, TERMS + 1):
            word, means = (typed.get(f"{name}{n}", "").strip() for name in ("word", "means"))
            if not word and not means:
                continue
            if not word or not means:
                told = "Write the word, too." if means else f"What does “{word}” mean here? Write that, too."
                raise MedialitError(f"Word {n}: {told}")
            word = self.article[self.article.find(word)]
            if word in terms:
                raise MedialitError(f"Word {n}: “{word}” is in this list already.")
            terms[word] = means
            if self.article.text.count(word) == 1:
                sentence = self.article.sentence_at(self.article.text.find(word))
                places.add(sentence.number if sentence else 0)
        if len(places) < LEAST:
            often = [word for word in terms if self.article.text.count(word) > 1]
            more = f" “{often[0]}” occurs {self.article.text.count(often[0])} times." if often else ""
            raise MedialitError(
                f"Only {len(places)} of these words occur once in the article, each in a sentence of its own. Write at least "
                f"{LEAST} such words.{more}"
            )
        return {path: yaml_bytes(terms, HEAD)}


EXTRAS: tuple[type[Extra], ...] = (TermsExtra, ChainExtra, RepairExtra, ReportsExtra, ModelsExtra, CardExtra)


class Extras(Page):
    """A list of what can be added, and the form of each; one is chosen, filled in, and saved."""

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.folder, self.article, self.coder = folder, article, coder
        self.path = folder / "coding" / "extras.json"
        self.typed = self._read()
        self.extras = {one.name: one(folder, article) for one in EXTRAS}
        super().__init__([self._list()])
        watch(self)

    def anew(self) -> None:
        """Another part has changed the case: say again what each exercise lacks."""
        if "list" in self._parts:
            # A fault in its files is said where it was made.
            with suppress(MedialitError):
                self.show([self._list()])

    def _read(self) -> dict[str, dict[str, str]]:
        if not self.path.is_file():
            return {}
        try:
            data = json.loads(read_text(self.path))
            return {name: {field: str(text) for field, text in form.items()} for name, form in data.items()}
        except (ValueError, AttributeError, RecursionError):
            raise CaseError("This file is damaged. Delete it, and this part begins again.", file=self.path) from None

    def _list(self, told: str = "") -> AnnotationStep:
        if self.coder > 1:
            text = "<p>Nothing in this part is coded twice. The first coder adds it.</p>"
            return AnnotationStep(
                "list", "More exercises", text, None, [], lambda *_: None, lambda _: None, self._key()
            )
        rows = []
        case = load_case(self.folder)
        for one in self.extras.values():
            numbers = listed(number_of(one.unit, task) for task in one.tasks)
            state = one.state(case)
            what = "exercise" if len(one.tasks) == 1 else "exercises"
            rows.append(f"<li><strong>{one.title}</strong> ({what} {numbers}): {state}</li>")
        text = f"<p>All of these are optional. Each opens more exercises.</p><ul>{''.join(rows)}</ul>"
        step = AnnotationStep(
            "list", "What would you like to add?", text, None, [(name, one.title) for name, one in self.extras.items()],
            lambda act, _: self._open(act), lambda _: None, self._key(), checks=False,
        )  # fmt: skip
        if told:
            step.say(feedback=note_html(told))
        return step

    def _open(self, name: str) -> None:
        extra = self.extras[name]
        if lacking := extra.lacking():
            self.show([self._list(lacking)])
            return
        self._turn(name, extra.pages(self.typed)[0])

    def _turn(self, name: str, page: str) -> None:
        self.show([self._step(name, page)])
        self.go_to_top()

    def _step(self, name: str, page: str) -> AnnotationStep:
        extra = self.extras[name]
        extra.typed = self.typed
        pages = extra.pages(self.typed)
        at = pages.index(page)
        last = at == len(pages) - 1
        head = f"{extra.title}, {at + 1} of {len(pages)}" if len(pages) > 1 else extra.title
        buttons = [("save", "Save" if last else "Go on"), ("back", "Back")]
        form = extra.form(page)
        step = AnnotationStep(
            extra.key(page), head, f"<p>{extra.tell(page)}</p>", form, buttons,
            lambda act, answer: self._pressed(name, page, act, answer), lambda answer: self.keep(name, page, answer),
            self._key(), checks=False,
        )  # fmt: skip
        kept = self.typed.get(extra.key(page)) or extra.known(page)
        shown = extra.shown(page, {field: text for field, text in kept.items() if text})
        if shown:
            step.put(shown, draft=True)
            step.say(draft=False)
        return step

    def keep(self, name: str, page: str, answer: Any) -> None:
        """Keep what is typed into a form."""
        extra = self.extras[name]
        self.typed[extra.key(page)] = extra.flat(page, answer or {})
        self.path.parent.mkdir(exist_ok=True)
        write_whole(self.path, f"{json.dumps(self.typed, ensure_ascii=False, indent=1)}\n".encode())

    def _pressed(self, name: str, page: str, act: str, answer: Any) -> None:
        self.keep(name, page, answer)
        extra = self.extras[name]
        pages = extra.pages(self.typed)
        at = pages.index(page)
        if act == "back":
            if at:
                self._turn(name, pages[at - 1])
            else:
                self.show([self._list()])
                self.go_to_top()
            return
        extra.form(page).read(answer or {})
        extra.check(page, self.typed)
        pages = extra.pages(self.typed)
        if at + 1 < len(pages):
            self._turn(name, pages[at + 1])
            return
        told = self.save(name)
        self.show([self._list(told)])
        self.go_to_top()

    def save(self, name: str) -> str:
        """Write the files of one of them; says what was done. Raises MedialitError, and changes nothing, for a misfit."""
        extra = self.extras[name]
        given = {page: self.typed.get(extra.key(page), {}) for page in extra.pages(self.typed)}
        files = extra.made(given)
        write_all(files)
        return (
            f"{extra.title}: saved in {' and '.join(path.name for path in files)}. {open_now(self.folder, extra.unit)}"
        )

    def _key(self) -> str:
        return f"annotate/{self.folder.name}/extras"

    # --- without widgets ---

    def text_form(self) -> str:
        lines = [f"- {one.title}" for one in self.extras.values()]
        return "\n".join([f"What can be added to “{self.article.title}”", *lines, RUN])

    def html_form(self) -> str:
        return titled(f"What can be added to “{self.article.title}”", run_line())
