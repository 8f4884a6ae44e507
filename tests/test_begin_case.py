"""The way in: a pasted text or a file becomes a case on a page, and what cannot be one is refused in a sentence."""

import base64
import json

import pytest
import saved_pages
from pages import press, sent
from some import some
from typer.testing import CliRunner

from medialit.article import Article
from medialit.authoring.annotate import PARTS, begin_case
from medialit.authoring.annotate.begin import DRAFT
from medialit.authoring.annotate.pages import begin_notebook, begin_page, coder_page, settle_page, view_of
from medialit.authoring.article_file import read_article
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.newcase import guess_language, propose_name
from medialit.case import load_case
from medialit.cli import app
from medialit.errors import MedialitError

LINES = [saved_pages.TITLE, *saved_pages.BODY]
TEXT = "\n".join(LINES)
ABOUT = {"title": "The ferry bridge", "name": "ferry-bridge", "language": "en", "kind": "invented"}


@pytest.fixture
def page(tmp_path):
    return begin_case(folder=tmp_path)


def upload(page, name, data):
    given = {"name": name, "size": len(data), "data": base64.b64encode(data).decode()}
    return press(page, "choose", "file", given)


def lines(page):
    return page.state["lines"]["answer"]


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_pasted_text_becomes_a_case_in_three_steps(page, tmp_path):
    press(page, "read", "paste", TEXT)
    assert lines(page) == {"lines": LINES, "left": []}
    blocks = Article(TEXT).blocks
    assert page.state["lines"]["signs"]["numbers"] == [block.number for block in blocks]
    assert 0 in page.state["lines"]["signs"]["numbers"]
    press(page, "save", "lines", lines(page))
    proposed = page.state["about"]["answer"]
    assert (proposed["title"], proposed["name"], proposed["language"]) == (LINES[0], "ferry-quarter-waits-bridge", "en")
    press(page, "freeze", "about", ABOUT)
    assert "ferry-bridge/annotate-coder-1.ipynb" in sent(page)
    case = load_case(tmp_path / "ferry-bridge")
    assert (case.title, case.article.text, case.about.invented) == ("The ferry bridge", TEXT + "\n", True)
    assert (case.folder / "annotate-coder-1.ipynb").is_file()
    # Nothing of the way in is left.
    assert not (tmp_path / DRAFT).exists()
    assert check_case(case.folder)
    assert "cannot" not in verdict(check_case(case.folder))[0]


@pytest.mark.parametrize("name", ["a.html", "a.pdf"])
def test_an_uploaded_file_is_read_as_the_command_reads_it(page, tmp_path, name):
    data = saved_pages.semantic().encode() if name == "a.html" else saved_pages.spaced_pdf()
    upload(page, name, data)
    (tmp_path / name).write_bytes(data)
    found = read_article(tmp_path / name)
    assert lines(page) == {"lines": list(found.paragraphs), "left": list(found.left_out)}
    assert lines(page)["left"]
    assert "base64" not in sent(page)
    press(page, "save", "lines", lines(page))
    about = page.state["about"]["answer"]
    assert {key: about.get(key, "") for key in found.about if key in about} == {
        key: text for key, text in found.about.items() if key in about
    }


def test_what_is_corrected_on_the_page_is_what_is_frozen(page, tmp_path):
    upload(page, "a.html", saved_pages.semantic().encode())
    given = lines(page)
    given["lines"][2] = f"  {given['lines'][2]}\u200b and more.\nA line that was pasted in."
    given["lines"].insert(1, given["left"].pop(0))
    press(page, "draft", "lines", given)
    # Somebody closes the window and comes back.
    again = begin_case(folder=tmp_path)
    kept = lines(again)
    assert kept["lines"][1] == given["lines"][1]
    assert kept["lines"][3].endswith("and more.")
    assert kept["lines"][4] == "A line that was pasted in."
    assert kept["left"] == given["left"]
    press(again, "save", "lines", kept)
    press(again, "draft", "about", {"title": "Half", "author": "Ana"})
    third = begin_case(folder=tmp_path)
    press(third, "save", "lines", lines(third))
    assert third.state["about"]["answer"]["author"] == "Ana"
    press(third, "freeze", "about", {**ABOUT, "kind": "real", "licence": "CC BY 4.0", "date": "May 3, 2024"})
    case = load_case(tmp_path / "ferry-bridge")
    assert case.article.text.splitlines() == kept["lines"]
    assert (case.about.rights, case.about.published.date) == ("CC BY 4.0", "2024-05-03")


