"""Keys of one's own: pressed on the screen of keys, felt everywhere, kept; clashes and weak keys are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from callcalm.storage.settings import load_settings
from callcalm.tui.app import CallcalmApp
from callcalm.tui.command import Command
from callcalm.tui.commands import commands_of, find
from callcalm.tui.keymap import clashes, keymap, keys_of_command, refused, weakness
from callcalm.tui.registry import PLACES
from callcalm.tui.screens.keys import KeysScreen, _place_names
from callcalm.tui.widgets.lines import Lines
from tests.tui.harness import SIZES, make_desk, place, press, running, shown

KEYS_ROW = 7


def command(ident: str) -> Command:
    found = find(ident)
    assert found is not None
    return found


def mark(app: CallcalmApp, ident: str) -> None:
    """Put the marker on a command of the screen of keys."""
    screen = app.screen
    assert isinstance(screen, KeysScreen)
    rows = screen.query_one(Lines)
    rows.fill(list(screen._rows()), key=ident)


async def to_keys(pilot: Pilot[None]) -> None:
    await press(pilot, "s", *["down"] * KEYS_ROW, "enter")


def test_every_place_has_a_name() -> None:
    missing = {"everywhere", *PLACES} - set(_place_names())
    assert not missing, "give it a name in tui/screens/keys.py"


@pytest.mark.parametrize("size", SIZES)
async def test_every_command_is_listed_by_place_with_its_key(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(make_desk(tmp_path), size) as (app, pilot):
        await to_keys(pilot)
        assert place(app) == "KeysScreen"
        read = ""
        for _ in range(40):
            read += shown(app)
            await press(pilot, "pagedown")
        for words in ("The call", "listen", "space", "choose 9", "Drills"):
            assert words in read
        assert len(app.screen.query_one(Lines)._rows) == sum(
            1 + len(commands_of(name)) for name in ("everywhere", *PLACES)
        )


async def test_a_new_key_is_felt_at_once_shown_everywhere_and_kept(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk) as (app, pilot):
        await to_keys(pilot)
        mark(app, "home/home.settings")
        await press(pilot, "enter", "f6")
        assert "Changed; usually s." in shown(app)
        assert load_settings(desk.folders.settings).keys == {"home.settings": "f6"}
        await press(pilot, "escape")
        assert "1 changed" in shown(app)
        await press(pilot, "escape")
        assert "f6 settings" in shown(app)
        await press(pilot, "s")
        assert place(app) == "HomeScreen"
        await press(pilot, "f6")
        assert place(app) == "SettingsScreen"
        await press(pilot, "end", "up", "up", "enter")
        mark(app, "home/home.settings")
        await press(pilot, "r")
        assert load_settings(desk.folders.settings).keys == {}
        await press(pilot, "escape", "escape", "s")
        assert place(app) == "SettingsScreen"


async def test_a_key_that_is_taken_is_told_and_the_two_can_change_places(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk) as (app, pilot):
        await to_keys(pilot)
        mark(app, "home/home.settings")
        await press(pilot, "enter", "q")
        assert "q is taken" in shown(app)
        assert "It is the key of: quit (The list)." in shown(app)
        await press(pilot, "escape")
        assert desk.settings.keys == {}
        await press(pilot, "enter", "q", "2")
        assert place(app) == "Catch"
        await press(pilot, "q", "1")
        assert desk.settings.keys == {"home.settings": "q", "home.quit": "s"}
        await press(pilot, "a", "enter")
        assert desk.settings.keys == {}


async def test_what_cannot_be_taken_is_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk) as (app, pilot):
        await to_keys(pilot)
        mark(app, "typing/typing.say")
        await press(pilot, "enter", "z")
        assert "go into the field here" in shown(app)
        mark(app, "call/call.listen")
        await press(pilot, "enter", "down")
        assert "moves the marker in every list" in shown(app)
        await press(pilot, "enter", "escape")
        assert desk.settings.keys == {}
        await press(pilot, "enter", "ctrl+enter")
        assert desk.settings.keys == {"call.listen": "ctrl+enter"}
        assert "ctrl+enter arrived here. Many terminals cannot send ctrl+enter." in " ".join(shown(app).split())


async def test_keys_that_cannot_be_written_apply_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    async with running(make_desk(tmp_path / "in the way")) as (app, pilot):
        await press(pilot, "escape")
        await to_keys(pilot)
        mark(app, "home/home.settings")
        await press(pilot, "enter", "f6")
        assert "cannot be saved" in shown(app)


async def test_a_remapped_command_leaves_the_others_of_its_key_alone(tmp_path: Path) -> None:
    """Textual alone would take enter from all that the brief has on it."""
    async with running(make_desk(tmp_path, keys={"read-on": "f5"}), (60, 20), play="test-call") as (app, pilot):
        await press(pilot, "f5", "f5", "f5", "f5")
        assert place(app) == "BriefScreen"
        await press(pilot, "enter")
        assert place(app) == "CallScreen"


def test_the_keymap_is_empty_until_something_is_remapped_and_whole_then() -> None:
    assert keymap({}) == {}
    assert keymap({"no such command": "x", "quit": ""}) == {}
    whole = keymap({"quit": "ctrl+x"})
    assert whole["quit"] == "ctrl+x"
    assert whole["read-on"] == "enter"


def test_a_clash_is_what_is_possible_at_the_same_place() -> None:
    listen = command("call.listen")
    assert [one.id for one in clashes("call", listen, "t", {})] == ["call.type"]
    assert [one.id for one in clashes("call", listen, "question_mark", {})] == ["help"]
    assert clashes("call", listen, "s", {}) == (), "of home, not of a call"
    assert clashes("call", listen, "t", {"call.type": "y"}) == ()
    assert {one.id for one in clashes("everywhere", command("help"), "t", {})} >= {"call.type", "drill.type"}
    assert clashes("brief", command("read-on"), "enter", {}) == (), "made to share it"


@pytest.mark.parametrize(
    "keys", ["a", "A", "é", "question_mark", "f5", "ctrl+x", "shift+tab", "ctrl+up", "enter", "alt+x", "escape,q"]
)
def test_keys_that_every_terminal_sends(keys: str) -> None:
    assert weakness(keys) == ""


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("ctrl+enter", "Many terminals"),
        ("ctrl+1", "Many terminals"),
        ("ctrl+shift+a", "Many terminals"),
        ("super+x", "Few terminals"),
        ("ctrl+i", "Terminals send tab for ctrl+i."),
        ("ctrl+m", "Terminals send enter for ctrl+m."),
        ("entre", "There is no key called “entre”."),
        ("q,entre", "There is no key called “entre”."),
    ],
)
def test_keys_that_may_never_arrive(keys: str, word: str) -> None:
    assert word in weakness(keys)


def test_every_usual_key_is_one_that_terminals_send_and_can_be_taken_where_it_is() -> None:
    for name in ("everywhere", *PLACES):
        for one in commands_of(name):
            assert weakness(one.key) == "", one.id
            for key in one.key.split(","):
                assert refused(name, one, key) == "", one.id
                assert keys_of_command(one, {}) == one.key
