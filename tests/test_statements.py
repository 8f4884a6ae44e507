"""The parallel forms: matched pair by pair, half of them true, facts from the cases' gold, and no key in sight."""

import re
from collections import Counter

import pytest

import medialit
from medialit.classroom.testkey import find_key, read_key
from medialit.errors import CaseError, MedialitError
from medialit.exercises.seals import is_right, load_seals, seal
from medialit.exercises.statements import FORMS, LENSES, NOT_TRUE, RECHECK, TRUE, load_forms, read_forms
from medialit.files import course_path

FILE = course_path("tests", "forms.yaml")
KEY = read_key(course_path("tests", "key.yaml"))
ALL = [s for form in load_forms().values() for s in form.statements]
CASES = ("missile-tests", "averstow-pool")


@pytest.fixture(scope="module")
def cases():
    return {name: medialit.load_case(name) for name in CASES}


def of_pair(name):
    return [s for s in ALL if s.pair == name]


PAIRS = list(dict.fromkeys(s.pair for s in ALL if s.form in FORMS))


@pytest.mark.parametrize("pair", PAIRS)
def test_the_two_statements_of_a_pair_match(pair):
    one, other = of_pair(pair)
    assert {one.form, other.form} == set(FORMS)
    for field in ("case", "lens", "topic", "difficulty"):
        assert getattr(one, field) == getattr(other, field), field
    assert KEY[one.id].holds == KEY[other.id].holds
    assert one.text != other.text


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_balanced(name):
    form = load_forms()[name]
    assert len(form.statements) == 16
    assert Counter(s.case for s in form.statements) == dict.fromkeys(CASES, 8)
    assert Counter(s.lens for s in form.statements) == dict.fromkeys(LENSES, 4)
    # One that holds and one that does not for each story and lens: nobody gains by always saying the same.
    cells = Counter((s.case, s.lens, KEY[s.id].holds) for s in form.statements)
    assert len(cells) == 16
    assert set(cells.values()) == {1}


@pytest.mark.parametrize("name", FORMS)
def test_nobody_does_well_by_a_pattern(name):
    truth = [KEY[s.id].holds for s in load_forms()[name].statements]
    for pattern in ([True, False] * 8, [False, True] * 8, [True] * 8 + [False] * 8, [True, True, False, False] * 4):
        right = sum(a == b for a, b in zip(truth, pattern, strict=True))
        assert 4 <= right <= 12, pattern
    longest = max(len(run) for run in re.findall(r"T+|F+", "".join("TF"[not t] for t in truth)))
    assert longest <= 3


def test_a_form_is_met_story_by_story():
    for form in load_forms().values():
        met = [s.case for s in form.statements]
        assert met == sorted(met, key=CASES.index)


def test_the_recheck_has_a_statement_for_each_story_and_lens_and_half_of_them_hold():
    spare = load_forms()[RECHECK].statements
    assert Counter((s.case, s.lens) for s in spare) == {(c, lens): 1 for c in CASES for lens in LENSES}
    assert sum(KEY[s.id].holds for s in spare) == 4
    texts = {s.text for s in ALL}
    assert len(texts) == len(ALL)


@pytest.mark.parametrize("statement", ALL, ids=lambda s: s.id)
def test_what_stands_between_quotation_marks_stands_in_the_story(statement, cases):
    """Words of a record may be quoted too: then the statement says that a record has them."""
    article = cases[statement.case].article
    text = article.text.lower()
    for quoted in re.findall(r"“([^”]+)”", statement.text):
        if quoted.startswith("Every class"):
            assert any("Every class will get one lesson" in str(c.quotation) for c in cases[statement.case].evidence)
            continue
        assert quoted.lower() in text, quoted


@pytest.mark.parametrize("statement", ALL, ids=lambda s: s.id)
def test_a_quotation_stands_in_the_paragraph_that_is_named(statement, cases):
    article = cases[statement.case].article
    blocks = {b.number: article[b.span].lower() for b in article.paragraphs}
    for quoted, number in re.findall(r"“([^”]+)” \(¶(\d+)\)", statement.text):
        assert quoted.lower() in blocks[int(number)]
    for number in re.findall(r"¶(\d+)", statement.text):
        assert int(number) in blocks


