from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli

from callcalm.core.text import Text
from callcalm.storage import addition, roundlog
from callcalm.storage import blocks as blocks_module
from callcalm.storage.addition import add_blocks, can_add, new_header, round_block
from callcalm.storage.records import RoundRecord
from callcalm.storage.roundlog import Head
from callcalm.storage.trouble import CannotSave, Reason, SaveProblem, Trouble

Maker = Callable[..., RoundRecord]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HEADER = new_header(Text("me"), "en", NOON, "0.1.0")


def read(path: Path) -> tuple[list[RoundRecord], list[SaveProblem]]:
    problems: list[SaveProblem] = []
    return list(roundlog.rounds(path, problems)), problems


def heads(path: Path) -> tuple[list[Head], list[SaveProblem]]:
    problems: list[SaveProblem] = []
    return list(roundlog.heads(path, problems)), problems


def add(path: Path, *records: RoundRecord) -> list[SaveProblem]:
    return add_blocks(path, HEADER, map(round_block, records))[1]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "me.toml"


def test_rounds_come_back_in_order_and_the_file_is_plain_toml(log: Path, make_round: Maker) -> None:
    records = [make_round(n) for n in range(3)]
    add(log, records[0])
    first = log.read_bytes()
    add(log, *records[1:])
    assert log.read_bytes().startswith(first)
    assert read(log) == (records, [])
    assert heads(log) == ([Head.of(record) for record in records], [])
    table = tomli.loads(log.read_text(encoding="utf-8"))
    assert (table["format"], table["player"], table["language"]) == (1, "me", "en")
    assert [item["id"] for item in table["rounds"]] == [record.id for record in records]


def test_a_log_that_is_not_there_is_empty(log: Path) -> None:
    assert read(log) == heads(log) == ([], [])
    assert roundlog.header(log) == roundlog.Header()


