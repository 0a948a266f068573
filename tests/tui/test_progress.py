"""The progress screen: each part by keys, a picture where there is room, its numbers always, kind when empty."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from callcalm.core.price import PriceSheet
from callcalm.core.text import safe
from callcalm.insight.trends import trends
from callcalm.insight.trends_model import Known, Trends
from callcalm.practice.desk import Desk
from callcalm.storage.history import Played
from callcalm.tui import progress_story, themes
from callcalm.tui.screens import progress
from callcalm.tui.widgets.keybar import fitted, keys_of, shown_on
from tests.insight.test_trends import played
from tests.support import REGISTRY
from tests.tui.harness import NOW, SIZES, make_desk, place, press, running, shown
from tests.tui.test_snapshots import HERE, keep, short_paths

__all__ = ["short_paths"]

from callcalm.tui.registry_progress import PARTS  # the screen and its keys agree

SOME = tuple(
    played(
        ("bill", "note")[number % 2],
        days=40 - 3 * number,
        own=PriceSheet(True, respect=4),
        reference=PriceSheet(True, respect=number % 5 - 4),
        composure=(70, 60 + number, 80 - number),
    )
    for number in range(12)
)


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[Played]:
    """What the log holds; there is a library of two."""
    log: list[Played] = []
    known = {
        "bill": Known(safe("The bill"), "phone", 2, "", "d1"),
        "note": Known(safe("The note"), "", 1, "", "d2"),
    }
    monkeypatch.setattr(progress, "trending", lambda _desk: trends(log, NOW, REGISTRY, known))
    return log


async def settle(app: object, pilot: object) -> None:
    """Wait until the log has been read."""
    await app.workers.wait_for_complete()  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]


async def open_it(app: object, pilot: object) -> None:
    await settle(app, pilot)
    await press(pilot, "v")  # type: ignore[arg-type]
    await settle(app, pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_every_part_has_its_numbers(tmp_path: Path, rounds: list[Played], size: tuple[int, int]) -> None:
    rounds.extend(SOME)
    async with running(make_desk(tmp_path), size) as (app, pilot):
        await open_it(app, pilot)
        read = []
        for number in range(1, PARTS + 1):
            await press(pilot, str(number))
            assert f"{number}/{PARTS}" in shown(app)
            part = shown(app)
            for _page in range(4):
                await press(pilot, "pagedown")
                part += shown(app)
            read.append(" ".join(part.split()))
    for part, words in zip(
        read,
        (
            "12 calls, 0 drills.",
            "2026-11-14 +29 +22 +7",
            "too high",
            "Last: 70, 71, 69",
            "helping costing answers",
            "Helping",
            "(bill): played 6 times",
        ),
        strict=True,
    ):
        assert words in part
    for number in (2, 4, 5):
        assert "┤" in read[number - 1]


async def test_in_a_window_too_low_for_pictures_the_numbers_stay(tmp_path: Path, rounds: list[Played]) -> None:
    rounds.extend(SOME)
    async with running(make_desk(tmp_path), (44, 14)) as (app, pilot):
        await open_it(app, pilot)
        await press(pilot, "2")
        assert "┤" not in shown(app)
        assert "2026-11-14" in shown(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "┤" in shown(app)


async def test_keys_lead_through_the_parts_and_back(tmp_path: Path, rounds: list[Played]) -> None:
    rounds.extend(SOME)
    async with running(make_desk(tmp_path), (60, 20)) as (app, pilot):
        await open_it(app, pilot)
        seen = [shown(app)]
        await press(pilot, "left")
        assert shown(app) == seen[0]
        for _part in range(PARTS - 1):
            await press(pilot, "right")
            seen.append(shown(app))
        await press(pilot, "right", "8", "9")
        assert shown(app) == seen[-1]
        assert len(set(seen)) == PARTS
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_log_is_met_kindly_in_every_part(
    tmp_path: Path, rounds: list[Played], size: tuple[int, int]
) -> None:
    assert rounds == []
    async with running(make_desk(tmp_path), size) as (app, pilot):
        await open_it(app, pilot)
        assert "Your first call will be the first point here." in " ".join(shown(app).split())
        for number in range(2, PARTS + 1):
            await press(pilot, str(number))
            said = " ".join(shown(app).split())
            assert "begins with your first call" in said or "score yourself after a call" in said


async def test_it_says_that_it_reads_and_can_be_left_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(_desk: Desk) -> Trends:
        go_on.wait(20)
        return trends(SOME, NOW, REGISTRY, {})

    monkeypatch.setattr(progress, "trending", slow)
    async with running(make_desk(tmp_path)) as (app, pilot):
        await settle(app, pilot)
        await press(pilot, "v")
        assert "Reading your rounds…" in shown(app)
        await press(pilot, "right", "3")
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
        go_on.set()
        await settle(app, pilot)
        assert place(app) == "HomeScreen"


async def test_words_of_files_are_shown_as_they_are(tmp_path: Path, rounds: list[Played]) -> None:
    rounds.extend(played("gone", title=safe("[sighs] [/] [b \x1b[2J"), days=n) for n in range(3))
    async with running(make_desk(tmp_path)) as (app, pilot):
        await open_it(app, pilot)
        for part in ("2", "4", "7"):
            await press(pilot, part)
            for _page in range(3):
                await press(pilot, "pagedown")
            assert "[sighs] [/] [b \ufffd[2J" in shown(app)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells(tmp_path: Path, rounds: list[Played], language: str) -> None:
    rounds.extend(SOME)
    async with running(make_desk(tmp_path, language=language), (60, 20)) as (app, pilot):
        await open_it(app, pilot)
        for _part in range(PARTS):
            pairs = shown_on(keys_of(app.screen))
            assert fitted(pairs, 58).plain == fitted(pairs, 1_000).plain
            await press(pilot, "right")


def lines(log: Sequence[Played], part: int, width: int = 78, height: int = 12) -> list[str]:
    told = progress_story.parts(trends(log, NOW, REGISTRY, {}), REGISTRY)
    return [one.plain for one in told[part].lines(width, height)]


def test_many_calls_are_drawn_by_the_week_and_listed_both_ways() -> None:
    many = [played(days=200 - 2 * number) for number in range(100)]
    text = "\n".join(lines(many, 1))
    assert "each point a week, on average" in text
    assert "week of" in text
    assert "each point a call" in "\n".join(lines(many[:20], 1))


def test_places_have_a_year_where_it_is_not_the_same() -> None:
    assert "2025-10" in "\n".join(lines([played(days=400), played(days=1)], 1))
    assert "2025-10" not in "\n".join(lines([played(days=40), played(days=1)], 1)[:16])


@pytest.mark.parametrize("width", [38, 58, 78, 118])
@pytest.mark.parametrize("part", range(PARTS))
def test_no_line_is_wider_than_the_window(part: int, width: int) -> None:
    assert all(len(one) <= width for one in lines(SOME, part, width))


def test_calls_without_sheets_and_dates_ahead_do_no_harm() -> None:
    odd = [
        played(own=None, reference=None),
        played(days=-30),
        played(composure=(), moves=()),
        played("gone", kind="melted"),
        played(finished=NOW - timedelta(days=40_000)),
    ]
    for part in range(PARTS):
        assert lines(odd, part)


PICTURES = {"progress-price-80": ((80, 24), "2"), "progress-techniques-60": ((60, 20), "6")}


@pytest.mark.parametrize("name", PICTURES)
async def test_it_looks_as_it_was_seen(rounds: list[Played], name: str) -> None:
    rounds.extend(SOME)
    size, part = PICTURES[name]
    async with running(make_desk(HERE), size) as (app, pilot):
        await open_it(app, pilot)
        await press(pilot, part)
        keep(name, shown(app))


@pytest.mark.parametrize("theme", themes.NAMES)
async def test_every_theme_has_its_colours(tmp_path: Path, rounds: list[Played], theme: str) -> None:
    rounds.extend(SOME)
    async with running(make_desk(tmp_path), theme=theme) as (app, pilot):
        await open_it(app, pilot)
        for part in ("2", "3", "5", "6"):
            await press(pilot, part)
            assert f"{part}/{PARTS}" in shown(app)


async def test_without_colour_the_series_are_told_apart(
    tmp_path: Path, rounds: list[Played], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    rounds.extend(SOME)
    async with running(make_desk(tmp_path)) as (app, pilot):
        await open_it(app, pilot)
        await press(pilot, "2")
        assert "● self   ⠒⠒ evidence" in shown(app)
        strips = app.screen._compositor.render_strips()
        colours = {
            segment.style.color.name
            for strip in strips
            for segment in strip
            if segment.style and segment.style.color
        }
        assert colours <= {"default"}, colours
