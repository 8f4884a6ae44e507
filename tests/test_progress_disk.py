"""Killed, full, read-only, two at once: what was added stays, and the learner reads a sentence."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from medialit.progress import Entry, Progress, disk

_WRITER = """
import sys
from medialit.progress import Entry, Progress
progress = Progress(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for i in range(int(sys.argv[3])):
    entry = progress.add(Entry("note", answer=[sys.argv[2], i], text="x" * 200))
    if progress.problem is None:
        print(entry.id, flush=True)
"""
posix = pytest.mark.skipif(os.name == "nt", reason="needs signals and limits of POSIX")


def writer(path: Path, name: str, number: int) -> subprocess.Popen:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    return subprocess.Popen([sys.executable, "-c", _WRITER, str(path), name, str(number)], **pipes)


def start(*children: subprocess.Popen) -> None:
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")


def answers(progress: Progress) -> list[object]:
    return [entry.answer for entry in progress.entries()]


def one_entry(answer: object) -> bytes:
    other = Progress()
    other.add(Entry("note", answer=answer))
    return other.as_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my-progress.jsonl"


def refuse_locks(monkeypatch) -> None:
    """A network drive that has no locks; for the browser, where nothing has any, see test_progress_pages.py."""

    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(disk, "fcntl", SimpleNamespace(flock=flock, LOCK_EX=2, LOCK_NB=4))


@pytest.fixture(params=["locks", "no locks", "windows locks"])
def locks(request, monkeypatch):
    """The three sorts of drive: Linux and macOS, one without locks, Windows (played by a stand-in)."""
    if request.param == "no locks":
        refuse_locks(monkeypatch)
    if request.param == "windows locks":
        monkeypatch.setattr(disk, "fcntl", None)
        held: set[int] = set()

        def locking(number: int, mode: int, _length: int) -> None:
            node = os.fstat(number).st_ino
            if mode == 0:
                held.remove(node)
            elif node in held:
                raise OSError(errno.EACCES, "locked")
            else:
                held.add(node)

        monkeypatch.setattr(disk, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=1, LK_UNLCK=0))
        monkeypatch.setattr(disk, "_ON_WINDOWS", True)
    return request.param


@posix
def test_kill_9_at_any_moment_keeps_every_completed_add(path):
    done: set[str] = set()
    for turn in range(8):
        child = writer(path, f"w{turn}", 100_000)
        start(child)
        confirmed = [child.stdout.readline().strip()]  # it is at work now
        time.sleep(0.013 * turn)
        child.send_signal(signal.SIGKILL)
        confirmed += [line.strip() for line in child.stdout if line.endswith("\n")]
        child.wait()
        done.update(confirmed)
        here = [entry.id for entry in Progress(path).entries()]
        assert done <= set(here)
        assert len(here) == len(set(here))
    after = Progress(path)
    after.add(Entry("note", answer="after"))
    assert answers(Progress(path))[-1] == "after"


@posix
def test_kill_9_during_restores_leaves_the_old_file_or_the_new_one(path, tmp_path):
    code = (
        "import sys; from medialit.progress import Entry, Progress\n"
        "p = Progress(sys.argv[1])\n"
        "for i in range(100000):\n"
        "    other = Progress(); other.add(Entry('note', answer=i, text='y' * 50000))\n"
        "    if p.restore(other.as_bytes()).ok: print(i, flush=True)\n"
    )
    Progress(path).add(Entry("note", answer="first"))
    for turn in range(5):
        child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        confirmed = [child.stdout.readline()]
        time.sleep(0.017 * turn)
        child.kill()
        confirmed += [line for line in child.stdout if line.endswith("\n")]
        child.wait()
        progress = Progress(path)
        assert progress.warnings == []
        assert "first" in answers(progress)
        assert sum(type(a) is int for a in answers(progress)) >= len(confirmed)
        keep = Progress()
        keep.add(Entry("note", answer="first", id="f", time="2026-01-01T00:00:00Z"))
        path.write_bytes(keep.as_bytes())


def test_two_processes_at_once_interleave_whole_lines(path):
    children = [writer(path, name, 150) for name in ("a", "b")]
    start(*children)
    confirmed = [line.strip() for child in children for line in child.communicate()[0].splitlines()]
    progress = Progress(path)
    assert (progress.warnings, {e.id for e in progress.entries()}) == ([], set(confirmed))
    for name in ("a", "b"):
        assert [n for who, n in answers(progress) if who == name] == list(range(150))
    assert path.read_bytes().count(b'"header"') == 1


def test_a_restore_beside_a_writer_loses_nothing(path):
    child = writer(path, "a", 200)
    start(child)
    first = child.stdout.readline().strip()
    progress = Progress(path)
    for i in range(15):
        other = Progress()
        other.add(Entry("note", answer=["restored", i]))
        assert progress.restore(other.as_bytes()).ok
    # Read on line by line: ``communicate`` would pass over lines that readline has taken from the pipe already.
    confirmed = {first, *(line.strip() for line in child.stdout)}
    assert child.wait() == 0
    found = Progress(path)
    assert len(confirmed) == 200
    assert confirmed <= {e.id for e in found.entries()}
    assert (len(found.entries()), found.warnings) == (215, [])


def test_a_full_disk_keeps_the_entry_and_saves_it_with_the_next(path, monkeypatch, locks):
    progress = Progress(path)
    progress.add(Entry("note", answer=0))
    real = os.write

    def half(number: int, data: bytes) -> int:
        real(number, bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    progress.add(Entry("note", answer=1))
    progress.add(Entry("note", answer=2))
    assert "no room left on the disk" in progress.problem
    assert "2 entries are not saved yet" in progress.problem
    assert answers(progress) == [0, 1, 2]
    assert b'"answer": 2' in progress.as_bytes()
    assert not progress.restore(one_entry(9)).ok
    monkeypatch.setattr(os, "write", real)
    progress.add(Entry("note", answer=3))
    assert progress.problem is None
    assert answers(Progress(path)) == answers(progress) == [0, 1, 2, 3]
    # Where no lock makes it safe to cut the torn half off, it is closed, set aside and named.
    assert bool(progress.warnings) == (locks == "no locks")
    assert not list(path.parent.glob("*.tmp"))


def test_a_short_write_counts_as_full(path, monkeypatch):
    progress = Progress(path)
    real = os.write
    monkeypatch.setattr(os, "write", lambda number, data: real(number, bytes(data)[:10]))
    progress.add(Entry("note", answer=1))
    assert "no room" in progress.problem
    monkeypatch.setattr(os, "write", real)
    progress.add(Entry("note", answer=2))
    assert answers(Progress(path)) == [1, 2]


@posix
def test_a_real_limit_on_the_size_of_files(path):
    code = (
        "import resource, sys; from medialit.progress import Entry, Progress\n"
        "p = Progress(sys.argv[1]); p.add(Entry('note', answer=0))\n"
        "import os; limit = os.path.getsize(sys.argv[1]) + 40\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))\n"
        "p.add(Entry('note', answer=1)); print(p.problem)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "p.add(Entry('note', answer=2)); print(p.problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    full, fine = done.stdout.splitlines()
    assert "no room left" in full
    assert (fine, answers(Progress(path)), Progress(path).warnings) == ("None", [0, 1, 2], [])


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "no right"),
        (errno.EROFS, "no right"),
        (errno.EIO, "cannot be written"),
        (errno.ENOENT, "no folder"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named_and_the_answers_stay(path, monkeypatch, number, words):
    real = os.open

    def refuse(name, flags, *more, **named):
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(number, os.strerror(number))
        return real(name, flags, *more, **named)

    progress = Progress(path)
    monkeypatch.setattr(os, "open", refuse)
    progress.add(Entry("note", answer=1))
    assert words in progress.problem
    assert "unit.download()" in progress.problem
    assert answers(progress) == [1]
    report = progress.restore(one_entry(2))
    assert not report.ok
    assert "Nothing was restored" in str(report)
    monkeypatch.setattr(os, "open", real)
    progress.add(Entry("note", answer=3))
    assert answers(Progress(path)) == [1, 3]


@posix
def test_a_folder_that_is_really_read_only():
    code = (
        "import os, sys; from medialit.progress import Entry, Progress\n"
        "p = Progress(sys.argv[1]); p.add(Entry('note', answer=0))\n"
        "os.chmod(sys.argv[1], 0o444); os.chmod(os.path.dirname(sys.argv[1]), 0o555)\n"
        "os.geteuid() or os.setuid(65534)\n"  # permissions do not stop root
        "print(p.add(Entry('note', answer=1)).answer, len(p.entries()))\n"
        'print(p.problem); print(p.restore(b\'{"kind": "header", "format": 1}\').text)\n'
        "q = Progress(sys.argv[1]); print(len(q.entries()), q.problem)\n"
    )
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        path = Path(folder) / "my-progress.jsonl"
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        os.chmod(folder, 0o755)
        assert answers(Progress(path)) == [0]
    lines = done.stdout.splitlines()
    assert lines[0] == "1 2"
    assert "no right" in lines[1]
    assert "no right" in lines[2]
    assert lines[3] == "1 None"


def test_every_add_is_on_the_disk_before_it_returns_and_a_new_file_before_its_rename(path, monkeypatch):
    calls: list[str] = []
    for name in ("write", "fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, real=real, name=name: (real(*a), calls.append(name))[0])
    progress = Progress(path)
    progress.add(Entry("note", answer=1))
    assert calls[:2] == ["write", "fsync"]
    calls.clear()
    progress.add(Entry("note", answer=2))
    assert calls == ["write", "fsync"]
    calls.clear()
    progress.restore(one_entry(3))
    assert calls[:3] == ["write", "fsync", "replace"]


def test_a_damaged_line_that_cannot_be_copied_is_still_reported(path, monkeypatch):
    Progress(path).add(Entry("note", answer=1))
    with path.open("ab") as file:
        file.write(b"broken\n")

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(disk, "append_missing", refuse)
    progress = Progress(path)
    assert "Line 3 " in progress.warnings[0]
    assert "cannot be written" in progress.warnings[0]
    assert not progress.restore(one_entry(2)).ok  # a rewrite would drop the only copy of the line
    assert b"broken" in path.read_bytes()


@posix
def test_a_pipe_or_a_device_does_not_stop_the_notebook(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in (str(tmp_path / "pipe"), "/dev/full"):
        progress = Progress(name)
        progress.add(Entry("note", answer=1))
        assert "not an ordinary file" in progress.problem
        assert answers(progress) == [1]


@posix
def test_a_deleted_working_folder_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.delenv("MEDIALIT_PROGRESS", raising=False)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    progress = Progress.default()
    progress.add(Entry("note", answer=1))
    assert "no place to save" in progress.problem
    assert answers(progress) == [1]


def test_adding_and_restoring_work_on_every_sort_of_system(path, locks):
    one, two = Progress(path), Progress(path)
    one.add(Entry("note", answer=1))
    two.add(Entry("note", answer=2))
    assert str(one.restore(one_entry(3))) == "Restored 1 other entry."
    two.add(Entry("note", answer=4))
    assert sorted(answers(one)) == sorted(answers(two)) == sorted(answers(Progress(path))) == [1, 2, 3, 4]
    path.write_bytes(path.read_bytes()[:-5])
    Progress(path).add(Entry("note", answer=5))
    assert 5 in answers(one)
    assert len(one.entries()) == 4
    assert one.warnings


def test_without_locks_half_a_line_is_left_until_it_is_whole(path, monkeypatch):
    refuse_locks(monkeypatch)
    progress = Progress(path)
    progress.add(Entry("note", answer=1))
    line = progress.as_bytes().split(b"\n")[1].replace(b'"id": "', b'"id": "0')
    with path.open("ab") as file:
        file.write(line[:25])
    assert answers(progress) == [1]
    with path.open("ab") as file:
        file.write(line[25:] + b"\n")
    assert (answers(progress), progress.warnings) == ([1, 1], [])


@posix
def test_a_link_keeps_pointing_to_the_file(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "my-progress.jsonl").symlink_to(tmp_path / "real" / "kept.jsonl")
    progress = Progress(tmp_path / "my-progress.jsonl")
    progress.add(Entry("note", answer=1))
    progress.restore(one_entry(2))
    assert (tmp_path / "my-progress.jsonl").is_symlink()
    assert len(Progress(tmp_path / "real" / "kept.jsonl").entries()) == 2


def meanwhile(monkeypatch, name: str, act) -> None:
    """Let another notebook act once, right before our next call of a function of ``disk`` or ``os`` goes on."""
    owner = disk if name.startswith("_") else os
    real, waiting = getattr(owner, name), [act]

    def first(*given):
        if waiting:
            waiting.pop()()
        return real(*given)

    monkeypatch.setattr(owner, name, first)


@posix
def test_a_file_replaced_while_we_wait_for_it_is_opened_anew(path, monkeypatch):
    one, two = Progress(path), Progress(path)
    one.add(Entry("note", answer=1))
    one.entries()
    meanwhile(monkeypatch, "_lock", lambda: two.restore(one_entry(2)))
    one.add(Entry("note", answer=3))
    assert sorted(answers(Progress(path))) == [1, 2, 3]


def test_a_line_added_while_a_restore_waits_is_kept(path, monkeypatch):
    one, two = Progress(path), Progress(path)
    one.add(Entry("note", answer=1))
    monkeypatch.setattr(
        disk, "rewrite", lambda *given, real=disk.rewrite: (two.add(Entry("note", answer=2)), real(*given))
    )
    report = one.restore(one_entry(3))
    assert report.ok
    assert sorted(answers(Progress(path))) == [1, 2, 3]


def test_two_writes_at_the_same_moment_without_locks_both_stay(path, monkeypatch):
    refuse_locks(monkeypatch)
    one, two = Progress(path), Progress(path)
    one.add(Entry("note", answer=1))
    meanwhile(monkeypatch, "write", lambda: two.add(Entry("note", answer=2)))
    one.add(Entry("note", answer=3))
    assert (sorted(answers(Progress(path))), Progress(path).warnings) == ([1, 2, 3], [])


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(disk, "_PATIENCE", 0.05)
    monkeypatch.setattr(disk, "_PATIENCE_TO_READ", 0.05)


@posix
def test_a_lock_that_hangs_is_said_and_the_answer_waits(path, impatient):
    progress = Progress(path)
    progress.add(Entry("note", answer=1))
    hung = os.open(path, os.O_RDWR)
    disk.fcntl.flock(hung, disk.fcntl.LOCK_EX)
    before = path.read_bytes()
    progress.add(Entry("note", answer=2))
    assert path.read_bytes() == before
    assert "Another notebook is using my-progress.jsonl" in progress.problem
    assert "1 entry is not saved yet" in progress.problem
    assert answers(progress) == [1, 2]
    report = progress.restore(one_entry(3))
    assert not report.ok
    assert "Nothing was restored" in report.text
    assert answers(Progress(path)) == [1]  # looking back needs no turn
    os.close(hung)
    progress.add(Entry("note", answer=4))
    assert progress.problem is None
    assert answers(Progress(path)) == [1, 2, 4]


def added_while_another_restores(path: Path, monkeypatch, step: str) -> tuple[str | None, list[object]]:
    """Add a note while another notebook stands right before a step of its restore; what was said, what is there."""
    one, two, said = Progress(path), Progress(path), []
    one.add(Entry("note", answer=1))
    meanwhile(monkeypatch, step, lambda: (two.add(Entry("note", answer=2)), said.append(two.problem)))
    assert one.restore(one_entry(3)).ok
    found = sorted(answers(Progress(path)))
    two.add(Entry("note", answer=4))
    assert two.problem is None
    assert sorted(answers(Progress(path))) == [1, 2, 3, 4]
    return said[0], found


@pytest.mark.parametrize("step", ["_write_new", "replace", "_replace_when_closed", "_sync_folder"])
def test_what_is_confirmed_while_a_restore_takes_long_is_kept(path, monkeypatch, locks, impatient, step):
    if step == ("replace" if locks == "windows locks" else "_replace_when_closed"):
        pytest.skip("not a step of this system")
    said, found = added_while_another_restores(path, monkeypatch, step)
    assert (2 in found) == (said is None)
    assert (said is None) == (locks == "no locks" or (locks == "locks" and step == "_sync_folder"))


@posix
def test_a_stopped_notebook_that_holds_the_file_costs_nobody_an_answer(path, monkeypatch):
    """SIGSTOP in the middle of a restore: the other writer is told, and what waited is saved once it goes on."""
    code = (
        "import os, signal, sys; from medialit.progress import Entry, Progress, disk\n"
        "p = Progress(sys.argv[1]); other = Progress(); other.add(Entry('note', answer='restored'))\n"
        "real = disk._write_new\n"
        "def slow(*a): real(*a); print('stopped', flush=True); os.kill(os.getpid(), signal.SIGSTOP)\n"
        "disk._write_new = slow\n"
        "print(p.restore(other.as_bytes()).ok, flush=True)\n"
    )
    monkeypatch.setattr(disk, "_PATIENCE", 0.3)
    progress = Progress(path)
    progress.add(Entry("note", answer=1))
    child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "stopped\n"
    try:
        progress.add(Entry("note", answer=2))
        said = progress.problem
    finally:
        child.send_signal(signal.SIGCONT)
    assert child.stdout.readline() == "True\n"
    child.wait()
    assert "has not let go" in said
    progress.add(Entry("note", answer=3))
    assert sorted(map(str, answers(Progress(path)))) == ["1", "2", "3", "restored"]


@posix
def test_what_could_not_be_saved_is_tried_again_when_the_notebook_is_closed(path):
    code = (
        "import fcntl, os, sys; from medialit.progress import Entry, Progress, disk\n"
        "disk._PATIENCE = 0.05\n"
        "p = Progress(sys.argv[1]); p.add(Entry('note', answer=1))\n"
        "hung = os.open(sys.argv[1], os.O_RDWR); fcntl.flock(hung, fcntl.LOCK_EX)\n"
        "p.add(Entry('note', answer=2)); print(p.problem); os.close(hung)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert "1 entry is not saved yet" in done.stdout
    assert (done.stderr, answers(Progress(path))) == ("", [1, 2])


def test_a_file_replaced_under_a_writer_without_locks_gets_the_line_too(path, monkeypatch):
    refuse_locks(monkeypatch)
    one, two = Progress(path), Progress(path)
    one.add(Entry("note", answer=1))
    meanwhile(monkeypatch, "_append", lambda: two.restore(one_entry(2)))
    one.add(Entry("note", answer=3))
    assert one.problem is None
    assert sorted(answers(Progress(path))) == [1, 2, 3]
