"""A slow machine must not make a property test fail: no example has a deadline. Files that take long begin first."""

import gc
import shutil

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

# Thousands of tests and modules stay until the end: to look for garbage among them takes a quarter of all the time.
gc.set_threshold(20_000, 10, 10)

# A long file that begins last leaves the other processes idle. Ten seconds of a processor or of waiting, and more.
LONG = (
    "test_rerun",
    "test_grade",
    "test_scorer",
    "test_attacks",
    "test_report",
    "test_quotes_property",
    "test_made_up_class",
    "test_wheel",
    "test_launch",
    "test_build",
    "test_casecheck",
    "test_partial_case",
    # In a browser, minutes each.
    "test_whole_course",
    "test_units_in_lab",
)


def pytest_collection_modifyitems(items):
    """The long files in this order, then the others as they come."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONG)))


def pytest_collection_finish():
    """What was collected is no garbage, and is not looked at again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A case that many tests begin with is made once; each gets a copy."""
    made = {}

    def copied(make, place):
        if make not in made:
            made[make] = make(tmp_path_factory.mktemp("once"))
        return shutil.copytree(made[make], place / made[make].name)

    return copied
