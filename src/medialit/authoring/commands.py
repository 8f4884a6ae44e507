"""``medialit author``: the commands of those who change the course, or bring a story of their own.

Everything heavy is imported when a command runs.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from medialit.english import count
from medialit.errors import MedialitError
from medialit.files import COURSE_CASE

app = typer.Typer(no_args_is_help=True, help="For authors: build the course, check a case, keep its files in step.")
case_app = typer.Typer(no_args_is_help=True, help="Check a case, find words in its article, fix its bounds.")
app.add_typer(case_app, name="case")

Port = Annotated[
    int | None, typer.Option(min=1, max=65535, help="The port to use. The next free one is taken if it is in use.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open a browser; the address is printed.")]
AnyCase = Annotated[str, typer.Option(help="A case of the kit, or the folder of your own.")]
CaseFolder = Annotated[str, typer.Argument(help="The folder of a case, or the name of one in the kit.")]


@app.command()
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; name what differs from its source, and exit with status 1.")
    ] = False,
    unit: Annotated[
        list[str] | None, typer.Option(help="Only this unit's folder, for instance 01-quotes, or paths.")
    ] = None,
    root: Annotated[Path | None, typer.Option(help="The checkout to build. By default the one you are in.")] = None,
) -> None:
    """Build notebooks/, exercises/, solutions/ and the tables in docs/ from course/."""
    from medialit.authoring.build import build as build_all
    from medialit.authoring.build import buildable, drifted
    from medialit.files import kit_root
    from medialit.launch import is_checkout

    place = (root or (Path.cwd() if is_checkout(Path.cwd()) else kit_root())).resolve()
    if not is_checkout(place):
        raise typer.BadParameter(f"{place} is not a checkout of the course: it needs pyproject.toml and course/.")
    known = buildable(place)
    for name in unit or ():
        if name not in known:
            raise typer.BadParameter(f"There is no unit “{name}” in course/. Units: {', '.join(known)}.")
    if check:
        faults = drifted(place, unit or ())
        for fault in faults:
            typer.echo(fault)
        if faults:
            raise typer.Exit(1)
        typer.echo("All notebooks agree with their sources.")
        return
    try:
        changed = build_all(place, unit or ())
    except KeyboardInterrupt:
        typer.echo("Stopped. Every notebook is complete, either new or as it was.", err=True)
        raise typer.Exit(1) from None
    for path in changed:
        typer.echo(f"built {path.relative_to(place)}")
    typer.echo(f"{count(len(changed), 'notebook')} changed.")


@app.command()
def key(
    case: AnyCase = COURSE_CASE,
    out: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
) -> None:
    """Print the answer key of the course on a case: for instructors and facilitators, not for learners."""
    if find_spec("sqlalchemy") is None:
        # The key must not be one command away on a learner's computer. A copy of the project has docs/answer-key.md.
        raise MedialitError(
            "The answer key comes with the tools for instructors. Install them with: pip install 'medialit[classroom]'."
        )
    from medialit.authoring.key import answer_key
    from medialit.case import load_case
    from medialit.files import write_whole

    text = answer_key(load_case(case))
    if out is None:
        typer.echo(text)
        return
    write_whole(out, text.encode())
    typer.echo(f"wrote {out}")


@app.command()
def settle(folder: CaseFolder) -> None:
    """Make attributions.yaml from the files in coding/, and print how far each two coding passes agree."""
    from medialit.authoring.coding import agreements, settle_case

    place = _case_folder(folder)
    settle_case(place)
    typer.echo(f"wrote {place / 'attributions.yaml'}")
    for agreement in agreements(place):
        typer.echo(agreement)


@app.command()
def agreement(folder: CaseFolder) -> None:
    """Print how far the coders of a case's frames agree, as the tables of its datasheet."""
    from medialit.authoring.panel import agreement_table
    from medialit.case import load_case

    case = load_case(_case_folder(folder))
    typer.echo(agreement_table(case.framing, case.article))


@app.command()
def times(short: Annotated[bool, typer.Option("--short", help="Print only what is too short.")] = False) -> None:
    """Print what each part of the course takes to read and to do, beside the minutes that it states."""
    from medialit.authoring.times import table

    for line in table(only_short=short):
        typer.echo(line)


@app.command()
def seal() -> None:
    """Make course/tests/seals.yaml from the key of the tests: run it after a change of the key."""
    from medialit.authoring.statements import write_seals

    typer.echo(f"{write_seals()} seals written to seals.yaml.")


@app.command()
def pairs() -> None:
    """Print the table of matched statements for course/tests/README.md, from the forms and the key."""
    from medialit.authoring.statements import pair_table

    typer.echo(pair_table())


