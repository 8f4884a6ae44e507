"""The framing panels of both cases: coded apart, kept apart, and their agreement as the datasheets give it."""

import pytest
from some import some

import medialit
from medialit.authoring.panel import agreement_table, panel_agreement
from medialit.case.framing import FramingGold, load_framing
from medialit.errors import CaseError
from medialit.files import data_path, read_text
from medialit.scoring.agreement import krippendorff_alpha

CASES = ("missile-tests", "averstow-pool")


@pytest.fixture(params=CASES)
def case(request):
    return medialit.load_case(request.param)


def test_four_coders_answered_everything_with_evidence_for_yes(case):
    gold = case.framing
    assert len(gold.coders) == 4
    for coder in gold.coders:
        assert set(gold.answers(coder)) == {item.id for item in gold.codebook.items}
    assert len(gold.excerpts) == 6
    assert "not a human panel" in gold.tasks.note
    for coding in some(case.framing.codings.values()):
        assert all((judged.answer == "yes") == bool(judged.evidence) for judged in coding.items.values())
    # Shares are of the coders and sum to one.
    gold = case.framing
    for item in gold.codebook.items:
        assert sum(gold.shares(item.id).values()) == pytest.approx(1)
    for excerpt in gold.excerpts:
        assert sum(gold.techniques(excerpt.id).values()) == pytest.approx(1)
    assert all(0 < share <= 1 for key in ("problem", "remedy") for share in gold.function(key).values())


def test_the_agreement_is_the_one_of_the_datasheet_and_of_the_coefficient(case):
    gold = case.framing
    units = [[gold.answers(coder)[item.id] for coder in gold.coders] for item in gold.codebook.items]
    found = panel_agreement(gold, case.article)["20 items"]
    assert found.value == pytest.approx(krippendorff_alpha(units))
    assert found.low <= found.value <= found.high
    readme = read_text(data_path(case.name, "README.md"))
    for line in some(agreement_table(case.framing, case.article).splitlines()):
        assert line in readme


def test_what_is_coded_and_made_up(case):
    gold, article = case.framing, case.article
    headings = {article[w.span] for w in gold.words if not article.block_at(w.span.start).number}
    assert headings <= {"Fiasco"}
    for item in gold.codebook.items:
        for number in gold.evidence(item.id):
            assert article.blocks[article.sentences[number - 1].block].number
    # Made up pairs are labelled and agree alike.
    pairs = {pair.key: pair for pair in case.framing.pairs}
    assert all("Made-up" in pair.label for pair in pairs.values())
    for key in ("rare", "even"):
        same = sum(a == b for a, b in zip(pairs[key].first, pairs[key].second, strict=True))
        assert same == 18


def test_a_damaged_panel_is_named(case, tmp_path):
    folder = tmp_path / case.name
    (folder / "coding").mkdir(parents=True)
    text = (case.folder / "frames.yaml").read_text(encoding="utf-8")
    for path in (case.folder / "coding").glob("frames-*.yaml"):
        (folder / "coding" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "frames.yaml").write_text(text, encoding="utf-8")
    assert isinstance(load_framing(folder, case.article, case.name), FramingGold)
    none = text.replace("[frames-coder-1, frames-coder-2, frames-coder-3, frames-coder-4]", "[]")
    for broken, says in (
        (none, "This needs 1 or more, and has 0"),
        (text.replace("codebook: 2", "codebook: 9"), "version 9 of the codebook"),
        (text.replace("sentence: 2,", "sentence: 3,").replace("sentence: 9,", "sentence: 3,"), "does not hold"),
    ):
        (folder / "frames.yaml").write_text(broken, encoding="utf-8")
        with pytest.raises(CaseError, match=says):
            load_framing(folder, case.article, case.name)
