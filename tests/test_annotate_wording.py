"""Part 4 of the annotation page: a coder marks loaded words and answers the codebook, and unit 3 opens on the article."""

import json
import time

import pytest
import yaml
from pages import press, sent
from some import some

from medialit.authoring.annotate import annotate
from medialit.authoring.annotate.base import HEAD, write_all
from medialit.authoring.article_file.found import Found
from medialit.authoring.casecheck import check_case
from medialit.authoring.newcase import write_case
from medialit.case import load_case
from medialit.case.framing import locate
from medialit.case.load import case_faults
from medialit.errors import MedialitError
from medialit.units.registry import UNITS, load_tasks

TITLE = "Market Hall to Close for a Year"
BODY = [
    "The old market hall of Tarnwick will close on Monday, June 3, for repairs that may take a year.",
    "Traders are furious about the endless quiet of the town, and some fear a massive loss.",
    "“We heard of it from the newspaper,” said Odile Marsh, who has sold cheese in the hall since 1998.",
    "Mayor Pell Grainger said the news was late but fair, and that a new roof will cost 2.4 million dollars.",
    "Experts believe that the roof has come to the end of its life. The town failed to inspect it in 2021.",
    "The traders want a tent on the square, and the mayor may or may not agree. A shocking number of stalls is empty now.",
]
FRAMES = ("responsibility", "human interest", "conflict", "morality", "economic")
YES = {"r1": ["S5"], "h3": ["S3", "S4"], "c1": ["S8"], "e2": ["S5"]}


def market_hall(place):
    about = {"title": TITLE, "licence": "CC BY 4.0"}
    write_case(place, "market-hall", Found((TITLE, *BODY)), about, invented=True, file="a.txt")
    return place / "market-hall"


@pytest.fixture
def folder(tmp_path):
    return market_hall(tmp_path)


def begin(folder, coder=1):
    return annotate(folder, coder, "wording")


def now(page):
    (name,) = page.state
    return name


def go(page, answer, act="save"):
    press(page, act, now(page), answer)
    return page.intro + json.dumps(next(iter(page.state.values())), ensure_ascii=False)


def marks(page):
    return [[*page.files.span(word), word.cls] for word in page.draft.words]


def agreed(page):
    return {page._key(word): {"class": word.cls} for word in page._proposed()}


def answers(page, frame, yes=YES):
    items = [item.id for item in page.codebook.of_frame(frame)]
    return {name: {"answer": "yes", "evidence": yes[name]} if name in yes else {"answer": "no"} for name in items}


def through(page, yes=YES, words=None, techniques=()):
    """A coder's whole way to the files, without the sentences to rewrite."""
    go(page, marks(page) if words is None else words)
    if now(page) == "confirm":
        go(page, agreed(page))
    for frame in FRAMES:
        go(page, answers(page, frame, yes))
    told = go(page, {"problem": {"paragraphs": ["p1", "p2"]}, "remedy": {"paragraphs": ["p6"]}})
    if page.asked is not None:
        said = dict(techniques)
        return go(page, {one.id: {"technique": said[one.words]} for one in page.asked}) if page.asked else told
    return go(page, [[*page.article.find(words), technique] for words, technique in techniques])


TECHNIQUES = (("Experts believe", "unnamed authority"), ("will cost 2.4 million dollars", "none of these"))
PLAIN = {
    "s3names": "Traders",
    "s3plain furious": "upset, not pleased",
    "s3loaded furious": "livid",
    "s3plain endless": "long",
    "s3plain massive": "large",
    "s3model": "Traders are upset about the long quiet of the town, and some fear a large loss of trade.",
}


def rewritten(page, plain=PLAIN, sentences=("S3",)):
    go(page, {"learners": {"sentences": list(sentences)}})
    assert now(page) == "plain"
    names = {blank["name"] for blank in page.blocks[0]["form"]["blanks"]}
    return go(page, {name: text for name, text in plain.items() if name in names})


def wrong(task):
    """An answer of the right shape that is not right."""
    right = task.answer()
    if task.id == "items":
        return {key: {"answer": "no" if cells["answer"] == "yes" else "yes"} for key, cells in right.items()}
    if task.id == "functions":
        return {"cause": {"paragraphs": ["p3", "p4"]}, "judgement": {"paragraphs": ["p1"]}}
    if task.id == "words":
        return [[start, end, "factive"] for start, end, _ in right]
    if task.id == "lab":
        left = {
            name: next(one.key for one in options if one.key != right[name])
            for name, options in (("band", task.form.bands), ("reading", task.form.readings))
        }
        return right | left
    if task.id == "rewrite":
        return {entry.id: task.original(entry) for entry in task.rewrites}
    return {key: {"technique": "appeal to fear"} for key in right}


