"""The app of `callcalm host --notes`: what the facilitator reads in a terminal that is not projected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from callcalm.tui.app import CallcalmApp

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


def run_notes(desk: Desk, which: str, *, theme: str | None = None) -> None:
    """Show the notes of a session, which follow it by themselves, until the facilitator leaves.

    Raises:
        BadSession: there is no such session; the terminal has not been touched.
        SystemExit: if the screens broke down; Textual has said how.
    """
    from callcalm.room.hosting import tell
    from callcalm.room.shelf import find

    path = find(desk, which)
    tell(desk, path)
    app = NotesApp(desk, path, theme)
    app.run(mouse=desk.settings.mouse)
    if app.return_code:
        raise SystemExit(app.return_code)


class NotesApp(CallcalmApp):
    """callcalm as the facilitator's notes, in a terminal that is not projected."""

    CSS_PATH = [*CallcalmApp.CSS_PATH, "styles/host.tcss"]

    def __init__(self, desk: Desk, path: Path, theme: str | None = None) -> None:
        self._path = path
        super().__init__(desk, theme=theme)

    def get_default_screen(self) -> Screen[None]:
        """The notes lie below everything."""
        from callcalm.tui.screens.host_notes import HostNotesScreen

        return HostNotesScreen(self.desk, self._path)
