"""The end of a session: its file is kept or deleted, and one last word says which.

What must not be here: asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcalm.language import _
from callcalm.room.floor import Phase

if TYPE_CHECKING:
    from callcalm.room.hosting import Hosted


def end(hosted: Hosted, *, keep: bool) -> str:
    """End it, and say what became of its file. What was not saved yet is tried once more."""
    if hosted.trouble is not None:
        hosted.save()
    unsaved = hosted.trouble is not None
    gone = hosted.end(keep=keep)
    if not keep:
        return (
            _("The session is deleted.")
            if gone
            else _("Not all of it could be deleted: {path}").format(path=hosted.path)
        )
    if unsaved:
        return _("Not all of the session could be saved: {path}").format(path=hosted.path)
    name = hosted.path.stem
    lines = [
        _("Kept: {path}").format(path=hosted.path),
        _("The handout: {command}").format(command=f"callcalm session {name}"),
    ]
    if hosted.room.phase is not Phase.OVER:
        lines.append(_("Go on with it: {command}").format(command=f"callcalm host --resume {name}"))
    return "\n".join(lines)


def end_rehearsal(hosted: Hosted) -> str:
    """Nothing of a rehearsal is kept."""
    hosted.end(keep=False)
    return _("The rehearsal is over; nothing of it is kept.")


def leave(hosted: Hosted) -> str:
    """Let it wait, with its votes, as after a window that was closed; how to go on with it."""
    hosted.leave()
    return _("The session waits: {command}").format(command=f"callcalm host --resume {hosted.path.stem}")
