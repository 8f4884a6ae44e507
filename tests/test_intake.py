"""What a class hands in is taken in by name, within limits, and nothing in it can reach further or stop the rest."""

import io
import json
import os
import shutil
import stat
import tracemalloc
import zipfile

import pytest

from medialit.classroom import intake
from medialit.classroom.intake import scan
from medialit.classroom.names import cleaned, from_file, learner_name, one_line
from medialit.classroom.pages import file_name
from medialit.errors import MedialitError
from medialit.progress import Progress


def notebook(*cells, **more):
    body = [{"cell_type": "code", "source": text, "outputs": [], "metadata": {}} for text in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": body} | more).encode()


NB = notebook("1")


def put(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def packed(files, **how):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data, **how)
    return held.getvalue()


def read(*paths):
    bundles, lines = scan(paths)
    return {bundle.learner: bundle.read() for bundle in bundles}, lines


def only(submissions):
    (submission,) = submissions.values()
    return submission


def test_folders_and_flat_files_of_a_class(tmp_path):
    put(tmp_path, {"ana/01-quotes.ipynb": NB, "ana/my-progress.jsonl": b"{}", "ben/work/x.ipynb": NB, "README": b"x"})
    found, lines = read(tmp_path)
    assert {name: list(s.files) for name, s in found.items()} == {
        "ana": ["01-quotes.ipynb", "my-progress.jsonl"],
        "ben": ["work/x.ipynb"],
    }
    assert lines == ["Passed over, because the name is nobody's: README."]


def test_a_flat_folder_of_notebooks_with_progress_files_beside_them(tmp_path):
    put(tmp_path, {"ana-01-quotes.ipynb": NB, "ana_my-progress.jsonl": b"{}", "02-claims ben.ipynb": NB})
    found, _ = read(tmp_path)
    assert {name: len(s.files) for name, s in found.items()} == {"ana": 2, "ben": 1}


def test_nbgraders_submitted_folder(tmp_path):
    put(tmp_path, {"submitted/ana/ps1/01-quotes.ipynb": NB, "submitted/ben/ps1/x.ipynb": NB, "source/ps1/x.ipynb": NB})
    for place in (tmp_path, tmp_path / "submitted"):
        assert sorted(read(place)[0]) == ["ana", "ben"]


def test_a_canvas_export(tmp_path):
    names = [
        "doejohn_123_456_01-quotes.ipynb",
        "doejohn_LATE_123_457_my-progress.jsonl",
        "roejane_9_8_01-quotes-1.ipynb",
    ]
    (tmp_path / "submissions.zip").write_bytes(packed(dict.fromkeys(names, NB)))
    found, _ = read(tmp_path / "submissions.zip")
    assert {(s.learner, s.name, s.lms, s.lms_id) for s in found.values()} == {
        ("doejohn_123", "doejohn", "canvas", "123"),
        ("roejane_9", "roejane", "canvas", "9"),
    }
    assert list(found["doejohn_123"].files) == ["01-quotes.ipynb", "my-progress.jsonl"]


@pytest.mark.parametrize(
    "inside", ["_assignsubmission_file_/01-quotes.ipynb", "_assignsubmission_file_01-quotes.ipynb"]
)
def test_a_moodle_export_with_folders_and_without(tmp_path, inside):
    (tmp_path / "class.zip").write_bytes(packed({f"Jane Doe_98765{inside}": NB, f"Jane Doe_4{inside}": NB}))
    found, _ = read(tmp_path / "class.zip")
    assert [(s.learner, s.name, s.lms_id) for s in found.values()] == [
        ("Jane Doe_4", "Jane Doe", "4"),
        ("Jane Doe_98765", "Jane Doe", "98765"),
    ]
    assert all(list(s.files) == ["01-quotes.ipynb"] for s in found.values())


def test_one_learners_own_working_folder(tmp_path):
    home = put(
        tmp_path / "ana", {"exercises/01-quotes.ipynb": NB, "notebooks/01-quotes.ipynb": NB, "my-progress.jsonl": b""}
    )
    found, _ = read(home)
    assert (only(found).learner, len(only(found).files)) == ("ana", 3)


def test_zips_inside_a_submission_and_of_units(tmp_path):
    deep = packed({"x.ipynb": NB})
    put(tmp_path, {"ana/work.zip": packed({"01-quotes.ipynb": NB, "more.zip": deep})})
    submission = only(read(tmp_path)[0])
    assert list(submission.files) == ["work/01-quotes.ipynb"]
    assert submission.problems == ("work/more.zip was not read: it is a zip file inside a zip file.",)


def test_exports_of_two_units_join_by_learner(tmp_path):
    for unit in ("01-quotes", "02-claims"):
        (tmp_path / f"{unit}.zip").write_bytes(packed({f"doe_1_2_{unit}.ipynb": NB}))
    assert list(only(read(tmp_path / "01-quotes.zip", tmp_path / "02-claims.zip")[0]).files) == [
        "01-quotes.ipynb",
        "02-claims.ipynb",
    ]
    assert len(only(read(tmp_path)[0]).files) == 2


def test_zips_named_after_learners_are_theirs(tmp_path):
    for who in ("ana", "ben"):
        (tmp_path / f"{who}.zip").write_bytes(packed({"01-quotes.ipynb": NB}))
    found, lines = read(tmp_path)
    assert {name: list(one.files) for name, one in found.items()} == {
        "ana": ["ana/01-quotes.ipynb"],
        "ben": ["ben/01-quotes.ipynb"],
    }
    assert lines == []


@pytest.mark.parametrize("name", ["submissions.zip", "01-quotes.zip"])
def test_a_loose_zip_that_names_nobody_is_a_whole_class(tmp_path, name):
    (tmp_path / name).write_bytes(packed({"ana/x.ipynb": NB, "ben/x.ipynb": NB}))
    assert list(read(tmp_path)[0]) == ["ana", "ben"]


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MedialitError, match="There is no file or folder"):
        scan([tmp_path / "none"])


