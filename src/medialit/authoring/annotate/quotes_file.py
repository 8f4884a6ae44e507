"""``quotes.yaml``, which several parts of the annotation notebook write: each its own fields, and none loses another's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from medialit.authoring.annotate.base import HEAD, by_hand, made_here, own
from medialit.files import load_yaml, write_whole, yaml_bytes

TOLD = {"chain": "the chain of hands", "repair": "the quotation to repair"}
NOT_SAID = "not said yet"  # the side of a speaker whose side nobody has written down


def read_quotes(folder: Path) -> dict[str, Any]:
    """What ``quotes.yaml`` of a case holds; nothing where it was written by hand, or is not there."""
    return made_here(folder / "quotes.yaml")


def quotes_with(
    folder: Path, names: Iterable[str], sides: Mapping[str, str] | None = None, **fields: Any
) -> dict[Path, bytes]:
    """``quotes.yaml`` with these fields and a voice for each of these names; a field that is None is taken out.

    Raises MedialitError when the file was written by hand.
    """
    path = own(folder / "quotes.yaml")
    before = read_quotes(folder)
    known = {voice["name"]: voice for voice in before.get("voices", ())}
    for name, side in (sides or {}).items():
        known[name] = known.get(name, {"name": name}) | {"bloc": side}
    voices = [known.get(name, {"name": name, "bloc": NOT_SAID}) for name in names]
    made = before | {"voices": voices} | fields
    there = attribution_ids(folder)
    for name in ("chain", "repair"):
        if there and made.get(name) and made[name]["quote"] not in there:
            made[name] = None  # its quotation is gone; what was typed stays in the draft of its own part
    if made.get("sorting"):
        made["sorting"] = [name for name in made["sorting"] if name in there] or None
    return {path: yaml_bytes({name: value for name, value in made.items() if value is not None}, HEAD)}


def attribution_ids(folder: Path) -> list[str]:
    """The ids in ``attributions.yaml``, in its order."""
    path = folder / "attributions.yaml"
    return [record["id"] for record in load_yaml(path)[0] or []] if path.is_file() else []


def known_sides(folder: Path) -> dict[str, str]:
    """The side of each speaker; nothing where ``quotes.yaml`` was written by hand, or is not there."""
    return {voice["name"]: voice["bloc"] for voice in read_quotes(folder).get("voices", ())}


def write_voices(
    folder: Path, names: Iterable[str], sides: Mapping[str, str], *, new: bool = False, gone: Collection[str] = ()
) -> str | None:
    """Write the voices, where the file is there or ``new``; says what was taken out. None where it was written by hand.

    A speaker who is not in the key at the moment keeps the side that was said, unless it is ``gone``: another name is used.
    """
    path = folder / "quotes.yaml"
    if by_hand(path):
        return None
    if not path.is_file() and not new:
        return ""
    here = list(names)
    kept = [name for name, side in known_sides(folder).items() if name not in (*here, *gone) and side != NOT_SAID]
    before = read_quotes(folder)
    for file, data in quotes_with(folder, [*here, *kept], sides).items():
        write_whole(file, data)
    now = read_quotes(folder)
    lost = [told for name, told in TOLD.items() if before.get(name) and not now.get(name)]
    return "".join(f" Its quotation is gone, so {told} was taken out." for told in lost)
