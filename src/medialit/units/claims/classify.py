"""Tell statements apart: checkable, prediction, opinion or not checkable as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from statistics import mode

from medialit.case.claims import Statement
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.agreement import krippendorff_alpha
from medialit.scoring.labels import macro_f1

EMPTY = "–"
SHORT = 10  # statements of a short session
# (given, right) -> the misconception behind it.
_KIND_CODES = {
    ("checkable", "opinion"): "C-A",
    ("checkable", "prediction"): "C-A2",
    ("checkable", "not checkable as written"): "C-G3",
    ("not checkable as written", "checkable"): "C-G",
}


class ClassifyClaims(Task[Table]):
    """Macro-F1; alpha with the key is shown. Where a statement can be read in two ways, either kind counts.

    Whoever fills only the first ten, the statements of the short session, is scored on them alone.
    """

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """All statements, in the order of the case; the first ones in a short session."""
        return self.case.claim_gold.classify[: SHORT if self.short else None]

    @cached_property
    def form(self) -> TableForm:
        rows = tuple(Option(s.key, _read(s)) for s in self.statements)
        return TableForm(rows, (Field("kind", self.say("field"), self.options("kinds")),))

    def score(self, answer: Table) -> Result:
        statements = [s for n, s in enumerate(self.statements) if n < SHORT or answer[s.key]]
        given = [answer[s.key].key("kind") or EMPTY for s in statements]
        right = [a if a == s.other else s.kind for a, s in zip(given, statements, strict=True)]
        pairs = list(zip(given, right, strict=True))
        value, hits, empty = macro_f1(given, right) or 0.0, sum(a == b for a, b in pairs), given.count(EMPTY)
        wrong = [b for a, b in pairs if a not in (b, EMPTY)]
        filled = [pair for pair in pairs if pair[0] != EMPTY]
        message = self.say("found", hits=hits, of=len(right))
        again = {s.key: s.why for s, (a, b) in zip(statements, pairs, strict=True) if a not in (b, EMPTY)}
        step = ""
        if empty:
            step = self.say("empty", n=empty)
        elif wrong:
            step = self.say("wrong", kind=mode(wrong))
        codes = [code for pair in pairs if (code := _KIND_CODES.get(pair))]
        details = {"macro_f1": round(value, 3), "alpha": krippendorff_alpha(filled)}

        def measured() -> str:
            return f"{self.say('measured', f1=value)} {self.say_alpha('alpha', filled)}".strip()

        return self.result(value, message, step, details, codes, measured=measured, again=again)

    def answer(self) -> dict[str, dict[str, str]]:
        return {s.key: {"kind": s.kind} for s in self.statements}

    def facts(self) -> dict[str, object]:
        statements = self.statements
        counts = Counter(s.kind for s in statements)
        either = (
            self.say("either", start=" ".join(_read(s).split()[:3]), one=s.kind, other=s.other)
            for s in statements
            if s.other
        )
        return {
            "statements": len(statements),
            "cut": " " + self.say("in_class", n=SHORT) if len(statements) > SHORT else "",
            "source": self.say("mixed") if any(s.span is None for s in statements) else ".",
            "kind": statements[0].kind,
            "first": _read(statements[0]),
            "why": statements[0].why,
            "counts": ", ".join(f"{n} {kind}" for kind, n in counts.items()),
            "open": " ".join(either),
        }


def _read(statement: Statement) -> str:
    return " ".join((statement.says or statement.text).split())
