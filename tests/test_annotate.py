"""The annotation page: proposals are confirmed, corrected, dropped or added by hand, and unit 1 opens on the article."""

import json
from dataclasses import replace

import pytest
import saved_pages
from pages import press, sent
from some import some

from medialit.authoring.annotate import PARTS, annotate
from medialit.authoring.annotate.pages import annotation_page
from medialit.authoring.annotate.quotes import alike
from medialit.authoring.article_file.found import Found
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.coding import read_coding, settle_case
from medialit.authoring.newcase import write_case
from medialit.case import load_case
from medialit.case.load import case_faults
from medialit.errors import MedialitError
from medialit.lenses.voices import quoted_words
from medialit.units.registry import UNITS, find_unit, load_tasks

ABOUT = {"title": "Ferry", "licence": "CC BY 4.0"}


@pytest.fixture
def folder(tmp_path):
    return saved_pages.ferry_case(tmp_path)


def marks(page):
    return [[*quote.content, quote.kind] for quote in page.quotes]


def yes(page):
    """The decisions of somebody who agrees with everything that was proposed."""
    return {f"q{n}": "yes" if quote.speaker_name else "nobody" for n, quote in enumerate(page.quotes, 1)}


def through(page):
    press(page, "save", "marks", marks(page))
    press(page, "save", "speakers", yes(page))
    sides = {
        f"v{n}": "city" if "Solvane" in name or "city" in name else "others" for n, name in enumerate(page._names(), 1)
    }
    return press(page, "save", "sides", sides)


def test_three_steps_open_unit_1_without_a_line_of_yaml(folder):
    page = annotate(folder)
    proposed = len(page.quotes)
    assert proposed >= 6
    assert f"proposes {proposed} quotations" in sent(page)
    state = through(page)
    assert "Saved. Exercises 1.1, 1.2, 1.3 and 1.5 work now." in state["feedback"]
    assert case_faults(folder) == []
    tasks = load_tasks(UNITS[1], load_case(folder))
    assert {"1.1", "1.2", "1.3", "1.5"} <= tasks.keys()
    assert all(task.check(task.answer()).outcome.done for task in some(tasks.values()))
    assert all("one person's reading" in task.solution_text() for task in some(tasks.values()))
    told, ready = verdict(check_case(folder))
    assert ready, told
    # One press for each step, one choice for each quotation, one text for each speaker.
    assert 3 + proposed + len(page._names()) < 250


def test_nothing_is_part_of_the_key_that_nobody_confirmed(folder):
    page = annotate(folder)
    press(page, "save", "marks", marks(page))
    assert not (folder / "attributions.yaml").exists()
    first, second, *_ = page.quotes
    press(page, "save", "speakers", {"q1": "yes" if first.speaker_name else "nobody"})
    assert "1 quotation is confirmed" in page.intro
    (quote,) = load_case(folder).quotes
    assert quote.content == first.content
    kept = read_coding(folder / "coding" / "quotes-coder-1.yaml", page.article, proposed=True)
    assert [one.proposed for one in kept] == [False] + [True] * (len(kept) - 1)
    assert second.content in [one.content for one in kept]


def test_what_is_corrected_added_and_dropped_is_kept_and_comes_back(folder):
    page = annotate(folder)
    text = page.article.text
    spoken = next(n for n, quote in enumerate(page.quotes) if quote.speaker_name and quote.cue)
    moved = page.quotes[spoken]
    changed = marks(page)
    changed[spoken] = [moved.content.start, moved.content.end - 1, "mixed"]
    gone = changed.pop(next(n for n in range(len(changed)) if n != spoken))
    added = page.article.find("no drivers for more")
    changed = [mark for mark in changed if not (mark[0] < added.end and added.start < mark[1])] + [[*added, "indirect"]]
    press(page, "save", "marks", changed)
    number = {quote.content.start: n for n, quote in enumerate(page.quotes, 1)}
    kept = page.quotes[number[moved.content.start] - 1]
    # Who speaks stays with a quotation whose edge was moved.
    assert (kept.speaker_name, kept.cue, kept.kind) == (moved.speaker_name, moved.cue, "mixed")
    assert gone[0] not in number
    new = number[added.start]
    press(page, "save", "speakers", {f"q{new}": "other", f"q{new}name": "bus company", f"q{new}word": "says"})
    again = annotate(folder)
    assert marks(again) == marks(page)
    quote = next(one for one in again.quotes if one.content == added)
    assert (quote.speaker_name, text[slice(*quote.cue)], quote.proposed) == ("bus company", "says", False)
    before = len(again.quotes)
    press(again, "save", "marks", marks(again))
    press(again, "save", "speakers", {"q1": "drop"})
    assert len(again.quotes) == before - 1


