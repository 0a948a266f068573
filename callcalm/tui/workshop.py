"""The app of `callcalm write`: the workshop instead of home, and the writer's own editor in its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from callcalm.language import _
from callcalm.tui.app import CallcalmApp
from callcalm.tui.editing import edit
from callcalm.tui.messages import Notice
from callcalm.tui.screens.workshop_messages import Edit
from callcalm.tui.signals import on_end
from callcalm.tui.widgets.keybar import keys_of
from callcalm.workshop.editor import editor

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


def run(desk: Desk, path: Path, *, theme: str | None = None) -> None:
    """Run the workshop on a file, which need not be there yet, until the writer leaves.

    Raises:
        SystemExit: if the screens broke down; Textual has said how.
    """
    app = WorkshopApp(desk, path, theme)
    app.run(mouse=desk.settings.mouse)
    if app.return_code:
        raise SystemExit(app.return_code)


class WorkshopApp(CallcalmApp):
    """callcalm as a workshop for one file."""

    CSS_PATH = [*CallcalmApp.CSS_PATH, "styles/one_line.tcss", "styles/workshop.tcss"]

    def __init__(self, desk: Desk, path: Path, theme: str | None = None) -> None:
        self._path = path
        super().__init__(desk, theme=theme)

    def get_default_screen(self) -> Screen[None]:
        """The workshop lies below everything."""
        from callcalm.tui.screens.workshop import WorkshopScreen
        from callcalm.workshop.session import Workshop

        desk = self.desk
        own = desk.library.folders[:-1]
        return WorkshopScreen(Workshop(desk.rulebook, desk.playbooks, own), self._path)

    def on_mount(self) -> None:
        """End well when the system asks to."""
        on_end(self.action_leave)

    def on_edit(self, event: Edit) -> None:
        """Give the terminal to the editor until it is done."""
        self._say(edit(self, editor(os.environ), event.path, event.line))
        self.refresh()

    def action_how_to_quit(self) -> None:
        """Ctrl-C is a habit; say what to press instead. Nothing here is callcalm's to save."""
        key = keys_of(self.screen).name("quit")
        self._say(_("Press {key} to quit; your file stays as it is.").format(key=key))

    def _say(self, words: str) -> None:
        self.screen.post_message(Notice(words))
