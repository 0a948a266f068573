"""The code to scan, read back module by module."""

from __future__ import annotations

import pytest
import segno

from callcalm.room.qr import QUIET, framed, qr_rows

ADDRESS = "http://192.168.178.123:8700/r/AbCdEfGhIjKlMnOpQrStUv/"
DARK = {"█": (False, False), "▀": (False, True), "▄": (True, False), " ": (True, True)}


def modules(rows: tuple[str, ...], *, ink: bool = False) -> list[list[bool]]:
    lines: list[list[bool]] = []
    for row in rows:
        pairs = [DARK[char] for char in row]
        lines += [[upper != ink for upper, _ in pairs], [lower != ink for _, lower in pairs]]
    return lines


@pytest.mark.parametrize("ink", [False, True])
def test_the_rows_hold_the_code_in_its_quiet_zone(ink: bool) -> None:
    found = modules(qr_rows(ADDRESS, dark_ink=ink), ink=ink)
    code = segno.make_qr(ADDRESS, error="l")
    size = code.symbol_size(border=0)[0]
    inner = [line[QUIET : QUIET + size] for line in found[QUIET : QUIET + size]]
    assert inner == [[bool(cell) for cell in row] for row in code.matrix]
    assert not any(any(line) for line in found[:QUIET] + found[QUIET + size :])
    assert not any(any(line[:QUIET] + line[QUIET + size :]) for line in found)


def test_it_fits_a_projected_screen() -> None:
    rows = qr_rows(ADDRESS)
    assert len(rows) <= 20
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) <= 40


def test_lines_bring_both_colours_and_take_them_back() -> None:
    assert all(row.startswith("\x1b[97;40m") and row.endswith("\x1b[0m") for row in framed(qr_rows("http://x/")))
