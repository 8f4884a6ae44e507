"""What each type of question gives for an answer, on small questions: scores by hand, limits at their edges."""

import itertools

import pytest
from pydantic import ValidationError

from medialit.errors import MedialitError
from medialit.exercises import quiz
from medialit.exercises.quiz import NumberQuestion, OneQuestion, OrderQuestion, Quiz, SeveralQuestion, TextQuestion

RIGHT, WRONG = "yes " * 20, "no " * 30
OTHERWISE = {"feedback": WRONG, "code": "T-O"}


def question(kind, **fields):
    plain = {"id": "q1", "version": 1, "stem": "Which?", "hints": ["one", "two", "three"]}
    if kind not in (OneQuestion, SeveralQuestion):
        plain |= {"right": RIGHT, "otherwise": OTHERWISE}
    return kind.model_validate(plain | {"type": kind.__name__.removesuffix("Question").lower()} | fields)


def option(name, right):
    return {"id": name, "text": name, "feedback": RIGHT if right else WRONG} | (
        {"right": True} if right else {"code": f"T-{name.upper()}"}
    )


def trap(code, **fits):
    return {"code": code, "feedback": WRONG, **fits}


def refused(kind, says, **fields):
    with pytest.raises((ValidationError, ValueError)) as caught:
        question(kind, **fields)
    assert says in str(caught.value)


# Three of five are right: each right choice counts a third, each wrong one takes a third away.
@pytest.mark.parametrize(
    ("answer", "score", "outcome", "codes", "told"),
    [
        ("abc", 1, "passed", (), "none is missing"),
        ("a", 1 / 3, "partly", ("T-O",), "1 of your 1 choices fit. Still missing: 2."),
        ("ab", 2 / 3, "partly", ("T-O",), "2 of your 2 choices fit. Still missing: 1."),
        ("abcd", 2 / 3, "partly", ("T-D",), "3 of your 4 choices fit. Still missing: 0."),
        ("abcde", 1 / 3, "partly", ("T-D", "T-E"), "3 of your 5 choices fit. Still missing: 0."),
        ("ad", 0, "not yet", ("T-D",), "1 of your 2 choices fit. Still missing: 2."),
        ("ade", 0, "not yet", ("T-D", "T-E"), "1 of your 3 choices fit. Still missing: 2."),
    ],
)
def test_several_choices(answer, score, outcome, codes, told):
    options = [option(name, name in "abc") for name in "abcde"]
    asked = question(SeveralQuestion, options=options, missed=OTHERWISE)
    for given in itertools.islice(itertools.permutations(answer), 3):
        result = asked.check([f" {name.upper()}" for name in given])
        assert (result.score, result.outcome, result.codes) == (pytest.approx(score), outcome, codes)
        assert told in result.message
    assert asked.check(set("abc")).outcome == "passed"
    assert asked.plain(["c", "B", "b", " a"]) == ["a", "b", "c"]
    assert asked.check(["a", 1]).outcome == "could not check"


NUMBER = {"answer": 10, "tolerance": 0.5}
TRAPS = [trap("T-V", value=7), trap("T-B", low=11, high=20), trap("T-H", low=30), trap("T-L", high=3)]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        *((x, "passed") for x in (10, 9.5, 10.5, "ten", "10.0")),
        *((x, "T-V") for x in (7, 7.0, "seven")),
        *((x, "T-B") for x in (11, 15, 20)),
        *((x, "T-H") for x in (30, 10**6)),
        *((x, "T-L") for x in (3, 0, -5)),
        *((x, "T-O") for x in (9.49, 10.51, 7.005, 6.99, 10.99, 20.01, 29.99, 3.01)),
    ],
)
def test_a_number_and_its_traps_up_to_their_edges(answer, found):
    result = question(NumberQuestion, **NUMBER, traps=TRAPS).check(answer)
    assert (result.outcome, result.codes) == (("passed", ()) if found == "passed" else ("not yet", (found,)))
    assert result.score == float(found == "passed")


