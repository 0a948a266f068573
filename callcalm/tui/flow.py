"""Which screen a round or a drill is on, what a campaign begins, where the field guide opens.

Each screen is imported when it is first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from callcalm.language import _
from callcalm.practice.desk import Desk
from callcalm.practice.round import Practice, Stage
from callcalm.tui.messages import Play, PlayDrill, ShowText

if TYPE_CHECKING:
    from callcalm.practice.drilling import Drilling
    from callcalm.practice.lettering import Lettering


def screen_of(practice: Practice, desk: Desk) -> Screen[None] | None:
    """The screen of the stage a round is at; None once it is done."""
    match practice.stage:
        case Stage.BRIEF:
            from callcalm.practice.learning import worked_before
            from callcalm.tui.screens.brief import BriefScreen

            return BriefScreen(practice, lambda: worked_before(desk, practice.round.opening.scenario))
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


def drill_screen(drilling: Drilling | Lettering, desk: Desk) -> Screen[None]:
    """The screen of a drill, or of the step a letter is at."""
    from callcalm.practice.drilling import Drilling

    if not isinstance(drilling, Drilling):
        return _letter_screen(drilling, desk)
    from callcalm.tui.screens.drill import DrillScreen

    return DrillScreen(drilling, desk.registry)


def _letter_screen(lettering: Lettering, desk: Desk) -> Screen[None]:
    from callcalm.practice.lettering import Step
    from callcalm.tui.screens import letter_pages

    match lettering.step:
        case Step.READ:
            return letter_pages.LetterReadScreen(lettering)
        case Step.RATE:
            from callcalm.tui.screens.letter_sheet import LetterSheetScreen

            return LetterSheetScreen(lettering)
        case Step.COMPARE:
            return letter_pages.LetterCompareScreen(lettering, desk.registry)
        case Step.LINES:
            from callcalm.tui.screens.letter import LetterScreen

            return LetterScreen(lettering, desk.registry)
        case Step.END:
            return letter_pages.LetterEndScreen(lettering)


def next_of(desk: Desk, name: str) -> Message:
    """What begins the next step of a campaign; its steps to read, where all are done."""
    from callcalm.insight.campaign_words import step_lines
    from callcalm.practice.campaigning import progress

    one = next((one for one in progress(desk) if one.campaign.id == name), None)
    if one is None:
        return ShowText(_("This cannot be played"), name)
    if one.next is None:
        return ShowText(
            one.campaign.title, "\n".join((one.campaign.about, "", *step_lines(one.campaign, one.done)))
        )
    return PlayDrill(one.next.id) if one.next.kind == "drill" else Play(one.next.id)


def guide_screen(desk: Desk, move: str) -> Screen[None]:
    """The field guide at the page of a move, or at the list where there is no such move."""
    from callcalm.practice.fieldguide import field_guide

    guide, left_out = field_guide(desk)
    if move in guide.moves:
        from callcalm.tui.screens.move import MoveScreen

        return MoveScreen(guide, guide.moves, move, notice=left_out)
    from callcalm.tui.screens.guide import GuideScreen

    return GuideScreen(guide, notice=left_out)
