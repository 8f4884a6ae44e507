"""The settle page: it shows only what differs between coders, and the key follows from what was decided."""

import json
import shutil

import pytest
import saved_pages
import yaml
from pages import press, sent
from some import some

from medialit.authoring.annotate import SETTLED, annotate, claim_key, settle
from medialit.authoring.annotate.claim_key import EvidencePass, GivenVerdict
from medialit.authoring.annotate.pages import settle_notebook
from medialit.authoring.casecheck import check_case
from medialit.authoring.settling import HEAD, ClaimSettling, QuoteSettling, measure, report
from medialit.case import load_case
from medialit.case.framing import NO_TECHNIQUE, locate
from medialit.case.load import case_faults
from medialit.errors import MedialitError
from medialit.files import data_path
from medialit.scoring.agreement import percent_agreement
from medialit.units.registry import UNITS, load_tasks


@pytest.fixture
def folder(tmp_path):
    return saved_pages.ferry_case(tmp_path)


# Words, kind and speaker, as each coder has them; the last but one only the first has, the last only the second.
ALIKE = ("That is not a repair for a weekend.", "direct", "Mira Solvane")
FIRST = [
    ALIKE,
    ("that 140 of his 410 pupils live across the river", "indirect", "Jonas Werrick"),
    ("They walk for forty minutes along a road without a sidewalk", "direct", "Jonas Werrick"),
    ("it has no drivers for more", "indirect", "bus company"),
]
SECOND = [
    ALIKE,
    ("140 of his 410 pupils live across the river", "mixed", "Jonas Werrick"),
    ("They walk for forty minutes along a road without a sidewalk", "direct", "the children"),
    ("a guess with a comma in it", "scare", ""),
]


def code(folder, coder, quotes):
    page = annotate(folder, coder)
    marks = sorted([*page.article.find(words), kind] for words, kind, _ in quotes)
    press(page, "save", "marks", marks)
    who = {page.article.find(words): speaker for words, _, speaker in quotes}
    answer = {}
    for n, quote in enumerate(page.quotes, 1):
        name = who[quote.content]
        answer |= {f"q{n}": "other", f"q{n}name": name} if name else {f"q{n}": "nobody"}
    told = page.confirm(answer)
    if coder == 1:
        page.side(dict.fromkeys(page._names(), "city"))
    return told


@pytest.fixture
def two(folder):
    code(folder, 1, FIRST)
    code(folder, 2, SECOND)
    return folder


def keys(page, words):
    """The key of the difference about these words, and its readings by who has them."""
    (one,) = [d for d in page.settling.differences if words in d.words]
    return one.key, {option.key: option.text for option in one.options}


def test_only_what_differs_is_shown(two):
    page = settle(two)
    shown = json.dumps(page.blocks, ensure_ascii=False)
    assert len(page.settling.differences) == 4
    assert "That is not a repair" not in shown
    _, pupils = keys(page, "pupils")
    assert pupils == {
        "1": "Indirect, Jonas Werrick: “that 140 of his 410 pupils live across the river” (Coder 1)",
        "2": "Mixed, Jonas Werrick: “140 of his 410 pupils live across the river” (Coder 2)",
    }
    _, guess = keys(page, "a guess")
    assert guess == {
        "2": "Scare quotes, nobody named: “a guess with a comma in it” (Coder 2)",
        "none": "No quotation here (Coder 1)",
    }
    # Nothing is written before something is decided.
    assert not (two / "coding" / "quotes-adjudicated.yaml").exists()


