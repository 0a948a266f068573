"""Where saves live, and whose they are, changed while callcalm runs.

What must not be here: how anything is written, or in which words it is asked.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm.storage import folders
from callcalm.storage.folders import Folders, Origin
from callcalm.storage.settings import Settings
from callcalm.storage.trouble import CannotSave, Reason, SaveProblem, Trouble

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

LASTING = (Origin.SETTING, Origin.PLATFORM)
"""Where the settings have a say in where saves live."""


def placed(places: Folders, settings: Settings, met: list[SaveProblem]) -> Folders:
    """The folders with saves where the settings want them; a folder that is not there is told in `met`."""
    there = folders.moved(places, settings.saves)
    if settings.saves and places.origin is Origin.PLATFORM and there.origin is Origin.PLATFORM:
        met.append(SaveProblem(Trouble.AWAY, Path(settings.saves), moved_to=places.saves))
    return there


def stays(desk: Desk) -> bool:
    """Whether a move of the saves lasts. If not, the command line, the environment or the own folder decides."""
    return desk.folders.origin in LASTING


def move_saves(desk: Desk, folder: Path, *, bring: bool) -> CannotSave | None:
    """Save in another folder from now on, for good where `stays`; the trouble, if the settings cannot be written.

    With `bring`, the rounds and the call in progress that are not there yet are added there. Without it they stay
    where they are, and the rounds that are there count; what is not saved yet comes along all the same. Nothing is
    ever deleted.

    Raises:
        CannotSave: that folder does not work; nothing has changed.
    """
    from callcalm.storage.store import Store  # noqa: PLC0415  (a start with saves of a setting needs none of it yet)

    try:
        folder = folder.absolute()
    except (OSError, ValueError) as error:
        raise CannotSave(folder, Reason.NO_FOLDER) from error
    store = desk.store
    if bring or store.unsaved or store.trouble is not None:
        store.move_to(folder)
    else:
        there = Store.open(desk.player, folder, desk.now, language=desk.settings.language)
        if there.trouble is not None:
            there.close()
            raise there.trouble
        store.close()
        vars(desk)["store"] = there
    lasting = stays(desk)
    desk.folders = replace(desk.folders, saves=folder, origin=Origin.SETTING if lasting else desk.folders.origin)
    return desk.change_settings(saves=str(folder)) if lasting else None


def become(desk: Desk, player: str) -> CannotSave | None:
    """Sit down as somebody else, now and next time; the trouble, if the settings cannot be written."""
    desk.close()
    vars(desk).pop("store", None)
    desk.player = player
    return desk.change_settings(player=player)