def test_a_page_with_two_articles_asks_which(page, tmp_path):
    second = "".join(f"<p>{line.replace('bridge', 'tunnel')}</p>" for line in saved_pages.BODY)
    first = "".join(f"<p>{line}</p>" for line in saved_pages.BODY)
    html = f"<html><body><article><h1>One</h1>{first}</article><article><h1>Two</h1>{second}</article></body></html>"
    upload(page, "two.html", html.encode())
    assert "holds 2 articles" in sent(page)
    press(page, "read", "which", "2")
    assert "tunnel" in " ".join(lines(page)["lines"])
    assert "bridge" not in " ".join(lines(page)["lines"])


ARABIC = "قالت المدينة إن الجسر مغلق. " * 40
BAD = {
    "short": (b"Thirty words are no story. " * 6, "a.txt", "A case needs an article of 80 words or more"),
    "long": (b"word " * 60_000, "a.txt", "Choose one article of at most 5,000 words"),
    "empty": (b" \n", "a.txt", "is empty"),
    "mixed": ("caf\u00e9\n".encode() + b"na\xefve\n", "a.txt", "mixes two encodings"),
    "scan": (saved_pages.scanned_pdf(), "a.pdf", "has no text layer"),
    "login": (b"<html><body><p>Sign in</p><input type='password'></body></html>", "a.html", "asks you to sign in"),
    "zip": (b"PK\x03\x04nothing", "a.docx", "is damaged"),
    "picture": (b"\x89PNG\r\n", "a.png", "is a picture"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_article_is_refused_as_on_the_command_line(page, tmp_path, kind):
    data, name, says = BAD[kind]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MedialitError, match=says) as caught:
        read_article(tmp_path / name)
    (tmp_path / name).unlink()
    told = upload(page, name, data)["feedback"]
    assert str(caught.value).split("“")[0][:60] in told.replace("&#x27;", "'").replace("&quot;", '"')
    assert [*page.state] == ["paste", "file"]
    assert files(tmp_path) == []


def test_a_pasted_text_that_is_too_short_stays_in_its_box(page, tmp_path):
    state = press(page, "read", "paste", "Thirty words.")
    assert "The pasted text has 2 words." in state["feedback"]
    assert state["answer"] == "Thirty words."
    assert files(tmp_path) == []
    # Half of a character that a browser may hold, and text that runs from right to left.
    press(page, "read", "paste", ARABIC + "\ud83d")
    press(page, "save", "lines", lines(page))
    assert page.state["about"]["answer"]["language"] == "ar"


def test_a_file_that_is_too_large_for_a_message_is_named(page):
    state = press(page, "choose", "file", {"name": "big.pdf", "size": 12_000_000, "data": ""})
    assert "big.pdf has 12 MB. An article is far smaller" in state["feedback"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "Ferry Bridge"}, "cannot be the name of a case"),
        ({"name": ""}, "cannot be the name of a case"),
        ({"name": "con"}, "On Windows no folder"),
        ({"name": "missile-tests"}, "is in the kit already"),
        ({"name": "taken"}, "There is something at"),
        ({"name": "../up"}, "cannot be the name of a case"),
        ({"title": " "}, "Give the story a title"),
        ({"kind": "real"}, "Whose text is this, and why may you show it"),
        ({"date": "someday"}, "is not a date that can be read"),
        ({"language": "English"}, "is not the code of a language"),
    ],
)
def test_what_cannot_be_frozen_is_said_and_nothing_is_written(page, tmp_path, change, says):
    (tmp_path / "taken").mkdir()
    press(page, "read", "paste", TEXT)
    press(page, "save", "lines", lines(page))
    state = press(page, "freeze", "about", ABOUT | change)
    assert says in state["feedback"]
    assert files(tmp_path) == [DRAFT]
    press(page, "freeze", "about", ABOUT)
    assert load_case(tmp_path / "ferry-bridge").title == "The ferry bridge"


