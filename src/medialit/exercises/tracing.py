"""Tasks 1.4 to 1.6: trace a quotation, count the voices, repair a quote."""

from __future__ import annotations

from functools import cached_property
from math import comb, log2
from typing import Any

from medialit.exercises.records import Result
from medialit.exercises.task import RawTask
from medialit.forms import Field, Form, Option, OrderForm, TableForm
from medialit.lenses.voices import quoted_words, voices
from medialit.scoring.order import kendall_tau, set_f1
from medialit.scoring.shares import entropy


class ProvenanceChain(RawTask):
    """1.4: the hands a quotation went through. Half for the set (F1), half for the order.

    Order: the pairs of hands that stand as in the chain, less those the other way round, of all its pairs; never below 0.
    """

    id = "1.4"

    @cached_property
    def form(self) -> Form[Any]:
        links = sorted(self.case.chain.links, key=lambda link: link.text)
        return OrderForm(tuple(Option(link.key, link.text) for link in links), optional=True)

    def score(self, answer: list[str]) -> Result:
        right = self.answer()
        chosen = set_f1(answer, right)
        # A pair that was left out earns nothing: two hands in their order are not a chain of five.
        shared = len(set(answer) & set(right))
        order = max(0.0, kendall_tau(answer, right)) * comb(shared, 2) / comb(len(right), 2)
        score = 0.5 * chosen + 0.5 * order
        extra = [x for x in answer if x not in right]
        lacking = len([x for x in right if x not in answer])
        message = (
            f"{shared} of your {len(answer)} hands belong to the chain. Missing: {lacking}. Not in it: {len(extra)}. "
            f"Order: {order:.2f} of 1."
        )
        step = ""
        if extra:
            link = next(x for x in self.case.chain.links if x.key == extra[0])
            step = f"Ask of “{link.text}”: {link.why}"
        elif lacking:
            step = "Somebody is missing. Read who is named, and who is only a shortened name, in the post."
        elif order < 1:
            step = "Begin with whoever spoke first. Then ask each time: from whom did this one have it?"
        return Result(self.outcome(score), score, message, step, {"set": chosen, "order": order})

    def answer(self) -> list[str]:
        links = [link for link in self.case.chain.links if link.place is not None]
        return [link.key for link in sorted(links, key=lambda link: link.place or 0)]

    def facts(self) -> dict[str, object]:
        named = {link.key: link.text for link in self.case.chain.links}
        order = self.answer()
        return {
            "question": self.case.chain.question,
            "clue": self.case.chain.clue,
            "hands": len(order),
            "last": named[order[-1]],
            "chain": " → ".join(named[key] for key in order),
        }


