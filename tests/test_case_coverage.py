"""Coverage and model reports of the case: what they hold, and what is said when they are damaged."""

import re
import shutil
from collections import Counter

import pytest
from damaged import damage, refused
from some import some

from medialit.case import load_case
from medialit.case._coverage_checks import MODEL_LABEL
from medialit.case.coverage import Fact, Report
from medialit.case.gold import load_coverage
from medialit.errors import CaseError, MedialitError
from medialit.files import data_path

FOLDER = data_path("missile-tests")
EVENTS = ("A", "B")


@pytest.fixture(scope="module")
def claims():
    return load_case("missile-tests").claim_gold


@pytest.fixture(scope="module")
def gold(claims):
    return load_coverage(FOLDER, claims)


def report(**fields):
    plain = {"id": "r", "publisher": "p", "origin": "o", "event": "A", "gist": "g", "states": [], "read": "whole"}
    return Report(**{**plain, "date": "2025-02-28", **fields})


FACT = Fact(id="B1", event="B", label="Cruise missiles", text="Cruise missiles.", since="2025-02-26")


def test_a_fact_that_was_not_seen_in_a_part_is_unknown_and_silent_only_in_a_whole():
    assert (report(read="part").status(FACT), report(read="whole").status(FACT)) == ("unknown", "silent")
    assert report(read="part", states=["B1"]).status(FACT) == "states"
    assert report(read="part", differs={"B1": "…"}).status(FACT) == "states differently"
    assert report(read="part", contradicts={"B1": "…"}).status(FACT) == "contradicts"


@pytest.mark.parametrize(
    ("date", "status"),
    [("2024-03-18", "silent"), ("2025-02-25", "silent"), ("2025-02-26", "unknown"), ("2025-02", "unknown"),
     ("2025-01", "silent"), ("2025", "unknown"), (None, "unknown")],
)  # fmt: skip
def test_a_report_older_than_a_fact_is_silent_about_it(date, status):
    assert report(read="part", date=date).status(FACT) == status


def test_no_part_is_called_silent_about_what_it_could_have_said(gold):
    pairs = [(source, fact) for source in gold.reports if source.read == "part" for fact in gold.facts]
    for source, fact in some(pair for pair in pairs if pair[0].status(pair[1]) == "silent"):
        assert source.date < fact.since, (source.id, fact.id)


def test_facts_and_reports(gold):
    assert [fact.id for fact in gold.facts] == [f"{event}{n}" for event in EVENTS for n in range(1, 16)]
    assert all(fact.event == fact.id[0] for fact in gold.facts)
    # Reports of both events by many origins.
    events = Counter(source.event for source in gold.reports)
    assert min(events["A"], events["B"]) >= 10
    assert len({source.origin for source in gold.reports}) >= 10
    assert sum(source.read == "whole" for source in gold.reports) >= 6
    for fact in some(gold.facts):
        assert any(source.status(fact) == "states" for source in gold.reports) or fact.id == "A14", fact.id
    # No report mixes the events but the article does.
    for source in gold.reports:
        told = {gold.fact(name).event for name in (*source.states, *source.differs, *source.contradicts)}
        assert len(told) <= 1, source.id
    assert {gold.fact(name).event for name in gold.article.states} == {"A", "B"}
    cruise = gold.fact("B1")
    assert {source.status(cruise) for source in gold.reports if source.event == "B"} == {"states"}
    assert gold.article.status(cruise) == "silent"


def test_the_matrix_has_sixty_cells_and_four_labels_none_rare(gold):
    labels = Counter(cell.label for row in gold.matrix.rows for cell in row.cells.values())
    assert (len(gold.matrix.rows), len(gold.matrix.columns), sum(labels.values())) == (10, 6, 60)
    assert set(labels) == {"states", "states differently", "contradicts", "not found"}
    assert min(labels.values()) >= 5


