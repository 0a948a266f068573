"""The first run on the screen: welcomed once, skipped with one key, told what is kept, invited to a call."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from callcalm.core.text import Text
from callcalm.core.worked import Worked
from callcalm.language import current
from callcalm.practice import learning
from callcalm.practice.desk import Desk
from callcalm.storage.settings import load_settings
from callcalm.tui.app import CallcalmApp
from callcalm.tui.widgets.keybar import fitted, keys_of, shown_on
from tests.support import scenario
from tests.tui.harness import SIZES, make_desk, place, press, shown

PAGES = 5


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system knows a name, and one worked call is shipped."""
    words = {
        name: Text(f"The {name}.") for name in ("scene", "caller", "bad", "then_bad", "good", "then_good", "rule")
    }
    worked = Worked(move="empathy.named", bad_move="blame.why-you", **words)
    monkeypatch.setattr(getpass, "getuser", lambda: "robin")
    monkeypatch.setattr(learning, "worked_calls", lambda *_: {"empathy.named": worked})


def fresh(folder: Path) -> Desk:
    """A desk where nobody has been."""
    desk = make_desk(folder, replace(scenario(), level=1, teaches=("empathy.named",)), player="")
    desk.player = ""
    return desk


@asynccontextmanager
async def first(desk: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[CallcalmApp, Pilot[None]]]:
    """The app as it opens on a first run."""
    app = CallcalmApp(desk)
    app.first_run = True
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot
    finally:
        app.desk.store.close()


async def turn(app: CallcalmApp, pilot: Pilot[None]) -> str:
    """Read this page to its end, and go on; what was read."""
    at, read = shown(app).splitlines()[0], ""
    while place(app) == "FirstRunScreen" and shown(app).splitlines()[0] == at:
        read += shown(app)
        await press(pilot, "enter")
    return read


@pytest.mark.parametrize("size", SIZES)
async def test_somebody_is_welcomed_named_told_and_invited(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = fresh(tmp_path)
    async with first(desk, size) as (app, pilot):
        pages = [" ".join((await turn(app, pilot)).split()) for _page in range(PAGES)]
        assert place(app) == "BriefScreen"
        assert app.practice is not None
    for page, words in zip(
        pages,
        ("English", "robin", "Nothing leaves this machine", "ctrl+q stops", "“A test call”"),
        strict=True,
    ):
        assert words in page
    assert "The then_good." in pages[-1]
    kept = load_settings(desk.folders.settings)
    assert (kept.language, kept.player) == ("en", "robin")
    assert app.desk.store.path.name == "robin.toml"


@pytest.mark.parametrize("page", range(PAGES))
async def test_one_key_skips_it_at_every_page(tmp_path: Path, page: int) -> None:
    desk = fresh(tmp_path)
    async with first(desk) as (app, pilot):
        for _page in range(page):
            await turn(app, pilot)
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
        assert "A test call" in shown(app)
        await press(pilot, "s", "escape")
        assert place(app) == "HomeScreen"
    assert desk.folders.settings.is_file(), "so that it is not shown again"
    assert load_settings(desk.folders.settings).player == ("robin" if page > 1 else "")


async def test_a_language_is_spoken_at_once_and_a_name_is_typed(tmp_path: Path) -> None:
    desk = fresh(tmp_path)
    async with first(desk) as (app, pilot):
        await press(pilot, "down", "enter")
        assert current() == "fr"
        await press(pilot, *"Zoë", "enter")
        assert app.desk.store.player == "Zoë"
        await press(pilot, "enter", "left", "enter")
        await press(pilot, "enter")
        assert place(app) == "HomeScreen", "there is no French call here, so no invitation"
        assert shown(app).splitlines()[0].endswith("Zoë")


async def test_the_way_back_leads_to_the_page_before(tmp_path: Path) -> None:
    async with first(fresh(tmp_path)) as (app, pilot):
        await press(pilot, "enter", "enter", "left")
        assert "2/5" in shown(app)
        assert "robin" in shown(app)


async def test_what_cannot_be_kept_is_told_and_one_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    async with first(fresh(tmp_path / "in the way")) as (app, pilot):
        await press(pilot, "enter")
        assert "cannot be saved" in shown(app)
        await press(pilot, "enter", "escape")
        assert place(app) in {"HomeScreen", "Question"}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells(tmp_path: Path, language: str) -> None:
    desk = fresh(tmp_path)
    desk.change_settings(language=language)
    async with first(desk, (60, 20)) as (app, pilot):
        for _page in range(PAGES - 1):
            pairs = shown_on(keys_of(app.screen))
            assert fitted(pairs, 58).plain == fitted(pairs, 1_000).plain
            await press(pilot, "enter")
