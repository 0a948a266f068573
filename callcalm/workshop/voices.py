"""Who speaks in a story whose lines begin with names (``Anna: …``): the caller, where but one does.

What must not be here: any format; readers put a name that stands elsewhere before its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from callcalm.language import _
from callcalm.workshop.speakers import PLAYERS, folded
from callcalm.workshop.stories import Link, Story

_NAMED = re.compile(r"^(?P<name>[^\W\d_][\w .'’-]{0,30}?)[ \u00a0\u202f]?:[ \u00a0\u202f]+(?=\S)", re.MULTILINE)
_MOST_WORDS = 3
_ME = PLAYERS | {"player", "joueur", "joueuse"}


def with_name(name: str, said: str) -> str:
    """A line with its speaker's name before it, as people write it themselves."""
    found = _NAMED.match(said)
    return said if found and folded(found["name"]) == folded(name) else f"{name}: {said}"


def name_speakers(story: Story) -> None:
    """Take the names from before the lines where that leaves no doubt who speaks; what is done is told."""
    links = [link for node in story.nodes.values() for link in node.links]
    lines = [line for node in story.nodes.values() for line in node.text.split("\n") if line.strip()]
    sure = set(map(folded, story.voices))
    often = Counter(name for line in lines if (name := _name(line, sure)))
    # A name that only some lines begin with may be a word with a colon after it.
    names = [name for name in often if not _is_me(name)]
    others = [name for name in names if folded(name) in sure or 2 * often[name] >= len(lines)]
    others += [name for name in names if others and name not in others and often[name] > 1]
    if len(others) == 1:
        story.caller = others[0]
        for node in story.nodes.values():
            node.text = _without(node.text, others)
        story.notes.add(_("“{name}” before the lines: that is the caller's name now").format(name=others[0]))
    elif others:
        told = _("several people speak ({names}): a scenario has one caller, so their names stay")
        story.notes.add(told.format(names=", ".join(sorted(others))))
    for node in story.nodes.values():
        if any(_is_me(_name(line, sure)) for line in node.text.split("\n")):
            story.notes.add(_("words of the player among those of the caller: they stay there"), node.line)
    _answers(story, links)


def _answers(story: Story, links: list[Link]) -> None:
    """Take the player's name from before the answers: one of those that mean oneself, or the only one there is."""
    named = Counter(name for link in links if (name := _name(link.say)))
    mine = [name for name in named if _is_me(name) or (len(named) == 1 < named[name] and name != story.caller)]
    for link in links:
        link.say = _without(link.say, mine)
    if mine:
        told = _("the player's name before the answers ({names}): it was left out")
        story.notes.add(told.format(names=", ".join(sorted(mine))))


def _name(line: str, sure: Collection[str] = ()) -> str:
    """The name that a line begins with, empty if it does with none; those that are `sure` may have any form."""
    found = _NAMED.match(line)
    name = found["name"].strip() if found else ""
    like_one = name and not name[0].islower() and len(name.split()) <= _MOST_WORDS
    return name if like_one or folded(name) in sure else ""


def _is_me(name: str) -> bool:
    return folded(name) in _ME


def _without(text: str, names: Collection[str]) -> str:
    return _NAMED.sub(lambda found: "" if found["name"].strip() in names else found[0], text)