@pytest.mark.parametrize("short", [False, True])
def test_only_the_article_states_facts_of_both_blocks(gold, short):
    """What a learner sees in the matrix alone: two kinds of sources, and one that is of both."""
    rows = gold.matrix.short if short else gold.matrix.rows
    told = {
        column.report: {row.fact[0] for row in rows if row.cells[column.report].label == "states"}
        for column in gold.matrix.columns
    }
    assert told.pop("article") == {"A", "B"}
    assert all(len(events) <= 1 for events in told.values()), told
    assert {"A"} in told.values()
    assert {"B"} in told.values()


def test_the_short_matrix_answers_the_questions_that_tell_the_events_apart(gold):
    assert [row.key for row in gold.matrix.short] == ["ballistic", "east", "kishida", "trump"]
    # Each of the four splits the other sources: no row can be skipped as one that everybody agrees on.
    for row in gold.matrix.short:
        labels = [cell.label for name, cell in row.cells.items() if name != "article"]
        assert row.cells["article"].label == "states"
        assert "states" in labels
        assert {"contradicts", "not found"} & set(labels)


def test_cards_give_what_the_cells_need(gold):
    """The words a learner needs stand on the card of each source, or in the note below it."""
    said = {column.report: f"{column.card} {column.note}".lower() for column in gold.matrix.columns}
    for name in ("kyodo-a", "ap-a"):
        assert "ballistic" in said[name]
        assert "east" in said[name]
        assert "cruise" not in said[name]
    for name in ("ap-b", "reuters-b"):
        assert "cruise" in said[name]
        assert "west coast" in said[name]
    assert "kishida" in said["kyodo-a"]
    assert "kishida" not in said["ap-a"]
    assert "biden" in said["kyodo-a"]
    assert "fourth" in said["ap-b"]
    assert "not formally banned" in said["reuters-b"]
    assert "planned for next month" in said["kbs-feb25"]


def test_the_timeline_split_and_the_origins(gold, claims):
    events = Counter(piece.event for piece in gold.split)
    assert events["A"] >= 5
    assert events["B"] >= 4
    assert events["neither"] >= 3
    for piece in gold.split:
        assert piece.event in ("neither", claims.claim(piece.claim).event), piece.claim
    # Copies come from few origins and some stand alone.
    origins = Counter(claims.card(copy.card).origin for copy in gold.grouping)
    assert origins["AP"] >= 4
    assert origins["Reuters"] >= 3
    assert 1 in origins.values()
    assert {mistake.fact for mistake in gold.wrong} >= {"A4", "B8", "B11", "A8"}
    assert claims.claim(next(m.claim for m in gold.wrong if m.fact == "A4")).verdict == "contradicted"


def test_model_reports_are_labelled_and_name_no_outlet_as_author(gold):
    assert len(gold.models) >= 6
    assert {model.event for model in gold.models} == {"A", "B"}
    assert {model.kind for model in gold.models} >= {
        "wire-style brief", "national broadcaster", "state agency", "headline-hungry aggregator", "regional paper",
        "analyst’s note",
    }  # fmt: skip
    outlets = {source.origin for source in gold.reports} - {"unknown broadcaster"}
    outlets |= {"NHK", "KCNA", "Fox", "New York Times", "Associated", "TASS", "Shine", "Nippon"}
    assert {"AP", "Reuters", "Kyodo", "UPI", "KBS", "AFP", "dpa"} <= outlets
    for model in gold.models:
        assert model.label == MODEL_LABEL
        assert not [name for name in outlets if re.search(rf"\b{re.escape(name)}\b", model.text)], model.id


def test_model_reports_keep_to_one_event_and_the_copy_has_two_drifts(gold):
    other = {"A": ("cruise missile test", "Trump", "2025", "west coast"), "B": ("Kishida", "Blinken", "2024", "350")}
    for model in some(gold.models):
        assert not [word for word in some(other[model.event]) if word in model.text], model.id
    # The copy has two drifts.
    copy = gold.model("aggregator-b")
    first = gold.model(copy.copies)
    assert len(copy.drifts) == 2
    for drift in copy.drifts:
        assert drift.before in first.text
        assert drift.after not in first.text
        assert drift.after in copy.text


