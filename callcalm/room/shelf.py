"""Where sessions are kept, and which one is meant by a name. What must not be here: what stands in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callcalm.core.text import safe
from callcalm.insight.wording import series
from callcalm.language import _
from callcalm.room.file import NoSession

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

FOLDER: Final = "sessions"
"""Where sessions are kept, in the folder of saves."""

LAST: Final = "last"
"""The session that was written to most recently, by name."""

_TOLD: Final = 5
"""As many sessions are named where one is not found."""


def folder(desk: Desk) -> Path:
    """Where this desk's sessions are."""
    return desk.folders.saves / FOLDER


def find(desk: Desk, which: str) -> Path:
    """The file of a session: `last`, the name of one in the folder of sessions, or a path.

    Raises:
        NoSession: there is none.
    """
    if which == LAST:
        there = _newest(desk)
        if not there:
            raise NoSession(_("There is no session in {folder}.").format(folder=safe(str(folder(desk)))))
        return there[0]
    named = Path(which)
    path = named if named.suffix == ".toml" or os.sep in which else folder(desk) / f"{which}.toml"
    if not path.exists():
        told = _("There is no session “{name}” in {folder}.").format(
            name=safe(path.stem, multiline=False), folder=safe(str(path.parent), multiline=False)
        )
        if names := [safe(one.stem, multiline=False) for one in _newest(desk)[:_TOLD]]:
            told += " " + _("The newest: {names}.").format(names=series(names))
        raise NoSession(told)
    return path


def _newest(desk: Desk) -> list[Path]:
    return sorted(_files(folder(desk)), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def live_path(path: Path) -> Path:
    """Where the live journal of a session is."""
    return path.with_suffix(".live")


def _files(where: Path) -> list[Path]:
    try:
        return [path for path in where.iterdir() if path.suffix == ".toml" and path.suffixes[:1] != [".holder"]]
    except OSError:
        return []
