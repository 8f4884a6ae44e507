"""Pages that are files of their own, for a teacher or to print: WCAG rules, wide and at 320 px."""

import pytest
from everyone import RULES
from test_board import ITEMS, solve
from test_marking import WORK
from test_wall import card
from test_worksheet import write

import medialit
from medialit.case import load_case
from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.marking import marking_pages
from medialit.classroom.pseudonyms import KEY_FILE, Pseudonyms
from medialit.classroom.store import read_book
from medialit.classroom.wall import read_card, wall_page
from medialit.paths import load_paths
from medialit.paths.leader import run_sheet
from medialit.paths.pack import print_pack
from medialit.progress import Progress

SHELL = '<!doctype html><html lang="en"><head><title>Board</title></head><body><main>%s</main></body></html>'


def of_workshops():
    case = load_case("missile-tests")
    for path in load_paths():
        yield f"sheet-{path.id}", run_sheet(path, case)
        if path.kind == "workshop":
            yield f"pack-{path.id}", print_pack(case, path)
    yield "pack", print_pack(case)


def of_boards():
    done = solve(Progress(), ITEMS)
    whole = medialit.my_course(progress=done)
    yield "board-empty", SHELL % medialit.my_course(progress=Progress()).board().html
    yield "board-whole", SHELL % whole.board().html
    yield "certificate", whole.certificate_html(done.as_bytes())


def of_classes(folder):
    write(folder / "class", {"Ana Bell/my-progress.jsonl": WORK, "Ben Cho/notes.pdf": "x"})
    grade_class([folder / "class"], folder / "out", Options(notes=True), jobs=1)
    pages = marking_pages(read_book(folder / "out" / "gradebook.db"), Pseudonyms(folder / "out" / KEY_FILE))
    yield from pages.items()
    for path in (folder / "out" / "feedback").iterdir():
        yield f"feedback of {path.name}", path.read_text(encoding="utf-8")
    cards = [read_card(card(case).encode()) for case in ("missile-tests", "averstow-pool")]
    yield "wall", wall_page(cards)
    yield "wall with names", wall_page(cards, names=True)


@pytest.mark.parametrize("kind", ["workshops", "boards", "classes"])
def test_no_rule_is_broken_and_nothing_is_cut_off(kind, page, axe, tmp_path):
    made = dict(of_classes(tmp_path) if kind == "classes" else {"workshops": of_workshops, "boards": of_boards}[kind]())
    assert len(made) >= 3
    faults = []
    for name, html in made.items():
        page.set_content(html)
        page.set_viewport_size({"width": 1280, "height": 900})
        faults += [f"{name}: {found}" for found in axe(RULES)]
        page.set_viewport_size({"width": 320, "height": 800})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
            faults.append(f"{name}: {wide} px wide at 320")
    assert faults == []


def test_the_measure_can_fail(page, axe):
    page.set_content(SHELL % '<img src="data:,"><div style="width:400px">wide</div>')
    page.set_viewport_size({"width": 320, "height": 800})
    assert any(found.startswith("image-alt") for found in axe(RULES))
    assert page.evaluate("document.documentElement.scrollWidth") > 320
