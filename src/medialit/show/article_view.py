"""The article as a learner reads it: numbered paragraphs in short parts, hard words explained, marks in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from medialit.article import Article, Block, Span
from medialit.errors import MedialitError
from medialit.show.html import View, chip, escape, page
from medialit.show.marks import Mark, legend_html, marked_html, marked_text

LIMIT = 120


def parts_of(article: Article, limit: int = LIMIT) -> tuple[tuple[int, ...], ...]:
    """The article in parts of at most ``limit`` words, as indexes into ``article.blocks``.

    A heading stays with what follows it. A block longer than the limit is a part of its own.
    """
    parts: list[tuple[int, ...]] = []
    current: list[int] = []
    size = 0
    for i, block in enumerate(article.blocks):
        words = len(article[block.span].split())
        opens = block.kind == "heading" and any(article.blocks[k].number for k in current)
        if current and ((opens and size > limit // 2) or size + words > limit):
            # A heading at the end of a part would stand alone: it moves on.
            carried = [current.pop()] if article.blocks[current[-1]].kind == "heading" and len(current) > 1 else []
            parts.append(tuple(current))
            current = carried
            size = sum(len(article[article.blocks[k].span].split()) for k in carried)
        current.append(i)
        size += words
    if current:
        parts.append(tuple(current))
    return tuple(parts)


def article_view(
    article: Article,
    *,
    parts: int | Sequence[int] | None = None,
    glossary: Mapping[str, str] | None = None,
    highlights: Sequence[Mark] = (),
) -> View:
    """The whole article, or some of its parts (counted from 1), with explained words and highlighted marks.

    Raises MedialitError when there is no such part.
    """
    every = parts_of(article)
    known = range(1, len(every) + 1)
    chosen = known if parts is None else parts
    wanted = [chosen] if isinstance(chosen, int) or not isinstance(chosen, Sequence) else list(chosen)
    if unknown := [n for n in wanted if n not in known]:
        raise MedialitError(f"There is no part {unknown[0]!r}. The story has {len(every)} parts, counted from 1.")
    unexplained = dict(glossary or {})
    html, text = [legend_html(highlights)], []
    for n in wanted:
        title = f"Part {n} of {len(every)}"
        terms = _terms(article, every[n - 1], unexplained)
        blocks = [article.blocks[i] for i in every[n - 1]]
        body = _in_its_language(article, "".join(_block_html(article, block, highlights, terms) for block in blocks))
        words = "".join(
            f'<li style="margin:2px 0"><strong>{i}</strong> <em>{escape(term)}</em>: {escape(why)}</li>'
            for i, (_, term, why) in enumerate(terms, 1)
        )
        if words:
            body += (
                '<p style="margin:8px 0 0 0;font-size:15px"><strong>Words in this part</strong></p>'
                f'<ul style="list-style-type:none;padding-left:8px;margin:0;font-size:15px">{words}</ul>'
            )
        html.append(
            f'<div style="border:1px solid #909090;border-radius:6px;padding:8px 12px;margin:8px 0">'
            f'<p style="margin:0 0 8px 0;font-size:14px">{title}</p>{body}</div>'
        )
        lines = [title, *(_block_text(article, block, highlights) for block in blocks)]
        lines += [f"  {term}: {why}" for _, term, why in terms]
        text.append("\n".join(lines))
    return View("\n\n".join(text), page("".join(html)))


def _in_its_language(article: Article, html: str, tag: str = "div") -> str:
    """Words of the article with the language and the direction that they are written in, unless that is English."""
    if article.language == "en":
        return html
    return f'<{tag} lang="{escape(article.language)}" dir="{article.direction}">{html}</{tag}>'


def sentence_view(article: Article, span: tuple[int, int], highlights: Sequence[Mark]) -> View:
    """One sentence with its marks."""
    block = article.block_at(span[0])
    number = f"¶{block.number}" if block and block.number else ""
    marked = _in_its_language(article, marked_html(article.text, span[0], span[1], highlights), "bdi")
    html = (
        f"{legend_html(m for m in highlights if m.start < span[1] and span[0] < m.end)}"
        f'<p style="line-height:2;margin:8px 0">{chip(number)} {marked}</p>'
    )
    return View(f"{number} {marked_text(article.text, span[0], span[1], highlights)}", page(html))


def _terms(article: Article, part: Sequence[int], unexplained: dict[str, str]) -> list[tuple[Span, str, str]]:
    """First uses in this part of words that were not explained before, in text order."""
    found = []
    for i in part:
        start, end = article.blocks[i].span
        for term in list(unexplained):
            match = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", article.text[start:end], re.IGNORECASE)
            if match:
                span = Span(start + match.start(), start + match.end())
                found.append((span, term, unexplained.pop(term)))
    return sorted(found)


def _block_html(article: Article, block: Block, marks: Sequence[Mark], terms: list[tuple[Span, str, str]]) -> str:
    inner = _with_terms(article, block.span, marks, terms)
    if block.kind == "heading":
        return f'<h4 style="margin:12px 0 4px 0">{inner}</h4>'
    post = f"{chip('Post')} " if block.kind == "post" else ""
    side = "border-left:4px double #909090;padding-left:8px;" if block.kind == "post" else ""
    height = "2" if marks else "1.6"
    return (
        f'<div style="display:flex;margin:6px 0"><span style="min-width:36px;font-size:14px">¶{block.number}</span>'
        f'<p style="{side}margin:0;min-width:0;overflow-wrap:anywhere;line-height:{height}">{post}{inner}</p></div>'
    )


def _with_terms(article: Article, span: Span, marks: Sequence[Mark], terms: list[tuple[Span, str, str]]) -> str:
    made, at = [], span.start
    for number, (place, _, _) in enumerate(terms, 1):
        if span.start <= place.start and place.end <= span.end and place.start >= at:
            made.append(marked_html(article.text, at, place.start, marks))
            inner = marked_html(article.text, place.start, place.end, marks)
            made.append(f'<span style="border-bottom:1px dotted #808080">{inner}</span><sup>{number}</sup>')
            at = place.end
    made.append(marked_html(article.text, at, span.end, marks))
    return "".join(made)


def _block_text(article: Article, block: Block, marks: Sequence[Mark]) -> str:
    words = marked_text(article.text, block.span.start, block.span.end, marks)
    if block.kind == "heading":
        return f"     {words.upper() if not marks else words}"
    return f"¶{block.number:<3} {'(Post) ' if block.kind == 'post' else ''}{words}"
