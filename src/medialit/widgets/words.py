"""The words that can be marked: the same ones by pen and by sentence list, so that both give the same spans."""

from __future__ import annotations

from medialit.article import Article, Span


def spoken_words(article: Article, span: Span) -> list[Span]:
    """The words of a span without punctuation; pieces such as ``Japan`` and ``’s`` are joined again."""
    joined: list[Span] = []
    for word in article.words(span):
        if not any(c.isalnum() for c in article[word]):
            continue
        if joined and joined[-1].end == word.start:
            joined[-1] = Span(joined[-1].start, word.end)
        else:
            joined.append(word)
    return joined