def test_all_that_keeps_a_case_from_being_frozen_is_said_at_once(page, tmp_path):
    press(page, "read", "paste", TEXT)
    press(page, "save", "lines", lines(page))
    state = press(page, "freeze", "about", ABOUT | {"name": "../up", "date": "someday", "language": "English"})
    for says in ("“../up” cannot be the name", "“someday” is not a date", "“English” is not the code"):
        assert says in state["feedback"]
    assert files(tmp_path) == [DRAFT]
    assert not (tmp_path.parent / "up").exists()


def test_a_first_paragraph_is_no_title_and_a_text_that_is_too_long_is_said(page, tmp_path):
    press(page, "read", "paste", "\n".join(["word " * 200, *LINES]))
    press(page, "save", "lines", lines(page))
    about = page.state["about"]["answer"]
    assert about["title"] == "word " * 31 + "…"
    told = press(page, "freeze", "about", about | ABOUT | {"publisher": "x" * 121})["feedback"]
    assert "“Where did it appear?” has 121 characters." in told
    assert not (tmp_path / "ferry-bridge").exists()
    press(page, "freeze", "about", about | ABOUT)
    assert (tmp_path / "ferry-bridge").is_dir()


def test_an_article_that_was_cut_too_short_is_not_frozen(page, tmp_path):
    press(page, "read", "paste", TEXT)
    state = press(page, "save", "lines", {"lines": LINES[:2], "left": LINES[2:]})
    assert "A case needs an article of 80 words or more" in state["feedback"]
    assert lines(begin_case(folder=tmp_path))["left"] == LINES[2:]
    press(page, "back", "lines", lines(page))
    assert [*page.state] == ["paste", "file"]


@pytest.mark.parametrize("first", ["PKK leader speaks", "GIF8 is a rumor", "bplist", "%PDF is a form of file"])
def test_a_pasted_text_is_a_text_whatever_its_first_word_is(page, tmp_path, first):
    press(page, "read", "paste", f"{first}\n{TEXT}")
    press(page, "save", "lines", lines(page))
    about = {"title": "The\u202e \nbridge ", "language": "EN_us", "date": " 3 May 2024"}
    press(page, "freeze", "about", ABOUT | about)
    case = load_case(tmp_path / "ferry-bridge")
    assert case.article.text.startswith(first)
    assert (case.title, case.about.language, case.about.published.date) == ("The bridge", "en-us", "2024-05-03")
    assert case.about.provenance == "Pasted as a text."
    assert "Pasted as a text." in (case.folder / "README.md").read_text(encoding="utf-8")


def test_a_damaged_draft_is_no_trouble(tmp_path):
    for text in ("{", "[]", '{"found": {"x": 1}}', '{"found": 3}'):
        (tmp_path / DRAFT).write_text(text, encoding="utf-8")
        assert [*begin_case(folder=tmp_path).state] == ["paste", "file"]


def test_a_name_is_proposed_that_can_be_one(tmp_path):
    assert propose_name("Éole: la centrale à l'arrêt", tmp_path) == "eole-la-centrale-larret"
    assert propose_name("مدينة", tmp_path) == ""
    (tmp_path / "one").mkdir()
    assert propose_name("The One", tmp_path) == "one-2"
    assert propose_name("Con", tmp_path) == "con-2"
    assert propose_name("Missile tests", tmp_path) == "missile-tests-2"
    assert len(propose_name("x" * 99, tmp_path)) <= 40
    assert (guess_language("שלום עולם"), guess_language("Hola"), guess_language("")) == ("he", "en", "en")


