"""The format of ``course/paths.yaml``: paths, sittings and sections with their minutes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from medialit.case.records import StrictRecord

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Minutes = Annotated[int, Field(ge=1, le=600)]
# What a room does without a page. In a vote, a talk, pairs and writing learners act; a break and slack are pauses.
Room = Literal["vote", "talk", "pairs", "write", "break", "slack"]
ACTS: tuple[Room, ...] = ("vote", "talk", "pairs", "write")
PAUSES: tuple[Room, ...] = ("break", "slack")


class Heard(StrictRecord):
    """Something that learners say at this point, and what to answer. Quiz options bring their own."""

    they: Words
    you: Words


class Section(StrictRecord):
    """Some minutes of a sitting, and what they are spent on.

    It points to a ``heading`` of the unit's lesson, to guesses, quiz ``questions`` or ``exercises``, to a ``page`` of
    ``course/pages``, or is something that the room does by itself. ``part`` says what of an exercise is done when
    there is not time for all of it; ``short`` opens the exercise's short form. ``board`` names the pieces of the case board
    that a room has found by then; the reveal follows them. ``cut`` marks what to leave out first.
    """

    minutes: Minutes
    title: str = ""
    unit: str = ""
    heading: str = ""
    predictions: list[str] = Field(default_factory=list)
    questions: list[str] = Field(default_factory=list)
    exercises: list[str] = Field(default_factory=list)
    page: str = ""
    room: Room | None = None
    part: str = ""
    short: bool = False
    board: list[str] = Field(default_factory=list)
    cut: bool = False
    do: str = ""
    say: str = ""
    ask: str = ""
    hear: list[Heard] = Field(default_factory=list)

    @property
    def name(self) -> str:
        """What the section is called on a clock."""
        if self.title or self.heading:
            return self.title or self.heading
        if self.exercises:
            return f"Exercise {' and '.join(self.exercises)}"
        return (self.room or "questions").capitalize()


class Sitting(StrictRecord):
    """What is done in one go, on one page. ``unit`` holds for every section that names none."""

    title: Words
    minutes: Minutes
    unit: str = ""
    sections: Annotated[list[Section], Field(min_length=1)]

    def unit_of(self, section: Section) -> str:
        """The folder of the unit that a section belongs to; empty when it belongs to none."""
        return section.unit or self.unit


class CoursePath(StrictRecord):
    """A way through the course. ``kind`` is a workshop (own page, cut marks), a course in class, or alone."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,20}$")]
    kind: Literal["workshop", "course", "alone"]
    title: Words
    minutes: Minutes
    suits: Words
    goal: Words
    sittings: Annotated[list[Sitting], Field(min_length=1)]

    def page(self, number: int) -> str:
        """The name of the page of a workshop's sitting, counted from 0, without its ending."""
        return f"workshop-{self.id}" + (f"-part-{number + 1}" if len(self.sittings) > 1 else "")


class PathsFile(StrictRecord):
    """The whole of ``course/paths.yaml``."""

    paths: Annotated[list[CoursePath], Field(min_length=1)]
