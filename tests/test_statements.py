"""The parallel forms: matched pair by pair, half of them true, true to the gold, and no wording gives it away."""

import re
from collections import Counter
from itertools import groupby, pairwise
from math import log

import pytest
from some import some

import medialit
from medialit.article import Article
from medialit.authoring.statements import pair_table, write_seals
from medialit.classroom.testkey import find_key, read_key
from medialit.errors import CaseError, MedialitError
from medialit.exercises.seals import is_right, load_seals, seal
from medialit.exercises.statements import FORMS, LENSES, NOT_TRUE, RECHECK, TRUE, load_forms, load_texts, read_forms
from medialit.files import course_path

FILE = course_path("tests", "forms.yaml")
KEY = read_key(course_path("tests", "key.yaml"))
ALL = [s for form in load_forms().values() for s in form.statements]
STORY, CASE = "missile-tests", medialit.load_case("missile-tests")
TEXTS = {name: Article(text.text, title=text.title) for name, text in load_texts().items()}


def of_pair(name):
    return [s for s in ALL if s.pair == name]


PAIRS = list(dict.fromkeys(s.pair for s in ALL if s.form in FORMS))


def article_of(statement):
    return TEXTS.get(statement.case) or CASE.article


def paragraphs(statement):
    """The texts of the paragraphs that a statement names."""
    article = article_of(statement)
    blocks = {b.number: article[b.span] for b in article.paragraphs}
    return [blocks[int(number)] for number in re.findall(r"¶(\d+)", statement.text)]


@pytest.mark.parametrize("pair", PAIRS)
def test_the_two_statements_of_a_pair_ask_for_the_same_step(pair):
    one, other = of_pair(pair)
    assert {one.form, other.form} == set(FORMS)
    for field in ("lens", "topic", "difficulty"):
        assert getattr(one, field) == getattr(other, field), field
    assert (one.case == STORY, KEY[one.id].holds) == (other.case == STORY, KEY[other.id].holds)
    assert one.text != other.text


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_balanced(name):
    form = load_forms()[name]
    assert len(form.statements) == 16
    assert Counter(s.case == STORY for s in form.statements) == {True: 8, False: 8}
    assert Counter(s.case for s in form.statements if s.case != STORY) == dict.fromkeys(TEXTS, 4)
    assert Counter(s.lens for s in form.statements) == dict.fromkeys(LENSES, 4)
    # One that holds and one that does not for the article and for the new texts, through each lens.
    cells = Counter((s.case == STORY, s.lens, KEY[s.id].holds) for s in form.statements)
    assert (len(cells), set(cells.values())) == (16, {1})
    # What is expected to be hard is so for what is true and for what is not.
    for lens in LENSES:
        assert len({s.difficulty for s in form.statements if s.lens == lens and s.case == STORY}) == 1
    assert sum(s.worked for s in form.statements if s.case == STORY) <= 4
    assert not any(s.worked for s in form.statements if s.case != STORY)


def test_the_file_itself_gives_no_truth_away():
    """Pairs are numbered, and topics say the same for what is true and for what is not."""
    for lens in LENSES:
        for group in (True, False):
            mine = [s for s in ALL if s.lens == lens and (s.case == STORY) == group and s.form in FORMS]
            assert len({s.topic for s in mine}) == 1
    ones = [KEY[s.id].holds for s in ALL if s.pair.endswith("-1")]
    assert sum(ones) * 2 == len(ones) == 16


# --- guessers that never read a text ------------------------------------------------------------------------------

MOST = 0.65
HEDGES = frozenset(
    "about around approximately could likely may maybe might often perhaps possibly seems some usually".split()
)
ABSOLUTES = frozenset(
    "all always entirely every everybody exactly must never no nobody none nothing only straight".split()
)


def spelled(text):
    return re.findall(r"¶\d+|[\w’'-]+", text.lower())


