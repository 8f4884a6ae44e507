"""What a person decides: marking pages, taking marks, answers to “I disagree”, and codes for names."""

import json
import re
from html import unescape

import pytest
from gradebooks import attempt
from test_worksheet import write

import medialit
from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.marking import as_read, mark_command, marking_pages
from medialit.classroom.pseudonyms import KEY_FILE, Pseudonyms
from medialit.classroom.report.page import ClassReport
from medialit.classroom.store import read_book
from medialit.errors import MedialitError
from medialit.progress import Entry, Progress
from medialit.units.registry import UNITS

NAMES = ("Ana Bell", "Ben Cho")
DISAGREES = 'The key is <b>wrong</b>: "see ¶3" \u202e=1+1'


def handed_in():
    progress = Progress()
    unit = medialit.open_unit("correction", progress=progress)
    for name in ("5.1", "5.2", "5.3", "5.4"):
        unit.submit(name, unit.tasks[name].answer(), door="click")
    task = unit.tasks["5.1"]
    unit.record.add(Entry(kind="contest", task="5.1", version=task.version, text=DISAGREES))
    unit.record.add(Entry(kind="note", task="reflection", text="I will ask who says so."))
    return progress.as_bytes()


WORK = handed_in()


@pytest.fixture
def out(tmp_path):
    write(tmp_path / "class", {f"{name}/my-progress.jsonl": WORK for name in NAMES})
    run(tmp_path)
    return tmp_path / "out"


def run(tmp_path, **how):
    return grade_class([tmp_path / "class"], tmp_path / "out", Options(**how.pop("options", {})), jobs=1, **how)


def page_of(out, learner):
    return next(p.read_text() for p in (out / "feedback").iterdir() if f"Feedback for {learner}" in p.read_text())


def marks(out, *found, at="2026-12-01T10:00:00Z", name="marks.json"):
    key = Pseudonyms(out / KEY_FILE)
    whole = [{"code": key.code("Ana Bell"), "unit": "correction", "case": "missile-tests"} | one for one in found]
    key.save()
    path = out / name
    path.write_text(json.dumps({"kind": "medialit marks", "version": 1, "at": at, "by": "Jo", "marks": whole}))
    return path


def test_the_pages_are_blind_whole_and_hold_what_must_be_judged(out):
    lines = mark_command(out / "gradebook.db", None, [], names=False)
    pages = {path.name: path.read_text(encoding="utf-8") for path in out.glob("marking-*.html")}
    assert set(pages) == {f"marking-{name}.html" for name in ("5.3", "5.4", "card", "disagreements")}
    assert KEY_FILE in lines[-1]
    for page in pages.values():
        assert not any(name in page for name in NAMES)
        assert page.count("<article ") == 2
        assert not re.search(r"""(src|href)=["']|https?://""", page)
        assert "<b>wrong" not in page
    assert "see ¶3" in pages["marking-disagreements.html"]
    assert pages["marking-card.html"].count('type="radio"') == 2 * 4 * 3
    named = marking_pages(read_book(out / "gradebook.db"), Pseudonyms(out / KEY_FILE), names=True)
    assert "Ana Bell (L-" in named["marking-5.3.html"]


def test_answers_are_shown_in_the_words_that_learners_read(out):
    pages = marking_pages(read_book(out / "gradebook.db"), Pseudonyms(out / KEY_FILE))
    shown = {name: "".join(re.findall("<dl>.*?</dl>", page, re.DOTALL)) for name, page in pages.items()}
    assert len(shown) == 4
    for name, text in shown.items():
        assert not re.search(r"\bc\d\d\b|jiji-18mar24|>(?:sure|source|relative|verdict|claim)<", text), name
    assert "Jiji Press, on Nippon.com" in shown["marking-5.4.html"]
    assert (
        "<dt>How sure are you?</dt><dd>2: two origins agree, something is still open</dd>" in shown["marking-card.html"]
    )
    assert "Verdict: contradicted: the record we found says otherwise" in shown["marking-card.html"]
    assert "<dd>¶9: The missiles flew at up to 50 kilometers per hour.</dd>" in shown["marking-5.3.html"]


