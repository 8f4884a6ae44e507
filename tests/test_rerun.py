"""“--run” runs notebooks again in a sandbox: what comes out is data, and nothing that runs in it reaches anything."""

import json
import os
import re
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from medialit import cli
from medialit.classroom import rerun as module
from medialit.classroom.grading import Grader, Options
from medialit.classroom.intake import Submission
from medialit.classroom.rerun import refusal, rerun
from medialit.errors import MedialitError
from medialit.files import course_path, kit_root

sys.path.insert(0, str(kit_root() / "benchmarks"))
from run_cells import outputs_of

CHAIN = ["officials", "newspaper", "agency", "account", "story"]
OPEN = 'import medialit\nunit = medialit.open_unit("quotes")'
CHECK = f'unit.check("1.4", {CHAIN!r})'
needs_sandbox = pytest.mark.skipif(bool(refusal()), reason=refusal() or "there is a sandbox")


def notebook(*sources, outputs=None):
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": s, "outputs": o, "execution_count": None}
        for n, (s, o) in enumerate(zip(sources, outputs or [[]] * len(sources), strict=True))
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def graded(*sources, outputs=None, files=None, **options):
    data = notebook(*sources, outputs=outputs)
    return Grader(Options(**options)).grade(Submission("ana", "Ana", {"x.ipynb": data, **(files or {})}))


@needs_sandbox
def test_a_notebook_without_outputs_is_proved_by_running_it():
    done = graded(OPEN, CHECK, "1 / 0", run=True)
    (grade,) = [grade for grade in done.grades if grade.score]
    assert (grade.task, grade.score, grade.source) == ("1.4", 1.0, "x.ipynb, cell 2, run again")


@needs_sandbox
def test_answers_that_do_not_come_out_are_named_and_the_others_count_once(monkeypatch):
    monkeypatch.setenv("MEDIALIT_PROGRESS", ":memory:")
    sources = [OPEN, CHECK, 'unit.check("1.6", {"repair": {"rewrite": "b", "reason": "other-words"}})']
    outputs = outputs_of(sources)
    sources[2] = "unit.read()"
    done = graded(*sources, outputs=outputs, run=True)
    assert {grade.task: grade.attempts for grade in done.grades if grade.score} == {"1.4": 1, "1.6": 1}
    assert done.receipt.problems[-1] == (
        "x.ipynb: run again, these cells did not give the answer that was handed in: cell 3 (1.6)."
    )
    assert graded(*sources, outputs=outputs).receipt.problems == done.receipt.problems[:-1]


@needs_sandbox
def test_files_beside_the_notebook_are_there():
    told = rerun(notebook("print(open('data/x.csv').read())"), {"data/x.csv": b"from the file", "../y": b""})
    assert "from the file" in told.decode()


