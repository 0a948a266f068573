"""Keys of one's own: what the settings say as Textual's keymap, which keys clash, which no terminal sends.

What must not be here: where keys are kept, or any screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character

from callcalm.language import _
from callcalm.tui.commands import commands_of, find
from callcalm.tui.registry import EVERYWHERE, PLACES, Command

FIELDS = frozenset(
    ("typing", "noting", "asking", "transfer", "guide", "palette", "rewriting", "first-name", "host-counting")
)
"""The places where letters and digits go into a field."""

LIST_KEYS = frozenset({"up", "down", "home", "end"})
"""The keys that move the marker in every list, and cannot be remapped."""

_MOVING = frozenset(("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"))
_NAMED = _MOVING | {"enter", "escape", "space", "tab", "backspace", *(f"f{number}" for number in range(1, 13))}
_SAME = {"i": "tab", "m": "enter", "j": "enter", "h": "backspace", "left_square_bracket": "escape"}


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """What Textual is to be told; nothing where nothing is remapped.

    Textual takes away every other command of a key when one command of it is remapped. Ours share keys on purpose
    (enter reads on, and goes on at the end), so all of them are named.
    """
    if not any(find(ident) and keys for ident, keys in chosen.items()):
        return {}
    return {command.id: keys_of_command(command, chosen) for _place, command in _all()}


def keys_of_command(command: Command, chosen: Mapping[str, str]) -> str:
    """The keys a command is on, with commas between."""
    return chosen.get(command.id) or command.key


def clashes(place: str, command: Command, key: str, chosen: Mapping[str, str]) -> tuple[Command, ...]:
    """The commands that have this key already where this command can be given.

    Commands that share a key of old are made to: only one of them is possible at any moment.
    """
    beside = (one for _place, one in _all()) if place == "everywhere" else (*commands_of(place), *EVERYWHERE)
    old = _split(command.key)
    found = {
        one.id: one
        for one in beside
        if one.id != command.id and not old & _split(one.key) and key in _split(keys_of_command(one, chosen))
    }
    return tuple(found.values())


def refused(place: str, command: Command, key: str) -> str:
    """Why a key cannot be taken there; empty where it can."""
    if key in LIST_KEYS and not LIST_KEYS & _split(command.key):
        return _("This key moves the marker in every list.")
    if place in FIELDS and _typed(key):
        return _("Letters, digits and signs go into the field here. A key with ctrl, or f1 to f12, can be taken.")
    return ""


def weakness(keys: str) -> str:
    """Why a key may never arrive, in a sentence; empty for one that every terminal sends."""
    for key in _split(keys):
        *modifiers, last = key.split("+")
        if last not in _NAMED and not _typed(last):
            return _("There is no key called “{key}”.").format(key=key)
        if {"super", "hyper", "meta"} & set(modifiers):
            return _("Few terminals can send {key}.").format(key=key)
        if "ctrl" in modifiers and last in _SAME:
            return _("Terminals send {other} for {key}.").format(key=key, other=_SAME[last])
        letter = len(last) == 1 and last.isascii() and last.isalpha()
        plain = not modifiers or modifiers == ["alt"] or (modifiers == ["ctrl"] and letter)
        if not plain and last not in _MOVING and key != "shift+tab":
            return _("Many terminals cannot send {key}.").format(key=key)
    return ""


def _typed(key: str) -> bool:
    """Whether a key writes a character."""
    if len(key) == 1 or key in KEY_NAME_REPLACEMENTS.values():
        return True
    return key not in _NAMED - {"space"} and (key_to_character(key) or "\n").isprintable()


def _split(keys: str) -> frozenset[str]:
    return frozenset(key.strip() for key in keys.split(",") if key.strip())


@cache
def _all() -> tuple[tuple[str, Command], ...]:
    return tuple(_walk())


def _walk() -> Iterator[tuple[str, Command]]:
    for place in ("everywhere", *PLACES):
        for command in commands_of(place):
            yield place, command
