"""The facilitator's notes, in a terminal of their own: they follow the session's file by themselves.

Nothing is locked and nothing written; the room is lived again from its file in a thread. What must not be here:
anything that changes the session.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from textual import work
from textual.message import Message
from textual.widget import Widget

from callcalm.language import _
from callcalm.room.file import BadSession
from callcalm.room.hosting import tell
from callcalm.room.notes import NotesView, notes
from callcalm.room.shelf import live_path
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, literal
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.host_notes_words import notes_lines, standing
from callcalm.tui.screens.page import Page, Reading
from callcalm.tui.widgets.words import Words
from callcalm.workshop.watching import saves

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


PAUSE: Final = 0.3
"""Seconds at least between two readings: a room full of phones writes a vote every few milliseconds."""


class HostNotesScreen(Page):
    """What each answer does, the model answer, what was typed with its marks, the page of the debrief."""

    PLACE = "host-notes"
    BINDINGS = bindings("host-notes")

    class Told(Message):
        """The notes as they are now; None once the session is gone, and why."""

        def __init__(self, view: NotesView | None, why: str = "") -> None:
            super().__init__()
            self.view = view
            self.why = why

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__()
        self._desk = desk
        self._path = path
        self._left = Event()
        self._at: tuple[object, ...] = ()

    def heading(self) -> str:
        """What these are, before the first are read."""
        return _("Notes: not for the projector")

    def body(self) -> Iterable[Widget]:
        """One text, to scroll through."""
        yield Reading(Words(ident="notes"), id="reading")

    def on_mount(self) -> None:
        """Follow the session."""
        self._follow()

    def on_unmount(self) -> None:
        """Let the following thread go."""
        self._left.set()

    @work(thread=True, group="notes")
    def _follow(self) -> None:
        """Read the session, and again whenever something was written to it, one reading at a time."""
        for _moved in saves(self._path, self._left, live_path(self._path)):
            try:
                view = notes(tell(self._desk, self._path).room)
            except BadSession as bad:
                self.post_message(self.Told(None, str(bad)))
            else:
                self.post_message(self.Told(view))
            self._left.wait(PAUSE)

    def on_host_notes_screen_told(self, event: Told) -> None:
        """Show them; at the top where the room has moved on, else where they were read."""
        view = event.view
        if view is None:
            gone = not self._path.exists()
            self.note(_("The session is over.") if gone else event.why)
            return
        self.note("")
        everybody = view.everybody
        left, right = literal(self.heading(), "bold $heading"), literal(standing(view))
        self.query_one("#heading", Words).say(Reflow(lambda width: [beside(left, right, width)]))
        self.query_one("#notes", Words).say(Reflow(lambda width: notes_lines(view, width)))
        asked, page = everybody.question, everybody.page
        at = (asked and asked.number, page and page.number, everybody.you, everybody.heard, bool(view.said))
        if at != self._at:
            self._at = at
            self.query_one(Reading).scroll_home(animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        reading = self.query_one(Reading)
        if pages > 0:
            reading.scroll_page_down(animate=False)
        else:
            reading.scroll_page_up(animate=False)

    def action_line(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one(Reading).scroll_relative(y=lines, animate=False)
