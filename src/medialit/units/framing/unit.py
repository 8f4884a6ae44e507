"""The views of unit 3 and the reliability lab. Nobody is told a stance or a score of one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

from medialit.english import listed, spread
from medialit.errors import MedialitError
from medialit.exercises.records import FOR_MEASURERS, Result
from medialit.exercises.task import Task
from medialit.files import data_path, load_yaml
from medialit.lenses.framing import frame_profile, loaded_words
from medialit.scoring.reliability import compare, why
from medialit.show.article_view import sentence_view
from medialit.show.download import link
from medialit.show.framing import heat_map
from medialit.show.html import View, fold, note_view
from medialit.show.marks import Mark
from medialit.show.tables import table_view
from medialit.units.base import Unit
from medialit.units.framing.coding_file import coding_file, read_coding
from medialit.units.framing.functions import MapFunctions
from medialit.units.framing.items import CodeItems
from medialit.units.framing.lab import ReliabilityLab
from medialit.units.saved import following

CODING_FILE = "coding.json"
MINE = "mine"


class FramingUnit(Unit):
    """What does the telling make us see?"""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._labs: WeakSet[Any] = WeakSet()

    # --- codings ---

    def _prepare(self, task: Task[Any], form: Any) -> None:
        """Put the panel, the made-up pairs and the learner's own coding into the lists of the lab."""
        if not isinstance(task, ReliabilityLab):
            return
        titles = {option.key: option.text for option in task.form.coders}
        offered = {key: (titles[key], coding) for key, coding in task.codings().items()}
        form.offer(self._own() | offered, self._read)
        self._labs.add(form)

    def _own(self) -> dict[str, tuple[str, dict[str, str]]]:
        """The learner's coding as the lab offers it."""
        mine = self._mine()
        return {MINE: (self.say("my_coding", task=self.the(CodeItems).label), mine)} if mine else {}

    def submit(self, task_id: str, answer: Any, **how: Any) -> Result:
        """As everywhere; a coding that was just made is at once in the lists of the lab."""
        result = super().submit(task_id, answer, **how)
        if isinstance(self.tasks.find(task_id), CodeItems) and result.outcome.counts:
            for form in self._labs:
                form.offer(self._own())
        return result

    def _read(self, text: str) -> dict[str, str]:
        book = self.case.framing.codebook
        return read_coding(text, self.case.name, book.version, [item.id for item in book.items])

    def _mine(self) -> dict[str, str]:
        """The learner's last answers to the items of the codebook; empty when there are none."""
        given = self.given(CodeItems)
        items = self.case.framing.codebook.items
        return {i.id: answer for i in items if (answer := given[i.id].key("answer"))} if given else {}

    def coding(self, name: str | Path) -> dict[str, str]:
        """A coding by its name, for the code door: ``"mine"``, a coder of the lab, or the path of a partner's file.

        Raises MedialitError, in one sentence, when there is none or when the file does not fit.
        """
        known = self.the(ReliabilityLab).codings()
        if name == MINE:
            if mine := self._mine():
                return mine
            raise MedialitError(self.say("no_coding_of_yours", task=self.the(CodeItems).label))
        if str(name) in known:
            # What the coders answered is what 3.1 asks.
            if name in self.case.framing.coders and not self.record.last(self.the(CodeItems)):
                raise MedialitError(self.say("coders_later", task=self.the(CodeItems).label))
            return known[str(name)]
        path = Path(name)
        if not path.is_file():
            raise MedialitError(self.say("no_coding", name=str(name)[:60], mine=MINE, known=", ".join(known)))
        return self._read(path.read_bytes()[:200_000].decode("utf-8", "replace"))

    def save_coding(self) -> Any:
        """A link that hands your coding to a partner, as one small file without a name in it. It follows your answers."""
        return following(self, "coding", self._coding_view)

    def _coding_view(self) -> View:
        mine, book = self._mine(), self.case.framing.codebook
        left = len(book.items) - len(mine)
        if left > 0:
            return note_view(
                self.say("coding_unfinished", items=len(book.items), n=left, task=self.the(CodeItems).label)
            )
        text = self.say("coding_ready", n=len(mine), task=self.the(ReliabilityLab).label)
        data = coding_file(mine, self.case.name, book.version).encode()
        saved = link(CODING_FILE, data, "application/json", self.say("save_coding"))
        return View(text, note_view(text, inner=saved.html).html)

    # --- to read ---

    def codebook(self, frame: str = "") -> View:
        """The rules of the codebook: items, when yes and when no; of one frame or of all."""
        book = self.case.framing.codebook
        known = [f.key for f in book.frames]
        if frame and frame not in known:
            raise MedialitError(self.say("no_frame", frame=frame, known=", ".join(known)))
        tables = []
        for one in book.frames:
            if frame in ("", one.key):
                rows = [
                    {"Item": f"{i.id} {i.ask}", "Yes, when": i.yes_when, "No, when": i.no_when}
                    for i in book.of_frame(one.key)
                ]
                table = table_view(rows, caption=f"{one.label}: {one.says}")
                tables.append(table if frame else fold(table, self.say("frame_items", frame=one.label, n=len(rows))))
        return View("\n\n".join(t.text for t in tables), "".join(t.html for t in tables))

    def meanings(self, what: str = "classes") -> View:
        """What the classes of words mean, or the techniques (``"techniques"``)."""
        book = self.case.framing.codebook
        if what not in ("classes", "techniques"):
            raise MedialitError(self.say("no_meanings", what=what))
        named = book.classes if what == "classes" else book.techniques
        title = self.say("six_classes" if what == "classes" else "six_techniques")
        return table_view([{"Name": n.name, "What it does": n.says} for n in named], caption=title)

    def panel(self) -> View:
        """Who coded this story, and how."""
        return note_view(self.case.framing.tasks.note)

    def sentence(self, number: int) -> View:
        """One sentence of the story as it stands."""
        return sentence_view(self.case.article, self.case.article.sentences[number - 1].span, [])

    def coded(self, sentence: int) -> View:
        """One sentence with the words that the panel marked, their class, and how many coders marked them."""
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
        """How well word lists tell subjective sentences: in plain words, and as a table beside published lists on request."""
        data, _ = load_yaml(data_path("lexicons", "measured.yaml"))
        found = [[round(100 * float(row[name])) for name in ("Precision", "Recall")] for row in data["rows"]]
        (base, _all), ours, *others = found
        best = max(others)
        told = self.say("lists_told", base=base, right=ours[0], found=ours[1], best=best[0], best_found=best[1])
        return note_view(told) + fold(table_view(data["rows"], caption=data["caption"]), FOR_MEASURERS)

    def caught(self) -> View:
        """Our list on this story against the panel, in words of the running text: what it marked, what it missed."""
        gold, article = self.case.framing, self.case.article
        classes = [c.key for c in gold.codebook.classes]
        inside = [p.span for p in article.paragraphs]
        found = [w for w in loaded_words(article) if not w.in_quotation and any(p.overlaps(w.span) for p in inside)]
        asked = [w for w in gold.words if w.marked > 0.5 and any(p.overlaps(w.span) for p in inside)]
        rows: list[dict[str, Any]] = []
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
        examples = [name for row in rows for name in row["The list misses, for instance"].split(", ") if name != "–"]
        plain = [self.say("caught_plain", marked=marked, both=both, wanted=wanted)]
        plain += [self.say("caught_missed", missed=listed(f"“{one}”" for one in examples[:3]))] if examples else []
        told = self.say("caught_told", precision=precision, recall=recall)
        return note_view(" ".join(plain)) + fold(
            table_view(rows, caption=self.say("caught")) + note_view(told), FOR_MEASURERS
        )

    def cues(self) -> View:
        """Cue words of the five frames by paragraph: a reason to look, never a coding."""
        book, article = self.case.framing.codebook, self.case.article
        values: dict[str, dict[int, float]] = {frame.label: {} for frame in book.frames}
        labels = {item.id: frame.label for frame in book.frames for item in book.of_frame(frame.key)}
        for sign in frame_profile(article):
            if sign.paragraph:
                line = values[labels[sign.item]]
                line[sign.paragraph] = line.get(sign.paragraph, 0) + len(sign.spans)
        top = max(values, key=lambda name: (len(values[name]), name))
        numbers = [p.number for p in article.paragraphs]
        title = self.say("cues_title", frame=top, n=len(values[top]), of=len(numbers))
        return heat_map(list(values), numbers, values, title=title, what=self.say("frame"), unit=self.say("cue_words"))

    def pair(self, key: str = "rare") -> View:
        """A made-up pair of codings as a table of counts, its alpha with interval, and why it is so."""
        gold = self.case.framing
        found = next((p for p in gold.pairs if p.key == key), None)
        if found is None:
            raise MedialitError(self.say("no_pair", key=key, known=", ".join(p.key for p in gold.pairs)))
        both = list(zip(found.first, found.second, strict=True))
        rows = [
            {
                "Coder A says": one,
                "B says yes": both.count((one, "yes")),
                "B says no": both.count((one, "no")),
            }
            for one in ("yes", "no")
        ]
        table = table_view(rows, caption=self.say("pair_items", pair=found.label, n=len(both)))
        ids = [item.id for item in gold.codebook.items]
        first, second = (dict(zip(ids, side, strict=True)) for side in (found.first, found.second))
        result = compare(first, second)
        if result.value is None:
            return table + note_view(self.say("pair_undefined", why=result.note))
        told = self.say("pair_alpha", value=result.value, spread=spread(result.low, result.high))
        return table + note_view(why(first, second)) + fold(note_view(told), FOR_MEASURERS)

    # --- after the learner's own answer ---

    def my_map(self) -> View:
        """Your map over the panel's: which share of the coders saw each function in a paragraph."""
        given, gold = self.given(MapFunctions), self.case.framing
        if given is None:
            return self.first_do(MapFunctions, "map_first")
        shares, own = {}, {}
        for function in gold.codebook.functions:
            shares[function.label] = _percent(gold.function(function.key))
            own[function.label] = {int(p[1:]) for p in given[function.key].keys("paragraphs")}
        busiest = max(shares, key=lambda name: (len(shares[name]), name))
        title = self.say("map_title", function=busiest, n=len(shares[busiest]))
        return self._heat(shares, title, self.say("function"), own)

    def my_frames(self) -> View:
        """In which paragraphs the panel found evidence for each frame, and where yours is."""
        given, gold = self.given(CodeItems), self.case.framing
        if given is None:
            return self.first_do(CodeItems, "frames_first")
        shares, own = {}, {}
        for frame in gold.codebook.frames:
            items = gold.codebook.of_frame(frame.key)
            seen: dict[int, set[str]] = {}
            for name, coding in gold.codings.items():
                for item in items:
                    for number in coding.items[item.id].evidence:
                        seen.setdefault(self._paragraph(number), set()).add(name)
            shares[frame.label] = _percent({p: len(names) / len(gold.coders) for p, names in seen.items()})
            yes = [given[item.id].key("evidence") for item in items if given[item.id].key("answer") == "yes"]
            own[frame.label] = {self._paragraph(CodeItems.numbered(sentence)) for sentence in yes if sentence}
        none = next((name for name, line in shares.items() if not line), "")
        most = max(shares, key=lambda name: (len(shares[name]), name))
        title = self.say("frames_title", frame=most, n=len(shares[most]))
        return self._heat(shares, title + (self.say("frames_none", frame=none) if none else ""), self.say("frame"), own)

    def _paragraph(self, sentence: int) -> int:
        article = self.case.article
        return article.blocks[article.sentences[sentence - 1].block].number

    def _heat(
        self, shares: Mapping[str, Mapping[int, float]], title: str, what: str, own: Mapping[str, set[int]]
    ) -> View:
        numbers = [p.number for p in self.case.article.paragraphs]
        return heat_map(list(shares), numbers, shares, title=title, what=what, unit=self.say("percent"), own=own)


def _percent(shares: Mapping[int, float]) -> dict[int, float]:
    return {place: round(100 * share) for place, share in shares.items()}
