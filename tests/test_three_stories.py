"""From a file to a graded class, by script: three stories that the kit was not written with."""

import csv
import re
import zipfile
from html import unescape

import pytest
from authors import EDGE, Author
from leaks import leaks, strange_quotations
from learners import NO_KEY, little, other
from some import some
from typer.testing import CliRunner

import medialit
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.key import answer_key
from medialit.authoring.pack import pack
from medialit.case import load_case
from medialit.case.load import case_faults
from medialit.cli import app
from medialit.english import count
from medialit.files import COURSE_CASE
from medialit.progress import Progress
from medialit.units.registry import UNITS, load_tasks
from medialit.view import story_of

NAMES = ("library-roof", "sorrel-quake", "swift-counter")
NO_EVIDENCE = "swift-counter"
TWO_CODERS = "sorrel-quake"
DONE = ("passed", "complete")  # what a person judges as well is complete


def beginning(task):
    """The first row or mark; None where there is no beginning: one rule may be all that 1.3 needs."""
    answer = task.answer()
    return little(task) if task.label != "1.3" and isinstance(answer, list | dict) and len(answer) > 1 else None


def wrong(task):
    if task.label in NO_KEY:
        return None
    return other(task)


LEARNERS = {"key": lambda task: task.answer(), "nothing": lambda _: None, "beginning": beginning, "wrong": wrong}


@pytest.fixture(scope="module", params=NAMES)
def made(request, tmp_path_factory):
    """A case that an author has made of a file, and the author."""
    author = Author(request.param, tmp_path_factory.mktemp(request.param)).begin()
    return author.quotes().claims().evidence()


# The other two are looked through when they have more in them: with a second coder, and with all that can be added.
@pytest.mark.parametrize("made", [NO_EVIDENCE], indirect=True)
def test_nothing_of_the_story_of_the_course_is_met_on_it(made):
    assert leaks(made.folder) == []


def test_what_exercises_quote_is_in_the_story_or_an_example_of_any(made, monkeypatch):
    assert strange_quotations(made.folder) == []
    monkeypatch.setattr("leaks.GENERAL", set())
    assert any("“I disagree”" in line for line in strange_quotations(made.folder))


def test_hints_and_counts_are_true_of_the_story(made):
    case = load_case(made.folder)
    quotes, claims = load_tasks(UNITS[1], case), load_tasks(UNITS[2], case)
    text = "\n".join([*quotes["1.1"].hints, *quotes["1.2"].hints, *claims["2.1"].hints, *claims["2.2"].hints])
    assert "Experts" not in text
    # What follows the reporting word is what was said.
    step = re.search(r"in ¶(\d+) the reporting word is “(.+?)”", quotes["1.1"].hints[-1])
    near = [q for q in quotes["1.1"].gold if q.cue and case.article[q.cue] == step[2] and q.cue.end <= q.content.start]
    assert int(step[1]) in {case.article.block_at(q.content.start).number for q in some(near)}
    # Nobody is told the numbers of all paragraphs that are on the page.
    asked = [case.article.sentences[n - 1].span.start for part in case.marking for n in part]
    shown = {case.article.block_at(start).number for start in asked}
    assert {int(n) for n in re.findall(r"¶(\d+)", quotes["1.1"].hints[1])} < set(some(shown))
    splits = case.claim_gold.splits
    assert f"joins {len(splits[0].claims)} claims" in claims["2.1"].hints[1]
    assert ("in the others" in claims["2.1"].hints[1]) <= (len(splits) > 1)
    assert f"joined in {count(len(splits), 'sentence')} below" in claims["2.1"].prompt
    assert f"gets the kind “{claims['2.2'].statements[0].kind}”" in claims["2.2"].hints[2]
    assert "a few are not" not in claims["2.2"].prompt
    unmarked = sum(q.kind == "indirect" for q in case.quotes)
    assert f"Of the {len(case.quotes)} attributions in this story, {unmarked} have no" in quotes["1.3"].hints[1]


