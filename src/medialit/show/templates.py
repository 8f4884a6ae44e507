"""The one way to fill in a page that people keep or print: a Jinja2 template beside the code, with everything escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


@lru_cache(maxsize=16)
def template(path: Path) -> jinja2.Template:
    """The template in a file. Values are escaped in HTML (mark HTML with ``|safe``); one that is missing raises an error."""
    import jinja2

    rooms = jinja2.FileSystemLoader(path.parent)
    made = jinja2.Environment(
        loader=rooms, autoescape=path.name.endswith(".html.j2"), undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return made.get_template(path.name)
