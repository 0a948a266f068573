"""Words: the widget for every text that only shows. Plain text in, never markup."""

from __future__ import annotations

from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from callcalm.tui.literal import literal


class Words(Static):
    """Text to read; a string is taken literally."""

    def __init__(self, text: str | Visual = "", *, ident: str | None = None, classes: str | None = None) -> None:
        super().__init__(_shown(text), markup=False, id=ident, classes=classes)

    def say(self, text: str | Visual) -> None:
        """Show this instead."""
        self.update(_shown(text))


def _shown(text: str | Visual) -> Visual:
    return literal(text) if isinstance(text, str | Content) else text
