"""The case board: empty at first, filled by the learner's own answers, whole at the end."""

import json
import re
from itertools import chain

import nbformat
import pytest
from damaged import damage, refused
from some import some

import medialit
from medialit.authoring.course import COURSE_JSON
from medialit.case import load_case
from medialit.files import course_path, list_cases
from medialit.paths import load_paths
from medialit.progress import Entry, Progress
from medialit.show.board import EMPTY, FILLED, TRIED, board_view
from medialit.units.board import board_items, load_board, place_pieces, read_board
from medialit.units.registry import UNITS

CASE = load_case("missile-tests")
BOARD = load_board(CASE)
ITEMS = board_items(BOARD, CASE)
ROOT = course_path().parent


def now(progress, case="missile-tests"):
    return medialit.my_course(case, progress).board_now()


def state(progress):
    return {piece.id: piece.state for piece in now(progress).pieces}


def solve(progress, items, case="missile-tests"):
    """Answer these items (all of them without a choice) with the recorded solutions."""
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, case=case, progress=progress)
        for name in (name.partition("/")[2] for name in items if name.startswith(f"{plan.name}/")):
            if task := unit.tasks.find(name):
                unit.submit(task.label, task.answer())
            elif name in unit.plan.predictions:
                origins = [o for piece in BOARD.pieces for o in piece.origins if o.item == f"{plan.name}/{name}"]
                unit.predict(name, origins[0].answers[0])
            else:
                unit.submit(name, unit.questions[name].key)
    return progress


def test_it_is_empty_at_the_beginning_and_says_where_to_look():
    board = now(Progress())
    assert 8 <= len(board.pieces) <= 12
    assert {piece.state for piece in board.pieces} == {EMPTY}
    assert not any(piece.found or piece.result for piece in board.pieces)
    assert board.reveal is None
    view = board_view(board)
    for piece, text in zip(board.pieces, BOARD.pieces, strict=True):
        assert piece.href in view.html
        assert text.found not in view.html + view.text, "an empty shape gives nothing away"
    assert BOARD.reveal.title not in view.html + view.text


@pytest.mark.parametrize("piece", BOARD.pieces, ids=lambda piece: piece.id)
def test_every_piece_is_reached_by_each_of_its_places_and_by_the_recorded_solution(piece):
    for origin in some(piece.origins):
        done = state(solve(Progress(), [origin.item]))
        if origin.unit == "correction":
            continue  # learners choose their claims there: the model card takes others
        assert done[piece.id] == FILLED, origin.item


def test_the_whole_course_fills_it_and_opens_the_reveal():
    board = now(solve(Progress(), ITEMS))
    assert board.count == f"{len(BOARD.pieces)} of {len(BOARD.pieces)} pieces found"
    assert board.reveal is not None
    view = board_view(board)
    assert view.html.count("<li") == len(BOARD.pieces)
    assert BOARD.reveal.open in view.text
    assert "March 18, 2024" in view.html
    assert "February 26, 2025" in view.html
    assert "<caption" in view.html
    assert all(piece.result for piece in board.pieces)


def test_part_of_it_is_part_of_it_and_shows_the_learners_own_answer():
    progress = solve(Progress(), ["welcome/practice", "claims/verify"])
    filled = {name for name, one in state(progress).items() if one == FILLED}
    assert filled == {"speed", "speech", "count", "height", "fourth"}
    board = now(progress)
    assert board.reveal is None
    assert "You answered: “contradicted”" in next(p.result for p in board.pieces if p.id == "height")
    assert "The last part opens when" in board_view(board).text


def test_two_claims_of_six_fill_two_pieces_as_in_a_workshop():
    progress = Progress()
    unit = medialit.open_unit("claims", progress=progress)
    whole = unit.tasks["verify"].answer()
    unit.submit("verify", {name: whole[name] for name in ("c37", "c19")})
    assert {name for name, one in state(progress).items() if one == FILLED} == {"speech", "count"}


def test_a_wrong_answer_is_shown_as_the_learners_and_leaves_the_shape_empty():
    progress = Progress()
    unit = medialit.open_unit("claims", progress=progress)
    whole = unit.tasks["verify"].answer()
    unit.submit("verify", {"c21": whole["c21"] | {"verdict": "supported"}})
    piece = next(p for p in now(progress).pieces if p.id == "height")
    assert (piece.state, piece.found) == (TRIED, "")
    assert "supported" in piece.result
    assert state(progress)["speech"] == EMPTY
    unit.submit("verify", {"c21": whole["c21"]})
    assert state(progress)["height"] == FILLED
    unit.submit("verify", {"c21": whole["c21"] | {"verdict": "supported"}})
    assert state(progress)["height"] == FILLED, "what was found once stays"


