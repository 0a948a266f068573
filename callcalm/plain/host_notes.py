"""The facilitator's notes in a terminal of their own, line by line, from the file of the session that runs.

What must not be here: anything that changes the session.
"""

from __future__ import annotations

from pathlib import Path

from callcalm.insight.wording import headed
from callcalm.language import _
from callcalm.plain.console import Console, InputEnded, Leave
from callcalm.plain.host_words import show_notes, show_said
from callcalm.practice.desk import Desk
from callcalm.room.file import BadSession
from callcalm.room.hosting import tell
from callcalm.room.notes import NotesView, notes
from callcalm.room.shelf import find, live_path
from callcalm.room.words import tally_line


def run(console: Console, desk: Desk, which: str) -> None:
    """Show the notes of a session, and again at each Enter, until it is over or the facilitator leaves.

    Raises:
        BadSession: there is no such session.
    """
    path = find(desk, which)
    shown = _stamp(path)
    _show(console, notes(tell(desk, path).room))
    try:
        while True:
            console.ask(_("Enter for the notes as they are now, q to leave."))
            now = _stamp(path)
            if now == shown:
                console.say(_("Nothing has happened since."))
                continue
            shown = now
            try:
                _show(console, notes(tell(desk, path).room))
            except BadSession:
                console.say(_("The session is over."))
                return
    except (InputEnded, Leave):
        return


def _show(console: Console, view: NotesView) -> None:
    everybody = view.everybody
    console.say()
    console.say(f"{headed(everybody.caller)} {' '.join(everybody.heard)}")
    if view.tally:
        console.say(_("The votes so far: {tally}.").format(tally=tally_line(view.tally)))
    show_said(console, view.said)
    show_notes(console, view)
    if view.next_page is not None:
        console.say(_("Next page: {title}").format(title=view.next_page.title))


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes whenever the session does."""
    sizes = []
    for one in (path, live_path(path)):
        try:
            sizes.append(one.stat().st_size)
        except OSError:
            sizes.append(-1)
    return tuple(sizes)
