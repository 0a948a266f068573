"""The settings, line by line: all of them read and changed, felt and kept at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.language import use
from callcalm.plain.settings import THEMES, settings
from callcalm.practice.desk import Desk
from callcalm.practice.round import Stage
from callcalm.storage.settings import load_settings
from callcalm.tui import themes
from tests.world import Script, desk


class Person(Script):
    """A console with somebody at it."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.interactive = True


def told(at: Desk, line: str, *answers: str) -> str:
    """What is said to a line after `set`, by somebody who then answers."""
    console = Person(*answers)
    settings(console, at, line.split(None, 1))
    return console.said


def test_the_colours_are_those_of_the_screen() -> None:
    assert THEMES == themes.NAMES


def test_all_are_listed_with_what_they_can_be(tmp_path: Path) -> None:
    at = desk(tmp_path)
    said = told(at, "").splitlines()
    at.close()
    assert "theme = calm   (calm, contrast, projector, ansi-dark, ansi-light)" in said
    assert "player = me   (any name)" in said
    assert f"saves = {tmp_path}   (any folder)" in said
    for name in ("language", "coach", "temptation", "playbook", "motion", "mouse"):
        assert any(line.startswith(f"{name} = ") for line in said)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("theme contrast", "theme", "contrast"),
        ("motion full", "motion", "full"),
        ("mouse off", "mouse", False),
        ("coach live", "coach", "live"),
        ("temptation off", "temptation", False),
        ("playbook core", "playbook", "core"),
        ("language fr", "language", "fr"),
        ("player Zoe M.", "player", "Zoe M."),
    ],
)
def test_each_is_changed_and_kept(tmp_path: Path, line: str, name: str, value: object) -> None:
    at = desk(tmp_path)
    told(at, line)
    use("en")
    at.close()
    assert getattr(at.settings, name) == value
    assert getattr(load_settings(tmp_path / "settings.toml"), name) == value


def test_another_player_has_another_save_at_once(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert at.store.path.name == "me.toml"
    assert "player = Zoe" in told(at, "player Zoe")
    assert at.store.path.name == "zoe.toml"
    at.close()


def test_saves_move_and_the_call_that_waits_comes_along_if_wanted(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.begin("test-call").go(Stage.CALL)
    assert "Bring your rounds along?" in told(at, f"saves {tmp_path / 'new'}", "n")
    assert (at.store.folder, at.waiting()) == (tmp_path / "new", None)
    said = told(at, f"saves {tmp_path}")
    assert f"From now on saved in {tmp_path}, until you quit." in said
    assert at.waiting() is not None
    told(at, f"saves {tmp_path / 'new'}", "y")
    assert at.waiting() is not None
    at.close()


def test_what_cannot_be_is_told_and_nothing_changes(tmp_path: Path) -> None:
    at = desk(tmp_path)
    before = at.settings
    assert "There is no setting “colour” here." in told(at, "colour red")
    assert "theme can be: calm," in told(at, "theme pink")
    assert "Type: set saves VALUE" in told(at, "saves")
    (tmp_path / "file").write_text("")
    assert "This cannot be saved in" in told(at, f"saves {tmp_path / 'file' / 'x'}")
    assert at.settings == before
    at.close()
