"""A letter on the screen, by keyboard alone: read, rated, compared, rewritten, written; left in the middle."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot

from callcalm.content.registry import load_rulebook
from callcalm.core.text import unsafe
from callcalm.practice.lettering import Lettering, bring
from callcalm.storage.records import RoundRecord
from callcalm.storage.trouble import CannotSave, Reason
from callcalm.tui.app import CallcalmApp
from callcalm.tui.widgets.keybar import fitted, keys_of, shown_on
from tests.practice.test_lettering import LETTER
from tests.support import HOSTILE
from tests.tui.harness import SIZES, make_desk, place, press, shown, typed

BETTER = "What happened on your side?"


@asynccontextmanager
async def practising(
    folder: Path, text: str = LETTER, size: tuple[int, int] = (80, 24), language: str = "en"
) -> AsyncIterator[tuple[CallcalmApp, Pilot[None], Lettering]]:
    """A letter of this text, begun from the command line."""
    desk = make_desk(folder, language=language)
    desk.__dict__["rulebook"] = SimpleNamespace(registry=load_rulebook().registry)
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    lettering = bring(desk, str(folder / "letter.txt"))
    app = CallcalmApp(desk)
    app.drilling = lettering
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot, lettering
    finally:
        desk.store.close()


def kept(folder: Path) -> list[RoundRecord]:
    with make_desk(folder).store as store:
        return list(store.rounds())


async def through(app: CallcalmApp, pilot: Pilot[None], screen: str) -> None:
    """Read on to the end of this screen, and past it."""
    while place(app) == screen:
        await press(pilot, "enter")


async def to_lines(app: CallcalmApp, pilot: Pilot[None]) -> None:
    """Rated 3 for Respect, and at the first line."""
    await through(app, pilot, "LetterReadScreen")
    await press(pilot, "down", "3", "enter", "enter")
    await through(app, pilot, "LetterCompareScreen")


async def rewrite(pilot: Pilot[None], words: str) -> None:
    await press(pilot, "t", "home", "ctrl+k")
    await typed(pilot, words)
    await press(pilot, "enter")


def words_of(app: CallcalmApp) -> str:
    return " ".join(shown(app).split())


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_first_reading_to_a_new_file(tmp_path: Path, size: tuple[int, int]) -> None:
    async with practising(tmp_path, size=size) as (app, pilot, lettering):
        assert "Nothing leaves this machine." in words_of(app)
        await through(app, pilot, "LetterReadScreen")
        assert place(app) == "LetterSheetScreen"
        await press(pilot, "down", "3")
        assert "Total +3" in words_of(app)
        await press(pilot, "enter", "enter")
        assert place(app) == "LetterCompareScreen"
        assert "Respect +3" in words_of(app)
        await through(app, pilot, "LetterCompareScreen")
        assert "line 1 of 3" in shown(app)
        assert "^^^^^^^^^^^ − blame" in shown(app)
        assert "Say instead:" in shown(app)
        await rewrite(pilot, "Why did you not call?")
        assert "1 place in it still costs." in words_of(app)
        assert "▸ t" in shown(app)
        await rewrite(pilot, BETTER)
        assert "Nothing in it costs now." in words_of(app)
        assert "3 as it came, 2 now." in words_of(app)
        assert "▸ k" in shown(app)
        await press(pilot, "enter")
        assert "line 2 of 3" in shown(app)
        await press(pilot, "k", "k")
        assert place(app) == "LetterEndScreen"
        assert "Respect:" in words_of(app)
        await press(pilot, "w", "enter")
        assert "Written:" in shown(app)
        assert (tmp_path / "letter-improved.txt").read_text("utf-8") == lettering.text
        await press(pilot, "y")
        assert app.clipboard.startswith("Dear Mr. Ortega,")
        assert "copied" in words_of(app)
        await press(pilot, "escape")
        await through(app, pilot, "LetterEndScreen")
        assert place(app) == "HomeScreen"
    (record,) = kept(tmp_path)
    assert (record.scenario, record.ending) == ("letter/letter.txt", "3-to-2")


async def test_the_box_holds_the_line_and_escape_changes_nothing(tmp_path: Path) -> None:
    async with practising(tmp_path) as (app, pilot, lettering):
        await to_lines(app, pilot)
        await press(pilot, "t")
        box = app.screen.query_one("#own-words")
        assert box.text == "Why did you wait until now to tell us?"  # type: ignore[attr-defined]  # a LineBox
        await press(pilot, "x", "escape")
        assert not lettering.changed
        await press(pilot, "t")
        assert box.text.endswith("us?x")  # type: ignore[attr-defined]  # as before
        await press(pilot, "home", "ctrl+k", "enter")
        assert "nothing written yet" in words_of(app)
        assert not lettering.changed


async def test_the_same_line_again_is_no_change(tmp_path: Path) -> None:
    async with practising(tmp_path) as (app, pilot, lettering):
        await to_lines(app, pilot)
        await press(pilot, "t", "enter")
        assert lettering.tried is None
        assert "Keep it, and go on." in shown(app)


async def test_leaving_in_the_middle_asks_how_and_keeps_it(tmp_path: Path) -> None:
    async with practising(tmp_path) as (app, pilot, _lettering):
        await to_lines(app, pilot)
        await press(pilot, "escape")
        assert "see the letter as it is now" not in words_of(app), "nothing has changed yet"
        await press(pilot, "escape")
        assert place(app) == "LetterScreen"
        await rewrite(pilot, BETTER)
        await press(pilot, "escape", "2")
        assert place(app) == "LetterEndScreen"
        assert "on your side?" in words_of(app)
    assert [action.do for action in kept(tmp_path)[0].actions] == ["line", "rewrote", "letter"]


async def test_leaving_at_once_and_quitting_keep_it_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    async with practising(tmp_path / "a") as (app, pilot, _one):
        await to_lines(app, pilot)
        await press(pilot, "escape", "2")
        assert place(app) == "HomeScreen"
    assert len(kept(tmp_path / "a")) == 1
    (tmp_path / "b").mkdir()
    async with practising(tmp_path / "b") as (app, pilot, _other):
        await to_lines(app, pilot)
        await rewrite(pilot, BETTER)
        await press(pilot, "ctrl+q")
    assert [action.do for action in kept(tmp_path / "b")[0].actions] == ["line", "rewrote", "letter"]


@pytest.mark.parametrize("keys", [("escape",), ("enter", "escape"), ("ctrl+q",)])
async def test_nothing_is_kept_before_the_sheet_is_locked(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with practising(tmp_path, "Why did you wait?\n") as (_app, pilot, _lettering):
        await press(pilot, *keys)
    assert kept(tmp_path) == []


async def test_the_original_is_replaced_only_after_a_question_of_its_own(tmp_path: Path) -> None:
    async with practising(tmp_path) as (app, pilot, lettering):
        await to_lines(app, pilot)
        await rewrite(pilot, BETTER)
        await press(pilot, "k", "k", "k", "w", "home", "ctrl+k")
        await typed(pilot, str(tmp_path / "letter.txt"))
        await press(pilot, "enter")
        assert "It is the letter you brought" in words_of(app)
        await press(pilot, "enter", "escape")
        assert lettering.path is not None
        assert lettering.path.read_text("utf-8") == LETTER
        await press(pilot, "w", "home", "ctrl+k")
        await typed(pilot, str(tmp_path / "letter.txt"))
        await press(pilot, "enter", "2")
        assert "Written:" in shown(app)
        assert lettering.path.read_text("utf-8") == lettering.text


async def test_what_cannot_be_written_or_saved_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with practising(tmp_path) as (app, pilot, lettering):
        await to_lines(app, pilot)
        await rewrite(pilot, BETTER)
        store = app.desk.store

        def full(*_record: object, **_options: object) -> None:
            trouble = CannotSave(store.path, Reason.FULL)
            store.trouble = trouble
            raise trouble

        monkeypatch.setattr(store, "finish", full)
        await press(pilot, "k", "k", "k")
        assert "the disk is full" in words_of(app)
        await press(pilot, "escape", "w", "home", "ctrl+k", *"/no/such/x", "enter")
        assert "cannot be saved in /no/such/x" in words_of(app)
        assert lettering.written is None


async def test_leaving_with_a_save_that_fails_is_told_over_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with practising(tmp_path) as (app, pilot, _lettering):
        await to_lines(app, pilot)
        store = app.desk.store

        def full(*_record: object, **_options: object) -> None:
            store.trouble = CannotSave(store.path, Reason.FULL)
            raise store.trouble

        monkeypatch.setattr(store, "finish", full)
        await press(pilot, "escape", "2")
        assert "the disk is full" in words_of(app)
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"


async def test_a_letter_that_costs_nothing_comes_to_its_end(tmp_path: Path) -> None:
    async with practising(tmp_path, "Thank you for telling us.\n") as (app, pilot, _lettering):
        await through(app, pilot, "LetterReadScreen")
        await press(pilot, "enter", "enter")
        assert "finds nothing in it that costs" in words_of(app)
        await through(app, pilot, "LetterCompareScreen")
        assert "The letter stays as it is" in shown(app)
        assert "write it" not in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_and_endless_words_break_no_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    text = f"Why did you wait {HOSTILE}?\n" + "Donaudampfschifffahrt" * 40 + " why did you go\n"
    async with practising(tmp_path, text, size) as (app, pilot, _lettering):
        seen = shown(app)
        await through(app, pilot, "LetterReadScreen")
        await press(pilot, "enter", "enter")
        seen += shown(app)
        await through(app, pilot, "LetterCompareScreen")
        for _ in range(2):
            seen += shown(app)
            await press(pilot, "t", "end", "x", "enter")
            seen += shown(app)
            await press(pilot, "k")
        seen += shown(app)
        assert place(app) == "LetterEndScreen"
    assert not unsafe().search(seen.replace("\n", ""))
    assert "[sighs]" in seen


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells(tmp_path: Path, language: str) -> None:
    seen = []

    def bar(app: CallcalmApp) -> None:
        pairs = shown_on(keys_of(app.screen))
        whole = fitted(pairs, 1_000).plain
        assert fitted(pairs, 58).plain == whole, whole
        seen.append(whole)

    async with practising(tmp_path, size=(60, 20), language=language) as (app, pilot, _lettering):
        bar(app)
        await through(app, pilot, "LetterReadScreen")
        bar(app)
        await press(pilot, "enter", "enter")
        bar(app)
        await through(app, pilot, "LetterCompareScreen")
        bar(app)
        await press(pilot, "t")
        bar(app)
        await press(pilot, "home", "ctrl+k")
        await typed(pilot, BETTER)
        await press(pilot, "enter")
        bar(app)
        await press(pilot, "k", "k", "k")
        bar(app)
    assert len(set(seen)) >= 5
