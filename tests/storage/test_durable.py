from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave, Reason

CODES = [errno.ENOSPC, errno.EIO, errno.EACCES]
MOST_CALLS = 30


def strays(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_a_file_is_replaced_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    assert durable.replace_file(path, b"one")
    assert durable.replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert strays(tmp_path) == []
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def attempt(path: Path) -> tuple[CannotSave | None, bool]:
    try:
        return None, durable.replace_file(path, b"new")
    except CannotSave as refusal:
        return refusal, False


@pytest.mark.parametrize("code", CODES)
def test_whatever_fails_the_file_is_the_old_one_or_the_new_one(tmp_path: Path, faults: Any, code: int) -> None:
    path = tmp_path / "me.toml"
    path.write_bytes(b"old")
    for number in range(1, MOST_CALLS):
        with faults.at(number, code):
            refusal, certain = attempt(path)
        if refusal is None:
            assert path.read_bytes() == b"new"
            # Opening or syncing the folder failed: the file is there all the same.
            assert certain is not bool(faults.struck)
        else:
            assert path.read_bytes() == b"old"
            assert (refusal.path, refusal.code) == (path, code)
        if faults.struck != "unlink":
            assert strays(tmp_path) == []
        path.write_bytes(b"old")
        if not faults.struck:
            return
    pytest.fail("the faults never ended")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls of the system from here on, in order; a sync with what is synced."""
    made: list[str] = []
    handles: dict[int, str] = {}

    def wrap(name: str) -> None:
        real = getattr(os, name)

        def call(*args: Any, **named: Any) -> Any:
            result = real(*args, **named)
            if name == "open":
                handles[result] = "folder" if Path(args[0]).is_dir() else "file"
            else:
                made.append(f"{name} {handles[args[0]]}" if name in {"fsync", "write"} else name)
            return result

        monkeypatch.setattr(os, name, call)

    for name in ("open", "write", "fsync", "replace"):
        wrap(name)
    return made


@pytest.mark.skipif(os.name == "nt", reason="there is no syncing of folders on Windows")
def test_everything_is_synced_before_it_counts_as_saved(tmp_path: Path, calls: list[str]) -> None:
    """Only a power cut would show the difference, so the order of the calls is what is tested."""
    durable.replace_file(tmp_path / "a", b"one")
    assert calls == ["write file", "fsync file", "replace", "fsync folder"]
    calls.clear()
    durable.append_block(tmp_path / "b", b"one")
    assert calls == ["write file", "fsync file", "fsync folder"]
    calls.clear()
    durable.append_block(tmp_path / "b", b"two")
    assert calls == ["write file", "fsync file"]
    calls.clear()
    durable.create_file(tmp_path / "c", b"one")
    assert calls == ["write file", "fsync file", "fsync folder"]
    calls.clear()
    durable.shorten(tmp_path / "b", 3)
    assert calls == ["fsync file"]
    calls.clear()
    durable.make_folder(tmp_path / "d")
    assert calls == ["fsync folder"]


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:3]))
    durable.replace_file(tmp_path / "a", b"0123456789")
    durable.append_block(tmp_path / "b", b"0123456789")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == b"0123456789"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("short", [False, True])
def test_whatever_fails_a_block_is_added_whole_or_not_at_all(
    tmp_path: Path, faults: Any, code: int, short: bool
) -> None:
    path = tmp_path / "me.toml"
    for number in range(1, MOST_CALLS):
        path.write_bytes(b"first\n")
        with faults.at(number, code, short=short):
            try:
                durable.append_block(path, b"second\n")
            except CannotSave:
                added = False
            else:
                added = True
        assert path.read_bytes() == (b"first\nsecond\n" if added else b"first\n")
        if not faults.struck:
            return
    pytest.fail("the faults never ended")


def test_a_new_log_whose_folder_cannot_be_synced_is_saved_but_not_for_certain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "sync_folder", lambda folder: False)
    assert durable.append_block(tmp_path / "me.toml", b"one\n") is False
    assert durable.append_block(tmp_path / "me.toml", b"two\n") is True


@pytest.mark.skipif(os.name == "nt", reason="there is no syncing of folders on Windows")
def test_a_folder_that_cannot_be_synced_is_not_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert durable.sync_folder(tmp_path)
    assert not durable.sync_folder(tmp_path / "nowhere")

    def refuse(handle: int) -> None:
        raise OSError(errno.EINVAL, "a network drive")

    monkeypatch.setattr(os, "fsync", refuse)
    assert not durable.sync_folder(tmp_path)


def test_creating_never_touches_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    durable.create_file(path, b"one")
    with pytest.raises(FileExistsError):
        durable.create_file(path, b"two")
    assert path.read_bytes() == b"one"


def test_creating_leaves_nothing_behind_when_it_fails(tmp_path: Path, faults: Any) -> None:
    path = tmp_path / "x.toml"
    with faults.at(2, errno.ENOSPC), pytest.raises(CannotSave) as refusal:
        durable.create_file(path, b"one")
    assert refusal.value.reason is Reason.FULL
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "me.toml"
    link.symlink_to(tmp_path / "far" / "me.toml")
    durable.replace_file(link, b"one")
    assert link.is_symlink()
    assert (tmp_path / "far" / "me.toml").read_bytes() == b"one"


def test_another_program_that_holds_the_file_is_waited_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = PermissionError(errno.EACCES, "held by a scanner")
    held.winerror = 32  # type: ignore[attr-defined]  # Windows alone has it
    real, left, waits = os.replace, 3, list[float]()

    def replace(source: Path, target: Path) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise held
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    (tmp_path / "new").write_bytes(b"new")
    durable._replace(tmp_path / "new", tmp_path / "old", waits.append)
    assert (tmp_path / "old").read_bytes() == b"new"
    assert waits == [0.05, 0.1, 0.2]

    left, waits = 99, list[float]()
    with pytest.raises(PermissionError):
        durable._replace(tmp_path / "old", tmp_path / "new", waits.append)
    assert sum(waits) == pytest.approx(2.5)


def test_any_other_refusal_is_not_waited_for(tmp_path: Path) -> None:
    def wait(pause: float) -> None:
        pytest.fail("waited")

    with pytest.raises(FileNotFoundError):
        durable._replace(tmp_path / "no", tmp_path / "x", wait)


def test_only_old_temporary_files_of_our_pattern_are_cleared(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    ours, young = tmp_path / ".me.toml.0123abcd.tmp", tmp_path / ".me.call.toml.0123abcd.tmp"
    others = [tmp_path / name for name in ("me.toml", ".me.toml.0123abcd", ".x.0123abcd.tmp", ".me.toml.xyz.tmp")]
    folder = tmp_path / ".b.toml.0123abcd.tmp"
    folder.mkdir()
    for path in (ours, young, *others):
        path.write_bytes(b"")
        os.utime(path, (now - 3600, now - 3600))
    os.utime(young, (now - 30, now - 30))
    durable.clear_strays(tmp_path, now)
    assert sorted(tmp_path.iterdir()) == sorted([young, folder, *others])


@pytest.mark.skipif(os.name == "nt", reason="no user numbers on Windows")
def test_temporary_files_of_another_user_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".me.toml.0123abcd.tmp"
    path.write_bytes(b"")
    monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
    durable.clear_strays(tmp_path, path.stat().st_mtime + 3600)
    assert path.exists()


def test_clearing_a_folder_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    durable.clear_strays(tmp_path / "nowhere", 0)


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        (lambda folder: durable.replace_file(folder / "no" / "x", b""), Reason.NO_FOLDER),
        (lambda folder: durable.append_block(folder / "no" / "x", b""), Reason.NO_FOLDER),
        (lambda folder: durable.replace_file(folder / "a\0b", b""), Reason.NAME),
        (lambda folder: durable.append_block(folder / ("x" * 300), b""), Reason.NAME),
        (lambda folder: durable.make_folder(folder / "file" / "x"), Reason.NO_FOLDER),
        (lambda folder: durable.make_folder(folder / "file"), Reason.NO_FOLDER),
    ],
)
def test_refusals_say_why(tmp_path: Path, use: Callable[[Path], object], reason: Reason) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotSave) as refusal:
        use(tmp_path)
    assert refusal.value.reason is reason
