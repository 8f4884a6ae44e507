"""A page to print: what was done, and what this page does and does not prove. Self-contained; it loads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from medialit.show.html import escape

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.6 system-ui,sans-serif;color:#222;background:#fff;max-width:44rem;margin:0 auto;padding:24px 16px}
h1{font-size:28px;line-height:1.3;margin:0 0 8px}h2{font-size:19px;margin:32px 0 8px}
main{border:2px solid #00558B;border-radius:6px;padding:16px 24px 24px}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:700;padding:4px 0}
th,td{border:1px solid #767676;padding:4px 8px;text-align:left;vertical-align:top}
.line{border-bottom:1px solid #222;height:48px;margin:8px 0 0}
.small{font-size:14px}.sum{font-family:ui-monospace,monospace;font-size:14px;overflow-wrap:anywhere}
@media (max-width:30rem){main{padding:8px 12px 16px}th,td{padding:4px}}
@media print{body{padding:0;max-width:none}@page{margin:16mm}main,tr{break-inside:avoid}}
"""


def certificate_page(
    *, course: str, story: str, rows: Sequence[tuple[str, str, str]], tests: Sequence[str], date: str, digest: str
) -> str:
    """The whole page. ``rows`` are (unit, what was tried, level), ``digest`` is the SHA-256 of the copy beside it."""
    body = "".join(
        f'<tr><th scope="row">{escape(unit)}</th><td>{escape(tried)}</td><td>{escape(level)}</td></tr>'
        for unit, tried, level in rows
    )
    lines = "".join(f"<li>{escape(line)}</li>" for line in tests)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(course)}: what was done</title><style>{_STYLE}</style></head>\n<body><main>\n"
        f"<h1>{escape(course)}</h1>\n<p>A course in media literacy. Story: {escape(story)}</p>\n"
        '<p>Name, by hand:</p><div class="line"></div>\n'
        f"<h2>What was done</h2><table><caption>Units, on {escape(date)}</caption><thead><tr>"
        '<th scope="col">Unit</th><th scope="col">Tried</th><th scope="col">Level</th></tr></thead>'
        f"<tbody>{body}</tbody></table>\n"
        '<p class="small">Mastery: .80 of the points or more. Emerging: .60 to .79. Beginning: below. The best attempt at '
        "each task and question counts; what was not tried counts as 0.</p>\n"
        f"<h2>Tests</h2><ul>{lines}</ul>\n"
        "<h2>What this page proves</h2>"
        "<p>It proves that a progress file with these results exists: the check number below was worked out from its copy, "
        "<b>my-certificate.jsonl</b>, and fits no other file. Whoever has the copy can work it out again.</p>"
        "<p>It does not prove who did the work, or that nobody helped. Answers were checked on the learner’s own computer, "
        "where the key of the tasks lies as well. It is no mark and no degree.</p>\n"
        f'<p>Check number (SHA-256) of my-certificate.jsonl:</p><p class="sum">{escape(digest)}</p>\n'
        "</main></body></html>\n"
    )
