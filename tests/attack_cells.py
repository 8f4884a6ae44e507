"""What the attack suite tries, each as a cell that stands behind one honest answer in a notebook of its own.

``attempt(name, action)`` notes that something was tried, and what it got when it got through. ``report()`` hands the
notes in as an answer that can earn nothing. Names in capitals are filled in by ``test_attacks.py``. A cell that does not
live to report has a line ``# says:`` with words that the problem line of its submission must hold.
"""

from __future__ import annotations

from typing import NamedTuple

HELPERS = r"""
tried, got = [], []
def attempt(name, action):
    tried.append(name)
    try:
        found = action()
    except BaseException:
        return
    got.append([name, repr(found)[:120]])
def report():
    unit.check("1.5", {"tried": len(tried), "got": got})
def libc(name, *arguments):
    import ctypes
    made = ctypes.CDLL(None, use_errno=True)
    found = getattr(made, name)(*arguments)
    if found < 0:
        raise OSError(ctypes.get_errno(), name)
    return found
def call(number, *arguments):
    import ctypes
    return libc("syscall", ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
"""

# A look at all memory that can be reached, page by page. ``needles`` are written backwards and with every byte turned,
# so that the search does not find itself.
SCAN = r"""
import ctypes, gc, os
def memory(needles):
    turned = bytes(255 - n for n in range(256))
    made = ctypes.CDLL(None, use_errno=True)
    inside, outside = os.pipe()
    size = 1 << 16
    end = made.sbrk
    end.restype = ctypes.c_void_p
    top = end(0)
    places = {id(thing) >> 26 for thing in gc.get_objects()} | {id(text) >> 26 for text in list(globals())}
    spans = [(number << 26, (number + 1) << 26) for number in places]
    spans.append((top - (1 << 27), top))
    found = set()
    for low, high in spans:
        place, tail = low & ~4095, b""
        while place < high:
            # The kernel says which addresses hold nothing.
            taken = made.write(outside, ctypes.c_void_p(place), ctypes.c_size_t(size))
            if taken <= 0:
                place, tail = place + 4096, b""
                continue
            part = os.read(inside, taken)[::-1].translate(turned)
            whole = part + tail
            found.update(name for name, needle in needles.items() if needle in whole)
            place, tail = place + taken, part[:300]
    return sorted(found)
"""

