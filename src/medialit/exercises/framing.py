"""Tasks 3.1, 3.2 and 3.6: code a story with a codebook, map what its paragraphs do, and name techniques.

There is no single key. Credit is the share of coders behind a label, relative to the most chosen label.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from medialit.case.framing import NO_TECHNIQUE, Item
from medialit.exercises.records import Result
from medialit.exercises.task import RawTask
from medialit.forms import Field, Form, Option, TableForm
from medialit.scoring.agreement import alpha_with_interval, soft_credit
from medialit.scoring.order import set_f1

# The frames of the short session.
SHORT = ("responsibility", "conflict")
YES_NO = (Option("yes", "yes"), Option("no", "no"))
ANSWER_SHARE, EVIDENCE_SHARE = 0.6, 0.4


class CodeItems(RawTask):
    """3.1: yes or no to the 20 items, with a sentence for each yes. Soft credit .6, evidence that the panel has too .4.

    The items of the short session come first. Whoever fills only those is scored on them alone. A "no" needs no sentence:
    there its evidence part follows its soft credit.
    """

    id = "3.1"

    @cached_property
    def items(self) -> list[Item]:
        """All items, the short session's first."""
        return sorted(self.case.framing.codebook.items, key=lambda item: item.frame not in SHORT)

    @cached_property
    def form(self) -> Form[Any]:
        rows = tuple(
            Option(i.id, f"{i.id} · {i.ask}\nYes: {_lowered(i.yes_when)}\nNo: {_lowered(i.no_when)}")
            for i in self.items
        )
        return TableForm(
            rows, (Field("answer", "Your answer", YES_NO), Field("evidence", "Evidence for a yes", self.sentences))
        )

    @cached_property
    def sentences(self) -> tuple[Option, ...]:
        """The sentences that can be given as evidence: those of numbered paragraphs."""
        article = self.case.article
        found = ((s, article.blocks[s.block].number) for s in article.sentences)
        return tuple(Option(f"S{s.number}", f"S{s.number}, ¶{p}: {_short(article[s.span])}") for s, p in found if p)

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        gold = self.case.framing
        begun = [i for i in self.items if i.frame in SHORT or answer.get(i.id, {}).get("answer")]
        credits, empty, bare, astray, lonely = [], [], [], [], []
        for item in begun:
            cells = answer.get(item.id, {})
            given, sentence = cells.get("answer"), cells.get("evidence")
            if not given:
                empty.append(item)
                credits.append(0.0)
                continue
            soft = soft_credit(gold.shares(item.id), given)
            shown = soft if given == "no" else float(self.numbered(sentence) in gold.evidence(item.id))
            credits.append(ANSWER_SHARE * soft + EVIDENCE_SHARE * shown)
            if soft < 0.5:
                lonely.append(item)
            elif given == "yes" and not sentence:
                bare.append(item)
            elif given == "yes" and not shown:
                astray.append(item)
        value = sum(credits) / len(begun)
        agreement = alpha_with_interval(
            [[*(gold.answers(c)[i.id] for c in gold.coders), answer[i.id]["answer"]] for i in begun if i not in empty]
        )
        told = ""
        if agreement.value is not None and not empty:
            nth = _NTH.get(len(gold.coders) + 1, "one more")
            told = (
                f" Alpha with you as {nth} coder: {agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f})."
            )
        message = (
            f"{len(begun) - len(empty)} of {len(begun)} items coded. With {len(lonely)} answers "
            f"you stand apart from most of the "
            f"panel; {len(bare)} yes without a sentence, {len(astray)} with a sentence that no coder gave.{told}"
        )
        details = {"items": [i.id for i in begun], "alpha": agreement.value, "apart": [i.id for i in lonely]}
        return Result(self.outcome(value), value, message, self._step(empty, bare, lonely, astray), details)

    def _step(self, empty: list[Item], bare: list[Item], lonely: list[Item], astray: list[Item]) -> str:
        if empty:
            return f"{len(empty)} items have no answer yet, first {empty[0].id}."
        if lonely:
            return (
                f"Read the rule of {lonely[0].id} once more, and hold it against the story. If you "
                f"still disagree, say why."
            )
        if bare:
            return f"Which sentence shows the yes of {bare[0].id}? Choose it."
        return f"For {astray[0].id}, look for a sentence that does it more plainly." if astray else ""

    @staticmethod
    def numbered(sentence: str | None) -> int:
        """The number in a key such as ``S35``; 0 when there is none."""
        return int(sentence[1:]) if sentence else 0

    def answer(self) -> dict[str, dict[str, str]]:
        gold, made = self.case.framing, {}
        for item in self.items:
            shares = gold.shares(item.id)
            top = max(shares, key=lambda label: (shares[label], label == "no"))
            made[item.id] = {"answer": top} | ({"evidence": f"S{self._cited(item)}"} if top == "yes" else {})
        return made

    def _cited(self, item: Item) -> int:
        """The sentence that most coders gave for this item."""
        given = [n for coding in self.case.framing.codings.values() for n in coding.items[item.id].evidence]
        return max(given, key=lambda n: (given.count(n), -n))

    def facts(self) -> dict[str, object]:
        gold = self.case.framing
        sure = next(i for i in self.items if gold.shares(i.id).get("yes") == 1)
        return {
            "items": len(self.items),
            "short": sum(i.frame in SHORT for i in self.items),
            "coders": len(gold.coders),
            "cut": self._cut(),
            "first": sure.id,
            "first_short": sure.short,
            "where": self._cited(sure),
            "split": _listed([f"{i.id} ({i.short})" for i in self.items if max(gold.shares(i.id).values()) < 1]),
            "yes": _listed([i.id for i in self.items if gold.shares(i.id).get("yes", 0) > 0.5]),
        }

    def _cut(self) -> str:
        return f" In class, do the first {sum(i.frame in SHORT for i in self.items)}: responsibility and conflict."


