"""What learners read is worded in course/, and code agrees with it: no sentence without a use, no blank without a value."""

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path
from string import Formatter

import pytest
from some import some

import medialit
from medialit.english import filled, percent, quoted
from medialit.errors import MedialitError
from medialit.exercises.task import SharedText, load_words
from medialit.files import course_path, load_model, load_yaml
from medialit.progress import Progress
from medialit.units.registry import UNITS

SOURCE = Path(medialit.__file__).parent
ROOM = SOURCE / "units"


def asked_for(path):
    """(name or its beginning, names of the blanks that are given) of every ``say`` in a file; None for ``**blanks``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
        if (
            named
            and node.args
            and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("say", "_say", "first_do")
        ):
            given = None if any(k.arg is None for k in node.keywords) else {k.arg for k in node.keywords}
            for name in names(node.args[-1]):
                yield (
                    name,
                    ({"task"} if node.func.__class__ is ast.Attribute and node.func.attr == "first_do" else given),
                )


def names(node):
    """The texts that an argument can be."""
    if isinstance(node, ast.IfExp):
        return names(node.body) | names(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return {"".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)}
    return {node.value} if isinstance(node, ast.Constant) else set()


def blanks(text):
    return {name.partition("|")[0] for _, name, _, _ in Formatter().parse(text) if name}


def texts(files):
    """The words that stand in quotation marks in the code of some files."""
    return {word for path in files for word in re.findall(r'"(\w+)"', path.read_text(encoding="utf-8"))}


def tasks():
    for plan in UNITS:
        yield from medialit.open_unit(plan.name, progress=Progress()).tasks.values()


def wording(task):
    """The task's own sentences, without the shared ones."""
    shared = load_model(SharedText, course_path("shared.yaml")).says
    return {name: text for name, text in task.text.says.items() if shared.get(name) != text}


@pytest.mark.parametrize("task", [t for t in tasks() if t.id], ids=lambda task: f"{task.unit}-{task.id}")
def test_every_sentence_of_a_task_is_used_with_all_its_blanks(task):
    files = {Path(__import__(kind.__module__, fromlist=["x"]).__file__) for kind in type(task).__mro__[:2]}
    asked = [found for path in files for found in asked_for(path)]
    assert asked
    # Names that a task takes from a list of its own are said as well.
    used = {name for name, _ in asked} | texts(files)
    if task.text.table:  # its columns are data, and so are the names of their sentences
        columns = {field.name for field in task.form.fields}
        used |= {name for name in wording(task) if name.partition("/")[0] in columns}
    # A short form names its rows to the page that shows it.
    assert set(wording(task)) <= used | {"short_rows"}, "a sentence that nobody says"
    for name, given in asked:
        assert name in task.text.says, f"{name} has no words"
        assert given is None or blanks(task.text.says[name]) <= given, name
    for name, options in task.text.options.items():
        assert all(str(text).strip() for text in options.values()), name


@pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)
def test_every_sentence_of_a_units_views_is_used_with_all_its_blanks(plan):
    words = load_words(course_path(plan.folder, "words.yaml"))
    own = course_path(plan.folder, "words.yaml")
    mine = load_model(SharedText, own).says if own.is_file() else {}
    folder = ROOM / plan.name
    tasks = {task.id for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values()}
    files = [ROOM / "desk.py", *(path for path in folder.glob("*.py") if path.stem not in tasks)]
    asked = [found for path in files for found in asked_for(path)]
    # Names that a view takes from a list of its own are said as well.
    said = texts(files) | {name for name, _ in asked}
    assert [name for name in mine if not any(fnmatchcase(name, one) for one in said)] == []
    for name, given in asked:
        if name in mine and given is not None:
            assert blanks(words[name]) <= given, name


