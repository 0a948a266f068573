"""The first run: whether this is one, whose save it becomes, and the call that it invites to.

What must not be here: how any of it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from callcalm.language import current

if TYPE_CHECKING:
    from callcalm.content.headers import Header
    from callcalm.core.worked import Worked
    from callcalm.practice.desk import Desk

FIRST_LEVEL: Final = 1


@dataclass(frozen=True, slots=True)
class Invitation:
    """A first call, and one turn of it taken badly and well beforehand, where there is such a worked call."""

    header: Header
    worked: Worked | None


def is_first(desk: Desk) -> bool:
    """Whether nobody has been here: no settings, and no save of anybody. Nothing is opened or written."""
    try:
        if desk.folders.settings.exists():
            return False
        return not any(path.suffix == ".toml" for path in desk.folders.saves.iterdir())
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False  # what cannot be looked into is told at home; nobody is asked who they are for it


def suggested_name(desk: Desk) -> str:
    """What to call the save: as was asked for, else the system's name for who is there; empty if it has none."""
    if desk.player:
        return desk.player
    import getpass  # noqa: PLC0415  (once in a lifetime)

    from callcalm.storage.names import DEFAULT_PLAYER, player_name  # noqa: PLC0415

    try:
        name = player_name(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""
    return "" if name == DEFAULT_PLAYER else name


def invitation(desk: Desk) -> Invitation | None:
    """A call of the first level in the interface's language, by phone if there is one; None if there is none."""
    from callcalm.content.library import UnknownScenario  # noqa: PLC0415  (only where an invitation is given)
    from callcalm.core.model import Channel  # noqa: PLC0415
    from callcalm.intake.problems import BadFile  # noqa: PLC0415
    from callcalm.practice.learning import worked_before  # noqa: PLC0415

    fitting = [
        header
        for header in desk.library.headers()
        if header.problem is None
        and header.level == FIRST_LEVEL
        and header.language == current()
        and not header.after
    ]
    if not fitting:
        return None
    header = min(fitting, key=lambda one: (one.channel is not Channel.PHONE, one.minutes, one.id))
    try:
        worked = worked_before(desk, desk.scenario(header.id))
    except (BadFile, UnknownScenario):
        return None
    return Invitation(header, worked[0] if worked else None)
