"""What a browser's terminal sends: keys, its size, signs of life. Anything else is no frame. Pure.

What must not be here: what is done with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

MOST_FRAME = 64 * 1024
"""Bytes of one frame; a long text that is pasted has less."""

MOST_WIDTH, MOST_HEIGHT = 500, 200
"""Columns and rows of the largest screen that is drawn: a 4K monitor has 400 by 130."""

_LONGEST_PING = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys and the mouse, as a terminal sends them."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """The window has another size, in columns and rows; no more than the largest that is drawn."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Ping:
    """Asks for an answer of the same words."""

    words: str


@dataclass(frozen=True, slots=True)
class Focus:
    """The window has the keys, or not any more."""

    here: bool


Frame = Typed | Resized | Ping | Focus


def read_frame(text: str) -> Frame | None:
    """The frame, or None if it is none."""
    try:
        made = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match made:
        case ["stdin", str(data)]:
            return Typed(data.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            return _bounded(width, height)
        case ["ping", str(words)] if len(words) <= _LONGEST_PING:
            return Ping(words)
        case ["focus" | "blur" as which]:
            return Focus(which == "focus")
    return None


def size_asked(query: Mapping[str, str]) -> Resized | None:
    """The size in a query, or None if there is none."""
    asked = [query.get(name, "") for name in ("width", "height")]
    if not all(one.isascii() and one.isdigit() and len(one) <= 4 for one in asked):  # noqa: PLR2004
        return None
    return _bounded(int(asked[0]), int(asked[1]))


def _bounded(width: int, height: int) -> Resized | None:
    if width < 1 or height < 1:
        return None
    return Resized(min(width, MOST_WIDTH), min(height, MOST_HEIGHT))
