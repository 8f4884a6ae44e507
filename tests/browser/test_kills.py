"""The kernel or the page is killed while somebody types: no draft that is older than a second is lost."""

import random
from collections import Counter

import pytest
from kills import SECOND, Kills, outcomes, planned

COUNT = 60  # benchmarks/kills.py plays 2,000


def test_no_draft_older_than_a_second_is_lost(page, tmp_path):
    kinds, typed = Counter(), 0
    for _, outcome in outcomes(page, tmp_path, range(COUNT), seed=16):
        assert outcome.lost <= SECOND, (outcome.lost, outcome.plan, outcome.seen[-3:], outcome.found)
        if outcome.plan["storage"]:
            assert outcome.lost == 0, outcome.plan
        kinds[outcome.plan["kind"], outcome.plan["storage"]] += 1
        typed += len(outcome.seen) > 3
    assert kinds.total() == COUNT
    assert len(kinds) == 5
    assert typed > COUNT / 2


@pytest.mark.parametrize(("kind", "kill"), [("page", 600), ("kernel", 5000)])
def test_the_measure_can_fail(page, tmp_path, kind, kill):
    """Without the browser's memory and without drafts to Python, what was typed is gone, and it is noticed."""
    kills = Kills(page)
    plan = planned(random.Random(3)) | {"kind": kind, "storage": False, "place": ("quotes", "q6"), "delay": 10_000_000}
    plan |= {"keys": [{"at": 10, "text": " one", "field": 0, "option": 0}], "kill": kill, "end": kill}
    outcome = kills.play(plan, tmp_path / "p.jsonl")
    assert outcome.lost == kill - 10


def test_a_letter_typed_while_an_answer_is_on_its_way_is_not_forgotten(page, tmp_path):
    """The answer to the draft before must not take the newer words out of the browser's memory."""
    keys = [{"at": at, "text": text, "field": 0, "option": 0} for at, text in ((10, "one"), (640, " two"))]
    plan = {
        "kind": "kernel",
        "storage": True,
        "keys": keys,
        "kill": 800,
        "end": 800,
        "delay": 40,
        "place": ("quotes", "q6"),
    }
    outcome = Kills(page).play(plan, tmp_path / "p.jsonl")
    assert (outcome.found, outcome.lost) == ("one two", 0)
