"""A scripted author: a file becomes a case, and the case is annotated as somebody would who reads for themselves.

What is decided is in ``tests/stories``. Each thing done is counted: a click, a choice, a text typed. Marking takes three (the
first word, the last word, the kind), a mark with a wrong edge one more, to remove it.
"""

import io
import zipfile
from html import escape
from pathlib import Path

import yaml
from pages import press, step_of
from saved_pages import COOKIES, FOOT, NAV, READ
from some import some
from typer.testing import CliRunner

from medialit.article import Article, Span
from medialit.authoring.annotate import annotate, settle
from medialit.authoring.coding import read_coding
from medialit.cli import app
from medialit.scoring.spans import WordIndex, match_spans

STORIES = Path(__file__).parent / "stories"
EDGE = "“”\"'.,;:!? "
ABOUT = {
    "library-roof": {"author": "Lena Wirth", "publisher": "The Corvane Ledger", "date": "2026-02-04"},
    "sorrel-quake": {"publisher": "Northline", "date": "2025-09-14"},
    "swift-counter": {"publisher": "The Lindmere Weekly", "date": "2026-07-18"},
}
# Who speaks for whom; the others speak for themselves.
SIDES = {
    "library-roof": {
        "Miriam Sollers": "library", "a sign": "library", "Ruth Ansley": "town", "Peter Lindqvist": "town",
        "Joyce Hadley": "town", "Dale Okafor": "town", "Arlo Finch": "critics", "Tomas Berrigan": "critics",
        "Walt Remick": "critics",
    },
    "sorrel-quake": {
        "Marek Duval": "authorities", "government spokesman": "authorities", "prime minister": "authorities",
        "education ministry": "authorities", "officials": "authorities", "Lucio Brandt": "residents",
        "residents of Easterly": "residents",
    },
    "swift-counter": {
        "Ravi Anand": "science", "Their paper": "science", "the authors": "science", "Gus Tolland": "roofers",
        "Hedda Marlowe": "the counter",
    },
}  # fmt: skip


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


FILES = {
    "library-roof": ("page.html", page),
    "sorrel-quake": ("wire.txt", text),
    "swift-counter": ("feature.docx", docx),
}


def of(name):
    """The story itself, and the reading of it."""
    article = Article((STORIES / name / "article.txt").read_text(encoding="utf-8"))
    return article, read_coding(STORIES / name / "reading.yaml", article)


# What a second person reads differently: no quotation, or another kind.
SECOND = {"sympathy with the injured": None, "that": None, 'the response "swift and complete': "direct"}


