"""A button that makes the certificate. Nothing is written before it is clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medialit.exercises.wording import say
from medialit.show.html import RUN, View, run_line, titled
from medialit.widgets.page import Page, PageBlock

TYPED = "By typing: me.write_certificate()"


class _Make(PageBlock):
    def __init__(self, make: Callable[[], View]) -> None:
        self._make = make
        super().__init__(
            "make",
            "My certificate",
            prompt=f"<p>{say('certificate_what')}</p>",
            buttons=[("make", "Make my certificate", "")],
        )

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        self.say(feedback=self._make().html)


class CertificateWidget(Page):
    """``make()`` writes the certificate and says where it is."""

    def __init__(self, make: Callable[[], View]) -> None:
        self.block = _Make(make)
        super().__init__([self.block])

    def make(self) -> None:
        """Make it, and show the links."""
        self.block.pressed("make", {})

    def text_form(self) -> str:
        return f"{say('certificate_what')}\n{RUN}\n{TYPED}"

    def html_form(self) -> str:
        return titled("My certificate", f"<p>{say('certificate_what')}</p>{run_line()}<p>{TYPED}</p>")
