"""A certificate to print: what was done, who read it, the card, the board, and what the page does and does not prove.

Self-contained: it loads nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from medialit.show.html import escape

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.6 system-ui,sans-serif;color:#222;background:#fff;max-width:46rem;margin:0 auto;padding:24px 16px;
overflow-wrap:anywhere}
h1{font-size:28px;line-height:1.3;margin:0 0 8px}h2{font-size:19px;margin:32px 0 8px}
main{border:2px solid #00558B;border-radius:6px;padding:16px 24px 24px}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:700;padding:4px 0}
th,td{border:1px solid #767676;padding:4px 8px;text-align:left;vertical-align:top}
.wide{overflow-x:auto}.line{border-bottom:1px solid #222;height:48px;margin:8px 0 0}
.small{font-size:14px}.sum{font-family:ui-monospace,monospace;font-size:14px}
@media (max-width:30rem){main{padding:8px 12px 16px}th,td{padding:4px}}
@media print{body{padding:0;max-width:none;font-size:10.5pt;line-height:1.4}@page{margin:14mm}main{border:0;padding:0}
tr,li{break-inside:avoid}h2,h3,h4{break-after:avoid}.new{break-before:page}.line{height:40px}}
"""


def certificate_page(
    *,
    course: str,
    story: str,
    rows: Sequence[tuple[str, str, str, str]],
    levels: str,
    tests: Sequence[str],
    readers: str,
    card: str,
    board: str,
    date: str,
    digest: str,
) -> str:
    """The whole page. ``rows`` are (unit, exercises done, questions done, passed).

    ``digest`` is the SHA-256 of the copy beside it. ``card`` and ``board`` are HTML that is safe already, or empty.
    """
    body = "".join(
        f'<tr><th scope="row">{escape(unit)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for unit, *cells in rows
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Unit", "Exercises done", "Questions done", "Of these"))
    lines = "".join(f"<li>{escape(line)}</li>" for line in tests)
    parts = f'<section class="new"><h2>The correction card</h2>{card}</section>' if card else ""
    parts += f'<section class="new"><h2>What was found out about the story</h2>{board}</section>' if board else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Certificate: {escape(course)}</title><style>{_STYLE}</style></head>\n<body><main>\n"
        f"<h1>Certificate</h1>\n<p>{escape(course)}, a course in media literacy. Story: {escape(story)}</p>\n"
        '<p>Name, by hand:</p><div class="line"></div>\n'
        f'<h2>What was done</h2><div class="wide"><table><caption>Units, on {escape(date)}</caption>'
        f"<thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>\n"
        f'<p class="small">{escape(levels)}</p>\n'
        "<h2>What a reader has judged</h2><p>A program cannot judge sentences. The corrected paragraph (5.3) and the card "
        f"(5.4) are for a reader. {escape(readers)}</p>\n"
        f"<h2>Tests</h2><ul>{lines}</ul>\n"
        "<h2>What this page proves</h2>"
        "<p>It proves that a progress file with these results exists: the check number below was worked out from its copy, "
        "<b>my-certificate.jsonl</b>, and fits no other file. Whoever has the copy can work it out again.</p>"
        "<p>It does not prove who did the work, or that nobody helped. Answers were checked on the learner’s own computer, "
        "where the key of the tasks is, too. It is no grade and no degree.</p>\n"
        f'<p>Check number (SHA-256) of my-certificate.jsonl:</p><p class="sum">{escape(digest)}</p>\n'
        f"{parts}\n</main></body></html>\n"
    )
