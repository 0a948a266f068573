"""Playbooks from TOML: house rules, and how one extends another. What must not be here: what a stance is worth."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from callcalm.content.registry import CODE, move_hint
from callcalm.content.shapes import FORMAT, SOURCE, VERSION, identifier, move_id, words
from callcalm.core.moves import Registry
from callcalm.core.playbook import Playbook, Position, Stance
from callcalm.intake import (
    BAD,
    BadFile,
    Bool,
    Choice,
    Code,
    Field,
    ListOf,
    Loaded,
    Problem,
    Record,
    Source,
    load,
    load_source,
    shown,
)
from callcalm.intake.endings import TOML_FILES
from callcalm.intake.kept import kept
from callcalm.language import _

SHIPPED: Final = Path(__file__).parent / "playbooks"
CAP: Final = 512 * 1024
"""Largest playbook file, in bytes."""

CORE: Final = "core"
"""The house rules for whoever names none."""


def playbook_record() -> Record:
    """The shape of a playbook file."""
    stance = Record(
        {
            "move": Field(move_id(), "The move this school speaks to.", required=True),
            "stance": Field(Choice(tuple(Stance)), "How it takes the move.", required=True),
            "why": Field(words(400), "The reason, in a sentence or two.", required=True),
            "source": Field(SOURCE, "Where the reason comes from.", required=True),
        },
        example='move = "own-it", stance = "endorse", …',
    )
    return Record(
        {
            "format": VERSION,
            "id": Field(identifier(), "The name of the file, without .toml.", required=True),
            "name": Field(words(80), "What it is called.", required=True),
            "about": Field(words(600), "What the school holds, in a few sentences.", required=True),
            "extends": Field(identifier(), "The playbook whose stances hold where this one has none."),
            "source": Field(SOURCE, "The source that the school is taken from."),
            "temptation": Field(
                Record({"on": Field(Bool(), "Whether temper has the upper hand below 25.", required=True)}),
                "Below 25 the costing replies come first and the helping ones need a breath.",
            ),
            "stances": Field(ListOf(stance, most=300), "How the school takes moves.", required=True),
        }
    )


def load_playbooks(registry: Registry, folder: Path = SHIPPED) -> dict[str, Playbook]:
    """All playbooks of a folder by id, in the order of their sources.

    Raises `BadFile` with all that is wrong with the first that is wrong.
    """
    made = partial(_read, folder, registry)
    books: dict[str, dict[str, Any]]
    if folder == SHIPPED:
        books = kept("playbooks", [*sorted(folder.glob("*.toml")), Path(__file__), *CODE], made)
        if any(item["move"] not in registry.moves for book in books.values() for item in book["stances"]):
            books = made()
    else:
        books = made()
    order = sorted(books, key=lambda name: (books[name].get("source", ""), name))
    return {name: _playbook(name, books, registry) for name in order}


def _read(folder: Path, registry: Registry) -> dict[str, dict[str, Any]]:
    """What the playbook files of a folder hold, every check passed."""
    record = playbook_record()
    files = {path.stem: load(path, record, cap=CAP, number=FORMAT) for path in sorted(folder.glob("*.toml"))}
    for name, loaded in files.items():
        _check(name, loaded, files, registry)
        loaded.inbox.warnings()
    return {name: loaded.data for name, loaded in files.items()}


def playbook_problems(
    source: Source, name: str, registry: Registry, folders: Iterable[Path] = (SHIPPED,)
) -> tuple[Problem, ...]:
    """What is wrong with one playbook file called `name`; it may extend the playbooks in `folders`.

    Raises `BadFile` when that keeps it from being used.
    """
    record = playbook_record()
    files: dict[str, Loaded] = {}
    for path in (path for folder in folders for path in sorted(folder.glob(TOML_FILES))):
        # A parent that is broken has its own problems told where it is looked at.
        with contextlib.suppress(BadFile):
            files.setdefault(path.stem, load(path, record, cap=CAP, number=FORMAT))
    files[name] = loaded = load_source(source, record, number=FORMAT)
    _check(name, loaded, files, registry)
    return loaded.inbox.warnings()


def _playbook(name: str, books: Mapping[str, Mapping[str, Any]], registry: Registry) -> Playbook:
    data = books[name]
    parent = _playbook(data["extends"], books, registry) if "extends" in data else None
    positions = dict(parent.positions) if parent else {}
    for item in data["stances"]:
        positions[item["move"]] = Position(Stance(item["stance"]), item["why"], item["source"], said_by=name)
    temptation = data["temptation"]["on"] if "temptation" in data else parent is None or parent.temptation
    return Playbook(name, data["name"], data["about"], registry, positions, temptation)


def _check(name: str, loaded: Loaded, files: Mapping[str, Loaded], registry: Registry) -> None:
    data, inbox = loaded.data, loaded.inbox
    if data.get("id", name) != name:
        message = _("the file is called `{name}`, and its id is `{id}`").format(name=shown(name), id=data["id"])
        inbox.add(Code.ID_NOT_NAME, message, ("id",))
    parent = data.get("extends")
    if parent is not None and parent not in files:
        message = _("there is no playbook `{name}` to extend").format(name=parent)
        inbox.add(Code.UNKNOWN_PARENT, message, ("extends",), hint=inbox.guess(parent, files))
    elif _circular(name, files):
        message = _("this playbook extends itself, by way of others or directly")
        inbox.add(Code.CIRCLE, message, ("extends",))
    seen: set[str] = set()
    for index, item in enumerate(data.get("stances", ())):
        move = "" if item is BAD else item.get("move", "")
        path = ("stances", index, "move")
        if move and move not in registry.moves:
            message = _("there is no move `{move}`").format(move=move)
            inbox.add(Code.UNKNOWN_MOVE, message, path, hint=move_hint(inbox, move, registry.moves))
        if move and move in seen:
            message = _("there is another stance on `{move}` above").format(move=move)
            inbox.add(Code.ID_TWICE, message, path)
        seen.add(move)


def _circular(name: str, files: Mapping[str, Loaded]) -> bool:
    passed: set[str] = set()
    at: Any = name
    while at in files and at not in passed:
        passed.add(at)
        at = files[at].data.get("extends")
    return at in passed