def test_what_a_trap_for_numbers_is_called_and_must_say():
    asked = question(NumberQuestion, **NUMBER, traps=TRAPS)
    assert list(asked.wrong()) == [
        ("7", "T-V"),
        ("11 or more up to 20", "T-B"),
        ("30 or more", "T-H"),
        ("up to 3", "T-L"),
    ]
    for faulty in (trap("T-X"), trap("T-X", value=1, low=2), trap("T-X", value=1, high=2)):
        refused(NumberQuestion, "Give a value, or low and high", **NUMBER, traps=[faulty])
    refused(NumberQuestion, "would catch the right number", **NUMBER, traps=[trap("T-X", low=10)])


ITEMS = [{"id": name, "text": name} for name in "edcba"]


# Ten pairs of five items; a pair the wrong way round takes away a tenth. A trap comes before “otherwise”.
@pytest.mark.parametrize(
    ("answer", "score", "outcome", "code"),
    [
        ("abcde", 1, "passed", None),
        ("abced", 0.9, "partly", "T-E"),
        ("bacde", 0.9, "partly", "T-O"),
        ("bcdae", 0.7, "partly", "T-O"),
        ("bcdea", 0.6, "partly", "T-O"),
        ("cbdea", 0.5, "not yet", "T-O"),
        ("edcba", 0, "not yet", "T-E"),
    ],
)
def test_an_order(answer, score, outcome, code):
    asked = question(OrderQuestion, items=ITEMS, order=list("abcde"), traps=[trap("T-E", before=["e", "d"])])
    result = asked.check([*f"{answer.upper()}"])
    assert (result.score, result.outcome) == (pytest.approx(score), outcome)
    assert result.codes == ((code,) if code else ())


def test_an_order_that_does_not_fit_is_refused():
    for order in ("abcd", "abcdd", "abcdef"):
        refused(OrderQuestion, "every item once", items=ITEMS, order=list(order))
    refused(OrderQuestion, "every item once", items=[*ITEMS, ITEMS[0]], order=list("abcde"))
    refused(OrderQuestion, "in the right order already", items=ITEMS, order=list("edcba"))
    refused(OrderQuestion, "no item z", items=ITEMS, order=list("abcde"), traps=[trap("T-E", before=["e", "z"])])
    refused(
        OrderQuestion,
        "right order of the two",
        items=ITEMS,
        order=list("abcde"),
        traps=[trap("T-E", before=["d", "e"])],
    )


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        *(
            (x, "passed")
            for x in ("the witness", "Witnesses", "a witness of the town", "wittness", "the witness, not the mayor")
        ),
        *((x, "passed") for x in ("not the mayor but a witness", "the witness because the mayor was away")),
        *((x, "T-M") for x in ("the mayor", "mayors", "not the mayor")),
        *((x, "T-N") for x in ("who?", "Who")),
        *((x, "T-O") for x in ("a witness and a lawyer", "town", "whitnasses")),
    ],
)
def test_a_short_text(answer, found):
    traps = [trap("T-M", any_of=["mayor", "council"]), trap("T-N", any_of=["who"])]
    asked = question(TextQuestion, accept=["witness"], beside=["town"], traps=traps)
    result = asked.check(answer)
    assert (result.outcome, result.codes) == (("passed", ()) if found == "passed" else ("not yet", (found,)))
    # A slip of one letter is forgiven in a word of six letters, and not for a shorter one.
    short = question(TextQuestion, accept=["editor", "mayor"])
    assert [short.check(text).outcome for text in ("editer", "edito", "mayore")] == ["passed", "not yet", "not yet"]
    refused(TextQuestion, "catch an accepted answer", accept=["witness"], traps=[trap("T-M", any_of=["x", "witness"])])


def test_words_of_a_short_answer():
    assert quiz.words_of("The cars, a bus and the boss of him") == ["car", "bus", "and", "boss", "him"]
    assert [quiz.normal(text) for text in ("A dog", "an Ox", "the", "Kim’s", "the the")] == [
        "dog",
        "ox",
        "",
        "kim",
        "the",
    ]
    assert question(TextQuestion, accept=list("vwxyz")).in_words == "v; w; x; y …"


