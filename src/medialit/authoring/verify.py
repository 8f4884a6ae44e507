"""All checks of a checkout, one after the other: what ``make test`` runs, on every system.

Two are apart: the tests in a real browser take longer than all others together (``make test-browser``), and the attacks on
the grader are made once more as another user where root runs the tests (``make test-attacks``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

NBVAL = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "--nbval-sanitize-with=tests/sanitize.cfg"]
# One pool for tests and notebooks, so that no processor is idle at the end of either, and three processes for two
# processors, because some tests wait for a clock. Whole files to one process: a notebook's cells depend on each other. The
# longest first, in the order of tests/conftest.py.
POOL = ["-n3", "--dist", "loadfile", "--no-loadscope-reorder"]
APART = ["--ignore=tests/browser", "--ignore=tests/test_attacks_as_a_user.py"]

STEPS: tuple[tuple[str, list[str]], ...] = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("notebooks agree with their sources", ["-m", "medialit", "build", "--check"]),
    (
        "unit tests, and notebooks give the outputs they show",
        ["-m", "pytest", *POOL, *NBVAL, *APART, "tests", "notebooks", "exercises", "solutions"],
    ),
)


def main() -> int:
    """Run every step, even after one failed; returns 0 when all passed."""
    root = Path.cwd()
    if not (root / "pyproject.toml").is_file():
        print("Run this in the folder of the project, where pyproject.toml lies.")
        return 2
    env = {**os.environ, "MEDIALIT_PROGRESS": ":memory:"}
    failed = []
    for name, arguments in STEPS:
        print(f"== {name}", flush=True)
        start = time.monotonic()
        if subprocess.run([sys.executable, *arguments], env=env, cwd=root).returncode:
            failed.append(name)
        print(f"   {time.monotonic() - start:.0f} seconds", flush=True)
    print(f"== failed: {'; '.join(failed)}" if failed else "== all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