@app.command()
def train() -> None:
    """Train the claims lens and write its weights. Needs scikit-learn and the training data (MEDIALIT_GOLD)."""
    from medialit.authoring.train import train_lens

    typer.echo(train_lens())


@app.command()
def schema(
    file: Annotated[Path, typer.Argument(help="schemaorg-current-https.jsonld, as schema.org publishes it.")],
    version: Annotated[str, typer.Argument(help="Its version, for instance 30.0.")],
) -> None:
    """Cut the terms of a ClaimReview out of schema.org's vocabulary, for datasets/schemas/schemaorg.json."""
    from medialit.authoring.schema import cut_terms

    typer.echo(f"wrote {cut_terms(file, version)}")


@case_app.command("begin")
def case_begin(
    folder: Annotated[Path, typer.Option(help="Where the folder of the case is made.")] = Path(),
    port: Port = None,
    no_browser: NoBrowser = False,
) -> None:
    """Begin a case of your own in the browser: paste an article or choose a file, correct it, freeze it, annotate it."""
    _begin(folder, "", port, not no_browser)


def _begin(folder: Path, name: str, port: int | None, browser: bool) -> None:
    from medialit.authoring.annotate.pages import begin_notebook, begin_page, coder_page, view_of

    page = begin_notebook(folder.resolve(), name)
    try:
        _open(page, port, browser, view_of([begin_page(name), coder_page(1)]))
    finally:
        page.unlink(missing_ok=True)


def _open(page: Path, port: int | None, browser: bool, view: str) -> None:
    """Show a notebook for authors in the course view, until JupyterLab is stopped."""
    from medialit.launch import open_lab

    typer.echo(f"Opening {page}. To stop, press Ctrl+C in this window. Your work is saved as you go.")
    open_lab(page.parent, port, browser, page=page.name, own=view)


@case_app.command("new")
def case_new(
    name: Annotated[str, typer.Argument(help="The name of the case: small letters, digits and hyphens.")],
    file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="A file: text, Markdown, DOCX, a saved page, or a PDF with text. Without it, a page opens to paste into.",
        ),
    ] = None,
    folder: Annotated[Path, typer.Option(help="Where the folder of the case is made.")] = Path(),
    article: Annotated[int, typer.Option(help="Which article of a page that holds several, from 1.")] = 0,
    title: Annotated[str, typer.Option(help="What the story is called on every page.")] = "",
    author: Annotated[str, typer.Option(help="Who wrote it.")] = "",
    publisher: Annotated[str, typer.Option(help="Where it appeared.")] = "",
    date: Annotated[str, typer.Option(help="When it appeared.")] = "",
    address: Annotated[str, typer.Option(help="Its address on the web. Nothing is fetched.")] = "",
    licence: Annotated[
        str, typer.Option("--licence", "--license", help="Whose text it is, and why you may show it.")
    ] = "",
    language: Annotated[str, typer.Option(help="The code of its language.")] = "",
    invented: Annotated[bool, typer.Option("--invented", help="The story is made up, and every page says so.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: what is not given is unknown.")] = False,
) -> None:
    """Begin a case of your own from a file: shows the text and what was left out, asks what it must know, and freezes it."""
    from medialit.authoring.article_file import read_article
    from medialit.authoring.newcase import check_place, guess_language, shown, write_case

    check_place(folder, name)
    if file is None:
        _begin(folder, name, None, browser=True)
        return
    found = read_article(file, article)
    for line in shown(found):
        typer.echo(line)
    asks = not yes and sys.stdin.isatty()
    if asks and not typer.confirm("Is this the article, whole and nothing else?", default=True):
        raise MedialitError("Nothing was written. Correct the text in a text file, and begin again with that file.")
    given = {
        "title": title, "author": author, "publisher": publisher, "date": date, "address": address, "language": language,
    }  # fmt: skip
    about = {}
    for field, typed in given.items():
        default = found.about.get(field, "") or (guess_language(found.text) if field == "language" else "")
        if field == "title":
            default = default or found.paragraphs[0]
        about[field] = typed or (typer.prompt(field.capitalize(), default=default) if asks else default)
    if asks and not licence and not invented:
        licence = typer.prompt("License or permission (leave empty if the story is invented)", default="")
        invented = not licence and typer.confirm("Is the story invented?", default=False)
    place = write_case(folder, name, found, {**about, "licence": licence}, invented=invented, file=file.name)
    typer.echo(f"wrote {place}. Next: medialit author case check {place}")


