"""The small language of conditions, as in ``composure >= 20 and not callback``.

A condition is a tree, made once, at load (`condition_parsing` reads it); never evaluated as code. It knows names,
whole numbers, strings, `true`, `false`, the comparisons, `and`, `or` and `not`, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core.records import dataclass
from callcalm.core.saying import Saying, saying

Value = bool | int | str
"""What a variable holds."""

_ORDERED = {"<", "<=", ">", ">="}


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or `composure`."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, string, or truth value as written."""

    value: Value


@dataclass(frozen=True, slots=True)
class Not:
    """True when `of` is not."""

    of: Condition


@dataclass(frozen=True, slots=True)
class Both:
    """`left and right`."""

    left: Condition
    right: Condition


@dataclass(frozen=True, slots=True)
class OneOf:
    """`left or right`."""

    left: Condition
    right: Condition


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two names or literals."""

    op: str
    left: Name | Literal
    right: Name | Literal


Condition = Name | Literal | Not | Both | OneOf | Compare


def holds(condition: Condition, names: Mapping[str, Value]) -> bool:
    """Whether the condition is true of these values; the loader has made sure that every name is there."""
    match condition:
        case Compare(op, left, right):
            return _compare(op, _value(left, names), _value(right, names))
        case Both(left, right):
            return holds(left, names) and holds(right, names)
        case OneOf(left, right):
            return holds(left, names) or holds(right, names)
        case Not(of):
            return not holds(of, names)
        case Name() | Literal():
            return bool(_value(condition, names))


def names_in(condition: Condition) -> frozenset[str]:
    """Every name the condition asks about."""
    match condition:
        case Name(name):
            return frozenset({name})
        case Literal():
            return frozenset()
        case Not(of):
            return names_in(of)
        case Both(left, right) | OneOf(left, right) | Compare(_, left, right):
            return names_in(left) | names_in(right)


def type_faults(condition: Condition, types: Mapping[str, type]) -> tuple[Saying, ...]:
    """Comparisons that can never make sense, given each name's type: one sentence each."""
    match condition:
        case Not(of):
            return type_faults(of, types)
        case Both(left, right) | OneOf(left, right):
            return type_faults(left, types) + type_faults(right, types)
        case Compare(op, left, right):
            kinds = [types.get(x.name) if isinstance(x, Name) else type(x.value) for x in (left, right)]
            if None in kinds:
                return ()
            if kinds[0] is not kinds[1]:
                return (saying("`{test}` compares two different kinds of value", test=_shown(left, op, right)),)
            if op in _ORDERED and kinds[0] is not int:
                return (saying("`{test}`: only numbers have an order", test=_shown(left, op, right)),)
    return ()


def _shown(left: Name | Literal, op: str, right: Name | Literal) -> str:
    return f"{_show(left)} {op} {_show(right)}"


def _show(term: Name | Literal) -> str:
    if isinstance(term, Name):
        return term.name
    if isinstance(term.value, str):
        return f'"{term.value}"'
    return str(term.value).lower()


def _value(term: Name | Literal, names: Mapping[str, Value]) -> Value:
    return names[term.name] if isinstance(term, Name) else term.value


def _compare(op: str, left: Value, right: Value) -> bool:
    if op == "==":
        return left == right
    if op == "!=":
        return left != right
    if not isinstance(left, int) or not isinstance(right, int):
        return False
    if op == "<":
        return left < right
    if op == "<=":
        return left <= right
    if op == ">":
        return left > right
    return left >= right
