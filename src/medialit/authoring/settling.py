"""Where the coders of a case differ, how far they agree, and the key that follows once somebody has decided.

Every pass stays as it was made. Decisions are in ``coding/settled.yaml``, each with the difference that it is about: when a
coder changes this reading later, the difference is another one, and open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import Field

from medialit.article import Article, Span
from medialit.authoring.annotate import claim_key
from medialit.authoring.annotate.base import HEAD as ANNOTATED
from medialit.authoring.annotate.base import Unchanged, as_before, by_hand
from medialit.authoring.annotate.claim_key import ClaimsPass, GivenVerdict, MarkedClaim
from medialit.authoring.annotate.quotes import TWO, alike, one_or_two, plain
from medialit.authoring.coding import SETTLED, Coded, entry_of, read_coding, settle_case
from medialit.authoring.panel import panel_units
from medialit.case import load_case
from medialit.case.framing import SETTLED_ITEMS, FramingGold
from medialit.case.load import coder_files
from medialit.case.records import Record
from medialit.english import count, listed, percent, quoted
from medialit.files import load_model, read_text, write_whole, yaml_bytes
from medialit.forms import Option
from medialit.scoring.agreement import Agreement, alpha_with_interval, percent_agreement
from medialit.scoring.spans import WordIndex, match_spans

HEAD = "# Made on the settle page (medialit author case settle). Decide there, and it is written again.\n"
FILE = "settled.yaml"
NONE, BOTH = "none", "both"
FEW = 10  # units: with fewer, one answer more or less moves alpha anywhere
Item = TypeVar("Item", Coded, MarkedClaim)
Reading = TypeVar("Reading")


class Decision(Record):
    """What somebody decided about one difference: ``about`` says which, for people who read the file."""

    about: str
    choice: str
    reason: str = ""


class Decided(Record):
    """The whole of ``coding/settled.yaml``: decisions by the key of the difference."""

    quotes: dict[str, Decision] = Field(default_factory=dict)
    claims: dict[str, Decision] = Field(default_factory=dict)
    speakers: dict[str, Decision] = Field(default_factory=dict)
    verdicts: dict[str, Decision] = Field(default_factory=dict)
    wording: dict[str, Decision] = Field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One place where passes differ: ``where`` is its paragraph, ``words`` what it is about, ``options`` the readings."""

    key: str
    where: str
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Measured:
    """How far the coders agree on one thing: the share of pairs of labels that are equal (0 to 1), and alpha."""

    what: str
    percent: float | None
    alpha: Agreement

    @property
    def said(self) -> str:
        """Alpha with its interval, or why there is none."""
        found = self.alpha
        if found.units < FEW:
            return "too few to say"
        if found.value is None:
            return f"alpha cannot be computed: {found.note.rstrip('.')}"
        said = f"alpha {found.value:.2f} (95% interval {found.low:.2f} to {found.high:.2f})"
        return said.replace("-", "−")

    @property
    def agreed(self) -> str:
        """The percent agreement."""
        return "–" if self.percent is None else percent(self.percent)

    def __str__(self) -> str:
        return f"{self.what}: {self.agreed} agreement over {self.alpha.units}, {self.said}"


def measure(what: str, units: Sequence[Sequence[Hashable | None]]) -> Measured:
    """Measure one row of labels a unit, one label a coder; None where a coder gave none, and a unit of one coder is none."""
    paired = [row for row in units if sum(label is not None for label in row) > 1]
    return Measured(what, percent_agreement(paired), alpha_with_interval(paired))


