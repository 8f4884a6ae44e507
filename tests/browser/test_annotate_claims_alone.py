"""Claims and evidence on the annotation page in a real browser, by mouse and by keyboard, without JupyterLab."""

import pytest
import saved_pages
from alone import Alone
from doing import block, spans, table
from everyone import RULES
from lab import Keyboard, Mouse
from pages import press, step_of
from steps import button

from medialit.authoring.annotate import annotate
from medialit.case import load_case

KINDS = {2: "checkable", 3: "checkable", 5: "checkable", 19: "not checkable as written", 21: "prediction", 4: "opinion"}
CARDS = (("City of Solvane", "Count", "2024-04-30"), ("Quarter Courier", "The bridge", "2024-05-01"))

VERDICTS = (
    ("supported", "supports"),
    ("contradicted", "contradicts"),
    ("supported", "supports"),
    ("missing context", "context"),
)


@pytest.fixture
def folder(tmp_path):
    return saved_pages.ferry_case(tmp_path)


class Hand:
    """Somebody at the page; ``looks`` finds barriers at each step, in a window of 320 px as well."""

    def __init__(self, page, hand, axe):
        self.page, self.hand, self.axe = page, hand(page), axe

    def looks(self, title):
        self.page.get_by_text(title).first.wait_for()
        assert self.axe(RULES) == []
        wide = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 900})
        assert self.page.evaluate("() => document.documentElement.scrollWidth") <= 320
        self.page.set_viewport_size(wide)

    def frame(self, name):
        return self.page.locator(f'main .ml-block[data-id^="{name}"]').first

    def press(self, name, text):
        self.hand.press(button(self.frame(name), text))

    def write(self, name, label, words):
        self.hand.replace(self.frame(name).get_by_label(label, exact=False).first, words)


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_chooses_splits_rates_and_judges_claims(page, folder, hand, axe):
    alone, person = Alone(page), Hand(page, hand, axe)
    claims = annotate(folder, part="claims")
    alone.show(claims)
    person.looks("1 of 5")
    form = claims._parts["sentences"].form.form
    table(person.hand, block(page, "sentences"), form, {str(n): {"kind": kind} for n, kind in KINDS.items()})
    person.press("sentences", "Save, and go on")
    person.looks("2 of 5")
    article, frame = claims.article, block(page, "claims")
    assert [one.kind for one in claims.claims] == [KINDS[n] for n in sorted(KINDS)]
    # Two claims are marked in a sentence that joins them: the mark around them goes.
    two = [
        [*article.find("We found cracks in two of the eight bearings"), "checkable"],
        [*article.find("Mira Solvane, who leads the city’s building office"), "checkable"],
    ]
    spans(person.hand, frame, claims._parts["claims"].form.form, two)
    person.press("claims", "Save, and go on")
    person.looks("3 of 5")
    assert len(claims.claims) == 7
    gains = {one.id: {"gain": str(4 - n)} for n, one in enumerate(claims.claims[:4])}
    table(person.hand, block(page, "worth"), claims._parts["worth"].form.form, gains)
    person.press("worth", "Save, and go on")
    person.looks("4 of 5")
    for gain in range(1, 5):
        person.write("words", f"Why is it worth {gain}?", f"It is worth {gain} to readers.")
    person.press("words", "Save, and go on")
    person.looks("5 of 5")
    page.get_by_text("Exercises 2.1, 2.2 and 2.3 work now.").wait_for()
    assert len(load_case(folder).claims) == 7

    evidence = annotate(folder, part="evidence")
    alone.show(evidence)
    person.looks("A new evidence card")
    for n, (publisher, title, date) in enumerate(CARDS, 1):
        person.write("card", "Who published it?", publisher)
        person.write("card", "Title of the page", title)
        person.write("card", "Date of the page", date)
        person.hand.choose(person.frame("card").get_by_label("What kind of publisher"), "Newspaper or news site")
        person.write("card", "The fact, in your own words", f"The bridge is closed, says source {n}.")
        assert person.frame("card").get_by_text("7 of 45 words").is_visible()
        person.press("card", "Save this card")
        page.get_by_text(f"Card e0{n} is saved.").wait_for()
        assert person.frame("card").get_by_label("Title of the page").input_value() == ""
    person.looks("2 cards from 2 origins")
    person.press("card", "Go on to the verdicts")
    for n, (verdict, relation) in enumerate(VERDICTS):
        person.looks("2 of 3")
        frame = person.frame("verdict")
        for card in range(2):
            person.hand.tick(frame.locator(f'input[type=radio][value="{relation}"]').nth(card))
        chosen = frame.get_by_label("Your verdict").locator("option", has_text=f"{verdict}:").inner_text()
        person.hand.choose(frame.get_by_label("Your verdict"), chosen)
        person.write("verdict", "Why?", "Both cards say so.")
        person.press("verdict", "Save this verdict")
        page.get_by_text(f"You have 2 cards and {n + 1} verdict").wait_for()
    page.get_by_text("Exercises 2.1, 2.2, 2.3, 2.4").wait_for()
    person.press("verdict", "Go on to the choice for the class")
    person.looks("3 of 3")
    person.press("verify", "Use these")
    page.get_by_text("Your choice is saved").wait_for()
    assert len(load_case(folder).claim_gold.verify) == 4


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_twenty_cards_are_short_work(page, folder, hand, axe):
    claims, cards = annotate(folder, part="claims"), annotate(folder, part="evidence")
    press(claims, "save", "sentences", {"2": {"kind": "checkable"}})
    for n in range(1, 21):
        typed = {"publisher": f"Paper {n}", "title": f"Page {n}", "role": "newspaper"}
        press(
            cards, "save", step_of(cards, "card"), typed | {"fact": f"Fact of {'a baker' if n == 17 else 'the town'}."}
        )
    press(cards, "on", step_of(cards, "card"), {})
    person, alone = Hand(page, hand, axe), Alone(page)
    alone.show(cards)
    person.looks("2 of 3")
    frame = person.frame("verdict")
    shown = frame.get_by_role("group", name="Page ")
    assert shown.count() == 6
    assert frame.get_by_text("6 of 20 cards shown.").is_visible()
    person.write("verdict", "Find a card", "baker PAGE")
    frame.get_by_text("1 of 20 cards shown.").wait_for()
    person.hand.tick(shown.get_by_label("supports it"))
    # What is chosen stays in view, whatever is looked for next.
    person.write("verdict", "Find a card", "page 12")
    frame.get_by_text("2 of 20 cards shown.").wait_for()
    person.press("verdict", "Show all 20 cards")
    frame.get_by_text("20 of 20 cards shown.").wait_for()
    person.press("verdict", "Show fewer cards")
    frame.get_by_text("1 of 20 cards shown.").wait_for()
    person.hand.choose(frame.get_by_label("Your verdict"), frame.locator("option", has_text="supported:").inner_text())
    person.write("verdict", "Why?", "The baker says so")
    person.press("verdict", "Save this verdict")
    page.get_by_text("You have 20 cards and 1 verdict").wait_for()
    assert [one.cards for one in cards.coded.verdicts] == [{"e17": "supports"}]


