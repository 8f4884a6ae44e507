"""What can be checked: claims, their kinds, and what each is worth. It writes the files of 2.1 to 2.3.

The form of ``coding/claims-coder-N.yaml`` is at the top of ``claim_key.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, get_args

from medialit.article import Article, Sentence, Span
from medialit.authoring.annotate import claim_key
from medialit.authoring.annotate.base import NOT_ENGLISH, AnnotationStep, Steps, open_now, pass_path
from medialit.authoring.annotate.claim_key import MarkedClaim, alone, say, words
from medialit.case.claims import ClaimKind
from medialit.english import count, listed, quoted
from medialit.errors import MedialitError
from medialit.forms import CardForm, ChoiceForm, Field, Option, SpanForm, TableForm
from medialit.forms.card import Blank
from medialit.lenses.claims import NO_RULE, claim_kinds, score_claims
from medialit.lenses.quotes import find_quotes
from medialit.units.registry import number_of

KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
NO_CLAIM = "none"  # what a second coder can say of a sentence in which the first one marked a claim
GAINS = tuple(Option(str(n), str(n)) for n in range(4, -1, -1))
SHARED = 0.5  # of both stretches of words: then they are one claim whose edge was moved
ALMOST = 0.8  # then what was written about it still fits
SHORTEST = 3  # words of a sentence that may say something
LEFT = 4  # words beside the claims of a sentence that may be one more
# Words that often join two claims: after a comma, before a verb, or before a part of its own.
_JOINED = re.compile(
    r"[,;] (and|but|or|while|which|who|as)\b|\b(because|although|while|after|before)\b"
    r"|\b(and) (?:was|were|is|are|has|have|had|that)\b"
)


def _kinds() -> tuple[Option, ...]:
    return tuple(Option(kind, words()["kinds"][kind]) for kind in KINDS)


class ClaimCoding(Steps):
    """Five steps: choose sentences, mark the claims in them, rate these, put them in words, choose what the class gets.

    Which sentences the class gets is the choice of the first coder. A second one says the kind of these, without seeing what
    the first one said, and marks the claims in them.
    """

    about = "What can be checked in “{}”"

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.path = pass_path(folder, "claims", coder)
        self.works_on(folder, article, coder, self.path)
        self.coded = claim_key.read_claims(self.path, article)
        self._gone: list[MarkedClaim] = []
        self._asked: set[Span] = set()  # words in no mark that somebody was asked about
        super().__init__([self._sentences()])

    @property
    def claims(self) -> list[MarkedClaim]:
        """What is confirmed, in text order."""
        return self.coded.claims

    @property
    def _settled(self) -> bool:
        """Is the key made from what several coders agreed on?"""
        return self.path.with_name("claims-adjudicated.yaml").is_file()

    @property
    def is_done(self) -> bool:
        """The first coder has put what was rated in words, and the key is made; another one has judged every sentence."""
        if self.coder > 1:
            return bool(self._asked_of) and not self._open()
        rated = [claim for claim in self.claims if claim.gain is not None]
        return bool(rated) and all(claim.worth for claim in rated) and (self.folder / claim_key.CLAIMS).is_file()

    @property
    def _steps(self) -> int:
        return 5 if self.coder == 1 else 2

    # --- which sentences ---

    @property
    def _asked_of(self) -> set[int]:
        """The numbers of the sentences that a second coder is asked about; for the first one, of all."""
        if self.coder == 1:
            return {sentence.number for sentence in self.article.sentences}
        first = claim_key.read_claims(self.path.with_name("claims-coder-1.yaml"), self.article)
        return {self._number(claim) for claim in first.claims}

    @cached_property
    def _kinds(self) -> dict[int, tuple[str, str]]:
        """The kind of claim that a program proposes for each sentence, and why; nothing for a second coder."""
        return claim_kinds(self.article) if self.aided else {}

    def _sentences(self) -> AnnotationStep:
        scores = {one.sentence: one.score for one in score_claims(self.article)} if self.aided else {}
        offered = sorted(self._offered(), key=lambda one: -scores.get(one.number, 0))
        kinds, second = _kinds(), self.coder > 1
        if second:
            kinds = (*kinds, Option(NO_CLAIM, words()["blanks"]["no_claim"]))
        form = TableForm(
            tuple(Option(str(one.number), self._read(one)) for one in offered), (Field("kind", "Kind", kinds),)
        )
        told = say("sentences" if self.aided else "sentences_second" if second else "sentences_unaided")
        title = f"1 of {self._steps} · {'Which kind?' if second else 'Which sentences?'}"
        if second and not self._asked_of:
            return self._step("sentences", title, say("sentences_none"), None, lambda *_: None, save="")
        if not self.article.is_english:
            told += f"\n\n{NOT_ENGLISH}"
        split = {self._number(claim) for claim in self.claims} - self._alone().keys()
        if split := split & self._asked_of:
            told += "\n\n" + say("already_split", n=len(split))
        held: dict[str, dict[str, str]] = {str(n): {"kind": claim.kind} for n, claim in self._alone().items()}
        held |= {str(number): {"kind": NO_CLAIM} for number in self.coded.without}
        return self._step("sentences", title, told, form, self._pressed_sentences, self.choose, held=held)

    def _offered(self) -> list[Sentence]:
        """The sentences that are not split; for the first coder without headings and what is too short to say anything."""
        asked = self._asked_of
        split = {self._number(claim) for claim in self.claims} - self._alone().keys()
        return [
            sentence
            for sentence in self.article.sentences
            if sentence.number in asked
            and sentence.number not in split
            and (
                self.coder > 1
                or (
                    self.article.blocks[sentence.block].kind != "heading"
                    and len(self.article.words(sentence.span)) >= SHORTEST
                )
            )
        ]

    def _read(self, sentence: Sentence) -> str:
        number = self.article.blocks[sentence.block].number
        text = f"{f'¶{number}: ' if number else ''}{' '.join(self.article[self._whole(sentence, stop=True)].split())}"
        if sentence.number not in self._kinds:
            return text
        kind, why = self._kinds[sentence.number]
        return f"{text}\nProposed: {kind}{f' ({why})' if why != NO_RULE else ''}"

    def _alone(self) -> dict[int, MarkedClaim]:
        """The sentences with one claim."""
        found: dict[int, list[MarkedClaim]] = {}
        for claim in self.claims:
            found.setdefault(self._number(claim), []).append(claim)
        return {number: claims[0] for number, claims in found.items() if len(claims) == 1}

    def _number(self, claim: MarkedClaim) -> int:
        return self.article.number_at(claim.span.start)

    def choose(self, answer: Mapping[str, Mapping[str, str]] | None) -> None:
        """Keep the kinds of whole sentences, ``{"12": {"kind": "checkable"}}``; a sentence that is left out has no claim.

        A second coder says so of a sentence: ``{"12": {"kind": "none"}}``. Without a word, nothing is known of it.
        """
        single, offered = self._alone(), self._offered()
        numbers = {sentence.number for sentence in offered}
        kept = [claim for claim in self.claims if self._number(claim) not in numbers]
        without = {number for number in self.coded.without if number not in numbers}
        for sentence in offered:
            kind = ((answer or {}).get(str(sentence.number)) or {}).get("kind")
            claim = single.get(sentence.number)
            if kind == NO_CLAIM:
                without.add(sentence.number)
            elif kind:
                span = claim.span if claim else self._whole(sentence)
                kept.append(self._as(span, kind, claim))
        self._keep(kept, without=sorted(without))

    def _whole(self, sentence: Sentence, *, stop: bool = False) -> Span:
        """A sentence without the sign before it in a list and, unless with its ``stop``, without that."""
        text = self.article[sentence.span]
        start = sentence.span.start + len(text) - len(text.lstrip(" -–•*"))
        return Span(start, sentence.span.start + len(text.rstrip(" " if stop else " .!?…")))

    def _pressed_sentences(self, _: str, answer: Any) -> None:
        self.choose(answer)
        if self.coder > 1:
            left = self._open()
            if left:
                raise MedialitError(say("sentence_open", words=quoted(self.article[left[0].span][:60])))
            self.turn([self._marks() if self._here() else self._done()])
            return
        if not self.claims:
            raise MedialitError("No kind is chosen yet. Choose the kind of at least one sentence.")
        self.turn([self._marks()])

    def _open(self) -> list[Sentence]:
        """The sentences of which a second coder has not said anything yet."""
        said = {self._number(claim) for claim in self.claims} | set(self.coded.without)
        return [one for one in self.article.sentences if one.number in self._asked_of - said]

    def _here(self) -> list[MarkedClaim]:
        """The claims in sentences that this coder is asked about."""
        asked = self._asked_of
        return [claim for claim in self.claims if self._number(claim) in asked]

    # --- which claims in them ---

    def _marks(self) -> AnnotationStep:
        asked = self._asked_of - set(self.coded.without)
        numbers = tuple(sentence.number for sentence in self.article.sentences if sentence.number in asked)
        form = SpanForm((numbers,), _kinds(), self.article)
        title = f"2 of {self._steps} · Which claims are in them?"
        told = say("claims") + (f" {say('claims_first', split=_of('split'))}" if self.coder == 1 else "")
        if found := self._joined():
            joins = ", ".join(f"“{word}”" for word in sorted({word for _, word in found}))
            told += "\n\n" + say("joined", sentences=listed([f"S{number}" for number, _ in found]), words=joins)
        held = [[*claim.span, claim.kind] for claim in self._here()]
        return self._step("claims", title, told, form, self._pressed_marks, self.mark, self._sentences, held)

    def _joined(self) -> list[tuple[int, str]]:
        """(number, joining word) of the chosen sentences that may hold several claims; nothing where nothing is proposed."""
        if not self.aided:
            return []
        single = {number: _JOINED.search(claim.text) for number, claim in self._alone().items()}
        return [(number, next(filter(None, found.groups()))) for number, found in single.items() if found]

    def _pressed_marks(self, *_: Any) -> None:
        if not self.claims:
            raise MedialitError("Nothing is marked yet. Mark at least one claim, or go back to the sentences.")
        if self.coder > 1 and (open_ones := self._open()):
            raise MedialitError(say("mark_open", words=quoted(self.article[open_ones[0].span][:60])))
        if left := [span for span in self._unmarked() if span not in self._asked]:
            self._asked.update(left)
            raise MedialitError(say("half", words=listed([quoted(self.article[span]) for span in left])))
        self.turn([self._worth() if self.coder == 1 else self._done()], "" if self.coder == 1 else self._written())

    def _done(self) -> AnnotationStep:
        return self.step(
            "done", "Saved", say("claims_done"), None, [("back", "Back to the sentences")], lambda *_: None,
            back=lambda: [self._sentences()],
        )  # fmt: skip

    def _unmarked(self) -> list[Span]:
        """What is in no mark, beside one in its sentence, and long enough to say something: not who says it."""
        said = self.article.is_english and [quote.cue for quote in find_quotes(self.article) if quote.cue]
        found = []
        for number in sorted({self._number(claim) for claim in self._here()}):
            claims = [claim.span for claim in self.claims if self._number(claim) == number]
            words = [
                w for w in self.article.words(self.article.sentences[number - 1].span) if self.article[w][0].isalnum()
            ]
            for inside, run in groupby(words, key=lambda word: any(word.overlaps(span) for span in claims)):
                if len(left := list(run)) >= LEFT and not inside:
                    span = Span(left[0].start, left[-1].end)
                    found += [span] * (not any(span.overlaps(cue) for cue in said or ()))
        return found

    def mark(self, answer: Any) -> None:
        """Keep these claims, ``[[start, end, kind], …]``. A claim whose edge was moved stays the same one.

        A mark around others goes: its sentence was split.
        """
        given = SpanForm((), _kinds(), self.article).read(answer or [])
        asked = self._asked_of - set(self.coded.without)
        given = [mark for mark in given if self.article.number_at(mark.start) in asked]
        marks = sorted(mark for mark in given if not any(_around(mark.span, other.span) for other in given))
        for one, other in pairwise(marks):
            if other.start < one.end:
                words = quoted(self.article[other.span][:60])
                raise MedialitError(f"Two claims overlap at {words}. A word belongs to one claim. Remove a mark.")
        for mark in marks:
            sentence = self.article.sentence_at(mark.start)
            if sentence is None or mark.end > sentence.span.end:
                words = quoted(self.article[mark.span][:60])
                raise MedialitError(f"The claim {words} runs over the end of its sentence. Mark it in two parts.")
        here = self._here()
        known = [*here, *self._gone]
        pairs = [(_alike(mark.span, claim.span), n, claim) for n, mark in enumerate(marks) for claim in known]
        same: dict[int, MarkedClaim] = {}
        for share, n, claim in sorted(pairs, key=lambda pair: -pair[0]):
            if share >= SHARED and n not in same and claim.id not in [one.id for one in same.values()]:
                same[n] = claim
        elsewhere = [claim for claim in self.claims if claim not in here]
        self._keep([*elsewhere, *(self._as(mark.span, mark.label, same.get(n)) for n, mark in enumerate(marks))])

    def _as(self, span: Span, kind: str, claim: MarkedClaim | None) -> MarkedClaim:
        """A claim at these words: a new one, or a known one with its number."""
        text = self.article[span]
        if claim is None:
            return MarkedClaim.model_validate({"id": "", "span": span, "text": text, "kind": kind})
        changed: dict[str, Any] = {"span": span, "text": text, "kind": kind}
        if _alike(span, claim.span) < ALMOST:
            changed |= {"says": ""}
        if kind != claim.kind:
            changed |= {"why": "", "other": None}
        return claim.model_copy(update=changed)

    def _keep(self, claims: Iterable[MarkedClaim], **more: Any) -> None:
        """Take over and write these claims. A new one gets the next number, and the number of one that goes stays unused."""
        number, kept = self.coded.next, []
        for claim in sorted(claims, key=lambda one: one.span):
            if not claim.id:
                claim, number = claim.model_copy(update={"id": f"c{number:02}"}), number + 1
            kept.append(claim)
        now = {claim.id for claim in kept}
        self._gone = [one for one in [*self._gone, *self.claims] if one.id not in now]
        self._save(next=number, claims=kept, **more)

    def _save(self, **changed: Any) -> None:
        made = self.coded.model_copy(update=changed)
        if made != self.coded or not self.path.is_file():
            with self.alone():
                claim_key.save(self.path, made)
        self.coded = made

    # --- what each is worth ---

    def _worth(self) -> AnnotationStep:
        rows = tuple(
            Option(claim.id, f"{self._where(claim)}: {claim.alone}\n{claim.kind}") for claim in self._by_kind()
        )
        form = TableForm(rows, (Field("gain", words()["blanks"]["gain"], GAINS),))
        title, told = "3 of 5 · What is worth a check?", say("worth", rank=_of("rank"))
        held = {claim.id: {"gain": str(claim.gain)} for claim in self.claims if claim.gain is not None}
        return self._step("worth", title, told, form, self._pressed_worth, self.rate, self._marks, held)

    def _by_kind(self) -> list[MarkedClaim]:
        return sorted(self.claims, key=lambda claim: (KINDS.index(claim.kind), claim.span))

    def _where(self, claim: MarkedClaim) -> str:
        return self.article.paragraph_of(claim.span)

    def rate(self, answer: Mapping[str, Mapping[str, str]] | None) -> None:
        """Keep ``{"c01": {"gain": "3"}}``; what is left out is not ranked."""
        gains = {name: int(cells["gain"]) for name, cells in (answer or {}).items() if cells.get("gain")}
        self._save(claims=[claim.model_copy(update={"gain": gains.get(claim.id)}) for claim in self.claims])

    def _pressed_worth(self, *_: Any) -> None:
        self.turn([self._words()])

    # --- in words ---

    def _words(self) -> AnnotationStep:
        told = words()["blanks"]
        blanks: list[Blank] = []
        answer: dict[str, str] = {}
        order = sorted(self._by_kind(), key=lambda claim: -1 if claim.gain is None else -claim.gain - 2)
        rated = [claim for claim in order if claim.gain is not None]
        for claim in rated:
            sentence = self.article.sentence_at(claim.span.start)
            read = self.article[self._whole(sentence, stop=True)] if sentence else claim.text
            head = f"{self._where(claim)} · {claim.kind} · worth {claim.gain}"
            label = told["worth"].format(gain=claim.gain)
            blanks += [
                Blank(f"{claim.id}says", told["says"], limit=240, lines=2, part=head, note=f"In the article: {read}"),
                Blank(f"{claim.id}worth", label, limit=200),
            ]
        for n, claim in enumerate(order[len(rated) :]):
            label, part = (
                f"{self._where(claim)} · {claim.kind}: {quoted(claim.text)}",
                told["open_part"] if not n else "",
            )
            note = told["open_note"]
            blanks.append(Blank(f"{claim.id}says", label, limit=240, lines=2, part=part, note=note, fold=not n))
        for n, claim in enumerate(order):
            label = told["kind"].format(claim=claim.alone, kind=claim.kind, default=words()["why"][claim.kind])
            part = told["kind_part"] if not n else ""
            blanks.append(Blank(f"{claim.id}why", label, limit=240, optional=True, part=part, fold=not n))
            answer |= {f"{claim.id}says": claim.alone, f"{claim.id}worth": claim.worth, f"{claim.id}why": claim.why}
        form = CardForm(tuple(blanks))
        title = "4 of 5 · In your own words"
        return self._step("words", title, say("words"), form, self._pressed_words, self.write, self._worth, answer)

    def write(self, answer: Mapping[str, str] | None) -> None:
        """Keep ``{"c01says": "…", "c01worth": "…", "c01why": "…"}`` as it was typed; what has no box stays."""
        given = answer or {}
        kept = []
        for claim in self.claims:
            says = (given.get(f"{claim.id}says") or "").strip()
            worth = claim.worth if claim.gain is None else (given.get(f"{claim.id}worth") or "").strip()
            changed = {"says": "" if says == alone(claim.text) else says, "worth": worth}
            kept.append(claim.model_copy(update=changed | {"why": (given.get(f"{claim.id}why") or "").strip()}))
        self._save(claims=kept)

    def _pressed_words(self, *_: Any) -> None:
        for claim in self.claims:
            if claim.gain is not None and not claim.worth:
                raise MedialitError(f"Why is “{claim.alone}” worth {claim.gain}? Write a short reason under it.")
        told = self._written()
        done = self._settled or claim_key.by_hand(self.folder)
        self.turn([self._words()] if done else self._class(), told)

    # --- what the class gets ---

    def _class(self) -> list[AnnotationStep]:
        evidence = claim_key.read_evidence(self.path.with_name("evidence-coder-1.yaml"))
        key, _ = claim_key.made_key(self.article, self.coded, evidence)
        sentences = {sentence.number: self.article[sentence.span] for sentence in self.article.sentences}
        joined = claim_key.split_sentences(self.article, self.claims)
        ranked = sorted((c for c in self.claims if c.gain is not None), key=lambda c: -(c.gain or 0))
        ends = claim_key.tops([claim.gain or 0 for claim in ranked]) if key.rank else []
        return [
            self._choice(
                "split", "5 of 5 · Exercise {}: sentences to split", self._use_splits,
                [Option(f"S{number}", f"S{number}: {sentences[number]}") for number in joined],
                [f"S{one.sentence}" for one in key.splits],
            ),
            self._choice(
                "classify", "Exercise {}: statements to tell apart by kind", self._use_statements,
                [Option(claim.id, f"{claim.text} · {claim.kind}") for claim in self.claims],
                [one.key for one in key.classify],
            ),
            self._choice(
                "rank", "Exercise {}: the claims that should be checked first", self._use_top,
                [Option(f"top{n}", f"The first {n}, down to: {ranked[n - 1].alone}") for n in ends], f"top{key.top}",
            ),
        ]  # fmt: skip

    def _choice(
        self, exercise: str, title: str, use: Callable[[Any], None], options: Sequence[Option], chosen: str | list[str]
    ) -> AnnotationStep:
        """What an exercise takes: chosen by rule, or what it still lacks."""
        form = ChoiceForm(tuple(options), isinstance(chosen, list)) if options and chosen else None
        most = {"split": claim_key.MOST_SPLITS, "classify": claim_key.MOST_ROWS}.get(exercise)
        rule = say(f"rule_{exercise}", n=most)
        told = say("chosen", rule=rule) if form else say(f"no_{exercise}", number=_of(exercise))
        press, save = self._pressed_class(use), "Use this" if form else ""
        return self._step(exercise, title.format(_of(exercise)), told, form, press, None, self._words, chosen, save)

    def _pressed_class(self, use: Callable[[Any], None]) -> Callable[[str, Any], None]:
        def pressed(_: str, answer: Any) -> None:
            use(answer)
            told = self._written()
            self.turn(self._class(), told)

        return pressed

    def _use_splits(self, answer: Any) -> None:
        if not answer:
            raise MedialitError("Choose at least one sentence.")
        self._save(splits=[int(key.removeprefix("S")) for key in answer or []])

    def _use_statements(self, answer: Any) -> None:
        chosen = [claim for claim in self.claims if claim.id in (answer or [])]
        if len({claim.kind for claim in chosen}) < claim_key.LEAST:
            raise MedialitError(
                f"Choose statements of at least {claim_key.LEAST} kinds, so that one answer everywhere is not right."
            )
        self._save(classify=[claim.id for claim in chosen])

    def _use_top(self, answer: Any) -> None:
        self._save(top=int(answer.removeprefix("top")) if answer else None)

    def _written(self) -> str:
        """Write the key; says what unit 2 has now."""
        if told := write_key(self.folder, self.article, self.coder):
            return told
        if self._settled:
            return say("from_settled")
        return f"{say('claims_saved', claims=count(len(self.claims), 'claim'))} {served(self.folder)}"

    # --- all steps ---

    def _step(
        self, name: str, title: str, told: str, form: Any, press: Callable[[str, Any], None],
        keep: Callable[[Any], None] | None = None, back: Callable[[], AnnotationStep] | None = None,
        held: Any = None, save: str = "Save, and go on",
    ) -> AnnotationStep:  # fmt: skip
        buttons = [("save", save)] * bool(save) + [("back", "Back")] * bool(back)
        return self.step(name, title, told, form, buttons, press, keep, held, back=back and (lambda: [back()]))

    def lines(self) -> list[str]:
        return [f"{claim.id} {claim.kind}: “{claim.text}”" for claim in self.claims]


def write_key(folder: Path, article: Article, coder: int) -> str:
    """Write the key; says instead that only the pass was saved, where it is a second coder's or files are by hand."""
    if coder > 1:
        return say("saved")
    if own := claim_key.by_hand(folder):
        return say("by_hand", files=listed(own))
    claim_key.write_key(folder, article)
    return ""


def served(folder: Path) -> str:
    """Which exercises of unit 2 a case has now, and what the first of the others lacks."""
    lacking = {name: say(f"no_{name}", number=_of(name)) for name in ("split", "classify", "rank", "verify")}
    return open_now(folder, "claims", lacking)


def _of(exercise: str) -> str:
    return number_of("claims", exercise)


def _around(one: Span, other: Span) -> bool:
    return one != other and one.start <= other.start and other.end <= one.end


def _alike(one: Span, other: Span) -> float:
    """The words that two stretches share, as a part of the longer one."""
    return one.shared(other) / max(one.end - one.start, other.end - other.start)
