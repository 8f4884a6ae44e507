"""Boxes in a lesson: ``:::{question}`` … ``:::`` becomes a framed block with its name in words."""

from __future__ import annotations

import re

LABELS = {
    "question": "Question",
    "objectives": "You will be able to",
    "predict": "Predict first",
    "example": "Example",
    "folded-example": "Example",
    "your-turn": "Your turn",
    "why-it-matters": "Why it matters",
    "limits": "Limits",
    "glossary": "Words",
    "measure": "For those who measure",
    "instructor": "For instructors",
    "summary": "Summary",
}
_COLOURS = {"limits": "#B87A00", "your-turn": "#008F68", "predict": "#0072B2", "question": "#0072B2"}
# An example that answers a guess stays shut until somebody opens it; so do the numbers behind a plain sentence.
_FOLDED = {
    "folded-example": "Made your guess? Open the example, step by step.",
    "measure": "Open the numbers and what they are called.",
}
_OPEN = re.compile(r"^:::+\{([^}]*)\}\s*$")
_CLOSE = re.compile(r"^:::+\s*$")


class BoxFault(ValueError):
    """A box that is not known or not closed; ``line`` counts from 0 within the text."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


def render_boxes(text: str, *, instructor: bool = False) -> str:
    """Markdown with boxes turned into frames that JupyterLab keeps; ``instructor`` boxes only for instructors.

    Raises BoxFault for an unknown box, a box inside a box, or one without its end.
    """
    made: list[str] = []
    name, opened = "", 0
    inside: list[str] = []
    for number, line in enumerate(text.split("\n")):
        start = _OPEN.match(line)
        if start:
            if name:
                raise BoxFault(f"The box “{start[1]}” begins inside the box “{name}”. Close that one first.", number)
            name, opened, inside = start[1].strip(), number, []
            if name not in LABELS:
                raise BoxFault(f"There is no box “{name}”. Boxes: {', '.join(LABELS)}.", number)
        elif name and _CLOSE.match(line):
            if name != "instructor" or instructor:
                made += _frame(name, inside)
            name = ""
        elif name:
            inside.append(line)
        else:
            made.append(line)
    if name:
        raise BoxFault(f"The box “{name}” has no end. Close it with a line of three colons.", opened)
    return "\n".join(made).strip("\n")


def _frame(name: str, inside: list[str]) -> list[str]:
    colour = _COLOURS.get(name, "#808080")
    style = f"border-left:6px solid {colour};padding:2px 16px;margin:12px 0;max-width:736px;overflow-wrap:break-word"
    # Blank lines around the content: only then is it read as Markdown.
    if name in _FOLDED:
        inside = ["<details>", f"<summary>{_FOLDED[name]}</summary>", "", *inside, "", "</details>"]
    return [f'<div style="{style}">', "", f"**{LABELS[name]}**", "", *inside, "", "</div>", ""]