GUESSES = [(piece, origin) for piece in BOARD.pieces for origin in piece.origins if origin.answers]


@pytest.mark.parametrize(
    ("piece", "origin"), GUESSES, ids=lambda given: getattr(given, "item", given.id if hasattr(given, "id") else "")
)
def test_a_guess_that_misses_fills_nothing_and_a_later_one_does(piece, origin):
    progress = Progress()
    unit = medialit.open_unit(origin.unit, progress=progress)
    guess = unit.plan.predictions[origin.ref]
    wrong = [option.id for option in guess.options if option.id not in origin.answers] or [300, 0, 70]
    for answer in wrong:
        unit.predict(origin.ref, answer)
        now_ = next(one for one in now(progress).pieces if one.id == piece.id)
        assert (now_.state, now_.found) == (TRIED, ""), answer
        assert now_.result.startswith("Your guess")
    unit.predict(origin.ref, origin.answers[0])
    assert state(progress)[piece.id] == FILLED


def test_each_link_of_the_board_and_of_my_course_names_its_task():
    """The course view brings what is named behind # into view, and knows on which page it is."""
    course = json.loads((ROOT / COURSE_JSON).read_text(encoding="utf-8"))
    progress = Progress()
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, progress=progress)
        for task in unit.tasks.values():
            progress.add(
                Entry(
                    "attempt",
                    unit=plan.name,
                    case=CASE.name,
                    task=task.id,
                    version=task.version,
                    outcome="partly",
                    score=0.5,
                )
            )
    me = medialit.my_course(progress=progress)
    links = [piece.href for piece in me.board_now().pieces]
    links += [weak.page for unit in me.unit_progresses() for weak in unit.weak]
    links += re.findall(r'href="([^"]+)"', me.overview().html + me.revisit().html)
    named = 0
    for link in some(links):
        page, _, item = link.partition("#")
        name = page.removeprefix("../").removesuffix(".ipynb")
        name = name if "/" in name else f"notebooks/{name}"
        if item:
            named += 1
            assert item in [one for section in course["pages"][name]["sections"] for one in section["items"]], link
    assert named > 40


@pytest.mark.parametrize(
    "entry",
    [
        Entry("attempt", unit="claims", case="averstow-pool", task="2.4", answer={"c21": {"verdict": "contradicted"}}),
        Entry("draft", unit="claims", case="missile-tests", task="2.4", answer={"c21": {"verdict": "contradicted"}}),
        Entry("attempt", unit="claims", case="missile-tests", task="2.4", answer=["c21"], outcome="partly"),
        Entry("attempt", unit="claims", case="missile-tests", task="2.4", answer={"c21": ["contradicted"]}),
        Entry(
            "attempt", unit="claims", case="missile-tests", task="2.4", answer={"c21": {"verdict": ["contradicted"]}}
        ),
    ],
)
def test_other_stories_drafts_and_odd_lines_fill_nothing(entry):
    version = ITEMS["claims/verify"].item.version
    placed = place_pieces(
        BOARD, ITEMS, [Entry(**{n: getattr(entry, n) for n in entry.__slots__} | {"version": version})]
    )
    assert placed.filled == 0
    old = Entry(
        "attempt", unit="claims", case=CASE.name, task="2.4", version="0", answer={"c21": {"verdict": "contradicted"}}
    )
    assert place_pieces(BOARD, ITEMS, [old]).filled == 0


def test_another_story_has_no_board_and_says_so():
    others = [name for name in list_cases() if name != "missile-tests"]
    assert others
    for name in others:
        me = medialit.my_course(name, solve(Progress(), ITEMS))
        assert "has no case board" in me.board().text
        shown = me.board().html + me.board("speed", together=True).html + me.certificate_html(b"")
        assert not [piece.id for piece in BOARD.pieces if piece.shape in shown or piece.found in shown]
        assert BOARD.reveal.title not in shown


