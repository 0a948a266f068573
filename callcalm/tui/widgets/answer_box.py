"""The box for an answer in the player's own words: it wraps, so that a long answer stays in sight.

Loaded when the player first types; a screen never imports this module at its top.
"""

from __future__ import annotations

from dataclasses import replace

from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from callcalm.core.call import LONGEST_ANSWER
from callcalm.core.text import safe
from callcalm.tui.commands import bindings


class AnswerBox(TextArea):
    """Several lines of the player's own; enter says them."""

    BINDINGS = bindings("typing")

    class Said(Message):
        """The player wants to say this."""

        def __init__(self, box: AnswerBox, text: str) -> None:
            super().__init__()
            self.box = box
            self.text = text

    class Left(Message):
        """The player would rather not type."""

    def __init__(self, *, ident: str | None = None) -> None:
        super().__init__(id=ident, compact=True, highlight_cursor_line=False, soft_wrap=True)
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def edit(self, edit: Edit) -> EditResult:
        """Put text in; every way in, typing and pasting alike, comes through here."""
        room = LONGEST_ANSWER - len(self.text) + len(self.get_text_range(edit.from_location, edit.to_location))
        return super().edit(replace(edit, text=safe(edit.text, multiline=False)[: max(0, room)]))

    def action_say(self) -> None:
        """Say it, once every key typed before has arrived: enter goes ahead of them, being a priority key."""
        self.call_later(self._say)

    def _say(self) -> None:
        self.post_message(self.Said(self, self.text))

    def action_back(self) -> None:
        """Leave it unsaid; it stays in the box."""
        self.post_message(self.Left())
