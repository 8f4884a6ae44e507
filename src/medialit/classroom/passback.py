"""Send grades to Canvas or Moodle by their web APIs: shown first, sent with ``--send``, and gone on with after a stop.

The token comes from the environment and is never written down or shown. What was sent is kept in a file beside the
gradebook, so that a second run sends only what is new.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from medialit.classroom.export import Totals, people_of
from medialit.classroom.marks import with_marks
from medialit.classroom.names import one_line
from medialit.classroom.plan import CoursePlan, PlannedTotals
from medialit.classroom.records import Book
from medialit.errors import MedialitError

TOKEN = "MEDIALIT_TOKEN"
SENT_FILE = "passback.jsonl"
TIMEOUT, TRIES, LONGEST = 30.0, 6, 120.0
MAX_ANSWER = 5_000_000
LEAST_LEFT = 100.0  # of Canvas's X-Rate-Limit-Remaining: below this, it is slowed down before it refuses


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another address."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Target:
    """An assignment on a platform. ``address`` is the site's own; ``wait`` sleeps for so many seconds."""

    kind: Literal["canvas", "moodle"]
    address: str
    assignment: int
    course: int = 0
    token: str = field(default="", repr=False)
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.address)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not (local and parts.scheme == "http"):
            raise MedialitError("The address must begin with https://, because a token travels with each grade.")
        if self.kind == "canvas" and not self.course:
            raise MedialitError(
                "Canvas also needs the number of the course: --course. It is in the address of the course."
            )

    @property
    def name(self) -> str:
        """What tells this assignment from others."""
        return f"{self.kind} {self.address.rstrip('/')} {self.course} {self.assignment}"

    def users(self) -> Callable[[str], int | None]:
        """From the platform's number in an export to its user. Moodle's export has numbers of its own for each assignment."""
        if self.kind == "canvas":
            return lambda number: int(number) if number.isdigit() else None
        found = self._moodle("mod_assign_get_user_mappings", {"assignmentids[0]": str(self.assignment)})
        mappings = [one for group in found.get("assignments", []) for one in group.get("mappings", [])]
        known = {str(one["id"]): int(one["userid"]) for one in mappings}
        return known.get

    def send(self, user: int, percent: str) -> None:
        """Set one grade. Raises MedialitError when the platform refuses it."""
        if self.kind == "canvas":
            place = f"/api/v1/courses/{self.course}/assignments/{self.assignment}/submissions/{user}"
            self._call("PUT", place, {"submission[posted_grade]": f"{percent}%"})
            return
        self._moodle(
            "mod_assign_save_grade",
            {
                "assignmentid": str(self.assignment), "userid": str(user), "grade": percent, "attemptnumber": "-1",
                "addattempt": "0", "workflowstate": "", "applytoall": "0",
                "plugindata[assignfeedbackcomments_editor][text]": "",
                "plugindata[assignfeedbackcomments_editor][format]": "1",
            },
        )  # fmt: skip

    def _moodle(self, function: str, values: Mapping[str, str]) -> dict[str, Any]:
        asked = {"wstoken": self.token, "wsfunction": function, "moodlewsrestformat": "json", **values}
        found = self._call("POST", "/webservice/rest/server.php", asked)
        if isinstance(found, dict) and "exception" in found:
            # Moodle answers 200 to everything.
            raise MedialitError(one_line(f"Moodle refused it: {found.get('message', found.get('errorcode', ''))}", 200))
        return found if isinstance(found, dict) else {}

    def _call(self, method: str, place: str, values: Mapping[str, str]) -> Any:
        url, body = self.address.rstrip("/") + place, urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(url, body, method=method)
        if self.kind == "canvas":
            request.add_header("Authorization", f"Bearer {self.token}")
        opener = urllib.request.build_opener(_NoRedirect)
        for attempt in range(TRIES):
            pause = min(2.0**attempt, LONGEST)
            try:
                with opener.open(request, timeout=TIMEOUT) as answer:
                    if float(answer.headers.get("X-Rate-Limit-Remaining") or LEAST_LEFT) < LEAST_LEFT:
                        self.wait(1.0)
                    return json.loads(answer.read(MAX_ANSWER) or b"null")
            except urllib.error.HTTPError as error:
                told = error.read(2_000).decode("utf-8", "replace")
                # Canvas says 403 with these words, or 429.
                if error.code not in (429, 502, 503, 504) and not (error.code == 403 and "Rate Limit" in told):
                    raise MedialitError(
                        f"{self._site} refused it ({error.code} {one_line(error.reason, 60)})."
                    ) from None
                after = error.headers.get("Retry-After", "")
                pause = min(float(after), LONGEST) if after.isdigit() else pause
                why = str(error.code)
            except ValueError:
                raise MedialitError(f"{self._site} answered something that is not JSON. Check the address.") from None
            except OSError as error:
                why = type(error).__name__
            if attempt + 1 < TRIES:
                self.wait(pause)
        raise MedialitError(
            f"{self._site} did not take it after {TRIES} tries ({why}). Run the same command again later."
        )

    @property
    def _site(self) -> str:
        return urllib.parse.urlsplit(self.address).hostname or self.kind


