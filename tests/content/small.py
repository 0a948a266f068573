"""A small scenario file for the tests of content, as text, and ways to damage it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from callcalm.content.hearing import Said
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import Rulebook, load_rulebook
from callcalm.content.scenarios import ScenarioFile, read_scenario
from callcalm.core.model import Scenario
from callcalm.core.moves import Finding
from callcalm.core.playbook import Playbook
from callcalm.core.text import Text
from callcalm.intake import BadFile, Problem, Source

SMALL = '''\
#:schema ../../callcalm/content/schemas/scenario.json
format = 1
title = "Third time"
language = "en"
channel = "phone"
setting = "clinic billing"
level = 2
minutes = 6
teaches = ["own-it"]
brief = """
  You are on the desk.
It rings.
"""

[caller]
name = "Maria Alvarez"
address = ["Ms. Alvarez", "Maria"]
wants = "one charge back"
facts = ["charged twice"]

[start]
beat = "opening"
composure = 60

[vars]
callback = false
tries = 1
mood_word = "cross"

[beats.opening]
mood = "furious"
caller = ["Finally.", "I was charged twice."]

[beats.opening.cut_in]
set = { tries = 2 }

[[beats.opening.replies]]
say = "Why did you wait?"
goto = "heard"
composure = -4

[[beats.opening.replies]]
id = "stay"
say = "I will stay on this until it is settled."
goto = "heard"
when = "composure >= 20 and not callback"
set = { callback = true }
promises = [{ what = "settle it", by = "16:00", keepable = false, follow_up = "back-by-four" }]
moves = ["hold.checked"]
tone = "warm"

[beats.opening.otherwise]
goto = "heard"
set = { mood_word = "calm" }

[beats.heard]
mood = "wary"
caller = "So what happens now?"
compose = { pick = 2, ideal = ["pacer.prepare", "pacer.announce"], goto = "settled" }
parts = [
  { say = "It is no.", move = "pacer.announce" },
  { say = "I wish I had better news.", move = "pacer.prepare" },
  { say = "It is policy." },
]

[beats.heard.otherwise]
goto = "gone"

[endings.settled]
kind = "resolved"
text = "It is settled."
lesson = "If they wait, I say until when."
price = { got = true, priority = 3 }

[endings.gone]
kind = "lost"
text = "The line is dead."
lesson = "If I defend, I stop."
price = { got = false, fair = 3, respect = -6 }

[[checks]]
name = "staying settles it"
do = ["stay", { compose = [2, 1] }]
ends = "settled"
composure = ">= 50"
'''


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    return load_rulebook()


@lru_cache(maxsize=1)
def playbooks() -> dict[str, Playbook]:
    return load_playbooks(rulebook().registry)


def nothing(_scenario: Scenario, said: Sequence[Said]) -> list[tuple[Finding, ...]]:
    """A reader that finds nothing."""
    return [()] * len(said)


def opened(text: str = SMALL) -> ScenarioFile:
    return read_scenario(Source("x.toml", text), Text("x"), rulebook(), playbooks(), nothing)


def changed(*pairs: tuple[str, str]) -> str:
    """The small scenario with pieces replaced; each must be there."""
    text = SMALL
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(text: str) -> tuple[Problem, ...]:
    """All that is wrong with a text."""
    try:
        return opened(text).warnings
    except BadFile as bad:
        return bad.problems
