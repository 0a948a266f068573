"""What is copied is on the clipboard, safe, and said to be; and it stands on the screen as well."""

from __future__ import annotations

from pathlib import Path

from callcalm.core.actions import Choose, CutIn
from callcalm.core.price import PriceSheet
from callcalm.core.text import unsafe
from callcalm.practice.round import Stage
from callcalm.tui.app import CallcalmApp
from callcalm.tui.messages import ShowText
from tests.support import HOSTILE
from tests.tui.harness import make_desk, place, press, running, shown


async def test_the_whole_round_is_copied_from_the_reveal(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    practice = desk.begin("test-call")
    practice.go(Stage.CALL)
    for action in (CutIn(), Choose("opening/warm"), Choose("heard/1")):
        practice.take(action)
    practice.sketch(PriceSheet().answered(True))
    practice.confirm()
    app = CallcalmApp(desk, practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert place(app) == "RevealScreen"
        await press(pilot, "y")
        assert app.clipboard.startswith("# A test call\n")
        assert "## PRICE" in app.clipboard
        assert "copied, if your terminal lets programs copy" in " ".join(shown(app).split())
        assert "Maria Alvarez, billing." in shown(app)
    desk.store.close()


async def test_nothing_unsafe_reaches_the_clipboard(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        app.post_message(ShowText("text", HOSTILE))
        await pilot.pause()
        assert "[sighs] [/]" in app.clipboard
        assert not unsafe().search(app.clipboard)
