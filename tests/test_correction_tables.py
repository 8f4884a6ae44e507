"""A corrected paragraph, held against its story piece by piece: each row is worked out by hand."""

from types import SimpleNamespace

import pytest
from marks import M, scored, tasks

from medialit.article import Span
from medialit.units.correction import paragraph as p
from medialit.units.correction.changes import changes
from medialit.units.correction.rubric import CRITERIA, Review, mean_points

CARD = SimpleNamespace(
    publisher="Kyodo News", origin="Kyodo", title="Two rockets fell", fact="They flew 350 kilometers.", quotation="a threat",
    date="2024-03-18",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday, three of 38,000 saw Japan’s coast.", {"3", "38000", "japan"}),
        ("The 1,5 and 2.5 and 1,000,000 of them.", {"1.5", "2.5", "1000000"}),
        ("It did not; he doesn't, she doesn’t, nobody can.", {"not"}),
        # The first word of a sentence is a name when it is one elsewhere.
        ("Kim spoke. People saw Kim.", {"kim"}),
        ("People spoke. He left. “Nobody” said Dr Ito.", {"not", "ito"}),
        ("I saw the U.S. coast: A ship.", {"u.s"}),
        ("twelve and thirteen", {"12"}),
        ("Three boats; 4.5 meters, or 38,000. They cannot swim.", {"3", "4.5", "38000", "not"}),
    ],
)
def test_facts_of_a_text(text, found):
    assert p.facts(text) == found


def test_quotations_may_be_shortened_and_not_changed():
    story = "He said: “This is a grave threat to us.” She said “no way,” and left."
    assert p.quotations(story) == ["This is a grave threat to us", "no way"]
    assert p.quotations("“” and “ , ”") == []

    def check(text, faulty=""):
        found = p.check_quotations(text, story, story, [CARD], faulty)
        return found.kept, found.lost, found.strange

    whole, short = "This is a grave threat to us", "no way"
    assert check(f"“{whole}.” “{short}”") == ((whole, short), (), ())
    assert check(f"“{whole}.” “a grave threat”") == ((whole,), (short,), ())
    assert check(f"“{whole}” “{short}” “grave threats”") == ((whole, short), (), ("grave threats",))
    assert check(f"“{short}” “a threat”") == ((short,), (whole,), ())
    assert check(f"“{short}”", faulty=f"He said: “{whole}.”") == ((short,), (), ())
    # Half a word is no part of a quotation.
    assert check(f"“{whole}” “{short}” “his is”") == ((whole, short), (), ("his is",))
    assert [text for text in ("“a”", "“a", "a", "“a” “", "«a»", '"a', "it’s 5’") if p.unclosed(text)] == [
        "“a",
        "“a” “",
        '"a',
    ]


def test_facts_that_stay_are_lost_or_come_from_nowhere():
    found = p.check_facts("Kyodo saw 5 ships off Mars, not 350.", {"350", "japan"}, "Japan has 7 ships.", [CARD])
    assert (found.kept, found.lost, found.strange) == (("350",), ("japan",), ("5", "mars"))
    assert p.facts_of([CARD]) >= {"2024", "march", "18", "350", "2", "kyodo", "threat"}
    bare = SimpleNamespace(**vars(CARD) | {"date": None})
    assert not {"2024", "march"} & p.facts_of([bare])
    assert [p._date(day) for day in ("2024", "2024-12", "2024-01-05", "", None)] == [
        {"2024"}, {"2024", "december"}, {"2024", "january", "5"}, set(), set(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "traced"),
    [
        ("Kyodo reported it.", True),
        ("It was so in March.", True),
        ("It was 2024.", True),
        ("It was so.", False),
        ("It was news.", False),  # the publisher's word alone, without its capital, still is a word of it
        ("Japan said so.", False),
    ],
)
def test_a_paragraph_says_when_or_by_whose_record(text, traced):
    assert p.traces(text, "Japan has news.", [CARD]) is traced
    assert not p.traces(text, text, [CARD])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("As the Kyodo News has it, they fell.", True),
        ("By Kyodo’s count they fell.", True),
        ("They fell on March 18.", True),
        ("They fell on 18 March 2024.", True),
        ("They fell on March 1.", False),
        ("They fell in March 2024.", False),
        ("It was news.", False),
    ],
)
def test_a_paragraph_may_have_said_by_whose_record_before(text, named):
    assert p.names_record(text, [CARD]) is named
    bare = SimpleNamespace(**vars(CARD) | {"date": None})
    assert p.names_record(text, [bare]) is ("Kyodo" in text)


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("They flew at 50 kilometers per hour.", True),
        ("They flew at the speed of 50 kilometers per hour.", False),
        ("They flew at about 50 kilometers per hour.", False),
        ("They flew at 60 kilometers per hour.", True),  # another number corrects nothing
        ("They flew at 350 kilometers per hour.", True),  # the record has 350, but not per hour
        ("They flew 50 meters high.", False),
        ("", False),
    ],
)
def test_words_of_a_claim_that_are_still_there(text, still):
    assert p.still_says(text, "flew at 50 kilometers per hour", cards=[CARD]) is still


