"""A loop over nothing checks nothing: ``for task in some(unit.tasks)`` fails when there is no task."""


def some(things):
    """These things as a list, which must not be empty."""
    found = list(things)
    assert found, "there is nothing here to check"
    return found
