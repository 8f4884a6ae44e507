"""The course reads like a good American teacher: grade, length, and no phrases that sound translated."""

import ast
import re
from statistics import mean, median

import pytest
from reading import names_in, paragraphs, sentences, syllables

from medialit.files import course_path, kit_root

ROOT = kit_root()
FILES = sorted(
    path
    for path in (
        *course_path().glob("0*/*.md"),
        *course_path().glob("0*/*.yaml"),
        *course_path().glob("pages/*.md"),
        *(
            course_path(name)
            for name in ("interface.yaml", "shared.yaml", "words.yaml", "board.yaml", "paths.yaml", "start.yaml")
        ),
    )
    if path.name != "rubric.yaml"  # labels and lists; hardly a whole sentence
)
NAMES = names_in([path.read_text(encoding="utf-8") for path in FILES])
LESSONS = sorted(course_path().glob("0*/lesson.md"))
ROOMS = ("exercises", "forms", "launch", "paths", "progress", "show", "units", "widgets")
# Under eight words the formula counts single words and says nothing about a sentence.
LONG_ENOUGH = 8
# Phrases of a translation, each with what to write.
FOREIGN = {
    r"\bin place of\b": "instead of",
    r"\b(?:by itself|by themselves)\b": "automatically, on its own",
    r"\b[Pp]ress(?:ed|ing)? on\b": "click",
    r"\b(?:mend|mends|mended|mending)\b": "fix",
    r"\btell(?:s)? of\b": "is about",
    r"\bjudgement(?:s)?\b(?!\")": "judgment",
    r"\b(?:neighbour|practis|travell|labelled|grey\b|colour|organis|recognis)": "American spelling",
    r"\bleaves? with 1\b": "exits with status 1",
    r"\bhold(?:s)? (?:it |them )?against\b|\bheld against\b": "compare with",
    r"\bstands? (?:in|beside|below|above|between|under|on)\b|\bstands? (?:there|twice)\b": "is, appears",
    r"\blies? (?:in|beside|below)\b": "is",
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b": "March 18",
    r"\bThis takes .{1,60}\bfor\b": "is not the same as",
    r"\bstands? (?:twice|alone|apart|there|here|neither|in\b|on\b|at\b|under\b)": "is, appears",
    r"\btold of\b": "is about",
    r"\b[Ww]ho only reads\b|\bWhoever\b": "if you …",
    r"\bcannot be made\b": "could not be created",
    r"\bwins \d+ minutes?\b": "saves",
    r"\bthe room for a reason\b|\blet you part\b|\bhold together with\b": "say it in English",
    r"\b[Pp]ress (?:Check|the button|“)": "click",
    r"\bper cent\b|\d %(?!\w)": "percent, 65%",
    r"\b(?:[02-9]|\d\d+) (?:word|claim|row|mark|task|question|answer|hint|card|sentence|page)\b(?!-)": "a plural",
    r"\b1 (?:words|claims|rows|marks|tasks|questions|answers|hints|cards|sentences|pages)\b": "a singular",
}


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "names changed whole claim one used passed lies wire hour real guess judge speech"),
        (2, "statement careful changes people printed wanted tables because science being headline missile sometimes"),
        (3, "ironic anyone quotation agency evidence media articles supported minister area serious nuclear audience"),
        (4, "separately attribution reliable contradicted military information society situation"),
        (5, "misattributed opportunity"),
    ],
)
def test_syllables_are_counted(count, words):
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_a_name_a_number_and_a_quotation_count_as_one_easy_word():
    hard = sentences(
        "Democratically organized institutions deliberated extensively about administrative reorganization."
    )
    easy = sentences(
        "On March 18, 2024, the Korean Central News Agency said “unprecedented administrative reorganization”."
    )
    assert hard[0].grade > 20
    assert easy[0].grade < 5


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_sentence_is_above_grade_nine_and_half_are_below_seven(path):
    found = [s for paragraph in paragraphs(path) for s in sentences(paragraph, NAMES)]
    assert found or path.name == "words.yaml"
    hard = sorted((s for s in found if s.words >= LONG_ENOUGH and s.grade > 9), key=lambda s: -s.grade)
    assert hard == []
    assert median([s.grade for s in found] or [0]) <= 7


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.parent.name)
def test_sentences_of_a_lesson_are_not_chopped(path):
    found = [s for paragraph in paragraphs(path) for s in sentences(paragraph, NAMES)]
    assert len(found) > 10
    assert 8.5 <= mean(s.words for s in found) <= 16


def prose():
    """(file, text without code) of what people read."""
    built = {"answer-key.md"}
    docs = [path for path in (ROOT / "docs").glob("*.md") if path.name not in built]
    for path in [
        *FILES,
        *course_path().glob("*.yaml"),
        *docs,
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
    ]:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        text = re.sub(r"`[^`]*`|^\s*[%#] .*$|^.*\|.*labelling.*$", "", text, flags=re.MULTILINE)
        yield path, " ".join(text.split())
    # The rooms that learners meet; word lists and messages to authors are elsewhere.
    for path in sorted(p for room in ROOMS for p in (ROOT / "src" / "medialit" / room).rglob("*.py")):
        yield path, " ".join(" ".join(messages(path)).split())
    scripts = [
        *(ROOT / "src" / "medialit" / "widgets" / "js").glob("*.js"),
        *(ROOT / "labextension" / "src").glob("*.ts"),
    ]
    for path in sorted(scripts):
        text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        said = re.findall(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""", text)
        yield path, " ".join(words for _, words in said if words.count(" ") >= 2)


def messages(path):
    """The sentences in a Python file that somebody may read: texts of three words or more, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
        if said and node.value.count(" ") >= 2:
            yield node.value


def test_no_phrase_sounds_translated():
    read = list(prose())
    assert len(read) > 150
    found = [
        f"{path.relative_to(ROOT)}: “{match[0]}” (write: {instead})"
        for path, text in read
        for phrase, instead in FOREIGN.items()
        for match in re.finditer(phrase, text)
    ]
    assert not found, "\n".join(found)
