"""Tokens, the typed code, limits, host and origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.room.gate import ALPHABET, CODE_LENGTH, Allowance, CodeDesk, Keys, Limiter, served

KEYS = Keys.of(b"s" * 32)
OTHER = Keys.of(b"t" * 32)


def test_a_room_is_known_by_its_secret_alone() -> None:
    assert Keys.of(b"s" * 32) == KEYS
    assert (KEYS.path, KEYS.code, KEYS.name) != (OTHER.path, OTHER.code, OTHER.name)
    assert len(KEYS.path) == 22
    assert len(KEYS.code) == CODE_LENGTH
    assert set(KEYS.code) <= set(ALPHABET)
    assert "secret" not in repr(KEYS)


def test_codes_have_no_look_alikes_and_spell_no_word() -> None:
    assert not set(ALPHABET) & set("0O1ILSZB" + "AEIOUY")
    assert len({Keys.of(n.to_bytes(32)).code for n in range(200)}) > 190


def test_a_code_is_taken_however_it_is_written() -> None:
    keys = Keys("p", "C8H2", b"")
    for typed in ("C8H2", "c8h2", " c8 h2 ", "C8-H2", "cbhz", "C8H2\n"):
        assert keys.opens(typed), typed
    for typed in ("", "C8H", "C8H22", "C8H3", "é8H2", "C8H2" * 9):
        assert not keys.opens(typed), typed


@given(st.text())
def test_no_text_opens_by_accident_or_breaks(typed: str) -> None:
    assert KEYS.opens(typed) == (typed.upper().translate(str.maketrans("BSZ", "852", " \t\r\n-–—._")) == KEYS.code)


def test_a_token_says_who_and_cannot_be_made_up() -> None:
    token = KEYS.issue("seat")
    who = KEYS.identity("seat", token)
    assert who is not None
    assert len(who) == 32
    assert KEYS.identity("try", token) is None
    assert OTHER.identity("seat", token) is None
    assert KEYS.identity("seat", token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    assert KEYS.identity("seat", None) is None
    assert KEYS.identity("seat", token + "0") is None
    assert KEYS.identity("seat", "é" * len(token)) is None
    assert KEYS.issue("seat") != token


@given(st.text(max_size=80))
def test_no_text_is_a_token(raw: str) -> None:
    assert KEYS.identity("seat", raw) is None


def test_a_limiter_gives_a_burst_and_then_a_rate() -> None:
    limiter = Limiter(Allowance(3, 0.5), most=10)
    assert [limiter.take("a", 0) for _ in range(4)] == [True, True, True, False]
    assert limiter.take("b", 0)
    assert not limiter.take("a", 1)
    assert limiter.take("a", 2)
    assert not limiter.take("a", 2)
    assert [limiter.take("a", 1000) for _ in range(4)] == [True, True, True, False]


def test_a_limiter_forgets_the_longest_silent_first() -> None:
    limiter = Limiter(Allowance(1, 0), most=2)
    assert limiter.take("a", 0)
    assert limiter.take("b", 0)
    assert not limiter.take("a", 0)
    assert limiter.take("c", 0)
    assert len(limiter) == 2
    assert not limiter.take("a", 0)
    assert limiter.take("b", 0)


def test_wrong_codes_are_counted_for_the_visitor_and_right_ones_for_nobody() -> None:
    desk = CodeDesk(KEYS)
    assert [desk.tries("XXXX", "v", "10.0.0.1", 0) for _ in range(6)] == [False] * 5 + [None]
    assert desk.tries(KEYS.code, "v", "10.0.0.1", 0) is None, "waiting holds for the right code too"
    assert desk.tries(KEYS.code, "w", "10.0.0.1", 0), "another phone behind the same address is let in"
    assert desk.tries(KEYS.code, "v", "10.0.0.1", 12)
    assert all(desk.tries(KEYS.code, "x", "10.0.0.1", 0) for _ in range(50))


def test_an_address_that_drops_its_cookie_waits_too() -> None:
    desk = CodeDesk(KEYS)
    answers = [desk.tries("XXXX", f"new-{n}", "10.0.0.1", 0) for n in range(201)]
    assert answers == [False] * 200 + [None]
    assert desk.tries(KEYS.code, "fresh", "10.0.0.2", 0)
    nameless = [desk.tries("XXXX", None, "10.0.0.3", 0) for _ in range(6)]
    assert nameless == [False] * 5 + [None]


def test_many_addresses_together_wait_too() -> None:
    desk = CodeDesk(KEYS)
    answers = [desk.tries("XXXX", f"v{n}", f"10.0.{n // 200}.1", 0) for n in range(1001)]
    assert answers == [False] * 1000 + [None]


@pytest.mark.parametrize(
    ("host", "origin", "fits"),
    [
        ("127.0.0.1:8700", "http://127.0.0.1:8700", True),
        ("LOCALHOST:8700", "http://localhost:8700", True),
        ("localhost:8700", "http://127.0.0.1:8700", False),
        ("evil.example:8700", "http://evil.example:8700", False),
        ("127.0.0.1", "http://127.0.0.1", False),
        ("127.0.0.1:8700", "https://127.0.0.1:8700", False),
        ("127.0.0.1:8700", "null", False),
        ("127.0.0.1:8700", None, False),
        (None, None, False),
    ],
)
def test_a_post_comes_from_the_page_it_was_served_on(host: str | None, origin: str | None, fits: bool) -> None:
    assert served(frozenset({"127.0.0.1", "localhost"}), 8700).origin_fits(origin, host) is fits


def test_at_port_80_the_host_may_leave_it_out() -> None:
    hosts = served(frozenset({"127.0.0.1"}), 80)
    assert hosts.host_fits("127.0.0.1")
    assert hosts.host_fits("127.0.0.1:80")
