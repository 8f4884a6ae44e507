"""What ``medialit grade`` does with what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from medialit.case.load import named_case
from medialit.classroom.grade import DATABASE, grade_class
from medialit.classroom.grading import Options
from medialit.classroom.plan import load_plan
from medialit.classroom.rerun import refusal
from medialit.classroom.terminal import screen, summary_lines
from medialit.classroom.testkey import find_key
from medialit.classroom.worksheet import read_worksheet
from medialit.errors import MedialitError
from medialit.files import know_case
from medialit.units.registry import find_unit


def grade_command(
    submissions: Sequence[Path],
    out: Path,
    units: Sequence[str],
    cases: Sequence[Path],
    jobs: int,
    database: str,
    *,
    due: Sequence[str] = (),
    run: bool = False,
    test_key: Path | None = None,
    worksheet: Path | None = None,
    roster: Path | None = None,
    plan: Path | None = None,
    pseudonyms: bool = False,
    reflections: bool = False,
) -> bool:
    """Grade, and say what happens. True when every submission was graded."""
    only = tuple(sorted({find_unit(unit).name for unit in units}))
    owed = sorted({find_unit(unit).name for unit in due})
    if run and (why := refusal()):
        raise MedialitError(why)
    options = Options(only, tuple(case_at(path) for path in cases), find_key(test_key), run, reflections)
    course = load_plan(plan) if plan else None
    with screen() as shown:
        try:
            done = grade_class(
                submissions,
                out,
                options,
                jobs=jobs,
                database=database,
                due=owed,
                worksheet=read_worksheet(worksheet) if worksheet else None,
                roster=read_worksheet(roster) if roster else None,
                plan=course,
                pseudonyms=pseudonyms,
                leave_out=[path for path in (worksheet, roster, plan) if path],
                on_step=shown.step,
                say=shown.say,
            )
        except KeyboardInterrupt:
            shown.say("Stopped. What is graded is kept: run the same command again to go on.")
            return False
    for line in summary_lines(done, "in the database" if database else str(out / DATABASE)):
        print(line)
    return done.not_graded == 0


def doctor_command() -> bool:
    """Say what this machine has for grading, one line each. True when a class can be graded here."""
    for module, what, extra in _PARTS:
        there = find_spec(module) is not None
        print(f"{'✓' if there else '–'} {what}" + ("" if there else f": not here. pip install 'medialit[{extra}]'"))
    print("✓ grading reads answers and runs nothing")
    print(f"– {why}" if (why := refusal()) else "✓ a sandbox for “medialit grade --run” (bubblewrap)")
    return find_spec("sqlalchemy") is not None


_PARTS = (
    ("sqlalchemy", "the gradebook (SQLAlchemy)", "classroom"),
    ("pandas", "tables for the class report (pandas)", "classroom"),
)


def case_at(path: Path) -> tuple[str, str]:
    """(name, folder) of a case of one's own, which this process knows by its name from now on. Raises MedialitError."""
    if not (path / "case.yaml").is_file():
        raise MedialitError(f"{path} is not a case: it has no case.yaml.")
    case = named_case(path)
    know_case(case.name, case.folder)
    return case.name, str(case.folder)
