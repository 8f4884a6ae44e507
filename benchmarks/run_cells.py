"""Run cells in this process as a kernel does, and keep their outputs. For code of our own only: nothing protects from it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell


class _Outputs(DisplayPublisher):
    """Collects outputs cell by cell; an update reaches the output that bears its name, in whatever cell it is."""

    def begin(self) -> None:
        self.cells: list[list[dict[str, Any]]] = []
        self.named: dict[str, dict[str, Any]] = {}

    def publish(
        self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **_: Any
    ) -> None:
        name = (transient or {}).get("display_id")
        if update:
            if name in self.named:
                self.named[name]["data"] = dict(data)
            return
        output = {"output_type": "display_data", "data": dict(data), "metadata": {}}
        self.cells[-1].append(output)
        if name:
            self.named[name] = output


class _Hook(DisplayHook):
    def __call__(self, result: Any = None) -> None:
        if result is None or self.quiet():
            return
        data, metadata = self.shell.display_formatter.format(result)
        cells = self.shell.display_pub.cells
        output = {"output_type": "execute_result", "data": data, "metadata": metadata}
        cells[-1].append({**output, "execution_count": len(cells)})


class _Shell(InteractiveShell):
    display_pub_class = _Outputs
    displayhook_class = _Hook

    def init_history(self) -> None:
        # Nothing of a test goes into the history of the person who runs it.
        self.history_manager = HistoryManager(shell=self, parent=self, hist_file=":memory:")


def outputs_of(sources: Iterable[str]) -> list[list[dict[str, Any]]]:
    """The outputs of each cell, one list a cell. A cell that fails has an ``error`` and does not stop the next."""
    shell = _Shell.instance()
    shell.display_pub.begin()
    main = sys.modules["__main__"]
    try:
        for source in sources:
            shell.display_pub.cells.append([])
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                error = shell.run_cell(source, store_history=True)
            if error := error.error_before_exec or error.error_in_exec:
                told = {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
                shell.display_pub.cells[-1].append({"output_type": "error", **told})
        return shell.display_pub.cells
    finally:
        _Shell.clear_instance()
        sys.modules["__main__"] = main


def with_outputs(book: dict[str, Any]) -> dict[str, Any]:
    """A notebook whose code cells have the outputs of a run."""
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    ran = iter(outputs_of("".join(cell["source"]) for cell in code))
    cells = [cell if cell["cell_type"] != "code" else {**cell, "outputs": next(ran)} for cell in book["cells"]]
    return {**book, "cells": cells}
