"""The encounters that come with callcalm, played to their end on the real desk, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.headers import Header
from callcalm.content.library import Library
from callcalm.core.call import offer
from callcalm.practice.desk import Desk
from callcalm.tui.app import CallcalmApp
from tests.tui.harness import SIZES, place, press, shown

HEADERS = [header for header in Library.standard(None, {}).headers(all_of_them=True) if header.problem is None]


@pytest.mark.parametrize("number", ["1", "2"])
@pytest.mark.parametrize("header", HEADERS, ids=lambda header: str(header.id))
async def test_a_shipped_encounter_can_be_played_to_the_save(tmp_path: Path, header: Header, number: str) -> None:
    ident = header.id
    desk = Desk.open(player="Sam", saves=tmp_path)
    desk.change_settings(language="en", motion="reduced", coach="live")
    app = CallcalmApp(desk, desk.begin(ident, seed=0))
    async with app.run_test(size=SIZES[int(number) - 1]) as pilot:
        await pilot.pause()
        while place(app) == "BriefScreen":
            await press(pilot, "enter")
        assert app.practice is not None
        while app.practice.round.state.over is None:
            now = offer(app.practice.round.state)
            if now.listen:
                await press(pilot, "space")
            elif now.task is not None:
                await press(pilot, *[str(n + 1) for n in range(now.task.pick)], "enter")
            else:
                free = [n for n, offered in enumerate(now.replies, 1) if not offered.locked]
                await press(pilot, str(free[min(int(number), len(free)) - 1]))
        await press(pilot, "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "n", "enter", "enter")
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        await press(pilot, "enter")
        assert place(app) == "HomeScreen"
        listed = not header.after  # what a promise brings back is no encounter of the list
        assert ("1 round, last" in shown(app)) is listed
        desk.store.close()
    assert [one.scenario for one in Desk.open(player="Sam", saves=tmp_path).store.rounds()] == [ident]