class Settling:
    """One kind of coding of a case, by all who coded it. ``name`` is its field in ``settled.yaml``."""

    name = ""
    title = ""
    asks: tuple[str, ...] = ("settle_differs",)  # what is said above the differences, by its name
    files: tuple[tuple[str, ...], ...] = ()  # what it writes, and how such a file begins: others are by hand, and stay

    def __init__(self, folder: Path, article: Article) -> None:
        self.folder, self.article = folder, article
        self._unchanged = Unchanged("A coder's reading or a decision", self._there)
        self.index = WordIndex(article.text, article.words())
        self.coders: list[int] = []
        self.differences: list[Difference] = []

    def measured(self) -> list[Measured]:
        """How far the coders agree."""
        raise NotImplementedError

    def write_key(self, decisions: Mapping[str, Decision]) -> str:
        """Write the key that follows from the decisions, and say what was written; or which file by hand stays as it is."""
        own = [Path(name).name for name, *heads in self.files if by_hand(self.folder / name, *heads)]
        if own:
            return f"Written by hand, and left as before: {listed(own)}."
        return self._written(decisions)

    def _written(self, decisions: Mapping[str, Decision]) -> str:
        raise NotImplementedError

    def _rewrite(self, made: Record) -> None:
        """Save the first of its files and make claims and evidence anew; where that cannot be, the file is as before."""
        path = self.folder / self.files[0][0]
        with as_before(path):
            claim_key.save(path, made)
            claim_key.write_key(self.folder, self.article)

    def decisions(self) -> dict[str, Decision]:
        """What is decided, for the differences that there still are."""
        found: dict[str, Decision] = getattr(read_decided(self.folder), self.name)
        return {
            one.key: found[one.key]
            for one in self.differences
            if one.key in found and found[one.key].choice in [option.key for option in one.options]
        }

    def keep(self, **decided: dict[str, Decision]) -> None:
        """Write decisions down, by the field of the file; the others stay.

        Raises MedialitError when another window has decided here since, or a coder has changed a reading.
        """
        with self._unchanged.writing():
            data = read_decided(self.folder).model_copy(update=decided).model_dump(exclude_defaults=True)
            write_whole(self.folder / "coding" / FILE, yaml_bytes(data, HEAD) if data else HEAD.encode())

    def _there(self) -> list[object]:
        """What decisions are about, as files have it now, and those of this kind."""
        passes = sorted((self.folder / "coding").glob("*-coder-*.yaml"))
        decided = read_decided(self.folder)
        own = (self.name, "speakers") if self.name == "quotes" else (self.name,)
        return [(path.name, path.read_bytes()) for path in passes] + [getattr(decided, name) for name in own]

    def told(self, decisions: Mapping[str, Decision]) -> str:
        """How many differences are decided, and what becomes of the others."""
        total = len(self.differences)
        if not total:
            return ""
        left = total - len(decisions)
        said = f"{len(decisions)} of {count(total, 'difference is', 'differences are')} decided."
        return f"{said} {self.open_ones(left)}" if left else said

    def open_ones(self, left: int) -> str:
        """What becomes of so many differences that are open."""
        return f"{count(left, 'is', 'are')} open, and not part of the key."

    def _difference(self, span: Span, readings: Mapping[str, str], extra: Iterable[Option] = ()) -> Difference:
        """``readings`` are (key of the option, what it says); a difference is known by its line and what was coded there."""
        line = self.article.text.count("\n", 0, span.start)
        start = self.article.text.rfind("\n", 0, span.start) + 1
        earlier = self.article.text.count(self.article[span], start, span.start)
        said = "\n".join(
            [f"{line}:{earlier}", self.article[span], *(f"{key}: {text}" for key, text in readings.items())]
        )
        options = (*(Option(key, text) for key, text in readings.items()), *extra)
        where = self.article.paragraph_of(span)
        return Difference(hashlib.sha256(said.encode()).hexdigest()[:10], where, self.article[span], options)


