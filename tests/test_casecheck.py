"""The check of a case: the kit's own pass, and each fault is found and said in a plain sentence."""

import hashlib
import json
import re
import shutil
from functools import cache

import pytest
from prompt import typed
from some import some

from medialit.authoring.casecheck import check_case, find_words, verdict
from medialit.authoring.course import course_on
from medialit.case import load_case
from medialit.files import data_path, list_cases
from medialit.units.registry import UNITS

CASE = "averstow-pool"
EXERCISES = sum(not text.private for plan in UNITS for text in plan.texts.values())


@pytest.fixture
def own(tmp_path):
    """A case of one's own: a copy of the invented story."""
    return shutil.copytree(data_path(CASE), tmp_path / CASE)


def change(folder, name, old, new, times=1):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE)
    file.write_text(re.sub(old, new, text, count=times, flags=re.MULTILINE), encoding="utf-8")


@cache
def found_in(name):
    """What the check says of a case of the kit."""
    return check_case(data_path(name))


def bad(folder):
    return [finding.text for finding in check_case(folder) if finding.sign == "bad"]


@pytest.mark.parametrize("name", list_cases())
def test_no_case_in_the_kit_has_a_fault(name):
    assert [finding.text for finding in some(found_in(name)) if finding.sign == "bad"] == []


@pytest.mark.parametrize("name", ["missile-tests", "averstow-pool"])
def test_the_two_cases_of_the_course_are_ready(name):
    found = found_in(name)
    said = "\n".join(map(str, found))
    assert " are supported (50%)" in said
    assert (
        verdict(found) == (f"This case is ready. It serves all {EXERCISES} exercises.", True)
        if name == "missile-tests"
        else verdict(found)[1]
    )


def test_a_real_story_says_whose_text_it_is(own):
    change(own, "case.yaml", "^invented: true", "invented: false")
    assert any("case.yaml has no rights" in text for text in bad(own))
    change(own, "case.yaml", "^provenance:", "rights: The text is ours.\nprovenance:")
    assert bad(own) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            "evidence.yaml",
            "event: A\n  happened: '2024-03-05'",
            "event: B\n  happened: '2024-03-05'",
            "The fact is of 2024-03-05",
        ),
        (
            "claims.yaml",
            r"evidence: \[kbs|evidence: \[notice-10mar25, ",
            "evidence: [",
            "The card notice-10mar25 bears on c01",
        ),
        ("coverage.yaml", r"claims: \[c20\]", "claims: [c15]", "c15 is “contradicted”, but the article states A3"),
    ],
)
def test_a_card_a_verdict_and_a_cell_that_do_not_agree_are_named(own, name, old, new, says):
    change(own, name, old, new)
    assert any(says in text for text in bad(own)), bad(own)


def test_a_page_offers_the_extras_that_there_are(own):
    text = (own / "skills.yaml").read_text(encoding="utf-8")
    (own / "skills.yaml").unlink()
    told = json.loads(course_on(load_case(own)))["served"]
    assert told["exercises/02-claims"]["time"] == "about 62 minutes alone"
    kept = [part for part in re.split(r"^(?=  \w)", text, flags=re.MULTILINE) if not part.startswith("  numbers:")]
    (own / "skills.yaml").write_text("".join(kept), encoding="utf-8")
    told = json.loads(course_on(load_case(own)))["served"]
    assert told["exercises/02-claims"]["time"] == "about 62 minutes alone, ☆ 2.7: 8 more if you like"
    assert "time" not in told["exercises/03-framing"]


def test_agreement_of_coders_is_reported_or_its_absence_is():
    said = "\n".join(map(str, found_in("missile-tests")))
    assert "✓ Quotations, 2 people. Of 57 marks, 54 are at places that both marked. Words inside or outside of" in said
    assert "98% agreement over 770, alpha 0.96" in said
    assert "F1" not in said
    said = "\n".join(map(str, found_in(CASE)))
    assert "How far people agree about the quotations is not known" in said
    # What is below the marks comes with what to do about it.
    assert "alpha 0.73 (95% interval 0.49 to 0.93). Each answer counts by the share of people who gave it" in said


def test_a_changed_letter_span_or_list_is_found(own):
    article = own / "article.txt"
    article.write_text(article.read_text(encoding="utf-8").replace("a", "e", 1), encoding="utf-8")
    (text,) = bad(own)
    assert hashlib.sha256(article.read_bytes()).hexdigest() in text


def test_a_span_beside_its_words_is_found(own):
    gold = load_case(own).claim_gold
    start, end = gold.claims[0].span
    change(own, "claims.yaml", rf"\[{start}, {end}\]", f"[{start + 1}, {end}]")
    found = bad(own)
    assert any("claims.yaml, line" in text for text in found)


def test_too_few_supported_claims_and_a_key_of_one_label_are_found(own):
    gold = load_case(own).claim_gold
    gone = next(name for name in gold.verify if gold.claim(name).verdict == "supported")
    left = [name for name in gold.verify if name != gone]
    change(own, "claims.yaml", r"^verify: .*$", f"verify: [{', '.join(left)}]")
    assert any("At least 45% of these claims must be supported; 2 of 5 are" in text for text in bad(own))


def test_a_key_with_one_label_everywhere_is_found(own):
    file = own / "claims.yaml"
    before, classify, rest = file.read_text(encoding="utf-8").partition("\nclassify:")
    rest = re.sub(r"kind: (prediction|opinion|not checkable as written)", "kind: checkable", rest)
    file.write_text(before + classify + rest, encoding="utf-8")
    assert any("Only 1 of the kinds of statement is in use" in text for text in bad(own))


