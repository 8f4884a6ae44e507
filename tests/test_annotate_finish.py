"""The last part of the annotation notebook: what works by now, and the way to other people."""

import pytest
import saved_pages
from authors import Author
from pages import confirm_quotes, press

from medialit.authoring.annotate import PARTS, annotate
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
    confirm_quotes(quotes)
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


def done(folder, coder=1):
    """The parts of which every block says that they are done."""
    pages = {name: annotate(folder, coder, name) for name in PARTS}
    return [name for name, page in pages.items() if all(block["outcome"] == "done" for block in page.state.values())]


def test_a_part_says_when_everything_in_it_is_done(tmp_path):
    author = Author("library-roof", tmp_path).begin()
    folder = author.folder
    assert done(folder) == done(folder, 2) == []
    quotes = annotate(folder)
    confirm_quotes(quotes)
    assert "sides" in quotes.state
    assert quotes.state["sides"]["outcome"] == ""
    told = press(quotes, "save", "sides", {f"v{n}": name for n, name in enumerate(quotes._names(), 1)})
    assert told["outcome"] == "done"
    assert done(folder) == ["quotes"]
    author.claims().evidence().wording()
    assert done(folder) == ["quotes", "claims", "evidence", "wording"]
    assert done(folder, 2) == []
    # A proposal, a question or a sentence that comes back is open again.
    press(
        page := annotate(folder),
        "save",
        "marks",
        [[*quote.content, quote.kind] for quote in page.quotes[1:]] + [[0, 9, "indirect"]],
    )
    assert done(folder) == ["claims", "evidence", "wording"]


def test_a_second_coder_is_done_with_claims_when_every_sentence_is_judged(folder):
    press(annotate(folder, part="claims"), "save", "sentences", {"2": {"kind": "checkable"}, "9": {"kind": "opinion"}})
    page = annotate(folder, 2, "claims")
    press(page, "draft", "sentences", {"2": {"kind": "checkable"}})
    assert done(folder, 2) == []
    press(page, "save", "sentences", {"2": {"kind": "checkable"}, "9": {"kind": "none"}})
    assert done(folder, 2) == ["claims"]
