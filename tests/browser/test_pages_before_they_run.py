"""Every page of the course as it is opened, before anything ran: what a preview or a reader without widgets sees."""

import pytest
from everyone import look, wear
from lab import Mouse

from medialit.files import kit_root

PAGES = sorted(
    path.relative_to(kit_root()).as_posix()
    for folder in ("notebooks", "exercises")
    for path in (kit_root() / folder).glob("*.ipynb")
)


@pytest.mark.parametrize("notebook", PAGES)
def test_a_page_fits_a_telephone_before_it_ran(lab, page, notebook):
    page.set_viewport_size({"width": 320, "height": 900})
    lab.open(page, notebook)
    Mouse(page).make_room()
    for theme in ("light", "dark"):
        wear(page, theme, 320)
        look(page, f"as it was built, {theme}")
