"""The settings, line by line: read them all, change one. A change is felt and kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from callcalm.insight.saving import trouble_line
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.practice.desk import Desk
from callcalm.practice.moving import become, move_saves, stays
from callcalm.storage.settings import COACHING, LANGUAGES, MOTIONS
from callcalm.storage.trouble import CannotSave

SWITCH = {"on": True, "off": False}

THEMES = ("calm", "contrast", "projector", "ansi-dark", "ansi-light")
"""The colours of the screens, named here too: lines know nothing of screens. A test compares them."""


def settings(console: Console, desk: Desk, words: Sequence[str]) -> None:
    """Show the settings, or change the one named by the first word to the second."""
    choices = _choices(desk)
    known = (*choices, "player", "saves")
    if not words:
        for name, allowed in choices.items():
            console.say(f"{name} = {_shown(desk, name)}   ({', '.join(allowed)})")
        console.say("player = {name}   ({about})".format(name=desk.store.player, about=_("any name")))
        console.say("saves = {folder}   ({about})".format(folder=desk.store.folder, about=_("any folder")))
        console.say(_("Colours, motion and mouse are for the screen."))
        console.say(_("Keys are changed on the screen, or by hand in {path}.").format(path=desk.folders.settings))
        return
    name, value = words[0], words[1].strip() if len(words) > 1 else ""
    if name not in known:
        console.say(
            _("There is no setting “{name}” here. There are: {known}.").format(name=name, known=", ".join(known))
        )
    elif name in {"player", "saves"} and not value:
        console.say(_("What shall it be? Type: set {name} VALUE").format(name=name))
    elif name == "player":
        _said(console, become(desk, value), f"player = {desk.store.player}")
        if desk.store.trouble is not None:
            console.say(trouble_line(desk.store.trouble))
    elif name == "saves":
        _move(console, desk, value)
    elif value not in choices[name]:
        console.say(_("{name} can be: {allowed}.").format(name=name, allowed=", ".join(choices[name])))
    else:
        _said(console, desk.change_settings(**{name: choices[name][value]}), f"{name} = {value}")


def _move(console: Console, desk: Desk, words: str) -> None:
    """Save somewhere else; rounds come along if the player says so, and in a script always."""
    bring = True
    if console.interactive and (desk.store.summaries() or desk.waiting() is not None):
        bring = console.yes(_("Bring your rounds along? y, or n to go on with what the other folder holds."))
    try:
        trouble = move_saves(desk, _path(words), bring=bring)
    except CannotSave as error:
        console.say(trouble_line(error))
        return
    told = _("From now on saved in {folder}.")
    if not stays(desk):
        told = _("From now on saved in {folder}, until you quit.")
    _said(console, trouble, told.format(folder=desk.store.folder))


def _path(words: str) -> Path:
    try:
        return Path(words).expanduser()
    except RuntimeError:
        return Path(words)  # nobody's home: a folder whose name begins with a tilde


def _said(console: Console, trouble: CannotSave | None, words: str) -> None:
    console.say(words)
    if trouble is not None:
        console.say(trouble_line(trouble))


def _choices(desk: Desk) -> Mapping[str, Mapping[str, object]]:
    """What each setting of few choices can be, by the word typed for it."""
    return {
        "language": {code: code for code in LANGUAGES},
        "coach": {when: when for when in COACHING},
        "temptation": SWITCH,
        "playbook": {"scenario": "", **{name: name for name in desk.playbooks}},
        "theme": {name: "" if name == THEMES[0] else name for name in THEMES},
        "motion": {kind: kind for kind in MOTIONS},
        "mouse": SWITCH,
    }


def _shown(desk: Desk, name: str) -> str:
    value = getattr(desk.settings, name)
    return next((word for word, meant in _choices(desk)[name].items() if meant == value), str(value))
