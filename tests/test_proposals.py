"""What the annotation page proposes on stories that the kit was not written with: good enough to begin from."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from proposals import SETS, measure

from medialit.article import Article
from medialit.authoring.coding import read_coding

STORIES = SETS[0]


@pytest.mark.parametrize("name", ["library-roof", "sorrel-quake", "swift-counter"])
def test_proposals_reach_their_goal_and_save_half_of_the_clicks(name):
    article = Article((STORIES / name / "article.txt").read_text(encoding="utf-8"))
    reading = read_coding(STORIES / name / "reading.yaml", article)
    counts = measure(article, reading)
    assert counts["read"] == len(reading) > 20
    assert 2 * counts["match"] / (counts["found"] + counts["read"]) >= 0.80
    assert counts["speaker"] / counts["said"] >= 0.70
    assert 2 * counts["help"] <= counts["hand"]
