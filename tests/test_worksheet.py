"""The instructor's own list: who is in the class, and a worksheet that goes back to the platform with grades in it."""

import csv
import io
import re
import zipfile

import pytest
from gradebooks import QUIZ, TASKS, percent

import medialit
from medialit.classroom.export import Totals
from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.store import read_book
from medialit.classroom.worksheet import read_worksheet, same_name
from medialit.errors import MedialitError
from medialit.progress import Progress

# As Moodle 4 writes them, in English and on a German site: the importer compares the titles of its own language.
MOODLE = """Identifier,"Full name",Status,Grade,"Maximum grade","Grade can be changed","Last modified (grade)",Comments
"Participant 98765","Jane Doe","Submitted for grading - ",,100.00,Yes,-,
"Participant 4","Bo Li","No submission",,100.00,Yes,-,
"Participant 5","Élise Roe","Submitted for grading - ",40.00,100.00,Yes,"Monday, 23 November 2026, 9:00 AM",=1+1
"""
GERMAN = """ID;"Vollständiger Name";Status;Bewertung;Bestwertung;"Zuletzt geändert (Bewertung)"
"Teilnehmer/in98765";"Jane Doe";Abgegeben;;50,00;-
"Teilnehmer/in4";"Bo Li";"Keine Abgabe";;50,00;-
"""
CANVAS = f"""Student,ID,SIS User ID,SIS Login ID,Section,Essay (11),medialit Quotes tasks (4711),Final Score
    Points Possible,,,,,10,{len(TASKS)},(read only)
"Doe, Jane",123,s1,jane,A,9,,88
"Li, Bo",124,s2,bo,B,,,
"Student, Test",,,,A,,,
"""


def answers(many):
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    for name in TASKS[:many]:
        unit.submit(name, unit.tasks[name].answer(), door="click")
    return progress.as_bytes()


DONE = round(len(TASKS) / 2)
HALF = answers(DONE)


def write(place, files):
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return place


def graded(tmp_path, files, sheet="", name="sheet.csv", **how):
    """(what was told, files by name) of a run with a worksheet."""
    write(tmp_path / "class", files)
    write(tmp_path, {name: sheet})
    lines = []
    given = read_worksheet(tmp_path / name) if sheet else None
    done = grade_class(
        [tmp_path / "class"], tmp_path / "out", Options(), jobs=1, worksheet=given, say=lines.append, **how
    )
    return done, lines, {path.name: path for path in done.files}


def rows(path, separator=","):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=separator))


MOODLE_CLASS = {
    "Jane Doe_98765_assignsubmission_file_/my-progress.jsonl": HALF,
    "Élise Roe_5_assignsubmission_file_/essay.pdf": b"%PDF",
}


def test_a_moodle_worksheet_comes_back_with_grades_and_its_own_titles(tmp_path):
    done, lines, files = graded(tmp_path, MOODLE_CLASS, MOODLE)
    head, *people = rows(files["moodle-worksheet.csv"])
    assert head == next(csv.reader(io.StringIO(MOODLE)))
    assert [(row[0], row[3], row[4], row[6]) for row in people] == [
        ("Participant 98765", percent(DONE), "100.00", "-"),
        # Nothing handed in, and nothing due: no zero. What cannot be read changes no grade.
        ("Participant 4", "", "100.00", "-"),
        ("Participant 5", "40.00", "100.00", "Monday, 23 November 2026, 9:00 AM"),
    ]
    assert people[2][7] == "'=1+1"
    assert (done.nothing, lines) == (1, [])
    book = read_book(tmp_path / "out" / "gradebook.db")
    assert sorted(one.learner for one in book.submissions) == ["Bo Li_4", "Jane Doe_98765", "Élise Roe_5"]
    told = {row[0]: row[3] for row in rows(files["gradebook.csv"]) if not row[2]}
    assert told == {"Bo Li_4": "nothing handed in", "Élise Roe_5": "nothing graded"}


def test_who_handed_in_nothing_has_a_zero_when_it_was_due(tmp_path):
    _, _, files = graded(tmp_path, MOODLE_CLASS, MOODLE, due=["quotes"])
    assert [row[3] for row in rows(files["moodle-worksheet.csv"])[1:]] == [
        percent(DONE, len(TASKS) + len(QUIZ)),
        "0.00",
        "40.00",
    ]


def test_worksheets_of_another_language_or_without_grades(tmp_path):
    _, _, files = graded(tmp_path, {"Jane Doe_98765_assignsubmission_file_/my-progress.jsonl": HALF}, GERMAN)
    head, jane, bo = rows(files["moodle-worksheet.csv"])
    assert head[3] == "Bewertung"
    assert (jane[3], bo[3], jane[4]) == (percent(DONE, most=50), "", "50,00")
    # A worksheet without grades is one sentence.
    write(tmp_path, {"x.csv": "Identifier,Full name,Status\nParticipant 1,Jo,x\nParticipant 2,Bo,y\n"})
    sheet = read_worksheet(tmp_path / "x.csv")
    assert sheet.kind == "moodle"
    with pytest.raises(MedialitError, match="no column for grades"):
        sheet.filled(lambda _: {"": "1"}, {})


