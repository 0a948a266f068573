"""The last step: one line to take into the next real call. Then the round is saved."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from callcalm.core.text import safe
from callcalm.language import _
from callcalm.practice.round import LONGEST_TRANSFER, Practice, Stage
from callcalm.tui.commands import bindings
from callcalm.tui.literal import literal
from callcalm.tui.messages import Moved
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.field import Field
from callcalm.tui.widgets.words import Words


class TransferField(Field):
    """Where the line is written; enter saves the round."""

    BINDINGS = bindings("transfer")

    class Left(Message):
        """The player wants to see the reveal again."""

    def action_back(self) -> None:
        """Look at the reveal again."""
        self.post_message(self.Left())


class TransferScreen(Page):
    """Write a line or none, and save."""

    CSS_PATH = "../styles/reading.tcss"
    AUTO_FOCUS = "TransferField"

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice

    def heading(self) -> str:
        """What this is for."""
        return _("To take along")

    def body(self) -> Iterable[Widget]:
        """The lesson once more, and the line."""
        over = self._practice.round.state.over
        yield Vertical(
            Words(over.lesson if over else "", classes="para"),
            Words(literal(_("Next real call I will …"), "bold $heading")),
            TransferField(self._practice.transfer, hint=_("one line, or none"), most=LONGEST_TRANSFER),
            Words(
                literal(
                    _("Say when and what: “When someone …, I will say …”. It is saved with the round."), "$muted"
                ),
                classes="para",
            ),
            id="reading",
        )

    def on_mount(self) -> None:
        """The step before was saved, or was not."""
        self.mind(self._practice)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The line is kept as it is written; leaving saves it."""
        self._practice.transfer = safe(event.value, multiline=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the round."""
        event.stop()
        self._practice.finish(event.value)
        self.mind(self._practice)
        if self._practice.trouble is None:
            self.post_message(Moved())

    def on_transfer_field_left(self) -> None:
        """To the reveal again."""
        self._practice.go(Stage.REVEAL)
        self.post_message(Moved())
