"""The workshop on the screen: findings, map and preview of a file, through every kind of save."""

from __future__ import annotations

import os
import subprocess
import sys
from asyncio import to_thread
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from callcalm.content.scenarios import CAP
from callcalm.language import use
from callcalm.tui.screens import workshop_bench
from callcalm.tui.screens.workshop import WorkshopScreen
from callcalm.tui.screens.workshop_bench import BenchPage
from callcalm.tui.screens.workshop_messages import Saved
from callcalm.tui.widgets.keybar import MOST, fitted, keys_of, shown_on
from callcalm.tui.widgets.lines import Lines
from callcalm.tui.workshop import WorkshopApp
from callcalm.workshop import watching
from callcalm.workshop.session import Bench, Workshop
from tests.content.small import SMALL, changed
from tests.support import HOSTILE
from tests.tui.harness import SIZES, press, shown
from tests.tui.harness import settled as dealt_with
from tests.tui.test_looks import check
from tests.tui.test_snapshots import keep
from tests.world import desk

BROKEN = changed(('goto = "heard"', 'goto = "herd"'))
LAST_GOOD = "This is the last version that could be played."


@pytest.fixture(autouse=True)
def told_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is not watched: a test says itself that the file was saved."""

    def once(_path: Path, _stop: Event) -> Iterator[None]:
        yield

    monkeypatch.setattr(watching, "saves", once)


@asynccontextmanager
async def writing(
    folder: Path, text: str | None = SMALL, size: tuple[int, int] = (80, 24), theme: str | None = None
) -> AsyncIterator[tuple[WorkshopApp, Pilot[None], Path]]:
    """The workshop with a file that has been read."""
    path = folder / "call.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    at = desk(folder)
    use("en")
    app = WorkshopApp(at, path, theme)
    async with app.run_test(size=size) as pilot:
        await settled(app, pilot)
        yield app, pilot, path


async def settled(app: WorkshopApp, pilot: Pilot[None]) -> None:
    """Until no thread is at work, and all that they brought is shown."""
    await dealt_with(pilot)
    while (busy := [worker for worker in app.workers if not worker.is_finished]) or at_work(app):
        await app.workers.wait_for_complete(busy)
        await pilot.pause()


def at_work(app: WorkshopApp) -> bool:
    """Whether something is read or drawn, or has been and is not taken over yet."""
    return any(
        page.is_attached and (page.reading or page._charting)
        for page in app.screen_stack
        if isinstance(page, BenchPage)
    )


async def save(app: WorkshopApp, pilot: Pilot[None], path: Path, text: str) -> None:
    """What an editor does."""
    await to_thread(path.write_text, text, encoding="utf-8")
    app.screen.post_message(Saved())
    await settled(app, pilot)


async def keys(app: WorkshopApp, pilot: Pilot[None], *pressed: str) -> None:
    """Press keys, and wait for the threads that they set to work."""
    await press(pilot, *pressed)
    await settled(app, pilot)


def bench_of(app: WorkshopApp) -> Bench:
    assert isinstance(app.screen, WorkshopScreen)
    return app.screen.bench


def place(app: WorkshopApp) -> str:
    preview = bench_of(app).preview
    assert preview is not None
    return preview.state.ending or preview.state.beat


@pytest.mark.parametrize("size", SIZES)
async def test_a_finding_is_shown_with_its_line_and_a_caret(tmp_path: Path, size: tuple[int, int]) -> None:
    async with writing(tmp_path, BROKEN, size) as (app, _pilot, _path):
        screen = shown(app)
        assert "1 error" in screen
        assert "CC101 there is no beat or ending `herd`" in screen
        assert 'goto = "herd"' in screen
        assert "^^^^^^" in screen
        assert "Did you mean `heard`?" in screen
        assert "It cannot be played yet." in screen


async def test_the_marker_goes_to_an_error_that_is_new_and_stays_on_what_it_stood_on(tmp_path: Path) -> None:
    twice = SMALL.replace('say = "', 'say = "FILL IN ', 2)
    async with writing(tmp_path, twice) as (app, pilot, path):
        findings = app.screen.query_one("#findings", Lines)

        def marked() -> tuple[str, str]:
            one = bench_of(app).findings[int(findings.chosen or 0)]
            return one.rule, one.more.get("path", "")

        codes = [one.rule for one in bench_of(app).findings]
        last = len(codes) - 1 - codes[::-1].index("CC609")
        await keys(app, pilot, *["down"] * last)
        stood = marked()
        assert stood[0] == "CC609"
        await save(app, pilot, path, "# A line more.\n" + twice)
        assert marked() == stood
        await save(app, pilot, path, twice.replace('goto = "heard"', 'goto = "herd"'))
        assert marked()[0] == "CC101"
        await keys(app, pilot, "home")
        first = marked()
        await save(app, pilot, path, "# A line more.\n" + twice.replace('goto = "heard"', 'goto = "herd"'))
        assert marked() == first, "the error was there before: whoever looks elsewhere is left alone"


async def test_help_promises_no_saving_of_a_preview(tmp_path: Path) -> None:
    async with writing(tmp_path, size=(80, 80)) as (app, pilot, _path):
        await keys(app, pilot, "question_mark")
        screen = shown(app)
        assert "your file stays as it is" in screen
        assert "is saved" not in screen
        await keys(app, pilot, "escape", "ctrl+p")
        assert "your file stays as it is" in shown(app)
        assert "is saved" not in shown(app)
        await keys(app, pilot, "escape", "ctrl+c")
        assert "to quit; your file stays as it is." in shown(app)


async def test_a_map_that_takes_a_while_says_so(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, _path):
        await keys(app, pilot, "m")
        assert "to begin with" in shown(app)
        assert isinstance(app.screen, WorkshopScreen)
        app.screen.chart = None
        app.screen.tell_chart()
        await pilot.pause()
        assert "The map is being worked out…" in shown(app)


async def test_a_save_brings_new_findings_and_the_last_good_version_stays_up(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, path):
        await keys(app, pilot, "p", "space", "2")
        assert place(app) == "heard"
        for text in (BROKEN, SMALL[:400], "", SMALL.replace("\n", "\r\n")[:-9]):
            await save(app, pilot, path, text)
            assert "error" in shown(app).splitlines()[0]
            assert LAST_GOOD in shown(app)
            assert "So what happens now?" in shown(app)
        await save(app, pilot, path, SMALL.replace("\n", "\r\n"))
        assert LAST_GOOD not in shown(app)
        assert "error" not in shown(app).splitlines()[0]
        assert place(app) == "heard"


async def test_a_file_that_vanishes_or_is_too_large_is_a_finding(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, path):
        path.unlink()
        await keys(app, pilot, "ctrl+r")
        assert "there is no such file" in shown(app)
        assert LAST_GOOD in shown(app)
        await save(app, pilot, path, "#" * (CAP + 1))
        assert "the file is larger than" in shown(app)


async def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    async with writing(tmp_path, None) as (app, pilot, path):
        await keys(app, pilot, "m", "enter", "c", "p", "space", "v", "u", "r", "1", "tab", "tab", "down")
        assert "It cannot be played yet." in shown(app)
        await keys(app, pilot, "p")
        assert "Composure" not in shown(app)
        await save(app, pilot, path, SMALL)
        assert "Composure" in shown(app)
        assert "It cannot be played yet." not in shown(app)
        assert place(app) == "opening"


async def test_the_preview_is_played_and_every_move_explained(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, _path):
        await keys(app, pilot, "p", "space")
        await keys(app, pilot, "down")
        assert "It leads to `heard`. Composure 68 of 100, up 6" in shown(app)
        await keys(app, pilot, "enter")
        screen = shown(app)
        assert "▲ up 6" in screen
        assert "“I will stay on”: taking it on yourself (+6)." in screen
        assert "~~~~~~~~~~~~~~ + taking it on yourself" in screen
        assert "heard (wary) · callback = true" in screen
        await keys(app, pilot, "2", "1", "backspace", "1", "enter")
        assert place(app) == "settled"
        await keys(app, pilot, "u", "u")
        assert place(app) == "opening"
        await keys(app, pilot, "o")
        assert place(app) == "heard", "what fits no answer takes the way of `otherwise`"
        await keys(app, pilot, "r", "x")
        assert "You cut Maria off" in shown(app)


async def test_the_place_is_kept_when_replies_are_put_in(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, path):
        await keys(app, pilot, "p", "space", "2")
        new = '[[beats.opening.replies]]\nid = "new"\nsay = "Hm."\ngoto = "heard"\n\n'
        await save(app, pilot, path, changed(("[[beats.opening.replies]]\n", new + "[[beats.opening.replies]]\n")))
        assert place(app) == "heard"
        await save(app, pilot, path, changed(('id = "stay"', 'id = "remain"'), ('do = ["stay"', 'do = ["remain"')))
        assert place(app) == "heard"
        assert "The old way is gone" in shown(app)


async def test_what_is_done_while_the_file_is_read_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with writing(tmp_path) as (app, pilot, path):
        go_on, real = Event(), Workshop.reload

        def slowly(self: Workshop, bench: Bench) -> Bench:
            read = real(self, bench)
            go_on.wait(30)
            return read

        monkeypatch.setattr(Workshop, "reload", slowly)
        path.write_text(BROKEN, encoding="utf-8")
        app.screen.post_message(Saved())
        await press(pilot, "p", "space", "2")
        assert place(app) == "heard", "the screen does not wait for the reading"
        path.write_text(SMALL.replace("Third time", "Fourth time"), encoding="utf-8")
        app.screen.post_message(Saved())
        await pilot.pause()
        go_on.set()
        await settled(app, pilot)
        scenario = bench_of(app).scenario
        assert scenario is not None
        assert (place(app), scenario.title, bench_of(app).current) == ("heard", "Fourth time", True)


async def test_a_reading_that_takes_a_while_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with writing(tmp_path) as (app, pilot, path):
        go_on, real = Event(), Workshop.reload

        def slowly(self: Workshop, bench: Bench) -> Bench:
            go_on.wait(30)
            return real(self, bench)

        monkeypatch.setattr(Workshop, "reload", slowly)
        monkeypatch.setattr(workshop_bench, "SLOW", 0.001)
        path.write_text(BROKEN, encoding="utf-8")
        app.screen.post_message(Saved())
        while "Reading the file…" not in shown(app):
            await pilot.pause()
        go_on.set()
        await settled(app, pilot)
        assert "Reading the file…" not in shown(app)
        assert "1 error" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_map_leads_to_every_place_by_a_real_way(tmp_path: Path, size: tuple[int, int]) -> None:
    async with writing(tmp_path, SMALL, size) as (app, pilot, _path):
        await keys(app, pilot, "m")
        for words in ("to begin with", "● ", "opening (furious)", "after 1 answer", "heard (wary)", "endings"):
            assert words in shown(app)
        await keys(app, pilot, "down")
        assert "1, 2, otherwise > heard" not in shown(app), "the panel tells of the marked place"
        await keys(app, pilot, "enter")
        assert place(app) == "heard"
        assert "▸ Preview heard" in shown(app)
        await keys(app, pilot, "m", "c")
        assert "heard: 100 %, composure" in shown(app), "what there is to choose from"
        await keys(app, pilot, *"57", "enter")
        preview = bench_of(app).preview
        assert preview is not None
        assert (place(app), preview.state.composure < 57) == ("heard", True)
        await keys(app, pilot, "m", "c", *"2", "enter")
        assert "Nobody comes to `heard` with a composure under 2; the least is" in " ".join(shown(app).split())
        await keys(app, pilot, "c", "x", "enter")
        assert "Write a whole number" in shown(app)


async def test_variables_and_composure_are_set_by_hand_and_marked_so(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, _path):
        await keys(app, pilot, "p", "space", "v")
        assert "mood_word = cross" in shown(app)
        await keys(app, pilot, *"composure 22", "enter")
        assert "set by hand" in shown(app)
        assert "22 brittle" in shown(app)
        assert "needs a breath (b)" in shown(app)
        await keys(app, pilot, "v", *"tries x", "enter")
        assert "`tries` cannot be x: it is a whole number" in shown(app)
        await keys(app, pilot, "u")
        assert "set by hand" not in shown(app)
        await keys(app, pilot, "m", "v", *"composure 31", "enter")
        assert "▸ Preview" in shown(app)
        assert "31 strained" in shown(app)


async def test_the_editor_opens_at_what_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(words: list[str], **_rest: Any) -> subprocess.CompletedProcess[bytes]:
        ran.append(words)
        return subprocess.CompletedProcess(words, 0)

    def no_suspend(_app: WorkshopApp) -> AbstractContextManager[None]:
        return nullcontext()

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(WorkshopApp, "suspend", no_suspend)
    monkeypatch.setitem(os.environ, "VISUAL", "vim -n")
    async with writing(tmp_path, BROKEN) as (app, pilot, path):
        await keys(app, pilot, "enter")
        line = BROKEN.split("\n").index('goto = "herd"') + 1
        await save(app, pilot, path, SMALL)
        await keys(app, pilot, "m", "down", "e")
        heard = SMALL.split("\n").index("[beats.heard]") + 1
        assert ran == [["vim", "-n", f"+{line}", str(path)], ["vim", "-n", f"+{heard}", str(path)]]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("", "No editor is named."),
        ("/not/there --wait", "There is no program /not/there;"),
        ("{folder}", "is no program that you may run"),
        ('vi "', "missing a quotation mark"),
        ("{python} -c 'raise SystemExit(3)'", "ended with an error (3)"),
    ],
)
async def test_an_editor_that_does_not_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, said: str
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("VISUAL", named.format(folder=tmp_path, python=sys.executable))
    given, back = [], []

    @contextmanager
    def suspend(_app: WorkshopApp) -> Iterator[None]:
        # Like the library's own, which takes the terminal back only if the block ends well.
        given.append(named)
        yield
        back.append(named)

    monkeypatch.setattr(WorkshopApp, "suspend", suspend)
    async with writing(tmp_path) as (app, pilot, _path):
        await keys(app, pilot, "e")
        assert said in " ".join(shown(app).split())
        assert "Errno" not in shown(app)
    assert given == back


async def test_what_was_refused_is_told_until_the_writer_turns_to_another_pane(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, _path):
        await keys(app, pilot, "m", "c", "x", "enter")
        assert "Write a whole number" in shown(app)
        await keys(app, pilot, "down")
        assert "Write a whole number" in shown(app)
        await keys(app, pilot, "tab")
        assert "Write a whole number" not in shown(app)


async def test_a_terminal_that_cannot_be_lent_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "vi")
    async with writing(tmp_path) as (app, pilot, _path):  # the tests' own terminal is one
        await keys(app, pilot, "e")
        assert "This terminal cannot be lent to an editor" in shown(app)


async def test_however_many_variables_there_are_the_field_stays_in_sight(tmp_path: Path) -> None:
    many = "".join(f"extra_{n} = {{ start = 0, least = 0, most = 9 }}\n" for n in range(40))
    async with writing(tmp_path, changed(("[vars]\n", f"[vars]\n{many}")), (60, 20)) as (app, pilot, _path):
        await keys(app, pilot, "v")
        assert "composure = " in shown(app)
        assert "page down read on" in shown(app), "the keys for the rest are named"
        await keys(app, pilot, "pagedown")
        assert "composure = " not in shown(app)
        await keys(app, pilot, "pageup", *"extra_39 = 7")
        assert "composure = " in shown(app)
        assert "extra_39 = 7" in shown(app), "the field"
        await keys(app, pilot, "enter")
        assert "set by hand" in shown(app)


async def test_keys_that_turn_pages_are_named_only_where_there_are_pages(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, _path):
        await keys(app, pilot, "v")
        assert "set what?" in shown(app).lower()
        assert "page down" not in shown(app)


async def test_an_ending_is_told_by_its_kind_and_as_fits_the_channel(tmp_path: Path) -> None:
    async with writing(tmp_path, changed(('channel = "phone"', 'channel = "in-person"'))) as (app, pilot, _path):
        await keys(app, pilot, "m", "end", "up", "enter")
        assert "settled (resolved)" in shown(app)
        assert "It is over: resolved." in shown(app)
        assert "The call is over" not in shown(app)


async def test_without_a_call_there_are_no_rules_between_its_parts(tmp_path: Path) -> None:
    async with writing(tmp_path, None) as (app, pilot, path):
        for pane in ("m", "p"):
            await keys(app, pilot, pane)
            assert "─" not in shown(app)
        await save(app, pilot, path, SMALL)
        assert "─" in shown(app)


async def test_a_thousand_beats_cost_no_widget_each(tmp_path: Path) -> None:
    beats = "".join(
        f'[beats.b{n}]\nmood = "wary"\ncaller = "And {n}?"\n\n[[beats.b{n}.replies]]\nsay = "Yes, {n}."\n'
        f'goto = "{f"b{n + 1}" if n < 999 else "gone"}"\n\n'
        for n in range(1_000)
    )
    text = changed(
        ('[beats.heard.otherwise]\ngoto = "gone"\n', f'[beats.heard.otherwise]\ngoto = "b0"\n\n{beats}')
    )
    async with writing(tmp_path, text) as (app, pilot, _path):
        assert len(list(app.screen.walk_children())) < 40
        await keys(app, pilot, "m", "end")
        assert "▸   × gone (lost)" in shown(app)
        await keys(app, pilot, "pageup")
        assert (app.screen.query_one("#map", Lines).chosen or "").startswith("b9")
        await keys(app, pilot, "home")
        assert "▸ ●" in shown(app)
        assert app.screen.query_one("#map", Lines).chosen == "opening"


async def test_text_of_a_file_is_never_markup(tmp_path: Path) -> None:
    nasty = HOSTILE.replace("\x1b", "\\u001b").replace("\x9b", "\\u009b").replace("\u2028", "\\u2028")
    text = changed(("Finally.", nasty.replace("\u202e", "\\u202e")), ("Why did you wait?", "[/] [b] [reverse]why"))
    async with writing(tmp_path, text, (140, 40)) as (app, pilot, path):
        await keys(app, pilot, "m", "p", "space")
        assert "[sighs]" in shown(app)
        assert "[/] [b] [reverse]why" in shown(app)
        await save(app, pilot, path, f"{text}\n[/] = \x1b[2J")
        await keys(app, pilot, "f")
        assert "error" in shown(app)
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown(app))


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells(tmp_path: Path, language: str) -> None:
    async with writing(tmp_path, SMALL, (60, 20)) as (app, pilot, _path):
        use(language)
        for pressed in (("m",), ("f",), ("p",), ("space",), ("1",), ("2", "1"), ("enter",)):
            await keys(app, pilot, *pressed)
            pairs = shown_on(keys_of(app.screen))
            assert len(pairs) <= MOST
            assert fitted(pairs, 58).plain == fitted(pairs, 1_000).plain


@pytest.mark.parametrize(("theme", "least"), [("calm", 4.5), ("contrast", 7.0), ("projector", 4.5)])
async def test_every_cell_has_contrast(tmp_path: Path, theme: str, least: float) -> None:
    async with writing(tmp_path, BROKEN, (140, 40), theme) as (app, pilot, path):
        check(app, least)  # type: ignore[arg-type]  # an app of the same kind
        await save(app, pilot, path, SMALL)
        for pressed in ("m", "down", "p", "space", "2", "v", "escape"):
            await keys(app, pilot, pressed)
            check(app, least)  # type: ignore[arg-type]


async def test_windows_of_every_size(tmp_path: Path) -> None:
    async with writing(tmp_path) as (app, pilot, _path):
        for pane in "fmp":
            await keys(app, pilot, pane)
            for size in ((1, 1), (40, 12), (300, 100), (60, 20), (110, 30), (80, 24)):
                await pilot.resize_terminal(*size)
                await pilot.pause()
        assert "▸ Preview opening" in shown(app)


@pytest.mark.parametrize("name", ["write-findings-80", "write-map-60", "write-preview-60", "write-wide-140"])
async def test_it_looks_as_it_was_seen(tmp_path: Path, name: str) -> None:
    size = {"60": (60, 20), "80": (80, 24), "140": (140, 40)}[name.rpartition("-")[2]]
    async with writing(tmp_path, SMALL, size) as (app, pilot, path):
        if "findings" in name:
            await save(app, pilot, path, BROKEN)
        elif "map" in name:
            await keys(app, pilot, "m", "down")
        else:
            await keys(app, pilot, "p", "space", "2")
        keep(name, shown(app))


async def test_a_place_and_a_finding_are_found_by_words(tmp_path: Path) -> None:
    async with writing(tmp_path, changed(('mood = "wary"', 'mood = "waryy"'))) as (app, pilot, path):
        await press(pilot, "slash", *"waryy", "enter")
        findings = app.screen.query_one("#findings", Lines)
        assert findings.chosen is not None
        assert "CC104" in shown(app)
        await save(app, pilot, path, SMALL)
        await press(pilot, "m", "slash", *"so what", "enter")
        chart = app.screen.query_one("#map", Lines)
        assert chart.chosen == "heard"
        await press(pilot, "slash", *"opening", "enter")
        assert chart.chosen == "opening"
        await press(pilot, "slash", *"xyzzy", "enter")
        assert chart.chosen == "opening"
        assert "Nothing here has “xyzzy” in it." in shown(app)
        await press(pilot, "p", "slash")
        assert "Find what?" not in shown(app)
