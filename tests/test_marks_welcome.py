"""Unit 0: what an answer between nothing and everything earns."""

import copy
from types import SimpleNamespace

import pytest
from marks import BOTH, A, M, cells, earns, rows, scored, tasks, too_few

from medialit.article import Article

TABLE = [
    # 0.2: a fifth for each sentence with its own words.
    (M, "0.2", cells("term", S2="rogue nation"), 0.2),
    (M, "0.2", cells("term", S2="rogue nation", S6="provocative", S12="provocative"), 0.4),
    (M, "0.2", cells("term", S2="rogue nation", S12="provocative", S25="state-run"), 0.6),
    (M, "0.2", cells("term", S2="rogue nation", S6="nuclear counter-attack", S12="provocative", S25="state-run"), 0.8),
    (A, "0.2", cells("term", S12="valve", S14="germs"), 0.2),
    (A, "0.2", cells("term", S12="valve", S14="basin"), 0.4),
    (A, "0.2", cells("term", S12="valve", S14="basin", S15="neglect", S16="germs", S35="degrees Celsius"), 0.6),
    # 0.4: a quarter for each action with its move.
    (BOTH, "0.4", cells("move", clip="trace"), 0.25),
    (BOTH, "0.4", cells("move", clip="stop", owner="stop", angry="stop", others="stop"), 0.25),
    (BOTH, "0.4", cells("move", clip="trace", owner="find", angry="stop", others="investigate"), 0.5),
    (BOTH, "0.4", cells("move", clip="trace", owner="investigate", angry="stop"), 0.75),
]
# Pressed or not, saved or not, guessed or not: nothing lies between.
ALL_OR_NOTHING = ("0.0", "0.1", "0.3")


@pytest.mark.parametrize(("case", "name", "answer", "score"), rows(TABLE))
def test_partial_credit(case, name, answer, score):
    assert earns("welcome", case, name, answer, score)


def test_every_task_with_parts_has_three_rows():
    assert too_few(TABLE, ["0.2", "0.4"]) == []


@pytest.mark.parametrize("case", BOTH)
def test_tasks_without_parts_give_all_or_nothing(case):
    # The practice question is about the story of the course.
    assert [earns("welcome", M, "0.0", key, score) for key, score in zip("abc", (0, 1, 0), strict=True)] == [True] * 3
    one, two = "1" * 16, "2" * 16
    sums = ({"saved": one, "restored": one}, {"saved": one, "restored": two}, {"saved": one}, {"restored": one})
    assert [earns("welcome", case, "0.1", each, score) for each, score in zip(sums, (1, 0, 0, 0), strict=True)] == [
        True
    ] * 4
    assert earns("welcome", case, "0.1", {"saved": "…", "restored": "…"}, 0)
    assert earns("welcome", case, "0.1", tasks("welcome", case)["0.1"].answer(), 1)
    assert [earns("welcome", case, "0.3", guess, 1) for guess in (0, 7, 500)] == [True] * 3
    assert scored("welcome", case, "0.3", 501).outcome == "could not check"


@pytest.mark.parametrize("case", BOTH)
def test_a_guess_is_answered_with_the_number_that_the_rule_finds(case):
    found = tasks("welcome", case)["0.3"].answer()
    for guess, close in ((found, True), (found + 2, True), (found - 2, True), (found + 3, False), (0, False)):
        said = str(scored("welcome", case, "0.3", guess))
        assert f"You guessed {guess}." in said
        assert f"finds {found}." in said
        assert ("You were close" in said) is close


@pytest.mark.parametrize(
    ("glossary", "rows"),
    [
        ("aa bb cc", "aa bb cc"),
        ("aa bb cc dd ee ff gg hh ii", "aa bb cc dd ee"),
        ("aa bb cc dd ee ff gg hh ii jj", "aa cc ee gg ii"),
        # What is twice in the story, or nowhere, is left out, and so is a second one of the same sentence.
        ("zz xx aa Aa cc", "Aa cc"),
    ],
)
def test_five_terms_are_spread_over_the_story(glossary, rows):
    words = [chr(97 + n) * 2 for n in range(10)]
    text = " ".join(f"{word.title()} is {word}, so xx." for word in words)
    task = copy.copy(tasks("welcome")["0.2"])
    task.__dict__.pop("terms", None)
    task.case = SimpleNamespace(article=Article(text), glossary=dict.fromkeys(reversed(glossary.split())))
    assert " ".join(task.terms) == rows
    assert [number for number, _ in task.terms.values()] == [words.index(term.lower()) + 1 for term in rows.split()]
