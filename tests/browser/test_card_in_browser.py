"""The card in a real browser: one page on paper (two when all is full), no sideways scrolling, no request to anywhere."""

import dataclasses
import re

import pytest

import medialit
from medialit.progress import Progress
from medialit.show.correction_card import CardClaim, card_document
from medialit.units.correction.correct import PARAGRAPH
from medialit.units.correction.page import PARTS, DraftCard

CASES = ("missile-tests", "averstow-pool")


def written(case, part):
    unit = medialit.open_unit("correction", case=case, progress=Progress())
    answers = getattr(unit.case.correction, part).answers()
    return DraftCard(unit.tasks, dict(zip(PARTS, answers.values(), strict=True)), unit.say).page()


def full_to_the_brim():
    """Every blank filled to its limit, the longest claims, the longest sources: what still has to fit on one sheet."""
    unit = medialit.open_unit("correction", progress=Progress())
    case, form = unit.case, unit.tasks["5.4"].form
    words = "Words that fill a card up to the last sign that there is room for, "
    typed = {b.name: (words * 20)[: b.limit] for b in form.blanks if b.limit and b.name not in ("date", "address")}
    claims = [case.claim_gold.claim(name) for name in case.correction.choices]
    says = sorted((claim.says for claim in claims), key=len)
    longest = sorted(case.evidence, key=lambda c: -len(f"{c.publisher}{c.title}{c.origin}{c.address}"))[:6]
    return dataclasses.replace(
        written("missile-tests", "model"),
        claim=CardClaim(says[-1], "missing context", 2, (1, 2)),
        words=max((case.article[claim.span] for claim in claims), key=len),
        corrected=(((words * 20)[:PARAGRAPH], True),),
        left_out=("x" * 800,),
        also=tuple(
            CardClaim(text, "missing context", 2, at) for text, at in zip(says[-2:], ((3, 4), (5, 6)), strict=True)
        ),
        sources=tuple(longest),
        **typed,
    )


CARDS = {f"{case} {part}": (case, part) for case in CASES for part in ("example", "model")}


@pytest.fixture(params=[*CARDS, "full"])
def file(request, tmp_path):
    card = full_to_the_brim() if request.param == "full" else written(*CARDS[request.param])
    path = tmp_path / "correction-card.html"
    path.write_text(card_document(card), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_card_is_one_printed_page_and_one_sheet_when_it_is_full_to_the_brim(page, file, size, request):
    page.goto(file.as_uri())
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=size, margin=dict.fromkeys(_SIDES, "12mm")))
    assert len(pages) <= (2 if "full" in request.node.name else 1)


_SIDES = ("top", "bottom", "left", "right")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_fits_a_phone_and_asks_nobody_for_anything(page, file, scheme):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(file.as_uri())
    assert (page.evaluate("document.documentElement.scrollWidth"), asked, said) == (320, [file.as_uri()], [])
    assert page.locator("h1").count() == 1
    # Links can be told from text without colour, and a finger hits them: they fill lines of their own height.
    assert page.evaluate("getComputedStyle(document.querySelector('a')).textDecorationLine") == "underline"


def test_more_than_a_sheet_would_be_noticed(page, tmp_path):
    path = tmp_path / "long.html"
    card = dataclasses.replace(full_to_the_brim(), corrected=(("Far too long. " * 1200, True),))
    path.write_text(card_document(card), encoding="utf-8")
    page.goto(path.as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))) > 2
