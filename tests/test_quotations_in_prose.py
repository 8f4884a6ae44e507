"""What the course quotes with its ¶ is in that paragraph, word for word."""

import re

import pytest
from leaks import same

from medialit.case import load_case
from medialit.files import course_path

# A sentence with its marks, one paragraph of Markdown or one text of YAML at a time.
_SENTENCE = re.compile(r"(?<=[.?!”])\s+(?=[A-Z“*¶])|\n\s*\n|\n\s*- ")
_QUOTED = re.compile(r"“([^”]{6,})”|(?<![*\w])\*([^*\n]{6,})\*(?![*\w])")
# Beside a ¶, and not quoted from it: names of steps, and a correction that learners judge.
NOT_QUOTED = {"record level", "the claim", "a number in 9 is wrong so the whole paragraph was removed"}


def quotations(text):
    """(numbers of the paragraphs that a sentence names, words that it quotes), of two words and more."""
    for sentence in _SENTENCE.split(text):
        numbers = [int(number) for number in re.findall(r"¶(\d+)", sentence)]
        for found in _QUOTED.finditer(sentence):
            words = found[1] or found[2]
            if numbers and len(words.split()) > 1:
                yield numbers, words


def false(text, paragraphs):
    """The quotations of a text that are in none of the paragraphs that their sentence names."""
    return [
        words
        for numbers, words in quotations(text)
        if same(words).strip() not in NOT_QUOTED
        and not all(
            any(part in paragraphs.get(number, "") for number in numbers)
            for part in map(same, re.split(r"…|\.\.\.", words))
            if part.strip()
        )
    ]


@pytest.fixture(scope="module")
def paragraphs():
    article = load_case("missile-tests").article
    return {block.number: same(article[block.span]) for block in article.blocks if block.number}


def test_the_course_quotes_what_is_there(paragraphs):
    # The texts in course/tests are about stories of their own.
    files = [p for p in sorted(course_path().rglob("*")) if p.suffix in (".md", ".yaml") and p.parent.name != "tests"]
    found = {path: list(quotations(path.read_text(encoding="utf-8"))) for path in files}
    assert sum(map(len, found.values())) > 25
    assert len({path.parent for path, some in found.items() if some}) > 4
    wrong = {path: words for path in files if (words := false(path.read_text(encoding="utf-8"), paragraphs))}
    assert not wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In ¶2 the story says that Kim *just keeps firing missiles*.", ["just keeps firing missiles"]),
        ("In ¶2 the story says that Kim *just keeps firing weapons*.", []),
        (
            "Look at ¶1: “raise tensions with America … than keeping peace”.",
            ["raise tensions with America … than keeping peace"],
        ),
        ("Look at ¶1: “raise tensions with America … than negotiating peace”.", []),
        ("Look at ¶2: “raise tensions with America”.", ["raise tensions with America"]),
        ("Nobody says where: “it is as good as gold”.", []),
    ],
)
def test_a_quotation_that_was_changed_is_found(text, words, paragraphs):
    assert false(text, paragraphs) == words