@pytest.mark.parametrize("name", ["ipynb.txt", "ipynb.json", "ipynb (1).txt", "IPYNB.html"])
def test_a_notebook_that_a_browser_renamed_is_read(tmp_path, name):
    put(tmp_path, {f"ana/01-quotes.{name}": NB, f"ben-01-quotes.{name}": NB, f"doe_1_2_01-quotes.{name}": NB})
    found, lines = read(tmp_path)
    assert (list(found), {len(one.notebooks) for one in found.values()}) == (["ana", "ben", "doe_1"], {1})
    assert ({one.problems for one in found.values()}, lines) == ({()}, [])


@pytest.mark.parametrize(
    "name", ["my-progress.json", "my-progress.jsonl.txt", "my-progress (3).jsonl", "my-progress.txt"]
)
def test_a_progress_file_that_was_renamed_is_read(tmp_path, name):
    data = Progress().as_bytes()
    put(tmp_path, {f"ana/{name}": data, f"ben-{name}": data})
    found, _ = read(tmp_path)
    assert (list(found), {len(one.progress) for one in found.values()}) == (["ana", "ben"], {1})


@pytest.mark.parametrize("ending", ["html", "pdf", "docx", "txt", "py", "ipynb.txt"])
def test_whoever_handed_in_something_else_has_a_place_and_a_sentence(tmp_path, ending):
    put(
        tmp_path,
        {f"ana-01-quotes.{ending}": b"%PDF", f"doejohn_12_345_essay.{ending}": b"x", f"ben/essay.{ending}": b"x"},
    )
    put(tmp_path, {f"Jane Doe_7_assignsubmission_file_/essay.{ending}": b"x", "roe_9_text.html": b"typed"})
    found, _ = read(tmp_path)
    assert sorted(found) == ["Jane Doe_7", "ana", "ben", "doejohn_12", "roe_9"]
    for one in found.values():
        assert len(one.problems) == 1
        assert "no notebook and no progress file that can be read. Handed in:" in one.problems[0]


