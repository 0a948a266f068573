from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE, PriceSheet
from callcalm.core.text import Text, safe
from callcalm.storage import emit
from callcalm.storage.recording import BadRecord, call_pairs, read_call, read_round, round_pairs
from callcalm.storage.records import (
    ActionRecord,
    CallRecord,
    FindingRecord,
    MoveRecord,
    PromiseRecord,
    RoundRecord,
    Stage,
    new_id,
)

RAW = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TEXTS = RAW.map(safe)
LINES = RAW.map(lambda raw: safe(raw, multiline=False))
IDS = LINES.filter(bool)
COUNTS = st.integers(-(2**62), 2**62)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
POINTS = st.integers(*FACTOR_RANGE)
TREATMENT = dict.fromkeys(("priority", "respect", "involvement", "communication", "effort"), POINTS)
SHEETS = st.builds(
    PriceSheet, got=st.none() | st.just(False), fair=st.integers(*FAIR_RANGE), **TREATMENT
) | st.builds(PriceSheet, got=st.just(True), **TREATMENT)
EXTRA = st.dictionaries(st.sampled_from(["mood", "x y", "later"]), st.integers() | RAW | st.lists(st.booleans()))
FINDINGS = st.builds(FindingRecord, LINES, LINES, COUNTS, COUNTS, EXTRA)
ACTIONS = st.builds(
    ActionRecord,
    LINES,
    LINES,
    TEXTS,
    st.lists(COUNTS, max_size=3).map(tuple),
    st.lists(FINDINGS, max_size=2).map(tuple),
    EXTRA,
)
BEGUN = {
    "id": IDS,
    "scenario": IDS,
    "started": st.none() | MOMENTS,
    "title": LINES,
    "digest": LINES,
    "language": LINES,
    "playbook": LINES,
    "seed": COUNTS,
    "coached": st.booleans(),
    "undone": COUNTS,
    "actions": st.lists(ACTIONS, max_size=3).map(tuple),
    "notes": st.lists(TEXTS, max_size=2).map(tuple),
    "own": st.none() | SHEETS,
    "transfer": TEXTS,
    "app": LINES,
    "format": st.integers(0, 9),
    "extra": EXTRA,
}
ROUNDS = st.builds(
    RoundRecord,
    **BEGUN,
    finished=MOMENTS,
    ending=LINES,
    kind=LINES,
    composure=st.lists(st.integers(0, 100), max_size=4).map(tuple),
    reference=st.none() | SHEETS,
    moves=st.lists(st.builds(MoveRecord, COUNTS, LINES, TEXTS, EXTRA), max_size=2).map(tuple),
    facts=st.lists(TEXTS, max_size=2).map(tuple),
    promises=st.lists(
        st.builds(PromiseRecord, TEXTS, st.none() | LINES, st.booleans(), st.none() | LINES, COUNTS, EXTRA),
        max_size=2,
    ).map(tuple),
)
CALLS = st.builds(
    CallRecord, **BEGUN, stage=st.sampled_from(Stage), locked=st.booleans(), saved=st.none() | MOMENTS
)


def toml(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return tomli.loads(emit.lines(pairs))


@given(ROUNDS)
def test_a_round_comes_back_as_it_was(record: RoundRecord) -> None:
    assert read_round(toml(round_pairs(record))) == (record, [])


@given(CALLS)
def test_a_call_comes_back_as_it_was(record: CallRecord) -> None:
    assert read_call(toml(call_pairs(record))) == (record, [])


@given(ROUNDS)
def test_the_last_key_of_a_round_says_that_it_is_whole(record: RoundRecord) -> None:
    assert round_pairs(record)[-1] == ("end", record.id)


WRONG = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | RAW
    | st.datetimes()
    | st.dates()
    | st.times(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*BEGUN, "self", "got", "do", "findings"]), inner)
    ),
    max_leaves=8,
)
TABLES = st.dictionaries(
    st.sampled_from(
        [*BEGUN, "finished", "self", "reference", "moves", "promises", "facts", "composure", "stage", "end"]
    ),
    WRONG,
)


