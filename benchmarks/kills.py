"""How much of what somebody types is lost when the kernel or the page is killed at a random moment.

Usage: python benchmarks/kills.py [--count 2000] [--seed 1]

Real Chromium, real widgets, a real progress file; only the clock is made up (tests/browser/kills.py). A draft is lost when it
is neither in the progress file nor in the browser's memory once everything was opened again. In part of the moments the
browser keeps nothing, as in a private window that forbids it. Needs the extra ``browser`` and Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from medialit.files import kit_root

for room in ("tests", "tests/browser"):
    sys.path.insert(0, str(kit_root() / room))
from kills import SECOND, outcomes  # noqa: E402
from lab import CHROMIUM, FLAGS  # noqa: E402


def main() -> None:
    """Play the moments, print a table, and exit with status 1 when a draft older than a second is lost."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lost: dict[tuple[str, bool], list[int]] = defaultdict(list)
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for outcome in outcomes(browser.new_page(), Path(folder), given.count, given.seed):
            lost[outcome.plan["kind"], outcome.plan["storage"]].append(outcome.lost)
            if outcome.lost > SECOND:
                print(f"lost {outcome.lost} ms: {outcome.plan}", flush=True)
        browser.close()
    print("| what was killed | browser's memory | moments | nothing lost | oldest lost |\n|---|---|---|---|---|")
    for (kind, storage), found in sorted(lost.items()):
        print(f"| {kind} | {'yes' if storage else 'forbidden'} | {len(found)} | {found.count(0)} | {max(found)} ms |")
    worst = max(max(found) for found in lost.values())
    print(f"{sum(map(len, lost.values()))} moments; the oldest draft that was lost was {worst} ms old.")
    sys.exit(worst > SECOND)


if __name__ == "__main__":
    main()
