"""The course reads like a good American teacher: grade, length, and no phrases that sound translated."""

import re
from statistics import mean, median

import pytest
from reading import names_in, paragraphs, sentences, syllables

from medialit.files import course_path, kit_root

ROOT = kit_root()
FILES = sorted(
    path
    for path in [*course_path().glob("0*/*.md"), *course_path().glob("0*/*.yaml"), *course_path().glob("pages/*.md")]
    if path.name not in ("words.yaml", "rubric.yaml")  # labels and lists; few whole sentences
)
NAMES = names_in([path.read_text(encoding="utf-8") for path in FILES])
LESSONS = sorted(course_path().glob("0*/lesson.md"))
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
def test_no_page_is_hard_to_read(path):
    found = [s for paragraph in paragraphs(path) for s in sentences(paragraph, NAMES)]
    assert found
    hard = [s for s in found if s.words >= LONG_ENOUGH and s.grade > 11 and "five frames" not in s.text]
    assert not hard, max(hard, key=lambda s: s.grade)
    assert sum(s.words >= LONG_ENOUGH and s.grade > 9 for s in found) <= max(2, 0.06 * len(found))
    assert median(s.grade for s in found) <= 7


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.parent.name)
def test_sentences_of_a_lesson_are_not_chopped(path):
    found = [s for paragraph in paragraphs(path) for s in sentences(paragraph, NAMES)]
    assert len(found) > 20
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


def test_no_phrase_sounds_translated():
    read = list(prose())
    assert len(read) > 30
    found = [
        f"{path.relative_to(ROOT)}: “{match[0]}” (write: {instead})"
        for path, text in read
        for phrase, instead in FOREIGN.items()
        for match in re.finditer(phrase, text)
    ]
    assert not found, "\n".join(found)
