"""What grading a class costs, and whether every score is the one it must be. Beside nbgrader, in the same run.

Usage: python benchmarks/grading.py [--unit quotes] [--small] [--peers VENV] [--json FILE]

Makes classes of 30 and 300 (made_up_class.py), grades each by the command line, start of Python included, and compares every
score with the one known beforehand. Then a few honest notebooks by nbgrader, and a class of 3,000. Prints a table for
README.md; --json keeps every number; --small leaves the 3,000 out. VENV is an environment that holds nbgrader and this kit:

    python3 -m venv peers && peers/bin/pip install -c constraints.txt nbgrader . && \
        peers/bin/python -m compileall -q peers/lib
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from made_up_class import Made, faults, make_class, notebook, recorded, write_class
from peers import nbgrader_seconds, processor_seconds

from medialit.classroom.store import read_book

WRONG = "scores that are not as constructed"


def grade(place: Path, out: Path, *options: str) -> tuple[float, float, float]:
    """(seconds, peak MB of the parent, seconds of a processor) of one run of the command line, cold."""
    begun, busy = time.perf_counter(), processor_seconds()
    command = [sys.executable, "-m", "medialit", "grade", str(place), "--out", str(out), *options]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while running.poll() is None:
        peak = max(peak, _peak(running.pid))
        time.sleep(0.05)
    return time.perf_counter() - begun, peak, processor_seconds() - busy


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0)


def whole_class(unit: str, number: int, folder: Path) -> dict[str, Any]:
    """Make a class, grade it, and compare."""
    made = make_class(unit, number)
    place, out = write_class(made, folder / f"class-{number}"), folder / f"out-{number}"
    seconds, peak, busy = grade(place, out)
    wrong = faults(made, read_book(out / "gradebook.db"), unit)
    _, _, again = grade(place, out)
    for line in wrong:
        print("  WRONG:", line)
    return {
        "submissions": number,
        "kinds": {kind: sum(one.kind == kind for one in made) for kind in sorted({one.kind for one in made})},
        "seconds": seconds,
        "processor seconds": busy,
        "again": again,
        "parent, MB": peak,
        WRONG: len(wrong),
    }


def honest_class(unit: str, number: int) -> list[Made]:
    """Right answers by code, one notebook a learner."""
    codes = {task: answer.code for task, answer in recorded(unit)[0].items()}
    return [
        Made(f"right-{n:04}", "right", {f"{unit}.ipynb": notebook(unit, codes)}, dict.fromkeys(codes, 1.0))
        for n in range(number)
    ]


def table(found: dict[str, Any], load: str) -> str:
    """The numbers as lines of a table in Markdown, each beside its goal."""
    lines = [f"| what ({load}) | measured | goal |", "|---|---|---|"]

    def line(what: str, measured: str, goal: str = "") -> None:
        lines.append(f"| {what} | {measured} | {goal} |")

    goals = {"class of 300": "at most 4 s"}
    for name in ("class of 30", "class of 300", "class of 3,000"):
        if one := found.get(name):
            kinds = ", ".join(f"{count} {kind}" for kind, count in one["kinds"].items())
            told = f"**{one['processor seconds']:.1f} s** of processor time, {one['seconds']:.1f} s by the clock"
            line(f"{name} ({kinds}), start included", told, goals.get(name, ""))
            line(f"{name}: the same again, nothing new", f"{one['again']:.1f} s of processor time")
            line(f"{name}: {WRONG}", str(one[WRONG]), "0")
            line(f"{name}: memory of the parent", f"{one['parent, MB']:.0f} MB", "under 300 MB")
    if "times as long" in found:
        line("3,000 beside 300, processor time", f"**{found['times as long']:.1f} times as long**", "at most 11")
    ours, peer = found.get("300 honest"), found.get("nbgrader autograde")
    if ours:
        line(
            "300 honest notebooks", f"{ours['processor ms a submission']:.1f} ms of processor time each, start included"
        )
        line(f"300 honest: {WRONG}", str(ours[WRONG]), "0")
    if ours and peer:
        busy = 1000 * peer["processor seconds a submission"]
        passed = f"{peer['submissions']} of these, {100 * peer['tests passed']:.0f}% of their tests passed"
        times = busy / ours["processor ms a submission"]
        told = f"{busy / 1000:.1f} s of processor time each, **{times:.0f} times as long**"
        line(f"`nbgrader autograde`, {passed}", told, "300 times")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unit", default="quotes")
    parser.add_argument("--small", action="store_true", help="without the 3,000")
    parser.add_argument("--peers", type=Path, help="an environment with nbgrader")
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="made-up-class-"))
    found: dict[str, Any] = {}
    try:
        found["class of 30"] = whole_class(arguments.unit, 30, folder)
        found["class of 300"] = whole_class(arguments.unit, 300, folder)
        honest = honest_class(arguments.unit, 300)
        seconds, _, busy = grade(write_class(honest, folder / "honest"), folder / "out-honest")
        found["300 honest"] = {
            "seconds": seconds,
            "processor ms a submission": 1000 * busy / 300,
            WRONG: len(faults(honest, read_book(folder / "out-honest" / "gradebook.db"), arguments.unit)),
        }
        if arguments.peers:
            found["nbgrader autograde"] = nbgrader_seconds(
                arguments.peers, arguments.unit, honest[:6], folder / "nbgrader"
            )
        if not arguments.small:
            found["class of 3,000"] = whole_class(arguments.unit, 3000, folder)
            longer = found["class of 3,000"]["processor seconds"] / found["class of 300"]["processor seconds"]
            found["times as long"] = longer
    finally:
        # Also when it was stopped: what is measured is kept.
        found["processes that wanted the cores"] = os.getloadavg()
        load = " to ".join(f"{x:.0f}" for x in sorted((max(os.getloadavg()), min(os.getloadavg()))))
        print(table(found, f"{load} processes wanted {os.cpu_count()} cores"))
        if arguments.json:
            arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
