"""`dataclass` and `NamedTuple` as the standard library has them, made in a fraction of the time it takes there.

The standard one writes and compiles six functions for each class as its module is loaded, whether they are ever
called or not: a command may need seventy classes. Here all functions but ``__init__`` are shared, and that one is
compiled when the first record is made. Type checkers see the standard one, and what it gives to others
(`dataclasses.fields`, `replace`, `is_dataclass`) works with these classes, too.

The standard `NamedTuple` compiles the type of every field, which here nobody asks for at run time.

Known: ``frozen``, ``slots``, ``eq``, and `field` with ``default``, ``default_factory``, ``repr``, ``compare`` and
``kw_only``. What must not be here: anything that the standard one has not, and any record.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from operator import attrgetter

from callcalm.core.hints import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple

__all__ = ["NamedTuple", "dataclass", "field", "replace"]

_NONE: Final[Any] = object()
"""No default, and in a call: not given."""


class _Named(type):
    """Makes a named tuple of a class that only says what its fields are called, and what it can do besides."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
        if not bases:
            return super().__new__(cls, name, bases, space)
        fields = tuple(space.get("__annotations__", ()))
        defaults = [space.pop(one) for one in fields if one in space]
        made = namedtuple(name, fields, defaults=defaults, module=space["__module__"])  # type: ignore[misc]  # noqa: PYI024
        for key, value in space.items():
            setattr(made, key, value)
        return made


class _NamedTuple(metaclass=_Named):
    """See `typing.NamedTuple`."""


if not TYPE_CHECKING:
    NamedTuple = _NamedTuple


class _Given(NamedTuple):
    """What `field` was told."""

    default: Any = _NONE
    default_factory: Any = _NONE
    repr: bool = True
    compare: bool = True
    kw_only: bool = False


class _Fields:
    """The fields of a record as the standard library describes them: worked out when somebody first asks."""

    def __init__(self, given: dict[str, _Given], types: dict[str, Any]) -> None:
        self.given = given
        self._types = types
        self._described: dict[str, Any] = {}

    def __get__(self, _record: object, kind: type) -> dict[str, Any]:
        if not self._described:
            import dataclasses  # noqa: PLC0415 - what this module is for is to do without it

            fields = []
            for name, one in self.given.items():
                told = {key: value for key, value in one._asdict().items() if value is not _NONE}
                fields.append((name, self._types[name], dataclasses.field(**told)))
            made = dataclasses.make_dataclass(kind.__name__, fields)
            self._described = {one.name: one for one in dataclasses.fields(made)}
        return self._described


def _dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> Callable[[type], type]:
    def made(cls: type) -> type:
        space = {name: one for name, one in cls.__dict__.items() if name not in {"__dict__", "__weakref__"}}
        types: dict[str, Any] = space.get("__annotations__", {})
        given: dict[str, _Given] = {}
        for name in types:
            default = space.pop(name, _NONE)
            given[name] = default if isinstance(default, _Given) else _Given(default)
        space["__dataclass_fields__"] = _Fields(given, types)
        space["__match_args__"] = tuple([name for name, one in given.items() if not one.kw_only])
        space["__repr__"] = _repr(tuple([name for name, one in given.items() if one.repr]))
        if frozen:
            space["__setattr__"], space["__delattr__"] = _keep, _keep
        if eq:
            values = _values(tuple([name for name, one in given.items() if one.compare]))
            space["__eq__"] = _eq(values)
            space["__hash__"] = _hash(values) if frozen else None
        if given or "__post_init__" in space:
            space["__init__"] = _first_init()
        if slots:
            space["__slots__"] = tuple(given)
        new = type(cls.__name__, cls.__bases__, space)
        new.__qualname__ = cls.__qualname__
        return new

    return made


def _field(**told: Any) -> Any:
    return _Given(**told)


def _replace(record: Any, /, **changes: Any) -> Any:
    kind = type(record)
    for name in kind.__dict__["__dataclass_fields__"].given:
        if name not in changes:
            changes[name] = getattr(record, name)
    return kind(**changes)


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _field, _replace


def _first_init() -> Callable[..., None]:
    """For a class of which no record was made yet: the first makes the ``__init__`` for all others."""

    def __init__(self: object, *values: Any, **named: Any) -> None:  # noqa: N807 - it is what it stands for
        kind = type(self)
        init = kind.__init__ = _compiled(kind)  # type: ignore[method-assign]  # it takes the place of this one
        init(self, *values, **named)

    return __init__


def _compiled(kind: type) -> Callable[..., None]:
    """The ``__init__`` of a class, each field a parameter."""
    fields: _Fields = kind.__dict__["__dataclass_fields__"]
    names: dict[str, Any] = {"_NONE": _NONE, "_set": object.__setattr__}
    slotted = "__slots__" in kind.__dict__
    plain: list[str] = []
    by_name: list[str] = []
    body: list[str] = []
    for name, one in fields.given.items():
        parameter, value = name, name
        if one.default is not _NONE:
            names[f"_{name}"] = one.default
            parameter = f"{name}=_{name}"
        elif one.default_factory is not _NONE:
            names[f"_{name}"] = one.default_factory
            parameter, value = f"{name}=_NONE", f"_{name}() if {name} is _NONE else {name}"
        (by_name if one.kw_only else plain).append(parameter)
        if slotted:
            names[f"_set_{name}"] = kind.__dict__[name].__set__
            body.append(f"_set_{name}(_self, {value})")
        else:
            body.append(f"_set(_self, {name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        body.append("_self.__post_init__()")
    parameters = ", ".join(["_self", *plain, *(["*", *by_name] if by_name else [])])
    # The names are those of the class's own fields, as they stand in our source: nothing comes from outside.
    exec(f"def __init__({parameters}):\n " + "\n ".join(body), names)  # noqa: S102
    made: Callable[..., None] = names["__init__"]
    return made


def _values(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Gives what a record is compared by."""
    if len(names) == 1:
        only = attrgetter(*names)
        return lambda record: (only(record),)
    return attrgetter(*names) if names else lambda _record: ()


def _eq(values: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def __eq__(self: object, other: object) -> Any:  # noqa: N807 - it becomes a method of that name
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    return lambda record: hash(values(record))


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    def __repr__(self: object) -> str:  # noqa: N807 - it becomes a method of that name
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _keep(_record: object, name: str, *_value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - as in `_Fields`

    raise FrozenInstanceError(f"cannot change the field {name!r}")
