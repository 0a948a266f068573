"""Fields to write in: what is typed or pasted is made safe before it is shown anywhere."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Input

from callcalm.core.text import safe
from callcalm.tui.literal import literal


class Field(Input):
    """One line of the player's own."""

    def __init__(
        self,
        value: str = "",
        *,
        hint: str | Content = "",
        most: int,
        ident: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            safe(value, multiline=False),
            placeholder=literal(hint).plain,
            max_length=most,
            id=ident,
            classes=classes,
            compact=True,
            select_on_focus=False,
        )
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Put in as much as there is room for; every way in, typing and pasting alike, comes through here."""
        room = (self.max_length or 0) - len(self.value) + abs(end - start)
        super().replace(safe(text, multiline=False)[: max(0, room)], start, end)
