"""One submission on a worker's bench: what the run hands over and what goes wrong on the way."""

import json
from contextlib import nullcontext
from dataclasses import dataclass, field

import pytest

from medialit.classroom import command, grading
from medialit.classroom.grading import Bench, Options
from medialit.classroom.intake import Submission
from medialit.errors import MedialitError

CASE = "missile-tests"
CHAIN = ["officials", "newspaper", "agency", "account", "story"]


@dataclass
class Answer:
    unit: str
    case: str
    task: str
    answer: object
    door: str = "code"
    certainty: int | None = None


@dataclass
class Ran:
    answers: tuple = ()
    problem: str = ""
    output_bytes: int = 0
    seconds: float = 0.01


@dataclass
class Runner:
    """Says what a jail would say; ``seen`` holds what it was asked to run."""

    says: Ran = field(default_factory=Ran)
    seen: list = field(default_factory=list)

    def run(self, cells, folder_files=None):
        self.seen.append((cells, folder_files))
        return self.says


def notebook(*cells):
    body = [{"cell_type": "code", "source": text} for text in cells]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": body}).encode()


def graded(files, says=Ran(), **options):  # noqa: B008
    runner = Runner(says)
    done = Bench(Options(**options), runner).grade(Submission("ana", "Ana", files))
    return done, runner.seen


def test_answers_of_a_run_are_scored():
    done, seen = graded({"x.ipynb": notebook("a", "b")}, Ran((Answer("quotes", CASE, "1.4", CHAIN),)))
    assert seen == [(["a", "b"], {})]
    assert {grade.task: grade.score for grade in done.grades if grade.score} == {"1.4": 1.0}
    assert done.receipt.problems == ()


def test_every_notebook_is_run_and_files_beside_it_go_along():
    files = {
        "a.ipynb": notebook("1"),
        "b/c.ipynb": notebook("2"),
        "data.csv": b"x",
        "p.jsonl": b"",
        "big": b"x" * 6_000_000,
    }
    _, seen = graded(files)
    assert seen == [(["1"], {"data.csv": b"x"}), (["2"], {"data.csv": b"x"})]


def test_a_problem_of_the_run_is_one_line_and_keeps_the_answers():
    evil = "Cell 3 stopped: \x1b[2J\nTraceback " + "x" * 999
    done, _ = graded({"x.ipynb": notebook("1")}, Ran((Answer("quotes", CASE, "1.4", CHAIN),), evil))
    (line,) = done.receipt.problems
    assert line.startswith("x.ipynb: Cell 3 stopped: ")
    assert line.isprintable()
    assert len(line) <= 300
    assert sum(grade.score for grade in done.grades) == 1


def test_the_unit_is_known_from_the_code_when_nothing_was_answered():
    done, _ = graded({"x.ipynb": notebook('import medialit as m\nu = m.open_unit( "02-claims" )')})
    assert done.receipt.units == ("claims",)
    assert {grade.outcome for grade in done.grades} == {"not attempted"}


def test_too_many_notebooks_and_too_much_time_end_the_runs(monkeypatch):
    monkeypatch.setattr(grading, "MAX_NOTEBOOKS", 3)
    done, seen = graded({f"{n}.ipynb": notebook("1") for n in range(5)})
    assert len(seen) == 3
    assert len(done.receipt.problems) == 2
    done, seen = graded({f"{n}.ipynb": notebook("1") for n in range(3)}, Ran(seconds=grading.MAX_SECONDS + 1))
    assert len(seen) == 1
    assert "too long" in done.receipt.problems[0]


@dataclass
class Found:
    """What a look at the machine's walls says."""

    enough: bool

    def __str__(self):
        return "Notebook code is walled in here: no network."


@pytest.mark.parametrize("enough", [True, False])
def test_the_doctor_says_what_is_here_and_what_to_do(monkeypatch, capsys, enough):
    monkeypatch.setattr(command, "_protections", lambda: Found(enough))
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "distributed" else name)
    assert command.doctor_command() is enough
    said = capsys.readouterr().out
    assert "✓ the gradebook" in said
    assert "– grading on a cluster (Dask), only for --dask: not here. pip install 'medialit[cluster]'" in said
    assert ("✓" if enough else "○") + " Notebook code is walled in here" in said
    assert ("--no-run" in said) is not enough


def test_without_running_no_code_is_run():
    files = {"01-quotes.ipynb": notebook("raise SystemExit")}
    done = Bench(Options(run=False)).grade(Submission("ana", "Ana", files))
    assert done.receipt.units == ("quotes",)


@pytest.mark.parametrize("unit", ["\x00", "../../etc", "quotes\n", "QUOTES", ""])
def test_an_answer_to_a_made_up_unit_or_case_is_told_and_costs_nothing(unit):
    answers = (
        Answer(unit, CASE, "1.4", CHAIN),
        Answer("quotes", unit, "1.4", CHAIN),
        Answer("quotes", CASE, "1.4", CHAIN),
    )
    done, _ = graded({"x.ipynb": notebook("1")}, Ran(answers))
    assert sum(grade.score for grade in done.grades) == 1
    assert len(done.grades) == len({grade.task for grade in done.grades})
    assert "does not hold" in done.receipt.problems[0]


def test_a_case_of_ones_own_is_found_by_its_name(tmp_path):
    import shutil

    from medialit.files import data_path

    shutil.copytree(data_path("missile-tests"), tmp_path / "ours")
    answers = (Answer("quotes", "ours", "1.4", CHAIN),)
    files = {"x.ipynb": notebook("1")}
    assert not graded(files, Ran(answers))[0].grades
    done, _ = graded(files, Ran(answers), cases=(("ours", str(tmp_path / "ours")),))
    assert {(g.case, g.score) for g in done.grades if g.score} == {("ours", 1.0)}


@dataclass
class Walls:
    enough: bool

    def __str__(self):
        return "No network: yes." if self.enough else "No network: no."


class Screen:
    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


@pytest.mark.parametrize(
    ("enough", "trust", "refused"), [(True, False, False), (False, True, False), (False, False, True)]
)
def test_nothing_is_run_unprotected_unless_it_is_said(monkeypatch, enough, trust, refused):
    monkeypatch.setattr(command, "_protections", lambda: Walls(enough))
    screen = Screen()
    with pytest.raises(MedialitError, match="nothing was run") if refused else nullcontext():
        command.say_protections(screen, trust)
    assert screen.lines == [str(Walls(enough))]