def test_two_coders_settle_what_they_read_differently(tmp_path):
    author = Author(TWO_CODERS, tmp_path).begin().quotes().claims().evidence()
    before = load_case(author.folder)
    assert "one person's reading" in answer_key(before)
    assert "- Quotations: one person.\n- Claims: one person.\n- Verdicts: one person." in answer_key(before)
    measured = author.second_coder().settle()
    case = load_case(author.folder)
    # The key and the check tell how far the two agree, in the words of the settle page.
    key, checked = answer_key(case), [finding.text for finding in check_case(author.folder)]
    assert "- Quotations: 2 people, each alone. Of " in key
    for row in some(measured):
        assert str(row) in key
        assert any(text.startswith("Quotations, 2 people.") and str(row) in text for text in checked)
    assert any("Settle what differs" in text for text in checked) == any((m.alpha.value or 1) < 0.8 for m in measured)
    assert case_faults(author.folder) == []
    assert [(q.text, q.speaker_name, q.kind) for q in case.quotes] == [
        (q.text, q.speaker_name, q.kind) for q in some(before.quotes)
    ]
    assert sum(quote.share < 1 for quote in case.quotes) == 2
    assert all(0.5 < one.percent <= 1 for one in some(measured))
    assert verdict(check_case(author.folder))[1]
    for task in some(load_tasks(UNITS[1], case).values()):
        assert task.check(task.answer()).outcome.done
        assert "one person's reading" not in task.solution_text()
    assert leaks(author.folder) == []


def test_the_case_has_what_the_author_read_and_no_proposal(made):
    case = load_case(made.folder)
    article, reading = made.story.article, made.story.quotations
    assert case_faults(made.folder) == []
    assert case.article.text.rstrip().endswith(article.text.rstrip()[-200:])

    def told(text, quotes):
        return [(text[q.content].strip(EDGE), q.speaker_name, q.kind) for q in quotes]

    assert told(case.article, some(case.quotes)) == told(article, [q for q in reading if not q.nested])


def test_units_0_1_and_half_of_2_are_open_after_250_actions(made):
    case = load_case(made.folder)
    served = {label for plan in UNITS for label in load_tasks(plan, case)}
    assert {"0.1", "0.3", "0.4", "1.1", "1.2", "1.3", "1.5", "2.1", "2.2", "2.3"} <= served
    assert ("2.4" in served) == (made.name != NO_EVIDENCE)
    told, ready = verdict(check_case(made.folder))
    assert ready, told
    assert made.actions <= 250