def test_what_is_too_long_to_be_an_answer():
    text = question(TextQuestion, accept=["witness"])
    assert text.check("x" * 200).outcome == "not yet"
    assert text.check("x" * 201).message == "That text has 201 characters. Write at most 200."
    asked = question(SeveralQuestion, options=[option(name, name == "a") for name in "abc"], missed=OTHERWISE)
    assert asked.check(["a"] * 50).outcome == "passed"
    assert "That list has 51 entries" in asked.check(["a"] * 51).message
    assert (
        "something other than texts"
        in question(OrderQuestion, items=ITEMS, order=list("abcde")).check(["a", 1]).message
    )


def test_certainty_points_are_given_for_the_first_answer_alone():
    asked = question(OneQuestion, options=[option("a", True), option("b", False)])
    assert (asked.check("a", 3).details["points"], asked.check("b", 3).details["points"]) == (3, -6)
    assert asked.check("a", 3, ("a", 3)).details["points"] == 3
    for first in (("b", 3), ("a", 2)):
        again = asked.check("a", 3, first)
        assert (again.outcome, again.details) == ("passed", {})
        assert "given once" in again.message
    assert "given once" not in asked.check("a", None, ("b", 3)).message


def test_feedback_has_the_length_that_contributing_names():
    for limits, few, many in ((quiz.RIGHT_WORDS, 15, 60), (quiz.WRONG_WORDS, 25, 60)):
        for words in (few, many):
            assert quiz._check_words("word " * words, limits)
        for words in (few - 1, many + 1):
            with pytest.raises(ValueError, match=f"has {words} words"):
                quiz._check_words("word " * words, limits)


def test_options_of_one_and_several():
    good = [option("a", True), option("b", False), option("c", False)]
    refused(OneQuestion, "not 0", options=good[1:])
    refused(OneQuestion, "not 2", options=[*good, option("d", True)])
    refused(OneQuestion, "no misconception", options=[good[0] | {"code": "T-A"}, good[1]])
    refused(OneQuestion, "needs the code", options=[good[0], {"id": "b", "text": "b", "feedback": WRONG}])
    refused(SeveralQuestion, "At least one", options=[option(name, False) for name in "abc"], missed=OTHERWISE)


@pytest.mark.parametrize(
    ("keys", "fits"), [("aa", True), ("aab", True), ("aaa", False), ("aabb", True), ("aaab", False)]
)
def test_who_always_picks_one_letter_does_not_do_well(keys, fits):
    def asked(number, key):
        options = [option(name, name == key) for name in "abc"]
        return {"id": f"q{number}", "version": 1, "type": "one", "stem": "?", "hints": list("123"), "options": options}

    file = {"title": "t", "misconceptions": {f"T-{x}": "Say." for x in "ABC"}}
    file["questions"] = [asked(number, key) for number, key in enumerate(keys)]
    if fits:
        assert len(Quiz.model_validate(file).questions) == len(keys)
    else:
        with pytest.raises(ValidationError, match=f"right in 3 of {len(keys)} questions"):
            Quiz.model_validate(file)


def test_questions_of_another_story_are_left_out_and_its_paragraphs_too():
    hints = ["Look at ¶3. Then look here.", "Then look there.", "Count the marks. Look at “those words” in ¶9."]
    letters = {"any": "a", "course": "b", "pool": "a"}
    file = {"title": "t", "misconceptions": {"T-A": "Also.", "T-B": "Say."}}
    file["questions"] = []
    for name, about in (("any", ""), ("course", "missile-tests"), ("pool", "averstow-pool")):
        options = [option(key, key == letters[name]) for key in "ab"]
        asked = question(OneQuestion, id=name, about=about, options=options, hints=hints)
        file["questions"].append(asked.model_dump(by_alias=True))
    whole = Quiz.model_validate(file)
    assert whole.on("missile-tests") is whole
    pool = whole.on("averstow-pool")
    assert [one.id for one in pool.questions] == ["any", "pool"]
    assert pool["any"].hints == ["Look here.", "Then look there.", "Count the marks."]
    assert pool["pool"].hints == hints
    assert ("any" in pool, "course" in pool) == (True, False)
    more = pool.more({"T-C": "Other.", "T-B": "Not this."}, [whole["course"], whole["any"]])
    assert [one.id for one in more.questions] == ["any", "pool", "course"]
    assert more.misconceptions == {"T-A": "Also.", "T-B": "Say.", "T-C": "Other."}
    with pytest.raises(MedialitError, match="no question “course”"):
        pool["course"]
