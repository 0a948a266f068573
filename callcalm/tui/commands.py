"""The registry as the rest of the front end uses it: bindings for a screen, and a command by its id."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from callcalm.tui.registry import EVERYWHERE, GUIDE, GUIDE_HERE, PLACES, SCROLL, Command


def bindings(*places: str) -> list[BindingType]:
    """Textual's bindings for the commands of these places (``everywhere`` for the app's)."""
    return [
        Binding(
            command.key,
            command.action,
            command.label,
            show=False,
            tooltip=command.tip,
            id=command.id,
            priority=command.priority,
        )
        for place in places
        for command in commands_of(place)
    ]


def commands_of(place: str) -> tuple[Command, ...]:
    """The commands of a place."""
    return EVERYWHERE if place == "everywhere" else PLACES[place]


def find(ident: str | None) -> Command | None:
    """The command with this id."""
    return _BY_ID.get(ident or "")


def rank(command: Command) -> int:
    """Where the registry has it: what is earlier is more telling."""
    return _RANKS[command.id]


_BY_ID = {command.id: command for place in (*PLACES, "everywhere") for command in commands_of(place)}
_SHARED = {command.id for command in (*SCROLL, GUIDE, GUIDE_HERE, *EVERYWHERE)}
_RANKS = {ident: index + len(_BY_ID) * (ident in _SHARED) for index, ident in enumerate(_BY_ID)}