CELLS = r"""
### reads: the key by its path
for path in KEYS:
    attempt(path, lambda: open(path).read(9))
    attempt("list " + path, lambda: __import__("os").listdir(path.rpartition("/")[0]))
report()

### reads: the key through a link of its own
import os
for number, path in enumerate(KEYS):
    attempt("link", lambda: (os.symlink(path, f"l{number}"), open(f"l{number}").read(9)))
    attempt("hard link", lambda: os.link(path, f"h{number}"))
    attempt("folder", lambda: (os.symlink(os.path.dirname(path), f"d{number}"), os.listdir(f"d{number}")))
report()

### reads: the key by a folder that is open already
import os
for path in KEYS:
    held = os.open(os.path.dirname(path), os.O_PATH)
    attempt("by folder", lambda: os.open(os.path.basename(path), os.O_RDONLY, dir_fd=held))
    whole = os.open(path, os.O_PATH)
    attempt("by path only", lambda: os.read(whole, 9))
    attempt("by copy", lambda: os.read(os.dup(whole), 9))
    attempt("by memory", lambda: __import__("mmap").mmap(whole, 9, prot=1))
    attempt("by self", lambda: open(f"/proc/self/fd/{whole}").read(9))
os.chdir(os.path.dirname(KEYS[0]))
attempt("from there", lambda: open(os.path.basename(KEYS[0])).read(9))
report()

### reads: the key by its number on the disk
import ctypes
handle = ctypes.create_string_buffer(152)
ctypes.memmove(handle, (128).to_bytes(4, "little"), 4)
attempt("name to handle", lambda: call(303, -100, ctypes.c_char_p(KEYS[0].encode()), handle, ctypes.byref(ctypes.c_int()), 0))
attempt("open by handle", lambda: call(304, -100, handle, 0))
report()

### reads: the key by the system's own doors
for path in ("/proc/self/root" + KEYS[0], f"/proc/{PARENT}/root" + KEYS[0], "/proc/self/cwd/../.." + KEYS[0]):
    attempt(path, lambda: open(path).read(9))
attempt("names", lambda: __import__("os").listdir("/proc"))
attempt("root", lambda: __import__("os").listdir("/"))
attempt("home", lambda: __import__("os").listdir("/root"))
attempt("passwords", lambda: open("/etc/passwd").read(9))
report()

### reads: the key from the kit's own modules
import importlib
for name in ("medialit.case", "medialit.case.load", "medialit.exercises.registry", "medialit.exercises.quiz",
             "medialit.exercises.attributions", "medialit.classroom.items", "medialit.classroom.scorer", "medialit.units"):
    attempt(name, lambda: importlib.import_module(name))
attempt("load", lambda: __import__("medialit").load_case("missile-tests").quotes)
attempt("answer", lambda: unit.tasks["1.2"].answer())
attempt("gold", lambda: unit.case.claim_gold)
attempt("right", lambda: [option.right for option in unit.questions["q1"].options][0] or 1 / 0)
report()

### reads: every object in memory
import gc
gc.unfreeze()
names = {"Quote", "CaseQuote", "Claim", "Choice", "OneQuestion", "AnswerKey", "Items", "EvidenceCard", "Framing"}
for thing in gc.get_objects():
    tried.append("object")
    try:
        if type(thing).__name__ in names:
            got.append(type(thing).__name__)
    except BaseException:
        pass
report()

### reads: all memory for the key
tried.append("memory")
got += [name for name in memory(NEEDLES) if name != "control"]
assert "control" in memory({"control": NEEDLES["control"]}), "the search finds nothing at all"
report()

### reads: what the notebook before it left in memory
tried.append("memory")
got += memory({"neighbour": MARK})
report()

### reads: the frames that called it
import sys
frame = sys._getframe()
while frame:
    for name, value in list(frame.f_locals.items()):
        tried.append(name)
        if name in ("nursery", "self"):
            attempt("line", lambda: value.line.send(b"x"))
            attempt("line number", lambda: __import__("os").fstat(value.line.fileno()))
    frame = frame.f_back
report()

### reads: the scorer's memory
import ctypes
for name in ("mem", "maps", "environ", "cmdline", "status", "fd", "fd/0", "root", "auxv", "task"):
    attempt(name, lambda: open(f"/proc/{PARENT}/{name}", "rb").read(1))
    attempt("own " + name, lambda: open(f"/proc/self/{name}", "rb").read(1) or 1 / 0)
class Part(ctypes.Structure):
    _fields_ = [("at", ctypes.c_void_p), ("size", ctypes.c_size_t)]
room = ctypes.create_string_buffer(64)
mine, theirs = Part(ctypes.addressof(room), 64), Part(0x400000, 64)
attempt("readv", lambda: libc("process_vm_readv", PARENT, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0))
attempt("writev", lambda: libc("process_vm_writev", PARENT, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0))
attempt("ptrace", lambda: libc("ptrace", 16, PARENT, 0, 0))
attempt("kcmp", lambda: call(312, PARENT, PARENT, 0, 0, 0))
attempt("pidfd", lambda: call(434, PARENT, 0))
report()

### reads: the environment
import os
for name, value in os.environ.items():
    tried.append(name)
    if "SECRET" in name or "SECRET" in value:
        got.append(name)
attempt("by C", lambda: __import__("ctypes").c_char_p.in_dll(__import__("ctypes").CDLL(None), "environ").value or 1 / 0)
got[:] = [one for one in got if "SECRET" in str(one)]
report()

### reads: another submission
import glob, os
for path in (NEIGHBOUR, NEIGHBOUR.rpartition("/")[0], GRADEBOOK):
    attempt(path, lambda: open(path).read(9))
    attempt("list", lambda: os.listdir(os.path.dirname(path)))
attempt("temporary", lambda: os.listdir("/tmp"))
attempt("up", lambda: os.listdir(".."))
attempt("glob", lambda: glob.glob("/tmp/**/*.ipynb", recursive=True)[0])
report()

### cheats: an object that equals everything
class All(list):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 1
    __len__ = lambda self: 9
    __contains__ = lambda self, other: True
    __iter__ = lambda self: iter([self])
class Word(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__
class Number(int):
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: True
    __hash__ = int.__hash__
for thing in (All(), Word("zz"), Number(987654), type("Any", (), {"__eq__": lambda s, o: True, "__class__": property(lambda s: dict)})()):
    for task in OTHERS:
        attempt(task, lambda: unit.check(task, thing) and None)
        attempt(task, lambda: unit.quiz().answer(task, thing) and None)
got.clear()
report()

### cheats: a check of its own
import medialit, sys
for name in list(sys.modules):
    if name.endswith("standin"):
        stand = sys.modules[name].UnitStand
        real = stand._hand_in
        stand._hand_in = lambda self, task, answer, door, sure: real(self, task, {"score": 1.0, "outcome": "passed"}, door, sure)
        for task in OTHERS:
            unit.check(task, [1])
        stand._hand_in = real
medialit.open_unit = lambda *_, **__: type("U", (), {"check": lambda *_: "✓ Passed"})()
medialit.open_unit("quotes").check("1.1", 1)
tried.append("done")
report()

### cheats: other builtins and another json
import builtins, json
kept = builtins.isinstance, builtins.len, json.dumps, json.loads
builtins.isinstance = lambda *_: True
builtins.len = lambda *_: 0
json.dumps = lambda *_, **__: '{"unit": "quotes", "case": "missile-tests", "task": "1.1", "score": 1.0, "outcome": "passed", "answer": 1}'
json.loads = lambda *_, **__: {"score": 1}
for task in OTHERS:
    try:
        unit.check(task, {})
    except BaseException:
        pass
builtins.isinstance, builtins.len, json.dumps, json.loads = kept
tried.append("done")
report()

### cheats: a scorer of its own
import sys, types
for name in ("medialit.classroom.scorer", "medialit.classroom.items", "medialit.exercises.task", "medialit.scoring.spans"):
    fake = types.ModuleType(name)
    fake.score = fake.score_spans = fake.check_answer = lambda *_, **__: 1.0
    sys.modules[name] = fake
for task in OTHERS:
    unit.check(task, [])
tried.append("done")
report()

### cheats: forged records on every open file
import json, os
for task in OTHERS:
    row = {"unit": "quotes", "case": "missile-tests", "task": task, "score": 1.0, "outcome": "passed", "answer": None,
           "learner": "ana", "kind": "grade", "max_score": 1.0, "version": "1"}
    for number in range(3, 64):
        try:
            os.write(number, json.dumps(row).encode() + b"\n")
        except OSError:
            pass
tried.append("done")
report()

### cheats: a record for another learner, unit and story
import json, os
def say(data):
    for number in range(3, 64):
        try:
            os.write(number, data if isinstance(data, bytes) else json.dumps(data).encode() + b"\n")
        except OSError:
            pass
for unit_ in ("claims", "nothing", "../quotes", "test-after"):
    say({"unit": unit_, "case": "/etc", "task": "2.2", "answer": {"score": 1}, "learner": "ana"})
tried.append("done")
report()

### cheats: lines that are no JSON, or JSON that is no line
import os
lines = [b"[" * 90_000, b'{"a":' * 20_000, b"\xff\xfe\x00", b"null", b'"text"', b"1e999", b"-" * 9,
         b'{"unit":"quotes","case":"missile-tests","task":"1.1","answer":NaN}',
         b'{"unit":"quotes","case":"missile-tests","task":"1.3","answer":1e999}',
         b'{"unit":"quotes","case":"missile-tests","task":"1.1","answer":' + b"9" * 9000 + b"}",
         b'{"unit":"quotes","case":"missile-tests","task":["1.1"],"answer":1}',
         b'{"unit":"quotes","task":"1.1","task":"1.2","case":"missile-tests","answer":{"__class__":"Result","score":1}}',
         b'{"end":-1,"output":-9,"faults":[[1,"x"],7,null],"failed":"many"}', b'{"end":null,"faults":{"a":1}}',
         b"cos\nsystem\n(S'touch CANARY.pickle'\ntR.", b"\x80\x04\x95 touch", b"!!python/object/apply:os.system [touch CANARY.yaml]"]
for line in lines:
    for number in range(3, 64):
        try:
            os.write(number, line + b"\n")
        except OSError:
            pass
tried.append("done")
report()

### cheats: a hundred thousand answers to names it made up
# says: Answers to what this course does not hold
import os
for start in range(0, 40_000, 500):
    rows = "".join('{"unit":"u%d","case":"c","task":"t","answer":1}\n' % n for n in range(start, start + 500))
    for number in range(3, 8):
        try:
            os.write(number, rows.encode())
        except OSError:
            pass

### cheats: words that would upset a terminal or a page
# says: Cell 4 stopped
raise ValueError("\x1b]0;owned\x07\x1b[2J\r\n<script>alert(1)</script>\u202e\ud800" * 50)

### cheats: an answer that is not what it says it is
class Sly(dict):
    def items(self):
        raise SystemExit
    keys = values = __iter__ = items
class Loud:
    def __repr__(self):
        raise KeyboardInterrupt
    __str__ = __reduce__ = __getstate__ = __repr__
for thing in (Sly(a=1), Loud(), type, print, lambda: 1, iter([]), b"x", 1j, {1: 2}, {(1,): 2}, {"a": {"b": Loud()}}):
    attempt("odd", lambda: unit.check("1.5", thing) and None)
loop = []
loop.append(loop)
attempt("loop", lambda: unit.check("1.5", loop) and None)
got.clear()
report()

### writes: the gradebook
import sqlite3
attempt("sql", lambda: sqlite3.connect(GRADEBOOK).execute("UPDATE grades SET score = 1"))
for way in ("w", "a", "r+"):
    attempt(way, lambda: open(GRADEBOOK, way))
report()

### writes: a file outside
import os, shutil
for way in ("w", "a", "r+", "x"):
    attempt(way, lambda: open("CANARY", way))
attempt("cut", lambda: os.truncate("CANARY", 0))
attempt("remove", lambda: os.remove("CANARY"))
attempt("rename", lambda: os.rename("CANARY", "CANARY.x"))
attempt("over", lambda: (open("mine", "w").close(), os.rename("mine", "CANARY")))
attempt("link", lambda: os.link("mine", "CANARY.y"))
attempt("symlink", lambda: os.symlink("mine", "CANARY.z"))
attempt("through a link", lambda: (os.symlink("CANARY", "c"), open("c", "w")))
attempt("folder", lambda: os.mkdir("CANARY.d"))
attempt("mode", lambda: os.chmod("CANARY", 0))
attempt("owner", lambda: os.chown("CANARY", 0, 0))
attempt("times", lambda: os.utime("CANARY", (1, 1)))
attempt("names", lambda: os.setxattr("CANARY", "user.x", b"y"))
attempt("pipe", lambda: os.mkfifo("CANARY.p"))
attempt("all", lambda: shutil.rmtree(os.path.dirname("CANARY")))
report()

### writes: the shared temporary folders
import os
for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/root", "..", "/"):
    attempt(place, lambda: open(os.path.join(place, "medialit-was-here"), "w"))
attempt("queue", lambda: libc("mq_open", b"/medialit", 0o102, 0o600, None))
attempt("shared memory", lambda: libc("shmget", 0x1234, 4096, 0o1666))
attempt("file in memory", lambda: libc("memfd_create", b"x", 0))
report()

### writes: the kit and the libraries
import os, medialit, numpy, sys
for path in (medialit.__file__, numpy.__file__, os.__file__, *(os.path.join(p, "x.pth") for p in sys.path if p)):
    attempt(path, lambda: open(path, "a"))
    attempt("remove", lambda: os.remove(path))
report()

### writes: another folder system, another root
import ctypes
attempt("mount", lambda: libc("mount", b"none", b".", b"tmpfs", 0, None))
attempt("unmount", lambda: libc("umount2", b".", 2))
attempt("root", lambda: __import__("os").chroot("."))
attempt("pivot", lambda: call(155, ctypes.c_char_p(b"."), ctypes.c_char_p(b".")))
for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x02000000):
    attempt("unshare", lambda: libc("unshare", flag))
attempt("enter", lambda: libc("setns", 0, 0))
attempt("new mount", lambda: call(428, -100, ctypes.c_char_p(b"/"), 1))
report()

### rights: more of them
import os, resource
for number in (0, 1000):
    attempt("user", lambda: os.setuid(number) if os.getuid() != number else 1 / 0)
    attempt("user", lambda: os.setresuid(number, number, number) if os.getuid() != number else 1 / 0)
attempt("groups", lambda: os.setgroups([0]))
for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
    most = resource.getrlimit(kind)[1]
    attempt("limit", lambda: resource.setrlimit(kind, (most + 1, most + 1)))
attempt("limit of the scorer", lambda: resource.prlimit(PARENT, resource.RLIMIT_CPU, (1, 1)))
attempt("priority", lambda: os.setpriority(os.PRIO_PROCESS, PARENT, 19))
attempt("processors", lambda: os.sched_setaffinity(PARENT, {0}))
attempt("dumpable", lambda: libc("prctl", 4, 1, 0, 0, 0))
attempt("no filter", lambda: libc("prctl", 22, 0, 0, 0, 0))
attempt("keys", lambda: call(250, 0, 0))
attempt("bpf", lambda: call(321, 0, 0, 0))
attempt("reboot", lambda: call(169, 0xFEE1DEAD, 672274793, 0))
report()

### network: IPv4
import socket
attempt("socket", lambda: socket.socket(socket.AF_INET).connect(("127.0.0.1", PORT)))
attempt("connection", lambda: socket.create_connection(("127.0.0.1", PORT), 1))
attempt("datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"key", ("127.0.0.1", PORT)))
attempt("server", lambda: socket.create_server(("0.0.0.0", 0)))
attempt("page", lambda: __import__("urllib.request").request.urlopen("http://127.0.0.1:%d" % PORT, timeout=1))
report()

### network: IPv6
import socket
attempt("socket", lambda: socket.socket(socket.AF_INET6).connect(("::1", PORT)))
attempt("datagram", lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"key", ("::1", PORT)))
report()

### network: Unix sockets
import socket
attempt("path", lambda: socket.socket(socket.AF_UNIX).connect("CANARY.sock"))
attempt("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\0medialit-canary"))
attempt("datagram", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"key", "CANARY.sock"))
attempt("pair", lambda: socket.socketpair())
report()

### network: names
import socket
for name in ("localhost", "example.org"):
    attempt(name, lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"q", (name, 53)))
attempt("hosts", lambda: open("/etc/hosts").read())
attempt("resolver", lambda: open("/etc/resolv.conf").read())
report()

### network: raw, packet, netlink, ring
import ctypes, socket
for family in range(1, 46):
    for kind in (1, 2, 3, 5):
        attempt("socket", lambda: libc("socket", family, kind, 0))
attempt("ring", lambda: call(425, 8, ctypes.create_string_buffer(120)))
attempt("asynchronous", lambda: call(206, 8, ctypes.create_string_buffer(8)))
report()

### processes: every way to make one
import ctypes, os, subprocess, multiprocessing
attempt("fork", lambda: os.fork() or os._exit(0))
attempt("forkpty", lambda: os.forkpty())
attempt("run", lambda: subprocess.run(["/bin/sh", "-c", "touch CANARY.made"]))
attempt("spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
attempt("execute", lambda: os.execv("/bin/true", ["true"]))
attempt("shell", lambda: os.system("touch CANARY.made") and 1 / 0)
attempt("vfork", lambda: call(58))
attempt("bare fork", lambda: call(57) or os._exit(0))
attempt("clone", lambda: call(56, 17, 0, 0, 0, 0) or os._exit(0))
attempt("clone with vfork", lambda: call(56, 0x4111, 0, 0, 0, 0) or os._exit(0))
attempt("clone3", lambda: call(435, ctypes.create_string_buffer(64), 64) or os._exit(0))
attempt("execute by file", lambda: call(322, os.open("/usr/lib", os.O_PATH), ctypes.c_char_p(b""), 0, 0, 0x1000))
attempt("pool", lambda: multiprocessing.get_context("fork").Process(target=print).start())
report()

### processes: a fork bomb
import os
for _ in range(2000):
    attempt("fork", lambda: os.fork())
report()

### signals: to the scorer, the nursery and everybody
import os, signal
for number in (PARENT, os.getppid(), 0, -1, -PARENT, 1, -os.getppid()):
    # Everybody is only asked whether a signal would arrive.
    for sign in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGINT, 0) if number not in (-1, 1) else (0,):
        attempt("kill", lambda: os.kill(number, sign))
        attempt("thread", lambda: call(234, number, number, int(sign)))
        attempt("queue", lambda: call(129, number, int(sign), 0))
attempt("group", lambda: os.killpg(os.getppid(), signal.SIGKILL))
attempt("owner", lambda: __import__("fcntl").fcntl(3, 8, PARENT))
report()

### floods: threads
import threading, time
def wait():
    time.sleep(1e6)
try:
    while True:
        threading.Thread(target=wait, daemon=True).start()
        tried.append("thread")
        if len(tried) > 500:
            got.append("more than 500 threads")
            break
except BaseException:
    pass
report()

### floods: memory
held = []
try:
    while True:
        held.append(bytearray(20_000_000))
        tried.append("block")
        if len(held) > 100:
            got.append("more than 2 GB")
            break
except MemoryError:
    pass
del held
report()

### floods: memory by mapping
import mmap
held = []
try:
    while True:
        held.append(mmap.mmap(-1, 64_000_000))
        tried.append("map")
        if len(held) > 50:
            got.append("more than 3 GB")
            break
except BaseException:
    pass
report()

### floods: one huge file
try:
    with open("big", "wb", buffering=0) as file:
        for _ in range(200):
            tried.append("MB")
            file.write(b"x" * 1_000_000)
    got.append("200 MB in one file")
except OSError:
    pass
report()

### floods: many files
size = 0
try:
    for number in range(40):
        with open(f"f{number}", "wb", buffering=0) as file:
            for _ in range(15):
                tried.append("MB")
                size += file.write(b"x" * 1_000_000)
except OSError:
    pass
if size > 120_000_000:
    got.append(size)
report()

### floods: a hundred thousand tiny files
import os
made = 0
try:
    for number in range(100_000):
        os.mkdir(f"d{number}")
        made += 1
except OSError:
    pass
tried.append("folders")
if DISK and made > 5000:
    got.append(made)
report()

### floods: folders without end and without rights
import os
os.mkdir("shut", 0)
os.mkdir("odd\n\x1b[2J", 0o300)
open("odd\n\x1b[2J/left", "w").write("left behind")
try:
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
        tried.append("folder")
except OSError:
    pass
report()

### floods: output
import sys
try:
    for _ in range(200):
        tried.append("MB")
        sys.stdout.write("x" * 1_000_000)
    got.append("200 MB")
except BaseException:
    pass
report()

### floods: answers
# says: handed in more than 4 MB and was stopped
import os
for _ in range(100):
    for number in range(3, 64):
        try:
            os.write(number, b"x" * 1_000_000)
        except OSError:
            pass

### floods: open files
held = []
try:
    for _ in range(5000):
        held.append(open("/dev/null"))
        tried.append("file")
    got.append("5,000 open files")
except OSError:
    pass
del held
report()

### loops: in Python
# says: took too long|stopped
# short
while True:
    pass

### loops: in C
# says: stopped
# short
import itertools
sum(itertools.repeat(0))

### loops: in a pattern
# says: took too long|stopped
# short
import re
re.match(r"(a|a)+$", "a" * 60 + "b")

### loops: that swallow every interruption
# says: stopped
# short
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

### loops: that wait for ever
# says: ran longer than
# short
import time
while True:
    try:
        time.sleep(1e6)
    except BaseException:
        pass

### loops: with every signal shut out
# says: stopped
# short
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except BaseException:
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
signal.setitimer(signal.ITIMER_PROF, 0)
while True:
    pass

### loops: in the last breath of an object
# short
class Last:
    def __del__(self):
        tried.append("end")
        while True:
            pass
Last()
report()

### loops: at exit
import atexit, os, threading
def forever():
    while True:
        pass
atexit.register(forever)
keep = type("Keep", (), {"__del__": lambda self: forever()})()
tried.append("done")
report()

### loops: where the process should end
# says: stopped
import os, sys
os._exit = sys.exit = lambda *_: None
import medialit.classroom.jail.child as child
child.READY = b""
import atexit
def forever():
    while True:
        pass
atexit.register(forever)

### loops: in a thread that outlives the notebook
import threading
def forever():
    while True:
        pass
threading.Thread(target=forever).start()
tried.append("thread")
report()

### ends: without a word
# says: ended itself before its last cell
import os
os._exit(0)

### ends: with a crash
# says: crashed
import ctypes
ctypes.string_at(0)

### ends: with a crash of the stack
# says: stopped
# short
import sys
sys.setrecursionlimit(10**9)
def down(n):
    return [down(n + 1)]
down(0)

### ends: by stopping itself
# says: ran longer than
# short
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)

### ends: with the line to the scorer closed
# says: stopped|ended itself
# short
import os
os.closerange(0, 64)
while True:
    pass

### ends: as a call of an old kind
# says: crashed
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(b"\xb8\x02\x00\x00\x00\xcd\x80\xc3")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
"""


class Attack(NamedTuple):
    """What is run, what the problem line must hold (a pattern, or nothing), and whether little time is given."""

    code: str
    says: str
    short: bool


def attacks() -> dict[str, Attack]:
    """Every attack by its name."""
    found = {}
    for part in CELLS.split("\n### ")[1:]:
        name, _, code = part.partition("\n")
        lines = code.splitlines()
        says = next((line[8:].strip() for line in lines if line.startswith("# says:")), "")
        found[name.strip()] = Attack(code.strip(), says, "# short" in lines)
    return found
