"""The facilitator's notes on a second terminal: they follow by themselves, and change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from callcalm.language import use
from callcalm.room.file import BadSession
from callcalm.room.hosting import Hosted
from callcalm.room.journal import joined, voted
from callcalm.tui.hosting_notes import NotesApp, run_notes
from callcalm.tui.screens.page import Reading
from tests import support
from tests.tui.harness import SIZES, press, shown
from tests.world import desk


@asynccontextmanager
async def notes_of(
    folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[NotesApp, Hosted, Pilot[None]]]:
    """The notes of a session in which the caller has been heard out."""
    at = desk(folder)
    use("en")
    session = Hosted.begin(at, "test-call")
    for step in (session.room.start, session.room.listen):
        step()
    session.save()
    app = NotesApp(at, session.path)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, session, pilot
    at.close()


async def shows(app: NotesApp, words: str) -> str:
    """Wait until the notes have these words by themselves; the screen."""
    async with asyncio.timeout(100):
        while words not in " ".join(shown(app).split()):  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)  # the thread that reads needs its turn
    return shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_each_answer_does_stands_there(tmp_path: Path, size: tuple[int, int]) -> None:
    async with notes_of(tmp_path, size) as (app, _session, _pilot):
        text = await shows(app, "A. (−")
        assert "Notes: not for the projector" in text
        assert "the call · 72 steady" in text.splitlines()[0]
        for words in ("“Why did you", "[S0-", "say instead: ", "then: Excuse me?"):
            assert words in " ".join(text.split())
        assert all(len(line) <= size[0] for line in text.splitlines())
        assert text.splitlines()[-1].strip().startswith("enter read on")


async def test_they_follow_the_votes_and_the_steps(tmp_path: Path) -> None:
    async with notes_of(tmp_path, (100, 40)) as (app, session, _pilot):
        await shows(app, "Model answer.")
        room = session.room
        room.ask()
        session.save()
        await shows(app, "voting · 72 steady")
        session.journal.append([joined("ann"), voted(room.revision, "ann", "B")])
        session.journal.commit()
        await shows(app, "The votes so far: A 0, B 1, C 0.")
        room.settle("B")
        room.play()
        session.save()
        await shows(app, "ends it: resolved")
        room.saying()
        session.save()
        session.called_out("I am sorry, Ms. Alvarez. I will call you by four today.")
        await shows(app, "~ + ")
        session.called_out(support.HOSTILE)
        text = await shows(app, "[sighs] [/] [b")
        assert "\x1b" not in text
        room.drop()
        room.ask()
        room.settle("A")
        room.play()
        room.debrief()
        session.save()
        text = await shows(app, "Once round the room")
        assert "Next page: Description" in text
        session.end(keep=False)
        await shows(app, "The session is over.")


async def test_they_stay_where_they_are_read_while_votes_come_in(tmp_path: Path) -> None:
    async with notes_of(tmp_path, (60, 20)) as (app, session, pilot):
        session.room.ask()
        session.save()
        await shows(app, "voting")
        await press(pilot, "down", "down", "down")
        reading = app.screen.query_one(Reading)
        read_to = reading.scroll_offset.y
        assert read_to > 0
        session.journal.append([joined("ann"), voted(session.room.revision, "ann", "B")])
        session.journal.commit()
        before = reading.max_scroll_y
        async with asyncio.timeout(20):
            while reading.max_scroll_y == before:  # noqa: ASYNC110 - what is waited for sets no event
                await asyncio.sleep(0)
        assert reading.scroll_offset.y == read_to


async def test_keys_page_and_leave(tmp_path: Path) -> None:
    async with notes_of(tmp_path, (60, 20)) as (app, session, pilot):
        await shows(app, "A. (−")
        await press(pilot, "space", "down")
        assert app.screen.query_one(Reading).scroll_offset.y > 1
        await press(pilot, "up", "pageup")
        assert app.screen.query_one(Reading).scroll_offset.y == 0
        await press(pilot, "question_mark")
        assert "Close the notes, nothing else." in shown(app)
        await press(pilot, "escape", "q")
        assert not app.is_running
        assert session.path.exists()


def test_a_session_that_is_not_there_is_told_before_anything_is_drawn(tmp_path: Path) -> None:
    at = desk(tmp_path)
    with pytest.raises(BadSession):
        run_notes(at, "last")
    with pytest.raises(BadSession):
        run_notes(at, "no-such-session")
    at.close()
