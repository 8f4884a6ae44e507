"""A picture without words stops the build and the check; one with words passes."""

import nbformat
import pytest

from medialit.authoring.build import drifted
from medialit.authoring.pictures import markdown_fault, picture_fault, without_words
from medialit.files import kit_root

PNG = "iVBORw0KGgo="


def shown(**data):
    return [nbformat.v4.new_output("display_data", data={k.replace("_", "/"): v for k, v in data.items()})]


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (shown(image_png=PNG, text_plain="<Figure>"), "a picture without alt text"),
        (shown(image_jpeg=PNG), "a picture without alt text"),
        (shown(**{"image_svg+xml": "<svg></svg>"}), "a picture without alt text"),
        (shown(text_html='<p>x</p><img src="a.png">'), "an image without alt text"),
        (shown(text_html='<img alt="" src="a.png">'), "an image without alt text"),
        (shown(text_html='<img alt="A bar chart" src="a.png"><img src="b.png">'), "an image without alt text"),
        (shown(text_markdown="![](a.png)"), "an image without alt text"),
        (shown(text_html="<svg><path d='M0 0'/></svg>"), "a drawing without a name"),
        (shown(text_html='<svg aria-label=" "></svg>'), "a drawing without a name"),
        (shown(text_html='<img alt="A bar chart: one side has 66%" src="a.png">'), ""),
        (shown(text_html='<svg role="img" aria-label="A line"></svg>'), ""),
        (shown(text_html="<svg><title>A line</title></svg>"), ""),
        (shown(text_html='<button>Undo <svg aria-hidden="true"></svg></button>'), ""),
        (shown(text_plain="image/png"), ""),
        ([], ""),
    ],
)
def test_an_output_says_what_it_shows(outputs, words):
    found = picture_fault(outputs)
    assert (words in found) if words else not found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("![](map.png)", True),
        ("![ ][map]", True),
        ('<img src="map.png">', True),
        ("![The sea of Japan](map.png)", False),
        ("Write `![](map.png)` for an image.", False),
        ("```\n![](map.png)\n```", False),
        ("```\ncode\n```\n![](map.png)", True),
    ],
)
def test_markdown_says_what_it_shows(text, bare):
    assert bool(markdown_fault(text)) is bare


def test_no_picture_of_the_course_is_mute():
    paths = [p for name in ("notebooks", "exercises", "solutions") for p in (kit_root() / name).glob("*.ipynb")]
    pictures = 0
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        assert without_words(notebook) == [], path.name
        pictures += sum("<svg role" in str(cell.get("outputs", "")) for cell in notebook.cells)
    # There are charts, so the sentence above says something.
    assert pictures > 3


def test_the_check_names_the_notebook_and_the_cell(tmp_path):
    folder = tmp_path / "course" / "01-test"
    folder.mkdir(parents=True)
    (folder / "lesson.md").write_text("Who speaks?\n", encoding="utf-8")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("Who?"), nbformat.v4.new_code_cell("draw()", outputs=shown(image_png=PNG))]
    )
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / "01-test.ipynb")
    (fault,) = drifted(tmp_path)
    assert fault == (
        "notebooks/01-test.ipynb, cell 2: This cell shows a picture without alt text. "
        "Show it with medialit.show, which asks for one."
    )
