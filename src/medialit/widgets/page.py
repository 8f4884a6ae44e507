"""Where a learner answers: Python's half of every widget. The browser's half is in ``js/``.

A page is a list of blocks. A block has a form, buttons, and places for what is said. Every press brings along what the form
holds, so that nothing typed a moment ago can be overtaken; what is typed is kept as a draft until it is checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets as tt

from medialit.case.records import Texts
from medialit.errors import MedialitError
from medialit.files import course_path, load_model
from medialit.forms import Form
from medialit.scoring.calibration import is_certainty
from medialit.widgets.form import form_page
from medialit.widgets.markup import note_html

_JS = Path(__file__).parent / "js"


@lru_cache(maxsize=1)
def script() -> str:
    """The browser's half as one ES module; each part keeps its own names to itself."""
    names = sorted(path.name for path in _JS.glob("*.js") if path.name not in ("base.js", "sheet.js", "loader.js"))
    parts = [f"{{\n{_read(name)}\n}}" for name in names]
    return "\n".join([_read("base.js"), *parts, _read("sheet.js"), "export default { render };\n"])


@lru_cache(maxsize=1)
def style() -> str:
    """The style of all widgets."""
    return _read("sheet.css") + _read("pen.css")


def _read(name: str) -> str:
    return (_JS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """The words of buttons, labels and short messages."""
    return load_model(Texts, course_path("interface.yaml")).root


class PageBlock:
    """One block. ``spec`` is drawn once; ``state`` follows, and holds the newest answer that is known. ``form`` is a form, or
    the page half of one.

    ``buttons`` are (act, text, accessible name); the first is the main one. ``press(message)`` is called when one was
    pressed, ``keep(answer, certainty)`` keeps what is not checked yet; it returns a sentence when it could not. ``key`` names
    the block in this browser, for what was typed while Python did not answer.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        over: str = "",
        prompt: str = "",
        form: Any = None,
        certainty: bool = False,
        pays: bool = True,
        buttons: Sequence[tuple[str, str, str]] = (),
        key: str = "",
        press: Callable[[Mapping[str, Any]], None] = lambda _: None,
        keep: Callable[[Any, int | None], str | None] | None = None,
        checks: bool = False,
        sends: bool = False,
    ) -> None:
        self.name, self._press, self._keep = name, press, keep
        if isinstance(form, Form) and f"kit.forms.{form.kind} = " not in script():
            told = f"Nothing in src/medialit/widgets/js draws the form “{form.kind}”, as kit.forms.{form.kind}."
            raise MedialitError(f"{told} “Add a form of answer” in CONTRIBUTING.md says how.")
        self.form: Any = form_page(form) if isinstance(form, Form) else form
        self.spec: dict[str, Any] = {
            "id": name,
            "title": title,
            "over": over,
            "prompt": prompt,
            "form": self.form.spec() if self.form else None,
            "certainty": certainty,
            "pays": pays,
            "buttons": [
                {"act": act, "text": text, "name": said or None, "primary": not place}
                for place, (act, text, said) in enumerate(buttons)
            ],
            "key": key,
            "drafts": keep is not None,
            "checks": checks,
            "sends": sends,
        }
        self.state: dict[str, Any] = {
            "n": "",
            "put": 0,
            "kept": False,
            "answer": None,
            "certainty": None,
            "draft": False,
        }
        self._page: Page | None = None
        if self.form:
            self.form.offered_to(self._offer)

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        """A button was pressed; ``message`` holds ``answer`` and ``certainty``, already as plain data."""
        self._press(message)

    @property
    def answer(self) -> Any:
        """The newest answer that is known, checked or not."""
        return self.state["answer"]

    def put(self, answer: Any, certainty: int | None = None, *, draft: bool = False, time: int = 0) -> None:
        """Show this answer. Raises MedialitError when it does not fit the form."""
        if self.form:
            self.form.put(answer, draft)
        shown = self.form.shown(answer) if self.form else answer
        first = {"put": self.state["put"] + 1} if self._page else {}
        self.say(answer=shown, certainty=certainty, draft=draft, time=time, **first)

    def say(self, **state: Any) -> None:
        """Change what the page shows of this block."""
        self.state.update(state)
        if self._page:
            self._page.push()

    def _offer(self, offer: dict[str, Any]) -> None:
        self.say(offer=offer)

    def on(self, page: Page) -> None:
        """From now on the block is on this page."""
        self._page = page

    def heard(self, message: Mapping[str, Any]) -> None:
        """A message of the page."""
        act, answer, certainty = str(message.get("act")), message.get("answer"), message.get("certainty")
        if self.form:
            answer = self.form.typed(answer)
            self.form.value = answer
        certainty = certainty if is_certainty(certainty) else None
        problem = None
        if act != "contest":
            self.state.update(answer=message.get("answer"), certainty=certainty, draft=act in ("draft", "choose"))
        if act == "draft":
            problem = self._keep(answer, certainty) if self._keep else None
            if problem:
                self.state["said"] = note_html(problem)
        else:
            self.pressed(act, {**message, "answer": answer, "certainty": certainty})
        self.say(n=message.get("n", ""), kept=not problem)


class Text:
    """Something to read between blocks, such as a story."""

    def __init__(self, name: str, html: str) -> None:
        self.name = name
        self.spec = {"id": name, "kind": "text", "html": html}
        self.state: dict[str, Any] = {}

    def on(self, page: Page) -> None:
        """Nothing follows from it."""


class Shared(ipywidgets.Widget):  # type: ignore[misc]
    """What draws all widgets of a page. It is sent once, and each widget refers to it, in a page saved or exported, too."""

    script = tt.Unicode().tag(sync=True)
    style = tt.Unicode().tag(sync=True)
    words = tt.Dict().tag(sync=True)

    _now: Shared | None = None

    @classmethod
    def now(cls) -> Shared:
        """The one of this process; a new one when the page that had it was closed."""
        if cls._now is None or cls._now.comm is None:
            cls._now = cls(script=script(), style=style(), words=words())
        return cls._now


class Page(anywidget.AnyWidget):
    """Blocks below each other, or one at a time when it is ``paged``."""

    _esm = tt.Unicode(_read("loader.js")).tag(sync=True)
    shared = tt.Instance(Shared).tag(sync=True, **ipywidgets.widget_serialization)
    title = tt.Unicode("").tag(sync=True)
    intro = tt.Unicode("").tag(sync=True)
    foot = tt.Unicode("").tag(sync=True)
    paged = tt.Bool(False).tag(sync=True)
    blocks: tt.List[Any] = tt.List().tag(sync=True)
    state = tt.Dict().tag(sync=True)
    _hearing = ""  # the number of the message that is being answered

    def __init__(
        self, blocks: Iterable[Any] = (), *, title: str = "", intro: str = "", foot: str = "", paged: bool = False
    ):
        # All that is drawn goes along with the first message.
        super().__init__(shared=Shared.now(), title=title, intro=intro, foot=foot, paged=paged, **self._take(blocks))
        for block in self._parts.values():
            block.on(self)
        self.on_msg(self._heard)

    def _take(self, blocks: Iterable[Any]) -> dict[str, Any]:
        self._parts = {block.name: block for block in blocks}
        return {"blocks": [block.spec for block in self._parts.values()], "state": self._states()}

    def _states(self) -> dict[str, Any]:
        return {name: dict(block.state) for name, block in self._parts.items()}

    def show(self, blocks: Iterable[Any]) -> None:
        """Show these blocks in place of those before."""
        if self._hearing:
            # The block that waits for an answer goes: what it sent was taken.
            self.send({"taken": self._hearing})
        with self.hold_sync():
            for name, value in self._take(blocks).items():
                setattr(self, name, value)
        for block in self._parts.values():
            block.on(self)

    def push(self) -> None:
        """Bring the browser up to date."""
        self.state = self._states()

    def go_to_top(self) -> None:
        """Bring the page and the focus to its beginning: a press made it shorter."""
        self.send({"go": "top"})

    def _heard(self, _: Any, message: Any, _buffers: Any) -> None:
        # Python in the browser has an object of its own for JavaScript's null.
        message = json.loads(json.dumps(message, default=lambda _: None))
        block = self._parts.get(str(message.get("id"))) if isinstance(message, dict) else None
        if block is None:
            return
        try:
            if "ask" in message:
                self.send({"ask": message["ask"], "data": block.form.asked(str(message.get("what")), message)})
            else:
                self._hearing = str(message.get("n", ""))
                block.heard(message)
        except Exception as error:
            # The last net: a fault of the kit must not reach the learner as a trace.
            block.say(n=message.get("n", ""), kept=False, said=note_html(failure(error)))
        finally:
            self._hearing = ""

    # without widgets ----------------------------------------------------------------------------------------------

    def text_form(self) -> str:
        """The page as plain text, never its key."""
        return self.title

    def html_form(self) -> str:
        """The same as HTML that needs neither styles nor scripts."""
        return ""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        # The library says where its script is in another notebook's cloud, and nothing else; a plain page needs no more.
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**(data or {}), "text/plain": self.text_form(), "text/html": self.html_form()}


def failure(error: Exception) -> str:
    """What went wrong, in a sentence, without anything of the machine."""
    if isinstance(error, MedialitError):
        return str(error)
    if isinstance(error, OSError):
        return f"Your answer could not be saved: {error.strerror or type(error).__name__}. It is still here."
    return f"Something in the kit went wrong ({type(error).__name__}). Your answer is still here. Please report this."


def attempt(act: Callable[[], str | None]) -> str | None:
    """What ``act`` returns; a failure as a sentence."""
    try:
        return act()
    except Exception as error:
        return failure(error)
