"""HTML files that people keep or print, from the templates in ``course/print/``, where their words are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from medialit.files import course_path

if TYPE_CHECKING:
    import jinja2


def rendered(name: str, **values: Any) -> str:
    """The page of ``course/print/NAME.html.j2``. Whatever is filled in is escaped, unless the template says ``safe``."""
    return _templates().get_template(f"{name}.html.j2").render(values)


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    # Imported at use: a learner who prints nothing never loads it.
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(course_path("print")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
