"""By story, and what a report cannot see: said on the page, so that nobody reads more out of it than it holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from medialit.classroom.report.frames import Frames
from medialit.errors import NotServed
from medialit.files import known_cases
from medialit.show.html import View, escape, page, paragraph

_LINES = (
    "Learners who handed in nothing, and attempts that were made and not handed in.",
    "Time and certainty of an answer that came from a notebook alone: both stand in the progress file.",
    "Hints that were read without an answer after them, and pages that were only read.",
    "How claims were looked up in unit 5, and what readers said about a card.",
    "What a learner meant. A wrong answer can be a slip, a key can be wrong, and two ideas can give one answer. Ask.",
    "Whether the course was the reason. Without a class that was not taught, change and cause cannot be told apart.",
)


def unseen(frames: Frames) -> View:
    """What this page cannot see."""
    lines = list(_LINES)
    if not frames.graded.empty:
        bare = int((frames.graded["at"] == "").sum())
        share = 100 * bare / len(frames.graded)
        lines[1] = f"{lines[1][:-1]}. {share:.0f}% of the answers here are of this kind."
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return View("\n".join(f"- {line}" for line in lines), page(f'<ul style="margin:8px 0">{items}</ul>'))


def by_case(unit: str, *parts: Callable[[Frames, str], View]) -> Callable[[Frames], View]:
    """The parts of a section for every story on which a unit was answered; a title for each when there are several."""

    def section(frames: Frames) -> View:
        cases = frames.cases(unit)
        if not cases:
            return paragraph("Nobody has answered anything in this unit yet.")
        view = View("", "")
        for case in cases:
            if len(cases) > 1:
                view += View(f"Story: {case}", page(f"<h3>Story: {escape(case)}</h3>"))
            if case not in known_cases():
                view += paragraph(
                    f"The key of the story {case} is not part of this kit, so its answers are not looked into here."
                )
                continue
            for draw in parts:
                # What was answered before a case lost a file has no key to be compared with.
                with suppress(NotServed):
                    view += draw(frames, case)
        return View("\n\n".join(x for x in view.text.split("\n\n") if x.strip()), view.html)

    return section
