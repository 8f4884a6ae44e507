"""The command line as somebody meets it at a prompt, without starting Python anew for each command."""

import os
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple
from unittest.mock import patch

from medialit.cli import main


class Done(NamedTuple):
    """The code that a command leaves with, and what it said on both streams."""

    code: int
    out: str
    err: str


def typed(*words, cwd="."):
    """Type a command in this folder. What is no plain sentence of the kit goes on as an error, and fails the test."""
    out, err = StringIO(), StringIO()
    with (
        chdir(cwd),
        patch("sys.argv", ["medialit", *map(os.fspath, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            return Done(left.code or 0, out.getvalue(), err.getvalue())
    raise AssertionError("a command ends with a code")
