"""Put the course where a learner can work on it, and open JupyterLab there."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from medialit.errors import CaseError, MedialitError
from medialit.files import COURSE_CASE, START_PAGE, TAUGHT, kit_root, write_whole

FOLDERS = ("notebooks", "exercises")
# The course view: an extension of JupyterLab, built from labextension/.
LABEXTENSIONS = Path(__file__).parent / "labextensions"
RECORD = ".medialit-files.json"
SETTINGS = {
    # No pop-up that asks for news: nothing here needs the network.
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    # The whole page is drawn, so that a browser's search and a screen reader find all of it.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    # A kernel that was restarted by the server does not know the subshells of the one before, and every press would be lost.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    # Dark where the computer is, as the site's other pages and the guides.
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    # Without the column of times the names of the pages can be read: at the usual width they were cut.
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
}


# Parts of JupyterLab that work at every cell of a page, and of which the course view shows nothing; ``--plain`` has them.
UNUSED = (
    "@jupyterlab/application-extension:faviconbusy",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/notebook-extension:toc",
)


@dataclass
class Copied:
    """What copying did: names relative to the folder."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = []
        if self.new:
            said.append(f"{len(self.new)} files of the course were copied.")
        if self.updated:
            said.append(f"{len(self.updated)} files that you had not changed were updated.")
        said += [f"{name} is new; your own version was left as it is." for name in self.beside]
        return " ".join(said) or "The course is as you left it."


def is_checkout(root: Path) -> bool:
    """True when ``root`` is a copy of the project and not an installed package."""
    return (root / "pyproject.toml").is_file() and (root / "course").is_dir()