def test_what_is_nobodys_is_named_once(tmp_path):
    put(
        tmp_path,
        {
            "ana.ipynb": NB,
            "README.md": b"",
            "roster.csv": b"",
            "grades.txt": b"",
            "x.db": b"",
            "y.bin": b"",
            "z.c": b"",
        },
    )
    found, lines = read(tmp_path)
    assert list(found) == ["ana"]
    assert lines == [
        "Passed over, because the name is nobody's: README.md, grades.txt, roster.csv, x.db, y.bin and 1 more."
    ]


def test_marks_of_a_copy_are_no_part_of_a_name(tmp_path):
    names = [
        "ben-01-quotes.ipynb",
        "ben-my-progress (1).jsonl",
        "ben 02-claims - Copy (2).ipynb",
        "ben-03-framing-Copy1.ipynb",
    ]
    put(tmp_path, dict.fromkeys([*names, "cara-01-quotes-Copy1.ipynb", "cara-my-progress copy 2.jsonl"], NB))
    found, _ = read(tmp_path)
    assert {name: (len(one.files), one.problems) for name, one in found.items()} == {"ben": (4, ()), "cara": (2, ())}


def test_the_folder_for_the_gradebook_is_nobodys_work(tmp_path):
    put(tmp_path, {"ana/x.ipynb": NB, "graded/feedback/ana.html": b"x", "graded/gradebook.db": b"x"})
    bundles, lines = scan([tmp_path], leave_out=[tmp_path / "graded"])
    assert ([bundle.learner for bundle in bundles], lines) == (["ana"], [])


def test_a_zip_cannot_take_the_place_of_a_learner_with_a_platforms_name(tmp_path):
    put(tmp_path, {"doe_9_8_01-quotes.ipynb": NB})
    (tmp_path / "mal.zip").write_bytes(
        packed({"doe_9_8_01-quotes.ipynb": b"{}", "Jo Roe_7_assignsubmission_file_/x.ipynb": NB})
    )
    found, lines = read(tmp_path)
    assert (list(found), found["doe_9"].files) == (["doe_9", "mal"], {"01-quotes.ipynb": NB})
    assert lines == ["mal.zip was taken as the work of one learner. If it is a whole class, name the zip file itself."]


def test_a_working_folder_is_one_persons_work_whatever_is_in_it(tmp_path):
    home = {
        "exercises/01-quotes.ipynb": NB,
        "my-progress (1).jsonl": b"",
        "notes/a.txt": b"",
        "exercises/old/x.ipynb": NB,
    }
    put(tmp_path / "ana", home)
    (tmp_path / "ben.zip").write_bytes(packed(home))
    assert {name: len(one.files) for name, one in read(tmp_path / "ana")[0].items()} == {"ana": 4}
    assert {name: len(one.files) for name, one in read(tmp_path / "ben.zip")[0].items()} == {"ben": 4}
    # In a class it is a learner's like any other, and a loose zip that names nobody changes nothing for the others.
    (tmp_path / "exercises.zip").write_bytes(packed({"exercises/01-quotes.ipynb": NB}))
    put(tmp_path, {"cara/x.ipynb": NB})
    assert list(read(tmp_path)[0]) == ["ana", "ben", "cara", "exercises"]


