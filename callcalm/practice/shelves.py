"""What home needs of drills and campaigns before one is begun: where they are, and what the log calls them.

Home waits for this module. What must not be here: anything that loads the engine or the coach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callcalm.content import campaigns
from callcalm.content import drill_heads as on_disk

if TYPE_CHECKING:
    from pathlib import Path

    from callcalm.practice.desk import Desk

KIND: Final = "drill"
"""What the log calls the end of a drill; its scenario is ``drill/`` and the id, its ending is ``9-of-12``."""


def drill_key(name: str) -> str:
    """What the log calls a drill. No encounter has such an id: a file name holds no slash."""
    return f"{KIND}/{name}"


def drill_folders(desk: Desk) -> tuple[Path, ...]:
    """Where drills are: the player's own folder, then those that ship."""
    return (desk.folders.drills, on_disk.SHIPPED)


def campaign_folders(desk: Desk) -> tuple[Path, ...]:
    """Where campaigns are: the player's own folder, then those that ship."""
    return (desk.folders.campaigns, campaigns.SHIPPED)


def drill_heads(desk: Desk) -> list[on_disk.DrillHead]:
    """Every drill there is, as far as a list needs it."""
    return on_disk.drill_heads(drill_folders(desk))
