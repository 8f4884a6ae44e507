"""Part 5 of the annotation page: what a case can do without, each by a form, and each opens an exercise."""

import json

import pytest
import test_annotate as quotes
from pages import press, sent
from some import some

from medialit.authoring.annotate import annotate
from medialit.authoring.casecheck import check_case
from medialit.case import load_case
from medialit.case.load import case_faults
from medialit.units.registry import find_unit, load_tasks

folder = quotes.folder

TERMS = {
    "word1": "bearings", "means1": "Parts on which a bridge rests and moves a little.",
    "word2": "sidewalk", "means2": "The part of a street for people who walk.",
    "word3": "autumn", "means3": "The season after summer.",
}  # fmt: skip
CHAIN = {
    "question": "Through whose hands did this warning go?",
    "record": "Two engineers spoke to a newspaper. A group passed its words on.",
    "clue": "Read ¶5 once more.",
    "hand1text": "Two engineers, not named", "hand1why": "They spoke first.",
    "hand2text": "Quarter Notes, a neighborhood group", "hand2why": "Its post has the words.",
    "stranger1text": "The head teacher", "stranger1why": "He is quoted elsewhere. Does anything connect him with it?",
}  # fmt: skip
REPAIR = {
    "record": "The recording of the council has: “It is an estimate.”",
    "question": "How would you print this sentence?",
    "version1text": "The sum is an estimate, members said.", "version1print": "yes", "version1why": "No marks.",
    "version2text": "Members called the sum “a lie”.", "version2print": "no", "version2why": "Nobody said that.",
    "reason1text": "The marks promise words that the recording does not have.",
    "reason2text": "A council must not be quoted.",
}  # fmt: skip


def go(page, act, answer=None):
    press(page, act, next(iter(page.state)), answer)
    return json.dumps(next(iter(page.state.values())), ensure_ascii=False)


def saved(folder, name, *answers):
    """Fill in one of them, page by page, and save it; what the page says then."""
    page = annotate(folder, part="extras")
    told = go(page, name)
    for answer in answers:
        told = go(page, "save", answer)
    return told


def task(folder, unit, name):
    tasks = load_tasks(find_unit(unit), load_case(folder))
    return next((task for task in tasks.values() if task.id == name), None)


def passes_and_fails(folder, unit, name, wrong):
    """The key of an exercise passes, nothing and a wrong answer do not, and the check of the case says that it is served."""
    assert case_faults(folder) == []
    found = task(folder, unit, name)
    assert found.check(found.answer()).outcome.done
    assert not found.check(None).outcome.done
    outcome = found.check(wrong(found)).outcome
    assert outcome in ("not yet", "partly"), outcome
    assert any(finding.sign == "good" and found.title in finding.text for finding in check_case(folder))


@pytest.fixture
def quoted(folder):
    quotes.through(annotate(folder))
    return folder


def first_quote(folder):
    return next(quote.id for quote in load_case(folder).quotes if quote.speaker_name)


def test_three_hard_words_open_the_first_exercise_on_words(folder):
    assert "saved in glossary.yaml. Exercises 0.1, 0.2" in saved(folder, "terms", TERMS)
    passes_and_fails(
        folder, "welcome", "terms", lambda task: {row: {"term": sorted(task.terms)[0]} for row in task.right}
    )
    assert load_case(folder).glossary["bearings"] == TERMS["means1"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "Only 0 of these words occur once"),
        ({"word1": "bearings"}, "Word 1: What does “bearings” mean here?"),
        ({"means1": "A part."}, "Word 1: Write the word, too."),
        ({"word1": "zeppelin", "means1": "A ship."}, "does not contain “zeppelin”"),
        (TERMS | {"word3": "bearings"}, "Word 3: “bearings” is in this list already."),
        (TERMS | {"word3": "bridge"}, "“bridge” occurs"),
        (TERMS | {"word3": "eight"}, "Only 2 of these words"),
    ],
)
def test_words_that_make_no_exercise_are_refused_and_kept(folder, answer, says):
    assert says in saved(folder, "terms", answer)
    assert not (folder / "glossary.yaml").exists()
    assert annotate(folder, part="extras").typed["terms"] == answer


def test_a_chain_of_hands_opens_its_exercise_and_keeps_its_keys(quoted):
    chain = CHAIN | {"quote": first_quote(quoted)}
    assert "A chain of hands: saved in quotes.yaml" in saved(quoted, "chain", chain)
    passes_and_fails(quoted, "quotes", "chain", lambda task: list(reversed(task.answer())))
    before = load_case(quoted).chain.links
    assert [link.place for link in before] == [1, 2, 3, None]
    more = chain | {
        "stranger2text": "A bus driver",
        "stranger2why": "Nobody quotes one.",
        "hand3text": "A radio",
        "hand3why": "Live.",
    }
    saved(quoted, "chain", more)
    after = {link.text: link.key for link in load_case(quoted).chain.links}
    assert all(after[link.text] == link.key for link in some(before))
    assert len(after) == 6
    # The sides of part 1 are still there, and part 1 leaves the chain alone.
    assert {voice.bloc for voice in load_case(quoted).voices} == {"city", "others"}
    quotes.through(annotate(quoted))
    assert len(load_case(quoted).chain.links) == 6