def served(folder):
    return {task.id: task for task in load_tasks(UNITS[3], load_case(folder)).values()}


def test_one_coder_opens_unit_3_without_a_line_of_yaml(folder):
    page = begin(folder)
    assert page._proposed()
    told = through(page, techniques=TECHNIQUES)
    assert "Saved. Exercises 3.1, 3.2, " in told
    assert "Saved." in rewritten(page)
    assert case_faults(folder) == []
    tasks = served(folder)
    assert {"items", "functions", "words", "lab", "rewrite", "techniques"} == tasks.keys()
    assert "Rewrite 1 sentence of the story" in tasks["rewrite"].prompt
    for task in tasks.values():
        assert task.check(task.answer()).outcome.done, task.id
        assert not task.check(None).outcome.done, task.id
        found = task.check(task.form.evened(wrong(task))).outcome
        assert found in ("not yet", "partly"), (task.id, found)
        if task.id != "lab":
            assert "one person's reading" in task.solution_text(), task.id
    good = [str(finding) for finding in check_case(folder) if finding.sign == "good"]
    assert all(any(task.title in line for line in good) for task in tasks.values())


def test_a_case_of_one_coder_compares_an_invented_pair_in_the_lab(folder):
    through(begin(folder))
    lab = served(folder)["lab"]
    pair = load_case(folder).framing.pairs[0]
    assert [list(lab.answer()[side].values()) for side in ("first", "second")] == [pair.first, pair.second]


def test_the_words_of_linguists_come_after_plain_ones(folder):
    page = begin(folder)
    for plain, term in (("takes it for true", "factive"), ("says if it happened", "implicative")):
        assert f"<strong>{plain}</strong> (the lesson calls it “{term}”). A verb" in page.blocks[0]["prompt"]
    go(page, marks(page))
    (block,) = page.blocks
    assert [one["text"].split(":")[0] for one in block["form"]["fields"][0]["options"]] == [
        "takes a side", "adds strength", "holds back", "takes it for true", "says if it happened", "presses or doubts",
        "not loaded",
    ]  # fmt: skip
    seen = sent(page).replace("(the lesson calls it", "")
    assert not any(
        f"{term}:" in seen or f"proposed: {term}" in seen for term in ("factive", "implicative", "assertive")
    )


def test_all_that_is_open_is_agreed_with_at_once_and_can_be_changed(folder):
    page = begin(folder)
    go(page, marks(page))
    first, *others = (page._key(word) for word in page._proposed())
    assert len(others) > 2
    told = go(page, {first: {"class": "not loaded"}}, "agree")
    assert f"What was proposed is chosen for {len(others)} words." in told
    assert now(page) == "confirm"
    held = page.state["confirm"]["answer"]
    assert held == agreed(page) | {first: {"class": "not loaded"}}
    # Nothing is part of the key before it is saved.
    assert len(begin(folder)._proposed()) == len(held)
    go(page, held)
    assert not page._proposed()
    assert len(page.draft.confirmed) == len(others)


def test_what_is_left_open_is_said_with_what_that_means(folder):
    page = begin(folder)
    go(page, marks(page))
    first, second, *_ = page._proposed()
    told = go(page, {key: cells for key, cells in agreed(page).items() if key != page._key(first)})
    assert f"“{first.words}” is still open, and your class is not asked for what is open. In exercise 3.3" in told
    go(page, None, "back")
    assert now(page) == "confirm"
    assert second not in page._proposed()


