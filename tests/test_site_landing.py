"""The first page of the site: a link to Binder when, and only when, the project says where its repository is."""

import re

import pytest

from medialit.case.load import load_case
from medialit.errors import CaseError
from medialit.files import course_path, kit_root, load_model
from medialit.site import build, read
from medialit.site.read import Settings, write_landing

BINDER = "https://mybinder.org/v2/gh/ada/news-course/HEAD?urlpath=lab/tree/notebooks/00-start.ipynb"


def settings(tmp_path, address):
    path = tmp_path / "site.yaml"
    path.write_text(f"repository: {address!r}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", ""),
        ("https://github.com/ada/news-course", BINDER),
        ("https://github.com/ada/news-course.git", BINDER),
        ("https://gitlab.com/ada/news-course/", BINDER.replace("gh/ada/", "gl/ada%2F")),
    ],
)
def test_one_setting_makes_the_link_and_the_first_page_has_it_with_its_warning(tmp_path, monkeypatch, address, link):
    path = settings(tmp_path, address)
    monkeypatch.setattr(read, "course_path", lambda *parts: path if parts == ("site.yaml",) else course_path(*parts))
    assert load_model(Settings, path).binder == link
    write_landing(tmp_path, 12.3)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert ("mybinder.org" in page) == ("ten minutes" in page) == bool(link)
    assert f'href="{link}"' in page or not link


@pytest.mark.parametrize("address", ["github.com/ada/x", "https://example.org/ada/x", "https://github.com/ada", "x"])
def test_another_address_is_refused_in_a_sentence(tmp_path, address):
    with pytest.raises(CaseError, match=r"such as https://github\.com/NAME/REPOSITORY") as refused:
        load_model(Settings, settings(tmp_path, address))
    assert "site.yaml" in str(refused.value)


def test_the_link_leads_to_a_page_that_is_there_and_the_guide_names_the_same():
    start = BINDER.partition("urlpath=lab/tree/")[2]
    assert (kit_root() / start).is_file()
    told = BINDER.replace("ada/news-course", "NAME/REPOSITORY")
    assert told in (kit_root() / "docs" / "deploy.md").read_text(encoding="utf-8")


def test_the_first_page_links_a_paper_pack_that_has_no_key(tmp_path):
    write_landing(tmp_path, 12.3)
    (linked,) = re.findall(r'href="(print/[^"]+)"', (tmp_path / "index.html").read_text(encoding="utf-8"))
    build._write_pack(tmp_path / linked)
    pack = (tmp_path / linked).read_text(encoding="utf-8")
    assert "Kishida" in pack
    assert "¶20" in pack
    told = [claim.explanation[:40] for claim in load_case("missile-tests").claim_gold.to_verify]
    assert told
    assert not [words for words in told if words in pack]
