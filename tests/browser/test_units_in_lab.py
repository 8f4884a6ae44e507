"""Every unit from hook to summary in a real JupyterLab: by mouse, by keyboard, and by code, with the same scores.

Each lesson and each set of exercises is used twice: by mouse and by keyboard, once wide and once at 320 px, once light and
once dark. In every state that is reached, axe-core looks for what is against WCAG 2.2. Then the page is loaded again (after
the mouse) or the kernel is started anew (after the keyboard): nothing is lost. Every ladder of hints is climbed to its end
by mouse; by keyboard the first of each page is, and of the others the first step.
"""

import json
import re

import nbformat
import pytest
import yaml
from everyone import look, look_all_ways, look_in_both_themes, wear
from lab import PANEL, Keyboard, Mouse, settled
from steps import button, came_back, climb, climb_and_disagree, first_step, reload, said

import medialit
from medialit.exercises.registry import UNITS
from medialit.exercises.reliability import coding_file
from medialit.files import course_path
from medialit.progress import Progress, best
from medialit.show.card import card_line
from medialit.widgets.quiz import payoff_text
from medialit.widgets.words import spoken_words


def quiz(plan):
    return yaml.safe_load(course_path(plan.folder, "quiz.yaml").read_text(encoding="utf-8"))["questions"]


def guesses(plan):
    return yaml.safe_load(course_path(plan.folder, "predictions.yaml").read_text(encoding="utf-8"))["predictions"]


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


def guess(hand, page, number, asked):
    frames = page.locator(f"{PANEL} .medialit-block", has=page.locator("button", has_text="Keep my guess"))
    frame = frames.nth(number)
    if "number" in asked:
        hand.write(frame.locator("input[type=text]"), str(min(12, asked["number"].get("maximum", 12))))
    else:
        hand.tick(frame.locator("input[type=radio]").nth(2))
    hand.press(frame.locator("button", has_text="Keep my guess"))
    said(frame, "Kept.")


def answer_question(hand, page, question):
    frame = block(page, f"· {question['id']}")
    kind = question["type"]
    if kind in ("one", "several"):
        inputs = frame.locator(".widget-radio-box input" if kind == "one" else "input[type=checkbox]")
        for number, option in enumerate(question["options"]):
            if option.get("right"):
                hand.tick(inputs.nth(number))
    elif kind == "order":
        put_in_order(hand, frame, question["items"], question["order"])
    else:
        words = str(question["answer"]) if kind == "number" else question["accept"][0]
        hand.write(frame.locator("input[type=text]"), words)
    if question.get("certainty"):
        hand.choose(frame.locator("select").last, payoff_text(2))
    hand.press(button(frame, f"Check {question['id']}"))
    said(frame, "Passed.")


def put_in_order(hand, frame, items, order):
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


def mark_spans(hand, frame, task):
    """By the sentence list: choose the part, the sentence, the first and the last word, and add."""
    hand.tick(frame.locator(".medialit-beside input").nth(1))
    frame.get_by_role("button", name="Add", exact=True).wait_for()
    article = task.case.article
    # With one part only there is no list of parts.
    lists = list(range(4)) if len(task.form.parts) > 1 else [None, 0, 1, 2]
    labels = {option.key: option.text for option in task.form.labels}
    for start, end, *label in task.answer():
        sentence = article.sentence_at(start)
        part = next(i for i, chunk in enumerate(task.form.parts) if sentence.number in chunk)
        if lists[0] is not None:
            part_list = frame.locator("select").nth(lists[0])
            hand.choose(part_list, part_list.locator("option").nth(part).inner_text().strip())
        sentences = frame.locator("select").nth(lists[1])
        row = sentences.locator("option", has_text=f"S{sentence.number}:").first
        row.wait_for(state="attached")
        hand.choose(sentences, row.inner_text().strip())
        # The words follow the chosen sentence by way of the kernel: wait until it is the one on show.
        frame.locator(".widget-html-content > p", has_text=article[sentence.span]).first.wait_for()
        words = spoken_words(article, sentence.span)
        first = next(i for i, w in enumerate(words) if w.start >= start)
        last = max(i for i, w in enumerate(words) if w.end <= end)
        for number, word in ((lists[2], first), (lists[3], last)):
            picker = frame.locator("select").nth(number)
            wanted = f"{word + 1} {article[words[word]]}"
            picker.locator("option", has_text=wanted).first.wait_for(state="attached")
            hand.choose(picker, wanted)
        if label:
            hand.choose(frame.locator("select").nth(lists[3] + 1), labels[label[0]])
        hand.press(frame.get_by_role("button", name="Add", exact=True))


