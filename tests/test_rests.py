"""Every factual sentence of lessons, feedback and model reports names what it rests on, and that holds it."""

import pytest
from rests import Ledger, case_texts, items, lesson

from medialit.authoring.source import read_source
from medialit.case import load_case
from medialit.files import course_path, data_path

ROOT = course_path().parent
CASE = load_case("missile-tests")
LESSONS = sorted(path for path in course_path().glob("*/*.md") if path.parent.name != "tests")
LISTS = [
    *sorted(course_path().glob("0*/*.yaml")),
    course_path("board.yaml"),
    data_path("missile-tests") / "quotes.yaml",
]


@pytest.fixture(scope="module")
def ledger():
    return Ledger(CASE, ROOT)


@pytest.mark.parametrize("path", [*LESSONS, *LISTS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_factual_sentence_of_the_course_rests_on_the_record(ledger, path):
    said = list(lesson(path) if path.suffix == ".md" else items(path))
    assert said, "no sentence was read"
    assert [f"line {s.line}: {lacking} in “{s.text}”" for s in said if (lacking := ledger.missing(s))] == []


def test_what_a_case_says_itself_rests_on_its_own_cards(ledger):
    said = list(case_texts(CASE))
    assert {s.path.name for s in said} == {"claims.yaml", "reports.yaml", "correction.yaml", "skills.yaml"}
    assert [f"{s.path.name}: {lacking} in “{s.text}”" for s in said if (lacking := ledger.missing(s))] == []


def test_there_are_factual_sentences_to_hold(ledger):
    said = [s for path in LESSONS for s in lesson(path)] + [s for path in LISTS for s in items(path)]
    factual = [s for s in said if ledger.marks(s.text)]
    assert len(said) > 1000
    assert len(factual) > 100
    assert sum(bool(s.rests) for s in factual) > 80  # the others cite a paragraph that holds them


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("Ask who chose the verb.", []),
        ("Read ¶9 again, then do 2.4 in unit 2.", []),
        ("It flew 350 kilometers.", [("number", "350")]),
        ("On March 18, 2024 it was launched.", [("date", "2024-03-18")]),
        ("The exercise ran from March 4 to 14, 2024.", [("date", "2024-03-04"), ("date", "2024-03-14")]),
        ("In January 2024 it was so.", [("date", "2024-01")]),
        ("Kishida condemned it, AP reported.", [("name", "Kishida"), ("name", "AP")]),
        ("North Korea protested.", []),
        ("“traveling approximately 350 kilometers” needs a check.", []),  # the story's own words
    ],
)
def test_a_number_a_date_or_a_name_makes_a_sentence_factual(ledger, sentence, marks):
    assert ledger.marks(sentence) == marks


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("% rests: jiji-18mar24\nIt flew about 350 kilometers on March 18, 2024, Jiji Press says.\n", []),
        ("It flew about 350 kilometers.\n", ["350"]),
        ("% rests: jiji-18mar24\nIt flew about 351 kilometers.\n", ["351"]),
        ("% rests: jiji-18mar24\nSo did it on March 19, 2024.\n", ["2024-03-19"]),
        ("% rests: jiji-18mar24\nReuters has the same.\n", ["Reuters"]),
        ("% rests: jiji-99\nIt flew.\n", ["“jiji-99” is not known"]),
        ("% rests: jiji-18mar24\nIt rose.\n\nIt flew about 350 kilometers.\n", ["350"]),  # one paragraph, not the next
        ("% rests: jiji-18mar24\n:::{example}\nIt rose.\n\nIt flew about 350 kilometers.\n:::\n", []),  # the whole box
        (":::{limits}\n% rests: jiji-18mar24\nIt rose.\n:::\n\nIt flew 350 kilometers.\n", ["350"]),
        ("% rests: course\nDo 4 rows.\n", []),
        ("% rests: course\nYonhap has 4 rows.\n", ["Yonhap"]),  # the course vouches for its own numbers only
        ("¶9 has 350 kilometers.\n", []),
        ("¶8 has 350 kilometers.\n", ["350"]),
        ("% rests: datasets/lexicons/measured.yaml\nIt is right 57 times in 100.\n", []),
        ("% rests: datasets/lexicons/measured.yaml\nIt is right 61 times in 100.\n", ["61"]),
        ("| It flew | 350 kilometers |\n", []),
    ],
)
def test_a_sentence_that_nothing_holds_is_found(ledger, tmp_path, text, missing):
    path = tmp_path / "lesson.md"
    path.write_text(text, encoding="utf-8")
    assert [lacking for said in lesson(path) for lacking in ledger.missing(said)] == missing


@pytest.mark.parametrize(
    ("comment", "missing"), [("", ["350"]), ("    # rests: jiji-18mar24\n", []), ("    # rests: csis\n", ["350"])]
)
def test_an_item_of_a_list_names_its_ground_in_a_comment(ledger, tmp_path, comment, missing):
    path = tmp_path / "quiz.yaml"
    path.write_text(f"questions:\n  - id: q1\n{comment}    stem: It flew about 350 kilometers.\n", encoding="utf-8")
    assert [lacking for said in items(path) for lacking in ledger.missing(said)] == missing


def test_learners_never_see_what_a_sentence_rests_on():
    texts = [cell.text for path in LESSONS for cell in read_source(path)]
    assert len(texts) > 100
    assert not [text for text in texts if "rests:" in text]
