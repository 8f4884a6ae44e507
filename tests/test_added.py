"""Who adds a unit, a task, a guess or a word to a list, and gets something wrong, is told in a sentence what and where."""

import re
import shutil

import pytest
from damaged import damage
from some import some

import medialit
from medialit.authoring.source import sayer
from medialit.case import load_case
from medialit.case.records import Texts
from medialit.classroom.report.page import _of_units as of_units
from medialit.errors import CaseError, MedialitError
from medialit.exercises.prediction import load_predictions
from medialit.files import course_path, data_path, load_model
from medialit.forms import TextForm
from medialit.lenses import _claims_tables, _loaded_lexicon, _tables
from medialit.lenses._claims_tables import word_class
from medialit.lenses.quoting import lexicon
from medialit.progress import Progress
from medialit.units import registry
from medialit.units.made import made_from
from medialit.units.registry import UnitPlan, find_unit, load_tasks, read_units
from medialit.widgets.page import PageBlock

CASE = "averstow-pool"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "06-social-media: Social media",
            "field 06-social-media: The name of a unit is two digits, a hyphen and one word",
        ),
        ("images: Images", "field images: The name of a unit is two digits"),
        ("06-images: Images", "field 06-images: There is no folder course/06-images. “Add a unit” in CONTRIBUTING.md"),
        (
            "06-maps: Maps",
            "field 06-maps: There is no src/medialit/units/maps/unit.py. “Add a unit” in CONTRIBUTING.md",
        ),
        ("06-maps:", "field 06-maps: This needs a text."),
        ("7: Maps", "field 7: This needs a text."),
        ("- 06-maps", "units.yaml, line 1: This needs named fields."),
    ],
)
def test_a_unit_that_is_not_there_is_told_with_its_line(tmp_path, line, says):
    for folder in course_path().glob("0*"):
        (tmp_path / folder.name).mkdir()
    (tmp_path / "06-maps").mkdir()
    known = course_path("units.yaml").read_text(encoding="utf-8") if line[0] != "-" else ""
    (tmp_path / "units.yaml").write_text(f"{known}{line}\n", encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(says)) as caught:
        read_units(tmp_path / "units.yaml")
    assert caught.value.line == known.count("\n") + 1


def test_units_are_found_where_there_is_only_what_was_compiled(tmp_path, monkeypatch):
    # So it is in the browser's package.
    for plan in some(registry.UNITS):
        (tmp_path / plan.name).mkdir()
        (tmp_path / plan.name / "unit.pyc").touch()
    monkeypatch.setattr(registry, "__file__", str(tmp_path / "registry.pyc"))
    assert read_units(course_path("units.yaml")) == registry.UNITS
    (tmp_path / "welcome" / "unit.pyc").unlink()
    with pytest.raises(CaseError, match=r"field 00-welcome: There is no src/medialit/units/welcome/unit\.py"):
        read_units(course_path("units.yaml"))


