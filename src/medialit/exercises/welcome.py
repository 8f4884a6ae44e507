"""Tasks 0.0 to 0.4: how this kit works, before any news is judged. Nobody can fail here."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from medialit.english import count
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask
from medialit.forms import ActForm, ChoiceForm, Field, Form, NumberForm, Option, TableForm
from medialit.lenses.quotes import find_quotes

TERMS = 5


class PractiseButtons(RawTask):
    """0.0: how fast is the speed that the story gives? A first question, to meet Check, Hint and Solution."""

    id = "0.0"

    @cached_property
    def form(self) -> Form[Any]:
        return ChoiceForm(
            (
                Option("a", "about as fast as a passenger jet"),
                Option("b", "about as fast as a car in town"),
                Option("c", "faster than sound"),
            )
        )

    def score(self, answer: str) -> Result:
        if answer == "b":
            return Result(
                Outcome.PASSED,
                1.0,
                "A car in town goes about that fast. Keep this speed in mind when you read the story.",
            )
        step = (
            "Click Hint, choose again, and click Check once more. You can try every question here as often as you like."
        )
        return Result(Outcome.NOT_YET, 0.0, "What you chose is much faster than that.", step)

    def answer(self) -> str:
        return "b"


class RoundTrip(RawTask):
    """0.1: save, bring back, compare. Pass or fail: the checksum of what came back is that of what was saved."""

    id = "0.1"

    @cached_property
    def form(self) -> Form[Any]:
        return ActForm("Save a copy and bring it back", ("saved", "restored"))

    def score(self, answer: dict[str, Any]) -> Result:
        same = answer.get("saved") == answer.get("restored") and bool(answer.get("saved"))
        if same:
            text = (
                "The copy that came back is the one that was saved, byte for byte. So you know that nothing gets lost."
            )
            return Result(Outcome.PASSED, 1.0, text)
        return Result(
            Outcome.NOT_YET, 0.0, "The two checksums differ, so the copy is not complete.", "Save and restore it again."
        )

    def answer(self) -> dict[str, str]:
        return {"saved": "0" * 16, "restored": "0" * 16}


class PlaceTerms(RawTask):
    """0.2: put terms of the glossary back into sentences of the story. Accuracy."""

    id = "0.2"

    @cached_property
    def terms(self) -> dict[str, tuple[int, str]]:
        """Five terms that stand once in the story, spread over it: term -> (sentence, the sentence with a gap)."""
        article, found = self.case.article, []
        for term in self.case.glossary:
            at = article.text.find(term)
            sentence = article.sentence_at(at) if at >= 0 and article.text.count(term) == 1 else None
            if sentence is None or any(sentence.number == n for _, n, _ in found):
                continue
            gap = article[sentence.span].replace(term, "______", 1)
            found.append((term, sentence.number, " ".join(gap.split())))
        found.sort(key=lambda entry: entry[1])
        step = max(1, len(found) // TERMS)
        return {term: (number, gap) for term, number, gap in found[::step][:TERMS]}

    @cached_property
    def form(self) -> Form[Any]:
        options = tuple(
            Option(term, f"{term}: {self.case.glossary[term]}") for term in sorted(self.terms, key=str.lower)
        )
        rows = tuple(Option(f"S{number}", gap) for number, gap in self.terms.values())
        return TableForm(rows, (Field("term", "The missing words", options),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        right = {f"S{number}": term for term, (number, _) in self.terms.items()}
        given = {row: answer.get(row, {}).get("term") for row in right}
        hits = sum(given[row] == term for row, term in right.items())
        empty = sum(not value for value in given.values())
        value = hits / len(right)
        message = f"{hits} of {len(right)} sentences have the right words back."
        step = f"{count(empty, 'sentence still has', 'sentences still have')} a gap." if empty else ""
        if not step and hits < len(right):
            wrong = next(row for row, term in right.items() if given[row] != term)
            step = f"Read {wrong} aloud with the meaning of the words you chose. Does it make sense?"
        return Result(self.outcome(value), value, message, step)

    def answer(self) -> dict[str, dict[str, str]]:
        return {f"S{number}": {"term": term} for term, (number, _) in self.terms.items()}

    def facts(self) -> dict[str, object]:
        term, (number, _) = next(iter(self.terms.items()))
        whole = "; ".join(f"S{n} {t}" for t, (n, _) in self.terms.items())
        return {"sentences": len(self.terms), "first": f"S{number}", "first_term": term, "whole": whole}


class GuessCount(RawTask):
    """0.3: guess how many quotations the simplest rule finds, then see. Scored for doing it, not for the guess."""

    id = "0.3"

    @cached_property
    def form(self) -> Form[Any]:
        return NumberForm(minimum=0, maximum=500)

    @cached_property
    def found(self) -> int:
        """What the quote-mark rule finds in the story."""
        return len(find_quotes(self.case.article, rules=("marks",)))

    def score(self, answer: float) -> Result:
        off = abs(answer - self.found)
        message = f"You guessed {answer:g}. The rule “everything between quotation marks” finds {self.found}."
        step = "You were close." if off <= 2 else "A guess makes the result easier to remember."
        return Result(Outcome.PASSED, 1.0, message, f"{step} Unit 1 shows what this rule misses.")

    def answer(self) -> int:
        return self.found

    def facts(self) -> dict[str, object]:
        from medialit.lenses.voices import marked_stretches

        starts = [span.start for span in marked_stretches(self.case.article)]
        numbers = sorted({block.number for at in starts if (block := self.case.article.block_at(at)) and block.number})
        places = [f"¶{number}" for number in numbers]
        return {"paragraphs": " and ".join([", ".join(places[:-1]), places[-1]] if len(places) > 1 else places)}


class MatchMoves(RawTask):
    """0.4: which of the four moves of SIFT each action is (Caulfield 2019). Accuracy; the moves have no fixed order."""

    id = "0.4"
    MOVES = (
        Option("stop", "Stop"),
        Option("investigate", "Investigate the source"),
        Option("find", "Find what others report"),
        Option("trace", "Trace it back"),
    )
    ACTIONS = (
        Option("clip", "You look for the full speech that a ten-second clip was cut from."),
        Option("owner", "You look up who runs a website that you have never heard of."),
        Option("angry", "A post makes you angry. You wait before you pass it on, and ask what you know about it."),
        Option("others", "You search for the same event in newspapers that you know."),
    )
    RIGHT: ClassVar = {"clip": "trace", "owner": "investigate", "angry": "stop", "others": "find"}

    @cached_property
    def form(self) -> Form[Any]:
        return TableForm(self.ACTIONS, (Field("move", "Which move is it?", self.MOVES),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        given = {row.key: answer.get(row.key, {}).get("move") for row in self.ACTIONS}
        right = [key for key, move in given.items() if move == self.RIGHT[key]]
        empty, value = sum(not move for move in given.values()), len(right) / len(given)
        step = f"{count(empty, 'action has', 'actions have')} no move yet." if empty else ""
        if not step and value < 1:
            wrong = next(row for row in self.ACTIONS if row.key not in right)
            step = f"Read again: “{wrong.text}” Is this about the source, other reports, where it began, or yourself?"
        return Result(self.outcome(value), value, f"{len(right)} of {len(given)} actions have the right move.", step)

    def answer(self) -> dict[str, dict[str, str]]:
        return {key: {"move": move} for key, move in self.RIGHT.items()}
