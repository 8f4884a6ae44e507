"""The claims lens: kinds by readable rules, scores that their reasons add up to, and nothing that breaks it."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from some import some

from medialit.article import Article
from medialit.case.gold import load_claims
from medialit.errors import CaseError
from medialit.files import data_path, read_text
from medialit.lenses import _claims_model
from medialit.lenses._claims_kinds import kind_of
from medialit.lenses._claims_model import parts_of, probability, shipped
from medialit.lenses._claims_signs import names_source, signs_of, words_of
from medialit.lenses._claims_tables import rule_table, sign_table
from medialit.lenses.claims import KINDS, claim_kinds, score_claims, score_sentence
from medialit.scoring.labels import macro_f1

FOLDER = data_path("missile-tests")


@pytest.fixture(scope="module")
def article():
    return Article(read_text(FOLDER / "article.txt"))


@pytest.fixture(scope="module")
def scores(article):
    return {score.sentence: score for score in score_claims(article)}


@pytest.mark.parametrize(
    ("sentence", "kind", "why"),
    [
        ("Unemployment fell to 4.1 percent in March.", "checkable", "record"),
        ("The mayor appears in court on Monday.", "checkable", "somebody was seen"),
        ("The ship could not enter the harbor.", "checkable", "not possible"),
        ("The minister said that the bridge will be closed.", "checkable", "record"),
        ("According to the Ministry of Transport, prices are likely to rise.", "checkable", "record"),
        ("Experts at the University of Oslo said the bridge is unsafe.", "checkable", "record"),
        ("The report raised concerns about safety, the ministry said.", "checkable", "record"),
        ("The bill was voted on in May.", "checkable", "record"),
        ("The bridge will be closed in June.", "prediction", "“will”"),
        ("They'll close the bridge.", "prediction", "“'ll”"),
        ("Prices are likely to rise.", "prediction", "“are likely to”"),
        ("The film is due to open on Friday.", "prediction", "due to"),
        ("We are going to win.", "prediction", "going to"),
        ("North Korea may continue limited provocations.", "prediction", "“may”"),
        ("We should close the bridge.", "opinion", "“should”"),
        ("It seems that nobody cares.", "opinion", "“seems”"),
        ("The true challenge will be finding a way.", "opinion", "“true challenge”"),
        ("I think the bridge is ugly.", "opinion", "“i think”"),
        ("This was a terrible idea.", "opinion", "“terrible”"),
        ("Who will pay for this?", "not checkable as written", "a question"),
        ("Experts believe the plan works.", "not checkable as written", "“experts believe”"),
        ("While most analysts agree, the plan is new.", "not checkable as written", "nobody is named"),
        ("Critics fear the worst.", "not checkable as written", "“critics fear”"),
        ("Some say the bridge is unsafe.", "not checkable as written", "“some say”"),
        ("It is widely believed that the mayor knew.", "not checkable as written", "nobody is named"),
        ("The company reportedly paid 3 million dollars.", "not checkable as written", "“reportedly”"),
        ("The position has raised serious concerns.", "not checkable as written", "“raised serious concerns”"),
        ("The decision sparked outrage.", "not checkable as written", "whose view"),
        ("He is widely regarded as a strong leader.", "not checkable as written", "whose view"),
        ("Tensions have reached new heights.", "not checkable as written", "measured"),
        ("A wonderful surprise", "not checkable as written", "not a full statement"),
        ("Thank you for coming here tonight.", "not checkable as written", ""),
    ],
)
def test_each_rule_on_a_sentence_of_its_own(sentence, kind, why):
    found, reason = kind_of(sentence)
    assert found == kind, reason
    assert why in reason


TABLE = yaml.safe_load(Path(__file__).with_name("claims_by_kind.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "sentence"), [(kind, text) for kind, rows in TABLE.items() for text in rows])
def test_the_table_of_invented_sentences(kind, sentence):
    found, reason = kind_of(sentence)
    assert found == kind, reason
    assert len(score_claims(sentence)) == 1


def test_a_message_has_the_kind_of_what_is_reported():
    table = yaml.safe_load(Path(__file__).with_name("messages_by_kind.yaml").read_text("utf-8"))
    assert (set(table), sum(map(len, table.values()))) == (set(KINDS), 41)
    found = {text: claim_kinds(Article(text))[1][0] for rows in table.values() for text in rows}
    wrong = [text for kind, rows in table.items() for text in rows if found[text] != kind]
    assert wrong == ["The airline said it expected to fly again on Sunday."]
    assert claim_kinds(Article("The choir would have sung outdoors."))[1][0] == "checkable"
    kind, why = claim_kinds(Article("The dam would hold, Ines Calder said."))[1]
    assert (kind, why) == ("prediction", "tells of the future: “would”; that somebody said so can be checked")


def test_the_table_has_every_kind_and_claims_without_a_number():
    assert set(TABLE) == set(KINDS)
    assert min(len(rows) for rows in TABLE.values()) >= 15
    plain = [text for text in TABLE["checkable"] if not re.search(r"\d", text)]
    assert len(plain) >= 25


def test_a_claim_without_a_number_scores_above_an_opinion():
    scored = {kind: [score_sentence(text)[0] for text in rows] for kind, rows in TABLE.items()}
    others = [score for kind in KINDS[1:] for score in scored[kind]]
    pairs = [(claim > other) + 0.5 * (claim == other) for claim in scored["checkable"] for other in others]
    assert sum(pairs) / len(pairs) > 0.9


@pytest.mark.parametrize(
    ("sentence", "sign", "there"),
    [
        ("It's late.", "name", False),
        ("There's a hole in the road.", "name", False),
        ("The train left Lima.", "name", True),
        ("We are determined to help.", "past", False),
        ("The bridge is closed.", "past", False),
        ("He lied to the court.", "past", True),
        ("The plane landed late.", "past", True),
        ("They read the will aloud.", "future", False),
        ("The coal mine is open.", "self", False),
        ("You can see it right now.", "value", False),
    ],
)
def test_a_sign_fires_where_its_words_mean_it(sentence, sign, there):
    assert (sign in signs_of(sentence)) is there


def test_posts_headings_and_loaded_words():
    post = "The pier is gone, #bay #storm pic.twitter.com/x\n— Bay News (@bay) May 3, 2021"
    text = f"Storm over the bay.\n\n{post}"
    assert score_claims(text)[-1].score == 0.0
    assert kind_of("The provocative action marks the fourth missile launch this year.")[0] == "checkable"
    # A heading is no statement.
    assert kind_of("Growing Regional Concerns", heading=True) == (
        "not checkable as written",
        "a heading, not a statement",
    )
    assert {rule.kind for rule in rule_table()} == set(KINDS)
    assert all(rule.reason and rule.pattern for rule in rule_table())


def test_the_kinds_of_the_case(article):
    # Twenty statements of the course's own gold. The rules were written with some of them in view: no fair measure,
    # but a floor that a changed table must keep.
    gold = load_claims(FOLDER, article).classify
    assert macro_f1([kind_of(item.text)[0] for item in gold], [item.kind for item in gold]) >= 0.8


def test_signs_name_the_words_that_show_them():
    found = signs_of("Exports rose by 12 percent, more than 3 million dollars, in 2019.")
    assert found["percent"] == ("percent",)
    assert found["number"] == ("12", "3", "2019")
    assert found["rank"] == ("more than",)
    assert found["change"] == ("rose",)
    assert found["large"] == ("million",)
    assert found["date"] == ("2019",)
    # A capital may is a month or a name and no prediction.
    assert "future" not in signs_of("It opened in May and closed again.")
    assert "date" in signs_of("It opened in May and closed again.")
    assert "future" not in signs_of("Theresa May resigned.")
    assert "future" in signs_of("It may rain.")
    assert words_of("See pic.twitter.com/hI9DUqxtcj now") == ("see", "now")


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Jane Roe said it was late.", True),
        ("The ministry later clarified that three were fired.", True),
        ("U.S. officials have warned of an attack.", True),
        ("Experts said it was late.", False),
        ("While experts said so, nothing happened.", False),
        ("I said it was late.", False),
        ("It was late in New York.", False),
    ],
)
def test_who_said_it_needs_a_source_and_a_verb(sentence, named):
    assert names_source(sentence) is named


def test_the_order_of_the_articles_sentences(scores, article):
    best = max(scores.values(), key=lambda score: score.score)
    assert best.sentence == 15
    effects = {n: dict(zip(score.reasons, score.effects, strict=True)) for n, score in scores.items()}
    assert effects[15]["has a number or a word like “first”"] > 0
    assert effects[15]["names a person, a place or a body"] > 0
    assert best.kind == "checkable"
    # Questions and unnamed experts come last.
    statements = sorted((s for s in scores.values() if s.score), key=lambda s: s.score)
    assert {s.sentence for s in statements[:3]} == {9, 27, 28}
    assert effects[27]["is a question"] < 0
    assert effects[34]["prediction"] < 0
    for sentence in some(article.sentences):
        if article.blocks[sentence.block].kind == "heading":
            assert (scores[sentence.number].score, scores[sentence.number].reasons) == (0.0, ())
    assert score_claims(article) == score_claims(article.text)


def test_reasons_move_the_score_as_they_say(scores):
    for score in some(scores.values()):
        sizes = [abs(effect) for effect in score.effects]
        assert (sizes, len(score.reasons)) == (sorted(sizes, reverse=True), len(score.effects))
        assert 0 not in sizes
    # Taking a reason away moves the score as it says.
    with_number = score_sentence("The army fired three missiles.")[0]
    without = score_sentence("The army fired missiles.")[0]
    assert with_number > without
    plain, asked = score_sentence("The army fired missiles.")[0], score_sentence("The army fired missiles?")[0]
    assert asked < plain
    # Parts add up to the score.
    weights = shipped()
    for sentence in ("Taxes rose by 3 percent, he said.", "I think we should go.", ""):
        total = weights.start + sum(part.effect for part in parts_of(sentence, weights))
        assert score_sentence(sentence)[0] == pytest.approx(probability(total), abs=5e-4)
    one, other = (score_sentence(f"In that year {name} voted against the bill.") for name in ("Trump", "Clinton"))
    assert one == other
    assert not {"trump", "clinton", "obama", "bush", "korea"} & shipped().words.keys()
    # The record is plain data.
    plain = scores[15].as_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["kind"] in KINDS
    assert plain["span"] == [1556, 1710]


@settings(max_examples=60, deadline=None)
@example("")
@example("\n\n")
@example("日本語のテキスト。")
@example("A\u0000B")
@example("x" * 200_000)
@given(st.text(alphabet=st.sampled_from("aA .,?!’'“”12%$\n-—é"), max_size=120))
def test_any_text_gives_a_score_a_kind_and_a_rule(text):
    for score in some([*score_claims(text), *score_claims(f"{text}\nOne more.")]):
        assert 0 <= score.score <= 1
        assert score.kind in KINDS
        assert score.why


def test_the_shipped_file_is_small_and_has_the_signs_one_expects():
    path = data_path("models", "claims", "weights.json")
    assert path.stat().st_size < 300_000
    data = json.loads(read_text(path))
    assert (set(data["signs"]), data["licence"]) == ({sign.key for sign in sign_table()}, "CC BY 4.0")
    assert 0 < data["threshold"] < 1
    signs = shipped().signs
    assert min(signs[key] for key in ("percent", "large", "number", "rank", "deed", "said")) > 0
    assert max(signs[key] for key in ("question", "wish", "future", "view", "value", "self")) < 0


def test_a_damaged_file_is_named(tmp_path, monkeypatch):
    path = tmp_path / "models" / "claims" / "weights.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"start": "much"}', encoding="utf-8")
    monkeypatch.setattr(_claims_model, "data_path", lambda *parts: tmp_path.joinpath(*parts))
    shipped.cache_clear()
    try:
        with pytest.raises(CaseError, match=r"weights\.json: This file is damaged"):
            shipped()
    finally:
        shipped.cache_clear()