def test_what_is_typed_is_there_when_the_page_is_opened_again(page, folder):
    alone = Alone(page)
    alone.show(annotate(folder, part="evidence"))
    card = page.locator('main .ml-block[data-id^="card"]').first
    card.get_by_label("Who published it?").fill("City")
    card.get_by_label("The fact, in your own words").fill("Half a sen")
    page.wait_for_timeout(900)
    alone.show(annotate(folder, part="evidence"))
    card = page.locator('main .ml-block[data-id^="card"]').first
    assert card.get_by_label("The fact, in your own words").input_value() == "Half a sen"
    # Words that come in after the press belong to the card before.
    card.get_by_label("Title of the page").fill("Title")
    card.get_by_label("What kind of publisher").select_option(index=1)
    card.get_by_label("Who published it?").fill("City again")
    card.get_by_role("button", name="Save this card").click()
    page.get_by_text("Card e01 is saved.").wait_for()
    assert page.get_by_label("Who published it?").input_value() == ""
    page.wait_for_timeout(900)
    alone.show(annotate(folder, part="evidence"))
    assert page.get_by_label("Who published it?").input_value() == ""


def test_what_was_taken_is_not_brought_back_from_the_browser(page, folder):
    """An old choice of sentences would drop the claims that were marked since."""
    alone, claims = Alone(page), annotate(folder, part="claims")
    alone.show(claims)
    form = claims._parts["sentences"].form.form
    table(Mouse(page), page.locator("main .ml-block").first, form, {key: {"kind": "checkable"} for key in "23"})
    page.locator('[data-act="save"]').click()
    page.get_by_text("2 of 5").wait_for()
    name = f"medialit:annotate/{folder.name}/1/sentences"
    assert page.evaluate("name => localStorage.getItem(name)", name) is None
    before = claims.path.read_bytes()
    assert before.count(b"kind: checkable") == 2
    for later, kinds in ((-60_000, 2), (60_000, 0)):
        # Nothing was chosen in it: what is older than the file is let go, what is newer was typed after it.
        held = {"answer": {}, "certainty": None, "time": int(claims.path.stat().st_mtime * 1000) + later}
        page.evaluate("([name, held]) => localStorage.setItem(name, JSON.stringify(held))", [name, held])
        alone.show(annotate(folder, part="claims"))
        page.get_by_text("1 of 5").last.wait_for()
        page.wait_for_timeout(900)
        assert claims.path.read_bytes().count(b"kind: checkable") == kinds
        assert page.evaluate("name => localStorage.getItem(name)", name) is None
