"""The small language of conditions, as in ``composure >= 20 and not callback``.

Parsed to a tree once, at load; never evaluated as code. It knows names, whole numbers, strings, `true`, `false`,
the comparisons, `and`, `or`, `not` and brackets, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from callcalm.core.records import dataclass
from callcalm.core.saying import Saying, saying

Value = bool | int | str
"""What a variable holds."""

MAX_LENGTH = 500
"""Longest condition, in characters."""

MAX_DEPTH = 20
"""Deepest nesting of brackets and `not`."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,6}(?![\w]))|(?P<name>[A-Za-z_][\w-]*)|\"(?P<string>[^\"\n]*)\""
    r"|(?P<op><=|>=|==|!=|<|>|\(|\)))"
)
_ORDERED = {"<", "<=", ">", ">="}
_COMPARISONS = _ORDERED | {"==", "!="}


class ConditionError(ValueError):
    """A condition that cannot be read: `offset` is where in the text, `hint` what to write instead."""

    def __init__(self, message: Saying, offset: int, hint: Saying | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.offset = offset
        self.hint = hint


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


def parse(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: with the offset of the first thing that cannot be read.

    >>> parse("composure >= 20")
    Compare(op='>=', left=Name(name='composure'), right=Literal(value=20))
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError(saying("a condition has at most {most} characters", most=MAX_LENGTH), MAX_LENGTH)
    return _Parser(text).whole()


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


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


def _odd(word: str) -> Saying:
    return saying("did not expect “{word}” here", word=word)


class _Parser:
    """Recursive descent: `or` binds loosest, then `and`, then `not`, then comparisons."""

    def __init__(self, text: str) -> None:
        self.tokens = self._tokens(text)
        self.at = 0
        self.depth = 0

    def whole(self) -> Condition:
        condition = self.either()
        token = self.tokens[self.at]
        if token.kind != "end":
            raise ConditionError(_odd(token.text), token.offset, self._hint())
        return condition

    def _hint(self) -> Saying:
        """What to do about two tests that nothing joins."""
        near = {token.text.lower() for token in self.tokens[max(self.at - 1, 0) : self.at + 1]}
        if near & {"et", "ou", "non", "pas"}:
            return saying("the words of a condition are `and`, `or` and `not`, in every language")
        return saying("join two tests with `and` or `or`")

    def either(self) -> Condition:
        left = self.both()
        while self.word("or"):
            left = OneOf(left, self.both())
        return left

    def both(self) -> Condition:
        left = self.negated()
        while self.word("and"):
            left = Both(left, self.negated())
        return left

    def negated(self) -> Condition:
        if not self.word("not"):
            return self.test()
        self.deeper()
        inner = self.negated()
        self.depth -= 1
        return Not(inner)

    def test(self) -> Condition:
        if self.peek("op", "("):
            self.at += 1
            self.deeper()
            inner = self.either()
            if not self.peek("op", ")"):
                at = self.tokens[self.at].offset
                raise ConditionError(saying("this bracket is not closed"), at, saying("add `)`"))
            self.at += 1
            self.depth -= 1
            return inner
        left = self.term()
        token = self.tokens[self.at]
        if token.kind == "op" and token.text in _COMPARISONS:
            self.at += 1
            return Compare(token.text, left, self.term())
        return left

    def term(self) -> Name | Literal:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            return Literal(int(token.text))
        if token.kind == "string":
            return Literal(token.text)
        if token.kind == "name" and token.text in {"true", "false"}:
            return Literal(token.text == "true")
        if token.kind == "name" and token.text not in {"and", "or", "not"}:
            return Name(token.text)
        what = saying("the condition ends too early") if token.kind == "end" else _odd(token.text)
        hint = saying('write a variable, `composure`, a number or a "string"')
        raise ConditionError(what, token.offset, hint)

    def word(self, word: str) -> bool:
        if self.peek("name", word):
            self.at += 1
            return True
        return False

    def peek(self, kind: str, text: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == kind and token.text == text

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            what = saying("nested deeper than {most}", most=MAX_DEPTH)
            raise ConditionError(what, self.tokens[self.at].offset, saying("split the reply in two"))

    @staticmethod
    def _tokens(text: str) -> list[_Token]:
        tokens: list[_Token] = []
        at = 0
        end = len(text.rstrip())
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                offset = at + len(text[at:]) - len(text[at:].lstrip())
                hint = saying("conditions use and, or, not, == != < <= > >=")
                if text[offset] == "=":
                    hint = saying("use `==` to compare")
                elif text[offset] == "'":
                    hint = saying(
                        "a text in a condition stands between \", and the whole condition then between '"
                    )
                elif text[offset].isdecimal():
                    hint = saying("a number has six digits at most, and a name begins with a letter")
                raise ConditionError(saying("cannot read “{word}”", word=text[offset]), offset, hint)
            kind = str(found.lastgroup)
            tokens.append(_Token(kind, found.group(kind), found.start(kind)))
            at = found.end()
        tokens.append(_Token("end", "", end))
        return tokens
