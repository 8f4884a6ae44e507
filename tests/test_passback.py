"""Grades go back over a platform's web API: shown first, sent slowly, gone on with; and exports, and a changed key.

The server is made up. It answers as the public documents of Canvas (Submissions API, throttling) and of Moodle
(mod_assign_save_grade, mod_assign_get_user_mappings) say.
"""

import csv
import json
import re
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from gradebooks import percent
from test_worksheet import DONE, HALF, write

from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.items import AnswerKey
from medialit.classroom.nbgrader import to_nbgrader
from medialit.classroom.passback import Target, grades_to_send, pass_back
from medialit.classroom.regrade import regrade, regrade_command
from medialit.classroom.research import COLUMNS, research_command
from medialit.classroom.store import read_book
from medialit.errors import MedialitError
from medialit.exercises.records import Outcome

SECRET = "s3cret-token"


class Server(HTTPServer):
    """Takes grades; ``troubles`` are answers (status, headers, text) that it gives first."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.troubles, self.taken, self.asked = [], {}, 0


class Answer(BaseHTTPRequestHandler):
    def _answer(self):
        server = self.server
        server.asked += 1
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
        given = {name: values[0] for name, values in given.items()}
        if server.troubles:
            return self._say(*server.troubles.pop(0))
        if self.command == "PUT":
            place = re.fullmatch(r"/api/v1/courses/7/assignments/11/submissions/(\d+)", self.path)
            if self.headers["Authorization"] != f"Bearer {SECRET}" or not place:
                return self._say(401, {}, '{"errors": [{"message": "Invalid access token."}]}')
            server.taken[place[1]] = given["submission[posted_grade]"]
            return self._say(200, {"X-Rate-Limit-Remaining": "50.0"}, '{"id": 1}')
        if given.get("wstoken") != SECRET or self.path != "/webservice/rest/server.php":
            return self._say(
                200, {}, '{"exception": "moodle_exception", "errorcode": "invalidtoken", "message": "Invalid token"}'
            )
        if given["wsfunction"] == "mod_assign_get_user_mappings":
            found = {"assignments": [{"assignmentid": 11, "mappings": [{"id": 98765, "userid": 3}]}], "warnings": []}
            return self._say(200, {}, json.dumps(found))
        server.taken[given["userid"]] = given["grade"]
        return self._say(200, {}, "null")

    do_PUT = do_POST = _answer

    def _say(self, status, headers, text):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    made = Server()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    place = tmp_path_factory.mktemp("class")
    files = {f"class/learner{c}_{n}_9{n}_my-progress.jsonl": HALF for n, c in enumerate("abcd", 101)}
    write(place, files | {"class/Jane Doe_98765_assignsubmission_file_/my-progress.jsonl": HALF})
    write(place, {"class/Bo Li_4_assignsubmission_file_/my-progress.jsonl": HALF})
    grade_class([place / "class"], place / "out", Options(), jobs=1)
    return place / "out" / "gradebook.db"


def target(server, kind="canvas", waited=None, **more):
    more = {"course": 7, "token": SECRET} | more
    waited = [] if waited is None else waited
    return Target(kind, f"http://127.0.0.1:{server.server_port}/", 11, wait=waited.append, **more)


def send(graded, goal, log, **how):
    lines = []
    ok = pass_back(grades_to_send(read_book(graded), goal), goal, log, say=lines.append, **{"send": True} | how)
    return ok, lines


def test_without_send_nothing_leaves(graded, server, tmp_path):
    ok, lines = send(graded, target(server), tmp_path / "log", send=False)
    assert (ok, server.asked, len(lines)) == (True, 0, 5)
    assert lines[0] == f"learnera_101 (101): {percent(DONE)}%"
    assert "Nothing was sent" in lines[-1]


def test_canvas_gets_each_grade_once(graded, server, tmp_path):
    waited = []
    ok, lines = send(graded, target(server, waited=waited), tmp_path / "log")
    assert (ok, lines) == (True, ["4 of 4 grades were sent."])
    assert server.taken == {str(n): f"{percent(DONE)}%" for n in range(101, 105)}
    assert waited == [1.0] * 4  # little was left of the limit
    assert "sent before" in send(graded, target(server), tmp_path / "log")[1][0]
    assert server.asked == 4
    assert SECRET not in (tmp_path / "log").read_text()


def test_moodle_is_asked_who_its_numbers_are(graded, server, tmp_path):
    ok, lines = send(graded, target(server, "moodle"), tmp_path / "log")
    assert (ok, server.taken) == (False, {"3": percent(DONE)})
    assert "Bo Li_4 (4) was not sent: the platform does not know this number" in lines[0]


def test_it_waits_as_long_as_it_is_told(graded, server, tmp_path):
    server.troubles = [(403, {}, "403 Forbidden (Rate Limit Exceeded)"), (429, {"Retry-After": "7"}, ""), (503, {}, "")]
    waited = []
    ok, _ = send(graded, target(server, waited=waited), tmp_path / "log")
    assert (ok, len(server.taken), waited[:3]) == (True, 4, [1.0, 7.0, 4.0])


def test_a_stopped_run_is_gone_on_with(graded, server, tmp_path):
    server.troubles = [(200, {}, "{}"), *[(500, {}, "")] * 2]
    ok, lines = send(graded, target(server), tmp_path / "log")
    assert (ok, len(lines), lines[-1]) == (False, 3, "2 of 4 grades were sent.")
    with (tmp_path / "log").open("a") as log:
        log.write('{"to": "cut')
    assert send(graded, target(server), tmp_path / "log")[1][-1] == "2 of 2 grades were sent."
    assert server.asked == 6


@pytest.mark.parametrize("kind", ["canvas", "moodle"])
def test_a_wrong_token_is_said_without_it(graded, server, tmp_path, kind):
    lines, goal = [], target(server, kind, token="wrong-one")
    grades = grades_to_send(read_book(graded), goal)
    with pytest.raises(MedialitError, match=r"first three|refused it") as caught:
        pass_back(grades, goal, tmp_path / "log", send=True, say=lines.append)
    assert "wrong-one" not in f"{caught.value}{lines}{goal!r}"
    assert not server.taken


def test_a_token_is_never_sent_elsewhere_or_in_the_open(graded, server, tmp_path):
    with pytest.raises(MedialitError, match="https"):
        Target("canvas", "http://canvas.example.org", 11, 7)
    with pytest.raises(MedialitError, match="--course"):
        Target("canvas", "https://canvas.example.org", 11)
    with pytest.raises(MedialitError, match="no token"):
        send(graded, target(server, token=""), tmp_path / "log")
    other = Server()
    server.troubles = [(302, {"Location": f"http://127.0.0.1:{other.server_port}/"}, "")] * 9
    with pytest.raises(MedialitError, match="first three"):
        send(graded, target(server), tmp_path / "log")
    other.server_close()
    assert other.asked == 0


# --- exports ----------------------------------------------------------------------------------------------------------

# The tables of a gradebook, as nbgrader itself creates them: recorded, so that nbgrader need not be installed.
NBGRADER = Path(__file__).with_name("nbgrader-0.9.6.sql")


@pytest.mark.parametrize("course", ["default_course", "media-101"])
def test_nbgraders_database_takes_the_grades(graded, tmp_path, course):
    place = tmp_path / "nb.db"
    with sqlite3.connect(place) as opened:
        opened.executescript(NBGRADER.read_text().replace("default_course", course))
        # nbgrader's own rows stay, and a name is unique in its tables.
        opened.execute("INSERT INTO student (id, first_name, email) VALUES ('learnera_101', 'Ana', 'a@x.org')")
        opened.execute("INSERT INTO assignment (id, name, course_id) VALUES ('its-own', 'quotes', ?)", [course])
    assert to_nbgrader(read_book(graded), place) == 6 * DONE
    assert to_nbgrader(read_book(graded), place) == 6 * DONE
    asked = """SELECT s.id, a.id, n.name, c.name, g.auto_score FROM grade g
      JOIN submitted_notebook sn ON sn.id = g.notebook_id JOIN submitted_assignment sa ON sa.id = sn.assignment_id
      JOIN student s ON s.id = sa.student_id JOIN assignment a ON a.id = sa.assignment_id
      JOIN notebook n ON n.id = sn.notebook_id JOIN base_cell c ON c.id = g.cell_id JOIN grade_cells k ON k.id = c.id
      ORDER BY s.id, c.name"""
    with sqlite3.connect(place) as opened:
        rows = opened.execute(asked).fetchall()
        assert len(rows) == 6 * DONE
        assert ("learnera_101", "its-own", "01-quotes", "1.1", 1.0) in rows
        people = {row[0]: row[1:] for row in opened.execute("SELECT id, first_name, last_name, email FROM student")}
        assert people["learnera_101"] == ("Ana", None, "a@x.org")
        assert people["Bo Li_4"] == (None, "Bo Li", None)
        assert opened.execute("SELECT id FROM course").fetchall() == [(course,)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_is_no_database_of_nbgrader_is_one_sentence(graded, tmp_path):
    with pytest.raises(MedialitError, match="Create it with nbgrader"):
        to_nbgrader(read_book(graded), tmp_path / "none.db")
    (tmp_path / "x.db").write_bytes(b"no database" * 200)
    with pytest.raises(MedialitError, match="could not be written"):
        to_nbgrader(read_book(graded), tmp_path / "x.db")
    with pytest.raises(MedialitError, match="no table assignment"):
        to_nbgrader(read_book(graded), graded)


def test_a_research_export_holds_no_name_and_no_free_text(graded, tmp_path):
    research_command(graded, tmp_path, free_text=False)
    text = (tmp_path / "attempts.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 6 * DONE
    assert list(rows[0]) == list(COLUMNS) == [row[0] for row in csv.reader((tmp_path / "codebook.csv").open())][1:]
    assert not re.search(r"learner[abcd]|Jane|Doe|Bo Li|\b10[1-4]\b|98765", text)
    # Only the answer to a list of choices can hold nothing but choices.
    assert {"1.1", "1.2", "1.3"} & {row["item"] for row in rows if row["answer"]} == {"1.3"}
    research_command(graded, tmp_path / "more", free_text=True)
    assert all(row["answer"] for row in csv.DictReader((tmp_path / "more" / "attempts.csv").open()))


# --- a key that was changed -------------------------------------------------------------------------------------------


def test_regrading_shows_what_changes_before_it_is_written(graded, tmp_path, monkeypatch):
    book = read_book(graded)
    assert regrade(book) == []
    assert regrade_command(str(graded), [], [], [], write=False) == ["Nothing changes."]
    right = AnswerKey._score

    def stricter(self, item, answer, certainty):
        result = right(self, item, answer, certainty)
        return result if getattr(item, "label", "") != "1.2" else type(result)(Outcome.NOT_YET, 0.25, "No.")

    place = tmp_path / "gradebook.db"
    place.write_bytes(graded.read_bytes())
    monkeypatch.setattr(AnswerKey, "_score", stricter)
    lines = regrade_command(str(place), ["learnera_101"], ["1.2"], [], write=False)
    assert lines[0] == "learnera_101 quotes 1.2: 1 → 0.25 (passed → not yet, -0.75)"
    assert "Nothing was written" in lines[-1]
    assert read_book(place) == book
    assert len(regrade(book)) == 6
    regrade_command(str(place), ["learnera_101"], ["quotes/1.2"], [], write=True)
    found = {(g.learner, g.task): g.score for g in read_book(place).grades}
    before = {(g.learner, g.task): g.score for g in book.grades}
    assert {key for key, score in found.items() if score != before[key]} == {("learnera_101", "1.2")}
    with pytest.raises(MedialitError, match="no learner nobody"):
        regrade(book, ["nobody"])
    with pytest.raises(MedialitError, match=r"no grade for 9\.9"):
        regrade(book, [], ["9.9"])
