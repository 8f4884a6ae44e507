"""Guides: what comes from the course is filled in, drift is named, links lead somewhere, papers hold no key."""

import re
import shutil

import pytest
from prompt import typed
from some import some

from medialit.authoring.guides import KEY, guides
from medialit.authoring.key import answer_key
from medialit.case import load_case
from medialit.errors import CaseError
from medialit.exercises.task import load_texts
from medialit.files import course_path, data_path, kit_root, list_cases
from medialit.paths import load_paths
from medialit.paths.pack import print_pack
from medialit.units.registry import UNITS, load_tasks

ROOT = kit_root()
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-CONTENT")
GUIDES = [*sorted((ROOT / "docs").glob("*.md")), *(ROOT / name for name in PAGES)]


def anchor(heading):
    """What a heading is called in a link: as on the usual code hosts."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_the_guides_say_what_the_course_says():
    for path, words in some(guides(ROOT).items()):
        assert path.read_text(encoding="utf-8") == words, f"{path.name}: run medialit author build"


def test_every_workshop_has_its_clock_in_the_facilitators_guide():
    text = (ROOT / "docs" / "facilitator.md").read_text(encoding="utf-8")
    for path in some(load_paths()):
        if path.kind == "workshop":
            assert f"<!-- clock {path.id} -->\nLearners open" in text
            assert f"<!-- wrong {path.id} -->\n| Question" in text
            for sitting in path.sittings:
                for section in sitting.sections:
                    assert section.name in text


@pytest.fixture
def root(tmp_path):
    """A checkout with nothing but what the guides are made of."""
    shutil.copytree(ROOT / "course", tmp_path / "course")
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_a_changed_minute_changes_the_clock(root):
    guide = root / "docs" / "a.md"
    guide.write_text("Before\n<!-- clock 50 -->\nold\n<!-- end -->\nAfter", encoding="utf-8")
    before = guides(root)[guide]
    assert before.startswith("Before\n<!-- clock 50 -->\nLearners open")
    assert before.endswith("<!-- end -->\nAfter")
    file = root / "course" / "paths.yaml"
    text = file.read_text(encoding="utf-8").replace("- minutes: 5\n", "- minutes: 4\n", 1)
    file.write_text(
        text.replace("- minutes: 3\n            room: slack", "- minutes: 4\n            room: slack", 1), "utf-8"
    )
    assert "0:00–0:04" in guides(root)[guide]
    assert "0:00–0:04" not in before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n<!-- clock 51 -->\n<!-- end -->", "line 2: There is no path “51”"),
        ("a\n\n<!-- clock 50 -->\n", "line 3: A part that is filled in has no “<!-- end -->”"),
    ],
)
def test_a_wrong_mark_is_named_with_its_line(root, text, words):
    (root / "docs" / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(words)):
        guides(root)


def in_guides(pattern):
    """Every match of a pattern in the guides: ``(guide, groups)``."""
    return some((guide, found) for guide in GUIDES for found in re.findall(pattern, guide.read_text("utf-8"), re.M))


def test_what_a_guide_points_to_is_there():
    for guide, (place, heading) in some(in_guides(r"\]\(([^)#:]*)(?:#([^)]+))?\)")):
        target = (guide.parent / place) if place else guide
        assert target.exists(), f"{guide.name} points to {place}"
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in map(anchor, headings), f"{guide.name} points to {place}#{heading}"


def test_the_commands_in_a_guide_exist():
    known = typed("--help").out
    for guide, name in some(in_guides(r"(?:^|`)medialit ([a-z]+)")):
        assert re.search(rf"^  {name}\b", known, re.MULTILINE), f"{guide.name} names medialit {name}"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for guide, target in some(in_guides(r"(?:^|`)make ([a-z-]+)[`\n ]")):
        assert f"\n{target}:" in makefile, f"{guide.name} names make {target}"


@pytest.mark.parametrize("case", list_cases())
def test_the_key_has_every_question_and_every_exercise(case):
    case = load_case(case)
    text = answer_key(case)
    for task in some([task for plan in UNITS for task in load_tasks(plan, case).values()]):
        assert f"**{task.label}" in text
        assert " ".join(task.solution_text().split()) in " ".join(text.split())


def test_the_key_of_a_case_without_framing_has_the_other_units(tmp_path):
    folder = shutil.copytree(data_path("averstow-pool"), tmp_path / "averstow-pool")
    (folder / "frames.yaml").unlink()
    text = answer_key(load_case(folder))
    framing = text.partition("## 3 · ")[2].partition("## 4 · ")[0]
    assert (
        "Exercise 3.1 (Code the story with a codebook) is not part of your class's story. It needs answers" in framing
    )
    assert "**4.1" in text


def test_the_key_gives_the_right_option_and_the_facilitators_guide_does_not():
    key = (ROOT / "docs" / KEY).read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "facilitator.md").read_text(encoding="utf-8")
    assert "**a** A summary that is presented as a quotation." in key
    assert "A summary that is presented as a quotation." not in guide


@pytest.mark.parametrize("name", list_cases())
def test_the_print_pack_holds_what_a_room_needs_and_no_key(name):
    case = load_case(name)
    pack = print_pack(case)
    assert ("This story is invented" if case.about.invented else "claims no rights") in pack
    assert "<script" not in pack
    for block in case.article.blocks:
        assert not block.number or f"¶{block.number}" in pack
    gold = case.claim_gold
    for claim in (gold.claim(c) for c in gold.verify[:2]):
        assert claim.explanation not in pack
        shown = [card for card in gold.evidence if card.fact.strip()[:40] in re.sub(r"&#x27;", "'", pack)]
        assert len({card.origin for card in shown if claim.id in (*card.supports, *card.contradicts)}) >= 1
    for row in case.coverage.matrix.short:
        assert row.why not in pack
    assert pack.count('class="letter"') == 4


def test_the_map_of_frameworks_names_tasks_that_exist_and_marks_the_optional_ones():
    text = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
    table = text.partition("## How this fits frameworks")[2].partition("\n## ")[0]
    texts = {name: t for path in course_path().glob("0*/tasks.yaml") for name, t in load_texts(path).items()}
    named = re.findall(r"(?<![\d.])(\d\.\d+)( ☆)?", table)
    assert len(named) > 30
    assert [name for name, star in named if name not in texts or bool(star) != texts[name].optional] == []
    for framework in ("NAMLE", "Civic Online Reasoning", "SIFT", "ACRL", "UNESCO"):
        assert f"| {framework}" in table


def test_the_ten_evenings_fit_into_an_hour_and_leave_time_to_talk():
    guide = (kit_root() / "docs" / "instructor.md").read_text(encoding="utf-8")
    plan = guide.partition("## A library course: ten evenings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| (.+) \| .+ \| (\d+) \|$", plan, re.MULTILINE)
    assert [int(evening) for evening, _, _ in rows] == list(range(1, 11))
    assert all(30 <= int(minutes) <= 45 and ".ipynb)" in pages for _, pages, minutes in rows)