def test_the_key_follows_from_what_is_decided_and_the_rest_stays_open(two):
    page = settle(two)
    before = {quote.text: quote.id for quote in load_case(two).quotes}
    pupils, _ = keys(page, "pupils")
    guess, _ = keys(page, "a guess")
    drivers, _ = keys(page, "drivers")
    state = press(page, "draft", "differences", {pupils: "2", f"{pupils}-why": "It is his number.", drivers: "none"})
    assert "2 of 4 differences are decided. 2 are open, and not part of the key." in state["feedback"]
    case = load_case(two)
    assert case_faults(two) == []
    found = {quote.text: (quote.kind, quote.share, quote.kind_share) for quote in case.quotes}
    assert found == {
        ALIKE[0]: ("direct", 1.0, 1.0),
        SECOND[1][0]: ("mixed", 1.0, 0.5),
    }
    assert [quote.note for quote in case.quotes if "pupils" in quote.text] == ["It is his number."]
    # Ids stay when others come in or go.
    after = {quote.text: quote.id for quote in case.quotes}
    assert after == {ALIKE[0]: before[ALIKE[0]], SECOND[1][0]: before[FIRST[1][0]]}
    # Somebody comes back, and decides the rest.
    again = settle(two)
    assert again.state["differences"]["answer"] == {pupils: "2", f"{pupils}-why": "It is his number.", drivers: "none"}
    children, _ = keys(again, "They walk")
    answer = again.state["differences"]["answer"] | {guess: "2", children: "2"}
    state = press(again, "save", "differences", answer)
    assert "4 of 4 differences are decided. The key has 4 quotations" in state["feedback"]
    case = load_case(two)
    assert {quote.text: quote.share for quote in case.quotes}[SECOND[3][0]] == 0.5
    assert {quote.id for quote in case.quotes if quote.text in after} == set(after.values())
    # A speaker whom only the second coder has gets a side here.
    assert [*again.state] == ["agreement", "differences", "sides"]
    press(again, "save", "sides", {"v1": "pupils"})
    assert {voice.name: voice.bloc for voice in load_case(two).voices}["the children"] == "pupils"
    assert case_faults(two) == []
    tasks = load_tasks(UNITS[1], load_case(two))
    assert all(task.check(task.answer()).outcome.done for task in some(tasks.values()))


def test_a_reading_that_a_coder_changes_is_open_again(two):
    page = settle(two)
    pupils, _ = keys(page, "pupils")
    page.decide({pupils: "1"})
    assert settle(two).settling.decisions().keys() == {pupils}
    changed = [FIRST[0], (FIRST[1][0], "mixed", "Jonas Werrick"), *FIRST[2:]]
    (two / "coding" / "quotes-coder-1.yaml").unlink()
    code(two, 1, changed)
    assert settle(two).settling.decisions() == {}


@pytest.mark.parametrize("name", ["quotes-coder-1 (1).yaml", "quotes-coder-1-LAPTOP.yaml", "quotes-coder-2.yml"])
def test_a_copy_that_a_program_made_is_no_second_coder_and_is_named(folder, name):
    code(folder, 1, FIRST)
    shutil.copy(folder / "coding" / "quotes-coder-1.yaml", folder / "coding" / name)
    assert "Another person" not in code(folder, 1, FIRST)
    assert "Coder 1 has coded this, and nobody else." in sent(settle(folder))
    found = [finding.text for finding in check_case(folder) if name in finding.text]
    assert found == [
        f"“{name}” in the folder coding is read by nobody, perhaps a copy that a program made. Call it quotes-coder-2.yaml "
        "if it is another person's, or delete it."
    ]


def test_agreement_is_shown_with_its_interval_or_why_there_is_none(two):
    page = settle(two)
    shown = json.dumps(page.blocks, ensure_ascii=False)
    words, kinds, speakers = page.measured
    assert 0 < words.alpha.value < 1
    assert f"Alpha {words.alpha.value:.2f} (95% interval {words.alpha.low:.2f} to {words.alpha.high:.2f})" in shown
    assert (kinds.percent, speakers.percent) == (2 / 3, 2 / 3)
    assert report(two, load_case(two).article)[1].startswith("  Words inside or outside of a quotation: ")
    shutil.copy(two / "coding" / "quotes-coder-1.yaml", two / "coding" / "quotes-coder-2.yaml")
    page = settle(two)
    assert page.settling.differences == []
    assert "Nothing differs." in sent(page)
    assert [row.percent for row in page.measured] == [1, 1, 1]
    same = [(ALIKE[0], "direct", "A"), ("They walk for forty minutes", "direct", "A")]
    for coder in (1, 2):
        (two / "coding" / f"quotes-coder-{coder}.yaml").unlink()
        code(two, coder, same)
    # With few units there is a share, and nothing to say of chance.
    assert str(settle(two).measured[1]) == "Kind of what both marked: 100% agreement over 2, too few to say"
    assert str(measure("Kind", [("a", "b")] * 9)).endswith("over 9, too few to say")
    assert "too few" not in str(measure("Kind", [("a", "b"), ("a", "a")] * 5))
    assert "alpha cannot be computed: Every coder gave the same label to every unit." in str(
        measure("Kind", [("a", "a")] * 10)
    )
    assert "From 0.80 on, a key can be graded by." in sent(page)


