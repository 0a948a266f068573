"""The part of the app that asks about goals and real calls, and keeps the answers in the player's journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from callcalm.tui.messages import AskBack, ChooseGoal, SaveFailed

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


class JournalingApp(App[None], inherit_bindings=False):
    """An app with a desk that can ask for a line (`ask_line`)."""

    desk: Desk

    def ask_line(self, title: str, text: str, most: int, then: Callable[[str], object]) -> None:
        """Ask for a line of at most so many characters; `then` gets it, unless there is none."""
        raise NotImplementedError

    def on_choose_goal(self, event: ChooseGoal) -> None:
        """Choose a goal: a technique, or own words."""
        from callcalm.insight.goals import OWN
        from callcalm.practice.journal import LONGEST_GOAL, choose_goal
        from callcalm.tui.screens.goal import own_goal, which_goal

        names = dict(event.techniques)

        def own(words: str) -> None:
            self._keep(lambda: choose_goal(self.desk, words))

        def chosen(move: str | None) -> None:
            if move == OWN:
                self.ask_line(*own_goal(), LONGEST_GOAL, own)
            elif move in names:
                self._keep(lambda: choose_goal(self.desk, names[move], move))

        self.push_screen(which_goal(event.techniques), chosen)

    def on_ask_back(self, event: AskBack) -> None:
        """Ask what became of it; escape passes it by."""
        from callcalm.insight.goals import Answer
        from callcalm.practice.journal import answer
        from callcalm.tui.screens.goal import asked_back

        def answered(given: str | None) -> None:
            self._keep(lambda: answer(self.desk, event.about, Answer(given or Answer.PASSED)))

        self.push_screen(asked_back(event.about), answered)

    def _keep(self, keep: Callable[[], None]) -> None:
        """Keep an entry, and let home look at the log again."""
        from callcalm.storage.trouble import CannotSave
        from callcalm.tui.screens.home import HomeScreen

        try:
            keep()
        except CannotSave:
            self.post_message(SaveFailed())
        if isinstance(self.screen_stack[0], HomeScreen):
            self.screen_stack[0].look()