def compare_codings(hand, frame, task):
    """Choose the two codings of the answer, work out alpha, copy it, and read it."""
    answer = task.answer()
    names = {option.key: option.text for option in task.form.coders}
    known = task.codings()
    for side, name in enumerate(("first", "second")):
        key = next(k for k, coding in known.items() if coding == answer[name])
        hand.choose(frame.locator("select").nth(side), names[key])
    frame.locator("table", has_text="The two codings").wait_for()
    hand.press(frame.get_by_role("button", name="Work it out step by step"))
    frame.locator('[role="status"]', has_text="Alpha = 1").first.wait_for()
    run_lines(hand, frame, task, f"{answer['alpha']:.2f}")
    hand.write(frame.locator("input[type=text]").first, f"{answer['alpha']:.2f}")
    for place, (name, options) in enumerate((("band", task.form.bands), ("reading", task.form.readings))):
        # The first group of radio buttons belongs to the lines of code.
        boxes = frame.locator(".widget-radio-box").nth(place + 1)
        hand.tick(boxes.locator("input").nth([o.key for o in options].index(answer[name])))


def run_lines(hand, frame, task, alpha):
    """The code way: the lines in their first order do not run, put right they give the same alpha."""
    if not button(frame, "Hide the code way").count():
        hand.press(button(frame, "Show the code way"))
    lines = frame.locator(".medialit-group", has=frame.page.locator(".medialit-name", has_text="five lines")).first
    hand.press(button(lines, "Run the lines"))
    lines.locator('[role="status"]', has_text=re.compile(f"Move that line up|= {re.escape(alpha)}")).first.wait_for()
    items = [{"id": option.key, "text": option.text} for option in task.form.lines]
    put_in_order(hand, lines, items, [option.key for option in task.form.lines])
    hand.press(button(lines, "Run the lines"))
    said(lines, f"= {alpha}.")


def load_a_partner(hand, frame, task, folder):
    """A partner's file from the learner's own folder: another story is told apart, the right one is offered."""
    book, coding = task.case.framing.codebook, next(iter(task.codings().values()))
    for case, words in (("another-story", "codes the story"), (task.case.name, "is in both lists now")):
        file = folder / f"{case}.json"
        file.write_text(coding_file(coding, case, book.version), encoding="utf-8")
        hand.hand_over(frame.get_by_role("button", name="Load a partner's file"), file)
        said(frame, words)
    hand.choose(frame.locator("select").first, "My partner's file")


def rewrite(hand, frame, task):
    """Put plain words in the place of loaded ones, by the lists alone."""
    place = 0
    for entry in task.rewrites:
        for slot in entry.slots:
            hand.choose(frame.locator("select").nth(place), slot.plain[0])
            place += 1


def order_items(hand, frame, task):
    """Put items in, or move them up to their places."""
    if not task.form.optional:
        items = [{"id": o.key, "text": o.text} for o in task.form.options]
        put_in_order(hand, frame, items, task.answer())
        return
    for name in task.answer():
        text = next(o.text for o in task.form.options if o.key == name)
        labels = [label.inner_text() for label in frame.locator(".widget-radio-box label").all()]
        at = next(i for i, label in enumerate(labels) if text in label)
        hand.tick(frame.locator(".widget-radio-box input").nth(at))
        hand.press(frame.locator("button", has_text="Put in"))


