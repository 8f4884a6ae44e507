"""The annotation page in a real browser, by mouse and by keyboard, without JupyterLab."""

import pytest
import saved_pages
import test_annotate_extras as extras
import test_annotate_wording as wording
from alone import Alone
from everyone import RULES
from lab import Keyboard, Mouse

from medialit.authoring.annotate import annotate
from medialit.case import load_case

reported, compared, verified = extras.reported, extras.compared, extras.verified


@pytest.fixture
def folder(tmp_path):
    return saved_pages.ferry_case(tmp_path)


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_confirms_who_says_what(page, folder, hand, axe):
    alone, coding = Alone(page), annotate(folder)
    hand = hand(page)
    alone.show(coding)
    assert axe(RULES) == []
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("2 of 3").wait_for()
    assert axe(RULES) == []
    rest, undo = page.locator('[data-act="rest"]'), page.locator('[data-act="undo"]')
    sure = [n for n, quote in enumerate(coding.quotes) if quote.speaker_name or quote.kind == "scare"]
    rows = page.locator(".ml-fields")
    assert (rows.count(), rest.inner_text()) == (len(coding.quotes), f"Confirm all {len(sure)} proposals")
    # The box for a name is there when it is somebody else, and another row offers what was typed in it.
    first, second = (rows.nth(n).locator("select") for n in sure[:2])
    assert not page.get_by_label("The name").first.is_visible()
    for row, name in ((first, "Ada Quill"), (second, "")):
        row.focus()
        row.select_option("other")
        box = page.get_by_label("The name").filter(visible=True).last
        box.focus()
        offered = page.get_by_role("group", name="Written before").get_by_role("button")
        assert offered.all_inner_texts() == ["Ada Quill"] * (not name)
        box.fill(name)
    hand.press(offered)
    assert box.input_value() == "Ada Quill"
    second.select_option("yes")
    page.get_by_text(f"Confirm the other {len(sure) - 2} proposals").wait_for()
    hand.press(rest)
    page.get_by_text(f"{len(sure) - 2} more proposals are confirmed").wait_for()
    assert not rest.is_visible()
    hand.press(undo)
    page.get_by_text("is open again").wait_for()
    hand.press(rest)
    page.get_by_text(f"{len(sure) - 2} more proposals are confirmed").wait_for()
    for n in set(range(len(coding.quotes))) - set(sure):
        choice = rows.nth(n).locator("select")
        choice.focus()
        choice.select_option("nobody")
    page.set_viewport_size({"width": 320, "height": 900})
    assert axe(RULES) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("3 of 3").wait_for()
    assert axe(RULES) == []
    assert len(load_case(folder).quotes) == len(coding.quotes)
    boxes = page.locator("textarea, input[type=text]")
    assert boxes.count() == len(coding._names())
    for n in range(boxes.count()):
        boxes.nth(n).fill("city" if n else "council")
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("You can come back").wait_for()
    assert {voice.bloc for voice in load_case(folder).voices} == {"city", "council"}


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_codes_the_wording(page, tmp_path, hand, axe):
    folder = wording.market_hall(tmp_path)
    alone, coding = Alone(page), annotate(folder, part="wording")
    hand = hand(page)

    def go_on(expected):
        assert axe(RULES) == []
        hand.press(page.locator('[data-act="save"]'))
        page.get_by_text(expected).first.wait_for()

    def choose(place, row=""):
        box = page.locator(f'[data-row="{row}"] {place}' if row else place)
        box.focus()
        page.keyboard.press("Space")

    alone.show(coding)
    go_on("Do you agree?")
    first, *_ = wording.agreed(coding)
    choose('input[value="not loaded"]', first)
    page.set_viewport_size({"width": 320, "height": 900})
    hand.press(page.get_by_role("button", name="Agree with all that are open"))
    page.get_by_text("What was proposed is chosen for").wait_for()
    assert [one.input_value() for one in page.locator("[data-row] input:checked").all()] == [
        "not loaded", *[cells["class"] for cells in wording.agreed(coding).values()][1:]
    ]  # fmt: skip
    hand.press(page.get_by_role("button", name="Back"))
    page.get_by_text("1 of 11").wait_for()
    go_on("Do you agree?")
    for frame in wording.FRAMES:
        go_on(f"Questions: {coding._frames[frame].label.lower()}")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        for name, cells in wording.answers(coding, frame).items():
            evidence = page.locator(f'[data-row="{name}"] .ml-numbered')
            assert not evidence.is_visible()
            choose(f'input[value="{cells["answer"]}"]', name)
            if cells["answer"] == "no":
                assert not evidence.is_visible()
                continue
            # The first sentence is typed, the others are clicked in the text.
            first, *others = cells["evidence"]
            evidence.locator("input[type=text]").fill(first.removeprefix("S"))
            hand.press(evidence.locator("summary"))
            for sentence in others:
                choose(f'input[value="{sentence}"]', name)
            assert evidence.locator("input[type=checkbox]:checked").count() == len(cells["evidence"])
            assert evidence.locator("input[type=text]").input_value() == ", ".join(s[1:] for s in cells["evidence"])
    go_on("What do the paragraphs do?")
    choose('input[value="p2"]', "problem")
    go_on("Techniques")
    go_on("What learners get")
    choose('.ml-cards input[value="S3"]')
    go_on("Names that must stay")
    for label, words in (
        ("Plain words for “furious”", "upset"),
        ("Plain words for “endless”", "long"),
        ("Plain words for “massive”", "large"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("The whole sentence").fill(wording.PLAIN["s3model"])
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    go_on("Saved. Exercises 3.1")
    gold = load_case(folder).framing
    assert {
        name: one.evidence for name, one in gold.codings["frames-coder-1"].items.items() if one.answer == "yes"
    } == {name: [int(one[1:]) for one in given] for name, given in wording.YES.items()}
    assert [one.id for one in gold.rewrites] == ["w1"]


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_adds_what_a_case_can_do_without(page, folder, hand, axe):
    coding = annotate(folder)
    coding.mark([[*quote.content, quote.kind] for quote in coding.quotes])
    coding.confirm({f"q{n}": "yes" if quote.speaker_name else "nobody" for n, quote in enumerate(coding.quotes, 1)})
    alone, adding = Alone(page), annotate(folder, part="extras")
    hand = hand(page)
    alone.show(adding)
    for name, answer in (("terms", extras.TERMS), ("chain", extras.CHAIN), ("repair", extras.REPAIR)):
        assert axe(RULES) == []
        hand.press(page.locator(f'[data-act="{name}"]'))
        page.locator(f'[data-id="{name}"]').wait_for()
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert axe(RULES) == []
        if name != "terms":
            page.get_by_label("Which").first.select_option(load_case(folder).quotes[0].id)
        blanks = adding.blocks[0]["form"]["blanks"]
        boxes = iter(page.locator(f'[data-id="{name}"] :is(textarea, input[type=text])').all())
        for blank in blanks:
            if not blank["options"]:
                next(boxes).fill(answer.get(blank["name"], ""))
            elif blank["name"] in answer:
                said = "Yes" if answer[blank["name"]] == "yes" else "No"
                place = page.get_by_role("group", name=blank["label"]).nth(int(blank["name"][-1]) - 1)
                place.get_by_label(said).focus()
                page.keyboard.press("Space")
        hand.press(page.locator('[data-act="save"]'))
        page.get_by_text(": saved. Exercise").wait_for()
    case = load_case(folder)
    assert (len(case.glossary), len(case.chain.links), len(case.repair.rewrites)) == (3, 4, 2)


@pytest.mark.parametrize("name", ["reports", "models", "card"])
def test_each_page_of_the_longer_extras_is_for_everyone(page, request, name, axe):
    place = request.getfixturevalue({"reports": "reported", "models": "compared", "card": "verified"}[name])
    answers = {
        "reports": lambda: [extras.chosen(place), extras.FACTS, extras.cells(place), extras.instead(place)],
        "models": lambda: extras.of_models(place),
        "card": extras.own_card,
    }[name]()
    alone, adding = Alone(page), annotate(place, part="extras")
    extras.go(adding, name)
    for answer in answers:
        page.set_viewport_size({"width": 320, "height": 900})
        alone.show(adding)
        page.locator(".ml-block").wait_for()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert axe(RULES) == []
        # What is chosen in the browser is what Python holds, and the button is reached by keyboard.
        extras.press(adding, "draft", None, answer)
        alone.show(adding)
        page.locator('[data-act="save"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => window.waiting === 0")
    page.get_by_text(": saved. Exercise").wait_for()
    assert axe(RULES) == []
