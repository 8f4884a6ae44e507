"""Running another program, with one plain sentence when it fails; and what a folder holds."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

from medialit.errors import MedialitError


def run(command: Sequence[str | Path], what: str, folder: Path | None = None) -> str:
    """Run a program and return what it printed. Raises MedialitError with its last line when it fails."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise MedialitError(f"{what} needs {command[0]}, which is not installed here.") from None
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        said = lines[-1].strip() if lines else f"it exited with status {done.returncode}"
        raise MedialitError(f"{what} did not work: {said}")
    return done.stdout


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
