"""The part of the app that opens places and looks things up: settings, progress, the ledger, help, the palette.

Each screen is imported when it is first shown. What must not be here: rounds (`app`), and questions (`asking`).
"""

from __future__ import annotations

from textual.screen import Screen

from callcalm.tui.asking import AskingApp
from callcalm.tui.messages import FirstRunDone
from callcalm.tui.widgets.keybar import keys_of


class OpeningApp(AskingApp, inherit_bindings=False):
    """An app that goes from place to place."""

    def go_to(self, screen: Screen[None]) -> None:
        """Show this screen in place of the one there is; what lies below everything stays."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def welcome(self) -> None:
        """The pages of a first run."""
        from callcalm.tui.screens.first_run import FirstRunScreen

        self.go_to(FirstRunScreen(self.desk))

    def on_first_run_done(self, event: FirstRunDone) -> None:
        """Everything is as anywhere else from now on: the first call, or the list."""
        if event.play:
            self.begin(lambda: self.desk.begin(event.play))
        else:
            self.show(None)

    def on_open_progress(self) -> None:
        """To what the rounds tell over time."""
        from callcalm.tui.screens.progress import ProgressScreen

        self.go_to(ProgressScreen(self.desk))

    def on_open_settings(self) -> None:
        """To the settings."""
        self.open_settings()

    def open_settings(self, at: str = "") -> None:
        """To the settings, the marker on the one of this key."""
        from callcalm.tui.screens.settings import SettingsScreen

        self.go_to(SettingsScreen(self.desk, at))

    def on_open_promises(self) -> None:
        """To the ledger."""
        from callcalm.tui.screens.promises import PromisesScreen

        self.go_to(PromisesScreen(self.desk))

    def action_help(self) -> None:
        """Every key of the screen below."""
        from callcalm.tui.screens.help import help_screen
        from callcalm.tui.screens.page import Page

        place = self.screen.PLACE if isinstance(self.screen, Page) else ""
        self.push_screen(help_screen(keys_of(self.screen), place, self.desk.settings.keys))

    def action_palette(self) -> None:
        """What is possible on the screen below, by name."""
        from callcalm.tui.screens.palette import Palette

        keys = keys_of(self.screen)

        async def run_chosen(ident: str | None) -> None:
            if ident in keys.now:
                one = keys.now[ident]
                await self.run_action(one.command.action, one.node)

        one_key = [one for one in keys.listed() if not one.command.shown and one.command.action != "palette"]
        self.push_screen(Palette(one_key), run_chosen)
