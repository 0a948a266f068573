"""The field guide: found by words, read, turned, left; and opened from wherever it is of use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from textual.events import Paste

from callcalm.content.registry import load_rulebook
from callcalm.core.moves import Registry
from callcalm.core.playbook import Stance
from callcalm.core.text import Text, safe, unsafe
from callcalm.insight.guide import Guide
from callcalm.practice.round import Stage
from callcalm.tui.screens.move import rule_lines
from callcalm.tui.widgets.field import Field
from tests.coach.small import book_of, heard_rule, rule
from tests.support import HOSTILE, REGISTRY, playbook
from tests.tui.harness import SIZES, make_desk, place, press, running, shown

pytestmark = pytest.mark.usefixtures("small_books")

COSTLY = ("x", "1", "1", "2", "enter")
"""From the start of the test call to its re-read; the first answer is a blame."""


@pytest.mark.parametrize("size", SIZES)
async def test_a_move_is_found_read_and_left_by_keyboard(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(make_desk(tmp_path), size) as (app, pilot):
        await press(pilot, "g")
        assert place(app) == "GuideScreen"
        every = shown(app)
        assert "What costs" in every
        assert "19 moves of 19" in every
        assert "▸ blame why-you" in every
        await press(pilot, *"rule-w")
        assert "1 move of 19" in shown(app)
        assert "▸ rule-wall" in shown(app)
        assert "blame" not in shown(app)
        await press(pilot, "enter")
        assert place(app) == "MoveScreen"
        read = shown(app)
        for _ in range(5):
            await press(pilot, "pagedown")
            read += shown(app)
        for words in (
            "why rule-wall",
            "− “I'm afraid it is our policy.”",
            "+ “instead of rule-wall”",
            "If I hear myself say",
            "How the schools take it",
            "S0-1",
            "Rules in English:",
            "it is [our] policy",
            "Rules in French:",
            "− “Désolée, c’est le règlement.”",
        ):
            assert words in read, words
        await press(pilot, "escape")
        assert place(app) == "GuideScreen"
        assert "rule-w" in shown(app)
        await press(pilot, "escape")
        assert place(app) == "HomeScreen"
        assert "A test call" in shown(app)


async def test_the_search_takes_names_ids_reasons_rules_and_what_people_say(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):

        async def search(words: str) -> str:
            app.screen.query_one(Field).value = ""
            app.post_message(Paste(words))
            await pilot.pause()
            return shown(app)

        await press(pilot, "g")
        assert "empathy.named" in await search("WHY empathy.n")
        assert "blame.why-you" in await search("why-did-you")
        said = await search("REGLEMENT desolee")
        assert "Found in what people say" in said
        assert "“Désolée, c’est le règlement.”" in said
        assert "Nothing here has all of these words." in await search("rule-wall thank")
        await press(pilot, "enter", "down", "pageup")
        assert place(app) == "GuideScreen", "there is nothing to open"
        assert "19 moves of 19" in await search("  ")


async def test_pages_are_turned_and_the_list_knows_the_last_one_read(tmp_path: Path) -> None:
    rules = {"core": playbook("core"), "strict": playbook("strict", empathy_named=Stance.FORBID)}
    async with running(make_desk(tmp_path, rules=rules)) as (app, pilot):
        await press(pilot, "g", "enter")
        assert "blame why-you" in shown(app)
        await press(pilot, "left")
        assert "blame why-you" in shown(app), "there is none before the first"
        await press(pilot, "pagedown", "right")
        assert "Field guide · rule-wall" in shown(app)
        assert "costs · composure −7" in shown(app), "a new page is read from its top"
        await press(pilot, "slash")
        assert "▸ rule-wall" in shown(app)
        await press(pilot, "pagedown", "pagedown", "pagedown", "enter", "right")
        assert "next" not in shown(app).splitlines()[-1], "there is none after the last"
        await press(pilot, "escape", "pageup", "pageup", "pageup", "enter")
        assert "blame why-you" in shown(app)
        await press(pilot, "escape", *"empathy", "enter")
        assert "differ" in shown(app)
        assert "strict forbids it. strict says (S2-6)" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_reread_and_a_reveal_open_it_at_the_first_words_that_cost(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(make_desk(tmp_path), size, play="test-call", stage=Stage.CALL) as (app, pilot):
        await press(pilot, *COSTLY)
        assert place(app) == "RereadScreen"
        await press(pilot, "g")
        assert "Field guide · blame why-you" in shown(app)
        await press(pilot, "escape")
        assert place(app) == "RereadScreen"
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        await press(pilot, "y", "enter", "enter", "enter")
        assert place(app) == "RevealScreen"
        before = shown(app)
        await press(pilot, "g")
        assert "Field guide · blame why-you" in shown(app)
        await press(pilot, "slash")
        assert place(app) == "GuideScreen"
        assert "▸ blame why-you" in shown(app)
        await press(pilot, *"thank", "enter", "escape", "escape")
        assert place(app) == "RevealScreen"
        assert shown(app) == before, "where one was"


async def test_where_nothing_cost_the_list_opens(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call", stage=Stage.CALL) as (app, pilot):
        await press(pilot, "space", "space", "2", "1", "enter", "g")
        assert place(app) == "GuideScreen"
        await press(pilot, "escape")
        assert place(app) == "RereadScreen"


async def test_the_palette_opens_it_but_never_in_a_call(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "ctrl+p", *"field guide", "enter")
        assert place(app) == "GuideScreen"
        await press(pilot, "escape", "s", "ctrl+p", *"field guide", "enter")
        assert place(app) == "GuideScreen"
        await press(pilot, "escape")
        assert place(app) == "SettingsScreen"
        await press(pilot, "escape", "enter", "ctrl+p", *"field guide", "enter")
        assert place(app) == "GuideScreen"
        await press(pilot, "escape")
        assert place(app) == "BriefScreen"
        while place(app) == "BriefScreen":
            await press(pilot, "enter")
        await press(pilot, "g", "ctrl+p", *"field")
        assert "Nothing by that name is possible now." in shown(app)


async def test_it_speaks_the_language_of_the_interface(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path, language="fr"), (60, 20)) as (app, pilot):
        await press(pilot, "g")
        assert "Guide des gestes" in shown(app)
        assert "thank (fr)" not in shown(app)
        await press(pilot, *"thank", "enter")
        assert "Guide des gestes · thank (fr)" in shown(app)
        assert "why thank (fr)" in shown(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("words", [HOSTILE, "[b]" * 40, "請求書" * 90, "a\u0301" * 90 + " 👩‍👩‍👧"])
async def test_no_search_breaks_it(tmp_path: Path, words: str, size: tuple[int, int]) -> None:
    async with running(make_desk(tmp_path), size) as (app, pilot):
        await press(pilot, "g")
        app.post_message(Paste(words))
        await pilot.pause()
        calm(shown(app), size[0])
        assert "Nothing here has all of these words." in shown(app)
        assert safe(words, multiline=False)[:1] in shown(app)
        await press(pilot, "enter", "down", "escape")
        assert place(app) == "HomeScreen"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("raw", [HOSTILE, "Donaudampfschiff" * 30, "請求書が二重に届きました。" * 30])
async def test_no_words_of_a_move_break_its_page(tmp_path: Path, raw: str, size: tuple[int, int]) -> None:
    words = safe(raw, multiline=False)
    desk = make_desk(tmp_path)
    said = {"en": words, "fr": words}
    moves = {
        key: replace(move, name=said, why=said, instead=said, sources=(Text(words[:20]),))
        for key, move in REGISTRY.moves.items()
    }
    desk.__dict__["rulebook"] = SimpleNamespace(registry=Registry(moves=moves, moods=REGISTRY.moods))
    async with running(desk, size) as (app, pilot):
        await press(pilot, "g")
        calm(shown(app), size[0])
        await press(pilot, "enter")
        assert place(app) == "MoveScreen"
        for _ in range(4):
            calm(shown(app), size[0])
            await press(pilot, "pagedown")


async def test_no_colour_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(make_desk(tmp_path)) as (app, pilot):
        for key in ("g", "enter"):
            await press(pilot, key)
            for strip in app.screen._compositor.render_strips():
                for segment in strip:
                    style = segment.style
                    assert style is None or style.color is None or style.color.is_default
                    assert style is None or style.bgcolor is None or style.bgcolor.is_default
        assert "− “Why did you wait until now?”" in shown(app)
        assert "+ “instead of blame.why-you”" in shown(app)


async def test_a_click_opens_a_page_and_the_search_keeps_the_keys(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "g")
        await pilot.click("#moves", offset=(6, 4))
        await pilot.pause()
        assert place(app) == "MoveScreen"
        await press(pilot, "escape", *"thank")
        assert "▸ thank" in shown(app)


def calm(screen: str, width: int) -> None:
    assert unsafe().search(screen.replace("\n", "")) is None
    assert all(cell_len(line) <= width for line in screen.split("\n"))


@pytest.mark.parametrize("width", [60, 80])
def test_a_rule_without_patterns_says_that_it_listens_to_whole_sentences(width: int) -> None:
    rules = book_of(heard_rule("command"), rule(["sit (down|still)"], name="sit"))
    pages = Guide(load_rulebook().registry, (), rules).rules("command")
    told = [one.plain.strip() for one in rule_lines([("en", pages)], width)]
    first, last = (told.index(name) for name in ("by-ear-command  w", "sit  w"))
    assert "the sentence as a whole" in " ".join(told[first:last])
    assert told[last:][-1] == "sit (down | still)"
    assert told.count("What it listens for:") == 2
