"""Who is it really: from the words that name a speaker to the fullest name the article gives.

1. A name in the words: look for a longer form of it nearby ("Kishida" -> "Fumio Kishida").
2. A pronoun: the last speaker or the person the sentence before begins with, if he or she fits.
3. A role ("the Japanese leader"): the person to whom the article gave that title or that country.
4. Nothing of that: the source has no name; its words are kept as they stand and marked as unnamed.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from medialit.article import Article, Span
from medialit.lenses.quoting.entities import NEAR, Entities
from medialit.lenses.quoting.lexicon import bodies_alone, groups, nations, nouns, titles, words
from medialit.lenses.quoting.names import Name, names_in
from medialit.lenses.quoting.speaker_words import best_name, fits, head_of, is_role, plain, role_gender
from medialit.lenses.quoting.verbs import verb_form

_NOTHING = Span(0, 0)
_HE_OR_SHE = re.compile(r"\b(?:he|she|his|her|him)\b")
_BYLINE = re.compile(r"^By ((?:[^\W\d_][\w.’'-]* ?){2,4})(?=,|$)", re.MULTILINE)
_ROLE = re.compile(r"(?:(?:But|And|Yet) )?((?:[Tt]he|[Aa]n?|One)(?: [a-z][\w’'-]*){1,4})(?! ?[A-Z’'])")
_WHOM = re.compile(r"\bwhom\s+$")
_SUBJECT = re.compile(r"(?: [a-z]+ly)? ([a-z]+)")
_MODIFIES = re.compile(
    r" (?!is\b|was\b|has\b|had\b|will\b|and\b|of\b|on\b|in\b|at\b|to\b|for\b|who\b)[a-z]+(?<!ed)(?<!s)\b"
)
_BEFORE_NAME = re.compile(r"(\S+)\s+(?:[A-Z][\w.’'-]*\s+)*$")


class Entity(NamedTuple):
    """A resolved speaker. ``mentions`` is the chain from the words at the cue to the fullest name."""

    name: str | None
    mentions: tuple[Span, ...]
    unnamed: bool
    kind: str
    gender: str
    why: str


class Coreference(Entities):
    """The entities of an article, and who of them speaks."""

    def __init__(self, article: Article, starts: Sequence[int]) -> None:
        super().__init__(article, starts)
        self.spoken: dict[str, Entity] = {}  # the last "he" and the last "she"

    def writer(self, span: Span) -> Entity:
        """The writer of the article, for "I" outside of quotation marks."""
        line = _BYLINE.search(self.text, 0, 600)
        mentions = (span, Span(*line.span(1))) if line else (span,)
        return Entity(line and line.group(1).strip(), mentions, line is None, "person", "", "the writer of the article")

    def resolve(self, span: Span, last: Entity | None, last_start: int | None, said: Span = _NOTHING) -> Entity:
        """Who the words of ``span`` mean; ``last`` is the speaker before, who spoke at ``last_start``.

        Nobody who is named only in ``said``, the speaker's own words, is taken for the speaker.
        """
        shown = self.text[slice(*span)]
        low = shown.lower().replace("’", "'").strip()
        if len(low) > 1 and shown.isupper():
            low = shown  # the WHO is no relative pronoun
        if low in words("subject object") or low in ("one", "himself", "herself", "his", "her", "its", "their"):
            return self._pronoun(span, low, last, last_start, said)
        if low in words("rel"):
            return self._relative(span, last)
        head = head_of(shown)
        other = self._other_words(span, head, last, last_start, said)
        if other and not self.within(Span(span.start + len(head), span.end)):
            return other
        head = self._with_whole_names(span, head)
        whole = Span(span.start, span.start + len(head))
        named = self.within(whole)
        if not named and all(word[0].isupper() for word in head.split()):
            named = names_in(self.text, whole)  # a headline's names are not in the list
        last_word = head.split()[-1].lower() if head.split() else ""
        if groups().get(last_word, "text") != "text" or (" and " in head and len(named) > 1):
            # "Japanese officials", "Roe and Khan": the words themselves are the best name.
            unnamed = last_word in groups()
            note = "no name is given for this source" if unnamed else "several speakers together"
            return Entity(plain(shown), (span,), unnamed, "group", "", note)
        chosen = best_name(named, self.text, span.start + len(head))
        after = [n for n in self.within(span) if n.span.start >= span.start + len(head)]
        if chosen is None:
            # "Malaysia's Prime Minister, Najib Razak", "a seismologist, Ann Lee": the name stands beside the role.
            end = span.start + len(head)
            beside = [n for n in after if self.text[end : n.span.start].strip() == ","]
            beside = beside or [n for n in after if n.kind == "person" and is_role(head)]
            chosen = beside[0] if beside else None
        if chosen is not None:
            return self._named(span, chosen)
        if head.lower() == "the report" and last and self.is_medium(last.mentions[-1]):
            return last._replace(mentions=(span, *last.mentions), why=f"“{head}” is by the last speaker, “{last.name}”")
        role = self._role(span, head) or self._written_by(span, head) or self._body_role(span, head, last)
        role = role or self._author(span, head, last, last_start, said)
        if role:
            return role
        return Entity(plain(shown), (span,), True, "group", "", "no name is given for this source")

    def _other_words(
        self, span: Span, head: str, last: Entity | None, last_start: int | None, said: Span
    ) -> Entity | None:
        """``the Dutchman``, ``the 52-year-old``: the person who was spoken of before, in other words."""
        parts = head.lower().split()
        if len(parts) != 2 or parts[0] != "the" or parts[1] in titles():
            return None
        endings = {"woman": "she", "man": "he", "year-old": ""}
        gender = next((endings[end] for end in endings if parts[1].endswith(end)), None)
        if parts[1] in nations() and not parts[1].endswith(("sh", "ch", "ese", "ss")):
            gender = ""  # "the Italian"
        if gender is None:
            return None
        who = self._person_before(span.start, gender, last, last_start, said)
        return who and who._replace(mentions=(span, *who.mentions), why=f"“{head}” is “{who.name}”, named before")

    def _with_whole_names(self, span: Span, head: str) -> str:
        """The head of a phrase, longer when a name runs on: "University | of Oz president Ann Lee"."""
        end = span.start + len(head)
        for name in self.within(span):
            if name.span.start < end < name.span.end:
                end = name.span.end
                end += len(head_of(self.text[end : span.end])) if self.text[end : end + 1] == " " else 0
        return self.text[span.start : end]

    def _named(self, span: Span, name: Name) -> Entity:
        full = self.fullest(name)
        mentions = (span,) if full is name else (span, full.span)
        why = f"named as “{self.shown(name)}”"
        if full is not name:
            why += f", in full “{self.shown(full)}”"
        kind = name.kind if name.kind == "person" else full.kind
        if (
            kind == "name"
            and self.text[max(0, full.span.start - 4) : full.span.start].lower() == "the "
            and len(full.parts) == 1
        ):
            kind = "group"  # "the FA" is no "he"
        return Entity(self.shown(full), mentions, False, kind, self.gender(name, full), why)

    def _pronoun(self, span: Span, low: str, last: Entity | None, last_start: int | None, said: Span) -> Entity:
        gender = "he" if low in ("he", "him", "his", "himself") else "she" if low in ("she", "her", "herself") else ""
        if gender:
            who = self._person_before(span.start, gender, last, last_start, said)
            if who is not None:
                note = f"the last speaker, “{who.name}”" if who is last else f"“{who.name}”, named before"
                self.spoken[gender] = who
                if who.name and who.kind in ("person", "name"):
                    self.genders.setdefault(who.name, gender)
                return who._replace(mentions=(span, *who.mentions), gender=gender, why=f"“{low}” is {note}")
        elif last and low in ("i", "we"):
            return last._replace(mentions=(span, *last.mentions), why=f"“{low}” is the last speaker, “{last.name}”")
        elif low == "it" and self.text.startswith(" read", span.end):
            # "A card was left on the step. It read": the last text that is spoken of.
            near = re.findall(r"[\w’-]+", self.text[max(0, span.start - 200) : span.start])
            texts = [word for word in near if groups().get(word) == "text" or word in words("own")]
            return Entity(texts[-1] if texts else None, (span,), True, "group", "", "“it” is a text named before")
        elif low in ("they", "it", "them", "one", "its", "their"):
            several = last and (last.kind in ("body", "group") or (last.name or "").lower() in nations())
            many = last if several else self._body_before(span.start)
            if many:
                return many._replace(mentions=(span, *many.mentions), why=f"“{low}” is “{many.name}”, named before")
        return Entity(None, (span,), True, "group", gender, f"“{low}”: nobody before it fits")

    def _person_before(
        self, position: int, gender: str, last: Entity | None, last_start: int | None, said: Span
    ) -> Entity | None:
        """The person whom "he" or "she" at ``position`` means: sentence by sentence, back from the pronoun."""
        sentence = bisect_right(self.sentence_starts, position) - 1
        for back in range(8):
            at = sentence - back
            if at < 0:
                break
            start = self.sentence_starts[at]
            end = position if back == 0 else self.sentence_starts[at + 1]
            if last and last_start is not None and start <= last_start < end and fits(last.kind, last.gender, gender):
                return last
            near = self.names[bisect_left(self.name_starts, start) : bisect_left(self.name_starts, end)][:NEAR]
            spoken = [name for name in near if not said.start <= name.span.start < said.end]
            if back == 0 and _WHOM.search(self.text, max(0, position - 12), position):
                spoken = spoken[:-1]  # "Carl Finch, whom he called": he is somebody else
            ranked = [(self._rank(name, start, gender), name) for name in spoken]
            best = min((rank for rank, _ in ranked if rank is not None), default=None)
            if best is not None:
                who = next(self._named(name.span, name) for rank, name in ranked if rank == best)
                spoke = last and last.kind == "person" and fits(last.kind, last.gender, gender)
                return last if spoke and who.kind != "person" and back < 4 else who
            role = _ROLE.match(self.text, start, end) if back and start < position else None
            if role and (unnamed := self._subject_role(Span(*role.span(1)), end, gender)):
                return unnamed
        return last if last and fits(last.kind, last.gender, gender) else self.spoken.get(gender)

    def _subject_role(self, span: Span, stop: int, gender: str) -> Entity | None:
        """``The mayor``, who begins a sentence without a name and is meant by "he" in the next."""
        parts = self.text[slice(*span)].split()
        last = next((k for k, word in enumerate(parts) if word in titles()), 0)
        shown = " ".join(parts[: last + 1])
        whole = Span(span.start, span.start + len(shown))
        own = _HE_OR_SHE.search(self.text, whole.end, min(stop, whole.end + 200))  # "The mayor left her office."
        shows = role_gender(parts[last]) or ("" if not own else "she" if own.group() in ("she", "her") else "he")
        unnamed = Entity(plain(shown), (whole,), True, "person", shows, "no name is given for this source")
        who = self._role(whole, shown) or unnamed
        return who if last and fits(who.kind, who.gender, gender) else None

    def _rank(self, name: Name, start: int, gender: str) -> int | None:
        """How likely a pronoun in the next sentence means this name; 0 is best, None not at all.

        Subjects come first: a name after a preposition, with 's or in an opening clause comes after the others.
        """
        full = self.fullest(name)
        known = "person" in (full.kind, name.kind)
        verb = _SUBJECT.match(self.text, name.span.end) if name.span.start == start else None
        noun = name.parts[-1].endswith(("s", "ing", "ion", "ment", "ness", "ity"))
        opens = bool(verb and verb_form(verb.group(1)) in ("past", "part", "s")) and not noun
        if not fits(full.kind, self.gender(name, full), gender) or " ".join(full.parts) in nations():
            return None
        if not known and (self.is_medium(name.span) or not (opens or len(full.parts) > 1)):
            return None
        if not known and _MODIFIES.match(self.text, name.span.end) and not opens:
            return None  # "the New Hampshire primary"
        before = _BEFORE_NAME.search(self.text, max(start, name.span.start - 60), name.span.start)
        bound = before is not None and before.group(1).lower() in words("prep") - {"for"}
        if not known and before is not None and before.group(1).lower() in ("at", "in", "near"):
            return None  # a place
        owner = self.text[name.span.end : name.span.end + 2] in ("'s", "’s")
        comma = self.text.find(",", start, name.span.start + 200)
        first = self.text[start : start + 20].split(" ")[0].lower()
        clause = first.endswith(("ed", "ing")) or first in words("sub opener")
        return 2 * (bound or owner or (clause and name.span.start < comma)) + (not known and len(full.parts) == 1)

    def _body_before(self, position: int) -> Entity | None:
        """The ministry, firm or council that the sentences before name last."""
        at = bisect_left(self.name_starts, position)
        for name in reversed(self.names[max(0, at - 12) : at]):
            if name.kind == "body":
                return self._named(name.span, name)
        return None

    def _relative(self, span: Span, last: Entity | None) -> Entity:
        """``Jane Roe, who said``: the name or the words before the relative pronoun."""
        at = bisect_left(self.name_starts, span.start) - 1
        stop = self.text.rfind(". ", max(0, span.start - 300), span.start)
        start = stop + 2 if stop >= 0 else max(0, span.start - 300)
        before = self.text[start : span.start].rstrip(" ,")
        while at >= 0 and self.names[at].span.start >= start:
            name = self.names[at]
            if name.kind == "person" or name.span.end == start + len(before):
                who = self._named(name.span, name)
                return who._replace(mentions=(span, *who.mentions))
            at -= 1
            break
        piece = before.replace(",", ".").rsplit(".", 1)[-1].strip()
        noun = piece.split()[-1].lower() if piece.split() else ""
        if noun.isalpha() and noun not in words("prep and det adverb time object"):
            stop = start + len(before)
            return Entity(
                plain(piece.split()[-1]), (span, Span(stop - len(noun), stop)), True, "group", "", "no name is given"
            )
        return Entity(None, (span,), True, "group", "", "no name is given for this source")

    def _role(self, span: Span, head: str) -> Entity | None:
        """``the Japanese leader``: a person with that title or of that country, the nearest one before."""
        low = [w.removesuffix("'s") for w in head.lower().replace("’", "'").split()]
        if not low or not is_role(head) or low[0] in ("a", "an", "another", "one"):
            return None
        lands = {nations()[w] for w in (*low, *(f"{a} {b}" for a, b in itertools.pairwise(low))) if w in nations()}
        roles = {w for w in low if w in titles()}
        best, best_score = None, 0
        places = sorted({i for key in (*roles, *lands) for i in self.around(key, span.start)})
        for index in places:
            name = self.names[index]
            if name.kind != "person" or name.span.overlaps(span):
                continue
            full = self.fullest(name)
            offices = any(titles()[r].startswith("office") for r in name.roles)
            score = 3 * len(roles & name.roles) + 2 * len(lands & name.lands)
            score += 2 * (low[-1] == "leader" and offices and bool(lands & name.lands))
            if lands and name.lands and not lands & name.lands:
                score = 0
            if not roles & name.roles and not (low[-1] == "leader" and offices):
                score = 0
            score = 0 if not fits("person", full.gender, role_gender(low[-1])) else score
            if score and (score > best_score or (score == best_score and name.span.start < span.start)):
                best, best_score = name, score
        if best is None:
            return None
        who = self._named(best.span, best)
        return who._replace(mentions=(span, *who.mentions), why=f"“{' '.join(head.split())}” fits “{who.name}”")

    def _written_by(self, span: Span, head: str) -> Entity | None:
        """``a post by Elon Musk``: the one who wrote it."""
        last = head.split()[-1].lower() if head.split() else ""
        after = self.text[span.start + len(head) : span.end].split()[:1]
        if (
            after
            and after[0] in ("by", "from")
            and (last in nouns() or last in ("tweet", "post", "letter", "email", "memo"))
        ):
            for name in self.within(Span(span.start + len(head), span.end)):
                who = self._named(name.span, name)
                return who._replace(mentions=(span, *who.mentions), why=f"a {last} by “{who.name}”")
        return None

    def _author(self, span: Span, head: str, last: Entity | None, last_start: int | None, said: Span) -> Entity | None:
        """``the letter``: who is the subject of the sentence that spoke of it before."""
        parts = head.lower().split()
        own = len(parts) == 2 and parts[0] in ("the", "his", "her") and parts[1] in words("own")
        whole = not self.text.startswith((" by ", " from "), span.start + len(head))  # not "the post by a stranger"
        at = self.text.rfind(f" {parts[1]}", max(0, span.start - 400), span.start) if own and whole else -1
        following = bisect_right(self.sentence_starts, at)
        if at < 0 or following >= bisect_right(self.sentence_starts, span.start):
            return None
        who = self._person_before(self.sentence_starts[following] - 1, "", last, last_start, said)
        return who and who._replace(mentions=(span, *who.mentions), why=f"“{head}” is by “{who.name}”, named before")

    def _body_role(self, span: Span, head: str, last: Entity | None) -> Entity | None:
        """``the ministry``: the last body with that word in its name; ``the company``: the last body."""
        parts = head.lower().split()
        if (
            len(parts) != 2
            or parts[0] not in ("the", "its", "their")
            or not (parts[1] in bodies_alone() or parts[1].endswith("maker"))
        ):
            return None
        if parts[1] in ("agency", "newspaper", "paper", "network") and last and self.is_medium(last.mentions[-1]):
            return last._replace(mentions=(span, *last.mentions), why=f"“{head}” is the last speaker, “{last.name}”")
        at = bisect_left(self.name_starts, span.start)
        near = [n for n in reversed(self.names[max(0, at - NEAR) : at]) if n.kind == "body"]
        fitting = [n for n in near if parts[1] in n.parts]
        if not fitting and (
            parts[1].endswith("maker")
            or parts[1] in ("company", "firm", "group", "organisation", "organization", "agency", "team")
        ):
            fitting = [n for n in near if not words("hearing") & set(n.parts)][:1]
        if not fitting:
            return None
        who = self._named(fitting[0].span, fitting[0])
        return who._replace(mentions=(span, *who.mentions), why=f"“{head}” is “{who.name}”, named before")
