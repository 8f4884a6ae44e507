"""Invented articles as files: five pages as a browser saves them, two PDFs, and texts in other forms. Nothing in them exists."""

import io
import plistlib
import quopri
import zlib

TITLE = "Ferry Quarter Waits for Its Bridge"
POST = (
    "The bridge at #FerryQuarter 'will not open before June', engineers say. We have asked the council twice. #detour"
)
SIGNED = "— Quarter Notes (@quarternotes) May 2, 2024"
HEADING = "A longer way to school"
BODY = [
    "The footbridge that links the Ferry Quarter with the old town has been closed since Monday, April 29, and nobody can say when it will open again.",
    "“We found cracks in two of the eight bearings,” said Mira Solvane, who leads the city’s building office. “That is not a repair for a weekend.”",
    "About 3,200 people crossed the bridge on a working day in March, according to a count by the city. Most of them now take the road bridge, which is 1.8 kilometers to the north.",
    "The council set aside 240,000 euros for the repair on Thursday. Opposition members called the sum “a guess with a comma in it”, and they asked for a second report.",
    "In a post that was shared more than 900 times, a neighborhood group passed on a warning:",
    POST,
    SIGNED,
    HEADING,
    "Two schools have moved the first lesson to half past eight so that pupils can arrive in time. Head teacher Jonas Werrick said that 140 of his 410 pupils live across the river.",
    "“They walk for forty minutes along a road without a sidewalk,” he said.",
    "The bus company added four trips in the morning, but it says that it has no drivers for more.",
    "Experts believe that the bridge, which was built in 1961, has come to the end of its life. The city has not confirmed this.",
    "A decision on a new bridge is expected in autumn at the earliest, Solvane said.",
]
LEFT_OUT = ["Subscribe to our morning letter", "Most read this week", "We use cookies", "Photograph: the closed bridge"]
NAV = "<nav><ul><li><a href='#'>Home</a></li><li><a href='#'>Sport</a></li><li><a href='#'>Weather</a></li></ul></nav>"
COOKIES = "<div id='cookie-banner' role='dialog'><p>We use cookies to improve this site. Read our policy.</p><button>Accept all</button></div>"
LETTER = (
    "<div class='newsletter'><h3>Subscribe to our morning letter</h3><p>Every day at seven, free of charge.</p></div>"
)
READ = "<aside class='related'><h3>Most read this week</h3><ul><li><a href='#'>Market hall to be painted blue</a></li><li><a href='#'>Ten tips for your balcony</a></li></ul></aside>"
FIGURE = "<figure><img src='b_files/1.jpg' alt=''><figcaption>Photograph: the closed bridge on Tuesday. Ana Drell</figcaption></figure>"
FOOT = "<footer><p>© 2024 The Quarter Courier. All rights reserved.</p><p><a href='#'>Imprint</a> <a href='#'>Privacy</a></p></footer>"
EMBED = f"<blockquote class='twitter-tweet'><p lang='en'>{POST}</p>{SIGNED}</blockquote><script async src='widgets.js'></script>"


def paragraphs(tag="p", heading="h2", embed=EMBED, between=None):
    """The body as HTML; ``between`` puts something after the paragraphs with these numbers."""
    made = []
    for n, text in enumerate(BODY):
        if text == POST:
            made.append(embed)
        elif text == HEADING:
            made.append(f"<{heading}>{text}</{heading}>")
        elif text != SIGNED:
            made.append(f"<{tag}>{text}</{tag}>")
        made.append((between or {}).get(n, ""))
    return "\n".join(made)


def semantic():
    """A page with landmarks and JSON-LD."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Quarter Courier</title>
<meta name="author" content="Lena Ostrow"><meta property="og:site_name" content="The Quarter Courier">
<link rel="canonical" href="https://quarter-courier.example/2024/05/ferry-quarter-bridge">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{TITLE}",
"datePublished":"2024-05-03T08:10:00+02:00","author":{{"@type":"Person","name":"Lena Ostrow"}},
"publisher":{{"@type":"Organization","name":"The Quarter Courier"}}}}</script></head><body>{COOKIES}<header>{NAV}</header>
<main><article><h1>{TITLE}</h1><p class="byline">By Lena Ostrow</p><time datetime="2024-05-03">May 3, 2024</time>{FIGURE}
{paragraphs(between={2: LETTER, 8: READ})}</article></main>{FOOT}</body></html>"""


def blog():
    """A page of a widespread blog system: entry, sidebar, sharing, comments."""
    comments = "<div id='comments'><h2>3 comments</h2><ol><li><p>Tom: I have walked there for years, and nobody ever listened to us.</p></li><li><p>Eve: The bus is always full in the morning, so this does not help at all.</p></li></ol></div>"
    share = "<div class='sharedaddy'><h3>Share this:</h3><ul><li><a href='#'>Post</a></li><li><a href='#'>Mail</a></li></ul></div>"
    return f"""<html lang="en-US"><head><meta charset="utf-8"><title>{TITLE} – Quarter Blog</title></head><body class="single">
{COOKIES}<div id="page"><div id="masthead">{NAV}</div><div id="content"><div id="primary"><div class="post hentry"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta">Posted on <a href="#">May 3, 2024</a> by <a href="#">Lena Ostrow</a></div><div class="entry-content">{FIGURE}{paragraphs(between={3: LETTER})}
{share}</div></div>{comments}</div><div id="secondary" class="sidebar">{READ}</div></div></div>{FOOT}</body></html>"""


