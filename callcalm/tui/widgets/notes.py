"""The notes pad: short lines of the player's own, and a field to add one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from callcalm.core.call import LONGEST_NOTE
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import literal, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.widgets.field import Field
from callcalm.tui.widgets.words import Words


class NoteField(Field):
    """Where a note is written."""

    BINDINGS = bindings("noting")

    def action_back(self) -> None:
        """Done with notes for now."""
        self.post_message(NotesPad.Left())


class NotesPad(Vertical):
    """What the player wrote down."""

    class Written(Message):
        """A note to keep."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The player goes back to the call."""

    def compose(self) -> ComposeResult:
        """A heading, the notes, the field."""
        yield Words(literal(_("Notes"), "bold $heading"), classes="notes-title")
        with VerticalScroll(can_focus=False):
            yield Words(classes="notes-list")
        yield NoteField(hint=_("write a note, then enter"), most=LONGEST_NOTE)

    def tell(self, notes: Sequence[str]) -> None:
        """Show these notes."""
        words = self.query_one(".notes-list", Words)
        if notes:
            words.say(Reflow(lambda width: [one for note in notes for one in wrapped(literal(note), width, "• ")]))
        else:
            words.say(literal(_("A name, a date, what went wrong: short lines."), "$muted"))
        words.call_after_refresh(words.scroll_visible, animate=False, top=False)

    def write(self) -> None:
        """Put the cursor into the field."""
        self.screen.set_focus(self.query_one(NoteField))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the note up; an empty one is the way back."""
        event.stop()
        if event.value.strip():
            self.post_message(self.Written(event.value))
            event.input.clear()
        else:
            self.post_message(self.Left())