@pytest.fixture
def claims(tmp_path, monkeypatch):
    """A copy of one unit's files, used instead of the course's; returns its plan and folder."""
    folder = shutil.copytree(course_path("02-claims"), tmp_path / "02-claims")
    shutil.copy(course_path("shared.yaml"), tmp_path)
    monkeypatch.setattr(registry, "course_path", tmp_path.joinpath)
    return UnitPlan("claims", "02-claims", "Claims"), folder


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("name: split", "name: splitt", "02-claims/tasks.yaml names a task “splitt”, and there is no units/claims/splitt.py"),
        ("name: split", "name: spl-it", "there is no units/claims/spl-it.py"),
        ("name: split", "name: unit", "There is no class of a task in units/claims/unit.py. “Add a task” in CONTRIBUTING.md"),
        ("needs: [splits]", "needs: [splitz]", "field tasks.1.needs.1: There is no need “splitz”. Needs are in"),
        ("minutes: 8", "minutes: few", "field tasks.1.minutes: This needs a whole number."),
        ("    minutes: 8", "    minuts: 8\n    minutes: 8", "field tasks.1.minuts: This field is not known here."),
    ],
)  # fmt: skip
def test_a_task_that_is_not_there_is_told(claims, old, new, says):
    plan, folder = claims
    damage(folder / "tasks.yaml", old, new)
    with pytest.raises(MedialitError, match=re.escape(says)):
        load_tasks(plan, load_case(CASE))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Begin with {first}", "Begin with {frist}", "Nothing fills in 'frist' in “Begin with {frist}, which joins"),
        ("Begin with {first}", "Begin with {first", "The braces in “Begin with {first,"),
        ("      others: ", "      other: ", "The task split in tasks.yaml of claims has no text “others”. Write it there"),
        ("      kinds:", "      kind:", "The task classify in tasks.yaml of claims has no “kinds” under “options”."),
        ("    hints:\n", "    hints: []\n    was_hints:\n", "field tasks.1.hints: This needs 1 or more"),
    ],
)  # fmt: skip
def test_words_of_a_task_that_do_not_fit_its_code_are_told(claims, old, new, says):
    plan, folder = claims
    damage(folder / "tasks.yaml", old, new)
    case = load_case(CASE)
    with pytest.raises(MedialitError, match=re.escape(says)):
        _ = [(task.form, task.hints, task.prompt, task.solution_text()) for task in load_tasks(plan, case).values()]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("one_reader:", "one_raeder:", "line 14, field kind: No question can be made from this: 'one_reader' is missing"),
        ("  options:\n    scare: ", "  options:\n    scar: ", "No question can be made from this: 'scar' is missing."),
        ("  version: 1", "  version: one", "field kind.version: This needs a whole number."),
        ("{mixed: Q-E, indirect: Q-O, scare: Q-P}", "[Q-E]", "field kind: No question can be made from this: a part of it"),
        ("[{text}]. Find these", "[{txt}]. Find these", "Nothing fills in 'txt' in “From ¶{paragraph} of your class's"),
        ("  asks: apply", "  asks: aply", "field kind.asks: “aply” is not one of: 'recall', 'apply' or 'transfer'."),
    ],
)  # fmt: skip
def test_words_of_questions_made_from_a_key_that_do_not_fit_are_told(tmp_path, old, new, says):
    file = tmp_path / "made.yaml"
    damage(file, old, new, course_path("01-quotes", "made.yaml"))
    with pytest.raises(MedialitError, match=re.escape(says)):
        made_from(file, load_case(CASE))


@pytest.mark.parametrize("text", ["# nothing yet\n", "- kind\n"])
def test_a_file_of_such_words_that_names_nothing_is_told(tmp_path, text):
    file = tmp_path / "made.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"made\.yaml: This needs named fields\."):
        made_from(file, load_case(CASE))


def test_words_of_a_view_that_are_nowhere_are_told():
    unit = medialit.open_unit("claims", CASE, Progress())
    with pytest.raises(MedialitError, match=r"words\.yaml of 02-claims has no text “nothing_here”"):
        unit.say("nothing_here")


def test_two_guesses_cannot_share_an_id(tmp_path):
    file = tmp_path / "predictions.yaml"
    one = "- {id: p1, stem: How many?, number: {}}\n"
    file.write_text(f"predictions:\n{one}{one}", encoding="utf-8")
    with pytest.raises(
        CaseError, match=r"predictions\.yaml, line 3, field predictions\.2\.id: Two guesses have the id p1"
    ):
        load_predictions(file)


def test_a_file_of_texts_can_be_empty_and_holds_nothing_else(tmp_path):
    file = tmp_path / "interface.yaml"
    file.write_text("# nothing yet\n", encoding="utf-8")
    assert load_model(Texts, file).root == {}
    file.write_text("check: Check\nagain: [Again]\n", encoding="utf-8")
    with pytest.raises(CaseError, match="line 2, field again: This needs a text"):
        load_model(Texts, file)


def test_a_form_that_nothing_draws_is_told():
    with pytest.raises(MedialitError, match=r"Nothing in src/medialit/widgets/js draws the form “sliders”"):
        PageBlock("q1", "A question", form=type("SlidersForm", (TextForm,), {"kind": "sliders"})())


def test_a_section_of_the_report_without_its_parts_is_told(monkeypatch):
    monkeypatch.delattr("medialit.units.claims.report.PARTS")
    with pytest.raises(MedialitError, match=r"units/claims/report\.py needs a TITLE and PARTS"):
        of_units()


def test_a_task_whose_class_lacks_a_part_is_told(monkeypatch):
    monkeypatch.delattr("medialit.units.claims.split.SplitClaims.score")
    with pytest.raises(MedialitError, match=r"There is no score in units/claims/split\.py"):
        load_tasks(find_unit("claims"), load_case(CASE))


