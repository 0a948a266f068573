"""The ledger on the screen: from home by its key, back by escape, and into the encounter that comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promised import SATURDAY, at, made
from tests.tui.harness import place, press, running, shown


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_from_home_to_a_due_promise_and_into_its_call(tmp_path: Path, size: tuple[int, int]) -> None:
    made(tmp_path, "lost")
    made(tmp_path)
    async with running(at(tmp_path, SATURDAY), size) as (app, pilot):
        await press(pilot, "p")
        assert place(app) == "PromisesScreen"
        text = shown(app)
        assert "Due now" in text
        assert "To Maria Alvarez: call Maria, by 16:00" in text
        assert "go back" in text
        await press(pilot, "down")
        assert "go back" not in shown(app).splitlines()[-1]
        await press(pilot, "enter")
        assert place(app) == "PromisesScreen"
        await press(pilot, "up", "enter")
        assert place(app) == "BriefScreen"
        assert "What you promised" in shown(app)
        assert app.practice is not None
        assert app.practice.round.state.beat == "glad"


async def test_an_empty_ledger_says_how_promises_come_about(tmp_path: Path) -> None:
    async with running(at(tmp_path, SATURDAY)) as (app, pilot):
        await press(pilot, "p")
        assert "You have promised nothing yet" in "\n".join(shown(app).splitlines()[:4])
        await press(pilot, "enter", "escape")
        assert place(app) == "HomeScreen"


async def test_what_was_promised_again_is_listed_once(tmp_path: Path) -> None:
    made(tmp_path)
    made(tmp_path)
    async with running(at(tmp_path, SATURDAY)) as (app, pilot):
        await press(pilot, "p")
        assert shown(app).count("call Maria, by 16:00") == 1
        assert "1 older promise was made again in a later round" in shown(app)
        assert "You have promised nothing yet" not in shown(app)


async def test_other_house_rules_keep_the_promise_and_the_opening(tmp_path: Path) -> None:
    made(tmp_path, "money")
    async with running(at(tmp_path, SATURDAY)) as (app, pilot):
        await press(pilot, "p", "enter", "p", "2")
        assert place(app) == "BriefScreen"
        assert app.practice is not None
        assert app.practice.returning is not None
        assert app.practice.round.state.beat == "cold"
        assert app.practice.round.opening.playbook.id != "core"
