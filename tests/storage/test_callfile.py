from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callcalm.core.text import Text
from callcalm.storage import callfile
from callcalm.storage.callfile import clear_call, load_call, make_way, save_call
from callcalm.storage.records import CallRecord, Stage
from callcalm.storage.trouble import CannotSave, Reason, SaveProblem, Trouble

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
Maker = Callable[..., CallRecord]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "me.call.toml"


def load(path: Path) -> tuple[CallRecord | None, list[SaveProblem]]:
    problems: list[SaveProblem] = []
    return load_call(path, NOON, problems), problems


def test_a_call_comes_back_as_it_was_at_every_stage(path: Path, make_call: Maker) -> None:
    for stage in Stage:
        record = make_call(stage=stage, locked=stage is Stage.REVEAL, transfer=Text("next time"))
        assert save_call(path, record, Text("me")).certain
        assert load(path) == (record, [])


def test_no_call_is_no_problem(path: Path) -> None:
    assert load(path) == (None, [])
    clear_call(path)


def test_a_cleared_call_is_gone(path: Path, make_call: Maker) -> None:
    save_call(path, make_call(), Text("me"))
    clear_call(path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"x = ", b'id = "x"\n', b"\0" * 100, b"id = 5\nscenario = 6\n"]
)
def test_a_call_that_cannot_be_read_is_moved_out_of_the_way_and_named(path: Path, content: bytes) -> None:
    for number in (1, 2):
        path.write_bytes(content)
        record, problems = load(path)
        aside = path.with_name("me.call.toml.corrupt-20261121T120000Z" + ("-2" if number == 2 else ""))
        assert record is None
        assert [(problem.kind, problem.moved_to) for problem in problems] == [(Trouble.CALL_CORRUPT, aside)]
        assert aside.read_bytes() == content
        assert not path.exists()


def test_a_call_that_is_too_large_is_moved_out_of_the_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callfile, "MAX_BLOCK", 100)
    path.write_bytes(b"#" * 200)
    assert [problem.kind for problem in load(path)[1]] == [Trouble.CALL_CORRUPT]


def test_a_call_too_large_to_be_read_again_is_not_written(
    path: Path, make_call: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callfile, "MAX_BLOCK", 100)
    with pytest.raises(CannotSave) as refusal:
        save_call(path, make_call(), Text("me"))
    assert refusal.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("broken", [b"", b'id = "x"\n'])
def test_a_call_that_cannot_be_moved_is_never_written_over(
    path: Path, faults: Any, make_call: Maker, broken: bytes
) -> None:
    path.write_bytes(broken)
    with faults.at(2, errno.EACCES):
        assert [problem.moved_to for problem in load(path)[1]] == [None]
    assert faults.struck == "rename"
    problems: list[SaveProblem] = []
    with faults.at(2, errno.EACCES), pytest.raises(CannotSave) as refusal:
        make_way(path, NOON, problems)
    assert refusal.value.reason is Reason.DENIED
    assert [problem.kind for problem in problems] == [Trouble.CALL_CORRUPT]
    assert path.read_bytes() == broken


@pytest.mark.parametrize("edit", [(b"format = 1", b"format = 2"), (b"format = 1\nid =", b"format = 2\nround =")])
def test_a_call_of_a_later_callcalm_stays_until_its_place_is_needed(
    path: Path, make_call: Maker, edit: tuple[bytes, bytes]
) -> None:
    save_call(path, make_call(), Text("me"))
    newer = path.read_bytes().replace(*edit)
    path.write_bytes(newer)
    record, problems = load(path)
    assert record is None
    assert [(problem.kind, problem.moved_to) for problem in problems] == [(Trouble.CALL_NEWER, None)]
    assert path.read_bytes() == newer

    make_way(path, NOON, problems)
    assert problems[-1].moved_to is not None
    assert problems[-1].moved_to.read_bytes() == newer
    assert not path.exists()


def test_a_folder_in_the_place_of_the_call_is_named_and_left(path: Path) -> None:
    path.mkdir()
    assert [problem.kind for problem in load(path)[1]] == [Trouble.UNREADABLE]
    with pytest.raises(CannotSave):
        make_way(path, NOON, [])
    with pytest.raises(CannotSave):
        clear_call(path)


def test_unknown_keys_survive_the_next_turn(path: Path, make_call: Maker) -> None:
    save_call(path, make_call(), Text("me"))
    path.write_bytes(path.read_bytes() + b"[weather]\nrain = true\n")
    record, problems = load(path)
    assert record is not None
    assert problems == []
    save_call(path, record, Text("me"))
    again = load(path)[0]
    assert again is not None
    assert again.extra == {"weather": {"rain": True}}


def test_wrong_values_are_named(path: Path, make_call: Maker) -> None:
    save_call(path, make_call(), Text("me"))
    path.write_bytes(path.read_bytes().replace(b"seed = 0", b'seed = "x"'))
    assert [problem.kind for problem in load(path)[1]] == [Trouble.FIELDS]