def judge(hand, frame, task):
    """Search for each card by its title, open it, cite it, then give verdict and certainty."""
    for number, (claim, cells) in enumerate(task.answer().items(), 1):
        claims = frame.locator("select").nth(0)
        hand.choose(claims, claims.locator("option").nth(number - 1).inner_text().strip())
        text = next(o.text for o in task.form.claims if o.key == claim)
        frame.locator(".widget-html-content strong", has_text=text).first.wait_for()
        for name in cells["evidence"]:
            card = task.desk.cards[name]
            hand.write(frame.locator("input[type=text]"), f"{card.publisher} {card.title} {card.date}")
            results = frame.locator("select").nth(2)
            found = results.locator("option", has_text=card_line(card)).first
            found.wait_for(state="attached")
            hand.choose(results, found.inner_text().strip())
            hand.press(frame.get_by_role("button", name="Open", exact=True))
            frame.locator(".widget-html-content em", has_text=card.title).first.wait_for()
            hand.press(frame.get_by_role("button", name="Cite this card", exact=True))
            frame.locator("select").nth(3).locator("option", has_text=card_line(card)).first.wait_for(state="attached")
        verdict = next(o.text for o in task.form.verdicts if o.key == cells["verdict"])
        hand.choose(frame.locator("select").nth(4), verdict)
        hand.choose(frame.locator("select").nth(5), "3: +3 if right, −6 if not")


def fill_table(hand, frame, task):
    """Each kind of field counts for itself: number boxes, lists, radio buttons, check boxes."""
    for row, line in enumerate(task.form.rows):
        # Check boxes of a field are a group inside the row's group.
        group = frame.locator(".medialit-form > .medialit-group, .medialit-form > .widget-box > .medialit-group").nth(
            row
        )
        for column, field in enumerate(task.form.fields):
            if field.name not in task.answer().get(line.key, {}):
                continue
            fill_field(hand, group, task.form.fields, column, task.answer()[line.key][field.name])


def fill_field(hand, group, fields, column, value):
    field, before = fields[column], fields[:column]
    texts = {option.key: option.text for option in field.options}
    if not field.options:
        hand.write(group.locator("input[type=text]").nth(sum(not f.options for f in before)), str(value))
    elif field.several:
        boxes = group.locator(".medialit-group").nth(sum(f.several for f in before))
        for key in value:
            hand.tick(boxes.locator("input[type=checkbox]").nth(list(texts).index(key)))
    elif field.long:
        boxes = group.locator(".widget-radio-box").nth(sum(f.long for f in before))
        hand.tick(boxes.locator("input").nth(list(texts).index(value)))
    else:
        lists = sum(bool(f.options) and not f.long and not f.several for f in before)
        hand.choose(group.locator("select").nth(lists), texts[value])


def choose_options(hand, frame, task):
    keys = [option.key for option in task.form.options]
    if not task.form.several:
        hand.tick(frame.locator(".widget-radio-box input").nth(keys.index(task.answer())))
        return
    for key in task.answer():
        hand.tick(frame.locator("input[type=checkbox]").nth(keys.index(key)))


def act(hand, frame, task):
    hand.press(frame.get_by_role("button", name=task.form.label))
    said(frame, "Now press Check")


def write_number(hand, frame, task):
    hand.write(frame.locator("input[type=text]"), str(task.answer()))


def correct(hand, frame, task):
    """Choose the claim, wait for its paragraph in the box, and write over it."""
    answer = task.answer()
    claim = next(c for c in task.form.claims if c.key == answer["claim"])
    hand.choose(frame.locator("select"), f"¶{claim.number}: {claim.says}")
    frame.locator('[role="status"] u', has_text=claim.words).first.wait_for()
    box = frame.locator("textarea").first
    hand.page.wait_for_function("e => e.value.length > 20", arg=box.element_handle())
    hand.replace(box, answer["text"])
    frame.locator("p", has_text=f"{len(answer['text'])} of {task.form.limit} characters").first.wait_for()