def test_marks_that_overlap_are_one_question_with_one_reading_a_coder(folder):
    """Three readings of one place, two of them by one person: all of them could be accepted before."""
    one, other = "They walk for forty minutes", "along a road without a sidewalk"
    code(folder, 1, [ALIKE, (one, "indirect", "Jonas Werrick"), (other, "direct", "Jonas Werrick")])
    code(folder, 2, [ALIKE, (f"{one} {other}", "direct", "Jonas Werrick")])
    (folder / "coding" / "quotes-coder-3.yaml").write_bytes((folder / "coding" / "quotes-coder-2.yaml").read_bytes())
    code(folder, 4, [ALIKE])
    page = settle(folder)
    key, readings = keys(page, "They walk")
    assert len(page.settling.differences) == 1
    assert readings == {
        "1": f"Indirect, Jonas Werrick: “{one}”; Direct, Jonas Werrick: “{other}” (Coder 1)",
        "2": f"Direct, Jonas Werrick: “{one} {other}” (Coders 2 and 3)",
        "none": "No quotation here (Coder 4)",
    }
    page.decide({key: "1"})
    assert [quote.text for quote in load_case(folder).quotes] == [ALIKE[0], one, other]
    page.decide({key: "none"})
    assert [quote.text for quote in load_case(folder).quotes] == [ALIKE[0]]


def test_it_is_asked_once_whether_names_of_two_coders_are_one_speaker(folder):
    pupils, walk, drivers = (words for words, *_ in FIRST[1:])
    mira, company = (ALIKE[0], "direct", "Mira Solvane"), (drivers, "indirect", "bus company")
    code(folder, 1, [mira, (pupils, "indirect", "city council"), company])
    mine = [(ALIKE[0], "direct", "Solvane"), (pupils, "indirect", "the council")]
    code(folder, 2, [*mine, (walk, "direct", "the council"), (drivers, "indirect", "The bus company")])
    annotate(folder, 1).side({"city council": "city", "Mira Solvane": "her own", "bus company": "the firm"})
    page = settle(folder)
    assert len(page.settling.differences) == 3
    asked = {pair.words: pair for pair, *_ in page.settling.speakers}
    assert [*asked] == [
        "“Mira Solvane” (Coder 1: ¶2) and “Solvane” (Coder 2: ¶2)",
        "“city council” (Coder 1: ¶8) and “the council” (Coder 2: ¶8, ¶9)",
    ]
    mira, council = asked.values()
    press(page, "save", "speakers", {mira.key: "1", council.key: "2"})
    (left,) = page.settling.differences
    press(page, "save", "differences", {left.key: "2"})
    case = load_case(folder)
    assert {quote.speaker_name for quote in case.quotes} == {"Mira Solvane", "the council", "bus company"}
    # Who goes by another name keeps the side.
    assert {voice.name: voice.bloc for voice in case.voices} == {
        "Mira Solvane": "her own", "the council": "city", "bus company": "the firm",
    }  # fmt: skip
    assert page.measured[2].percent == 1
    # It is as it was decided when the page is opened again, and two speakers can be told apart.
    again = settle(folder)
    assert again.state["speakers"]["answer"] == {mira.key: "1", council.key: "2"}
    press(again, "save", "speakers", {mira.key: "1", council.key: "two"})
    assert len(again.settling.differences) == 2
    # A name that one person has beside the other is another speaker.
    (folder / "coding" / "quotes-coder-2.yaml").unlink()
    code(folder, 2, [*mine, (walk, "direct", "city council")])
    assert [pair.key for pair, *_ in settle(folder).settling.speakers] == [mira.key]


