"""What opens over the reveal: the debrief, the choice of a turn, a ghost, and both ways side by side.

Each screen is imported when it is first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

if TYPE_CHECKING:
    from callcalm.insight.debrief import Debrief
    from callcalm.practice.ghost import Ghost
    from callcalm.practice.round import Practice


def show_debrief(app: App[Any], told: Debrief) -> None:
    """The debrief, turn by turn, over the screen there is."""
    from callcalm.tui.screens.debrief import DebriefScreen

    app.push_screen(DebriefScreen(told))


def choose_turn(app: App[Any], practice: Practice, told: Debrief) -> None:
    """Ask for a turn, then play on from it; the round itself stays as it was."""
    from callcalm.tui.screens.debrief import which_turn

    def chosen(index: str | None) -> None:
        if index:
            from callcalm.practice.ghost import Ghost
            from callcalm.tui.screens.ghost import GhostScreen

            app.push_screen(GhostScreen(Ghost(practice.round, int(index), practice.ears)))

    app.push_screen(which_turn(told.turnings), chosen)


def show_beside(app: App[Any], ghost: Ghost) -> None:
    """Both ways side by side, in place of the ghost."""
    from callcalm.tui.screens.ghost import BesideScreen

    app.switch_screen(BesideScreen(ghost))
