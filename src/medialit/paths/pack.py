"""The print pack: a workshop on paper. The story, evidence cards, the matrix, verdicts, and cards to vote with."""

from __future__ import annotations

from medialit.case import Case
from medialit.paths.sheet import STYLE, html_page
from medialit.progress import Progress
from medialit.show.html import escape

LETTERS = ("A", "B", "C")
# The same words as in unit 2.
VERDICTS = (
    ("supported", "the record we found agrees"),
    ("missing context", "so, but something is left out that changes the meaning"),
    ("outdated", "it was so, and is told as if it were now"),
    ("misattributed", "tied to the wrong event, the wrong speaker, or words the speaker did not use"),
    ("contradicted", "the record we found says otherwise"),
    ("not established", "we looked, and found nothing that settles it"),
)
# Cards for every claim would fill forty pages; a room on paper gets through two or three.
ON_PAPER = 3
_STYLE = """
section{break-before:page;page-break-before:always}
section:first-of-type{break-before:auto;page-break-before:auto}
.letter{font-size:60vmin;line-height:1;text-align:center;font-weight:700;margin:10vmin 0 0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(18rem,1fr));gap:12px}
.card{border:1px solid #333;border-radius:6px;padding:8px 12px;break-inside:avoid}
.card h3{margin:0 0 4px;font-size:1rem}
.fill td{height:2.6rem;min-width:4rem}.fill th[scope=row]{min-width:9rem;font-weight:400}
@media print{.cards{grid-template-columns:1fr 1fr}.letter{font-size:140mm}}
"""


def print_pack(case: Case) -> str:
    """One HTML file to print, for a room on paper. It holds no verdict and no key."""
    parts = [_story(case), _claims(case), _cards(case), _matrix(case), _verdicts(), *map(_letter, LETTERS)]
    sections = "\n".join(f"<section>{part}</section>" for part in parts)
    title = f"Print pack: {case.title}"
    return html_page(title, f"<h1>{escape(title)}</h1>\n{sections}", STYLE + _STYLE)


def _story(case: Case) -> str:
    from medialit.units import open_unit

    unit = open_unit("quotes", case.folder, Progress())
    return f"<h2>The story</h2><p>¶ counts the paragraphs. Numbers after words point below.</p>{unit.read().html}"


def _claims(case: Case) -> str:
    gold = case.claim_gold
    rows = "".join(
        f"<tr><td>{n}</td><td>{escape(claim.says)}</td><td></td><td></td></tr>"
        for n, name in enumerate(gold.verify[:ON_PAPER], 1)
        if (claim := gold.find_claim(name))
    )
    return (
        "<h2>Look it up</h2><p>Take the first two claims. Find cards that speak about exactly this claim, from two "
        'origins. Then write your verdict.</p><div class="wide"><table class="fill"><thead><tr><th scope="col">No.</th>'
        '<th scope="col">Claim</th><th scope="col">Cards</th><th scope="col">Verdict, and how sure (1 to 3)</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cards(case: Case) -> str:
    """The cards that bear on the claims to verify, and as many again that do not, in the order of their publishers."""
    gold = case.claim_gold
    wanted = set(gold.verify[:ON_PAPER])
    near = [c for c in gold.evidence if wanted & {*c.supports, *c.contradicts, *c.context}]
    others = [c for c in gold.evidence if c not in near][: len(near) // 2]
    shown = sorted([*near, *others], key=lambda c: (c.publisher, c.id))
    cards = "".join(
        f'<div class="card"><h3>{n}. {escape(c.publisher)}</h3><p><b>{escape(c.title)}</b></p>'
        f"<p>{escape(c.date or 'no date')} · The text comes from: {escape(c.origin)}</p><p>{escape(c.fact)}</p></div>"
        for n, c in enumerate(shown, 1)
    )
    return f'<h2>Evidence cards</h2><p>Cut them apart. Some do not help.</p><div class="cards">{cards}</div>'


def _matrix(case: Case) -> str:
    from medialit.exercises.registry import find_unit, load_tasks
    from medialit.units.sources.matrix import FillMatrix

    task = load_tasks(find_unit("sources"), case)["4.1"]
    assert isinstance(task, FillMatrix)
    names = list(task.names.values())
    empty = "<td></td>" * len(names)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(f'<tr><th scope="row">{escape(row.text)}</th>{empty}</tr>' for row in case.coverage.matrix.short)
    sources = "".join(
        f'<div class="card"><h3>{escape(name)}</h3><p>{escape(column.card)}</p><p>{escape(column.note)}</p></div>'
        for name, column in zip(names, case.coverage.matrix.columns, strict=False)
    )
    return (
        "<h2>Facts by sources</h2><p>Write S (states), D (states differently), C (contradicts) or – (not found here). "
        f'Go by these cards and by nothing else.</p><div class="cards">{sources}</div>'
        '<div class="wide"><table class="fill"><thead><tr>'
        f'<th scope="col">Fact</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _verdicts() -> str:
    rows = "".join(f'<tr><th scope="row">{name}</th><td>{when}</td></tr>' for name, when in VERDICTS)
    return (
        '<h2>What a verdict can be</h2><table><thead><tr><th scope="col">Verdict</th><th scope="col">When</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        "<p>How sure: 1 a guess, 2 right two times out of three, 3 right four times out of five.</p>"
    )


def _letter(letter: str) -> str:
    return f'<p class="letter">{letter}</p>'
