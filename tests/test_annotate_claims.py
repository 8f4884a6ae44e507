"""Parts 2 and 3 of the annotation page: a teacher who types no YAML gets claims, cards and verdicts, and unit 2 opens."""

import json
import time

import pages
import pytest
import yaml
from authors import begins_with
from pages import sent, step_of
from some import some
from test_annotate import marks as quote_marks
from test_annotate import yes

from medialit.authoring.annotate import annotate, base, claim_key
from medialit.authoring.article_file.found import Found
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.newcase import write_case
from medialit.authoring.respan import respan
from medialit.case import load_case
from medialit.case.load import case_faults
from medialit.errors import MedialitError
from medialit.exercises.records import Outcome
from medialit.files import data_path
from medialit.lenses.claims import score_claims
from medialit.units.registry import UNITS, load_tasks

# (words of a sentence, its kind) as an author chooses them.
CHOSEN = {
    "The indoor pool of Averstow": "checkable",
    "The pool closed on March 10": "checkable",
    "Seven school classes": "checkable",
    "The town expects": "prediction",
    "Experts believe": "not checkable as written",
    "The town’s building office reported": "checkable",
    "The boiler failure": "checkable",
    "Pool manager Oswin": "checkable",
    "A free bus": "checkable",
    "The club stands": "opinion",
    "Patience has reached": "not checkable as written",
    "It found no germs": "checkable",
    "The repair will cost": "prediction",
    "A single ticket": "checkable",
    "The real task": "opinion",
}
# What is split: the first words of the sentence, and its claims with their kinds.
SPLIT = {
    "The indoor pool": {
        "The indoor pool of Averstow has been closed since Monday, March 10": "checkable",
        "swimmers are furious": "not checkable as written",
    },
    "The boiler failure": {
        "The boiler failure marks the second closure this year": "checkable",
        "was caused by years of neglect": "opinion",
    },
    "The town’s building": {
        "the basin, 25 meters long and 10 meters wide": "checkable",
        "loses about 30 cubic meters of water per hour": "checkable",
    },
}
GAINS = {
    "The boiler failure marks": 4, "loses about 30": 4, "It found no germs": 3, "The indoor pool": 3, "A free bus": 1,
    "A single ticket": 1, "the basin, 25": 1, "The club stands": 0,
}  # fmt: skip
CARDS = [
    ("Town of Averstow", "Notice", "March 10, 2025", "Town of Averstow", "primary",
     "The pool is closed from March 10. A cracked pipe loses 30 cubic meters a day."),
    ("Radio Vennmoor", "The press meeting", "2025-03-11", "Radio Vennmoor", "broadcaster",
     "The basin measures 25 by 10 meters and loses 30 cubic meters a day. It is the second closure of 2025."),
    ("Building office", "Measurements", "2025-03-10", "Averstow building office", "primary",
     "The basin measures 25 by 10 meters. It loses 30 cubic meters a day."),
    ("Averstow Lantern", "Cold water", "2024-03-06", "Averstow Lantern", "newspaper",
     "The boiler failed on March 4, 2024. It was the first closure of that year."),
    ("County health office", "Drinking water", "2025-03-12", "County health office", "primary",
     "Four samples of March 11 had no germs."),
    ("Radio Vennmoor", "Is the water safe?", "2025-03-12", "Radio Vennmoor", "broadcaster",
     "The head of the health office said that four samples had no germs."),
]  # fmt: skip
VERDICTS = {
    "The boiler failure marks": ("misattributed", {2: "contradicts", 4: "contradicts"}),
    "loses about 30": ("contradicted", {1: "contradicts", 2: "contradicts", 3: "contradicts"}),
    "It found no germs": ("supported", {5: "supports", 6: "supports"}),
    "The indoor pool": ("supported", {1: "supports", 2: "context"}),
    "the basin, 25": ("supported", {2: "supports", 3: "supports"}),
}


def pool_case(place):
    """The text of the invented story, and nothing that is said about it yet."""
    text = (data_path("averstow-pool") / "article.txt").read_text(encoding="utf-8")
    assert 600 < len(text.split()) < 700
    about = {"title": "Pool", "licence": ""}
    write_case(place, "pool-again", Found(tuple(text.split("\n"))), about, invented=True, file="a.txt")
    return place / "pool-again"


