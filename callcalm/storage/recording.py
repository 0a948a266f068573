"""Records as TOML tables and back, from one list of keys for each type.

The order of keys is fixed: the first of a round are those that home needs of every round, and the last is `end`,
which repeats the id and so tells that the round is whole. A value that is the default is left out.
What must not be here: files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as fields_of
from datetime import datetime
from functools import partial
from typing import Any

from callcalm.core.price import PriceSheet
from callcalm.storage.fields import Fields
from callcalm.storage.records import (
    ActionRecord,
    CallRecord,
    FindingRecord,
    MoveRecord,
    PromiseRecord,
    RoundRecord,
    Stage,
)

Pairs = list[tuple[str, object]]


class BadRecord(Exception):
    """A table that is no round and no call: its message says what it lacks, in English and safe to show."""


def round_pairs(record: RoundRecord) -> Pairs:
    """The keys and values of a finished round, in the order of the file."""
    pairs = [(key, item) for key, item in _pairs(record, _ROUND) if key != "end"]
    return [*pairs, ("end", record.id)]


def call_pairs(record: CallRecord) -> Pairs:
    """The keys and values of a call in progress, in the order of the file."""
    return _pairs(record, _CALL)


def read_round(table: Mapping[str, object]) -> tuple[RoundRecord, list[str]]:
    """A round out of its table, and what of it could not be understood.

    Raises:
        BadRecord: it has no id, no scenario, or no end.
    """
    fields = Fields(table)
    end = fields.left.pop("end", None)
    values = _values(fields, RoundRecord, _ROUND, ("id", "scenario", "finished"))
    return RoundRecord(**values, complete=end == values["id"]), fields.faults


def read_call(table: Mapping[str, object]) -> tuple[CallRecord, list[str]]:
    """A call in progress out of its table, and what of it could not be understood.

    Raises:
        BadRecord: it has no id or no scenario.
    """
    fields = Fields(table)
    return CallRecord(**_values(fields, CallRecord, _CALL, ("id", "scenario"))), fields.faults


@dataclass(frozen=True, slots=True)
class _Key:
    """A key: how to read it, the attribute it becomes (`name` if empty), and how to write it.

    `always` writes it even if it holds the default.
    """

    name: str
    read: Callable[[Fields, str], Any]
    attribute: str = ""
    write: Callable[[Any], object] | None = None
    always: bool = False


def _pairs(record: Any, keys: tuple[_Key, ...]) -> Pairs:
    """The keys of a record that hold something, and all that was once read and not understood."""
    rest = dict(record.extra)
    defaults = _defaults(type(record))
    pairs: Pairs = []
    for key in keys:
        attribute = key.attribute or key.name
        held = getattr(record, attribute)
        needed = attribute not in defaults
        says_nothing = not held if needed else held == defaults[attribute]
        kept = rest.pop(key.name, None)
        if says_nothing and kept is not None:
            pairs.append((key.name, kept))
        elif key.always or needed or not says_nothing:
            item = key.write(held) if key.write else held
            if isinstance(item, Mapping) and isinstance(kept, Mapping):
                item = {**kept, **item}
            pairs.append((key.name, item))
    return pairs + list(rest.items())


def _values(
    fields: Fields, cls: type[Any], keys: tuple[_Key, ...], required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What to make a record of type `cls` from."""
    defaults = _defaults(cls)
    values = {}
    for key in keys:
        attribute = key.attribute or key.name
        faults = len(fields.faults)
        value = key.read(fields, key.name) if key.name in fields.left or attribute not in defaults else None
        refused = len(fields.faults) > faults and key.name in fields.left
        if attribute in defaults and (refused or value is None):
            value = defaults[attribute]
        if key.name in required and not value:
            raise BadRecord(f"it has no {key.name}")
        values[attribute] = value
    return {**values, "extra": fields.left}


def _defaults(cls: type[Any]) -> Mapping[str, object]:
    if cls not in _DEFAULTS:
        found = getattr(cls, "_field_defaults", None)
        if found is None:
            found = {item.name: item.default for item in fields_of(cls) if item.default is not MISSING}
        _DEFAULTS[cls] = found
    return _DEFAULTS[cls]


_DEFAULTS: dict[type[Any], Mapping[str, object]] = {}


def _write_list(keys: tuple[_Key, ...], items: tuple[Any, ...]) -> list[dict[str, object]]:
    return [dict(_pairs(item, keys)) for item in items]


