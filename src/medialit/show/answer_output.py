"""Answers in the output of a cell: plain data for a grader, beside what is shown. Nobody sees it, and nothing is sent.

JupyterLab draws nothing for a MIME type that it does not know, so the output takes no room on the page.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

MIME = "application/vnd.medialit.answer+json"
FORMAT = 1
MAX_BYTES = 100_000


def cell_digest(source: str) -> str:
    """Eight hexadecimal digits that change with the source of a cell, but not with its line ends or space around it."""
    lines = source.strip().splitlines()
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:8]


class AnswerOutput:
    """One output of the cell that runs now. It can be updated later, when a widget of this cell is clicked.

    ``answers`` are records with ``unit``, ``case``, ``item``, ``version``, ``door``, ``certainty`` and ``answer``, oldest
    first. The oldest are left out when all of them together have more than ``MAX_BYTES``. Outside IPython nothing happens.
    """

    def __init__(self, answers: Sequence[Mapping[str, Any]] = ()) -> None:
        self._shell = _shell()
        self._cell = cell_digest(_source(self._shell))
        self._id = os.urandom(8).hex()
        self._publish(answers, update=False)

    def update(self, answers: Sequence[Mapping[str, Any]]) -> None:
        """Put these answers in place of those before, without touching anything else on the page."""
        self._publish(answers, update=True)

    def _publish(self, answers: Sequence[Mapping[str, Any]], *, update: bool) -> None:
        if self._shell is None:
            return
        data = {MIME: {"format": FORMAT, "cell": self._cell, "answers": _fitting(answers)}}
        self._shell.display_pub.publish(data=data, metadata={}, transient={"display_id": self._id}, update=update)


def _fitting(answers: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    kept: list[Mapping[str, Any]] = []
    room = MAX_BYTES
    for answer in reversed(answers):
        room -= len(json.dumps(answer))
        if room < 0:
            break
        kept.append(answer)
    return kept[::-1]


def _shell() -> Any:
    # Never imported: without it there is no cell and no output.
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _source(shell: Any) -> str:
    """The source of the cell that runs, as it was typed."""
    # A kernel knows its request. Elsewhere (a terminal, a kernel in the browser) the history does, unless it is not kept.
    parent = shell.get_parent() if hasattr(shell, "get_parent") else None
    code = (parent or {}).get("content", {}).get("code")
    if isinstance(code, str):
        return code
    cells = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    return cells[-1] if cells else ""
