"""The pen without a browser: what is sent to the page, what is taken from it, and what is kept."""

import json

import pytest
from pages import ask, press, sent

import medialit
from medialit.article import Article
from medialit.forms import Option, SpanForm
from medialit.progress import Progress
from medialit.widgets.form import form_page
from medialit.widgets.page import Page, PageBlock
from medialit.widgets.spans import blocks_of, looks_of
from medialit.widgets.words import spoken_words

TEXT = "“We won’t go,” 😀 said Ana. She left.\nA heading\nNobody knows cafe\u0301 Zu\u0308rich. The end."
ARTICLE = Article(TEXT)
FORM = SpanForm(((1, 2), (4, 5)), article=ARTICLE)
LABELLED = SpanForm(((1, 2, 3, 4, 5),), (Option("who", "who: the speaker"), Option("what", "what")), ARTICLE)


def test_words_on_the_page_are_whole_and_in_code_points():
    found = []
    for block in blocks_of(FORM):
        for sentence in block["sentences"]:
            edges = [block["start"] + edge for edge in sentence["words"]]
            found += list(zip(edges[::2], edges[1::2], strict=True))
    asked = {n for part in FORM.parts for n in part}
    assert found == [tuple(v) for s in ARTICLE.sentences if s.number in asked for v in spoken_words(ARTICLE, s.span)]
    words = [TEXT[a:b] for a, b in found]
    assert words[:5] == ["We", "won’t", "go", "said", "Ana"]
    assert "cafe\u0301" in words
    assert "Zu\u0308rich" in words


def test_blocks_without_a_sentence_of_the_task_are_left_out_and_named():
    article = Article("One here.\nTwo here.\nThree here.\nFour here, and more. Five here.")
    blocks = blocks_of(SpanForm(((1,), (5,)), article=article))
    assert [b["number"] for b in blocks] == [1, 4]
    assert [b["skip"] for b in blocks] == ["", "¶2 to ¶3 are not part of this task."]
    assert blocks[1]["text"][slice(*blocks[1]["asked"][0])] == "Five here."
    assert form_page(SpanForm(((1,), (5,)), article=article)).spec()["grey"]
    assert not form_page(SpanForm(((1, 4, 5),), article=article)).spec()["grey"]


def test_every_label_has_a_pattern_of_its_own_and_known_ones_keep_theirs():
    known = tuple(Option(key, key) for key in ("speaker", "direct", "loaded", "hedge", "cue", "scare"))
    looks = {look["key"]: look["look"] for look in looks_of(known)}
    assert (looks["direct"], looks["scare"], looks["speaker"], looks["cue"]) == ("solid", "wavy", "box-line", "caps")
    assert len(set(looks.values())) == len(known)


@pytest.mark.parametrize(("unit", "number"), [("quotes", "1.1"), ("claims", "2.1"), ("framing", "3.3")])
def test_the_page_is_told_nothing_of_the_key_before_it_is_asked_for(unit, number):
    widget = medialit.open_unit(unit, progress=Progress()).task(number)
    task = widget.task
    right = task.answer()
    first = spoken_words(task.case.article, task.case.article.sentences[task.form.parts[0][0] - 1].span)
    mine = [[first[0].start, first[1].end, *[option.key for option in task.form.labels][:1]]]
    pairs = [[a, b] for a, b, *_ in right if [a, b] != mine[0][:2]]
    assert pairs

    def told():
        state = json.dumps(widget.state)
        return [pair for pair in pairs if f"[{pair[0]}, {pair[1]}" in state]

    # The parts that stay are made from the sentences of the task and the text, not from its key.
    text = Article(task.case.article.text)
    assert widget.blocks[0]["form"]["blocks"] == blocks_of(SpanForm(task.form.parts, article=text))
    press(widget, "draft", answer=mine)
    assert not told()
    # After the check: signs on one's own marks, and of what was missed how much it is.
    state = press(widget, "check", answer=mine)
    assert not told()
    assert 0 < state["signs"]["missed"] <= len(right)
    missed = ask(widget, "missed")
    assert len(missed) == state["signs"]["missed"]
    assert all(span in [span[:2] for span in right] for span in missed)
    assert "blocks" in sent(widget)


def test_marks_of_the_page_are_the_answer_in_text_order():
    page = Page([PageBlock("t", "T", form=form_page(LABELLED))])
    press(page, "draft", answer=[[17, 21, "what"], [1, 3, "who"], [1, 3, "who"]])
    assert page._parts["t"].form.value == [[1, 3, "who"], [17, 21, "what"]]
    # Five thousand marks are taken and handed on.
    article = Article(" ".join(f"word{n}" for n in range(5000)) + ".")
    form = form_page(SpanForm(((1,),), article=article))
    words = spoken_words(article, article.sentences[0].span)
    marks = [[w.start, w.end] for w in words][::-1]
    assert len(marks) > 4000
    assert form.typed(marks) == marks[::-1]


@pytest.mark.parametrize(
    "marks", [[[1, 3]], [[3, 1, "who"]], [[0, 9_999, "who"]], [[1, 3, "nobody"]], "marks", {"a": 1}]
)
def test_marks_that_do_not_fit_get_a_sentence(marks):
    unit = medialit.open_unit("framing", progress=Progress())
    assert "Could not check" in press(unit.task("3.3"), "check", answer=marks)["feedback"]
    assert unit.progress.entries("attempt") == []


def test_drafts_and_places_are_of_one_version_and_folder(tmp_path):
    unit = medialit.open_unit("quotes", progress=Progress(tmp_path / "my-progress.jsonl"))
    press(unit.task("1.1"), "draft", answer=[[10, 18]])
    unit.tasks["1.1"].__dict__["version"] = "2-abcdef"
    assert unit.task("1.1").block.state["answer"] is None
    # The place in the browser is one of this folder and this version.
    places = set()
    for folder in ("one", "two"):
        unit = medialit.open_unit("quotes", progress=Progress(tmp_path / folder / "my-progress.jsonl"))
        places |= {unit.task(name).block.spec["key"] for name in ("1.1", "1.2")}
    assert len(places) == 4
    assert all(place for place in places)
