"""Worked calls from TOML, one file a language in `worked/`. What must not be here: when they are offered."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from callcalm.content.registry import move_hint
from callcalm.content.shapes import FORMAT, LANGUAGES, VERSION, move_id
from callcalm.core.moves import Registry
from callcalm.core.worked import Worked
from callcalm.intake import Choice, Code, Field, ListOf, Record, Str, load
from callcalm.language import _

FOLDER: Final = Path(__file__).parent / "worked"
CAP: Final = 512 * 1024
"""Largest file of worked calls, in bytes."""


def worked_record() -> Record:
    """The shape of a file of worked calls."""
    line = Str(400, strip=True)
    call = Record(
        {
            "move": Field(move_id(), "The technique: the move that the good take makes.", required=True),
            "scene": Field(line, "Who calls, where, and what about.", required=True),
            "caller": Field(line, "What the caller says.", required=True),
            "bad": Field(line, "The turn taken badly, as a tired, decent person would.", required=True),
            "bad_move": Field(move_id(), "The costing move that the bad take makes.", required=True),
            "then_bad": Field(line, "What the caller says to that.", required=True),
            "good": Field(line, "The turn taken well.", required=True),
            "then_good": Field(line, "What the caller says to that.", required=True),
            "rule": Field(line, "The technique as an if-then rule.", required=True),
        },
        example='move = "own-it", scene = "…", …',
    )
    return Record(
        {
            "format": VERSION,
            "language": Field(Choice(LANGUAGES), "The language of the file.", required=True),
            "calls": Field(ListOf(call, 1, 200), "The worked calls.", required=True),
        }
    )


def load_worked(path: Path, registry: Registry) -> tuple[Worked, ...]:
    """The worked calls of a file, in its order. Raises `BadFile` with all that is wrong with it."""
    loaded = load(path, worked_record(), cap=CAP, number=FORMAT)
    inbox = loaded.inbox
    seen: set[str] = set()
    for index, call in enumerate(loaded.data.get("calls", ())):
        for key in ("move", "bad_move"):
            move = call.get(key) if isinstance(call, dict) else None
            if move is not None and move not in registry.moves:
                hint = move_hint(inbox, move, registry.moves)
                inbox.add(
                    Code.UNKNOWN_MOVE,
                    _("there is no move `{move}`").format(move=move),
                    ("calls", index, key),
                    hint=hint,
                )
        move = call.get("move") if isinstance(call, dict) else None
        if move in seen:
            inbox.add(
                Code.ID_TWICE,
                _("there is another worked call for `{move}` above").format(move=move),
                ("calls", index, "move"),
            )
        seen.add(move or "")
    inbox.warnings()
    return tuple(Worked(**call) for call in loaded.data["calls"])


def worked_calls(language: str, registry: Registry) -> dict[str, Worked]:
    """The worked calls that ship in a language, by move; none where there is no file of that language."""
    path = FOLDER / f"{language}.toml"
    return {call.move: call for call in load_worked(path, registry)} if path.is_file() else {}