def test_a_draft_is_saved_as_one_works_and_back_leads_to_the_text(folder):
    page = annotate(folder)
    first = marks(page)[:1]
    press(page, "draft", "marks", first)
    assert marks(annotate(folder)) == first
    press(page, "save", "marks", first)
    assert list(page.state) == ["speakers"]
    press(page, "back", "speakers", {})
    assert list(page.state) == ["marks"]


def test_decisions_about_speakers_are_kept_before_they_are_saved(folder):
    page = annotate(folder)
    press(page, "save", "marks", marks(page))
    numbers = [n for n, quote in enumerate(page.quotes, 1) if quote.speaker_name]
    one, other, third, dropped = numbers[:4]
    before = page.quotes[other - 1].speaker_name
    draft = {f"q{one}": "yes", f"q{other}": "other", f"q{third}": "nobody", f"q{dropped}": "drop"}
    press(page, "draft", "speakers", draft | {f"q{other}name": "somebody"})
    again = annotate(folder)
    # Somebody who comes back finds what was decided; what was dropped, and what is left open, is still proposed.
    assert [n for n, quote in enumerate(again.quotes, 1) if not quote.proposed] == [one, other, third]
    assert again.quotes[other - 1].speaker_name == "somebody"
    assert again.quotes[third - 1].speaker_name is None
    assert not (folder / "attributions.yaml").exists()
    # On the page itself, minds can be changed.
    press(page, "save", "speakers", {f"q{one}": "yes", f"q{other}": "yes"})
    assert page.quotes[other - 1].speaker_name == before


def test_a_mark_that_is_removed_and_set_again_keeps_its_speaker(folder):
    page = annotate(folder)
    first = next(quote for quote in page.quotes if quote.speaker_name)
    every = marks(page)
    press(page, "draft", "marks", [mark for mark in every if mark[0] != first.content.start])
    press(page, "draft", "marks", every)
    assert next(q for q in page.quotes if q.content == first.content).speaker_name == first.speaker_name


