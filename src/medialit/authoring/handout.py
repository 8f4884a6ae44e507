"""The folder that learners may have: pages, the stories to read and the word lists, and nothing that answers a question."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from medialit.authoring.build import drifted
from medialit.errors import MedialitError
from medialit.files import course_path, kit_root, write_whole
from medialit.launch import is_checkout

# Everything else of the project is either for the making or holds answers: a case's datasheet tells what the story hides.
PUBLIC = (
    "notebooks/*.ipynb",
    "exercises/*.ipynb",
    "datasets/*/article.txt",
    "datasets/*/glossary.yaml",
    "datasets/lexicons/**/*.tsv",
    "datasets/lexicons/**/*.md",
    "LICENSE*",
)
RECORD = ".medialit-handout.json"


def handout_command(folder: Path) -> list[str]:
    """Make the folder, or bring an earlier one up to date; lines that say what happened.

    Files that the instructor added or changed stay as they are. Raises MedialitError when the folder is not a handout, or
    when the pages of this copy of the project are not as they were built: they could hold somebody's answers.
    """
    kit, folder = kit_root(), folder.expanduser().resolve()
    record = _earlier(folder)
    if is_checkout(kit):
        pages = [fault for fault in drifted(kit) if fault.startswith(("notebooks/", "exercises/"))]
        if pages:
            raise MedialitError(f"{pages[0]} Run “make notebooks” first: a page must not carry anybody's answers.")
    wanted = {p.relative_to(kit).as_posix(): p.read_bytes() for g in PUBLIC for p in kit.glob(g) if p.is_file()}
    wanted["README.md"] = course_path("print", "handout.md").read_bytes()
    kept = []
    try:
        for name in sorted(wanted.keys() | record.keys()):
            place = folder / name
            if place.is_file() and _digest(place.read_bytes()) not in (
                record.get(name),
                _digest(wanted.get(name, b"")),
            ):
                kept.append(name)
            elif name in wanted:
                place.parent.mkdir(parents=True, exist_ok=True)
                write_whole(place, wanted[name])
            else:
                place.unlink(missing_ok=True)
        new = {name: _digest(data) for name, data in wanted.items()}
        write_whole(folder / RECORD, json.dumps(new, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise MedialitError(f"{folder} cannot be written ({error.strerror}). Choose another folder.") from None
    return [
        *(f"{name} was changed by hand and is left as it is." for name in kept),
        f"{len(wanted)} files are in {folder}: no solution, no key, no answer key.",
        "What the checks compare with is inside the installed package: docs/deploy.md says what that means.",
    ]


def _earlier(folder: Path) -> dict[str, str]:
    """What an earlier handout put there. Raises MedialitError for a folder that holds something else."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except NotADirectoryError:
        raise MedialitError(f"{folder} is a file. Name a folder.") from None
    except FileNotFoundError:
        there = [p.name for p in folder.iterdir() if p.name != ".git"] if folder.is_dir() else []
        if there:
            raise MedialitError(
                f"{folder} is not empty, and no handout was made there before. Name a new folder."
            ) from None
        return {}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise MedialitError(f"{RECORD} in {folder} cannot be read. Name a new folder.")
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
