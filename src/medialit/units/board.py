"""The case board: from the entries of a progress file to the pieces that a learner has found. Words are in ``board.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints

from medialit.case import Case
from medialit.case.records import Record
from medialit.english import day_in_words
from medialit.files import Fault, course_path, load_checked, load_model
from medialit.progress import Entry
from medialit.show.board import EMPTY, FILLED, TRIED, Board, Piece, Reveal, Words
from medialit.units.registry import BY_NAME, load_tasks, place_of

# Row of an answer -> field -> the values that show what the piece says.
Rows = dict[str, dict[str, list[str]]]
OWN = "course"  # what the course counts or works out itself


class Origin(Record):
    """Where a piece may come from: ``item`` is unit/task, unit/question or unit/guess."""

    item: Words
    rows: Rows = Field(default_factory=dict)
    # Of a guess: the answers that fit. A guess that misses shows where to look again.
    answers: list[str | int] = Field(default_factory=list)
    partly: bool = False

    @property
    def unit(self) -> str:
        """The unit's short name."""
        return self.item.partition("/")[0]

    @property
    def ref(self) -> str:
        """The name of the task, question or guess in its unit."""
        return self.item.partition("/")[2]


class PieceText(Record):
    """The words of one piece, the ids of what they rest on, and where it may come from, first to last."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z-]{2,20}$")]
    shape: Words
    found: Words
    rests: Annotated[list[str], Field(min_length=1)]
    origins: Annotated[list[Origin], Field(min_length=1, alias="from")]


class BoardFile(Record):
    """The whole of ``board.yaml``: one board, for one case."""

    case: Words
    title: Words
    pieces: Annotated[list[PieceText], Field(min_length=8, max_length=12)]
    reveal: Reveal


class Item(NamedTuple):
    """A task, question or guess that a piece may come from, with what is shown of it."""

    kind: str
    item: Any
    place: str
    href: str

    def rows(self) -> dict[str, dict[str, dict[str, str]]]:
        """Row -> field -> {value: what it is called}; empty for what has no rows."""
        form = self.item.form
        if hasattr(form, "verdicts"):
            told = {option.key: option.text.partition(":")[0] for option in form.verdicts}
            return {claim.key: {"verdict": told} for claim in form.claims}
        return {
            row.key: {field.name: {o.key: o.text for o in field.options} for field in form.fields}
            for row in getattr(form, "rows", ())
        }


def read_board(file: Path | None = None) -> BoardFile:
    """What ``board.yaml`` says, without a look at the case. Raises CaseError with line and field of the first fault."""
    return load_model(BoardFile, file or course_path("board.yaml"))


def load_board(case: Case, file: Path | None = None) -> BoardFile | None:
    """The board of a case; None when the course has none for it. Raises CaseError with line and field of the first fault."""
    board = load_checked(BoardFile, file or course_path("board.yaml"), lambda found: _faults(found, case))
    return board if board.case == case.name else None


def _faults(board: BoardFile, case: Case) -> Iterator[Fault]:
    if board.case != case.name:
        return
    items = board_items(board, case)
    names = [piece.id for piece in board.pieces]
    for i, piece in enumerate(board.pieces):
        if names.count(piece.id) > 1:
            yield ("pieces", i, "id"), f"The piece “{piece.id}” appears twice."
        yield from ((("pieces", i, "rests"), what) for what in _unknown(piece.rests, case))
        for j, origin in enumerate(piece.origins):
            place = ("pieces", i, "from", j)
            if origin.item not in items:
                yield (*place, "item"), f"The course has no task, question or guess “{origin.item}”."
                continue
            known = items[origin.item].rows()
            guess = items[origin.item].item if items[origin.item].kind == "event" else None
            if bool(guess) != bool(origin.answers):
                yield (*place, "item"), "Name the answers that fit a guess, and those of a guess alone."
            elif guess and any(guess.problem(answer) for answer in origin.answers):
                yield (*place, "answers"), f"The guess {origin.item} takes no such answer."
            for row, fields in origin.rows.items():
                for field, values in fields.items():
                    if strange := set(values) - set(known.get(row, {}).get(field, ())):
                        yield (*place, "rows"), f"{origin.item} has no value “{min(strange)}” in {row}, {field}."
    yield from ((("reveal", "rests"), what) for what in _unknown(board.reveal.rests, case))
    for name in board.reveal.opens:
        if name not in names:
            yield ("reveal", "opens"), f"There is no piece “{name}”."
    for k, cells in enumerate(board.reveal.rows):
        if len(cells) != len(board.reveal.columns):
            yield ("reveal", "rows", k), f"This row needs {len(board.reveal.columns)} cells."


def _unknown(names: Iterable[str], case: Case) -> Iterator[str]:
    gold = case.claim_gold
    events = {event.id for event in gold.timeline.events}
    for name in names:
        if name != OWN and name not in events and not gold.find_claim(name) and not gold.find_card(name):
            yield f"“{name}” is no claim, card or event of this case."


def board_items(board: BoardFile, case: Case) -> dict[str, Item]:
    """Every item that a piece of this board may come from, by its name in the file. What does not exist is left out."""
    wanted = {origin.item: origin for piece in board.pieces for origin in piece.origins}
    found = {}
    for name, origin in wanted.items():
        if origin.unit in BY_NAME and (item := _item(origin, case)):
            found[name] = item
    return found


def _item(origin: Origin, case: Case) -> Item | None:
    plan = BY_NAME[origin.unit]
    if task := load_tasks(plan, case).find(origin.ref):
        return Item("attempt", task, f"{plan.title}, exercise {task.label}", place_of(plan, task))
    if question := next((q for q in plan.quiz.questions if q.id == origin.ref), None):
        return Item("attempt", question, f"{plan.title}, question {question.id[1:]}", place_of(plan, question))
    guess = plan.predictions.get(origin.ref)
    return Item("event", guess, f"{plan.title}, lesson", place_of(plan, guess)) if guess else None


def place_pieces(
    board: BoardFile, items: Mapping[str, Item], entries: Iterable[Entry], only: Iterable[str] = ()
) -> Board:
    """The board as these entries fill it. ``only`` names the pieces of a short form, in the order of the board.

    A piece that was filled once stays filled: the best that a learner found counts.
    """
    mine: dict[str, list[Entry]] = {name: [] for name in items}
    by_place = {
        (item.kind, name.partition("/")[0], saved, item.item.version): name
        for name, item in items.items()
        for saved in (item.item.id, *item.item.was)
    }
    for entry in entries:
        if entry.case == board.case and (name := by_place.get((entry.kind, entry.unit, entry.task, entry.version))):
            mine[name].append(entry)
    placed = {piece.id: _placed(piece, items, mine) for piece in board.pieces}
    missing = tuple(placed[name].shape for name in board.reveal.opens if placed[name].state != FILLED)
    wanted = set(only) or placed.keys()
    shown = tuple(piece for name, piece in placed.items() if name in wanted)
    return Board(board.title, shown, None if missing else board.reveal, missing)


def _placed(piece: PieceText, items: Mapping[str, Item], mine: Mapping[str, list[Entry]]) -> Piece:
    tried: Piece | None = None
    for origin in piece.origins:
        item = items[origin.item]
        for entry in reversed(mine[origin.item]):
            where = (item.place, item.href)
            if _fits(origin, entry):
                return Piece(piece.id, piece.shape, FILLED, piece.found, _result(origin, item, entry), *where)
            if not tried and _touched(origin, entry):
                tried = Piece(piece.id, piece.shape, TRIED, "", _result(origin, item, entry), *where)
    first = items[piece.origins[0].item]
    return tried or Piece(piece.id, piece.shape, EMPTY, "", "", first.place, first.href)


def _fits(origin: Origin, entry: Entry) -> bool:
    if entry.kind == "event":
        return entry.answer in origin.answers
    if origin.rows:
        return all(
            _cell(entry, row, field) in values
            for row, fields in origin.rows.items()
            for field, values in fields.items()
        )
    return entry.outcome in (("passed", "complete", "partly") if origin.partly else ("passed", "complete"))


def _touched(origin: Origin, entry: Entry) -> bool:
    """Was anything said about this piece?"""
    cells = [_cell(entry, row, field) for row, fields in origin.rows.items() for field in fields]
    return any(cells) if origin.rows else True


def _cell(entry: Entry, row: str, field: str) -> Any:
    cells = entry.answer.get(row) if isinstance(entry.answer, dict) else None
    value = cells.get(field) if isinstance(cells, dict) else None
    return value if isinstance(value, str) else None


def _result(origin: Origin, item: Item, entry: Entry) -> str:
    """What the learner said, in words."""
    if entry.kind == "event":
        options = {option.id: option.text for option in item.item.options}
        return f"Your guess: “{options.get(str(entry.answer), entry.answer)}”."
    if not origin.rows:
        return f"{str(entry.outcome).capitalize()} on {day_in_words(entry.time[:10])}."
    told = item.rows()
    said = [
        told[row][field].get(value, value)
        for row, fields in origin.rows.items()
        for field in fields
        if (value := _cell(entry, row, field))
    ]
    return f"You answered: {', '.join(f'“{words}”' for words in said)}."
