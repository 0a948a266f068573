"""Numbers over time as a picture of characters: drawn by plotext, coloured by the theme.

Plotext is loaded when the first picture is drawn. It gets no colours from us and gives none: a line is drawn in
braille dots, single values as marks, and each takes its style from the theme afterwards, so that every theme and
NO_COLOR hold, and the series are told apart without colour. What must not be here: what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual.content import Content

from callcalm.tui.literal import line, literal

NARROWEST, LOWEST = 40, 6
"""Cells and lines below which a picture says less than its numbers."""

LINE = "braille"
"""The mark of values that are joined to a line."""

_BRAILLE = range(0x2800, 0x2900)
_RULES = "muted"


@dataclass(frozen=True, slots=True)
class Series:
    """Values at equal distances, None where there is none; `mark` is one character, or `LINE`."""

    values: Sequence[float | None]
    mark: str
    style: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where the picture goes, and which heights and places have a name."""

    low: float
    high: float
    heights: Mapping[int, str]
    places: Mapping[int, str]


def get_ready() -> None:
    """Load plotext, which takes a while; in a thread it holds up no key."""
    import textual_plotext  # noqa: F401  (loaded is all that it is to be)


def picture(series: Sequence[Series], scale: Scale, width: int, height: int) -> list[Content]:
    """The picture in so many cells and lines; none where that is too little, or there is nothing to join."""
    drawn = [one for one in series if any(value is not None for value in one.values)]
    if width < NARROWEST or height < LOWEST or not drawn:
        return []
    from rich.text import Text
    from textual_plotext import Plot

    plot = Plot()
    plot.theme("clear")
    plot.plotsize(width, height)
    plot._set_size(width, height)  # noqa: SLF001  (plotsize alone keeps the terminal's; textual-plotext does the same)
    plot.ylim(scale.low, scale.high)
    plot.xlim(0, max(1, max(len(one.values) for one in drawn) - 1))
    plot.yticks(list(scale.heights), list(scale.heights.values()))
    plot.xticks(list(scale.places), list(scale.places.values()))
    for one in drawn:
        points = [(place, value) for place, value in enumerate(one.values) if value is not None]
        places, values = [place for place, _value in points], [value for _place, value in points]
        if one.mark == LINE and len(points) > 1:
            plot.plot(places, values, marker=LINE)
        else:
            plot.scatter(places, values, marker="•" if one.mark == LINE else one.mark)
    styles = {"•" if one.mark == LINE else one.mark: one.style for one in drawn}
    joined = next((one.style for one in drawn if one.mark == LINE), "")
    rows = Text.from_ansi(plot.build()).plain.split("\n")
    return [_coloured(row.rstrip(), styles, joined) for row in rows if row.strip()]


def legend(names: Sequence[tuple[Series, str]]) -> Content:
    """What each mark stands for, on one line."""
    parts: list[Content | str] = []
    for one, name in names:
        sign = "⠒⠒" if one.mark == LINE else one.mark
        parts += ["   " if parts else "", literal(sign, f"bold {one.style}"), f" {name}"]
    return line(*parts)


def _coloured(row: str, styles: Mapping[str, str], joined: str) -> Content:
    def style(char: str) -> str:
        return joined if ord(char) in _BRAILLE else styles.get(char, f"${_RULES}")

    return line(*(("".join(run), kind) for kind, run in groupby(row, key=style)))
