"""The views of unit 4. What tells the events apart is shown only after the learner's own answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce

from medialit.case.coverage import ModelReport
from medialit.english import listed
from medialit.errors import NotServed
from medialit.exercises.records import FOR_MEASURERS
from medialit.lenses.sources import compare_facts, shared_passages
from medialit.show.html import View, escape, fold, note_view, page, paragraph
from medialit.show.sources import matrix_chart, split_chart, voices_pair, words_chart
from medialit.show.tables import table_view
from medialit.show.timeline import Dot, timeline_chart
from medialit.units.base import Unit
from medialit.units.sources.matrix import FillMatrix, sides, source_name
from medialit.units.sources.reuse import WINDOWS, ReuseWindow
from medialit.units.sources.timeline import SplitTimeline
from medialit.units.sources.voices import VoicesCompared
from medialit.units.sources.words import ARTICLE, SHORTEST, DistinctWords

SHOWN = 4  # words: a shorter run is shared by chance
CARD = "border:1px solid #8A8A8A;border-radius:6px;padding:4px 12px;margin:8px 0"


class SourcesUnit(Unit):
    """What changes when we put reports side by side?"""

    # --- to read ---

    def cards(self) -> View:
        """The six sources of the matrix: what each says, in our words. One below the other: no table is that narrow."""
        self.the(FillMatrix)
        gold, plain, made = self.case.coverage, [], []
        for column in gold.matrix.columns:
            report = gold.report(column.report)
            head = f"{report.publisher}, {report.date or 'no date'}"
            note = self.say("note", note=column.note) if column.note else ""
            plain.append("\n".join(filter(None, [head, column.card, note])))
            parts = "".join(f'<p style="margin:4px 0">{escape(part)}</p>' for part in (column.card, note) if part)
            made.append(f'<div style="{CARD}"><p style="margin:4px 0;font-weight:700">{escape(head)}</p>{parts}</div>')
        return View("\n\n".join(plain), page("".join(made)))

    def model_reports(self, *names: str) -> View:
        """Reports written for this course, to be read side by side; all of them, or some by id."""
        self.the(DistinctWords)
        gold = self.case.coverage
        chosen = [gold.model(name) for name in names] or list(gold.models)
        return reduce(
            View.__add__, [fold(self._report_view(r), self.say("read_report", title=r.title)) for r in chosen]
        )

    @staticmethod
    def _report_view(report: ModelReport) -> View:
        parts = "".join(
            f'<p style="margin:8px 0">{escape(p)}</p>' for p in report.text.strip().split("\n") if p.strip()
        )
        label = f'<p style="margin:8px 0;font-weight:700">{escape(report.label)}</p>'
        return View(f"{report.id}: {report.title}\n{report.label}\n\n{report.text}", page(label + parts))

    # --- the lens ---

    def timeline(self, *paragraphs: int) -> View:
        """When the things happened that the story tells: of all paragraphs, or of some."""
        line, now = self.case.timeline, self._now()
        points: dict[tuple[int, str], Dot] = {}
        for event in line.events:
            for name in event.told:
                claim = self.case.claim_gold.claim(name)
                block = self.case.article.block_at(claim.span.start)
                if block and block.number and (not paragraphs or block.number in paragraphs):
                    points.setdefault((block.number, event.label), (block.number, claim.says, event))
        ordered = sorted(points.values(), key=lambda point: (point[0], point[2].date))
        return timeline_chart(ordered, line.names, now)

    def _now(self) -> str:
        """The day that the story makes its readers believe in."""
        if self.case.timeline.now is None:
            raise NotServed(self.say("no_timeline"))
        return self.case.timeline.now.date

    def dates(self) -> View:
        """The dates that the lens reads in the story, paragraph by paragraph, and how it reads each."""
        from medialit.lenses.dates import dates_by_paragraph, find_dates

        found = find_dates(self.case.article, self._now())
        rows = [
            {"Paragraph": f"¶{p.paragraph}", "Words": m.text, "Read as": m.value or "–", "Because": m.why}
            for p in dates_by_paragraph(self.case.article, found)
            for m in p.mentions
        ]
        return table_view(rows, caption=self.say("dates", n=len(rows))) if rows else note_view(self.say("no_dates"))

    def traces(self) -> View:
        """Texts behind the story: the longest run of words shared with each, and runs that can be looked up in the story."""
        gold, article, rows = self.case.coverage.about, self.case.article, []
        for trace in gold.traces:
            card = self.case.claim_gold.find_card(trace.card)
            if card is None:
                continue
            for run in trace.runs:
                for shared in shared_passages(article, run, n=SHOWN).runs[:1]:
                    rows.append(
                        {
                            "Text": f"{card.publisher}, {card.date}",
                            "Longest shared run": self.say("run_words", n=trace.longest),
                            "A run to look for": self.say("run", run=run, n=shared.words),
                            "In the story": f"¶{block.number if (block := article.block_at(shared.a.start)) else '–'}",
                        }
                    )
        if not rows:
            return note_view(self.say("no_traces"))
        return table_view(rows, caption=self.say("traces")) + note_view(gold.traces_say)

    def compare(self, *facts: str, sources: Sequence[str] | None = None) -> View:
        """Some facts by some sources (by default the six of the matrix), as the lens reads the coverage."""
        self.the(FillMatrix)
        gold = self.case.coverage
        found = compare_facts(gold, facts or None, sources or [c.report for c in gold.matrix.columns])
        names = [source_name(gold.report(name)) for name in found.sources]
        return matrix_chart(found.labels, names, found.cells, self.say("facts_by_source"))

    def words(self, top: int = 8) -> View:
        """The most distinctive words of the story against all other texts pooled: z, counts, chart."""
        task = self.the(DistinctWords)
        scores = [task.scored(word) for word in task.picked]
        more = [s for s in task.found.words if len(s.word) >= SHORTEST and s not in scores and s.z > 0]
        scores += more[: top - len(scores)]
        rows = [{"Word": s.word, "In the story": s.count, "In the others": s.reference_count} for s in scores]
        measures = [{"Word": s.word, "Log-odds": f"{s.log_odds:.2f}", "z": f"{s.z:.2f}"} for s in scores]
        sizes = {"target": task.found.target_words, "reference": task.found.reference_words}
        caption = self.say("words", **sizes)
        table = table_view(rows, caption=caption)
        shown = words_chart([(s.word, s.count, s.reference_count, s.z) for s in scores], table)
        shown += fold(table_view(measures, caption=caption), FOR_MEASURERS)
        warning = task.found.warning
        return shown + View(warning, page(escape(warning))) if warning else shown

    def reuse(self) -> View:
        """How much of the louder report stands in the brief, for several windows, and the longest run."""
        task = self.the(ReuseWindow)
        found = {n: task.shared(n) for n in WINDOWS}
        rows = [
            {
                "Window": self.say("run_words", n=n),
                "All windows of the louder report": s.windows_a,
                "Also in the brief": s.shared,
            }
            for n, s in found.items()
        ]
        copy, original = (self.case.coverage.model(name) for name in task.pair)
        table = table_view(rows, caption=self.say("reuse", copy=copy.title, original=original.title))
        run = found[WINDOWS[0]].runs[0]
        longest = paragraph(self.say("longest_run", n=run.words, run=" ".join(copy.text[slice(*run.a)].split())))
        return table + longest

    def voices(self, *, chart: bool = True) -> View:
        """Whose quoted words fill the story and the brief."""
        task = self.the(VoicesCompared)
        tables, pair = [], []
        for name, title in ((ARTICLE, self.say("the_story")), (task.other, self.say("the_brief"))):
            found = task.voices[name]
            rows = [
                {
                    "Side": s.speaker,
                    "Quoted words": s.words,
                    "Share": f"{s.share:.0f}%",
                }
                for s in found.blocs
            ]
            tables.append(table_view(rows, caption=self.say("quoted_words", text=title)))
            pair.append((title, [(s.speaker, s.share) for s in found.blocs]))
        table = tables[0] + tables[1]
        shown = voices_pair(pair[0], pair[1], table) if chart else table
        bits = {"story": task.voices[ARTICLE].entropy, "brief": task.voices[task.other].entropy}
        return shown + fold(paragraph(self.say("bits", **bits)), FOR_MEASURERS)

    # --- what the learner found ---

    def my_matrix(self, *, chart: bool = True) -> View:
        """Your matrix: a grid with signs, and in words where sources contradict each other."""
        task, given = self.the(FillMatrix), self.given(FillMatrix)
        if given is None:
            return self.first_do(FillMatrix, "matrix_first")
        filled = [
            (row.text, {name: given[row.key].key(name) for name in task.sources}) for row in task.rows if given[row.key]
        ]
        rows, both = sides(filled, self.case.coverage.article.id)
        said = []
        for text, yes, no in rows:
            with_it = self.say("with", sources=self._named(yes)) if yes else ""
            story = task.names[self.case.coverage.article.id]
            said.append(self.say("against", fact=text, source=story, others=with_it, against=self._named(no)))
        if not said:
            said = [self.say("none_against")]
        if both:
            said.append(self.say("both_sides", sources=self._named([n for n in task.sources if n in both])))
        if not chart:
            return note_view(*said)
        cells = [list(line.values()) for _, line in filled]
        texts = [text for text, _ in filled]
        return matrix_chart(texts, list(task.names.values()), cells, self.say("your_matrix")) + note_view(*said)

    def _named(self, sources: Sequence[str]) -> str:
        return listed(self.the(FillMatrix).names[name] for name in sources)

    def my_timeline(self) -> View:
        """The facts of the story by your answers, paragraph by paragraph, each with the sign of its event."""
        task, given = self.the(SplitTimeline), self.given(SplitTimeline)
        if given is None:
            return self.first_do(SplitTimeline, "timeline_first")
        points = []
        for piece in self.case.coverage.split:
            event = given[piece.claim].key("event")
            number = task.paragraph(self.case.claim_gold.claim(piece.claim).span.start)
            if event:
                points.append((number, event, piece.text.removesuffix(f" (¶{number})")))
        counts = Counter(event for _, event, _ in points)
        points.sort(key=lambda point: point[0])
        title = self.say("two_piles", a=counts["A"], b=counts["B"])
        return split_chart(points, task.names, title) + self._piles(points, task)

    def _piles(self, points: Sequence[tuple[int, str, str]], task: SplitTimeline) -> View:
        """In words what the learner's own piles say."""
        mixed = sorted({p for p, e, _ in points if e == "A"} & {p for p, e, _ in points if e == "B"})
        used = [name for key, name in task.names.items() if any(e == key for _, e, _ in points)]
        if len(used) < 2:
            return note_view(self.say("one_pile", where=listed(f"¶{number}" for number in task.crowded)))
        together = self.say("together", where=", ".join(f"¶{p}" for p in mixed)) if mixed else ""
        return note_view(self.say("piles", events=self.say("and_of").join(used)), together)
