"""A case: one article with all that is needed to teach from it."""

from medialit.case.load import Case, CaseFile, load_case
from medialit.case.quotes import GoldQuote, QuoteGold
from medialit.case.records import Record, SpanField
from medialit.case.serves import lacks

__all__ = ["Case", "CaseFile", "GoldQuote", "QuoteGold", "Record", "SpanField", "lacks", "load_case"]
