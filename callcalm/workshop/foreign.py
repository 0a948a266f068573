"""Conditions and assignments of other tools, as far as ours can say the same. Nothing is ever run.

It reads the little that Twine's formats and ink have in common: names, whole numbers, texts, comparisons, and, or,
not; ``to``, ``=``, ``+=`` and counting up. What must not be here: links and passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from callcalm.content.beat_shape import LARGEST
from callcalm.core import condition, condition_parsing
from callcalm.core.condition import Both, Compare, Condition, Literal, Name, Not, OneOf, Value
from callcalm.core.records import NamedTuple

LONGEST: Final = condition_parsing.MAX_LENGTH * 2
LONGEST_TEXT: Final = 60

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,6}(?![\w.]))|(?P<name>[$_]?[A-Za-z_]\w*)|\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\\\n]*)'"
    r"|(?P<op>===|!==|<=|>=|==|!=|&&|\|\||[<>!()]))"
)
_OPERATORS: Final = {
    "is": "==",
    "eq": "==",
    "===": "==",
    "isnot": "!=",
    "neq": "!=",
    "ne": "!=",
    "!==": "!=",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "&&": "and",
    "||": "or",
    "!": "not",
    "and": "and",
    "or": "or",
    "not": "not",
}
_SET = re.compile(r"[$_]?([A-Za-z_]\w*)\s*(?:\bto\b|=(?!=))\s*(.+)", re.DOTALL)
_ADD = re.compile(r"[$_]?([A-Za-z_]\w*)\s*([+-])=\s*(\d{1,4})")
_COUNT = re.compile(r"[$_]?([A-Za-z_]\w*)\s*(\+\+|--)")
_SELF = re.compile(
    r"(?:Math\.clamp\(\s*)?[$_]?([A-Za-z_]\w*)\s*([+-])\s*(\d{1,4})\s*(?:,\s*-?\d+\s*,\s*-?\d+\s*\))?"
)
_WHOLE = re.compile(r"-?\d{1,4}")
_DENIED = re.compile(r"not (?:(\w+)|\(([^()]*)\))")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Change(NamedTuple):
    """What an assignment does: `name` gets `value`, or `value` is `added` to it."""

    name: str
    value: Value
    added: bool = False


def plain_name(name: str) -> str:
    """A variable's name as ours are written; `composure` is ours alone.

    >>> plain_name("$hasCalled"), plain_name("composure")
    ('has_called', 'composure_var')
    """
    bare = re.sub(r"[^a-z0-9_]", "", _CAMEL.sub("_", name.lstrip("$_")).lower()).strip("_") or "value"
    bare = bare if bare[0].isalpha() else f"v_{bare}"
    return f"{bare}_var" if bare in {"composure", "and", "or", "not", "true", "false"} else bare[:50]


def value_of(text: str) -> Value | None:
    """A truth value, a whole number or a short text; None for anything else."""
    bare = text.strip()
    if bare in {"true", "false"}:
        return bare == "true"
    if _WHOLE.fullmatch(bare) and abs(int(bare)) <= LARGEST:
        return int(bare)
    if len(bare) >= 2 and bare[0] == bare[-1] and bare[0] in "\"'":  # noqa: PLR2004 - a pair of quotes
        inner = bare[1:-1]
        return inner if len(inner) <= LONGEST_TEXT and not set('"\\\n') & set(inner) else None
    return None


def change_of(text: str) -> Change | None:
    """The assignment in a text such as ``$x to 3`` or ``x++``; None when ours cannot say it."""
    bare = text.strip()
    if found := _COUNT.fullmatch(bare):
        return Change(plain_name(found[1]), 1 if found[2] == "++" else -1, added=True)
    if found := _ADD.fullmatch(bare):
        return Change(plain_name(found[1]), int(f"{found[2]}{found[3]}"), added=True)
    found = _SET.fullmatch(bare)
    if found is None:
        return None
    # Harlowe calls what is being set “it”.
    if (again := _SELF.fullmatch(found[2].strip())) and again[1] in {found[1], "it"}:
        return Change(plain_name(found[1]), int(f"{again[2]}{again[3]}"), added=True)
    value = value_of(found[2])
    return None if value is None else Change(plain_name(found[1]), value)


def condition_of(text: str, types: Mapping[str, type]) -> str | None:
    """The condition in our words, if ours can say it of these variables; None if not."""
    words: list[str] = []
    at = 0
    bare = text.strip()
    if len(bare) > LONGEST:
        return None
    while at < len(bare):
        token = _TOKEN.match(bare, at)
        if token is None:
            return None
        at = token.end()
        words.append(_word(token))
    said = re.sub(r"== not\b", "!=", " ".join(words)).replace("( ", "(").replace(" )", ")")
    try:
        parsed = condition_parsing.parse(said)
    except condition_parsing.ConditionError:
        return None
    known = {**types, "composure": int}
    if condition.names_in(parsed) - known.keys() or condition.type_faults(parsed, known):
        return None
    return said


def denied(said: str) -> str:
    """What is true when this condition is not.

    >>> denied("not met"), denied("calls > 2"), denied("not (a or b)")
    ('met', 'not (calls > 2)', 'a or b')
    """
    found = _DENIED.fullmatch(said)
    return (found[1] or found[2]) if found else f"not {said}" if said.isidentifier() else f"not ({said})"


def joined(conditions: Iterable[str | None]) -> str | None:
    """All of these conditions as one, empty for none; None if one cannot be asked, or if they are too long.

    >>> joined(["met", "", "not (angry)"]), joined(["met", None])
    ('(met) and (not (angry))', None)
    """
    every = list(conditions)
    known = [one for one in every if one]
    said = known[0] if len(known) == 1 else " and ".join(f"({one})" for one in known)
    return None if None in every or len(said) > condition_parsing.MAX_LENGTH else said


def _word(token: re.Match[str]) -> str:
    if token["number"]:
        return token["number"]
    if token["name"]:
        name = token["name"]
        if name in _OPERATORS or name in {"true", "false"}:
            return _OPERATORS.get(name, name)
        return "composure" if name == "$composure" else plain_name(name)
    if token["op"]:
        return _OPERATORS.get(token["op"], token["op"])
    return f'"{token["double"] if token["double"] is not None else token["single"]}"'


def twine(parsed: Condition) -> str:
    """A condition of ours as SugarCube writes it, bracketed so that no other order of reading is possible."""
    match parsed:
        case Name(name):
            return f"${name}"
        case Literal(value):
            return twine_value(value)
        case Not(of):
            return f"not ({twine(of)})"
        case Both(left, right):
            return f"({twine(left)}) and ({twine(right)})"
        case OneOf(left, right):
            return f"({twine(left)}) or ({twine(right)})"
        case Compare(op, left, right):
            return f"{twine(left)} {op} {twine(right)}"


def twine_value(value: Value) -> str:
    """A value as SugarCube writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f'"{value}"'


def without_comments(text: str, *marks: tuple[str, str]) -> str:
    """The text with its comments gone, ends of lines kept; a comment that is not closed stays."""
    for opening, closing in marks:
        kept: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0:
            end = text.find(closing, start + len(opening))
            if end < 0:
                break
            kept += [text[at:start], "\n" * text.count("\n", start, end)]
            at = end + len(closing) if closing != "\n" else end
        text = "".join([*kept, text[at:]])
    return text
