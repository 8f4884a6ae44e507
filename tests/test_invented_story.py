"""An invented story is labeled wherever a class meets it, or what was made of it; of a real one nobody says so."""

import json
from html import unescape

import pytest
from own_case import copy_of
from some import some
from typer.testing import CliRunner

import medialit
from medialit.authoring.course import course_on
from medialit.authoring.key import answer_key
from medialit.case import load_case
from medialit.classroom.wall import read_card, wall_page
from medialit.cli import app
from medialit.files import TAUGHT, kit_root
from medialit.progress import Progress
from medialit.show.correction_card import card_document

LABEL = "story is invented"


@pytest.fixture(params=[True, False], ids=["invented", "real"])
def own(request, tmp_path):
    """A folder with a case of one's own, and whether its story is invented."""
    folder = copy_of("averstow-pool", tmp_path, "our-pool")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    place = "published: {publisher: The Averstow Echo, headline: The pool, author: A. Writer, date: '2025-11-14'}\n"
    text = text.replace(" (an invented story)", "")
    assert "invented: true" in text
    text = text.replace("invented: true", "invented: true" if request.param else f"invented: false\n{place}")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder, request.param


def test_the_story_its_pages_and_its_key_say_it(own, tmp_path, monkeypatch):
    folder, invented = own
    case = load_case(folder)
    monkeypatch.setenv(TAUGHT, str(folder))
    told = {
        "story panel and start page": json.loads(course_on(case))["own"]["label"],
        "key": answer_key(case).partition("## 0")[0],
    }
    for page in ("exercises", "notebooks"):
        (tmp_path / "class" / page).mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "class" / page)
        told[page] = medialit.open_unit("claims", progress=Progress()).welcome().text
    monkeypatch.chdir(tmp_path)
    told["story"] = medialit.open_unit("claims", case=folder, progress=Progress()).read().text
    for path in ((), ("--path", "50")):
        run = CliRunner().invoke(app, ["print", "--case", str(folder), *path, "--out", "pack.html"])
        assert run.exit_code == 0, run.output
        told[f"pack {path}"] = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert {name: LABEL in text for name, text in some(told.items())} == dict.fromkeys(told, invented)
    # The workshops say that their own story is a real one: that is not said of another.
    assert not any("real story" in text or "real article" in text for text in told.values())


def test_a_card_a_report_and_a_page_of_feedback_say_it(own, tmp_path, monkeypatch):
    folder, invented = own
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "class" / "ada"
    place.mkdir(parents=True)
    unit = medialit.open_unit("correction", case=folder, progress=Progress(place / "my-progress.jsonl"))
    for name, task in unit.tasks.items():
        unit.submit(name, task.answer())
    card = card_document(unit.draft().page())
    assert ("an invented story" in card) == invented
    assert ("an invented story" in wall_page([read_card(card.encode())])) == invented
    for command in (["grade", "class", "--out", "out"], ["report", "out/gradebook.db"]):
        run = CliRunner().invoke(app, [*command, "--case", str(folder)])
        assert run.exit_code == 0, run.output
    assert "Completion and levels, 1 learner<" in (tmp_path / "out" / "report.html").read_text("utf-8")
    for page in ("out/report.html", "out/feedback/ada.html"):
        assert ("is invented: nothing in it exists." in unescape((tmp_path / page).read_text("utf-8"))) == invented, (
            page
        )


def test_the_start_page_is_true_of_any_story():
    start = json.loads((kit_root() / "notebooks" / "00-start.ipynb").read_text(encoding="utf-8"))
    words = "".join("".join(cell["source"]) for cell in start["cells"])
    assert "you take one article apart" in words
    assert "real article" not in words
