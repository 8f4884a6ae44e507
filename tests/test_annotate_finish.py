"""The last part of the annotation notebook: what works by now, and the way to other people."""

import pytest
import saved_pages
from pages import press

from medialit.authoring.annotate import annotate
from medialit.case import load_case


@pytest.fixture
def folder(tmp_path):
    return saved_pages.ferry_case(tmp_path)


def test_what_works_is_said_when_somebody_asks(folder):
    page = annotate(folder, part="finish")
    told = press(page, "look", "works")["feedback"]
    assert "Unit 1 does not work yet." in told
    assert "✓ 0.1" in told
    quotes = annotate(folder)
    press(quotes, "save", "marks", [[*quote.content, quote.kind] for quote in quotes.quotes])
    press(
        quotes,
        "save",
        "speakers",
        {f"q{n}": "yes" if q.speaker_name else "nobody" for n, q in enumerate(quotes.quotes, 1)},
    )
    told = press(page, "look", "works")["feedback"]
    assert "You can teach with this case." in told
    assert "✓ 1.1" in told


def test_a_second_persons_notebook_and_the_settle_page_are_a_click_away(folder):
    page = annotate(folder, part="finish")
    told = press(page, "settle", "second")["feedback"]
    assert 'href="settle-coders.ipynb"' in told
    told = press(page, "second", "second")["feedback"]
    assert 'href="annotate-coder-2.ipynb"' in told
    for name in ("settle-coders", "annotate-coder-2"):
        assert (folder / f"{name}.ipynb").is_file()


def test_the_lines_for_a_class_can_be_copied_as_they_are(tmp_path):
    folder = saved_pages.ferry_case(tmp_path / "my stories")
    page = annotate(folder, part="finish")
    told = next(block["prompt"] for block in page.blocks if block["id"] == "teach")
    for command in ("lab --case", "print --case", "author key --case", "author case pack"):
        assert f"medialit {command} &quot;{load_case(folder).folder}&quot;" in told


def test_a_second_coder_is_told_what_is_next_and_nothing_else(folder):
    assert [*annotate(folder, 2, "finish").state] == ["done"]