def test_cut_anywhere_what_was_confirmed_loads_and_the_next_round_is_added(
    log: Path, make_round: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # content is tested here, a thousand times over
    one, two, three = (make_round(n) for n in range(3))
    add(log, one)
    confirmed = log.stat().st_size
    add(log, two)
    whole = log.read_bytes()
    for cut in range(len(whole) + 1):
        for left in log.parent.iterdir():
            left.unlink()
        log.write_bytes(whole[:cut])
        found, problems = read(log)
        assert heads(log) == ([Head.of(record) for record in found], problems)
        if cut >= confirmed:
            assert found[0] == one
        ids = [record.id for record in found]
        assert len(found) == len([record for record in found if record.complete]) or not found[-1].complete

        met = add(log, three)
        after, problems = read(log)
        assert [record.id for record in after] == [*ids, three.id]
        assert after[-1] == three
        assert after[:-1] == found
        # A date cut off in the middle is still a date, in a round that is known not to be whole.
        assert {problem.kind for problem in problems} <= {Trouble.FIELDS}
        tomli.loads(log.read_text(encoding="utf-8"))
        # Nothing was dropped: what is not in the log any more stands beside it.
        aside = [problem.moved_to for problem in met if problem.moved_to is not None]
        kept = aside[0].read_bytes() if aside else b""
        assert whole[: cut - len(kept)] + kept == whole[:cut]
        assert log.read_bytes().startswith(whole[: cut - len(kept)])


def test_a_torn_end_is_told_and_set_aside_under_a_free_name(log: Path, make_round: Maker) -> None:
    add(log, make_round(0), make_round(1))
    log.write_bytes(log.read_bytes()[:-60])
    (log.parent / "me.damaged-1.toml").write_text("an older one")
    problems = read(log)[1]
    assert [problem.kind for problem in problems] == [Trouble.TORN]
    assert problems[0].lines is not None
    met = add(log, make_round(2))
    assert met == [SaveProblem(Trouble.SET_ASIDE, log, moved_to=log.parent / "me.damaged-2.toml")]
    assert (log.parent / "me.damaged-1.toml").read_text() == "an older one"
    assert [record.seed for record in read(log)[0]] == [0, 2]


def test_a_damaged_round_in_the_middle_costs_only_itself(log: Path, make_round: Maker) -> None:
    records = [make_round(n) for n in range(4)]
    add(log, *records)
    data = log.read_bytes()
    log.write_bytes(data.replace(b"seed = 1\n", b"seed = = 1\n").replace(b"seed = 2\n", b'seed = "\xff"\n'))
    before = log.read_bytes()
    found, problems = read(log)
    assert found == [records[0], records[3]]
    assert [problem.kind for problem in problems] == [Trouble.DAMAGED, Trouble.DAMAGED]
    for problem, seed in zip(problems, (b"= 1", b'"\xff"'), strict=True):
        assert problem.lines is not None
        lines = before.split(b"\n")[problem.lines[0] - 1 : problem.lines[1]]
        assert lines[0] == b"[[rounds]]"
        assert lines[-1].startswith(b"end = ")
        assert any(seed in line for line in lines)
    assert add(log, make_round(5)) == []
    assert log.read_bytes().startswith(before)


@pytest.mark.parametrize(
    "junk",
    [
        b'x = """\n',
        b"\x00\xff\xfe\n",
        b"[" * 5000 + b"\n",
        b"a." * 5000 + b"b = 1\n",
        b"x = " + b"9" * 5000 + b"\n",
        b'[player]\nname = "x"\n[[player]]\n',
    ],
)
def test_a_broken_header_or_hostile_bytes_cost_no_round(log: Path, make_round: Maker, junk: bytes) -> None:
    add(log, make_round(0))
    log.write_bytes(junk + log.read_bytes())
    found, problems = read(log)
    assert found == [make_round(0)]
    assert [problem.kind for problem in problems] == [Trouble.DAMAGED]
    assert roundlog.header(log) == roundlog.Header()
    assert can_add(log, [])
    add(log, make_round(1))
    assert read(log)[0] == [make_round(0), make_round(1)]


def test_a_round_that_is_too_long_is_named_not_read(
    log: Path, make_round: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(log, make_round(0), make_round(1, notes=(Text("x" * 20_000),)), make_round(2))
    monkeypatch.setattr(blocks_module, "MAX_BLOCK", 10_000)
    found, problems = read(log)
    assert [record.seed for record in found] == [0, 2]
    assert [problem.kind for problem in problems] == [Trouble.DAMAGED]
    assert heads(log)[0] == [Head.of(record) for record in found]


def test_a_round_that_would_not_be_read_again_is_not_written(
    log: Path, make_round: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addition, "MAX_BLOCK", 1000)
    with pytest.raises(CannotSave) as refusal:
        add(log, make_round(0))
    assert refusal.value.reason is Reason.TOO_LARGE
    assert not log.exists()


def test_a_log_of_a_later_callcalm_is_read_and_not_added_to(log: Path, make_round: Maker) -> None:
    add(log, make_round(0), make_round(1, format=2))
    log.write_bytes(log.read_bytes().replace(b"format = 1\n", b"format = 2\nshape = 'new'\n", 1))
    found, problems = read(log)
    assert [(record.seed, record.newer) for record in found] == [(0, False), (1, True)]
    assert [problem.kind for problem in problems] == [Trouble.NEWER]
    problems = []
    assert not can_add(log, problems)
    assert [problem.kind for problem in problems] == [Trouble.NEWER]


def test_a_round_of_a_later_callcalm_that_lacks_what_we_need_is_named_as_such(
    log: Path, make_round: Maker
) -> None:
    add(log, make_round(0, format=7), make_round(1))
    log.write_bytes(log.read_bytes().replace(b"scenario = ", b"encounter = ", 1))
    found, problems = read(log)
    assert [record.seed for record in found] == [1]
    assert [problem.kind for problem in problems] == [Trouble.NEWER]


def test_edits_by_hand_are_read(log: Path, make_round: Maker) -> None:
    add(log, make_round(0), make_round(1))
    text = log.read_text(encoding="utf-8")
    log.write_bytes(text.replace("[[rounds]]", "\ufeff[[ rounds ]]"[1:]).replace("\n", "\r\n").encode())
    found, problems = read(log)
    assert [record.seed for record in found] == [0, 1]
    assert problems == []
    assert heads(log)[0] == [Head.of(record) for record in found]
    add(log, make_round(2))
    assert [record.seed for record in read(log)[0]] == [0, 1, 2]


def test_unknown_keys_and_sub_tables_written_by_hand_are_kept(log: Path, make_round: Maker) -> None:
    add(log, make_round(0))
    with log.open("a", encoding="utf-8") as stream:
        stream.write('# my own words\nmine = 1\n[rounds.more]\nmood = "low"\n')
    add(log, make_round(1))
    found, problems = read(log)
    assert problems == []
    assert found[0].extra == {"mine": 1, "more": {"mood": "low"}}
    assert found[1] == make_round(1)


def test_wrong_values_are_named_with_their_round(log: Path, make_round: Maker) -> None:
    add(log, make_round(0))
    log.write_bytes(log.read_bytes().replace(b"seed = 0", b"seed = true"))
    found, problems = read(log)
    assert found[0].seed == 0
    assert [(problem.kind, problem.detail) for problem in problems] == [
        (Trouble.FIELDS, "seed is not a whole number")
    ]


def test_a_day_that_is_none_is_no_round(log: Path, make_round: Maker) -> None:
    add(log, make_round(0))
    log.write_bytes(log.read_bytes().replace(b"finished = 2026-11-21", b"finished = 2026-13-45"))
    assert heads(log)[0] == read(log)[0] == []


def test_only_the_beginning_of_a_huge_log_is_read(
    log: Path, make_round: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(log, *(make_round(n) for n in range(5)))
    monkeypatch.setattr(blocks_module, "MAX_LOG", 4000)
    monkeypatch.setattr(roundlog, "MAX_LOG", 4000)
    monkeypatch.setattr(addition, "FULL_LOG", 2000)
    found, problems = read(log)
    assert 1 <= len(found) < 5
    assert Trouble.TOO_LARGE in [problem.kind for problem in problems]
    assert not can_add(log, [])


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_left_alone(log: Path, kind: str) -> None:
    if kind == "folder":
        log.mkdir()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(log)
    else:
        pytest.skip("no pipes with names here")
    assert [problem.kind for problem in read(log)[1]] == [Trouble.UNREADABLE]
    problems: list[SaveProblem] = []
    assert not can_add(log, problems)
    assert [problem.kind for problem in problems] == [Trouble.UNREADABLE]


def test_the_header_is_read_with_and_without_the_short_cut(log: Path) -> None:
    for name in ("me", 'Zoë "M."'):
        log.write_bytes(new_header(Text(name), "", NOON, "0.1.0"))
        assert roundlog.header(log) == roundlog.Header(name)
        assert can_add(log, [])
