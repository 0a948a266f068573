"""Text that would like to be something else, words that never end, wide characters, and windows of every size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.events import Paste

from callcalm.content.headers import Header
from callcalm.core.model import Caller, Part, Promise, Scenario, Task
from callcalm.core.text import Text, safe, unsafe
from tests.support import HOSTILE, scenario
from tests.tui.harness import make_desk, place, press, running, shown

NASTY = safe(HOSTILE, multiline=False)
LONG = Text("Donaudampfschifffahrtsgesellschaft" * 12)
WIDE = Text("請求書が二重に届きました。" * 8 + " 👩‍👩‍👧 e\u0301\u0301\u0301")


def poisoned(words: Text) -> Scenario:
    """The test scenario with these words in every field that a writer fills in."""
    base = scenario()
    beats = {
        key: replace(
            beat,
            caller=tuple(words for _part in beat.caller),
            replies=tuple(
                replace(
                    reply,
                    say=words,
                    findings=tuple(
                        replace(f, start=0, end=min(8, len(words)), matched=words[:8]) for f in reply.findings
                    ),
                    promises=tuple(Promise(words, words, True, None) for _promise in reply.promises),
                )
                for reply in beat.replies
            ),
            compose=Task(
                2, beat.compose.ideal, beat.compose.goto, tuple(Part(words, p.move) for p in beat.compose.parts)
            )
            if beat.compose
            else None,
        )
        for key, beat in base.beats.items()
    }
    return replace(
        base,
        title=words,
        setting=words,
        brief=words,
        caller=Caller(words, (words,), words, (words, words)),
        beats=beats,
        endings={key: replace(end, text=words, lesson=words) for key, end in base.endings.items()},
        pressed=(words,),
    )


def check(screen: str, width: int) -> None:
    assert unsafe().search(screen.replace("\n", "")) is None
    for payload in ("\x1b", "\x9b", "\u202e", "\u2028"):
        assert payload not in screen
    assert all(cell_len(line) <= width for line in screen.split("\n"))


@pytest.mark.parametrize(
    ("words", "size"),
    [
        (NASTY, (60, 20)),
        (NASTY, (80, 24)),
        (NASTY, (140, 40)),
        (LONG, (60, 20)),
        (WIDE, (60, 20)),
        (WIDE, (140, 40)),
    ],
    ids=["markup-60", "markup-80", "markup-140", "long-60", "wide-60", "wide-140"],
)
async def test_no_text_of_a_file_or_a_player_breaks_a_screen(
    tmp_path: Path, words: Text, size: tuple[int, int]
) -> None:
    width = size[0]
    broken = [Header(words, Path("x"), problem=str(words))]
    desk = make_desk(tmp_path, poisoned(words), broken=broken, player=words[:40])
    async with running(desk, size) as (app, pilot):

        async def go(*keys: str) -> None:
            for key in keys:
                await press(pilot, key)
                check(shown(app), width)

        check(shown(app), width)
        await go("enter", "question_mark", "escape", "p", "escape", "c")
        while place(app) == "BriefScreen":
            await go("enter")
        await go("space", "space", "t", "x", "escape", "n")
        app.post_message(Paste(HOSTILE))
        await pilot.pause()
        await go("enter", "escape", "2", "2", "2", "1", "enter", "y", "escape", "pageup", "pagedown")
        assert app.practice is not None
        assert app.practice.round.state.over is not None
        await go("enter")
        while place(app) == "RereadScreen":
            await go("enter")
        await go("y", "enter", "enter")
        while place(app) == "RevealScreen":
            await go("enter")
        app.post_message(Paste(HOSTILE))
        await pilot.pause()
        await go("enter")
        assert place(app) == "HomeScreen"
        await go("s", "escape")


async def test_brackets_are_shown_as_they_are_written(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path, poisoned(NASTY)), (140, 40)) as (app, pilot):
        assert "[sighs] [/] [b \ufffd[2J" in shown(app)
        await press(pilot, "enter")
        assert shown(app).count("[sighs] [/] [b \ufffd[2J") >= 2
        await press(pilot, "enter")
        assert place(app) == "CallScreen"
        text = shown(app)
        assert "[sighs] [/] [b \ufffd[2J \ufffdabc\ufffd [link=file:///etc/passwd]x[/] \ufffd31m" in text


async def test_what_is_pasted_is_made_safe_before_it_is_shown(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space", "t")
        app.post_message(Paste(f"{HOSTILE}\nand more"))
        await pilot.pause()
        assert "[sighs] [/] [b \ufffd[2J" in shown(app)
        assert "and more" in shown(app)
        check(shown(app), 80)
        app.post_message(Paste("x" * 5_000))
        await pilot.pause()
        await press(pilot, "enter")
        assert app.practice is not None
        assert app.practice.round.state.answers == 1


WINDOWS = [(20, 5), (1, 1), (500, 2), (39, 12), (40, 11), (500, 300), (80, 24)]


async def resized(app: object, pilot: object, size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]


async def test_every_screen_lives_through_windows_of_every_size(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):

        async def torture() -> None:
            before, words = place(app), shown(app)
            for size in WINDOWS:
                await resized(app, pilot, size)
                if size[0] < 40 or size[1] < 12:
                    assert place(app) == "TooSmall"
                else:
                    assert place(app) == before
            assert shown(app) == words

        await torture()
        await press(pilot, "g", *"blame")
        await torture()
        await press(pilot, "enter")
        await torture()
        await press(pilot, "escape", "escape", "s")
        await torture()
        await press(pilot, "escape", "enter")
        await torture()
        await press(pilot, "p")
        await torture()
        await press(pilot, "escape")
        while place(app) == "BriefScreen":
            await press(pilot, "enter")
        await press(pilot, "space", "space")
        await torture()
        await press(pilot, "t", "h", "i")
        await torture()
        await press(pilot, "exclamation_mark")
        assert "hi!" in shown(app), "the cursor is where it was"
        await press(pilot, "escape", "n", "a")
        await torture()
        await press(pilot, "enter", "escape", "2", "2")
        await torture()
        await press(pilot, "2", "1", "enter", "enter")
        await torture()
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await torture()
        await press(pilot, "y", "enter")
        await torture()
        await press(pilot, "enter")
        await torture()
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        await torture()
        await press(pilot, "ctrl+c", "question_mark")


async def test_a_small_window_says_so_and_takes_no_keys_but_quit(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "space", "space")
        await resized(app, pilot, (30, 8))
        assert "Too small" in shown(app)
        await press(pilot, "1", "enter")
        assert app.practice is not None
        assert app.practice.round.state.answers == 0
        await resized(app, pilot, (60, 20))
        assert place(app) == "CallScreen"
        await press(pilot, "1")
        assert app.practice.round.state.answers == 1
        await resized(app, pilot, (30, 8))
        await press(pilot, "ctrl+q")
    assert app.return_code == 0


async def test_starting_in_a_small_window_says_so(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), (20, 5)) as (app, pilot):
        assert "Too small" in shown(app)
        await resized(app, pilot, (80, 24))
        assert place(app) == "HomeScreen"
        assert "A test call" in shown(app)