def test_a_number_of_the_record_corrects_a_claim_and_marks_can_be_what_is_wrong():
    assert not p.still_says("They flew 350 kilometers.", "flew 50 kilometers", cards=[CARD])
    assert p.still_says("They flew 350 kilometers.", "flew 50 kilometers")
    assert p.still_says("He said “we won it” there.", "we won", quoted=True)
    assert not p.still_says("He said that we won it.", "we won", quoted=True)
    assert not p.still_says("Anything at all.", "the of a")


@pytest.mark.parametrize(
    ("text", "fits"),
    [("red blue grin", True), ("red grin grun", False), ("red blue grin grun", False), ("the red grin", True)],
)
def test_two_thirds_of_the_words_are_known(text, fits):
    assert p.readable(text, "red blue green") is fits


def claim(start, end, verdict):
    return SimpleNamespace(span=Span(start, end), verdict=verdict)


def test_what_is_to_be_kept():
    text = "Japan saw 3 ships, and Kim fired 9 of them."
    at = text.index("Kim")
    # The paragraph begins at 100 of its story. A claim that holds is kept, a smaller one in it that does not is not.
    good, bad = (
        claim(100, 100 + at - 1, "supported"),
        claim(100 + text.index("3"), 100 + text.index("3") + 1, "outdated"),
    )
    assert p.to_keep(text, 100, [good]) == {"3"}
    assert p.to_keep(text, 100, [good, bad]) == p.to_keep(text, 100, [good, claim(100, 111, "outdated")]) == set()
    assert p.to_keep(text, 100, [claim(100 + at, 100 + len(text) + 50, "supported")]) == {"kim", "9"}
    # Where nothing is supported: all that is outside of what does not hold.
    assert p.to_keep(text, 100, [bad]) == {"kim", "9"}
    assert p.to_keep(text, 100, [claim(100, 200, None)]) == {"3", "kim", "9"}


@pytest.mark.parametrize(
    ("before", "after", "new", "gone"),
    [
        ("a b c", "a b c", [], ()),
        ("a b c", "a x c", ["x "], ("b",)),
        ("a b", "a b c d", ["c d"], ()),
        ("a b c", "a", [], ("b c",)),
        ("He said, “no”.", 'He said: "no,"', [], ()),
    ],
)
def test_new_words_are_told_from_old_ones(before, after, new, gone):
    parts, left = changes(before, after)
    assert "".join(words for words, _ in parts) == after
    assert ([words for words, fresh in parts if fresh], left) == (new, gone)


def test_points_of_a_reader():
    """Four criteria in halves, together .40: mastery twice, emerging once and beginning once are 2.5 of 4."""
    levels = dict(zip(CRITERIA, ("mastery", "mastery", "emerging", "beginning"), strict=True))
    one, all_ = Review("", "", levels, {}), Review("", "", dict.fromkeys(CRITERIA, "mastery"), {})
    assert (one.points, all_.points, mean_points([one, all_]), mean_points([])) == (0.25, 0.4, 0.325, None)


def advice(name, **values):
    return lambda task: tasks("correction")[task].say(name, **values)


CHOSEN = tasks("correction")["5.2"].answer()
SOUND = {k: v for k, v in CHOSEN.items() if tasks("correction")["5.2"].case.claim_gold.claim(k).verdict == "supported"}


@pytest.mark.parametrize(
    ("task", "answer", "said"),
    [
        ("5.1", {"card": {"claims": ["c03", "c19"]}}, advice("too_few")),
        ("5.1", {"card": {"claims": ["c03", "c19", "c21", "c42"]}}, advice("too_many")),
        ("5.1", {"card": {"claims": ["c03", "c19", "c21"]}}, advice("guess")),
        ("5.1", {"card": {"claims": ["c03", "c19", "c42"], "sound": "c03"}}, advice("to_doubt")),
        ("5.1", {"card": {"claims": ["c12", "c14", "c21"], "sound": "c21"}}, advice("to_sound")),
        ("5.1", {"card": {"claims": ["c03", "c14", "c21"], "sound": "c21"}}, advice("go_on")),
        ("5.2", SOUND, advice("missing", n=3 - len(SOUND))),
        ("5.2", CHOSEN, lambda _: ""),
        ("5.3", {"claim": "c21", "text": "Only seven words are in this text."}, advice("begin")),
    ],
)
def test_advice_beside_a_score(task, answer, said):
    assert scored("correction", M, task, answer).next_step == said(task)
