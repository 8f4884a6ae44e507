"""Paths: minutes add up, sections point to something real, nobody only listens for long, pages come from the lessons."""

import html
import re
import shutil
from functools import cache
from itertools import pairwise

import pytest
from prompt import typed
from some import some

from medialit.authoring.pages import pages, start_page
from medialit.authoring.source import read_source
from medialit.case import load_case
from medialit.errors import CaseError, MedialitError
from medialit.files import course_path, kit_root
from medialit.paths import load_paths
from medialit.paths.clock import clock_markdown, cut_minutes, path_text, ticks
from medialit.paths.leader import expected, run_sheet, sections
from medialit.paths.load import LONGEST, actions, find_path
from medialit.paths.pack import print_pack
from medialit.paths.unit import UnitFolder, find_folder
from medialit.units.board import load_board
from medialit.widgets.markup import to_text

PATHS = load_paths()
WORKSHOPS = [path for path in PATHS if path.kind == "workshop"]
SITTINGS = [(path, sitting) for path in PATHS for sitting in path.sittings]
SHORT = """
paths:
  - id: tiny
    kind: workshop
    title: Tiny
    minutes: 20
    suits: a test
    goal: see that it fits
    sittings:
      - title: One go
        minutes: 20
        unit: 01-quotes
        sections:
          - {minutes: 5, heading: "Three parts make an attribution"}
          - {minutes: 7, exercises: ["1.2"], cut: true}
          - {minutes: 4, questions: [q4], room: vote}
          - {minutes: 4, room: slack}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course in which a file may be broken."""
    folder = tmp_path_factory.mktemp("kit") / "course"
    shutil.copytree(course_path(), folder)
    return folder


def load(course, text):
    file = course / "paths.yaml"
    file.write_text(text, encoding="utf-8")
    return load_paths(file)


def test_workshops_and_courses_give_what_the_lessons_promise():
    assert {path.id for path in PATHS} == {"50", "90", "180", "course", "alone"}
    for path in WORKSHOPS:
        assert path.minutes == int(path.id)
    # What the lesson promises is what the paths give.
    for path, sitting in some(SITTINGS):
        if path.kind != "workshop" and sitting.unit:
            unit = find_folder(course_path(), sitting.unit)
            assert unit.minutes[path.kind == "alone"] == sitting.minutes
    # Nothing of a unit is forgotten on the way that somebody takes alone.
    for sitting in some(sitting for sitting in find_path(PATHS, "alone").sittings if sitting.unit):
        unit = UnitFolder(course_path(sitting.unit))
        given = [task for section in sitting.sections for task in section.exercises]
        assert sorted(given) == sorted(name for name, task in unit.tasks.items() if not task.optional)
        assert [s.heading for s in sitting.sections if s.heading] == list(unit.headings)


@pytest.mark.parametrize(("path", "sitting"), SITTINGS, ids=lambda x: getattr(x, "id", x.title))
def test_the_minutes_add_up_and_the_clock_ends_on_time(path, sitting):
    lines = list(ticks(sitting))
    assert sum(section.minutes for section in sitting.sections) == sitting.minutes == lines[-1].end
    assert all(one.end == next_one.start for one, next_one in pairwise(lines))


@pytest.mark.parametrize(("path", "sitting"), SITTINGS, ids=lambda x: getattr(x, "id", x.title))
def test_nobody_only_listens_for_more_than_ten_minutes(path, sitting):
    """Counted again here, from the lessons' own cells."""
    idle = 0
    for section in some(sitting.sections):
        name = sitting.unit_of(section)
        unit = find_folder(course_path(), name) if name else None
        acts = actions(section, unit)
        idle = 0 if acts or section.room in ("break", "slack") else idle + section.minutes
        assert idle <= LONGEST


@pytest.mark.parametrize("path", WORKSHOPS, ids=lambda p: p.id)
def test_a_workshop_keeps_time_in_hand(path):
    slack = sum(s.minutes for sitting in path.sittings for s in sitting.sections if s.room == "slack")
    assert slack >= 3
    assert cut_minutes(path) >= 4


