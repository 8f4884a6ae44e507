"""What ``medialit grade`` does with what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from medialit.case import load_case
from medialit.classroom.cluster import connect, on_every_worker
from medialit.classroom.grade import DATABASE, grade_class
from medialit.classroom.grading import Options
from medialit.classroom.terminal import Screen, screen, summary_lines
from medialit.classroom.testkey import find_key
from medialit.errors import MedialitError
from medialit.exercises.registry import find_unit
from medialit.files import list_cases


def grade_command(
    submissions: Sequence[Path],
    out: Path,
    units: Sequence[str],
    cases: Sequence[Path],
    jobs: int,
    dask: str,
    database: str,
    *,
    run: bool,
    trust: bool,
    test_key: Path | None = None,
) -> bool:
    """Grade, and say what happens. True when every submission was graded."""
    only = tuple(sorted({find_unit(unit).name for unit in units}))
    options = Options(run, trust, only, tuple(_case(path) for path in cases), find_key(test_key))
    with screen() as shown:
        if run and dask:
            say_protections_of_workers(shown, dask, trust)
        elif run:
            say_protections(shown, trust)
        try:
            done = grade_class(
                submissions, out, options, jobs=jobs, database=database, dask=dask, on_step=shown.step, say=shown.say
            )
        except KeyboardInterrupt:
            shown.say("Stopped. What is graded is kept: run the same command again to go on.")
            return False
    for line in summary_lines(done, "in the database" if database else str(out / DATABASE)):
        print(line)
    return done.not_graded == 0


def say_protections(shown: Screen, trust: bool) -> None:
    """Say which protections this machine gives. Raises MedialitError when they do not suffice and are not waived."""
    found = _protections()
    shown.say(str(found))
    if not found.enough and not trust:
        raise MedialitError(_REFUSED.format(where="This machine"))


def say_protections_of_workers(shown: Screen, address: str, trust: bool) -> None:
    """The same for the workers of a cluster: the weakest counts."""
    client = connect(address)
    try:
        found = on_every_worker(client, _protections)
    finally:
        client.close()
    for line in dict.fromkeys(map(str, found)):
        shown.say(f"Workers: {line}")
    if not all(one.enough for one in found) and not trust:
        raise MedialitError(_REFUSED.format(where="A worker of the cluster"))


_REFUSED = (
    "{where} cannot protect itself from the code in the notebooks, so nothing was run. Use a Linux machine or a "
    "container that allows it, grade the progress files alone with --no-run, or write --trust for code that you have read."
)


def _protections() -> Any:
    """What this machine gives: ``str()`` says it in plain words, ``enough`` whether it suffices."""
    try:
        from medialit.classroom.jail import protections
    except ImportError:
        raise MedialitError(
            "Notebooks cannot be run safely by this version. Grade the progress files alone, with --no-run."
        ) from None
    return protections()


def doctor_command() -> bool:
    """Say what this machine has for grading, one line each. True when notebooks can be run here."""
    for module, what, extra in _PARTS:
        there = find_spec(module) is not None
        print(f"{'✓' if there else '–'} {what}" + ("" if there else f": not here. pip install 'medialit[{extra}]'"))
    try:
        found = _protections()
    except MedialitError as error:
        print(f"○ {error}")
        return False
    print(f"{'✓' if found.enough else '○'} {found}")
    if not found.enough:
        print("  “medialit grade --no-run” grades progress files here. docs/grading.md has a container for notebooks.")
    return found.enough


_PARTS = (
    ("sqlalchemy", "the gradebook (SQLAlchemy)", "classroom"),
    ("pandas", "tables for the class report (pandas)", "classroom"),
    ("distributed", "grading on a cluster (Dask), only for --dask", "cluster"),
)


def _case(path: Path) -> tuple[str, str]:
    if not (path / "case.yaml").is_file():
        raise MedialitError(f"{path} is not a case: it has no case.yaml.")
    name = path.resolve().name
    if name in list_cases():
        raise MedialitError(
            f"A case named {name} is in the kit already and needs no --case. Is {path} another one? Rename the folder, and "
            "“name” in its case.yaml."
        )
    # Answers are written down under the name in the file, and looked up under that of the folder.
    if (own := load_case(path).name) != name:
        raise MedialitError(
            f"The folder {name} holds a case that is called {own} in its case.yaml. Give both the same name, and hand the "
            "case out again if learners have the old one."
        )
    return name, str(path.resolve())
