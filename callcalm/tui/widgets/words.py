"""Words: the widget for every text that only shows. Plain text in, never markup."""

from __future__ import annotations

from textual.content import Content
from textual.selection import Selection
from textual.widgets import Static

from callcalm.tui.literal import literal, stack, wrapped
from callcalm.tui.reflow import Reflow


class Words(Static):
    """Text to read; a string is taken literally, and broken into lines as its language asks."""

    def __init__(
        self, text: str | Content | Reflow = "", *, ident: str | None = None, classes: str | None = None
    ) -> None:
        self._shown = _reflowed(text)
        super().__init__(self._shown, markup=False, id=ident, classes=classes)

    def say(self, text: str | Content | Reflow) -> None:
        """Show this instead."""
        self._shown = _reflowed(text)
        self.update(self._shown)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What the mouse has marked, to copy."""
        return selection.extract(stack(self._shown.lines(self.content_size.width)).plain), "\n"


def _reflowed(text: str | Content | Reflow) -> Reflow:
    if isinstance(text, Reflow):
        return text
    content = literal(text)
    return Reflow(lambda width: wrapped(content, width))