class SpanSettling(Settling, Generic[Item]):
    """For those that mark words: the same item when half of the words are shared, and equal when all are, and its kind."""

    what = ""  # what one item is

    def __init__(self, folder: Path, article: Article) -> None:
        super().__init__(folder, article)
        read = {number: self._marked(path) for number, path in coder_files(folder, self.name)}
        self.passes: dict[int, Sequence[Item]] = self._named({number: items for number, items in read.items() if items})
        self.coders = list(self.passes)
        self.groups: list[dict[int, Item]] = self._groups()
        self.places: list[dict[int, list[Item]]] = self._places()
        self._found = [self._differs(place) for place in self.places]
        self.differences = [one for one in self._found if one]

    def _marked(self, path: Path) -> Sequence[Item]:
        """What one coder marked."""
        raise NotImplementedError

    def _named(self, passes: dict[int, Sequence[Item]]) -> dict[int, Sequence[Item]]:
        """The passes with one name for one speaker."""
        return passes

    def _same(self, one: Item, other: Item) -> bool:
        return one.kind == other.kind and (one.span == other.span or self.index.iou(one.span, other.span) == 1)

    def _read(self, one: Item) -> str:
        raise NotImplementedError

    def _more(self, place: Mapping[int, Sequence[Item]]) -> Iterable[Option]:
        """What can be chosen beside the readings."""
        return ()

    def _without(self, place: Mapping[int, Sequence[Item]]) -> str:
        """What those say who marked nothing in a place; empty where all did, or nothing is known of the others."""
        missing = [coder for coder in self.coders if coder not in place]
        return f"No {self.what} here ({named(missing)})" if missing else ""

    def _groups(self) -> list[dict[int, Item]]:
        """What coders marked at about the same words, in text order: one item a coder."""
        groups: list[dict[int, Item]] = []
        for coder, items in self.passes.items():
            firsts = [next(iter(group.values())).span for group in groups]
            pairs = {i: j for i, j, _ in match_spans([item.span for item in items], firsts, self.index)}
            for i, item in enumerate(items):
                if i in pairs:
                    groups[pairs[i]][coder] = item
                else:
                    groups.append({coder: item})
        return sorted(groups, key=lambda group: min(item.span for item in group.values()))

    def _places(self) -> list[dict[int, list[Item]]]:
        """What coders marked, in text order: marks that overlap, also by way of others, are one place."""
        found = ((one, coder) for coder, items in self.passes.items() for one in items)
        places: list[dict[int, list[Item]]] = []
        end = -1
        for one, coder in sorted(found, key=lambda pair: (pair[0].span, pair[1])):
            if one.span.start >= end:
                places.append({})
            places[-1].setdefault(coder, []).append(one)
            end = max(end, one.span.end)
        return [dict(sorted(place.items())) for place in places]

    def _differs(self, place: Mapping[int, Sequence[Item]]) -> Difference | None:
        readings = _readings(
            place,
            lambda one, other: len(one) == len(other) and all(map(self._same, one, other)),
            lambda some: "; ".join(map(self._read, some)),
        )
        if without := self._without(place):
            readings[NONE] = without
        spans = [one.span for some in place.values() for one in some]
        whole = Span(min(spans).start, max(span.end for span in spans))
        return self._difference(whole, readings, self._more(place)) if len(readings) > 1 else None

    def _chosen(
        self, decisions: Mapping[str, Decision]
    ) -> Iterator[tuple[Mapping[int, Sequence[Item]], int, Decision | None]]:
        """Each place of the key, the coder whose reading counts there, and what was decided where they differ."""
        for place, difference in zip(self.places, self._found, strict=True):
            found = decisions.get(difference.key) if difference else None
            if difference is None:
                yield place, next(iter(place)), None
            elif found and found.choice != NONE:
                yield place, next(iter(place)) if found.choice == BOTH else int(found.choice), found

    def _labels(self, of: Callable[[Item], str]) -> list[list[str | None]]:
        """A label of each group by each coder; None where a coder marked nothing there."""
        return [[of(one) if (one := group.get(c)) else None for c in self.coders] for group in self.groups]


