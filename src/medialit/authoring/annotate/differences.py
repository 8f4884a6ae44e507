"""The settle page: what two coders coded differently, decided one by one, and how far they agree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from medialit.article import Article
from medialit.authoring.annotate.base import AnnotationStep
from medialit.authoring.annotate.claim_key import say
from medialit.authoring.annotate.quotes import TWO
from medialit.authoring.annotate.quotes_file import NOT_SAID, known_sides, write_voices
from medialit.authoring.settling import (
    FILE,
    ClaimSettling,
    Decision,
    Measured,
    QuoteSettling,
    Settling,
    VerdictSettling,
    WordingSettling,
    named,
    read_decided,
)
from medialit.english import count
from medialit.errors import MedialitError
from medialit.forms import CardForm
from medialit.forms.card import Blank
from medialit.show.html import escape, run_line, titled
from medialit.widgets.markup import note_html, to_html
from medialit.widgets.page import Page, PageBlock, Text


class SettlePage(Page):
    """One kind of coding: a table of agreement, and each difference with its readings to choose from."""

    kind: type[Settling]

    def __init__(self, folder: Path, article: Article) -> None:
        self.folder = folder
        self.settling = self.kind(folder, article)
        super().__init__(self._blocks())

    @cached_property
    def measured(self) -> list[Measured]:
        """How far the coders agree; worked out once."""
        return self.settling.measured()

    def _blocks(self) -> list[Any]:
        coders = self.settling.coders
        if len(coders) < 2:
            who = f"{named(coders)} has coded this, and nobody else." if coders else "Nobody has coded this yet."
            more = (
                " The key is one person's reading: there are no shares, and agreement is not known." if coders else ""
            )
            how = f"A second person opens: medialit author case annotate {self.folder.name} --coder 2"
            return [Text("alone", f'<section class="ml-block"><p>{who}{more}</p><p>{escape(how)}</p></section>')]
        return [Text("agreement", _table(self.measured, coders)), self._differences()]

    def _differences(self) -> AnnotationStep:
        differences, decided = self.settling.differences, self.settling.decisions()
        blanks: list[Blank] = []
        answer: dict[str, str] = {}
        for one in differences:
            blanks += [
                Blank(one.key, "Which reading?", one.options, part=f"{one.where}: “{one.words}”"),
                Blank(f"{one.key}-why", "Why? (optional)", limit=200, optional=True),
            ]
            if found := decided.get(one.key):
                answer |= {one.key: found.choice, f"{one.key}-why": found.reason}
        about = map(say, self.settling.asks) if differences else ["Nothing differs."]
        title = count(len(differences), "difference")
        prompt, form = "".join(map(to_html, about)), CardForm(tuple(blanks)) if blanks else None

        def keep(given: Any) -> None:
            self._said(self.decide(given or {}))

        step = AnnotationStep(
            "differences", title, prompt, form, [("save", "Write the key")], lambda _, given: keep(given), keep,
            f"settle/{self.folder.name}/{self.settling.name}", file=self.folder / "coding" / FILE,
        )  # fmt: skip
        if answer:
            step.put({name: value for name, value in answer.items() if value})
        if told := self.settling.told(decided):
            step.say(feedback=note_html(told))
        return step

    def decide(self, answer: Mapping[str, str]) -> str:
        """Take decisions, ``{key of the difference: key of a reading, "KEY-why": "…"}``, and write the key."""
        decisions = {}
        for one in self.settling.differences:
            if choice := answer.get(one.key):
                if choice not in [option.key for option in one.options]:
                    raise MedialitError(
                        f"“{one.words[:60]}”: there is no reading “{choice[:20]}”. Choose one of the list."
                    )
                reason = (answer.get(f"{one.key}-why") or "").strip()
                decisions[one.key] = Decision(about=f"{one.where}: {one.words}", choice=choice, reason=reason)
        # It is kept and counted, also where the key refuses it.
        self.settling.keep(**{self.settling.name: decisions})
        told = self.settling.told(decisions)
        self._parts["differences"].say(feedback=note_html(told))
        return f"{told} {self.settling.write_key(decisions)}".strip()

    def _said(self, told: str) -> None:
        self._parts["differences"].say(feedback=note_html(told))

    def text_form(self) -> str:
        lines = [f"- {one.where}: “{one.words}”" for one in self.settling.differences]
        return "\n".join([f"{self.settling.title}: where coders differ", *lines])

    def html_form(self) -> str:
        return titled(f"{self.settling.title}: where coders differ", run_line())


class SettleQuotes(SettlePage):
    """Quotations; at the end, the side of a speaker whom only one coder has."""

    kind = QuoteSettling
    settling: QuoteSettling

    def _blocks(self) -> list[Any]:
        blocks = super()._blocks()
        if len(self.settling.coders) < 2:
            return blocks
        return [*self._speakers(), *blocks, *self._sides()]

    def decide(self, answer: Mapping[str, str]) -> str:
        told = super().decide(answer)
        self._voices()
        return told

    def _voices(self, gone: Mapping[str, str] | None = None) -> None:
        """Write down who speaks. Who has another name now, ``{old: new}``, keeps the side."""
        names, known = self.settling.names(self.settling.decisions()), known_sides(self.folder)
        sides = {new: known[old] for old, new in (gone or {}).items() if old in known and new not in known}
        write_voices(self.folder, names, sides, gone=gone or {})

    def _speakers(self) -> list[PageBlock]:
        """Names of two coders that may be of one speaker."""
        pairs = [pair for pair, *_ in self.settling.speakers]
        if not pairs:
            return []
        form = CardForm(tuple(Blank(one.key, one.words, one.options, optional=True) for one in pairs))
        step = AnnotationStep(
            "speakers", "One speaker or two?", to_html(say("settle_speakers")), form, [("save", "Save")],
            lambda _, given: self.unite(given or {}), None, f"settle/{self.folder.name}/speakers",
        )  # fmt: skip
        decided = read_decided(self.folder).speakers
        step.put({one.key: decided[one.key].choice for one in pairs if one.key in decided})
        return [step]

    def unite(self, answer: Mapping[str, str]) -> None:
        """Take ``{key of a pair: "1", "2" or "two"}``: which name is used for both, or that they are two speakers."""
        found = {
            pair.key: Decision(about=pair.words, choice=choice)
            for pair, *_ in self.settling.speakers
            if (choice := answer.get(pair.key)) in ("1", "2", TWO)
        }
        self.settling.keep(speakers=found)
        self.settling = QuoteSettling(self.folder, self.settling.article)
        self.__dict__.pop("measured", None)
        self.settling.write_key(self.settling.decisions())
        self._voices(self.settling.renamed)
        self.show(self._blocks())
        self._parts["speakers"].say(feedback=note_html("Saved. What follows uses these names."))

    def _said(self, told: str) -> None:
        super()._said(told)
        shown = "sides" in self._parts
        if bool(self._missing()) != shown or shown:
            # Other speakers came in, or went: ask for the sides of those that there are now.
            sides = self._sides()
            kept = [self._parts[name] for name in ("speakers", "agreement", "differences") if name in self._parts]
            if [block.spec for block in sides] != [self._parts["sides"].spec for _ in range(shown)]:
                self.show([*kept, *sides])

    def _missing(self) -> list[str]:
        known = known_sides(self.folder)
        return [name for name, side in known.items() if side == NOT_SAID]

    def _sides(self) -> list[PageBlock]:
        names = self._missing()
        if not names:
            return []
        blanks = tuple(
            Blank(f"v{n}", f"{name}: for which side?", limit=60, optional=True, suggest=True)
            for n, name in enumerate(names, 1)
        )

        def keep(given: Any) -> None:
            sides = {
                name: side for n, name in enumerate(names, 1) if (side := ((given or {}).get(f"v{n}") or "").strip())
            }
            write_voices(self.folder, list(known_sides(self.folder)), sides)

        def press(_: str, given: Any) -> None:
            keep(given)
            self._parts["sides"].say(feedback=note_html("Saved."))

        told = "<p>The first coder did not have these speakers. Give speakers of one side the same words.</p>"
        step = AnnotationStep(
            "sides", "For which side?", told, CardForm(blanks), [("save", "Save")], press, keep,
            f"settle/{self.folder.name}/sides",
        )  # fmt: skip
        return [step]


class SettleClaims(SettlePage):
    """Claims and their kinds."""

    kind = ClaimSettling


class SettleVerdicts(SettlePage):
    """Verdicts on claims."""

    kind = VerdictSettling


class SettleWording(SettlePage):
    """The questions of the framing codebook."""

    kind = WordingSettling


def _table(rows: list[Measured], coders: list[int]) -> str:
    names = ("Agreement", "Beyond chance", "Units")
    head = "".join(f'<th scope="col">{name}</th>' for name in ("What was coded", *names))
    body = "".join(
        f'<tr><th scope="row">{escape(row.what)}</th>{cells}</tr>'
        for row in rows
        for cells in [
            "".join(
                f'<td><span class="ml-narrow">{name}</span>{escape(text)}</td>'
                for name, text in zip(
                    names, (row.agreed, row.said[:1].upper() + row.said[1:], str(row.alpha.units)), strict=True
                )
            )
        ]
    )
    return (
        f'<section class="ml-block"><h3 class="ml-title">How far do {escape(named(coders).lower())} agree?</h3>'
        f"{to_html(say('settle_alpha'))}"
        '<div class="ml-wide" tabindex="0" role="region" aria-label="How far they agree"><table class="ml-matrix">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
    )
