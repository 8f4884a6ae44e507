"""The wall: a page from the cards of a class. Hostile cards are inert, bad ones are skipped, names are asked for."""

import re
import zipfile

import pytest
from typer.testing import CliRunner

import medialit
from medialit.classroom.wall import collect, read_card, wall_page
from medialit.cli import app
from medialit.errors import MedialitError
from medialit.progress import Progress
from medialit.show.correction_card import card_document

NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)></h1><iframe src="https://evil.example"></iframe>'


def card(case="missile-tests", **changed):
    """The page of a whole card, with some blanks of 5.4 filled in differently."""
    unit = medialit.open_unit("correction", case=case, progress=Progress())
    for task in unit.tasks.values():
        unit.submit(task.id, task.answer())
    unit.submit("5.4", unit.answers()["card"] | changed)
    return card_document(unit.draft().page())


@pytest.fixture(scope="module")
def pages():
    return {
        "one": card(),
        "two": card(headline="A height of 50 kilometers, and no speed"),
        "pool": card("averstow-pool"),
    }


@pytest.fixture
def folder(tmp_path, pages):
    """As platforms hand it out: a folder a learner, and Canvas's loose files."""
    for place, name in (
        ("Jane Doe_98765_assignsubmission_file_/correction-card.html", "one"),
        ("Li Wei/card.html", "two"),
    ):
        (tmp_path / "in" / place).parent.mkdir(parents=True)
        (tmp_path / "in" / place).write_text(pages[name], encoding="utf-8")
    (tmp_path / "in" / "doejohn_123_456_correction-card-averstow-pool.html").write_text(pages["pool"], encoding="utf-8")
    (tmp_path / "in" / "notes.txt").write_text("nothing", encoding="utf-8")
    return tmp_path / "in"


def test_every_card_is_on_the_wall_and_no_name_is(folder, pages):
    cards, skipped = collect(folder)
    assert (len(cards), skipped) == (3, [])
    page = wall_page(cards)
    for name in pages:
        assert re.search(r"<h1[^>]*>([^<]*)</h1>", pages[name])[1] in page
    assert "3 correction cards" in page
    assert not re.search(r"Jane|Doe|Li Wei|doejohn", page)
    assert page.count("<article>") == 3
    assert page.index("Card ") >= 0
    assert [c.number for c in cards] == sorted(c.number for c in cards), "the order tells nothing about people"


def test_names_are_on_it_when_asked_for(folder):
    page = wall_page(collect(folder)[0], names=True)
    assert all(name in page for name in ("Jane Doe", "Li Wei", "doejohn"))


def test_a_card_handed_in_twice_appears_once_with_both_names(folder, pages):
    (folder / "Ana").mkdir()
    (folder / "Ana" / "correction-card.html").write_text(pages["one"], encoding="utf-8")
    cards, _ = collect(folder)
    assert len(cards) == 3
    assert {"Ana", "Jane Doe"} in [set(c.who) for c in cards]


def test_a_zip_file_of_the_class_does_as_well(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as packed:
        for path in folder.rglob("*.html"):
            packed.write(path, path.relative_to(folder))
    assert wall_page(collect(tmp_path / "class.zip")[0]) == wall_page(collect(folder)[0])


@pytest.mark.parametrize("part", ["headline", "found", "relative", "claim", "date"])
def test_hostile_html_in_a_card_is_only_text(pages, part):
    """What is put into the file by hand never becomes an element, an attribute or an address of the wall."""
    limit = 40 if part == "date" else len(NASTY)
    evil = re.sub(
        rf'(data-card="{part}"[^>]*>)[^<]*', lambda m: m[1] + NASTY[:limit].replace("<", "&lt;"), pages["one"], count=1
    )
    assert evil != pages["one"]
    page = wall_page([read_card(evil.encode())], names=True)
    clean = wall_page([read_card(pages["one"].encode())], names=True)
    assert re.findall(r"<(\w+)", page) == re.findall(r"<(\w+)", clean)
    assert "onerror" not in re.sub(r">[^<]*<", "><", page)


def test_real_tags_inside_a_marked_part_are_dropped(pages):
    evil = pages["one"].replace(
        'data-card="headline">', 'data-card="headline"><script>alert(1)</script><img src=x onerror=y>', 1
    )
    page = wall_page([read_card(evil.encode())])
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page


BAD = {
    "nothing.html": (b"<html><body>My holidays</body></html>", "it is not a correction card of this course"),
    "empty.html": (b"", "it is not a correction card of this course"),
    "noise.html": (bytes(range(256)) * 40, "it is not a correction card of this course"),
    "large.html": (b"x" * 400_000, "too large"),
}


def test_bad_cards_are_named_and_never_stop_the_others(folder, pages):
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    text = pages["one"]
    (folder / "verdict.html").write_text(text.replace(">Contradicted<", ">Rubbish<"), encoding="utf-8")
    (folder / "number.html").write_text(re.sub(r'(data-card="number">)[^<]*', r"\1../../etc", text), encoding="utf-8")
    (folder / "long.html").write_text(re.sub(r'(data-card="found">)', r"\1" + "x" * 500, text), encoding="utf-8")
    (folder / "lost.html").write_text(re.sub(r'data-card="(headline|claim)"', "", text), encoding="utf-8")
    cards, skipped = collect(folder)
    assert len(cards) == 3
    said = "\n".join(skipped)
    for name, (_, why) in BAD.items():
        assert re.search(rf"{name} was skipped: .*{why}", said), said
    for name, why in {
        "verdict.html": "none of the six", "number.html": "number is", "long.html": "longer than a card allows",
        "lost.html": "its headline and claim are missing",
    }.items():  # fmt: skip
        assert re.search(rf"{name} was skipped: .*{why}", said), said


def test_the_command_writes_the_page_and_says_what_it_did(folder, tmp_path):
    out = tmp_path / "wall.html"
    (folder / "bad.html").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(app, ["wall", str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "bad.html was skipped" in done.output
    assert "3 cards, without names" in done.output
    assert "Jane" not in out.read_text(encoding="utf-8")
    named = CliRunner().invoke(app, ["wall", str(folder), "--out", str(out), "--names"])
    assert named.exit_code == 0
    assert "Jane Doe" in out.read_text(encoding="utf-8")


def test_a_folder_without_cards_is_said_and_writes_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(app, ["wall", str(tmp_path), "--out", str(tmp_path / "wall.html")])
    assert done.exit_code == 1
    assert "There is no correction card" in done.output
    assert not (tmp_path / "wall.html").exists()
    with pytest.raises(MedialitError, match="There is no folder"):
        collect(tmp_path / "nowhere")


def test_the_page_is_accessible_in_its_bones(folder):
    page = wall_page(collect(folder)[0])
    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert page.count("<h2") == 3
    assert "<ul" in page
    assert not re.search(r"<script|<link|url\(|\ssrc=", page)