class Author:
    """One person who makes a case of a file, by pages alone; ``actions`` counts what that takes."""

    def __init__(self, name, place, coder=1):
        self.name, self.folder, self.coder, self.actions = name, place / name, coder, 0

    def begin(self):
        """``medialit author case new`` with a file."""
        ending, made = FILES[self.name]
        file = self.folder.parent / ending
        file.write_bytes(made(of(self.name)[0].text.rstrip("\n").split("\n")))
        given = [part for field, value in ABOUT[self.name].items() for part in (f"--{field}", value)]
        command = ["author", "case", "new", self.name, "--from", str(file), "--folder", str(self.folder.parent), *given]
        done = CliRunner().invoke(app, [*command, "--invented", "--licence", "CC BY 4.0", "--yes"])
        assert done.exit_code == 0, done.output
        self.actions += 3 + len(ABOUT[self.name])
        return self

    def _moved(self, article):
        """The reading, in the places of the article of the case: a byline may have been left out."""
        source, reading = of(self.name)

        def place(span):
            if span is None:
                return None
            block = source.block_at(span.start).span
            at = article.text.index(source[block])
            return Span(at + span.start - block.start, at + span.end - block.start)

        # One stretch of words has one speaker on the page, so that the one inside the other is left out.
        return [(place(q.content), place(q.cue), q) for q in reading if not q.nested]

    def quotes(self):
        """Who says what, to the end of the part."""
        page = annotate(self.folder, self.coder, "quotes")
        article = page.article
        wanted = self._moved(article)
        index = WordIndex(article.text, article.words())
        pairs = match_spans([q.content for q in page.quotes], [w for w, _, _ in wanted], index)
        kept = {j: page.quotes[i] for i, j, _ in pairs}
        self.actions += len(page.quotes) - len(kept)
        marks = []
        for j, (span, _, quote) in enumerate(wanted):
            near = kept.get(j)
            if near and article[near.content].strip(EDGE) == article[span].strip(EDGE):
                span = near.content
                self.actions += near.kind != quote.kind
            else:
                self.actions += 4 if near else 3
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
        self.actions += len(answer) + 2
        press(page, "save", "speakers", answer)
        assert "sides" in page.state, page.state
        names = page._names()
        sides = {f"v{n}": SIDES[self.name].get(name, name) for n, name in enumerate(some(names), 1)}
        self.actions += len(sides) + 1
        assert "Saved" in press(page, "save", "sides", sides)["feedback"]
        return self

    def second_coder(self):
        """Another person, who sees no proposals, marks the same text a little differently; nobody decides yet."""
        page = annotate(self.folder, 2, "quotes")
        assert page.quotes == []
        wanted = [
            (span, SECOND.get(page.article[span], read.kind), read)
            for span, _, read in self._moved(page.article)
            if page.article[span] not in SECOND or SECOND[page.article[span]]
        ]
        press(page, "save", "marks", [[*span, kind] for span, kind, _ in wanted])
        answer = {}
        for n, (_, _, read) in enumerate(wanted, 1):
            named = {f"q{n}": "other", f"q{n}name": read.speaker_name}
            answer |= named if read.speaker_name else {f"q{n}": "nobody"}
        press(page, "save", "speakers", answer)
        return self

    def settle(self):
        """Both look at what they read differently, and decide for the first reading each time."""
        page = settle(self.folder)
        found = page.settling.differences
        assert len(found) == len(SECOND), [one.words for one in found]
        told = press(page, "save", "differences", {one.key: "1" for one in found})
        assert f"{len(found)} of {len(found)} differences are decided" in told["feedback"]
        return page.measured

    def _decided(self):
        """The claims that the author chose, with their places in the case's article, and what else was decided."""
        article = annotate(self.folder, self.coder, "claims").article
        data = yaml.safe_load((STORIES / self.name / "claims.yaml").read_text(encoding="utf-8"))
        lines = of(self.name)[0].text.split("\n")
        claims = []
        for claim in data["claims"]:
            at = article.text.index(lines[claim["line"]]) + lines[claim["line"]].index(claim["words"])
            claims.append((Span(at, at + len(claim["words"])), claim))
        return claims, data

    def claims(self):
        """What can be checked: whole sentences get a kind, parts of sentences are marked, and some are rated."""
        page = annotate(self.folder, self.coder, "claims")
        claims, _ = self._decided()
        whole = {}
        for span, claim in claims:
            sentence = page.article.sentence_at(span.start)
            if page.article[sentence.span].strip(" .") == claim["words"]:
                whole[str(sentence.number)] = {"kind": claim["kind"]}
        # Somebody who wants parts alone still needs one sentence to go on: the page asks for a kind.
        press(page, "save", "sentences", whole)
        assert "claims" in page.state, page.state
        for _ in range(2):  # asked about what is in no claim, it is left out
            if "claims" in page._parts:
                press(page, "save", "claims", [[*span, claim["kind"]] for span, claim in claims])
        assert "worth" in page.state, page.state
        self.actions += len(whole) + 1 + 3 * (len(claims) - len(whole)) + 1
        gains, answer = {}, {}
        for found, (_, claim) in zip(page.claims, sorted(claims, key=lambda one: one[0]), strict=True):
            if "gain" in claim:
                gains[found.id] = {"gain": str(claim["gain"])}
            answer |= {f"{found.id}{name}": claim[name] for name in ("says", "worth") if claim.get(name)}
        press(page, "save", "worth", gains)
        assert "words" in page.state, page.state
        told = press(page, "save", "words", page.state["words"]["answer"] | answer)
        assert "words" not in page.state, told
        self.actions += len(gains) + 1 + len(answer) + 1
        return self

    def evidence(self):
        """What the evidence says: cards, and a verdict on some claims. Without cards, nothing is done."""
        claims, data = self._decided()
        if "cards" not in data:
            return self
        page = annotate(self.folder, self.coder, "evidence")
        names = {}
        for number, card in enumerate(data["cards"], 1):
            told = press(page, "save", step_of(page, "card"), card)
            names[number] = page.cards[-1].id
            assert len(page.cards) == number, told
            self.actions += len(card) + 1
        press(page, "on", step_of(page, "card"), None)
        spans = {claim["words"]: span for span, claim in claims}
        ids = {one.span: one.id for one in page.claims}
        for number, given in enumerate(data["verdicts"], 1):
            claim = ids[spans[given["claim"]]]
            press(page, "open", "which", claim)
            joined = {f"r{names[card]}": relation for card, relation in given["cards"].items()}
            answer = {"verdict": given["verdict"], "explanation": given["explanation"], **joined}
            told = press(page, "save", step_of(page, "verdict"), answer)
            assert len(page.coded.verdicts) == number, told
            self.actions += 3 + len(answer)
        return self
