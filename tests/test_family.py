"""A run that is killed takes its servers along."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

PARENT = """
import subprocess, sys
sys.path.insert(0, sys.argv[1])
from family import ends_with_us
more = ends_with_us() if sys.argv[2] == "with" else {}
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"], stdout=subprocess.DEVNULL, **more)
print(child.pid, flush=True)
child.wait()
"""


def outlives(how):
    """Does a program still run after the one that started it was killed?"""
    command = [sys.executable, "-c", PARENT, str(Path(__file__).parent), how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100 if how == "with" else 5):
        # A program that has ended may still be listed until somebody asks for it.
        stat = Path(f"/proc/{child}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.05)
    os.kill(child, 9)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a program that its parent is gone.")
def test_a_server_ends_with_the_tests_that_started_it():
    assert outlives("without")
    assert not outlives("with")
