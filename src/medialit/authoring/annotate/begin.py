"""The way in: paste an article or choose a file, correct it, say what is known about it, and freeze it as a new case."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from medialit.article import Article
from medialit.authoring.annotate.base import AnnotationStep
from medialit.authoring.annotate.pages import annotation_page
from medialit.authoring.article_file import article_in, check_length, too_large
from medialit.authoring.article_file.found import Found, SeveralArticles
from medialit.authoring.article_file.text import count_words, tidy
from medialit.authoring.newcase import PUBLISHED, check_name, guess_language, propose_name, write_case
from medialit.case.records import Record
from medialit.english import shortened
from medialit.files import write_whole
from medialit.forms import CardForm, ChoiceForm, Option, TextForm
from medialit.forms.card import Blank
from medialit.show.html import escape, run_line, titled
from medialit.widgets.files import FileForm
from medialit.widgets.form import FormPage
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page, PageBlock, Text, failure

DRAFT = ".medialit-begin.json"  # what somebody has begun and not frozen yet
ACCEPT = ".txt,.md,.markdown,.docx,.html,.htm,.mhtml,.mht,.webarchive,.pdf"
MOST = 7_000_000  # bytes that fit into one message of the page
PASTED = "The pasted text"
TITLE = 160  # characters
_BLANKS = {
    "title": ("What is the story called on every page?", TITLE),
    "name": ("The name of its folder (small letters, digits and hyphens)", 40),
    "author": ("Who wrote it?", 120),
    "publisher": ("Where did it appear?", 120),
    "date": ("When did it appear? For instance 2024-05-03", 40),
    "address": ("Its address on the web (nothing is fetched)", 400),
    "licence": ("Its license, or who permits you to show it", 300),
    "language": ("The code of its language, such as en, es or ar", 12),
}
_NEEDED = ("title", "name", "language")
_REAL, _INVENTED = "real", "invented"


class _Draft(Record):
    """What is kept until the case is frozen."""

    found: Found
    file: str
    said: dict[str, str]


class _ArticleForm(FormPage):
    """A whole article, pasted."""

    def __init__(self) -> None:
        super().__init__(TextForm(lines=12))

    def spec(self) -> dict[str, Any]:
        return super().spec() | {"label": "The article"}


class _LinesForm(FormPage):
    """The paragraphs of an article and what is left out of it: ``{"lines": [...], "left": [...]}``."""

    def __init__(self) -> None:
        super().__init__(TextForm())

    def spec(self) -> dict[str, Any]:
        return {"kind": "lines"}

    def put(self, answer: Any, draft: bool = False) -> None:
        self.value = answer

    def typed(self, given: Any) -> Any:
        return given

    def shown(self, answer: Any) -> Any:
        return answer


class _FileBlock(PageBlock):
    """A file that is read as soon as it is chosen."""

    def __init__(self, page: BeginCase) -> None:
        self._begin = page
        super().__init__(
            "file", "Or choose a file",
            form=FileForm("Text, Markdown, DOCX, a saved web page, or a PDF with text", ACCEPT, MOST),
            prompt="<p>To save a page in your browser, choose <em>Save page as</em>. The file stays on this computer.</p>",
            sends=True,
        )  # fmt: skip

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        given = message["answer"] or {}
        name, size = Path(str(given.get("name"))).name, int(given.get("size") or 0)
        # The file itself is not kept on the page.
        self.state["answer"] = None
        try:
            if size > MOST:
                raise too_large(name, size)
            self._begin.read(name, base64.b64decode(str(given.get("data") or "")))
        except Exception as error:
            self.say(feedback=note_html(failure(error)))


class BeginCase(Page):
    """Three steps: bring a text, correct it, say what is known about it. Then it is a case in a folder of its own."""

    def __init__(self, folder: Path, name: str = "") -> None:
        if name:
            check_name(name)
        # Freezing needs it, and takes a moment for it: here nobody waits yet.
        import_module("nltk")
        self.folder, self.name = folder.resolve(), name
        self.path = self.folder / DRAFT
        self.found: Found | None = None
        self.file = PASTED
        self.said: dict[str, str] = {}
        self._several = (PASTED, b"")
        with suppress(OSError, ValueError):
            kept = _Draft.model_validate_json(self.path.read_bytes())
            self.found, self.file, self.said = kept.found, kept.file, kept.said
        super().__init__([self._lines()] if self.found else self._source())

    # --- a text ---

    def _source(self) -> list[PageBlock]:
        paste = AnnotationStep(
            "paste", "1 of 3 · Paste your article",
            "<p>Copy the whole article, the headline first, and paste it here. You can correct it on the next step.</p>",
            _ArticleForm(), [("read", "Read this text")],
            lambda _, text: self.read(PASTED, str(text or "").encode("utf-8", "replace")), lambda _: None, self._key(),
        )  # fmt: skip
        return [paste, _FileBlock(self)]

    def read(self, name: str, data: bytes, article: int = 0) -> None:
        """Take a text or the bytes of a file. Raises MedialitError for what is no article or cannot be read."""
        try:
            self.found = article_in(name, data, article)
        except SeveralArticles as several:
            self._several = name, data
            self.show([self._which(several)])
            return
        self.file, self.said = name, {}
        self._keep()
        self.show([self._lines()])
        self.go_to_top()

    def _which(self, several: SeveralArticles) -> AnnotationStep:
        options = tuple(Option(str(n), head) for n, head in enumerate(several.heads, 1))

        def press(act: str, answer: Any) -> None:
            if act == "back":
                self.show(self._source())
            else:
                self.read(*self._several, int(ChoiceForm(options).read(answer)[0]))

        return AnnotationStep(
            "which", "Which article?", f"<p>{escape(several.name)} holds {len(options)} articles.</p>",
            ChoiceForm(options), [("read", "Take this one"), ("back", "Take another text")], press, lambda _: None,
            self._key(),
        )  # fmt: skip

    # --- its paragraphs ---

    def _lines(self) -> AnnotationStep:
        found = self._known()
        notes = "".join(f"<p>{escape(note)}</p>" for note in found.notes)
        step = AnnotationStep(
            "lines", "2 of 3 · Is this the article?",
            "<p>Read it through: is it whole, and nothing else? Later its words cannot be changed as easily, because "
            f"everything you mark is counted in them.</p>{notes}",
            _LinesForm(), [("save", "It is right, go on"), ("back", "Take another text")], self._pressed_lines,
            self._corrected, self._key(), file=self.path,
        )  # fmt: skip
        step.put({"lines": list(found.paragraphs), "left": list(found.left_out)})
        step.say(signs=self._signs(found.paragraphs))
        return step

    @staticmethod
    def _signs(lines: Sequence[str]) -> dict[str, Any]:
        """The number of each line as a paragraph, 0 for a heading and for an empty line; and the words of all."""
        full = [line for line in lines if line.strip()]
        numbers = iter(block.number for block in Article("\n".join(full)).blocks)
        return {"numbers": [next(numbers, 0) if line.strip() else 0 for line in lines], "words": count_words(full)}

    def _corrected(self, answer: Any) -> None:
        """Take over the corrected paragraphs ``{"lines": […], "left": […]}``."""
        lines, left = ([_whole(line) for line in (answer or {}).get(name, [])] for name in ("lines", "left"))
        tidied = tuple(line for one in lines for part in one.splitlines() if (line := tidy(part)))
        self.found = replace(self._known(), paragraphs=tidied, left_out=tuple(filter(None, map(tidy, left))))
        self._keep()
        self._parts["lines"].say(signs=self._signs(lines))

    def _pressed_lines(self, act: str, answer: Any) -> None:
        if act == "back":
            self.show(self._source())
            return
        self._corrected(answer)
        check_length("The article", self._known().paragraphs)
        self.show([self._about()])
        self.go_to_top()

    # --- what is known about it ---

    def _about(self) -> AnnotationStep:
        found = self._known()
        title = shortened(found.about.get("title") or found.paragraphs[0], TITLE - 2)
        proposed = {
            "title": title,
            "name": self.name or propose_name(title, self.folder),
            "language": guess_language(found.text),
            **{name: found.about.get(name, "") for name in PUBLISHED},
        }
        blanks = [
            Blank(name, label, limit=limit, optional=name not in _NEEDED) for name, (label, limit) in _BLANKS.items()
        ]
        real = (
            Option(_REAL, "It is about the real world"),
            Option(_INVENTED, "It is invented, and every page says so"),
        )
        blanks.insert(-1, Blank("kind", "Is the story invented?", real))
        form = CardForm(tuple(blanks))
        step = AnnotationStep(
            "about", "3 of 3 · What is known about it?",
            "<p>Leave empty what you do not know: it then says <em>unknown</em>. After this, the text is frozen.</p>",
            form, [("freeze", "Freeze"), ("back", "Back to the text")],
            lambda act, answer: self._pressed_about(act, answer, form), self._noted, self._key(),
            file=self.path,
        )  # fmt: skip
        known = proposed | {"kind": _REAL} | self.said
        step.put({name: value for name, value in known.items() if value}, draft=True)
        step.say(draft=False)
        return step

    def _noted(self, answer: Any) -> None:
        self.said = {str(name): _whole(value) for name, value in (answer or {}).items()}
        self._keep()

    def _pressed_about(self, act: str, answer: Any, form: CardForm) -> None:
        self._noted(answer)
        if act == "back":
            self.show([self._lines()])
            return
        form.read(self.said)
        self.freeze(self.said)

    def freeze(self, answer: Mapping[str, str]) -> None:
        """Write the case of ``title``, ``name`` and what else is known. Raises MedialitError for what cannot be."""
        said = {name: (answer.get(name) or "").strip() for name in _BLANKS}
        invented = answer.get("kind") == _INVENTED
        file = "" if self.file == PASTED else self.file
        folder = write_case(self.folder, said["name"], self._known(), said, invented=invented, file=file)
        page = annotation_page(folder, 1)
        self.path.unlink(missing_ok=True)
        self.found = None
        there = f"{folder.name}/{page.name}"
        self.show([Text("done", _DONE.format(title=escape(said["title"]), folder=escape(str(folder)), there=there))])
        self.go_to_top()

    # --- files ---

    def _known(self) -> Found:
        assert self.found is not None
        return self.found

    def _keep(self) -> None:
        kept = _Draft(found=self._known(), file=self.file, said=self.said)
        write_whole(self.path, kept.model_dump_json().encode(), sync=False)

    def _key(self) -> str:
        return f"begin/{self.folder.name}"

    def text_form(self) -> str:
        return "Begin a case of your own: medialit author case new NAME --from FILE"

    def html_form(self) -> str:
        return titled("Begin a case of your own", run_line())


def _whole(text: Any) -> str:
    """A text of the page without halves of characters, which no file can hold."""
    return str(text).encode("utf-8", "replace").decode()


_DONE = (
    '<section class="ml-block"><h3 class="ml-title">“{title}” is frozen</h3>'
    "<p>It is a case now, in the folder <code>{folder}</code>. Next, mark who says what in it.</p>"
    '<p><a class="ml-button ml-primary medialit-open" href="{there}">Go on: annotate it</a></p></section>'
)
