"""Unit 0: what an answer between nothing and everything earns."""

import pytest
from marks import BOTH, A, M, cells, rows, scored, tasks, too_few

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
    assert scored("welcome", case, name, answer).score == pytest.approx(score, abs=1e-6)


def test_every_task_with_parts_has_three_rows():
    names = [name for name in tasks("welcome") if name not in ALL_OR_NOTHING]
    assert (names, too_few(TABLE, names)) == (["0.2", "0.4"], [])


@pytest.mark.parametrize("case", BOTH)
def test_tasks_without_parts_give_all_or_nothing(case):
    # The practice question is about the story of the course.
    assert [scored("welcome", BOTH[0], "0.0", key).score for key in "abc"] == [0, 1, 0]
    one, two = "1" * 16, "2" * 16
    sums = ({"saved": one, "restored": one}, {"saved": one, "restored": two}, {"saved": one}, {"restored": one})
    assert [scored("welcome", case, "0.1", each).score for each in sums] == [1, 0, 0, 0]
    assert scored("welcome", case, "0.1", {"saved": "…", "restored": "…"}).score == 0
    assert [scored("welcome", case, "0.3", guess).score for guess in (0, 7, 500)] == [1, 1, 1]
    assert scored("welcome", case, "0.3", 501).outcome == "could not check"


@pytest.mark.parametrize("case", BOTH)
def test_a_guess_is_answered_with_the_number_that_the_rule_finds(case):
    found = tasks("welcome", case)["0.3"].answer()
    for guess, close in ((found, True), (found + 2, True), (found - 2, True), (found + 3, False), (0, False)):
        said = str(scored("welcome", case, "0.3", guess))
        assert f"You guessed {guess}." in said
        assert f"finds {found}." in said
        assert ("You were close" in said) is close