def test_a_choice_is_counted_at_once_also_where_the_key_refuses_it(two, monkeypatch):
    page = settle(two)
    pupils, _ = keys(page, "pupils")

    def refuse(_):
        raise MedialitError("The key refuses this.")

    monkeypatch.setattr("medialit.authoring.settling.settle_case", refuse)
    state = press(page, "draft", "differences", {pupils: "2"})
    assert "1 of 4 differences are decided" in state["feedback"]
    assert "The key refuses this." in state["said"]
    assert settle(two).settling.decisions().keys() == {pupils}


def test_percent_agreement_counts_pairs():
    assert percent_agreement([("a", "a"), ("a", "b"), ("a", None)]) == 0.5
    assert percent_agreement([("a", "a", "b")]) == pytest.approx(1 / 3)
    assert percent_agreement([("a", None)]) is None


def test_one_coder_has_nothing_to_settle(folder):
    told = "Nobody has coded this yet."
    assert told in json.dumps(settle(folder).blocks)
    code(folder, 1, FIRST)
    for part in some(SETTLED):
        shown = json.dumps(settle(folder, part).blocks, ensure_ascii=False)
        assert ("one person's reading" in shown) == (part == "quotes"), part
        assert "--coder 2" in shown
    assert not (folder / "coding" / "settled.yaml").exists()
    assert load_case(folder).one_reader("quotes")
    # Somebody who only opened the page has coded nothing.
    press(annotate(folder, 2), "draft", "marks", [])
    assert settle(folder).settling.coders == [1]


def test_it_is_one_persons_reading_until_it_is_settled(two):
    assert load_case(two).one_reader("quotes")
    press(settle(two), "save", "differences", {})
    assert not load_case(two).one_reader("quotes")


def test_a_second_coder_is_not_asked_for_sides_and_changes_none(folder):
    code(folder, 1, FIRST)
    before = (folder / "quotes.yaml").read_bytes()
    page = annotate(folder, 2)
    press(page, "save", "marks", [[*page.article.find(ALIKE[0]), "direct"]])
    press(page, "save", "speakers", {"q1": "other", "q1name": "Somebody"})
    assert [*page.state] == ["done"]
    assert "Another person has coded this article, too" in page.intro
    assert (folder / "quotes.yaml").read_bytes() == before


def test_nothing_is_proposed_to_a_second_coder(folder):
    """Neither a speaker nor a reporting word: what two people say the same would say nothing about them."""
    page = annotate(folder, 2)
    start, end = page.article.find("We found cracks in two of the eight bearings")
    press(page, "save", "marks", [[start, end, "direct"]])
    (step,) = [block for block in page.blocks if block["id"] == "speakers"]
    assert page.state["speakers"]["answer"] == {"q1": "other"}
    assert "proposed" not in json.dumps(step).lower()
    assert '"said"' not in json.dumps(page.state["speakers"])


def test_what_was_written_by_hand_stays(two):
    for name in ("coding/quotes-adjudicated.yaml", "attributions.yaml"):
        path = two / name
        old = path.read_bytes() if path.is_file() else None
        path.write_text("[]\n", encoding="utf-8")
        assert "Written by hand, and left as before: " in settle(two).decide({})
        assert path.read_text(encoding="utf-8") == "[]\n"
        path.unlink()
        if old:
            path.write_bytes(old)
    page = settle(two)
    key, _ = keys(page, "pupils")
    state = press(page, "save", "differences", {key: "9"})
    assert "there is no" in json.dumps(state)
    with pytest.raises(MedialitError, match="belongs to the kit"):
        settle("missile-tests")
    with pytest.raises(MedialitError, match="no part"):
        settle(two, "moon")
    (two / "coding" / "settled.yaml").write_text("quotes: [1]\n", encoding="utf-8")
    with pytest.raises(MedialitError, match=r"settled\.yaml"):
        settle(two)


def test_every_part_opens_in_the_notebook(two):
    page = json.loads(settle_notebook(two).read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "code"]
    assert len(code) == len(SETTLED)
    names = {}
    for line in some(code):
        exec(line.replace('"."', repr(str(two))), names)


