"""What grading a class costs, and whether every score is the one it must be. Beside nbgrader and otter, in the same run.

Usage: python benchmarks/grading.py [--unit quotes] [--small] [--peers VENV] [--json FILE]

Makes a class of 300 (made_up_class.py), grades it by the command line, cold start included, compares every score with
the one known beforehand, and looks for traces that a hostile notebook must not leave. Then 300 honest notebooks, a few
of them by the peers, one on a warm bench, and 3,000. Prints a table for README.md; --json keeps every number; --small
leaves the 3,000 out. VENV is an environment that holds nbgrader, otter-grader and what this kit needs:

    python3 -m venv peers && peers/bin/pip install -c constraints.txt nbgrader otter-grader . && \
        peers/bin/python -m compileall -q peers/lib
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from made_up_class import Made, faults, make_class, notebook, recorded, write_class
from peers import nbgrader_seconds, otter_seconds, processor_seconds
from traces import Traces
from walls import walls_ms

from medialit.classroom.store import read_book

WRONG = "scores that are not as constructed, or traces"


def grade(place: Path, out: Path, *options: str, jobs: int = 2) -> tuple[float, float, float]:
    """(seconds, peak MB of the parent, seconds of a processor) of one run of the command line, cold."""
    begun, busy = time.perf_counter(), processor_seconds()
    command = [sys.executable, "-m", "medialit", "grade", str(place), "--out", str(out), "--jobs", str(jobs), *options]
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


def whole_class(unit: str, number: int, folder: Path, *options: str) -> dict[str, Any]:
    """Make a class, grade it, and compare."""
    with Traces(folder) as traces:
        made = make_class(unit, number, traces.canary, traces.port)
        place = write_class(made, folder / f"class-{number}")
        before = traces.digest(place)
        seconds, peak, busy = grade(place, folder / f"out-{number}", *options)
        wrong = faults(made, read_book(folder / f"out-{number}" / "gradebook.db"), unit)
        wrong += traces.found(place, before)
    kinds = {kind: sum(one.kind == kind for one in made) for kind in sorted({one.kind for one in made})}
    for line in wrong:
        print("  WRONG:", line)
    return {
        "submissions": number,
        "kinds": kinds,
        "seconds": seconds,
        "submissions a second": number / seconds,
        "processor seconds": busy,
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


def one_notebook(unit: str, number: int = 40) -> float:
    """Milliseconds of one honest submission on a warm bench, run in the jail and scored; median."""
    from medialit.classroom.grading import Bench, Options
    from medialit.classroom.intake import Submission

    bench = Bench(Options())
    found: list[float] = []
    for one in honest_class(unit, number):
        submission = Submission(one.learner, one.learner, one.files)
        begun = time.perf_counter()
        bench.grade(submission)
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found[3:])


def table(found: dict[str, Any], load: str) -> str:
    """The numbers as lines of a table in Markdown, each beside its goal."""
    lines = [f"| what ({load}) | measured | goal |", "|---|---|---|"]

    def line(what: str, measured: str, goal: str = "") -> None:
        lines.append(f"| {what} | {measured} | {goal} |")

    for name in ("class of 300", "class of 3,000"):
        if one := found.get(name):
            kinds = ", ".join(f"{count} {kind}" for kind, count in one["kinds"].items())
            line(
                f"{name} ({kinds}), jail on, 2 workers, start included",
                f"{one['seconds']:.0f} s, {one['processor seconds']:.0f} s of processor time",
            )
            line(f"{name}: scores that are not as constructed, or traces", str(one[WRONG]), "0")
            line(f"{name}: memory of the parent", f"{one['parent, MB']:.0f} MB", "under 300 MB")
    if "times as long" in found:
        line("3,000 beside 300", f"{found['times as long']:.1f} times as long", "at most 11")
    ours = found.get("300 honest")
    if ours:
        each = f"{ours['processor ms a submission']:.0f} ms of processor time each"
        line("300 honest notebooks, the same way", f"{ours['submissions a second']:.1f} a second, {each}")
        line("300 honest: scores that are not as constructed", str(ours[WRONG]), "0")
    for name, goal in (("nbgrader autograde", 40), ("otter run", 100)):
        if (peer := found.get(name)) and ours:
            clock = peer["seconds a submission"] * ours["submissions a second"]
            busy = 1000 * peer["processor seconds a submission"] / ours["processor ms a submission"]
            line(
                f"`{name}`, {peer['submissions']} of these, {100 * peer['tests passed']:.0f} % of their tests passed",
                f"{peer['seconds a submission']:.1f} s each, **{clock:.0f} times as long** (processor time: {busy:.0f})",
                f"{goal} times",
            )
    if walls := found.get("walls"):
        told = f"{walls['added, ms']:.1f} ms, {walls['added, ms of a processor']:.1f} ms of processor time (medians)"
        line("what the walls add to one notebook", told, "at most 10 ms")
    if "one submission, ms" in found:
        line("one honest notebook on a warm bench, median", f"{found['one submission, ms']:.0f} ms")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unit", default="quotes")
    parser.add_argument("--small", action="store_true", help="without the 3,000")
    parser.add_argument("--peers", type=Path, help="an environment with nbgrader and otter-grader")
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="made-up-class-"))
    found: dict[str, Any] = {}
    try:
        found["class of 300"] = whole_class(arguments.unit, 300, folder)
        honest = honest_class(arguments.unit, 300)
        seconds, _, busy = grade(write_class(honest, folder / "honest"), folder / "out-honest")
        found["300 honest"] = {
            "seconds": seconds,
            "submissions a second": 300 / seconds,
            "processor ms a submission": 1000 * busy / 300,
            WRONG: len(faults(honest, read_book(folder / "out-honest" / "gradebook.db"), arguments.unit)),
        }
        found["walls"] = walls_ms()
        if arguments.peers:
            found["nbgrader autograde"] = nbgrader_seconds(
                arguments.peers, arguments.unit, honest[:6], folder / "nbgrader"
            )
            found["otter run"] = otter_seconds(arguments.peers, arguments.unit, honest[:3], folder / "otter")
        found["one submission, ms"] = one_notebook(arguments.unit)
        if not arguments.small:
            found["class of 3,000"] = whole_class(arguments.unit, 3000, folder)
            found["times as long"] = found["class of 3,000"]["seconds"] / found["class of 300"]["seconds"]
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
