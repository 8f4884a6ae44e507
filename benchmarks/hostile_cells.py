"""What hostile notebooks of the made-up class try. Each attack stands in a cell after one honest answer.

CANARY, ROOT, PORT, TASKS and UNIT are filled in. ``TASKS[0]`` is answered honestly; no other task may earn a point.
"""

from __future__ import annotations

from pathlib import Path

ATTACKS = r"""
### an object that says it equals every key
class All(list):
    __eq__ = lambda self, other: True
    __hash__ = lambda self: 1
    __len__ = lambda self: 9
for task in TASKS[1:]:
    unit.check(task, All())

### the key, from the task itself
for task in TASKS[1:]:
    try:
        unit.check(task, unit.tasks[task].answer())
    except BaseException:
        pass

### the key, from the case
for name in ("quotes", "claim_gold", "claims", "evidence", "voices"):
    try:
        found = getattr(unit.case, name)
        unit.check(TASKS[0], [quote.content for quote in found])
        unit.check(TASKS[1], {quote.id: {"who": quote.source, "verb": quote.cue_text, "kind": quote.type} for quote in found})
    except BaseException:
        pass

### the key, from memory
import gc
for thing in gc.get_objects():
    try:
        if type(thing).__name__ in ("Quote", "CaseQuote", "Claim", "Choice"):
            unit.check(TASKS[1], {thing.id: {"who": thing.speaker, "verb": thing.cue, "kind": thing.type}})
    except BaseException:
        pass

### the key, from the disk
import glob
for path in glob.glob("ROOT/**/*", recursive=True):
    try:
        text = open(path).read()
        if "solution" in path or "quotes" in path:
            exec(text)
    except BaseException:
        pass

### a changed scorer
import medialit.exercises.task as module
from medialit.exercises.records import Outcome, Result
module.Task.check = lambda self, answer: Result(Outcome.PASSED, 1.0, "x")
for task in TASKS[1:]:
    unit.check(task, [1])

### changed builtins and json
import builtins, json
builtins.isinstance = lambda *_: True
builtins.len = lambda *_: 0
json.dumps = lambda *_, **__: '{"score": 1.0, "outcome": "passed"}'
for task in TASKS[1:]:
    unit.check(task, {})

### a forged score
for task in TASKS[1:]:
    unit.submit(task, {"score": 1.0, "outcome": "passed"})
    print('{"task": "%s", "score": 1.0, "outcome": "passed"}' % task)

### a record of its own on every open file
import json, os
row = {"unit": "UNIT", "case": "missile-tests", "task": TASKS[1], "score": 1.0, "outcome": "passed", "answer": 1}
for number in range(3, 64):
    try:
        os.write(number, json.dumps(row).encode() + b"\n")
    except OSError:
        pass

### everybody's files near the canary
import pathlib
for path in [pathlib.Path("CANARY"), *pathlib.Path("CANARY").parent.rglob("*")]:
    try:
        path.write_bytes(b"gone")
    except BaseException:
        pass

### a file outside
for way in ("w", "a", "r+"):
    try:
        open("CANARY", way).write("gone")
    except BaseException:
        pass

### the network
import socket
for kind, place in ((socket.AF_INET, ("127.0.0.1", PORT)), (socket.AF_INET6, ("::1", PORT)), (socket.AF_UNIX, "CANARY.sock")):
    try:
        line = socket.socket(kind)
        line.settimeout(1)
        line.connect(place)
        line.send(b"key")
    except BaseException:
        pass

### another process
import os, subprocess
for go in (
    lambda: subprocess.run(["touch", "CANARY.made"]),
    lambda: os.system("touch CANARY.made"),
    lambda: os.fork() or os._exit(0),
):
    try:
        go()
    except BaseException:
        pass

### signals to whoever is near
import os, signal
for number in {os.getppid(), *range(max(2, os.getpid() - 30), os.getpid())}:
    try:
        os.kill(number, signal.SIGKILL)
    except BaseException:
        pass

### memory without end
held = []
try:
    while True:
        held.append(bytearray(50_000_000))
except MemoryError:
    pass

### threads without end
import threading, time
try:
    while True:
        threading.Thread(target=time.sleep, args=(1e6,), daemon=True).start()
except BaseException:
    pass

### output without end
import sys
for _ in range(200):
    sys.stdout.write("x" * 1_000_000)

### a disk full of nothing
try:
    with open("big", "wb") as file:
        for _ in range(500):
            file.write(b"x" * 1_000_000)
except OSError:
    pass

### a way out that skips every handler
import os
os._exit(0)

### a loop without end
while True:
    pass
"""


def attacks(unit: str, tasks: list[str], canary: Path, root: Path, port: int) -> dict[str, str]:
    """Name and code of every attack."""
    filled = ATTACKS
    known = {"CANARY": canary, "ROOT": root, "PORT": port, "TASKS": tasks, "UNIT": unit}
    for name, value in known.items():
        filled = filled.replace(name, str(value))
    parts = (part.partition("\n") for part in filled.split("### ")[1:])
    return {name.strip(): code.strip() for name, _, code in parts}
