"""A corrected text: every span of a case is found again, or nothing is changed."""

import json
import re
import shutil

import pytest
import saved_pages
from some import some
from typer.testing import CliRunner

from medialit.authoring.casecheck import check_case
from medialit.authoring.coding import read_coding
from medialit.authoring.respan import Moved, respan
from medialit.case import load_case
from medialit.cli import app
from medialit.errors import MedialitError
from medialit.files import data_path
from medialit.forms import SpanForm
from medialit.units.registry import UNITS, load_tasks


@pytest.fixture
def copy(tmp_path):
    def made(name):
        shutil.copytree(data_path(name), tmp_path / name)
        return tmp_path / name

    return made


def corrected(folder, *changes):
    text = (folder / "article.txt").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder.parent / "new.txt").write_text(text, encoding="utf-8")
    return folder.parent / "new.txt"


CHANGES = {
    "averstow-pool": ("swimmers are furious", "swimmers are very furious"),
    "missile-tests": ("Kim John Un", "Kim Johnn Un"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_span_has_the_same_words_after_a_correction(copy, name):
    folder = copy(name)
    before = load_case(folder)
    assert before.claims
    before_served = [[*load_tasks(plan, before)] for plan in UNITS]
    comments = [
        line for line in (folder / "claims.yaml").read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ]
    lines = respan(folder, corrected(folder, CHANGES[name]))
    after = load_case(folder)
    assert CHANGES[name][1] in after.article.text

    def words(case, span):
        return span and case.article[span].replace(CHANGES[name][1], CHANGES[name][0])

    for old, new in zip(some(before.quotes), after.quotes, strict=True):
        assert [words(before, getattr(old, field)) for field in ("content", "speaker", "cue")] == [
            words(after, getattr(new, field)) for field in ("content", "speaker", "cue")
        ]
    for old, new in zip(some(before.claims), after.claims, strict=True):
        assert before.article[old.span] == after.article[new.span].replace(CHANGES[name][1], CHANGES[name][0])
    assert comments == [
        line for line in (folder / "claims.yaml").read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ]
    assert [finding.text for finding in check_case(folder) if finding.sign == "bad"] == []
    assert [[*load_tasks(plan, after)] for plan in UNITS] == before_served
    assert re.fullmatch(r"attributions\.yaml: \d+ places", lines[0])
    assert {line.split(":")[0] for line in lines} >= {"claims.yaml", "frames.yaml", "coding/quotes-adjudicated.yaml"}
    # Every coding file points to the same words.
    for path in some((folder / "coding").glob("quotes-*.yaml")):
        old = read_coding(data_path(name, "coding", path.name), before.article)
        for one, other in zip(some(old), read_coding(path, after.article), strict=True):
            fields = ("content", "speaker", "cue")
            assert [words(before, getattr(one, f)) for f in fields] == [words(after, getattr(other, f)) for f in fields]
    panels = [[(one.words, one.marked, one.classes) for one in case.framing.words] for case in (before, after)]
    assert panels[0] == [(text.replace(CHANGES[name][1], CHANGES[name][0]), *more) for text, *more in panels[1]]


def test_words_that_changed_inside_a_span_are_written_again(copy):
    folder = copy("averstow-pool")
    respan(
        folder,
        corrected(
            folder, ("the water level fell by 12 centimeters a day", "the water level fell by 15 centimeters a day")
        ),
    )
    case = load_case(folder)
    assert any("15 centimeters" in claim.text for claim in case.claims)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            [("furious. The town", "furious, the town")],
            "has 20 paragraphs and 42 sentences. Correct words inside sentences only|Correct words inside sentences only",
        ),
        ([("Lessons by Bus\n", "")], "Correct words inside sentences only"),
        ([("two heating", "two heating")], "is the text that the case has already"),
        (
            [("half of the lesson", "part of each hour")],
            "removes words at the edge of what is marked: .*attributions.yaml, line",
        ),
    ],
)
def test_what_cannot_be_moved_changes_nothing(copy, changes, says):
    folder = copy("averstow-pool")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if changes[0][0] == changes[0][1]:
        changes = []
    with pytest.raises(MedialitError, match=says) as caught:
        respan(folder, corrected(folder, *changes))
    assert "\n" not in str(caught.value)
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_places_move_with_their_words():
    moved = Moved("The old bridge is shut.", "The very old bridge was shut.")
    assert moved.span(4, 14) == (9, 19)
    assert moved.span(0, 3) == (0, 3)
    assert moved.span(18, 22) == (24, 28)


