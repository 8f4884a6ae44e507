"""What a learner reads when something about the progress file is not as it should be."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from medialit.progress.disk import NotKept
from medialit.progress.reading import Contents


def bar(contents: Contents, name: str) -> str:
    """Why nobody must write to this file, or an empty text."""
    if contents.newer:
        return (
            f"{name} was written by a newer medialit (format {contents.newer}), so it is open for reading only. "
            "Update medialit to go on with it."
        )
    if contents.foreign:
        return f"{name} is not a progress file, so nothing is written to it. Move it elsewhere or rename it."
    return ""


def why(error: OSError, path: Path | None, doing: str = "written") -> str:
    """Why a file cannot be read or written."""
    name, folder = (path.name, path.parent) if path else ("The file", "memory")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "There is no room left on the disk. Free some space and try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{name} cannot be {doing} in {folder}: you have no right to do that there."
    if error.errno == errno.EBUSY:
        return f"Another notebook is using {name} and has not let go of it. Close that notebook or try again."
    # The drive of a browser has one number for all its errors.
    if isinstance(error, NotKept) or (sys.platform == "emscripten" and error.errno == errno.EINVAL):
        return f"{name} was written but is not kept: this is a private window, or the browser has no room left."
    if error.errno == errno.ENOENT:
        return f"{name} cannot be {doing}: there is no folder {folder}."
    return f"{name} cannot be {doing} ({error.strerror or type(error).__name__})."


def listed(numbers: list[int]) -> str:
    """ "3, 7 and 9"; after ten numbers only how many more."""
    shown = [str(number) for number in numbers[:10]]
    if len(numbers) > 10:
        shown.append(f"{len(numbers) - 10} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
