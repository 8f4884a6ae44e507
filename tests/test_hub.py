"""A small JupyterHub on loopback: two learners get the course through nbgitpuller and answer unit 1."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
NEEDED = ("jupyterhub", "nbgitpuller", "psutil", "websocket")
MISSING = [name for name in NEEDED if not find_spec(name)] + (
    [] if shutil.which("configurable-http-proxy") else ["configurable-http-proxy"]
)


@pytest.mark.skipif(bool(MISSING), reason=f"a hub needs {', '.join(MISSING)}: see docs/deploy.md")
def test_two_learners_on_a_hub_answer_unit_1_and_cannot_see_each_other(tmp_path):
    from hub import measure

    found = measure(2, tmp_path)
    assert found["foreign"] == 403
    # Both progress files hold the quiz of the lesson and the tasks of the exercise: two kernels, one file.
    (entries,) = found["entries"]
    assert int(entries) >= 9 + 7
    assert found["memory"].keys() == {"server", "kernel", "kernel 2"}
    assert found["each"] < 300
