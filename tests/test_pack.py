"""A case in one zip file: what is packed comes out the same, and a hostile pack changes nothing, inside or outside."""

import errno
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from own_case import copy_of
from some import some
from typer.testing import CliRunner

from medialit.authoring.pack import LIMIT, install, pack
from medialit.case import load_case
from medialit.cli import app
from medialit.errors import MedialitError
from medialit.files import data_path

NAME = "our-pool"


@pytest.fixture
def own(tmp_path):
    """A case of one's own, made from the invented one."""
    return copy_of("averstow-pool", tmp_path / "mine", NAME)


@pytest.fixture
def parts(own):
    """The entries of a sound pack, to be spoiled."""
    found = {f"{NAME}/{path.relative_to(own).as_posix()}": path.read_bytes() for path in own.rglob("*.*")}
    assert len(found) > 15
    return found


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zipped(path, entries):
    """A zip file of (name or ZipInfo, data)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def test_what_is_packed_comes_out_the_same_and_plain_files_alone(own, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = files_in(own)
    for name in ("annotate-coder-1.ipynb", "run.py", "my-progress.jsonl"):
        (own / name).write_text("{}", encoding="utf-8")
    (own / "link.yaml").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    done = CliRunner().invoke(app, ["author", "case", "pack", str(own)])
    assert done.exit_code == 0, done.output
    assert "holds the key" in done.output
    assert {line.removeprefix("left out: ") for line in done.output.splitlines()[:-1]} == {
        "annotate-coder-1.ipynb", "run.py", "my-progress.jsonl", "link.yaml",
    }  # fmt: skip
    made = tmp_path / f"{NAME}-with-key.zip"
    assert b"holds the key" in zipfile.ZipFile(made).comment
    first = made.read_bytes()
    pack(own)
    assert made.read_bytes() == first
    (tmp_path / "theirs").mkdir()
    done = CliRunner().invoke(app, ["author", "case", "install", made.name, "--folder", "theirs"])
    assert done.exit_code == 0, done.output
    assert "holds the key" in done.output
    assert files_in(tmp_path / "theirs" / NAME) == before
    assert load_case(tmp_path / "theirs" / NAME).framing.coders
    # What is there already is never replaced.
    with pytest.raises(MedialitError, match="something at"):
        install(made, tmp_path / "theirs")


def test_what_could_not_be_taken_in_again_is_not_packed(own, tmp_path):
    out = tmp_path / "out.zip"
    with pytest.raises(MedialitError, match="in the kit already"):
        pack(data_path("averstow-pool"), out)
    shutil.copytree(own, tmp_path / "another")
    with pytest.raises(MedialitError, match=f"calls itself “{NAME}”, and its folder is another"):
        pack(tmp_path / "another", out)
    text = (own / "claims.yaml").read_text(encoding="utf-8")
    (own / "claims.yaml").write_text(text.replace("supported", "sound", 1), encoding="utf-8")
    with pytest.raises(MedialitError, match=r"The case has a fault\. claims\.yaml, line"):
        pack(own, out)
    (own / "claims.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(MedialitError, match="could not be written"):
        pack(own, tmp_path / "nowhere" / "out.zip")
    assert not out.exists()


def spoiled(name, data=b"x"):
    return lambda parts: [*parts.items(), (name, data)]


def entry(name, mode, data=b"/etc/passwd"):
    info = zipfile.ZipInfo(name)
    info.filename = name  # it cuts a name off at a zero byte
    info.create_system, info.external_attr = 3, mode << 16
    return lambda parts: [*parts.items(), (info, data)]


def changed(file, old, new):
    def spoil(parts):
        text = parts[f"{NAME}/{file}"].decode()
        assert old in text
        return {**parts, f"{NAME}/{file}": text.replace(old, new, 1).encode()}.items()

    return spoil


def with_file(file, text):
    return lambda parts: {**parts, f"{NAME}/{file}": text.encode()}.items()


def called(name):
    return lambda parts: [(f"{name}{path.removeprefix(NAME)}", data) for path, data in parts.items()]


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
HTML = '<img src=x onerror="alert(1)">'
HOSTILE = {
    "an absolute path": (spoiled("/tmp/medialit-was-here.yaml"), "holds “/tmp"),
    "a path of a drive": (spoiled("C:/medialit.yaml"), "holds “C:"),
    "a path of a server": (spoiled("//server/share/x.yaml"), "holds “//"),
    "a path that leads out": (spoiled(f"{NAME}/../../out.yaml"), "text and data"),
    "the same with the other slash": (spoiled(f"{NAME}\\..\\out.yaml"), "text and data"),
    "a name that ends early": (entry(f"{NAME}/a.yaml\0.py", 0), "text and data"),
    "a folder of its own": (spoiled(f"{NAME}/deep/er/a.yaml"), "text and data"),
    "a stream of a file": (spoiled(f"{NAME}/a.yaml:b.yaml"), "text and data"),
    "a hidden file": (spoiled(f"{NAME}/.bashrc.yaml"), "text and data"),
    "a link": (entry(f"{NAME}/a.yaml", stat.S_IFLNK | 0o777), "link"),
    "a link for a folder": (entry(f"{NAME}/coding/", stat.S_IFLNK | 0o777, b".."), "link"),
    "a device": (entry(f"{NAME}/a.yaml", stat.S_IFCHR | 0o666), "link or no file"),
    "code": (spoiled(f"{NAME}/case.py", b"import os"), "text and data"),
    "a notebook": (spoiled(f"{NAME}/page.ipynb", b"{}"), "text and data"),
    "a page": (spoiled(f"{NAME}/page.html", b"{}"), "text and data"),
    "names that collide": (spoiled(f"{NAME}/CASE.yaml"), "twice"),
    "two cases": (spoiled("other-pool/case.yaml"), "holds 2 cases"),
    "too many files": (lambda parts: [(f"{NAME}/{n}.txt", b"") for n in range(101)], "101 files"),
    "more than it can hold": (spoiled(f"{NAME}/big.txt", b" " * LIMIT), "unpacks to more than 5,000,000 bytes"),
    "anchors and aliases": (with_file("glossary.yaml", LAUGHS), r"An alias \(\*\)"),
    "an alias to itself": (with_file("glossary.yaml", "a: &a [*a]"), r"An alias|not valid YAML"),
    "an object of Python": (with_file("glossary.yaml", "a: !!python/object/apply:os.system [ls]"), "not valid YAML"),
    "brackets without end": (with_file("glossary.yaml", "[" * 100_000), "not valid YAML"),
    "HTML in the title": (changed("case.yaml", "title: ", f"title: '{HTML}' #"), "HTML is not allowed"),
    "HTML in a card": (changed("evidence.yaml", "title: ", f"title: '{HTML}' #"), "HTML is not allowed"),
    "HTML that an escape hides": (changed("case.yaml", "title: ", 'title: "\\x3cscript>alert(1)</script>" #'), "HTML is not"),
    "HTML as a word to explain": (with_file("glossary.yaml", '"\\u003cb onclick=x>": y'), "HTML is not allowed"),
    "HTML in the bounds": (with_file("bounds.json", r'{"\u003cb>": 1}'), "HTML is not allowed"),
    "HTML in the datasheet": (with_file("README.md", "<script>alert(1)</script>"), "HTML is not allowed"),
    "HTML in the article": (changed("article.txt", "\n", f"\n{HTML}\n"), "HTML is not allowed"),
    "another text": (changed("article.txt", "e", "3"), "The text was changed"),
    "bounds that are none": (with_file("bounds.json", "[" * 100_000), "not valid JSON"),
    "text that is none": (spoiled(f"{NAME}/x.txt", b"\xff\xfe\x00"), "not UTF-8"),
    "a coder elsewhere": (changed("frames.yaml", "frames-coder-1", "../../frames-coder-1"), "Name a file in coding/"),
    "the name of the kit": (called("averstow-pool"), "in the kit already"),
    "a name for no folder": (called("con"), "On Windows"),
    "no name": (called("-"), "cannot be the name"),
    "the name of another": (called("their-pool"), "calls itself “our-pool”"),
    "no case": (lambda parts: [(f"{NAME}/article.txt", b"A text.")], "case.yaml: This file is missing"),
    "nothing": (lambda parts: [], "holds 0 cases"),
}  # fmt: skip


@pytest.fixture
def untouched(tmp_path):
    """Where packs are taken in: nothing in it or beside it may change."""
    place = tmp_path / "room" / "cases"
    place.mkdir(parents=True)
    (place / "kept.txt").write_text("kept", encoding="utf-8")
    before = files_in(tmp_path / "room")
    yield place
    assert files_in(tmp_path / "room") == before
    assert [path.name for path in place.iterdir()] == ["kept.txt"]
    assert not Path("/tmp/medialit-was-here.yaml").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_pack_changes_nothing_and_says_why(what, parts, untouched, tmp_path):
    spoil, says = HOSTILE[what]
    file = zipped(tmp_path / "room.zip", spoil(parts))
    with pytest.raises(MedialitError, match=says) as told:
        install(file, untouched)
    assert len(str(told.value)) < 600


def test_a_damaged_pack_is_a_sentence_wherever_it_is_cut_or_changed(parts, untouched, tmp_path):
    data = zipped(tmp_path / "room.zip", parts.items()).read_bytes()
    file = tmp_path / "damaged.zip"
    locked = bytearray(data)
    at = data.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    cuts = [data[:n] for n in (0, 3, 100, len(data) // 2, len(data) - 30)]
    # One byte of the text of a file, of the list of files, of its end.
    turned = [bytes([*data[:n], data[n] ^ 0xFF, *data[n + 1 :]]) for n in (200, at + 16, at + 43, len(data) - 4)]
    for spoiled_data in some([*cuts, *turned, bytes(locked), b"not a zip file"]):
        file.write_bytes(spoiled_data)
        with pytest.raises(MedialitError) as told:
            install(file, untouched)
        assert "damaged.zip" in str(told.value)
    for missing in (tmp_path / "none.zip", tmp_path):
        with pytest.raises(MedialitError, match="cannot be read"):
            install(missing, untouched)
    file.write_bytes(b" " * (LIMIT + 1))
    with pytest.raises(MedialitError, match="no pack of a case"):
        install(file, untouched)


@pytest.mark.parametrize("left", [0, 1, 9])
def test_a_full_disk_leaves_nothing_behind(left, own, untouched, tmp_path, monkeypatch):
    made, _ = pack(own, tmp_path / "pack.zip")
    write, written = Path.write_bytes, []

    def full(path, data):
        if len(written) >= left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(MedialitError, match=r"could not be written .*No space left.*Nothing was left behind"):
        install(made, untouched)
    assert len(written) == left
    with pytest.raises(MedialitError, match="No space left"):
        pack(own, tmp_path / "second.zip")
    assert not (tmp_path / "second.zip").exists()


def test_a_folder_that_is_not_there_is_a_sentence(own, tmp_path):
    made, _ = pack(own, tmp_path / "pack.zip")
    with pytest.raises(MedialitError, match="could not be written"):
        install(made, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
