"""Text to read over a screen: help, and transcripts to copy."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from callcalm.core.text import safe
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import literal
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.dialogue import Dialogue
from callcalm.tui.widgets.keybar import KeyBar
from callcalm.tui.widgets.words import Words


class Reader(Dialogue[None]):
    """A text, to scroll through."""

    BINDINGS = bindings("reader")
    AUTO_FOCUS = ""

    def __init__(self, title: str, text: str | Reflow) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The title and the text."""
        with Vertical(id="box", classes="tall"):
            yield Words(literal(self._title, "bold $heading"), ident="question")
            with VerticalScroll(id="said", can_focus=False):
                yield Words(self._text)
            yield KeyBar(ident="keys")

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        scroll = self.query_one("#said", VerticalScroll)
        if pages > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    def action_line(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one("#said", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_back(self) -> None:
        """Read."""
        self.dismiss()


class CopyReader(Reader):
    """A text that is also on the clipboard, where the terminal allows it."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, text)
        self._copied = safe(text)

    def on_mount(self) -> None:
        """Put it on the clipboard by the terminal's own means (OSC 52); the text stays here to select by hand."""
        self.app.copy_to_clipboard(self._copied)
        self.query_one("#question", Words).say(
            literal(
                _("{title} (copied, if your terminal lets programs copy)").format(title=self._title),
                "bold $heading",
            )
        )
