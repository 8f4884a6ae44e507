"""The views of unit 1."""

from __future__ import annotations

from collections.abc import Sequence

from medialit.exercises.records import FOR_MEASURERS
from medialit.lenses.quotes import find_quotes
from medialit.lenses.voices import voices
from medialit.scoring.spans import WordIndex, score_spans
from medialit.show.article_view import article_view, sentence_view
from medialit.show.charts import voices_chart
from medialit.show.html import View, fold
from medialit.show.marks import Mark, quote_marks
from medialit.show.tables import table_view
from medialit.units.base import Unit
from medialit.units.quotes.voices import CountVoices


class QuotesUnit(Unit):
    """Who is speaking, and are these their words?"""

    def marks(self, *rules: str) -> View:
        """The article with the words that the named rules of the quotes lens find, and nothing else about them."""
        found = [Mark(*quote.content, quote.kind) for quote in find_quotes(self.case.article, rules=rules or None)]
        return article_view(self.case.article, highlights=sorted(set(found), key=lambda mark: mark.start))

    def show_gold(self, sentence: int, hide: str = "") -> View:
        """One sentence with speaker, cue and content as readers marked them; ``hide`` leaves one of the three out."""
        span = self.case.article.sentences[sentence - 1].span
        quotes = [q for q in self.case.quotes if span.start <= q.content.start < span.end and not q.nested]
        marks = [m for m in quote_marks(quotes) if m.kind != hide]
        return sentence_view(self.case.article, span, marks)

    def compare(self, *rule_sets: Sequence[str]) -> View:
        """What sets of rules find of the whole article's gold: a table, and precision, recall and F1 on request."""
        article = self.case.article
        index = WordIndex(article.text, article.words())
        gold = [q.content for q in self.case.quotes]
        required = [q.share >= 1 for q in self.case.quotes]
        rows, measures = [], []
        for rules in rule_sets:
            found = [q.content for q in find_quotes(article, rules=rules)]
            score = score_spans(found, gold, index, required)
            rows.append(
                {
                    "Rules": " + ".join(rules),
                    "Marked": len(found),
                    "Right": len(score.pairs),
                    "Missed": len(score.missed),
                }
            )
            measures.append(
                {
                    "Rules": " + ".join(rules),
                    "Precision": f"{score.precision:.2f}",
                    "Recall": f"{score.recall:.2f}",
                    "F1": f"{score.f1:.2f}",
                }
            )
        caption = self.say("compare", n=sum(required))
        return table_view(rows, caption=caption) + fold(table_view(measures, caption=caption), FOR_MEASURERS)

    def voices(self) -> View:
        """Whose words are between quotation marks: a chart and its table."""
        self.the(CountVoices)
        blocs = {voice.name: voice.bloc for voice in self.case.voices}
        return voices_chart(voices(self.case.article, self.case.quotes), blocs)

    def quoted_words(self) -> dict[str, int]:
        """Words between double quotation marks by speaker, for a chart of one's own."""
        return dict(self.the(CountVoices).words)
