"""Unit 4, Sources: the views of its lesson. What tells the events apart is shown only after the learner's own answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import Any

from medialit.errors import MedialitError
from medialit.show.html import View, escape, page
from medialit.units.base import Unit

SHORT_MINUTES = 10
SHOWN = 4  # words: a shorter run is shared by chance
CARD = "border:1px solid #8A8A8A;border-radius:6px;padding:4px 12px;margin:8px 0"


class SourcesUnit(Unit):
    """What changes when we put reports side by side?"""

    def task(self, task_id: str, *, short: bool = False) -> Any:
        """The click door of a task. ``short`` shows the rows of 4.1 that a short session fills, and no others."""
        from medialit.exercises.matrix import FillMatrix, ShortMatrix

        task = self._task(task_id)
        if not isinstance(task, FillMatrix):
            if short:
                raise MedialitError(f"Only 4.1 has a short form. Open {task.id} without short=True.")
            return super().task(task.id)
        cut = ShortMatrix(task.text.model_copy(update={"minutes": SHORT_MINUTES}), self.case, self.plan.name)
        return self._lengths(task, cut, short, "rows")

    # --- to read ---

    def cards(self) -> View:
        """The six sources of the matrix: what each says, in our words. One below the other: no table is that narrow."""
        gold, plain, made = self.case.coverage, [], []
        for column in gold.matrix.columns:
            report = gold.report(column.report)
            head = f"{report.publisher}, {report.date or 'no date'}"
            note = f"Note of the course: {column.note}" if column.note else ""
            plain.append("\n".join(filter(None, [head, column.card, note])))
            parts = "".join(f'<p style="margin:4px 0">{escape(part)}</p>' for part in (column.card, note) if part)
            made.append(f'<div style="{CARD}"><p style="margin:4px 0;font-weight:700">{escape(head)}</p>{parts}</div>')
        return View("\n\n".join(plain), page("".join(made)))

    def model_reports(self, *names: str) -> View:
        """Reports written for this course, to be read side by side; all of them, or some by id."""
        from medialit.show.html import fold

        gold = self.case.coverage
        chosen = [gold.model(name) for name in names] or list(gold.models)
        return reduce(View.__add__, [fold(self._report_view(r), f"{r.id}: {r.title}") for r in chosen])

    @staticmethod
    def _report_view(report: Any) -> View:
        parts = "".join(
            f'<p style="margin:8px 0">{escape(p)}</p>' for p in report.text.strip().split("\n") if p.strip()
        )
        label = f'<p style="margin:8px 0;font-weight:700">{escape(report.label)}</p>'
        return View(f"{report.id}: {report.title}\n{report.label}\n\n{report.text}", page(label + parts))

    # --- the lens ---

    def timeline(self, *paragraphs: int) -> View:
        """When the things happened that the story tells: of all paragraphs, or of some."""
        from medialit.show.timeline import timeline_chart

        line, points = self.case.timeline, {}
        for event in line.events:
            for name in event.told:
                block = self.case.article.block_at(self.case.claim_gold.claim(name).span.start)
                if block and block.number and (not paragraphs or block.number in paragraphs):
                    told = {"paragraph": block.number, "date": event.date, "event": event.event, "label": event.label}
                    points[block.number, event.label] = told
        ordered = sorted(points.values(), key=lambda point: (point["paragraph"], str(point["date"])))
        return timeline_chart(ordered, line.names, line.now.date)

    def traces(self) -> View:
        """Texts behind the story: the longest run of words shared with each, and runs that can be looked up in the story."""
        from medialit.lenses.sources import shared_passages
        from medialit.show.tables import table_view
        from medialit.units.saved import note_view

        gold, article, rows = self.case.coverage.about, self.case.article, []
        for trace in gold.traces:
            card = self.case.claim_gold.card(trace.card)
            for run in trace.runs:
                for shared in shared_passages(article, run, n=SHOWN).runs[:1]:
                    rows.append(
                        {
                            "Text": f"{card.publisher}, {card.date}",
                            "Longest shared run": f"{trace.longest} words",
                            "A run to look for": f"“{run}” ({shared.words} words)",
                            "In the story": f"¶{article.block_at(shared.a.start).number}",
                        }
                    )
        if not rows:
            return note_view("For this story no text behind it is known.")
        return table_view(rows, caption="Runs of words that the story shares with other texts") + note_view(
            gold.traces_say
        )

    def compare(self, *facts: str, sources: Sequence[str] | None = None) -> View:
        """Some facts by some sources (by default the six of the matrix), as the lens reads the coverage."""
        from medialit.exercises.matrix import source_name
        from medialit.lenses.sources import compare_facts
        from medialit.show.sources import matrix_chart

        gold = self.case.coverage
        found = compare_facts(gold, facts or None, sources or [c.report for c in gold.matrix.columns])
        names = [source_name(gold.report(name)) for name in found.sources]
        return matrix_chart(found.labels, names, found.cells, "Facts by source")

    def words(self, top: int = 8, *, chart: bool = True) -> View:
        """The most distinctive words of the story against all other texts pooled: z, counts, chart."""
        from medialit.show.sources import words_chart
        from medialit.show.tables import table_view

        task = self._task("4.4")
        scores = [task.found.score(word) for word in task.picked]
        scores += [s for s in task.found.words if len(s.word) > 3 and s not in scores and s.z > 0][: top - len(scores)]
        rows = [
            {
                "Word": s.word,
                "In the story": s.count,
                "In the others": s.reference_count,
                "Log-odds": f"{s.log_odds:.2f}",
                "z": f"{s.z:.2f}",
            }
            for s in scores
        ]
        table = table_view(rows, caption=f"{task.found.target_words} words against {task.found.reference_words}")
        shown = words_chart([(s.word, s.count, s.reference_count, s.z) for s in scores], table) if chart else table
        warning = task.found.warning
        return shown + View(warning, page(escape(warning))) if warning else shown

    def reuse(self) -> View:
        """How much of the louder report stands in the brief, for several windows, and the longest run."""
        from medialit.exercises.wordsets import WINDOWS
        from medialit.show.tables import table_view

        task = self._task("4.5")
        found = {n: task.shared(n) for n in WINDOWS}
        rows = [
            {"Window": f"{n} words", "All windows of the louder report": s.windows_a, "Also in the brief": s.shared}
            for n, s in found.items()
        ]
        table = table_view(rows, caption=f"Windows of {task.pair[0]} that stand in {task.pair[1]}")
        text = self.case.coverage.model_articles()[task.pair[0]]
        run = found[WINDOWS[0]].runs[0]
        line = f"The longest run of the same words has {run.words} words: “{' '.join(text[run.a].split())}”."
        return table + View(line, page(f'<p style="margin:8px 0">{escape(line)}</p>'))

    def voices(self, *, chart: bool = True) -> View:
        """Whose quoted words fill the story and the brief, and what each side adds to the entropy."""
        from medialit.exercises.wordsets import ARTICLE
        from medialit.show.sources import voices_pair
        from medialit.show.tables import table_view

        task = self._task("4.6")
        tables, pair = [], []
        for name, title in ((ARTICLE, "the story"), (task.other, "the brief")):
            found = task.voices[name]
            rows = [
                {
                    "Side": s.speaker,
                    "Quoted words": s.words,
                    "Share p": f"{s.share / 100:.2f}",
                    "−p · log2 p": f"{_bits(s.share / 100):.2f}",
                }
                for s in found.blocs
            ]
            tables.append(table_view(rows, caption=f"Quoted words in {title}, by side"))
            pair.append((title, [(s.speaker, s.share) for s in found.blocs]))
        table = tables[0] + tables[1]
        shown = voices_pair(pair[0], pair[1], table) if chart else table
        bits = task.voices[ARTICLE].entropy
        story = f"For the story, the last column adds up to {bits:.2f} bits. Do the sum for the brief."
        return shown + View(story, page(f'<p style="margin:8px 0">{escape(story)}</p>'))

    # --- what the learner found ---

    def my_matrix(self, *, chart: bool = True) -> View:
        """Your answers to 4.1: a grid with signs, and in words where the sources stand against each other."""
        from medialit.exercises.matrix import sides
        from medialit.show.sources import matrix_chart
        from medialit.units.saved import note_view

        task = self._task("4.1")
        saved = self.record.last(task)
        if saved is None:
            return note_view("Fill in 4.1 first, then choose Run → Run All Cells again. It says what your matrix says.")
        filled = [(row.text, saved.answer[row.key]) for row in task.rows if any(saved.answer.get(row.key, {}).values())]
        cells = [[line.get(name) or "" for name in task.sources] for _, line in filled]
        said, both = sides(filled, self.case.coverage.article.id, task.names)
        if not said:
            said = ["By your cells no source stands against the story in these rows."]
        if both:
            who = " and ".join(task.names[name] for name in task.sources if name in both)
            said.append(
                f"By your own cells, {who} each agree with the story on one fact, and cannot hold together with it on "
                "another. Look at their dates: whose facts are these?"
            )
        if not chart:
            return note_view(*said)
        names, texts = list(task.names.values()), [text for text, _ in filled]
        return matrix_chart(texts, names, cells, "Your matrix") + note_view(*said)

    def my_timeline(self) -> View:
        """Your answers to 4.3: the facts of the story, paragraph by paragraph, each with the sign of its event."""
        from medialit.show.sources import split_chart
        from medialit.units.saved import note_view

        task = self._task("4.3")
        saved = self.record.last(task)
        if saved is None:
            return note_view("Do 4.3 first, then choose Run → Run All Cells again. It shows the facts in two piles.")
        points = []
        for piece in self.case.coverage.split:
            event = (saved.answer.get(piece.claim) or {}).get("event")
            block = self.case.article.block_at(self.case.claim_gold.claim(piece.claim).span.start)
            if event and block:
                points.append((block.number, event, piece.text.removesuffix(f" (¶{block.number})")))
        counts = Counter(event for _, event, _ in points)
        title = f"{counts['A']} facts in one pile, {counts['B']} in the other"
        points.sort(key=lambda point: point[0])
        return split_chart(points, task.names, title) + self._piles(points, task.names)

    def _piles(self, points: list[tuple[int, str, str]], names: dict[str, str]) -> View:
        """In words what the learner's own piles say."""
        from medialit.units.saved import note_view

        mixed = sorted({p for p, e, _ in points if e == "A"} & {p for p, e, _ in points if e == "B"})
        used = [key for key in names if any(e == key for _, e, _ in points)]
        if len(used) < 2:
            where = " and ".join(f"¶{number}" for number in self._task("4.3").crowded)
            return note_view(
                f"All your facts lie in one pile. Compare the dates of the sources with what {where} tell."
            )
        lines = [f"By your own answers this one story tells of {' and of '.join(names[key] for key in used)}."]
        if mixed:
            where = ", ".join(f"¶{p}" for p in mixed)
            lines.append(f"Both are told together in {where}. Would a reader notice?")
        return note_view(*lines)


def _bits(share: float) -> float:
    from math import log2

    return -share * log2(share) if share else 0.0
