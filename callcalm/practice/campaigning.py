"""How far a player is in each campaign, computed from the round log. What must not be here: how it is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcalm.content.campaigns import Campaign, Step, load_campaigns
from callcalm.practice.shelves import campaign_folders, drill_key

if TYPE_CHECKING:
    from callcalm.intake import BadFile
    from callcalm.practice.desk import Desk


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign, and which of its steps have been played at least once, in its order."""

    campaign: Campaign
    done: tuple[bool, ...]

    @property
    def count(self) -> int:
        """How many steps are done."""
        return sum(self.done)

    @property
    def next(self) -> Step | None:
        """The first step that is not done; None when all are."""
        return next((step for step, done in zip(self.campaign.steps, self.done, strict=True) if not done), None)

    @property
    def begun(self) -> bool:
        """Whether the player is on the way: something is done, and not all of it."""
        return 0 < self.count < len(self.done)


def progress(
    desk: Desk, problems: list[BadFile] | None = None, played: Collection[str] | None = None
) -> tuple[Progress, ...]:
    """Every campaign with how far this player is; a player's own folder comes before what ships.

    `played` is what the log holds, by its own names, for who has read it already.
    """
    if played is None:
        played = desk.store.summaries().keys()
    return tuple(
        Progress(campaign, tuple(step_key(step) in played for step in campaign.steps))
        for campaign in load_campaigns(campaign_folders(desk), problems)
    )


def step_key(step: Step) -> str:
    """What the log calls a step."""
    return drill_key(step.id) if step.kind == "drill" else step.id
