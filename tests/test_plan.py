"""The plan of a course: what counts, late rules and their arithmetic, and faults that name their line."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from gradebooks import TASKS, attempt
from hypothesis import given, settings
from hypothesis import strategies as st

from medialit.classroom.plan import CoursePlan, LateRules, PlannedTotals, load_plan
from medialit.classroom.records import Book, Mark, Receipt
from medialit.errors import CaseError

DUE = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
AFTER = DUE + timedelta(days=30)
PART = {"unit": "quotes", "weight": 60.0, "due": "2026-11-30"}


def plan(*parts, **more):
    return CoursePlan.model_validate({"timezone": "UTC", "parts": list(parts or [PART]), **more})


def book(*attempts, marks=(), **receipts):
    people = receipts or {"ana": {}}
    return Book(
        list(attempts),
        [],
        [Receipt(n, "0", "k", "", ("quotes",), ("f",), name=n, **h) for n, h in people.items()],
        marks,
    )


def done(task, score=1.0, after=None, late=False, who="ana"):
    """An attempt so many days after the due time; None for one without a time."""
    at = "" if after is None else (DUE + timedelta(days=after)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return replace(attempt(who, task, score, kind="question" if task[0] == "q" else "task"), at=at, late=late)


def points(plan, *attempts, now=AFTER, who="ana", **more):
    return PlannedTotals(book(*attempts, **more), plan, now).standing(who)


def test_a_part_counts_by_its_weight_and_what_is_missing_is_zero():
    found = points(plan(), done("1.1"), done("1.2", 0.5), done("1.7"))
    # 1.7 is optional, so it isn't one of those that count.
    assert found["Quotes tasks"].points == pytest.approx(60 * 1.5 / len(TASKS))


def test_star_best_and_part_of_a_task():
    star = {"unit": "quotes", "items": "star", "name": "Star", "weight": 10}
    best = {"unit": "quotes", "items": ["1.1", "1.2", "1.3"], "best": 2, "name": "Best two", "weight": 10}
    part = {"unit": "claims", "items": ["2.2"], "full_at": {"2.2": 0.66}, "weight": 10}
    claims = replace(done("2.2", 0.33), unit="claims")
    found = points(plan(star, best, part), done("1.1"), done("1.2", 0.0), done("1.3", 0.5), claims)
    assert {title: one.points for title, one in found.items()} == {"Star": 5, "Best two": 7.5, "Claims 2.2": 5}


def test_before_the_due_time_nothing_is_missing():
    assert points(plan(), now=DUE - timedelta(days=1)) == {}
    assert points(plan(), now=AFTER)["Quotes tasks"].points == 0


RULES = {"late": {"percent_per_day": 10.0, "days": 3, "grace_minutes": 60}}


@pytest.mark.parametrize(
    ("after", "share", "days"),
    [(-1, 1, 0), (0, 1, 0), (1 / 24, 1, 0), (1.1 / 24, 0.9, 1), (1, 0.9, 1), (1.01, 0.8, 2), (3, 0.7, 3), (3.01, 0, 4)],
)
def test_each_day_that_was_begun_costs_its_share(after, share, days):
    found = points(plan(PART | {"items": ["1.1"]}, **RULES), done("1.1", 1.0, after))["Quotes 1.1"]
    assert (found.points, found.days_late) == (pytest.approx(60 * share), days)


def test_the_platforms_mark_counts_for_answers_without_a_time_or_when_the_plan_says_so():
    one = PART | {"items": ["1.1"]}
    untimed = points(plan(one, **RULES), done("1.1", late=True))["Quotes 1.1"]
    assert (untimed.points, untimed.platform, untimed.days_late) == (pytest.approx(54), True, 0)
    timed = done("1.1", after=-1, late=True)
    assert points(plan(one, **RULES), timed)["Quotes 1.1"].points == 60
    rules = {"late": RULES["late"] | {"by": "platform", "platform_days": 2}}
    assert points(plan(one, **rules), timed)["Quotes 1.1"].points == pytest.approx(48)


def test_extensions_are_for_one_learner_and_one_part():
    more = [{"learner": "ana", "days": 2}, {"learner": "77", "excused": True, "parts": ["Quotes tasks"]}]
    course = plan(PART, extensions=more, sections={"A": ["ana", "nobody"]}, **RULES)
    tried = [done(name, 1.0, 2, who=who) for name in TASKS for who in ("ana", "ben")]
    totals = PlannedTotals(book(*tried, ana={}, ben={}, cy={"lms_id": "77"}), course, AFTER)
    assert [totals.of(who).get("Quotes tasks") for who in ("ana", "ben", "cy")] == ["60", "48", None]
    assert totals.percent("cy") == ""
    assert totals.more["section"]("ana") == "A"
    assert totals.late("ben") == "Quotes tasks: 2 days"
    assert totals.lines == ["The plan names nobody, who is not in the gradebook."]


def test_what_a_person_marked_counts_as_it_is():
    mark = Mark("ana", "quotes", "missile-tests", "1.1", "2026-12-01T00:00:00Z", 0.75)
    found = points(plan(PART | {"items": ["1.1"]}, **RULES), done("1.1", 1.0, 3), marks=(mark,))
    assert found["Quotes 1.1"].points == 45


@given(st.integers(0, 10), st.floats(0, 100), st.none() | st.integers(0, 10), st.integers(0, 2000))
def test_more_days_never_bring_more(days, per_day, limit, minutes):
    rules = LateRules(percent_per_day=per_day, days=limit, grace_minutes=minutes)
    assert 0 <= rules.factor(days + 1) <= rules.factor(days) <= rules.factor(0) == 1
    late = (
        rules.days_late(DUE + timedelta(minutes=minutes), DUE),
        rules.days_late(DUE + timedelta(minutes=minutes + 1), DUE),
    )
    assert late[0] == 0 < late[1]


ATTEMPTS = st.lists(
    st.tuples(
        st.sampled_from(["1.1", "1.2", "1.3"]), st.floats(0, 1), st.none() | st.floats(-3, 9), st.booleans()
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ATTEMPTS, ATTEMPTS, st.integers(1, 3), st.floats(0, 100), st.sampled_from(["times", "platform"]))
def test_points_stay_within_the_weight_and_more_work_never_costs(first, more, best, per_day, by):
    part = PART | {"items": ["1.1", "1.2", "1.3"], "best": best, "name": "P"}
    course = plan(part, late={"percent_per_day": per_day, "days": 5, "by": by})
    before = points(course, *(done(*one) for one in first))["P"].points
    after = points(course, *(done(*one) for one in [*first, *more]))["P"].points
    assert 0 <= before <= after + 1e-9 <= 60 + 2e-9
    free = points(plan(part), *(done(*one) for one in first))["P"].points
    assert before <= free + 1e-9


GOOD = """timezone: America/New_York
late: {percent_per_day: 10}
parts:
  - unit: quotes
    weight: 60
    due: 2026-11-30
    items: [1.1x]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("", "", 7, "parts.1.items.1", "no “1.1x”"),
        ("America/New_York", "Mars/Base", 1, "timezone", "not a time zone"),
        ("percent_per_day: 10", "percent_per_day: '10'", 2, "late.percent_per_day", "number"),
        ("percent_per_day", "percent", 2, "late.percent", "not known"),
        ("unit: quotes", "unit: quots", 4, "parts.1.unit", "There is no unit"),
        ("2026-11-30", "soon", 6, "parts.1.due", "This needs a date"),
        ("[1.1x]", "{}", 7, "parts.1.items", "a list such as"),
        ("items: [1.1x]", "best: 99", 7, "parts.1.best", f"only {len(TASKS)}"),
        ("items: [1.1x]", "full_at: {2.2: 0.5}", 7, "parts.1.full_at.2.2", "does not count"),
    ],
)
def test_a_fault_names_file_line_and_field(tmp_path, old, new, line, field, says):
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD.replace(old, new) if old else GOOD)
    with pytest.raises(CaseError, match=says) as caught:
        load_plan(path)
    assert (caught.value.line, caught.value.field) == (line, field)


