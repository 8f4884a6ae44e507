"""What a learner looks at: every word of the article, marks in words, charts with alt text and table."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from some import some

import medialit
from medialit.article import Article
from medialit.lenses.voices import quoted_words, voices
from medialit.show.article_view import article_view, parts_of, sentence_view
from medialit.show.calibration import calibration_chart
from medialit.show.charts import bar_chart, voices_chart
from medialit.show.drawing import SERIES, steps
from medialit.show.html import CHIPS, LINES, View, fold
from medialit.show.marks import PATTERNS, WORDS, Mark, marked_html, marked_text, quote_marks
from medialit.show.tables import table_view


@pytest.fixture(scope="module")
def case():
    return medialit.load_case("missile-tests")


class Words(HTMLParser):
    """The text of some HTML, and the tags that were opened and not closed."""

    def __init__(self, html):
        super().__init__()
        self.text, self.open = "", []
        self.feed(html)

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_parts_are_short_hold_every_block_and_word(case):
    parts = parts_of(case.article)
    assert [i for part in parts for i in part] == list(range(len(case.article.blocks)))
    for part in parts:
        size = sum(len(case.article[case.article.blocks[i].span].split()) for i in part)
        assert size <= 120 or len(part) == 1
    for part in some(parts_of(case.article)):
        assert case.article.blocks[part[-1]].kind != "heading"
    shown = Words(article_view(case.article).html).text
    for block in some(case.article.blocks):
        assert case.article[block.span] in shown
    assert "Part 2 of" in article_view(case.article, parts=[2]).text
    assert "Part 1 of" not in article_view(case.article, parts=[2]).text


def test_html_is_small_and_explains_hard_words_once(case):
    view = article_view(case.article, glossary=case.glossary, highlights=quote_marks(case.quotes))
    assert Words(view.html).open == []
    assert len(view.html) < 40_000
    view = article_view(case.article, glossary=case.glossary)
    for term, why in some(case.glossary.items()):
        assert view.text.count(f"{term}: {why}") == 1, term


@given(
    st.text(alphabet="abc <&>\"'é😀", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(sorted(PATTERNS))), max_size=6),
)
def test_marks_may_nest_and_overlap_and_no_sign_is_lost(text, raw):
    marks = [Mark(a, a + n, kind, f"«{kind}»") for a, n, kind in raw]
    words = Words(marked_html(text, 0, len(text), marks))
    assert words.open == []
    plain = words.text
    for kind in {m.kind for m in marks}:
        plain = plain.replace(f"«{kind}»\u2009", "")
    assert plain.replace("\u2009⟩", "") == text


def test_marks_are_in_words_in_the_plain_form_too(case):
    sentence = case.article.sentences[13].span
    view = sentence_view(case.article, sentence, quote_marks(case.quotes))
    assert "{Japanese Prime Minister Fumio Kishida} *reported*" in view.text
    assert "[mixed: “a number”" in view.text
    assert marked_text("abc", 0, 3, [Mark(1, 2, "word", "extra")]) == "a[extra: b]c"
    assert set(PATTERNS) == set(WORDS)
    for kind, colour in some(CHIPS.items()):
        assert contrast("#FFFFFF", colour) >= 4.5, kind


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["#FFFFFF", "#111111"])
def test_lines_stand_out_in_light_and_dark(ground):
    for kind, colour in some(LINES.items()):
        assert contrast(colour, ground) >= 3, (kind, ground)


def test_a_chart_has_alt_text_and_the_same_numbers_as_its_table(case):
    shares = voices(case.article, case.quotes)
    view = voices_chart(shares, {v.name: v.bloc for v in case.voices})
    (alt,) = re.findall(r'<svg role="img" aria-label="([^"]+)"', view.html)
    for share in shares:
        assert f"{share.speaker} {share.words}" in alt
        assert str(share.words) in view.text
    assert len(view.html) < 12_000
    assert "<table" in view.html


def shapes(html, name):
    return [node.attrib for node in drawn(html).iter(name)]


def drawn(html):
    return ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])


def test_bars_are_as_long_as_their_values_and_groups_differ_by_more_than_color():
    table = table_view([{"Code": "a", "Learners": 7}], "Codes")
    labels, values = ["a <b>", "c", "d"], [10, 5, 2.5]
    html = bar_chart(labels, values, title="T", unit="u", alt="A & “b”", table=table, series=["x", "y", "y"]).html
    plain = [box for box in shapes(html, "rect") if not box["fill"].startswith("url(")]
    wide = [float(box["width"]) for box in plain]
    assert [round(wide[0] / w, 1) for w in wide] == [1, 2, 4]
    assert [box["fill"] for box in plain][1:] == [SERIES[1][0]] * 2
    hatched = {box["fill"] for box in shapes(html, "rect")} - {box["fill"] for box in plain}
    assert hatched == {f"url(#{tile['id']})" for tile in shapes(html, "pattern")}
    assert len(hatched) == 1
    assert {"T", "u", "a <b>", "c", "d", "10", "5", "2.5"} <= set(drawn(html).itertext())
    # Ink is the page's own, so that a dark page has bright words.
    assert {text["fill"] for text in shapes(html, "text")} == {"currentColor"}


@pytest.mark.parametrize("values", [[0], [0.004, 0.001], [3, 1_200_000]])
def test_a_chart_of_any_size_stays_inside_its_frame(values):
    table = table_view([{"Code": "a"}], "Codes")
    long = "a label with very many words in it that goes on and on for more than one line of the chart"
    html = bar_chart([long] * len(values), values, title=long * 2, unit="u", alt="x", table=table).html
    *_, width, height = map(float, drawn(html).attrib["viewBox"].split())
    assert width == 720
    for box in shapes(html, "rect"):
        assert 0 <= float(box["x"]) <= float(box["x"]) + float(box["width"]) <= width
        assert 0 <= float(box["y"]) <= float(box["y"]) + float(box["height"]) <= height
    for text in some(shapes(html, "text")):
        assert 0 <= float(text["x"]) <= width
        assert 0 < float(text["y"]) <= height


@pytest.mark.parametrize(
    ("top", "last"), [(16, "15"), (1, "1"), (0, "1"), (310, "300"), (0.004, "0.004"), (7e6, "6,000,000")]
)
def test_an_axis_has_round_numbers_and_few(top, last):
    found = steps(top)
    assert found[0] == (0, "0")
    assert found[-1][1] == last
    assert 2 <= len(found) <= 6


def test_a_table_breaks_no_number_and_no_date():
    cells = ["¶15", "2025-01-23", "3.80", "29,000", "¶5–7", "41%", "−3", "two missiles", "AP 2024-03-18"]
    html = table_view([{str(i): cell for i, cell in enumerate(cells)}], "Cells").html
    told = re.findall(r'<t[hd] (?:scope="row" )?style="([^"]*)">([^<]*)<', html)
    assert [cell for _, cell in told] == cells
    assert [cell for style, cell in told if "nowrap" in style] == cells[:7]


def test_a_chart_keeps_its_words_readable_in_a_narrow_window_and_the_keyboard_scrolls_it():
    table = table_view([{"Code": "a", "Learners": 7}], "Codes")
    known = {"title": "Most often: a", "unit": "learners", "alt": "Bar chart. Most often: a. a 7.", "table": table}
    wide = bar_chart(["a"], [7], **known).html
    assert 'tabindex="0" role="region" aria-label="Bar chart. Most often: a" style="overflow-x:auto"><svg' in wide
    least, size = (float(re.search(f'{name}[:="]+([0-9.]+)', wide)[1]) for name in ("min-width", "font-size"))
    assert least / float(re.search(r'viewBox="0 0 ([0-9.]+)', wide)[1]) * size >= 11


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        ((6, 8, 9), "fits"),
        # Three levels that are right equally often: their mean fits, and they say nothing.
        ((8, 8, 8), "says little"),
        ((9, 8, 7), "says little"),
        ((2, 3, 4), "is higher than the hits"),
        ((10, 10, 10), "is lower than the hits"),
    ],
)
def test_certainty_fits_only_when_the_surest_answers_are_right_more_often(hits, said):
    levels = [level for level in (1, 2, 3) for _ in range(10)]
    right = [n < count for count in hits for n in range(10)]
    assert f"The class's certainty {said}." in calibration_chart(levels, right, "The class's").text


def test_tables_and_joined_views():
    view = table_view([{"Who": "A <b>", "Words": 3}], caption="Words & more")
    assert '<th scope="col"' in view.html
    assert '<th scope="row"' in view.html
    assert "A &lt;b&gt;" in view.html
    assert "Words &amp; more" in view.html
    assert Words(view.html).open == []
    # Views can be joined and folded.
    both = View("a", "<p>a</p>") + View("b", "<p>b</p>")
    assert both.text == "a\n\nb"
    assert fold(both, "Open").html.startswith("<details><summary")
    assert set(both._repr_mimebundle_()) == {"text/plain", "text/html"}
    assert "Nobody is quoted" in voices_chart([], {}).text


def test_quoted_words_of_the_story(case):
    words = quoted_words(case.article, case.quotes)
    assert sum(words.values()) == 49
    shares = {
        v.speaker: round(v.share) for v in voices(case.article, case.quotes, {v.name: v.bloc for v in case.voices})
    }
    assert shares == {"North Korea": 65, "Japan": 33, "United States": 2}
    # Marks that close in a later paragraph, or are set in front of each.
    for text in ('"One two three.\n\n"Four five," she said.', "“One two three.\n\n“Four five,” she said."):
        said = [SimpleNamespace(content=span, speaker_name="she") for span in Article(text).lines((1, text.index(",")))]
        assert quoted_words(Article(text), said) == {"she": 5}
    article = Article('He spoke of a "deal” and “more')
    assert (quoted_words(article, []), voices(article, [])) == ({}, [])
