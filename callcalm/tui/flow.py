"""Which screen a round is on. Each is imported when it is first shown."""

from __future__ import annotations

from textual.screen import Screen

from callcalm.practice.desk import Desk
from callcalm.practice.round import Practice, Stage


def screen_of(practice: Practice, desk: Desk) -> Screen[None] | None:
    """The screen of the stage a round is at; None once it is done."""
    match practice.stage:
        case Stage.BRIEF:
            from callcalm.tui.screens.brief import BriefScreen

            return BriefScreen(practice)
        case Stage.CALL:
            from callcalm.tui.screens.call import CallScreen

            return CallScreen(practice)
        case Stage.REREAD:
            from callcalm.tui.screens.reread import RereadScreen

            return RereadScreen(practice)
        case Stage.PRICE:
            from callcalm.tui.screens.price import PriceScreen

            return PriceScreen(practice)
        case Stage.REVEAL:
            from callcalm.tui.screens.reveal import RevealScreen

            return RevealScreen(practice, tuple(desk.playbooks.values()))
        case Stage.TRANSFER:
            from callcalm.tui.screens.transfer import TransferScreen

            return TransferScreen(practice)
        case Stage.DONE:
            return None
