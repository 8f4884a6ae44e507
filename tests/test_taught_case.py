"""A class that works on another story: exercises, questions and My course are about it, and nothing leads back."""

import ast
import json
import re
import shutil

import pytest
from leaks import foreign, leaks, seen, strange_quotations
from own_case import copy_of
from some import some
from typer.testing import CliRunner

import medialit
from medialit.authoring.course import course_on
from medialit.authoring.key import answer_key
from medialit.authoring.pages import workshop_page
from medialit.case import load_case
from medialit.classroom.items import AnswerKey
from medialit.classroom.report.page import ClassReport
from medialit.cli import app
from medialit.errors import MedialitError
from medialit.exercises.quiz import Quiz
from medialit.files import TAUGHT, course_path, data_path, kit_root, load_yaml, taught_case
from medialit.launch import teach, write_settings
from medialit.paths.load import load_paths
from medialit.progress import Progress
from medialit.units.base import Unit
from medialit.units.registry import UNITS, _quiz_on
from medialit.units.review import earlier_questions

OTHER = "averstow-pool"
# What only the story of the course is about: its names, its things, its ids.
STORY = re.compile(
    r"\b(?:[Mm]issiles?|Korean?|Kim|Kishida|Trump|Biden|Pyongyang|KCNA|Yonhap|Kyodo|Japan(?:’s|ese)?|rogue nation|"
    r"launch(?:es)?|warhead|strategic|exclusive economic|missile-tests)\b"
)
# Places of the course's story in texts that are not made from the case.
PLACE = re.compile(r"¶\d|\bS\d+\b|\b[cqs]\d\d\b")
PARTIAL = ("claims.yaml", "evidence.yaml", "frames.yaml", "coverage.yaml", "skills.yaml", "quotes.yaml")


@pytest.fixture
def partial(tmp_path):
    return copy_of(OTHER, tmp_path, "our-pool", PARTIAL)


@pytest.fixture
def taught(partial, request, monkeypatch, tmp_path):
    """The course in a folder, opened on the invented story or on a part of it."""
    monkeypatch.setenv(TAUGHT, OTHER if request.param == "whole" else str(partial))
    for name in ("notebooks", "exercises"):
        (tmp_path / "course" / name).mkdir(parents=True)

    def go(name):
        monkeypatch.chdir(tmp_path / "course" / name)

    return go


def told(value):
    return json.dumps(value, ensure_ascii=False, default=str)


def clean(text, also=True):
    found = STORY.search(text) or (also and PLACE.search(text))
    assert not found, f"{found.group()}: …{text[max(0, found.start() - 100) : found.end() + 60]}"


BOTH = pytest.mark.parametrize("taught", ["whole", "part"], indirect=True)


@BOTH
def test_exercises_are_on_the_case_and_lessons_on_the_story_of_the_course(taught):
    taught("exercises")
    unit = medialit.open_unit("quotes", progress=Progress())
    assert unit.case.name in (OTHER, "our-pool")
    assert "works through" not in unit.welcome().text
    taught("notebooks")
    lesson = medialit.open_unit("quotes", progress=Progress())
    assert lesson.case.name == "missile-tests"
    assert f"are about “{unit.case.title}”" in lesson.welcome().text
    assert f"are about “{unit.case.title}”" in lesson.welcome().html
    assert medialit.my_course(progress=Progress()).case.name == unit.case.name
    # Whoever names a case gets it, wherever.
    assert medialit.open_unit("quotes", case="missile-tests", progress=Progress()).taught is None


@BOTH
def test_questions_of_a_lesson_are_kept_and_counted_for_the_case(taught):
    taught("notebooks")
    progress = Progress()
    lesson = medialit.open_unit("quotes", progress=progress)
    quiz = lesson.quiz()
    assert {name for name in quiz.boxes if name.startswith("q")} == {"q1", "q2", "q3", "q8", "q9"}
    assert {name.partition("-")[0] for name in quiz.boxes} - {"q1", "q2", "q3", "q8", "q9"} == {"kind", "who"}
    quiz.answer("q1", "c")
    (entry,) = progress.entries("attempt", "quotes")
    assert entry.case == lesson.taught.case.name
    found = {one.plan.name: one for one in medialit.my_course(progress=progress).unit_progresses()}
    assert (found["quotes"].questions.items, found["quotes"].questions.tried) == (len(quiz.boxes), 1)
    assert "about the story of the course" in lesson.quiz("q5").text
    # What is asked about this story says so to the page, which shows it; without the course view it is there to open.
    about = {name: box.spec.get("story") for name, box in quiz.boxes.items()}
    assert {name for name, case in about.items() if case} == {name for name in about if not name.startswith("q")}
    assert f"Show the story of your class, “{lesson.taught.case.title}”" in quiz.intro
    assert "Show the story" not in lesson.quiz("q1").intro
    assert set(lesson.quiz("q1", "q5").boxes) == {"q1"}
    assert all(name.startswith("welcome") for name in lesson.look_back("welcome-q3").boxes)


