from __future__ import annotations

import errno
import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callcalm.storage import lock as lock_module
from callcalm.storage.lock import Holder, WindowLock, read_holder
from callcalm.storage.records import RoundRecord
from callcalm.storage.store import Store
from callcalm.storage.trouble import CannotSave, Reason, Trouble

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]

OTHER_WINDOW = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from callcalm.storage.store import Store
store = Store.open("me", Path(sys.argv[1]), lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
print(store.path.name, flush=True)
sys.stdin.read()
"""


@contextmanager
def other_window(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process that has the player's save open, and the name of its log."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_WINDOW, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(params=["_by_flock", "_by_library"])
def lock(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], WindowLock]:
    """Makes locks on one slot, in the way of POSIX and in that of Windows."""
    if os.name == "nt" and request.param == "_by_flock":
        pytest.skip("flock is of POSIX")
    monkeypatch.setattr(lock_module, "_acquire", getattr(lock_module, request.param))
    return lambda: WindowLock(tmp_path / "me.lock", tmp_path / "me.holder.toml")


def test_the_second_is_told_who_was_first(lock: Callable[[], WindowLock]) -> None:
    first, second = lock(), lock()
    assert first.take(NOON) is None
    holder = second.take(NOON)
    assert holder is not None
    assert (holder.pid, holder.since) == (os.getpid(), NOON)
    assert holder.host
    first.release()
    assert second.take(NOON) is None
    second.release()
    second.release()


@pytest.mark.parametrize("content", [b"", b"pid = ", b'pid = "x"\nhost = "a\x1b"', b"x" * 9999])
def test_a_holder_that_cannot_be_read_is_somebody_all_the_same(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "me.holder.toml"
    path.write_bytes(content)
    assert read_holder(path) == Holder()
    assert read_holder(tmp_path / "none") == Holder()


def test_what_a_holder_says_is_safe_to_show(tmp_path: Path) -> None:
    path = tmp_path / "me.holder.toml"
    path.write_text('host = "a\\u001bb"\nsince = 5\n')
    assert read_holder(path) == Holder(0, "a\N{REPLACEMENT CHARACTER}b", None)


def test_where_nothing_can_be_written_that_is_said(lock: Callable[[], WindowLock], faults: Any) -> None:
    for number in range(1, 30):
        taken = lock()
        with faults.at(number, errno.ENOSPC):
            try:
                assert taken.take(NOON) is None
            except CannotSave as refusal:
                reason = refusal.reason
            else:
                reason = None
        assert reason in {Reason.FULL, None}
        # Whatever happened, the lock is not stuck.
        taken.release()
        again = lock()
        assert again.take(NOON) is None
        again.release()
        if not faults.struck:
            return
    pytest.fail("the faults never ended")


@pytest.mark.skipif(os.name == "nt", reason="flock is of POSIX")
def test_a_file_system_without_locks_is_used_without_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = importlib.import_module("fcntl")

    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with Store.open("me", tmp_path, lambda: NOON) as store:
        assert store.trouble is None
        assert [problem.kind for problem in store.problems] == [Trouble.NO_LOCKS]


def test_two_processes_each_have_files_of_their_own_and_no_round_is_lost(
    tmp_path: Path,
    opened: Callable[..., Store],
    make_round: Callable[..., RoundRecord],
    make_call: Callable[..., Any],
) -> None:
    with other_window(tmp_path / "saves") as (process, name):
        assert name == "me.toml"
        store = opened()
        assert store.lock_holder == Holder(
            process.pid, os.uname().nodename, datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        )
        assert store.path.name == "me.2.toml"
        assert store.trouble is None
        store.finish(make_round(1))
        store.save_call(make_call(2))
        assert store.load_call() == make_call(2)
        store.close()
    # Both windows are gone; the next one reads both files, and takes over the call of the second.
    alone = opened()
    assert alone.lock_holder is None
    assert alone.path.name == "me.toml"
    assert alone.rounds() == (make_round(1),)
    assert alone.load_call() == make_call(2)


def test_the_lock_ends_with_its_process_however_that_ends(tmp_path: Path, opened: Callable[..., Store]) -> None:
    with other_window(tmp_path / "saves") as (process, _name):
        process.kill()
        process.wait()
        assert (tmp_path / "saves" / "me.holder.toml").exists()
        assert opened().lock_holder is None


def test_a_tenth_window_plays_without_saving_and_knows_it(
    opened: Callable[..., Store], make_round: Callable[..., RoundRecord]
) -> None:
    windows = [opened() for _ in range(9)]
    assert len({window.path for window in windows}) == 9
    tenth = opened()
    assert tenth.trouble is not None
    assert tenth.trouble.reason is Reason.IN_USE
    with pytest.raises(CannotSave):
        tenth.finish(make_round(1))
    windows[0].close()
    tenth.retry()
    assert tenth.trouble is None
    assert windows[1].rounds() == (make_round(1),)
