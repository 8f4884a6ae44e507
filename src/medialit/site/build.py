"""One folder that any web server can hand out, built whole or not at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from medialit import __version__
from medialit.errors import MedialitError
from medialit.files import COURSE_CASE, kit_root
from medialit.launch import is_checkout
from medialit.site.fetch import fetch
from medialit.site.guides import write_guides
from medialit.site.live import write_live
from medialit.site.read import write_landing, write_lessons
from medialit.site.run import digests

# Written last: a folder that has it is a whole site, and may be replaced by the next one.
RECORD = "site.json"
KIT = Path(__file__).parent / "kit"
KIT_FOLDER = "medialit-course"


def build_site(out: Path, cache: Path, say: Callable[[str], None], whole: Path | None = None) -> None:
    """Build the site into ``out``; an older site there is replaced once the new one is whole.

    ``cache`` keeps what is fetched; ``whole`` is a whole Pyodide with NumPy and matplotlib for cells with code. Raises
    MedialitError when this is no checkout, when something cannot be fetched or built, and when ``out`` holds something else
    than a site.
    """
    checkout = kit_root()
    if not is_checkout(checkout):
        raise MedialitError("The site is built from a copy of the project, not from the installed package.")
    out = out.resolve()
    if out.exists() and not (out / RECORD).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise MedialitError(f"{out} holds something else than a site. Choose another folder with --out.")
    say("Fetching what is not in the cache yet.")
    fetched = fetch(cache)
    # Beside its place, so that renaming is enough in the end.
    new = out.with_name(f"{out.name}.part")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    say("Building the live course.")
    write_live(checkout, fetched, new / "live", whole)
    say("Writing the pages to read.")
    write_lessons(checkout, new / "read")
    say("Building the guides.")
    write_guides(checkout, cache, new / "docs")
    _write_pack(new / "print" / "pack.html")
    start = json.loads((new / "live" / "start.json").read_text(encoding="utf-8"))
    write_landing(new, sum(start["files"].values()) / 1e6)
    record = {"version": __version__, "files": digests(new)}
    (new / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    say(f"The site is in {out}: {size / 1e6:.0f} MB.")


def _write_pack(target: Path) -> None:
    """The paper pack of the course's story, without any key: the site is open to learners."""
    from medialit.case.load import load_case
    from medialit.paths.pack import print_pack

    target.parent.mkdir()
    target.write_text(print_pack(load_case(COURSE_CASE)), encoding="utf-8")


def write_kit(site: Path, target: Path) -> None:
    """Zip a built site with a server of one file for each kind of computer, to be carried on a stick."""
    parts = [(path, path.name) for path in sorted(KIT.iterdir()) if path.is_file()]
    parts += [(Path(__file__).with_name("serve.py"), "serve.py")]
    parts += [
        (path, f"course/{path.relative_to(site).as_posix()}") for path in sorted(site.rglob("*")) if path.is_file()
    ]
    new = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as kit:
        for path, name in parts:
            entry = zipfile.ZipInfo(f"{KIT_FOLDER}/{name}", (2020, 1, 1, 0, 0, 0))
            data = path.read_bytes()
            if path.suffix in (".cmd", ".txt", ".ps1"):
                data = data.replace(b"\n", b"\r\n")
            # What is started by a double click on macOS and Linux has to be a program.
            entry.external_attr = (0o755 if path.suffix in (".command", ".py", ".pl") else 0o644) << 16
            kit.writestr(entry, data, zipfile.ZIP_DEFLATED)
    new.replace(target)