def fill_card(hand, frame, task):
    """Every blank in its order; what stands there already is chosen again or written over."""
    for blank in task.form.blanks:
        value = task.answer()[blank.name]
        if blank.options:
            text = next(option.text for option in blank.options if option.key == value)
            lists = frame.locator(".widget-dropdown", has=frame.page.locator("label", has_text=blank.label))
            if lists.count():
                hand.choose(lists.first.locator("select"), text)
            else:
                group = frame.locator(".widget-radio", has=frame.page.locator("label", has_text=blank.label)).first
                hand.tick(group.locator("input").nth([option.key for option in blank.options].index(value)))
        else:
            label = frame.page.locator("label", has_text=blank.label)
            kind = "input[type=text]" if blank.lines == 1 else "textarea"
            cell = frame.locator(".widget-text, .widget-textarea", has=label).first
            hand.replace(cell.locator(kind), value)


DOING = {
    "act": act,
    "card": fill_card,
    "correct": correct,
    "choice": choose_options,
    "lab": compare_codings,
    "number": write_number,
    "order": order_items,
    "rewrite": rewrite,
    "spans": mark_spans,
    "table": fill_table,
    "verify": judge,
}


def fill_in(hand, frame, task):
    """Give the task's answer. A form that nobody here knows how to use must not pass unseen."""
    kind = task.form.kind
    assert kind in DOING, f"Nobody here can use a form of the kind “{kind}” (task {task.id}). Add it to DOING."
    DOING[kind](hand, frame, task)


def scores(lab, plan):
    progress = Progress(lab.folder / "my-progress.jsonl")
    attempts = progress.entries("attempt", plan.name)
    return {e.task: best([x for x in attempts if x.task == e.task], e.version).score for e in attempts}


def by_code(plan):
    """The same answers through the code door."""
    unit = medialit.open_unit(plan.name, progress=Progress())
    for task in unit.tasks.values():
        unit.check(task.id, task.answer())
    for question in quiz(plan):
        unit.check(question["id"], right(question))
    return {e.task: e.score for e in unit.progress.entries("attempt")}


def enter(lab, page, hand, notebook, way, anew=False):
    """Open a notebook in a theme and at a width, and close the list of files: it leaves nothing of a narrow window."""
    page.set_viewport_size({"width": way[1], "height": 900})
    lab.open(page, notebook, anew)
    hand.make_room()
    wear(page, *way)


def ways(plan, hand):
    """(theme, width) for the lesson and for the exercises: what one hand does wide, the other does narrow."""
    pairs = ((("light", 1280), ("dark", 320)), (("dark", 1280), ("light", 320)))
    pair = pairs[UNITS.index(plan) % 2]
    return pair if hand is Mouse else pair[::-1]


HANDS = pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
PLANS = pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)


@HANDS
@PLANS
def test_a_unit_from_hook_to_summary(lab, page, plan, hand):
    lesson, exercises = ways(plan, hand)
    hand = hand(page)
    use_lesson(lab, page, hand, plan, lesson)
    use_exercises(lab, page, hand, plan, exercises)
    assert scores(lab, plan) == by_code(plan)