def test_quotations_are_on_record_and_found_in_their_report(gold, claims):
    for model in some(gold.models):
        assert len(model.spoken) == len(model.quotations)
        for spoken, quotation in zip(model.spoken, model.quotations, strict=True):
            assert model.text[slice(*spoken.content)] == quotation.words
            assert claims.card(quotation.card)


def test_an_unknown_id_is_answered_with_the_known_ones(gold):
    with pytest.raises(MedialitError, match=r"There is no fact “A99”\. Known: A1, A2"):
        gold.fact("A99")
    with pytest.raises(MedialitError, match="There is no report “bbc”"):
        gold.report("bbc")
    with pytest.raises(MedialitError, match="There is no model report “x”"):
        gold.model("x")


@pytest.fixture
def folder(tmp_path):
    for name in ("coverage.yaml", "reports.yaml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


COVERAGE = [
    ("  - id: A2\n", "  - id: A1\n", "id", "“A1” appears twice"),
    ("    event: A\n", "    event: C\n", "event", "“C” is not one of: A, B"),
    ("since: 2024-03-17", "since: last year", "since", "This needs a date"),
    ("  - fact: A4\n", "  - fact: A44\n", "fact", "no fact “A44”"),
    ("    claim: c21\n", "    claim: c99\n", "claim", "no claim “c99”"),
    ("states: [A1, A2, A4, A5, A6, A7, A12]", "states: [A1, A2, Z9]", "states", "no fact “Z9”"),
    ("states: [A1, A2, A4, A5, A6, A7, A12]", "states: [A1, A1, A2]", "states", "Fact A1 appears twice"),
    ("states: [A1, A2, A4, A5, A6, A7, A12]", "states: [A1, B1]", "date", "B1 was not known before 2025-02-26"),
    ("    read: whole\n    gist: Three", "    read: half\n    gist: Three", "read", "“half” is not one of"),
    ("    read: part\n", "    read: whole\n", "read", "was read in part"),
    ("    origin: Jiji Press\n", "    origin: AP\n", "origin", "has the origin “Jiji Press”"),
    ("    publisher: Kyodo News\n", "    publisher: NHK\n", "publisher", "has “Kyodo News” here"),
    ("    address: https://www.nippon", "    address: www.nippon", "address", "The card jiji-18mar24 has"),
    ("    gist: Three ballistic", "    gist: " + "word " * 20 + "Three ballistic", "gist", "at most 20 words"),
    ("cards: [jiji-18mar24]", "cards: [jiji]", "cards", "no evidence card “jiji”"),
    ("    date: 2024-03-18\n", "", "date", "says in date_note why"),
    ("    claims: [c18]\n", "    claims: [c99]\n", "claims", "no claim “c99”"),
    ("    claims: [c18]\n", "    claims: [c14]\n", "claims", "c14 is “misattributed”, but the article states A7"),
    ("states: [A1, A2, A6, A7, A8,", "states: [A1, A2, A6, A8,", "claims", "the article is silent on A7"),
    ("    claim: c21\n", "    claim: c19\n", "claim", "c19 is supported, so it cannot be what the article gets wrong"),
    (
        "states: [A1, A2, A4, A5, A6, A7, A12]",
        "states: [A1]\n    contradicts: {A2: 20 km}",
        "cards",
        "The card jiji-18mar24 supports c20, but jiji-a contradicts A2",
    ),
    (
        "ap-b: contradicts, reuters-b: contradicts}",
        "ap-b: contradicts, reuters-b: states}",
        "reuters-b",
        "The card reuters-brecorder-28feb25 contradicts c12, but the cell of reuters-b states A1",
    ),
    (
        "cards: [ap-japannews-28feb25,",
        "cards: [ap-japannews-28feb25, ap-manila-28feb25,",
        "cards",
        "The card ap-manila-28feb25 is about the event other, the report about B",
    ),
    ("    - report: ap-a\n", "    - report: ap-x\n", "report", "no report “ap-x”"),
    ("      card: >-\n        You", "      card: >-\n        " + "so " * 90 + "You", "card", "at most 90 words"),
    ("    - key: east\n", "    - key: ballistic\n", "key", "“ballistic” appears twice"),
    ("{article: states, kyodo-a: states,", "{kyodo-a: states,", "cells", "one cell for each column"),
    ("{article: states, kyodo-a: states,", "{article: states, kyodo-a: maybe,", "label", "“maybe” is not one of"),
    ("{article: states, kyodo-a: states,", "{article: states, kyodo-a: contradicts,", "kyodo-a", "has “states” for A1"),
    ("          share: 0.6\n", "", "article", "A share below 1 goes with"),
    ("          other: states\n", "          other: states differently\n", "article", "the same as the first"),
    ("    event: neither\n", "    event: C\n", "event", "“C” is not one of: A, B, neither"),
    ("  - claim: c14\n", "  - claim: c12\n", "claim", "“c12” appears twice"),
    ("  - card: ap-kishida-18mar24\n", "  - card: nobody\n", "card", "no evidence card “nobody”"),
    ("    longest: 14\n", "    longest: 5\n", "runs", "no more than the longest one"),
    ("  - card: lbc-28feb25\n", "  - card: nobody\n", "card", "no evidence card “nobody”"),
]
REPORTS = [
    (f"    label: {MODEL_LABEL}\n", "    label: News\n", "label", "The label of a model report is"),
    ("facts: [A1, A2,", "facts: [A1, A77,", "facts", "no fact “A77”"),
    ("facts: [A1, A2,", "facts: [A1, B2,", "facts", "belongs to event B"),
    ("  - id: broadcaster-a\n", "  - id: brief-a\n", "id", "“brief-a” appears twice"),
    ("    copies: brief-b\n", "    copies: brief-x\n", "copies", "no other model report “brief-x”"),
    ("        after: off the east", "        after: off the north", "after", "do not stand in the report."),
    ("        before: off the west", "        before: off the south", "before", "in the report that was copied"),
    ("      - words: clear provocation\n", "      - words: great provocation\n", "text", "not in the list of quotations"),
    ("        speaker: Fumio Kishida\n", "        speaker: Ishiba\n", "speaker", "not in the list of voices"),
    ("        card: kyodo-18mar24\n", "        card: nobody\n", "card", "no evidence card “nobody”"),
    ("      North Korea fired three", "      " + "So it was told. " * 80 + "North Korea fired three", "text", "this one has"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "says"),
    [("coverage.yaml", *rest) for rest in COVERAGE] + [("reports.yaml", *rest) for rest in REPORTS],
)
def test_damage_is_named_with_file_line_and_field(folder, claims, name, old, new, field, says):
    damage(folder / name, old, new)
    refused(lambda: load_coverage(folder, claims), folder / name, says, field)


def test_a_quotation_of_more_than_fifteen_words_is_refused(folder, claims):
    long = "word " * 15 + "word"
    damage(folder / "reports.yaml", "      - words: clear provocation\n", f"      - words: {long}\n")
    damage(folder / "reports.yaml", "“clear provocation”", f"“{long}”")
    with pytest.raises(CaseError, match="at most 15 words"):
        load_coverage(folder, claims)


def test_a_case_may_have_few_reports_and_no_model_reports(folder, claims):
    (folder / "reports.yaml").unlink()
    gold = load_coverage(folder, claims)
    assert (gold.models, gold.voices) == ((), ())
    assert len(gold.reports) >= 12
