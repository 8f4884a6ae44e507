"""What notebook code may read: interpreter, libraries, lenses and the public part of a case. Never the gold."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from pathlib import Path

import medialit
from medialit.classroom.jail.landlock import LIST, READ
from medialit.files import kit_root

Rule = tuple[str, int]

# Of our own package: what computes on texts. Tasks, cases and the classroom know keys.
_ROOMS = ("__init__.py", "article.py", "errors.py", "files.py", "lenses", "scoring", "show")
_DATA = ("lexicons", "models")
_CASE = ("article.txt", "glossary.yaml")
_CLOSED = ("datasets", "course", "solutions", "exercises", "notebooks", "tests", "src", "benchmarks")
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/fonts", "/usr/share/zoneinfo")
_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/dev/urandom", "/dev/random")
MAX_DEPTH = 8


def package() -> Path:
    """The folder of medialit itself."""
    return Path(medialit.__file__).resolve().parent


def closed() -> list[Path]:
    """Folders that stay shut even when they lie inside an open one: this kit, and other copies that are installed."""
    kit = kit_root().resolve()
    copies = [Path(path) / "medialit" for path in library_paths()]
    copies += [found for top in _tops() for found in Path(top).glob("python*/*-packages/medialit")]
    # Only what is there: a closed folder inside an open one costs every child a rule for each of its neighbours.
    return list(
        dict.fromkeys([package(), *(kit / name for name in _CLOSED), *(c.resolve() for c in copies if c.is_dir())])
    )


def library_paths() -> list[str]:
    """Folders of installed packages, as the interpreter of the parent finds them."""
    found = [*site.getsitepackages(), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    found += [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    return list(dict.fromkeys(str(Path(p).resolve()) for p in found if p and os.path.isdir(p)))


def _tops() -> list[str]:
    tops = [*_SYSTEM, os.path.dirname(os.__file__), sysconfig.get_path("stdlib"), *library_paths()]
    return tops + [os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix)]


def readable() -> list[Rule]:
    """Everything that may be read, as paths that hold nothing closed, with what may be done there."""
    kit, ours = kit_root().resolve(), package()
    found: list[Rule] = []
    shut = closed()
    for top in sorted({Path(top).resolve() for top in _tops() if os.path.isdir(top)}):
        if not any(top.is_relative_to(path) for path, rights in found if rights == READ):
            found += _open_parts(top, shut, 0)
    files = [*_FILES, *(str(ours / name) for name in _ROOMS), *(str(kit / "datasets" / name) for name in _DATA)]
    files += [str(path) for name in _CASE for path in sorted((kit / "datasets").glob(f"*/{name}"))]
    return list(dict.fromkeys([*found, *((path, READ) for path in files)]))


def _open_parts(top: Path, shut: list[Path], depth: int) -> list[Rule]:
    """``top`` itself when nothing shut lies in it, else its open parts, and the list of its names."""
    if any(top == path or path in top.parents for path in shut):
        return []
    if not any(top in path.parents for path in shut):
        return [(str(top), READ)]
    if depth >= MAX_DEPTH:
        return []
    found: list[Rule] = [(str(top), LIST)]
    try:
        entries = sorted(os.scandir(top), key=lambda entry: entry.name)
    except OSError:
        return []
    for entry in entries:
        # A link is only another name: what it leads to has a rule or has none.
        if not entry.is_symlink():
            found += _open_parts(Path(entry.path), shut, depth + 1)
    return found
