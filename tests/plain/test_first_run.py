"""The first run, line by line: a person is welcomed once; a script never is."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from callcalm.language import use
from callcalm.plain.app import run
from callcalm.storage.settings import load_settings
from tests.plain.test_settings import Person
from tests.world import Script, desk

WELCOME = "Welcome to callcalm."


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "sam")


def told(folder: Path, *lines: str, play: str | None = None) -> str:
    """What a person who types these lines is told."""
    at = desk(folder)
    console = Person(*lines)
    run(at, console=console, play=play)
    at.close()
    use("en")
    return console.said


def test_somebody_is_welcomed_named_told_and_invited(tmp_path: Path) -> None:
    said = told(tmp_path, "en", "", "", "", "y", "q")
    for words in (
        WELCOME,
        "Your name; Enter for sam.",
        "Nothing leaves this machine",
        f"It all lies in {tmp_path}",
        "q stops, whenever you like",
        "First see one turn of such a call",
        "Level 1, about",
    ):
        assert words in said
    kept = load_settings(tmp_path / "settings.toml")
    assert (kept.language, kept.player) == ("en", "sam")


def test_it_is_never_shown_again(tmp_path: Path) -> None:
    assert WELCOME in told(tmp_path, "s", "q")
    assert WELCOME not in told(tmp_path, "q")


@pytest.mark.parametrize("before", [(), ("en",), ("en", "Zoe"), ("en", "Zoe", ""), ("en", "Zoe", "", "")])
def test_every_step_can_be_skipped(tmp_path: Path, before: tuple[str, ...]) -> None:
    said = told(tmp_path, *before, "s", "q")
    assert "Encounters:" in said
    assert load_settings(tmp_path / "settings.toml").player == ("Zoe" if len(before) > 1 else "")


def test_leaving_at_once_is_heard(tmp_path: Path) -> None:
    assert "Encounters:" not in told(tmp_path, "q")
    assert WELCOME not in told(tmp_path, "q")


def test_a_language_is_spoken_at_once_and_a_wrong_one_asked_again(tmp_path: Path) -> None:
    said = told(tmp_path, "de", "fr", "s", "q")
    assert "language can be: auto, en, fr." in said
    assert load_settings(tmp_path / "settings.toml").language == "fr"


def test_who_declines_comes_to_the_list(tmp_path: Path) -> None:
    assert "Encounters:" in told(tmp_path, "en", "Zoe", "", "", "maybe", "n", "q")


def test_a_script_is_never_asked(tmp_path: Path) -> None:
    at = desk(tmp_path)
    console = Script("q")
    run(at, console=console)
    at.close()
    assert WELCOME not in console.said
    assert not (tmp_path / "settings.toml").exists()


def test_a_call_that_is_asked_for_comes_first(tmp_path: Path) -> None:
    assert WELCOME not in told(tmp_path, "q", play="test-call")