def test_the_course_view_runs_what_the_command_lists_and_nothing_else(tmp_path):
    path = begin_notebook(tmp_path, "ferry")
    view = json.loads(view_of([begin_page("ferry"), coder_page(1)]))
    # What the last part makes may run as well.
    assert set(view["pages"]) == {"begin-a-case", "annotate-coder-1", "annotate-coder-2", "settle-coders"}
    for page in some([begin_page("ferry"), coder_page(1), coder_page(2), settle_page("Any title")]):
        written = json.loads(page.write(tmp_path).read_text(encoding="utf-8"))
        assert written["metadata"]["medialit"] == {"page": page.name}
        code = ["".join(cell["source"]) for cell in written["cells"] if cell["cell_type"] == "code"]
        assert code == view["pages"][page.name]["code"]
    assert [section["title"] for section in view["pages"]["annotate-coder-1"]["sections"]] == [
        part.title for part in PARTS.values()
    ]
    assert path.name == "begin-a-case.ipynb"
    assert 'begin_case("ferry")' in view["pages"]["begin-a-case"]["code"][0]


def test_a_notebook_with_cells_of_ones_own_is_not_replaced(tmp_path):
    path = coder_page(1).write(tmp_path)
    old = path.read_text(encoding="utf-8").replace('part=\\"quotes\\"', 'part=\\"other\\"')
    path.write_text(old, encoding="utf-8")
    assert 'part=\\"quotes\\"' in coder_page(1).write(tmp_path).read_text(encoding="utf-8")
    own = json.loads(path.read_text(encoding="utf-8"))
    own["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "A note"})
    path.write_text(json.dumps(own), encoding="utf-8")
    assert "A note" in coder_page(1).write(tmp_path).read_text(encoding="utf-8")


def test_the_commands_open_their_page_and_leave_nothing_behind(tmp_path, monkeypatch):
    opened = []

    def open_lab(folder, port, browser, plain=False, page="", own=""):
        opened.append((folder, page, (folder / page).is_file(), browser, set(json.loads(own)["pages"])))

    monkeypatch.setattr("medialit.launch.open_lab", open_lab)

    def run(*words):
        done = CliRunner().invoke(app, ["author", "case", *words])
        assert done.exit_code == 0, done.output
        return done.output

    made = {"annotate-coder-2", "settle-coders"}
    both = {"begin-a-case", "annotate-coder-1"} | made
    run("begin", "--folder", str(tmp_path), "--no-browser")
    assert opened.pop() == (tmp_path, "begin-a-case.ipynb", True, False, both)
    run("new", "ferry", "--folder", str(tmp_path / "new"))
    assert opened.pop() == (tmp_path / "new", "begin-a-case.ipynb", True, True, both)
    assert files(tmp_path) == []
    page = begin_case(folder=tmp_path)
    press(page, "read", "paste", TEXT)
    press(page, "save", "lines", lines(page))
    press(page, "freeze", "about", ABOUT)
    folder = tmp_path / "ferry-bridge"
    run("annotate", str(folder), "--coder", "2")
    assert opened.pop() == (folder, "annotate-coder-2.ipynb", True, True, {"annotate-coder-2"})
    run("settle", str(folder))
    assert opened.pop() == (folder, "settle-coders.ipynb", True, True, {"settle-coders"})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("new", "Ferry Bridge"), "cannot be the name of a case"),
        (("annotate", "nowhere"), "There is no case at"),
        (("settle", "missile-tests"), "belongs to the kit"),
        (("begin", "--folder", "FILE"), "Choose another folder"),
    ],
)
def test_what_a_command_cannot_open_is_said(tmp_path, words, says):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    given = [str(tmp_path / "file") if word == "FILE" else word for word in words]
    done = CliRunner().invoke(app, ["author", "case", *given])
    assert done.exit_code == 1
    assert says in str(done.exception or done.output)
