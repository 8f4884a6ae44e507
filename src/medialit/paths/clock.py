"""The clock of a path: when each section begins, what it is, what is cut first. As text, as Markdown, as rows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from medialit.paths.records import CoursePath, Section, Sitting

CUT = "✂ cut first"


@dataclass(frozen=True)
class Tick:
    """One line of a clock. ``start`` and ``end`` count minutes from the beginning of the sitting."""

    start: int
    end: int
    section: Section

    @property
    def time(self) -> str:
        """``0:05–0:12``."""
        return f"{_clock(self.start)}–{_clock(self.end)}"

    @property
    def name(self) -> str:
        """The section's name, with the part of an exercise that is done."""
        return f"{self.section.name} ({self.section.part})" if self.section.part else self.section.name


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def ticks(sitting: Sitting) -> Iterator[Tick]:
    """The lines of a sitting's clock, in order."""
    now = 0
    for section in sitting.sections:
        yield Tick(now, now + section.minutes, section)
        now += section.minutes


def cut_minutes(path: CoursePath) -> int:
    """How many minutes are saved when everything marked "cut first" is skipped."""
    return sum(section.minutes for sitting in path.sittings for section in sitting.sections if section.cut)


def where(sitting: Sitting, section: Section) -> str:
    """Where a section is, in words: ``unit 1, exercise 1.2``; empty for what a room does without a page."""
    if section.page:
        return f"page {section.page}.ipynb"
    unit = sitting.unit_of(section)
    parts = [f"exercise {', '.join(section.exercises)}"] if section.exercises else []
    parts += [f"question {', '.join(section.questions)}"] if section.questions else []
    parts += [f"guess {', '.join(section.predictions)}"] if section.predictions else []
    parts += [f"lesson, “{section.heading}”"] if section.heading else []
    return f"unit {int(unit[:2])}, {' and '.join(parts)}" if parts else ""


def path_line(path: CoursePath) -> str:
    """One line about a path, for a list."""
    return f"{path.id:8}{path.minutes:4} minutes  {path.title}: {path.suits}"


def path_text(path: CoursePath) -> str:
    """The whole path for a terminal: clock, what learners do, say and ask."""
    lines = [f"{path.title} ({path.minutes} minutes)", f"For: {path.suits}. Aim: {path.goal}"]
    if saved := cut_minutes(path):
        lines.append(f"Running late? Skip what is marked “{CUT}”: that saves {saved} minutes.")
    for sitting in path.sittings:
        lines += ["", f"{sitting.title} ({sitting.minutes} minutes)"]
        for tick in ticks(sitting):
            mark = f"  {CUT}" if tick.section.cut else ""
            lines.append(f"{tick.time:>11}  {tick.section.minutes:3} min  {tick.name}{mark}")
            if place := where(sitting, tick.section):
                lines.append(f"{'':22}{place}")
            for label, words in (("Do", tick.section.do), ("Say", tick.section.say), ("Ask", tick.section.ask)):
                lines += _wrapped(f"{label}: {words}") if words else []
            for heard in tick.section.hear:
                lines += _wrapped(f"They: {heard.they} You: {heard.you}")
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent=" " * 22, subsequent_indent=" " * 24)


def clock_markdown(sitting: Sitting, *, room: bool = True) -> str:
    """The clock as a Markdown table; ``room`` adds what to say and ask."""
    head = ["Clock", "Minutes", "What"] + (["Say and ask"] if room else ["Where"])
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for tick in ticks(sitting):
        section = tick.section
        said = " ".join(filter(None, (section.say, f"*{section.ask}*" if section.ask else "")))
        name = f"**{tick.name}**" + (f" {CUT}" if section.cut else "")
        lines.append(
            f"| {tick.time} | {section.minutes} | {name} | {_cell(said if room else where(sitting, section))} |"
        )
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
