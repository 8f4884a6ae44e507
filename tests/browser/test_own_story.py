"""The course on another story: its article is beside the exercises, that of the course beside the lessons."""

import json
import os
import shutil

import pytest
from lab import COURSE_PAGE as PAGE
from lab import COURSE_PAGE_SHOWN as SHOWN
from lab import PATIENCE, Lab, settled

from medialit.authoring.course import course_on
from medialit.case import load_case
from medialit.files import TAUGHT, data_path
from medialit.units.registry import UNITS
from medialit.units.unit_progress import items_of

OTHER = "averstow-pool"
# Without these, a case has units 0 to 2 in part, and nothing of the others.
WITHOUT = ("quotes", "skills", "evidence", "frames", "coverage", "timeline", "reports", "correction")
# Every heading that was on show, if only for one picture.
SEEN = """
window.seen = new Set();
const look = () => {
  for (const one of document.querySelectorAll('h2')) {
    one.offsetParent && window.seen.add(one.textContent.replace(/[¶★☆] ?/g, ''));
  }
  requestAnimationFrame(look);
};
look();
"""


@pytest.fixture
def lab(tmp_path_factory, request):
    """A lab on the other story of the kit, or on a case that has a part of it."""
    folder = data_path(OTHER)
    if without := getattr(request, "param", ()):
        folder = tmp_path_factory.mktemp("case") / "pool-part"
        shutil.copytree(data_path(OTHER), folder)
        for name in without:
            (folder / f"{name}.yaml").unlink()
        text = (folder / "case.yaml").read_text(encoding="utf-8")
        (folder / "case.yaml").write_text(text.replace(f"name: {OTHER}", f"name: {folder.name}"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TAUGHT, str(folder))
        lab = Lab(tmp_path_factory.mktemp("lab"), plain=False, own=course_on(load_case(folder)))
        yield lab
        lab.stop()


PARTIAL = pytest.mark.parametrize("lab", [WITHOUT], indirect=True, ids=["partial"])


def show(lab, page, name):
    page.goto(f"{lab.address}/lab/tree/{lab.folder.name}/{name}.ipynb?token=tok&reset", timeout=PATIENCE)
    page.wait_for_function(SHOWN, arg=f"{name}.ipynb", timeout=PATIENCE, polling=50)
    settled(page)


def test_each_page_has_its_story_beside_it(lab, page):
    case, first = load_case(OTHER), load_case("missile-tests")
    show(lab, page, "exercises/01-quotes")
    story = page.locator(".medialit-story")
    own, lessons = (one.article[one.article.paragraphs[0].span] for one in (case, first))
    story.get_by_text(own[:40]).wait_for()
    # It is an invented one: the panel and the page say so.
    story.get_by_text(case.about.label).wait_for()
    page.locator(f"{PAGE} h1 + .medialit-taught").get_by_text(case.about.label).wait_for()
    assert not page.locator(f"{PAGE} .jp-CodeCell .jp-InputArea:visible").count()
    assert page.locator(f"{PAGE} .ml-block").count() > 5
    # What is marked on this story is marked beside the exercises, and what was marked on the other one is not.
    version = json.loads(course_on(case))["items"]["quotes/mark"]["version"]
    for name, answer in ((OTHER, [[4, 9]]), ("missile-tests", [[20, 30]])):
        entry = {"kind": "draft", "id": name, "time": "2026-01-01T00:00:00Z", "case": name, "unit": "quotes"}
        entry |= {"task": "mark", "version": version, "answer": answer}
        with open(lab.folder / "my-progress.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
    story.locator("mark").first.wait_for()
    assert "".join(story.locator("mark").all_inner_texts()) == case.article.text[4:9]
    # The lesson, in the same window, has the story of the course.
    page.locator(".medialit-pages a", has_text="Lesson").click()
    page.wait_for_function(SHOWN, arg="notebooks/01-quotes.ipynb", timeout=PATIENCE, polling=50)
    settled(page)
    story.get_by_text(lessons[:40]).wait_for()
    assert not story.get_by_text(own[:40]).count()
    assert not story.get_by_text(case.about.label).count()
    assert not story.locator("mark").count()
    # Whose story it is, is said under the title, before the lesson begins on the other one.
    said = page.locator(f"{PAGE} h1 + .medialit-taught")
    said.get_by_text(f"Your class works on “{case.title}”").wait_for()
    assert "This lesson shows how it is done on another story." in said.inner_text()
    assert (
        not page.locator(f"{PAGE} .jp-OutputArea", has_text="works through the story of the course")
        .locator("visible=true")
        .count()
    )
    # Whose story it is, is said before anybody reads what the lessons are about.
    show(lab, page, "notebooks/00-start")
    said = page.locator(f"{PAGE} .medialit-taught", has_text=f"Your class works on “{case.title}”")
    said.get_by_text(case.about.label).wait_for()


def test_a_lesson_asks_about_the_story_of_the_class_by_keyboard(lab, page):
    show(lab, page, "notebooks/01-quotes")
    page.locator(".medialit-sections button", has_text="Quiz").click()
    settled(page)
    page.get_by_role("button", name="Show all questions").last.click()
    quiz = page.locator(PAGE)
    asked = UNITS[1].quiz_on(load_case(OTHER))
    for question in asked.questions:
        assert quiz.locator(f'.ml-block[data-id="{question.id}"]').is_visible(), question.id
    (name,) = [q.id for q in asked.questions if q.id == "who-q05"]
    block = quiz.locator(f'.ml-block[data-id="{name}"]')
    assert "“she”" in block.inner_text()
    # The story beside the lesson is the one that the question is about, and again that of the course where it is not.
    story, own, first = page.locator(".medialit-story"), load_case(OTHER).article, load_case("missile-tests").article
    block.locator("label").first.click()
    story.get_by_text(own[own.paragraphs[0].span][:40]).wait_for()
    assert page.locator(".medialit-par[aria-current] .medialit-number").all_inner_texts() == ["¶7"]
    quiz.locator('.ml-block[data-id="q1"] label').first.click()
    story.get_by_text(first[first.paragraphs[0].span][:40]).wait_for()
    option = block.locator("label", has_text="Nadia Brandreth").locator("input")
    option.focus()
    page.keyboard.press("Space")
    block.locator('[data-act="check"]').focus()
    page.keyboard.press("Enter")
    block.get_by_text("Passed.").wait_for()
    kept = [json.loads(line) for line in (lab.folder / "my-progress.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["case"], one["outcome"]) for one in kept if one.get("task") == name and one["kind"] == "attempt"] == [
        (OTHER, "passed")
    ]


@PARTIAL
@pytest.mark.parametrize("width", [1280, 360])
def test_what_a_case_does_not_serve_is_on_no_page_at_any_moment(lab, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SEEN)
    show(lab, page, "exercises/01-quotes")
    page.get_by_role("button", name="Show the whole page").last.click()
    headings = page.locator(f"{PAGE} h2:visible").all_inner_texts()
    assert [text.partition(" ")[0] for text in headings] == ["1.1", "1.2", "1.3", "What"]
    # Nothing was on show before Python answered, and then gone.
    assert not [text for text in page.evaluate("[...window.seen]") if text[:3] in ("1.4", "1.5", "1.6", "1.7")]
    assert not page.get_by_text("is not part of your class").locator("visible=true").count()
    assert page.locator(f"{PAGE} tr", has_text="Time").first.inner_text().split("\t")[1] == "about 24 minutes alone"
    page.get_by_role("button", name="Show one step at a time").last.click()
    assert page.locator(".medialit-bar-step").inner_text() == "1 of 4"


@PARTIAL
def test_units_without_an_exercise_are_offered_nowhere(lab, page):
    show(lab, page, "notebooks/00-start")
    case = load_case(os.environ[TAUGHT])
    mine = [(plan, items) for plan in UNITS if (items := items_of(plan, case))]
    assert [plan.name for plan, _ in mine] == ["welcome", "quotes", "claims"]
    panel, begin = page.locator(".medialit-panel"), page.locator(f"{PAGE} .jp-MarkdownCell")
    names = panel.locator(".medialit-steps > li > a .medialit-words").all_inner_texts()
    assert [name for name in names if name[0].isdigit()] == ["0 · Welcome", "1 · Quotes", "2 · Claims"]
    assert not [name for name in names if "board" in name]
    # The panel and My course count the same.
    counted = sum(not item.optional for _, items in mine for item in items)
    assert panel.locator(".medialit-count").inner_text() == f"0 of {counted} questions and exercises done"
    ways = begin.locator("li", has_text="In a class").locator("a").all_inner_texts()
    assert ways == ["0 · Welcome", "1 · Quotes", "2 · Claims"]
    # A page that is left out leads on to what comes next, says what it is, and asks nothing.
    show(lab, page, "notebooks/02-claims")
    page.get_by_role("button", name="Show the whole page").last.click()
    last = page.locator(f"{PAGE} .jp-MarkdownCell", has_text="Then go on to").last
    assert last.locator("a").all_inner_texts() == ["exercises", "After the course: a test"]
    assert not page.locator(f"{PAGE} .jp-MarkdownOutput", has_text="The puzzle so far").count()
    show(lab, page, "exercises/04-sources")
    page.locator(".medialit-notice", has_text="this page is not part of it").wait_for()
    assert page.locator(f"{PAGE} h2:visible").all_inner_texts() == ["What you have done"]
    show(lab, page, "notebooks/07-my-course")
    assert "The case board" not in page.locator(f"{PAGE} h2:visible").all_inner_texts()
    rows = page.locator(f"{PAGE} tbody th:visible, {PAGE} tbody td:first-child:visible").all_inner_texts()
    assert [row for row in rows if row[:1].isdigit()] == ["0 · Welcome", "1 · Quotes", "2 · Claims"]
