"""Settle the gold quotes of a case: the adjudicated list, with the share of coding passes behind each attribution.

Usage: python scripts/settle_quotes.py missile-tests

Reads ``coding/quotes-adjudicated.yaml`` and ``coding/quotes-coder-*.yaml``, writes ``attributions.yaml`` beside the case
and prints the agreement between the passes for its README.
"""

from __future__ import annotations

import sys
from itertools import combinations

import yaml

from medialit.article import Article
from medialit.authoring.coding import Coded, compare_codings, read_coding
from medialit.files import data_path, read_text
from medialit.scoring.spans import WordIndex, match_spans


def settle(article: Article, settled: list[Coded], passes: list[list[Coded]]) -> list[dict]:
    """The records of ``attributions.yaml``: spans, kind, and shares from 0 to 1."""
    index = WordIndex(article.text, article.words())
    votes: list[list[str]] = [[] for _ in settled]
    for coding in passes:
        for i, j, _ in match_spans([c.content for c in settled], [c.content for c in coding], index):
            votes[i].append(coding[j].kind)
    records = []
    for number, (quote, kinds) in enumerate(zip(settled, votes, strict=True), 1):
        record = {"id": f"q{number:02}", "text": article[quote.content], "content": list(quote.content)}
        if quote.speaker:
            record["speaker"] = list(quote.speaker)
        if quote.speaker_name:
            record["speaker_name"] = quote.speaker_name
        if quote.cue:
            record["cue"] = list(quote.cue)
        record["kind"] = quote.kind
        record["share"] = round(len(kinds) / len(passes), 2)
        record["kind_share"] = round(kinds.count(quote.kind) / len(kinds), 2) if kinds else 0.0
        if quote.nested:
            record["nested"] = True
        if quote.note:
            record["note"] = quote.note
        records.append(record)
    return records


def main(case: str) -> None:
    folder = data_path(case)
    article = Article(read_text(folder / "article.txt"))
    settled = read_coding(folder / "coding" / "quotes-adjudicated.yaml", article)
    passes = [read_coding(path, article) for path in sorted((folder / "coding").glob("quotes-coder-*.yaml"))] or [
        settled
    ]
    head = "# Made by scripts/settle_quotes.py from the files in coding/. Edit those, then run it again.\n"
    body = yaml.safe_dump(settle(article, settled, passes), allow_unicode=True, sort_keys=False, width=120)
    (folder / "attributions.yaml").write_text(head + body, encoding="utf-8")
    for one, other in combinations(passes, 2):
        print(compare_codings(article, one, other))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "missile-tests")
