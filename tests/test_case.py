"""A case is validated when it is loaded: a damaged file gives one sentence with file, line and field."""

import shutil

import pytest
import yaml
from damaged import damage, refused

import medialit
from medialit.article import Article
from medialit.authoring.coding import agreements, compare_codings, read_coding, settle, settle_case
from medialit.errors import CaseError, MedialitError
from medialit.files import data_path, read_text


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "my-case"
    shutil.copytree(data_path("missile-tests"), copy)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return copy


def line_of(path, words):
    return next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if words in line)


def test_the_case_of_the_course_loads():
    case = medialit.load_case("missile-tests")
    assert len(case.article.sentences) == 35
    assert len(case.quotes) >= 20
    assert all(case.article[q.content] == q.text for q in case.quotes)
    assert not case.about.invented


def test_a_case_can_be_loaded_from_a_folder_and_is_read_again_when_edited(folder):
    assert medialit.load_case(folder).title == "North Korea’s strategic missile tests"
    damage(folder / "case.yaml", "title: North Korea’s strategic", "title: Some")
    assert medialit.load_case(folder).title == "Some missile tests"


def test_an_unknown_case_is_answered_with_the_known_ones():
    with pytest.raises(MedialitError, match="missile-tests"):
        medialit.load_case("moon-landing")


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "words"),
    [
        ("case.yaml", "title:", "titel:", "title", "missing"),
        ("case.yaml", "name: missile-tests", "name: 7", "name", "needs a text"),
        ("case.yaml", "language: en", "language: en\ncolour: red", "colour", "not known here"),
        ("case.yaml", "name: missile-tests", "name: missile-tests\nname: twice", "name", "appears twice"),
        ("quotes.yaml", "quote: q11", "quote: q99", "chain", "no attribution “q99”"),
        ("quotes.yaml", "  - [25, 26]", "  - [25, 260]", "marking", "numbered 1 to 35"),
        ("quotes.yaml", "sorting: [q01", "sorting: [x01", "sorting", "no attribution “x01”"),
        ("quotes.yaml", "      share: 1.0", "      share: high", "repair.rewrites.2.share", "number"),
        ("attributions.yaml", "- id: q02", "- id: q01", "id", "appears twice"),
        ("attributions.yaml", "kind: direct", "kind: straight", "kind", "not one of"),
        ("attributions.yaml", "text: interest in engagement", "text: interest in talks", "text", "not what stands"),
        (
            "attributions.yaml",
            "speaker_name: Fumio Kishida",
            "speaker_name: F. Kishida",
            "speaker_name",
            "list of voices",
        ),
    ],
)
def test_a_damaged_file_is_named_with_line_and_field(folder, file, old, new, field, words):
    damage(folder / file, old, new)
    error = refused(lambda: medialit.load_case(folder), folder / file, words)
    assert error.file.name == file
    assert field.split(".")[-1] in error.field


def test_the_line_is_the_line_of_the_fault(folder):
    path = folder / "attributions.yaml"
    damage(path, "kind: direct", "kind: straight")
    with pytest.raises(CaseError) as caught:
        medialit.load_case(folder)
    assert caught.value.line == line_of(path, "kind: straight")


def test_a_span_outside_the_text_is_named(folder):
    path = folder / "attributions.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data[3]["cue"] = [4800, 9000]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CaseError, match=r"after the last character of the article \(4,805\)"):
        medialit.load_case(folder)


def test_an_edited_article_is_refused(folder):
    damage(folder / "article.txt", "Kim John Un", "Kim Jong Un")
    with pytest.raises(CaseError, match="checksum"):
        medialit.load_case(folder)


def test_only_the_article_and_case_yaml_must_be_there(folder):
    for path in folder.iterdir():
        if path.is_file() and path.name not in ("article.txt", "case.yaml"):
            path.unlink()
    assert (medialit.load_case(folder).quotes, medialit.load_case(folder).glossary) == ((), {})
    (folder / "article.txt").unlink()
    with pytest.raises(CaseError, match="missing") as caught:
        medialit.load_case(folder)
    assert caught.value.file.name == "article.txt"


def test_a_file_that_is_not_yaml_or_not_utf8_is_named(folder):
    (folder / "quotes.yaml").write_text("voices: [a, b\n", encoding="utf-8")
    with pytest.raises(CaseError, match="not valid YAML"):
        medialit.load_case(folder)
    (folder / "quotes.yaml").write_bytes("voices: []\n# Übung".encode("latin-1"))
    with pytest.raises(CaseError, match="not UTF-8") as caught:
        medialit.load_case(folder)
    assert caught.value.line == 2


# --- the two coding passes ---


def codings():
    article = Article(read_text(data_path("missile-tests", "article.txt")))
    folder = data_path("missile-tests", "coding")
    return article, [read_coding(path, article) for path in sorted(folder.glob("quotes-coder-*.yaml"))]


def test_the_gold_is_what_the_coding_files_settle_to():
    article, passes = codings()
    settled = read_coding(data_path("missile-tests", "coding", "quotes-adjudicated.yaml"), article)
    committed = yaml.safe_load(read_text(data_path("missile-tests", "attributions.yaml")))
    assert settle(article, settled, passes or [settled]) == committed


def test_settling_a_case_again_changes_nothing(folder):
    before = (folder / "attributions.yaml").read_bytes()
    settle_case(folder)
    assert len(agreements(folder)) == 1
    assert (folder / "attributions.yaml").read_bytes() == before


def test_the_agreement_in_the_datasheet_is_the_one_the_kit_computes():
    article, passes = codings()
    sheet = read_text(data_path("missile-tests", "README.md"))
    if len(passes) < 2:
        # Agreement takes two: until then the datasheet must not suggest that there were.
        assert "second coding pass is still to be made" in sheet
        return
    found = compare_codings(article, *passes[:2])
    for figure in (f"{found.f1:.2f}", f"{found.strict_f1:.2f}", f"{found.word_alpha.value:.2f}"):
        assert figure in sheet
    assert f"{found.counts[0]} and {found.counts[1]}" in sheet
