"""Settings: one small file of the player's choices, on the start-up path of everything.

Reading never fails: what cannot be understood gives way to the default, is named, and stays in the file. What must
not be here: what a theme or a key binding is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from callcalm.core.text import safe
from callcalm.storage.fields import Fields
from callcalm.storage.trouble import CannotSave, Reason, SaveProblem, Trouble

_CAP = 256 * 1024
_FIRST_LINE = "# callcalm's settings. It rewrites this file when they change in the app: comments are not kept.\n"

LANGUAGES = ("auto", "en", "fr")
MOTIONS = ("full", "reduced")
COACHING = ("after", "live")


@dataclass(frozen=True, slots=True)
class Settings:
    """The player's choices.

    `language` is of the interface, `auto` follows the system; `theme` and `playbook` are ids, empty for the app's
    and the scenario's own; `coach` shows marks after the call or live; `temptation` lets a brittle temper lock the
    helping replies; `keys` are key strings by binding id; `saves` is the folder where saves live, empty for the
    platform's. `extra` is what the file holds besides, or holds
    wrongly.
    """

    language: str = "auto"
    theme: str = ""
    motion: str = "reduced"
    coach: str = "after"
    temptation: bool = True
    playbook: str = ""
    player: str = ""
    mouse: bool = True
    saves: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


Fault = tuple[tuple[str, ...], str]
"""A value that cannot be taken: its key, as a path, and what is wrong with it, in English and safe to show."""

_CHOICES = {"language": LANGUAGES, "motion": MOTIONS, "coach": COACHING}


def load_settings(path: Path, problems: list[SaveProblem] | None = None) -> Settings:
    """The settings in the file; the defaults where it says nothing, or nothing that makes sense. Never raises.

    What was met goes to `problems`, if given.
    """
    problems = [] if problems is None else problems
    try:
        if not path.exists():
            return Settings()
    except (OSError, ValueError):
        return Settings()
    from callcalm.storage.parsing import NotRead, placed_values  # noqa: PLC0415 - only if there is something to read

    try:
        table, line = placed_values(path, _CAP)
    except NotRead as error:
        lines = (error.line, error.line) if error.line else None
        kind = Trouble.UNREADABLE if error.closed else Trouble.SETTINGS
        problems.append(SaveProblem(kind, path, lines, str(error)))
        return Settings()
    faults: list[Fault] = []
    settings = _read(table, faults)
    problems += [SaveProblem(Trouble.FIELDS, path, (line(key), line(key)), words) for key, words in faults]
    return settings


def line_of(path: Path, *key: str) -> int:
    """The line, from 1, on which a setting stands in its file; 0 where it does not. Never raises."""
    from callcalm.storage.parsing import NotRead, placed_values  # noqa: PLC0415 - as above

    try:
        table, line = placed_values(path, _CAP)
    except NotRead:
        return 0
    inner: object = table
    for name in key:
        if not isinstance(inner, Mapping) or name not in inner:
            return 0
        inner = inner[name]
    return line(key)


def save_settings(path: Path, settings: Settings) -> SaveProblem | None:
    """Write the settings, and all that the file held besides.

    A file that could not be read is first moved to ``settings.toml.corrupt-…``, with the time when it was last
    written; the result tells of it.

    Raises:
        CannotSave: the file is as it was.
    """
    from callcalm.storage import durable, emit  # noqa: PLC0415 - reading settings needs neither
    from callcalm.storage.callfile import set_aside  # noqa: PLC0415
    from callcalm.storage.parsing import NotRead, read_values  # noqa: PLC0415

    durable.make_folder(path.parent)
    moved: SaveProblem | None = None
    try:
        read_values(path, _CAP)
    except NotRead as error:
        if not error.gone:
            aside = set_aside(path, "corrupt", _written(path))
            if aside is None:
                raise CannotSave(path, Reason.DENIED) from error
            moved = SaveProblem(Trouble.SETTINGS, path, detail=str(error), moved_to=aside)
    durable.replace_file(path, (_FIRST_LINE + emit.lines(_pairs(settings))).encode())
    return moved


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _read(table: Mapping[str, object], faults: list[Fault]) -> Settings:
    source = Fields(table)
    values: dict[str, Any] = {}
    for item in fields(Settings):
        if item.name not in source.left or item.name == "extra":
            continue
        if item.name == "keys":
            values["keys"] = _read_keys(source, faults)
            continue
        raw = source.left[item.name]
        before = len(source.faults)
        value = source.flag(item.name) if isinstance(item.default, bool) else source.word(item.name)
        choices = _CHOICES.get(item.name)
        if choices is not None and len(source.faults) == before and value not in choices:
            source.fault(item.name, f"one of {', '.join(choices)}")
            source.left[item.name] = raw
        if len(source.faults) > before:
            faults.append(((item.name,), source.faults[-1]))
        else:
            values[item.name] = value
    return Settings(**values, extra=source.left)


def _read_keys(source: Fields, faults: list[Fault]) -> Mapping[str, str]:
    table = source.left.pop("keys")
    if not isinstance(table, Mapping):
        source.fault("keys", "a table")
        faults.append((("keys",), source.faults[-1]))
        source.left["keys"] = table
        return {}
    inner = Fields(table, "keys")
    keys: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, str):
            keys[safe(name, multiline=False)] = inner.word(name)
    for name in inner.left:
        inner.fault(name, "a string")
        faults.append((("keys", name), inner.faults[-1]))
    if inner.left:
        source.left["keys"] = inner.left
    return keys


def _pairs(settings: Settings) -> list[tuple[str, object]]:
    kept = dict(settings.extra)
    default = Settings()
    pairs: list[tuple[str, object]] = []
    for item in fields(Settings):
        if item.name == "extra":
            continue
        value, old = getattr(settings, item.name), kept.pop(item.name, None)
        if isinstance(value, Mapping):
            pairs.append((item.name, {**old, **value} if isinstance(old, Mapping) else value or old or {}))
        else:
            pairs.append((item.name, old if old is not None and value == getattr(default, item.name) else value))
    return pairs + list(kept.items())