def test_where_there_is_no_sandbox_nothing_is_run(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    refusal.cache_clear()
    monkeypatch.setattr(sys, "argv", ["medialit", "grade", str(tmp_path), "--out", str(tmp_path / "out"), "--run"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    refusal.cache_clear()
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert said == (
        "“--run” needs bubblewrap, which keeps the code of notebooks in a sandbox. On Debian and Ubuntu: apt-get install "
        "bubblewrap. Without “--run” nothing is run.\n"
    )
    assert not (tmp_path / "out").exists()


# --- attacks --------------------------------------------------------------------------------------------------------

# What ``attempt`` got through is printed at the end; a line “# says:” holds words of the problem, where a cell does not live
# to print.
HELPERS = r"""
import ctypes, json, os, socket, sys, threading, time
tried, got = [], []
def attempt(name, action):
    tried.append(name)
    try:
        found = action()
    except BaseException:
        return
    got.append([name, repr(found)[:120]])
def call(number, *arguments):
    found = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *arguments)
    if found < 0:
        raise OSError
    return found
"""
ATTACKS = {
    "reads the class and the gradebook": """
for path in SECRETS:
    attempt(path, lambda: open(path, "rb").read(9)[0])
    attempt("list", lambda: os.listdir(os.path.dirname(path))[0])
    attempt("by root", lambda: open("/proc/self/root" + path, "rb").read(9)[0])
    attempt("link", lambda: (os.symlink(path, "l"), open("l").read(9)[0]))
""",
    "reads solutions and the key of the tests": """
for path in KEYS:
    attempt(path, lambda: open(path, "rb").read(9)[0])
""",
    "reads the machine": """
# The way to what is lent is seen, such as /home/ana for a course in her home, and nothing beside it.
lent = [COURSE, LIBRARY, sys.prefix, sys.base_prefix]
def beside(path):
    return [name for name in os.listdir(path) if not any(f"{one}/".startswith(f"{path}/{name}/") for one in lent)]
for path in ("/etc/passwd", "/etc/shadow", "/root/.bashrc", "/home", "/var/log", "/run", "/sys", "/etc/hostname"):
    attempt(path, lambda: (beside(path) if os.path.isdir(path) else open(path).read(9)) or 1 / 0)
attempt("environment", lambda: os.environ["MEDIALIT_TEST_SECRET"])
told = [open(f"/proc/{n}/cmdline", "rb").read() for n in os.listdir("/proc") if n.isdigit()]
attempt("others", lambda: [words for words in told if b"bwrap" not in words and b"python" not in words][0])
attempt("parent", lambda: os.kill(PARENT, 0) or open(f"/proc/{PARENT}/environ").read(9)[0])
""",
    "writes outside of its folder": """
for path in (CANARY, "/usr/x", "/etc/x", "/x", "/dev/shm/x", "/var/tmp/x", COURSE + "/x", LIBRARY + "/x"):
    attempt(path, lambda: open(path, "w"))
    attempt("folder", lambda: os.makedirs(path + ".d"))
attempt("mount", lambda: call(165, b"none", b"/usr", b"tmpfs", 0, b""))
attempt("remount", lambda: call(165, b"none", b"/usr", b"", 32, b""))
attempt("unmount", lambda: call(166, b"/usr", 2))
attempt("root", lambda: os.chroot("/proc/1/root"))
""",
    "calls out": """
for place in (("127.0.0.1", PORT), ("1.1.1.1", 53), ("::1", PORT), ABSTRACT, CANARY + ".sock"):
    family = socket.AF_UNIX if isinstance(place, str) else socket.AF_INET6 if ":" in place[0] else socket.AF_INET
    attempt(place, lambda: socket.socket(family).connect(place))
attempt("name", lambda: socket.getaddrinfo("example.org", 80)[0])
""",
    "makes processes without end": """
# says: processes|memory
while True:
    try:
        os.fork()
    except OSError:
        pass
""",
    "takes all memory": """
# says: memory
kept = []
while True:
    kept.append(bytearray(100_000_000))
""",
    "takes memory by mapping": """
# says: memory
import mmap
kept = []
while True:
    kept.append(mmap.mmap(-1, 10**8))
    kept[-1].write(b"x" * 10**8)
""",
    "prints without end": """
# says: without a result|longer|memory
while True:
    print("x" * 1_000_000)
""",
    "never ends": """
# says: longer
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""",
    "ends itself": """
# says: ended
os._exit(0)
""",
    "ends everything": """
# says: ended
os.kill(-1, 9)
""",
    "writes a result of its own": """
numbers = [n for n in os.listdir("/proc") if n.isdigit()]
attempt("result", lambda: [open(f"/proc/{n}/fd/1", "w").write("{}") for n in numbers] and 1 / 0)
""",
    "fills the disk": """
def fill():
    for n in range(99):
        with open(f"f{n}", "wb") as file:
            file.write(b"x" * 10_000_000)
attempt("fill", fill)
""",
    "leaves a process behind": """
if os.fork() == 0:
    os.setsid()
    while True:
        time.sleep(1)
attempt("nothing", lambda: 1 / 0)
""",
}
ABSTRACT = f"\0medialit-canary-{os.getpid()}"


class Ground:
    """Files outside that nobody may read or touch, and lines on which nobody may call."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ground-", dir="/var/tmp"))
        for name in ("canary", "gradebook.db", "ana/01-quotes.ipynb"):
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text("do not touch")
        self.canary, self.calls = self.folder / "canary", []
        self.lines = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.lines[0].getsockname()[1]
        for place in (f"{self.canary}.sock", ABSTRACT):
            self.lines.append(socket.socket(socket.AF_UNIX))
            self.lines[-1].bind(place)
            self.lines[-1].listen()
        for line in self.lines:
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
        return [
            (str(path), path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in sorted(self.folder.rglob("*"))
        ]


@pytest.fixture(scope="module")
def outside():
    found = Ground()
    yield found
    for line in found.lines:
        line.close()
    shutil.rmtree(found.folder)


@pytest.fixture(scope="module", autouse=True)
def limits():
    """Enough for a slow machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDIALIT_TEST_SECRET", "SECRET")
        patch.setattr(module, "WALL_SECONDS", 40.0)
        patch.setattr(module, "MEMORY", 1_000_000_000)
        yield


def attack(ground, *cells):
    """What each cell printed, or why the run was stopped. Nothing outside has changed, and nothing goes on."""
    solutions = [path for path in (kit_root() / "solutions", kit_root() / "docs") if path.is_dir()]
    known = {
        "SECRETS": [str(ground.folder / n) for n in ("canary", "gradebook.db", "ana/01-quotes.ipynb")],
        "KEYS": [*map(str, course_path().glob("*/exercise.md")), str(course_path("tests", "key.yaml"))]
        + [str(path) for folder in solutions for path in folder.glob("*")],
        "CANARY": str(ground.canary),
        "COURSE": str(course_path()),
        "LIBRARY": os.path.dirname(os.__file__),
        "ABSTRACT": ABSTRACT,
        "PORT": ground.port,
        "PARENT": os.getpid(),
    }
    told = "\n".join(f"{key} = {value!r}" for key, value in known.items())
    begun = time.monotonic()
    try:
        _, *made = json.loads(rerun(notebook(f"{told}\n{HELPERS}", *cells), {}).decode())["cells"]
        return [[line for output in cell["outputs"] for line in output.get("text", ())] for cell in made], ""
    except MedialitError as error:
        return [], str(error)
    finally:
        assert time.monotonic() - begun < 60
        assert (ground.state(), ground.calls) == (ground.before, [])
        time.sleep(0.2)
        assert [child for child in _children() if "medialit" in child] == []


STOPPED = {name: found[1] for name, code in ATTACKS.items() if (found := re.search(r"# says: (.*)", code))}
TRIED = [name for name in ATTACKS if name not in STOPPED]


@pytest.fixture(scope="module")
def reports(outside):
    """What each attempt got, all of them in one notebook: (how many were made, what came out)."""
    report = "print('REPORT', json.dumps([len(tried), got]))"
    made, fault = attack(outside, *(f"tried.clear(), got.clear()\n{ATTACKS[name]}\n{report}" for name in TRIED))
    assert fault == ""
    return {name: json.loads(told[-1].removeprefix("REPORT ")) for name, told in zip(TRIED, made, strict=True)}


@needs_sandbox
@pytest.mark.parametrize("name", TRIED)
def test_an_attack_reaches_nothing(name, reports):
    count, got = reports[name]
    assert count > 0
    assert got == []


@needs_sandbox
@pytest.mark.parametrize("name", STOPPED)
def test_what_would_not_end_or_ends_all_is_stopped_and_said(name, outside, monkeypatch):
    monkeypatch.setattr(module, "WALL_SECONDS", 5.0 if name == "never ends" else 10.0)
    made, fault = attack(outside, ATTACKS[name], "print('went on')")
    assert re.search(STOPPED[name], fault or "ended")
    assert [told for told in made if told] == []


def _children():
    import psutil

    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


OPEN_WITHOUT = ("reads the class and the gradebook", "reads the machine", "writes outside of its folder", "calls out")


@pytest.mark.parametrize("name", OPEN_WITHOUT)
def test_the_attack_works_where_there_is_no_sandbox(name, outside, tmp_path, monkeypatch):
    """An attack that fails for a fault of its own would prove nothing."""
    monkeypatch.chdir(tmp_path)
    here = str(tmp_path)
    names = {"SECRETS": [str(outside.canary)], "CANARY": f"{here}/x", "COURSE": here, "LIBRARY": here}
    names |= {"PORT": outside.port, "ABSTRACT": ABSTRACT, "PARENT": os.getppid()}
    code = ATTACKS[name].replace('"/usr/x", "/etc/x", "/x", ', "")
    code = re.sub(r'^attempt\("(mount|remount|unmount|root|parent)".*$', "", code, flags=re.M)
    exec(compile(f"{HELPERS}\n{code}", name, "exec"), names)
    assert names["got"] != []
