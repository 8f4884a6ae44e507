"""Run code that somebody else wrote where it can do no harm, and take nothing from it but plain data.

A clean process, the nursery, loads the libraries once and nothing that holds a key. For each notebook it forks a child
that walls itself in (``walls``) and runs the cells on a stand-in for the unit (``standin``). Answers leave the child as
lines of JSON; ``parent`` reads them with limits, and scoring happens elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medialit.classroom.jail.parent import Answer, Jail, Ran
    from medialit.classroom.jail.probe import Protections, protections

__all__ = ["Answer", "Jail", "Protections", "Ran", "protections"]

_WHERE = {"Answer": "parent", "Jail": "parent", "Ran": "parent", "Protections": "probe", "protections": "probe"}


def __getattr__(name: str) -> object:
    # The nursery imports this package too: it must not get what the parent needs.
    if name not in _WHERE:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
