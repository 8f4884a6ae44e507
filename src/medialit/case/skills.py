"""Tasks that are data alone: a table of things to judge, with a sentence for every answer that does not fit.

A case has them in ``skills.yaml``, by the name of the task. A case without the file leaves these tasks out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from medialit.case.claims import ClaimGold
from medialit.case.reading import CaseFiles
from medialit.case.records import Record


class Cell(Record):
    """One cell of the table.

    ``key`` is what fits, a list where several can be ticked. ``also`` are other readings that can be defended, each with its
    credit (0 to 1). Each option that is no key needs a sentence, in ``says`` or in the task's own words; where several can be
    ticked, each option: for a key that is missing, or another one that is ticked. ``codes`` are misconceptions by option.
    """

    key: str | list[str]
    also: dict[str, float] = Field(default_factory=dict)
    says: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, str] = Field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """What fits, as a list."""
        return [self.key] if isinstance(self.key, str) else self.key

    def credit(self, given: list[str]) -> float:
        """From 0 to 1: all or the share of a second reading, and F1 where several can be ticked."""
        if not isinstance(self.key, str):
            return 2 * len(set(given) & set(self.key)) / (len(given) + len(self.key))
        return 1.0 if given == self.keys else max((self.also.get(name, 0.0) for name in given), default=0.0)

    def slips(self, given: list[str]) -> list[str]:
        """The options that do not fit: those that were chosen first, then those that are missing."""
        extra = [name for name in given if name not in self.keys]
        return extra if isinstance(self.key, str) else extra + [name for name in self.keys if name not in given]


class SkillRow(Record):
    """One row: ``name`` is what feedback calls it, ``rests`` are the claims and cards that its sentences rest on."""

    id: str
    name: str
    text: str
    cells: dict[str, Cell]
    why: str
    rests: list[str] = Field(default_factory=list)


class Skill(Record):
    """One task: what is shown before the table, a hint that points to a place, and the rows.

    ``options`` are choices that only this case has, by the name of the column.
    """

    lead: str
    clue: str
    options: dict[str, dict[str, str]] = Field(default_factory=dict)
    rows: list[SkillRow] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        columns = {tuple(row.cells) for row in self.rows}
        if len(columns) != 1:
            raise ValueError("Every row needs the same columns, in the same order.")
        if len({row.id for row in self.rows}) < len(self.rows):
            raise ValueError("Two rows have the same id.")
        return self


class SkillFile(Record):
    """The whole of ``skills.yaml``."""

    skills: dict[str, Skill]


def load_skills(folder: Path, claims: ClaimGold) -> dict[str, Skill]:
    """The tasks of a case that are data alone, by name; none without ``skills.yaml``.

    Raises CaseError with the first fault, and the others attached.
    """
    files = CaseFiles(folder)
    found = files.read("skills.yaml", SkillFile)
    skills = found.skills if found else {}
    known = {record.id for group in (claims.claims, claims.evidence, claims.timeline.events) for record in group}
    whole = None not in (claims.claim_ids, claims.card_ids, claims.event_names)
    for name, skill in skills.items() if whole else ():
        for i, row in enumerate(skill.rows):
            for strange in sorted(set(row.rests) - known):
                told = f"Row “{row.id}” of {name} rests on “{strange}”, which is unknown."
                files.fault("skills.yaml", ("skills", name, "rows", i, "rests"), told)
    files.done()
    return skills
