"""Worker processes on this machine. One that dies costs only the submission it had."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 2  # items a worker that are read before their turn: the parent never holds a whole class


def spread(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, lost: Callable[[Item], Result]
) -> Iterator[Result]:
    """``work(item)`` for every item, in any order. ``items`` is read as slowly as it is worked off.

    ``work`` must be importable and must not raise. An item whose worker dies twice has the result ``lost(item)``.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    left = iter(items)
    more = True
    while more:
        waiting: dict[Future[Result], Item] = {}
        with _pool(jobs) as pool:
            try:
                for item in left:
                    try:
                        waiting[pool.submit(work, item)] = item
                    except BrokenProcessPool:
                        waiting[Future()] = item
                        raise
                    if len(waiting) >= AHEAD * jobs:
                        yield from _finished(waiting)
                while waiting:
                    yield from _finished(waiting)
                more = False
            except BrokenProcessPool:
                pass
        for item in waiting.values():
            yield _alone(work, item, lost)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Ctrl+C is the parent's to handle.
    return ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))


def _finished(waiting: dict[Future[Result], Item]) -> Iterator[Result]:
    """What is finished by now, at least one. Raises BrokenProcessPool when a worker died."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        result = future.result()
        del waiting[future]
        yield result


def _alone(work: Callable[[Item], Result], item: Item, lost: Callable[[Item], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return lost(item)