@pytest.mark.parametrize(
    ("step", "answer", "says"),
    [
        ("marks", [], "Nothing is marked yet"),
        ("marks", [[0, 200, "direct"]], "A quotation stays inside its paragraph"),
        ("speakers", {"q1": "other"}, "Write the name of the speaker of"),
        ("speakers", {"q1": "nobody", "q1word": "xyzzy"}, "does not have the word “xyzzy” beside it"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(folder, step, answer, says):
    page = annotate(folder)
    if step == "speakers":
        press(page, "save", "marks", marks(page))
    before = len(page.quotes)
    state = press(page, "save", step, answer)
    assert says in json.dumps(state, ensure_ascii=False)
    assert len(page.quotes) == (before if answer else 0)


def test_each_speaker_needs_a_side(folder):
    page = annotate(folder)
    press(page, "save", "marks", marks(page))
    press(page, "save", "speakers", yes(page))
    state = press(page, "save", "sides", {"v1": "city"})
    assert "Write a side for" in state["feedback"]
    assert not (folder / "quotes.yaml").exists()


def test_a_second_coder_sees_no_proposals_and_nothing_of_the_first(folder):
    through(annotate(folder))
    before = (folder / "attributions.yaml").read_bytes()
    second = annotate(folder, coder=2)
    assert second.quotes == []
    assert "Proposed" not in sent(second)
    span = second.article.find("That is not a repair for a weekend.")
    press(second, "save", "marks", [[*span, "direct"]])
    told = second.confirm({"q1": "other", "q1name": "Mira Solvane"})
    assert "Another person has coded this article, too" in told
    assert (folder / "attributions.yaml").read_bytes() == before
    assert case_faults(folder) == []


def test_what_was_written_by_hand_is_never_overwritten(folder):
    (folder / "coding").mkdir()
    (folder / "coding" / "quotes-coder-1.yaml").write_text(
        "- {line: 1, content: footbridge, kind: scare}\n", encoding="utf-8"
    )
    with pytest.raises(MedialitError, match=r"quotes-coder-1\.yaml was not made on this page"):
        annotate(folder)
    (folder / "coding" / "quotes-coder-1.yaml").unlink()
    (folder / "attributions.yaml").write_text("[]\n", encoding="utf-8")
    (folder / "quotes.yaml").write_text("voices: []\n", encoding="utf-8")
    page = annotate(folder)
    assert "was written by hand and stays as it is" in page.confirm(yes(page))
    with pytest.raises(MedialitError, match="Add the voices there"):
        page.side(dict.fromkeys(page._names(), "city"))
    assert (folder / "attributions.yaml").read_text(encoding="utf-8") == "[]\n"
    for wrong, says in (
        (("averstow-pool",), "belongs to the kit"),
        ((folder, 0), "Coders are numbered"),
        (("moon",), "no case"),
    ):
        with pytest.raises(MedialitError, match=says):
            annotate(*wrong)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{line: 99, content: bridge, kind: direct}", "Lines of the article are numbered 0 to"),
        ("{line: 1, content: bridge}", "line 1, field 1.kind: This field is missing"),
        ("{line: 1, content: bridge, kind: loud}", "“loud” is not one of: 'direct', 'mixed', 'indirect' or 'scare'"),
        ("{line: 1, content: 5, kind: direct}", "field 1.content: This needs a text"),
        (
            "{line: 1, content: bridge, content_nth: once, kind: direct}",
            "field 1.content_nth: This needs a whole number",
        ),
        ("{line: 1, content: bridge, content_nth: -1, kind: direct}", "field 1.content_nth"),
        ("{line: 1, content: bridge, spaeker: Ana, kind: direct}", "field 1.spaeker: This field is not known here"),
        ("{line: 1, content: bridge, speaker_name: [Ana], kind: direct}", "field 1.speaker_name: This needs a text"),
        ("{line: 1, content: moon, kind: direct}", "does not hold these words"),
        ("just words", "field 1: This needs named fields"),
    ],
)
def test_a_wrong_line_or_kind_in_a_coding_file_is_named(folder, entry, says):
    path = folder / "coding" / "quotes-coder-1.yaml"
    path.parent.mkdir()
    path.write_text(f"- {entry}\n", encoding="utf-8")
    with pytest.raises(MedialitError, match=says):
        read_coding(path, load_case(folder).article)


def test_a_page_writes_nothing_over_what_was_changed_beside_it(folder):
    one, other = annotate(folder), annotate(folder)
    press(one, "save", "marks", marks(one))
    kept = one.path.read_bytes()
    for act in ("draft", "save"):
        state = press(other, act, "marks", marks(other)[:1])
        assert (
            "was changed, in another window or by hand" in f"{state['said'] if act == 'draft' else state['feedback']}"
        )
        assert one.path.read_bytes() == kept
    # It was seen by nobody else, so the first page goes on.
    press(one, "save", "speakers", yes(one))
    assert "sides" in one.state
    own = one.path.read_text(encoding="utf-8")
    one.path.write_text(own.replace("speaker_name: Jonas Werrick", "speaker_name: Dr. Werrick"), encoding="utf-8")
    with pytest.raises(MedialitError, match=r"quotes-coder-1\.yaml or the article was changed"):
        one.confirm(yes(one))
    assert "Dr. Werrick" in one.path.read_text(encoding="utf-8")
    assert "Dr. Werrick" in [quote.speaker_name for quote in annotate(folder).quotes]


def test_the_notebook_holds_a_cell_for_each_part(folder):
    page = annotation_page(folder, 2)
    assert page.name == "annotate-coder-2.ipynb"
    cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
    made = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(made) == len(PARTS)
    assert all(
        f'medialit.annotate(".", coder=2, part="{part}")' in code for part, code in zip(PARTS, made, strict=True)
    )


def test_a_quotation_keeps_its_id_when_another_comes_in_before_it(folder):
    page = annotate(folder)
    all_marks = marks(page)
    press(page, "save", "marks", all_marks[1:])
    press(page, "save", "speakers", yes(page))
    before = {quote.content: quote.id for quote in load_case(folder).quotes}
    page = annotate(folder)
    press(page, "save", "marks", all_marks)
    press(page, "save", "speakers", yes(page))
    after = {quote.content: quote.id for quote in load_case(folder).quotes}
    assert len(after) == len(before) + 1
    assert all(after[span] == name for span, name in some(before.items()))
    assert len(set(after.values())) == len(after)


def test_the_sides_are_written_beside_what_another_part_wrote(folder):
    through(annotate(folder))
    path = folder / "quotes.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "voices_clue: Read on.\nmarking: [[2, 3]]\n", encoding="utf-8")
    through(annotate(folder))
    case = load_case(folder)
    assert (case.voices_clue, case.marking) == ("Read on.", ((2, 3),))
    assert {voice.bloc for voice in case.voices} == {"city", "others"}


def test_a_chain_whose_quotation_is_dropped_leaves_no_fault(folder):
    page = annotate(folder)
    through(page)
    path = folder / "quotes.yaml"
    chain = {"quote": load_case(folder).quotes[0].id, "question": "?", "clue": "Look.", "links": []}
    path.write_text(path.read_text(encoding="utf-8") + f"chain: {json.dumps(chain)}\n", encoding="utf-8")
    assert load_case(folder).chain.question == "?"
    press(page := annotate(folder), "save", "marks", marks(page))
    told = page.confirm({"q1": "drop"})
    assert "Its quotation is gone, so the chain of hands was taken out." in told
    assert case_faults(folder) == []


def test_a_page_saved_with_nothing_confirmed_says_what_to_do_on_it(folder):
    page = annotate(folder)
    press(page, "save", "marks", marks(page))
    told = press(page, "save", "speakers", {})["feedback"]
    assert "Nothing is confirmed yet. Say of at least one quotation who says it" in told
    everything = {f"q{n}": "drop" for n, _ in enumerate(page.quotes, 1)}
    assert "No quotation is left." in press(page, "save", "speakers", everything)["feedback"]
    for path in (folder / "coding").glob("quotes-*"):
        path.unlink()
    with pytest.raises(MedialitError, match="No quotation is confirmed yet"):
        settle_case(folder)


def test_all_proposals_that_are_left_are_confirmed_at_once_and_opened_again(folder):
    page = annotate(folder)
    press(page, "save", "marks", marks(page))
    block = page._parts["speakers"]
    sure = [n for n, quote in enumerate(page.quotes, 1) if quote.speaker_name or quote.kind == "scare"]
    assert len(sure) > 3
    assert block.state["texts"]["rest"] == f"Confirm all {len(sure)} proposals"
    assert block.state["hide"] == ["undo"]
    first = {f"q{sure[0]}": "drop"}
    press(page, "draft", "speakers", first)
    assert block.state["texts"]["rest"] == f"Confirm the other {len(sure) - 1} proposals"
    press(page, "rest", "speakers", first)
    assert f"{len(sure) - 1} more proposals are confirmed" in block.state["feedback"]
    assert block.state["hide"] == ["rest"]
    assert not (folder / "attributions.yaml").exists()
    kept = [not quote.proposed for quote in annotate(folder).quotes]
    assert kept == [n in sure[1:] for n in range(1, len(kept) + 1)]
    # What is changed meanwhile stays; the others are open again, in the file as well.
    changed = block.answer | {f"q{sure[1]}": "nobody"}
    assert changed.keys() >= first.keys()
    press(page, "undo", "speakers", changed)
    assert set(block.answer) & {f"q{n}" for n in sure} == {f"q{sure[0]}", f"q{sure[1]}"}
    assert [quote.proposed for quote in annotate(folder).quotes].count(False) == 1
    press(page, "rest", "speakers", block.answer)
    press(page, "save", "speakers", block.answer)
    assert len(load_case(folder).quotes) == len(sure) - 1


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Dale Orick", "Dale Orrick", True),
        ("Orrick", "Dale Orrick", True),
        ("a council report", "council’s own report, published on 20 February", True),
        ("The Ministry of Transport", "ministry of transport", True),
        ("the council", "the bus company", False),
        ("the town", "the town’s building office", False),
        ("Mira Solvane", "Petra Solvane", False),
        ("police", "she", False),
    ],
)
def test_names_that_may_be_of_one_speaker(one, other, asked):
    assert alike(one, other) == alike(other, one) == asked