def _read_list(cls: type[Any], keys: tuple[_Key, ...], fields: Fields, name: str) -> tuple[Any, ...]:
    items = []
    for inner in fields.tables(name):
        items.append(cls(**_values(inner, cls, keys)))
        fields.faults += inner.faults
    return tuple(items)


def _list(name: str, cls: type[Any], keys: tuple[_Key, ...]) -> _Key:
    return _Key(name, partial(_read_list, cls, keys), write=partial(_write_list, keys))


_SHEET = tuple(item.name for item in fields_of(PriceSheet) if item.name != "got")


def _read_sheet(fields: Fields, name: str) -> PriceSheet | None:
    table = fields.left.get(name)
    if not isinstance(table, Mapping):
        fields.fault(name, "a table")
        return None
    inner = Fields(table)
    got = inner.flag("got") if "got" in table else None
    points = {key: inner.number(key) for key in _SHEET}
    try:
        sheet = PriceSheet(got, **points)
    except ValueError as error:
        inner.faults.append(str(error))
    if inner.faults:
        fields.fault(name, f"a PRICE sheet: {'; '.join(inner.faults)}")
        return None
    del fields.left[name]
    if inner.left:
        fields.left[name] = inner.left
    return sheet


def _write_sheet(sheet: PriceSheet) -> dict[str, object]:
    got = {} if sheet.got is None else {"got": sheet.got}
    return {**got, **{name: getattr(sheet, name) for name in _SHEET}}


def _to_second(moment: datetime | None) -> datetime | None:
    return moment.replace(microsecond=0) if moment else None


def _read_stage(fields: Fields, name: str) -> Stage | None:
    raw = fields.left[name]
    for stage in Stage:
        if stage.value == raw:
            del fields.left[name]
            return stage
    fields.fault(name, "a stage of a round")
    return None


_FINDING = (
    _Key("rule", Fields.word),
    _Key("move", Fields.word),
    _Key("start", Fields.number),
    _Key("end", Fields.number),
)
_ACTION = (
    _Key("do", Fields.word),
    _Key("reply", Fields.word),
    _Key("text", Fields.text),
    _Key("parts", Fields.numbers),
    _list("findings", FindingRecord, _FINDING),
)
_MOVE = (_Key("turn", Fields.number), _Key("move", Fields.word), _Key("quote", Fields.text))
_PROMISE = (
    _Key("what", Fields.text),
    _Key("by", Fields.word),
    _Key("keepable", Fields.flag, always=True),
    _Key("follow_up", Fields.word),
    _Key("turn", Fields.number),
)
_BEGUN = (
    _Key("started", Fields.moment, write=_to_second),
    _Key("app", Fields.word),
    _Key("title", Fields.word),
    _Key("digest", Fields.word),
    _Key("language", Fields.word),
    _Key("playbook", Fields.word),
    _Key("follows", Fields.word),
    _Key("opening", Fields.word),
    _Key("seed", Fields.number, always=True),
    _Key("coached", Fields.flag, always=True),
    _Key("undone", Fields.number, always=True),
)
_SELF = _Key("self", _read_sheet, "own", _write_sheet)
_TRANSFER = _Key("transfer", Fields.text)
_NOTES = _Key("notes", Fields.texts)
_ACTIONS = _list("actions", ActionRecord, _ACTION)

_ROUND = (
    _Key("format", Fields.number, always=True),
    _Key("id", Fields.word),
    _Key("finished", Fields.moment, write=_to_second),
    _Key("scenario", Fields.word),
    _Key("kind", Fields.word, always=True),
    _Key("ending", Fields.word),
    *_BEGUN,
    _Key("composure", Fields.numbers),
    _SELF,
    _Key("reference", _read_sheet, write=_write_sheet),
    _TRANSFER,
    _Key("facts", Fields.texts),
    _list("promises", PromiseRecord, _PROMISE),
    _list("moves", MoveRecord, _MOVE),
    _NOTES,
    _ACTIONS,
)
_CALL = (
    _Key("format", Fields.number, always=True),
    _Key("id", Fields.word),
    _Key("saved", Fields.moment, write=_to_second),
    _Key("scenario", Fields.word),
    _Key("stage", _read_stage, write=str),
    _Key("locked", Fields.flag, always=True),
    *_BEGUN,
    _SELF,
    _TRANSFER,
    _NOTES,
    _ACTIONS,
)
