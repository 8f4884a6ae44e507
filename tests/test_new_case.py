"""An article becomes a case: what is read from files of many kinds, what is left out, and what is refused in a sentence."""

import io
import re
import sys
import zipfile
from collections import Counter

import docx
import pytest
import saved_pages
from some import some
from typer.testing import CliRunner

from medialit.authoring.article_file import read_article
from medialit.authoring.article_file.text import decoded, tidy
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.newcase import check_name, write_case
from medialit.case import load_case
from medialit.cli import app
from medialit.errors import MedialitError
from medialit.units.registry import UNITS, load_tasks

LINES = [saved_pages.TITLE, *saved_pages.BODY]
TEXT = "\n".join(LINES)
WORD = re.compile(r"\w+")
ABOUT = {"title": "Ferry", "licence": "CC BY 4.0", "language": "en"}


@pytest.fixture
def file(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def document(lines):
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "The Quarter Courier"
    for line in lines:
        made.add_heading(line, 1) if line in (saved_pages.TITLE, saved_pages.HEADING) else made.add_paragraph(line)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "March", "3,200"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FILES = {
    **{f"{name}.html": make for name, make in saved_pages.PAGES.items()},
    "page.mhtml": saved_pages.mhtml,
    "page.webarchive": saved_pages.webarchive,
    "spaced.pdf": saved_pages.spaced_pdf,
    "indented.pdf": saved_pages.indented_pdf,
    "article.docx": lambda: document(LINES),
    "article.txt": lambda: TEXT,
}


@pytest.mark.parametrize("name", FILES)
def test_words_and_paragraphs_come_back_from_every_kind_of_file(file, name):
    found = read_article(file(name, FILES[name]()))
    want, got = (Counter(WORD.findall(" ".join(lines))) for lines in (LINES, found.paragraphs))
    hit = (want & got).total()
    assert (hit / want.total() >= 0.99, hit / got.total() >= 0.97) == (True, True), found.paragraphs
    assert sum(line in found.paragraphs for line in LINES) / len(LINES) >= 0.95, found.paragraphs
    # An embedded post belongs to the article.
    assert saved_pages.POST in found.paragraphs
    assert saved_pages.SIGNED in found.paragraphs


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("html")])
def test_what_a_page_shows_beside_the_article_is_listed(file, name):
    found = read_article(file(name, FILES[name]()))
    left = "\n".join(found.left_out)
    for text in some(saved_pages.LEFT_OUT):
        assert text in left
    assert not set(found.left_out) & set(LINES)


def test_heads_feet_and_tables_are_listed_too(file):
    assert read_article(file("a.pdf", saved_pages.spaced_pdf())).left_out == (
        "The Quarter Courier, May 3, 2024",
        "1",
        "2",
    )
    found = read_article(file("a.docx", document(LINES)))
    assert found.left_out == ("March | 3,200", "The Quarter Courier")
    assert "Tables are not part of the article" in found.notes[0]


SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="urn:mc"'
RUN = "<w:r><w:t>{}</w:t></w:r>"
BOX = f"<w:txbxContent><w:p>{RUN.format('boxed')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("xml", "article", "beside"),
    [
        (f"<w:p><w:ins>{RUN.format('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", ["new"], []),
        (f"<w:p><w:moveFrom>{RUN.format('away')}</w:moveFrom><w:moveTo>{RUN.format('here')}</w:moveTo></w:p>", ["here"], []),
        (f"<w:sdt><w:sdtContent><w:p>{RUN.format('controlled')}</w:p></w:sdtContent></w:sdt>", ["controlled"], []),
        (f"<w:p><w:fldSimple>{RUN.format('field')}</w:fldSimple></w:p>", ["field"], []),
        (f"<w:p><w:r><w:ruby><w:rt>{RUN.format('above')}</w:rt><w:rubyBase>{RUN.format('base')}</w:rubyBase></w:ruby></w:r></w:p>", ["base"], []),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{RUN.format('seen')}</w:p>", ["seen"], []),
        ("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r></w:p>", ["seen"], []),
        (f"<w:p>{RUN.format('text')}<w:r><w:drawing><w:p>{RUN.format('chart')}</w:p></w:drawing></w:r></w:p>", ["text"], ["chart"]),
        (f"<w:p><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:p>", [], ["boxed"]),
        ("<w:p><w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t><w:tab/><w:t>re</w:t><w:softHyphen/><w:t>port</w:t><w:br/><w:t>next</w:t></w:r></w:p>", ["well-known report", "next"], []),
    ],
)  # fmt: skip
def test_a_document_is_read_as_its_last_reader_sees_it(file, xml, article, beside):
    made, out = zipfile.ZipFile(io.BytesIO(document(LINES))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in made.namelist():
            part = made.read(name)
            if name == "word/document.xml":
                part = re.sub(
                    rb"(<w:body>)", rb"\1" + re.sub("<w:(p|sdt)>", rf"<w:\1 {SPACES}>", xml, count=1).encode(), part
                )
            parts.writestr(name, part)
        parts.writestr("word/footnotes.xml", f"<w:footnotes {SPACES}><w:p>{RUN.format('a note')}</w:p></w:footnotes>")
    found = read_article(file("a.docx", out.getvalue()))
    assert list(found.paragraphs) == article + LINES
    assert set(found.left_out) == {*beside, "a note", "March | 3,200", "The Quarter Courier"}


def test_a_document_whose_page_is_laid_out_by_a_table_is_read(file):
    for rows in (["\n".join(LINES)], LINES):
        made, out = docx.Document(), io.BytesIO()
        table = made.add_table(len(rows), 2)
        for n, text in enumerate(rows):
            table.cell(n, 0).text = text
        made.save(out)
        found = read_article(file("a.docx", out.getvalue()))
        assert (list(found.paragraphs), found.left_out, found.notes) == (LINES, (), ())


def test_quotation_marks_small_letters_and_what_a_page_says_of_itself_are_read(file):
    page = (
        saved_pages.semantic().replace('<meta name="author" content="Lena Ostrow">', "").replace("By Lena Ostrow", "")
    )
    page = page.replace("“", "<q>").replace("”", "</q>").replace("Monday", "<ruby>Monday<rp>(</rp><rt>day</rt></ruby>")
    found = read_article(file("a.html", page))
    assert [line for line in found.paragraphs if line not in LINES and "FerryQuarter" not in line] == []
    assert found.about["author"] == "Lena Ostrow"
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "%s"}</script>'
    page = f"<html><head>{told % ' '.join(LINES).replace(chr(34), '')}</head><body><div id='root'></div></body></html>"
    assert LINES[1] in read_article(file("b.html", page)).text


def test_a_pdf_that_a_browser_printed_is_read_without_what_is_around_the_text(file):
    head = [(40, 820, 8, "5/3/24, 8:10 AM"), (250, 820, 8, saved_pages.TITLE)]
    body = [line for line in LINES if line not in (saved_pages.POST, saved_pages.SIGNED)]
    pages = [
        [*head, *((60, 780 - 40 * n, 11, line[:90]) for n, line in enumerate(part)), (540, 20, 8, f"{page}/2")]
        for page, part in enumerate((body[:9], body[9:]), 1)
    ]
    pages[1].append((30, 300, 11, "Draft: not for the press", 1))
    found = read_article(file("a.pdf", saved_pages.pdf(pages)))
    assert list(found.paragraphs) == [line[:90].strip() for line in body]
    assert found.left_out == ("5/3/24, 8:10 AM", saved_pages.TITLE, "1/2", "2/2")
    assert found.notes == ("Text that runs up or down a page was left out.",)
    # A browser draws a space where a word could have been divided, and the next letter on it.
    pages[0][3:4] = [(60, 740, 11, "The foo "), (94, 740, 11, body[1][7:90])]
    assert body[1][:90].strip() in read_article(file("c.pdf", saved_pages.pdf(pages))).paragraphs
    # Nothing but short lines says where these paragraphs end; the post is of two lines.
    plain = read_article(file("b.pdf", saved_pages.set_in_columns(gap=0)))
    assert [line for line in LINES if line not in plain.paragraphs] == [saved_pages.POST, saved_pages.SIGNED]


