"""The command line: ``lab`` for everybody, ``grade``, ``report`` and ``doctor`` for instructors, ``author`` for those who
change the course or bring a story of their own.

Exit codes: 0 good, 1 a check failed, 2 wrong use.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from medialit import __version__
from medialit.authoring import commands as author
from medialit.errors import MedialitError
from medialit.files import COURSE_CASE

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="One news story, four lenses: a Jupyter course kit for media literacy.",
)
app.add_typer(author.app, name="author")
# Short forms of the three that are typed most.
app.add_typer(author.case_app, name="case", hidden=True)
app.command("build", hidden=True)(author.build)
app.command("key", hidden=True)(author.key)


Database = Annotated[str, typer.Argument(help="gradebook.db, or the address of a database.")]
Gradebook = Annotated[Path, typer.Argument(help="gradebook.db")]
OwnCases = Annotated[list[Path] | None, typer.Option(help="The folder of a case of your own that was handed out.")]


def _say(lines: Iterable[object]) -> None:
    for line in lines:
        typer.echo(line)


def _exit_unless(good: bool) -> None:
    if not good:
        raise typer.Exit(1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"medialit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def lab(
    port: author.Port = None,
    no_browser: author.NoBrowser = False,
    folder: Annotated[
        Path | None, typer.Option(help="Where to put the course. In a checkout the course is opened as it is.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="JupyterLab as it is, without the course view.")] = False,
    case: Annotated[
        str, typer.Option(help="Do the exercises on another case: one of the kit, or the folder of your own.")
    ] = "",
) -> None:
    """Open the course in JupyterLab. Files that you have changed are never overwritten."""
    from medialit.launch import open_lab, prepare, teach

    told = own = ""
    if case and (told := teach(case)) and not plain:
        from medialit.authoring.course import course_on
        from medialit.case import load_case

        own = course_on(load_case(case))
    place, said = prepare(folder)
    typer.echo(said)
    if told:
        typer.echo(told)
    typer.echo("To stop, press Ctrl+C in this window. Your answers are saved as you go.")
    open_lab(place, port, not no_browser, plain, own=own)
    typer.echo("The course is closed. Your answers are saved. To go on later, run “medialit lab” again.")


@app.command()
def paths(
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="One of them, for instance 50.")] = "",
    sheet: Annotated[
        Path | None, typer.Option(help="Write the leader's sheet to print: an HTML file with clock, votes and keys.")
    ] = None,
) -> None:
    """List the ways through the course, or print the clock of one: sections, minutes, what to say and ask."""
    from medialit.paths.clock import path_line, path_text
    from medialit.paths.load import find_path, load_paths

    known = load_paths()
    if not path:
        for one in known:
            typer.echo(path_line(one))
        typer.echo(
            "“medialit paths 50” shows one of them, “medialit paths 50 --sheet plan.html” makes a page to print."
        )
        return
    chosen = find_path(known, path)
    if sheet is None:
        typer.echo(path_text(chosen))
        return
    from medialit.case import load_case
    from medialit.files import write_whole
    from medialit.paths.leader import run_sheet

    write_whole(sheet, run_sheet(chosen, load_case(COURSE_CASE)).encode())
    typer.echo(f"wrote {sheet}. Open it in a browser and print it. It has the answers: keep it off the screen.")


@app.command(name="print")
def print_(
    case: author.AnyCase = COURSE_CASE,
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("print-pack.html"),
    path: Annotated[
        str, typer.Option(help="A workshop, for instance 50: its hook, questions and exercises, with a leader's page.")
    ] = "",
) -> None:
    """Write the print pack, for a room on paper: story, evidence cards, matrix, verdicts, A/B/C/D cards.

    Without --path there is no key in it. With it, the last pages are for the leader alone.
    """
    from medialit.case import load_case
    from medialit.files import write_whole
    from medialit.paths.load import find_path, load_paths
    from medialit.paths.pack import print_pack

    chosen = find_path(load_paths(), path) if path else None
    write_whole(out, print_pack(load_case(case), chosen).encode())
    typer.echo(f"wrote {out}. Open it in a browser and print it.")


@app.command()
def site(
    out: Annotated[Path, typer.Option(help="The folder for the site. An older site there is replaced.")] = Path(
        "dist/site"
    ),
    cache: Annotated[Path, typer.Option(help="Where everything that is fetched is kept for the next time.")] = Path(
        ".site"
    ),
    pyodide: Annotated[
        Path | None,
        typer.Option(help="A whole Pyodide, unpacked: from it, cells with code can import NumPy and matplotlib."),
    ] = None,
    kit: Annotated[
        bool,
        typer.Option("--kit", help="Also zip it beside the folder, with a small server, to be carried on a stick."),
    ] = False,
) -> None:
    """Build the course as one static folder, which any web server can hand out: no Python is needed to take it."""
    from medialit.site.build import build_site, write_kit

    build_site(out, cache, typer.echo, pyodide)
    if kit:
        target = out.resolve().with_name("medialit-course.zip")
        write_kit(out.resolve(), target)
        typer.echo(f"The kit for a stick is {target}: {target.stat().st_size / 1e6:.0f} MB.")


@app.command()
def grade(
    submissions: Annotated[
        list[Path],
        typer.Argument(
            metavar="SUBMISSIONS...", help="Folders, notebooks, or zip files as Canvas and Moodle export them."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder for the gradebook and the feedback pages.")],
    unit: Annotated[list[str] | None, typer.Option(help="Grade only this unit, for instance quotes.")] = None,
    case: OwnCases = None,
    due: Annotated[
        list[str] | None, typer.Option(help="This unit was due: what is not attempted in it is a zero, not a blank.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="How many worker processes. By default as many as pay off.")] = 0,
    database: Annotated[
        str, typer.Option(metavar="URL", help="Keep the gradebook in this database, not in gradebook.db.")
    ] = "",
    worksheet: Annotated[
        Path | None,
        typer.Option(
            help="Moodle's grading worksheet or Canvas's gradebook, as exported: it is filled in for the import."
        ),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="A list of the class, in any table: names those who handed in nothing.")
    ] = None,
    test_key: Annotated[
        Path | None,
        typer.Option(help="The key of the tests before and after. In a checkout it is found automatically."),
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="The plan of the course, a YAML file: what counts, due dates, late rules.")
    ] = None,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Write codes for names; the key is a file of its own.")
    ] = False,
    reflections: Annotated[
        bool, typer.Option("--reflections", help="Also keep reflections, for the marking page.")
    ] = False,
    run: Annotated[
        bool, typer.Option("--run", help="Also run each notebook again, in a sandbox, and name what does not come out.")
    ] = False,
) -> None:
    """Grade a class: answers in, gradebook and feedback pages out. Run it again to go on where it was stopped."""
    from medialit.classroom.grade import DATABASE, grade_class
    from medialit.classroom.grading import Options
    from medialit.classroom.items import case_at
    from medialit.classroom.plan import load_plan
    from medialit.classroom.rerun import refusal
    from medialit.classroom.terminal import screen, summary_lines
    from medialit.classroom.testkey import find_key
    from medialit.classroom.worksheet import read_worksheet
    from medialit.units.registry import find_unit

    only, owed = (sorted({find_unit(name).name for name in names or ()}) for names in (unit, due))
    if run and (why := refusal()):
        raise MedialitError(why)
    options = Options(tuple(only), tuple(map(case_at, case or ())), find_key(test_key), run, reflections)
    course = load_plan(plan) if plan else None
    with screen() as shown:
        try:
            done = grade_class(
                submissions, out, options, jobs=jobs, database=database, due=owed,
                worksheet=read_worksheet(worksheet) if worksheet else None,
                roster=read_worksheet(roster) if roster else None,
                plan=course, pseudonyms=pseudonyms, leave_out=[path for path in (worksheet, roster, plan) if path],
                on_step=shown.step, say=shown.say,
            )  # fmt: skip
        except KeyboardInterrupt:
            shown.say("Stopped. What is graded is kept: run the same command again to go on.")
            raise typer.Exit(1) from None
    _say(summary_lines(done, "in the database" if database else str(out / DATABASE)))
    _exit_unless(done.not_graded == 0)


@app.command()
def doctor() -> None:
    """Say what this machine has for grading: which parts are installed, and whether notebooks can be run again safely."""
    from importlib.util import find_spec

    from medialit.classroom.rerun import refusal

    parts = {"sqlalchemy": "the gradebook (SQLAlchemy)", "pandas": "tables for the class report (pandas)"}
    for module, what in parts.items():
        there = find_spec(module) is not None
        typer.echo(f"✓ {what}" if there else f"– {what}: not here. pip install 'medialit[classroom]'")
    typer.echo("✓ grading reads answers and runs nothing")
    typer.echo(f"– {why}" if (why := refusal()) else "✓ a sandbox for “medialit grade --run” (bubblewrap)")
    _exit_unless(find_spec("sqlalchemy") is not None)


@app.command()
def report(
    gradebook: Database,
    out: Annotated[
        Path | None, typer.Option(help="The folder for the report. By default beside the gradebook.")
    ] = None,
    case: OwnCases = None,
) -> None:
    """Show what a class believes: one page, and the same as a notebook, for the instructor alone."""
    from medialit.classroom.report.page import write_report

    place = out or (Path(gradebook).parent if "://" not in gradebook else Path())
    _say(f"wrote {path}" for path in write_report(gradebook, place, case or []))


@app.command()
def mark(
    gradebook: Gradebook,
    take: Annotated[
        list[Path] | None, typer.Option("--take", help="A file of marks that a marking page saved; may be repeated.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the pages. By default beside the gradebook.")] = None,
    names: Annotated[bool, typer.Option("--names", help="Show names. Without it, marking is blind.")] = False,
) -> None:
    """Mark by hand what a person must judge: writes marking pages, and takes their marks into the gradebook."""
    from medialit.classroom.marking import mark_command

    _say(mark_command(gradebook, out, take or [], names=names))


@app.command()
def regrade(
    gradebook: Database,
    learner: Annotated[list[str] | None, typer.Option(help="Only this learner; may be repeated.")] = None,
    task: Annotated[list[str] | None, typer.Option(help="Only this task, such as 1.2 or quotes/q3.")] = None,
    case: OwnCases = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the changes down. Without it, they are only shown.")
    ] = False,
) -> None:
    """Score the answers again after a key was changed: shows what changes, for whom and by how much."""
    from medialit.classroom.items import case_at
    from medialit.classroom.regrade import regrade_command

    cases = [case_at(path) for path in case or []]
    _say(regrade_command(gradebook, learner or [], task or [], cases, write=write))


@app.command()
def export(
    gradebook: Gradebook,
    out: Annotated[Path, typer.Option(help="The folder for the tables.")] = Path("research"),
    free_text: Annotated[bool, typer.Option("--free-text", help="Also export what learners wrote.")] = False,
    nbgrader: Annotated[
        Path | None, typer.Option(metavar="DATABASE", help="Instead, write the grades into this gradebook of nbgrader.")
    ] = None,
) -> None:
    """Export a gradebook for research, with codes for names and a codebook; or into nbgrader's own database."""
    if nbgrader:
        from medialit.classroom.nbgrader import to_nbgrader
        from medialit.classroom.store import read_book

        typer.echo(f"wrote {to_nbgrader(read_book(gradebook), nbgrader)} grades into {nbgrader}")
        return
    from medialit.classroom.research import research_command

    _say(research_command(gradebook, out, free_text=free_text))


