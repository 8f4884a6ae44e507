"""A scripted author: a file becomes a case, and the case is annotated as somebody would who reads for themselves.

What is decided is in ``tests/stories``, or in ``benchmarks/free_stories``. Each thing done is counted: a click, a choice, a
text typed. Marking takes three (the first word, the last word, the kind), a mark with a wrong edge one more, to remove it.
"""

import base64
import io
import zipfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml
from pages import press, step_of
from saved_pages import COOKIES, FOOT, NAV, READ
from some import some

from medialit.article import Article, Span
from medialit.authoring.annotate import annotate, begin_case, settle
from medialit.authoring.coding import Coded, read_coding
from medialit.case import load_case
from medialit.scoring.spans import WordIndex, match_spans


def begins_with(make):
    """A fixture: a copy of the case that this makes, which is made once in a file of tests."""
    return pytest.fixture(lambda once, tmp_path: once(make, tmp_path))


STORIES = Path(__file__).parent / "stories"
EDGE = "“”\"'.,;:!? "


@dataclass
class Story:
    """A text as an author wants it, the file that it comes in, and what is decided about it. Places are spans of the text."""

    name: str
    article: Article
    file: tuple[str, bytes]
    about: dict[str, str]
    quotations: list[Coded]
    sides: dict[str, str]
    claims: list[tuple[Span, dict[str, Any]]]
    second: dict[Span, str | None] = field(
        default_factory=dict
    )  # what another coder reads: another kind, or no quotation
    cards: list[dict[str, Any]] = field(default_factory=list)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    wording: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)


def page(lines):
    """A story as a browser saves it, with all that is around it."""
    title, by, *body = (escape(line, quote=False) for line in lines)
    text = "\n".join(f"<p>{line}</p>" for line in body)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Corvane Ledger</title></head>
