"""The course on another story: its article is beside the exercises, that of the course beside the lessons."""

import json

import pytest
from lab import COURSE_PAGE as PAGE
from lab import COURSE_PAGE_SHOWN as SHOWN
from lab import PATIENCE, Lab, settled

from medialit.authoring.course import course_on
from medialit.case import load_case
from medialit.files import TAUGHT
from medialit.units.registry import UNITS

OTHER = "averstow-pool"


@pytest.fixture
def lab(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TAUGHT, OTHER)
        lab = Lab(tmp_path_factory.mktemp("lab"), plain=False, own=course_on(load_case(OTHER)))
        yield lab
        lab.stop()


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
    assert not story.locator("mark").count()
    assert page.get_by_text("The pool of Averstow").count()
    # Whose story it is, is said before anybody reads what the lessons are about.
    show(lab, page, "notebooks/00-start")
    page.locator(f"{PAGE} .medialit-taught", has_text=f"Your class works on “{case.title}”").wait_for()


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