def test_a_name_that_is_nearly_one_in_use_is_asked_about(folder):
    page = annotate(folder)
    press(page, "save", "marks", marks(page))
    name = next(quote.speaker_name for quote in page.quotes if quote.speaker_name)
    known = [option.key for option in page._parts["speakers"].form.form.blanks[0].options]
    assert f"as:{name}" in known or page.quotes[0].speaker_name == name
    last = len(page.quotes)
    answer = yes(page) | {f"q{last}": "other", f"q{last}name": f"{name}e"}
    press(page, "save", "speakers", answer)
    (blank,) = page._parts["same"].form.form.blanks
    assert (f"“{name}” (¶" in blank.label, f"“{name}e” (¶" in blank.label) == (True, True)
    assert "Choose an answer" in press(page, "save", "same", {})["feedback"]
    first = next(option.key for option in blank.options if option.text == f"One: {name}")
    press(page, "save", "same", {"s0": first})
    assert "sides" in page.state
    assert f"{name}e" not in page._names()
    assert {quote.speaker_name for quote in load_case(folder).quotes if quote.speaker_name} == set(page._names())
    # Two speakers stay two, and nobody is asked again.
    press(page, "back", "sides", {})
    press(page, "save", "marks", marks(page))
    press(page, "save", "speakers", {f"q{last}": "other", f"q{last}name": f"{name}e"})
    press(page, "save", "same", {"s0": "two"})
    assert f"{name}e" in page._names()
    press(page, "save", "sides", dict.fromkeys((f"v{n}" for n, _ in enumerate(page._names(), 1)), "city"))
    assert annotate(folder)._alike() == []


