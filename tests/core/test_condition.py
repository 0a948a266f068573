"""Conditions: what they mean, and that anything else is refused with a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.condition import holds, names_in, type_faults
from callcalm.core.condition_parsing import MAX_DEPTH, ConditionError, parse

NAMES = {"composure": 40, "callback": True, "missed": False, "who": "Mary", "n": 2}


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("composure >= 40", True),
        ("composure > 40", False),
        ("composure < 41 and callback", True),
        ("not callback", False),
        ("not not callback", True),
        ("not (callback and missed)", True),
        ("missed or callback", True),
        ("missed or missed and callback", False),
        ("callback or missed and missed", True),
        ("(callback or missed) and missed", False),
        ('who == "Mary"', True),
        ('who != "Mary"', False),
        ("n == 2", True),
        ("2 == n", True),
        ("callback == true", True),
        ("missed == false", True),
        ("true", True),
        ("  composure>=40  ", True),
    ],
)
def test_truth(text: str, truth: bool) -> None:
    assert holds(parse(text), NAMES) is truth


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("   ", 0),
        ("composure >=", 12),
        ("composure = 3", 10),
        ("a b", 2),
        ("(a", 2),
        ("a)", 1),
        ("and", 0),
        ("a and", 5),
        ('"open', 0),
        ("a; b", 1),
        ("12345678 > a", 0),
        ("__import__('os')", 11),
        ("a < b < c", 6),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(text: str, offset: int) -> None:
    with pytest.raises(ConditionError) as error:
        parse(text)
    assert error.value.offset == offset


def test_a_number_that_is_too_long_is_told_how_long_one_may_be() -> None:
    with pytest.raises(ConditionError) as error:
        parse("tries < 10000000")
    assert error.value.offset == 8
    assert "six digits" in str(error.value.hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a b", "join two tests with `and` or `or`"),
        ("a et b", "the words of a condition are `and`, `or` and `not`, in every language"),
        ("a and pas b", "the words of a condition are `and`, `or` and `not`, in every language"),
        ("who == 'x'", "a text in a condition stands between \", and the whole condition then between '"),
        ("a = 1", "use `==` to compare"),
    ],
)
def test_a_slip_has_a_hint(text: str, hint: str) -> None:
    with pytest.raises(ConditionError) as error:
        parse(text)
    assert str(error.value.hint) == hint


def test_too_long_and_too_deep_are_refused() -> None:
    with pytest.raises(ConditionError, match="at most"):
        parse("a or " * 200 + "a")
    with pytest.raises(ConditionError, match="deeper"):
        parse("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1))
    with pytest.raises(ConditionError, match="deeper"):
        parse("not " * (MAX_DEPTH + 1) + "a")


def test_names_and_type_faults() -> None:
    condition = parse('composure >= 20 and (not callback or who == "x")')
    assert names_in(condition) == {"composure", "callback", "who"}
    types = {"composure": int, "callback": bool, "who": str}
    assert type_faults(condition, types) == ()
    assert len(type_faults(parse("who > 3 or callback < true or who == 3"), types)) == 3


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_an_offset_inside_it(text: str) -> None:
    offset, condition = None, None
    try:
        condition = parse(text)
    except ConditionError as error:
        offset = error.offset
    if condition is None:
        assert offset is not None
        assert 0 <= offset <= len(text)
    else:
        assert isinstance(holds(condition, dict.fromkeys(names_in(condition), 1)), bool)