# --- claims ---


def claims(folder, coder, marked):
    page = annotate(folder, coder, "claims")
    spans = [[*page.article.find(words), kind] for words, kind in marked]
    page.mark(spans)
    if coder > 1:
        # What is left of the first one's sentences makes no claim.
        none = {str(one.number): {"kind": "none"} for one in page._open()}
        page.choose({str(n): {"kind": claim.kind} for n, claim in page._alone().items()} | none)
    return page


CLAIMS = [
    ("has been closed since Monday, April 29", "checkable"),
    ("About 3,200 people crossed the bridge on a working day in March", "checkable"),
    ("A decision on a new bridge is expected in autumn", "prediction"),
    ("has come to the end of its life", "opinion"),
]
OTHERS = [
    CLAIMS[0],
    ("3,200 people crossed the bridge on a working day", "checkable"),
    (CLAIMS[2][0], "checkable"),
    ("nobody can say when it will open again", "checkable"),
]


def test_claims_are_settled_and_keep_their_ids(folder):
    first = claims(folder, 1, CLAIMS)
    claims(folder, 2, OTHERS)
    page = settle(folder, "claims")
    assert len(page.settling.differences) == 4
    decision, readings = keys(page, "A decision")
    assert readings["both"] == "Both kinds fit: prediction, and checkable as well"
    people, _ = keys(page, "3,200")
    nobody, readings = keys(page, "nobody can say")
    assert readings == {"2": f"Checkable: “{OTHERS[3][0]}” (Coder 2)", "none": "No claim of its own (Coder 1)"}
    assert keys(page, "come to the end")[1]["none"] == "No claim (Coder 2)"
    told = page.decide({decision: "both", people: "2", nobody: "2"})
    assert "3 of 4 differences are decided. 1 is open" in told
    made = yaml.safe_load((folder / "coding" / "claims-adjudicated.yaml").read_text(encoding="utf-8"))["claims"]
    ids = {claim.text: claim.id for claim in first.claims}
    found = {one["text"]: (one["id"], one["kind"], one.get("other")) for one in made}
    assert found == {
        CLAIMS[0][0]: (ids[CLAIMS[0][0]], "checkable", None),
        OTHERS[1][0]: (ids[CLAIMS[1][0]], "checkable", None),
        CLAIMS[2][0]: (ids[CLAIMS[2][0]], "prediction", "checkable"),
        OTHERS[3][0]: (found[OTHERS[3][0]][0], "checkable", None),
    }
    assert found[OTHERS[3][0]][0].endswith("-2")
    assert {claim.text for claim in load_case(folder).claims} == set(found)
    assert case_faults(folder) == []
    # Who said that a sentence makes no claim has judged it: of four claims, they agree on the kind of two.
    (row,) = ClaimSettling(folder, load_case(folder).article).measured()
    assert (row.percent, row.alpha.units) == (0.5, 4)


def test_sentences_that_the_first_coder_left_open_are_not_compared(folder):
    """Choosing them is a choice for the class, and no reading: nothing is said of it, and nothing is measured."""
    claims(folder, 1, CLAIMS[:3])
    claims(folder, 2, CLAIMS[:3])
    path = folder / "coding" / "claims-coder-2.yaml"
    article = load_case(folder).article
    # A file of an earlier day has claims elsewhere, and does not say where there is none.
    where = article.find("Most of them now take the road bridge")
    old = claim_key.read_claims(path, article)
    more = old.claims[0].model_copy(update={"id": "c09", "span": where, "text": article[where]})
    claim_key.save(path, old.model_copy(update={"claims": [*old.claims[1:], more], "without": []}))
    page = settle(folder, "claims")
    assert page.settling.differences == []
    assert [row.alpha.units for row in page.measured] == [2]
    page.decide({})
    assert [claim.text for claim in load_case(folder).claims] == [words for words, _ in CLAIMS[:3]]


