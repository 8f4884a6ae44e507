"""A story of one's own has questions of its own: those of its quiz.yaml, and those made from its key."""

import re
import textwrap
from dataclasses import replace

import pytest
import yaml
from gradebooks import attempt, frames
from own_case import copy_of
from some import some
from test_guessers import GUESSERS, earned

import medialit
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.key import answer_key
from medialit.case import load_case
from medialit.classroom.items import AnswerKey
from medialit.classroom.pages import titles_of
from medialit.classroom.report.course import completion, item_table, misconceptions
from medialit.errors import CaseError
from medialit.exercises.quiz import RIGHT_WORDS, WRONG_WORDS
from medialit.files import TAUGHT, data_path, know_case
from medialit.launch import teach
from medialit.progress import Progress
from medialit.units.made import _may_be_a_person
from medialit.units.registry import UNITS, find_unit, own_quizzes

OTHER = "averstow-pool"
QUOTES = UNITS[1]
WORDS = " ".join(["word"] * 30)
OWN = f"""\
quotes:
  misconceptions:
    P-A: A pool is not a person.
  questions:
    - id: tap
      version: 1
      type: one
      stem: Who speaks about the taps?
      hints: [One., Two., Three.]
      options:
        - {{id: a, text: The town, code: P-A, feedback: {WORDS}}}
        - {{id: b, text: The county, right: true, feedback: {WORDS}}}
        - {{id: c, text: The club, code: Q-D, feedback: {WORDS}}}
claims:
  questions:
    - id: meters
      version: 1
      type: number
      stem: How long is the basin?
      answer: 25
      right: {WORDS}
      otherwise: {{feedback: {WORDS}}}
      hints: [One., Two., Three.]
"""


@pytest.fixture
def own(tmp_path):
    folder = copy_of(OTHER, tmp_path)
    (folder / "quiz.yaml").write_text(OWN, encoding="utf-8")
    return folder