class QuoteSettling(SpanSettling[Coded]):
    """Quotations; equal when the speaker is the same as well."""

    name, title, what = "quotes", "Quotations", "quotation"
    files = (("coding/quotes-adjudicated.yaml", HEAD), ("attributions.yaml", SETTLED))

    def _marked(self, path: Path) -> Sequence[Coded]:
        return read_coding(path, self.article)

    def _named(self, passes: dict[int, Sequence[Coded]]) -> dict[int, Sequence[Coded]]:
        """Names that differ by an article or a capital are one, and others are as somebody decided."""
        self.speakers = list(self._alike(passes))
        self.renamed: dict[str, str] = {}
        decided = read_decided(self.folder).speakers
        shown: dict[str, str] = {}
        for quote in chain.from_iterable(passes.values()):
            shown.setdefault(plain(quote.speaker_name or ""), quote.speaker_name or "")
        for pair, *names in self.speakers:
            if (found := decided.get(pair.key)) and found.choice != TWO:
                new, old = names if found.choice == "1" else reversed(names)
                to, gone = shown[plain(new)], shown[plain(old)]
                shown = {name: to if now == gone else now for name, now in shown.items()}
                self.renamed[gone] = to
        return {
            coder: [replace(q, speaker_name=shown[plain(q.speaker_name or "")] or None) for q in quotes]
            for coder, quotes in passes.items()
        }

    def _alike(self, passes: Mapping[int, Sequence[Coded]]) -> Iterator[tuple[Difference, str, str]]:
        """Names that are nearly the same, one of each coder, where nobody has both: as a question, once for each pair."""
        places: dict[int, dict[str, list[str]]] = {}
        for coder, quotes in passes.items():
            for quote in quotes:
                if quote.speaker_name:
                    at = places.setdefault(coder, {}).setdefault(quote.speaker_name, [])
                    at.append(self.article.paragraph_of(quote.content))
        known = [{plain(name) for name in names} for names in places.values()]
        asked = set()
        for first, second in combinations(places, 2):
            same = {
                (one.speaker_name, other.speaker_name)
                for one, other in product(passes[first], passes[second])
                if one.content.overlaps(other.content)
            }
            for one, other in product(places[first], places[second]):
                pair = frozenset((plain(one), plain(other)))
                if len(pair) < 2 or pair in asked or any(pair <= names for names in known):
                    continue
                if alike(one, other, same=(one, other) in same):
                    asked.add(pair)
                    told = (
                        f"“{name}” ({named([coder])}: {', '.join(dict.fromkeys(places[coder][name]))})"
                        for coder, name in ((first, one), (second, other))
                    )
                    key = hashlib.sha256("\n".join(sorted(pair)).encode()).hexdigest()[:10]
                    yield Difference(key, "", " and ".join(told), one_or_two(one, other)), one, other

    def _same(self, one: Coded, other: Coded) -> bool:
        return one.speaker_name == other.speaker_name and super()._same(one, other)

    def _read(self, one: Coded) -> str:
        kind = "Scare quotes" if one.kind == "scare" else one.kind.capitalize()
        return f"{kind}, {one.speaker_name or 'nobody named'}: {quoted(self.article[one.content])}"

    def measured(self) -> list[Measured]:
        words = self.article.words()
        inside = [[any(one.content.overlaps(w) for one in p) for p in self.passes.values()] for w in words]
        return [
            measure("Words inside or outside of a quotation", inside),
            measure("Kind of what both marked", self._labels(lambda one: one.kind)),
            measure("Speaker of what both marked", self._labels(lambda one: one.speaker_name or "")),
        ]

    def settled(self, decisions: Mapping[str, Decision]) -> list[Coded]:
        """What everybody marked in the same way, and what was decided; in text order."""
        return [
            replace(one, note=found.reason or one.note) if found else one
            for place, coder, found in self._chosen(decisions)
            for one in place[coder]
        ]

    def _written(self, decisions: Mapping[str, Decision]) -> str:
        entries = [entry_of(one, self.article) for one in self.settled(decisions)]
        write_whole(self.folder / self.files[0][0], yaml_bytes(entries, HEAD))
        settle_case(self.folder)
        return f"The key has {count(len(entries), 'quotation')}, with the share of coders behind each."

    def names(self, decisions: Mapping[str, Decision]) -> list[str]:
        """Everybody who speaks in what is settled."""
        return list(dict.fromkeys(one.speaker_name for one in self.settled(decisions) if one.speaker_name))


