"""The text of a condition into its tree (see `condition`), and a placed complaint where that cannot be done."""

from __future__ import annotations

import re

from callcalm.core.condition import Both, Compare, Condition, Literal, Name, Not, OneOf
from callcalm.core.records import dataclass
from callcalm.core.saying import Saying, saying

MAX_LENGTH = 500
"""Longest condition, in characters."""

MAX_DEPTH = 20
"""Deepest nesting of brackets and `not`."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,6}(?![\w]))|(?P<name>[A-Za-z_][\w-]*)|\"(?P<string>[^\"\n]*)\""
    r"|(?P<op><=|>=|==|!=|<|>|\(|\)))"
)
_COMPARISONS = {"<", "<=", ">", ">=", "==", "!="}


class ConditionError(ValueError):
    """A condition that cannot be read: `offset` is where in the text, `hint` what to write instead."""

    def __init__(self, message: Saying, offset: int, hint: Saying | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.offset = offset
        self.hint = hint


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
