"""Contrast as it is on the screen, no colour where none is wanted, and no motion."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color

from callcalm.tui.app import CallcalmApp
from callcalm.tui.themes import OWN
from tests.tui.contrast import contrast
from tests.tui.harness import make_desk, place, press, running, shown

DRAWING = set("─│┌┐└┘╭╮╰╯┼█░▁▂▃▄▅▆▇▔▕▏▎▍▌▋▊▉●▸▲▼^~ ")
LEAST_DRAWING = 3.0
"""What WCAG 2.1 asks of graphics."""


def cells(app: CallcalmApp) -> list[tuple[str, Style]]:
    return [
        (segment.text, segment.style)
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        if segment.style is not None and segment.text.strip()
    ]


def check(app: CallcalmApp, least: float) -> None:
    for text, style in cells(app):
        assert style.color is not None
        assert style.bgcolor is not None
        pair = (Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        if style.reverse:
            pair = (pair[1], pair[0])
        needed = LEAST_DRAWING if set(text) <= DRAWING else least
        assert contrast(*pair) >= needed, f"{place(app)}: {text!r} is {pair[0].hex} on {pair[1].hex}"
        assert not style.dim
        assert not style.blink


@pytest.mark.parametrize(("theme", "least"), [("calm", 4.5), ("contrast", 7.0), ("projector", 4.5)])
async def test_every_cell_of_every_screen_has_contrast(tmp_path: Path, theme: str, least: float) -> None:
    async with running(make_desk(tmp_path, coach="live"), theme=theme) as (app, pilot):

        async def go(*keys: str) -> None:
            for key in keys:
                await press(pilot, key)
                check(app, least)

        check(app, least)
        await go("s", "down", "escape", "g", "down", "w", "enter", "enter", "escape", "x", "x", "escape")
        await go("enter", "p", "escape", "question_mark", "escape", "ctrl+p", "x", "escape")
        while place(app) == "BriefScreen":
            await go("enter")
        await go(
            "space",
            "b",
            "space",
            "1",
            "t",
            "h",
            "escape",
            "n",
            "a",
            "enter",
            "escape",
            "1",
            "1",
            "1",
            "2",
            "enter",
        )
        await go("y", "escape", "enter")
        while place(app) == "RereadScreen":
            await go("enter")
        await go("enter", "n", "down", "5", "down", "minus", "3", "enter", "enter")
        while place(app) == "RevealScreen":
            await go("enter")
        await go("a", "enter")
        assert place(app) == "HomeScreen"
        await go("ctrl+c")


def test_our_themes_name_every_colour_they_use() -> None:
    names = [set(theme.variables) for theme in OWN.values()]
    assert all(name == names[0] for name in names)


async def test_no_colour_is_sent_when_none_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_desk(tmp_path, coach="live"), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "1")
        for _text, style in cells(app):
            assert style.color is None or style.color.is_default
            assert style.bgcolor is None or style.bgcolor.is_default
        assert "^^^^^^^^^^^ − blame why-you" in shown(app), "marks have glyphs and words"
        assert "▼ down 8" in shown(app), "and so has the meter"


async def test_the_terminals_own_colours_can_be_chosen(tmp_path: Path) -> None:
    for theme in ("ansi-dark", "ansi-light"):
        async with running(make_desk(tmp_path / theme, coach="live"), play="test-call", theme=theme) as (
            app,
            pilot,
        ):
            await press(pilot, "enter", "space", "space", "1")
            for _text, style in cells(app):
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_default or colour.number is not None, (theme, _text, style)
            assert "▸ 1" in shown(app)


async def test_reduced_motion_means_none(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), (60, 20), play="test-call") as (app, pilot):
        assert app.animation_level == "none"
        await press(pilot, "pagedown")
        assert app.screen.query_one("#reading").scroll_offset.y > 0


async def test_what_is_shown_can_be_marked_with_the_mouse_and_copied(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "1", "y")
        assert place(app) == "CopyReader"
        await pilot.mouse_down(offset=(2, 3))
        await pilot.hover(offset=(30, 4))
        await pilot.mouse_up(offset=(30, 4))
        await pilot.pause()
        assert "# A test call" in (app.screen.get_selected_text() or "")