class ClaimSettling(SpanSettling[MarkedClaim]):
    """Claims and their kinds."""

    name, title, what = "claims", "Claims", "claim"
    asks = ("settle_differs", "settle_claims")
    files = (
        ("coding/claims-adjudicated.yaml", ANNOTATED),
        (claim_key.CLAIMS, ANNOTATED),
        (claim_key.EVIDENCE, ANNOTATED),
    )

    def __init__(self, folder: Path, article: Article) -> None:
        self.read: dict[int, ClaimsPass] = {}
        super().__init__(folder, article)

    def _marked(self, path: Path) -> Sequence[MarkedClaim]:
        """The claims in the sentences that the first coder chose for the class; nothing is known of the others."""
        found = claim_key.read_claims(path, self.article)
        self.read[int(path.stem.rsplit("-", 1)[1])] = found
        first = next(iter(self.read.values()))
        chosen = {self._number(claim) for claim in first.claims}
        return [claim for claim in found.claims if self._number(claim) in chosen]

    def _number(self, claim: MarkedClaim) -> int:
        return self.article.number_at(claim.span.start)

    def _read(self, one: MarkedClaim) -> str:
        return f"{one.kind.capitalize()}: “{one.text}”"

    def _more(self, place: Mapping[int, Sequence[MarkedClaim]]) -> Iterable[Option]:
        kinds = list(dict.fromkeys(one.kind for some in place.values() for one in some))
        single = len(kinds) == 2 and all(len(some) == 1 for some in place.values())
        return [Option(BOTH, f"Both kinds fit: {kinds[0]}, and {kinds[1]} as well")] if single else ()

    def _without(self, place: Mapping[int, Sequence[MarkedClaim]]) -> str:
        """Somebody with no claim here has others in the sentence, or said that it makes none."""
        number = self._number(next(iter(place.values()))[0])
        missing = [coder for coder in self.coders if coder not in place]
        others = [c for c in missing if any(self._number(claim) == number for claim in self.passes[c])]
        none = [c for c in missing if number in self.read[c].without]
        said = (("No claim of its own", others), ("No claim", none))
        return "; ".join(f"{what} ({named(coders)})" for what, coders in said if coders)

    def measured(self) -> list[Measured]:
        def label(group: Mapping[int, MarkedClaim], coder: int) -> str | None:
            if one := group.get(coder):
                return one.kind
            return NONE if self._number(next(iter(group.values()))) in self.read[coder].without else None

        rows = [[label(group, coder) for coder in self.coders] for group in self.groups]
        return [measure("Kind of what both judged, or no claim", rows)]

    def settled(self, decisions: Mapping[str, Decision]) -> ClaimsPass:
        """What everybody marked in the same way, and what was decided.

        A claim of the first coder keeps its id, its words for the class and what it is worth, whoever's reading of it was
        chosen; one that only another coder has gets that coder's number behind its id.
        """
        first = self.read[self.coders[0]]
        kept = []
        for place, coder, found in self._chosen(decisions):
            own = place.get(self.coders[0], [])
            pairs = match_spans([one.span for one in place[coder]], [one.span for one in own], self.index)
            known = {i: own[j] for i, j, _ in pairs}
            for i, claim in enumerate(place[coder]):
                mine = known.get(i)
                if mine is None:
                    changed: dict[str, Any] = {"id": f"{claim.id}-{coder}"}
                else:
                    says = mine.says if mine.span == claim.span else claim.says
                    changed = {"id": mine.id, "gain": mine.gain, "worth": mine.worth, "says": says}
                if found and found.choice == BOTH:
                    changed["other"] = next(
                        one.kind for some in place.values() for one in some if one.kind != claim.kind
                    )
                if found and found.reason:
                    changed["why"] = found.reason
                kept.append(claim.model_copy(update=changed))
        return first.model_copy(update={"claims": kept})

    def _written(self, decisions: Mapping[str, Decision]) -> str:
        made = self.settled(decisions)
        self._rewrite(made)
        return f"The key has {count(len(made.claims), 'claim')}."


class VerdictSettling(Settling):
    """Verdicts on the same claims, with the same cards."""

    name, title = "verdicts", "Verdicts"
    asks = ("settle_differs", "settle_verdicts")
    files = ((f"coding/{claim_key.VERDICTS}",), *ClaimSettling.files[1:])

    def __init__(self, folder: Path, article: Article) -> None:
        super().__init__(folder, article)
        read = {number: claim_key.read_evidence(path) for number, path in coder_files(folder, "evidence")}
        self.passes = {number: {v.claim: v for v in one.verdicts} for number, one in read.items() if one.verdicts}
        self.coders = list(self.passes)
        self.judged: dict[str, dict[int, GivenVerdict]] = {}
        self._found: dict[str, Difference] = {}
        for claim in claim_key.key_claims(folder, article).claims:
            given = {coder: one[claim.id] for coder, one in self.passes.items() if claim.id in one}
            if given:
                self.judged[claim.id] = given
            readings = _readings(
                given,
                lambda one, other: one.verdict == other.verdict,
                lambda one: f"{one.verdict.capitalize()}: {one.explanation}",
            )
            if given and self.coders[0] not in given:
                readings[NONE] = f"No verdict: only {named(list(given)).lower()} judged this"
            if len(readings) > 1:
                self._found[claim.id] = self._difference(claim.span, readings)
        self.differences = list(self._found.values())

    def measured(self) -> list[Measured]:
        rows = [[one.verdict if (one := given.get(c)) else None for c in self.coders] for given in self.judged.values()]
        return [measure("Verdict on the claims that both judged", rows)]

    def _written(self, decisions: Mapping[str, Decision]) -> str:
        settled, left, added = [], [], []
        for claim, given in self.judged.items():
            difference = self._found.get(claim)
            if difference is None:
                settled.append(next(iter(given.values())))
            elif (found := decisions.get(difference.key)) and found.choice != NONE:
                chosen = given[int(found.choice)]
                added += [claim] * (self.coders[0] not in given)
                settled.append(chosen.model_copy(update={"explanation": found.reason}) if found.reason else chosen)
            else:
                left.append(claim)
        made = claim_key.SettledVerdicts(verdicts=settled, open=left, added=added)
        self._rewrite(made)
        return f"The key has {count(len(settled), 'verdict')}."