@BOTH
def test_charts_of_answers_in_a_lesson_are_of_answers_to_the_story_of_the_class(taught):
    taught("notebooks")
    lesson = medialit.open_unit("sources", progress=Progress())
    own = lesson.taught
    text = course_path("04-sources", "lesson.md").read_text(encoding="utf-8")
    (call,) = re.findall(r"^unit\.follow\(.*my_timeline.*\)$", text, re.MULTILINE)
    for task in own.tasks.values():
        own.submit(task.id, task.answer())
    shown = "\n".join(seen(eval(call, {"unit": lesson})))
    if "4.1" in own.tasks:
        told = (own.my_matrix() + own.my_timeline()).text
        assert len(told) > 500
        assert told in shown
    else:
        assert shown.strip() == ""
    # Every other view of the lesson stays on the story of the course.
    assert not lesson.for_class
    assert "Kishida" in lesson.timeline().text


# On a story of which much is missing: tests/test_three_stories.py.
def test_nothing_of_the_first_story_can_be_met(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert leaks(data_path(OTHER)) == []
    assert strange_quotations(data_path(OTHER)) == []


def test_a_leak_would_be_found(partial, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = foreign(load_case(partial))
    for words in ("a missile", "Kishida", "the launches", "North Korea", "ap-ajc-28feb25", "missile-tests", "KCNA"):
        assert found.search(words), words
    assert not foreign(load_case("missile-tests")).search("North Korea fired a missile")
    # With the questions about the course's story, it is met in the quiz, the key, the report and elsewhere.
    monkeypatch.setattr(Quiz, "on", lambda quiz, case: quiz)
    _quiz_on.cache_clear()
    places = {line.partition(":")[0].partition(",")[0] for line in leaks(partial)}
    _quiz_on.cache_clear()
    assert {"quotes q4", "quotes quiz", "key", "report", "print 50"} <= places


def test_words_of_exercises_name_no_place_of_one_story():
    """A number of a paragraph, a sentence, a claim or a card comes from the case, never from the words of a task."""
    names = ("tasks.yaml", "words.yaml", "made.yaml")
    paths = [path for name in names for path in course_path().glob(f"0*/{name}")] + [course_path("shared.yaml")]
    for path in some(paths):
        data, _ = load_yaml(path)
        # Every story has a ¶1, and what is said of “p18” where a case offers it as an option is about its ¶18.
        clean(re.sub(r'¶1\b|"where/p\d+": "[^"]+"', "", told(data)))


@pytest.mark.parametrize("page", sorted(path.name for path in (kit_root() / "exercises").glob("0*.ipynb")))
def test_exercise_pages_name_nothing_of_one_story(page):
    cells = json.loads((kit_root() / "exercises" / page).read_text(encoding="utf-8"))["cells"]
    for cell in some(cells):
        source = "".join(cell["source"])
        # The second story of unit 5 is named where it is opened.
        clean(source)


def test_key_grades_and_look_back_leave_out_what_is_about_another_story(partial):
    for place in (OTHER, partial):
        case = load_case(place)
        key = answer_key(case)
        assert "| q1 | A paper prints:" in key
        items = AnswerKey({case.name: case.folder}).items("quotes", case.name)
        assert {name for name in items.questions if name.startswith("q")} == {"q1", "q2", "q3", "q8", "q9"}
        assert "quotes-q4" not in earlier_questions("claims", case)
    assert "quotes-q4" in earlier_questions("claims")


def test_a_question_says_which_story_it_is_about():
    for plan in UNITS:
        for question in some(plan.quiz.questions):
            asked = told([question.stem, question.form.as_text()])
            if PLACE.search(asked) or STORY.search(asked):
                assert question.about == "missile-tests", (plan.name, question.id)
    assert {q.id for q in UNITS[1].quiz.questions} - {q.id for q in UNITS[1].quiz_on(load_case(OTHER)).questions} == {
        "q4",
        "q5",
        "q6",
        "q7",
    }
    # On its own story nothing is left out, and the version is the same everywhere: an answer stays an answer.
    for plan in UNITS:
        assert plan.quiz_on(load_case("missile-tests")) is plan.quiz
        for question in some(plan.quiz.on(OTHER).questions):
            assert question.version == plan.quiz[question.id].version


@BOTH
@pytest.mark.parametrize("path", [path for path in load_paths() if path.kind == "workshop"], ids=lambda path: path.id)
def test_a_workshop_is_about_the_story_of_the_course_alone_and_says_so(path, taught, monkeypatch):
    monkeypatch.setenv("MEDIALIT_PROGRESS", ":memory:")
    taught("notebooks")
    story = load_case(taught_case()).title
    for number in some(range(len(path.sittings))):
        names, told = {}, []
        for cell in workshop_page(path, number, course_path()):
            if cell.kind != "code":
                continue
            *lines, last = ast.parse(cell.text).body
            exec(compile(ast.Module(lines, []), "cell", "exec"), names)
            told.append("\n".join(seen(eval(ast.unparse(last), names))))
        assert "This page and all that you do on it are about the story of the course." in told[0]
        assert f"Your class works on “{story}”" in told[0]
        # Nothing on it is left out, and nothing of it is about the other story.
        for text in some(told[1:]):
            assert "your class works on another one" not in text
            assert "is not part of your class's story" not in text
            assert "has no case board" not in text
            assert "Averstow" not in text
        units = [made for made in names.values() if isinstance(made, Unit)]
        assert {unit.case.name for unit in some(units)} == {"missile-tests"}


def test_a_workshop_says_nothing_of_it_where_there_is_no_other_story(monkeypatch):
    monkeypatch.setenv(TAUGHT, "")
    unit = medialit.open_unit("quotes", case="missile-tests", progress=Progress())
    assert "Your class works on" not in unit.welcome().text


def test_lab_is_opened_on_a_case_by_its_name_or_folder(partial, monkeypatch, tmp_path):
    monkeypatch.setenv(TAUGHT, "")
    assert "are about “The pool of Averstow" in teach(OTHER)
    import os

    assert os.environ[TAUGHT] == str(data_path(OTHER).resolve())
    assert "Learners meet units" not in teach(OTHER)
    assert "Learners meet units 0, 1 and 4, because" in teach(str(partial))
    assert os.environ[TAUGHT] == str(partial.resolve())
    monkeypatch.setenv(TAUGHT, "")
    assert teach("missile-tests") == ""
    assert os.environ[TAUGHT] == ""
    for wrong, says in (("moon", "There is no case “moon”"), ("", "Give the name of a case")):
        with pytest.raises(MedialitError, match=says):
            teach(wrong)
    shutil.copytree(partial, tmp_path / "another")
    with pytest.raises(MedialitError, match="another holds a case that is called our-pool"):
        teach(str(tmp_path / "another"))
    shutil.copytree(partial, tmp_path / "x" / OTHER)
    with pytest.raises(MedialitError, match="is in the kit already"):
        teach(str(tmp_path / "x" / OTHER))


def test_report_and_print_take_a_folder(partial, tmp_path):
    done = CliRunner().invoke(app, ["print", "--case", str(partial), "--out", str(tmp_path / "pack.html")])
    assert done.exit_code == 0
    done = CliRunner().invoke(
        app, ["print", "--case", str(partial), "--path", "50", "--out", str(tmp_path / "50.html")]
    )
    assert done.exit_code == 0
    with pytest.raises(MedialitError, match="is not a case"):
        ClassReport("gradebook.db", [tmp_path])


def items(view, page):
    return [item for section in view["served"][page]["sections"] for item in section["items"]]


def test_the_course_view_shows_the_case_beside_exercises_and_what_it_serves(partial, tmp_path):
    whole, part = (json.loads(course_on(load_case(place))) for place in (OTHER, partial))
    assert (whole["case"], part["case"], part["board"]["pieces"]) == (OTHER, "our-pool", [])
    blocks = "\n".join(block["text"] for block in part["own"]["blocks"])
    assert blocks in load_case(partial).article.text.replace("\n\n", "\n")
    assert part["own"]["language"] == "en"
    clean(told(part["own"]), also=False)
    # Only what the case serves is counted, and a heading without it is left out.
    assert "claims/verify" in items(whole, "exercises/02-claims")
    assert items(part, "exercises/02-claims") == []
    counted = {item.partition("/")[0] for step in part["steps"] for page in step["pages"] for item in items(part, page)}
    assert counted - {"test-before", "test-after", "test-recheck"} == {"welcome", "quotes", "sources"}
    quotes = medialit.units.registry.load_tasks(UNITS[1], load_case(partial))
    served = [one.id for one in quotes.values()]
    assert sorted(items(part, "exercises/01-quotes")) == sorted(f"quotes/{name}" for name in some(served))
    titles = [section["title"] for section in part["served"]["exercises/01-quotes"]["sections"]]
    assert any(title.startswith("1.1") for title in titles)
    assert not any(title.startswith("1.4") for title in titles)
    left = part["served"]["exercises/01-quotes"]["left"]
    assert left[:2] == ["1.4 Through whose hands?", "1.5 Whose words fill this story?"]
    assert left == [f"{one.label} {one.title}" for one in quotes.left_out]
    # A unit without exercises is nowhere on the way, and a link to it leads to what comes next.
    ways = {step["unit"]: step["pages"] for step in part["steps"] if "unit" in step}
    assert ways["quotes"] == ["notebooks/01-quotes", "exercises/01-quotes"]
    assert [*ways] == ["welcome", "quotes", "sources"]
    assert part["left"]["notebooks/02-claims"] == "notebooks/04-sources"
    assert part["left"]["notebooks/05b-case-board"] == "notebooks/06-test-after"
    assert not any("notebooks/05b-case-board" in step["pages"] for step in part["steps"])
    assert part["served"]["notebooks/07-my-course"]["left"] == ["The case board"]
    # The minutes are those of what is left: 42 less those of 1.4, 1.5 and 1.6.
    assert part["served"]["exercises/01-quotes"]["minutes"] == 42 - 6 - 6 - 6
    assert part["served"]["notebooks/01-quotes"]["time"] == "about 55 minutes alone"
    assert "time" not in whole["served"]["notebooks/01-quotes"]
    # An extra that the story does not serve is not offered.
    assert "☆" not in part["served"]["exercises/01-quotes"]["time"]
    assert "time" not in whole["served"]["exercises/01-quotes"]
    # A lesson keeps its guesses and its practice on the story of the course, and asks the questions of the case.
    lesson = items(part, "notebooks/01-quotes")
    assert {"quotes/p1", "quotes/q1", "quotes/reflection"} <= set(lesson)
    assert "quotes/q4" not in lesson
    assert part["items"]["quotes/p1"]["case"] == part["items"]["welcome/practice"]["case"] == "missile-tests"
    assert "welcome/practice" in items(part, "notebooks/00-welcome")
    assert "welcome/practice" not in items(part, "exercises/00-welcome")
    assert "case" not in part["items"]["quotes/mark"]
    # Every heading of a workshop stays; what is asked there is asked about the story of the course.
    asked = {item for section in part["served"]["notebooks/workshop-90"]["sections"] for item in section["items"]}
    assert "quotes/q4" in asked
    assert {part["items"][item]["case"] for item in some(asked & part["items"].keys())} == {"missile-tests"}
    assert (
        len(part["served"]["notebooks/workshop-90"]["sections"])
        == len(whole["served"]["notebooks/workshop-90"]["sections"])
        > 10
    )
    # A damaged file costs the exercises that need it, and nothing else.
    (partial / "frames.yaml").write_text("- [", encoding="utf-8")
    damaged = json.loads(course_on(load_case(partial)))
    assert items(damaged, "exercises/01-quotes") == items(part, "exercises/01-quotes")
    # The server hands it over as one text: anything else it would take apart.
    write_settings(tmp_path, own=course_on(load_case(OTHER)))
    page = json.loads((tmp_path / "page_config.json").read_text(encoding="utf-8"))
    assert json.loads(page["medialitCase"]) == whole