def test_a_second_coder_sees_nothing_of_the_first_and_adds_shares(folder):
    page = begin(folder)
    through(page, techniques=TECHNIQUES)
    rewritten(page)
    before = load_case(folder).framing
    second = begin(folder, 2)
    assert second.draft.words == []
    assert second.draft.items == {}
    assert "proposes" not in sent(second)
    assert "sentences" not in second.names
    # Of a technique the second one is asked about the same stretches, and sees nothing of what the first one said.
    assert {one.words for one in second.asked} == {words for words, _ in TECHNIQUES}
    words = [[*second.article.find("furious"), "subjective intensifier"], [*second.article.find("endless"), "hedge"]]
    told = through(
        second, {**YES, "r2": ["S7"]}, words, [(TECHNIQUES[0][0], "one cause"), (TECHNIQUES[1][0], "none of these")]
    )
    assert "Saved. Exercises 3.1" in told
    assert case_faults(folder) == []
    after = load_case(folder).framing
    assert after.coders == ("frames-coder-1", "frames-coder-2")
    assert after.shares("r2") == {"no": 0.5, "yes": 0.5}
    # Nothing that was there has another id.
    assert after.excerpts == before.excerpts
    assert after.rewrites == before.rewrites
    named = {one.words: after.techniques(one.id) for one in after.excerpts}
    assert named["Experts believe"] == {"one cause": 0.5, "unnamed authority": 0.5}
    assert named["will cost 2.4 million dollars"] == {"none of these": 1}
    # Learners mark the sentences of words that both marked.
    assert after.tasks.marking == [[3]]
    assert {"items", "functions", "words", "lab", "rewrite", "techniques"} == served(folder).keys()
    assert all(task.check(task.answer()).outcome.done for task in served(folder).values())


def test_nobody_is_counted_on_a_stretch_that_nobody_asked_about(folder):
    """One that only the first coder has read is no “one of two”: it waits until the other one was asked."""
    through(first := begin(folder), techniques=TECHNIQUES[:1])
    second = begin(folder, 2)
    for answer in ([], *(answers(second, frame) for frame in FRAMES)):
        go(second, answer)
    assert "Exercises" not in go(second, {})
    assert not (folder / "coding" / "frames-coder-2.yaml").is_file()
    shown = json.dumps(second.blocks[0]["form"], ensure_ascii=False)
    assert "¶5: **Experts believe** that" in shown
    assert "“Experts believe” has no answer yet." in go(second, {"t1": {"technique": ""}})
    assert "3.6" in go(second, {"t1": {"technique": "one cause"}})
    assert load_case(folder).framing.techniques("t1") == {"one cause": 0.5, "unnamed authority": 0.5}
    while now(first) != "techniques":
        go(first, None, "back")
    told = go(first, [[*first.article.find(words), technique] for words, technique in TECHNIQUES])
    assert "Not in exercise 3.6 yet: 1 stretch. An answer from coder 2 is missing, in the step “Techniques”." in told
    assert [one.words for one in load_case(folder).framing.excerpts] == ["Experts believe"]
    assert not begin(folder, 2).is_done
    told = through(begin(folder, 2), words=[], techniques=[(TECHNIQUES[0][0], "one cause"), TECHNIQUES[1]])
    assert "Left out" not in told
    assert begin(folder, 2).is_done
    (more,) = (one for one in load_case(folder).framing.excerpts if one.words == TECHNIQUES[1][0])
    assert load_case(folder).framing.techniques(more.id) == {"none of these": 1}
    assert case_faults(folder) == []


def test_a_second_coder_is_asked_about_no_technique_where_none_was_marked(folder):
    through(begin(folder))
    assert "techniques" not in begin(folder, 2).names
    assert "Saved." in through(begin(folder, 2), words=[])
    assert load_case(folder).framing.excerpts == []


def test_what_nobody_confirmed_is_not_part_of_the_key(folder):
    page = begin(folder)
    go(page, marks(page))
    first, second, third, *_ = page._proposed()
    go(page, {page._key(first): {"class": "one-sided term"}, page._key(second): {"class": "not loaded"}})
    for frame in FRAMES:
        go(page, answers(page, frame))
    go(page, {})
    (word,) = load_case(folder).framing.codings["frames-coder-1"].words
    assert (word.words, word.cls) == (first.words, "one-sided term")
    again = begin(folder)
    assert second.words not in [one.words for one in again.draft.words if one.sentence == second.sentence]
    assert third in again._proposed()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            {"r1": {"answer": "yes"}},
            "Question r1 (a government can ease it) has a yes without a sentence. Choose at least",
        ),
        ({"r1": {"answer": "yes", "evidence": []}}, "has a yes without a sentence"),
        ({"r1": {"answer": "no"}}, "Question r2 (a government is responsible) has no answer yet. Choose yes or no."),
        ({"r1": {"answer": "yes", "evidence": ["S99"]}}, "names sentence 99. Sentences that count are numbered 2 to 9"),
        ({"r1": {"answer": "yes", "evidence": ["S1"]}}, "names sentence 1. Sentences that count are numbered 2 to 9"),
    ],
)
def test_a_yes_rests_on_a_sentence_and_every_question_has_an_answer(folder, answer, says):
    page = begin(folder)
    go(page, marks(page))
    go(page, agreed(page))
    assert says in go(page, answer)
    assert now(page) == "responsibility"
    assert not (folder / "frames.yaml").exists()
    assert not (folder / "coding" / "frames-coder-1.yaml").exists()


