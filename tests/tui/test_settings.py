from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from callcalm.language import current
from callcalm.practice.round import Stage
from callcalm.storage.folders import Origin
from callcalm.storage.settings import load_settings
from callcalm.tui import themes
from callcalm.tui.widgets.rows import Rows
from tests.tui.harness import make_desk, place, press, running, shown

ROWS = ["language", "theme", "coach", "temptation", "playbook", "motion", "mouse", "keys", "player", "saves"]


async def test_every_setting_is_there_and_applies_and_is_kept_at_once(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk, (80, 40)) as (app, pilot):
        await press(pilot, "s")
        for words in (
            "Language",
            "Colours",
            "Coach",
            "Temptation",
            "House rules",
            "Motion",
            "Mouse",
            "Player",
            "Saves",
        ):
            assert words in shown(app)
        await press(pilot, "down", "right")
        assert app.theme == "contrast"
        assert "high contrast" in shown(app)
        await press(pilot, "right", "right", "right", "right")
        assert app.theme == "calm"
        await press(pilot, "left")
        assert app.theme == "ansi-light"
        await press(pilot, "down", "enter", "down", "right", "down", "right", "down", "right")
        kept = load_settings(desk.folders.settings)
        assert (kept.theme, kept.coach, kept.temptation, kept.playbook) == ("ansi-light", "live", False, "core")
        assert kept.motion == "full"
        assert app.animation_level != "none"
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
        await press(pilot, "enter")
        assert app.practice is not None
        assert app.practice.round.coached
        assert not app.practice.round.opening.playbook.temptation


async def test_the_mouse_is_switched_at_once_by_taking_the_terminal_anew(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk) as (app, pilot):
        await press(pilot, "s", *["down"] * ROWS.index("mouse"), "right")
        assert not load_settings(desk.folders.settings).mouse
        assert app.again
        fresh = app.anew()
    async with fresh.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert place(fresh) == "SettingsScreen"
        assert fresh.screen.query_one(Rows).chosen == "mouse"
        await press(pilot, "escape")
        assert place(fresh) == "HomeScreen"


async def test_the_language_changes_at_once_everywhere(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with running(desk) as (app, pilot):
        await press(pilot, "s")
        before = shown(app)
        await press(pilot, "right")
        assert current() == "fr"
        assert shown(app) != before
        assert "‹ français ›" in shown(app)
    assert load_settings(desk.folders.settings).language == "fr"


async def test_a_language_changes_home_its_key_bar_and_help_too(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        home = shown(app).splitlines()
        await press(pilot, "question_mark")
        told = shown(app)
        await press(pilot, "escape", "s", "right", "escape")
        assert place(app) == "HomeScreen"
        after = shown(app).splitlines()
        assert after[0] != home[0]
        assert after[-1] != home[-1]
        await press(pilot, "question_mark")
        assert shown(app) != told


async def test_another_player_has_another_save(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "s", *["down"] * ROWS.index("player"), "enter", *["backspace"] * 3, *"Zoe", "enter")
        assert place(app) == "HomeScreen"
        assert shown(app).splitlines()[0].endswith("Zoe")
        assert app.desk.store.path.name == "zoe.toml"
    assert load_settings(app.desk.folders.settings).player == "Zoe"


async def test_saves_can_move(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "s", "end", "enter", "end", *"-too", "enter")
        assert app.desk.store.folder == tmp_path / "saves-too"
        assert "From now on saved in" in shown(app)
        assert (tmp_path / "saves-too").is_dir()


async def test_rounds_are_brought_along_when_saves_move_if_the_player_wants(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.begin("test-call").go(Stage.CALL)
    async with running(desk) as (app, pilot):
        await press(pilot, "s", "end", "enter", "end", *"-too", "enter")
        assert "Bring your rounds along?" in shown(app)
        await press(pilot, "escape")
        assert desk.store.folder == tmp_path / "saves"
        await press(pilot, "enter", "end", *"-too", "enter", "2")
        assert (desk.store.folder, desk.waiting()) == (tmp_path / "saves-too", None)
        await press(pilot, "enter", *["backspace"] * 4, "enter")
        assert desk.store.folder == tmp_path / "saves", "nothing to bring, so nothing is asked"
        assert desk.waiting() is not None
        await press(pilot, "enter", "end", *"-too", "enter", "1")
        assert desk.waiting() is not None
        assert desk.store.folder == tmp_path / "saves-too"


async def test_saves_that_move_stay_there_where_nothing_else_decides(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.folders = replace(desk.folders, origin=Origin.PLATFORM)
    async with running(desk) as (app, pilot):
        await press(pilot, "s", "end", "enter", "end", *"-too", "enter")
        assert "until you quit" not in shown(app)
    assert load_settings(desk.folders.settings).saves == str(tmp_path / "saves-too")


async def test_what_makes_no_sense_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    text = 'theme = "pink"\n# mine\nplaybook = "ours"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    async with running(make_desk(tmp_path, theme="pink", playbook="ours"), (60, 20)) as (app, pilot):
        await press(pilot, "s")
        said = " ".join(shown(app).split())
        assert "settings.toml:3: there are no house rules “ours”." in said
        assert "settings.toml:1: there are no colours “pink”." in said
        assert app.theme == "calm"
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == text


async def test_settings_that_cannot_be_written_apply_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    async with running(make_desk(tmp_path / "in the way")) as (app, pilot):
        await press(pilot, "escape", "s", "down", "right")
        assert app.theme == "contrast"
        assert "cannot be saved" in shown(app)


def test_themes_are_known_by_name_with_and_without_our_prefix() -> None:
    assert themes.known("") == "calm"
    assert themes.known("callcalm-contrast") == "contrast"
    assert themes.known("projector") == "projector"
    assert themes.known("ansi-dark") == "ansi-dark"
    assert themes.known("no such thing") == "calm"


async def test_a_theme_asked_for_wins_over_the_settings_until_they_change(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path, theme="contrast"), theme="projector") as (app, pilot):
        assert app.theme == "projector"
        await press(pilot, "s", "down", "left")
        assert app.theme == "calm"


async def test_keys_that_are_not_understood_are_named(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path, keys={"call.brethe": "z"})) as (app, pilot):
        await press(pilot, "s")
        assert "unknown under [keys]: call.brethe." in shown(app)