class ShortItems(CodeItems):
    """The items of the short session and nothing else. An answer to it is an answer to 3.1."""

    @cached_property
    def items(self) -> list[Item]:
        return [item for item in self.case.framing.codebook.items if item.frame in SHORT]

    def _cut(self) -> str:
        return ""


class MapFunctions(RawTask):
    """3.2: which paragraphs do what (Entman 1993). F1 of the chosen set for each function, averaged.

    A paragraph that more than half of the coders chose is asked for; one that fewer chose is neither right nor wrong.
    """

    id = "3.2"

    @cached_property
    def form(self) -> Form[Any]:
        paragraphs = tuple(Option(f"p{p.number}", f"¶{p.number}") for p in self.case.article.paragraphs)
        rows = tuple(Option(f.key, f"{f.label}\n{f.ask}") for f in self.case.framing.codebook.functions)
        return TableForm(rows, (Field("paragraphs", "Paragraphs", paragraphs, several=True),))

    def asked(self, function: str) -> tuple[set[str], set[str]]:
        """The paragraphs that are asked for, and those that cost nothing either way."""
        shares = self.case.framing.function(function)
        most = {f"p{n}" for n, share in shares.items() if share > 0.5}
        return most, {f"p{n}" for n in shares} - most

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        functions = self.case.framing.codebook.functions
        scores, hits, missed, extra = {}, 0, {}, {}
        for function in functions:
            most, open_to_both = self.asked(function.key)
            given = set(answer.get(function.key, {}).get("paragraphs") or []) - open_to_both
            scores[function.key] = set_f1(given, most)
            hits += len(given & most)
            missed[function.key], extra[function.key] = most - given, given - most
        value = sum(scores.values()) / len(scores)
        each = ", ".join(f"{f.label.lower()} {scores[f.key]:.2f}" for f in functions)
        message = (
            f"{hits} fit, {sum(map(len, missed.values()))} missed, {sum(map(len, extra.values()))} "
            f"extra. F1 by function: {each}."
        )
        step = ""
        weak = min(functions, key=lambda f: scores[f.key])
        if extra[weak.key] and len(extra[weak.key]) >= len(missed[weak.key]):
            where = min(extra[weak.key], key=_number)
            step = f"{weak.label}: read ¶{where[1:]} again. Which words there do it? {weak.ask}"
        elif missed[weak.key]:
            step = (
                f"{weak.label}: {len(missed[weak.key])} paragraphs are missing. {weak.ask} Ask this of "
                f"each paragraph, also of ¶1."
            )
        return Result(self.outcome(value), value, message, step, {"f1": {k: round(v, 3) for k, v in scores.items()}})

    def answer(self) -> dict[str, dict[str, list[str]]]:
        return {
            f.key: {"paragraphs": sorted(self.asked(f.key)[0], key=_number)}
            for f in self.case.framing.codebook.functions
        }

    def facts(self) -> dict[str, object]:
        right = self.answer()
        labels = {f.key: f.label for f in self.case.framing.codebook.functions}
        few = min(right, key=lambda key: (len(right[key]["paragraphs"]), key))
        told = [f"{labels[k]}: {', '.join('¶' + p[1:] for p in cells['paragraphs'])}" for k, cells in right.items()]
        return {
            "few": labels[few].lower(),
            "few_n": len(right[few]["paragraphs"]),
            "last": max((_number(p) for p in right[few]["paragraphs"]), default=1),
            "map": "; ".join(told),
        }