def test_small_paths_and_doubled_ids(course):
    (path,) = load(course, SHORT)
    assert path.page(0) == "workshop-tiny"
    with pytest.raises(CaseError, match="appears twice"):
        load(course, SHORT + SHORT.replace("\npaths:\n", ""))


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("{minutes: 5, ", "{minutes: 6, ", "paths.1.sittings.1.minutes", "add up to 21 minutes, which is too many"),
        ("{minutes: 5, ", "{minutes: 4, ", "paths.1.sittings.1.minutes", "add up to 19 minutes, which is too few"),
        ("    minutes: 20\n    suits", "    minutes: 50\n    suits", "paths.1.minutes", "the path has 50"),
        ("Three parts make an", "Four parts make an", "sections.1.heading", "Did you mean “Three parts make an"),
        ('["1.2"]', '["1.9"]', "sections.2.exercises.1", "no “1.9” among its exercises"),
        ("[q4]", "[q44]", "sections.3.questions.1", "no “q44” among its questions"),
        ('heading: "Three parts make an attribution"', "predictions: [p9]", "sections.1.predictions.1", "no “p9”"),
        ('["1.2"]', '["1.4"]', "sections.2.exercises.1", "it has no ★"),
        ('{minutes: 7, exercises: ["1.2"]', '{minutes: 7, exercises: ["1.1"]', "sections.2.minutes", "1.1 take 9 min"),
        ("unit: 01-quotes", "unit: 09-none", "sittings.1.unit", "There is no unit “09-none”"),
        ("unit: 01-quotes", "unit: ''", "sections.1", "Name the unit"),
        (", cut: true", "", "paths.1", "needs something to leave out"),
        ("questions: [q4], room: vote", "room: vote", "sections.3", "What is the question"),
        ("room: slack", "room: nap", "sections.4.room", "is not one of"),
        ("{minutes: 4, room: slack}", "{minutes: 4}", "sections.4", "points to nothing"),
        ("{minutes: 4, room: slack}", "{minutes: 4, room: slack, questions: [q1]}", "sections.4.room", "holds nothing"),
        ("{minutes: 4, room: slack}", "{minutes: 4, page: none}", "sections.4.page", "course/pages has no “none”"),
        ("cut: true", "cutt: true", "sections.2.cutt", "not known here"),
        ("{minutes: 5, ", "{minutes: five, ", "sections.1.minutes", "whole number"),
        ("kind: workshop", "kind: alone", "sittings.1.minutes", "The lesson promises 75 minutes alone"),
    ],
)
def test_a_wrong_path_is_named_with_its_field(course, old, new, field, words):
    assert old in SHORT
    text = SHORT.replace(old, new, 1)
    with pytest.raises(CaseError, match=re.escape(words)) as caught:
        load(course, text)
    assert caught.value.field.endswith(field)
    assert caught.value.line
    assert caught.value.file.name == "paths.yaml"


def test_too_long_without_doing_is_refused(course):
    """Two headings without a guess: together they may have ten minutes."""
    first = '{minutes: 5, heading: "Three parts make an attribution"}'
    second = '{minutes: N, heading: "Whose words fill this story?"}'
    for minutes, total in ((5, 25), (6, 26)):
        text = SHORT.replace(first, f"{first}\n          - {second}").replace("minutes: N", f"minutes: {minutes}")
        text = text.replace("minutes: 20", f"minutes: {total}")
        if minutes == 5:
            assert load(course, text)
        else:
            with pytest.raises(CaseError, match="11 minutes in which learners do nothing"):
                load(course, text)
    # A guess does not fill twenty minutes.
    text = SHORT.replace(
        '{minutes: 5, heading: "Three parts make an attribution"}',
        '{minutes: 20, heading: "Your turn: one step is missing"}',
    ).replace("minutes: 20\n", "minutes: 35\n")
    with pytest.raises(CaseError, match="20 minutes in which learners do nothing"):
        load(course, text)


def test_a_lesson_without_its_time_is_named(course):
    lesson = course / "01-quotes" / "lesson.md"
    before = lesson.read_text(encoding="utf-8")
    lesson.write_text(before.replace("| Time | 55", "| Time | about 55"), encoding="utf-8")
    try:
        with pytest.raises(CaseError, match="does not say its time"):
            load(course, SHORT.replace("kind: workshop", "kind: course"))
    finally:
        lesson.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.id)
def test_the_clock_names_every_section(path):
    text = path_text(path)
    table = "\n".join(clock_markdown(sitting) for sitting in path.sittings)
    for sitting in some(path.sittings):
        for section in some(sitting.sections):
            assert section.name in text
            assert section.name in table


CASE = load_case("missile-tests")


@pytest.mark.parametrize("path", WORKSHOPS, ids=lambda p: p.id)
def test_one_sheet_has_all_that_the_leader_of_a_workshop_needs(path):
    """Clock with a line to start 25 machines, votes with their keys, wrong answers, reveal, exercises, copies."""
    sheet = run_sheet(path, CASE)
    text = html.unescape(re.sub(r"<[^>]+>", "", sheet))
    assert "<script" not in sheet
    assert "−0:15–0:00" in text
    assert "Start the 25 machines" in text
    assert "Keep it off the screen" in text
    asked = 0
    for section, plan in sections(path):
        unit = UnitFolder(course_path(plan.folder))
        for name in section.questions:
            question = unit.questions[name]
            assert to_text(question.stem) in " ".join(text.split())
            assert to_text(question.in_words) in " ".join(text.split())
            asked += 1
        for name in section.exercises:
            assert f"{name} {unit.tasks[name].title}" in text
    assert asked
    for one in some(expected(path, CASE.name)):
        assert one.answer in text
    assert "Two launches, a year apart, told as one" in text
    assert "25, one each" in text


def test_the_short_form_of_the_matrix_has_a_key_of_its_rows_only():
    sheet = html.unescape(run_sheet(find_path(PATHS, "90"), CASE))
    short, rest = CASE.coverage.matrix.short, [row for row in CASE.coverage.matrix.rows if not row.cut]
    assert short
    assert all(f"{row.text} →" in sheet for row in short)
    assert not any(f"{row.text} →" in sheet for row in rest)


