"""A case in another language: its text has its language and direction wherever it is shown, and no lens reads it."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from gradebooks import attempt, frames
from leaks import leaks, seen
from other_language import STORIES, write_story
from some import some

import medialit
from medialit.article import Article
from medialit.authoring.annotate import annotate
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.course import course_on
from medialit.authoring.key import answer_key
from medialit.classroom.pages import feedback_page
from medialit.classroom.records import Grade, Receipt
from medialit.classroom.report.page import ClassReport
from medialit.files import know_case
from medialit.paths.pack import print_pack
from medialit.progress import Progress
from medialit.show.html import isolated, spoken
from medialit.units.registry import UNITS, load_tasks


@pytest.fixture(params=STORIES)
def story(request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_story(request.param, tmp_path)


class _Reader(HTMLParser):
    """Collects words of these scripts that are in no element with this language and direction."""

    def __init__(self, language):
        super().__init__()
        self.language, self.open, self.found = language, [], []

    def handle_starttag(self, tag, attrs):
        mine = dict(attrs)
        if tag not in ("br", "img", "input", "meta", "link", "hr", "col"):
            self.open.append((tag, (mine.get("lang"), mine.get("dir")) == (self.language, "rtl")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        hidden = any(tag in ("style", "script", "title") for tag, _ in self.open)
        if re.search("[\u0590-\u08ff]", data) and not hidden and not any(said for _, said in self.open):
            self.found.append(data)


def outside(html, language):
    """Words that no element around them gives this language and direction."""
    reader = _Reader(language)
    reader.feed(html)
    return reader.found


def test_the_text_has_its_language_and_direction_on_every_page(story):
    language, progress = story.about.language, Progress()
    unit = medialit.open_unit("quotes", story.folder, progress)
    assert outside(unit.read().html, language) == []
    assert f'<div lang="{language}" dir="rtl">' in unit.read().html
    for task in some(unit.tasks.values()):
        assert unit.task(task.label).block.spec["language"] == language
        unit.submit(task.id, task.answer())
    assert unit.task("1.1").block.spec["form"]["language"] == language
    for view in (unit.welcome(), unit.solution("1.2"), unit.rows("1.2"), unit.hint("1.2")):
        assert outside(view.html, language) == []
    own = json.loads(course_on(story))["own"]
    assert own["language"] == language
    for html in (print_pack(story), medialit.my_course(story.folder, progress).certificate_html(b"")):
        assert len(re.findall(rf'lang="{language}" dir="rtl"', html)) >= 1
        assert outside(html, language) == []


def test_a_sentence_of_the_course_keeps_its_order_around_words_of_the_text(story):
    key = answer_key(story)
    letters = re.sub("\u2068.*?\u2069", "", key)
    assert "\u2068" in key
    assert not re.search("[\u0590-\u08ff]", letters)
    questions = [q for q in UNITS[1].quiz_on(story).questions if q.id.startswith(("kind", "who"))]
    for question in some(questions):
        assert re.search("\u2068[^\u2068]+\u2069", question.stem)


def test_what_a_case_in_another_language_serves_and_lacks(story):
    found = {one.label: one.why for one in load_tasks(UNITS[1], story).left_out}
    assert found["1.3"] == "It needs an article in English, because the rules know English words alone."
    tasks = load_tasks(UNITS[1], story)
    assert {"1.1", "1.2", "1.5"} <= set(tasks)
    assert [task.label for task in tasks.values() if not task.check(task.answer()).outcome.done] == []
    told = check_case(story.folder)
    assert verdict(told)[1]
    assert any("The program reads English alone" in one.text for one in told)


@pytest.mark.parametrize("story", ["he"], indirect=True)
def test_nothing_of_the_story_of_the_course_is_met_on_it(story):
    assert leaks(story.folder) == []


def test_no_lens_proposes_anything_and_the_page_says_so(story):
    for part in ("quotes", "claims"):
        page = annotate(story.folder, part=part)
        told = "\n".join(seen(page))
        assert "The program reads English alone." in told
        assert "proposes 0" not in told


def test_english_pages_are_as_they_were():
    unit = medialit.open_unit("quotes", progress=Progress())
    assert "lang=" not in unit.read().html
    assert "language" not in unit.task("1.1").block.spec
    assert Article("Hello.").direction == "ltr"
    assert [Article("x", language=one).direction for one in ("ar", "fa-IR", "ur", "he", "fr", "zh")] == ["rtl"] * 4 + [
        "ltr"
    ] * 2
    assert spoken("<p>Hello</p>", "en") == "<p>Hello</p>"


def test_words_are_marked_and_markup_is_not():
    html = '<a title="שלום">שלום, עולם!</a> and <b>שלום</b><script>"שלום"</script>'
    made = spoken(html, "he")
    assert made == (
        '<a title="שלום"><bdi lang="he" dir="rtl">שלום, עולם</bdi>!</a> and '
        '<b><bdi lang="he" dir="rtl">שלום</bdi></b><script>"שלום"</script>'
    )
    assert isolated("He said שלום עולם, twice.") == "He said \u2068שלום עולם\u2069, twice."


def test_reports_and_feedback_have_it_too(story):
    language, folder = story.about.language, story.folder
    know_case(story.name, folder)
    quiz = UNITS[1].quiz_on(story)
    question = next(q for q in quiz.questions if q.id.startswith("kind"))
    one = attempt("l1", question.id, 0.0, unit="quotes", answer="a")
    rows = [replace(one, learner=f"l{n}", case=story.name) for n in range(6)]
    report = ClassReport.__new__(ClassReport)
    report.frames, report._made = frames(*rows), {}
    shown = report.section("items").html
    assert f'<bdi lang="{language}" dir="rtl">' in shown
    assert outside(shown, language) == []
    grade = Grade("l1", "quotes", question.id, "not yet", 0.0, 1.0, 1, "", story.name, "1", 1, "", question.stem)
    page = feedback_page([Receipt("l1", "0", "0", "2026-01-01T00:00:00Z")], [grade])
    assert f'<bdi lang="{language}" dir="rtl">' in page
    assert outside(page, language) == []
