"""Which words wake a pattern: a cheap look at all sources, so that only the patterns a text needs are read.

A pattern can only be found where every word it insists on stands. So it sleeps until those, the rarest first,
have turned up in a text. A start-up pays for this look alone, hence its haste. What must not be here: reading
patterns (see `pattern`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from callcalm.coach.tongues import Tongue
from callcalm.coach.words import LETTERS, folded
from callcalm.core.hints import Final

Needs = tuple[tuple[str, ...], ...]
"""What a pattern insists on: of each of these groups one term must stand in the text, the rarest group first."""

MOST_NEEDS: Final = 3

_NEVER: Final = 1_000_000
_FREQUENT: Final = 100
_SMALL: Final = 12

_WORDS = re.compile(rf"[{LETTERS}]+(?:['’.][{LETTERS}]+)*['’]?\*?|[?!]")
_NO_WORDS = re.compile(r"<[\w\-]+>|@\w+|(?:\.\.\.|…)\d*\+?")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_NESTED = re.compile(r"\([^()]*\(")
_GROUP = re.compile(r"\(([^()]*)\)")
_BLANK = str.maketrans("()[]|,^_-‐‑–?!", " " * 14)


class _Rarity(dict[str, int]):
    """How common the rarest word of a choice is; `term` keeps that word. A choice without words is never met."""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.term: dict[str, str] = {}

    def __missing__(self, choice: str) -> int:
        best, lowest = "", _NEVER
        for raw in (choice,) if choice.isalpha() else _WORDS.findall(choice):
            if raw[-1] == "*":
                best, lowest = folded(raw[:-1], self._tongue)[-1] + "*", 1
                continue
            for word in folded(raw, self._tongue) if raw not in "?!" else raw:
                weight = self._weight(word)
                if weight < lowest:
                    best, lowest = word, weight
        self[choice] = lowest
        self.term[choice] = best
        return lowest

    def _weight(self, word: str) -> int:
        if word in self._tongue.frequent:
            return _FREQUENT
        return _SMALL if word in self._tongue.empty else 1


def survey(patterns: Sequence[str], tongue: Tongue) -> list[Needs]:
    """What each pattern needs; nothing where only a full reading can tell."""
    rarity = _Rarity(tongue)
    return [_needs(source, rarity) for source in patterns]


def all_words(lines: Iterable[str], tongue: Tongue) -> tuple[set[str], set[str]]:
    """Every word that stands in these patterns, folded, and every stem that stands before a ``*``."""
    words: set[str] = set()
    stems: set[str] = set()
    for raw in set(_NO_WORDS.sub(" ", " ".join(lines)).translate(_BLANK).split()):
        if raw[-1] == "*":
            parts = folded(raw[:-1], tongue)
            stems.update(parts[-1:])  # A star alone has no stem; it is told when the pattern is read.
        else:
            parts = folded(raw, tongue)
        words.update(parts)
    return words, stems


def _needs(source: str, rarity: _Rarity) -> Needs:
    while "[" in source:
        shorter = _OPTIONAL.sub(" ", source)
        if shorter == source:
            return ()
        source = shorter
    if "<" in source or "." in source or "@" in source or "…" in source:
        source = _NO_WORDS.sub(" < ", source)
    if _NESTED.search(source) is not None:
        source = _flat(source)
    rated: list[tuple[int, list[str]]] = []
    for at, piece in enumerate(_GROUP.split(source)):
        if at % 2:
            choices = piece.split("|")
            rated.append((sum([rarity[choice] for choice in choices]), choices))
        else:
            rated += [(rarity[word], [word]) for word in piece.split()]
    rated.sort()
    term = rarity.term
    return tuple([tuple([term[choice] for choice in of]) for cost, of in rated[:MOST_NEEDS] if cost < _NEVER])


def _flat(source: str) -> str:
    """The pattern without its choices that hold choices: what stands deep inside one is not insisted on."""
    kept: list[str] = []
    depth = deepest = start = 0
    for at, char in enumerate(source):
        if char == "(":
            if depth == 0:
                kept.append(source[start:at])
                start, deepest = at, 0
            depth += 1
            deepest = max(deepest, depth)
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                kept.append(source[start : at + 1] if deepest == 1 else " < ")
                start = at + 1
    return "".join(kept) + (source[start:] if depth == 0 else "")