def test_a_due_date_ends_with_its_day_in_its_own_zone(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD.replace("    items: [1.1x]\n", ""))
    course = load_plan(path)
    assert course.utc(course.parts[0].due) == datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)
    path.write_text(GOOD.replace("    items: [1.1x]\n", "").replace("2026-11-30", "'2026-11-30'"))
    course = load_plan(path)
    assert course.utc(course.parts[0].due) == datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)
    path.write_text(GOOD.replace("    items: [1.1x]\n", "").replace("2026-11-30", "2026-11-30 18:00"))
    course = load_plan(path)
    assert course.utc(course.parts[0].due) == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_the_command_counts_by_the_plan_and_shows_both_marks_of_lateness(tmp_path, monkeypatch):
    from test_worksheet import HALF, write

    from medialit.cli import grade

    text = GOOD.replace("    items: [1.1x]\n", "").replace("2026-11-30", "2020-01-01")
    write(tmp_path, {"class/doejane_LATE_123_456_my-progress.jsonl": HALF, "plan.yaml": text})
    grade([tmp_path / "class"], tmp_path / "out", jobs=1, plan=tmp_path / "plan.yaml")
    (_, row) = csv.DictReader((tmp_path / "out" / "grades.csv").read_text().splitlines())
    assert (row["late"], row["percent"]) == ("yes", "0.00")
    assert row["late by times"].startswith("Quotes tasks: ")
    (page,) = (tmp_path / "out" / "feedback").iterdir()
    assert "Quotes tasks: 0 of 60 points" in page.read_text()
