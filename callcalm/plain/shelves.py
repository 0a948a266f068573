"""Drills and campaigns from home, line by line: what there is, and beginning one."""

from __future__ import annotations

from callcalm.content.drills import UnknownDrill
from callcalm.content.library import UnknownScenario
from callcalm.insight.campaign_words import campaign_line, step_lines
from callcalm.intake.problems import BadFile
from callcalm.language import _
from callcalm.plain.console import Console, Leave
from callcalm.plain.drill import list_drills, play_drill
from callcalm.practice.campaigning import progress
from callcalm.practice.desk import Desk
from callcalm.practice.drilling import Shelf
from callcalm.practice.round import Practice


def drill(console: Console, desk: Desk, name: str) -> None:
    """Play the drill of this id, and come back; without a name, list them.

    Raises:
        InputEnded: if the input does.
    """
    shelf = Shelf(desk)
    if not name:
        bad: list[BadFile] = []
        list_drills(console, shelf.drills.all(bad))
        for each in bad:
            console.say(str(each))
        return
    try:
        drilling = shelf.begin(name, seed=None if console.interactive else 0)
    except (BadFile, UnknownDrill) as problem:
        console.say(str(problem))
        return
    try:
        play_drill(console, drilling, desk.registry)
    except Leave:  # the drill, not callcalm
        return


def campaign(console: Console, desk: Desk, name: str) -> Practice | None:
    """Show where the player stands in every campaign, or step by step in one, and begin its next step if asked.

    The result is the round that begins, if one does.

    Raises:
        Leave, InputEnded: if the player leaves or the input ends.
    """
    bad: list[BadFile] = []
    every = progress(desk, bad)
    one = next((one for one in every if one.campaign.id == name), None)
    if one is None:
        if name:
            console.say(_("There is no campaign “{name}”.").format(name=name))
        for each in every:
            console.say(campaign_line(each.campaign, each.done))
        for problem in bad:
            console.say(str(problem))
        return None
    console.say(f"{one.campaign.title}. {one.campaign.about}")
    for line in step_lines(one.campaign, one.done):
        console.say(line)
    step = one.next
    if step is None or not console.yes(_("Begin {step} now? y or n").format(step=step.id)):
        return None
    if step.kind == "drill":
        drill(console, desk, step.id)
        return None
    try:
        return desk.begin(step.id)
    except (BadFile, UnknownScenario) as trouble:
        console.say(str(trouble))
        return None