def test_a_page_says_who_wrote_it_and_when(file):
    about = read_article(file("a.html", saved_pages.semantic())).about
    assert (about["title"], about["author"], about["publisher"]) == (
        saved_pages.TITLE,
        "Lena Ostrow",
        "The Quarter Courier",
    )
    assert (about["date"], about["address"]) == (
        "2024-05-03",
        "https://quarter-courier.example/2024/05/ferry-quarter-bridge",
    )


@pytest.mark.parametrize(
    ("encoding", "end"),
    [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\n"), ("utf-16-le", "\r\n"), ("cp1252", "\r\n")],
)
def test_a_text_is_the_same_in_every_encoding(file, encoding, end):
    found = read_article(file("a.txt", end.join(LINES).encode(encoding)))
    assert list(found.paragraphs) == LINES


def test_lines_that_were_broken_at_a_width_are_joined_and_others_are_not(file):
    wrapped = "\n\n".join("\n".join(saved_pages.wrapped(line, 60)) for line in LINES)
    found = read_article(file("a.txt", wrapped))
    assert list(found.paragraphs) == LINES
    assert found.notes == ("Lines that were broken in the middle were joined.",)
    apart = read_article(file("b.txt", "\n\n".join(LINES)))
    assert (list(apart.paragraphs), apart.notes) == (LINES, ())
    # As it is copied out of a PDF: no empty lines, and a paragraph ends with a line that is not full.
    copied = "\n".join("\n".join(saved_pages.wrapped(line, 60)) for line in LINES)
    copied = copied.replace("neighborhood", "neighbor-\nhood").replace("Opposition", "Oppo\u2010\nsition")
    found = read_article(file("c.txt", copied))
    assert sum(line in found.paragraphs for line in LINES) >= len(LINES) - 4, found.paragraphs
    assert found.notes[1] == "Words that were divided at the end of a line were joined: Opposition, neighborhood."
    listed = "\n\n".join([*LINES, "What is known:\n- a new bridge\n- a ferry"])
    assert read_article(file("d.txt", listed)).paragraphs[-3:] == ("What is known:", "- a new bridge", "- a ferry")
    for end in ("\f", "\v", "\x85"):
        assert list(read_article(file("e.txt", end.join(LINES))).paragraphs) == LINES
    assert tidy("ﬁrst oﬃce") == "first office"
    # What cannot be seen is gone, and what belongs to a script stays.
    assert tidy("a\u00adb\u200b c\x07 d") == "ab c d"
    assert tidy("می\u200cخواهم") == "می\u200cخواهم"


MARKDOWN = f"""---
title: {saved_pages.TITLE}
---
# {saved_pages.TITLE}

**First paragraph** with a [link](https://a.example/b), an *odd* word, 2 * 3 * 4 and in_a_name.

> A line that is set apart,
> and goes on.

- one item
1986. A year began.

    An indented paragraph. ![A bridge](b.png)

***
Then <b>R\\&D</b> #went on.
"""


def test_signs_of_markdown_are_taken_out_and_said(file):
    found = read_article(file("a.md", MARKDOWN + TEXT.replace("\n", "\n\n")))
    assert list(found.paragraphs) == [
        saved_pages.TITLE,
        "First paragraph with a link, an odd word, 2 * 3 * 4 and in_a_name.",
        "A line that is set apart,",
        "and goes on.",
        "one item",
        "1986. A year began.",
        "An indented paragraph.",
        "Then <b>R&D</b> #went on.",
        *LINES,
    ]
    assert found.left_out == (f"title: {saved_pages.TITLE}", "https://a.example/b", "A bridge b.png")
    assert found.notes == (
        "Signs of Markdown were taken out: 1 heading, 1 stretch in bold, 1 stretch in italics, 1 link, 1 picture, 1 item of a "
        "list, 1 block marked with > and 1 dividing line. What links and pictures lead to is left out.",
    )
    # The same words in a file of text are left as they are, and Markdown without signs is a text.
    assert "# " + saved_pages.TITLE in read_article(file("a.txt", MARKDOWN + TEXT)).paragraphs
    plain = read_article(file("b.md", "\n\n".join(LINES)))
    assert (list(plain.paragraphs), plain.left_out, plain.notes) == (LINES, (), ())
    wrapped = "\n\n".join("\n".join(saved_pages.wrapped(line, 60)) for line in LINES)
    assert list(read_article(file("c.md", wrapped)).paragraphs) == LINES


HIDDEN = {
    "style": "<p style='color:red; display: none'>{}</p>",
    "attribute": "<div hidden><p>{}</p></div>",
    "screen readers": "<p><span class='visually-hidden'>{}</span></p>",
    "WordPress": "<p class='screen-reader-text'>{}</p>",
    "moved away": "<p style='position:absolute;left:-9999px'>{}</p>",
    "passed over": "<p aria-hidden='true'>{}</p>",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_page_hides_is_left_out_and_listed(file, name):
    secret = "Nobody who reads this page ever sees that the mayor has sold the bridge to a friend."
    paragraph = f"<p>{saved_pages.BODY[0]}</p>"
    page = saved_pages.semantic()
    assert page.count(paragraph) == 1
    found = read_article(file("a.html", page.replace(paragraph, paragraph + HIDDEN[name].format(secret))))
    plain = read_article(file("b.html", page))
    assert found.paragraphs == plain.paragraphs
    assert set(found.left_out) == {*plain.left_out, secret}
    assert found.notes == ("Text that the page keeps hidden was left out.",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<body>", "<body style='display:none'>"),
        ("<main>", "<main aria-hidden='true'>"),
        ('class="byline"', "class='byline not-sr-only hidden-gem'"),
        (f"<p>{saved_pages.BODY[0][0]}", f"<p><span aria-hidden='true'>{saved_pages.BODY[0][0]}</span>"),
        ("<p>", "<p style='clip-path:none;left:-12px'>"),
    ],
)
def test_what_only_looks_hidden_stays(file, old, new):
    """A page behind a window that asks something is hidden as a whole, and a large first letter from screen readers alone."""
    page = saved_pages.semantic()
    assert old in page
    found = read_article(file("a.html", page.replace(old, new)))
    assert found == read_article(file("b.html", page))


def test_letters_that_are_set_apart_are_joined_and_no_row_of_letters_is(file):
    found = read_article(file("a.txt", f"B R E A K I N G   N E W S\n{TEXT}\nU S A\nA B C D E F\nI saw a b c d e f g."))
    assert found.paragraphs[0] == "BREAKING NEWS"
    assert found.paragraphs[-3:] == ("U S A", "A B C D E F", "I saw a b c d e f g.")
    assert found.notes == ("Letters that were set apart were joined: “BREAKING NEWS”. Look where its words end.",)


BESIDE = "and that nobody had asked him about the ferry before"
LARGE = {
    "three lines": [(60, 732, 48, "T"), (92, 760, 11, "he minister said on Monday that the bridge would stay closed,")],
    "raised": [(60, 760, 24, "T"), (76, 760, 11, "he minister said on Monday that the bridge would stay closed,")],
    "a word": [(60, 760, 24, "A"), (80, 760, 11, "minister said on Monday that the bridge would stay closed,")],
    "a question": [(60, 760, 24, "Q"), (84, 760, 11, "Why did the minister say that the bridge would stay closed,")],
    "capitals": [(60, 760, 24, "T"), (76, 760, 11, "HE MINISTER says that the bridge would stay closed,")],
    "part of a word": [
        (60, 760, 24, "I"),
        (70, 760, 11, "n the morning the minister said that the bridge would stay closed,"),
    ],
}


@pytest.mark.parametrize(
    ("name", "first", "told"),
    [
        ("three lines", "The minister said", "The"),
        ("raised", "The minister said", "The"),
        ("a word", "A minister said", ""),
        ("a question", "Q Why did", ""),
        ("capitals", "T HE MINISTER", ""),
        ("part of a word", "In the morning the minister said", "In"),
    ],
)
def test_a_large_first_letter_of_a_pdf_is_joined_to_its_word(file, name, first, told):
    cap, line = LARGE[name]
    x = line[0] if name == "three lines" else 60
    lines = [(60, 800, 18, saved_pages.TITLE), cap, line, (x, 746, 11, BESIDE), (x, 732, 11, "he was asked in a week.")]
    lines += [(60, 700 - 30 * n, 11, text[:90]) for n, text in enumerate(saved_pages.BODY[:9])]
    found = read_article(file("a.pdf", saved_pages.pdf([lines])))
    assert found.paragraphs[1].startswith(f"{first} ")
    assert found.paragraphs[1].endswith(f"would stay closed, {BESIDE} he was asked in a week.")
    assert found.notes == ((f"A large first letter was joined to the rest of its word: {told}.",) if told else ())


def test_letters_of_a_pdf_that_are_set_apart_are_joined_by_their_gaps(file):
    places, x = [], 60
    for letter in "BREAKING NEWS":
        # The widths of Times at 24 points, 8 points between letters and 20 between words.
        width = {
            "B": 16,
            "R": 16,
            "E": 14.7,
            "A": 17.3,
            "K": 17.3,
            "I": 8,
            "N": 17.3,
            "G": 17.3,
            "W": 22.7,
            "S": 13.3,
        }.get(letter, 4)
        places.append((letter, x))
        x += width + 8
    body = [(60, 700 - 30 * n, 11, text[:90]) for n, text in enumerate(saved_pages.BODY[:9])]
    found = read_article(
        file("a.pdf", saved_pages.pdf([[*((at, 800, 24, letter) for letter, at in places if letter != " "), *body]]))
    )
    assert found.paragraphs[0] == "BREAKING NEWS"
    spaced = read_article(file("b.pdf", saved_pages.pdf([[(60, 800, 24, "B R E A K I N G   N E W S"), *body]])))
    assert spaced.paragraphs == found.paragraphs
    assert spaced.notes == ("Letters that were set apart were joined: “BREAKING NEWS”. Look where its words end.",)


# Pages without an article for those who only look.
LOGIN = "<html><body><h1>Welcome</h1><form><label>Name</label><input><input type='password'><button>Sign in</button></form></body></html>"
CONSENT = "<html><body><div><h2>We value your privacy</h2><p>We and our 812 partners store cookies.</p><button>Accept all</button></div></body></html>"
PAYWALL = f"<html><body><article><h1>{saved_pages.TITLE}</h1><p>{saved_pages.BODY[0]}</p><div>Subscribe to continue reading</div></article></body></html>"
TWO = (
    "<html><body>"
    + "".join(
        f"<article><h2>{head}</h2>{''.join(f'<p>{line}</p>' for line in saved_pages.BODY if line != saved_pages.HEADING)}</article>"
        for head in ("Ferry one", "Ferry two")
    )
    + "</body></html>"
)
MIXED = (
    LINES[1].encode() + b"\n" + "Ein schöner Fluß".encode("cp1252") + b"\n" + "„Ja“".encode() + b"\n" + TEXT.encode()
)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * 40_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("login.html", LOGIN, "asks you to sign in, to pay or to agree"),
        ("consent.html", CONSENT, "asks you to sign in, to pay or to agree"),
        ("paywall.html", PAYWALL, "asks you to sign in, to pay or to agree"),
        (
            "two.html",
            TWO,
            "holds 2 articles. Choose one with --article, for instance --article 1. 1: “Ferry one”; 2: “Ferry two”",
        ),
        ("scan.pdf", saved_pages.scanned_pdf(), "has no text layer"),
        ("columns.pdf", saved_pages.set_in_columns(columns=2, low=500), "is set in columns"),
        ("broken.pdf", b"%PDF-1.4 nothing", "cannot be read as a PDF|has no text layer"),
        ("short.txt", "Thirty words. " * 15, "short.txt has 30 words. A case needs an article of 80 words or more"),
        ("long.txt", "word " * 60_000, "has 60,000 words. Choose one article of at most 5,000"),
        ("mixed.txt", MIXED, "mixes two encodings: some lines are UTF-8 and 1 are not .line 3: .*; line 2: Ein sch"),
        ("bytes.bin", bytes(range(256)) * 4, "is not text: it holds zero bytes"),
        ("old.txt", TEXT.encode("cp1252") + b"\x81\x8d", "is not UTF-8 text, as line"),
        ("cyrillic.txt", ("Мост закрыт с понедельника, сказала она. " * 20).encode("cp1251"), "is not UTF-8 text"),
        ("japanese.txt", "東京都知事は、明日は雨になると述べた。\n" * 90, "has hardly any spaces"),
        (
            "hebrew.pdf",
            saved_pages.pdf([[(60, 800 - 20 * n, 11, "ABC DEF GHI JKL " * 3) for n in range(30)]], hebrew=True),
            "is written from right to left",
        ),
        (
            "frame.html",
            "<html><body><iframe src='a.html'></iframe></body></html>",
            "0 words of text. .* copy the article there",
        ),
        ("broken.mhtml", "From: a\nMIME-Version: 1.0\n\nnothing", "holds no page that can be read"),
        ("broken.webarchive", b"bplist00 nothing", "holds no page that can be read"),
        ("a.rtf", r"{\rtf1\ansi Hello}", "is RTF. Open it in your word processor"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is an old Word file"),
        ("a.docx", document(LINES)[:2000], "is damaged"),
        ("zip.docx", bomb(), "unpacks to more than 30 MB"),
        ("a.png", b"\x89PNG\r\n", "is a picture"),
        ("empty.txt", b" \n", "is empty"),
        ("no\0thing.html", "<html></html>", "0 words"),
    ],
    ids=lambda one: one if isinstance(one, str) and len(one) < 20 else "",
)
def test_what_is_no_article_is_refused_in_a_sentence(file, name, data, says):
    with pytest.raises(MedialitError, match=says) as caught:
        read_article(file(name.replace("\0", ""), data))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.md", "# A", "Markdown files"),
        ("a.html", "<html></html>", "Pages that a browser saved"),
        ("a.docx", b"PK\x03\x04", "DOCX files"),
        ("a.pdf", b"%PDF-1.4", "PDF files"),
    ],
)
def test_what_needs_the_tools_for_authors_says_how_to_get_them(file, monkeypatch, name, data, what):
    monkeypatch.setattr("medialit.authoring.article_file.found.find_spec", lambda _: None)
    with pytest.raises(
        MedialitError, match=rf"^{what} need a library that is not here\. .*pip install 'medialit\[author\]'"
    ):
        read_article(file(name, data))