def test_two_spellings_of_a_name_are_one_person_and_told(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    put(tmp_path / "one", {"Zo\u00eb/01-quotes.ipynb": NB})
    put(tmp_path / "two", {"Zoe\u0308/02-claims.ipynb": NB})
    zoe = only(read(tmp_path / "one", tmp_path / "two")[0])
    assert (zoe.learner, len(zoe.files)) == ("Zo\u00eb", 2)
    assert zoe.problems == ("Two spellings of this name look the same, and were taken as one person.",)


def test_only_signs_that_cannot_be_shown_are_told(tmp_path):
    put(tmp_path, {"Ana  Lee /x.ipynb": NB, "ben- (1/x.ipynb": NB, f"{'x' * 120}/x.ipynb": NB, "eve\x07/x.ipynb": NB})
    found, _ = read(tmp_path)
    assert [name[:3] for name, one in found.items() if one.problems] == ["eve"]


@pytest.mark.parametrize("name", ["anon_x9Ab2_456_01-quotes.ipynb", "LATE_anon_x9Ab2_456_01-quotes.ipynb"])
def test_anonymous_names_of_canvas_have_their_number(tmp_path, name):
    put(tmp_path, {name: NB, "anon_Q1w2E_457_01-quotes.ipynb": NB})
    found, _ = read(tmp_path)
    one = found["anonymous x9Ab2"]
    assert (one.lms, one.lms_id, one.late, one.hand) == ("canvas", "x9Ab2", name.startswith("LATE"), "456")
    assert len(found) == 2


def test_moodles_groups_are_no_part_of_a_name(tmp_path):
    people = {"Tuesday-Jane Doe": 1, "Tuesday-Jean-Paul Roe": 2, "Friday-Bo Li": 3, "Friday-Cy Fu": 4}
    put(tmp_path, {f"{name}_{n}_assignsubmission_file_/x.ipynb": NB for name, n in people.items()})
    found, _ = read(tmp_path)
    assert [(s.learner, s.name) for s in found.values()] == [
        ("Bo Li_3", "Bo Li"),
        ("Cy Fu_4", "Cy Fu"),
        ("Jane Doe_1", "Jane Doe"),
        ("Jean-Paul Roe_2", "Jean-Paul Roe"),
    ]
    # A first name with a hyphen is a name.
    put(tmp_path / "other", {f"Anne-Marie {x}_{n}_assignsubmission_file_/x.ipynb": NB for n, x in enumerate("ABC")})
    assert [s.name for s in read(tmp_path / "other")[0].values()] == ["Anne-Marie A", "Anne-Marie B", "Anne-Marie C"]


def test_hard_links_and_files_that_were_swapped_are_refused(tmp_path):
    put(tmp_path / "secret", {"x.ipynb": NB})
    put(tmp_path / "class", {"mal/own.ipynb": NB, "mal/sub/y.ipynb": NB})
    os.link(tmp_path / "secret" / "x.ipynb", tmp_path / "class" / "mal" / "x.ipynb")
    ((mal,), _) = scan([tmp_path / "class"])
    # After it was listed, a folder becomes a link to another one.
    shutil.move(tmp_path / "class" / "mal" / "sub", tmp_path / "gone")
    put(tmp_path / "elsewhere", {"y.ipynb": NB})
    os.symlink(tmp_path / "elsewhere", tmp_path / "class" / "mal" / "sub")
    submission = mal.read()
    assert list(submission.files) == ["own.ipynb"]
    assert submission.problems == (
        "x.ipynb was not read: it is a second name of another file (a hard link). Copy the file instead.",
        "sub/y.ipynb was not read: it was changed while it was read.",
    )


def with_ana(tmp_path, files):
    """A class of ana, who is honest, and mal, whose files these are."""
    put(tmp_path, {"ana/x.ipynb": NB} | {f"mal/{name}": data for name, data in files.items()})
    found, _ = read(tmp_path)
    assert found["ana"].problems == ()
    assert found["ana"].files == {"x.ipynb": NB}
    return found["mal"]


def test_a_zip_bomb_costs_nothing(tmp_path):
    bomb = packed({"x.ipynb": b"\0" * 50_000_000})
    assert len(bomb) < 100_000
    mal = with_ana(tmp_path, {"work.zip": bomb})
    assert mal.files == {}
    assert mal.problems[0] == "work/x.ipynb was not read: it has 50 MB. A notebook has at most 10 MB."


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_bomb_that_python_would_unpack_whole_is_not_unpacked(tmp_path, way):
    """A few KB of these make hundreds of MB, and whoever reads them is given no way to stop after the first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as file:
        file.writestr("x.ipynb", b"\0" * 30_000_000)
    bomb = out.getvalue()
    assert len(bomb) < 10_000
    # Say that it is small, in the list of names at the end and in the file's own head.
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.find(mark) + place
        bomb = bomb[:at] + (1000).to_bytes(4, "little") + bomb[at + 4 :]
    tracemalloc.start()
    mal = with_ana(tmp_path, {"work.zip": bomb})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert mal.files == {}
    assert "use an ordinary zip file" in mal.problems[0]
    assert peak < 5_000_000


def test_a_zip_cannot_hand_in_work_for_somebody_else(tmp_path):
    (tmp_path / "ben.ipynb").write_bytes(NB)
    (tmp_path / "mal.zip").write_bytes(packed({"ben/x.ipynb": b"{}", "mal/x.ipynb": NB}))
    found, lines = read(tmp_path)
    assert (list(found), found["ben"].files) == (["ben", "mal"], {"ben.ipynb": NB})
    assert lines == ["mal.zip was taken as the work of one learner. If it is a whole class, name the zip file itself."]


def test_a_zip_with_a_huge_list_of_names_is_refused_before_it_is_read(tmp_path):
    wide = packed({f"{'n' * 200}{number}": b"" for number in range(1500)})
    mal = with_ana(tmp_path, {"work.zip": wide})
    assert mal.files == {}
    assert "names more than 200 files" in mal.problems[0]


@pytest.mark.parametrize(
    "name", ["../ana/x.ipynb", "/etc/x.ipynb", "..\\ana\\x.ipynb", "C:/x.ipynb", "a/../../x.ipynb"]
)
def test_zip_slip_is_named_and_not_read(tmp_path, name):
    mal = with_ana(tmp_path, {"work.zip": packed({name: b"bad"})})
    assert mal.files == {}
    assert "its name leads out of the folder" in mal.problems[0]


def test_a_link_in_a_zip_is_not_followed(tmp_path):
    info = zipfile.ZipInfo("x.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    mal = with_ana(tmp_path, {"work.zip": packed({info: b"/etc/passwd"})})
    assert mal.files == {}
    assert "links are not followed" in mal.problems[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links only for administrators")
def test_links_to_files_and_folders_are_not_followed(tmp_path):
    put(tmp_path, {"secret/key.ipynb": NB, "class/mal/own.ipynb": NB})
    (tmp_path / "class/mal/x.ipynb").symlink_to(tmp_path / "secret/key.ipynb")
    (tmp_path / "class/mal/folder").symlink_to(tmp_path / "secret")
    (tmp_path / "class/eve").symlink_to(tmp_path / "secret")
    found, _ = read(tmp_path / "class")
    assert (list(found), list(found["mal"].files), len(found["mal"].problems)) == (["mal"], ["own.ipynb"], 2)
    assert all("links are not followed" in line for line in found["mal"].problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_does_not_make_the_grader_wait(tmp_path):
    put(tmp_path, {"mal/own.ipynb": NB})
    os.mkfifo(tmp_path / "mal/x.ipynb")
    assert "it is not a plain file" in only(read(tmp_path)[0]).problems[0]


def test_a_flood_of_files_is_cut_off(tmp_path):
    mal = with_ana(tmp_path, {f"{number}.ipynb": NB for number in range(intake.MAX_FILES + 50)})
    assert len(mal.files) == intake.MAX_FILES
    assert "What comes after is not read" in mal.problems[0]


# Named, because a zip holds the time at which it was made: processes would know the test by different names.
@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 nonsense", b"not a zip", packed({"a.ipynb": NB})[:-30]],
    ids=["empty", "nonsense", "no zip", "cut off"],
)
def test_a_damaged_zip_is_one_line(tmp_path, data):
    mal = with_ana(tmp_path, {"work.zip": data})
    assert mal.problems[0] == "work.zip was not read: it is not a zip file, or it is damaged."


def test_a_damaged_export_does_not_stop_the_others(tmp_path):
    put(tmp_path, {"submissions.zip": b"no", "ben.zip": b"no", "ana/x.ipynb": NB})
    found, lines = read(tmp_path)
    assert list(found) == ["ana", "ben"]
    assert lines == ["submissions.zip was not read: it is not a zip file, or it is damaged."]
    assert found["ben"].problems[0] == "ben.zip was not read: it is not a zip file, or it is damaged."


def test_a_folder_without_work_is_a_submission_without_anything(tmp_path):
    put(tmp_path, {"mal/notes.txt": b"nothing"})
    (tmp_path / "eve").mkdir()
    found, _ = read(tmp_path)
    assert list(found) == ["eve", "mal"]
    assert [s.problems for s in found.values()] == [
        ("Nothing was handed in.",),
        ("There is no notebook and no progress file that can be read. Handed in: notes.txt.",),
    ]


def test_control_signs_in_names_are_never_shown_and_never_confuse_two_learners(tmp_path):
    evil = "ana\x1b[2J\u202e\r\n"
    put(tmp_path, {"ana/x.ipynb": NB, f"{evil}/x.ipynb": NB, "ana\x07/x.ipynb": NB})
    found, _ = read(tmp_path)
    assert len(found) == 3
    for submission in found.values():
        shown = "".join([submission.learner, submission.name, *submission.problems])
        assert shown.isprintable()
        assert "\u202e" not in shown
    assert sum("signs that cannot be shown" in s.problems[0] for s in found.values() if s.problems) == 2


@pytest.mark.parametrize("name", ["..", ".", "CON", "=SUM(A1)", "a/b", "-rf", "ü" * 100, "\ud800", "<b>", "Ana", " "])
def test_every_name_makes_a_safe_and_own_page_name(name):
    learner = learner_name(name)
    page = file_name(learner)
    assert page.isascii()
    assert page.endswith(".html")
    assert not set(page) & set('/\\:*?"<>| =')
    assert not page.startswith((".", "-"))
    assert len(page) < 100
    assert page != file_name(learner_name(name + "x"))
    assert page.lower() != file_name("ana").lower()


def test_names_are_one_short_line_and_safe():
    assert (cleaned("  Zoë\n\tDoe "), len(cleaned("x" * 500))) == ("Zoë Doe", 80)
    assert cleaned("\u200b\u202e") == "no name"
    assert one_line("a\x1b[31mb\nc" + "d" * 500).startswith("a [31mb c")


@pytest.mark.parametrize("name", ["01-quotes.ipynb", "my-progress.jsonl", "exercises.ipynb"])
def test_a_file_with_the_courses_own_name_names_nobody(name):
    assert from_file(name) is None


def test_the_digest_knows_every_byte_and_every_name(tmp_path):
    digests = set()
    for number, files in enumerate(
        [{"x.ipynb": NB}, {"y.ipynb": NB}, {"x.ipynb": NB + b" "}, {"x.ipynb": b"", "y": NB}]
    ):
        digests.add(
            only(read(put(tmp_path / str(number) / "class", {f"ana/{n}": d for n, d in files.items()}))[0]).digest
        )
    assert len(digests) == 4
    assert only(read(tmp_path / "0" / "class")[0]).digest in digests


def test_a_zip_that_lies_about_its_size_is_cut_off(tmp_path):
    bomb = bytearray(packed({"x.ipynb": b"\0" * 50_000_000}))
    # The size is written in the list of names at the end, 24 bytes after its signature, and in the file's own head.
    at = bomb.find(b"PK\x01\x02") + 24
    bomb[at : at + 4] = (1000).to_bytes(4, "little")
    mal = with_ana(tmp_path, {"work.zip": bytes(bomb)})
    assert mal.files == {} or len(mal.files["work/x.ipynb"]) <= 1000
    assert mal.problems


def test_a_notebook_of_200_megabytes_is_not_even_opened(tmp_path):
    put(tmp_path, {"mal/own.ipynb": NB})
    with (tmp_path / "mal/x.ipynb").open("wb") as file:
        file.truncate(200_000_000)
    mal = only(read(tmp_path)[0])
    assert list(mal.files) == ["own.ipynb"]
    assert mal.problems == ("x.ipynb was not read: it has 200 MB. A notebook has at most 10 MB.",)
