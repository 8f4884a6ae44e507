"""What ``medialit grade`` does with what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from medialit.classroom.grade import DATABASE, grade_class
from medialit.classroom.grading import Options
from medialit.classroom.terminal import Screen, screen, summary_lines
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
) -> bool:
    """Grade, and say what happens. True when every submission was graded."""
    only = tuple(sorted({find_unit(unit).name for unit in units}))
    options = Options(run, trust, only, tuple(_case(path) for path in cases))
    with screen() as shown:
        if run and not dask:
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
    try:
        from medialit.classroom.jail import protections
    except ImportError:
        raise MedialitError(
            "Notebooks cannot be run safely by this version. Grade the progress files alone, with --no-run."
        ) from None

    shown.say(str(protections()))


def _case(path: Path) -> tuple[str, str]:
    if not (path / "case.yaml").is_file():
        raise MedialitError(f"{path} is not a case: it has no case.yaml.")
    name = path.resolve().name
    if name in list_cases():
        raise MedialitError(f"A case named {name} is in the kit already. Rename the folder {path}.")
    return name, str(path.resolve())
