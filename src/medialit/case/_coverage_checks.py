"""What may be wrong between facts, reports, matrix and model reports of a case, each in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medialit.case.claims import ClaimGold
from medialit.case.coverage import CoverageGold, Fact, ModelReport, Report, Row
from medialit.case.reading import count_words, doubles, one_of, too_long, unknown
from medialit.files import Fault, Place

MODEL_LABEL = "Model report written for this course from listed facts. No news outlet published it."
MODEL_WORDS = range(150, 501)
CARD_WORDS, GIST_WORDS, QUOTED_WORDS = 90, 20, 15
STATED = {"states", "states differently"}
FOUND = STATED | {"contradicts"}

_MARKED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_EDGES = " .,;:!?…"


def faults(gold: CoverageGold, claims: ClaimGold) -> Iterator[tuple[str, Place, str]]:
    """(file without ending, place in it, what is wrong) of every fault, facts first."""
    for name, found in (
        ("coverage", _fact_faults(gold, claims)),
        ("coverage", _report_faults(gold, claims)),
        ("coverage", _matrix_faults(gold)),
        ("coverage", _disagreements(gold, claims)),
        ("coverage", _task_faults(gold, claims)),
        ("reports", _model_faults(gold, claims)),
    ):
        for place, what in found:
            yield name, place, what


def _fact_faults(gold: CoverageGold, claims: ClaimGold) -> Iterator[Fault]:
    yield from doubles(("facts",), [fact.id for fact in gold.facts], "id")
    for i, fact in enumerate(gold.facts):
        yield from one_of(("facts", i, "event"), fact.event, claims.event_names)
    for i, mistake in enumerate(gold.wrong):
        yield from unknown(("wrong", i, "fact"), [mistake.fact], gold.fact_ids, "fact")
        yield from unknown(("wrong", i, "claim"), [mistake.claim], claims.claim_ids, "claim")


def _report_faults(gold: CoverageGold, claims: ClaimGold) -> Iterator[Fault]:
    yield from doubles(("reports",), [report.id for report in gold.reports], "id")
    if gold.article.id != "article" or gold.article.read != "whole":
        yield ("article", "id"), "This row has the id article and was read whole."
    places = [(("article",), gold.article), *((("reports", i), report) for i, report in enumerate(gold.reports))]
    for at, report in places:
        named = [*report.states, *report.differs, *report.contradicts]
        for field in ("states", "differs", "contradicts"):
            yield from unknown((*at, field), getattr(report, field), gold.fact_ids, "fact")
        if twice := [name for name in named if named.count(name) > 1]:
            yield (*at, "states"), f"Fact {twice[0]} appears twice. Choose states, differs or contradicts."
        yield from one_of((*at, "event"), report.event, claims.event_names)
        yield from too_long((*at, "gist"), report.gist, GIST_WORDS, "A headline in our words")
        if not report.date and not report.date_note:
            yield (*at, "date"), "A report without a date says in date_note why there is none."
        for fact in gold.facts:
            # A report cannot tell what happened after it appeared.
            if report.date and report.date < fact.since[: len(report.date)] and fact.id in named:
                yield (*at, "date"), f"The report is of {report.date}, but {fact.id} was not known before {fact.since}."
        if at[0] == "reports":
            yield from _source_faults(at, report, claims)


def _source_faults(at: Place, report: Report, claims: ClaimGold) -> Iterator[Fault]:
    if not report.cards:
        yield (*at, "cards"), "A report names the evidence cards it was read from."
    for name in report.cards:
        card = claims.find_card(name)
        if card is None:
            yield from unknown((*at, "cards"), [name], claims.card_ids, "evidence card")
        elif card.origin != report.origin:
            yield (*at, "origin"), f"The card {name} has the origin “{card.origin}”."
        elif card.event != report.event:
            yield (*at, "cards"), f"The card {name} is about the event {card.event}, the report about {report.event}."
        elif report.read == "whole" and card.read != "whole":
            yield (*at, "read"), f"The page of the card {name} was read in part, so this report was not read whole."
    first = claims.find_card(report.cards[0]) if report.cards else None
    for field in ("publisher", "date", "address"):
        if first and getattr(first, field) != getattr(report, field):
            yield (*at, field), f"The card {first.id} has “{getattr(first, field)}” here."


def _matrix_faults(gold: CoverageGold) -> Iterator[Fault]:
    reports = {report.id: report for report in gold.sources}
    columns = [column.report for column in gold.matrix.columns]
    yield from doubles(("matrix", "columns"), columns, "report")
    yield from doubles(("matrix", "rows"), [row.key for row in gold.matrix.rows], "key")
    for i, column in enumerate(gold.matrix.columns):
        at = ("matrix", "columns", i)
        if column.report not in reports:
            yield (*at, "report"), f"There is no report “{column.report}”."
        yield from too_long((*at, "card"), column.card, CARD_WORDS, "The text of a card")
        yield from _long_quotations((*at, "card"), column.card)
    for i, row in enumerate(gold.matrix.rows):
        at = ("matrix", "rows", i)
        yield from unknown((*at, "fact"), [row.fact], gold.fact_ids, "fact")
        if list(row.cells) != columns:
            yield (*at, "cells"), f"A row has one cell for each column, in order: {', '.join(columns)}."
        fact = next((fact for fact in gold.facts if fact.id == row.fact), None)
        for name, cell in row.cells.items():
            yield from _share_faults((*at, "cells", name), cell.label, cell.other, cell.share)
            if fact and name in reports:
                yield from _cell_faults((*at, "cells", name), row, fact, reports[name])
    if gold.matrix.rows and not gold.matrix.short:
        yield ("matrix", "rows"), "No row is marked with cut: true, so the short session would be empty."


def _cell_faults(at: Place, row: Row, fact: Fact, report: Report) -> Iterator[Fault]:
    # A row speaks of "the launch": it can be held against the list of facts only where both mean one event.
    if report.id != "article" and report.event != fact.event:
        return
    status = report.status(fact)
    expected = status if status in FOUND else "not found"
    cell = row.cells[report.id]
    said: set[str | None] = {cell.label, cell.other}
    if row.narrow and expected in STATED:
        said |= STATED if said & STATED else set()
    if expected not in said:
        yield at, f"By its list of facts, {report.id} has “{expected}” for {fact.id}, not “{cell.label}”."


def _disagreements(gold: CoverageGold, claims: ClaimGold) -> Iterator[Fault]:
    """Where the verdict on a claim, the cards for and against it, and what a source does with its fact do not agree."""
    facts = {fact.id: fact for fact in gold.facts}
    for i, fact in enumerate(gold.facts):
        for name in fact.claims:
            yield from unknown(("facts", i, "claims"), [name], claims.claim_ids, "claim")
            claim = claims.find_claim(name)
            if claim and (clash := _clash(claim.verdict if not claim.other else None, gold.article.status(fact))):
                yield ("facts", i, "claims"), f"{name} is “{claim.verdict}”, but the article {clash} {fact.id}."
    for i, mistake in enumerate(gold.wrong):
        claim = claims.find_claim(mistake.claim)
        if claim and claim.verdict == "supported" and not claim.other:
            yield ("wrong", i, "claim"), f"{claim.id} is supported, so it cannot be what the article gets wrong."
    for i, report in enumerate(gold.reports):
        for fact in gold.facts:
            for card, verdict, clash in _card_clashes(report, fact, report.status(fact), claims):
                yield ("reports", i, "cards"), f"The card {card} {verdict}, but {report.id} {clash} {fact.id}."
    reports = {report.id: report for report in gold.reports}
    for i, row in enumerate(gold.matrix.rows):
        for name, cell in row.cells.items():
            if name in reports and row.fact in facts and not cell.other:
                for card, verdict, clash in _card_clashes(reports[name], facts[row.fact], cell.label, claims):
                    at = ("matrix", "rows", i, "cells", name)
                    yield at, f"The card {card} {verdict}, but the cell of {name} {clash} {row.fact}."


def _card_clashes(report: Report, fact: Fact, label: str, claims: ClaimGold) -> Iterator[tuple[str, str, str]]:
    """(card, what it does with a claim, what the source does with the claim's fact) where the two cannot both be so."""
    for card in filter(None, map(claims.find_card, report.cards)):
        for name in fact.claims:
            for field, verdict in (("supports", "supported"), ("contradicts", "contradicted")):
                if name in getattr(card, field) and label != "silent" and (clash := _clash(verdict, label)):
                    yield card.id, f"{field} {name}", clash


def _clash(verdict: str | None, label: str) -> str:
    """What a source does with a fact that cannot be so beside this verdict on a claim of it; empty when it can."""
    against = {"supported": {"contradicts", "silent"}, "contradicted": {"states"}, "misattributed": {"states"}}
    return {"silent": "is silent on"}.get(label, label) if label in against.get(verdict or "", ()) else ""


def _task_faults(gold: CoverageGold, claims: ClaimGold) -> Iterator[Fault]:
    yield from doubles(("grouping",), [copy.card for copy in gold.grouping], "card")
    yield from doubles(("split",), [piece.claim for piece in gold.split], "claim")
    known = sorted({fact.event for fact in gold.facts} | {"neither"})
    for i, piece in enumerate(gold.split):
        for field in ("event", "other"):
            if value := getattr(piece, field):
                yield from one_of(("split", i, field), value, known)
        yield from _share_faults(("split", i, "share"), piece.event, piece.other, piece.share)
        yield from unknown(("split", i, "claim"), [piece.claim], claims.claim_ids, "claim")
    named = [("grouping", i, copy.card) for i, copy in enumerate(gold.grouping)]
    named += [("traces", i, trace.card) for i, trace in enumerate(gold.about.traces)]
    for name, i, card in named:
        yield from unknown((name, i, "card"), [card], claims.card_ids, "evidence card")
    for i, trace in enumerate(gold.about.traces):
        for j, run in enumerate(trace.runs):
            if count_words(run) > min(QUOTED_WORDS, trace.longest):
                at = ("traces", i, "runs", j)
                yield at, f"A run that is shown has at most {QUOTED_WORDS} words, and no more than the longest one."


def _model_faults(gold: CoverageGold, claims: ClaimGold) -> Iterator[Fault]:
    ids = [report.id for report in gold.models]
    yield from doubles(("reports",), ids, "id")
    for i, report in enumerate(gold.models):
        at = ("reports", i)
        if report.label != MODEL_LABEL:
            yield (*at, "label"), f"The label of a model report is: {MODEL_LABEL}"
        if (count := count_words(report.text)) not in MODEL_WORDS:
            low, high = MODEL_WORDS[0], MODEL_WORDS[-1]
            yield (*at, "text"), f"A model report has {low} to {high} words; this one has {count}."
        yield from unknown((*at, "facts"), report.facts, gold.fact_ids, "fact")
        yield from one_of((*at, "event"), report.event, claims.event_names)
        for fact in gold.facts:
            if fact.id in report.facts and fact.event != report.event:
                yield (*at, "facts"), f"Fact {fact.id} belongs to event {fact.event}, the report to {report.event}."
        if report.copies and (report.copies not in ids or report.copies == report.id):
            yield (*at, "copies"), f"There is no other model report “{report.copies}”."
        for j, drift in enumerate(report.drifts):
            yield from unknown((*at, "drifts", j, "fact"), [drift.fact], gold.fact_ids, "fact")
            if drift.after not in report.text:
                yield (*at, "drifts", j, "after"), "These words do not stand in the report."
            first = next((other.text for other in gold.models if other.id == report.copies), "")
            if drift.before not in first:
                yield (*at, "drifts", j, "before"), "These words do not stand in the report that was copied."
        yield from _quotation_faults(at, report, gold, claims)


def _quotation_faults(at: Place, report: ModelReport, gold: CoverageGold, claims: ClaimGold) -> Iterator[Fault]:
    listed = [quotation.words for quotation in report.quotations]
    for words in marked_words(report.text):
        if words not in listed:
            yield (*at, "text"), f"“{words}” stands between quotation marks, but not in the list of quotations."
    for j, quotation in enumerate(report.quotations):
        place = (*at, "quotations", j)
        if quotation.speaker not in {voice.name for voice in gold.voices}:
            yield (*place, "speaker"), f"“{quotation.speaker}” is not in the list of voices of this file. Add it."
        yield from too_long((*place, "words"), quotation.words, QUOTED_WORDS, "A quotation")
        if quotation.words not in report.text:
            yield (*place, "words"), "These words do not stand in the report."
        yield from unknown((*place, "card"), [quotation.card], claims.card_ids, "evidence card")


def marked_words(text: str) -> list[str]:
    """The words between double quotation marks in a text, without the stops at their edges."""
    return [(match.group(1) or match.group(2) or "").strip(_EDGES) for match in _MARKED.finditer(text)]


# --- what several checks share ------------------------------------------------------------------------------------


def _share_faults(at: Place, label: str, other: str | None, share: float) -> Iterator[Fault]:
    if (share < 1) != (other is not None):
        yield at, "A share below 1 goes with a second answer in the field other, and only then."
    if other is not None and other == label:
        yield at, "The second answer is the same as the first."


def _long_quotations(at: Place, text: str) -> Iterator[Fault]:
    for match in _MARKED.finditer(text):
        yield from too_long(at, match.group(), QUOTED_WORDS, "A quotation")