def grades_to_send(
    book: Book, target: Target, part: str = "", plan: CoursePlan | None = None, now: datetime | None = None
) -> Iterator[tuple[str, str, str]]:
    """(learner, the platform's number, per cent with two decimals) of all who have a grade: in one part, or in all.

    Raises MedialitError when no part has this name.
    """
    counted = with_marks(book)
    totals = PlannedTotals(counted, plan, now) if plan and now else Totals(counted)
    if part and part not in totals.most:
        raise MedialitError(f"There is no part “{part}”. There are: {', '.join(totals.most)}.")
    for learner, receipt in people_of(book).items():
        mine = totals.of(learner)
        if part:
            percent = f"{100 * float(mine[part]) / totals.most[part]:.2f}" if part in mine else ""
        else:
            percent = totals.percent(learner)
        if receipt.lms == target.kind and receipt.lms_id and percent:
            yield learner, receipt.lms_id, percent


def pass_back(
    grades: Iterator[tuple[str, str, str]], target: Target, log: Path, *, send: bool, say: Callable[[str], None]
) -> bool:
    """Show what would be sent, or send it, each grade on its own. True when nothing was refused."""
    sent = _sent(log, target.name)
    todo = [one for one in grades if sent.get(one[1]) != one[2]]
    if not todo:
        say("Everything has been sent before, or nobody from this platform has a grade.")
        return True
    if not send:
        for learner, number, percent in todo:
            say(f"{learner} ({number}): {percent}%")
        say(f"Nothing was sent. To send {len(todo)} grades, add --send and put the token into {TOKEN}.")
        return True
    if not target.token:
        raise MedialitError(
            f"There is no token. Put it into the environment variable {TOKEN}; do not write it into a file."
        )
    users, refused = target.users(), 0
    for count, (learner, number, percent) in enumerate(todo, 1):
        user = users(number)
        try:
            if user is None:
                raise MedialitError("the platform does not know this number in this assignment.")
            target.send(user, percent)
        except MedialitError as error:
            refused += 1
            say(f"{learner} ({number}) was not sent: {error}")
            if refused == 3 and count == 3:
                raise MedialitError("The first three grades were refused, so it stopped. Nothing was sent.") from None
            continue
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"to": target.name, "number": number, "percent": percent}) + "\n")
    say(f"{len(todo) - refused} of {len(todo)} grades were sent.")
    return not refused


def _sent(log: Path, name: str) -> dict[str, str]:
    """The newest grade that each number was sent; a line that was cut off counts as not sent."""
    found: dict[str, str] = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.is_file() else ():
        try:
            one = json.loads(line)
            if one["to"] == name:
                found[str(one["number"])] = str(one["percent"])
        except (ValueError, TypeError, KeyError):
            continue
    return found


def token() -> str:
    """The token in the environment, empty when there is none."""
    return os.environ.get(TOKEN, "").strip()
