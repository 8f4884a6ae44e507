"""The same class on a Dask cluster: two workers, one killed in the middle, nothing lost and nothing graded twice."""

import json
import os
import signal

import pytest

from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.store import read_book
from medialit.errors import MedialitError

distributed = pytest.importorskip("distributed", reason="needs the extra cluster")
CHAIN = ["officials", "newspaper", "agency", "account", "story"]
NOTEBOOKS = 24


@pytest.fixture(scope="module")
def cluster():
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


def test_a_killed_worker_loses_nothing_and_nothing_is_graded_twice(cluster, the_class, tmp_path, monkeypatch):
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


def test_no_scheduler_is_one_sentence(the_class, tmp_path):
    from medialit.classroom import cluster as module

    with pytest.raises(MedialitError, match="No Dask scheduler answers at tcp:"):
        module.connect("tcp://127.0.0.1:9", timeout="1s")