@given(TABLES, st.booleans())
def test_whatever_stands_in_the_table_nothing_breaks_and_nothing_is_dropped(
    table: dict[str, object], complete: bool
) -> None:
    if complete:
        table |= {"id": "x", "scenario": "y", "finished": datetime(2026, 1, 1, tzinfo=UTC)}
    table = {key: item for key, item in table.items() if item is not None and "None" not in repr(item)}
    try:
        record, _faults = read_round(table)
    except BadRecord:
        assert not complete
        return
    again, _faults = read_round(toml(round_pairs(record)))
    assert again == replace(record, complete=True)
    written = dict(round_pairs(record))
    for key, item in table.items():
        if key not in {"end", "format", "started", "finished"} and item not in (0, False, "", [], {}):
            assert key in written, f"{key} was dropped"


@pytest.mark.parametrize("key", ["id", "scenario", "finished"])
@pytest.mark.parametrize("wrong", [None, "", 5, []])
def test_a_round_without_its_first_facts_is_none(
    make_round: Callable[..., RoundRecord], key: str, wrong: object
) -> None:
    table = toml(round_pairs(make_round(1)))
    del table[key]
    if wrong is not None:
        table[key] = wrong
    with pytest.raises(BadRecord, match=key):
        read_round(table)


@pytest.mark.parametrize("stage", ["party", 5])
def test_a_call_at_an_unknown_stage_is_at_the_call(make_call: Callable[..., CallRecord], stage: object) -> None:
    record, faults = read_call(toml(call_pairs(make_call())) | {"stage": stage})
    assert record.stage is Stage.CALL
    assert faults == ["stage is not a stage of a round"]


def test_wrong_values_give_way_are_named_and_stay(make_round: Callable[..., RoundRecord]) -> None:
    wrong = {
        "seed": "seven",
        "coached": 1,
        "composure": [70, "62"],
        "self": {"got": False, "fair": 99},
        "actions": [{"do": "say", "text": 5}, {"do": [1]}],
        "notes": "one",
        "started": "yesterday",
    }
    record, faults = read_round(toml(round_pairs(make_round(1))) | wrong)
    assert (record.seed, record.coached, record.composure, record.own, record.notes) == (0, False, (), None, ())
    assert record.started is None
    assert sorted(fault.split()[0] for fault in faults) == sorted(
        ["seed", "coached", "composure", "self", "actions[1].text", "actions[2].do", "notes", "started"]
    )
    written = toml(round_pairs(record))
    assert {key: written[key] for key in wrong} == wrong


def test_unknown_keys_survive_at_every_depth(make_round: Callable[..., RoundRecord]) -> None:
    table = toml(round_pairs(make_round(1)))
    table["mood"] = {"before": 3}
    table["self"]["total"] = 12  # type: ignore[index]
    table["actions"][2]["pace"] = "slow"  # type: ignore[index]
    table["actions"][2]["findings"][0]["weight"] = -8  # type: ignore[index]
    table["promises"][0]["kept"] = True  # type: ignore[index]
    table["moves"][0]["points"] = -8  # type: ignore[index]
    record, faults = read_round(table)
    assert faults == []
    assert toml(round_pairs(record)) == table


def test_text_from_a_save_is_safe_to_show(make_round: Callable[..., RoundRecord]) -> None:
    table = toml(round_pairs(make_round(1)))
    table |= {"title": "a\x1b[2Jb\nc", "scenario": "x\u202ey", "notes": ["n\x9b"], "transfer": "one\ntwo\x07"}
    record, _faults = read_round(table)
    assert record.title == "a\N{REPLACEMENT CHARACTER}[2Jb c"
    assert record.scenario == "x\N{REPLACEMENT CHARACTER}y"
    assert record.notes == (Text("n\N{REPLACEMENT CHARACTER}"),)
    assert record.transfer == "one\ntwo\N{REPLACEMENT CHARACTER}"


def test_a_round_of_a_later_callcalm_is_shown_as_such(make_round: Callable[..., RoundRecord]) -> None:
    record, _faults = read_round(toml(round_pairs(make_round(1))) | {"format": 2, "weather": "rain"})
    assert record.newer
    assert record.extra == {"weather": "rain"}


def test_a_round_whose_last_line_is_missing_is_not_complete(make_round: Callable[..., RoundRecord]) -> None:
    table = toml(round_pairs(make_round(1)))
    del table["end"]
    assert not read_round(table)[0].complete
    assert not read_round(table | {"end": "another"})[0].complete


def test_ids_are_the_time_and_something_that_never_repeats() -> None:
    ids = {new_id(datetime(2026, 11, 21, 9, 5, tzinfo=UTC)) for _ in range(200)}
    assert len(ids) == 200
    assert all(len(item) == 25 and item.startswith("20261121T090500Z-") for item in ids)
