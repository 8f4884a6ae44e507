"""The annotation notebook: an article of one's own becomes a case, part by part, by mouse or keyboard and without YAML.

The program proposes to the first coder. A proposal becomes part of the key only when somebody has confirmed it. A second
coder sees no proposals, and nothing of the first. A part is a module with a :class:`~medialit.widgets.page.Page` that takes
the folder of the case, its article and the number of the coder, and writes files of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from medialit.errors import MedialitError

if TYPE_CHECKING:
    from medialit.widgets.page import Page


@dataclass(frozen=True)
class Part:
    """One part of the notebook: the class that draws it, and its heading."""

    where: str
    title: str


PARTS = {
    "quotes": Part("medialit.authoring.annotate.quotes:QuoteCoding", "Who says what?"),
    "claims": Part("medialit.authoring.annotate.claims:ClaimCoding", "What can be checked?"),
    "evidence": Part("medialit.authoring.annotate.evidence:EvidenceCoding", "What does the evidence say?"),
    "wording": Part("medialit.authoring.annotate.wording:WordingCoding", "How is it worded?"),
    "extras": Part("medialit.authoring.annotate.extras:Extras", "More exercises, if you like"),
    "finish": Part("medialit.authoring.annotate.finish:Finish", "What works, and what to do next"),
}


# What the settle page brings together, by the field of the decisions.
SETTLED = {
    "quotes": Part("medialit.authoring.annotate.differences:SettleQuotes", "Quotations"),
    "claims": Part("medialit.authoring.annotate.differences:SettleClaims", "Claims"),
    "verdicts": Part("medialit.authoring.annotate.differences:SettleVerdicts", "Verdicts"),
    "wording": Part("medialit.authoring.annotate.differences:SettleWording", "Framing"),
}


def annotate(case: str | Path, coder: int = 1, part: str = "quotes") -> Page:
    """One part of the annotation notebook of a case in a folder, for its first coder or another one.

    Raises MedialitError when there is no such case or part, or when the case or its coding is not one to be changed here.
    """
    if type(coder) is not int or coder < 1:
        raise MedialitError("Coders are numbered: the first one is coder 1.")
    return _page(PARTS, part, case, coder)


def settle(case: str | Path, part: str = "quotes") -> Page:
    """One part of the settle page of a case in a folder: what its coders coded differently, to be decided.

    Raises MedialitError when there is no such case or part, or when the case is not one to be changed here.
    """
    return _page(SETTLED, part, case)


def _page(parts: dict[str, Part], part: str, case: str | Path, *more: int) -> Page:
    from medialit.case import load_case
    from medialit.files import data_path

    if part not in parts:
        raise MedialitError(f"There is no part “{part}”. Parts: {', '.join(parts)}.")
    found = load_case(case)
    if found.folder == data_path(found.folder.name).resolve():
        raise MedialitError(
            f"{found.name} belongs to the kit. Copy its folder, give the copy another name, and annotate that."
        )
    module, _, name = parts[part].where.partition(":")
    page: Page = getattr(import_module(module), name)(found.folder, found.article, *more)
    return page


def begin_case(name: str = "", folder: str | Path = ".") -> Page:
    """The page on which a case is begun from a pasted text or a file; its folder is made in ``folder``.

    Raises MedialitError for a name that no case can have.
    """
    page: Page = import_module("medialit.authoring.annotate.begin").BeginCase(Path(folder), name)
    return page
