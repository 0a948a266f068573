"""Drills from TOML: their checks, and where they are.

Their shape is in `drill_shape`. What must not be here: judging an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from callcalm.content.drill_heads import CAP, SHIPPED, drill_paths
from callcalm.content.drill_shape import drill_record
from callcalm.content.registry import move_hint
from callcalm.content.shapes import FORMAT
from callcalm.core.drill import Drill, Item, ItemKind, Option
from callcalm.core.moves import Registry
from callcalm.core.text import Text, safe
from callcalm.intake import (
    BadFile,
    Code,
    Inbox,
    Problem,
    Source,
    load_source,
    nearest,
    read,
    shown,
)
from callcalm.intake import (
    Path as Place,
)
from callcalm.intake.endings import is_toml
from callcalm.language import _

__all__ = [
    "CAP",
    "SHIPPED",
    "Drills",
    "UnknownDrill",
    "drill_problems",
    "load_drill",
    "read_drill",
]

_KINDS: Final = {
    "options": ItemKind.CHOOSE,
    "parts": ItemKind.ORDER,
    "text": ItemKind.SPOT,
    "takes": ItemKind.SAY,
}
"""The key that makes an item what it is."""

_MARK: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_NOTHING: Final = safe("")


def load_drill(path: Path, registry: Registry) -> Drill:
    """The drill in a file; its id is the file's name. Raises `BadFile` with all that is wrong with it."""
    return read_drill(read(path, CAP), safe(path.stem, multiline=False), registry)


def read_drill(source: Source, name: Text, registry: Registry) -> Drill:
    """`load_drill` for a text that is there already."""
    try:
        return _read(source, name, registry)[0]
    except BadFile as bad:
        from callcalm.content.kinds import Kind, as_meant  # noqa: PLC0415 - most files are what is meant

        raise as_meant(bad, Kind.DRILL) from None


def drill_problems(source: Source, name: str, registry: Registry) -> tuple[Problem, ...]:
    """What is weak in a drill file called `name`. Raises `BadFile` when something keeps it from being used."""
    return _read(source, safe(name, multiline=False), registry)[1]


class UnknownDrill(LookupError):
    """There is no drill of that id. `str()` says so, with the id that was likely meant."""

    def __init__(self, name: str, near: str | None) -> None:
        self.near = near
        if near is None:
            message = _("There is no drill “{name}”.").format(name=shown(name))
        else:
            message = _("There is no drill “{name}”. Did you mean “{near}”?").format(name=shown(name), near=near)
        super().__init__(message)


class Drills:
    """The drills in some folders, and one level below each. Of two with one id the earlier folder's counts."""

    def __init__(self, folders: Iterable[Path], registry: Registry) -> None:
        self._registry = registry
        self.paths = drill_paths(folders)

    def load(self, name: str) -> Drill:
        """The drill of an id, or of a path that ends in ``.toml``. Raises `UnknownDrill` and `BadFile`."""
        if is_toml(name):
            return load_drill(Path(name), self._registry)
        if name not in self.paths:
            raise UnknownDrill(name, nearest(name, self.paths))
        return load_drill(self.paths[name], self._registry)

    def all(self, problems: list[BadFile] | None = None) -> tuple[Drill, ...]:
        """Every drill that can be read, by language and title; what is wrong with others goes to `problems`."""
        found = []
        for path in self.paths.values():
            try:
                found.append(load_drill(path, self._registry))
            except BadFile as bad:
                if problems is not None:
                    problems.append(bad)
        return tuple(sorted(found, key=lambda drill: (drill.language, drill.title)))


def _read(source: Source, name: Text, registry: Registry) -> tuple[Drill, tuple[Problem, ...]]:
    loaded = load_source(source, drill_record(), number=FORMAT)
    data, inbox = loaded.data, loaded.inbox
    for index, move in enumerate(data.get("teaches", ())):
        _known(move, ("teaches", index), inbox, registry)
    items = [
        _item(item, ("items", index), inbox, registry) if isinstance(item, Mapping) else None
        for index, item in enumerate(data.get("items", ()))
    ]
    warnings = inbox.warnings()
    drill = Drill(
        id=name,
        title=data["title"],
        language=data["language"],
        about=data["about"],
        rule=data["rule"],
        minutes=data["minutes"],
        teaches=tuple(data["teaches"]),
        sources=tuple(data["sources"]),
        items=tuple(item for item in items if item is not None),
    )
    return drill, warnings


