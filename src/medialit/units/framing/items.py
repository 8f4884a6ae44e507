"""Code a story with a codebook: yes or no to its items, with a sentence for each yes."""

from __future__ import annotations

from functools import cached_property

from medialit.case.framing import FrameItem
from medialit.english import in_letters, shortened
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.agreement import krippendorff_alpha, soft_credit

# The frames of the short session.
SHORT = ("responsibility", "conflict")
ANSWER_SHARE, EVIDENCE_SHARE = 0.6, 0.4
SHOWN = 56  # letters of a sentence in the list of evidence


class CodeItems(Task[Table]):
    """Soft credit .6, evidence that the panel has too .4.

    There is no single key: credit is the share of coders behind a label, relative to the most chosen label.

    The items of the short session come first. Whoever fills only those is scored on them alone. A "no" needs no sentence:
    there its evidence part follows its soft credit.
    """

    @cached_property
    def items(self) -> list[FrameItem]:
        """All items, the short session's first; in a short session those alone."""
        items = sorted(self.case.framing.codebook.items, key=lambda item: item.frame not in SHORT)
        return [item for item in items if item.frame in SHORT] if self.short else items

    @cached_property
    def form(self) -> TableForm:
        rows = (
            Option(i.id, self.say("item", id=i.id, ask=i.ask, yes=_lowered(i.yes_when), no=_lowered(i.no_when)))
            for i in self.items
        )
        answer = Field("answer", self.say("answer"), self.options("answers"))
        return TableForm(tuple(rows), (answer, Field("evidence", self.say("evidence"), self.sentences)))

    @cached_property
    def sentences(self) -> tuple[Option, ...]:
        """The sentences that can be given as evidence: those of numbered paragraphs."""
        article = self.case.article
        found = ((s, article.blocks[s.block].number) for s in article.sentences)
        return tuple(
            Option(f"S{s.number}", f"S{s.number}, ¶{p}: {shortened(article[s.span], SHOWN)}") for s, p in found if p
        )

    def score(self, answer: Table) -> Result:
        gold = self.case.framing
        begun = [i for i in self.items if i.frame in SHORT or answer[i.id].key("answer")]
        credits: list[float] = []
        empty: list[FrameItem] = []
        found: dict[str, list[FrameItem]] = {"apart": [], "bare": [], "astray": []}  # what to look at first, first
        for item in begun:
            given, sentence = answer[item.id].key("answer"), answer[item.id].key("evidence")
            if not given:
                empty.append(item)
                credits.append(0.0)
                continue
            soft = soft_credit(gold.shares(item.id), given)
            shown = soft if given == "no" else float(self.numbered(sentence) in gold.evidence(item.id))
            credits.append(ANSWER_SHARE * soft + EVIDENCE_SHARE * shown)
            if soft < 0.5:
                found["apart"].append(item)
            elif given == "yes" and not shown:
                found["astray" if sentence else "bare"].append(item)
        counts = {name: len(items) for name, items in found.items()}
        message = self.say("found", coded=len(begun) - len(empty), of=len(begun), **counts)
        coded = [
            [*(gold.answers(c)[i.id] for c in gold.coders), answer[i.id].key("answer")] for i in begun if i not in empty
        ]
        again = {item.id: self.say(name, item=item.id) for name, items in found.items() for item in items}
        details = {
            "items": [i.id for i in begun],
            "alpha": krippendorff_alpha(coded),
            "apart": [i.id for i in found["apart"]],
        }
        step = self.say("empty", n=len(empty), first=empty[0].id) if empty else next(iter(again.values()), "")

        def measured() -> str:
            nth = self.wording("nth").get(str(len(gold.coders) + 1), self.say("one_more"))
            return "" if empty else self.say_alpha("with_you", coded, nth=nth)

        return self.result(sum(credits) / len(begun), message, step, details, measured=measured, again=again)

    @staticmethod
    def numbered(sentence: str) -> int:
        """The number in a key such as ``S35``; 0 when there is none."""
        return int(sentence[1:]) if sentence else 0

    def answer(self) -> dict[str, dict[str, str]]:
        gold, made = self.case.framing, {}
        for item in self.items:
            shares = gold.shares(item.id)
            top = max(shares, key=lambda label: (shares[label], label == "no"))
            made[item.id] = {"answer": top} | ({"evidence": f"S{self._cited(item)}"} if top == "yes" else {})
        return made

    def _cited(self, item: FrameItem) -> int:
        """The sentence that most coders gave for this item."""
        given = [n for coding in self.case.framing.codings.values() for n in coding.items[item.id].evidence]
        return max(given, key=lambda n: (given.count(n), -n))

    def facts(self) -> dict[str, object]:
        gold = self.case.framing
        sure = next(i for i in self.items if gold.shares(i.id).get("yes") == 1)
        yes = [i.id for i in self.items if gold.shares(i.id).get("yes") == 1]
        return {
            "items": len(self.items),
            "short": sum(i.frame in SHORT for i in self.items),
            "cut": "" if self.short else " " + self.say("in_class", n=sum(i.frame in SHORT for i in self.items)),
            "first": sure.id,
            "first_short": sure.short,
            "where": self._cited(sure),
            "split": "; ".join(filter(None, map(self._split, self.items))) or self.say("none"),
            "yes": ", ".join(yes) or self.say("none"),
        }

    def _split(self, item: FrameItem) -> str:
        """How many coders said yes where they were split, and what somebody decided."""
        gold = self.case.framing
        if max(gold.shares(item.id).values()) == 1:
            return ""
        yes = sum(gold.answers(coder)[item.id] == "yes" for coder in gold.coders)
        told = self.say("split", id=item.id, short=item.short, n=in_letters(yes), of=in_letters(len(gold.coders)))
        decided = gold.settled.get(item.id)
        return told + (self.say("decided", answer=decided) if decided else "")


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]
