from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.dom import DOMNode

from callcalm.core.model import Channel
from callcalm.tui.app import CallcalmApp
from callcalm.tui.commands import commands_of, find
from callcalm.tui.registry import PLACES, Command
from callcalm.tui.screens.brief import BriefScreen
from callcalm.tui.screens.call import CallScreen
from callcalm.tui.screens.debrief import DebriefScreen
from callcalm.tui.screens.drill import DrillScreen
from callcalm.tui.screens.first_run import FirstRunScreen, NameField
from callcalm.tui.screens.ghost import BesideScreen, GhostScreen
from callcalm.tui.screens.guide import GuideField
from callcalm.tui.screens.home import HomeScreen
from callcalm.tui.screens.host import HostScreen
from callcalm.tui.screens.host_line import HostField
from callcalm.tui.screens.host_notes import HostNotesScreen
from callcalm.tui.screens.keys import KeysScreen
from callcalm.tui.screens.letter import LetterScreen
from callcalm.tui.screens.letter_pages import LetterCompareScreen, LetterEndScreen, LetterReadScreen
from callcalm.tui.screens.letter_sheet import LetterSheetScreen
from callcalm.tui.screens.move import MoveScreen
from callcalm.tui.screens.palette import SearchField
from callcalm.tui.screens.price import PriceScreen
from callcalm.tui.screens.progress import ProgressScreen
from callcalm.tui.screens.promises import PromisesScreen
from callcalm.tui.screens.question import AskField, Question
from callcalm.tui.screens.reader import Reader
from callcalm.tui.screens.reread import RereadScreen
from callcalm.tui.screens.reveal import RevealScreen
from callcalm.tui.screens.settings import SettingsScreen
from callcalm.tui.screens.transfer import TransferField
from callcalm.tui.screens.workshop import WorkshopScreen
from callcalm.tui.widgets.answer_box import AnswerBox
from callcalm.tui.widgets.keybar import MOST, fitted, key_name, keys_of, shown_on
from callcalm.tui.widgets.line_box import LineBox
from callcalm.tui.widgets.notes import NoteField
from callcalm.tui.widgets.preview import Preview
from tests.support import scenario
from tests.tui.harness import SIZES, make_desk, place, press, running, shown

OWNERS: dict[str, type[DOMNode]] = {
    "everywhere": CallcalmApp,
    "home": HomeScreen,
    "brief": BriefScreen,
    "call": CallScreen,
    "typing": AnswerBox,
    "noting": NoteField,
    "reread": RereadScreen,
    "price": PriceScreen,
    "reveal": RevealScreen,
    "debrief": DebriefScreen,
    "ghost": GhostScreen,
    "beside": BesideScreen,
    "transfer": TransferField,
    "settings": SettingsScreen,
    "keys": KeysScreen,
    "progress": ProgressScreen,
    "promises": PromisesScreen,
    "first": FirstRunScreen,
    "first-name": NameField,
    "guide": GuideField,
    "move": MoveScreen,
    "question": Question,
    "asking": AskField,
    "reader": Reader,
    "palette": SearchField,
    "write": WorkshopScreen,
    "drill": DrillScreen,
    "preview": Preview,
    "letter-read": LetterReadScreen,
    "letter-sheet": LetterSheetScreen,
    "letter-compare": LetterCompareScreen,
    "letter": LetterScreen,
    "rewriting": LineBox,
    "letter-end": LetterEndScreen,
    "host": HostScreen,
    "host-counting": HostField,
    "host-notes": HostNotesScreen,
}
ALL = [(name, command) for name in ("everywhere", *PLACES) for command in commands_of(name)]


def test_every_place_of_the_registry_has_its_owner() -> None:
    assert set(OWNERS) == {"everywhere", *PLACES}


@pytest.mark.parametrize(("name", "command"), ALL, ids=lambda value: getattr(value, "id", value))
def test_every_command_can_be_carried_out_and_explained(name: str, command: Command) -> None:
    action = command.action.removeprefix("app.").partition("(")[0]
    owner = CallcalmApp if command.action.startswith("app.") else OWNERS[name]
    assert hasattr(owner, f"action_{action}")
    assert command.tip.endswith(".")
    assert command.label
    assert len(command.label) <= 16


def test_an_id_means_one_thing() -> None:
    by_id: dict[str, Command] = {}
    for _name, command in ALL:
        assert by_id.setdefault(command.id, command) == command
    assert all(find(ident) == command for ident, command in by_id.items())
    assert find("no such command") is None


def test_keys_are_called_by_their_names() -> None:
    assert [key_name(key) for key in ("question_mark", "ctrl+q", "pagedown")] == ["?", "ctrl+q", "page down"]


def test_when_keys_do_not_fit_help_stays() -> None:
    pairs = [("a", "one"), ("b", "two"), ("?", "help")]
    assert fitted(pairs, 80).plain == "a one  b two  ? help"
    assert fitted(pairs, 14).plain == "a one  ? help"
    assert fitted(pairs, 5).plain == "? help"