def test_two_parts_of_one_claim_are_one_question(folder):
    whole = "has been closed since Monday, April 29, and nobody can say when it will open again"
    first = claims(folder, 1, [(whole, "checkable"), *CLAIMS[1:]])
    claims(folder, 2, [CLAIMS[0], OTHERS[3], *CLAIMS[1:]])
    page = settle(folder, "claims")
    (one,) = page.settling.differences
    assert [option.text for option in one.options] == [
        f"Checkable: “{whole}” (Coder 1)",
        f"Checkable: “{CLAIMS[0][0]}”; Checkable: “{OTHERS[3][0]}” (Coder 2)",
    ]
    page.decide({one.key: "2"})
    found = [claim for claim in load_case(folder).claims if claim.text in (CLAIMS[0][0], OTHERS[3][0])]
    assert len(found) == 2
    assert first.claims[0].id in {claim.id for claim in found}


def test_verdicts_are_settled_with_the_same_cards(folder):
    first = claims(folder, 1, CLAIMS)
    claims(folder, 2, CLAIMS)
    ids = [claim.id for claim in first.claims if claim.kind != "opinion"]
    assert len(ids) == 3

    def judge(coder, *verdicts):
        given = [
            GivenVerdict(claim=name, verdict=verdict, explanation=f"As coder {coder} sees it.")
            for name, verdict in zip(ids, verdicts, strict=False)
        ]
        claim_key.save(folder / "coding" / f"evidence-coder-{coder}.yaml", EvidencePass(verdicts=given))

    judge(1, "not established", "outdated", "not established")
    claim_key.write_key(folder, first.article)
    press(settle(folder, "claims"), "save", "differences", {})
    assert load_case(folder).one_reader("claims")
    judge(2, "not established", "misattributed")
    first_only = claim_key.read_evidence(folder / "coding" / "evidence-coder-1.yaml").verdicts
    assert [row.alpha.units for row in settle(folder, "verdicts").measured] == [2]
    assert len(settle(folder, "verdicts").settling.differences) == 1
    assert len(first_only) == 3
    judge(2, "not established", "misattributed", "missing context")
    page = settle(folder, "verdicts")
    assert [row.percent for row in page.measured] == [1 / 3]
    second, readings = keys(page, "3,200")
    assert readings == {
        "1": "Outdated: As coder 1 sees it. (Coder 1)",
        "2": "Misattributed: As coder 2 sees it. (Coder 2)",
    }
    told = page.decide({second: "2", f"{second}-why": "The count was of another month."})
    assert "1 of 2 differences are decided. 1 is open, and not part of the key." in told
    found = {claim.id: (claim.verdict, claim.explanation) for claim in load_case(folder).claims if claim.verdict}
    assert found == {
        ids[0]: ("not established", "As coder 1 sees it."),
        ids[1]: ("misattributed", "The count was of another month."),
    }
    assert not load_case(folder).one_reader("claims")
    assert case_faults(folder) == []
    # What only the second coder judged is no part of the key before somebody has seen it.
    judge(1, "not established", "outdated")
    page = settle(folder, "verdicts")
    third, readings = keys(page, "A decision")
    assert readings == {
        "2": "Missing context: As coder 2 sees it. (Coder 2)",
        "none": "No verdict: only coder 2 judged this",
    }

    def judged():
        return {claim.id for claim in load_case(folder).claims if claim.verdict}

    page.decide({second: "2"})
    assert judged() == set(ids[:2])
    page.decide({second: "2", third: "none"})
    assert judged() == set(ids[:2])
    page.decide({second: "2", third: "2"})
    assert judged() == set(ids)


# --- wording ---


@pytest.fixture
def coded(tmp_path):
    shutil.copytree(data_path("averstow-pool"), tmp_path / "averstow-pool")
    return tmp_path / "averstow-pool"


def test_a_decision_on_framing_is_one_more_reading(coded):
    page = settle(coded, "wording")
    before = load_case(coded).framing
    tied = [one for one in page.settling.differences if before.shares(one.key)["yes"] == 0.5]
    assert tied
    assert page.settling.coders == [1, 2, 3, 4]
    key = tied[0].key
    told = page.decide({key: "no", f"{key}-why": "Nothing says so."})
    assert "there, the readings of the coders count alike" in told
    assert load_case(coded).framing.shares(key) == {"no": 0.6, "yes": 0.4}
    assert load_case(coded).framing.coders == before.coders
    assert case_faults(coded) == []
    (coded / "coding" / "frames-settled.yaml").write_text(f"{HEAD}items: {{zz: 'yes'}}\n", encoding="utf-8")
    assert "is not known here" in str(case_faults(coded)[0])
    assert page.measured[0].what == "20 items"


