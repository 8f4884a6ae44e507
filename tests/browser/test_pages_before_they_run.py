"""Every page of the course as it is opened, before anything ran: what a preview or a reader without widgets sees."""

import pytest
from everyone import look_in_both_themes, wear
from lab import Mouse

from medialit.files import kit_root


@pytest.mark.parametrize("folder", ["notebooks", "exercises"])
def test_the_pages_fit_a_telephone_before_they_ran(lab, page, folder):
    page.set_viewport_size({"width": 320, "height": 900})
    pages, faults = sorted((kit_root() / folder).glob("*.ipynb")), []
    assert pages
    for path in pages:
        lab.open(page, f"{folder}/{path.name}")
        Mouse(page).make_room()
        wear(page, "light", 320)
        try:
            look_in_both_themes(page, f"{path.name}, as it was built", ("light", 320))
        except AssertionError as fault:
            # One page's faults must not hide the next one's.
            faults.append(str(fault))
    assert not faults, "\n".join(faults)
