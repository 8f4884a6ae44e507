"""The quotes lens kind by kind: the table in ``quotes_by_kind.yaml``, which is also the list of what it can do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from medialit import find_quotes
from medialit.lenses.quotes import Quote

EDGE = " \n“”‘’\"'.,;:?!"
TABLE: dict[str, list[dict]] = yaml.safe_load(Path(__file__).with_name("quotes_by_kind.yaml").read_text("utf-8"))
ROWS = [(kind, row["text"], row["quotes"]) for kind, rows in TABLE.items() for row in rows]


def shown(text: str, quote: Quote) -> tuple[str, str]:
    """Content and speaker as the table writes them; an unnamed speaker by its words."""
    if quote.speaker is None:
        return text[slice(*quote.content)].strip(EDGE), "scare" if quote.kind == "scare" else "nobody"
    return text[slice(*quote.content)].strip(EDGE), quote.speaker_name or text[slice(*quote.speaker)]


def misread(text: str, wanted: list[str]) -> str:
    """What is wrong with the finder's reading of a text; empty when it is right."""
    quotes = find_quotes(text)
    found = [shown(text, quote) for quote in quotes]
    rows = [tuple(part.strip() for part in row.rsplit("|", 1)) for row in wanted]
    right = len(found) == len(rows) and all(
        content == gold.strip(EDGE) and (who == name or (without_name(quote) and name.lower() in who.lower()))
        for quote, (content, who), (gold, name) in zip(quotes, found, rows, strict=True)
    )
    return "" if right else f"{text!r}: {found}, not {rows}"


def without_name(quote: Quote) -> bool:
    return quote.unnamed or quote.speaker_name is None


def test_every_kind_has_its_sentences() -> None:
    assert len(TABLE) == 15
    assert all(len(rows) >= 15 for rows in TABLE.values())


@pytest.mark.parametrize(("kind", "text", "wanted"), ROWS, ids=[f"{kind}: {text[:40]}" for kind, text, _ in ROWS])
def test_a_sentence_of_its_kind(kind: str, text: str, wanted: list[str]) -> None:
    assert misread(text, wanted) == ""