def test_every_sentence_of_a_page_without_a_unit_is_used_with_all_its_blanks():
    words = load_model(SharedText, course_path("words.yaml")).says
    files = [
        path
        for path in SOURCE.rglob("*.py")
        if path.parts[-2:] == ("exercises", "wording.py")
        or "exercises.wording import say" in path.read_text(encoding="utf-8")
    ]
    asked = [(name, given) for path in some(files) for name, given in asked_for(path) if "*" not in name]
    assert {name for name, _ in asked} | {"test_before", "test_after", "test_recheck"} == set(words)
    for name, given in some(asked):
        assert blanks(words[name]) == given, name


def test_a_number_takes_its_noun_along():
    assert filled("{n|claim|claims} of {of}", n=1, of=3) == "1 claim of 3"
    assert filled("{n|claim|claims}, F1 {f1:.2f}", n=0, f1=0.5) == "0 claims, F1 0.50"
    for text in ("{n|claim|claims}", "{m} of {of", "{} of {of}", "{of.m}", "{of:.2q}"):
        with pytest.raises(MedialitError, match=re.escape(text)):
            filled(text, of=3)


def prose(path):
    """Texts of several sentences in a Python file, but for docstrings and what is raised: (line, text)."""
    passed_over = set()
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr):
            passed_over.add(id(node.body[0].value))
        if isinstance(node, ast.Raise):
            passed_over |= {id(below) for below in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            # A word of prose is followed by a space or a sign; code, styles and tags are not.
            words = re.findall(r"(?<![\w-])[A-Za-z][a-z’']+(?=[\s.,!?])", re.sub(r"<[^>]*>", "", node.value))
            if len(words) >= 18 and re.search(r"[.!?]", node.value):
                yield node.lineno, node.value


# What learners read is in course/. A report is for instructors, and what is raised is for whoever writes code.
WORDLESS = [
    *(SOURCE / "authoring" / f"{name}.py" for name in ("pages", "source", "boxes", "guides")),
    *sorted(
        path
        for room in ("paths", "show", "units", "widgets")
        for path in (SOURCE / room).rglob("*.py")
        if path.name != "report.py"
    ),
]


@pytest.mark.parametrize("path", WORDLESS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_learners_read_is_not_in_python(path):
    assert list(prose(path)) == []


def test_prose_in_python_is_found(tmp_path):
    path = tmp_path / "page.py"
    told = (
        "Read down the page, and answer as you go. You cannot break anything, and your answers are saved here for you."
    )
    path.write_text(f'"""{told}"""\nHEAD = "<p>{told}</p>"\nraise ValueError("{told}")\n', encoding="utf-8")
    assert [line for line, _ in prose(path)] == [2]


def test_every_sentence_of_the_annotation_pages_is_there_with_all_its_blanks():
    words = load_yaml(course_path("annotation.yaml"))[0]["says"]
    asked = [one for path in some(SOURCE.glob("authoring/annotate/*.py")) for one in asked_for(path)]
    asked = [(name, given) for name, given in asked if "*" not in name]
    assert {name for name, _ in some(asked)} <= set(words)
    assert all(given is None or blanks(words[name]) <= given for name, given in asked)


def test_only_all_is_a_hundred_percent_and_only_none_is_zero():
    """A coder who disagrees once in three hundred words does not agree on 100%, and 2 of 900 are not 0%."""
    found = {share: percent(share) for share in (0, 0.002, 0.125, 2 / 3, 0.996, 1 - 1e-12, 1)}
    assert list(found.values()) == ["0%", "1%", "12%", "67%", "99%", "100%", "100%"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain", "“plain”"),
        ("“serious gaps” in the plans", "“‘serious gaps’ in the plans”"),
        ("it should be “moved or delayed", "“it should be ‘moved or delayed’”"),
        ("moved” or delayed", "“‘moved’ or delayed”"),
        ('a "straight" one', '“a "straight" one”'),
    ],
)
def test_quotation_marks_inside_of_others_are_single_and_in_pairs(words, shown):
    assert quoted(words) == shown
