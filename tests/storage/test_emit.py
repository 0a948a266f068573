from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.text import unsafe
from callcalm.storage import emit

SCALARS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False)
    | st.datetimes()
    | st.dates()
    | st.times()
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=10)


@given(st.dictionaries(KEYS, VALUES))
def test_what_is_written_reads_back_as_it_was(table: dict[str, object]) -> None:
    assert tomli.loads(emit.lines(table.items())) == table


@given(st.text())
def test_no_control_or_direction_character_stands_raw_in_the_file(text: str) -> None:
    written = emit.string(text)
    assert not unsafe().search(written)
    assert "\n" not in written


def test_a_key_has_one_line_but_for_the_rows_of_a_list_of_tables() -> None:
    written = emit.lines([("a", "x" * 500), ("b", [{"c": "y" * 500}, {"d": 1}]), ("e", {"f": [1, 2]})])
    assert [line[:6] for line in written.splitlines()] == ['a = "x', "b = [", "  { c ", "  { d ", "]", "e = { "]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1))), "2026-01-02T02:04:05Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), "0001-01-01T00:00:00+01:00"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (date(2026, 1, 2), "2026-01-02"),
        (time(3, 4), "03:04:00"),
        (float("inf"), "inf"),
        ("\ud800", '"\N{REPLACEMENT CHARACTER}"'),
        ("\U000e0001\x1b", '"\\U000E0001\\u001B"'),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_values_that_are_easily_got_wrong(value: object, written: str) -> None:
    assert emit.value(value) == written
    tomli.loads(f"x = {written}")


def test_what_toml_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="NoneType"):
        emit.lines([("a", {"b": None})])