def test_a_missing_file_is_a_sentence(own):
    (own / "evidence.yaml").unlink()
    found = check_case(own)
    assert not [finding for finding in found if finding.sign == "bad"]
    assert any(
        finding.text == ("2.4 Look it up: It needs evidence cards. Write them in “What does the evidence say?”.")
        for finding in found
    )
    told, ready = verdict(found)
    assert ready
    assert "What would open the next one: 2.4 Look it up" in told


def test_every_fault_of_every_file_is_named_once_in_one_run(own):
    change(own, "glossary.yaml", "^valve: .*$", "valve: 7")
    change(own, "attributions.yaml", "kind: direct", "kind: straight")
    change(own, "quotes.yaml", r"sorting: \[q04", "sorting: [q99")
    change(own, "claims.yaml", "^- id: c02$", "- id: c01")
    change(own, "evidence.yaml", "role: ", "roles: ", times=2)
    change(own, "frames.yaml", "^codebook: 2", "codebook: 9")
    change(own, "coding/frames-coder-2.yaml", "r1: ", "r9: ")
    change(own, "correction.yaml", "certainty: 3", "certainty: 8")
    found = bad(own)
    for name, words in {
        "glossary.yaml": "field valve: This needs a text.",
        "attributions.yaml": "“straight” is not one of",
        "claims.yaml": "“c01” appears twice",
        "evidence.yaml": "field cards.2.role: This field is missing",
        "frames.yaml": "version 9 of the codebook",
        "frames-coder-2.yaml": "“r1” is missing",
        "correction.yaml": "This needs 3 or less",
    }.items():
        assert sum(text.startswith(name) and words in text for text in found) == 1, (name, found)
    assert len(found) == len(set(found))
    assert sum(text.startswith("evidence.yaml") for text in found) == 4
    # What points into a damaged file is not a fault of its own.
    assert not any("There is no evidence card" in text for text in found)
    assert not verdict(check_case(own))[1]


def test_words_are_found_with_their_place():
    article = load_case("missile-tests").article
    (line, _) = find_words(article, "lethal")
    start, end = map(int, re.match(r"\[(\d+), (\d+)\]", line).groups())
    assert article.text[start:end] == "lethal"
    assert "sentence 17, ¶10" in line
    assert find_words(article, "no such words") == []
    # As they are typed, without the marks of print.
    assert [line.split("  ")[1] for line in find_words(article, "North Korea's strategic")] == ["sentence 1, ¶1"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["case", "check", "missile-tests"], 0, "This case is ready."),
        (["case", "check", "nowhere"], 1, "There is no case at “nowhere”"),
        (["case", "check", "a.zip"], 1, "Take it out of its pack first: medialit author case install a.zip"),
        (["key", "--case", "a.zip"], 1, "Take it out of its pack first: medialit author case install a.zip"),
        (["case", "find", "missile-tests", "Kishida"], 0, "¶9"),
        (["case", "find", "missile-tests", "xyzzy"], 1, "does not contain these words"),
        (["case", "find", "missile-tests", ""], 1, "Give the words to find"),
        (["case", "find", "missile-tests", " \n"], 1, "Give the words to find"),
    ],
)
def test_the_commands(arguments, code, words):
    done = typed(*arguments)
    assert done.code == code
    assert words in done.out + done.err


def test_a_folder_that_was_renamed_is_named(own):
    moved = own.rename(own.with_name("another-pool"))
    told = f"case.yaml calls the case “{CASE}”, and its folder is called another-pool. Give both one name"
    assert [text for text in bad(moved) if text.startswith(told)]


def test_a_case_of_an_article_alone_is_told_what_opens_unit_1(tmp_path):
    folder = tmp_path / CASE
    folder.mkdir()
    for name in ("article.txt", "case.yaml"):
        shutil.copy(data_path(CASE, name), folder)
    told, ready = verdict(check_case(folder))
    assert (told.partition(" It needs ")[0], ready) == ("Unit 1 does not work yet. 1.1 Mark what was said:", False)
    shutil.copy(data_path(CASE, "attributions.yaml"), folder)
    told, ready = verdict(check_case(folder))
    assert ready
    assert told.startswith(f"You can teach with this case. It serves 6 of {EXERCISES - 1} exercises.")


def test_a_broken_case_leaves_with_one(own):
    change(own, "evidence.yaml", "role: ", "roles: ")
    done = typed("case", "check", own)
    assert done.code == 1
    assert "Fix" in done.out


def test_what_is_missing_is_said_without_files_and_words_of_the_kit(tmp_path):
    """An author who types no YAML is sent to a page and its part, or to the guide where there is no page."""
    folder = tmp_path / CASE
    folder.mkdir()
    for name in ("article.txt", "case.yaml", "attributions.yaml"):
        shutil.copy(data_path(CASE, name), folder)
    found = [str(finding) for finding in check_case(folder) if finding.sign == "note"]
    assert len(found) > 30
    for text in found:
        assert not re.search(
            r"independent pass|frames\.yaml|coding/|[a-z]: spans| no page of| rows of its own", text
        ), text
        if ".yaml" in text:
            assert "docs/authoring.md says" in text, text
    told = "\n".join(found)
    assert "1.4 Through whose hands: " in told
    assert "Fill in “A chain of hands” under “More exercises”." in told
    assert "lines of your story whose sources have a name or have none" in told
    assert "--coder 1" in told
    # A ☆ exercise counts in no total, so it is not what comes next.
    names = ("glossary.yaml", "quotes.yaml")
    for name in names:
        shutil.copy(data_path(CASE, name), folder)
    assert "What would open the next one: 2.1" in verdict(check_case(folder))[0]


def test_questions_made_from_the_key_are_counted():
    (told,) = [f.text for f in found_in(CASE) if f.text.startswith("Questions about this story")]
    assert told == "Questions about this story: 9 made from the key, and 0 of your own."
