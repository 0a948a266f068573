"""What a line of a facilitator's counts says: hands by letter, fingers by value, a yes and a no.

What must not be here: prompts.
"""

from __future__ import annotations

import re
from typing import Final

_COUNT: Final = re.compile(r"([A-Da-d])\s*[:=x]?\s*(\d{1,4})(?:[\s,;]+|$)")
_FINGERS: Final = re.compile(r"([+\-−]?\d{1,2})(?:\s*[x:=*]\s*(\d{1,4}))?(?:[\s,;]+|$)")


def counted(line: str, letters: int) -> dict[str, int] | None:
    """Counts by letter out of a line such as ``A5 B2`` or ``5 2``; None if it is something else.

    >>> counted("a5, B 2", 4), counted("5 2", 4), counted("A", 4), counted("5 2 1", 2)
    ({'A': 5, 'B': 2}, {'A': 5, 'B': 2}, None, None)
    """
    words = re.split(r"[\s,;]+", line.strip())
    if all(word.isascii() and word.isdecimal() and len(word) <= 4 for word in words):  # noqa: PLR2004  (hands)
        return dict(zip("ABCD", map(int, words), strict=False)) if len(words) <= letters else None
    found: dict[str, int] = {}
    at = 0
    while at < len(line):
        match = _COUNT.match(line, at)
        if match is None or match[1].upper() in found:
            return None
        found[match[1].upper()] = int(match[2])
        at = match.end()
    return found or None


def fingers(line: str) -> dict[int, int] | None:
    """How many gave each value out of a line such as ``4x5 -3x2`` or ``4 3 3``; None if it is something else.

    >>> fingers("4x5, −3x2 4"), fingers("4 or 5")
    ({4: 6, -3: 2}, None)
    """
    found: dict[int, int] = {}
    at = 0
    while at < len(line):
        match = _FINGERS.match(line, at)
        if match is None:
            return None
        value = int(match[1].replace("−", "-"))
        found[value] = found.get(value, 0) + int(match[2] or 1)
        at = match.end()
    return found or None


def yes_and_no(line: str) -> dict[int, int] | None:
    """How many say yes and how many no, out of two numbers; None if it is something else.

    >>> yes_and_no("5 2"), yes_and_no("5")
    ({1: 5, 0: 2}, None)
    """
    words = re.split(r"[\s,;/]+", line.strip())
    if len(words) != 2 or not all(word.isascii() and word.isdecimal() and len(word) <= 4 for word in words):  # noqa: PLR2004  (a yes and a no)
        return None
    return {1: int(words[0]), 0: int(words[1])}
