"""The settings, line by line: read them all, change one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from callcalm.insight.saving import trouble_line
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.practice.desk import Desk
from callcalm.storage.settings import COACHING, LANGUAGES

SWITCH = {"on": True, "off": False}


def settings(console: Console, desk: Desk, words: Sequence[str]) -> None:
    """Show the settings, or change the one named by the first word to the second."""
    choices = _choices(desk)
    if not words:
        for name, allowed in choices.items():
            console.say(f"{name} = {_shown(desk, name)}   ({', '.join(allowed)})")
        console.say(_("The screen has more settings, kept in {path}.").format(path=desk.folders.settings))
        return
    name, value = words[0], words[1] if len(words) > 1 else ""
    if name not in choices:
        console.say(
            _("There is no setting “{name}” here. There are: {known}.").format(name=name, known=", ".join(choices))
        )
    elif value not in choices[name]:
        console.say(_("{name} can be: {allowed}.").format(name=name, allowed=", ".join(choices[name])))
    else:
        trouble = desk.change_settings(**{name: choices[name][value]})
        console.say(f"{name} = {value}")
        if trouble is not None:
            console.say(trouble_line(trouble))


def _choices(desk: Desk) -> Mapping[str, Mapping[str, object]]:
    """What each setting that matters line by line can be, by the word typed for it."""
    return {
        "language": {code: code for code in LANGUAGES},
        "coach": {when: when for when in COACHING},
        "temptation": SWITCH,
        "playbook": {"scenario": "", **{name: name for name in desk.playbooks}},
    }


def _shown(desk: Desk, name: str) -> str:
    value = getattr(desk.settings, name)
    return next((word for word, meant in _choices(desk)[name].items() if meant == value), str(value))
