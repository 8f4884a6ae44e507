"""Begin a case of one's own: an article that was read from a file, frozen, with what is known about it."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from medialit.article import Article
from medialit.authoring.article_file.found import Found
from medialit.authoring.article_file.text import tidy
from medialit.authoring.days import day_of
from medialit.case.bounds import checksum, freeze
from medialit.case.load import CaseFile
from medialit.errors import MedialitError
from medialit.files import list_cases, yaml_bytes

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Windows cannot have these as the name of a folder.
_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))])
# Words that a name is as clear without.
_SMALL = frozenset("a an and as at by for from in into its of on or the to with".split())
PUBLISHED = ("publisher", "author", "date", "address")
_README = """# {title}

{kind}

{read}.

Who made the key, and how: not written yet. Until two people have coded it, the key is one person's reading.
{left_out}"""


def check_name(name: str) -> None:
    """Raises MedialitError for a name that no case can have: it is a folder, and answers are kept under it."""
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise MedialitError(
            f"“{name[:60]}” cannot be the name of a case. Use small letters, digits and hyphens, at most 40 in all, such as "
            "ferry-bridge."
        )
    if name in _DEVICES:
        raise MedialitError(f"On Windows no folder can be called “{name}”. Choose another name.")
    if name in list_cases():
        raise MedialitError(f"A case named {name} is in the kit already. Choose another name.")


def check_place(place: Path, name: str) -> None:
    """Raises MedialitError where no new case of this name can be: by the name, or because something is there already."""
    check_name(name)
    if (place / name).exists():
        raise MedialitError(f"There is something at {place / name} already. Choose another name, or delete it first.")


def propose_name(title: str, folder: Path) -> str:
    """A name for a case in a folder, from its title; "" where the title has no letters that a name can have."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")) if word not in _SMALL][:5]
    while len(" ".join(words)) > 28 and len(words) > 1:
        words.pop()
    name = "-".join(words)[:30]
    taken = {*list_cases(), *_DEVICES}
    made, number = name, 1
    while name and (made in taken or (folder / made).exists()):
        number += 1
        made = f"{name}-{number}"
    return made


def guess_language(text: str) -> str:
    """The code of a language that a text may be in: "ar" or "he" by its script, and "en" for every other one."""
    letters = [unicodedata.name(letter, "").partition(" ")[0] for letter in text[:5000] if letter.isalpha()]
    for script, code in (("ARABIC", "ar"), ("HEBREW", "he")):
        if letters.count(script) * 2 > len(letters):
            return code
    return "en"


def shown(found: Found) -> list[str]:
    """The article as numbered paragraphs, then everything that was left out, line by line."""
    blocks = Article(found.text).blocks
    lines = [f"{f'¶{block.number}' if block.number else '':>4}  {found.text[slice(*block.span)]}" for block in blocks]
    if found.left_out:
        lines += ["", "Left out:", *(f"      {text}" for text in found.left_out)]
    return [*lines, *(["", *found.notes] if found.notes else [])]


def _tidied(about: Mapping[str, str]) -> dict[str, str]:
    """What is known about a story without what cannot be seen; the code of its language as it is usually written."""
    made = {name: tidy(text) for name, text in about.items()}
    first, *more = (made.get("language") or "en").replace("_", "-").split("-")
    return made | {"language": "-".join([first.lower(), *more])}


def _faults(name: str, place: Path, about: Mapping[str, str], invented: bool) -> Iterator[str]:
    """What keeps a case of this name from being written into ``place``, a sentence each."""
    try:
        check_place(place, name)
    except MedialitError as error:
        yield str(error)
    typed, about = about, _tidied(about)
    if not about.get("title"):
        yield "Give the story a title."
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", about["language"]):
        yield f"“{typed['language']}” is not the code of a language. Write one such as en, fr or ar."
    if not invented and not about.get("licence"):
        yield (
            "Whose text is this, and why may you show it? Give its license or permission, or say that the story is invented "
            "if you made it up."
        )
    try:
        day_of(about.get("date", ""))
    except MedialitError as error:
        yield str(error)


@contextmanager
def new_folder(folder: Path, *, parents: bool = False) -> Iterator[Path]:
    """A folder to be filled elsewhere, and put in its place once it is done: all of it, or nothing.

    With ``parents``, the folder that it belongs in is made as well. Raises MedialitError when the disk does not take it.
    """
    try:
        if parents:
            folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as place:
            made = Path(place, folder.name)
            made.mkdir()
            yield made
            made.rename(folder)
    except OSError as error:
        raise MedialitError(
            f"The case could not be written to {folder} ({error.strerror}). Nothing was left behind."
        ) from None


def write_case(place: Path, name: str, found: Found, about: Mapping[str, str], *, invented: bool, file: str) -> Path:
    """Write a new case into a folder of its name in ``place``, and return that: all of it, or nothing.

    It has article.txt, case.yaml, bounds.json and a datasheet to go on with.

    ``about`` has ``title``, ``language``, ``licence`` and what is known of publisher, author, date and address; ``file`` is
    the name of the file that the text was read from, or "". Raises MedialitError, with all faults at once, for a name that
    cannot be, a date that is none, or a real story without a licence.
    """
    if faults := " ".join(_faults(name, place, about, invented)):
        raise MedialitError(faults)
    about = _tidied(about)
    language = about["language"]
    date = day_of(about.get("date", ""))
    known = {name: about.get(name, "") for name in PUBLISHED} | {"date": date}
    published = {name: text for name, text in known.items() if text}
    read = f"Read from the file {file}" if file else "Pasted as a text"
    record = {
        "name": name,
        "title": about["title"],
        "language": language,
        "invented": invented,
        "sha256": checksum(found.text),
        "provenance": f"{read}.",
        "rights": about.get("licence", ""),
        "unknown": [name for name, text in known.items() if not text and not invented],
        "published": published | ({"headline": found.paragraphs[0]} if published else {}),
    }
    head = (
        "# What the case is and what is known about its text. The text itself is never edited: the checksum holds it.\n"
    )
    left = "".join(f"- {text}\n" for text in found.left_out)
    case = CaseFile.model_validate(record)
    kind = f"{case.label} {case.credit}".strip()
    readme = _README.format(
        title=record["title"],
        kind=kind.strip(),
        read=read,
        left_out=f"\n## What was left out of the file\n\n{left}" if left else "",
    )
    with new_folder(place / name, parents=True) as made:
        made.joinpath("article.txt").write_bytes(found.text.encode())
        made.joinpath("case.yaml").write_bytes(yaml_bytes(record, head))
        made.joinpath("README.md").write_text(readme, encoding="utf-8")
        freeze(made)
    return place / name