def test_the_kits_own_passes_are_read(coded):
    assert QuoteSettling(data_path("missile-tests"), load_case("missile-tests").article).differences
    assert "Quotations" in report(data_path("missile-tests"), load_case("missile-tests").article)


def test_a_tie_is_called_one_in_the_key_and_on_the_page(coded):
    """With two coders, one against one is nobody's majority."""
    frames, second = coded / "frames.yaml", coded / "coding" / "frames-coder-2.yaml"
    frames.write_text(
        frames.read_text(encoding="utf-8").replace(", frames-coder-3, frames-coder-4]", "]"), encoding="utf-8"
    )
    gold = load_case(coded).framing
    asked = next(task for task in load_tasks(UNITS[3], load_case(coded)).values() if task.text.name == "words")
    word = next(one for one in asked.words if len(one.classes) == 1)
    other = next(one.key for one in gold.codebook.classes if one.key != word.cls)
    coding = yaml.safe_load(second.read_text(encoding="utf-8"))
    for one in coding["words"]:
        if locate(load_case(coded).article, one["words"], one["sentence"], one.get("nth", 0)).overlaps(word.span):
            one["class"] = other
    (technique,) = gold.techniques("t1")
    coding["techniques"]["t1"] = NO_TECHNIQUE
    second.write_text(yaml.safe_dump(coding, allow_unicode=True), encoding="utf-8")
    page = settle(coded, "wording")
    assert "Words, paragraphs and techniques are not settled here" in sent(page)
    assert "half a share each" in sent(page)
    tied = page.settling.differences[0]
    page.decide({tied.key: "yes"})
    case = load_case(coded)
    told = {task.text.name: task.solution_text() for task in load_tasks(UNITS[3], case).values()}
    assert "Most coders" not in json.dumps(told)
    yes, split = told["items"].split("They were split on ")
    short = case.framing.codebook.item(tied.key).short
    assert f"{tied.key} ({short}: one of two said yes), “yes” was decided" in split
    assert tied.key not in yes
    classes = " or ".join(f"{one} (one of two)" for one in sorted([word.cls, other]))
    assert f"{word.words}: {classes}" in told["words"]
    names = " or ".join(f"{one} (one of two)" for one in sorted([technique, NO_TECHNIQUE]))
    assert f"“Pool Fiasco”: {names}" in told["techniques"]


def test_decisions_of_another_window_are_not_written_over(two):
    one, other = settle(two), settle(two)
    (first, second), (readings, _) = zip(
        *(keys(one, words) for words in ("140 of his 410 pupils", "a guess")), strict=True
    )
    press(one, "save", "differences", {first: next(iter(readings))})
    before = (two / "coding" / "settled.yaml").read_bytes()
    told = press(other, "save", "differences", {second: "none"})["feedback"]
    assert "was changed, in another window or by hand" in told
    assert (two / "coding" / "settled.yaml").read_bytes() == before
    # Loaded again, it goes on from there; and what is decided about claims is nobody's in this window.
    again = settle(two)
    settle(two, "claims").settling.keep(claims={})
    press(again, "save", "differences", {first: next(iter(readings)), second: "none"})
    assert set(yaml.safe_load((two / "coding" / "settled.yaml").read_text(encoding="utf-8"))["quotes"]) == {
        first,
        second,
    }


def test_a_reading_that_changes_while_it_is_settled_is_not_settled_by_its_old_words(two):
    page = settle(two)
    key, readings = keys(page, "a guess")
    code(two, 2, SECOND[:-1])
    told = press(page, "save", "differences", {key: next(iter(readings))})["feedback"]
    assert "was changed, in another window or by hand" in told
    assert not (two / "coding" / "settled.yaml").is_file()
