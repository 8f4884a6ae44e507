"""What all parts of the annotation notebook share."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakSet

from medialit.article import Article
from medialit.english import listed
from medialit.errors import CaseError, MedialitError
from medialit.files import load_yaml, read_text, write_whole
from medialit.forms import Form
from medialit.show.html import RUN, run_line, titled
from medialit.widgets.markup import note_html, to_html
from medialit.widgets.page import Page, PageBlock, failure

# The first line of a file that a part may write again. A file without it was written by hand, and is left alone.
HEAD = "# Made on the annotation page (medialit author case annotate). What is proposed is not part of the key.\n"
NOT_ENGLISH = "The program reads English alone. It proposes nothing for this text, so all of it is yours to find."


class AnnotationStep(PageBlock):
    """One form, or none, with its buttons. ``keep`` takes what is typed, as one goes on; ``press`` a button and the answer.

    Without ``keep`` nothing is kept before a button is pressed, and what is kept goes into ``file``.
    """

    def __init__(
        self,
        name: str,
        title: str,
        prompt: str,
        form: Any,
        buttons: Sequence[tuple[str, str]],
        press: Callable[[str, Any], None],
        keep: Callable[[Any], None] | None,
        key: str,
        file: Path | None = None,
    ) -> None:
        self._do, self.file = press, file
        super().__init__(
            name, title, prompt=prompt, form=form, buttons=[(act, text, "") for act, text in buttons],
            key=f"{key}/{name}" if keep else "",
            keep=(lambda answer, _: self._try(lambda: keep(answer))) if keep else None,
        )  # fmt: skip
        self.state["time"] = self._written

    def put(self, answer: Any, certainty: int | None = None, *, draft: bool = False, time: int = 0) -> None:
        super().put(answer, certainty, draft=draft, time=time or self._written)

    @property
    def _written(self) -> int:
        """When its file was written, in ms: what a browser holds from before that is in it."""
        return int(1000 * self.file.stat().st_mtime) if self.file and self.file.is_file() else 0

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        if problem := self._try(lambda: self._do(act, message["answer"])):
            self.say(feedback=note_html(problem))

    @staticmethod
    def _try(do: Callable[[], None]) -> str | None:
        try:
            do()
        except (MedialitError, OSError) as error:
            return failure(error)
        return None


class Unchanged:
    """Nothing is written over what another window, or a hand, has changed since a page was opened.

    ``there`` gives what files hold now, and ``what`` names them at the beginning of a sentence.
    """

    def __init__(self, what: str, there: Callable[[], object]) -> None:
        self._what, self._there = what, there
        self._known = there()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write here. Raises MedialitError when the files are not as the page has left them."""
        if self._known != self._there():
            raise MedialitError(
                f"{self._what} was changed, in another window or by hand, since this page was opened. "
                "Nothing was written over it. Load the page again, and do once more what is missing there."
            )
        try:
            yield
        finally:
            self._known = self._there()


class Steps(Page):
    """A page of steps, one or a few at a time. What was done is said above the next one.

    ``about`` heads the page as plain text, with the title of the article in its braces.
    """

    about: ClassVar[str]

    def works_on(self, folder: Path, article: Article, coder: int, file: Path | None = None) -> None:
        """What the page is about, and the ``file`` that it keeps its work in, where it has one."""
        self.folder, self.article, self.coder, self._file = folder, article, coder, file
        kept = [path for path in (file, folder / "article.txt") if path]

        def there() -> list[bytes]:
            return [path.read_bytes() if path.is_file() else b"" for path in kept]

        self._unchanged = Unchanged(f"{file.name} or the article" if file else "The article", there)

    @property
    def aided(self) -> bool:
        """Does the program propose anything? Nothing to a second coder, and nothing on a text that it cannot read."""
        return self.coder == 1 and self.article.is_english

    @property
    def is_done(self) -> bool:
        """Is everything done that this part asks for? The list of parts shows it."""
        return False

    @property
    def _outcome(self) -> str:
        return "done" if self.is_done else ""

    def alone(self) -> AbstractContextManager[None]:
        """Write the file of this page. Raises MedialitError when it, or the article, is not as the page has left it."""
        return self._unchanged.writing()

    def step(
        self, name: str, title: str, told: str, form: Form[Any] | None, buttons: Sequence[tuple[str, str]],
        press: Callable[[str, Any], None], keep: Callable[[Any], None] | None = None, held: Any = None,
        more: str = "", back: Callable[[], Sequence[AnnotationStep]] | None = None,
    ) -> AnnotationStep:  # fmt: skip
        """One step, with as much of what is ``held`` as fits its form; ``more`` is HTML under what is ``told``.

        At each press what is typed is kept. It is refused where it does not fit the form, once it is to be saved. A button
        ``back`` shows what that makes.
        """

        def pressed(act: str, answer: Any) -> None:
            self.intro = ""
            if form and answer is not None:
                if keep:
                    keep(answer)
                if act == "save":
                    form.read(answer)
            if act == "back" and back:
                self.turn(back())
            else:
                press(act, answer)
            outcome = self._outcome
            for block in self._parts.values():
                if block.state["outcome"] != outcome:
                    block.say(outcome=outcome)

        key = f"annotate/{self.folder.name}/{self.coder}"
        step = AnnotationStep(name, title, to_html(told) + more, form, buttons, pressed, keep, key, file=self._file)
        if form and (shown := fitting(form, held)):
            step.put(shown, draft=True)
            step.say(draft=False)
        step.say(outcome=self._outcome)
        return step

    def turn(self, steps: Sequence[AnnotationStep], told: str = "") -> None:
        """Show these steps instead, and say what was done."""
        self.show(steps)
        self.intro = note_html(told) if told else ""
        self.go_to_top()
        changed(self.folder)

    # --- without widgets ---

    def lines(self) -> list[str]:
        """What there is so far, for a page that shows no widgets."""
        return []

    def text_form(self) -> str:
        head = f"{self.about.format(self.article.title)}, coder {self.coder}"
        return "\n".join([head, *(f"- {line}" for line in self.lines()), RUN])

    def html_form(self) -> str:
        return titled(self.about.format(self.article.title), run_line())


