"""Rounds read in short are what reading them in full gives, whatever stands in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text, safe
from callcalm.storage import roundlog
from callcalm.storage.addition import new_header, round_block
from callcalm.storage.history import Played
from callcalm.storage.quick import MOST, Quick
from callcalm.storage.records import ActionRecord, FindingRecord, MoveRecord, PromiseRecord, RoundRecord
from callcalm.storage.store import Store
from callcalm.storage.trouble import SaveProblem

Maker = Callable[..., RoundRecord]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HEADER = new_header(Text("me"), "en", NOON, "0.1.0")

HOSTILE = st.sampled_from(
    [
        "",
        'say "hold"',
        "back\\slash",
        "\\",
        'end = "x"\n[[rounds]]\n',
        "two\nlines",
        "a, move = b },",
        "} ]",
        "# no comment",
        "é 🙂 \u202e\x1b[2J\x7f\x85\u2028",
        "\ud800",
        "=",
        "got = true",
        "x" * 300,
    ]
)
RAW = HOSTILE | st.text(max_size=12)
TEXTS = RAW.map(safe)
LINES = RAW.map(lambda raw: safe(raw, multiline=False))
PLAIN = st.sampled_from(["lost-referral", "core", "empathy.named", "opening/2", "say/3", "drill/x", "resolved"])
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
TREATMENT = dict.fromkeys(("priority", "respect", "involvement", "communication", "effort"), st.integers(-10, 5))
SHEETS = st.builds(PriceSheet, got=st.none() | st.just(False), fair=st.integers(0, 25), **TREATMENT) | st.builds(
    PriceSheet, got=st.just(True), **TREATMENT
)
NOTHING: st.SearchStrategy[dict[str, object]] = st.just({})


def rounds(
    words: st.SearchStrategy[str], counts: st.SearchStrategy[int], extra: st.SearchStrategy[dict[str, object]]
) -> st.SearchStrategy[RoundRecord]:
    """Rounds with any texts, and with these words, numbers and unknown keys."""
    names = words.filter(bool)
    deeds = st.sampled_from(["choose", "say", "compose", "right", "wrong", "note", "listen", "sayX, y"])
    findings = st.builds(FindingRecord, words, words, counts, counts, extra)
    actions = st.builds(
        ActionRecord,
        deeds,
        words,
        TEXTS,
        st.lists(counts, max_size=2).map(tuple),
        st.lists(findings, max_size=2).map(tuple),
        extra,
    )
    moves = st.builds(MoveRecord, counts, words, TEXTS, extra)
    promises = st.builds(PromiseRecord, TEXTS, st.none() | LINES, st.booleans(), st.none() | LINES, counts, extra)
    return st.builds(
        RoundRecord,
        id=names,
        scenario=names,
        finished=MOMENTS,
        started=st.none() | MOMENTS,
        title=LINES,
        digest=words,
        language=words,
        playbook=words,
        seed=counts,
        coached=st.booleans(),
        undone=counts,
        actions=st.lists(actions, max_size=3).map(tuple),
        notes=st.lists(TEXTS, max_size=2).map(tuple),
        facts=st.lists(TEXTS, max_size=2).map(tuple),
        own=st.none() | SHEETS,
        reference=st.none() | SHEETS,
        transfer=TEXTS,
        follows=words,
        opening=words,
        app=LINES,
        kind=words,
        ending=words,
        composure=st.lists(counts, max_size=4).map(tuple),
        moves=st.lists(moves, max_size=3).map(tuple),
        promises=st.lists(promises, max_size=2).map(tuple),
        extra=extra,
    )


USUAL = rounds(PLAIN, st.integers(-99, 99), NOTHING)
ODD = rounds(
    PLAIN | LINES,
    st.integers(-(2**62), 2**62),
    NOTHING | st.dictionaries(st.sampled_from(["mood", "x y", "end", "do"]), RAW | st.integers()),
)
LATER = st.builds(replace, USUAL, format=st.sampled_from([0, 2, 9]))
ROUNDS = USUAL | ODD | LATER

Read = tuple[list[Played], list[SaveProblem]]


def in_short(log: Path) -> Read:
    problems: list[SaveProblem] = []
    return list(roundlog.history(log, problems)), problems


def in_full(log: Path) -> Read:
    problems: list[SaveProblem] = []
    return [Played.of(record) for record in roundlog.rounds(log, problems)], problems


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saves") / "me.toml"


@given(st.lists(ROUNDS, max_size=3))
def test_any_rounds_read_in_short_are_those_read_in_full(log: Path, records: list[RoundRecord]) -> None:
    log.write_bytes(HEADER + b"".join(map(round_block, records)))
    assert in_short(log) == in_full(log)


@given(USUAL)
def test_usual_rounds_need_no_parser(record: RoundRecord) -> None:
    assert Quick().read(round_block(record)[1:]) == Played.of(record)


EDITS = st.sampled_from(
    [
        b"",
        b'"',
        b"\\",
        b"\n",
        b"\r\n",
        b"0",
        b"-",
        b"1",
        b"}",
        b"]",
        b", ",
        b" ",
        b"\x00",
        b"\xff",
        b"\xc3",
        b"\\ud800",
        b"\\u00e9",
        b"\\U0010ffff",
        b"\\U00110000",
        b"\t",
        b"# note\n",
        b'end = "x"\n',
        b"[[rounds]]\n",
        b"format = 1\n",
    ]
)


@settings(max_examples=300)
@given(USUAL | ROUNDS, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 6), EDITS), max_size=3))
def test_edited_by_hand_anywhere_they_are_still_the_same(
    log: Path, record: RoundRecord, edits: list[tuple[int, int, bytes]]
) -> None:
    block = round_block(record)
    for place, gone, put in edits:
        at = place % (len(block) + 1)
        block = block[:at] + put + block[at + gone :]
    log.write_bytes(HEADER + block + round_block(replace(record, format=1)))
    assert in_short(log) == in_full(log)


def test_cut_anywhere_or_one_byte_changed_they_are_still_the_same(log: Path, make_round: Maker) -> None:
    block = round_block(make_round(1))
    other = bytes.maketrans(b'0123456789abcdefghij{}[]"\\=\n, ', b'1023456789bacdefghij}{][\\"_ ;\n')
    for place in range(len(block)):
        log.write_bytes(HEADER + block[:place])
        assert in_short(log) == in_full(log), block[:place]
        log.write_bytes(HEADER + block[:place] + block[place : place + 1].translate(other) + block[place + 1 :])
        assert in_short(log) == in_full(log), (place, block[max(0, place - 20) : place + 20])


def test_what_callcalm_writes_of_a_call_and_of_a_drill_is_read_in_short(make_round: Maker) -> None:
    call = make_round(1, notes=(Text("two\nlines"),), title=Text('Third "time" à midi 🙂'), seed=0)
    drill = make_round(
        2,
        scenario="drill/thank",
        kind="drill",
        ending="9-of-12",
        actions=(ActionRecord("right", "say/3", Text("Thank you.")), ActionRecord("wrong", "order/1")),
        own=None,
        reference=None,
        composure=(),
    )
    bare = RoundRecord(id="1", scenario="s", finished=NOON)
    for record in (call, drill, bare):
        found = Quick().read(round_block(record)[1:])
        assert found == Played.of(record)
        assert found is not None
        assert type(found.title) is type(found.transfer) is str
    assert Played.of(drill).ways == ("say", "order")


def test_a_block_that_is_too_long_or_not_quite_right_is_left_to_the_parser(make_round: Maker) -> None:
    block = round_block(make_round(1))[1:]
    assert Quick().read(block) is not None
    edits = (
        (b"format = 1", b"format = 2"),
        (b"seed = 1", b"seed = 01"),
        (b"seed = 1", b"seed = 1234567890"),
        (b"12:00:00Z", b"24:00:00Z"),
        (b"12:00:00Z", b"12:00:60Z"),
        (b"2026-11-21T", b"2026-02-30T"),
        (b"fair = 10", b"fair = 26"),
        (b"got = false, fair = 10", b"got = true, fair = 10"),
        (b"notes = ", b"note = "),
        (b"\n", b"\r\n"),
        (b"Why did you", b"Why did \xffyou"),
        (b"Why did you", b"Why did\\uD800you"),
        (b"Why did you", b"Why \x07did you"),
        (b'end = "2', b'end = "3'),
    )
    for old, new in edits:
        assert old in block
        assert Quick().read(block.replace(old, new)) is None, new
    long = make_round(1, notes=(Text("x" * MOST),))
    assert Quick().read(round_block(long)[1:]) is None


def test_words_that_hold_an_end_of_line_are_one_line_either_way(log: Path, make_round: Maker) -> None:
    block = round_block(make_round(1))
    for old, new in ((b"Third ", b"Third\\n"), (b'"16:00"', b'"16\\n00"'), (b"call back", b"call\\r\\nback")):
        assert old in block
        block = block.replace(old, new)
    assert Quick().read(block[1:]) is not None
    log.write_bytes(HEADER + block)
    assert in_short(log) == in_full(log)


def test_a_hostile_block_takes_no_longer_than_its_length(make_round: Maker) -> None:
    """Nothing here may repeat in two ways: a pattern that could go back would never end on these."""
    block = round_block(make_round(1))[1:]
    quotes = b'"\\"' * 40_000
    for hit in list(re.finditer(rb'"[^"]*"', block))[:40]:
        assert Quick().read(block[: hit.start()] + quotes + block[hit.end() :]) is None


def test_the_store_gives_short_rounds_of_all_files_each_once(
    opened: Callable[..., Store], make_round: Maker, tmp_path: Path
) -> None:
    first, second = opened(), opened()
    first.finish(make_round(1))
    second.finish(make_round(2, finished=NOON.replace(hour=9)))
    with (tmp_path / "saves" / "me.toml").open("ab") as stream:
        stream.write(
            round_block(make_round(1)) + round_block(make_round(1, kind="lost")) + b"\n[[rounds]]\nid = 3\n"
        )
    store = opened()
    assert store.history() == tuple(map(Played.of, store.rounds()))
    assert [(one.id[-1], one.kind) for one in store.history()] == [
        ("2", "resolved"),
        ("1", "resolved"),
        ("1", "lost"),
    ]
    assert len(store.problems) == 1