@app.command()
def passback(
    gradebook: Gradebook,
    assignment: Annotated[int, typer.Option(help="The number of the assignment on the platform.")],
    canvas: Annotated[str, typer.Option(metavar="URL", help="The address of your Canvas.")] = "",
    moodle: Annotated[str, typer.Option(metavar="URL", help="The address of your Moodle.")] = "",
    course: Annotated[int, typer.Option(help="The number of the course, for Canvas.")] = 0,
    part: Annotated[
        str, typer.Option(help="Only this part, as grades.csv calls it. Without it: the percent of all.")
    ] = "",
    plan: Annotated[Path | None, typer.Option(help="The plan of the course.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send the grades. Without it, they are only shown.")] = False,
) -> None:
    """Send grades to Canvas or Moodle. Without --send it only shows them. The token comes from MEDIALIT_TOKEN."""
    from medialit.classroom.grade import moment
    from medialit.classroom.passback import SENT_FILE, Target, grades_to_send, pass_back, token
    from medialit.classroom.plan import load_plan
    from medialit.classroom.store import read_book

    if bool(canvas) == bool(moodle):
        raise MedialitError("Name one platform: --canvas URL or --moodle URL.")
    target = Target("canvas" if canvas else "moodle", canvas or moodle, assignment, course, token())
    grades = grades_to_send(read_book(gradebook), target, part, load_plan(plan) if plan else None, moment())
    _exit_unless(pass_back(grades, target, gradebook.with_name(SENT_FILE), send=send, say=typer.echo))


