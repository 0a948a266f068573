"""How problems are written out: the line, the carets under the right cells, bounded lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.text import unsafe
from callcalm.intake import (
    MEANINGS,
    BadFile,
    Code,
    Place,
    Problem,
    Severity,
    Source,
    in_one_line,
    render,
    render_all,
)
from callcalm.intake.problems import WIDTH, cells, excerpt


def test_the_whole_of_it() -> None:
    source = Source("a.toml", 'x = 1\ngoto = "wals"\n')
    problem = Problem(Code.UNKNOWN_KEY, "no such beat", Place(2, 8, 2, 14), "Did you mean `walls`?", "a.toml")
    assert render(problem, source) == (
        "a.toml:2:8: error CC021: no such beat\n"
        '    goto = "wals"\n'
        "           ^^^^^^\n"
        "  hint: Did you mean `walls`?"
    )


def test_in_one_line_it_says_where_and_what() -> None:
    assert in_one_line(Problem(Code.SYNTAX, "odd", Place(2, 8, 2, 14))) == "line 2, column 8: odd"
    assert in_one_line(Problem(Code.BYTE_ORDER_MARK, "marked")) == "marked"


def test_without_a_place_or_a_source_there_is_no_excerpt() -> None:
    warning = Problem(Code.BYTE_ORDER_MARK, "marked", severity=Severity.WARNING)
    assert render(warning) == "warning CC007: marked"
    assert render(warning, Source("a", "x")) == "a: warning CC007: marked"
    elsewhere = Problem(Code.SYNTAX, "odd", Place(1, 1, 1, 2), file="b")
    assert render(elsewhere, Source("a", "x")) == "b:1:1: error CC010: odd"


@pytest.mark.parametrize(
    ("line", "column", "end", "carets"),
    [
        ("漢字 = 5", 6, 7, "           ^"),
        ("a = '漢字'", 5, 9, "        ^^^^^^"),
        ("e\u0301a = 5", 6, 7, "        ^"),
        ("\ta = 5", 6, 7, "            ^"),
        ("\u202eab", 2, 3, "     ^"),
        ("a =", 4, 5, "       ^"),
    ],
)
def test_carets_stand_under_what_they_mean(line: str, column: int, end: int, carets: str) -> None:
    shown = render(Problem(Code.SYNTAX, "m", Place(1, column, 1, end)), Source("a", line)).split("\n")
    assert shown[-1] == carets


def test_an_excerpt_over_several_lines_marks_the_first() -> None:
    shown = render(Problem(Code.SYNTAX, "m", Place(1, 5, 3, 2)), Source("a", "a = [\n1\n]")).split("\n")
    assert shown[1:] == ["    a = [", "        ^"]


@pytest.mark.parametrize("column", [1, 50, 99, 100, 101, 5_000, 99_990, 100_000, 100_001])
@pytest.mark.parametrize("length", [1, 30, 300])
@pytest.mark.parametrize("char", ["x", "漢"])
def test_long_lines_are_cut_around_the_place(column: int, length: int, char: str) -> None:
    text = char * (column - 1) + "#" * length + char * (100_000 - column)
    shown = render(Problem(Code.SYNTAX, "m", Place(1, column, 1, column + length)), Source("a", text)).split("\n")
    assert cells(shown[1]) <= WIDTH + 5
    marked = [position for position, mark in enumerate(shown[2]) if mark == "^"]
    at = "".join(c * cells(c) for c in shown[1])
    assert marked
    assert {at[position] for position in marked} == {"#"}
    assert len(marked) == min(length, at.count("#"))


def test_a_line_of_just_the_width_is_not_cut_and_what_is_cut_keeps_its_carets_below() -> None:
    assert "…" not in "".join(excerpt("x" * 100, Place(1, 91, 1, 101)))
    shown = render(Problem(Code.SYNTAX, "m", Place(1, 66, 1, 76)), Source("a", "x" * 75))
    assert "…" not in shown
    assert max(map(cells, shown.split("\n"))) == 79
    for width in (30, 55, 75):
        line, carets = excerpt("left " * 9 + "HERE" + " right" * 9, Place(1, 46, 1, 50), width)
        assert cells(line) <= width + 4
        assert line[carets.index("^") : carets.rindex("^") + 1] == "HERE"


@given(st.text(max_size=300), st.integers(1, 400), st.integers(1, 400))
def test_whatever_stands_in_the_line_the_rendering_is_safe(line: str, column: int, length: int) -> None:
    place = Source("a", line).place(column - 1, column - 1 + length)
    shown = render(Problem(Code.SYNTAX, "m", place), Source("a", line))
    assert unsafe().search(shown) is None
    assert all(cells(row) <= WIDTH + 5 for row in shown.split("\n"))


def test_a_bad_file_lists_all_in_order_and_shows_fifty() -> None:
    problems = [Problem(Code.SYNTAX, f"m{line}", Place(line, 1, line, 2)) for line in range(60, 0, -1)]
    bad = BadFile([*problems, Problem(Code.NO_FILE, "first")], Source("a", "x\n" * 60))
    assert [problem.message for problem in bad.problems][:3] == ["first", "m1", "m2"]
    assert len(bad.problems) == 61
    assert str(bad).count("error CC") == 50
    assert str(bad).endswith("\nand 11 more")
    assert render_all([], None) == ""


def test_every_code_has_its_meaning_and_its_own_number() -> None:
    assert set(MEANINGS) == set(Code)
    assert len({code.value for code in Code}) == len(list(Code.__members__))
    assert all(meaning.endswith(".") and "\n" not in meaning for meaning in MEANINGS.values())


def test_places_count_code_points_from_one() -> None:
    source = Source("a", "é漢\nx\n")
    assert source.place(0) == Place(1, 1, 1, 2)
    assert source.place(1, 2) == Place(1, 2, 1, 3)
    assert source.place(2) == Place(1, 3, 1, 4)
    assert source.place(1, 4) == Place(1, 2, 2, 2)
    assert source.place(5) == Place(3, 1, 3, 2)
    assert source.place(99) == Place(3, 1, 3, 2)