def test_it_follows_each_answer():
    progress = Progress()
    shown = medialit.my_course(progress=progress).board()
    assert "0 of" in shown.value
    solve(progress, ["welcome/practice"])
    assert "1 of" in shown.value


def test_what_was_typed_is_only_text():
    progress = Progress()
    progress.add(
        Entry(
            "event",
            unit="claims",
            case=CASE.name,
            task="p1",
            version=ITEMS["claims/p1"].item.version,
            answer="<img src=x>",
        )
    )
    html = board_view(now(progress)).html
    assert "&lt;img" in html
    assert "<img" not in html


WORKSHOPS = [path for path in load_paths() if path.kind == "workshop"]


@pytest.mark.parametrize("path", WORKSHOPS, ids=lambda path: path.id)
def test_a_workshop_ends_with_the_reveal_and_its_pages_fill_its_pieces(path):
    """What the room's pages ask, answered as recorded, fills every piece of the short form; the reveal opens in any case."""
    pages = [path.page(number) for number in range(len(path.sittings))]
    code = list(chain.from_iterable(_code(page) for page in pages))
    (call,) = [line for line in code if ".board(" in line]
    wanted = re.findall(r'"(\w+)"', call)
    assert wanted == [name for sitting in path.sittings for section in sitting.sections for name in section.board]
    asked = set()
    for line in code:
        for unit, _, names in re.findall(r"(\w+)\.(task|quiz|predict)\(([^)]*)\)", line):
            asked |= {f"{unit}/{name}" for name in re.findall(r'"([^"]+)"', names)}
    units = {plan.name: medialit.open_unit(plan.name, progress=Progress()) for plan in UNITS}
    done = [name for name in ITEMS if _id(units, name) in asked]
    progress = solve(Progress(), done)
    course = medialit.my_course(progress=progress)
    assert {piece.id for piece in course.board_now(*wanted).pieces if piece.state == FILLED} == set(wanted)
    empty = medialit.my_course(progress=Progress()).board(*wanted, together=True)
    assert "<details" in empty.html
    assert BOARD.reveal.open in empty.text


def _id(units, name):
    unit, _, ref = name.partition("/")
    task = units[unit].tasks.find(ref)
    return f"{unit}/{task.label if task else ref}"


def _code(page):
    notebook = nbformat.read(ROOT / "notebooks" / f"{page}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def test_the_reveal_is_the_last_thing_a_room_finds_out():
    for path in some(WORKSHOPS):
        sections = path.sittings[-1].sections
        at = next(n for n, section in enumerate(sections) if section.board)
        assert sections[at].minutes == 4
        assert not sections[at].cut
        assert not any(section.exercises or section.questions for section in sections[at:])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{item: welcome/practice}", "{item: welcome/nothing}", "no task, question or guess"),
        ("verdict: [contradicted]", "verdict: [lied]", "has no value “lied”"),
        ("rests: [c14]", "rests: [c999]", "“c999” is no claim"),
        ("opens: [office,", "opens: [moon,", "There is no piece “moon”"),
        ("- id: fourth", "- id: height", "appears twice"),
        ("shape: Off which", "form: Off which", "This field is missing"),
        ('"no", "yes", "yes (¶8)"]', '"no"]', "needs 4 cells"),
    ],
)
def test_every_fault_of_the_file_is_named_with_its_line(tmp_path, old, new, says):
    file = tmp_path / "board.yaml"
    damage(file, old, new, course_path("board.yaml"))
    refused(lambda: load_board(CASE, file), file, says)


def test_the_file_has_pieces_from_every_unit_that_looks_at_the_story():
    assert {piece.origins[0].unit for piece in read_board().pieces} >= {
        "welcome",
        "quotes",
        "claims",
        "framing",
        "sources",
    }


def test_notes_on_a_story_of_ones_own_are_kept_exported_and_never_graded():
    assert [line for line in _code("05b-case-board") if 'name="own-story"' in line]
    progress, words = Progress(), "A post.\nNobody else has it.\nI would wait."
    medialit.open_unit("correction", progress=progress).reflect("Three lines", words, name="own-story")
    (entry,) = progress.entries("note", "correction", "own-story")
    assert (entry.text, entry.score, entry.outcome) == (words, None, None)
    back = Progress()
    assert back.restore(progress.as_bytes()).ok
    assert back.entries("note", "correction", "own-story")[0].text == words
    assert now(progress).filled == 0
