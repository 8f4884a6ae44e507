"""A button that makes the certificate. Nothing is written before it is clicked."""

from __future__ import annotations

from collections.abc import Callable

from medialit.exercises.wording import say
from medialit.show.html import RUN, View, run_line, titled
from medialit.widgets.page import Page, PageBlock

TYPED = "By typing: me.write_certificate()"


class CertificateWidget(Page):
    """``make()`` writes the certificate and says where it is."""

    def __init__(self, make: Callable[[], View]) -> None:
        self._make = make
        what, buttons = f"<p>{say('certificate_what')}</p>", [("make", "Make my certificate", "")]
        self.block = PageBlock("make", "My certificate", prompt=what, buttons=buttons, press=lambda _: self.make())
        super().__init__([self.block])

    def make(self) -> None:
        """Make it, and show the links."""
        self.block.say(feedback=self._make().html)

    def text_form(self) -> str:
        return f"{say('certificate_what')}\n{RUN}\n{TYPED}"

    def html_form(self) -> str:
        return titled("My certificate", f"<p>{say('certificate_what')}</p>{run_line()}<p>{TYPED}</p>")
