"""How much of what somebody types is lost when the kernel or the page is killed at a random moment.

Usage: python benchmarks/kills.py [--count 2000] [--seed 1] [--jobs 2] [--log kills.jsonl]

Real Chromium, real widgets, a real progress file; only the clock is made up (tests/browser/kills.py). A draft is lost when it
is neither in the progress file nor in the browser's memory once everything was opened again. In part of the moments the
browser keeps nothing, as in a private window that forbids it. Needs the extra ``browser`` and Chromium.

Each moment is written to the log as soon as it was played. The same command once more goes on where it was stopped; a larger
``--count`` adds moments. Another seed needs a log of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from medialit.files import kit_root

for room in ("tests", "tests/browser"):
    sys.path.insert(0, str(kit_root() / room))
from kills import SECOND, outcomes  # noqa: E402
from lab import CHROMIUM, FLAGS  # noqa: E402


def part(numbers: list[int], seed: int, log: str) -> None:
    """Play these moments in a browser of their own, and write each to the log."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder, open(log, "a", encoding="utf-8") as kept:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        kept.write("\n")  # the last line may have been cut off
        for number, one in outcomes(browser.new_page(), Path(folder), numbers, seed):
            row = {"seed": seed, "number": number, "lost": one.lost}
            row |= {"kind": one.plan["kind"], "storage": one.plan["storage"]}
            row |= {"plan": one.plan} if one.lost > SECOND else {}
            kept.write(json.dumps(row) + "\n")
            kept.flush()
        browser.close()


def played(log: Path, seed: int) -> dict[int, dict[str, Any]]:
    """The moments in a log, by number; a line that was cut off when a run was stopped is left out.

    Exits when the log is of another seed.
    """
    found = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.is_file() else ():
        try:
            row = json.loads(line)
            found[row["number"]] = row
        except (ValueError, KeyError, TypeError):
            continue
        if row["seed"] != seed:
            sys.exit(f"{log} is of seed {row['seed']}. Give another --log.")
    return found


def summary(rows: list[dict[str, Any]]) -> str:
    """One line about these moments."""
    kinds: dict[str, int] = defaultdict(int)
    for row in rows:
        kinds[row["kind"] + ("" if row["storage"] else ", nothing kept")] += 1
    told = "; ".join(f"{kind}: {n}" for kind, n in sorted(kinds.items()))
    lost, kept = [row["lost"] for row in rows], [row["lost"] for row in rows if row["storage"]]
    old, any_of_kept = sum(age > SECOND for age in lost), sum(map(bool, kept))
    return (
        f"{len(rows)} moments ({told}). A draft older than 1 s was lost in {old}, the oldest lost was {max(lost)} ms old. "
        f"Where the browser keeps what is typed, anything was lost in {any_of_kept} of {len(kept)}."
    )


def main() -> None:
    """Play what the log lacks, print one line, and exit with status 1 when a draft older than a second was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--log", type=Path, default=Path("kills.jsonl"))
    given = parser.parse_args()
    before = played(given.log, given.seed)
    left = [number for number in range(given.count) if number not in before]
    with ProcessPoolExecutor(given.jobs, get_context("spawn")) as pool:
        parts = [numbers for place in range(given.jobs) if (numbers := left[place :: given.jobs])]
        for done in [pool.submit(part, numbers, given.seed, str(given.log)) for numbers in parts]:
            done.result()
    rows = [row for number, row in played(given.log, given.seed).items() if number < given.count]
    print(summary(rows))
    sys.exit(any(row["lost"] > SECOND for row in rows))


if __name__ == "__main__":
    main()
