"""The call of a round: after it comes the re-read."""

from __future__ import annotations

from callcalm.language import _
from callcalm.practice.round import Practice, Stage
from callcalm.tui.messages import GoHome, Moved
from callcalm.tui.screens.call_page import CallPage


class CallScreen(CallPage):
    """The call of a round."""

    PLACE = "call"

    def __init__(self, practice: Practice) -> None:
        super().__init__(practice)
        self._lived = practice

    def action_go_on(self) -> None:
        """To the re-read."""
        self._lived.go(Stage.REREAD)
        self.post_message(Moved())

    def go_on_words(self) -> str:
        """The re-read."""
        return _("Read the call again.")

    def action_leave_round(self) -> None:
        """Back to the list; the call waits."""
        self.post_message(GoHome())