SAID = (
    "Dale Orrick has claimed at every meeting of the council that the late bus runs practically empty.",
    "The council rejected this, and according to its report, forty people ride the bus on an average night.",
    "The bus leaves the market square at ten o'clock and is practically empty when it rains in winter.",
)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("practically empty.", "claimed"),
        ("forty people ride the bus", "according to"),
        ("practically empty when", None),
    ],
)
def test_the_reporting_word_beside_a_quotation_is_found_and_can_be_taken_back(tmp_path, content, word):
    write_case(tmp_path, "late-bus", Found(("The late bus", *SAID)), ABOUT, invented=True, file="a.txt")
    folder = tmp_path / "late-bus"
    page = annotate(folder)
    start = page.article.text.index(content)
    press(page, "save", "marks", [[start, start + len(content), "mixed"]])
    (quote,) = page.quotes
    page.quotes = [replace(quote, cue=None, speaker=None, speaker_name=None, proposed=True)]
    press(page, "back", "speakers", {})
    press(page, "save", "marks", marks(page))
    assert (page.state["speakers"]["answer"] or {}).get("q1word") == word
    page.confirm({"q1": "other", "q1name": "Dale Orrick"})
    (kept,) = load_case(folder).quotes
    assert (kept.cue and page.article[kept.cue]) == word
    if word:
        page.confirm({"q1": "other", "q1name": "Dale Orrick", "q1word": "-"})
        assert load_case(folder).quotes[0].cue is None
        again = annotate(folder)
        press(again, "save", "marks", marks(again))
        assert again.state["speakers"]["answer"]["q1word"] == "-"


OVER = (
    'Mara Lind, the mayor, said: "We looked for a place for years. It was hard.',
    '"In the end the old mill was the only one that had room," she added.',
    "Jon Pike, a baker, said that the mill was too far from the market for people without a car.",
    "Ruth Ansel, who owns the mill, said that it had been empty since 1998.",
)


def test_a_quotation_over_two_paragraphs_is_proposed_in_parts_and_counted(tmp_path):
    write_case(tmp_path, "old-mill", Found(("The old mill", *OVER)), ABOUT, invented=True, file="a.txt")
    folder = tmp_path / "old-mill"
    page = annotate(folder)
    proposed = {page.article[quote.content]: quote.speaker_name for quote in page.quotes}
    assert proposed["We looked for a place for years. It was hard."] == "Mara Lind"
    assert proposed["In the end the old mill was the only one that had room,"] == "Mara Lind"
    press(page, "save", "marks", marks(page))
    press(page, "save", "speakers", yes(page))
    press(page, "save", "sides", {f"v{n}": "town" if n % 2 else "others" for n, _ in enumerate(page._names(), 1)})
    case = load_case(folder)
    assert quoted_words(case.article, case.quotes) == {"Mara Lind": 23}
    # The other sides are reported without marks: there is nothing to compare.
    assert len({voice.bloc for voice in case.voices}) > 1
    assert (
        find_unit("quotes")
        .lacking("voices", case)
        .startswith("It needs words in double quotation marks from speakers of at least two")
    )


@pytest.mark.parametrize(
    ("part", "step", "first", "second"),
    [
        ("claims", "sentences", {"2": {"kind": "checkable"}}, {"3": {"kind": "opinion"}}),
        ("evidence", "card-e01", {"fact": "It was closed."}, {"fact": "It was open."}),
        ("wording", "words", [[4, 11, "hedge"]], [[20, 25, "hedge"]]),
    ],
)
def test_no_part_writes_over_what_another_window_kept(folder, part, step, first, second):
    one, other = annotate(folder, 1, part), annotate(folder, 1, part)
    press(one, "draft", step, first)
    kept = one._file.read_bytes()
    assert "was changed, in another window" in press(other, "draft", step, second)["said"]
    assert one._file.read_bytes() == kept
    press(one, "draft", step, second)
    assert one._file.read_bytes() != kept
