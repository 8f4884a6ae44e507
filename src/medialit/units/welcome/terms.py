"""Put terms of the glossary back into sentences of the story."""

from __future__ import annotations

from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm

TERMS = 5


class PlaceTerms(Task[Table]):
    """Accuracy."""

    @cached_property
    def terms(self) -> dict[str, tuple[int, str]]:
        """Five terms that occur once in the story, spread over it: term -> (sentence, the sentence with a gap)."""
        article = self.case.article
        found: list[tuple[str, int, str]] = []
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
    def right(self) -> dict[str, str]:
        """The term of each row."""
        return {f"S{number}": term for term, (number, _) in self.terms.items()}

    @cached_property
    def form(self) -> TableForm:
        glossary = self.case.glossary
        options = tuple(Option(term, f"{term}: {glossary[term]}") for term in sorted(self.terms, key=str.lower))
        rows = tuple(Option(f"S{number}", gap) for number, gap in self.terms.values())
        return TableForm(rows, (Field("term", self.say("field"), options),))

    def score(self, answer: Table) -> Result:
        given = {row: answer[row].key("term") for row in self.right}
        wrong = [row for row, term in self.right.items() if given[row] != term]
        empty, hits = sum(not term for term in given.values()), len(given) - len(wrong)
        step = self.say("empty", n=empty) if empty else self.say("read", row=self._named(wrong[0])) if wrong else ""
        again = {row: self.say("read", row=self._named(row)) for row in wrong if given[row]}
        return self.result(hits / len(given), self.say("found", hits=hits, of=len(given)), step, again=again)

    def _named(self, row: str) -> str:
        """A row as the page shows it: rows have no number there."""
        return f"sentence {list(self.right).index(row) + 1}"

    def answer(self) -> dict[str, dict[str, str]]:
        return {row: {"term": term} for row, term in self.right.items()}

    def facts(self) -> dict[str, object]:
        row, term = next(iter(self.right.items()))
        whole = "; ".join(f"in {self._named(row)}, “{term}”" for row, term in self.right.items())
        return {"sentences": len(self.terms), "first": self._named(row), "first_term": term, "whole": whole}
