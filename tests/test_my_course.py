"""One page over all units, and a certificate that says what it does not prove."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from gradebooks import TASKS
from pages import press
from some import some

import medialit
from medialit.case import load_case
from medialit.files import list_cases
from medialit.progress import Entry, Progress
from medialit.scoring.levels import level
from medialit.units.course import CERTIFICATE, COPY
from medialit.units.registry import UNITS
from medialit.units.unit_progress import Part, items_of, unit_progress

NOW = datetime(2026, 11, 23, tzinfo=UTC)
N = len(TASKS)  # of the quotes unit


def course(progress, case="missile-tests", now=NOW):
    return medialit.my_course(case, progress, lambda: now)


def row(view, unit):
    return next(line for line in view.text.splitlines() if f"· {unit}" in line)


def pass_all(progress, name, case="missile-tests"):
    unit = medialit.open_unit(name, case=case, progress=progress)
    for task in unit.tasks.values():
        if not task.text.optional:
            unit.submit(task.label, task.answer())
    return unit


@pytest.mark.parametrize(
    ("share", "word"),
    [(0, "beginning"), (0.599, "beginning"), (0.6, "emerging"), (0.799, "emerging"), (0.8, "mastery")],
)
def test_levels(share, word):
    assert level(share) == word


def test_before_anything_is_done_the_page_says_where_to_begin():
    view = course(Progress()).overview()
    assert re.search(rf"0 of {N}\s+0 of 9\s+0", row(view, "Quotes"))
    assert "Begin with Welcome: 00-welcome.ipynb" in view.text
    assert "Nothing to look at again" in course(Progress()).revisit().text
    assert "not taken" in course(Progress()).tests().text


@pytest.mark.parametrize("case", list_cases())
def test_every_unit_that_a_case_serves_is_on_its_page(case):
    view = course(Progress(), case).overview()
    for plan in UNITS:
        # A unit without an exercise or a question on this story is on no page of a learner.
        assert (f"· {plan.title}" in view.text) == bool(items_of(plan, load_case(case)))
    assert "<caption" in view.html
    assert 'scope="row"' in view.html


def test_the_best_attempt_counts_and_what_was_not_tried_counts_nothing():
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    unit.submit("q1", "a")
    unit.submit("q1", next(o.id for o in unit.questions["q1"].options if o.right))
    unit.submit("q1", "b")
    line = row(course(progress).overview(), "Quotes")
    assert re.search(rf"0 of {N}\s+1 of 9\s+1$", line), "one question of nine has no level yet"
    assert "Go on with Quotes" in course(progress).overview().text


def test_a_unit_that_was_passed_whole_is_mastery_and_is_not_offered_again():
    progress = Progress()
    unit = pass_all(progress, "welcome")
    for question in unit.questions.questions:
        unit.submit(question.id, question.key)
    view = course(progress).overview()
    assert re.search(r"5 of 5, mastery\s+3 of 3, mastery\s+8", row(view, "Welcome"))
    assert "Go on with" not in view.text
    assert "Begin with Quotes" in view.text


def test_what_was_missed_is_listed_weakest_first_with_its_page():
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    wrong = next(o.id for o in unit.questions["q1"].options if not o.right)
    unit.submit("q1", wrong)
    unit.submit("1.3", ["marks"])
    view = course(progress).revisit()
    assert 'href="01-quotes.ipynb#quotes/q1"' in view.html
    assert 'href="../exercises/01-quotes.ipynb#quotes/rules"' in view.html
    scores = [weak.score for found in course(progress).unit_progresses() for weak in found.weak]
    assert scores == sorted(scores)
    unit.submit("q1", next(o.id for o in unit.questions["q1"].options if o.right))
    assert "Quotes q1" not in course(progress).revisit().text


def test_a_long_list_is_cut_and_says_so():
    progress = Progress()
    for name in ("quotes", "claims"):
        unit = medialit.open_unit(name, progress=progress)
        for question in unit.questions.questions:
            if question.type == "one":
                unit.submit(question.id, next(o.id for o in question.options if not o.right))
    view = course(progress).revisit()
    assert view.html.count("<li") == 5
    assert re.search(r"And \d+ more\.", view.text)


def test_the_other_story_has_its_own_page():
    progress = Progress()
    pass_all(progress, "quotes", "averstow-pool")
    assert f"{N} of {N}, mastery" in row(course(progress, "averstow-pool").overview(), "Quotes")
    assert f"0 of {N}" in row(course(progress).overview(), "Quotes")


def test_an_answer_to_an_older_version_does_not_count():
    unit = medialit.open_unit("quotes", progress=Progress())
    plan, question = unit.plan, unit.questions["q1"]
    old = Entry("attempt", unit="quotes", case="missile-tests", task="q1", version="0-0", outcome="passed", score=1.0)
    found = unit_progress(plan, [question], "missile-tests", [old])
    assert (found.tried, found.questions.level) == (0, "")


def test_the_state_of_the_tests_is_told_with_the_day_of_the_recheck():
    progress = Progress()
    test = medialit.open_test("after", progress)
    test.begin()
    assert "○ begun" in course(progress).tests().text
    test.hand_in(unfinished=True)
    day = datetime.now(UTC)
    assert "✓ handed in on" in course(progress, now=day).tests().text
    assert f"opens on {(day + timedelta(days=7)).date()}" in course(progress, now=day).tests().text
    assert "open now" in course(progress, now=day + timedelta(days=7)).tests().text
    assert "Your numbers" in course(progress).tests().text


def test_all_links_lead_to_notebooks_of_the_course():
    from medialit.files import course_path

    built = {p.stem for p in course_path("pages").glob("*.md")} | {plan.folder for plan in UNITS}
    html = course(Progress()).tests().html + course(Progress()).overview().html
    for href in some(re.findall(r'href="([^"]+)"', html)):
        assert href.removeprefix("../exercises/").removesuffix(".ipynb") in built, href


# --- the certificate ---


def test_the_certificate_fits_its_copy_and_asks_for_no_name(tmp_path):
    progress = Progress(tmp_path / "my-progress.jsonl")
    pass_all(progress, "quotes")
    said = course(progress).write_certificate()
    page, copy = (tmp_path / CERTIFICATE).read_text(encoding="utf-8"), (tmp_path / COPY).read_bytes()
    assert hashlib.sha256(copy).hexdigest() in page
    assert copy == progress.as_bytes()
    assert f"<td>{N} of {N}, mastery</td><td>0 of 9</td><td>{N} passed</td>" in page
    assert "November 23, 2026" in page
    assert "Name, by hand" in page
    assert "<input" not in page
    assert CERTIFICATE in said.text
    # The sum stays true although the progress file goes on.
    medialit.open_unit("quotes", progress=progress).submit("q1", "a")
    assert hashlib.sha256((tmp_path / COPY).read_bytes()).hexdigest() in page


def test_the_certificate_says_what_it_does_not_prove_and_loads_nothing(tmp_path):
    page = course(Progress()).certificate_html(b"x")
    text = re.sub(r"<[^>]+>", " ", page)
    assert "does not prove who did the work" in text
    assert "the key of the tasks is, too" in text
    assert "It is no grade" in text
    assert not re.search(r"<script|<link|url\(|<img|\ssrc=", page)
    assert "<h1>Certificate</h1>" in page
    assert '<html lang="en">' in page
    assert "<caption>" in page


def test_unit_5_done_whole_is_no_beginning_and_its_sentences_are_for_a_reader(tmp_path, monkeypatch):
    """4 of 4 exercises were "beginning, 32%" when questions that nobody tried counted as 0."""
    monkeypatch.chdir(tmp_path)
    progress = Progress(tmp_path / "my-progress.jsonl")
    unit = pass_all(progress, "correction")
    line = row(course(progress).overview(), "The correction desk")
    assert re.search(r"\d of \d, mastery\s+0 of 8", line)
    assert "%" not in line
    assert "beginning" not in line
    found = next(s for s in course(progress).unit_progresses() if s.plan.name == "correction")
    assert found.exercises.complete == 2
    assert found.exercises.passed == found.exercises.tried == found.exercises.items
    page = course(progress).certificate_html(b"x")
    assert "passed, 2 complete" in page
    assert "No reader has judged it yet." in page
    partner = medialit.open_unit("correction", progress=Progress(tmp_path / "partner.jsonl"))
    number = unit.draft().number
    levels = dict.fromkeys(("clarity", "fairness", "proportion", "method"), "mastery")
    answers = dict.fromkeys(("nonpartisan", "sources", "funding", "methodology", "corrections"), "yes")
    partner.review().answer({"card": number, **levels, **answers, "comment": ""})
    unit.received(next(tmp_path.glob("card-review-*.json")))
    assert f"Card {number} was read by 1 reader. clarity mastery" in course(progress).certificate_html(b"x")


def test_the_certificate_carries_the_card_and_the_board(tmp_path):
    progress = Progress()
    empty = course(progress).certificate_html(b"x")
    assert "There is no finished correction card yet" in empty
    assert "0 of 12 pieces found" in empty
    unit = pass_all(progress, "correction")
    page = course(progress).certificate_html(b"x")
    assert unit.draft().page().headline in page
    assert unit.draft().number in page
    assert "3 of 12 pieces found" in page or "2 of 12 pieces found" in page
    assert 'href="../' not in page, "a printed page leads to no notebook"
    other = course(Progress(), "averstow-pool").certificate_html(b"x")
    assert "pieces found" not in other


@pytest.mark.parametrize(("tried", "word"), [(0, ""), (1, ""), (2, "mastery"), (3, "mastery"), (4, "mastery")])
def test_a_level_is_about_what_was_done_and_appears_at_half(tried, word):
    assert Part(4, tried, tried, 0, 0.9 * tried).level == word


def test_a_certificate_can_be_brought_back_as_progress(tmp_path):
    progress = Progress(tmp_path / "my-progress.jsonl")
    pass_all(progress, "welcome")
    course(progress).write_certificate()
    fresh = Progress()
    assert fresh.restore(tmp_path / COPY).ok
    assert fresh.digest() == progress.digest()


def test_where_nothing_can_be_written_it_is_still_handed_over(tmp_path):
    progress = Progress(tmp_path / "my-progress.jsonl")
    pass_all(progress, "welcome")
    (tmp_path / CERTIFICATE).mkdir()
    said = course(progress).write_certificate()
    assert "could not be saved in the folder" in said.text
    assert said.html.count("download=") == 2
    assert not list(tmp_path.glob("*.part"))


def test_in_memory_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = course(Progress()).write_certificate()
    assert (list(tmp_path.iterdir()), said.html.count("download=")) == ([], 2)


def test_the_button_makes_it_only_when_pressed(tmp_path):
    progress = Progress(tmp_path / "my-progress.jsonl")
    widget = course(progress).certificate()
    assert not (tmp_path / CERTIFICATE).exists()
    press(widget, "make")
    assert (tmp_path / CERTIFICATE).is_file()
    assert "Your certificate is ready" in widget.block.state["feedback"]
