"""Unit 1 from hook to summary in a real JupyterLab: by mouse, by keyboard, and by code, with the same scores."""

import json

import pytest
import yaml
from lab import PANEL, Keyboard, Mouse

import medialit
from medialit.files import course_path
from medialit.progress import Progress, best
from medialit.widgets.spans import spoken_words

LESSON, EXERCISES = "notebooks/01-quotes.ipynb", "exercises/01-quotes.ipynb"


def quiz():
    return yaml.safe_load(course_path("01-quotes", "quiz.yaml").read_text(encoding="utf-8"))["questions"]


def right(question):
    """The right answer as it is typed."""
    chosen = [option["id"] for option in question.get("options", ()) if option.get("right")]
    plain = {
        "one": chosen[:1],
        "several": [chosen],
        "order": [question.get("order")],
        "number": [question.get("answer")],
    }
    return plain.get(question["type"], question.get("accept", [None]))[0]


def block(page, name):
    """The frame of one question or task, found by its heading."""
    return page.locator(f"{PANEL} .medialit-block", has=page.locator(".medialit-name", has_text=name)).first


def feedback(frame, word):
    frame.locator('[role="status"]', has_text=word).first.wait_for()


def predict(hand, page, button_number, act):
    frame = page.locator(f"{PANEL} .medialit-block", has=page.locator("button", has_text="Keep my guess"))
    act(frame.nth(button_number))
    hand.press(frame.nth(button_number).locator("button", has_text="Keep my guess"))
    feedback(frame.nth(button_number), "Kept.")


def answer_question(hand, page, question):
    frame = block(page, f"· {question['id']}")
    kind = question["type"]
    if kind in ("one", "several"):
        inputs = frame.locator(".widget-radio-box input" if kind == "one" else "input[type=checkbox]")
        for number, option in enumerate(question["options"]):
            if option.get("right"):
                hand.tick(inputs.nth(number))
    elif kind == "order":
        put_in_order(hand, frame, [i["text"] for i in question["items"]], question["items"], question["order"])
    else:
        words = str(question["answer"]) if kind == "number" else question["accept"][0]
        hand.write(frame.locator("input[type=text]"), words)
    hand.press(frame.locator("button", has_text=f"Check {question['id']}"))
    feedback(frame, "Passed.")


def put_in_order(hand, frame, _texts, items, order):
    """Move each item up to its place, one after the other."""
    named = {item["id"]: item["text"] for item in items}
    for place, key in enumerate(order):
        while True:
            labels = [label.inner_text() for label in frame.locator(".widget-radio-box label").all()]
            at = next(i for i, label in enumerate(labels) if named[key] in label)
            if at == place:
                break
            hand.tick(frame.locator(".widget-radio-box input").nth(at))
            hand.press(frame.locator("button", has_text="Up"))
            hand.page.wait_for_timeout(250)


def mark_spans(hand, frame, unit):
    """Task 1.1: choose the part, the sentence, the first and the last word, and add."""
    task = unit.tasks["1.1"]
    article = unit.case.article
    part_list = frame.locator("select").nth(0)
    for start, end in task.answer():
        sentence = article.sentence_at(start)
        part = next(i for i, chunk in enumerate(task.form.parts) if sentence.number in chunk)
        label = part_list.locator("option").nth(part).inner_text().strip()
        hand.choose(part_list, label)
        sentences = frame.locator("select").nth(1)
        row = next(o for o in sentences.locator("option").all() if f"S{sentence.number}:" in o.inner_text())
        hand.choose(sentences, row.inner_text().strip())
        # The words follow the chosen sentence by way of the kernel: wait until it is the one on show.
        frame.locator(".widget-html-content > p", has_text=article[sentence.span]).first.wait_for()
        words = spoken_words(article, sentence.span)
        first = next(i for i, w in enumerate(words) if w.start >= start)
        last = max(i for i, w in enumerate(words) if w.end <= end)
        for number, word in ((2, first), (3, last)):
            picker = frame.locator("select").nth(number)
            wanted = f"{word + 1} {article[words[word]]}"
            picker.locator("option", has_text=wanted).first.wait_for(state="attached")
            hand.choose(picker, wanted)
        hand.press(frame.get_by_role("button", name="Add", exact=True))
        hand.page.wait_for_timeout(200)


