"""The leader's sheet of a path: clock, votes, keys, reveal and copies, as one HTML file without script or network."""

from __future__ import annotations

from pathlib import Path

from medialit.case import Case
from medialit.paths.clock import CUT, Tick, cut_minutes, ticks, where
from medialit.paths.leader import BEFORE, START, leader_parts
from medialit.paths.records import CoursePath, Sitting
from medialit.show.html import escape

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:0 auto;padding:16px}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #666;padding:6px 8px;text-align:left;vertical-align:top}
caption{text-align:left;font-weight:700;padding:4px 0}thead th{background:#eee}
.time{white-space:nowrap;font-variant-numeric:tabular-nums}.small{font-size:.9rem}
.cut{border-left:6px dashed #111}.pause{background:#f4f4f4}
.small{font-weight:400}p{margin:.3rem 0}.wide{overflow-x:auto}
@media print{body{max-width:none;padding:0;font-size:11pt}tr{break-inside:avoid}h2{break-after:avoid}@page{margin:14mm}}
"""
LEADER_STYLE = """
.plain{list-style:none;padding-left:0}h3{font-size:1.05rem;margin:1rem 0 .3rem}
@media print{h3{break-after:avoid}li{break-inside:avoid}}
"""


def html_page(title: str, body: str, style: str = STYLE) -> str:
    """A whole HTML file: one language, one title, no script, nothing loaded."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def run_sheet(path: CoursePath, case: Case, course: Path) -> str:
    """Everything that the leader of a path needs, on one sheet: clock, votes, keys, reveal, copies. Not for the screen."""
    title = f"{path.title}: {path.minutes} minutes"
    saved = cut_minutes(path)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>For {escape(path.suits)}. Aim: {escape(path.goal)}</p>",
        "<p><b>This sheet has the answers. Keep it off the screen.</b></p>",
        f"<p>Starts at: ________ &nbsp; Learners: ________ {_late(saved)}</p>",
    ]
    for number, sitting in enumerate(path.sittings):
        page = f" Learners open <b>{path.page(number)}.ipynb</b>." if path.kind == "workshop" else ""
        start = number == 0 and path.kind == "workshop"
        parts += [
            f"<h2>{escape(sitting.title)}</h2>",
            f"<p>{sitting.minutes} minutes.{page}</p>",
            _clock(sitting, start),
        ]
    if path.kind == "workshop":
        parts += [f"<h2>{title}</h2>{html}" for title, html in leader_parts(path, case, course)]
    return html_page(title, "\n".join(parts), STYLE + LEADER_STYLE)


def _late(saved: int) -> str:
    return f"&nbsp; Running late? {CUT} saves {saved} minutes." if saved else ""


def _clock(sitting: Sitting, start: bool) -> str:
    rows = "\n".join(_row(sitting, tick) for tick in ticks(sitting))
    if start:
        rows = (
            f'<tr class="pause"><td class="time">−0:{BEFORE}–0:00<br>{BEFORE} min</td><th scope="row"><b>Start up</b></th>'
            f"<td>Arrive and sit in pairs.</td><td>{START}</td></tr>\n{rows}"
        )
    return (
        '<div class="wide"><table><thead><tr><th scope="col">Clock</th><th scope="col">Section</th>'
        f'<th scope="col">Learners do</th><th scope="col">Say and ask</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(sitting: Sitting, tick: Tick) -> str:
    section = tick.section
    kind = ' class="cut"' if section.cut else ' class="pause"' if section.room in ("break", "slack") else ""
    said = [f"<p>{escape(section.say)}</p>"] if section.say else []
    said += [f"<p><b>Ask:</b> {escape(section.ask)}</p>"] if section.ask else []
    said += [f'<p class="small">“{escape(h.they)}” → {escape(h.you)}</p>' for h in section.hear]
    name = f"<b>{escape(tick.name)}</b>" + (f"<br>{CUT}" if section.cut else "")
    return (
        f'<tr{kind}><td class="time">{tick.time}<br>{section.minutes} min</td>'
        f'<th scope="row">{name}<br><span class="small">{escape(where(sitting, section))}</span></th>'
        f"<td>{escape(section.do)}</td><td>{''.join(said)}</td></tr>"
    )