def press(page, act, name, answer=None):
    return pages.press(page, act, step_of(page, name), answer)


def part(page, name):
    return page._parts[step_of(page, name)]


class Author:
    """Somebody at the page, who is counted: a press, a choice, a mark and a text typed are one action each."""

    def __init__(self):
        self.actions, self.slowest = 0, (0.0, "")

    def press(self, page, act, name, answer=None):
        before = part(page, name).answer
        self.actions += 1 + self._changed(before, answer)
        started = time.perf_counter()
        press(page, act, name, answer)
        self.slowest = max(self.slowest, (time.perf_counter() - started, f"{act} {name}"))
        return said(page)

    @staticmethod
    def _changed(before, after):
        if isinstance(after, dict):
            return sum((before or {}).get(name) != value for name, value in after.items())
        if isinstance(after, list):
            return len({str(one) for one in before or []} ^ {str(one) for one in after})
        return after != before


def said(page):
    return page.intro + " ".join(state.get("feedback") or "" for state in page.state.values())


def claim(page, words):
    return next(one for one in page.claims if page.article[one.span].startswith(words))


def sentence(article, words):
    return next(one for one in article.sentences if article[one.span].lstrip("- ").startswith(words))


def choose_sentences(author, page):
    answer = {str(sentence(page.article, words).number): {"kind": kind} for words, kind in CHOSEN.items()}
    return author.press(page, "save", "sentences", answer)


def split(author, page):
    marks = [*part(page, "claims").answer]
    for words, parts in SPLIT.items():
        assert sentence(page.article, words).number in [page.article.sentence_at(mark[0]).number for mark in marks]
        marks += [[*page.article.find(text), kind] for text, kind in parts.items()]
    return author.press(page, "save", "claims", sorted(marks))


def rate(author, page):
    gains = {claim(page, words).id: gain for words, gain in GAINS.items()}
    author.press(page, "save", "worth", {name: {"gain": str(gain)} for name, gain in gains.items()})
    reasons = {f"{name}worth": f"Readers will repeat it ({gain})." for name, gain in gains.items()}
    return author.press(page, "save", "words", part(page, "words").answer | reasons)


def claims_done(author, folder):
    page = annotate(folder, part="claims")
    choose_sentences(author, page)
    split(author, page)
    return page, rate(author, page)


def card(publisher, title, date, origin, role, fact):
    slug = f"https://{publisher.replace(' ', '-').lower()}.example/{title.replace(' ', '-').lower()}"
    return {
        "publisher": publisher, "title": title, "date": date, "address": slug, "origin": origin, "role": role, "fact": fact,
    }  # fmt: skip


def evidence_done(author, folder):
    page = annotate(folder, part="evidence")
    for one in CARDS:
        author.press(page, "save", "card", card(*one))
    author.press(page, "on", "card")
    told = ""
    for words, (given, cards) in VERDICTS.items():
        number = claim(page, words).id
        if f"verdict-{number}" not in page.state:
            author.press(page, "open", "which", number)
        answer = {"verdict": given, "explanation": "The cards say so, in these words."}
        answer |= {f"re{n:02}": relation for n, relation in cards.items()}
        told = author.press(page, "save", "verdict", answer)
    return page, told


def claimed_case(place):
    """All that the part about claims asks for."""
    folder = pool_case(place)
    claims_done(Author(), folder)
    return folder


def carded_case(place):
    """Two cards as well, and no verdict yet."""
    folder = claimed_case(place)
    page = annotate(folder, part="evidence")
    for one in CARDS[:2]:
        press(page, "save", "card", card(*one))
    return folder


def judged_case(place):
    """All cards and verdicts as well."""
    folder = claimed_case(place)
    evidence_done(Author(), folder)
    return folder


folder, claimed, carded, judged = map(begins_with, (pool_case, claimed_case, carded_case, judged_case))


