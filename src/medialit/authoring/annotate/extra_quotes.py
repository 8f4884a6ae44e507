"""The optional parts of ``quotes.yaml``: a chain of hands, and a quotation to repair."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from medialit.authoring.annotate.extra_steps import Extra, Typed, slugs
from medialit.authoring.annotate.quotes_file import quotes_with, read_quotes
from medialit.case import load_case
from medialit.case.quotes import GoldQuote
from medialit.english import shortened
from medialit.errors import MedialitError
from medialit.forms import CardForm, Option
from medialit.forms.card import Blank

HANDS, STRANGERS = 5, 2
STORY = "The story you are reading"
VERSIONS, REASONS = 4, 4
YES_NO = (Option("yes", "Yes"), Option("no", "No"))


class _OfQuotation(Extra):
    """Something about one quotation of the article."""

    unit = "quotes"

    def _quotes(self) -> tuple[GoldQuote, ...]:
        return load_case(self.folder).quotes

    def lacking(self) -> str:
        return "" if self._quotes() else "It needs quotations. Mark them in “Who says what?” first."

    def _choice(self, told: str) -> Blank:
        options = []
        for quote in self._quotes():
            block = self.article.block_at(quote.content.start)
            where = f"¶{block.number}: " if block and block.number else ""
            options.append(Option(quote.id, f"{where}“{shortened(quote.text, 70)}” {quote.speaker_name or ''}".strip()))
        return Blank("quote", told, tuple(options), part="The quotation")

    def _write(self, **fields: Any) -> dict[Path, bytes]:
        names = [quote.speaker_name for quote in self._quotes() if quote.speaker_name]
        return quotes_with(self.folder, dict.fromkeys(names), **fields)

    def _needed(self, typed: Mapping[str, str], fields: Mapping[str, str]) -> None:
        for name, told in fields.items():
            if not typed.get(name, "").strip():
                raise MedialitError(told)

    def _rows(self, typed: Mapping[str, str], what: str, fields: tuple[str, ...], most: int) -> list[dict[str, str]]:
        """Filled rows of a form, in order. Raises MedialitError for a row that is filled in part."""
        rows = []
        for n in range(1, most + 1):
            row = {field: typed.get(f"{what}{n}{field}", "").strip() for field in fields}
            if not any(row.values()):
                continue
            if empty := next((field for field in fields if not row[field]), None):
                said = next(text for text in row.values() if text)
                raise MedialitError(f"“{shortened(said, 60)}”: {self.missing[what + empty]}")
            rows.append(row)
        self._once(rows)
        return rows

    @staticmethod
    def _once(rows: list[dict[str, str]]) -> None:
        texts = [row["text"] for row in rows]
        if twice := next((text for text in texts if texts.count(text) > 1), None):
            raise MedialitError(f"“{shortened(twice, 60)}” is there twice. Keep it once.")

    missing: ClassVar[Mapping[str, str]] = {}


class ChainExtra(_OfQuotation):
    """The hands that one quotation went through before it reached the article."""

    name, tasks, title = "chain", ("chain",), "A chain of hands"
    told = (
        "Choose words that reached the article through other hands, such as a witness, a newspaper and an agency. Write the "
        "hands in their order, without the article itself: it is added as the last one. Learners choose among these and "
        "others that were not part of it."
    )
    missing: ClassVar[Mapping[str, str]] = {
        "handtext": "write who this was.",
        "strangertext": "write who this was.",
        "handwhy": "write how you know that the words went through these hands.",
        "strangerwhy": "write a question or a fact that shows why these hands were not part of it.",
    }

    def form(self, page: str) -> CardForm:
        blanks = [
            self._choice("Which words?"),
            Blank("question", "The question to learners", limit=300, lines=2),
            Blank(
                "record",
                "What the record says about it, in a few sentences (optional)",
                limit=600,
                lines=3,
                optional=True,
            ),
            Blank("clue", "A hint that names a paragraph, and none of the hands", limit=300, lines=2),
        ]
        for n in range(1, HANDS + 1):
            blanks += [
                Blank(f"hand{n}text", "Who", limit=120, optional=n > 2, part=f"Hand {n}{' (optional)' * (n > 2)}"),
                Blank(f"hand{n}why", "How you know", limit=300, optional=n > 2),
            ]
        for n in range(1, STRANGERS + 1):
            blanks += [
                Blank(f"stranger{n}text", "Who", limit=120, optional=n > 1,
                      part=f"Not part of it {n}{' (optional)' * (n > 1)}"),
                Blank(f"stranger{n}why", "What speaks against it", limit=300, optional=n > 1),
            ]  # fmt: skip
        return CardForm(tuple(blanks))

    def known(self, page: str) -> dict[str, str]:
        chain = read_quotes(self.folder).get("chain")
        if not chain:
            return {"question": "Through whose hands did these words go before they reached this story?"}
        links = [link for link in chain["links"] if link["text"] != STORY]
        hands = sorted((link for link in links if link.get("place")), key=lambda link: link["place"])
        strangers = [link for link in links if not link.get("place")]
        rows = [(f"hand{n}", link) for n, link in enumerate(hands, 1)]
        rows += [(f"stranger{n}", link) for n, link in enumerate(strangers, 1)]
        typed = {f"{row}{field}": link[field] for row, link in rows for field in ("text", "why")}
        return typed | {name: chain.get(name, "") for name in ("quote", "question", "record", "clue")}

    def made(self, given: Typed) -> dict[Path, bytes]:
        typed = given[""]
        self._needed(
            typed,
            {
                "quote": "Choose the words that went through several hands.",
                "question": "Write the question to learners.",
                "clue": "Write a hint that names a paragraph, and none of the hands.",
            },
        )
        hands = self._rows(typed, "hand", ("text", "why"), HANDS)
        strangers = self._rows(typed, "stranger", ("text", "why"), STRANGERS)
        if len(hands) < 2:
            raise MedialitError("Write at least two hands before the article. With fewer there is no order to find.")
        if not strangers:
            raise MedialitError("Write at least one person or body that was not part of it, so that there is a choice.")
        self._once(hands + strangers)
        hands = [*hands, {"text": STORY, "why": "It printed the words."}]
        before = (read_quotes(self.folder).get("chain") or {}).get("links", ())
        keys = slugs([row["text"] for row in hands + strangers], {link["text"]: link["key"] for link in before})
        links = [
            {"key": key, "text": row["text"]} | ({"place": n} if n <= len(hands) else {}) | {"why": row["why"]}
            for n, (key, row) in enumerate(zip(keys, hands + strangers, strict=True), 1)
        ]
        told = {name: typed.get(name, "").strip() for name in ("quote", "question", "record", "clue")}
        return self._write(chain={**{name: text for name, text in told.items() if text}, "links": links})


class RepairExtra(_OfQuotation):
    """A quotation that the record gives in another form, and ways to print it."""

    name, tasks, title = "repair", ("repair",), "A quotation to repair"
    told = (
        "Choose a quotation that a recording, a document or another report gives in other words. Write what that record "
        "says, some ways to print the sentence, and the reason why the article's way does not hold."
    )
    missing: ClassVar[Mapping[str, str]] = {
        "versiontext": "write the sentence that this is about.",
        "versionprint": "say whether it could be printed.",
        "versionwhy": "write why, in a sentence: learners read it when they have chosen.",
    }

    def form(self, page: str) -> CardForm:
        blanks = [
            self._choice("Which quotation?"),
            Blank(
                "record", "What the record says: who wrote or recorded it, when, and in which words", limit=600, lines=3
            ),
            Blank("question", "The question to learners", limit=300, lines=2),
        ]
        for n in range(1, VERSIONS + 1):
            spare = n > 2
            blanks += [
                Blank(f"version{n}text", "The sentence", limit=300, lines=2, optional=spare,
                      part=f"A way to print it, {n}{' (optional)' * spare}"),
                Blank(f"version{n}print", "Could it be printed?", YES_NO, optional=spare),
                Blank(f"version{n}why", "Why, in a sentence", limit=300, optional=spare),
            ]  # fmt: skip
        blanks.append(Blank("reason1text", "The right reason", limit=200, part="What is wrong with the article's way?"))
        for n in range(2, REASONS + 1):
            label = f"A wrong reason that somebody might give{' (optional)' * (n > 2)}"
            blanks.append(Blank(f"reason{n}text", label, limit=200, optional=n > 2))
        return CardForm(tuple(blanks))

    def known(self, page: str) -> dict[str, str]:
        repair = read_quotes(self.folder).get("repair")
        if not repair:
            return {"question": "How would you print this sentence?"}
        typed = {name: repair[name] for name in ("quote", "record", "question")}
        for n, one in enumerate(repair["rewrites"], 1):
            printed = "yes" if one["share"] else "no"
            typed |= {f"version{n}text": one["text"], f"version{n}print": printed, f"version{n}why": one["why"]}
        reasons = sorted(repair["reasons"], key=lambda one: not one.get("right"))
        return typed | {f"reason{n}text": one["text"] for n, one in enumerate(reasons, 1)}

    def made(self, given: Typed) -> dict[Path, bytes]:
        typed = given[""]
        self._needed(
            typed,
            {
                "quote": "Choose the quotation to repair.",
                "record": "Write what the record says.",
                "question": "Write the question to learners.",
                "reason1text": "Write the right reason: what is wrong with the way the article prints it?",
            },
        )
        versions = self._rows(typed, "version", ("text", "print", "why"), VERSIONS)
        reasons = self._rows(typed, "reason", ("text",), REASONS)
        for said, told in (("yes", "could"), ("no", "could not")):
            if not any(row["print"] == said for row in versions):
                raise MedialitError(f"Write at least one way to print it that {told} be printed.")
        if len(reasons) < 2:
            raise MedialitError("Write at least one wrong reason, so that there is a choice.")
        before = read_quotes(self.folder).get("repair") or {}
        known = {one["text"]: one["key"] for kind in ("rewrites", "reasons") for one in before.get(kind, ())}
        keys = slugs([row["text"] for row in versions], known)
        rewrites = [
            {"key": key, "text": row["text"], "share": float(row["print"] == "yes"), "why": row["why"]}
            for key, row in zip(keys, versions, strict=True)
        ]
        texts = [row["text"] for row in reasons]
        options = [
            {"key": key, "text": text} | ({"right": True} if text == texts[0] else {})
            for key, text in zip(slugs(texts, known), texts, strict=True)
        ]
        # In the order of the alphabet: the first one is the right one in the form, and need not be for learners.
        options.sort(key=lambda one: str(one["text"]).casefold())
        about = {name: typed[name].strip() for name in ("quote", "record", "question")}
        return self._write(repair={**about, "rewrites": rewrites, "reasons": options})
