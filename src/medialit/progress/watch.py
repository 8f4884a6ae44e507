"""Who wants to know that something was saved, so that a page never shows less than the progress file holds."""

from __future__ import annotations

from collections.abc import Callable

_WATCHERS: dict[str, Callable[[], None]] = {}


def watch(place: str, act: Callable[[], None]) -> None:
    """Call ``act`` after each entry that this kernel saves. A place has one watcher, the newest: a cell can run again."""
    _WATCHERS[place] = act


def tell() -> None:
    """Something was saved. A watcher that fails is asked no more: saving goes on."""
    for place, act in list(_WATCHERS.items()):
        try:
            act()
        except Exception:
            _WATCHERS.pop(place, None)
