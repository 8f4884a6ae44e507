"""Name the technique of each excerpt, or none."""

from __future__ import annotations

from functools import cached_property

from medialit.case.framing import NO_TECHNIQUE, most_chosen
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.agreement import soft_credit


class NameTechniques(Task[Table]):
    """Soft credit only: readers differ here more than anywhere."""

    @cached_property
    def names(self) -> dict[str, str]:
        """What each technique is called, and what none of them is."""
        return {one.key: one.name for one in self.case.framing.codebook.techniques} | {NO_TECHNIQUE: NO_TECHNIQUE}

    @cached_property
    def form(self) -> TableForm:
        article, rows = self.case.article, []
        for excerpt in self.case.framing.excerpts:
            number = article.blocks[article.sentences[excerpt.sentence - 1].block].number
            where = f"¶{number}" if number else self.say("heading")
            rows.append(Option(excerpt.id, f"{where}: “{excerpt.words}”"))
        options = tuple(Option(key, name) for key, name in self.names.items())
        return TableForm(tuple(rows), (Field("technique", self.say("field"), options),))

    def score(self, answer: Table) -> Result:
        gold, rows = self.case.framing, self.form.rows
        given = {row.key: answer[row.key].key("technique") for row in rows}
        credit = {key: soft_credit(gold.techniques(key), technique) for key, technique in given.items()}
        points = sum(credit.values())
        empty = [row for row in rows if not given[row.key]]
        apart = [row for row in rows if credit[row.key] < 0.5 and given[row.key]]
        message = self.say("found", points=points, of=len(rows), apart=len(apart), empty=len(empty))
        step = ""
        if empty:
            step = self.say("begin", row=empty[0].text)
        elif apart:
            step = self.say("again", row=apart[0].text)
        details = {"credit": {key: round(value, 3) for key, value in credit.items()}}
        again = {row.key: self.say("why") for row in apart}
        return self.result(points / len(rows), message, step, details, again=again)

    def answer(self) -> dict[str, dict[str, str]]:
        made = {}
        for row in self.form.rows:
            shares = self.case.framing.techniques(row.key)
            made[row.key] = {"technique": max(shares, key=lambda name: (shares[name], name))}
        return made

    def facts(self) -> dict[str, object]:
        gold, named = self.case.framing, []
        for excerpt in gold.excerpts:
            shares = {self.names[key]: share for key, share in gold.techniques(excerpt.id).items()}
            named.append((excerpt.words, most_chosen(shares, len(gold.codings))))
        return {
            "excerpts": len(named),
            "first": named[0][0],
            "first_is": named[0][1],
            "whole": "; ".join(f"“{words}”: {technique}" for words, technique in named),
        }
