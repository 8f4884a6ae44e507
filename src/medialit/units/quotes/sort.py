"""Who says it, by which verb, what kind of quotation it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from medialit.case import GoldQuote
from medialit.english import listed
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Cells, Field, Option, Table, TableForm

NO_CUE = "no verb"
NOBODY = "nobody is named"
WEIGHTS = {"who": 0.4, "verb": 0.3, "kind": 0.3}
# A wrong kind points to a misconception: (given, right) -> code of the quiz's list; any other one is Q-E.
_KIND_CODES = {("scare", "mixed"): "Q-B", ("scare", "direct"): "Q-B"}


class SortAttributions(Task[Table]):
    """.4 speaker + .3 cue + .3 kind, averaged over the rows."""

    @cached_property
    def rows(self) -> list[GoldQuote]:
        """The attributions to take apart."""
        wanted = set(self.case.sorting)
        return [q for q in self.case.quotes if q.id in wanted]

    @cached_property
    def form(self) -> TableForm:
        names = sorted({q.speaker_name for q in self.case.quotes if q.speaker_name})
        cues = sorted({self._cue(q) for q in self.case.quotes} - {NO_CUE})
        verbs = (Option(c, self.say("colon") if c == ":" else c) for c in [*cues, NO_CUE])
        return TableForm(
            tuple(Option(q.id, f"¶{self.paragraph(q.content.start)}: {q.text}") for q in self.rows),
            (
                Field("who", self.say("who"), tuple(Option(n, n) for n in [*names, NOBODY])),
                Field("verb", self.say("verb"), tuple(verbs)),
                Field("kind", self.say("kind"), self.options("kinds")),
            ),
        )

    def score(self, answer: Table) -> Result:
        right, hits = self.answer(), dict.fromkeys(WEIGHTS, 0)
        codes: list[str] = []
        wrong_rows = []
        for row in self.rows:
            given = {name: answer[row.id].key(name) for name in WEIGHTS}
            for name in WEIGHTS:
                hits[name] += given[name] == right[row.id][name]
            if given["kind"] and given["kind"] != row.kind:
                codes.append(_KIND_CODES.get((given["kind"], row.kind), "Q-E"))
            if given != right[row.id]:
                wrong_rows.append(row)
        n = len(self.rows)
        score = sum(weight * hits[name] for name, weight in WEIGHTS.items()) / n
        step = ""
        if wrong_rows:
            worst = min(hits, key=lambda name: hits[name])
            where = self.paragraph(wrong_rows[0].content.start)
            step = self.say("begin", paragraph=where, question=self.wording("look_again")[worst])
        again = {
            row.id: self.say("row", question=listed(self._slips(answer[row.id], right[row.id])))
            for row in wrong_rows
            if answer[row.id]
        }
        details = {"hits": hits, "rows": n}
        return self.result(score, self.say("found", **hits, of=n), step, details, codes, again=again)

    def _slips(self, given: Cells, right: Mapping[str, str]) -> list[str]:
        """The questions about a row whose answer does not fit, in words."""
        return [self.wording("look_again")[name] for name in WEIGHTS if given.key(name) != right[name]]

    def answer(self) -> dict[str, dict[str, str]]:
        return {q.id: {"who": q.speaker_name or NOBODY, "verb": self._cue(q), "kind": q.kind} for q in self.rows}

    def facts(self) -> dict[str, object]:
        whole = (q for q in self.rows if q.speaker_name and self._cue(q)[0].isalpha() and self._cue(q) != NO_CUE)
        row = next(whole, self.rows[0])
        return {
            "rows": len(self.rows),
            "row_paragraph": self.paragraph(row.content.start),
            "row_who": row.speaker_name or NOBODY,
            "row_verb": self._cue(row),
        }

    def _cue(self, quote: GoldQuote) -> str:
        return " ".join(self.case.article[quote.cue].lower().split()) if quote.cue else NO_CUE