def test_a_canvas_gradebook_comes_back_for_the_import(tmp_path):
    files = {"doejane_LATE_123_456_my-progress.jsonl": HALF, "roejo_9_8_my-progress.jsonl": HALF}
    _, lines, files = graded(tmp_path, files, CANVAS)
    assert rows(files["canvas-worksheet.csv"]) == [
        # The column that is there keeps its number; the other one is new.
        [
            "Student",
            "ID",
            "SIS User ID",
            "SIS Login ID",
            "Section",
            "medialit Quotes tasks (4711)",
            "medialit Quotes quiz",
        ],
        ["    Points Possible", "", "", "", "", str(len(TASKS)), str(len(QUIZ))],
        ["Doe, Jane", "123", "s1", "jane", "A", str(DONE), ""],
        ["Li, Bo", "124", "s2", "bo", "B", "", ""],
    ]
    assert lines == ["Not on the worksheet: roejo_9."]
    names = {row[0]: (row[1], row[4]) for row in rows(files["grades.csv"])}
    assert names["doejane_123"] == ("Doe, Jane", "yes")
    assert names["libo_124"] == ("Li, Bo", "")


# As Canvas's own exporter (lib/gradebook_exporter.rb) writes it with its settings on: split names, numbers of the school, a
# column of the teacher's own, a line about posting by hand, excused and hidden cells, the student for testing with a number.
CANVAS_WHOLE = f"""LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,Notes,Essay (11),medialit Quotes tasks (4711),Current Score,Final Grade
,,,,,,,,,,Manual Posting,,
    Points Possible,,,,,,,,,10.00,{len(TASKS)}.00,(read only),(read only)
Doe,Jane,123,s1,jane,,school.example,A,left early,EX,,88.00,B
Li,Bo,124,s2,bo,,school.example,A and B,,N/A,N/A,,
Student,Test,999,,4f2c,,school.example,A,,,,,
"""  # noqa: E501


def test_a_gradebook_of_canvas_with_all_its_settings(tmp_path):
    _, _, files = graded(tmp_path, {"doejane_123_456_my-progress.jsonl": HALF}, CANVAS_WHOLE)
    head, most, *people = rows(files["canvas-worksheet.csv"])
    assert head[:8] == CANVAS_WHOLE.split("\n")[0].split(",")[:8]
    assert head[8] == "medialit Quotes tasks (4711)"
    assert (most[0], most[8]) == ("    Points Possible", str(len(TASKS)))
    assert [(row[0], row[1], row[2], row[8]) for row in people] == [
        ("Doe", "Jane", "123", str(DONE)),
        ("Li", "Bo", "124", ""),
    ]


# As Moodle writes it with its settings on (mod/assign: recordid, identity fields, workflow, online text, times).
MOODLE_WHOLE = """Identifier,"Full name","ID number","Email address",Status,"Marking workflow state",Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Online text","Last modified (grade)","Feedback comments"
"Participant 98765","Jane Doe",7001,jane@x.org,"Submitted for grading - Graded",Released,40.00,100.00,Yes,"Monday, 23 November 2026, 9:00 AM",250,"Monday, 23 November 2026, 9:30 AM",Good
"""  # noqa: E501
ANONYMOUS = """Identifier,Status,Grade,"Maximum Grade","Last modified (grade)"
"Participant 98765","Submitted for grading",,100.00,-
"Participant 4","No submission",,100.00,-
"""


def test_a_worksheet_of_moodle_with_all_its_settings(tmp_path):
    """One person alone, so that every column has one number."""
    _, _, files = graded(tmp_path, {"Jane Doe_98765_assignsubmission_file/my-progress.jsonl": HALF}, MOODLE_WHOLE)
    head, jane = rows(files["moodle-worksheet.csv"])
    assert head[6] == "Grade"
    assert (jane[2], jane[6], jane[7], jane[10], jane[12]) == ("7001", percent(DONE), "100.00", "250", "Good")


def test_an_anonymous_worksheet_of_moodle_has_numbers_for_names(tmp_path):
    _, _, files = graded(tmp_path, {"Participant_98765_assignsubmission_file_/my-progress.jsonl": HALF}, ANONYMOUS)
    assert [row[2] for row in rows(files["moodle-worksheet.csv"])] == ["Grade", percent(DONE), ""]
    assert {row[0] for row in rows(files["gradebook.csv"])[1:]} == {"Participant_98765", "Participant 4"}


