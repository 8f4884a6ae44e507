"""Worker processes on this machine. One that dies costs only the submission it had, and that one is tried again."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

TRIES = 2
LIMIT = 300.0  # seconds for one submission, with all its notebooks
START = 300.0  # seconds until a worker has loaded what it needs, on a machine with much else to do
_READY = "ready"


class _Fault(str):
    """Why the work on one item failed."""

    __slots__ = ()


@dataclass(eq=False)
class _Worker:
    process: Any
    pipe: Connection
    task: tuple[Any, int] | None = None  # what it works on, and how often that was tried before
    since: float = 0.0
    ready: bool = False  # it has said that it is loaded: only then its time counts


def spread(
    work: Callable[[Any], Any],
    items: Iterable[Any],
    jobs: int,
    failed: Callable[[Any, str], Any],
    limit: float = LIMIT,
) -> Iterator[Any]:
    """``work(item)`` for every item, in any order. ``items`` is read as slowly as it is worked off.

    ``work`` must be importable. When the workers of an item die or take longer than ``limit`` seconds, twice, its
    result is ``failed(item, why)``.
    """
    waiting = iter(items)
    again: deque[tuple[Any, int]] = deque()
    workers: list[_Worker] = []

    def following() -> tuple[Any, int] | None:
        return again.popleft() if again else next(((item, 0) for item in waiting), None)

    try:
        while True:
            while len(workers) < jobs or any(worker.task is None for worker in workers):
                task = following()
                if task is None:
                    break
                worker = next((worker for worker in workers if worker.task is None), None)
                if worker is None:
                    worker = _start(work)
                    workers.append(worker)
                _hand(worker, task)
            busy = [worker for worker in workers if worker.task]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy], timeout=1.0)
            for worker in list(workers):
                if worker.task is None:
                    continue
                late = time.monotonic() - worker.since > (limit if worker.ready else START)
                if worker.pipe not in ready and not late:
                    continue
                item, tried = worker.task
                try:
                    if late and worker.pipe not in ready:
                        raise TimeoutError
                    result = worker.pipe.recv()
                    if not worker.ready:
                        worker.ready, worker.since = True, time.monotonic()
                        continue
                except (EOFError, ConnectionError, TimeoutError) as error:
                    _stop(worker)
                    workers.remove(worker)
                    if tried + 1 < TRIES and not isinstance(error, TimeoutError):
                        again.append((item, tried + 1))
                    else:
                        why = f"took longer than {limit:.0f} seconds" if late else "made its grader stop, twice"
                        if late and not worker.ready:
                            why = f"waited {START:.0f} seconds for its grader to start"
                        yield failed(item, f"This submission {why}. It was not graded.")
                else:
                    worker.task = None
                    # Before the result is written down, so that the worker need not wait for that.
                    if task := following():
                        _hand(worker, task)
                    yield failed(item, str(result)) if isinstance(result, _Fault) else result
    finally:
        for worker in workers:
            _stop(worker)


def _start(work: Callable[[Any], Any]) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs), daemon=False)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _hand(worker: _Worker, task: tuple[Any, int]) -> None:
    worker.task, worker.since = task, time.monotonic()
    # It may have died while it was idle: then the pipe is at its end, and reading from it says so.
    with suppress(OSError, ValueError):
        worker.pipe.send(task[0])


def _stop(worker: _Worker) -> None:
    idle = worker.task is None
    worker.pipe.close()
    if idle:
        worker.process.join(5)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join(5)


def _serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    """Work until the pipe ends, which it also does when the parent is killed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    with suppress(OSError):
        pipe.send(_READY)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = work(item)
        except Exception as error:
            result = _Fault(f"It could not be graded ({type(error).__name__}: {str(error)[:200]}).")
        try:
            pipe.send(result)
        except OSError:
            return