def test_the_command(copy):
    folder = copy("averstow-pool")
    file = corrected(folder, CHANGES["averstow-pool"])
    done = CliRunner().invoke(app, ["author", "case", "respan", str(folder), "--to", str(file)])
    assert done.exit_code == 0, done.output
    assert "claims.yaml: " in done.output


def test_words_that_a_file_counts_are_counted_again(copy):
    folder = copy("averstow-pool")
    case = load_case(folder)
    sentence = next(one for one in case.article.sentences if "believe" in case.article[one.span])
    line = case.article.text.count("\n", 0, sentence.span.start)
    coding = folder / "coding"
    (coding / "quotes-coder-1.yaml").write_text(
        f"# A note.\n- {{line: {line}, content: believe, kind: scare}}\n- line: {line}\n  content: believe\n  kind: direct\n",
        encoding="utf-8",
    )
    (coding / "wording-coder-9.json").write_text(
        json.dumps({"words": [{"words": "believe", "sentence": sentence.number, "class": "hedge"}]}), encoding="utf-8"
    )
    frames = (coding / "frames-coder-1.yaml").read_text(encoding="utf-8")
    lines = respan(folder, corrected(folder, ("Experts believe", "Experts who believe do believe")))
    assert {"coding/quotes-coder-1.yaml: 2 places", "coding/wording-coder-9.json: 1 place"} <= set(lines)
    made = (coding / "quotes-coder-1.yaml").read_text(encoding="utf-8")
    assert made.startswith(
        f"# A note.\n- {{line: {line}, content: believe, content_nth: 1, kind: scare}}\n"
        f"- line: {line}\n  content: believe\n  content_nth: 1\n"
    )
    (word,) = json.loads((coding / "wording-coder-9.json").read_text(encoding="utf-8"))["words"]
    assert word == {"words": "believe", "nth": 1, "sentence": sentence.number, "class": "hedge"}
    assert (coding / "frames-coder-1.yaml").read_text(encoding="utf-8") == frames.replace(
        'words: "believe", sentence', 'words: "believe", nth: 1, sentence'
    )
    # And back again: the number is written over.
    respan(folder, corrected(folder, ("Experts who believe do believe", "Experts believe")))
    assert "content: believe, content_nth: 0, kind" in (coding / "quotes-coder-1.yaml").read_text(encoding="utf-8")


def test_words_that_a_file_cannot_count_are_named(copy):
    folder = copy("averstow-pool")
    with pytest.raises(MedialitError, match=r"frames.yaml, line \d+: “furious”"):
        respan(folder, corrected(folder, (" and swimmers are furious", " and furious swimmers are furious")))


def test_marks_in_the_old_text_are_answers_to_another_task(copy):
    """A letter more at the beginning, and every mark would be of other words."""
    folder = copy("averstow-pool")
    before = {plan.name: dict(load_tasks(plan, load_case(folder))) for plan in UNITS}
    text = load_case(folder).article.text
    respan(folder, corrected(folder, (first := text.split()[0], f"{first}s")))
    moved = {
        task.text.name
        for plan in UNITS
        for label, task in load_tasks(plan, load_case(folder)).items()
        if task.version != before[plan.name][label].version and isinstance(task.form, SpanForm)
    }
    assert moved == {"mark", "split", "words"}


def test_a_correction_is_made_as_tidy_as_the_text_was(tmp_path):
    folder = saved_pages.ferry_case(tmp_path)
    text = (folder / "article.txt").read_text(encoding="utf-8")
    new = tmp_path / "corrected.txt"
    new.write_text(text.replace("half past eight", "half  past\u200b nine").replace("\n", " \n\n"), encoding="utf-8")
    respan(folder, new)
    assert (folder / "article.txt").read_text(encoding="utf-8") == text.replace("half past eight", "half past nine")


def test_a_corrected_word_is_corrected_in_every_file(copy):
    folder = copy("averstow-pool")
    respan(folder, corrected(folder, ("swimmers are furious", "swimmers are furrious")))
    case = load_case(folder)
    assert any("furrious" in one.words for one in case.framing.words)
    assert [finding.text for finding in check_case(folder) if finding.sign == "bad"] == []


def test_a_file_that_is_damaged_is_named_and_nothing_is_changed(copy):
    folder = copy("averstow-pool")
    (folder / "coding" / "claims-coder-1.yaml").write_text("claims: [\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(MedialitError, match=r"claims-coder-1\.yaml is damaged"):
        respan(folder, corrected(folder, CHANGES["averstow-pool"]))
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
