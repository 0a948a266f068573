"""What is kept counts only while all that it was made from is the same, and never stands in the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from callcalm.intake.kept import FOLDER, kept


class Maker:
    """Counts how often it was asked, and gives plain data."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> dict[str, tuple[int, ...]]:
        self.asked += 1
        return {"é": (1, 2), "n": (self.asked,)}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
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