def test_one_of_two_articles_can_be_chosen_and_a_missing_file_is_named(file, tmp_path):
    found = read_article(file("two.html", TWO), article=2)
    assert found.paragraphs[0] == "Ferry two"
    assert "Ferry one" not in " ".join(found.paragraphs)
    with pytest.raises(MedialitError, match="There is no file"):
        read_article(tmp_path / "nowhere.txt")
    assert decoded("a", "café".encode("cp1252")) == "café"


def test_a_case_is_written_whole_and_its_first_unit_begins(file, tmp_path):
    found = read_article(file("a.html", saved_pages.semantic()))
    write_case(tmp_path, "ferry-bridge", found, {**ABOUT, **found.about}, invented=False, file="a.html")
    case = load_case(tmp_path / "ferry-bridge")
    assert (case.name, case.about.language, case.about.published.author) == ("ferry-bridge", "en", "Lena Ostrow")
    assert case.about.unknown == []
    assert [case.article[block.span] for block in case.article.blocks] == LINES
    assert "Most read this week" in (case.folder / "README.md").read_text(encoding="utf-8")
    told, ready = verdict(check_case(case.folder))
    assert (ready, told.partition(" It needs")[0]) == (False, "Unit 1 does not work yet. 1.1 Mark what was said:")
    assert [finding for finding in check_case(case.folder) if finding.sign == "bad"] == []
    assert {"0.1", "0.3", "0.4"} <= load_tasks(UNITS[0], case).keys()