def graded(own, tmp_path):
    """A class of made-up learners is graded on a case: the exercises that it serves, and rows of the gradebook."""
    case = load_case(own)
    labels = {label for plan in UNITS for label in load_tasks(plan, case)}
    for learner, answer_of in LEARNERS.items():
        folder = tmp_path / "class" / learner
        folder.mkdir(parents=True)
        progress = Progress(folder / "my-progress.jsonl")
        for plan in UNITS:
            unit = medialit.open_unit(plan.name, own, progress)
            for task in unit.tasks.values():
                answer = answer_of(task)
                if answer is not None:
                    unit.submit(task.id, answer)
    out = tmp_path / "graded"
    done = CliRunner().invoke(app, ["grade", str(tmp_path / "class"), "--out", str(out), "--case", str(own)])
    assert done.exit_code == 0, done.output
    with (out / "gradebook.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["case"] == case.name]
    return labels, {(row["learner"], row["task"]): row for row in rows}


def grade_class(own, tmp_path):
    """Each exercise passes the key, and nothing else."""
    labels, rows = graded(own, tmp_path)
    outcome = {place: row["outcome"] for place, row in rows.items()}
    assert {label for learner, label in outcome if learner == "key"} >= labels
    for label in some(labels):
        assert outcome[("key", label)] in DONE, label
        for learner in ("nothing", "beginning", "wrong"):
            assert outcome.get((learner, label)) not in DONE, (learner, label)
    assert sum(outcome.get(("wrong", label)) is not None for label in labels) >= len(labels) - len(NO_KEY)
    return labels


def test_a_class_is_graded(made, tmp_path):
    assert len(grade_class(made.folder, tmp_path)) >= 10


def test_everything_that_an_author_can_add_is_served_and_graded(tmp_path):
    author = Author("library-roof", tmp_path).begin().quotes().claims().evidence().wording().extras()
    assert case_faults(author.folder) == []
    served = grade_class(author.folder, tmp_path)
    tasks = [task for plan in UNITS for task in load_tasks(plan, load_case(COURSE_CASE)).values() if not task.optional]
    # No page asks for two events that are told as one, and the first exercise is the same on every story.
    assert {task.label for task in tasks} - served <= {"0.0", "4.3", "4.7"}
    assert author.actions <= 550, author.parts
    assert leaks(author.folder) == []


def test_whose_text_it_is_and_under_which_license_is_said_wherever_it_is_shown(made, tmp_path):
    case = load_case(made.folder)
    credit = case.about.credit
    about = made.story.about
    for told in (about["publisher"], about["date"], about["address"], "License or permission: CC BY 4.0."):
        assert told in credit
    assert credit in unescape(medialit.open_unit("claims", made.folder, Progress()).read().html)
    assert credit in answer_key(case)
    assert story_of(case)["credit"] == credit
    run = CliRunner().invoke(app, ["print", "--case", str(made.folder), "--out", str(tmp_path / "pack.html")])
    assert run.exit_code == 0, run.output
    assert credit in unescape((tmp_path / "pack.html").read_text(encoding="utf-8"))
    made_pack, _ = pack(made.folder, tmp_path / "pack.zip")
    with zipfile.ZipFile(made_pack) as archive:
        assert credit in archive.read(f"{case.name}/README.md").decode()


def test_key_pack_report_and_my_course_follow(made, tmp_path):
    case = load_case(made.folder)
    labels = {label for plan in UNITS for label in load_tasks(plan, case)}
    key = answer_key(case)
    for label in some(labels):
        assert f"**{label} " in key
    assert "one person's reading" in key
    if "claims/verify" in {f"{plan.name}/{one.id}" for plan in UNITS for one in load_tasks(plan, case).values()}:
        # Each verdict with its reason, and its cards as a reader knows them.
        judged = key.partition("**2.4 ")[2].partition("**2.5 ")[0]
        for claim in some(case.claim_gold.to_verify):
            assert " ".join(claim.explanation.split()) in " ".join(judged.split())
            assert case.claim_gold.card(claim.evidence[0]).publisher in judged
        assert not re.search(r"\be\d\d\b", judged)
    run = CliRunner().invoke(app, ["print", "--case", str(made.folder), "--out", str(tmp_path / "pack.html")])
    assert run.exit_code == 0, run.output
    assert case.title in (tmp_path / "pack.html").read_text(encoding="utf-8")
    place = tmp_path / "class"
    for n in range(6):
        (place / f"learner-{n}").mkdir(parents=True)
        unit = medialit.open_unit("quotes", made.folder, Progress(place / f"learner-{n}" / "my-progress.jsonl"))
        for task in unit.tasks.values():
            unit.submit(task.id, (wrong if n % 2 else LEARNERS["key"])(task))
    folder = ["--case", str(made.folder)]
    assert CliRunner().invoke(app, ["grade", str(place), "--out", str(tmp_path / "out"), *folder]).exit_code == 0
    run = CliRunner().invoke(app, ["report", str(tmp_path / "out" / "gradebook.db"), *folder])
    assert run.exit_code == 0, run.output
    told = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.html"))
    assert "not part of this kit" not in told
    assert any(label in told for label in labels)
    progress = Progress(place / "learner-0" / "my-progress.jsonl")
    found = {one.plan.name: one for one in medialit.my_course(made.folder, progress).unit_progresses()}
    assert found["quotes"].exercises.items == found["quotes"].exercises.passed > 3