def use_lesson(lab, page, hand, plan, way):
    unit = medialit.open_unit(plan.name, progress=Progress())
    enter(lab, page, hand, f"notebooks/{plan.folder}.ipynb", way)
    hand.run_all()
    look(page, "run, nothing answered")
    for number, asked in enumerate(guesses(plan)):
        guess(hand, page, number, asked)
    for number, question in enumerate(quiz(plan)):
        frame, hints = block(page, f"· {question['id']}"), len(question["hints"])
        ladder = climb if hand.name == "mouse" or number == 0 else first_step
        ladder(hand, frame, f"Check {question['id']}", f"Hint {question['id']}", hints)
    # A lesson may show a task as well, such as the first one of all.
    shown = [task for task in unit.tasks.values() if block(page, f"Task {task.id} ").count()]
    for task in shown:
        climb_and_disagree(hand, block(page, f"Task {task.id} "), task)
    look(page, "hints open")
    for question in quiz(plan):
        answer_question(hand, page, question)
    for task in shown:
        answer_task(hand, page, task)
    thoughts = page.locator(f"{PANEL} .medialit-block", has=page.get_by_label("Your thoughts"))
    for number in range(thoughts.count()):
        reflect(hand, thoughts.nth(number))
    look_in_both_themes(page, "answered", way)
    if hand.name == "mouse":
        reload(hand, page)
        for question in quiz(plan):
            said(block(page, f"· {question['id']}"), "Passed.")
        for task in shown:
            said(block(page, f"Task {task.id} "), "Passed.")
    else:
        hand.restart()
        for question in quiz(plan):
            came_back(hand, block(page, f"· {question['id']}"), f"Check {question['id']}", "This is your saved answer.")
        for task in shown:
            came_back(hand, block(page, f"Task {task.id} "), "Check", "Your saved answer is back.")
        kept = page.locator(f'{PANEL} [role="status"]', has_text="This is the guess you kept.")
        assert kept.count() == len(guesses(plan))
        look(page, "after a restart")
    for number in range(thoughts.count()):
        assert thoughts.nth(number).get_by_label("Your thoughts").input_value() == THOUGHT


def use_exercises(lab, page, hand, plan, way):
    unit = medialit.open_unit(plan.name, progress=Progress())
    # The mouse has just loaded the lesson again: JupyterLab may still be about to open it once more, by its address.
    enter(lab, page, hand, f"exercises/{plan.folder}.ipynb", way, anew=hand.name == "mouse")
    hand.run_all()
    look(page, "run, nothing answered")
    frames = [(task, block(page, f"Task {task.id} ")) for task in unit.tasks.values()]
    fresh = [(task, frame) for task, frame in frames if "Your saved answer is back." not in frame.inner_text()]
    for number, (task, frame) in enumerate(fresh):
        if hand.name == "mouse" or number == 0:
            climb_and_disagree(hand, frame, task)
        else:
            first_step(hand, frame, "Check", "Hint", len(task.hints))
    look(page, "hints and solutions open")
    for task in unit.tasks.values():
        answer_task(hand, page, task)
    look_in_both_themes(page, "answered", way)
    if hand.name == "mouse":
        reload(hand, page)
        for task in unit.tasks.values():
            said(block(page, f"Task {task.id} "), "Passed.")
    else:
        # Close the laptop, come back: a new kernel finds the answers again.
        hand.restart()
        for task in unit.tasks.values():
            came_back(hand, block(page, f"Task {task.id} "), "Check", "Your saved answer is back.")
        look(page, "after a restart")
    summary = page.locator(f"{PANEL} table", has_text=f"Your unit {plan.title}").first.inner_text()
    total = len(by_code(plan))
    assert f"{total} of {total} passed" in summary


def answer_task(hand, page, task):
    frame = block(page, f"Task {task.id} ")
    fill_in(hand, frame, task)
    hand.press(button(frame, "Check"))
    said(frame, "Passed.")


THOUGHT = "The ministries speak. I miss the people who live there."


def reflect(hand, frame):
    hand.press(button(frame, "Save"))
    said(frame, "There is nothing to save yet.")
    hand.write(frame.get_by_label("Your thoughts"), THOUGHT)
    hand.press(button(frame, "Save"))
    said(frame, "Saved in your progress file.")


def test_every_form_and_every_kind_of_question_is_known_here():
    """A new kind must come with the way to use it; this says so without a browser's help."""
    for plan in UNITS:
        kinds = {task.form.kind for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values()}
        assert kinds <= set(DOING), f"Add to DOING: {kinds - set(DOING)}"
        asked = {question["type"] for question in quiz(plan)}
        assert asked <= {"one", "several", "order", "number", "text"}, f"Add to answer_question: {asked}"


