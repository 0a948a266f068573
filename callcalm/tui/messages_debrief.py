"""What the screens of the debrief and of ghosts say to the app; see `messages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from callcalm.insight.debrief import Debrief
    from callcalm.practice.ghost import Ghost


class OpenDebrief(Message):
    """Show this debrief turn by turn."""

    def __init__(self, told: Debrief) -> None:
        super().__init__()
        self.told = told


class AnotherWay(Message):
    """Choose a turn of the round at hand, and play on from it otherwise."""

    def __init__(self, told: Debrief) -> None:
        super().__init__()
        self.told = told


class GhostOver(Message):
    """The other way has come to its end: put it beside the round."""

    def __init__(self, ghost: Ghost) -> None:
        super().__init__()
        self.ghost = ghost
