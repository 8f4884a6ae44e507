"""Origins: which reports are one source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from medialit.errors import MedialitError
from medialit.records import PlainRecord

_NOT_KNOWN = ("not given", "not known", "unknown")


class Sourced(Protocol):
    """What has an id and an origin: an evidence card or a report of the coverage."""

    @property
    def id(self) -> str: ...
    @property
    def origin(self) -> str: ...


@dataclass(frozen=True)
class OriginGroup(PlainRecord):
    """Reports whose text came from one place. ``known`` is False for a report whose origin nobody could tell."""

    origin: str
    members: tuple[str, ...]
    known: bool = True


def group_by_origin(reports: Iterable[Sourced]) -> tuple[OriginGroup, ...]:
    """Reports grouped by the agency or body that their text came from, largest group first.

    Reports without a known origin stand alone, each in its own group: unknown is not one place.

    Limits: it groups by the origin that somebody read off the page, a credit line for instance. An uncredited copy is
    only found by comparing texts (``shared_passages``). Different origins can still share a source further back: two
    agencies that both quote one state agency are two origins with one witness.

    Raises MedialitError for anything but a list of reports.
    """
    known = isinstance(reports, Iterable) and not isinstance(reports, Mapping)
    reports = list(reports) if known else []
    if not known or not all(hasattr(report, "origin") for report in reports):
        raise MedialitError("Give a list of reports, such as unit.case.coverage.reports.")
    members: dict[str, list[str]] = {}
    alone: list[OriginGroup] = []
    for report in reports:
        name = report.origin.strip()
        if not name or name.casefold().startswith(_NOT_KNOWN):
            alone.append(OriginGroup(name, (report.id,), known=False))
        else:
            members.setdefault(name, []).append(report.id)
    groups = [OriginGroup(name, tuple(ids)) for name, ids in members.items()]
    return tuple(sorted([*groups, *alone], key=lambda group: (-len(group.members), group.origin)))
