"""Who wants to know that something was saved, so that a page never shows less than the progress file holds."""

from __future__ import annotations

from collections.abc import Callable

_WATCHERS: dict[tuple[str, str], Callable[[], None]] = {}


def watch(file: str, place: str, act: Callable[[], None]) -> None:
    """Call ``act`` after each entry that this kernel saves in ``file``. A place has one watcher, the newest: a cell can
    run again."""
    _WATCHERS[file, place] = act


def tell(file: str) -> None:
    """Something was saved in ``file``. A watcher that fails is asked no more: saving goes on."""
    for key, act in list(_WATCHERS.items()):
        if key[0] == file:
            try:
                act()
            except Exception:
                _WATCHERS.pop(key, None)
