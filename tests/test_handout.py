"""What learners get holds all that they need and nothing that answers a question."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from prompt import typed
from some import some

from medialit.authoring import handout
from medialit.authoring.handout import RECORD, handout_command
from medialit.errors import MedialitError
from medialit.files import kit_root

ROOT = kit_root()


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    folder = tmp_path_factory.mktemp("give") / "für alle"
    said = handout_command(folder)
    assert "no solution, no key, no answer key" in said[0]
    return folder


@pytest.fixture
def agrees(monkeypatch):
    """Pages that agree with the course, as they did for ``given``: to look again would take longer than all else."""
    monkeypatch.setattr(handout, "drifted", lambda root: [])


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_page_is_there_and_each_link_of_a_page_leads_to_one(given):
    for part in ("notebooks", "exercises"):
        pages = {path.name for path in (ROOT / part).glob("*.ipynb")}
        assert pages == {path.name for path in (given / part).iterdir()}
    for page in some(sorted(given.rglob("*.ipynb"))):
        text = " ".join(cell.source for cell in nbformat.read(page, as_version=4).cells if cell.cell_type == "markdown")
        for link in re.findall(r"\]\(([\w./-]+\.ipynb)", text):
            assert (page.parent / link).resolve().is_file(), (page.name, link)


def test_only_what_learners_may_have_is_there(given):
    tops = {name.split("/")[0] for name in names(given)}
    assert tops == {"notebooks", "exercises", "datasets", "README.md", "LICENSE", "LICENSE-CONTENT", RECORD}
    data = {
        name.split("/", 2)[-1] for name in names(given) if name.startswith("datasets/") and "/lexicons/" not in name
    }
    assert data == {"article.txt", "glossary.yaml"}


def test_no_file_holds_a_solution_or_a_key(given):
    """Looked for by the very code of the solutions."""
    secrets = []
    for path in some(sorted((ROOT / "solutions").glob("*.ipynb"))):
        solved, given_out = (
            {c.source for c in nbformat.read(ROOT / part / path.name, as_version=4).cells if c.cell_type == "code"}
            for part in ("solutions", "exercises")
        )
        secrets += [code for code in solved - given_out if len(code) > 25]
    assert len(secrets) > 20
    for name in some(sorted(names(given))):
        text = (given / name).read_text(encoding="utf-8")
        if name.endswith(".ipynb"):
            text = "\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
            assert not re.search(r"^:(outcome|says|score):", text, re.MULTILINE), name
        assert [secret for secret in secrets if secret in text] == [], name


def test_no_page_brings_anybodys_answers(given):
    kept = [
        output.data["application/vnd.medialit.answer+json"]
        for page in sorted(given.rglob("*.ipynb"))
        for cell in nbformat.read(page, as_version=4).cells
        for output in cell.get("outputs", ())
        if "application/vnd.medialit.answer+json" in output.get("data", {})
    ]
    assert [one["answers"] for one in some(kept)] == [[]] * len(kept)


def test_a_second_handout_updates_its_own_files_and_leaves_the_instructors(given, agrees, tmp_path, monkeypatch):
    folder = tmp_path / "give"
    handout_command(folder)
    (folder / "syllabus.md").write_text("mine", encoding="utf-8")
    (folder / "README.md").write_text("my own words", encoding="utf-8")
    monkeypatch.setattr(handout, "PUBLIC", handout.PUBLIC[:-1])
    said = handout_command(folder)
    assert said[0] == "README.md was changed by hand and is left as it is."
    assert (folder / "README.md").read_text(encoding="utf-8") == "my own words"
    assert names(folder) == (names(given) | {"syllabus.md"}) - {"LICENSE", "LICENSE-CONTENT"}


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ({"thesis.txt": "years of work"}, "is not empty"),
        ({RECORD: "[]"}, "cannot be read"),
        ({RECORD: "{"}, "cannot be read"),
    ],
)
def test_a_folder_with_something_else_is_left_alone(agrees, tmp_path, there, words):
    for name, text in there.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert words in typed("handout", tmp_path).err
    assert names(tmp_path) == set(there)


def test_pages_that_somebody_has_worked_in_are_not_given_out(tmp_path, monkeypatch):
    monkeypatch.setattr(handout, "drifted", lambda root: ["notebooks/01-quotes.ipynb differs from the course."])
    with pytest.raises(MedialitError, match=r"01-quotes.*make notebooks"):
        handout_command(tmp_path / "give")
    assert not (tmp_path / "give").exists()


def test_a_place_that_cannot_be_written_is_a_sentence(agrees, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(MedialitError, match="is a file"):
        handout_command(tmp_path / "file")
    with pytest.raises(MedialitError, match="cannot be written"):
        handout_command(Path("/proc/handout") if os.path.isdir("/proc") else tmp_path / "file" / "x")
