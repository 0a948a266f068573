"""The key bar: at most six keys, taken from what the focused widget and its screen can do right now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.binding import ActiveBinding
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen

from callcalm.language import _
from callcalm.tui.commands import find, rank
from callcalm.tui.literal import line
from callcalm.tui.reflow import Reflow
from callcalm.tui.registry import HELP, Command
from callcalm.tui.widgets.words import Words

MOST = 6

_SIGNS = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "minus": "-",
    "plus": "+",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
}


def key_name(key: str) -> str:
    """A key as a person calls it in the interface's language; modifiers kept as ``ctrl+``."""
    names = {
        **_SIGNS,
        "enter": _("enter"),
        "escape": _("escape"),
        "space": _("space"),
        "backspace": _("backspace"),
        "pagedown": _("page down"),
        "pageup": _("page up"),
    }
    *modifiers, last = key.split("+")
    return "+".join((*modifiers, names.get(last, last)))


@dataclass(frozen=True, slots=True)
class Possible:
    """A command that is possible now: the key it is on, by name, and the node whose action it is."""

    command: Command
    key: str
    node: DOMNode


class Keys:
    """The commands that are possible on a screen now, by id."""

    def __init__(self, active: Iterable[ActiveBinding]) -> None:
        self.now: dict[str, Possible] = {}
        for one in active:
            command = find(one.binding.id)
            if command is not None and one.enabled and command.id not in self.now:
                # "1-9" stands for nine keys; once the first of them is remapped it says its own key.
                untouched = command.shown and one.binding.key == command.key
                key = command.shown if untouched else key_name(one.binding.key)
                self.now[command.id] = Possible(command, key, one.node)
        for own in [one.command for one in self.now.values() if one.command.speaks_for in self.now]:
            other = self.now[own.speaks_for]
            self.now[own.speaks_for] = replace(other, command=replace(other.command, tip=own.tip))
        self.now = dict(sorted(self.now.items(), key=lambda pair: rank(pair[1].command)))

    def name(self, ident: str) -> str:
        """The key a command is on; its own default's name where it is not possible now."""
        if ident in self.now:
            return self.now[ident].key
        command = find(ident)
        return key_name(command.key.split(",")[0]) if command else ""

    def listed(self) -> list[Possible]:
        """The commands that help and palette list, in the registry's order."""
        return [one for one in self.now.values() if one.command.listed]


def keys_of(screen: Screen[Any]) -> Keys:
    """What is possible on a screen now."""
    return Keys(screen.active_bindings.values())


class KeyBar(Words):
    """The last line of a screen."""

    def on_mount(self) -> None:
        """Follow what is possible."""
        self.screen.bindings_updated_signal.subscribe(self, self._redraw)
        self._redraw(self.screen)

    def _redraw(self, screen: Screen[Any]) -> None:
        if screen is self.screen and self.is_attached:
            shown = shown_on(keys_of(screen))
            self.say(Reflow(lambda width: [fitted(shown, width)]))


def shown_on(keys: Keys) -> list[tuple[str, str]]:
    """(key, word) for the bar: the most telling first, help always among them."""
    telling = [one for one in keys.now.values() if one.command.bar and one.command is not HELP]
    chosen = [(one.key, _(one.command.label)) for one in telling[: MOST - 1]]
    if HELP.id in keys.now:
        chosen.append((keys.name(HELP.id), _(HELP.label)))
    return chosen


def fitted(shown: Sequence[tuple[str, str]], width: int) -> Content:
    """The pairs side by side; if they do not all fit, those before the last give way."""
    kept = list(shown)
    while len(kept) > 1 and _joined(kept).cell_length > width:
        del kept[-2]
    return _joined(kept)


def _joined(shown: Sequence[tuple[str, str]]) -> Content:
    parts: list[str | Content | tuple[str, str]] = []
    for index, (key, word) in enumerate(shown):
        parts += ["  " if index else "", (key, "bold $heading"), " ", word]
    return line(*parts)
