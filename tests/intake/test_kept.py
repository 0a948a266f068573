"""What is kept counts only while all that it was made from is the same, and never stands in the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs
import pytest

from callcalm.intake import kept as keeping
from callcalm.intake.kept import FOLDER, can_keep, kept, kept_with_bulk


class Maker:
    """Counts how often it was asked, and gives plain data."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> dict[str, tuple[int, ...]]:
        self.asked += 1
        return {"é": (1, 2), "n": (self.asked,)}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's caches."""
    folder = tmp_path / "home" / "caches"
    monkeypatch.setattr(platformdirs.PlatformDirs, "user_cache_path", folder)
    return folder


@pytest.fixture
def source(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert not own.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "a.toml"
    file.write_text("x = 1", encoding="utf-8")
    return file


def test_it_is_made_once_and_anew_when_a_source_changes(source: Path) -> None:
    make = Maker()
    second = source.with_name("b.py")
    second.write_text("pass", encoding="utf-8")
    first = kept("a", [source, second], make)
    assert kept("a", [source, second], make) == first
    assert make.asked == 1
    second.write_text("pass ", encoding="utf-8")
    assert kept("a", [source, second], make) != first
    assert make.asked == 2


@pytest.mark.parametrize("damage", [b"", b"12345678", b"short", None])
def test_what_is_damaged_is_made_anew(source: Path, damage: bytes | None) -> None:
    make = Maker()
    kept("a", [source], make)
    (file,) = (source.parent / FOLDER).iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-3] if damage is None else damage)
    kept("a", [source], make)
    assert make.asked == 2
    assert kept("a", [source], make) == {"é": (1, 2), "n": (2,)}
    assert make.asked == 2


