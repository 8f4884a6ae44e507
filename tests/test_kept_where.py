"""A page says truly where answers are kept, and reminds of a copy where all of them can vanish at once."""

import re

import pytest
from some import some

import medialit
from medialit.exercises import wording
from medialit.files import kit_root
from medialit.progress import Entry, Progress
from medialit.units import saved
from medialit.units.saved import keep_a_copy

RIGHT = ["marks", "said", "according"]


@pytest.fixture
def unit(monkeypatch):
    monkeypatch.delenv("BINDER_LAUNCH_HOST", raising=False)
    return medialit.open_unit("quotes", progress=Progress())


@pytest.fixture
def browser(monkeypatch):
    for module in (saved, wording):
        monkeypatch.setattr(module, "IN_BROWSER", True)


def test_on_a_computer_nothing_reminds_of_a_copy(unit):
    assert "saved on this computer" in unit.welcome().text
    assert "copy" not in unit.check("1.3", RIGHT).text


def test_in_the_browser_the_first_answer_brings_the_reminder_and_the_second_does_not(unit, browser):
    assert "saved in this browser" in unit.welcome().text
    assert "in this browser alone" in unit.check("1.3", RIGHT).text
    assert "browser alone" not in unit.check("1.3", ["marks"]).text


def test_by_click_it_stands_below_the_feedback(unit, browser):
    quiz = unit.quiz("q1")
    quiz.answer("b")
    (block,) = quiz.boxes.values()
    assert "in this browser alone" in block.state["feedback"]


def test_on_binder_it_names_the_idle_minutes(unit, monkeypatch):
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://binder.example")
    assert "ten idle minutes" in unit.check("1.3", RIGHT).text


def test_it_comes_again_after_every_tenth_answer(browser):
    progress, when = Progress(), []
    for number in range(1, 31):
        progress.add(Entry("attempt", answer=number))
        progress.add(Entry("draft", answer=number))
        if keep_a_copy(progress):
            when.append(number)
    assert when == [1, 10, 20, 30]


def test_a_page_for_the_browser_speaks_of_no_computer_as_the_place_of_the_answers():
    pages = [p for name in ("notebooks", "exercises") for p in (kit_root() / name).glob("*.ipynb")]
    told = [wording.for_the_browser(page.read_text(encoding="utf-8")) for page in some(pages)]
    assert sum("in this browser" in text for text in told) > 10
    assert not [text for text in told if re.search(r"(saved|file|kept) on this computer", text)]


def test_what_a_learner_reads_names_no_notebook_no_kit_and_no_server():
    """Somebody in a browser has none of them. A reminder that begins with Binder appears on Binder alone."""
    texts = [
        p
        for kind in ("*.md", "*.yaml")
        for p in (kit_root() / "course").rglob(kind)
        if p.parent.name != "tests" and p.name != "site.yaml"
    ]
    wrong = re.compile(r"next to this notebook|\b[Tt]he kit\b|on Binder|The page is 0\d")
    assert not [(p.name, found[0]) for p in some(texts) if (found := wrong.search(p.read_text(encoding="utf-8")))]


def test_in_the_browser_no_folder_is_named_beside_the_file_to_download(tmp_path, monkeypatch):
    progress = Progress(tmp_path / "my-progress.jsonl")
    assert "folder of the course" in saved.download_view(progress).text
    monkeypatch.setattr(saved, "IN_BROWSER", True)
    assert "folder" not in saved.download_view(progress).text