def patterns(text):
    """All runs of one to three words."""
    words = spelled(text)
    return frozenset(" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1))


def seen(statement):
    words, place = spelled(statement.text), int(statement.id[1:])
    return {
        "patterns": patterns(statement.text),
        "letters": len(statement.text),
        "words": len(words),
        "place": place,
        "odd": place % 2,
        "paragraph": int(re.search(r"¶(\d+)", statement.text)[1]),
        "quoted": int("“" in statement.text),
        "hedges": sum(word in HEDGES for word in words),
        "absolutes": sum(word in ABSOLUTES for word in words),
        "difficulty": statement.difficulty,
        "lens": LENSES.index(statement.lens),
    }


def best_pattern(train):
    """One pattern that says true, or not true, best of all."""
    rules = []
    for pattern in sorted(set().union(*(x["patterns"] for x, _ in train))):
        have = [y for x, y in train if pattern in x["patterns"]]
        lack = [y for x, y in train if pattern not in x["patterns"]]
        yes, no = sum(have) * 2 >= len(have), sum(lack) * 2 >= len(lack)
        rules.append((sum(y == yes for y in have) + sum(y == no for y in lack), pattern, yes, no))
    _, pattern, yes, no = max(rules)
    return lambda x: yes if pattern in x["patterns"] else no


def all_patterns(train):
    """Every pattern votes with what it was worth (naive Bayes)."""
    counts = {y: Counter(p for x, z in train if z == y for p in x["patterns"]) for y in (True, False)}
    of = Counter(y for _, y in train)

    def guess(x):
        known = [p for p in x["patterns"] if counts[True][p] + counts[False][p]]
        return (
            sum(
                log((counts[True][p] + 0.5) / (of[True] + 1)) - log((counts[False][p] + 0.5) / (of[False] + 1))
                for p in known
            )
            > 0
        )

    return guess


def threshold(name):
    """At or above a mark it is true, or below it."""

    def learn(train):
        rules = [
            (sum(((x[name] >= mark) == up) == y for x, y in train), mark, up)
            for mark in sorted({x[name] for x, _ in train})
            for up in (True, False)
        ]
        _, mark, up = max(rules)
        return lambda x: (x[name] >= mark) == up

    return learn


def exact(name):
    """The same value, the same answer."""

    def learn(train):
        def guess(x):
            like = [y for z, y in train if z[name] == x[name]]
            return sum(like) * 2 > len(like)

        return guess

    return learn


NUMBERS = ("letters", "words", "place", "odd", "paragraph", "quoted", "hedges", "absolutes", "difficulty", "lens")
GUESSERS = {"best pattern": best_pattern, "all patterns": all_patterns}
GUESSERS |= {f"{name}: mark": threshold(name) for name in NUMBERS} | {f"{name}: value": exact(name) for name in NUMBERS}
SETS = {
    "form A": [s for s in ALL if s.form == "A"],
    "form B": [s for s in ALL if s.form == "B"],
    "recheck": [s for s in ALL if s.form == RECHECK],
    "both forms": [s for s in ALL if s.form in FORMS],
    "all": ALL,
}


def leave_one_out(statements, learn, holds):
    data = [(seen(s), holds[s.id]) for s in statements]
    right = [learn(data[:i] + data[i + 1 :])(x) == y for i, (x, y) in enumerate(data)]
    return sum(right) / len(right)


TRUTH = {name: entry.holds for name, entry in KEY.items()}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("guesser", GUESSERS)
def test_no_guesser_that_never_read_a_text_does_well(guesser, name):
    assert leave_one_out(SETS[name], GUESSERS[guesser], TRUTH) <= MOST


@pytest.mark.parametrize("guesser", GUESSERS)
def test_who_knows_one_form_cannot_guess_the_other(guesser):
    for one, other in (("form A", "form B"), ("form B", "form A")):
        guess = GUESSERS[guesser]([(seen(s), TRUTH[s.id]) for s in SETS[one]])
        assert sum(guess(seen(s)) == TRUTH[s.id] for s in SETS[other]) / 16 <= MOST


def test_the_guessers_find_a_key_that_a_pattern_gives_away():
    """The test above can fail: give each pattern one truth value, and a guesser passes the mark by far."""
    given = {s.id: "same launch" in s.text or "is the source" in s.text for s in ALL}
    assert leave_one_out(ALL, best_pattern, given) > 0.7
    assert leave_one_out(ALL, all_patterns, given) > 0.9
    long = {s.id: len(s.text) > 60 for s in ALL}
    assert leave_one_out(ALL, threshold("letters"), long) > 0.9


def test_a_pattern_that_is_used_often_has_both_truth_values():
    having = {}
    for statement in ALL:
        for pattern in patterns(statement.text):
            having.setdefault(pattern, []).append(TRUTH[statement.id])
    for pattern, truths in some((pattern, truths) for pattern, truths in having.items() if len(truths) >= 4):
        assert 0.25 <= sum(truths) / len(truths) <= 0.75, pattern


def test_no_statement_has_an_absolute_or_a_hedged_word():
    found = {s.id: (HEDGES | ABSOLUTES) & set(spelled(s.text)) for s in ALL}
    assert {name for name, words in found.items() if words - {"about"}} == set()


@pytest.mark.parametrize("name", [*FORMS, RECHECK])
def test_the_order_says_nothing(name):
    truth = [TRUTH[s.id] for s in load_forms()[name].statements]
    assert sum(truth) * 2 == len(truth)
    assert max(len(list(run)) for _, run in groupby(truth)) <= 3
    same = sum(a == b for a, b in pairwise(truth)) / (len(truth) - 1)
    assert 0.35 <= same <= 0.65
    lenses = [s.lens for s in load_forms()[name].statements]
    assert all(a != b for a, b in pairwise(lenses))


# --- texts and gold -----------------------------------------------------------------------------------------------


def test_a_form_is_met_text_by_text():
    order = [STORY, *TEXTS]
    for form in some(load_forms().values()):
        met = [s.case for s in form.statements]
        assert met == sorted(met, key=order.index)


def test_the_texts_of_the_tests_are_short_and_no_unit_shows_them():
    assert len(TEXTS) == 2
    for name, article in TEXTS.items():
        assert 120 <= len(article.text.split()) <= 220
        first = article.text.split(".")[0]
        shown = [
            p
            for p in course_path().rglob("*")
            if p.is_file() and p.suffix in (".md", ".yaml") and p.name != "texts.yaml"
        ]
        assert len(shown) > 30
        assert not [p for p in shown if first in p.read_text(encoding="utf-8")]
        assert load_texts()[name].genre in ("local politics", "health")


def test_the_recheck_has_a_statement_for_each_lens_and_half_of_them_hold():
    spare = load_forms()[RECHECK].statements
    assert Counter((s.case == STORY, s.lens) for s in spare) == {(g, lens): 1 for g in (True, False) for lens in LENSES}
    assert len({s.text for s in ALL}) == len(ALL) - _twins()


def _twins():
    """Statements on two texts may have the same words; those on one text may not."""
    assert len({(s.case, s.text) for s in ALL}) == len(ALL)
    return len(ALL) - len({s.text for s in ALL})


@pytest.mark.parametrize("statement", ALL, ids=lambda s: s.id)
def test_what_is_quoted_is_in_the_paragraph_that_is_named(statement):
    named = paragraphs(statement)
    assert named
    for quoted in re.findall(r"“([^”]+)”", statement.text):
        assert quoted.lower() in named[0].lower()


@pytest.mark.parametrize("statement", ALL, ids=lambda s: s.id)
def test_the_key_says_why_in_a_sentence(statement):
    entry = KEY[statement.id]
    assert entry.basis
    assert len(entry.why.split()) <= 30
    facts = {fact.id for fact in CASE.coverage.facts}
    known = {c.id for c in CASE.claims} | {q.id for q in CASE.quotes} | facts | {"words"}
    assert set(entry.basis) <= known
    assert entry.basis == ["words"] or statement.case == STORY


@pytest.mark.parametrize("statement", [s for s in ALL if s.lens == "quotes"], ids=lambda s: s.id)
def test_a_source_is_the_speaker_of_the_gold(statement):
    who, quoted = re.search(r"¶\d+, (.+) is the source of .*“([^”]+)”", statement.text).groups()
    holds = KEY[statement.id].holds
    if statement.case == STORY:
        (quote,) = [q for q in CASE.quotes if q.id in KEY[statement.id].basis]
        assert quoted.lower() in quote.text.lower()
        key = who.removeprefix("the ").replace("’s", "").split()[0]
        assert (key in quote.speaker_name and who.split()[-1].lower()[:8] in quote.speaker_name.lower()) == holds
    else:
        assert any(word in paragraphs(statement)[0].lower() for word in who.lower().split() if len(word) > 3)


@pytest.mark.parametrize("statement", [s for s in ALL if s.lens == "framing"], ids=lambda s: s.id)
def test_words_are_neutral_where_neither_the_panel_nor_the_lens_sees_a_side_taken(statement):
    article, (number,) = article_of(statement), re.findall(r"¶(\d+)", statement.text)
    (block,) = [b for b in article.paragraphs if b.number == int(number)]
    listed = [w for w in medialit.loaded_words(article) if block.span.start <= w.span.start < block.span.end]
    found = [w.word for w in listed if w.cls in ("one-sided term", "subjective intensifier")]
    if statement.case == STORY:
        marked = [w for w in CASE.framing.words if block.span.start <= w.span.start < block.span.end]
        panel = [w for w in marked if w.marked * w.classes.get("one-sided term", 0) > 0.5]
        assert bool(panel) != KEY[statement.id].holds
    assert bool(found) != KEY[statement.id].holds


@pytest.mark.parametrize("statement", [s for s in ALL if "same launch" in s.text], ids=lambda s: s.id)
def test_two_paragraphs_tell_of_one_launch_when_their_claims_belong_to_one_event(statement):
    events = set()
    for name, paragraph in zip(KEY[statement.id].basis, paragraphs(statement), strict=True):
        claim = CASE.claim_gold.claim(name)
        assert claim.text.split()[0] in paragraph
        events.add(claim.event)
    assert (len(events) == 1) == KEY[statement.id].holds


@pytest.mark.parametrize("statement", [s for s in ALL if s.lens == "claims" and s.case == STORY], ids=lambda s: s.id)
def test_a_record_agrees_where_the_claim_is_supported_or_real(statement):
    (basis,) = KEY[statement.id].basis
    if basis.startswith("c"):
        assert (CASE.claim_gold.claim(basis).verdict in ("supported", "outdated")) == KEY[statement.id].holds
    else:  # a fact of the record that the article tells otherwise, or not at all
        assert CASE.coverage.fact(basis)
        assert not KEY[statement.id].holds


# --- the key and its seals ---


def test_every_statement_has_a_key_and_a_seal_that_fits():
    seals = load_seals()
    assert set(seals) == set(KEY) == {s.id for s in ALL}
    for name, entry in KEY.items():
        right, wrong = (TRUE, NOT_TRUE) if entry.holds else (NOT_TRUE, TRUE)
        assert is_right(seals, name, right) is True
        assert is_right(seals, name, wrong) is False
        assert is_right(seals, name, "perhaps") is None
    assert len({value.partition(" ")[0] for value in seals.values()}) == len(seals), "each has a salt of its own"


def test_without_a_seal_nothing_is_claimed(tmp_path):
    assert load_seals(tmp_path / "none.yaml") == {}
    assert is_right({}, "a1", TRUE) is None
    assert seal("00", "a1", TRUE) != seal("00", "a2", TRUE)


def test_the_forms_do_not_say_what_holds():
    text = FILE.read_text(encoding="utf-8")
    assert "holds:" not in text
    fields = set(type(ALL[0]).model_fields)
    assert fields == {"id", "form", "pair", "case", "lens", "difficulty", "worked", "topic", "text"}


def test_no_room_of_a_learner_reads_the_key():
    """Only instructors and authors open key.yaml; what a notebook imports does not name it but to say where it is."""
    source = course_path().parent / "src" / "medialit"
    for path in some(source.rglob("*.py")):
        if path.relative_to(source).parts[0] not in ("classroom", "authoring", "cli.py"):
            assert 'KEY = "key.yaml"' not in path.read_text(encoding="utf-8")
            assert "testkey" not in path.read_text(encoding="utf-8"), path


def test_the_key_at_hand_is_plain_data_and_a_wrong_one_is_named(tmp_path):
    assert dict(find_key()) == {name: entry.holds for name, entry in KEY.items()}
    with pytest.raises(MedialitError, match="There is no key"):
        find_key(tmp_path / "key.yaml")
    (tmp_path / "key.yaml").write_text("key:\n  a1: {holds: true, basis: [c1], why: because}\n", encoding="utf-8")
    with pytest.raises(MedialitError, match="do not fit"):
        find_key(tmp_path / "key.yaml")
    (tmp_path / "key.yaml").write_text("key:\n  a1: {holds: perhaps, basis: [c1], why: x}\n", encoding="utf-8")
    with pytest.raises(CaseError, match="true or false"):
        find_key(tmp_path / "key.yaml")


def test_a_faulty_file_is_named_with_its_field(tmp_path):
    path = tmp_path / "forms.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("{id: a2,", "{id: a1,"), encoding="utf-8")
    with pytest.raises(CaseError, match="a1 appears twice"):
        read_forms(path)
    path.write_text(FILE.read_text(encoding="utf-8").replace("lens: quotes", "lens: feelings", 1), encoding="utf-8")
    with pytest.raises(CaseError, match="is not one of"):
        read_forms(path)


def test_an_edited_statement_has_another_stamp(tmp_path):
    path = tmp_path / "forms.yaml"
    path.write_text(
        FILE.read_text(encoding="utf-8").replace("In ¶18, the writer", "In ¶18 the writer"), encoding="utf-8"
    )
    assert read_forms(path)["A"].stamp != load_forms()["A"].stamp
    assert read_forms(path)["B"].stamp == load_forms()["B"].stamp


@pytest.mark.parametrize("answers", [None, [], {"z9": TRUE}, {"a1": "yes"}, {"a1": True}, {"b1": TRUE}])
def test_what_is_no_answer_to_a_form_is_told(answers):
    assert load_forms()["A"].problem(answers)


def test_statements_are_short_sentences_without_signs_of_haste():
    for s in some(ALL):
        assert len(s.text.split()) <= 36, s.id
        assert "!" not in s.text


def test_the_table_of_pairs_in_the_readme_is_the_one_of_the_files():
    assert pair_table() in course_path("tests", "README.md").read_text(encoding="utf-8")


def test_sealing_again_changes_nothing(tmp_path, monkeypatch):
    for name in ("key.yaml", "seals.yaml"):
        (tmp_path / name).write_bytes(course_path("tests", name).read_bytes())
    monkeypatch.setattr("medialit.authoring.statements.course_path", lambda *parts: tmp_path / parts[-1])
    monkeypatch.setattr("medialit.authoring.statements.load_seals", lambda: load_seals(tmp_path / "seals.yaml"))
    assert write_seals() == len(KEY)
    assert (tmp_path / "seals.yaml").read_bytes() == course_path("tests", "seals.yaml").read_bytes()