def test_an_author_opens_units_0_1_and_half_of_2_with_250_actions_and_no_yaml(folder):
    author = Author()
    quotes = annotate(folder)
    author.press(quotes, "save", "marks", quote_marks(quotes))
    author.press(quotes, "save", "speakers", yes(quotes))
    sides = {f"v{n}": "town" if n % 2 else "others" for n in range(1, len(quotes._names()) + 1)}
    author.press(quotes, "save", "sides", sides)
    _, told = claims_done(author, folder)
    assert "Exercises 2.1, 2.2 and 2.3 work now." in told
    _, told = evidence_done(author, folder)
    assert "Exercises 2.1, 2.2, 2.3, 2.4" in told
    seconds, what = author.slowest
    print(f"{author.actions} actions, slowest answer {seconds * 1000:.0f} ms ({what})")
    assert 100 < author.actions <= 250
    assert case_faults(folder) == []
    case = load_case(folder)
    tasks = {}
    for plan in UNITS[:3]:
        tasks |= load_tasks(plan, case)
    assert {"1.1", "1.2", "1.3", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6"} <= tasks.keys()
    assert all(task.check(task.answer()).outcome.done for task in some(tasks.values()))
    assert not any(task.check(None).outcome.done for task in some(tasks.values()))
    found = check_case(folder)
    told, ready = verdict(found)
    assert ready, [str(one) for one in found if one.sign == "bad"]
    assert any("Of 5 claims to verify, 3 are supported" in str(one) for one in found)


def test_wrong_answers_to_what_an_author_made_do_not_pass(judged):
    tasks = load_tasks(UNITS[2], load_case(judged))
    wrong = {
        "2.1": [[*one.span] for one in some(load_case(judged).article.sentences) if one.number < 3],
        "2.2": {key: {"kind": "checkable"} for key in tasks["2.2"].answer()},
        "2.3": tasks["2.3"].answer()[::-1],
        "2.4": {
            key: {"verdict": "supported", "evidence": value["evidence"][:1]} for key, value in tasks["2.4"].answer().items()
        },
    }  # fmt: skip
    assert Outcome.PASSED not in [tasks[number].check(answer).outcome for number, answer in wrong.items()]


def test_a_sentence_of_which_half_is_marked_is_asked_about(folder):
    page = annotate(folder, part="claims")
    sentence = page.article.sentence_at(page.article.find("Pool manager Nadia").start)
    press(page, "save", "sentences", {str(sentence.number): {"kind": "checkable"}})
    half = page.article.find("her staff had checked every valve")
    told = press(page, "save", "claims", [[*half, "checkable"]])["feedback"]
    assert "“before they found a crack in a pipe under the shallow end”" in told
    assert "Brandreth told" not in told  # who says it is no claim of its own
    assert page.claims[0].span == half
    press(page, "save", "claims", [[*half, "checkable"]])
    assert part(page, "worth")


def test_of_a_report_the_kind_of_its_message_is_proposed(folder):
    text = " ".join(row.text for row in part(annotate(folder, part="claims"), "sentences").form.form.rows)
    said = "Proposed: prediction (tells of the future: “would”; that somebody said so can be checked)"
    assert said in text
    assert "Proposed: checkable (" not in text


def test_nothing_is_a_claim_that_nobody_chose(folder):
    page = annotate(folder, part="claims")
    assert "Proposed: " in sent(page)
    assert not page.path.exists()
    rows = part(page, "sentences").form.form.rows
    scores = {one.sentence: one.score for one in score_claims(page.article)}
    order = [scores[int(row.key)] for row in rows]
    assert order == sorted(order, reverse=True)
    assert len(order) > 20
    press(page, "draft", "sentences", {rows[3].key: {"kind": "opinion"}})
    again = annotate(folder, part="claims")
    assert [one.kind for one in again.claims] == ["opinion"]
    assert not (folder / "claims.yaml").exists()
    press(again, "save", "sentences", {rows[3].key: {"kind": "opinion"}})
    press(again, "save", "claims", [[*one.span, one.kind] for one in again.claims])
    press(again, "save", "worth", {})
    press(again, "save", "words", part(again, "words").answer)
    assert len(load_case(folder).claims) == 1


def test_numbers_of_claims_and_cards_never_change(folder):
    page, _ = claims_done(Author(), folder)
    evidence, _ = evidence_done(Author(), folder)
    before = {one.text: one.id for one in load_case(folder).claims}
    gone = claim(page, "A free bus")
    press(page, "back", "split")
    press(page, "back", "words", part(page, "words").answer)
    press(page, "back", "worth", part(page, "worth").answer)
    marks = [mark for mark in part(page, "claims").answer if mark[0] != gone.span.start]
    moved = claim(page, "It found no germs")
    marks = [[mark[0], mark[1] - 20, mark[2]] if mark[0] == moved.span.start else mark for mark in marks]
    added = page.article.find("The swimming club informed its 340 members")
    marks = sorted([*marks, [*added, "checkable"]])
    assert "no claim" in press(page, "save", "claims", marks)["feedback"]  # what was a claim is asked about
    press(page, "save", "claims", marks)
    press(page, "save", "worth", part(page, "worth").answer)
    press(page, "save", "words", part(page, "words").answer)
    after = {one.text: one.id for one in load_case(folder).claims}
    assert gone.text not in after
    new = after[page.article[added]]
    assert new not in before.values()
    assert int(new[1:]) > max(int(name[1:]) for name in before.values())
    assert after[moved.text[:-20]] == moved.id
    assert {text: name for text, name in after.items() if text in before}.items() <= before.items()
    # A card that carries a verdict stays; one that carries none goes, and its number with it.
    press(evidence, "back", "verdict")
    told = json.dumps(press(evidence, "remove", "cards", "e01"), ensure_ascii=False)
    assert "cites card e01. Change the verdict first." in told
    cited = next(one.claim for one in evidence.coded.verdicts if "e01" in one.cards)
    assert f"“{next(one for one in evidence.claims if one.id == cited).alone}”" in told
    assert cited not in told
    press(
        evidence,
        "save",
        "card",
        card("Bus company", "Line 7", "2025", "Bus company", "primary", "The ride takes 25 minutes."),
    )
    press(evidence, "remove", "cards", "e07")
    press(
        evidence,
        "save",
        "card",
        card("Bus company", "Line 8", "2025-03", "Bus company", "primary", "The ride takes an hour."),
    )
    assert [one.id for one in load_case(folder).evidence] == [*(f"e{n:02}" for n in range(1, 7)), "e08"]


def test_what_was_typed_comes_back(folder):
    page = annotate(folder, part="evidence")
    press(page, "draft", "card", {"publisher": "Town", "fact": "Half a sen"})
    page = annotate(folder, part="evidence")
    assert part(page, "card").answer == {"publisher": "Town", "fact": "Half a sen"}
    press(page, "save", "card", card(*CARDS[0]))
    assert not part(page, "card").answer
    press(page, "open", "cards", "e01")
    press(page, "draft", "card", {**part(page, "card").answer, "title": "Another title"})
    page = annotate(folder, part="evidence")
    assert "e01" in part(page, "card").spec["title"]
    assert part(page, "card").answer["title"] == "Another title"
    assert page.cards[0].title == CARDS[0][1]
    press(page, "save", "card", part(page, "card").answer)
    assert [(one.id, one.title) for one in page.cards] == [("e01", "Another title")]
    claims = annotate(folder, part="claims")
    choose_sentences(Author(), claims)
    press(claims, "save", "claims", part(claims, "claims").answer)
    number = claims.claims[0].id
    press(claims, "save", "worth", {number: {"gain": "3"}})
    press(claims, "draft", "words", {**part(claims, "words").answer, f"{number}worth": "Half a rea"})
    assert annotate(folder, part="claims").claims[0].worth == "Half a rea"


BAD_CARDS = [
    ({"publisher": ""}, "who published it"),
    ({"role": ""}, "what kind of publisher it is"),
    ({"fact": "word " * 46}, "The fact has 46 words. Shorten it to 45."),
    ({"quotation": "word " * 16}, "The quotation has 16 words. Shorten it to 15."),
    ({"address": "www.example"}, "is not an address"),
    ({"date": "last week"}, "“last week” is not a date"),
    ({"happened": "2025-02-31"}, "is not a date"),
    ({}, "Card e01 says the same already"),
]


@pytest.mark.parametrize(("change", "says"), BAD_CARDS, ids=[one[1][:20] for one in BAD_CARDS])
def test_a_card_that_does_not_fit_is_refused_with_one_sentence(folder, change, says):
    page = annotate(folder, part="evidence")
    press(page, "save", "card", card(*CARDS[0]))
    state = press(page, "save", "card", card(*CARDS[0]) | change)
    assert says in json.dumps(state, ensure_ascii=False)
    assert len(page.cards) == 1
    assert part(page, "card").answer["title"] == CARDS[0][1]


def test_the_same_page_saved_twice_is_said_and_no_fault(folder):
    page = annotate(folder, part="evidence")
    press(page, "save", "card", card(*CARDS[0]))
    assert "same page" not in said(page)
    again = card(*CARDS[0]) | {"fact": "Swimmers stay outside."}
    press(page, "save", "card", again | {"address": again["address"].replace("https://", "http://www.") + "/#top"})
    assert "Card e02 is saved. It is from the same page as e01." in said(page)
    assert "different origins" not in said(page)
    # Without addresses, it is the publisher and the title that say so.
    press(page, "save", "card", card(*CARDS[1]) | {"address": ""})
    assert "same page" not in said(page)
    press(page, "save", "card", card(*CARDS[1]) | {"address": "", "fact": "It is shut.", "origin": "An agency"})
    assert "from the same page as e03. If it holds another fact, that is fine." in said(page)
    assert "different origins. Give them the same one." in said(page)
    assert len(page.cards) == 4


def test_cards_that_are_connected_come_first_and_then_those_that_share_words(carded):
    page = annotate(carded, part="evidence")
    for one in CARDS[2:]:
        press(page, "save", "card", card(*one))
    press(page, "on", "card", {})

    def order():
        return [blank["name"] for blank in part(page, "verdict").spec["form"]["blanks"] if blank["found"]]

    press(page, "open", "which", claim(page, "It found no germs").id)
    assert set(order()) == {f"re{n:02}" for n in range(1, 7)}
    assert set(order()[:2]) == {"re05", "re06"}
    press(page, "draft", "verdict", {"re03": "context"})
    press(page, "open", "which", step_of(page, "verdict").removeprefix("verdict-"))
    assert order()[0] == "re03"


def test_reasons_that_learners_read_end_as_a_sentence_does(carded):
    page = annotate(carded, part="evidence")
    press(page, "on", "card", {})
    instead = {"ioutdated": "Read the date again!", "icontradicted": "It says “closed”"}
    answer = {"verdict": "supported", "explanation": "the town says “closed.”", "re01": "supports"}
    press(page, "save", "verdict", answer | instead)
    (given,) = page.coded.verdicts
    assert given.explanation == "the town says “closed.”"
    assert given.instead == {"outdated": "Read the date again!", "contradicted": "It says “closed”."}


BAD_VERDICTS = [
    ({"verdict": ""}, "Choose a verdict"),
    ({"explanation": ""}, "Say why"),
    ({"explanation": "word " * 51}, "Your explanation has 51 words. Shorten it to 50."),
    ({"explanation": "The mayor lied."}, "Judge the sentence, not a person: avoid “lied”."),
    ({"re01": "nothing"}, "needs a card"),
    ({"re01": "contradicts"}, "no card supports the claim"),
    ({"verdict": "contradicted"}, "no card contradicts the claim"),
    ({"explanation": "Radio Vennmoor has it, too."}, "names Radio Vennmoor"),
]


@pytest.mark.parametrize(("change", "says"), BAD_VERDICTS, ids=[one[1][:20] for one in BAD_VERDICTS])
def test_a_verdict_that_does_not_hold_is_refused_with_one_sentence(carded, change, says):
    page = annotate(carded, part="evidence")
    press(page, "on", "card", {})
    before = (carded / "claims.yaml").read_bytes()
    answer = {"verdict": "supported", "explanation": "The town says so.", "re01": "supports"}
    state = press(page, "save", "verdict", answer | change)
    assert says in json.dumps(state, ensure_ascii=False)
    assert (carded / "claims.yaml").read_bytes() == before
    press(page, "save", "verdict", answer)
    assert (carded / "claims.yaml").read_bytes() != before


@pytest.mark.parametrize(
    ("where", "answer", "says"),
    [
        ("sentences", {}, "No kind is chosen yet"),
        ("claims", [], "Nothing is marked yet"),
        ("claims", [[40, 106, "checkable"], [60, 120, "opinion"]], "Two claims overlap"),
        ("claims", [[40, 106, "checkable"], [40, 106, "opinion"]], "Two claims overlap"),
        ("claims", [[40, 200, "checkable"]], "runs over the end of its sentence"),
        ("words", "no reason", "Write a short reason"),
    ],
)
def test_claims_that_cannot_be_are_refused_with_one_sentence(folder, where, answer, says):
    page = annotate(folder, part="claims")
    if where != "sentences":
        choose_sentences(Author(), page)
    if where == "words":
        press(page, "save", "claims", part(page, "claims").answer)
        press(page, "save", "worth", {page.claims[0].id: {"gain": "3"}})
        answer = part(page, "words").answer
    state = press(page, "save", where, answer)
    assert says in json.dumps(state, ensure_ascii=False)
    assert not (folder / "claims.yaml").exists()


def test_statements_are_read_as_the_author_wrote_them_to_stand_alone(claimed):
    page = annotate(claimed, part="claims")
    gold = load_case(claimed).claim_gold
    task = load_tasks(UNITS[2], load_case(claimed))["2.2"]
    rows = {row.key: row.text for row in task.form.rows}
    assert rows == {one.key: one.says for one in some(gold.classify)}
    assert all(text[-1] in ".!?”" for text in rows.values())
    written = [one.model_copy(update={"says": f"In Averstow, this is {one.id}."}) for one in page.claims]
    made, _ = claim_key.made_key(
        page.article, page.coded.model_copy(update={"claims": written}), claim_key.EvidencePass()
    )
    # What nobody can check as written would no longer be that, so it is not rewritten.
    vague = {one.key for one in made.classify if one.kind == "not checkable as written"}
    assert vague
    assert {one.key for one in made.classify if one.says != f"In Averstow, this is {one.key}."} == vague


def test_what_learners_get_is_chosen_by_rule_and_can_be_changed(folder):
    page, _ = claims_done(Author(), folder)
    gold = load_case(folder).claim_gold
    assert len({one.kind for one in gold.classify}) == 4
    assert len(gold.splits) == 3
    assert gold.about.joins == ["and"]
    gains = sorted((one.gain for one in gold.rank), reverse=True)
    assert gains[gold.top - 1] > gains[gold.top]
    keep = [one.key for one in gold.classify]
    fewer = [key for key in keep if gold.claim(key).kind in ("checkable", "opinion")]
    assert "at least 3 kinds" in json.dumps(press(page, "save", "classify", fewer), ensure_ascii=False)
    assert "Choose at least one sentence" in json.dumps(press(page, "save", "split", []))
    press(page, "save", "classify", keep[:-1])
    press(page, "save", "split", [f"S{one.sentence}" for one in gold.splits[:2]])
    press(page, "save", "rank", "top2")
    gold = load_case(folder).claim_gold
    assert ([one.key for one in gold.classify], len(gold.splits), gold.top) == (keep[:-1], 2, 2)
    evidence, _ = evidence_done(Author(), folder)
    press(evidence, "on", "verdict")
    chosen = part(evidence, "verify").answer
    assert len(chosen) == 5
    gold = load_case(folder).claim_gold
    bad = [name for name in chosen if gold.claim(name).verdict != "supported"]
    good = [name for name in chosen if name not in bad]
    refused = {
        "At least 45%": bad + good[:1],
        "Choose claims with at least 3 different verdicts": good,
        "at least 3": good[:2],
    }
    for says, given in refused.items():
        assert says in json.dumps(press(evidence, "save", "verify", given), ensure_ascii=False)
    press(evidence, "save", "verify", [*good[:2], *bad])
    assert "Your choice is saved: your class verifies 4 claims." in said(evidence)
    assert "go on to choose" not in said(evidence)
    assert sorted(load_case(folder).claim_gold.verify) == sorted([*good[:2], *bad])


def test_a_claim_has_a_general_sentence_for_other_verdicts_or_its_own(judged):
    page = annotate(judged, part="evidence")
    press(page, "on", "card")
    number = claim(page, "loses about 30").id
    press(page, "open", "which", number)
    assert "Put your finger on them" in json.dumps(part(page, "verdict").spec, ensure_ascii=False)
    task = load_tasks(UNITS[2], load_case(judged))["2.4"]
    right = task.answer()
    wrong = right | {number: right[number] | {"verdict": "outdated"}}
    assert "Was it true at an earlier time?" in str(task.check(wrong))
    press(page, "save", "verdict", {**part(page, "verdict").answer, "ioutdated": "Read the unit of time once more."})
    assert "Read the unit of time once more." in str(load_tasks(UNITS[2], load_case(judged))["2.4"].check(wrong))


def test_a_second_coder_sees_nothing_of_the_first(judged):
    before = [(judged / name).read_bytes() for name in ("claims.yaml", "evidence.yaml")]
    second = annotate(judged, 2, "claims")
    assert second.claims == []
    assert "Proposed" not in sent(second)
    numbers = [int(row.key) for row in part(second, "sentences").form.form.rows]
    # The first coder chose for the class: which sentences these are is all that is shown of it.
    chosen = {second.article.number_at(claim.span.start) for claim in annotate(judged, 1, "claims").claims}
    assert numbers == sorted(chosen)
    assert part(second, "sentences").answer is None
    kinds = {str(n): {"kind": "opinion"} for n in numbers[1:]}
    assert "has no answer yet" in press(second, "save", "sentences", kinds)["feedback"]
    press(second, "save", "sentences", kinds | {str(numbers[0]): {"kind": "none"}})
    assert second.coded.without == numbers[:1]
    (shown,) = part(second, "claims").form.form.parts
    assert shown == tuple(numbers[1:])
    marks = part(second, "claims").answer
    assert "No claim is marked in" in press(second, "save", "claims", marks[1:])["feedback"]
    press(second, "save", "claims", marks)
    assert "That is all for this part" in said(second)
    # It ends there: the class gets the first one's words and ratings.
    assert [*second.state] == ["done"]
    press(second, "back", "done")
    assert part(second, "sentences").answer == kinds | {str(numbers[0]): {"kind": "none"}}
    judge = annotate(judged, 2, "evidence")
    assert "The cards say so" not in sent(judge)
    assert "misattributed ·" not in sent(judge)
    press(judge, "save", "verdict", {"verdict": "not established", "explanation": "I found nothing."})
    assert [one.verdict for one in judge.coded.verdicts] == ["not established"]
    assert judge.path.name == "evidence-coder-2.yaml"
    assert [(judged / name).read_bytes() for name in ("claims.yaml", "evidence.yaml")] == before
    assert case_faults(judged) == []


def test_a_second_coder_waits_for_the_first_ones_sentences_and_keeps_what_was_marked_elsewhere(folder):
    second = annotate(folder, 2, "claims")
    assert "The first person has not chosen any sentences yet." in sent(second)
    # A file of an earlier day has claims in any sentence.
    old = json.loads(json.dumps(second.coded.model_dump()))
    where = next(one.span for one in second.article.sentences if one.number == 9)
    old["claims"] = [
        {"id": "c01", "span": [*where], "text": second.article[where], "kind": "prediction", "gain": 2, "worth": "Yes."}
    ]
    claim_key.save(second.path, claim_key.ClaimsPass.model_validate(old))
    first = annotate(folder, 1, "claims")
    press(first, "save", "sentences", {"2": {"kind": "checkable"}})
    second = annotate(folder, 2, "claims")
    press(second, "save", "sentences", {"2": {"kind": "opinion"}})
    press(second, "save", "claims", part(second, "claims").answer)
    assert [claim.kind for claim in second.claims] == ["opinion", "prediction"]


def test_settled_claims_come_before_those_of_the_first_coder(folder):
    page, _ = claims_done(Author(), folder)
    settled = claim_key.read_claims(page.path, page.article)
    settled = settled.model_copy(update={"claims": settled.claims[:5]})
    claim_key.save(page.path.with_name("claims-adjudicated.yaml"), settled)
    claim_key.write_key(folder, page.article)
    assert len(load_case(folder).claims) == 5
    press(page, "back", "split")
    press(page, "save", "words", part(page, "words").answer)
    assert "Your class gets what the coders agreed on" in said(page)
    assert list(page.state) == ["words"]
    assert len(load_case(folder).claims) == 5


def test_a_full_disk_leaves_both_files_as_they_were(judged, monkeypatch):
    page = annotate(judged, part="evidence")
    press(page, "on", "card")
    names = ("claims.yaml", "evidence.yaml")
    before = [(judged / name).read_bytes() for name in names]
    whole = base.write_whole

    def full(path, data, **more):
        if path.name == "evidence.yaml" and data not in before:
            raise OSError(28, "No space left on device")
        whole(path, data, **more)

    monkeypatch.setattr(base, "write_whole", full)
    press(page, "open", "which", claim(page, "A free bus").id)
    answer = {"verdict": "supported", "explanation": "The town says so.", "re01": "supports"}
    assert "No space left on device" in json.dumps(press(page, "save", "verdict", answer))
    assert [(judged / name).read_bytes() for name in names] == before
    monkeypatch.setattr(base, "write_whole", whole)
    press(page, "save", "verdict", answer)
    assert "work now." in said(page)
    assert [(judged / name).read_bytes() for name in names] != before


@pytest.mark.parametrize("name", ["claims.yaml", "evidence.yaml"])
def test_files_written_by_hand_are_left_alone(folder, name):
    own = "claims: []\n" if name == "claims.yaml" else "cards: []\n"
    (folder / name).write_text(own, encoding="utf-8")
    page, told = claims_done(Author(), folder)
    assert f"Written by hand, and left as before: {name}." in told
    evidence = annotate(folder, part="evidence")
    press(evidence, "save", "card", card(*CARDS[0]))
    assert "Written by hand" in said(evidence)
    assert (folder / name).read_text(encoding="utf-8") == own
    assert len(page.claims) == 18
    for what in ("claims", "evidence"):
        (folder / "coding" / f"{what}-coder-3.yaml").write_text("claims: []\n", encoding="utf-8")
        with pytest.raises(MedialitError, match="was not made on this page"):
            annotate(folder, 3, what)


def test_a_damaged_coding_file_is_named_with_its_line(claimed):
    page = annotate(claimed, part="claims")
    data = yaml.safe_load(page.path.read_text(encoding="utf-8"))
    whole = page.path.read_text(encoding="utf-8")
    page.path.write_text(whole.replace("kind: opinion", "kind: maybe", 1), encoding="utf-8")
    with pytest.raises(MedialitError, match=r"claims-coder-1\.yaml, line \d+, .*“maybe” is not one of"):
        annotate(claimed, part="claims")
    text = data["claims"][0]["text"]
    page.path.write_text(whole.replace(text, "Other words", 1), encoding="utf-8")
    with pytest.raises(MedialitError, match="other words at the span of c"):
        annotate(claimed, part="claims")


def test_claims_are_found_again_in_a_corrected_text(claimed, tmp_path):
    page = annotate(claimed, part="claims")
    text = page.article.text.replace("swimmers are furious", "swimmers are very furious")
    (tmp_path / "new.txt").write_text(text, encoding="utf-8")
    assert any(line.startswith("coding/claims-coder-1.yaml") for line in respan(claimed, tmp_path / "new.txt"))
    again = annotate(claimed, part="claims")
    assert claim(again, "swimmers are very furious").id == claim(page, "swimmers are furious").id


def test_the_choice_of_claims_to_verify_follows_its_rule():
    def chosen(*verdicts, hand=None):
        claims = [
            claim_key.MarkedClaim(id=f"c{n}", span=[n, n + 1], text="x", kind="checkable")
            for n in range(1, len(verdicts) + 1)
        ]
        cited = {"e1": "context", "e2": "context"}
        given = {
            f"c{n}": claim_key.GivenVerdict(claim=f"c{n}", verdict=v, explanation="x", cards=cited)
            for n, v in enumerate(verdicts, 1)
        }
        cards = [
            claim_key.WrittenCard(id=f"e{n}", publisher="p", title="t", origin=f"o{n}", role="primary", fact="f")
            for n in (1, 2)
        ]
        return [given[name].verdict for name in claim_key.verified(claims, given, cards, hand)]

    s, c, o, n = "supported", "contradicted", "outdated", "not established"
    assert chosen(s, s) == []
    assert chosen(s, s, s, s) == []
    assert chosen(c, c, c, c) == []
    assert chosen(c, c, c, c, s) == []
    assert chosen(c, c, c, c, s, s) == []  # two verdicts: one of them everywhere does well
    assert sorted(chosen(c, c, c, o, s, s)) == sorted([c, o, s, s])
    assert sorted(chosen(c, c, c, o, n, s, s, s)) == sorted([c, o, n, s, s, s])
    assert len(chosen(*[s] * 20, c, o)) == 6
    # A choice that no longer holds gives way to the rule.
    assert sorted(chosen(c, o, s, s, hand=["c1", "c2"])) == sorted([c, o, s, s])
