"""The course on another story: its article is beside the exercises, that of the course beside the lessons."""

import json

import pytest
from lab import PATIENCE, Lab, settled

from medialit.authoring.course import course_on
from medialit.case import load_case
from medialit.files import TAUGHT

OTHER = "averstow-pool"
PAGE = ".medialit-page:not(.lm-mod-hidden)"
SHOWN = (
    "name => window.medialit?.panel()?.node.matches('.medialit-page:not(.medialit-busy)') && "
    "window.medialit.panel().context.path.endsWith(name)"
)


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
