"""Attacks on the grader by the code in a notebook: each gains nothing, touches nothing and costs only its own submission.

Each attack of ``attack_cells.py`` is a notebook of its own: one honest answer, then the attack. Afterwards exactly the
honest answer has earned its point, whatever was noted as got through is nothing, no trace is left outside, and the next
learner's work gets its exact score. ``test_attacks_as_a_user.py`` runs the same again as an ordinary user.
"""

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from medialit.classroom.grading import Bench, Options
from medialit.classroom.intake import Submission
from medialit.classroom.items import AnswerKey
from medialit.exercises.registry import UNITS
from medialit.files import kit_root

sys.path.insert(0, str(Path(__file__).parent))
from attack_cells import HELPERS, SCAN, attacks

if sys.platform == "linux":
    from medialit.classroom.jail import Jail, protections
    from medialit.classroom.jail.handout import handout
    from medialit.classroom.jail.limits import Limits

ATTACKS = attacks()
CASE = "missile-tests"
CHAIN = ["officials", "newspaper", "agency", "account", "story"]
HONEST = f'import medialit\nunit = medialit.open_unit("quotes")\nunit.check("1.4", {CHAIN!r})'
MARK = "the-work-of-the-neighbour-5f2c9a-must-stay-unread"
SECRET = "SECRET-of-the-grader-71c3"


@pytest.fixture(scope="module")
def walls():
    """Skips with a plain reason where this machine lacks a protection."""
    if sys.platform != "linux":
        pytest.skip("The jail needs Linux.")
    found = protections()
    if not found.enough:
        pytest.skip(str(found))
    return found


@pytest.fixture(scope="module")
def bench(walls):
    """One bench for all attacks, as a class has it: what one leaves behind would meet all that come after it."""
    os.environ["MEDIALIT_TEST_SECRET"] = SECRET
    found = Bench(Options(), Jail())
    yield found
    found.jail.close()
    del os.environ["MEDIALIT_TEST_SECRET"]


def limits(short=False):
    """Little time, and less for attacks that use up whatever they are given. The jail is told anew for each notebook."""
    if short:
        # Mostly of the processor: on the clock, a busy machine must still get to the attack.
        return Limits(wall_seconds=5, cpu_seconds=1, cell_seconds=0.3, cell_wait=3, end_wait=2)
    return Limits(cpu_seconds=12, cell_seconds=8, cell_wait=30, end_wait=2)


class Ground:
    """Files outside that nobody may touch, and lines on which nobody may call."""

    def __init__(self, folder):
        self.folder = folder
        self.canary, self.gradebook = folder / "canary" / "alive", folder / "out" / "gradebook.db"
        self.neighbour = folder / "class" / "ana" / "01-quotes.ipynb"
        for path in (self.canary, self.gradebook, self.neighbour):
            path.parent.mkdir(parents=True)
            path.write_text(f"do not touch, {MARK}")
        self.calls, self.lines = [], []
        for family, place in (
            (socket.AF_INET, ("127.0.0.1", 0)),
            (socket.AF_INET6, ("::1", 0)),
            (socket.AF_UNIX, f"{self.canary}.sock"),
            (socket.AF_UNIX, "\0medialit-canary"),
        ):
            # Both IP versions on one number.
            if family == socket.AF_INET6:
                place = ("::1", self.port)
            try:
                line = socket.create_server(place) if family == socket.AF_INET else socket.socket(family)
                if family != socket.AF_INET:
                    line.bind(place)
                    line.listen()
            except OSError:
                continue  # a machine without IPv6
            if family == socket.AF_INET:
                self.port = line.getsockname()[1]
            self.lines.append(line)
            threading.Thread(target=self._listen, args=(line,), daemon=True).start()
        self.before = self.state()

    def _listen(self, line):
        while True:
            try:
                line.accept()[0].close()
            except OSError:
                return
            self.calls.append(line)

    def state(self):
        """Every name, kind and byte here."""
        found = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            about = path.lstat()
            found.update(f"{path} {about.st_mode} {about.st_uid} {about.st_mtime_ns}".encode())
            found.update(path.read_bytes() if path.is_file() else b"")
        return found.hexdigest()

    def close(self):
        for line in self.lines:
            line.close()


@pytest.fixture(scope="module")
def ground():
    # Not pytest's own folder: its path is too long for the name of a Unix socket.
    folder = Path(tempfile.mkdtemp(prefix="ground-"))
    found = Ground(folder)
    yield found
    found.close()
    shutil.rmtree(folder)


def turned(text, code="utf-8"):
    """Backwards, and every byte turned: the search for it in memory must not find itself."""
    return bytes(255 - byte for byte in text.encode(code)[::-1])


