"""Unit 3, Framing: the views of its lesson and the reliability lab. Nobody is told a stance or a score of one."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.reliability import coding_file, read_coding
from medialit.scoring.reliability import compare, why
from medialit.show.html import LINK, View, escape, page
from medialit.units.base import SCORED, Unit

SHORT_MINUTES = 9
CODING_FILE = "coding.json"
MINE = "mine"


class FramingUnit(Unit):
    """What does the telling make us see?"""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._labs: WeakSet[Any] = WeakSet()

    def task(self, task_id: str, *, short: bool = False) -> Any:
        """The click door of a task. ``short`` shows the nine items of 3.1 that a short session codes, and no others."""
        from medialit.exercises.framing import CodeItems, ShortItems

        task = self._task(task_id)
        if not isinstance(task, CodeItems):
            if short:
                raise MedialitError(f"Only 3.1 has a short form. Open {task.id} without short=True.")
            return super().task(task.id)
        cut = ShortItems(task.text.model_copy(update={"minutes": SHORT_MINUTES}), self.case, self.plan.name)
        return self._lengths(task, cut, short, "questions")

    # --- codings ---

    def _prepare(self, form: Any) -> None:
        """Put the panel, the made-up pairs and the learner's own coding into the lists of the lab."""
        if not hasattr(form, "offer"):
            return
        task = self._task("3.4")
        titles = {option.key: option.text for option in task.form.coders}
        offered = {key: (titles[key], coding) for key, coding in task.codings().items()}
        form.offer(self._own() | offered, self._read)
        self._labs.add(form)

    def _own(self) -> dict[str, tuple[str, dict[str, str]]]:
        """The learner's coding as the lab offers it."""
        mine = self._mine()
        return {MINE: ("My own coding of 3.1", mine)} if mine else {}

    def submit(self, task_id: str, answer: Any, **how: Any) -> Result:
        """As everywhere; a coding that was just made is at once in the lists of the lab."""
        result = super().submit(task_id, answer, **how)
        if task_id == "3.1" and result.outcome in SCORED:
            for form in self._labs:
                form.offer(self._own())
        return result

    def _read(self, text: str) -> dict[str, str]:
        book = self.case.framing.codebook
        return read_coding(text, self.case.name, book.version, [item.id for item in book.items])

    def _mine(self) -> dict[str, str]:
        """The learner's last answers to 3.1, by item; empty when there are none."""
        saved = self.record.last(self._task("3.1"))
        cells = saved.answer if saved else {}
        given = {name: line.get("answer") for name, line in cells.items()}
        return {i.id: given[i.id] for i in self.case.framing.codebook.items if given.get(i.id)}

    def coding(self, name: str | Path) -> dict[str, str]:
        """A coding by its name, for the code door: ``"mine"``, a coder of the lab, or the path of a partner's file.

        Raises MedialitError, in one sentence, when there is none or when the file does not fit.
        """
        known = self._task("3.4").codings()
        if name == MINE:
            mine = self._mine()
            if not mine:
                raise MedialitError("There is no coding of yours yet. Do 3.1 first.")
            return mine
        if str(name) in known:
            return known[str(name)]
        path = Path(name)
        if not path.is_file():
            raise MedialitError(f"There is no coding “{str(name)[:60]}”. Known: {MINE}, {', '.join(known)}, or a file.")
        return self._read(path.read_bytes()[:200_000].decode("utf-8", "replace"))

    def save_coding(self) -> Any:
        """A link that hands your coding of 3.1 to a partner, as one small file without a name in it. It follows 3.1."""
        from medialit.units.saved import following

        return following(self, "coding", self._coding_view)

    def _coding_view(self) -> View:
        from medialit.units.saved import note_view

        mine, book = self._mine(), self.case.framing.codebook
        if len(mine) < len(book.items):
            left = len(book.items) - len(mine)
            return note_view(
                f"A partner needs all {len(book.items)} items, and {left} of yours are not coded yet. Finish 3.1 and press "
                "Check. Then the file is here. In a short session, compare your answers on paper."
            )
        data = base64.b64encode(coding_file(mine, self.case.name, book.version).encode()).decode()
        text = (
            f"Your coding is ready: {len(mine)} answers, no name. Give the file to your partner, who loads it in 3.4."
        )
        link = (
            f'<a download="{CODING_FILE}" href="data:application/json;base64,{data}" '
            f'style="{LINK}">Save my coding ({CODING_FILE})</a>'
        )
        return View(text, page(f'<p style="margin:4px 0">{escape(text)}</p>{link}'))

    # --- to read ---

    def codebook(self, frame: str = "") -> View:
        """The rules of the codebook: items, when yes and when no; of one frame or of all."""
        from medialit.show.html import fold
        from medialit.show.tables import table_view

        book = self.case.framing.codebook
        known = [f.key for f in book.frames]
        if frame and frame not in known:
            raise MedialitError(f"There is no frame “{frame}”. Frames: {', '.join(known)}.")
        tables = []
        for one in book.frames:
            if frame in ("", one.key):
                rows = [
                    {"Item": f"{i.id} {i.ask}", "Yes, when": i.yes_when, "No, when": i.no_when}
                    for i in book.of_frame(one.key)
                ]
                table = table_view(rows, caption=f"{one.label}: {one.says}")
                tables.append(table if frame else fold(table, f"{one.label} ({len(rows)} items)"))
        return View("\n\n".join(t.text for t in tables), "".join(t.html for t in tables))

    def meanings(self, what: str = "classes") -> View:
        """What the classes of words mean, or the techniques (``"techniques"``)."""
        from medialit.show.tables import table_view

        book = self.case.framing.codebook
        if what not in ("classes", "techniques"):
            raise MedialitError(f"There are no meanings of “{what}”. Known: classes, techniques.")
        named = book.classes if what == "classes" else book.techniques
        title = "Six classes of words" if what == "classes" else "Six techniques"
        return table_view([{"Name": n.key, "What it does": n.says} for n in named], caption=title)

    def panel(self) -> View:
        """Who coded this story, and how."""
        from medialit.units.saved import note_view

        return note_view(self.case.framing.tasks.note)

    def sentence(self, number: int) -> View:
        """One sentence of the story as it stands."""
        from medialit.show.article_view import sentence_view

        return sentence_view(self.case.article, self.case.article.sentences[number - 1].span, [])

    def coded(self, sentence: int) -> View:
        """One sentence with the words that the panel marked, their class, and how many coders marked them."""
        from medialit.show.article_view import sentence_view
        from medialit.show.marks import Mark

        gold, span = self.case.framing, self.case.article.sentences[sentence - 1].span
        n = len(gold.coders)
        marks = [
            Mark(*w.span, "word", f"{w.cls}, {round(w.marked * n)} of {n}")
            for w in gold.words
            if span.start <= w.span.start < span.end
        ]
        return sentence_view(self.case.article, span, marks)

    # --- the lens, and where it fails ---

    def lists(self) -> View:
        """How well word lists tell subjective sentences: precision, recall and F1 of ours beside published ones, measured."""
        from medialit.files import data_path, load_yaml
        from medialit.show.tables import table_view

        data, _ = load_yaml(data_path("lexicons", "measured.yaml"))
        return table_view(data["rows"], caption=data["caption"])

    def caught(self) -> View:
        """Our list on this story against the panel, in words of the running text: what it marked, what it missed."""
        from medialit.lenses.framing import loaded_words
        from medialit.show.tables import table_view
        from medialit.units.saved import note_view

        gold, article = self.case.framing, self.case.article
        classes = [c.key for c in gold.codebook.classes]
        found = [w for w in loaded_words(article) if not w.in_quotation and article.block_at(w.span.start).number]
        asked = [w for w in gold.words if w.marked > 0.5 and article.block_at(w.span.start).number]
        rows = []
        for cls in classes:
            mine, right = [w for w in found if w.cls == cls], [w for w in asked if w.cls == cls]
            hits = [w for w in mine if any(w.span.overlaps(r.span) for r in right)]
            missed = [r.words for r in right if not any(w.span.overlaps(r.span) for w in mine)]
            rows.append(
                {
                    "Class": cls,
                    "List": len(mine),
                    "Both": len(hits),
                    "Panel": len(right),
                    "The list misses, for instance": ", ".join(dict.fromkeys(missed[:2])) or "–",
                }
            )
        marked, both, wanted = (sum(row[name] for row in rows) for name in ("List", "Both", "Panel"))
        precision, recall = both / marked if marked else 0.0, both / wanted if wanted else 0.0
        told = f"On this story: precision {precision:.2f}, recall {recall:.2f}, counted in words of the same class."
        return table_view(rows, caption="Words marked by our list, by the panel, by both") + note_view(told)

    def cues(self) -> View:
        """Cue words of the five frames by paragraph: a reason to look, never a coding."""
        from medialit.lenses.framing import frame_profile
        from medialit.show.framing import heat_map

        book, article = self.case.framing.codebook, self.case.article
        values: dict[str, dict[int, float]] = {frame.label: {} for frame in book.frames}
        labels = {item.id: frame.label for frame in book.frames for item in book.of_frame(frame.key)}
        for sign in frame_profile(article):
            if sign.paragraph:
                line = values[labels[sign.item]]
                line[sign.paragraph] = line.get(sign.paragraph, 0) + len(sign.spans)
        top = max(values, key=lambda name: (len(values[name]), name))
        numbers = [p.number for p in article.paragraphs]
        title = f"Cue words of “{top}” stand in {len(values[top])} of {len(numbers)} paragraphs"
        return heat_map(list(values), numbers, values, title=title, what="Frame", unit="cue words")

    def pair(self, key: str = "rare") -> View:
        """A made-up pair of codings as a table of counts, its alpha with interval, and why it is so."""
        from medialit.show.tables import table_view
        from medialit.units.saved import note_view

        gold = self.case.framing
        found = next((p for p in gold.pairs if p.key == key), None)
        if found is None:
            raise MedialitError(f"There is no pair “{key}”. Pairs: {', '.join(p.key for p in gold.pairs)}.")
        both = list(zip(found.first, found.second, strict=True))
        rows = [
            {
                "Coder A says": one,
                "B says yes": both.count((one, "yes")),
                "B says no": both.count((one, "no")),
            }
            for one in ("yes", "no")
        ]
        table = table_view(rows, caption=f"{found.label}: {len(both)} items")
        ids = [item.id for item in gold.codebook.items]
        first, second = (dict(zip(ids, side, strict=True)) for side in (found.first, found.second))
        result = compare(first, second)
        if result.value is None:
            return table + note_view(f"Alpha is undefined. {result.note}")
        told = (
            f"Alpha is {result.value:.2f}. Drawing the items again, 95 % of the alphas lie from {result.low:.2f} to "
            f"{result.high:.2f}."
        )
        return table + note_view(told, why(first, second))

    # --- after the learner's own answer ---

    def my_map(self) -> View:
        """Your answer to 3.2 over the panel's: which share of the coders saw each function in a paragraph."""
        from medialit.units.saved import note_view

        task, gold = self._task("3.2"), self.case.framing
        saved = self.record.last(task)
        if saved is None:
            return note_view("Do 3.2 first, then choose Run → Run All Cells again. It lays your map over the panel's.")
        labels = {f.key: f.label for f in gold.codebook.functions}
        shares = {labels[key]: _percent(gold.function(key)) for key in labels}
        own = {
            labels[key]: {int(p[1:]) for p in (saved.answer.get(key) or {}).get("paragraphs") or []} for key in labels
        }
        busiest = max(shares, key=lambda name: (len(shares[name]), name))
        title = f"The panel saw “{busiest}” in {len(shares[busiest])} paragraphs"
        return self._heat(shares, title, "Function", own)

    def my_frames(self) -> View:
        """After 3.1: in which paragraphs the panel found evidence for each frame, and where yours lies."""
        from medialit.units.saved import note_view

        task, gold, article = self._task("3.1"), self.case.framing, self.case.article
        saved = self.record.last(task)
        if saved is None:
            return note_view(
                "Do 3.1 first, then choose Run → Run All Cells again. It shows where the panel found evidence."
            )

        def paragraph(number: int) -> int:
            return article.blocks[article.sentences[number - 1].block].number

        shares, own = {}, {}
        for frame in gold.codebook.frames:
            items = gold.codebook.of_frame(frame.key)
            seen: dict[int, set[str]] = {}
            for name, coding in gold.codings.items():
                for item in items:
                    for number in coding.items[item.id].evidence:
                        seen.setdefault(paragraph(number), set()).add(name)
            shares[frame.label] = _percent({p: len(names) / len(gold.coders) for p, names in seen.items()})
            own[frame.label] = {
                paragraph(task.numbered(cells["evidence"]))
                for item in items
                if (cells := saved.answer.get(item.id) or {}).get("answer") == "yes" and cells.get("evidence")
            }
        none = [name for name, line in shares.items() if not line]
        most = max(shares, key=lambda name: (len(shares[name]), name))
        title = f"“{most}” has evidence in {len(shares[most])} paragraphs" + (f", “{none[0]}” in none" if none else "")
        return self._heat(shares, title, "Frame", own)

    def _heat(
        self, shares: Mapping[str, Mapping[int, float]], title: str, what: str, own: Mapping[str, set[int]]
    ) -> View:
        from medialit.show.framing import heat_map

        numbers = [p.number for p in self.case.article.paragraphs]
        unit = "per cent of the coders"
        return heat_map(list(shares), numbers, shares, title=title, what=what, unit=unit, own=own)


def _percent(shares: Mapping[int, float]) -> dict[int, float]:
    return {place: round(100 * share) for place, share in shares.items()}