@case_app.command("check")
def case_check(folder: CaseFolder) -> None:
    """Say unit by unit which exercises a case serves, and what would open the others; name every fault in its files."""
    from medialit.authoring.casecheck import check_case, verdict
    from medialit.units.registry import UNITS

    found = check_case(_case_folder(folder))
    titles = {"": "The case"} | {plan.name: f"Unit {int(plan.folder[:2])}: {plan.title}" for plan in UNITS}
    for unit, title in titles.items():
        if lines := [str(finding) for finding in found if finding.unit == unit]:
            typer.echo("\n".join([title, *(f"  {line}" for line in lines)]))
    told, ready = verdict(found)
    typer.echo(told)
    if not ready:
        raise typer.Exit(1)


@case_app.command("find")
def case_find(
    folder: CaseFolder,
    words: Annotated[str, typer.Argument(help="Words of the article, exactly as they appear there.")],
) -> None:
    """Give the span, the sentence and the paragraph of words: what you write into a case's files."""
    from medialit.authoring.casecheck import find_words
    from medialit.case.bounds import open_article

    if not words.strip():
        raise MedialitError("Give the words to find, in quotation marks, as the article has them.")
    lines = find_words(open_article(_case_folder(folder)), words)
    for line in lines:
        typer.echo(line)
    if not lines:
        raise MedialitError(
            "The article does not contain these words. Copy them from article.txt, with its quotation marks."
        )


@case_app.command("annotate")
def case_annotate(
    folder: CaseFolder,
    coder: Annotated[int, typer.Option(min=1, help="Who you are: the first person is 1, the second 2.")] = 1,
    port: Port = None,
    no_browser: NoBrowser = False,
) -> None:
    """Make the key of your article, part by part, in the browser. A second coder sees nothing of the first."""
    from medialit.authoring.annotate.pages import annotation_page, coder_page, view_of
    from medialit.case import load_case

    place = _case_folder(folder).resolve()
    page = annotation_page(place, coder)
    _open(page, port, not no_browser, view_of([coder_page(coder, load_case(place).title)], place))


@case_app.command("settle")
def case_settle(folder: CaseFolder, port: Port = None, no_browser: NoBrowser = False) -> None:
    """Bring the passes of two coders together, in the browser: shows what differs, and how far they agree."""
    from medialit.authoring.annotate.pages import settle_notebook, settle_page, view_of
    from medialit.authoring.settling import report
    from medialit.case import load_case

    place = _case_folder(folder).resolve()
    page, case = settle_notebook(place), load_case(place)
    for line in report(place, case.article):
        typer.echo(line)
    _open(page, port, not no_browser, view_of([settle_page(case.title)], place))


@case_app.command("respan")
def case_respan(
    folder: CaseFolder,
    to: Annotated[Path, typer.Option(help="The corrected text, in a file of its own.")],
) -> None:
    """Give a case a corrected text and find all its spans again; nothing is changed where one is lost."""
    from medialit.authoring.respan import respan

    for line in respan(_case_folder(folder), to):
        typer.echo(line)
    typer.echo(
        "The text was replaced. Check the case: medialit author case check. If a class has the old text, hand the case out "
        "again: words that learners have marked in the old one are not counted."
    )


@case_app.command("pack")
def case_pack(
    folder: CaseFolder,
    out: Annotated[Path | None, typer.Option(help="The zip file to write. By default NAME-with-key.zip, here.")] = None,
) -> None:
    """Put a case into one zip file for another teacher. It holds the key."""
    from medialit.authoring.pack import KEY, pack

    made, left = pack(_case_folder(folder), out)
    for name in left:
        typer.echo(f"left out: {name}")
    typer.echo(f"wrote {made}. {KEY}")


@case_app.command("install")
def case_install(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="What “case pack” wrote.")],
    folder: Annotated[Path, typer.Option(help="Where the folder of the case is made.")] = Path(),
) -> None:
    """Take the case out of a pack: text and data only, and nothing at all where anything in it is wrong."""
    from medialit.authoring.pack import KEY, install

    place = install(file, folder)
    typer.echo(f"wrote {place}. {KEY} Open the course on it: medialit lab --case {place}")


@case_app.command("freeze")
def case_freeze(folder: CaseFolder) -> None:
    """Fix where the sentences and words of a new case's article start and end: writes bounds.json, once."""
    from medialit.case.bounds import FILE, freeze

    bounds = freeze(_case_folder(folder))
    typer.echo(f"wrote {FILE}: {len(bounds.sentences)} sentences, {len(bounds.words)} words and marks.")


def _case_folder(name: str) -> Path:
    """A folder, or a case of the kit by its name. Raises MedialitError when there is none."""
    from medialit.case.load import packed
    from medialit.files import data_path, list_cases

    for place in (Path(name), data_path(name)):
        if (place / "article.txt").is_file():
            return place
    raise MedialitError(
        f"There is no case at “{name}”: a case is a folder with article.txt and case.yaml. "
        f"In this kit: {', '.join(list_cases())}.{packed(name)}"
    )