@pytest.mark.parametrize("path", WORKSHOPS, ids=lambda p: p.id)
def test_the_pack_of_a_workshop_prints_what_is_done_and_its_key_on_the_last_pages_alone(path):
    pack = html.unescape(print_pack(CASE, path))
    pages, leader = pack.split("For the leader alone", 1)
    first, plan = next(sections(path))
    assert f"<h2>{first.name}</h2>" in pages
    assert "The military must be fully ready to use its nuclear weapons,” Kim Jong Un said." in pages
    assert "Here are two claims" in pages
    gold = CASE.claim_gold
    table = pages[pages.index("<h2>Look it up") :].partition("</table>")[0]
    assert table.count("<tr>") == 3, "a head and as many rows as claims are printed"
    assert [gold.claim(name).says in table for name in gold.verify] == [True, True, False, False, False, False]
    for section, plan in sections(path):
        unit = UnitFolder(course_path(plan.folder))
        for name in section.questions:
            assert to_text(unit.questions[name].stem) in to_text(re.sub(r"<[^>]+>", "", pages))
            assert unit.questions[name].why not in pages
            assert to_text(unit.questions[name].in_words) in re.sub(r"<[^>]+>", "", leader)
    assert ("<h2>Facts by sources" in pages) is ("4.1" in {n for s, _ in sections(path) for n in s.exercises})
    board = load_board(CASE)
    for piece in board.pieces:
        named = piece.id in next(s.board for s, _ in sections(path) if s.board)
        assert (piece.shape in pages) is named
        assert piece.found not in pages
        assert (piece.found in leader) is named
    assert board.reveal.open not in pages
    assert board.reveal.open in leader


def test_the_pack_of_another_story_has_no_board_and_no_reveal():
    pack = print_pack(load_case("averstow-pool"), find_path(PATHS, "50"))
    assert "Two launches" not in pack
    assert "Averstow" in pack


def test_an_unknown_path_is_a_sentence():
    with pytest.raises(MedialitError, match="Paths: 50, 90"):
        find_path(PATHS, "51")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["paths"], 0, "90 minutes"),
        (["paths", "50"], 0, "0:00–0:05"),
        (["paths", "51"], 1, "There is no path “51”"),
        (["paths", "50", "--sheet", "/nowhere/plan.html"], 1, "could not be used"),
    ],
)
def test_the_command(arguments, code, words):
    done = typed(*arguments)
    assert done.code == code
    assert words in done.out + done.err


@cache
def made():
    """The cells of every page by its name. Made in a test and not above: every process that runs tests reads this file."""
    return dict(pages(kit_root()))


def test_the_start_page_has_nothing_to_run_and_its_links_lead_somewhere():
    cells = start_page(PATHS, course_path())
    assert {cell.kind for cell in cells} == {"markdown"}
    links = re.findall(r'href="([^"]+)"', "\n".join(cell.text for cell in cells))
    assert links[0] == "00-welcome.ipynb"
    assert {f"{path.page(n)}.ipynb" for path in WORKSHOPS for n in range(len(path.sittings))} <= set(links)
    assert all((kit_root() / "notebooks" / link).is_file() for link in links)


def test_a_note_on_content_comes_before_anything_is_read_or_run():
    first = {"00-welcome": next(iter(read_source(course_path("00-welcome") / "lesson.md"))).text}
    first |= {name: cells[0].text for name, cells in made().items()}
    assert len(first) >= 5
    assert [name for name, text in first.items() if "nuclear weapons" not in text] == []


@pytest.mark.parametrize("path", WORKSHOPS, ids=lambda p: p.id)
def test_a_workshop_page_holds_what_its_sections_point_to(path):
    for number, sitting in some(enumerate(path.sittings)):
        cells = made()[path.page(number)]
        code = "\n".join(cell.text for cell in cells if cell.kind == "code")
        words = "\n".join(cell.text for cell in cells if cell.kind == "markdown")
        assert not re.search(r"\bunit\.", code)
        for section in sitting.sections:
            for task in section.exercises:
                assert f'.task("{task}"' in code
            for question in section.questions:
                assert f'"{question}"' in code
            if section.room not in ("break", "slack"):
                assert f"· {section.name}" in words
        assert code.count(".read()") <= 1
        assert "check(" not in code  # the code door stays in the exercises


def test_a_page_takes_its_words_from_the_lesson():
    words = "\n".join(cell.text for cell in made()["workshop-50"])
    assert "The cue word signals an attitude." in words
    assert "How a computer reads it" not in words


def test_a_unit_can_ask_some_questions_of_its_quiz():
    import medialit
    from medialit.progress import Progress

    unit = medialit.open_unit("quotes", progress=Progress())
    some = unit.quiz("q4", "q7")
    assert list(some.boxes) == ["q4", "q7"]
    some.answer("q7", 0)
    assert (next(iter(unit.quiz().boxes)), unit.record.last(unit.questions["q7"]).outcome) == ("q1", "passed")
    with pytest.raises(MedialitError, match="no question “q99”"):
        unit.quiz("q99")
