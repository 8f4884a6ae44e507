"""What the kit costs a learner: import, one check, a live kernel, a notebook. Each beside a peer, in the same run.

Usage: python benchmarks/kit.py [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from medialit.files import kit_root

HEAVY = "import nltk, matplotlib.pyplot, ipywidgets\ntry:\n    import pandas\nexcept ImportError:\n    pass"


def starts(runs: int = 15) -> dict[str, float]:
    """Seconds to start Python, and to start it and import the kit, in turn; medians."""
    found: dict[str, list[float]] = {"python": [], "import medialit": []}
    for _ in range(runs):
        for name, code in (("python", "pass"), ("import medialit", "import medialit")):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            found[name].append(time.perf_counter() - begun)
    return {name: median(values) for name, values in found.items()}


def checks(runs: int = 20) -> dict[str, float]:
    """Milliseconds of one check of the right answer, for each task; medians after a first check."""
    import medialit
    from medialit.progress import Progress

    unit = medialit.open_unit("quotes", progress=Progress())
    found = {}
    for task in unit.tasks.values():
        answer = task.answer()
        task.check(answer)
        values = []
        for _ in range(runs):
            begun = time.perf_counter()
            task.check(answer)
            values.append(1000 * (time.perf_counter() - begun))
        found[task.id] = median(values)
    return found


def speed(kilobytes: int = 600) -> float:
    """KB of news that find_quotes reads in a second: the article, repeated."""
    import medialit

    text = medialit.load_case("missile-tests").article.text
    many = "\n".join([text] * (kilobytes * 1000 // len(text.encode())))
    medialit.find_quotes(text)
    begun = time.perf_counter()
    medialit.find_quotes(many)
    return len(many.encode()) / 1000 / (time.perf_counter() - begun)


def kernel_memory(cells: list[str], folder: Path) -> float:
    """MB (proportional set size) of a live kernel after these cells; Linux only."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(
        kernel_name="python3", cwd=str(folder), env={**os.environ, "MEDIALIT_PROGRESS": ":memory:"}
    )
    try:
        for cell in cells:
            client.execute_interactive(cell, timeout=120, output_hook=lambda _: None)
        return pss(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def pss(pid: int | str) -> float:
    """MB that a process takes, with its part of what it shares. Linux only; raises OSError when it has ended."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1000 for line in rollup.splitlines() if line.startswith("Pss:"))


def memory() -> dict[str, float]:
    """MB of a bare kernel, of one that imported the usual packages, and of one that ran a lesson."""
    import nbformat

    root = kit_root()
    lessons = {"a bare kernel": ["1"], "nltk, pandas, matplotlib and widgets imported": [HEAVY]}
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        lessons[f"{path.stem} run top to bottom"] = [c.source for c in notebook.cells if c.cell_type == "code"]
    return {name: kernel_memory(cells, root / "notebooks") for name, cells in lessons.items()}


def sizes() -> dict[str, float]:
    """KB of each committed notebook."""
    root = kit_root()
    folders = ("notebooks", "exercises", "solutions")
    return {
        str(p.relative_to(root)): p.stat().st_size / 1000
        for name in folders
        for p in sorted((root / name).glob("*.ipynb"))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    arguments = parser.parse_args()
    # First, while this process has loaded next to nothing: pages that two processes share would count only half.
    kernels = memory() if Path("/proc/self/smaps_rollup").exists() else {}
    start = starts()
    found = {
        "start, seconds": start,
        "import against Python's own start": start["import medialit"] / start["python"],
        "check, milliseconds": checks(),
        "find_quotes, KB a second": speed(),
        "notebooks, KB": sizes(),
    }
    if kernels:
        found["kernel memory, MB"] = kernels
    for name, value in found.items():
        if isinstance(value, dict):
            print(name)
            for part, number in value.items():
                print(f"  {part:<50} {number:10.3f}")
        else:
            print(f"{name:<52} {value:10.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
