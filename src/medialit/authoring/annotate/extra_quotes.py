"""The optional parts of ``quotes.yaml``: a chain of hands, and a quotation to repair."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from medialit.authoring.annotate.extra_steps import YES_NO, Ask, Extra, Leaf, Rows, leaf_of, numbered, once, slugs
from medialit.authoring.annotate.quotes_file import quotes_with
from medialit.case.quotes import GoldQuote
from medialit.english import sentence, shortened
from medialit.errors import MedialitError
from medialit.forms import Option

STORY = "The story you are reading"
WHO = Ask("text", "Who", limit=120, missing="write who this was.")
HANDS = numbered(
    "hand", "Hand", 5, 2, "Write at least two hands before the article. With fewer there is no order to find.", WHO,
    Ask("why", "How you know", limit=300, missing="write how you know that the words went through these hands."),
)  # fmt: skip
STRANGERS = numbered(
    "stranger", "Not part of it", 2, 1,
    "Write at least one person or body that was not part of it, so that there is a choice.", WHO,
    Ask("why", "What speaks against it", limit=300,
        missing="write a question or a fact that shows why these hands were not part of it."),
)  # fmt: skip
VERSIONS = numbered(
    "version", "A way to print it:", 4, 2, "Write at least two ways to print it, so that there is a choice.",
    Ask("text", "The sentence", limit=300, lines=2, missing="write the sentence that this is about."),
    Ask("print", "Could it be printed?", YES_NO, optional=True, missing="say whether it could be printed."),
    Ask("why", "Why, in a sentence", limit=300,
        missing="write why, in a sentence: learners read it when they have chosen."),
)  # fmt: skip
WRONG = numbered(
    "wrong", "A wrong reason:", 3, 1, "Write at least one wrong reason, so that there is a choice.",
    Ask("text", "What somebody might give as the reason", limit=200, missing="write the reason."),
)  # fmt: skip
QUESTION = Ask("question", "The question to learners", limit=300, lines=2, missing="Write the question to learners.")


class _OfQuotation(Extra):
    """Something about one quotation of the article."""

    unit, file = "quotes", "quotes.yaml"

    @property
    def before(self) -> dict[str, Any]:
        """What ``quotes.yaml`` holds of it."""
        return super().before.get(self.name) or {}

    def lacking(self) -> str:
        return "" if self.case.quotes else "It needs quotations. Mark them in “Who says what?” first."

    def _quotation(self, label: str, missing: str) -> Ask:
        def told(quote: GoldQuote) -> str:
            where = self.article.paragraph_of(quote.content)
            return f"{where}: “{shortened(quote.text, 70)}” {quote.speaker_name or ''}".strip()

        options = tuple(Option(one.id, told(one)) for one in self.case.quotes)
        return Ask("quote", label, options, part="The quotation", missing=missing)

    def files(self) -> dict[Path, bytes]:
        names = dict.fromkeys(quote.speaker_name for quote in self.case.quotes if quote.speaker_name)
        return quotes_with(self.folder, names, **{self.name: self.made()})


class ChainExtra(_OfQuotation):
    """The hands that one quotation went through before it reached the article."""

    name, tasks, title = "chain", ("chain",), "A chain of hands"

    def leaf(self, page: str) -> Leaf:
        clue = "Write a hint that names a paragraph, and none of the hands."
        parts: list[Ask | Rows] = [
            self._quotation("Which words?", "Choose the words that went through several hands."),
            QUESTION,
            Ask("record", "What the record says about it, in a few sentences (optional)", limit=600, lines=3),
            Ask("clue", "A hint that names a paragraph, and none of the hands", limit=300, lines=2, missing=clue),
            HANDS,
            STRANGERS,
        ]
        begins = {"question": "Through whose hands did these words go before they reached this story?"} | self.before
        links = [link for link in begins.get("links", ()) if link["text"] != STORY]
        hands = sorted((link for link in links if link.get("place")), key=lambda link: link["place"])
        begins[HANDS.name], begins[STRANGERS.name] = hands, [link for link in links if link not in hands]
        return leaf_of(parts, begins)

    def made(self) -> Mapping[str, Any]:
        said = self.said()
        hands = [*said.pop(HANDS.name).values(), {"text": STORY, "why": "It printed the words."}]
        links = [*hands, *said.pop(STRANGERS.name).values()]
        once(link["text"] for link in links)
        known = {link["text"]: link["key"] for link in self.before.get("links", ())}
        keys = slugs([link["text"] for link in links], known)
        said["links"] = [
            {"key": key, "text": link["text"]}
            | ({"place": n} if n <= len(hands) else {})
            | {"why": sentence(link["why"])}
            for n, (key, link) in enumerate(zip(keys, links, strict=True), 1)
        ]
        return {name: value for name, value in said.items() if value}


class RepairExtra(_OfQuotation):
    """A quotation that the record gives in another form, and ways to print it."""

    name, tasks, title = "repair", ("repair",), "A quotation to repair"

    def leaf(self, page: str) -> Leaf:
        record = "What the record says: who wrote or recorded it, when, and in which words"
        right = "Write the right reason: what is wrong with the way the article prints it?"
        parts: list[Ask | Rows] = [
            self._quotation("Which quotation?", "Choose the quotation to repair."),
            Ask("record", record, limit=600, lines=3, missing="Write what the record says."),
            QUESTION,
            VERSIONS,
            Ask("right", "The right reason", limit=200, part="What is wrong with the article's way?", missing=right),
            WRONG,
        ]
        begins = {"question": "How would you print this sentence?"} | self.before
        rewrites, reasons = begins.get("rewrites", ()), begins.get("reasons", ())
        begins[VERSIONS.name] = [one | {"print": "yes" if one["share"] else "no"} for one in rewrites]
        begins["right"] = next((one["text"] for one in reasons if one.get("right")), "")
        begins[WRONG.name] = [one for one in reasons if not one.get("right")]
        return leaf_of(parts, begins, self._check)

    @staticmethod
    def _check(said: Mapping[str, Any]) -> None:
        for answer, told in (("yes", "could"), ("no", "could not")):
            if not any(row["print"] == answer for row in said[VERSIONS.name].values()):
                raise MedialitError(f"Write at least one way to print it that {told} be printed.")
        once([said["right"], *(row["text"] for row in said[WRONG.name].values())])

    def made(self) -> Mapping[str, Any]:
        said, before = self.said(), self.before
        versions, right = said.pop(VERSIONS.name).values(), said.pop("right")
        reasons = [right, *(row["text"] for row in said.pop(WRONG.name).values())]
        known = {one["text"]: one["key"] for kind in ("rewrites", "reasons") for one in before.get(kind, ())}
        rewrites = [
            {"key": key, "text": row["text"], "share": float(row["print"] == "yes"), "why": sentence(row["why"])}
            for key, row in zip(slugs([row["text"] for row in versions], known), versions, strict=True)
        ]
        options = [
            {"key": key, "text": text} | ({"right": True} if text == right else {})
            for key, text in zip(slugs(reasons, known), reasons, strict=True)
        ]
        # In the order of the alphabet: the first one is the right one in the form, and need not be for learners.
        options.sort(key=lambda one: str(one["text"]).casefold())
        return {**said, "rewrites": rewrites, "reasons": options}