def test_a_unit_without_its_class_is_told(monkeypatch):
    monkeypatch.delattr("medialit.units.claims.unit.ClaimsUnit")
    with pytest.raises(MedialitError, match=r"There is no class ClaimsUnit in units/claims/unit\.py"):
        medialit.open_unit("claims", CASE, Progress())


READERS = (_tables.table, lexicon.cues, lexicon.irregular_forms, lexicon.verb_forms, lexicon.phrases)
READERS += (_loaded_lexicon.lexicon, _loaded_lexicon.guards, _loaded_lexicon.frame_cues)
READERS += (_claims_tables.sign_table, _claims_tables.rule_table)


@pytest.fixture
def lexicons(tmp_path, monkeypatch):
    """A copy of the word lists, used instead of the kit's."""
    shutil.copytree(data_path("lexicons"), tmp_path / "lexicons")
    monkeypatch.setattr(_tables, "data_path", tmp_path.joinpath)
    for reader in (*READERS, word_class):
        reader.cache_clear()
    yield tmp_path / "lexicons"
    for reader in (*READERS, word_class):
        reader.cache_clear()


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("reporting/verbs.tsv", "says/said/said/saying", "says/said", "“says/said” cannot stand under “forms”."),
        ("reporting/verbs.tsv", "\nsay\t", "\n\t", "“” cannot stand under “verb”"),
        ("reporting/verbs.tsv", "verb\tforms\t", "verb\tform\t", "No column has the name “forms” here."),
        ("reporting/verbs.tsv", "\nsay\t", "\nsay", "This row has 4 columns instead of 5."),
        ("reporting/common-verbs.tsv", "arise/arose/arisen", "arise/arose", "cannot stand under “verbs”"),
        ("reporting/common-verbs.tsv", "\nirregular\t", "\nirregulars\t", "There is no row “irregular”. The lens needs it."),
        ("reporting/phrases.tsv", "as per\tafter", "as per\tbehind", "“behind” cannot stand under “source”"),
        ("loaded-words/guards.tsv", "to\tafter\thas", "to\tbehind\thas", "“behind” cannot stand under “place”"),
        ("loaded-words/guards.tsv", "to\tafter\thas", "to\tafter\tis", "“is” cannot stand under “test”"),
        ("loaded-words/words.tsv", "Nazi\tone-sided term\tn", "Nazi\tone-sided term\tx", "“x” cannot stand under “form”"),
        ("loaded-words/words.tsv", "term\tn\t\n", "term\tn\tsizes\n", "“sizes” cannot stand under “guard”"),
        ("loaded-words/words.tsv", "entry\tclass\t", "entry\tkind\t", "No column has the name “class” here."),
        ("loaded-words/frames.tsv", "blame", "bla(me", "cannot be read as a pattern"),
        ("claims/signs.tsv", "sign\treason\twords", "sign\twhy\twords", "No column has the name “reason” here."),
        ("claims/kinds.tsv", "reason\tunless\t", "reason\tif\t", "No column has the name “unless” here."),
        ("claims/words.tsv", "\nsaying\t", "\nsayings\t", "There is no row “saying”. The lens needs it."),
    ],
)  # fmt: skip
def test_a_line_of_a_list_of_words_that_does_not_fit_is_told(lexicons, name, old, new, says):
    damage(lexicons / name, old, new)
    with pytest.raises(MedialitError, match=re.escape(says)) as caught:
        _ = [read() for read in READERS[1:]], word_class("saying")
    assert str(caught.value).startswith(name.partition("/")[2])


@pytest.mark.parametrize("name", ["reporting/verbs", "loaded-words/words", "loaded-words/guards", "claims/signs"])
def test_a_list_without_words_is_told(lexicons, name):
    (lexicons / f"{name}.tsv").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(CaseError, match="needs a line with the names of its columns, and rows below it"):
        _tables.table(*name.split("/"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "start.yaml: run is missing here"),
        ("head: A\n", "start.yaml: run is missing here"),
        ("- run\n", "start.yaml: run is missing here"),
        ("head: A\nrun: Press {here\n", "start.yaml, line 2, field run: The braces"),
    ],
)
def test_a_word_that_the_start_page_lacks_is_told(tmp_path, text, says):
    (tmp_path / "start.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(says)):
        sayer(tmp_path)("run")
