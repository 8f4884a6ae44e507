"""The pen without a browser: what is sent to the page, what is taken from it, and what is kept."""

import builtins
import json
import subprocess
import sys
from pathlib import Path

import ipywidgets as w
import pytest

import medialit
from medialit.article import Article
from medialit.forms import Option, SpanForm
from medialit.progress import Entry, Progress
from medialit.widgets import highlighter, marking
from medialit.widgets.forms import form_widget
from medialit.widgets.marking import MarkingWidget
from medialit.widgets.words import spoken_words

TEXT = "“We won’t go,” 😀 said Ana. She left.\nA heading\nNobody knows cafe\u0301 Zu\u0308rich. The end."
ARTICLE = Article(TEXT)
FORM = SpanForm(((1, 2), (4, 5)), article=ARTICLE)
LABELLED = SpanForm(((1, 2, 3, 4, 5),), (Option("who", "who: the speaker"), Option("what", "what")), ARTICLE)


def everything(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def state(widget):
    """All that the page is told."""
    sent = [x.get_state() for x in everything(widget)]
    return [{k: v for k, v in one.items() if not isinstance(v, w.Widget) and k != "children"} for one in sent]


def from_page(widget, marks, keep=False):
    """What the page sends after a change."""
    number = widget._pen.sent + 1
    widget._pen.set_state({"marks": marks, "sent": number})
    if keep:
        widget._pen.set_state({"keep": number})


def press(widget, text):
    next(x for x in everything(widget) if isinstance(x, w.Button) and x.description == text).click()


# what is sent to the page -----------------------------------------------------------------------------------------------


def test_words_on_the_page_are_those_of_the_sentence_list_in_code_points():
    sent = []
    for block in highlighter.blocks_of(FORM):
        for sentence in block["sentences"]:
            edges = [block["start"] + edge for edge in sentence["words"]]
            sent += list(zip(edges[::2], edges[1::2], strict=True))
    asked = {n for part in FORM.parts for n in part}
    assert sent == [tuple(v) for s in ARTICLE.sentences if s.number in asked for v in spoken_words(ARTICLE, s.span)]
    words = [TEXT[a:b] for a, b in sent]
    assert words[:5] == ["We", "won’t", "go", "said", "Ana"]
    assert "cafe\u0301" in words
    assert "Zu\u0308rich" in words


def test_blocks_without_a_sentence_of_the_task_are_left_out_and_named():
    article = Article("One here.\nTwo here.\nThree here.\nFour here, and more. Five here.")
    blocks = highlighter.blocks_of(SpanForm(((1,), (5,)), article=article))
    assert [b["number"] for b in blocks] == [1, 4]
    assert [b["skip"] for b in blocks] == ["", "¶2 to ¶3 are not part of this task."]
    assert blocks[1]["text"][slice(*blocks[1]["asked"][0])] == "Five here."
    assert form_widget(SpanForm(((1,), (5,)), article=article))._pen.grey
    assert not form_widget(SpanForm(((1, 4, 5),), article=article))._pen.grey


def test_every_label_has_a_pattern_of_its_own_and_known_ones_keep_theirs():
    known = tuple(Option(key, key) for key in ("speaker", "direct", "loaded", "hedge", "cue", "scare"))
    looks = {look["key"]: look["look"] for look in highlighter.looks_of(known)}
    assert (looks["direct"], looks["scare"], looks["speaker"], looks["cue"]) == ("solid", "wavy", "box-line", "caps")
    assert len(set(looks.values())) == len(known)


@pytest.mark.parametrize(("unit", "number"), [("quotes", "1.1"), ("claims", "2.1"), ("framing", "3.3")])
def test_the_page_is_told_nothing_of_the_key_before_it_is_asked_for(unit, number, monkeypatch):
    told = []
    send = w.Widget._send
    monkeypatch.setattr(w.Widget, "_send", lambda self, msg, buffers=None: told.append(msg) or send(self, msg, buffers))
    task = medialit.open_unit(unit, progress=Progress()).task(number)
    right = task.task.answer()
    first = spoken_words(task.task.case.article, task.task.case.article.sentences[task.task.form.parts[0][0] - 1].span)
    label = [option.key for option in task.task.form.labels][:1]
    mine = [[first[0].start, first[1].end, *label]]
    from_page(task.form, mine)
    fixed = {"blocks", "labels", "layout", "_esm", "_css"}
    before = [{k: v for k, v in one.items() if k not in fixed} for one in state(task.form)]
    pairs = [[a, b] for a, b, *_ in right if [a, b] != mine[0][:2]]
    everything_sent = json.dumps([before, told], default=str)
    assert pairs
    assert not any(f"[{a}, {b}" in everything_sent for a, b in pairs)
    # The parts that stay are made from the sentences of the task and the text, not from its key.
    article, form = task.task.case.article, task.task.form
    assert task.form._pen.blocks == highlighter.blocks_of(SpanForm(form.parts, article=Article(article.text)))
    # After the check: signs on one's own marks, and still not what was missed.
    task.check.click()
    assert all(sign[:2] == mine[0][:2] for sign in task.form._pen.signs)
    assert not any(f"[{a}, {b}" in json.dumps(state(task.form), default=str) for a, b in pairs)
    press(task.form, "Show what I missed")
    missed = [sign for sign in task.form._pen.signs if sign[2] == "missed"]
    assert missed
    assert all(sign[:2] in [span[:2] for span in right] for sign in missed)
    assert "<li>" in task.form._told.value


def test_nothing_in_the_page_module_points_outside():
    for name in ("highlighter.js", "highlighter.css"):
        text = (Path(highlighter.__file__).parent / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "import" not in text.replace("!important", "")
        assert "fetch(" not in text


# what is taken from the page --------------------------------------------------------------------------------------------


def test_marks_of_the_page_are_the_answer_in_text_order():
    widget, seen = form_widget(LABELLED), []
    widget.on_change(lambda x: seen.append(x.value))
    from_page(widget, [[17, 21, "what"], [1, 3, "who"]])
    assert widget.value == [[1, 3, "who"], [17, 21, "what"]]
    assert (widget._pen.seen, len(seen)) == (1, 1)


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ([[1, 3, "liar"]], "Span 1 has the label “liar”. Labels: who, what."),
        ([[1, 3]], "Span 1 needs two whole numbers and a label"),
        ([[1, 9999, "who"]], "ends after the last character of the article"),
        ([[5, 5, "who"]], "ends before it starts"),
        ([["a", "b", "who"]], "Span 1 needs two whole numbers and a label"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence_and_loses_nothing(marks, why):
    widget = form_widget(LABELLED)
    widget.set([[1, 3, "who"]])
    from_page(widget, marks)
    assert widget.value == widget._pen.marks == [[1, 3, "who"]]
    assert why in widget._pen.said[1]
    assert "Your other marks are as they were." in widget._pen.said[1]
    assert widget._pen.seen == widget._pen.sent


def test_pen_and_sentence_list_edit_the_same_answer():
    widget = form_widget(FORM)
    from_page(widget, [[1, 3]])
    widget._way.value = "list"
    assert widget._list.value == [[1, 3]]
    assert (widget._pen.layout.display, widget._list.layout.display) == ("none", None)
    press(widget, "Add")  # the first word of the first sentence is marked already
    assert widget.value == [[1, 3]]
    widget._list._sentence.value = 2
    press(widget, "Add")
    widget._way.value = "pen"
    assert [TEXT[a:b] for a, b in widget.value] == ["We", "She"]
    assert widget._pen.marks == widget.value
    assert widget._pen.layout.display is None


def test_signs_stay_on_marks_that_stay():
    widget = form_widget(FORM)
    widget.set([[1, 3], [17, 21]])
    widget.show_signs({"ok": [[1, 3]], "edge": [[17, 21]], "missed": [[4, 9]]})
    assert widget._pen.signs == [[1, 3, "ok"], [17, 21, "edge"]]
    assert widget._pen.words["edge"] == "◐ edge"
    from_page(widget, [[1, 3]])
    assert widget._pen.signs == [[1, 3, "ok"]]
    widget._way.value = "list"
    assert "✓ fits" in widget._list._list.options[0][0]
    widget._way.value = "pen"
    widget.set(None)
    assert widget._pen.signs == []


def test_five_thousand_marks_are_taken_and_handed_on():
    text = "\n".join(f"Line {n} has five plain words here." for n in range(1300))
    article = Article(text)
    form = SpanForm((tuple(s.number for s in article.sentences),), article=article)
    widget = form_widget(form)
    marks = [[v.start, v.end] for s in article.sentences for v in spoken_words(article, s.span)][:5000]
    from_page(widget, marks)
    assert widget.value == marks
    widget._way.value = "list"
    assert len(widget._list._list.options) == 5000


# what is kept -----------------------------------------------------------------------------------------------------------


def unit_on(path):
    return medialit.open_unit("quotes", progress=Progress(path))


def test_a_draft_comes_back_and_is_never_an_attempt(tmp_path):
    path = tmp_path / "my-progress.jsonl"
    task = unit_on(path).task("1.1")
    mark = task.task.answer()[0]
    from_page(task.form, [mark])
    assert not Progress(path).entries()
    from_page(task.form, [mark], keep=True)
    assert task.form._pen.kept == task.form._pen.sent == 2
    (draft,) = Progress(path).entries()
    assert (draft.kind, draft.answer, draft.task, draft.outcome) == ("draft", [mark], "1.1", None)
    assert draft.version == task.task.version

    again = unit_on(path)
    back = again.task("1.1")
    assert back.form.value == [mark]
    assert "not checked yet" in back.feedback.value
    assert back.desk.attempts == 0
    assert back.form._pen.since > 0
    assert "not attempted" in again.summary().text
    # The same again is not written again; after a check the draft has done its work.
    from_page(back.form, [mark], keep=True)
    assert len(Progress(path).entries()) == 1
    back.check.click()
    from_page(back.form, [mark], keep=True)
    assert [e.kind for e in Progress(path).entries()] == ["draft", "attempt"]
    third = unit_on(path).task("1.1")
    assert "Your saved answer is back." in third.feedback.value
    assert third.desk.attempts == 1
    # Marks after a check are a draft again, and an empty one counts too: they were taken away on purpose.
    from_page(third.form, [], keep=True)
    last = unit_on(path).task("1.1")
    assert last.form.value == []
    assert last.desk.attempts == 1


def test_a_draft_of_another_version_stays_where_it_is(tmp_path):
    progress = Progress(tmp_path / "my-progress.jsonl")
    progress.add(Entry(kind="draft", unit="quotes", case="missile-tests", task="1.1", version="0-old", answer=[[1, 2]]))
    assert unit_on(progress.path).task("1.1").form.value == []


def test_the_sentence_list_keeps_drafts_too(tmp_path):
    path = tmp_path / "my-progress.jsonl"
    task = unit_on(path).task("1.1")
    task.form._way.value = "list"
    assert not path.exists()
    press(task.form, "Add")
    assert [e.answer for e in Progress(path).entries("draft")] == [task.form.value]


def test_a_draft_that_cannot_be_saved_says_so_and_waits_in_the_browser(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    task = unit_on(folder / "my-progress.jsonl").task("1.1")
    folder.rmdir()
    from_page(task.form, [task.task.answer()[0]], keep=True)
    assert "not saved yet" in task.form._pen.said[1]
    assert task.form._pen.kept == 0
    assert task.form.value == [task.task.answer()[0]]


def test_the_place_in_the_browser_is_one_of_this_folder_and_this_version(tmp_path):
    one, other = (unit_on(tmp_path / name / "p.jsonl").task("1.1") for name in ("a", "b"))
    assert one.form._pen.key != other.form._pen.key
    assert one.form._pen.key.endswith(f"/quotes/missile-tests/1.1/{one.task.version}")


# where anywidget is missing ---------------------------------------------------------------------------------------------


def test_without_anywidget_the_sentence_list_works_alone(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name == "anywidget" or name.endswith("widgets.highlighter"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    widget = form_widget(FORM)
    assert isinstance(widget, MarkingWidget)
    assert (widget._pen, widget.way) == (None, "list")
    assert not any(isinstance(x, w.RadioButtons) for x in everything(widget))
    press(widget, "Add")
    assert [TEXT[a:b] for a, b in widget.value] == ["We"]
    widget.set([[17, 21]])
    widget.show_signs({"extra": [[17, 21]], "missed": [[1, 3]]})
    press(widget, "Show what I missed")
    assert "We" in widget._told.value


def test_a_unit_that_marks_nothing_does_not_load_the_pen():
    code = (
        "import sys, medialit; u = medialit.open_unit('quotes'); u.task('1.2'); print('anywidget' in sys.modules);"
        "u.task('1.1'); print('anywidget' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_a_notebook_that_was_not_run_tells_the_task_in_words():
    bundle = medialit.open_unit("quotes", progress=Progress()).task("1.1")._repr_mimebundle_()
    assert "run this cell: Shift+Enter" in bundle["text/html"]
    assert "[[start, end], …]" in bundle["text/plain"]


def test_the_pen_is_made_only_by_one_door():
    assert marking.pen(FORM).marks == []
