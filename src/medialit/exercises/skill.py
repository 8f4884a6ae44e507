"""A task that a case brings as data: its rows, keys and sentences are in ``skills.yaml`` (:mod:`medialit.case.skills`).

What can be said of an option in every row is in the task's own ``says``, under ``column/option``.
"""

from __future__ import annotations

from functools import cached_property

from medialit.case.skills import Cell, Skill
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm

SHOWN = 3  # rows that one feedback speaks of
LONG = 40  # characters: longer options are shown one below the other


class SkillTask(Task[Table]):
    """The mean credit of the cells. Each cell that does not fit has a sentence of its own; a second reading is called one."""

    @property
    def skill(self) -> Skill:
        """The data of this task in the case."""
        return self.case.skills[self.id]

    @cached_property
    def form(self) -> TableForm:
        rows = tuple(Option(row.id, row.text) for row in self.skill.rows)
        return TableForm(rows, tuple(self._field(name) for name in self.skill.rows[0].cells))

    def _field(self, name: str) -> Field:
        texts = self.skill.options.get(name) or self.text.options.get(name, {})
        several = False
        for row in self.skill.rows:
            cell = row.cells[name]
            several = not isinstance(cell.key, str)
            needed = set(texts) if several else set(texts) - {cell.key}
            wordless = {option for option in needed if not self._sentence(cell, name, option)}
            if missing := wordless | ({*cell.keys, *cell.says, *cell.also} - set(texts)):
                what = f"The row “{row.id}” of {self.id} needs one sentence for each option of “{name}”"
                raise MedialitError(f"skills.yaml of {self.case.name}: {what}; see “{min(missing)}”.")
        options = tuple(Option(key, text) for key, text in texts.items())
        long = not several and any(len(option.text) > LONG for option in options)
        return Field(name, self.say(name), options, long=long, several=several)

    def _sentence(self, cell: Cell, name: str, option: str) -> str:
        return cell.says.get(option) or self.text.says.get(f"{name}/{option}", "")

    def score(self, answer: Table) -> Result:
        points, cells, empty, codes = 0.0, 0, 0, []
        said: dict[str, list[str]] = {}
        names = {row.id: row.name for row in self.skill.rows}
        for row in self.skill.rows:
            for name, cell in row.cells.items():
                cells += 1
                several = not isinstance(cell.key, str)
                given = answer[row.id].keys(name) if several else [answer[row.id].key(name)]
                if not any(given):
                    empty += 1
                    continue
                credit = cell.credit(given)
                points += credit
                if credit < 1 and (slips := cell.slips(given)):
                    why = self._sentence(cell, name, slips[0])
                    defended = credit and not several
                    said.setdefault(row.id, []).append(self.say("skill_also", why=why) if defended else why)
                    codes += [cell.codes[slip] for slip in slips if slip in cell.codes]
        again = {row: " ".join(whys) for row, whys in said.items()}
        lines = [self.say("skill_row", row=names[row], why=why) for row, why in again.items()]
        message = " ".join([self.say("skill_found", points=points, of=cells), *lines[:SHOWN]])
        step = self.say("skill_empty", n=empty) if empty else ""
        if len(lines) > SHOWN:
            step = f"{step} {self.say('skill_more', n=len(lines) - SHOWN)}".strip()
        return self.result(points / cells, message, step, codes=codes, again=again)

    def answer(self) -> dict[str, dict[str, str | list[str]]]:
        return {row.id: {name: cell.key for name, cell in row.cells.items()} for row in self.skill.rows}

    def facts(self) -> dict[str, object]:
        rows = self.skill.rows
        whys = " ".join(self.say("skill_row", row=row.name, why=row.why) for row in rows)
        return {
            "lead": self.skill.lead,
            "clue": self.skill.clue,
            "rows": len(rows),
            "first": rows[0].name,
            "first_why": rows[0].why,
            "whys": whys,
        }