@HANDS
def test_the_lab_takes_a_partners_file_and_its_code_way_opens_and_shuts(lab, page, hand, tmp_path):
    hand, plan = hand(page), next(plan for plan in UNITS if plan.name == "framing")
    task = medialit.open_unit(plan.name, progress=Progress()).tasks["3.4"]
    write_notebook(lab.folder / "exercises" / "lab.ipynb", plan, 'unit.task("3.4")')
    enter(lab, page, hand, "exercises/lab.ipynb", ("light", 1280))
    hand.run_all()
    frame = block(page, "Task 3.4 ")
    load_a_partner(hand, frame, task, tmp_path)
    answer_task(hand, page, task)
    hand.press(button(frame, "Hide the code way"))
    button(frame, "Run the lines").wait_for(state="hidden")
    look_all_ways(page, "answered")


@HANDS
@pytest.mark.parametrize(("name", "number"), [("framing", "3.1"), ("sources", "4.1")])
def test_a_button_turns_to_the_short_form_and_back(lab, page, hand, name, number):
    hand, plan = hand(page), next(plan for plan in UNITS if plan.name == name)
    unit = medialit.open_unit(name, progress=Progress())
    short, whole = unit.task(number, short=True).task, unit.tasks[number]
    write_notebook(lab.folder / "exercises" / "short.ipynb", plan, f'unit.task("{number}")')
    enter(lab, page, hand, "exercises/short.ipynb", ("light", 1280))
    hand.run_all()
    hand.press(page.get_by_role("button", name=re.compile(r"In class: \d+ \w+ only")))
    back = page.get_by_role("button", name=re.compile(r"Show all \d+ \w+"))
    back.wait_for()
    answer_task(hand, page, short)
    hand.press(back)
    frame = block(page, f"Task {number} ")
    said(frame, "Your saved answer is back.")
    rows = frame.locator(".medialit-form > .medialit-group, .medialit-form > .widget-box > .medialit-group")
    assert rows.count() == len(whole.form.rows)
    look_all_ways(page, "all of it again")


@HANDS
def test_work_is_carried_to_another_computer(lab, page, hand, tmp_path):
    """Download in one copy of the course, restore in another one."""
    hand, plan = hand(page), UNITS[0]
    lab.open(page, f"exercises/{plan.folder}.ipynb")
    hand.run_all()
    task = next(iter(medialit.open_unit(plan.name, progress=Progress()).tasks.values()))
    answer_task(hand, page, task)
    # The page ran before the answer was given: the link holds the answer all the same.
    kept = hand.take(page.get_by_role("link", name="Download my-progress.jsonl"))
    assert kept == (lab.folder / "my-progress.jsonl").read_bytes()
    file = tmp_path / "my-progress.jsonl"
    file.write_bytes(kept)

    lab.fresh()
    write_notebook(lab.folder / "exercises" / "restore.ipynb", plan, "unit.restore()")
    enter(lab, page, hand, "exercises/restore.ipynb", ("light", 1280), anew=True)
    hand.run_all()
    frame = page.locator(f"{PANEL} .medialit-block").first
    wrong = tmp_path / "holiday.jsonl"
    wrong.write_bytes(b"\x89PNG")
    for given, words in ((wrong, "Run the page again"), (file, "Run the page again")):
        hand.hand_over(frame.get_by_role("button", name="Restore"), given)
        said(frame, words)
    look_all_ways(page, "restored")
    enter(lab, page, hand, f"exercises/{plan.folder}.ipynb", ("light", 1280))
    hand.run_all()
    came_back(hand, block(page, f"Task {task.id} "), "Check", "Your saved answer is back.")


def write_notebook(path, plan, line):
    cells = [f'import medialit\n\nunit = medialit.open_unit("{plan.name}")', line]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells], metadata=kernel)
    nbformat.write(made, path)


def test_nothing_is_lost_when_the_kernel_is_killed(lab, page):
    hand, plan = Mouse(page), UNITS[0]
    lab.open(page, f"notebooks/{plan.folder}.ipynb")
    hand.run_all()
    answer_question(hand, page, quiz(plan)[0])
    (kernel,) = json.loads(lab.ask("kernels"))
    lab.ask(f"kernels/{kernel['id']}/restart", "POST")
    settled(page)
    hand.run_all()
    came_back(hand, block(page, "· q1"), "Check q1", "This is your saved answer.")