@pytest.mark.parametrize("statement", ALL, ids=lambda s: s.id)
def test_the_key_agrees_with_the_gold_of_the_case(statement, cases):
    case, entry = cases[statement.case], KEY[statement.id]
    assert entry.basis
    assert len(entry.why.split()) <= 30
    cards = {card.id for card in case.evidence}
    for basis in entry.basis:
        if re.fullmatch(r"c\d+", basis):
            verdict = case.claim_gold.claim(basis).verdict
            if statement.lens == "claims":
                assert (verdict == "supported") == entry.holds
            # What holds about sources rests on something supported.
            if statement.lens == "sources" and entry.holds:
                assert verdict == "supported"
        else:
            assert basis == "words" or basis in cards


@pytest.mark.parametrize("statement", [s for s in ALL if s.lens == "framing"], ids=lambda s: s.id)
def test_a_word_is_called_plain_or_judging_as_the_lens_and_the_claims_have_it(statement, cases):
    case = cases[statement.case]
    (quoted,) = re.findall(r"“([^”]+)”", statement.text)
    start = case.article.text.lower().index(quoted.lower())
    marked = [
        w.word
        for w in medialit.loaded_words(case.article)
        if start <= w.span.start < start + len(quoted) and w.cls in ("one-sided term", "subjective intensifier")
    ]
    judged = [c for c in case.claim_gold.claims if c.kind == "opinion" and quoted.lower() in c.text.lower()]
    assert bool(marked or judged) != KEY[statement.id].holds


@pytest.mark.parametrize(
    "statement", [s for s in ALL if s.lens == "quotes" and " are given as words " in s.text], ids=lambda s: s.id
)
def test_the_speaker_that_is_named_is_the_one_of_the_gold(statement, cases):
    (quoted,) = re.findall(r"“([^”]+)”", statement.text)
    speakers = {q.speaker_name for q in cases[statement.case].quotes if quoted in q.text and not q.nested}
    who = statement.text.partition("are given as words ")[2]
    assert any(name.split()[-1] in who or (name == "Imre Halloway" and "head teacher" in who) for name in speakers)
    assert KEY[statement.id].holds


def test_two_independent_sources_have_two_origins(cases):
    for statement in ALL:
        named = [b for b in KEY[statement.id].basis if "-" in b]
        if "independent sources" in statement.text:
            cards = {c.id: c for c in cases[statement.case].evidence}
            assert len({cards[name].origin for name in named}) == len(named) == 2
            assert KEY[statement.id].holds


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
    assert fields == {"id", "form", "pair", "case", "lens", "difficulty", "topic", "text"}


def test_no_room_of_a_learner_reads_the_key():
    """Only the classroom opens key.yaml; what a notebook imports does not name it but to say where it lies."""
    source = course_path().parent / "src" / "medialit"
    for path in source.rglob("*.py"):
        if path.relative_to(source).parts[0] != "classroom":
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
    with pytest.raises(CaseError, match="a1 stands twice"):
        read_forms(path)
    path.write_text(FILE.read_text(encoding="utf-8").replace("lens: quotes", "lens: feelings", 1), encoding="utf-8")
    with pytest.raises(CaseError, match="is not one of"):
        read_forms(path)


def test_an_edited_statement_has_another_stamp(tmp_path):
    path = tmp_path / "forms.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("“Rogue” (¶1)", "“rogue” (¶1)"), encoding="utf-8")
    assert read_forms(path)["A"].stamp != load_forms()["A"].stamp
    assert read_forms(path)["B"].stamp == load_forms()["B"].stamp


@pytest.mark.parametrize("answers", [None, [], {"z9": TRUE}, {"a1": "yes"}, {"a1": True}, {"b1": TRUE}])
def test_what_is_no_answer_to_a_form_is_told(answers):
    assert load_forms()["A"].problem(answers)


def test_statements_are_short_sentences_without_signs_of_haste():
    for s in ALL:
        assert len(s.text.split()) <= 36, s.id
        assert "!" not in s.text


def test_the_table_of_pairs_in_the_readme_is_the_one_of_the_files():
    import sys

    sys.path.insert(0, str(course_path().parent / "scripts"))
    from match_table import table

    assert table() in course_path("tests", "README.md").read_text(encoding="utf-8")
