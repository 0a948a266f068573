"""The box for a line of a letter: an answer box that begins with the line as it is.

Loaded when a line is first rewritten; a screen never imports this module at its top.
"""

from __future__ import annotations

from callcalm.core.text import Text
from callcalm.tui.commands import bindings
from callcalm.tui.widgets.answer_box import AnswerBox


class LineBox(AnswerBox):
    """Enter has the line read; escape leaves it as it is."""

    BINDINGS = bindings("rewriting")

    def __init__(self, words: Text, *, ident: str) -> None:
        super().__init__(ident=ident)
        self.load_text(words)
        self.move_cursor(self.document.end)
