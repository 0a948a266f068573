"""The player's trends: the log, and what the library says today of what was played.

What must not be here: what rounds tell (see `insight.trends`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from callcalm.content.glance import glance
from callcalm.content.headers import read_header
from callcalm.content.library import UnknownScenario
from callcalm.insight.trends import only, trends
from callcalm.insight.trends_model import Known, Library, Trends
from callcalm.intake.pause import collector_paused

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.storage.history import Played


def trending(desk: Desk, played: Sequence[Played] | None = None) -> Trends:
    """What the player's rounds tell, or these; weeks and days are those of this machine's time zone."""
    if played is None:
        played = desk.store.history()
    with collector_paused():
        return trends(played, desk.now().astimezone(), desk.registry, library_of(desk, played))


def chosen(
    desk: Desk, played: Sequence[Played], *, encounter: str | None = None, since: date | None = None
) -> tuple[Played, ...]:
    """The rounds of one encounter, and those from a day on.

    Raises:
        UnknownScenario: it was never played, and is not in the library either.
    """
    if encounter is not None and not any(one.scenario == encounter for one in played):
        desk.library.find(encounter)
    zone = desk.now().astimezone().tzinfo
    moment = None if since is None else datetime(since.year, since.month, since.day, tzinfo=zone)
    return only(played, encounter=encounter, since=moment)


def library_of(desk: Desk, played: Sequence[Played]) -> Library:
    """What is known today of the encounters among these rounds; those that are gone are left out."""
    found: dict[str, Known] = {}
    for name in {one.scenario for one in played if one.is_call}:
        try:
            path = desk.library.find(name)
        except UnknownScenario:
            continue
        header, seen = read_header(path), glance(path)
        mood = seen.mood if seen.mood in desk.registry.moods else ""
        channel = "" if header.problem else header.channel.value
        found[name] = Known(header.title, channel, header.level, mood, seen.digest)
    return found