def test_an_answer_taken_back_later_changes_no_file(folder):
    page = begin(folder)
    through(page)
    before = {path: path.read_bytes() for path in [folder / "frames.yaml", folder / "coding" / "frames-coder-1.yaml"]}
    for _ in range(7):
        go(page, page.state[now(page)]["answer"], "back")
    assert now(page) == "responsibility"
    go(page, {"r1": {"answer": "yes"}})
    with pytest.raises(MedialitError, match="a yes without a sentence"):
        page.publish()
    assert all(path.read_bytes() == data for path, data in before.items())
    # The page opens where something is missing.
    assert now(begin(folder)) == "responsibility"


def test_everything_typed_is_kept_as_one_goes(folder):
    page = begin(folder)
    press(page, "draft", "words", marks(page)[:2])
    assert marks(begin(folder)) == marks(page)
    assert len(page.draft.words) == 2
    go(page, marks(page))
    press(page, "draft", "confirm", {page._key(page._proposed()[0]): {"class": "hedge"}})
    again = begin(folder)
    go(again, marks(again))
    assert again.state["confirm"]["answer"] == {page._key(page._proposed()[0]): {"class": "hedge"}}
    go(again, {})
    press(again, "draft", "responsibility", {"r1": {"answer": "yes"}})
    assert begin(folder).state["responsibility"]["answer"] == {"r1": {"answer": "yes", "evidence": []}}
    # Without what was kept on the way, the finished pass is where the page begins.
    through(page := begin(folder), techniques=TECHNIQUES)
    (folder / "coding" / "wording-coder-1.json").unlink()
    back = begin(folder)
    assert [word.words for word in back.draft.words] == [word.words for word in page.draft.confirmed]
    assert back.draft.items == page.draft.items
    assert [(mark.words, mark.technique) for mark in back.draft.techniques] == list(TECHNIQUES[::-1])


def test_a_word_that_is_twice_in_a_sentence_keeps_its_place(folder):
    page = begin(folder)
    second = page.article.find("may", 2)
    through(page, words=[[*second, "hedge"]])
    (word,) = load_case(folder).framing.words
    assert word.span == second
    # “new” is not the beginning of “news”.
    span = locate(page.article, "new", 5)
    assert page.article[(span.start - 2, span.end + 5)] == "a new roof"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"s3plain endless": ""}, "S3: write at least one plain wording for “endless”."),
        ({"s3model": " "}, "S3: write the whole sentence in plain words."),
        (
            {"s3model": "Traders are furious about the long quiet of the town, and some fear a loss."},
            "S3: the sentence in plain words is not plain yet. Loaded places that are plain: 2 of 3",
        ),
        ({"s3model": "All is well."}, "S3: the sentence in plain words is not plain yet. Most of the sentence is gone"),
    ],
)
def test_a_sentence_that_is_not_told_plainly_is_refused_and_kept(folder, more, says):
    page = begin(folder)
    through(page)
    before = (folder / "frames.yaml").read_bytes()
    assert says in rewritten(page, PLAIN | more)
    assert (folder / "frames.yaml").read_bytes() == before
    again = begin(folder)
    assert again.draft.plain["s3plain furious"] == "upset, not pleased"
    assert again.draft.sentences == [3]


def test_a_rewrite_keeps_its_id_when_another_comes_in(folder):
    page = begin(folder)
    through(page)
    more = {
        "s9plain shocking": "large",
        "s9names": "",
        "s9model": "A large number of stalls is empty now.",
    }
    rewritten(page)
    sentence = next(word.sentence for word in page.draft.words if word.words == "shocking")
    plain = {name.replace("s9", f"s{sentence}"): text for name, text in more.items()}
    page = begin(folder)
    go(page, {"problem": {"paragraphs": ["p1"]}})
    go(page, [])
    assert "Saved." in rewritten(page, PLAIN | plain, ("S3", f"S{sentence}"))
    assert [(one.id, one.sentence) for one in load_case(folder).framing.rewrites] == [("w1", 3), ("w2", sentence)]
    page = begin(folder)
    go(page, {"problem": {"paragraphs": ["p1"]}})
    go(page, [])
    rewritten(page, PLAIN | plain, (f"S{sentence}",))
    assert [(one.id, one.sentence) for one in load_case(folder).framing.rewrites] == [("w2", sentence)]