def fill_table(hand, frame, task):
    for row, line in enumerate(task.form.rows):
        group = frame.locator(".medialit-group").nth(row)
        for column, field in enumerate(task.form.fields):
            value = task.answer()[line.key][field.name]
            text = next(o.text for o in field.options if o.key == value)
            if field.long:
                boxes = group.locator(".widget-radio-box").nth(column)
                hand.tick(boxes.locator("input").nth([o.text for o in field.options].index(text)))
            else:
                hand.choose(group.locator("select").nth(column), text)


def do_exercises(hand, page, unit):
    for key in ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6"):
        frame, task = block(page, f"Task {key} "), unit.tasks[key]
        if key == "1.1":
            mark_spans(hand, frame, unit)
        elif task.form.kind == "table":
            fill_table(hand, frame, task)
        elif key == "1.3":
            keys = [option.key for option in task.form.options]
            for rule in task.answer():
                hand.tick(frame.locator("input[type=checkbox]").nth(keys.index(rule)))
        else:
            for name in task.answer():
                text = next(o.text for o in task.form.options if o.key == name)
                labels = [label.inner_text() for label in frame.locator(".widget-radio-box label").all()]
                at = next(i for i, label in enumerate(labels) if text in label)
                hand.tick(frame.locator(".widget-radio-box input").nth(at))
                hand.press(frame.locator("button", has_text="Put in"))
                page.wait_for_timeout(250)
        hand.press(frame.get_by_role("button", name="Check", exact=True))
        feedback(frame, "Passed.")


def scores(lab):
    progress = Progress(lab.folder / "my-progress.jsonl")
    attempts = progress.entries("attempt", "quotes")
    return {e.task: best([x for x in attempts if x.task == e.task], e.version).score for e in attempts}


def by_code():
    """The same answers through the code door."""
    unit = medialit.open_unit("quotes", progress=Progress())
    for task in unit.tasks.values():
        unit.check(task.id, task.answer())
    for question in quiz():
        unit.check(question["id"], right(question))
    return {e.task: e.score for e in unit.progress.entries("attempt")}


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_unit_one_from_hook_to_summary(lab, page, hand):
    hand = hand(page)
    lab.open(page, LESSON)
    hand.run_all()
    predict(hand, page, 0, lambda frame: hand.tick(frame.locator("input[type=radio]").nth(2)))
    predict(hand, page, 1, lambda frame: hand.write(frame.locator("input[type=text]"), "12"))
    predict(hand, page, 2, lambda frame: hand.tick(frame.locator("input[type=radio]").nth(2)))
    for question in quiz():
        answer_question(hand, page, question)
    unit = medialit.open_unit("quotes", progress=Progress())
    lab.open(page, EXERCISES)
    hand.run_all()
    do_exercises(hand, page, unit)
    assert scores(lab) == by_code()

    # Close the laptop, come back: a new page and a new kernel find the answers again.
    lab.open(page, EXERCISES)
    page.keyboard.press("Escape")
    hand.run_all()
    block(page, "Task 1.1 ").locator('[role="status"]', has_text="Your saved answer is back.").first.wait_for()
    summary = page.locator(f"{PANEL} table", has_text="Your unit Quotes").first.inner_text()
    assert f"{len(by_code())} of {len(by_code())} passed" in summary


def test_nothing_is_lost_when_the_kernel_is_killed(lab, page):
    hand = Mouse(page)
    lab.open(page, LESSON)
    hand.run_all()
    answer_question(hand, page, quiz()[0])
    kernels = json.loads(page.evaluate(f"fetch('{lab.address}/api/kernels?token=tok').then(r => r.text())"))
    assert kernels
    page.evaluate(
        f"""async () => {{ for (const k of {json.dumps([k["id"] for k in kernels])})
        await fetch('{lab.address}/api/kernels/' + k + '/restart?token=tok', {{method: 'POST',
        headers: {{Authorization: 'token tok'}}}}); }}"""
    )
    page.wait_for_timeout(1500)
    hand.run_all()
    frame = block(page, "· q1")
    frame.locator('[role="status"]', has_text="This is your saved answer").first.wait_for()