def test_nothing_is_written_where_nothing_may_be(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make = Maker()
    kept("a", [source], make)
    assert not (source.parent / FOLDER).exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (source.parent / FOLDER).write_text("a file in the way", encoding="utf-8")
    assert kept("a", [source], make)["é"] == (1, 2)


def test_without_its_sources_it_is_made(tmp_path: Path) -> None:
    make = Maker()
    assert kept("a", [tmp_path / "gone"], make)["n"] == (1,)


def test_a_bulk_comes_back_with_what_it_belongs_to(source: Path) -> None:
    for bulk in (b"", b"short", bytes(range(256)) * 1_000):
        made: list[int] = []

        def make(bulk: bytes = bulk, made: list[int] = made) -> tuple[object, bytes]:
            made.append(1)
            return {"size": len(bulk)}, bulk

        for _ in range(2):
            plain, back = kept_with_bulk(f"b{len(bulk)}", [source], make)
            assert (plain, bytes(back)) == ({"size": len(bulk)}, bulk)
        assert made == [1]


def test_a_bulk_that_was_cut_short_is_made_anew(source: Path) -> None:
    bulk = bytes(200_000)
    kept_with_bulk("b", [source], lambda: ((), bulk))
    (file,) = (source.parent / FOLDER).iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert kept_with_bulk("b", [source], lambda: (1, b"new")) == (1, b"new")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file that is read for what stands in it, where files count as settled at once."""
    read: list[Path] = []
    real = keeping._bytes

    def counted(path: Path) -> bytes:
        read.append(path)
        return real(path)

    monkeypatch.setattr(keeping, "_bytes", counted)
    monkeypatch.setattr(keeping, "_SETTLED", -1_000_000_000_000)
    return read


def test_sources_that_nobody_touched_are_not_read(source: Path, reads: list[Path]) -> None:
    make = Maker()
    first = kept("a", [source], make)
    assert reads == [source]
    assert kept("a", [source], make) == first
    assert reads == [source]
    assert make.asked == 1


def test_sources_that_were_touched_are_read_once(source: Path, reads: list[Path]) -> None:
    make = Maker()
    kept("a", [source], make)
    source.write_text("x = 1", encoding="utf-8")
    os.utime(source, (1, 1))
    reads.clear()
    for _ in range(2):
        kept("a", [source], make)
    assert reads == [source]
    assert make.asked == 1


def test_sources_of_the_same_size_and_the_same_age_are_not_taken_for_the_same(
    source: Path, reads: list[Path]
) -> None:
    make = Maker()
    about = source.stat()
    kept("a", [source], make)
    # As a copy or a checkout that gives files their old times; what no copy sets goes on with the clock.
    while source.stat().st_ctime_ns == about.st_ctime_ns:
        source.write_text("x = 2", encoding="utf-8")
        os.utime(source, ns=(about.st_atime_ns, about.st_mtime_ns))
    now = source.stat()
    assert (now.st_size, now.st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    kept("a", [source], make)
    assert make.asked == 2


def test_another_file_in_its_place_is_read(source: Path, reads: list[Path]) -> None:
    make = Maker()
    kept("a", [source], make)
    other = source.with_name("other")
    other.write_text("x = 2", encoding="utf-8")
    other.replace(source)
    kept("a", [source], make)
    assert make.asked == 2


def test_sources_that_were_touched_just_now_are_read_again(
    source: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_SETTLED", 1_000_000_000_000)
    make = Maker()
    for _ in range(3):
        kept("a", [source], make)
    assert reads == [source] * 3
    assert make.asked == 1


def test_a_stamp_that_cannot_be_written_is_done_without(
    source: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Maker()
    kept("a", [source], make)
    os.utime(source, (1, 1))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for _ in range(2):
        kept("a", [source], make)
    assert reads == [source] * 3
    assert make.asked == 1


@pytest.fixture
def closed(source: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source in a folder that cannot be written, whoever runs the tests."""
    beside = source.parent / FOLDER
    write = keeping._write
    monkeypatch.setattr(keeping, "_writable", lambda folder: folder != beside)
    monkeypatch.setattr(keeping, "_write", lambda place, *parts: place.parent != beside and write(place, *parts))
    return source


def test_where_our_folder_cannot_be_written_it_is_kept_with_the_users_caches(closed: Path, own: Path) -> None:
    make = Maker()
    assert can_keep(closed)
    first = kept("a", [closed], make)
    assert kept("a", [closed], make) == first
    assert make.asked == 1
    assert [file.name.split(".")[0] for file in own.iterdir()] == ["a"]
    assert not (closed.parent / FOLDER).exists()
    closed.write_text("x = 2", encoding="utf-8")
    assert kept("a", [closed], make) != first
    assert make.asked == 2


def test_where_our_folder_can_be_written_the_users_caches_are_left_alone(source: Path, own: Path) -> None:
    assert can_keep(source)
    kept("a", [source], Maker())
    assert (source.parent / FOLDER).is_dir()
    assert not own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a user's folder is closed to others there")
@pytest.mark.parametrize("open_to_others", ["folder", "file", "link", "owner"])
def test_what_others_may_have_written_is_not_taken(
    closed: Path, own: Path, monkeypatch: pytest.MonkeyPatch, open_to_others: str
) -> None:
    make = Maker()
    kept("a", [closed], make)
    (file,) = own.iterdir()
    if open_to_others == "folder":
        own.chmod(0o777)
        assert not can_keep(closed)
    elif open_to_others == "file":
        file.chmod(0o666)
    elif open_to_others == "link":
        file.rename(own.parent / "elsewhere")
        file.symlink_to(own.parent / "elsewhere")
    else:
        monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    kept("a", [closed], make)
    assert make.asked == 2


def test_without_a_home_it_is_simply_made(closed: Path, own: Path) -> None:
    own.parent.mkdir()
    own.write_text("a file in the way", encoding="utf-8")
    assert not can_keep(closed)
    make = Maker()
    kept("a", [closed], make)
    kept("a", [closed], make)
    assert make.asked == 2


def test_python_told_to_write_nothing_makes_no_folder(
    closed: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert not can_keep(closed)
    kept("a", [closed], Maker())
    assert not own.exists()