@pytest.fixture(scope="module")
def needles():
    """Pieces of the key that nobody is shown before an answer, and one piece that everybody is shown."""
    key, public = AnswerKey(), json.dumps(handout(), ensure_ascii=False)
    found = {}
    for plan in UNITS:
        items = key.items(plan.name, CASE)
        texts = [question.why for question in items.questions.values() if question.type in ("one", "several")]
        texts += [task.solution_text() for task in items.tasks.values()]
        pieces = [piece for text in texts for piece in re.findall(r"[ -~]{30,60}", text) if piece not in public]
        assert len(pieces) > 2
        # By number: a name that says what is looked for would be found itself.
        for number, piece in enumerate((pieces[0], pieces[len(pieces) // 2], pieces[-1])):
            found[f"{plan.name} {number}"] = turned(piece)
            found[f"{plan.name} {number} wide"] = turned(piece, "utf-16-le")
    shown = next(title for task in key.items("quotes", CASE).tasks.values() if (title := task.title).isascii())
    return found | {"control": turned(shown)}


def keys():
    """Files with answers in them."""
    kit = kit_root().resolve()
    found = [*kit.glob("course/01-*/*"), *kit.glob("solutions/01*"), *kit.glob(f"datasets/{CASE}/*.yaml")]
    found = [str(path) for path in found if path.is_file() and path.name != "glossary.yaml"]
    assert len(found) > 6
    return found


def code_of(name, ground, needles, disk=True):
    """The cells of one attack, with what it wants to know filled in."""
    known = {
        "KEYS": keys(),
        "PARENT": os.getpid(),
        "PORT": ground.port,
        "NEIGHBOUR": str(ground.neighbour),
        "GRADEBOOK": str(ground.gradebook),
        "OTHERS": ["1.1", "1.2", "1.3", "1.6", "q1", "q2", "q3"],
        "NEEDLES": needles,
        "MARK": turned(MARK),
        "DISK": disk,
    }
    told = "\n".join(f"{k} = {v!r}" for k, v in known.items())
    return [HONEST, f"{told}\n{HELPERS}", SCAN, ATTACKS[name].code.replace("CANARY", str(ground.canary))]


def submission(learner, cells):
    body = [{"cell_type": "code", "metadata": {}, "source": text} for text in cells]
    return Submission(learner, learner, {"01-quotes.ipynb": json.dumps({"nbformat": 4, "cells": body}).encode()})


def grade(bench, learner, cells):
    """(points by task, the one line of problems, what was handed in) of one notebook."""
    seen, run = [], bench.jail.run
    bench.jail.run = lambda *given: seen.append(run(*given)) or seen[-1]
    try:
        done = bench.grade(submission(learner, cells))
    finally:
        bench.jail.run = run
    points = {grade.task: grade.score for grade in done.grades if grade.score}
    return points, " ".join(done.receipt.problems), [one for ran in seen for one in ran.answers]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gains_nothing_touches_nothing_and_costs_only_itself(name, bench, ground, needles):
    bench.jail.limits = limits()
    marked = [HONEST, f'unit.check("1.5", {{"note": "{MARK}"}})', *(f"# {n} {MARK}" for n in range(300))]
    assert grade(bench, "ben", marked)[0] == {"1.4": 1.0}
    bench.jail.limits = limits(ATTACKS[name].short)
    points, said, handed = grade(bench, "mal", code_of(name, ground, needles, bench.jail.about["disk"]))
    bench.jail.limits = limits()
    assert points == {"1.4": 1.0}
    assert said.isprintable()
    if says := ATTACKS[name].says:
        assert re.search(says, said), said
    else:
        # It lived to tell: that it tried, and that nothing got through.
        reports = [one.answer for one in handed if one.task == "1.5" and "tried" in one.answer]
        assert reports, said
        assert reports[-1]["tried"] > 0
        assert reports[-1]["got"] == []
    assert ground.state() == ground.before
    assert ground.calls == []
    for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/root", "/", tempfile.gettempdir()):
        assert not os.path.exists(os.path.join(place, "medialit-was-here"))
    # The next learner: exact score, an empty folder, no problem.
    after = f'{HONEST}\nimport os\nunit.check("1.5", {{"left": os.listdir(".")}})'
    points, said, handed = grade(bench, "ana", [after])
    assert (points, said) == ({"1.4": 1.0}, "")
    assert [one.answer for one in handed if one.task == "1.5"] == [{"left": []}]


def test_there_are_enough_attacks_of_every_kind():
    kinds = {name.partition(":")[0] for name in ATTACKS}
    assert kinds == {
        "reads",
        "cheats",
        "writes",
        "rights",
        "network",
        "processes",
        "signals",
        "floods",
        "loops",
        "ends",
    }
    assert len(ATTACKS) >= 60


WITHOUT_WALLS = [
    "reads: the key by its path",
    "reads: the key through a link of its own",
    "reads: the key by a folder that is open already",
    "reads: the key by the system's own doors",
    "reads: the key from the kit's own modules",
    "reads: the environment",
    "reads: another submission",
    "writes: the gradebook",
    "network: IPv4",
    "network: IPv6",
    "network: Unix sockets",
    "network: raw, packet, netlink, ring",
    "processes: every way to make one",
    "floods: open files",
]


@pytest.mark.parametrize("name", WITHOUT_WALLS)
def test_the_attack_works_where_there_are_no_walls(name, tmp_path, needles, monkeypatch):
    """An attack that fails for a fault of its own would prove nothing."""
    folder = Path(tempfile.mkdtemp(prefix="ground-"))
    ground = Ground(folder)
    _, helpers, _, attack = code_of(name, ground, needles)
    plain = 'import json, medialit\nunit = medialit.open_unit("quotes")\n'
    plain += 'unit.check = lambda task, got: print("\\n" + json.dumps(got))'
    # Not to make processes on purpose that nobody waits for.
    attack = re.sub(r'^attempt\("(vfork|bare fork|clone.*|pool|forkpty|execute)".*$', "", attack, flags=re.M)
    script = tmp_path / "attack.py"
    script.write_text(f"{plain}\n{helpers}\n{attack}")
    monkeypatch.setenv("MEDIALIT_TEST_SECRET", SECRET)
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    ground.close()
    shutil.rmtree(folder)
    report = next((json.loads(line) for line in done.stdout.splitlines()[::-1] if line.startswith('{"tried"')), None)
    assert report, done.stderr
    assert report["got"] != []
