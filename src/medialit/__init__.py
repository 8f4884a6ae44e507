"""medialit: one news story, four lenses. A course kit for media literacy.

Everything is imported when it is first used, so that ``import medialit`` costs next to nothing.
"""

from __future__ import annotations

import sys

__version__ = "0.1.0"

_WHERE = {
    "Article": "medialit.article",
    "Span": "medialit.article",
    "MedialitError": "medialit.errors",
    "load_case": "medialit.case",
    "find_quotes": "medialit.lenses.quotes",
    "find_dates": "medialit.lenses.dates",
    "find_numbers": "medialit.lenses.numbers",
    "score_claims": "medialit.lenses.claims",
    "loaded_words": "medialit.lenses.framing",
    "frame_profile": "medialit.lenses.framing",
    "compare_facts": "medialit.lenses.sources",
    "distinctive_words": "medialit.lenses.sources",
    "group_by_origin": "medialit.lenses.sources",
    "shared_passages": "medialit.lenses.sources",
    "compare_voices": "medialit.lenses.voices",
    "to_claimreview": "medialit.exercises.claimreview",
    "krippendorff_alpha": "medialit.scoring.agreement",
    "open_unit": "medialit.units",
    "annotate": "medialit.authoring.annotate",
    "begin_case": "medialit.authoring.annotate",
    "settle": "medialit.authoring.annotate",
    "open_test": "medialit.units.sitting",
    "my_course": "medialit.units.course",
}

if sys.platform == "emscripten":  # before a cell of a learner can import NLTK
    import medialit.browser  # noqa: F401

__all__ = [*_WHERE, "__version__"]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"medialit has no {name!r}. It has: {', '.join(_WHERE)}.")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