def test_every_form_has_its_answers_in_words():
    """No key of a solution is shown where the learner read words, whatever the form of the task."""
    checked = set()
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, progress=Progress())
        for name, task in unit.tasks.items():
            one = attempt("x", name, 1.0, unit=plan.name, answer=task.answer(), kind="task")
            text = "\n".join(f"{label}: {words}" for label, words in as_read(one))
            assert text
            keys = {
                key
                for _, key, words in task.form.all_keys()
                if key not in words and re.fullmatch(r"[a-zA-Z]+\d+\w*", key)
            }
            assert not [key for key in keys if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)], (name, text)
            checked.add(task.form.kind)
    assert checked >= {"card", "correct", "verify", "table", "choice", "order"}


def test_an_answer_to_an_item_that_is_not_known_is_shown_as_it_is():
    assert as_read(attempt("x", "9.9", 1.0, answer={"a_b": ["c", {"d": 1}]})) == [("a b", "c\nd: 1")]


def test_what_a_learner_disagrees_with_does_not_count_as_an_attempt(out):
    book = read_book(out / "gradebook.db")
    mine = [(one.kind, one.nth) for one in book.attempts if (one.learner, one.item) == ("Ana Bell", "5.1")]
    assert mine == [("task", 1), ("contest", 2)]
    assert next((g.attempts, g.nth) for g in book.grades if (g.learner, g.task) == ("Ana Bell", "5.1")) == (1, 1)


def test_reflections_are_collected_only_when_asked(out, tmp_path):
    assert not any(one.kind == "note" for one in read_book(out / "gradebook.db").attempts)
    run(tmp_path, options={"notes": True})
    pages = marking_pages(read_book(out / "gradebook.db"), Pseudonyms(out / KEY_FILE))
    assert "I will ask who says so." in pages["marking-reflections.html"]


def test_marks_count_with_their_reasons_and_keep_their_history(out, tmp_path):
    first = marks(out, {"task": "5.3", "score": 0.5, "reason": "Two words are missing."})
    assert "5.3: 0.5 (Two words are missing.)" in mark_command(out / "gradebook.db", None, [first], names=False)[0]
    # The same file once more adds nothing; a later one counts, and the first stays.
    assert "0 new marks" in mark_command(out / "gradebook.db", None, [first], names=False)[0]
    second = marks(
        out, {"task": "5.3", "score": 0.75, "reason": "Seen again."}, at="2026-12-02T10:00:00Z", name="2.json"
    )
    assert "0.5 → 0.75" in mark_command(out / "gradebook.db", None, [second], names=False)[0]
    done = run(tmp_path)
    assert (done.graded, done.before) == (0, 2)
    book = read_book(out / "gradebook.db")
    assert [(one.score, one.reason, one.by) for one in book.marks] == [
        (0.5, "Two words are missing.", "Jo"),
        (0.75, "Seen again.", "Jo"),
    ]
    assert next(g.score for g in book.grades if (g.learner, g.task) == ("Ana Bell", "5.3")) == 1  # the kit's own
    rows = (out / "gradebook.csv").read_text()
    assert "Ana Bell,correction,5.3,partly,0.75,1,1," in rows
    assert "marked by hand" in rows
    assert "Seen again." in page_of(out, "Ana Bell")
    assert "Seen again." not in page_of(out, "Ben Cho")


def test_the_rubric_of_the_card_is_a_part_of_its_own(out, tmp_path):
    levels = {"clarity": "mastery", "fairness": "emerging", "proportion": "beginning", "method": "emerging"}
    mark_command(out / "gradebook.db", None, [marks(out, {"task": "card", "levels": levels})], names=False)
    run(tmp_path)
    head, _, ana, ben = (out / "grades.csv").read_text().splitlines()
    assert head.endswith("The correction desk rubric")
    assert (ana.rpartition(",")[2], ben.rpartition(",")[2]) == ("0.5", "")
    assert "fairness: emerging" in page_of(out, "Ana Bell")
    assert "of 5 passed" in page_of(out, "Ana Bell")


