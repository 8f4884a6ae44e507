"""The gradebook: what goes in comes out, whole or not at all, in SQLite and in PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from medialit.classroom.records import Attempt, Done, Grade, Receipt
from medialit.classroom.store import Store, read_book
from medialit.errors import MedialitError

ODD = {"text": "“ü\x00\ud800 ' ; DROP TABLE grades", "list": [1, 2.5, None, True], "deep": {"a": [[]]}}
ATTEMPT = Attempt(
    "ana", "quotes", "1.1", "task", "missile-tests", "1-abc", 1, "", ODD, "partly", 0.5, 2, ("Q-C",), {"missed": [3]}
)
GRADE = Grade(
    "ana",
    "quotes",
    "1.1",
    "partly",
    0.5,
    1.0,
    1,
    "2026-11-24T10:00:00Z",
    "missile-tests",
    "1-abc",
    1,
    "a.ipynb",
    "Words.",
)
NOTHING = replace(GRADE, task="1.2", outcome="not attempted", score=None, attempts=0, nth=0, source="", words="")
RECEIPT = Receipt("ana", "d1", "0.1.0", "2026-11-24T10:00:00Z", ("quotes",), ("a.ipynb",), ("One line.",), ("Said.",))


def of(name):
    """What there is of one learner."""
    return Done(replace(RECEIPT, learner=name), (replace(ATTEMPT, learner=name),), (replace(GRADE, learner=name),))


@pytest.fixture(scope="module")
def postgres():
    """The address of a PostgreSQL server of our own, or a skipped test where none is installed."""
    found = shutil.which("initdb") or next((str(p) for p in _installed()), None)
    if not found:
        pytest.skip("PostgreSQL is not installed here")
    if os.geteuid() == 0:
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if subprocess.run([*as_user, "true"], capture_output=True, check=False).returncode:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    else:
        as_user = []
    # Not pytest's own folder, which no other user may enter; and a socket's path must be short.
    place = Path(tempfile.mkdtemp(prefix="pg-"))
    if as_user:
        shutil.chown(place, "postgres")
    data, home = place / "data", os.path.dirname(found)
    made = subprocess.run(
        [*as_user, found, "-D", str(data), "-A", "trust", "-U", "tester", "-E", "UTF8"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"PostgreSQL cannot make a database here: {made.stderr.strip()[:200]}")
    control = [*as_user, f"{home}/pg_ctl", "-D", str(data), "-w", "-l", str(place / "log")]
    # A socket in a folder of its own: no port is opened.
    options = f"-c listen_addresses='' -k {place}"
    subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True)
    yield f"postgresql+psycopg://tester@/postgres?host={place}"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
    shutil.rmtree(place, ignore_errors=True)


def _installed():
    return sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    return tmp_path / "gradebook.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def store(place):
    from medialit.classroom import store as module

    with Store(place) as store:
        yield store
        module.TABLES.drop_all(store.engine)


def test_what_goes_in_comes_out(store, place):
    store.keep([Done(RECEIPT, [ATTEMPT], [GRADE, NOTHING])])
    book = read_book(place)
    assert (book.attempts, book.grades, book.submissions) == ([ATTEMPT], [GRADE, NOTHING], [RECEIPT])
    assert store.known() == {("ana", "d1", "0.1.0")}


def test_a_new_submission_replaces_the_grades_of_its_own_units_and_every_hand_in_stays_known(store):
    claims = replace(RECEIPT, digest="d2", units=("claims",))
    store.keep([Done(RECEIPT, [ATTEMPT], [GRADE])])
    store.keep([Done(claims, [], [replace(GRADE, unit="claims", task="2.1")])])
    store.keep([Done(replace(RECEIPT, digest="d3"), [], [replace(GRADE, score=1.0, outcome="passed")])])
    book = store.book()
    assert (book.attempts, [(g.unit, g.score) for g in book.grades]) == ([], [("claims", 0.5), ("quotes", 1.0)])
    assert [s.digest for s in book.submissions] == ["d1", "d2", "d3"]
    store.keep([Done(replace(RECEIPT, digest="d3", kit="0.2.0"), [ATTEMPT], [GRADE])])
    assert [(s.digest, s.kit) for s in store.book().submissions][-1] == ("d3", "0.2.0")
    assert (store.attempts("ana"), store.attempts("ben")) == ([ATTEMPT], [])


def test_many_are_written_together_or_none(store):
    store.keep([of("ana"), of("ben")], fresh={"ana"})
    assert [s.learner for s in store.book().submissions] == ["ana", "ben"]
    with pytest.raises(MedialitError):
        store.keep([of("cara"), Done(RECEIPT, (ATTEMPT, ATTEMPT))])
    assert [s.learner for s in store.book().submissions] == ["ana", "ben"]


def test_a_broken_submission_leaves_earlier_grades_alone_and_rows_come_in_one_order(store):
    store.keep([Done(RECEIPT, [ATTEMPT], [GRADE])])
    store.keep([Done(replace(RECEIPT, digest="d2", units=()), [], [])])
    assert (store.book().grades, len(store.known())) == ([GRADE], 2)
    people = ["zoë", "ana", "Ben", "_x"]
    for name in people:
        store.keep([of(name)])
    assert [g.learner for g in store.book().grades] == sorted(people)


def test_equal_gradebooks_are_equal_bytes(tmp_path):
    files = []
    for number, order in enumerate((["a", "b", "c"], ["c", "a", "b"])):
        path = tmp_path / f"{number}.db"
        with Store(path) as store:
            for name in [*order, "a"] if number else order:
                store.keep([of(name)])
            store.tidy()
        files.append(path)
    first, second = (path.read_bytes() for path in files)
    # The header counts how often the file was written (bytes 24-27, 40-43 and 92-95); all else is the same.
    assert (len(first), first[100:]) == (len(second), second[100:])


def test_what_is_no_gradebook_is_named_and_not_made(tmp_path):
    with pytest.raises(MedialitError, match=r"There is no gradebook .*medialit grade"):
        read_book(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    # Two processes that make the same tables at once stop each other: only the one that grades makes them.
    (tmp_path / "x.db").touch()
    with pytest.raises(MedialitError, match="cannot be used"):
        read_book(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == b""
    (tmp_path / "x.db").write_text("not a database at all, " * 100)
    with pytest.raises(MedialitError, match="cannot be used"):
        read_book(tmp_path / "x.db")


def test_a_gradebook_of_another_version_is_named_and_not_touched(tmp_path):
    with Store(tmp_path / "x.db") as store, store.engine.begin() as opened:
        opened.exec_driver_sql("ALTER TABLE grades DROP COLUMN words")
    before = (tmp_path / "x.db").read_bytes()
    with pytest.raises(MedialitError, match="another version of medialit"):
        Store(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == before


def test_no_password_is_shown():
    with pytest.raises(MedialitError) as caught:
        Store("postgresql+psycopg://me:secret@localhost:1/none")
    assert "secret" not in str(caught.value)