async def bar(app: CallcalmApp) -> str:
    pairs = shown_on(keys_of(app.screen))
    assert len(pairs) <= MOST
    whole = fitted(pairs, 1_000).plain
    assert fitted(pairs, 58).plain == whole, f"the key bar of {place(app)} does not fit into 60 cells"
    assert shown(app).splitlines()[-1].strip("│╰╯─ ") in {whole, ""} or whole in shown(app)
    return whole


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells_on_every_screen(tmp_path: Path, language: str) -> None:
    async with running(make_desk(tmp_path, language=language), (60, 20)) as (app, pilot):
        seen = [await bar(app)]
        await press(pilot, "g")
        seen.append(await bar(app))
        await press(pilot, "enter")
        seen.append(await bar(app))
        await press(pilot, "escape", "escape", "s")
        seen.append(await bar(app))
        await press(pilot, "escape", "enter")
        seen.append(await bar(app))
        while place(app) == "BriefScreen":
            await press(pilot, "enter")
        seen.append(await bar(app))
        await press(pilot, "question_mark")
        seen.append(await bar(app))
        await press(pilot, "escape", "ctrl+p")
        seen.append(await bar(app))
        await press(pilot, "escape", "space", "space")
        seen.append(await bar(app))
        await press(pilot, "t")
        seen.append(await bar(app))
        await press(pilot, "escape", "n")
        seen.append(await bar(app))
        await press(pilot, "escape", "2", "2", "2", "1")
        seen.append(await bar(app))
        await press(pilot, "enter")
        seen.append(await bar(app))
        for _ in range(3):
            await press(pilot, "enter")
        while place(app) == "RereadScreen":
            await press(pilot, "enter")
        seen.append(await bar(app))
        await press(pilot, "y", "enter")
        seen.append(await bar(app))
        await press(pilot, "enter")
        seen.append(await bar(app))
        while place(app) == "RevealScreen":
            await press(pilot, "enter")
        seen.append(await bar(app))
    assert len(set(seen)) > 10


@pytest.mark.parametrize("size", SIZES)
async def test_help_lists_every_key_of_the_screen_below_and_how_to_quit(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(make_desk(tmp_path), size, play="test-call") as (app, pilot):
        while place(app) == "BriefScreen":
            await press(pilot, "enter")
        await press(pilot, "question_mark")
        read = shown(app)
        for _ in range(4):
            await press(pilot, "pagedown")
            read += shown(app)
        for words in ("Let the caller go on", "Cut the caller off", "Take a breath", "ctrl+q", "coming back"):
            assert words in read
        before, after = read.split("At other moments")[:2]
        assert "Answer in your own words" not in before, "typing is not possible while the caller talks"
        assert "Answer in your own words" in after
        await press(pilot, "escape")
        assert place(app) == "CallScreen"


async def test_the_palette_finds_by_name_and_runs_what_is_possible(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path), play="test-call") as (app, pilot):
        await press(pilot, "enter", "ctrl+p", *"own words")
        assert "Nothing by that name is possible now." in shown(app)
        await press(pilot, *["backspace"] * 9, *"cut", "enter")
        assert place(app) == "CallScreen"
        assert "You cut Maria off" in shown(app)


async def test_keys_are_remapped_from_the_settings_and_shown_so(tmp_path: Path) -> None:
    keys = {"call.listen": "l", "call.answer-1": "a", "quit": "ctrl+x", "help": "f1"}
    async with running(make_desk(tmp_path, keys=keys), play="test-call") as (app, pilot):
        await press(pilot, "enter")
        assert "l listen" in shown(app)
        assert "f1 help" in shown(app)
        assert "l  Listen: let Maria go on." in shown(app)
        await press(pilot, "space")
        assert "2 more things" in shown(app)
        await press(pilot, "l", "l")
        assert "a choose" in shown(app)
        await press(pilot, "1")
        assert "answer 1" in shown(app)
        await press(pilot, "a")
        assert "answer 2" in shown(app)
        await press(pilot, "ctrl+x")
    assert app.return_code == 0


async def test_ctrl_c_says_how_to_quit(tmp_path: Path) -> None:
    async with running(make_desk(tmp_path)) as (app, pilot):
        await press(pilot, "ctrl+c")
        assert "Press ctrl+q to quit" in shown(app)


@pytest.mark.parametrize(
    ("channel", "label"),
    [(Channel.PHONE, "enter pick up"), (Channel.IN_PERSON, "enter look up"), (Channel.LETTER, "enter open it")],
)
async def test_how_it_begins_is_named_by_the_channel(tmp_path: Path, channel: Channel, label: str) -> None:
    desk = make_desk(tmp_path, replace(scenario(), channel=channel))
    async with running(desk, (140, 40), play="test-call") as (app, pilot):
        assert label in await bar(app)
        await press(pilot, "enter")
        assert place(app) == "CallScreen"