def test_an_answer_to_i_disagree_reaches_the_learner(out, tmp_path):
    assert "has not answered yet" in page_of(out, "Ana Bell")
    mark_command(
        out / "gradebook.db", None, [marks(out, {"task": "5.1", "reply": "The key is about ¶4."})], names=False
    )
    run(tmp_path)
    page = page_of(out, "Ana Bell")
    assert "The key is about ¶4." in page
    assert "&lt;b&gt;wrong" in page
    # A second hand-in says it once.
    write(tmp_path / "class", {"Ana Bell/again.jsonl": WORK, "Ana Bell/note.txt": "x"})
    run(tmp_path)
    assert page_of(out, "Ana Bell").count("You wrote:") == 1
    assert "The key is about ¶4." in page_of(out, "Ana Bell")


HEAD = '{"kind":"medialit marks","version":1,"at":"2026-12-01T10:00:00Z","marks":'
ONE = HEAD + '[{"code":"x","unit":"u","case":"c","task":"t","score":%s}]}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"kind": "medialit marks"}',
        "[" * 5000,
        HEAD.replace("2026-", "") + "[]}",
        ONE % "NaN",
        ONE % "2",
    ],
)
def test_what_is_no_file_of_marks_is_one_sentence(out, text):
    (out / "x.json").write_text(text)
    with pytest.raises(MedialitError, match="not a file of marks"):
        mark_command(out / "gradebook.db", None, [out / "x.json"], names=False)


def test_marks_for_nobody_and_half_a_rubric_are_named_and_left_out(out):
    path = marks(
        out, {"code": "L-zzzzz", "task": "5.3", "score": 1.0}, {"task": "card", "levels": {"clarity": "mastery"}}
    )
    lines = mark_command(out / "gradebook.db", None, [path], names=False)
    assert "L-zzzzz is nobody's code" in lines[0]
    assert "rubric is not complete" in lines[1]
    assert not read_book(out / "gradebook.db").marks


def test_pseudonyms_are_stable_and_no_file_for_people_holds_a_name(out, tmp_path):
    (out / "feedback" / "of-the-instructor.html").write_text("Mine.")
    lines = []
    run(tmp_path, pseudonyms=True, say=lines.append)
    assert lines == ["Removed 2 feedback pages with names from an earlier run."]
    shown = [out / "gradebook.csv", out / "grades.csv", *(out / "feedback").iterdir()]
    first = {path.name for path in (out / "feedback").iterdir()}
    assert len(shown) == 2 + 2 + 1
    for path in shown:
        assert not re.search(r"\b(Ana|Bell|Ben|Cho)\b", path.read_text() + path.name), path
    run(tmp_path, pseudonyms=True)
    assert {path.name for path in (out / "feedback").iterdir()} == first
    run(tmp_path, say=lines.append)
    assert lines[1:] == ["Removed 2 feedback pages with codes from an earlier run."]
    run(tmp_path, pseudonyms=True)
    key = (out / KEY_FILE).read_text()
    assert all(name in key for name in NAMES)
    (out / KEY_FILE).write_text("code,learner\nAna,Ana\n")
    with pytest.raises(MedialitError, match="not a key of pseudonyms"):
        run(tmp_path, pseudonyms=True)


def test_pages_about_a_key_of_one_person_say_so(tmp_path):
    # The quotations of the second story were coded by one person.
    told = f"The key of “{UNITS[1].title}” on the story “The pool of Averstow (an invented story)” is one person's reading."
    progress = Progress()
    for case in ("averstow-pool", "missile-tests"):
        unit = medialit.open_unit("quotes", case=case, progress=progress)
        unit.submit("1.2", {}, door="click")
        task = unit.tasks["1.2"]
        unit.submit("1.2", task.answer(), door="click")
        unit.record.add(Entry(kind="contest", task=task.id, version=task.version, text="I see it otherwise."))
    write(tmp_path / "class", {f"{name}/my-progress.jsonl": progress.as_bytes() for name in NAMES})
    run(tmp_path)
    out = tmp_path / "out"
    assert unescape(page_of(out, "Ana Bell")).count(told) == 1
    book = read_book(out / "gradebook.db")
    pages = marking_pages(book, Pseudonyms(out / KEY_FILE))
    assert any("I disagree" in page for page in pages.values())
    assert all(unescape(page).count(told) == 1 for page in pages.values())
    report = ClassReport(out / "gradebook.db")
    assert unescape(report.html()).count(told) == report.notebook().count(told) == 1
