"""The same class on a Dask cluster: two workers, one killed in the middle, nothing lost and nothing graded twice."""

import json
import os
import signal
from types import SimpleNamespace

import pytest

from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.store import read_book
from medialit.errors import MedialitError

CHAIN = ["officials", "newspaper", "agency", "account", "story"]
NOTEBOOKS = 24


@pytest.fixture(scope="module")
def distributed():
    """Dask is imported by the process that needs it, and not by every process that looks for tests."""
    return pytest.importorskip("distributed", reason="needs the extra cluster")


@pytest.fixture
def cluster(distributed):
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.fixture
def the_class(tmp_path):
    from medialit.classroom.items import AnswerKey

    version = AnswerKey().items("quotes", "missile-tests").tasks["1.4"].version
    for number in range(NOTEBOOKS):
        entry = {
            "kind": "attempt",
            "time": "2026-11-23T10:00:00Z",
            "unit": "quotes",
            "case": "missile-tests",
            "task": "1.4",
        }
        lines = [{"kind": "header", "format": 1, "learner": "x"}]
        lines += [entry | {"id": f"{n}", "version": version, "answer": CHAIN[n:]} for n in range(number % 5, 5)]
        folder = tmp_path / "class" / f"l{number:02}"
        folder.mkdir(parents=True)
        (folder / "my-progress.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return tmp_path / "class"


def test_a_killed_worker_loses_nothing_and_nothing_is_graded_twice(
    distributed, cluster, the_class, tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795600000")
    steps = []

    def on_step(step):
        steps.append(step)
        if len(steps) == 5:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)

    options = Options(run=False)
    done = grade_class([the_class], tmp_path / "far", options, dask=cluster.scheduler_address, on_step=on_step)
    assert (done.graded, done.before, done.not_graded) == (NOTEBOOKS, 0, 0)
    assert sorted(step.learner for step in steps) == sorted(path.name for path in the_class.iterdir())
    grade_class([the_class], tmp_path / "near", options, jobs=1)
    assert read_book(tmp_path / "far" / "gradebook.db") == read_book(tmp_path / "near" / "gradebook.db")
    assert (tmp_path / "far" / "gradebook.csv").read_bytes() == (tmp_path / "near" / "gradebook.csv").read_bytes()


def test_notebooks_are_run_behind_walls_on_the_workers(distributed, cluster, tmp_path):
    """Each worker has its own jail; one that is killed in the middle takes no result and no learner with it."""
    from medialit.classroom import command, jail

    if not (found := jail.protections()).enough:
        pytest.skip(str(found))
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        assert [one.enough for one in command.on_every_worker(client, command._protections)] == [True, True]
    peek = "import os\nseen = [os.path.exists('/proc/self/maps'), 'MEDIALIT' in str(os.environ)]\nopen('/etc/hosts')"
    for number in range(NOTEBOOKS):
        code = f'import medialit\nunit = medialit.open_unit("quotes")\nunit.check("1.4", {CHAIN[number % 5 :]!r})'
        cells = [{"cell_type": "code", "source": text} for text in (code, peek)]
        folder = tmp_path / "class" / f"l{number:02}"
        folder.mkdir(parents=True)
        (folder / "01-quotes.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}))
    steps = []

    def on_step(step):
        steps.append(step)
        if len(steps) == 5:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)

    done = grade_class(
        [tmp_path / "class"], tmp_path / "out", Options(), dask=cluster.scheduler_address, on_step=on_step
    )
    assert (done.graded, done.not_graded) == (NOTEBOOKS, 0)
    assert sorted(step.learner for step in steps) == [f"l{number:02}" for number in range(NOTEBOOKS)]
    assert all("Cell 2 stopped: PermissionError" in line for step in steps for line in step.problems)
    grades = {g.learner: g for g in read_book(tmp_path / "out" / "gradebook.db").grades if g.task == "1.4"}
    assert [grades[f"l{number:02}"].score == 1 for number in range(NOTEBOOKS)] == [
        number % 5 == 0 for number in range(NOTEBOOKS)
    ]
    assert {g.attempts for g in grades.values()} == {1}


def test_a_result_that_was_lost_with_its_worker_is_waited_for(distributed, monkeypatch):
    """It was told to be finished; then its worker died, before it was fetched."""
    from medialit.classroom import cluster as module

    class Done(list):
        def __init__(self, **_):
            super().__init__()
            self.add = self.append

    lost = SimpleNamespace(
        key="a", status="pending", cancelled=lambda: False, exception=lambda: None, result=lambda: 42, release=list
    )
    client = SimpleNamespace(loop=None, nthreads=dict, submit=lambda *_, **__: lost)
    monkeypatch.setattr(distributed, "as_completed", Done)
    assert list(module.spread(client, None, ["item"], lambda item, why: why)) == [42]


def test_no_scheduler_is_one_sentence(distributed, the_class, tmp_path):
    from medialit.classroom import cluster as module

    with pytest.raises(MedialitError, match="No Dask scheduler answers at tcp:"):
        module.connect("tcp://127.0.0.1:9", timeout="1s")