def test_the_sentences_to_mark_are_chosen_by_rule_and_can_be_changed(folder):
    page = begin(folder)
    through(page)
    by_rule = page.state["sentences"]["answer"]["learners"]["marking"]
    assert by_rule == ["S2", "S3", "S7", "S8", "S9"]
    assert "S4 has no word that most coders marked." in go(page, {"learners": {"marking": ["S4"]}})
    go(page, {"learners": {"marking": ["S9", "S3"]}})
    assert load_case(folder).framing.tasks.marking == [[3], [9]]
    assert all(task.check(task.answer()).outcome.done for task in some(served(folder).values()))
    # A second coder's words leave what was chosen, as far as both marked it.
    second = begin(folder, 2)
    through(second, words=[[*second.article.find("furious"), "hedge"], [*second.article.find("failed"), "implicative"]])
    assert load_case(folder).framing.tasks.marking == [[3]]
    # Without a choice of one's own, the rule follows the words.
    page = begin(folder)
    go(page, {"problem": {"paragraphs": ["p1"]}})
    go(page, [])
    go(page, {"learners": {"marking": ["S3", "S7"]}})
    assert page.draft.marking is None
    assert load_case(folder).framing.tasks.marking == [[3], [7]]


def test_three_sentences_are_too_many_and_a_mark_stays_in_its_sentence(folder):
    page = begin(folder)
    assert "stay inside one sentence" in go(page, [[0, 60, "hedge"]])
    through(page)
    assert "Choose two at most" in go(page, {"learners": {"sentences": ["S3", "S7", "S9"]}})


def test_what_was_written_by_hand_is_left_alone(folder):
    mine = folder / "coding" / "frames-coder-1.yaml"
    mine.parent.mkdir()
    mine.write_text("codebook: 2\n", encoding="utf-8")
    with pytest.raises(MedialitError, match=r"frames-coder-1\.yaml was not made on this page"):
        begin(folder)
    mine.unlink()
    through(begin(folder), techniques=TECHNIQUES)
    frames = folder / "frames.yaml"
    by_hand = frames.read_text(encoding="utf-8").removeprefix(HEAD)
    frames.write_text(by_hand, encoding="utf-8")
    told = through(begin(folder, 2), words=[], techniques=TECHNIQUES)
    assert "frames.yaml was written by hand and stays as it is. Add frames-coder-2 to its list of coders." in told
    assert frames.read_text(encoding="utf-8") == by_hand
    data = yaml.safe_load(by_hand) | {"coders": ["frames-coder-1", "frames-coder-2"]}
    frames.write_text(yaml.safe_dump(data), encoding="utf-8")
    assert case_faults(folder) == []
    # A first pass written by hand is neither changed nor lost.
    mine.write_text(mine.read_text(encoding="utf-8").removeprefix(HEAD), encoding="utf-8")
    frames.write_text(HEAD + by_hand, encoding="utf-8")
    before = mine.read_bytes()
    through(begin(folder, 2), words=[], techniques=TECHNIQUES)
    assert mine.read_bytes() == before
    assert load_case(folder).framing.coders == ("frames-coder-1", "frames-coder-2")
    assert case_faults(folder) == []


def test_several_files_are_written_together_or_not_at_all(tmp_path):
    (tmp_path / "one").write_text("old", encoding="utf-8")
    (tmp_path / "three").mkdir()
    with pytest.raises(IsADirectoryError):
        write_all({tmp_path / "one": b"new", tmp_path / "two": b"new", tmp_path / "three": b"new"})
    assert (tmp_path / "one").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "two").exists()


def test_a_text_in_another_language_gets_no_proposals(tmp_path):
    about = {"title": TITLE, "licence": "CC BY 4.0", "language": "de"}
    write_case(tmp_path, "market-hall", Found((TITLE, *BODY)), about, invented=True, file="a.txt")
    assert begin(tmp_path / "market-hall").draft.words == []


def test_each_step_answers_quickly_on_800_words(tmp_path):
    text = [f"{line} This was said in part {n}." for n in range(6) for line in BODY]
    write_case(
        tmp_path, "long-one", Found((TITLE, *text)), {"title": TITLE, "licence": "CC BY 4.0"}, invented=True, file="a"
    )
    page = begin(tmp_path / "long-one")
    assert len(page.article.words()) > 800
    slow = []
    steps = [marks(page), agreed(page), *(answers(page, frame) for frame in FRAMES), {}, []]
    for answer in some(steps):
        start = time.process_time()
        go(page, answer)
        slow.append((time.process_time() - start, now(page)))
    assert max(slow)[0] < 0.3, slow
