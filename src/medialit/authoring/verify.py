"""All checks of a checkout, one after the other: what ``make test`` runs, on every system.

``more`` as an argument (``make test-more``) runs the workshops' pages, whose cells are those of the lessons. The tests in a
real browser take longer than all others together: ``make test-browser``.

``floors`` (``make test-floors``, in an environment with the lowest versions that pyproject.toml allows) runs most of the unit
tests and the solutions of one unit, and measures what share of the code they reach.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

NBVAL = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "--nbval-sanitize-with=tests/sanitize.cfg"]
# One pool for tests and notebooks, so that no processor is idle at the end of either, and three processes for two
# processors, because some tests wait for a clock. Whole files to one process: a notebook's cells depend on each other. The
# longest first, in the order of tests/conftest.py.
POOL = ["-n3", "--dist", "loadfile", "--no-loadscope-reorder"]
WORKSHOPS = "notebooks/workshop-*.ipynb"
APART = ["--ignore=tests/browser", f"--ignore-glob={WORKSHOPS}"]

# With the lowest versions: what takes long and hardly depends on them is left out, and what cuts a text anew: an older NLTK
# cuts it otherwise, and only a frozen case does not depend on that.
PASSED_OVER = (
    "browser", "test_annotate_finish.py", "test_attacks.py", "test_bounds.py", "test_casecheck.py", "test_case_*.py",
    "test_environment.py",
    "test_framing_lens.py", "test_layers.py", "test_made_up_class.py", "test_marks_*.py",
    "test_partial_case.py", "test_progress_disk.py", "test_proposals.py", "test_quotes*.py", "test_reading.py",
    "test_rerun.py", "test_respan.py", "test_rests.py", "test_statements.py", "test_three_stories.py",
)  # fmt: skip

# These keep one processor busy: they run beside the tests, which often wait, and are told after them.
BESIDE = ("types", "notebooks agree with their sources")
Steps = tuple[tuple[str, list[str]], ...]
STEPS: Steps = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("notebooks agree with their sources", ["-m", "medialit", "author", "build", "--check"]),
    (
        "unit tests, and notebooks give the outputs they show",
        ["-m", "pytest", *POOL, *NBVAL, *APART, "tests", "notebooks", "exercises", "solutions"],
    ),
)


def more(root: Path) -> Steps:
    """What ``STEPS`` leave out."""
    pages = [page.relative_to(root).as_posix() for page in sorted(root.glob(WORKSHOPS))]
    return (("workshop pages", ["-m", "pytest", "-rs", *POOL, *NBVAL, *pages]),)


SKIPPED = [f"--ignore-glob=tests/{name}" for name in PASSED_OVER]
LOWEST = ["--cov=medialit", "--cov-report=", "--nbval-lax", "--nbval-current-env", "tests", "solutions/01-quotes.ipynb"]
FLOORS: Steps = (
    ("unit tests, and the solutions of one unit", ["-m", "pytest", *POOL, *SKIPPED, *LOWEST]),
    ("how many percent of the code's statements they reach", ["-m", "coverage", "report", "--format=total"]),
)


def main(arguments: list[str]) -> int:
    """Run every step, even after one failed; returns 0 when all passed."""
    root = Path.cwd()
    if not (root / "pyproject.toml").is_file():
        print("Run this in the folder of the project, where pyproject.toml lies.")
        return 2
    # Compiled files are kept, whatever the shell says: a hundred processes begin here, and each would compile the kit anew.
    env = {**os.environ, "MEDIALIT_PROGRESS": ":memory:", "PYTHONDONTWRITEBYTECODE": ""}
    failed = []
    asked = more(root) if arguments == ["more"] else FLOORS if arguments == ["floors"] else STEPS

    def run(name: str, command: list[str], **how: Any) -> str:
        start = time.monotonic()
        done = subprocess.run([sys.executable, *command], env=env, cwd=root, text=True, errors="replace", **how)
        if done.returncode:
            failed.append(name)
        return f"{done.stdout or ''}   {time.monotonic() - start:.0f} seconds"

    with ThreadPoolExecutor() as pool:
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        beside = {name: pool.submit(run, name, command, **quiet) for name, command in asked if name in BESIDE}
        for name, command in asked:
            if name not in beside:
                print(f"== {name}", flush=True)
                print(run(name, command), flush=True)
        for name, told in beside.items():
            print(f"== {name}\n{told.result()}", flush=True)
    print(f"== failed: {'; '.join(failed)}" if failed else "== all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