def test_a_chain_before_the_sides_are_written_is_no_fault(folder):
    page = annotate(folder)
    press(page, "save", "marks", quotes.marks(page))
    press(page, "save", "speakers", quotes.yes(page))
    saved(folder, "chain", CHAIN | {"quote": first_quote(folder)})
    assert case_faults(folder) == []
    assert task(folder, "quotes", "chain")
    assert task(folder, "quotes", "voices") is None
    quotes.through(annotate(folder))
    assert task(folder, "quotes", "voices")
    assert load_case(folder).chain.question == CHAIN["question"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"quote": ""}, "Choose the words that went through several hands."),
        ({"quote": "q99"}, "The quotation you chose is gone."),
        ({"clue": " "}, "Write a hint"),
        ({"hand2text": "", "hand2why": ""}, "Write at least two hands"),
        ({"hand2why": ""}, "write how you know"),
        ({"stranger1text": ""}, "write who this was"),
        ({"stranger1text": "", "stranger1why": ""}, "at least one person or body that was not part of it"),
        ({"stranger1text": "Two engineers, not named"}, "is there twice"),
    ],
)
def test_a_chain_that_lacks_something_is_refused_and_kept(quoted, more, says):
    before = (quoted / "quotes.yaml").read_bytes()
    typed = CHAIN | {"quote": first_quote(quoted)} | more
    assert says in saved(quoted, "chain", typed)
    assert (quoted / "quotes.yaml").read_bytes() == before
    assert annotate(quoted, part="extras").typed["chain"] == typed


def test_a_quotation_to_repair_opens_its_exercise(quoted):
    assert "A quotation to repair: saved in quotes.yaml" in saved(
        quoted, "repair", REPAIR | {"quote": first_quote(quoted)}
    )

    def wrong(task):
        repair = task.case.repair
        return {
            "repair": {
                "rewrite": next(one.key for one in repair.rewrites if not one.share),
                "reason": next(one.key for one in repair.reasons if not one.right),
            }
        }

    passes_and_fails(quoted, "quotes", "repair", wrong)
    # Which reason is right cannot be seen from its place or its key.
    reasons = load_case(quoted).repair.reasons
    assert [one.text for one in reasons] == sorted((one.text for one in reasons), key=str.casefold)
    # Without the draft, the form begins with what the case has.
    (quoted / "coding" / "extras.json").unlink()
    page = annotate(quoted, part="extras")
    go(page, "repair")
    assert page.state["repair"]["answer"] == REPAIR | {"quote": first_quote(quoted)}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"record": ""}, "Write what the record says."),
        ({"version1print": "no"}, "at least one way to print it that could be printed"),
        ({"version2print": "yes"}, "at least one way to print it that could not be printed"),
        ({"version2why": ""}, "write why, in a sentence"),
        ({"reason1text": ""}, "Write the right reason"),
        ({"reason2text": ""}, "at least one wrong reason"),
    ],
)
def test_a_repair_that_lacks_something_is_refused(quoted, more, says):
    assert says in saved(quoted, "repair", REPAIR | {"quote": first_quote(quoted)} | more)
    assert load_case(quoted).quote_gold.repair is None


def test_what_is_typed_is_kept_as_one_goes_and_the_list_says_what_is_done(folder):
    page = annotate(folder, part="extras")
    assert "It needs quotations." in sent(page)
    assert "It needs quotations." in go(page, "chain")
    go(page, "terms")
    press(page, "draft", "terms", {"word1": "bearings"})
    again = annotate(folder, part="extras")
    go(again, "terms")
    assert again.state["terms"]["answer"] == {"word1": "bearings"}
    go(again, "back", TERMS)
    assert annotate(folder, part="extras").typed["terms"] == TERMS
    saved(folder, "terms", TERMS)
    assert "Hard words and what they mean</strong> (exercise 0.2): done" in sent(annotate(folder, part="extras"))


def test_what_was_written_by_hand_stays_and_a_second_coder_adds_nothing(quoted):
    for name in ("glossary.yaml", "quotes.yaml"):
        text = (
            (quoted / name).read_text(encoding="utf-8").partition("\n")[2]
            if (quoted / name).exists()
            else "ferry: A boat.\n"
        )
        (quoted / name).write_text(text, encoding="utf-8")
    before = {name: (quoted / name).read_bytes() for name in ("glossary.yaml", "quotes.yaml")}
    assert "glossary.yaml was written by hand and stays as it is" in saved(quoted, "terms", TERMS)
    chain = CHAIN | {"quote": first_quote(quoted)}
    assert "quotes.yaml was written by hand and stays as it is" in saved(quoted, "chain", chain)
    assert all((quoted / name).read_bytes() == data for name, data in before.items())
    second = annotate(quoted, 2, "extras")
    assert "Nothing in this part is coded twice." in sent(second)
    assert second.blocks[0]["buttons"] == []
