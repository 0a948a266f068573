"""A campaign: what is wrong with its file, and steps that are not there to be played.

What must not be here: what is wrong with the encounters and drills themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from callcalm.content.campaigns import campaign_record, read_campaign
from callcalm.content.drill_heads import SHIPPED, drill_paths
from callcalm.content.kinds import Kind
from callcalm.content.library import Library
from callcalm.content.shapes import FORMAT, ID
from callcalm.intake import BadFile, Code, Loaded, Source, nearest, shown
from callcalm.intake.remaining import with_rest
from callcalm.language import _
from callcalm.lint.levels import level_of
from callcalm.report import Diagnostic, about


def lint_campaign(source: Source, folder: Path, shelves: Mapping[Path, Kind]) -> list[Diagnostic]:
    """A campaign in a `folder`; its steps may be there, in the folders beside it, on the `shelves`, or shipped."""
    try:
        loaded = read_campaign(source)
    except BadFile as bad:
        return list(map(about, with_rest(bad, campaign_record(), FORMAT).problems))
    return [*map(about, loaded.inbox.problems), *_gone(loaded, _there(folder, shelves))]


def _there(folder: Path, shelves: Mapping[Path, Kind]) -> dict[str, Collection[str]]:
    """The ids that a step may name, by its key."""
    beside = folder.absolute().parent

    def all_of(kind: Kind, name: str) -> list[Path]:
        return [folder, beside / name, *(shelf for shelf, of in shelves.items() if of is kind)]

    return {
        "encounter": Library([*all_of(Kind.SCENARIO, "scenarios"), *Library.standard().folders]).ids,
        "drill": drill_paths([*all_of(Kind.DRILL, "drills"), SHIPPED]).keys(),
    }


def _gone(loaded: Loaded, there: Mapping[str, Collection[str]]) -> Iterator[Diagnostic]:
    for index, step in enumerate(loaded.data.get("steps", ())):
        named = [(key, step[key]) for key in there if isinstance(step, dict) and isinstance(step.get(key), str)]
        for key, name in named:
            if name in there[key]:
                continue
            place = loaded.document.positions.value(("steps", index, key))
            message, hint = _told(key, name, there)
            level = level_of(Code.STEP)
            yield Diagnostic(Code.STEP.value, level, message, loaded.inbox.source.name, place, hint=hint)


def _told(key: str, name: str, there: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """That there is no such step, and what to do."""
    if key == "drill":
        message, command = _("there is no drill `{name}`"), "callcalm drill"
    else:
        message, command = _("there is no encounter `{name}`"), "callcalm list"
    other = next((kind for kind in there if kind != key and name in there[kind]), None)
    if other == "drill":
        hint = _("It is a drill: write {line}.").format(line=f'drill = "{name}"')
    elif other:
        hint = _("It is an encounter: write {line}.").format(line=f'encounter = "{name}"')
    elif (near := nearest(name, there[key])) and not re.fullmatch(ID, near):
        # No step can name it: ids have small letters, and the id is the name of the file.
        hint = _(
            "There is a file of the name `{name}`: give it a name of small letters, digits and hyphens."
        ).format(name=near)
    elif near:
        hint = _("Did you mean `{name}`?").format(name=near)
    else:
        hint = _("“{command}” tells which there are.").format(command=command)
    return message.format(name=shown(name)), hint