def test_learners_are_found_by_their_names_where_no_platform_named_them(tmp_path):
    _, lines, files = graded(
        tmp_path, {"jane doe-my-progress.jsonl": HALF, "Elise_Roe/my-progress.jsonl": HALF}, MOODLE
    )
    assert ([row[3] for row in rows(files["moodle-worksheet.csv"])[1:]], lines) == (
        [percent(DONE), "", percent(DONE)],
        [],
    )
    assert len(read_book(tmp_path / "out" / "gradebook.db").submissions) == 3


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Jane Doe\nBo Li\n", ["Jane Doe", "Bo Li"]),
        ("Name\nJane Doe\nBo Li\n", ["Jane Doe", "Bo Li"]),
        ("No;Name;Mail\n1;Jane Doe;j@x.org\n2;Bo Li;b@x.org\n", ["Jane Doe", "Bo Li"]),
        ("First name,Surname,Email address\nJane,Doe,j@x.org\nBo,Li,b@x.org\n", ["Jane Doe", "Bo Li"]),
        ("\ufeffName\tGroup\nJane Doe\tA\n\n\nBo Li\tB\n", ["Jane Doe", "Bo Li"]),
    ],
)
def test_any_list_of_names_is_a_roster(tmp_path, text, people):
    write(tmp_path, {"list.csv": text.encode("utf-16") if "Group" in text else text})
    sheet = read_worksheet(tmp_path / "list.csv")
    assert (sheet.kind, [person.who for person in sheet.people]) == ("names", people)


def test_a_roster_adds_who_handed_in_nothing_and_nobody_twice(tmp_path):
    write(tmp_path, {"roster.csv": "Name\nDoe, Jane\nBo Li\n", "class/Jane Doe/my-progress.jsonl": HALF})
    roster = read_worksheet(tmp_path / "roster.csv")
    done = grade_class([tmp_path / "class"], tmp_path / "out", Options(), jobs=1, roster=roster)
    assert (done.total, done.nothing, done.not_graded) == (2, 1, 0)
    book = read_book(tmp_path / "out" / "gradebook.db")
    assert [(one.learner, one.problems) for one in book.submissions] == [
        ("Bo Li", ("Nothing was handed in.",)),
        ("Jane Doe", ()),
    ]
    (page,) = [path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "feedback").glob("Bo_Li*.html")]
    assert "Nothing was handed in." in page


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\x01\x02" * 99, b"a,b\n" * 30_000])
def test_what_is_no_list_is_one_sentence(tmp_path, data):
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(MedialitError, match=r"x\.csv"):
        read_worksheet(tmp_path / "x.csv")
    with pytest.raises(MedialitError, match="could not be read"):
        read_worksheet(tmp_path / "none.csv")


def test_names_that_are_written_in_two_ways_meet():
    for other in ("Doe, John", "john doe", "doejohn", "JOHN DOE", "Doe,John"):
        assert same_name("John Doe") & same_name(other), other
    assert not same_name("John Doe") & same_name("Jane Doe")
    assert same_name("Zoë Müller") & same_name("Mu\u0308ller, Zoe")


def test_feedback_is_packed_as_each_platform_takes_it(tmp_path):
    canvas = {
        "doejane_123_456_my-progress.jsonl": HALF,
        "anon_x9Ab2_457_my-progress.jsonl": HALF,
        "roe_9_text.html": "x",
    }
    _, _, files = graded(tmp_path, MOODLE_CLASS | canvas)
    with zipfile.ZipFile(files["feedback-moodle.zip"]) as opened:
        assert sorted(opened.namelist()) == [
            "Jane Doe_98765_assignsubmission_file_/feedback.html",
            "Élise Roe_5_assignsubmission_file_/feedback.html",
        ]
        assert b"Feedback for Jane Doe" in opened.read("Jane Doe_98765_assignsubmission_file_/feedback.html")
        for name in opened.namelist():
            # As Moodle reads it: name, number, two parts of a plugin's name, and the rest.
            assert re.fullmatch(r"[^_]+_\d+_assignsubmission_file_", name.partition("/")[0])
    with zipfile.ZipFile(files["feedback-canvas.zip"]) as opened:
        # Canvas takes the first two whole numbers between underscores: the learner and the file that was handed in.
        (name,) = opened.namelist()
        assert re.findall(r"(?<=_)\d+(?=_)", name) == ["123", "456"]


def test_the_same_class_gives_the_same_zip(tmp_path):
    one = graded(tmp_path / "1", MOODLE_CLASS)[2]["feedback-moodle.zip"].read_bytes()
    assert one == graded(tmp_path / "2", MOODLE_CLASS)[2]["feedback-moodle.zip"].read_bytes()


def test_totals_leave_out_what_nobody_asked_for(tmp_path):
    write(tmp_path / "class", {"ana/my-progress.jsonl": HALF})
    grade_class([tmp_path / "class"], tmp_path / "out", Options(), jobs=1)
    totals = Totals(read_book(tmp_path / "out" / "gradebook.db"), [])
    assert (totals.of("ana"), totals.percent("ana"), list(totals.most)) == (
        {"Quotes tasks": str(DONE)},
        percent(DONE),
        ["Quotes tasks", "Quotes quiz"],
    )