def _item(data: Mapping[str, Any], path: Place, inbox: Inbox, registry: Registry) -> Item | None:
    kinds = [key for key in _KINDS if key in data]
    if len(kinds) != 1:
        if kinds:
            message = _("an item has one of `options`, `parts`, `text` and `takes`; this one has {names}")
            message = message.format(names=_(" and ").join(f"`{key}`" for key in kinds))
        else:
            message = _("an item has one of `options`, `parts`, `text` and `takes`; this one has none")
        inbox.add(Code.ITEM_KIND, message, path)
        return None
    kind = _KINDS[kinds[0]]
    for index, move in enumerate(data.get("wants", ())):
        _known(move, (*path, "wants", index), inbox, registry)
    for key, wanted in (("decoys", ItemKind.ORDER), ("wants", ItemKind.SAY)):
        if key in data and kind is not wanted:
            message = _("`{key}` means nothing beside `{other}`").format(key=key, other=kinds[0])
            inbox.add(Code.ITEM_KIND, message, (*path, key), at_key=True)
    if kind is ItemKind.SAY and "wants" not in data:
        inbox.add(Code.MISSING_KEY, _("beside `takes` there must be `wants`"), path)
    options = [option for option in data.get("options", ()) if isinstance(option, Mapping) and "right" in option]
    right = sum(bool(option["right"]) for option in options)
    if options and right in {0, len(options)}:
        message = _("some of the options must be right, and some not")
        inbox.add(Code.NONE_RIGHT, message, (*path, "options"))
    lines, costs = _marked(data.get("text", ()), (*path, "text"), inbox)
    if inbox.failed:
        return None
    return Item(
        kind=kind,
        scene=data.get("scene", _NOTHING),
        given=data.get("given", _NOTHING),
        why=data["why"],
        options=tuple(Option(option["say"], option["right"], option["why"]) for option in options),
        parts=tuple(data.get("parts", ())),
        decoys=tuple(data.get("decoys", ())),
        lines=lines,
        costs=costs,
        wants=tuple(data.get("wants", ())),
        takes=tuple(data.get("takes", ())),
    )


def _marked(
    text: Iterable[Any], path: Place, inbox: Inbox
) -> tuple[tuple[Text, ...], tuple[tuple[int, int, int], ...]]:
    """The lines of a text without their marks, and where the marked words stand in them."""
    lines: list[Text] = []
    costs: list[tuple[int, int, int]] = []
    for number, raw in enumerate(text):
        if not isinstance(raw, str):
            continue
        plain, at = "", 0
        for mark in _MARK.finditer(raw):
            plain += raw[at : mark.start()]
            costs.append((number, len(plain), len(plain) + len(mark[1])))
            plain += mark[1]
            at = mark.end()
            if not mark[1].strip():
                inbox.add(Code.OPEN_MARK, _("nothing stands between [[ and ]]"), (*path, number))
        plain += raw[at:]
        if "[[" in plain or "]]" in plain:
            message = _("a [[ has no ]] of its own, or the other way round")
            inbox.add(Code.OPEN_MARK, message, (*path, number))
        lines.append(Text(plain))
    if lines and not costs:
        inbox.add(Code.NO_COST_MARKED, _("mark what costs: [[your claim was rejected]]"), path)
    return tuple(lines), tuple(costs)


def _known(move: Any, path: Place, inbox: Inbox, registry: Registry) -> None:
    if isinstance(move, str) and move not in registry.moves:
        message = _("there is no move `{move}`").format(move=move)
        inbox.add(Code.UNKNOWN_MOVE, message, path, hint=move_hint(inbox, move, registry.moves))