class NameTechniques(RawTask):
    """3.6: the technique of each excerpt, or none. Soft credit only: readers differ here more than anywhere."""

    id = "3.6"

    @cached_property
    def form(self) -> Form[Any]:
        article = self.case.article
        known = self.case.framing.codebook.techniques
        options = (*(Option(t.key, t.key) for t in known), Option(NO_TECHNIQUE, NO_TECHNIQUE))
        rows = []
        for excerpt in self.case.framing.excerpts:
            number = article.blocks[article.sentences[excerpt.sentence - 1].block].number
            where = f"¶{number}" if number else "Heading"
            rows.append(Option(excerpt.id, f"{where}: “{excerpt.words}”"))
        return TableForm(tuple(rows), (Field("technique", "What does it do?", options),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        gold, rows = self.case.framing, self.form.rows
        credit = {
            r.key: soft_credit(gold.techniques(r.key), answer.get(r.key, {}).get("technique") or "") for r in rows
        }
        value = sum(credit.values()) / len(rows)
        empty = [r for r in rows if not answer.get(r.key, {}).get("technique")]
        apart = [r for r in rows if credit[r.key] < 0.5 and r not in empty]
        message = (
            f"{value * len(rows):g} of {len(rows)} points. With {len(apart)} you stand apart from "
            f"most of the panel, {len(empty)} are empty."
        )
        step = ""
        if empty:
            step = f"Begin with {empty[0].text} Hold the meanings above against it, one by one."
        elif apart:
            step = f"Look again at {apart[0].text} Which meaning fits its words, and not only its topic?"
        return Result(
            self.outcome(value), value, message, step, {"credit": {k: round(v, 3) for k, v in credit.items()}}
        )

    def answer(self) -> dict[str, dict[str, str]]:
        shares: dict[str, Mapping[str, float]] = {
            row.key: self.case.framing.techniques(row.key) for row in self.form.rows
        }
        return {key: {"technique": max(found, key=lambda t: (found[t], t))} for key, found in shares.items()}

    def facts(self) -> dict[str, object]:
        right = self.answer()
        first = self.case.framing.excerpts[0]
        return {
            "excerpts": len(right),
            "first": first.words,
            "first_is": right[first.id]["technique"],
            "whole": "; ".join(f"“{e.words}”: {right[e.id]['technique']}" for e in self.case.framing.excerpts),
        }


_NTH = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def _number(paragraph: str) -> int:
    return int(paragraph[1:])


def _short(text: str, limit: int = 56) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _listed(words: list[str]) -> str:
    return ", ".join(words) if words else "none"