def fitting(form: Form[Any], answer: Any) -> Any:
    """What of an answer the form can still hold: a choice may be gone since it was made. Of a list it is all or nothing."""

    def fits(part: Any) -> bool:
        try:
            form.unfinished(part)
        except MedialitError:
            return False
        return True

    if not isinstance(answer, dict):
        return answer if answer is not None and fits(answer) else None
    rows = {
        row: {name: value for name, value in held.items() if fits({row: {name: value}})}
        if isinstance(held, dict)
        else held
        for row, held in answer.items()
    }
    return {row: held for row, held in rows.items() if held and fits({row: held})}


# Pages that show what a case has by now, and what each does when another part has changed it.
_watching: WeakSet[Any] = WeakSet()


def watch(page: Any) -> None:
    """From now on ``page.anew()`` is called when another part of this notebook has changed a case."""
    _watching.add(page)


def changed(folder: Path) -> None:
    """A part has written files of this case: pages that show what it has by now read it anew."""
    for page in tuple(_watching):
        if page.folder == folder:
            page.anew()


def by_hand(path: Path, *heads: str) -> bool:
    """Is there a file that begins with none of these heads (that of the annotation page)? It is left alone."""
    return path.is_file() and not read_text(path).startswith(heads or HEAD)


def pass_path(folder: Path, what: str, coder: int) -> Path:
    """Where what a coder did is. Raises MedialitError when that file was written by hand."""
    path = folder / "coding" / f"{what}-coder-{coder}.yaml"
    if by_hand(path):
        raise MedialitError(
            f"{path.name} was not made on this page, so it is left as it is. Choose the number of another coder."
        )
    return path


def made_here(path: Path) -> dict[str, Any]:
    """What a file that was made on this page holds; nothing where it was written by hand, or is not there."""
    return {} if not path.is_file() or by_hand(path) else dict(load_yaml(path)[0] or {})


def own(path: Path) -> Path:
    """A file that may be written here. Raises MedialitError when somebody wrote it by hand."""
    if by_hand(path):
        raise MedialitError(f"{path.name} was written by hand and stays as it is. Add this there, or rename that file.")
    return path


def read_draft(path: Path) -> dict[str, Any] | None:
    """What somebody has typed so far, from its file; None without one. Raises CaseError when it is damaged."""
    try:
        return dict(json.loads(read_text(path))) if path.is_file() else None
    except (ValueError, TypeError, RecursionError):
        raise CaseError("This file is damaged. Delete it, and this part begins again.", file=path) from None


def save_draft(path: Path, typed: Mapping[str, Any]) -> None:
    """Keep what somebody has typed so far."""
    path.parent.mkdir(exist_ok=True)
    write_whole(path, f"{json.dumps(typed, ensure_ascii=False, indent=1)}\n".encode())


@contextmanager
def as_before(*paths: Path) -> Iterator[None]:
    """When something cannot be written, or is refused, these files are as they were."""
    before = {path: path.read_bytes() if path.is_file() else None for path in paths}
    try:
        yield
    except (MedialitError, OSError):
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != old:
                write_whole(path, old)
        raise


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files, or none of them. Raises OSError when one cannot be written; the others are as before then."""
    with as_before(*files):
        for path, data in files.items():
            path.parent.mkdir(exist_ok=True)
            write_whole(path, data)


def open_now(
    folder: Path, unit: str, lacking: Mapping[str, str] | None = None, tasks: Collection[str] | None = None
) -> str:
    """Which exercises of a unit, or which of some ``tasks``, work on a case now, in a sentence.

    Then what the first of ``lacking`` that does not needs.
    """
    from medialit.case import load_case
    from medialit.units.registry import find_unit, load_tasks

    changed(folder)
    try:
        case = load_case(folder)
        labels = [label for label, task in load_tasks(find_unit(unit), case).items() if not tasks or task.id in tasks]
    except CaseError as error:
        return f"But the case has a fault: {error}"
    if not labels:
        told = "No exercise of this unit works yet."
    else:
        told = f"Exercise {labels[0]} works now." if len(labels) == 1 else f"Exercises {listed(labels)} work now."
    needs = [need for name, need in (lacking or {}).items() if find_unit(unit).lacking(name, case)]
    return " ".join([told, *needs[:1]])
