"""Colons and quotation marks are the language's own, also where a line is put together from its parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from callcalm import language
from callcalm.core.explore import ASSUMED
from callcalm.insight.trends_words import decimal
from callcalm.insight.wording import headed, quoted
from callcalm.room.words import points_words


@pytest.fixture
def french() -> Iterator[None]:
    language.use("fr")
    yield
    language.use("en")


def test_a_french_head_has_a_space_that_does_not_break_before_its_colon(french: None) -> None:
    assert headed("Léa") == "Léa\N{NO-BREAK SPACE}:"
    assert quoted("non") == "«\N{NO-BREAK SPACE}non\N{NO-BREAK SPACE}»"


def test_english_has_neither() -> None:
    language.use("en")
    assert (headed("Lea"), quoted("no")) == ("Lea:", "“no”")


def test_french_numbers_have_a_comma(french: None) -> None:
    assert [decimal(number, sign=True) for number in (2.25, -0.5, 0)] == ["+2,2", "−0,5", "0,0"]
    assert [points_words(points) for points in (3.5, -0.5, 2.0)] == ["+3,5", "−0,5", "+2"]


def test_what_a_proof_assumes_is_said_in_both_languages(french: None) -> None:
    assert not set(map(language.said, ASSUMED)) & set(map(str, ASSUMED))
    language.use("en")
    assert list(map(language.said, ASSUMED)) == list(map(str, ASSUMED))
