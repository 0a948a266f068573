"""Pictures of characters: within their cells, told apart without colour, and none where they would say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.tui.widgets.plot import LINE, LOWEST, NARROWEST, Scale, Series, legend, picture
from callcalm.tui.widgets.plot_cells import CELL, bar, counts

SCALE = Scale(0, 100, {0: "0", 50: "50", 100: "100"}, {0: "a", 3: "z"})


def plain(*series: Series, width: int = 60, height: int = 12) -> list[str]:
    return [row.plain for row in picture(series, SCALE, width, height)]


def test_a_line_is_braille_and_marks_are_marks_each_in_its_style() -> None:
    line, marks = Series([0, 40, 60, 100], LINE, "$caller"), Series([100, None, 50, 0], "●", "$player")
    rows = picture((line, marks), SCALE, 60, 12)
    text = "\n".join(row.plain for row in rows)
    assert text.count("●") == 3
    assert any(0x2800 < ord(char) < 0x2900 for char in text)
    styles = {
        (row.plain[span.start : span.end], str(span.style)) for row in rows for span in row.spans if span.style
    }
    assert all(style == "$player" for words, style in styles if "●" in words)
    assert any(style == "$caller" for _words, style in styles)
    assert legend(((marks, "self"), (line, "evidence"))).plain == "● self   ⠒⠒ evidence"


def test_heights_and_places_are_named() -> None:
    rows = plain(Series([0, 40, 60, 100], LINE, "$caller"))
    assert rows[1].startswith("100┤")
    assert any(row.startswith(" 50┤") for row in rows)
    assert rows[-1].split() == ["a", "z"]


def test_a_single_value_is_a_point() -> None:
    assert "•" in "".join(plain(Series([50], LINE, "$caller")))
    assert "•" in "".join(plain(Series([None, 50, None], LINE, "$caller")))


@pytest.mark.parametrize(
    ("values", "width", "height"),
    [([], 60, 12), ([None, None], 60, 12), ([1, 2], NARROWEST - 1, 12), ([1, 2], 60, LOWEST - 1)],
)
def test_where_there_is_nothing_to_see_there_is_no_picture(
    values: list[float | None], width: int, height: int
) -> None:
    assert plain(Series(values, LINE, "$caller"), width=width, height=height) == []


@settings(max_examples=25)
@given(
    st.lists(st.none() | st.integers(-20, 120), min_size=1, max_size=70),
    st.integers(NARROWEST, 130),
    st.integers(LOWEST, 20),
)
def test_a_picture_keeps_to_its_cells(values: list[float | None], width: int, height: int) -> None:
    rows = picture((Series(values, "●", "$player"), Series(values[::-1], LINE, "$caller")), SCALE, width, height)
    assert len(rows) <= height
    assert all(row.cell_length <= width for row in rows)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "     │     "),
        (10.0, "     │████▶"),
        (-10.0, "◀████│     "),
        (99.0, "     │████▶"),
        (0.4, "     │▶    "),
        (-0.4, "    ◀│     "),
    ],
)
def test_a_bar_goes_to_both_sides_and_something_is_never_nothing(value: float, words: str) -> None:
    assert bar(value, 10, 11, "$helps").plain == words


def test_how_often_is_a_number_and_a_shade() -> None:
    row = counts((0, 1, 5, 10, 2_000), 10, "$helps").plain
    assert [row[at : at + CELL] for at in range(0, len(row), CELL)] == [
        "     ·",
        "   1 ░",
        "   5 ▒",
        "  10 █",
        "999+ █",
    ]
