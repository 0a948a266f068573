"""Waiting for saves: however the editor saves, whether the system tells or not, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
import watchfiles

from callcalm.workshop import watching
from callcalm.workshop.watching import saves


def in_place(path: Path) -> None:
    path.write_text("in place, and longer", encoding="utf-8")


def by_rename(path: Path) -> None:
    beside = path.with_suffix(".swp")
    beside.write_text("renamed", encoding="utf-8")
    beside.replace(path)


def anew(path: Path) -> None:
    path.unlink()
    path.write_text("made anew", encoding="utf-8")


def gone(path: Path) -> None:
    path.unlink()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Iterator[None]]]:
    """A file, and its saves from here on; the system watches already."""
    monkeypatch.setattr(watching, "AGAIN", 50)
    path, stop = tmp_path / "call.toml", Event()
    path.write_text("as it was", encoding="utf-8")
    each = saves(path, stop)
    next(each)
    path.write_text("changed before the watch", encoding="utf-8")
    next(each)
    yield path, each
    stop.set()
    each.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.parametrize("save", [in_place, by_rename, anew, gone])
def test_the_system_tells_of_every_way_to_save(
    watched: tuple[Path, Iterator[None]], save: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, each = watched
    monkeypatch.setattr(watching, "_stamp", lambda _path: ())  # nothing is seen by looking
    save(path)
    next(each)


@pytest.mark.parametrize("save", [in_place, by_rename, gone])
def test_what_the_system_does_not_tell_is_seen_by_looking(
    tmp_path: Path, save: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_watch(*_folders: object, **_settings: object) -> Iterator[set[object]]:
        raise OSError("too many files are watched")

    monkeypatch.setattr(watchfiles, "watch", no_watch)
    monkeypatch.setattr(watching, "POLL", 1)
    path, stop = tmp_path / "call.toml", Event()
    path.write_text("as it was", encoding="utf-8")
    each = saves(path, stop)
    next(each)
    save(path)
    next(each)
    stop.set()
    assert list(each) == []


def test_a_link_is_watched_where_it_leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "AGAIN", 50)
    (tmp_path / "real").mkdir()
    real, link, stop = tmp_path / "real" / "x.toml", tmp_path / "call.toml", Event()
    real.write_text("as it was", encoding="utf-8")
    link.symlink_to(real)
    each = saves(link, stop)
    next(each)
    in_place(real)
    next(each)
    monkeypatch.setattr(watching, "_stamp", lambda _path: ())
    by_rename(real)
    next(each)
    stop.set()


def test_it_stops_when_it_is_told_to(watched: tuple[Path, Iterator[None]], tmp_path: Path) -> None:
    stop = Event()
    each = saves(tmp_path / "not-there.toml", stop)
    next(each)
    stop.set()
    assert list(each) == []