def copy_course(kit: Path, folder: Path) -> Copied:
    """Copy the notebooks into ``folder``; a file that the learner changed is never overwritten.

    A changed file's new version is put beside it as ``NAME.new.ipynb``, or ``NAME.new-2.ipynb`` once that was changed
    too. Raises MedialitError when the folder cannot be written.
    """
    done = Copied()
    record = _read_record(folder / RECORD)
    try:
        for source in sorted(p for name in FOLDERS for p in (kit / name).glob("*.ipynb")):
            name = source.relative_to(kit).as_posix()
            _copy_one(source, folder / name, name, record, done)
        write_whole(folder / RECORD, json.dumps(record, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise MedialitError(
            f"The course could not be copied to {folder} ({error.strerror}). Choose another folder with --folder."
        ) from None
    return done


def _copy_one(source: Path, target: Path, name: str, record: dict[str, str], done: Copied) -> None:
    wanted = _digest(source)
    if not target.exists():
        _copy(source, target)
        record[name] = wanted
        done.new.append(name)
    elif record.get(name) == wanted or _digest(target) == wanted:
        record[name] = wanted
    elif _digest(target) == record.get(name):
        _copy(source, target)
        record[name] = wanted
        done.updated.append(name)
    else:
        number, beside = 1, target.with_suffix(".new.ipynb")
        # The new version of last time may hold the learner's work by now: then take the next name.
        while beside.exists() and _digest(beside) not in (record.get(f"{name} new"), wanted):
            number += 1
            beside = target.with_suffix(f".new-{number}.ipynb")
        _copy(source, beside)
        record[f"{name} new"] = record[name] = wanted
        done.beside.append(beside.relative_to(target.parents[1]).as_posix())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, source.read_bytes())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_record(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def trust(kit: Path, folder: Path) -> None:
    """Sign the kit's own notebooks, so that JupyterLab shows their stored outputs in full.

    Only files that are still byte for byte the kit's are signed. A failure is no harm: outputs then look plainer.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    try:
        notary = NotebookNotary()
        for name in FOLDERS:
            for source in (kit / name).glob("*.ipynb"):
                target = folder / name / source.name
                if target.is_file() and _digest(target) == _digest(source):
                    notary.sign(nbformat.read(target, as_version=4))
    except Exception:
        return


def first_page(folder: Path) -> str:
    """The notebook on which the course opens: the start page, or the first lesson where there is none."""
    if (folder / "notebooks" / f"{START_PAGE}.ipynb").is_file():
        return f"/lab/tree/notebooks/{START_PAGE}.ipynb"
    lessons = sorted(path.name for path in (folder / "notebooks").glob("*.ipynb") if ".new" not in path.name)
    if not lessons:
        raise MedialitError(f"There are no lessons in {folder}. Run “medialit author build” in a checkout first.")
    return f"/lab/tree/notebooks/{lessons[0]}"


def lab_arguments(folder: Path, settings: Path, port: int | None, browser: bool, page: str = "") -> list[str]:
    """The command line of JupyterLab for the course, or for one ``page`` in a folder."""
    arguments = [
        # Before any copy that an earlier install left in this environment.
        f"--LabApp.extra_labextensions_path={LABEXTENSIONS}",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url={f'/lab/tree/{page}' if page else first_page(folder)}",
        f"--LabApp.app_settings_dir={settings}",
        "--ServerApp.ip=127.0.0.1",
        # Ctrl+C ends at once: every answer is saved when it is given.
        "--ServerApp.answer_yes=True",
        # Only warnings and the address, so that the sentence above them stays in sight.
        "--Application.log_level=WARN",
        # The list of extensions would be fetched from the network.
        "--LabApp.extension_manager=readonly",
        # A page saved as HTML shows each task as text: what a widget draws needs a kernel and the network.
        '--NbConvertBase.display_data_priority=["text/html", "image/png", "text/markdown", "text/plain"]',
    ]
    if port is not None:
        arguments.append(f"--ServerApp.port={port}")
    if not browser:
        arguments.append("--no-browser")
    # Inside a container the only user is often root.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    return arguments


def prepare(folder: Path | None = None) -> tuple[Path, str]:
    """The folder to open, and a sentence about it. A checkout is opened as it is."""
    kit = kit_root()
    if is_checkout(kit) and folder is None:
        trust(kit, kit)
        return kit, f"Opening the course in {kit}."
    here = Path.cwd()
    # Somebody who is inside the course already means this one, not a second one in it.
    usual = here if (here / RECORD).is_file() else here / "medialit-course"
    target = (folder or usual).expanduser().resolve()
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MedialitError(
            f"The folder {target} could not be created ({error.strerror}). Choose another with --folder."
        ) from None
    copied = copy_course(kit, target)
    trust(kit, target)
    return target, f"{copied} Opening the course in {target}."


def teach(case: str) -> str:
    """Do the exercises on this case: for every kernel that is started from now on. Says in two sentences what is about it,
    then which units learners meet where that is not all, and what keeps its own questions from being asked.

    Raises MedialitError when there is no such case, or its name is not that of its folder.
    """
    from medialit.case.load import named_case
    from medialit.english import listed
    from medialit.units.registry import UNITS, own_quizzes
    from medialit.units.unit_progress import items_by_unit

    found = named_case(case)
    if found.name == COURSE_CASE:
        return ""
    os.environ[TAUGHT] = str(found.folder)
    told = (
        f"The exercises, the questions and My course are about “{found.title}”. The lessons work through the story of the "
        "course."
    )
    offered = [str(int(plan.folder[:2])) for plan in items_by_unit(found)]
    if len(offered) < len(UNITS):
        told += f" Learners meet units {listed(offered)}, because your story has nothing for the others yet."
    try:
        own_quizzes(found)
    except CaseError as error:
        told += f"\nThe questions of its quiz.yaml are left out until this is fixed. {error}"
    return told


def commands_first(path: str) -> str:
    """A search path on which ``medialit`` and ``python`` are those of this environment, for JupyterLab's own terminals."""
    here = str(Path(sys.executable).parent)
    return os.pathsep.join([here, *(place for place in path.split(os.pathsep) if place and place != here)])


def write_settings(place: Path, *, plain: bool = False, own: str = "") -> None:
    """The settings with which the lab starts, in a folder of their own; ``plain`` turns the course view off.

    ``own`` is what the course view must know of another case, as JSON.
    """
    (place / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    page: dict[str, object] = {"disabledExtensions": dict.fromkeys(["medialit"] if plain else UNUSED, True)}
    if own:
        page["medialitCase"] = own
    (place / "page_config.json").write_text(json.dumps(page), encoding="utf-8")


def open_lab(folder: Path, port: int | None, browser: bool, plain: bool = False, page: str = "", own: str = "") -> None:
    """Start JupyterLab and stay until it is stopped. Port None means the first free one from 8888 on."""
    import tempfile

    from jupyterlab.labapp import LabApp

    os.environ["PATH"] = commands_first(os.environ.get("PATH", ""))
    with tempfile.TemporaryDirectory(prefix="medialit-") as place:
        write_settings(Path(place), plain=plain, own=own)
        LabApp.launch_instance(lab_arguments(folder, Path(place), port, browser, page))