class WordingSettling(Settling):
    """The questions of the framing codebook. All passes stay in the key as shares; a decision is one more reading."""

    name, title = "wording", "Framing"
    asks = ("settle_wording",)
    files = ((f"coding/{SETTLED_ITEMS}", HEAD),)

    def __init__(self, folder: Path, article: Article) -> None:
        super().__init__(folder, article)
        self.gold: FramingGold | None = load_case(folder).framing if (folder / "frames.yaml").is_file() else None
        if self.gold is None:
            return
        names = [name for name in self.gold.coders if re.fullmatch(r"frames-coder-\d+", name)]
        self.codings = {int(name.rsplit("-", 1)[1]): self.gold.codings[name] for name in names}
        self.coders = list(self.codings)
        for item in self.gold.codebook.items:
            found: dict[str, list[int]] = {}
            for coder, coding in self.codings.items():
                found.setdefault(coding.items[item.id].answer, []).append(coder)
            if len(found) > 1:
                options = tuple(
                    Option(answer, self._read(item.id, answer, found[answer])) for answer in sorted(found, reverse=True)
                )
                self.differences.append(Difference(item.id, item.id, item.ask, options))

    def _read(self, item: str, answer: str, coders: Sequence[int]) -> str:
        numbers = sorted({n for coder in coders for n in self.codings[coder].items[item].evidence})
        at = [f"S{n} {quoted(self.article[self.article.sentences[n - 1].span])}" for n in numbers]
        return f"{answer.capitalize()} ({named(coders)})" + (f": {'; '.join(at)}" if answer == "yes" and at else "")

    def measured(self) -> list[Measured]:
        assert self.gold is not None
        return [
            measure(what[:1].upper() + what[1:], units) for what, units in panel_units(self.gold, self.article).items()
        ]

    def open_ones(self, left: int) -> str:
        return f"{count(left, 'is', 'are')} open: there, the readings of the coders count alike."

    def _written(self, decisions: Mapping[str, Decision]) -> str:
        answers = {key: found.choice for key, found in decisions.items()}
        write_whole(self.folder / self.files[0][0], yaml_bytes({"items": answers}, HEAD))
        return "Each answer in the key has the share of readings behind it; a decision counts as one more."


def _readings(
    group: Mapping[int, Reading], same: Callable[[Reading, Reading], bool], read: Callable[[Reading], str]
) -> dict[str, str]:
    """The different readings of a group: by the number of the first coder who has it, what it says and who has it."""
    versions: list[tuple[Reading, list[int]]] = []
    for coder, one in group.items():
        for version, coders in versions:
            if same(version, one):
                coders.append(coder)
                break
        else:
            versions.append((one, [coder]))
    return {str(coders[0]): f"{read(one)} ({named(coders)})" for one, coders in versions}


def named(coders: Sequence[int]) -> str:
    """Coders in words: "Coder 1", "Coders 1 and 2"."""
    numbers = [str(coder) for coder in coders]
    return f"Coder {numbers[0]}" if len(numbers) == 1 else f"Coders {', '.join(numbers[:-1])} and {numbers[-1]}"


def read_decided(folder: Path) -> Decided:
    """What was decided so far. Raises CaseError when the file is damaged."""
    path = folder / "coding" / FILE
    # A file with nothing in it but its head is read as None.
    return load_model(Decided, path) if path.is_file() and read_text(path).strip() != HEAD.strip() else Decided()


SETTLINGS: tuple[type[Settling], ...] = (QuoteSettling, ClaimSettling, VerdictSettling, WordingSettling)


def report(folder: Path, article: Article) -> list[str]:
    """What is settled and what is open, in lines."""
    lines = []
    for kind in SETTLINGS:
        found: Any = kind(folder, article)
        if len(found.coders) > 1:
            lines += [found.title, *(f"  {row}" for row in found.measured())]
            lines.append(f"  {found.told(found.decisions()) or 'Nothing differs.'}")
    return lines
