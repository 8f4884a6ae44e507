"""Files that are damaged on purpose, and how a fault of one must be told."""

import pytest

from medialit.errors import CaseError


def damage(path, old, new, source=None):
    """Replace one place of a file, or of a copy of ``source``, and fail when that place is not there."""
    text = (source or path).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(load, path, says, field=""):
    """``load`` must name the file, line and field of a fault in one sentence; returns the error."""
    with pytest.raises(CaseError) as caught:
        load()
    error, lines = caught.value, path.read_text(encoding="utf-8").splitlines()
    assert says in str(error)
    assert str(error).startswith(f"{path.name}, line {error.line}, field")
    assert 1 <= error.line <= len(lines)
    assert "\n" not in str(error)
    assert field in ("", error.field.split(".")[-1])
    return error
