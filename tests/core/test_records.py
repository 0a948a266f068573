"""Records are the standard library's dataclasses in all that is asked of them."""

from __future__ import annotations

import dataclasses
import pickle
import typing
from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import pytest

from callcalm.core import records


def _kinds(maker: Any) -> SimpleNamespace:
    """The same classes, made by one of the two."""

    @maker.dataclass(frozen=True, slots=True)
    class Point:
        """Two numbers."""

        x: int
        y: int = 2
        names: list[str] = maker.field(default_factory=list)
        aside: str = maker.field(default="", repr=False, compare=False)
        late: bool = maker.field(default=False, kw_only=True)

        @property
        def whole(self) -> int:
            return self.x + self.y

    @maker.dataclass(frozen=True, slots=True)
    class One:
        x: int

    @maker.dataclass(frozen=True, slots=True)
    class Other:
        x: int

    @maker.dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @maker.dataclass(slots=True)
    class Open:
        x: int = 0

    @maker.dataclass(frozen=True, slots=True, eq=False)
    class Self:
        x: int

    @maker.dataclass(frozen=True)
    class Checked:
        x: int

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("too few")
            object.__setattr__(self, "x", self.x + 1)

        @cached_property
        def twice(self) -> int:
            return 2 * self.x

    return SimpleNamespace(
        point=Point,
        one=One,
        other=Other,
        empty=Empty,
        open=Open,
        same=Self,
        checked=Checked,
        replace=maker.replace,
    )


def _failing(work: Callable[..., object], *given: object) -> type[BaseException]:
    with pytest.raises((TypeError, AttributeError, ValueError)) as caught:
        work(*given)
    return caught.type


def _matched(one: object, kind: Any) -> object:
    match one:
        case kind(x, y):
            return x, y
    return None


def _changed(one: Any) -> object:
    one.x = 5
    return one.x


ASKED: dict[str, Callable[[SimpleNamespace], object]] = {
    "repr": lambda of: repr(of.point(1, names=["a"], late=True)),
    "repr of nothing": lambda of: repr(of.empty()),
    "equal": lambda of: (
        of.point(1) == of.point(1, aside="b"),
        of.point(1) == of.point(3),
        of.one(1) == of.one(1),
    ),
    "empty and equal": lambda of: of.empty() == of.empty(),
    "of another class": lambda of: of.one(1) == of.other(1),
    "no tuple": lambda of: (of.one(1) == (1,), bool(of.empty())),
    "hash": lambda of: len({of.one(1), of.one(1), of.one(2), of.empty(), of.empty()}),
    "no hash": lambda of: _failing(hash, of.open()),
    "no hash of what is in it": lambda of: _failing(hash, of.point(1)),
    "by identity": lambda of: (of.same(1) == of.same(1), len({of.same(1), of.same(1)})),
    "frozen": lambda of: _failing(setattr, of.point(1), "x", 2),
    "kept": lambda of: _failing(delattr, of.point(1), "x"),
    "not frozen": lambda of: _changed(of.open()),
    "slots": lambda of: _failing(setattr, of.open(), "z", 5),
    "missing": lambda of: _failing(of.point),
    "too many": lambda of: _failing(of.point, 1, 2, [], "", True),
    "a list each": lambda of: of.point(1).names is of.point(1).names,
    "property": lambda of: of.point(3).whole,
    "after": lambda of: (of.checked(1).x, of.checked(1).twice),
    "refused": lambda of: _failing(of.checked, -1),
    "match": lambda of: (_matched(of.point(4, 5), of.point), _matched(of.empty(), of.point)),
    "replace": lambda of: repr(dataclasses.replace(of.point(1, aside="b"), y=7)),
    "own replace": lambda of: repr(of.replace(of.point(1, aside="b"), y=7, late=True)),
    "is one": lambda of: (dataclasses.is_dataclass(of.point), dataclasses.is_dataclass(of.point(1))),
    "fields": lambda of: [
        (one.name, one.type, one.repr, one.compare, one.kw_only, one.default)
        for one in dataclasses.fields(of.point)
    ],
    "as a dictionary": lambda of: dataclasses.asdict(of.point(1)),
    "name": lambda of: (of.point.__name__, of.point.__qualname__, of.point.__doc__),
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_record_answers_as_a_dataclass_does(asked: str) -> None:
    ask = ASKED[asked]
    assert ask(_kinds(records)) == ask(_kinds(dataclasses))


def test_every_record_after_the_first_is_made_alike() -> None:
    kind = _kinds(records).point
    first, second = kind(1, 2), kind(1, y=2)
    assert first == second
    assert (second.x, second.y, second.names, second.late) == (1, 2, [], False)


@pytest.mark.parametrize("base", [typing.NamedTuple, records.NamedTuple])
def test_a_named_tuple_is_the_standard_one_in_all_that_is_asked_of_it(base: Any) -> None:
    class Spot(base):  # type: ignore[misc]  # the base is not known before it runs
        """A stretch."""

        start: int
        end: NotThere = 7  # type: ignore[name-defined]  # noqa: F821 - types are not looked at
        name: str = ""

        @property
        def long(self) -> bool:
            return bool(self.end - self.start > 3)

    spot = Spot(2)
    assert (spot, spot.long, spot.name) == ((2, 7, ""), True, "")
    assert spot._replace(end=4).long is False
    assert repr(spot) == "Spot(start=2, end=7, name='')"
    assert (Spot._fields, Spot._field_defaults) == (("start", "end", "name"), {"end": 7, "name": ""})
    assert (Spot.__doc__, Spot.__module__, Spot.__name__) == ("A stretch.", __name__, "Spot")
    assert Spot.__qualname__.endswith("<locals>.Spot")
    assert pickle.loads(pickle.dumps(_AtTop(1, "x"))) == _AtTop(1, "x")
    assert not hasattr(spot, "__dict__")
    with pytest.raises(TypeError):
        Spot()


class _AtTop(records.NamedTuple):
    number: int
    name: str
