"""A small JupyterHub on loopback: two learners get the course through nbgitpuller and answer unit 1."""

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from medialit.files import kit_root

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


def test_the_values_for_kubernetes_leave_room_over_what_was_measured():
    values = yaml.safe_load((kit_root() / "docs" / "zero-to-jupyterhub.yaml").read_text(encoding="utf-8"))["singleuser"]
    told = (kit_root() / "docs" / "deploy.md").read_text(encoding="utf-8")
    each = [int(number) for number in re.findall(r"= (\d+) MB \|", told)]
    assert each
    memory = {name: int(text.removesuffix("M")) for name, text in values["memory"].items()}
    assert max(each) < memory["guarantee"] < 2 * max(each) < memory["limit"]
    # The page on which a link begins is the one on which the server opens.
    assert f"urlpath={values['defaultUrl'].lstrip('/')}" in told
    assert (kit_root() / "notebooks" / Path(values["defaultUrl"]).name).is_file()