@app.command()
def card(
    progress: Annotated[Path, typer.Argument(help="The learner's my-progress.jsonl.")],
    reviews: Annotated[
        list[Path] | None, typer.Argument(metavar="[REVIEWS]...", help="Files card-review-….json about this card.")
    ] = None,
    case: Annotated[str, typer.Option(help="The case of the card: a name from the kit or a folder.")] = COURSE_CASE,
    page: Annotated[Path | None, typer.Option(help="Also write the card, as one HTML page, to this file.")] = None,
) -> None:
    """Mark a correction card: the kit's .60, scored again, and the .40 of those who read it."""
    from medialit.classroom.cards import card_command

    _exit_unless(card_command(progress, reviews or [], case, page))


@app.command()
def wall(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What was handed in: a folder, or a zip file.")],
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("wall.html"),
    names: Annotated[
        bool, typer.Option("--names", help="Also write whose card each one is. Ask the class first.")
    ] = False,
) -> None:
    """Put the correction cards of a class on one page. Files that are no card are named and skipped."""
    from medialit.classroom.wall import wall_command

    _exit_unless(wall_command(folder, out, names))


@app.command()
def handout(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder, or an earlier handout.")],
) -> None:
    """Write the folder that learners may have, for a hub, a repository or an LMS: no solutions, no keys."""
    from medialit.authoring.handout import handout_command

    _say(handout_command(folder))


def main() -> None:
    """Run the command line; an expected error is one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        # What is redirected on Windows has an old encoding, without ✓ and many other signs.
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()  # exits with status 0, 1 or 2
    except MedialitError as error:
        typer.echo(str(error), err=True)
    except OSError as error:
        typer.echo(f"{error.filename or 'A file'} could not be used: {error.strerror or error}.", err=True)
    sys.exit(1)