<body>
{COOKIES}<header>{NAV}</header><main><article><h1>{title}</h1><p class="byline">{by}</p>{text}</article></main>{READ}{FOOT}
</body></html>""".encode()


def docx(lines):
    """A story as a word processor keeps it."""
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.add_heading(lines[0], 0)
    for line in lines[1:]:
        made.add_paragraph(line)
    made.save(out)
    assert zipfile.is_zipfile(out)
    return out.getvalue()


def text(lines):
    return "\r\n".join(lines).encode("utf-8-sig")


FILES = {"page.html": page, "wire.txt": text, "feature.docx": docx}


def invented(name):
    """A story of ``tests/stories``, with places as words of it."""
    folder = STORIES / name
    article = Article((folder / "article.txt").read_text(encoding="utf-8"))
    data = {}
    for path in folder.glob("*.yaml"):
        if path.name != "reading.yaml":
            data |= yaml.safe_load(path.read_text(encoding="utf-8"))
    lines = article.text.rstrip("\n").split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]

    def place(words, line=0):
        at = article.text.index(words, starts[line])
        return Span(at, at + len(words))

    claims = [(place(one["words"], one["line"]), {"id": one["words"], **one}) for one in data.pop("claims")]
    file = data.pop("file")
    wording = data.pop("wording", {})
    for part in ("questions", "functions"):
        for key, words in wording.get(part, {}).items():
            wording[part][key] = [place(one) for one in words]
    for part in ("words", "techniques"):
        wording[part] = [(place(words), label) for words, label in wording.get(part, {}).items()]
    if "plain" in wording:
        wording["plain"][:2] = map(place, wording["plain"][:2])
    extras, second = data.pop("extras", {}), data.pop("second", {})
    reading = read_coding(folder / "reading.yaml", article)
    for name_of in ("chain", "repair"):
        for typed in extras.get(name_of, ()):
            typed["quote"] = place(typed["quote"])
    return Story(
        name, article, (file, FILES[file](lines)), data.pop("about") | {"kind": "invented", "licence": "CC BY 4.0"},
        reading, data.pop("sides"), claims,
        {q.content: second[article[q.content]] for q in reading if article[q.content] in second},
        wording=wording, extras=extras, **data,
    )  # fmt: skip


class Author:
    """One person who makes a case of a file, by pages alone; ``actions`` counts what each part takes."""

    def __init__(self, story, place):
        self.story = invented(story) if isinstance(story, str) else story
        self.name, self.folder = self.story.name, place / self.story.name
        self.parts = {}

    @property
    def actions(self):
        return sum(self.parts.values())

    def _did(self, part, count):
        self.parts[part] = self.parts.get(part, 0) + count

    def begin(self):
        """A file is chosen, what does not belong is left out, and what is known about it is filled in."""
        name, data = self.story.file
        page = begin_case(folder=self.folder.parent)
        press(page, "choose", "file", {"name": name, "size": len(data), "data": base64.b64encode(data).decode()})
        assert "lines" in page.state, page.state
        answer, wanted = page.state["lines"]["answer"], set(self.story.article.text.split("\n"))
        strange = [line for line in answer["lines"] if line not in wanted]
        answer["lines"] = [line for line in answer["lines"] if line in wanted]
        press(page, "save", "lines", {**answer, "left": [*answer["left"], *strange]})
        about = {"name": self.name, **self.story.about}
        told = press(page, "freeze", "about", page.state["about"]["answer"] | about)
        assert self.folder.is_dir(), told
        self._did("begin", 3 + len(strange) + len(about))
        return self

    def _place(self, article, span):
        """A place of the story in the article of the case: a byline may have been left out."""
        if span is None:
            return None
        block = self.story.article.block_at(span.start).span
        at = article.text.index(self.story.article[block])
        return Span(at + span.start - block.start, at + span.end - block.start)

    def _moved(self, article):
        """The reading, in the places of the article of the case."""
        # One stretch of words has one speaker on the page, so that the one inside the other is left out.
        read = [quote for quote in self.story.quotations if not quote.nested]
        return [(self._place(article, q.content), self._place(article, q.cue), q) for q in read]

    def quotes(self):
        """Who says what, to the end of the part."""
        page = annotate(self.folder, 1, "quotes")
        article = page.article
        wanted = self._moved(article)
        index = WordIndex(article.text, article.words())
        pairs = match_spans([q.content for q in page.quotes], [w for w, _, _ in wanted], index)
        kept = {j: page.quotes[i] for i, j, _ in pairs}
        did = len(page.quotes) - len(kept)
        marks = []
        for j, (span, _, quote) in enumerate(wanted):
            near = kept.get(j)
            if near and article[near.content].strip(EDGE) == article[span].strip(EDGE):
                span = near.content
                did += near.kind != quote.kind
            else:
                did += 4 if near else 3
            marks.append([*span, quote.kind])
        press(page, "save", "marks", marks)
        assert "speakers" in page.state, page.state
        said = {start: (cue, quote) for (start, _, _), (_, cue, quote) in zip(marks, wanted, strict=True)}
        answer = {}
        for n, quote in enumerate(page.quotes, 1):
            cue, read = said[quote.content.start]
            if not read.speaker_name:
                answer[f"q{n}"] = "nobody"
            elif quote.speaker_name == read.speaker_name:
                answer[f"q{n}"] = "yes"
            else:
                answer |= {f"q{n}": "other", f"q{n}name": read.speaker_name}
                if cue and quote.cue != cue:
                    answer[f"q{n}word"] = article[cue]
        did += len(answer) + 2
        press(page, "save", "speakers", answer)
        assert "sides" in page.state, page.state
        names = page._names()
        sides = {f"v{n}": self.story.sides.get(name, name) for n, name in enumerate(some(names), 1)}
        self._did("quotes", did + len(sides) + 1)
        assert "Saved" in press(page, "save", "sides", sides)["feedback"]
        return self

    def second_coder(self):
        """Another person, who sees no proposals, marks the same text a little differently; nobody decides yet."""
        page = annotate(self.folder, 2, "quotes")
        assert page.quotes == []
        kinds = self.story.second
        wanted = [
            (span, kinds.get(read.content, read.kind), read)
            for span, _, read in self._moved(page.article)
            if kinds.get(read.content, read.kind)
        ]
        press(page, "save", "marks", [[*span, kind] for span, kind, _ in wanted])
        answer = {}
        for n, (_, _, read) in enumerate(wanted, 1):
            named = {f"q{n}": "other", f"q{n}name": read.speaker_name}
            answer |= named if read.speaker_name else {f"q{n}": "nobody"}
        press(page, "save", "speakers", answer)
        self._did("second coder", 3 * len(wanted) + len(answer) + 2)
        return self

    def settle(self):
        """Both look at what they read differently, and decide for the first reading each time."""
        page = settle(self.folder)
        found = page.settling.differences
        assert len(found) == len(self.story.second), [one.words for one in found]
        told = press(page, "save", "differences", {one.key: "1" for one in found})
        assert f"{len(found)} of {len(found)} differences are decided" in told["feedback"]
        self._did("settle", len(found) + 1)
        return page.measured

    def claims(self):
        """What can be checked: whole sentences get a kind, parts of sentences are marked, and some are rated."""
        page = annotate(self.folder, 1, "claims")
        claims = [(self._place(page.article, span), claim) for span, claim in self.story.claims]
        whole = {}
        for span, claim in claims:
            sentence = page.article.sentence_at(span.start)
            if page.article[sentence.span].strip(EDGE) == page.article[span].strip(EDGE):
                whole[str(sentence.number)] = {"kind": claim["kind"]}
        # Somebody who wants parts alone still needs one sentence to go on: the page asks for a kind.
        press(page, "save", "sentences", whole)
        assert "claims" in page.state, page.state
        for _ in range(2):  # asked about what is in no claim, it is left out
            if "claims" in page._parts:
                press(page, "save", "claims", [[*span, claim["kind"]] for span, claim in claims])
        assert "worth" in page.state, page.state
        gains, answer = {}, {}
        for found, (_, claim) in zip(page.claims, sorted(claims, key=lambda one: one[0]), strict=True):
            if "gain" in claim:
                gains[found.id] = {"gain": str(claim["gain"])}
            answer |= {f"{found.id}{name}": claim[name] for name in ("says", "worth") if claim.get(name)}
        press(page, "save", "worth", gains)
        assert "words" in page.state, page.state
        told = press(page, "save", "words", page.state["words"]["answer"] | answer)
        assert "words" not in page.state, told
        self._did("claims", len(whole) + 3 * (len(claims) - len(whole)) + len(gains) + len(answer) + 4)
        return self

    def evidence(self, more=None):
        """What the evidence says: cards, and a verdict on some claims. Without cards, nothing is done."""
        cards, verdicts = (more["cards"], more["verdicts"]) if more else (self.story.cards, self.story.verdicts)
        if not cards:
            return self
        page = annotate(self.folder, 1, "evidence")
        before, did = (len(page.cards), len(page.coded.verdicts)), 0
        for number, card in enumerate(cards, 1):
            told = press(page, "save", step_of(page, "card"), card)
            assert len(page.cards) == before[0] + number, told
            did += len(card) + 1
        names = dict(enumerate((card.id for card in page.cards), 1))
        press(page, "on", step_of(page, "card"), None)
        spans = {claim["id"]: self._place(page.article, span) for span, claim in self.story.claims if "id" in claim}
        ids = {one.span: one.id for one in page.claims}
        for number, given in enumerate(verdicts, 1):
            press(page, "open", "which", ids[spans[given["claim"]]])
            joined = {f"r{names[card]}": relation for card, relation in given["cards"].items()}
            answer = {"verdict": given["verdict"], "explanation": given["explanation"], **joined}
            told = press(page, "save", step_of(page, "verdict"), answer)
            assert len(page.coded.verdicts) == before[1] + number, told
            did += 3 + len(answer)
        self._did("evidence", did)
        return self

    def wording(self):
        """How it is worded: words, the questions of the codebook, what the paragraphs do, and what learners get."""
        given = self.story.wording
        page = annotate(self.folder, 1, "wording")
        article = page.article

        def go(answer):
            (name,) = page.state
            told = press(page, "save", name, answer)
            assert name not in page.state or "Saved" in page.intro, told
            return told

        own = [(self._place(article, span), cls) for span, cls in given.get("words", ())]
        proposed = [(page.files.span(word), word) for word in page.draft.words]
        near = [[cls for mine, cls in own if mine.start < span.end and span.start < mine.end] for span, _ in proposed]
        left = [one for one in own if not any(one[0].start < s.end and s.start < one[0].end for s, _ in proposed)]
        marks = [[*span, word.cls] for span, word in proposed] + [[*span, cls] for span, cls in left]
        go(sorted(marks))
        did = 3 * len(left) + 1
        if "confirm" in page.state:
            said = [(cls or ["not loaded"])[0] for cls in near]
            go({page._key(word): {"class": cls} for cls, (_, word) in zip(said, proposed, strict=True)})
            did += len(said) + 1
        yes = {
            name: [f"S{article.sentence_at(self._place(article, span).start).number}" for span in spans]
            for name, spans in given["questions"].items()
        }
        for frame in page.codebook.frames:
            items = [item.id for item in page.codebook.of_frame(frame.key)]
            go({n: {"answer": "yes", "evidence": yes[n]} if n in yes else {"answer": "no"} for n in items})
            did += sum(1 + len(yes.get(n, ())) for n in items) + 1
        does = {
            key: {"paragraphs": [f"p{article.block_at(self._place(article, span).start).number}" for span in spans]}
            for key, spans in given["functions"].items()
        }
        go(does)
        techniques = [[*self._place(article, span), name] for span, name in given.get("techniques", ())]
        go(techniques)
        did += sum(len(one["paragraphs"]) for one in does.values()) + 3 * len(techniques) + 2
        if "plain" in given:
            sentence, word, plain, loaded, *model = given["plain"]
            number = article.sentence_at(self._place(article, sentence).start).number
            chosen = page.state["sentences"]["answer"]["learners"]
            go({"learners": {**chosen, "sentences": [f"S{number}"]}})
            words = self.story.article[word]
            told = (model or [page.state["plain"]["answer"][f"s{number}model"].replace(words, plain)])[0]
            typed = {f"s{number}plain {words}": plain, f"s{number}loaded {words}": loaded, f"s{number}model": told}
            go(page.state["plain"]["answer"] | typed)
            did += len(typed) + 3
        self._did("wording", did)
        return self

    def extras(self):
        """What a case can do without, each on pages of its own; evidence that they need comes first."""
        quotes = {quote.content: quote.id for quote in load_case(self.folder).quotes}
        for name, pages in self.story.extras.items():
            if name == "evidence":
                self.evidence(pages)
                continue
            page = annotate(self.folder, 1, "extras")
            press(page, name, next(iter(page.state)))
            for answer in pages:
                (step,) = page.state
                if isinstance(span := answer.get("quote"), Span):
                    near = self._place(page.article, span)
                    answer |= {
                        "quote": next(
                            id for place, id in quotes.items() if place.start < near.end and near.start < place.end
                        )
                    }
                told = press(page, "save", step, (page.state[step].get("answer") or {}) | answer)
                assert step not in page.state, (name, told)
                self._did("extras", len(answer) + 1)
            assert ": saved. " in page.intro, (page.intro, page.state)
            self._did("extras", 1)
        return self
