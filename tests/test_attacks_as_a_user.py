"""Every attack of ``test_attacks.py`` again as an ordinary user, where the tests run as root.

In a file of its own, which ``make test-more`` runs: whoever is not root has made these attacks with ``make test``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import test_attacks

from medialit.files import kit_root

walls = test_attacks.walls


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="The tests run as an ordinary user already.")
def test_all_of_it_as_an_ordinary_user(walls):
    """Without the rights of root other walls stand: a user of its own, no right to change to nobody."""
    become = ["setpriv", "--reuid=65533", "--regid=65533", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all"]
    folder = Path(tempfile.mkdtemp(prefix="ordinary-"))
    shutil.chown(folder, 65533, 65533)
    env = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path.endswith(("-packages", "src")))
    asks = (
        "from medialit.classroom.jail import protections; found = protections(); print(found); exit(not found.enough)"
    )
    try:
        # An interpreter in root's own home is no use to others; the system's, of the same version, finds the same libraries.
        other = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
        for python in (sys.executable, other):
            try:
                able = subprocess.run(
                    [*become, python, "-c", asks], env=env, cwd="/", capture_output=True, text=True, check=False
                )
            except FileNotFoundError:
                pytest.skip("There is no setpriv here to become an ordinary user.")
            if able.returncode == 0:
                break
        if able.returncode:
            pytest.skip(f"An ordinary user cannot run the jail here: {(able.stdout + able.stderr).strip()[-300:]}")
        tests = [python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", test_attacks.__file__]
        tests += ["-k", "gains_nothing", "--rootdir", str(kit_root()), "-o", "addopts="]
        done = subprocess.run([*become, *tests], env=env, cwd="/", capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert f"{len(test_attacks.ATTACKS)} passed" in done.stdout
