"""From a pasted article to the annotation notebook in a real JupyterLab: no cell is run by hand, and no code is seen."""

import json

import pytest
import saved_pages
from lab import COURSE_PAGE as PAGE
from lab import COURSE_PAGE_SHOWN as SHOWN
from lab import PATIENCE, Lab, settled
from pages import confirm_quotes, press, step_of

from medialit.authoring.annotate import PARTS, annotate
from medialit.authoring.annotate.pages import annotation_page, begin_notebook, begin_page, coder_page, view_of
from medialit.case import load_case


@pytest.fixture
def lab(tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("lab"), plain=False, own=view_of([begin_page(), coder_page(1)]))
    yield lab
    lab.stop()


def test_from_a_pasted_text_to_its_first_quotation(lab, page):
    begin_notebook(lab.root)
    page.goto(f"{lab.address}/lab/tree/begin-a-case.ipynb?token=tok&reset", timeout=PATIENCE)
    page.wait_for_function(SHOWN, arg="begin-a-case.ipynb", timeout=PATIENCE, polling=50)
    settled(page)
    shown = page.locator(PAGE)
    shown.locator("textarea").fill("\n".join([saved_pages.TITLE, *saved_pages.BODY]))
    shown.locator('[data-act="read"]').click()
    shown.get_by_text("2 of 3").wait_for()
    settled(page)
    assert not shown.locator(".jp-CodeCell .jp-InputArea:visible").count()
    # JupyterLab takes Enter in a cell for itself: the page keeps it.
    boxes = shown.locator(".ml-paras textarea")
    before = boxes.count()
    boxes.nth(1).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Enter")
    assert boxes.count() == before + 1
    page.keyboard.press("Backspace")
    assert boxes.count() == before
    shown.locator('[data-act="save"]').click()
    shown.get_by_text("3 of 3").wait_for()
    shown.get_by_label("Its license").fill("CC BY 4.0")
    shown.locator('[data-act="freeze"]').click()
    shown.get_by_role("link", name="Go on").click()
    page.wait_for_function(SHOWN, arg="/annotate-coder-1.ipynb", timeout=PATIENCE, polling=50)
    settled(page)
    # The story is beside it.
    page.locator(".medialit-story").get_by_text(saved_pages.BODY[0][:40]).wait_for()
    # One part a step, its widget drawn, and no code anywhere.
    assert not shown.locator(".jp-CodeCell .jp-InputArea:visible").count()
    assert not shown.locator(".medialit-notice:visible").count()
    assert page.locator(".medialit-sections button").count() == len(PARTS)
    assert shown.locator('.ml-block[data-id="marks"]').is_visible()
    if len(PARTS) > 1:
        assert shown.get_by_text(f"Step 1 of {len(PARTS)}").count()
    shown.locator('.ml-block[data-id="marks"] [data-act="save"]').click()
    shown.get_by_text("2 of 3 · Who says it?").wait_for()
    (folder,) = [path.parent for path in lab.root.glob("*/case.yaml")]
    assert load_case(folder).about.rights == "CC BY 4.0"
    assert (folder / "coding" / "quotes-coder-1.yaml").is_file()
    # Code that the command did not list never starts on its own.
    path = folder / "annotate-coder-1.ipynb"
    made = json.loads(path.read_text(encoding="utf-8"))
    code = next(cell for cell in made["cells"] if cell["cell_type"] == "code")
    code["source"] = "open('ran.txt', 'w').close()\n" + "".join(code["source"])
    code["outputs"] = []
    (folder / "annotate-coder-1-changed.ipynb").write_text(json.dumps(made), encoding="utf-8")
    page.evaluate("path => window.medialit.turn(path)", f"{folder.name}/annotate-coder-1-changed.ipynb")
    page.wait_for_function(SHOWN, arg="-changed.ipynb", timeout=PATIENCE, polling=50)
    settled(page)
    shown.locator(".medialit-notice", has_text="never starts on its own").wait_for()
    assert not list(lab.root.rglob("ran.txt"))


def test_the_story_marks_the_claim_that_is_judged(lab, page):
    folder = saved_pages.ferry_case(lab.root)
    claims, cards = (annotate(folder, part=part) for part in ("claims", "evidence"))
    press(claims, "save", "sentences", {"2": {"kind": "checkable"}, "9": {"kind": "checkable"}})
    card = {"publisher": "City", "title": "Notice", "role": "primary", "fact": "The bridge is closed."}
    press(cards, "save", step_of(cards, "card"), card)
    quotes = annotate(folder)
    confirm_quotes(quotes)
    annotation_page(folder, 1)
    page.goto(f"{lab.address}/lab/tree/{folder.name}/annotate-coder-1.ipynb?token=tok&reset", timeout=PATIENCE)
    page.wait_for_function(SHOWN, arg="/annotate-coder-1.ipynb", timeout=PATIENCE, polling=50)
    settled(page)
    page.locator(".medialit-sections button", has_text="What does the evidence say?").click()
    settled(page)
    shown = page.locator(PAGE)
    marked = page.locator(".medialit-par[aria-current] .medialit-number")
    shown.get_by_role("button", name="Go on to the verdicts").click()
    shown.get_by_text("2 of 3 · ¶1").wait_for()
    marked.filter(has_text="¶1").wait_for()
    shown.get_by_label("supports it").check()
    shown.get_by_label("Your verdict").select_option("supported")
    shown.get_by_label("Why?").fill("The city says so.")
    shown.get_by_role("button", name="Save this verdict").click()
    place = claims.article.block_at(claims.claims[1].span.start).number
    assert place != 1
    shown.get_by_text(f"2 of 3 · ¶{place}").wait_for()
    marked.filter(has_text=f"¶{place}").wait_for()
    assert marked.all_inner_texts() == [f"¶{place}"]
    shown.get_by_role("button", name="Go on to the choice for the class").click()
    shown.get_by_text("3 of 3").wait_for()
    page.wait_for_function("() => !document.querySelector('.medialit-par[aria-current]')")
    # A part is ticked as soon as everything in it is done.
    parts = page.locator(".medialit-sections li")
    assert not parts.locator(".medialit-sign-passed").count()
    parts.get_by_role("button", name="Who says what?").click()
    shown.locator('[data-id="marks"] [data-act="save"]').click()
    shown.locator('[data-id="speakers"] [data-act="save"]').click()
    sides = shown.locator('[data-id="sides"] input')
    sides.first.wait_for()
    for side in sides.all():
        side.fill("the city")
    assert not parts.locator(".medialit-sign-passed").count()
    shown.locator('[data-id="sides"] [data-act="save"]').click()
    parts.filter(has_text="Who says what?").locator(".medialit-sign-passed").wait_for()
    assert parts.locator(".medialit-sign-passed").count() == 1
    assert page.get_by_role("button", name="done: Who says what?").count() == 1
    assert page.get_by_text("S2 is the second sentence").is_visible()
