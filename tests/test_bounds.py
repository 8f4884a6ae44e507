"""The bounds of a case's sentences and words: fixed in a file, checked against the text, no tokenizer in any key."""

import json
import shutil

import nltk
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import medialit.article
from medialit.article import Article, Span
from medialit.case import load_case
from medialit.case.bounds import freeze, load_bounds
from medialit.classroom.items import AnswerKey
from medialit.cli import app
from medialit.errors import CaseError, MedialitError
from medialit.exercises.records import Outcome
from medialit.files import data_path, list_cases
from medialit.units.registry import UNITS, load_tasks


def keys(folder):
    """Version, answer and score of every task on a case."""
    case = load_case(folder)
    tasks = [task for plan in UNITS for task in load_tasks(plan, case).values()]
    answers = [task.answer() for task in tasks]
    checked = [task.check(answer) for task, answer in zip(tasks, answers, strict=True)]
    assert tasks
    assert all(
        r.outcome is (Outcome.COMPLETE if t.for_a_reader else Outcome.PASSED)
        for t, r in zip(tasks, checked, strict=True)
    )
    return {t.id: (t.version, a, r.score, t.hints) for t, a, r in zip(tasks, answers, checked, strict=True)}


@pytest.fixture
def copy(tmp_path):
    return lambda name: shutil.copytree(data_path(name), tmp_path / name)


@pytest.mark.parametrize("name", ["missile-tests", "averstow-pool"])
def test_another_tokenizer_changes_no_key_and_no_version(name, copy, monkeypatch):
    before = keys(data_path(name))
    assert len(before) > 25

    def other(text, blocks):
        return medialit.article.Bounds(tuple(block.span for block in blocks), (Span(0, len(text)),))

    monkeypatch.setattr(medialit.article, "cut", other)
    assert len(Article("He came. She went.").sentences) == 1, "the other tokenizer is in use"
    # A copy, because a case that was read before would not be read again.
    assert keys(copy(name)) == before


@pytest.mark.parametrize("name", list_cases())
def test_the_bounds_of_the_kit_are_those_that_it_would_cut_today(name):
    if not data_path(name, "bounds.json").is_file():
        pytest.skip("not frozen yet")
    kept = json.loads(data_path(name, "bounds.json").read_text(encoding="utf-8"))["cut_by"]
    if kept != f"NLTK {nltk.__version__}":
        pytest.skip(f"cut by {kept}")
    article = load_case(name).article
    assert article.bounds == Article(article.text).bounds


def new_bounds(folder, change):
    path = folder / "bounds.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.update(sha256="0" * 64), "bounds of another text"),
        (lambda d: d.update(sentences=[]), "must cover the text"),
        (lambda d: d["sentences"].pop(3), "must cover the text"),
        (lambda d: d["sentences"].reverse(), "must cover the text"),
        (lambda d: d["sentences"][2]["words"].pop(1), "must cover the text"),
        (lambda d: d["sentences"][2]["words"].insert(1, d["sentences"][2]["words"][1]), "must cover the text"),
        (lambda d: d["sentences"][2]["words"].append(d["sentences"][3]["words"].pop(0)), "must cover the text"),
        (lambda d: d["sentences"][-1].update(span=[0, 99999]), "must cover the text"),
        (lambda d: d["sentences"][-1]["words"][-1].__setitem__(1, 99999), "must cover the text"),
        (lambda d: d["sentences"][0].update(span=[3, 1]), "ends after its start"),
        (lambda d: d["sentences"][0].update(span=[0.5, 1]), "two whole numbers"),
        (lambda d: d.pop("cut_by"), "missing"),
    ],
)
def test_bounds_that_do_not_fit_are_named(copy, change, says):
    folder = copy("averstow-pool")
    new_bounds(folder, change)
    with pytest.raises(CaseError, match=f"bounds.json.*{says}"):
        load_case(folder)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", '{"sha256": NaN}', "\0"])
def test_a_file_that_is_no_bounds_file_is_named(copy, text):
    folder = copy("averstow-pool")
    (folder / "bounds.json").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"bounds\.json"):
        load_case(folder)


def test_the_fault_of_one_case_does_not_stop_another(copy):
    broken, whole = copy("averstow-pool"), copy("missile-tests")
    new_bounds(broken, lambda data: data["sentences"].pop())
    key = AnswerKey({"broken": broken, "whole": whole})
    for unit in ("quotes", "claims", "sources"):
        assert key.items(unit, "broken") is None
        assert key.items(unit, "whole").tasks
        assert key.items(unit, "averstow-pool").tasks


def test_a_new_case_is_frozen_once_by_a_command(copy):
    folder = copy("averstow-pool")
    kept = (folder / "bounds.json").read_text(encoding="utf-8")
    again = CliRunner().invoke(app, ["case", "freeze", str(folder)])
    assert isinstance(again.exception, MedialitError)
    assert "already there" in str(again.exception)
    (folder / "bounds.json").unlink()
    # Without them the tokenizer of today cuts the text.
    assert len(load_case(folder).article.sentences) == len(json.loads(kept)["sentences"])
    done = CliRunner().invoke(app, ["case", "freeze", str(folder)])
    assert done.exit_code == 0
    made = json.loads((folder / "bounds.json").read_text(encoding="utf-8"))
    assert f"{len(made['sentences'])} sentences" in done.output
    assert made["sha256"] == json.loads(kept)["sha256"]


@given(st.text(alphabet=st.sampled_from("ab A.?\"'“”’\n\t\u00a0\u2028\x1c—…!😀é1")))
def test_what_was_frozen_can_be_loaded(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("case")
    (folder / "article.txt").write_bytes(text.encode())
    assert freeze(folder) == load_bounds(folder, Article(text))


def test_a_word_that_a_span_cuts_is_given_in_part():
    article = Article("He came. She went.")
    assert [article[word] for word in article.words((4, 14))] == ["ame", ".", "She", "w"]
    assert (article.words((2, 3)), article.words((5, 5))) == ([], [])
