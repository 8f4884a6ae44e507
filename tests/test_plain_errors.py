"""What goes wrong in a file, on the command line or in a call is said in a sentence, and quickly."""

import os
import subprocess
import sys
import time

import pytest

import medialit
from medialit.cli import app
from medialit.errors import CaseError, MedialitError
from medialit.files import load_yaml, write_whole

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("name: x\ndate: 2024-02-30\n", 2, "put it in quotation marks"),
        ("name: x\nlist:\n- a\n- 2024-13-01\n", 4, "put it in quotation marks"),
        ("when: 2024-01-01 25:00:00\n", 1, "put it in quotation marks"),
        ("number: !!int twelve\n", 1, "put it in quotation marks"),
        (BOMB, 1, "Write it out"),
        ("a: &a\n  b: *a\n", 1, "Write it out"),
        ("- &a [1]\n- *a\n", 1, "Write it out"),
        ("a: &a {x: 1}\nb:\n  <<: *a\n", 1, "Write it out"),
        ("a: 1\nb: 2\na: 3\n", 3, "appears twice"),
        ("[" * 100_000, None, "case.yaml"),
    ],
)
def test_a_yaml_file_that_python_refuses_is_named_at_once(tmp_path, text, line, says):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    start = time.process_time()
    with pytest.raises(CaseError, match=says) as caught:
        load_yaml(path)
    assert time.process_time() - start < 1
    assert "case.yaml" in str(caught.value)
    if line:
        assert caught.value.line == line


@pytest.mark.parametrize("arguments", [["paths", "50"], ["doctor"]])
def test_output_can_be_redirected_where_the_encoding_is_an_old_one(arguments):
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run([sys.executable, "-m", "medialit", *arguments], capture_output=True, env=env)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
    assert len(done.stdout.decode("utf-8")) > 100


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "plan.html"
    path.write_text("old", encoding="utf-8")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for arguments in (["print", "--out"], ["key", "--out"], ["paths", "50", "--sheet"]):
        with pytest.raises(OSError, match="No space left"):
            app([*arguments, str(path)], standalone_mode=False)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(path, b"new")
    # Its name is the one that somebody knows.
    assert caught.value.filename == str(path)
    assert (path.read_text(encoding="utf-8"), [p.name for p in tmp_path.iterdir()]) == ("old", ["plan.html"])


@pytest.mark.parametrize("wrong", [None, 3, ["a"], b"text", {}])
def test_a_call_with_something_else_is_answered_in_a_sentence(wrong):
    for call in (medialit.find_quotes, medialit.score_claims, medialit.loaded_words):
        with pytest.raises(MedialitError, match="Give a text"):
            call(wrong)
    with pytest.raises(MedialitError, match="Give a text"):
        medialit.shared_passages(wrong, "Three missiles were fired at sea.")
    if wrong is not None:
        with pytest.raises(MedialitError, match="Give the name of a case"):
            medialit.my_course(wrong)
    with pytest.raises(MedialitError, match="Give a case"):
        medialit.compare_facts(wrong)
    with pytest.raises(MedialitError, match="Give a list of reports"):
        medialit.group_by_origin(wrong)
    with pytest.raises(MedialitError, match="Give a list of rows"):
        medialit.krippendorff_alpha(wrong)
    with pytest.raises(MedialitError, match="Give the claim as a sentence"):
        medialit.to_claimreview(wrong, "supported", author="Us")
