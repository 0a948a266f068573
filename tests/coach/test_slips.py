"""Slips of the finger are forgiven where that is safe, and only there."""

from __future__ import annotations

import pytest

from callcalm.coach.slips import Slips, by_edges
from callcalm.coach.tongues import ENGLISH

SLIPS = Slips(
    by_edges(["neglected", "inconvenience", "understand", "promise", "claim", "complaint", "required"]),
    ENGLISH.lookalikes,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("negelcted", "neglected"),
        ("neglectted", "neglected"),
        ("negleted", "neglected"),
        ("nellected", "neglected"),
        ("undrstand", "understand"),
        ("inconvinience", "inconvenience"),
        ("promsie", None),  # the ending is not right
        ("prmoise", "promise"),
        ("premise", None),  # a word of its own
        ("compliant", None),
        ("reflected", None),  # another first letter
        ("clam", None),  # too short
        ("claims", None),
        ("neglected", None),  # no slip at all
        ("nglcted", None),  # two slips
        ("x" * 30, None),
    ],
)
def test_what_was_meant(typed: str, meant: str | None) -> None:
    assert SLIPS.meant(typed) == meant


def test_between_two_words_none_is_chosen() -> None:
    assert Slips(by_edges(["sendings", "bendings", "sandings"]), frozenset()).meant("sxndings") is None
