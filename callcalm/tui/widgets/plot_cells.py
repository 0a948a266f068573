"""Pictures made of single cells: bars to both sides of nothing, and a map of how often. Numbers stand in them.

What must not be here: what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from callcalm.tui.literal import line

CELL = 6
"""Cells of one column of a map, the space before it with it."""

_SHADES = "·░▒▓█"


def bar(value: float, reach: float, width: int, style: str) -> Content:
    """A bar from the middle: to the right above 0, to the left below. `reach` fills one side."""
    side = max(1, (width - 1) // 2)
    filled = min(side, round(abs(value) / reach * side)) if reach else 0
    if filled == 0 and abs(value) >= reach / 50:
        filled = 1  # what is not nothing is never drawn as nothing
    left, right = (filled, 0) if value < 0 else (0, filled)
    return line(
        " " * (side - left), ("◀" * (left > 0) + "█" * (left - 1), style), ("│", "$muted"),
        ("█" * (right - 1) + "▶" * (right > 0), style), " " * (side - right),
    )  # fmt: skip


def counts(numbers: Sequence[int], most: int, style: str) -> Content:
    """A row of a map: each number with a shade for how much of `most` it is; a dot where it is 0."""
    return line(*(_cell(number, most, style) for number in numbers))


def _cell(number: int, most: int, style: str) -> Content:
    if number == 0:
        return line((_SHADES[0].rjust(CELL), "$muted"))
    share = number / most if most else 1.0
    shade = _SHADES[min(len(_SHADES) - 1, 1 + int(share * (len(_SHADES) - 1.001)))]
    shown = str(number) if number < 1_000 else "999+"  # noqa: PLR2004  (a column has room for so much)
    return line(f"{shown} ".rjust(CELL - 1), (shade, style))
