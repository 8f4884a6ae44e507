"""Who is it really: from the words that name a speaker to the fullest name the article gives.

1. A name in the words: look for a longer form of it nearby ("Kishida" -> "Fumio Kishida").
2. A pronoun: the last speaker or the person the sentence before begins with, if he or she fits.
3. A role ("the Japanese leader"): the person to whom the article gave that title or that country.
4. Nothing of that: the source has no name; its words are kept as they stand and marked as unnamed.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from medialit.article import Article, Span
from medialit.lenses.quoting.lexicon import bodies_alone, groups, media, nations, nouns, titles, words
from medialit.lenses.quoting.names import Name, names_in, names_of
from medialit.lenses.quoting.speaker_words import best_name, fits, head_of, is_role, longer_form, plain, role_gender

_NEAR = 40  # mentions that are looked at in each direction


class Who(NamedTuple):
    """A resolved speaker. ``mentions`` is the chain from the words at the cue to the fullest name."""

    name: str | None
    mentions: tuple[Span, ...]
    unnamed: bool
    kind: str
    gender: str
    why: str


def _as_people(names: list[Name]) -> list[Name]:
    """A name that is a person's in one place ("President Jane Roe") is a person's everywhere."""
    people: dict[tuple[str, ...], Name] = {}
    for name in names:
        if name.kind == "person" and (name.parts not in people or name.gender):
            people[name.parts] = name
    return [
        name._replace(kind="person", gender=name.gender or people[name.parts].gender) if name.parts in people else name
        for name in names
    ]


class Cast:
    """Everybody who is named in one article."""

    def __init__(self, article: Article, starts: Sequence[int]) -> None:
        self.text = article.text
        self.names = _as_people(names_of(article))
        self.name_starts = [name.span.start for name in self.names]
        self.sentence_starts = list(starts)
        self.by_part: dict[str, list[int]] = {}
        self.by_role: dict[str, list[int]] = {}
        self.initials: dict[str, int] = {}
        for index, name in enumerate(self.names):
            for part in {name.parts[0], name.parts[-1]}:
                self.by_part.setdefault(part, []).append(index)
            for key in (*name.roles, *name.lands):
                self.by_role.setdefault(key, []).append(index)
            if name.kind == "body" and len(name.parts) > 1:
                letters = "".join(part[0] for part in name.parts if part not in words("prep") and part != "the")
                self.initials.setdefault(letters, index)

    def within(self, span: Span) -> list[Name]:
        """The mentions that lie inside a span."""
        first = bisect_left(self.name_starts, span.start)
        last = bisect_left(self.name_starts, span.end)
        return [name for name in self.names[first:last] if name.span.end <= span.end]

    def shown(self, name: Name) -> str:
        """A name as the article prints it, without "the"."""
        return " ".join(self.text[slice(*name.span)].split())

    def fullest(self, name: Name) -> Name:
        """The longest form of a name among the mentions nearby; the name itself when there is none."""
        if " ".join(name.parts) in nations():
            return name
        if len(name.parts) == 1 and name.parts[0] in self.initials and self.text[slice(*name.span)].isupper():
            return self.names[self.initials[name.parts[0]]]
        best = name
        for part in (name.parts[-1], name.parts[0]):
            places = self.by_part.get(part, ())
            at = bisect_left(places, bisect_left(self.name_starts, name.span.start))
            for index in (*reversed(places[max(0, at - _NEAR) : at]), *places[at : at + _NEAR]):
                other = self.names[index]
                if len(other.parts) > len(best.parts) and longer_form(name, other):
                    best = other
            if best is not name:
                return best
        return best

    # --- the four ways -------------------------------------------------------------------------------------------

    def resolve(self, span: Span, last: Who | None, last_start: int | None) -> Who:
        """Who the words of ``span`` mean; ``last`` is the speaker before, who spoke at ``last_start``."""
        shown = self.text[slice(*span)]
        low = shown.lower().replace("’", "'").strip()
        if len(low) > 1 and shown.isupper():
            low = shown  # the WHO is no relative pronoun
        if low in words("subject") or low in words("object") or low in ("one", "himself", "herself"):
            return self._pronoun(span, low, last, last_start)
        if low in words("rel"):
            return self._relative(span, last)
        head = head_of(shown)
        head = self._with_whole_names(span, head)
        whole = Span(span.start, span.start + len(head))
        named = self.within(whole)
        if not named and all(word[0].isupper() for word in head.split()):
            named = names_in(self.text, whole)  # a headline's names are not in the list
        last_word = head.split()[-1].lower() if head.split() else ""
        if last_word in groups() or (" and " in head and len(named) > 1):
            # "Japanese officials", "Roe and Khan": the words themselves are the best name.
            unnamed = last_word in groups()
            note = "no name is given for this source" if unnamed else "several speakers together"
            return Who(plain(shown), (span,), unnamed, "group", "", note)
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
        if role:
            return role
        return Who(plain(shown), (span,), True, "group", "", "no name is given for this source")

    def _with_whole_names(self, span: Span, head: str) -> str:
        """The head of a phrase, longer when a name runs on: "University | of Oz president Ann Lee"."""
        end = span.start + len(head)
        for name in self.within(span):
            if name.span.start < end < name.span.end:
                end = name.span.end
                end += len(head_of(self.text[end : span.end])) if self.text[end : end + 1] == " " else 0
        return self.text[span.start : end]

    def _named(self, span: Span, name: Name) -> Who:
        full = self.fullest(name)
        mentions = (span,) if full is name else (span, full.span)
        why = f"named as “{self.shown(name)}”"
        if full is not name:
            why += f", in full “{self.shown(full)}”"
        return Who(self.shown(full), mentions, False, full.kind, full.gender or name.gender, why)

    def _pronoun(self, span: Span, low: str, last: Who | None, last_start: int | None) -> Who:
        gender = {"he": "he", "him": "he", "himself": "he", "she": "she", "her": "she", "herself": "she"}.get(low, "")
        if gender:
            name = self._person_before(span.start, gender, last, last_start)
            if isinstance(name, Who):
                return name._replace(mentions=(span, *name.mentions), why=f"“{low}” is the last speaker, “{name.name}”")
            if name is not None:
                who = self._named(name.span, name)
                return who._replace(mentions=(span, *who.mentions), why=f"“{low}” is “{who.name}”, named before")
        elif last and low in ("i", "we"):
            return last._replace(mentions=(span, *last.mentions), why=f"“{low}” is the last speaker, “{last.name}”")
        elif low in ("they", "it", "them", "one"):
            several = last and (last.kind in ("body", "group") or (last.name or "").lower() in nations())
            many = last if several else self._body_before(span.start)
            if many:
                return many._replace(mentions=(span, *many.mentions), why=f"“{low}” is “{many.name}”, named before")
        return Who(None, (span,), True, "group", gender, f"“{low}”: nobody before it fits")

    def _person_before(self, position: int, gender: str, last: Who | None, last_start: int | None) -> Name | Who | None:
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
            first = bisect_left(self.name_starts, start)
            for name in self.names[first : bisect_left(self.name_starts, end)][:_NEAR]:
                full = self.fullest(name)
                if full.kind == "person" and fits("person", full.gender or name.gender, gender):
                    return name
        return last if last and fits(last.kind, last.gender, gender) else None

    def _body_before(self, position: int) -> Who | None:
        """The ministry, firm or council that the sentences before name last."""
        at = bisect_left(self.name_starts, position)
        for name in reversed(self.names[max(0, at - 12) : at]):
            if name.kind == "body":
                return self._named(name.span, name)
        return None

    def _relative(self, span: Span, last: Who | None) -> Who:
        """``Jane Roe, who said``: the name or the words before the relative pronoun."""
        at = bisect_left(self.name_starts, span.start) - 1
        start = max(
            self.text.rfind(". ", 0, span.start) + 2 if span.start < 300 else span.start - 300, span.start - 300
        )
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
        if noun in groups() or noun in titles():
            stop = start + len(before)
            return Who(
                plain(piece.split()[-1]), (span, Span(stop - len(noun), stop)), True, "group", "", "no name is given"
            )
        return Who(None, (span,), True, "group", "", "no name is given for this source")

    def _role(self, span: Span, head: str) -> Who | None:
        """``the Japanese leader``: a person with that title or of that country, the nearest one before."""
        low = [w.removesuffix("'s") for w in head.lower().replace("’", "'").split()]
        if not low or not is_role(head) or low[0] in ("a", "an", "another", "one"):
            return None
        lands = {nations()[w] for w in (*low, *(f"{a} {b}" for a, b in itertools.pairwise(low))) if w in nations()}
        roles = {w for w in low if w in titles()}
        best, best_score = None, 0
        places = sorted({i for key in (*roles, *lands) for i in self._around(key, span.start)})
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

    def _written_by(self, span: Span, head: str) -> Who | None:
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

    def _body_role(self, span: Span, head: str, last: Who | None) -> Who | None:
        """``the ministry``: the last body with that word in its name; ``the company``: the last body."""
        parts = head.lower().split()
        if len(parts) != 2 or parts[0] not in ("the", "its", "their") or parts[1] not in bodies_alone():
            return None
        if parts[1] in ("agency", "newspaper", "paper", "network") and last and self.is_medium(last.mentions[-1]):
            return last._replace(mentions=(span, *last.mentions), why=f"“{head}” is the last speaker, “{last.name}”")
        at = bisect_left(self.name_starts, span.start)
        near = [n for n in reversed(self.names[max(0, at - _NEAR) : at]) if n.kind == "body"]
        fitting = [n for n in near if parts[1] in n.parts]
        if not fitting and parts[1] in ("company", "firm", "group", "organisation", "organization", "agency", "team"):
            fitting = near[:1]
        if not fitting:
            return None
        who = self._named(fitting[0].span, fitting[0])
        return who._replace(mentions=(span, *who.mentions), why=f"“{head}” is “{who.name}”, named before")

    def _around(self, key: str, position: int) -> list[int]:
        places = self.by_role.get(key, [])
        at = bisect_left(places, bisect_left(self.name_starts, position))
        return places[max(0, at - _NEAR) : at + _NEAR]

    def is_medium(self, span: Span | None) -> str | None:
        """The name of a newspaper, agency or network in a span, or None."""
        if span is None:
            return None
        for name in self.within(span):
            if " ".join(name.parts) in media() or any(media().get(part) == "whole" for part in name.parts):
                return self.shown(self.fullest(name))
            if len(name.parts) > 1 and any(media().get(part) == "part" for part in name.parts):
                return self.shown(name)
        return None
