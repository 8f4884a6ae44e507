"""The article: blocks, sentences and words as offsets into a text that is never changed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medialit.article import Article, Span, token_spans
from medialit.errors import MedialitError
from medialit.files import data_path

SHA256 = "f044bdd110c7fcd6cfe90f1438be560b2ccc3eb3b416f36e919e15c0366bde4e"


@pytest.fixture(scope="module")
def article() -> Article:
    return Article(data_path("missile-tests", "article.txt").read_bytes().decode("utf-8"))


def test_the_article_is_the_one_we_were_given_with_its_blocks(article):
    assert hashlib.sha256(data_path("missile-tests", "article.txt").read_bytes()).hexdigest() == SHA256
    assert [block.kind for block in article.blocks].count("heading") == 4
    assert ([block.number for block in article.paragraphs], len(article.sentences)) == (list(range(1, 21)), 35)
    assert [block.number for block in article.blocks if block.kind == "post"] == [10, 11, 12]
    assert [block.number for block in article.blocks if block.kind == "bullet"] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("number", "opening", "closing"),
    [
        (1, "North Korea’s strategic", "international warnings."),
        (15, "Japan’s Defense Ministry", "50 kilometers per hour."),
        (16, "The Japanese leader", "Fumio Kishida said."),
        (18, "U.S. officials have warned", "pic.twitter.com/hI9DUqxtcj"),
        (33, "Despite international condemnation and U.N. Security Council", "of its own."),
    ],
)
def test_sentences_end_where_a_reader_ends_them(article, number, opening, closing):
    words = article[article.sentences[number - 1].span]
    assert words.startswith(opening)
    assert words.endswith(closing)


def test_words_cover_the_text_and_positions_are_found_again(article):
    covered = {i for start, end in article.words() for i in range(start, end)}
    assert all(i in covered for i, sign in enumerate(article.text) if not sign.isspace())
    sentence = article.sentences[13].span
    words = [article[word] for word in article.words(sentence)]
    assert (words[-2:], words.count("“")) == (["reported", "."], 1)
    at = article.text.index("a number")
    assert (article.block_at(at).number, article.sentence_at(at).number) == (9, 14)
    assert (article.number_at(at), article.number_at(len(article.text))) == (14, 0)
    assert article.block_at(0) is None
    assert Span(0, 5).overlaps((4, 9))
    assert not Span(0, 5).overlaps((5, 9))


@given(st.text())
def test_any_text_is_cut_without_loss(text):
    article = Article(text)
    spans = [block.span for block in article.blocks]
    assert spans == sorted(spans)
    outside = set(range(len(text))) - {i for start, end in spans for i in range(start, end)}
    assert all(text[i].isspace() for i in outside)
    for sentence in article.sentences:
        block = article.blocks[sentence.block].span
        assert block.start <= sentence.span.start < sentence.span.end <= block.end


@given(st.text(alphabet=st.sampled_from("ab .'\"“”’‘`\n-—…!😀é")))
def test_token_spans_are_in_order_and_inside(text):
    spans = token_spans(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)


def test_whole_words_are_found_before_parts_of_words():
    article = Article("It is seriously odd. A serious thing, seriously.")
    assert article.find("serious") == (23, 30)
    assert article.find("seri") == (6, 10)
    with pytest.raises(MedialitError, match="only once"):
        article.find("serious", 1)


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("He said: “We left. It was late.\n\n“It was dark,” he said.", "We left. It was late.\n\n“It was dark,",
         ["We left. It was late.", "It was dark,"]),
        ('"We left.\n"It was dark," he said.', 'We left.\n"It was dark,', ["We left.", "It was dark,"]),
        ("“A mess” is what he saw.", "“A mess” is what he saw", ["“A mess” is what he saw"]),
        ("We left.\n \n  «C’est tard»", "We left.\n \n  «C’est tard", ["We left.", "C’est tard"]),
    ],
)  # fmt: skip
def test_a_stretch_of_several_lines_has_a_part_for_each(text, words, parts):
    article = Article(text)
    at = text.index(words)
    assert [article[part] for part in article.lines((at, at + len(words)))] == parts


@pytest.mark.parametrize(
    "line",
    [
        "«Nous sommes prêts.»",
        "« Nous sommes prêts »",
        "„Wir sind bereit.“",
        "‘We are ready’",
        "هل نحن مستعدون؟",
        "हम तैयार हैं।",
        "Nous sommes prêts. »",
    ],
)
def test_a_short_line_that_somebody_says_is_a_paragraph_in_every_language(line):
    assert [block.kind for block in Article(f"The headline\n{line}\n").blocks] == ["heading", "paragraph"]


@pytest.mark.parametrize("end", "؟۔।")
def test_a_sentence_ends_with_the_mark_of_its_language(end):
    text = f"هل جاء الرجل إلى المدينة القديمة يوم الاثنين{end} نعم جاء."
    article = Article(f"{text}\n")
    assert [article[sentence.span] for sentence in article.sentences] == [f"{text.partition(end)[0]}{end}", "نعم جاء."]
