"""Possessive groups are greedy on Pythons that get them wrong, and find the same."""

from __future__ import annotations

import re

import pytest

from callcalm.intake import scanner
from callcalm.intake.possessive import greedy, steady

LONG = r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""(?:""?+)?+'


def test_only_groups_become_greedy() -> None:
    assert greedy(r"(?:[a-z]++|-)*+(?:b)?+(?:c){0,3}+(?:d)++") == r"(?:[a-z]++|-)*(?:b)?(?:c){0,3}(?:d)+"
    assert greedy(r"a\)*+[b]++") == r"a\)*+[b]++"


@pytest.mark.parametrize(
    "text", ['"""a"b""c\\" d"""', '"""\n"""', '""""""', '"""a', '"""a\\"""', '"""a"""""', '"""\\\\"""x"""']
)
def test_both_ways_find_the_same(text: str) -> None:
    assert scanner._LONG_BASIC.pattern == steady(LONG)
    found, expected = re.compile(greedy(LONG), re.DOTALL).match(text), scanner._LONG_BASIC.match(text)
    assert (found and found[0]) == (expected and expected[0])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (scanner._LONG_BASIC, '"""' + '\\n"' * 100_000),
        (scanner._LONG_LITERAL, "'''" + "'a" * 100_000),
        (scanner._BASIC, '"' + "\\n" * 100_000),
    ],
)
def test_going_back_is_short(pattern: re.Pattern[str], text: str) -> None:
    """It ends, that is: a pattern that tried many ways would not."""
    assert re.compile(greedy(pattern.pattern), pattern.flags).match(text) is None
