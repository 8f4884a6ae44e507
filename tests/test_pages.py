"""Widgets without a browser: what a page sends, and what it is told."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import anywidget
import pytest
from ipywidgets import Widget
from ipywidgets.embed import embed_data
from pages import ask, press, sent
from some import some

import medialit
from medialit.article import Article
from medialit.errors import MedialitError
from medialit.exercises.quiz import load_quiz
from medialit.exercises.records import Outcome, Result
from medialit.files import course_path
from medialit.forms import (
    CardForm,
    ChoiceForm,
    Field,
    LabForm,
    MatrixForm,
    NumberForm,
    Option,
    OrderForm,
    SpanForm,
    TableForm,
    TextForm,
)
from medialit.forms.card import Blank
from medialit.forms.number import parsed
from medialit.progress import Progress
from medialit.scoring.calibration import PAYOFF
from medialit.scoring.reliability import fault_in_lines
from medialit.units.framing.coding_file import coding_file, read_coding
from medialit.units.framing.lab import LINES
from medialit.units.registry import UNITS
from medialit.widgets.form import form_page
from medialit.widgets.markup import note_html, to_html, to_text
from medialit.widgets.page import Page, PageBlock, script, words
from medialit.widgets.predict import ReflectWidget
from medialit.widgets.quiz import QuizWidget
from medialit.widgets.task import TaskWidget
from medialit.widgets.words import spoken_words

ABC = (Option("a", "First"), Option("b", "Second"), Option("c", "Third"))
TABLE = TableForm(
    (Option("r1", "Row one"), Option("r2", "Row two")),
    (Field("who", "Who?", ABC), Field("n", "How many?"), Field("why", "Because", ABC, long=True)),
)
ARTICLE = Article("A Heading\nMs. Gray said “we won’t go” today. Nobody asked.\nThe U.S. reply: Japan’s plan.\n")
SPANS = SpanForm(((1, 2, 3), (4,)), article=ARTICLE)
MATRIX = MatrixForm(ABC[:2], (Field("s1", "Paper", ABC), Field("s2", "Radio", ABC)))
SAMPLES = {
    "one": (ChoiceForm(ABC), "b"),
    "several": (ChoiceForm(ABC, several=True), ["a", "c"]),
    "number": (NumberForm("words"), 7),
    "text": (TextForm(), "the writer"),
    "order": (OrderForm(ABC), ["c", "a", "b"]),
    "table": (TABLE, {"r1": {"who": "a", "n": 2.5}, "r2": {"why": "c"}}),
    "matrix": (MATRIX, {"a": {"s1": "a"}, "b": {"s1": "b", "s2": "c"}}),
    "spans": (SPANS, [[10, 18], [24, 35]]),
}
PLANS = pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)


def place(html):
    return re.sub("<[^>]+>", "", html)


@pytest.mark.parametrize("name", SAMPLES)
def test_an_answer_that_does_not_fit_is_refused_and_changes_nothing(name):
    form, answer = SAMPLES[name]
    page = form_page(form)
    page.put(answer)
    wrong = [{"r1": {"who": "z"}}, ["z"], [[5, 10_000]], object()]
    for bad in wrong:
        with pytest.raises(MedialitError) as caught:
            page.put(bad)
        assert str(caught.value).endswith((".", "…"))
        assert page.value == answer


@PLANS
@pytest.mark.parametrize("case", ["missile-tests", "averstow-pool"])
def test_every_task_is_answered_by_a_press_as_by_code(plan, case):
    unit = medialit.open_unit(plan.name, case, progress=Progress())
    assert unit.tasks
    for task in unit.tasks.values():
        widget = unit.task(task.label)
        json.dumps(widget.get_state())
        as_typed = json.loads(json.dumps(widget.form.shown(task.answer())))
        # What only a reader can judge is complete, never passed.
        right = Outcome.COMPLETE if task.for_a_reader else Outcome.PASSED
        assert press(widget, "check", answer=as_typed)["outcome"] == right, task.label
        assert unit.task(task.label).answer(task.answer()).outcome is right, task.label
    doors = {e.task: e.door for e in unit.progress.entries("attempt")}
    assert set(doors.values()) == {"code"}, "the same answer by the other door is logged as well"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None), (" 7 ", 7), ("7.50", 7.5), ("7,5", 7.5), ("1,500", 1500), ("−3", -3), ("65%", 65),
        ("two", "two"), ("nan", "nan"), ("1e999", "1e999"), ("%", "%"),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed, number):
    assert parsed(typed) == number
    assert type(parsed(typed)) is type(number)


def test_what_a_form_reads_and_refuses():
    table = TableForm((Option("r", "Row"),), (Field("n", "How many?"), Field("p", "¶", (Option("7", "7"),))))
    assert form_page(table).typed({"r": {"n": "7", "p": "7"}}) == {"r": {"n": 7, "p": "7"}}
    with pytest.raises(MedialitError, match="no article"):
        form_page(SpanForm(((1,),))).spec()
    found = [ARTICLE[word] for word in spoken_words(ARTICLE, ARTICLE.sentences[1].span)]
    assert found == ["Ms.", "Gray", "said", "we", "won’t", "go", "today"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("several", '["…", "…"]'),
        ("number", "12"),
        ("table", '{"r1": {"who": "…", "n": …, "why": "…"}, …}'),
        ("spans", "[[start, end], …]"),
    ],
)
def test_the_example_to_type_gives_nothing_away(name, code):
    assert SAMPLES[name][0].sample() == code


@PLANS
def test_the_plain_form_of_every_task_names_what_it_asks_for(plan):
    tasks = medialit.open_unit(plan.name, progress=Progress()).tasks.values()
    assert tasks
    for task in tasks:
        assert task.form.sample().startswith("[[start") == (task.form.kind == "spans"), task.label
        if task.form.kind != "act" and "…" in task.form.sample():
            assert task.form.choices(), task.label


def test_the_script_has_its_words_and_points_nowhere():
    used = set(re.findall(r'kit\.t\(\s*"(\w+)"', script()))
    assert len(used) > 50
    assert used <= set(words()), used - set(words())
    assert not re.search(r"https?://|\bfetch\(|\bimport\b|XMLHttpRequest|onerror", script())


def lab():
    items = (Option("c1", "disagreement"), Option("c2", "blame"))
    form = medialit.open_unit("framing", progress=Progress()).tasks["lab"].form
    coders = (Option("one", "Coder 1"), Option("two", "Coder 2"))
    page = form_page(LabForm(items, coders, form.bands, form.readings, LINES))
    page.offer({"one": ("Coder 1", ONE), "two": ("Coder 2", TWO)}, lambda text: read_coding(text, "x", 1, ["c1", "c2"]))
    return page


ONE, TWO = {"c1": "yes", "c2": "no"}, {"c1": "no", "c2": "no"}
ORDER = [line.key for line in LINES]


def test_the_lab_compares_works_alpha_out_and_reads_a_partners_file():
    page, both = lab(), {"first": ONE, "second": TWO}
    assert "1 of 2 items the same" in page.asked("compare", both)
    assert "Choose two codings first" in page.asked("work", {"first": ONE, "second": None})
    assert "3. Agreement beyond chance = 1 −" in page.asked("work", both)
    assert "3. Agreement beyond chance = 1 −" in page.asked("run", {"lines": ORDER, **both})
    assert "Move that line up" in page.asked("run", {"lines": ORDER[::-1], **both})
    assert [title for title, _ in page.spec()["codings"].values()] == ["Coder 1", "Coder 2"]
    assert lab().asked("read", {"text": coding_file(ONE, "x", 1)})["coding"] == ONE
    assert "codes the story “y”" in lab().asked("read", {"text": coding_file(ONE, "y", 1)})["said"]
    assert fault_in_lines(ORDER) is None
    assert "uses “counts”" in fault_in_lines(["units", "chance", "counts", "differ", "alpha"])
    assert "Some lines are missing" in fault_in_lines(["units"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no json", "not a coding file"),
        ("[1]", "not a coding file"),
        (coding_file(ONE, "x", 2), "version 2 of the codebook"),
        (coding_file({"c1": "yes"}, "x", 1), "leaves out 1 of 2 items, first c2"),
        (coding_file({"c1": "yes", "c2": "perhaps"}, "x", 1), "label “perhaps”"),
        (coding_file(ONE | {"z9": "no"}, "x", 1), "an item “z9”"),
        ("x" * 200_000, "too large"),
    ],
)
def test_a_partners_file_that_does_not_fit_is_named(text, says):
    with pytest.raises(MedialitError, match=says):
        read_coding(text, "x", 1, ["c1", "c2"])


def test_the_null_of_a_browser_is_nothing_wherever_it_is():
    # Python in the browser gets JavaScript's null as an object of this kind.
    null = type("JsNull", (), {"__bool__": lambda self: False})()
    unit = medialit.open_unit("welcome", progress=Progress())
    guess = unit.predict("trust")
    name = next(iter(guess.state))
    guess._heard(guess, {"act": "guess", "id": name, "n": "1", "answer": null, "certainty": null}, [])
    assert "Make a guess first" in guess.state[name]["feedback"]
    table = medialit.open_unit("quotes", progress=Progress()).task("1.2")
    name = next(iter(table.state))
    draft = {"act": "draft", "id": name, "n": "2", "answer": {"q1": {"speaker": null}}, "certainty": null}
    table._heard(table, draft, [])
    assert table.state[name]["answer"] == {"q1": {"speaker": None}}
    json.dumps(table.state[name])


def test_what_a_page_shows_can_be_filled_in_later():
    form = form_page(CardForm((Blank("source", "Source", ABC), Blank("second", "Second", ABC))))
    page = Page([PageBlock("t", "T", form=form)])
    form.offer("source", ["a"])
    form.offer("second", [])
    form.suggest({"source": "a", "second": None})
    assert page.state["t"]["offer"] == {"offered": {"source": ["a"], "second": []}, "suggested": {"source": "a"}}
    # A page without blocks can be filled later.
    page = Page(title="T")
    assert page.blocks == []
    page.show([PageBlock("x", "X", buttons=[("go", "Go", "")])])
    assert [b["id"] for b in page.blocks] == ["x"]
    assert SimpleNamespace(**page.blocks[0]).buttons[0]["primary"] is True
    # Markdown light is escaped.
    assert to_html("**Mark** *all* `x` <b>\n\n- one\n- two & three") == (
        '<p style="margin:4px 0"><strong>Mark</strong> <em>all</em> <code>x</code> &lt;b&gt;</p>'
        '<ul style="margin:4px 0"><li>one</li><li>two &amp; three</li></ul>'
    )
    assert to_text("**Mark** *all* `x`, 2*3*4") == "Mark all x, 234"
    assert note_html("<b>", "two") == '<div class="ml-note"><p>&lt;b&gt;</p><p>two</p></div>'


class Toy:
    id, label, unit, title, minutes, version = "mark", "1.1", "quotes", "Mark the words", 9, "1-abc"
    form, prompt, hints = SPANS, "Mark **all** words.", ("one", "two", "three")
    text = SimpleNamespace(private=False)

    def solution_text(self):
        return "The **solution**."

    def check(self, answer):
        if not answer:
            return Result(Outcome.NOT_ATTEMPTED, 0.0, "There is no answer yet.")
        return Result(Outcome.PARTLY, 0.5, "1 of 2.", "Read ¶2.", {"marks": {"ok": answer[:1]}})


@pytest.fixture
def log():
    return []


@pytest.fixture
def notes():
    return []


@pytest.fixture
def door(log, notes):
    def submit(task_id, answer, *, door, certainty, hints):
        log.append((task_id, answer, door, certainty, hints))
        return Toy().check(answer)

    return TaskWidget(Toy(), submit, None, lambda *note: notes.append(note))


def test_a_press_carries_what_the_form_holds(door, log):
    assert "Not attempted" in press(door, "check", answer=[])["feedback"]
    state = press(door, "check", answer=[[24, 35], [10, 18]])
    assert "◐" in state["feedback"]
    assert "Read ¶2." in state["feedback"]
    assert state["signs"]["ok"] == [[10, 18]], "marks are handed in in the order of the text"
    assert door.answer([(10, 18), (24, 35)]).outcome is Outcome.PARTLY
    assert log[-2:] == [("mark", [[10, 18], [24, 35]], door_, None, 0) for door_ in ("click", "code")]
    assert "Attempt 2." in door.block.state["feedback"]
    # An answer that does not fit stays out of the form.
    door.block.put([[10, 18]])
    door.answer([[0, 99_999]])
    door.answer({"a": object()})
    assert door.form.value == [[10, 18]]


def test_the_solution_opens_after_an_attempt_or_all_hints(door):
    assert "opens after" in press(door, "show")["solution"]
    for _ in Toy.hints:
        press(door, "hint")
    assert "Hint 3 of 3: three" in door.block.state["hints"]
    assert "no more hints" in press(door, "hint")["hints"]
    assert "The <strong>solution</strong>." in press(door, "show")["solution"]


def test_the_solution_opens_after_an_attempt(door):
    door.answer([])
    assert "opens after" in press(door, "show")["solution"]
    door.answer([[10, 18]])
    assert "solution</strong>" in press(door, "show")["solution"]


def test_disagreeing_is_kept(door, notes):
    assert "no reason yet" in press(door, "contest", text=" ")["said"]
    assert "1,001 characters" in press(door, "contest", text="x" * 1001)["said"]
    assert notes == []
    assert "Saved." in press(door, "contest", text=" Because <b> ")["said"]
    assert notes == [("mark", "Because <b>")]


DISK = "Disk full."


@pytest.mark.parametrize("trouble", [MedialitError(DISK), OSError(28, DISK), DISK, KeyError(DISK)])
def test_what_cannot_be_saved_says_so_and_stays_in_the_browser(trouble):
    def keep(*_):
        if isinstance(trouble, str):
            return trouble
        raise trouble

    door = TaskWidget(Toy(), Toy().check, None, keep, keep=keep)
    for state in (press(door, "contest", text="Because"), press(door, "draft", answer=[[10, 18]])):
        assert "Disk full." in state["said"] or "KeyError" in state["said"]
        assert "Saved." not in state["said"]
    assert state["kept"] is False


def test_a_saved_task_comes_back():
    saved = {"answer": [[10, 18]], "outcome": "partly", "attempts": 3, "hints": 2}
    door = TaskWidget(Toy(), Toy().check, saved)
    assert door.form.value == [[10, 18]]
    assert "◐ partly. Attempts so far: 3." in door.block.state["feedback"]
    assert "solution</strong>" in press(door, "show")["solution"]
    broken = TaskWidget(Toy(), Toy().check, {"answer": [[5, 99_999]]})
    assert "no longer fits" in broken.block.state["feedback"]
    assert broken.form.value is None


def test_a_page_that_is_drawn_again_shows_the_newest_that_was_typed(door):
    press(door, "draft", answer=[[10, 18]])
    assert (door.block.state["answer"], door.block.state["draft"]) == ([[10, 18]], True)
    press(door, "check", answer=[[24, 35]])
    assert (door.block.state["answer"], door.block.state["draft"]) == ([[24, 35]], False)


def test_the_plain_form_of_a_task_holds_no_key(door):
    bundle = door._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Task 1.1 · 9 minutes · Mark the words\n\nMark all words.")
    assert 'unit.check("1.1", [[start, end], …])' in bundle["text/plain"]
    assert "<strong>all</strong>" in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "solution" not in json.dumps(bundle).lower()
    assert "The **solution**" not in sent(door)
    assert '"two"' not in sent(door)


def overwritten(widget):
    """Names of the library that a widget of ours hides by accident; such a name once stopped every message."""
    own = {key for cls in type(widget).__mro__[: type(widget).__mro__.index(anywidget.AnyWidget)] for key in vars(cls)}
    fresh = (own | set(vars(widget))) - set(vars(anywidget.AnyWidget()))
    return {key for key in fresh & set(dir(anywidget.AnyWidget())) if not key.startswith("__")}


def test_what_draws_the_widgets_is_sent_once_and_goes_along_into_a_saved_page(door, quiz, submit):
    both = [door, QuizWidget(quiz, submit)]
    assert both[0].shared is both[1].shared
    assert max(len(json.dumps(one.get_state(), default=str)) for one in both) < 60_000 < len(script())
    embedded = embed_data(views=both)["manager_state"]["state"]
    for one in both:
        name = embedded[one.model_id]["state"]["shared"].removeprefix("IPY_MODEL_")
        assert embedded[name]["state"]["script"] == script()
    # A page that is left closes all it has; the next one sends the script again.
    Widget.close_all()
    again = QuizWidget(quiz, submit)
    assert again.shared is not both[0].shared
    assert again.shared.script == script()


def test_nothing_of_the_library_is_overwritten(door):
    # What the library's own machinery writes into every class and every widget.
    machinery = set("_repr_mimebundle_ _esm _css _anywidget_id _anywidget_commands _holding_sync _descriptors".split())
    machinery |= set("_instance_inits _trait_default_generators _all_trait_default_generators _traits".split())
    machinery.add("_static_immutable_initial_values")
    assert overwritten(door) - machinery == set()


@pytest.fixture(scope="module")
def quiz():
    return load_quiz(course_path("01-quotes", "quiz.yaml"))


@pytest.fixture
def submit(quiz, log):
    def submit(question_id, answer, *, door, certainty, hints):
        log.append((question_id, answer, door, certainty, hints))
        return quiz[question_id].check(answer, certainty)

    return submit


def wrong_and_right(question):
    """A plain answer of the right shape: the first options, a number, words, the order of the page."""
    keys = [option.key for option in getattr(question.form, "options", ())]
    several = getattr(question.form, "several", False)
    return {"choice": keys[:2] if several else keys[0] if keys else "", "number": 3, "text": "Kim", "order": keys}[
        question.form.kind
    ]


def test_a_click_and_a_call_do_the_same(quiz, submit, log):
    assert len(quiz.questions) > 5
    for question in quiz.questions:
        clicked, typed, answer = QuizWidget(quiz, submit), QuizWidget(quiz, submit), wrong_and_right(question)
        sure = 2 if question.certainty else None
        state = press(clicked, "check", question.id, clicked.boxes[question.id].form.shown(answer), sure)
        result = typed.answer(question.id, answer, certainty=sure)
        one, two = log[-2:]
        assert one[:2] + one[3:] == two[:2] + two[3:]
        assert (one[2], two[2]) == ("click", "code")
        assert state["feedback"] == typed.boxes[question.id].state["feedback"]
        assert result.message[:40] in state["feedback"].replace("&#x27;", "'").replace("&quot;", '"').replace(
            "&amp;", "&"
        )
        assert "Attempt 1." in state["feedback"]


def test_the_key_is_not_sent_before_checking(quiz, submit):
    widget = QuizWidget(quiz, submit)
    told = sent(widget) + widget.text_form() + widget.html_form()
    for question in quiz.questions:
        secrets = [said for _, *remarks in question.remarks() for said in remarks] + question.hints
        assert len(secrets) > 6
        for secret in filter(None, secrets):
            assert not re.search(rf"(?<![\w-]){re.escape(json.dumps(secret)[1:-1])}(?![\w-])", told), secret
    press(widget, "draft", "q1", "a")
    assert "Q-C" not in sent(widget)


def test_attempts_points_and_progress_are_counted(quiz, submit):
    widget = QuizWidget(quiz, submit)
    key = next(o.id for o in quiz["q1"].options if o.right)
    other = next(o.id for o in quiz["q1"].options if not o.right)
    widget.answer("q1", other, certainty=3)
    widget.answer("q1", other, certainty=3)
    assert "Attempt 1." in widget.boxes["q1"].state["feedback"]  # the same again is no new attempt
    assert "Certainty 3: −6 points." in widget.boxes["q1"].state["feedback"]
    widget.answer("q1", key, certainty=1)
    assert "Attempt 2." in widget.boxes["q1"].state["feedback"]
    assert "Answered: 1 of 9. Passed: 1." in widget.foot
    assert "Certainty points of your first answers" in widget.foot


def test_payoffs_are_written_down_and_typed_words_escaped(quiz, submit):
    form = medialit.open_unit("claims", progress=Progress()).tasks["sure"].form
    sure = {option.key: option.text for option in form.fields[1].options}
    for certainty, (right, wrong) in some(PAYOFF.items()):
        pays = f"+{right} if right, {str(wrong).replace('-', '−')} if not"
        assert words()[f"pays_{certainty}"] == pays
        assert sure[str(certainty)] == f"{words()[f'sure_{certainty}']}: {pays}"
    # Typed words are escaped.
    widget = QuizWidget(quiz, submit)
    typed = next(q.id for q in quiz.questions if q.form.kind == "text")
    widget.answer(typed, "<img src=x onerror=alert(1)>")
    assert "<img" not in widget.boxes[typed].state["feedback"]


def test_no_answer_and_bad_answers_are_not_counted(quiz, submit):
    widget = QuizWidget(quiz, submit)
    assert "Not attempted" in press(widget, "check", "q4")["feedback"]
    assert widget.answer("q4", object()).outcome is Outcome.COULD_NOT_CHECK
    assert widget.answer("q1", "b", certainty=9).outcome is Outcome.COULD_NOT_CHECK
    assert widget.boxes["q4"].attempts == widget.boxes["q1"].attempts == 0
    assert "Answered: 0 of 9" in widget.foot
    with pytest.raises(MedialitError, match="no question"):
        widget.answer("q77", "b")


def test_hints_climb_and_trouble_is_shown(quiz, submit, log):
    widget = QuizWidget(quiz, submit)
    said = [widget.hint("q5") for _ in range(2)]
    assert said == list(quiz["q5"].hints[:2])
    press(widget, "hint", "q5")
    assert "no more hints" in press(widget, "hint", "q5")["hints"]
    widget.answer("q5", "a")
    assert log[-1][-1] == 3
    widget = QuizWidget(quiz, submit, problem=lambda: "The disk is full. Free some space, then check again.")
    widget.answer("q1", "b")
    assert "The disk is full." in widget.boxes["q1"].state["feedback"]


def test_saved_answers_and_drafts_come_back(quiz, submit):
    other = next(o.id for o in quiz["q1"].options if not o.right)
    saved = {
        "q1": {"answer": other, "certainty": 2, "attempts": 4, "hints": 1},
        "q2": {"answer": "a", "draft": True},
        "q4": {"answer": "z"},
        "q7": {"answer": {"x": 1}, "attempts": "many"},
        "old": {"answer": "a"},
    }
    widget = QuizWidget(quiz, submit, saved)
    box = widget.boxes["q1"]
    assert (box.state["answer"], box.state["certainty"], box.attempts, box.hints_shown) == (other, 2, 4, 1)
    assert "This is your saved answer." in box.state["feedback"]
    assert "not checked yet" in widget.boxes["q2"].state["feedback"]
    assert widget.boxes["q2"].state["draft"] is True
    assert "2 of 9" in widget.intro
    assert "no longer fit their question: 2" in widget.intro
    press(widget, "check", "q1", other, 1)
    assert box.attempts == 5


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MedialitError("The disk is full. Free some space."), "The disk is full."),
        (OSError(28, "No space left on device"), "No space left on device"),
        (ZeroDivisionError("secret path"), "ZeroDivisionError"),
    ],
)
def test_trouble_becomes_a_sentence_and_keeps_the_answer(quiz, error, says):
    def submit(*args, **named):
        raise error

    state = press(QuizWidget(quiz, submit), "check", "q1", "b")
    assert says in state["feedback"]
    assert "Could not check" in state["feedback"]
    assert "secret path" not in state["feedback"]
    assert state["answer"] == "b"


def test_plain_forms_never_change(quiz, submit):
    widget = QuizWidget(quiz, submit)
    bundle = widget._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    widget.answer("q1", "b")
    again = QuizWidget(quiz, submit, {"q1": {"answer": "a"}})._repr_mimebundle_()
    for kind in ("text/plain", "text/html"):
        assert widget._repr_mimebundle_()[kind] == bundle[kind] == again[kind]
        assert "once this page has started" in bundle[kind]
        assert all(question.id in bundle[kind] for question in quiz.questions)
    assert all(o.text in bundle["text/plain"] for q in quiz.questions for o in getattr(q.form, "options", ()))
    assert "unit.quiz().answer" in QuizWidget(quiz, submit, call="unit.quiz()").text_form()
    # One class is ours: the course view hides the line that says how to run a cell.
    assert not re.search(r'<(style|script|svg)|class=(?!"medialit-plain")|onerror', bundle["text/html"])


def test_a_draft_of_a_question_comes_back_with_its_certainty(tmp_path):
    file = tmp_path / "my-progress.jsonl"
    press(medialit.open_unit("quotes", progress=Progress(file)).quiz(), "draft", "q1", "a", 2)
    state = medialit.open_unit("quotes", progress=Progress(file)).quiz().boxes["q1"].state
    assert (state["answer"], state["certainty"], state["draft"]) == ("a", 2, True)
    assert Progress(file).entries("attempt") == []


def test_thoughts_are_kept_as_they_are_typed():
    kept = []
    widget = ReflectWidget("Why?", lambda text: kept.append(text))
    assert press(widget, "draft", answer=" Because ")["kept"]
    assert "nothing to save" in press(widget, "save", answer=" ")["feedback"]
    assert "Nobody grades it" in press(widget, "save", answer="Because")["feedback"]
    assert kept == ["Because", "Because"]


@pytest.mark.parametrize(
    "message",
    [None, [], {}, {"id": "1.1"}, {"id": "nobody", "act": "check"}, {"id": "1.1", "act": "check", "answer": {"a": [1]}},
     {"id": "1.1", "act": "draft", "answer": 7, "certainty": "much"}, {"id": "1.1", "ask": 1, "what": "search"}],
)  # fmt: skip
def test_a_strange_message_raises_nothing(door, message):
    door._heard(door, message, [])


def test_the_desk_answers_searches_and_logs_what_was_opened():
    unit = medialit.open_unit("claims", progress=Progress())
    widget = unit.task("2.4")
    found = ask(widget, "search", query="Kyodo altitude")
    assert found
    card = ask(widget, "open", card=found[0]["id"])
    assert card["line"] == found[0]["line"]
    assert ask(widget, "open", card="no-such-card") is None
    steps = [entry.answer for entry in unit.progress.entries("event")]
    assert {"open": found[0]["id"]} in steps


def test_a_press_that_shows_other_blocks_is_answered_before_they_come(monkeypatch):
    """The browser else waits for the block that goes: it says that Python does not answer, and keeps what was typed."""
    sent = []

    def block():
        return PageBlock(
            "one", "One", form=TextForm(), buttons=[("save", "Save", "")], press=lambda _: page.show([block()])
        )

    page = Page([block()])
    monkeypatch.setattr(page, "send", sent.append)
    press(page, "save", "one", "words")
    assert sent == [{"taken": "test-1"}]
    page.show([block()])
    assert len(sent) == 1
