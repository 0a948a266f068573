"""What is said when saving fails, and about what was met in a save."""

from __future__ import annotations

from callcalm.core.text import safe
from callcalm.language import _
from callcalm.storage.trouble import CannotSave, Reason, SaveProblem, Trouble


def trouble_line(trouble: CannotSave) -> str:
    """One sentence: what could not be saved, where and why; nothing is lost by it yet."""
    why = {
        Reason.FULL: _("the disk is full"),
        Reason.READ_ONLY: _("the disk is read-only"),
        Reason.DENIED: _("you are not allowed to write there"),
        Reason.DISK: _("the disk reports an error"),
        Reason.NO_FOLDER: _("the folder is not there"),
        Reason.NAME: _("no file can have that name"),
        Reason.IN_USE: _("another window is playing with this save"),
        Reason.TOO_LARGE: _("the save has grown too large"),
        Reason.OTHER: _("the system refuses (error {code})").format(code=trouble.code),
    }[trouble.reason]
    return _("This cannot be saved in {path}: {why}.").format(path=safe(str(trouble.path)), why=why)


def problem_line(problem: SaveProblem) -> str:
    """One sentence about what was met in a save, with where it is now."""
    where = safe(f"{problem.path}:{problem.lines[0]}" if problem.lines else str(problem.path))
    moved = safe(str(problem.moved_to or problem.path))
    line = {
        Trouble.DAMAGED: _(
            "{where}: a damaged part cannot be read; it stays in its place and the rest is loaded."
        ),
        Trouble.TORN: _("{where}: the end was cut off while it was written; the next save sets it aside."),
        Trouble.SET_ASIDE: _("{where}: a torn end was set aside in {moved}."),
        Trouble.FIELDS: _("{where}: some values are not of the right kind and were left out."),
        Trouble.SETTINGS: _("{where}: the settings cannot be read, so the usual ones count.")
        if problem.moved_to is None
        else _("{where}: the settings could not be read; that file is now {moved}."),
        Trouble.NEWER: _("{where}: written by a later callcalm; it is kept as it is and not added to."),
        Trouble.CALL_CORRUPT: _("{where}: the call in progress cannot be read; it was set aside in {moved}."),
        Trouble.CALL_NEWER: _("{where}: a call in progress of a later callcalm is kept in {moved}."),
        Trouble.UNREADABLE: _("{where}: the system does not let us read or write it; it is left alone."),
        Trouble.TOO_LARGE: _("{where}: too large; only its beginning is read."),
        Trouble.AWAY: _(
            "{where}: this folder of your saves is not there. Saves go to {moved} until it is back; "
            "nothing in either is lost."
        ),
        Trouble.NO_LOCKS: _("{where}: two windows of one player would not notice each other here."),
    }[problem.kind].format(where=where, moved=moved)
    detailed = problem.kind in {Trouble.FIELDS, Trouble.SETTINGS}
    return f"{line} ({problem.detail})" if detailed and problem.detail else line