class CountVoices(RawTask):
    """1.5: group speakers into blocs, so that shares of quoted words follow.

    .8 for the shares (an error of at most 2 percentage points is full, of at most 5 half; a bloc without a speaker earns
    nothing) + .2 for the Shannon entropy (within .05 bits) once every speaker has a bloc.
    """

    id = "1.5"

    @cached_property
    def words(self) -> dict[str, int]:
        # Words in scare marks have no speaker, so nobody gets them.
        return quoted_words(self.case.article, [q for q in self.case.quotes if q.speaker_name])

    @cached_property
    def form(self) -> Form[Any]:
        blocs = sorted({voice.bloc for voice in self.case.voices})
        return TableForm(
            tuple(Option(name, f"{name} ({words} quoted words)") for name, words in sorted(self.words.items())),
            (Field("bloc", "Speaks for", tuple(Option(b, b) for b in blocs)),),
        )

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        right = self._shares(self.answer())
        given = self._shares(answer)
        credits = [self._credit(abs(given[bloc] - share)) if bloc in given else 0.0 for bloc, share in right.items()]
        ungrouped = [name for name in self.words if not answer.get(name, {}).get("bloc")]
        even = not ungrouped and abs(entropy(given) - entropy(right)) <= 0.05
        score = 0.8 * sum(credits) / len(credits) + 0.2 * even
        wrong = [name for name, cell in self.answer().items() if answer.get(name, {}).get("bloc") != cell["bloc"]]
        table = "; ".join(f"{bloc} {share:.0f} %" for bloc, share in given.items())
        message = (
            f"With your groups the quoted words divide into: {table or 'nothing yet'}. "
            f"Entropy {entropy(given):.2f} bits. {len(self.words) - len(wrong)} of {len(self.words)} speakers fit."
        )
        step = ""
        if ungrouped:
            step = f"{len(ungrouped)} speakers have no group yet."
        elif wrong:
            step = "Look again at agencies and ministries: for whom do they speak?"
        return Result(self.outcome(score), score, message, step, {"shares": given, "entropy": round(entropy(given), 3)})

    @staticmethod
    def _credit(error: float) -> float:
        return 1.0 if error <= 2 else 0.5 if error <= 5 else 0.0

    def _shares(self, groups: dict[str, dict[str, Any]]) -> dict[str, float]:
        counts: dict[str, int] = {}
        for name, words in self.words.items():
            bloc = groups.get(name, {}).get("bloc")
            if bloc:
                counts[bloc] = counts.get(bloc, 0) + words
        total = sum(self.words.values())
        return {bloc: 100 * n / total for bloc, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}

    def answer(self) -> dict[str, dict[str, str]]:
        bloc_of = {voice.name: voice.bloc for voice in self.case.voices}
        return {name: {"bloc": bloc_of[name]} for name in sorted(self.words)}

    def facts(self) -> dict[str, object]:
        said = [q for q in self.case.quotes if q.speaker_name]
        shares = voices(self.case.article, said, {v.name: v.bloc for v in self.case.voices})
        return {
            "clue": self.case.voices_clue,
            "most": shares[0].words,
            "even": f"{log2(len(shares)):.2f}",
            "speakers": len(self.words),
            "total": sum(self.words.values()),
            "shares": "; ".join(f"{v.speaker} {v.words} words, {v.share:.0f} %" for v in shares),
            "entropy": f"{entropy({v.speaker: v.words for v in shares}):.2f}",
        }


class RepairQuote(RawTask):
    """1.6: choose how to print a quote that the record gives otherwise. .7 soft credit + .3 for the reason."""

    id = "1.6"

    @cached_property
    def form(self) -> Form[Any]:
        repair = self.case.repair
        return TableForm(
            (Option("repair", repair.question),),
            (
                Field("rewrite", "Print which?", tuple(Option(r.key, r.text) for r in repair.rewrites), long=True),
                Field("reason", "Because …", tuple(Option(r.key, r.text) for r in repair.reasons), long=True),
            ),
        )

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        given = answer["repair"]
        repair = self.case.repair
        rewrite = next((r for r in repair.rewrites if r.key == given.get("rewrite")), None)
        top = max(r.share for r in repair.rewrites)
        credit = rewrite.share / top if rewrite else 0.0
        reason = next((r for r in repair.reasons if r.key == given.get("reason")), None)
        score = 0.7 * credit + 0.3 * bool(reason and reason.right)
        parts = [rewrite.why if rewrite else "You chose no version."]
        if reason is None:
            parts.append("You gave no reason.")
        else:
            parts.append("Your reason names the fault." if reason.right else "Your reason does not name the fault.")
        step = "" if score + 1e-9 >= self.text.pass_at else "Compare each version with the record, word by word."
        return Result(self.outcome(score), score, " ".join(parts), step, {"credit": credit})

    def answer(self) -> dict[str, dict[str, str]]:
        best = max(self.case.repair.rewrites, key=lambda r: r.share)
        reason = next(r for r in self.case.repair.reasons if r.right)
        return {"repair": {"rewrite": best.key, "reason": reason.key}}

    def facts(self) -> dict[str, object]:
        best = max(self.case.repair.rewrites, key=lambda r: r.share)
        quote = next(q for q in self.case.quotes if q.id == self.case.repair.quote)
        block = self.case.article.block_at(quote.content.start)
        paragraph = block.number if block else 0
        return {"record": self.case.repair.record, "best": best.text, "why": best.why, "paragraph": paragraph}
