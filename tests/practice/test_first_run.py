"""A first run is one where nobody has been; what it suggests and invites to."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from callcalm.language import use
from callcalm.practice.desk import Desk
from callcalm.practice.first_run import invitation, is_first, suggested_name
from tests.world import NOON
from tests.world import desk as desk_in


def test_it_is_one_until_there_are_settings_or_a_save(tmp_path: Path) -> None:
    at = desk_in(tmp_path)
    assert is_first(at)
    at.change_settings(theme="contrast")
    assert not is_first(desk_in(tmp_path))


@pytest.mark.parametrize("name", ["settings.toml", "zoe.toml", "me.call.toml", "zoe.2.toml"])
def test_whoever_has_a_file_has_been_here(tmp_path: Path, name: str) -> None:
    at = desk_in(tmp_path)
    (tmp_path / name).write_text("", encoding="utf-8")
    assert not is_first(at)


def test_looking_opens_and_writes_nothing(tmp_path: Path) -> None:
    at = Desk.open(saves=tmp_path / "none", now=lambda: NOON)
    assert is_first(at)
    assert not (tmp_path / "none").exists()


def test_a_folder_that_is_none_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not is_first(Desk.open(saves=tmp_path / "file", now=lambda: NOON))


@pytest.mark.parametrize(
    ("system", "name"), [("sam", "sam"), ("\x1b[2Jsam", "\ufffd[2Jsam"), ("a\nb", "a b"), ("", "")]
)
def test_the_name_is_the_systems_made_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, name: str
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: system)
    assert suggested_name(desk_in(tmp_path)).replace("\u240a", " ") in {name, name.replace(" ", "\u240a")}
    assert suggested_name(desk_in(tmp_path, player="Zoe")) == "Zoe"


def test_a_system_that_knows_no_name_suggests_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert suggested_name(desk_in(tmp_path)) == ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_invitation_is_a_first_level_call_in_the_language_with_a_worked_turn(
    tmp_path: Path, language: str
) -> None:
    at = desk_in(tmp_path)
    (tmp_path / "scenarios" / "test-call.toml").unlink()
    use(language)
    found = invitation(at)
    use("en")
    at.close()
    assert found is not None
    assert (found.header.level, found.header.language, found.header.channel) == (1, language, "phone")
    assert found.worked is not None
    assert found.worked.move in found.header.teaches
