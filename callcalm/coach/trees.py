"""The trees that patterns are read into, and what can be told of one without running it."""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.core.records import NamedTuple


class PatternError(ValueError):
    """A pattern that cannot be read. `start` and `end` are code points into the pattern."""

    def __init__(self, message: str, start: int, end: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint


class ListError(PatternError):
    """A named list that cannot be read. The message says which; the place is where it is named."""


class Word(NamedTuple):
    """One word of text that has one of these terms: words, ``stem*``, ``<list>``, ``@name``, ``@fact``."""

    terms: tuple[str, ...]


class Gap(NamedTuple):
    """Up to `most` words; whatever they are, or (`positive`) none of them a *not* or *never*."""

    most: int
    positive: bool = False


class Choice(NamedTuple):
    """One of these."""

    of: tuple[Node, ...]


class Maybe(NamedTuple):
    """This, or nothing."""

    node: Node


class Run(NamedTuple):
    """These, one after the other."""

    nodes: tuple[Node, ...]


Node = Word | Gap | Choice | Maybe | Run


class Phrase(NamedTuple):
    """A pattern as read. `at_start` means that it must begin a sentence."""

    node: Node
    at_start: bool


class Context(NamedTuple):
    """What must not stand around a hit: right before it, right after it, or (`near`) in the same sentence.

    `before` holds the pattern that ends where the hit begins, `after` the one that begins where it ends.
    """

    before: Node | None
    after: Node | None
    near: Phrase | None


def run(nodes: Sequence[Node]) -> Node:
    """One after the other."""
    return nodes[0] if len(nodes) == 1 else Run(tuple(nodes))


def choice(of: Sequence[Node]) -> Node:
    """One of these; choices of one word each become one word with several terms."""
    terms: dict[str, None] = {}
    nodes: list[Node] = []
    for node in of:
        if isinstance(node, Word):
            terms.update(dict.fromkeys(node.terms))
        else:
            nodes.append(node)
    if terms:
        nodes.append(Word(tuple(terms)))
    return nodes[0] if len(nodes) == 1 else Choice(tuple(nodes))


def backwards(node: Node) -> Node:
    """The same pattern read from its end."""
    match node:
        case Run(nodes):
            return Run(tuple(backwards(part) for part in reversed(nodes)))
        case Choice(of):
            return Choice(tuple(backwards(part) for part in of))
        case Maybe(part):
            return Maybe(backwards(part))
        case _:
            return node


def is_longer(node: Node, most: int) -> bool:
    """Whether the pattern has more words than these; it looks at no more of them, for lists may name others."""
    return _left(node, most) < 0


def _left(node: Node, most: int) -> int:
    match node:
        case Run(nodes) | Choice(nodes):
            for part in nodes:
                most = _left(part, most)
                if most < 0:
                    break
            return most
        case Maybe(part):
            return _left(part, most)
        case Gap(skips):
            return most - skips
        case _:
            return most - 1


def has_word(node: Node) -> bool:
    """Whether the pattern asks for any word at all."""
    match node:
        case Gap():
            return False
        case Run(nodes) | Choice(nodes):
            return any(has_word(part) for part in nodes)
        case Maybe(part):
            return has_word(part)
        case _:
            return True


def nullable(node: Node) -> bool:
    """Whether nothing at all fits the pattern."""
    match node:
        case Run(nodes):
            return all(nullable(part) for part in nodes)
        case Choice(of):
            return any(nullable(part) for part in of)
        case Word():
            return False
        case _:
            return True


def has_gap(node: Node) -> bool:
    """Whether the pattern skips words anywhere."""
    match node:
        case Gap():
            return True
        case Run(nodes) | Choice(nodes):
            return any(has_gap(part) for part in nodes)
        case Maybe(part):
            return has_gap(part)
        case _:
            return False


def opens_with_gap(node: Node) -> bool:
    """Whether a hit may begin with a word that is not the pattern's own."""
    match node:
        case Gap():
            return True
        case Run(nodes):
            for part in nodes:
                if opens_with_gap(part):
                    return True
                if not nullable(part):
                    return False
            return False
        case Choice(of):
            return any(opens_with_gap(part) for part in of)
        case Maybe(part):
            return opens_with_gap(part)
        case _:
            return False


def first_terms(node: Node) -> set[str]:
    """The terms that the first word of a hit may have."""
    match node:
        case Word(terms):
            return set(terms)
        case Choice(of):
            return {term for part in of for term in first_terms(part)}
        case Maybe(part):
            return first_terms(part)
        case Run(nodes):
            found: set[str] = set()
            for part in nodes:
                found |= first_terms(part)
                if not nullable(part):
                    break
            return found
        case _:
            return set()
