"""What rounds tell over time, line by line: the same text as `callcalm stats`."""

from __future__ import annotations

from datetime import date

from callcalm.content.library import UnknownScenario
from callcalm.core.moves import Registry
from callcalm.core.text import safe
from callcalm.insight.saving import problem_line
from callcalm.insight.trends_model import Trends
from callcalm.insight.trends_text import sections
from callcalm.insight.trends_words import day
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.practice.desk import Desk
from callcalm.practice.trending import chosen, trending


def stats(console: Console, desk: Desk, encounter: str) -> None:
    """Say what the player's rounds tell, or those of one encounter; what is wrong with the save comes first."""
    history = desk.store.history()
    for problem in desk.store.problems:
        console.say(problem_line(problem))
    try:
        found = trending(desk, chosen(desk, history, encounter=encounter or None))
    except UnknownScenario as unknown:
        console.say(str(unknown))
        return
    tell(console, found, desk.registry, player=desk.store.player, encounter=encounter or None)


def tell(
    console: Console,
    found: Trends,
    registry: Registry,
    *,
    player: str,
    encounter: str | None = None,
    since: date | None = None,
) -> None:
    """Say all of it, section by section, beginning with whose rounds these are and which of them."""
    console.say(_("Player: {name}").format(name=player))
    if encounter is not None:
        console.say(_("Only this encounter: {id}").format(id=safe(encounter, multiline=False)))
    if since is not None:
        console.say(_("Only from {day} on.").format(day=day(since)))
    for section in sections(found, registry, unicode=console.unicode):
        console.say()
        console.say(section.title)
        for line in section.lines:
            console.say(line)
