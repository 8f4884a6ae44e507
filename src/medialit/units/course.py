"""One page over all units: what is done, at which level, what to look at again, and a certificate to print."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from medialit.browser import IN_BROWSER
from medialit.case import load_case
from medialit.english import day_in_words, shortened
from medialit.exercises.sittings import AFTER, DAYS, WHICH, days_left, handed_in, recheck_day
from medialit.exercises.wording import say
from medialit.files import course_path, taught_case, write_whole
from medialit.progress import Progress
from medialit.show.board import Board, board_view
from medialit.show.correction_card import card_section
from medialit.show.download import link
from medialit.show.html import LINK, View, escape, note_view, page, spoken
from medialit.show.tables import table_view
from medialit.show.templates import template
from medialit.units import open_unit
from medialit.units.board import board_items, load_board, place_pieces
from medialit.units.registry import UnitPlan, place_of
from medialit.units.saved import SavedWork
from medialit.units.sitting import Now, TestSitting
from medialit.units.unit_progress import UnitProgress, items_by_unit, last_place, unit_progress

CERTIFICATE, COPY = "my-certificate.html", "my-certificate.jsonl"
_PAGES = {"before": "00b-test-before", "after": "06-test-after", "recheck": "08-recheck"}
_NAMES = {"before": "Test before the course", "after": "Test after the course", "recheck": "Recheck, a week later"}
MOST = 5


def my_course(case: str | Path | None = None, progress: Progress | None = None, now: Now | None = None) -> MyCourse:
    """Your whole course on one page, on the case that it was opened with. ``now`` gives the time, for trying out.

    Raises MedialitError when there is no such case.
    """
    return MyCourse(
        load_case(taught_case() if case is None else case),
        progress or Progress.default(),
        now or (lambda: datetime.now(UTC)),
    )


class MyCourse(SavedWork):
    """A learner's course: ``overview``, ``revisit``, ``tests``, ``certificate``."""

    def __init__(self, case: Any, progress: Progress, now: Now) -> None:
        self.case, self.progress, self._now = case, progress, now

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return self.overview()._repr_mimebundle_()

    def unit_progresses(self) -> list[UnitProgress]:
        """How far each unit is."""
        entries = self.progress.entries()
        return [unit_progress(plan, items, self.case.name, entries) for plan, items in self._items.items()]

    @cached_property
    def _items(self) -> dict[UnitPlan, list[Any]]:
        return items_by_unit(self.case)

    def overview(self) -> View:
        """Every unit with what was tried and its level, and the next page to open."""
        found = self.unit_progresses()
        rows = [
            {
                "Unit": f"{int(s.plan.folder[:2])} · {s.plan.title}",
                "Exercises done": s.exercises.done,
                "Questions done": s.questions.done,
                "Passed or complete": s.passed,
            }
            for s in found
        ]
        table = table_view(rows, caption="Your units")
        words = note_view(
            say("levels"),
            f"Your case board: {board.count}." if (board := self.board_now()) else "",
            *self.progress.warnings,
            self.progress.problem or "",
        )
        return table + words + self._next(found)

    def _next(self, found: list[UnitProgress]) -> View:
        """Where to go on, and what to begin."""
        last, task = last_place(self.case.name, self.progress.entries())
        links = []
        for s in found:
            if s.plan.name == last and s.tried < s.items:
                item = next((one for one in self._items[s.plan] if task in (one.id, *one.was)), None)
                where = place_of(s.plan, item) if item else f"{s.plan.folder}.ipynb"
                links.append((f"Go on with {s.plan.title}", where))
        links += [(f"Begin with {s.plan.title}", f"{s.plan.folder}.ipynb") for s in found if not s.tried][:1]
        return _links("Next", links) if links else View("", "")

    def revisit(self) -> View:
        """What you tried and have not passed yet, weakest first, with the page to open."""
        weak = [(s, w) for s in self.unit_progresses() for w in s.weak]
        if not weak:
            return note_view(say("nothing_to_revisit"))
        weak.sort(key=lambda pair: pair[1].score)
        links = [(f"{s.plan.title} {w.item}: {shortened(w.title, 80)}", w.page) for s, w in weak[:MOST]]
        more = len(weak) - len(links)
        said = _links("Look at these again", links)
        return said + note_view(f"And {more} more.") if more > 0 else said

    # --- the case board ---

    def board(self, *pieces: str, together: bool = False) -> Any:
        """The case board: what you have found so far, and where each piece came from. It follows each answer.

        ``pieces`` names those of a short form; ``together`` lets a room open the reveal whatever is filled.
        """
        from medialit.widgets.live import LiveView

        place = f"board/{self.case.name}/{'+'.join(pieces)}"
        return LiveView(self.progress, place, lambda: self._board_view(pieces, together))

    @cached_property
    def _pieces(self) -> tuple[Any, Any]:
        board = load_board(self.case)
        return board, board_items(board, self.case) if board else {}

    def board_now(self, *pieces: str) -> Board | None:
        """The board as plain records; None for a story that has no board."""
        board, items = self._pieces
        return place_pieces(board, items, self.progress.entries(), pieces) if board else None

    def _board_view(self, pieces: tuple[str, ...] = (), together: bool = False) -> View:
        found = self.board_now(*pieces)
        if found is None:
            return note_view(say("no_board", story=self.case.title))
        return board_view(found, together=self._pieces[0].reveal if together else None)

    def tests(self) -> View:
        """The tests: which are handed in, when the recheck opens, and your own numbers."""
        rows = [{"Test": _NAMES[which], "State": self._state(which)} for which in WHICH]
        shown = table_view(rows, caption="Your tests")
        shown += _links("Pages", [(_NAMES[which], f"{_PAGES[which]}.ipynb") for which in WHICH])
        if handed_in(self.progress.entries(), AFTER):
            shown += TestSitting(AFTER, self.progress, self._now).result()
        return shown

    def _state(self, which: str) -> str:
        entries = self.progress.entries()
        if done := handed_in(entries, which):
            return f"✓ handed in on {done.time[:10]}"
        if which == "recheck":
            after = handed_in(entries, AFTER)
            if after is None:
                return f"– opens {DAYS} days after the test after the course"
            left = days_left(after.time, self._now())
            return f"– opens on {recheck_day(after.time)}" if left else "○ open now"
        return "○ begun" if TestSitting(which, self.progress, self._now).begun else "– not taken"

    # --- the certificate ---

    def certificate(self) -> Any:
        """A button that makes your certificate."""
        from medialit.widgets.certificate import CertificateWidget

        return CertificateWidget(self.write_certificate)

    def certificate_html(self, data: bytes) -> str:
        """The page, for a copy of the progress file."""
        entries = self.progress.entries()
        done = {which: handed_in(entries, which) for which in WHICH}
        days = {
            w: f"handed in on {day_in_words(entry.time[:10])}" if entry else "not taken" for w, entry in done.items()
        }
        tests = [f"{_NAMES[which]}: {day}" for which, day in days.items()]
        card, readers = self._card()
        board = self.board_now()
        html = template(course_path("print", "certificate.html.j2")).render(
            course="medialit: one news story, four lenses",
            story=self.case.title,
            units=[plan.name for plan in self._items],
            rows=[
                (f"{int(s.plan.folder[:2])} · {s.plan.title}", s.exercises.done, s.questions.done, _passed(s))
                for s in self.unit_progresses()
            ],
            levels=say("levels"),
            tests=tests,
            readers=readers,
            card=card,
            board=board_view(board, links=False).html if board else "",
            date=day_in_words(self._now().date().isoformat()),
            digest=hashlib.sha256(data).hexdigest(),
        )
        return spoken(html, self.case.about.language)

    def _card(self) -> tuple[str, str]:
        """(the correction card as HTML, empty while it is unfinished; what readers said of it); both empty without one."""
        from medialit.units.correction.unit import CorrectionUnit

        unit = open_unit("correction", self.case.folder, self.progress)
        assert isinstance(unit, CorrectionUnit)
        if "card" not in unit.tasks:
            return "", ""
        draft = unit.draft()
        if draft.missing():
            return "", say("no_card")
        reviews = unit.reviews()
        said = say("card_read", number=draft.number, n=len(reviews)) if reviews else say("no_reader")
        levels = "; ".join(", ".join(f"{name} {level}" for name, level in review.levels.items()) for review in reviews)
        return card_section(draft.page()), f"{said} {levels}".strip()

    def write_certificate(self) -> View:
        """Write the certificate and a copy of the progress file beside it; both can be downloaded as well."""
        data = self.progress.as_bytes()
        text = self.certificate_html(data)
        folder = self.progress.path.parent if self.progress.path else None
        where = ""
        if folder:
            try:
                # The copy first: a certificate whose sum fits nothing would be worth nothing.
                write_whole(folder / COPY, data)
                write_whole(folder / CERTIFICATE, text.encode())
                where = "" if IN_BROWSER else say("certificate_where", page=CERTIFICATE, copy=COPY)
            except OSError as error:
                where = say("certificate_nowhere", why=error.strerror)
        links = link(CERTIFICATE, text.encode(), "text/html", "Download the certificate")
        links += link(COPY, data, "application/x-ndjson", "Download the copy")
        return note_view(say("certificate_ready"), say("certificate_how"), where) + links


def _passed(found: UnitProgress) -> str:
    """What was passed, and what waits for a reader."""
    complete = found.exercises.complete
    return f"{found.passed - complete} passed" + (f", {complete} complete" if complete else "")


def _links(title: str, links: list[tuple[str, str]]) -> View:
    """A short list of links to pages of the course, as seen from ``notebooks/``."""
    items = "".join(
        f'<li style="margin:4px 0"><a href="{escape(href)}" style="{LINK}">{escape(text)}</a></li>'
        for text, href in links
    )
    inner = f'<p style="margin:8px 0 0"><strong>{escape(title)}</strong></p><ul style="margin:4px 0">{items}</ul>'
    return View("\n".join([title, *(f"- {text}: {href}" for text, href in links)]), page(inner))