def boxes():
    """A page of nested boxes without paragraphs of HTML."""
    inner = paragraphs(
        "div", "div", f"<div class='embed'><div>{POST}</div><div>{SIGNED}</div></div>", {4: LETTER, 10: READ}
    )
    return f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div class="c1">{COOKIES}</div><div class="c2">{NAV}</div>
<div class="wrap"><div class="col-main"><div class="story"><div class="hd"><h1>{TITLE}</h1></div><div class="story-body">{FIGURE}{inner}</div></div></div>
<div class="col-side"><div>{READ}</div></div></div>{FOOT}</body></html>"""


def breaks():
    """An old page: one cell of a table, paragraphs kept apart by line breaks, Windows-1252."""
    inner = "<br><br>\n".join(f"<b>{text}</b>" if text == HEADING else text for text in BODY)
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><title>{TITLE}</title></head><body>
<table><tr><td width="150">{NAV}{READ}</td><td><h1>{TITLE}</h1>{FIGURE}<font face="Georgia">{inner}</font></td></tr>
<tr><td colspan="2">{LETTER}{COOKIES}{FOOT}</td></tr></table></body></html>"""
    return page.encode("cp1252")


def lists():
    """A page with a list inside the article, a pull quote, and teasers between the paragraphs."""
    teaser = "<div class='teaser'><a href='#'><h4>Read also: The river in numbers</h4></a></div>"
    pull = "<aside class='pullquote'>“That is not a repair for a weekend.”</aside>"
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title><style>p{{margin:0}}</style></head><body>
<div role="banner">{NAV}</div><div role="main"><section class="article"><header><h1>{TITLE}</h1><p class="meta"><span>Lena Ostrow</span></p></header>
{FIGURE}<div class="text">{paragraphs(between={1: pull, 5: teaser, 9: teaser})}</div>{LETTER}{READ}</section></div>{COOKIES}{FOOT}</body></html>"""


PAGES = {"semantic": semantic, "blog": blog, "boxes": boxes, "breaks": breaks, "lists": lists}


def mhtml():
    """The page with landmarks as Chrome saves it as a single file."""
    head = f'MIME-Version: 1.0\nFrom: <Saved by Blink>\nSubject: {TITLE}\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="-B-"\n\n'
    part = "\n---B-\nContent-Type: {}\nContent-Transfer-Encoding: quoted-printable\n\n"
    page = quopri.encodestring(semantic().encode()).decode()
    made = f"{head}{part.format('text/html')}{page}{part.format('text/css')}p {{ margin: 0 }}\n---B---\n"
    return made.replace("\n", "\r\n").encode()


def webarchive():
    """The page with landmarks as Safari saves it."""
    main = {"WebResourceData": semantic().encode(), "WebResourceTextEncodingName": "UTF-8"}
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


# --- PDF ---------------------------------------------------------------------------------------------------------------


def pdf(pages, hebrew=False):
    """A PDF with a text layer. ``pages`` are lists of (x, y, size, text) or, for text that runs upward, (x, y, size, text, 1).

    The font is one that every reader has; ``hebrew`` says of its capital letters that they are Hebrew ones.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    if hebrew:
        objects[2] = objects[2].replace(b">>", b"/ToUnicode 4 0 R >>")
        cmap = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n1 beginbfrange\n<41> <5A> <05D0>\nendbfrange\nendcmap"
        objects.append(b"<< /Length %d >>\nstream\n" % len(cmap) + cmap + b"\nendstream")
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F1 %d Tf %s %d %d Tm (" % (size, b"0 1 -1 0" if turned else b"1 0 0 1", x, y)
            + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            + b") Tj ET\n"
            for x, y, size, text, *turned in lines
        )
        data = zlib.compress(drawn)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % n + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def wrapped(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def set_in_columns(columns=1, head="", gap=8, indent=0, low=480):
    """The article as pages of a PDF, in one column or two, with a running head and page numbers."""
    width, left = (84, [60]) if columns == 1 else (40, [60, 310])
    pages, lines, column, y = [], [], 0, 770
    for n, text in enumerate([TITLE, *BODY]):
        size = 18 if n == 0 else 13 if text == HEADING else 11
        for k, line in enumerate(wrapped(text, 50 if n == 0 else width)):
            if y < low:
                column, y = column + 1, 770
                if column == columns:
                    pages.append(lines)
                    lines, column = [], 0
            lines.append((left[column] + (indent if k == 0 and size == 11 else 0), y, size, line))
            y -= size + 3
        y -= gap
    pages.append(lines)
    for n, page in enumerate(pages, 1):
        if head:
            page.insert(0, (60, 810, 9, head))
        page.append((290, 40, 9, str(n)))
    return pdf(pages)


def spaced_pdf():
    """Paragraphs kept apart by space, with a running head."""
    return set_in_columns(head="The Quarter Courier, May 3, 2024")


def indented_pdf():
    """Paragraphs told by their first line alone."""
    return set_in_columns(gap=0, indent=14)


def scanned_pdf():
    """Pages without any text."""
    return pdf([[], []])


def ferry_case(place):
    """The article as a new case in a folder below ``place``; nothing of it is coded."""
    from medialit.authoring.article_file.found import Found
    from medialit.authoring.newcase import write_case

    about = {"title": "Ferry", "licence": "CC BY 4.0"}
    write_case(place, "ferry-bridge", Found((TITLE, *BODY)), about, invented=True, file="a.txt")
    return place / "ferry-bridge"
