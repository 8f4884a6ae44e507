"""What a built notebook stores of its run: text and pictures, no live widgets, no traces of one machine."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from medialit.authoring.pictures import picture_fault

# A live widget does not stay, because its model is gone when the notebook is opened again.
LIVE = "application/vnd.jupyter.widget-view+json"
# The link that hands over the progress file. What it holds is the builder's own, so an empty line takes its place.
_PROGRESS = re.compile(r"(data:application/x-ndjson;base64,)[A-Za-z0-9+/=]+")


def clean(notebook: Any) -> Any:
    """Without live widgets, times and other traces of one run; changes and returns the notebook."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(LIVE, None)
            if "text/html" in data:
                data["text/html"] = _PROGRESS.sub(r"\1Cg==", data["text/html"])
            output.get("metadata", {}).pop(LIVE, None)
    return notebook


def digest(notebook: Any) -> str:
    """A short digest of all stored outputs: it changes when somebody runs, strips or edits them."""
    stored = [cell.get("outputs", []) for cell in notebook.cells]
    return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:16]


def fault(outputs: list[Any], root: Path) -> str:
    """What is wrong with the outputs of one cell in a sentence, or an empty text.

    ``root`` is the folder of the course: its name must not be stored, because it differs from machine to machine.
    """
    if words := picture_fault(outputs):
        return words
    for output in outputs:
        if output.output_type == "error":
            return f"This cell failed: {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            return f"This cell writes a warning: {output.text.strip().splitlines()[-1]}"
        words = json.dumps(output, ensure_ascii=False)
        for place in {str(root), sys.prefix}:
            if json.dumps(place, ensure_ascii=False)[1:-1] in words:
                return "This cell shows a path of this machine. Show the name of the file only."
    return ""