@pytest.mark.parametrize(
    ("name", "about", "says"),
    [
        ("Ferry Bridge", ABOUT, "cannot be the name of a case"),
        ("x" * 41, ABOUT, "cannot be the name of a case"),
        ("con", ABOUT, "On Windows no folder can be called “con”"),
        ("averstow-pool", ABOUT, "is in the kit already"),
        ("taken", ABOUT, "There is something at"),
        ("ferry", {**ABOUT, "licence": " "}, "Whose text is this"),
        ("ferry", {**ABOUT, "title": ""}, "Give the story a title"),
        ("ferry", {**ABOUT, "language": "English"}, "is not the code of a language"),
        ("ferry", {**ABOUT, "date": "last week"}, "is not a date that can be read"),
    ],
)
def test_what_cannot_be_a_case_leaves_nothing_behind(file, tmp_path, name, about, says):
    found = read_article(file("a.txt", TEXT))
    (tmp_path / "cases" / "taken").mkdir(parents=True)
    with pytest.raises(MedialitError, match=says):
        write_case(tmp_path / "cases", name, found, about, invented=False, file="a.txt")
    assert [path.name for path in (tmp_path / "cases").iterdir()] == ["taken"]


@pytest.mark.parametrize("name", ["../out", "a/b", "C:x", "", "-a", "a--b", "ä"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    with pytest.raises(MedialitError, match="cannot be the name of a case"):
        check_name(name)


def test_a_full_disk_leaves_nothing_behind(file, tmp_path, monkeypatch):
    found = read_article(file("a.txt", TEXT))

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("medialit.authoring.newcase.freeze", full)
    with pytest.raises(MedialitError, match=r"could not be written to .* \(No space left on device\)"):
        write_case(tmp_path / "cases", "ferry", found, ABOUT, invented=False, file="a.txt")
    assert list((tmp_path / "cases").iterdir()) == []


def test_a_text_from_right_to_left_and_one_without_a_quotation_are_cases_too(file, tmp_path):
    arabic = "أغلقت المدينة الجسر الصغير يوم الاثنين ولم تعلن موعد إعادة فتحه. " * 12
    found = read_article(file("a.txt", arabic))
    write_case(tmp_path, "bridge-ar", found, {**ABOUT, "language": "ar"}, invented=True, file="a.txt")
    case = load_case(tmp_path / "bridge-ar")
    assert (case.about.language, case.about.invented) == ("ar", True)
    left = {one.label: one.why for one in load_tasks(UNITS[0], case).left_out}
    assert left["0.3"] == "It needs an article with words in double quotation marks."
    found = read_article(file("b.txt", TEXT.replace("“", "«").replace("”", "»")))
    write_case(tmp_path, "bridge-fr", found, ABOUT, invented=True, file="b.txt")
    tasks = load_tasks(UNITS[0], load_case(tmp_path / "bridge-fr"))
    assert tasks["0.3"].check(tasks["0.3"].answer()).outcome.done


def test_the_command_shows_the_text_and_writes_it(file, tmp_path):
    page = file("a.html", saved_pages.blog())
    place = ["--folder", str(tmp_path / "cases")]
    refused = CliRunner().invoke(app, ["author", "case", "new", "ferry", "--from", str(page), *place])
    assert isinstance(refused.exception, MedialitError)
    assert "Whose text is this" in str(refused.exception)
    done = CliRunner().invoke(
        app, ["author", "case", "new", "ferry", "--from", str(page), *place, "--license", "CC BY 4.0"]
    )
    assert done.exit_code == 0, done.output
    assert "¶12  A decision on a new bridge" in done.output
    assert done.output.index("Left out:") < done.output.index("Most read this week")
    assert load_case(tmp_path / "cases" / "ferry").about.rights == "CC BY 4.0"


def test_nothing_is_asked_for_a_name_that_is_taken(file, tmp_path, monkeypatch):
    (tmp_path / "ferry").mkdir()
    monkeypatch.setattr("medialit.authoring.article_file.read_article", lambda *_: pytest.fail("the file was read"))
    words = ["author", "case", "new", "ferry", "--from", str(file("a.txt", TEXT)), "--folder", str(tmp_path)]
    with pytest.raises(MedialitError, match="There is something at"):
        app(words, standalone_mode=False)


def test_what_is_not_said_is_asked(file, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    answers = iter(["The ferry bridge", "Ana", "", "", "", "en"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    monkeypatch.setattr("typer.prompt", lambda *_, default="", **__: next(answers, "") or default)
    page = file("a.txt", TEXT)
    app(["author", "case", "new", "ferry", "--from", str(page), "--folder", str(tmp_path)], standalone_mode=False)
    case = load_case(tmp_path / "ferry")
    assert (case.title, case.about.published.author, case.about.invented) == ("The ferry bridge", "Ana", True)