def test_a_case_has_questions_of_its_own_wherever_questions_are(own, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    case, progress = load_case(own), Progress()
    assert {unit: [q.id for q in quiz.questions] for unit, quiz in own_quizzes(case).items()} == {
        "quotes": ["tap"],
        "claims": ["meters"],
    }
    unit = medialit.open_unit("quotes", own, progress)
    quiz = unit.quiz()
    assert "tap" in quiz.boxes
    assert not {"q4", "q5", "q6", "q7"} & set(quiz.boxes)
    quiz.answer("tap", "a")
    assert progress.entries("attempt", "quotes", "tap")[0].codes == ("P-A",)
    assert "Question 6" in unit.summary().text
    (found,) = [one for one in medialit.my_course(own, progress).unit_progresses() if one.plan.name == "quotes"]
    assert (found.questions.items, found.questions.tried) == (len(quiz.boxes), 1)
    assert [one.title for one in found.weak] == ["Who speaks about the taps?"]
    key = answer_key(case)
    assert "| tap | Who speaks about the taps? | **b** The county |" in key
    assert "- **P-A** A pool is not a person." in key
    assert medialit.open_unit("claims", own, progress).look_back("quotes-tap").boxes.keys() >= {"quotes-tap"}


def test_own_questions_are_graded_and_reported(own):
    case = load_case(own)
    know_case(case.name, own)
    book = AnswerKey({case.name: own})
    items = book.items("quotes", case.name)
    assert book.check(items, "tap", "b", None).outcome.done
    assert book.check(items, "tap", "a", None).codes == ("P-A",)
    assert titles_of("quotes", case.name)["tap"] == "Who speaks about the taps?"
    assert "tap" not in titles_of("quotes")
    rows = [attempt(f"l{i}", "tap", 0.0, unit="quotes", answer="a", kind="question", codes=("P-A",)) for i in range(6)]
    told = frames(*[replace(row, case=case.name) for row in rows])
    assert "A pool is not a person." in misconceptions(told).text
    assert "tap Who speaks about the taps?" in item_table(told).text
    asked = len(QUOTES.quiz_on(case).questions)
    assert f"{100 / asked:.0f}%" in completion(told).text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("quotes:", "quote:", "quiz.yaml, line 1, field quote: There is no unit “quote”"),
        ("P-A: A pool", "Q-A: A pool", "line 3, field quotes.misconceptions.Q-A: The course uses the code Q-A"),
        (
            "code: Q-D",
            "code: Q-ZZ",
            "line 13, field quotes.questions.1.options.3.code: The code Q-ZZ is not in the list",
        ),
        ("id: tap", "id: q1", "line 5, field quotes.questions.1.id: The course uses the id q1 in this unit already"),
        ("id: tap", "id: mark", "field quotes.questions.1.id: The course uses the id mark in this unit already"),
        (
            "id: tap",
            "id: tap\n      about: missile-tests",
            "line 6, field quotes.questions.1.about: This question is asked",
        ),
        ("right: true, ", "", "The wrong option b needs the code"),
        ("answer: 25", "answer: many", "line 20, field claims.questions.1.answer: This needs a number."),
        ("quotes:\n", "quotes:\n  title: Mine\n", "line 2, field quotes.title: This field is not known here."),
        ("[One., Two., Three.]", "[One., Two.]", "field quotes.questions.1.hints: This needs 3 or more, and has 2."),
        (
            "[One., Two., Three.]",
            "[1., 2., 3., 4.]",
            "field quotes.questions.1.hints: This can have 3 at most, and has 4.",
        ),
        ("version: 1", "version: 0", "field quotes.questions.1.version: This needs 1 or more."),
        ("id: tap", "id: My tap", "“My tap” cannot be used here. Write a short name in small letters, such as own-1."),
        ("code: P-A", "code: pool", "“pool” cannot be used here. Write a code, such as Q-D."),
        (
            "text: The town",
            "text: the County",
            "field quotes.questions.1.options.1.text: Two options say “the County”.",
        ),
        ("answer: 25", "answer: .nan", "field claims.questions.1.answer: This needs a number."),
        ("answer: 25", "answer: 25\n      maximum: 20", "Nobody can hand in this number"),
        ("stem: Who", "stem: Ask: who", "A text with a colon, # or @ in it needs quotation marks around it"),
        (OWN, "- one", "quiz.yaml: This needs the name of a unit"),
        (OWN, "quotes: 3", "This needs named fields"),
        (OWN, "quotes: {questions: []}", "field quotes.questions"),
        (OWN, "quotes: [", "This is not valid YAML"),
    ],
)
def test_a_fault_is_named_with_its_line_and_costs_nothing_else(old, new, says, own):
    text = (own / "quiz.yaml").read_text(encoding="utf-8")
    assert old in text
    (own / "quiz.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(says)):
        own_quizzes(load_case(own))
    quiz = QUOTES.quiz_on(load_case(own))
    assert "tap" not in quiz
    assert "q1" in quiz
    assert any(q.id.startswith("kind-") for q in quiz.questions)


def test_the_check_of_a_case_names_a_fault_once(own):
    (own / "quiz.yaml").write_text(OWN.replace("quotes:", "quote:", 1), encoding="utf-8")
    found = check_case(own)
    (bad,) = [one.text for one in found if one.sign == "bad"]
    assert "quiz.yaml, line 1, field quote: There is no unit “quote”" in bad
    assert verdict(found)[0].startswith("Fix 1 of these")


def test_all_faults_are_named_in_one_run(own):
    text = (own / "quiz.yaml").read_text(encoding="utf-8")
    text = text.replace("id: tap", "id: q1").replace("answer: 25", "answer: many").replace("claims:", "claim:", 1)
    (own / "quiz.yaml").write_text(text + "sources: 3\n", encoding="utf-8")
    found = check_case(own)
    assert sum(one.sign == "bad" for one in found) == 3
    assert any("made from the key, and 0 of your own." in one.text for one in found)


def test_the_lab_says_why_own_questions_are_left_out(own, monkeypatch):
    monkeypatch.setenv(TAUGHT, "")
    assert "quiz.yaml" not in teach(str(own))
    (own / "quiz.yaml").write_text(OWN.replace("answer: 25", "answer: many"), encoding="utf-8")
    assert "left out until this is fixed. quiz.yaml, line 20, field claims.questions.1.answer" in teach(str(own))


def test_check_says_how_many_questions_there_are(own):
    assert any(
        one.text == "Questions about this story: 9 made from the key, and 2 of your own." for one in check_case(own)
    )
    assert not any("Questions about this story" in one.text for one in check_case(data_path("missile-tests")))


# --- made from the key ------------------------------------------------------------------------------------------------


def made(case):
    """(plan, question) for all that is made from the key of a case."""
    return [
        (plan, q)
        for plan in UNITS
        for q in plan.quiz_on(case).questions
        if q.id not in plan.quiz and not any(q.id in quiz for quiz in own_quizzes(case).values())
    ]


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    return [
        load_case(OTHER),
        load_case(copy_of("missile-tests", tmp_path_factory.mktemp("own"))),
    ]


def test_up_to_nine_questions_are_made_from_the_key(stories):
    for case in stories:
        found = made(case)
        assert len(found) == 9
        assert {q.id.partition("-")[0] for _, q in found} == {"kind", "who", "origins"}
        for plan, question in found:
            assert question.check(question.key).outcome.done
            for option in question.options:
                low, high = RIGHT_WORDS if option.right else WRONG_WORDS
                assert low <= len(option.feedback.split()) <= high
                assert option.right or plan.quiz_on(case).misconceptions[option.code]
                assert "{" not in option.feedback + option.text
    assert made(load_case("missile-tests")) == []


def test_the_key_of_a_made_question_is_that_of_the_case(stories):
    for case in some(stories):
        gold, cards = {q.id: q for q in case.quotes}, {card.id: card for card in case.evidence}
        for _, question in some(made(case)):
            sort, _, name = question.id.partition("-")
            right = next(option.text for option in question.options if option.right)
            if sort == "kind":
                said = "scare" if "nobody" in right else right.split()[1]
                assert said == gold[name].kind
                shown = re.search(r"\[(.*)\]", question.stem)[1]
                assert not re.search("[“”]|,$", shown)
                assert len(shown.split()) >= 3
            elif sort == "who":
                assert right == gold[name].speaker_name
                assert f"“{' '.join(case.article[gold[name].speaker].split())}”" in question.stem
                assert right not in question.stem
            else:
                clues = {copy.clue: cards[copy.card].origin for copy in case.coverage.grouping}
                shown = {origin for clue, origin in clues.items() if clue.rstrip(".") in question.stem}
                assert ("", "One", "Two", "Three").index(right.partition(":")[0]) == len(shown)


def test_form_alone_earns_little_in_made_questions(stories):
    for case in some(stories):
        found = [
            ([option.text for option in q.options], {i for i, option in enumerate(q.options) if option.right})
            for _, q in made(case)
        ]
        assert found
        assert all(len(options) >= 3 for options, _ in found)
        scores = {name: round(earned(found, pick), 3) for name, pick in GUESSERS.items()}
        assert {name: score for name, score in scores.items() if score > 0.4} == {}


def test_nothing_disputed_is_asked_and_one_reader_is_named(stories, tmp_path):
    pool, other = stories
    # The pool's quotations were coded by one person, those of the other story by two; nobody else traced the pages.
    for case, alone in ((pool, {"kind", "who", "origins"}), (other, {"origins"})):
        for _, question in made(case):
            said = {"one person's reading" in option.feedback for option in question.options}
            assert said == {question.id.partition("-")[0] in alone}, question.id
    folder = copy_of(OTHER, tmp_path)
    path = folder / "attributions.yaml"
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = {q.id.partition("-")[2] for _, q in made(load_case(folder))} & {one["id"] for one in gold}
    assert len(asked) >= 5
    for number, one in enumerate(gold):
        if one["id"] in asked:
            one["share" if number % 2 else "kind_share"] = 0.5
    path.write_text(yaml.safe_dump(gold, allow_unicode=True), encoding="utf-8")
    assert not asked & {q.id.partition("-")[2] for _, q in made(load_case(folder))}


def test_ids_and_versions_stay_when_gold_is_added(tmp_path):
    folder = copy_of(OTHER, tmp_path)
    before = {q.id: q.version for _, q in made(load_case(folder))}
    text = load_case(folder).article.text
    at = text.index("Nobody Wanted")
    new = f"""
- id: q99
  text: Nobody Wanted
  content: [{at}, {at + 13}]
  kind: direct
"""
    path = folder / "attributions.yaml"
    path.write_text(path.read_text(encoding="utf-8") + textwrap.dedent(new), encoding="utf-8")
    assert len(load_case(folder).quotes) == 28
    assert {q.id: q.version for _, q in made(load_case(folder))} == before


def test_odd_ids_and_few_voices_make_no_fault(tmp_path):
    folder = copy_of(OTHER, tmp_path)
    path = folder / "attributions.yaml"
    text = re.sub(
        r"^- id: q(\d+)",
        r"- id: Zitat Nr. \1 {ü} mit einem sehr langen Namen",
        path.read_text(encoding="utf-8"),
        flags=re.M,
    )
    path.write_text(text, encoding="utf-8")
    (folder / "quotes.yaml").unlink()
    (folder / "coverage.yaml").write_text("- [", encoding="utf-8")
    found = made(load_case(folder))
    assert {q.id.partition("-")[0] for _, q in found} == {"kind", "who"}
    assert len({q.id for _, q in found}) == len(found)
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]{0,30}", q.id) for _, q in some(found))
    # Two speakers alone leave nobody to take one for.
    text = re.sub(r"^  speaker_name: (?!Oswin|Nadia).*\n", "", text, flags=re.M)
    path.write_text(text, encoding="utf-8")
    assert {q.id.partition("-")[0] for _, q in made(load_case(folder))} == {"kind"}


def test_she_is_not_a_body_whose_name_is_of_plain_words():
    """“Safe Way Home” looks like a name of a person, but the story goes the safe way home, too."""
    case = load_case("averstow-pool")
    assert _may_be_a_person(case, "Nadia Brandreth")
    for name in ("Swimming Club", "Warm Water Now"):
        assert not _may_be_a_person(case, name), name
    asked = [q for q in find_unit("quotes").quiz_on(case).questions if "“she”" in q.stem or "“he”" in q.stem]
    for question in some(asked):
        assert all(_may_be_a_person(case, option.text) for option in question.options)
