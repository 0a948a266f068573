"""The projected room by hands: every phase, every key, what is never on the wall, and how it ends."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.room import notes as room_notes
from callcalm.room.file import read_session
from callcalm.room.hosting import Hosted, tell
from callcalm.room.notes import notes
from callcalm.room.session import Phase
from callcalm.room.shelf import folder
from callcalm.room.views import PublicView, public
from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave, Reason
from callcalm.tui.screens import host_after, host_call, host_lobby
from callcalm.tui.screens.host import picture
from callcalm.tui.widgets.keybar import fitted, keys_of, shown_on
from tests import support
from tests.room.rooms import small
from tests.tui.harness import SIZES, place
from tests.tui.hosts import At, projected
from tests.tui.test_looks import cells, check
from tests.tui.test_snapshots import keep
from tests.world import desk

OWN = "Two charges for one scan, Ms. Alvarez. I will stay on this until it is settled."


async def to_open(at: At) -> None:
    await at.press("enter", "enter", "enter")
    assert at.is_in(Phase.OPEN)


async def to_end(at: At) -> None:
    """Past the end of the call: own it, then a call by four."""
    await to_open(at)
    await at.type("B")
    await at.press("enter", "enter")
    await at.type("A")
    await at.press("enter")
    assert at.room.round.state.ending is not None


async def test_counts_are_typed_unseen(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await to_open(at)
        text = await at.press("A", "1", "2", "space", "B", "3")
        assert "A•• B•" in text
        assert "12" not in text
        await at.press("enter")
        assert at.room.question is not None
        assert at.room.question.ballot.counted == {"A": 12, "B": 3}


async def test_a_whole_session_with_enter_and_counts(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        assert "On the line: Maria Alvarez." in at.text
        assert "enter begin" in at.text
        lines = (await at.press("enter")).splitlines()
        assert any("Composure 70 steady" in line for line in lines)
        assert any("Maria Alvarez  furious" in line for line in lines)
        assert "They have more to say: 1 more part." in at.text
        assert "enter listen on" in at.text
        assert "I was charged twice for one scan." in await at.press("enter")
        assert OWN not in at.text, "the answers come with the vote"
        text = await at.press("enter")
        assert f" B   {OWN[:40]}" in text
        assert "hands: A5 B2, or only the letter" in text
        text = await at.type("a5 b2")
        assert at.is_in(Phase.CLOSED)
        assert "7 of 7 have voted." in text
        assert "█ 5" not in text
        assert "enter show votes" in text
        assert "█ 5 ◀" in await at.press("enter")
        assert "hands: A5 B2" in await at.press("r")
        await at.type("1 6")
        text = await at.press("enter")
        assert "after the talk" in text
        assert "before ▒▒▒" in text
        assert "█ 6 ◀" in text
        text = await at.press("enter")
        assert "B, by the vote" in text
        assert OWN in " ".join(text.split())
        text = await at.press("enter")
        assert f"You: {OWN}"[:60] in text
        assert "▲ up" in text
        await at.press("enter")
        await at.type("A")
        assert "A, by the facilitator" in at.text
        assert "The call is over: resolved." in await at.press("enter")
        assert "enter PRICE" in at.text
        assert "Hands up: yes; then no." in " ".join((await at.press("enter")).split())
        assert "how fair was the result, 0 to 25?" in await at.type("3 1")
        assert "“They listened, and my matter came first.”" in await at.type("10")
        await at.type("4x3 -2")
        assert "at.room.pricing" not in at.text
        for _row in range(4):
            text = await at.type("")
        assert at.is_in(Phase.PRICE_SHOWN)
        assert any(line.split()[-2:] == ["+4", "+5"] for line in text.splitlines() if "Priority" in line)
        assert "········▃·┊···█·" in text
        assert "In one word: how was that?" in await at.press("enter")
        pages = 1
        while "enter end" not in at.text:
            await at.press("enter")
            pages += 1
        assert pages >= 4
        assert f"{pages} of {pages}" in at.text
        await at.press("left")
        assert f"{pages - 1} of {pages}" in at.text
        await at.press("enter", "enter")
        assert at.is_in(Phase.OVER)
        assert "Delete it: nothing is left of this session." in at.text
        await at.press("enter")
        assert at.app.kept is True
    word = at.app.last_words()
    assert f"callcalm session {at.hosted.path.stem}" in word
    assert "Go on with it" not in word, "it is over"
    assert read_session(at.hosted.path).entries == tuple(at.room.entries)


async def test_no_note_and_no_early_tally_can_come_onto_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is pressed, what only the notes say is not on the screen, and the notes are not even made."""
    seen: set[Phase] = set()
    real, real_choices = room_notes.notes, room_notes.choice_notes

    async with projected(tmp_path) as at:

        def wall() -> None:
            view = real(at.room)
            seen.add(at.room.phase)
            words = " ".join(at.text.split())
            secret: list[str] = [note.text for note in view.choices if not note.shown]
            secret += [move.why for note in view.choices for move in note.moves]
            secret += [move.instead for note in view.choices for move in note.moves]
            secret += [note.then for note in view.choices if note.then not in view.everybody.heard]
            secret += [said.text for said in view.said if said.text != view.everybody.said]
            secret += view.page.script if view.page else (view.brief, view.wants, *view.facts)
            said = " ".join([*view.everybody.heard, str(view.everybody.title)])
            for one in secret:
                assert not one or one in said or one not in words, at.room.phase
            assert "Model answer" not in words
            if at.room.phase in {Phase.OPEN, Phase.CLOSED}:
                assert view.everybody.tally is None
                assert "█ 5" not in words
                assert at.room.phase is Phase.OPEN or "B2" not in words

        def refuse(*_room: object) -> None:
            raise AssertionError("the projected screen makes no notes")

        monkeypatch.setattr(room_notes, "notes", refuse)
        monkeypatch.setattr(room_notes, "choice_notes", refuse)

        async def go(*keys: str) -> None:
            for key in keys:
                await at.press(key)
                if not at.text.splitlines()[-2].strip().startswith(("A", "I", "5", "3")):
                    monkeypatch.setattr(room_notes, "choice_notes", real_choices)
                    wall()
                    monkeypatch.setattr(room_notes, "choice_notes", refuse)

        wall_keys = ["enter", "enter", "enter", *"A5 B2", "enter", "enter", "r", *"A5 B2", "enter", "enter"]
        await go(*wall_keys, "b", "enter", "w", "x", "t", *"I am sorry.", "enter", "enter", "enter", "1", "enter")
        await go("x", "enter", *"A", "enter", "enter", "enter", *"3 1", "enter")
        await go(*["enter"] * 6, "enter", "enter", "enter", "enter")
    assert {Phase.CALL, Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.PICKED, Phase.SAYING, Phase.SAID} <= seen
    assert {Phase.PRICE, Phase.PRICE_SHOWN, Phase.DEBRIEF} <= seen


def test_what_draws_the_wall_knows_no_notes() -> None:
    for module in (host_call, host_after, host_lobby):
        assert module.__file__
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {"callcalm.room.notes", "callcalm.room.pearls", "callcalm.room.session.Room"} & names
    assert next(iter(picture.__annotations__)) == "view"


@pytest.mark.parametrize("size", SIZES)
async def test_every_phase_fits_and_says_the_next_step(tmp_path: Path, size: tuple[int, int]) -> None:
    async with projected(tmp_path, size) as at:

        def fits() -> None:
            lines = at.text.splitlines()
            assert len(lines) == size[1]
            assert all(len(line) <= size[0] for line in lines)
            assert lines[-1].strip().startswith("enter ")
            said = [line for line in lines if any(part[:30] in line for part in at.board._steps.view.heard)]
            assert len(said) <= 6

        fits()
        for keys in (
            ["enter"],
            ["enter"],
            ["enter"],
            [*"A1 B1", "enter"],
            ["enter"],
            ["enter"],
            [*"A1 B1", "enter"],
            ["enter"],
            ["enter"],
            ["enter"],
            ["t"],
            [*"I see.", "enter"],
            ["enter"],
            ["enter"],
        ):
            await at.press(*keys)
            fits()


async def test_a_tie_is_talked_over_then_drawn_from_the_seed_that_is_shown(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await to_open(at)
        await at.type("2 2")
        text = await at.press("enter")
        assert f"A tie: A, B. The seed: {at.room.draw}/1/1" in text
        assert "enter talk, vote again" in text
        await at.press("enter")
        await at.type("2 2")
        text = await at.press("enter")
        assert "enter draw" in text
        assert "A tie: A, B." in text
        text = await at.press("enter")
        assert "drawn from the seed" in text
        assert f"The seed: {at.room.draw}/1/2" in text
        await at.press("x")
        assert at.is_in(Phase.CALL)
        await at.press("enter")
        await at.type("2 2")
        await at.press("enter", "a")
        assert "A, by the facilitator" in at.text
        await at.press("b")
        assert "B, by the facilitator" in at.text


async def test_votes_are_reset_reopened_and_undone(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await to_open(at)
        assert "Type how many hands for each letter" in await at.type("perhaps")
        assert "There is no such letter here." in await at.type("D4")
        assert at.room.voted == 0
        await at.type("3 1")
        await at.press("o")
        assert at.is_in(Phase.OPEN)
        assert at.room.voted == 4
        await at.press("z")
        assert at.room.voted == 0
        await at.press("escape")
        assert "enter count hands" in at.text
        await at.press("escape")
        assert at.is_in(Phase.CALL)
        await at.press("u")
        assert at.room.round.state.unheard == 1
        await at.press("u")
        assert "u undo" not in at.text
        await at.press("v")
        assert "Listen on, or cut in?" in at.text
        await at.type("B")
        await at.press("enter")
        assert at.room.round.state.unheard == 0
        await at.press("u", "b")
        assert "▲ up" in at.text
        await at.press("x")
        assert "▼ down" in at.text


async def test_a_letter_is_no_key_while_votes_are_coming_in(tmp_path: Path) -> None:
    async with projected(tmp_path, crowd=5) as at:
        await to_open(at)
        assert "5 of 5 have voted." in at.text
        await at.press("a")
        assert at.is_in(Phase.OPEN)
        await at.press("enter", "a")
        assert at.is_in(Phase.PICKED)


async def test_an_answer_of_their_own_is_picked_by_its_number(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await at.press("enter", "enter", "t")
        await at.type("I will call you by four today.")
        text = await at.type("Why did you wait?")
        assert "2 answers are in." in text
        assert "by four" not in text
        await at.press("enter", "enter")
        assert "There is no answer of that number." in await at.type("9")
        assert "Type the number of an answer" in await at.type("two")
        text = await at.type("2")
        assert "In somebody’s own words" in text
        assert "Why did you wait?" in text
        await at.press("p")
        assert "I will call you by four today." in await at.type("1")
        await at.press("enter")
        assert "You: I will call you by four today." in at.text


async def test_two_schools_and_the_vote_on_them(tmp_path: Path) -> None:
    async with projected(tmp_path, (80, 24)) as at:
        await to_open(at)
        await at.type("B")
        await at.press("enter")
        text = await at.press("w")
        if at.room.phase is Phase.SCHOOLS:
            assert "Two schools, the same words" in text
            await at.press("enter")
            assert "Which house rules do we play by" in at.text
            await at.type("A")
            await at.press("enter")
        else:
            assert "the schools agree" in text
        assert at.is_in(Phase.CALL)


async def test_a_composed_answer_is_voted_part_by_part(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await to_open(at)
        await at.type("B")
        await at.press("enter", "enter")
        await at.type("B")
        await at.press("enter")
        assert "What comes first?" in await at.press("enter")
        await at.type("B")
        await at.press("enter")
        text = await at.press("enter")
        assert "What comes next?" in text
        assert "I wish I had better news." in text


async def test_the_call_is_left_for_the_debrief_only_when_it_is_meant(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await at.press("enter", "e")
        assert "It is not over, and cannot be gone on with." in at.text
        await at.press("escape")
        assert at.is_in(Phase.CALL)
        await at.press("e", "1")
        assert at.is_in(Phase.DEBRIEF)


async def test_wrong_fingers_are_refused_and_a_row_can_be_left_out(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await to_end(at)
        await at.press("enter")
        assert "Two numbers" in await at.type("many")
        assert "Priority:" in await at.type("5 0")
        assert "Whole numbers from −10 to 5" in await at.type("99")
        await at.press("escape")
        assert "show the scores" in at.text
        await at.press("h")
        assert "Hands up" in " ".join(at.text.split())
        await at.press("escape", "enter")
        assert at.is_in(Phase.PRICE_SHOWN)
        assert "5 say yes, 0 say no" in at.text
        await at.press("o")
        assert at.is_in(Phase.PRICE)


async def test_a_rehearsal_needs_enter_alone_and_keeps_nothing(tmp_path: Path) -> None:
    async with projected(tmp_path, (60, 20), crowd=30) as at:
        assert "30 made-up people" in at.text
        phases = []
        for _step in range(60):
            phases.append(at.room.phase)
            if at.room.phase is Phase.SAYING or at.room.phase is Phase.OVER or not at.app.is_running:
                break
            await at.press("enter")
        assert {Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.PICKED, Phase.PRICE, Phase.DEBRIEF} <= set(phases)
    assert at.app.last_words() == "The rehearsal is over; nothing of it is kept."
    assert list(folder(desk(tmp_path)).iterdir()) == []


async def test_the_notes_of_a_rehearsal_have_the_crowds_answers(tmp_path: Path) -> None:
    async with projected(tmp_path, crowd=9) as at:
        await at.press("enter", "enter", "enter")
        there = tell(desk(tmp_path), at.hosted.path).room
        assert sum(notes(there).tally.values()) == 9
        await at.press("x", "t")
        assert notes(tell(desk(tmp_path), at.hosted.path).room).said
        assert "3 answers are in." in at.text
        await at.press("enter", "enter", "2", "enter")
        assert "In somebody’s own words" in at.text


async def test_what_becomes_of_the_file_is_asked_and_done(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await at.press("q", "3")
        assert at.is_in(Phase.LOBBY)
        await at.press("ctrl+c")
        assert "Press ctrl+q to end the session." in at.text
        await at.press("question_mark", "ctrl+q", "ctrl+q")
        assert "what becomes of the session" in at.text
        await at.press("enter")
    assert at.app.last_words() == "The session is deleted."
    assert list(folder(desk(tmp_path)).iterdir()) == []


async def test_a_session_that_is_kept_is_gone_on_with(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await to_open(at)
        await at.type("2 1")
        await at.press("q", "2")
    assert "callcalm host --resume" in at.app.last_words()
    again = Hosted.resume(desk(tmp_path), "last")
    async with projected(tmp_path, hosted=again) as at:
        assert at.is_in(Phase.CLOSED)
        await at.press("enter")
        assert "█ 2 ◀" in at.text
        await at.press("q")
        assert "▸ 1  Keep it" in at.text, "one that was kept before is kept unless told otherwise"
        await at.press("escape")
    assert at.app.kept is None
    assert "The session waits: " in at.app.last_words()
    third = Hosted.resume(desk(tmp_path), "last")
    assert third.room.phase is Phase.REVEALED
    third.end(keep=False)


async def test_keep_asks_nothing(tmp_path: Path) -> None:
    async with projected(tmp_path, keep=True) as at:
        await at.press("q")
        assert not at.app.is_running or at.app.kept
    assert "Kept: " in at.app.last_words()


async def test_trouble_with_the_disk_is_told_until_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with projected(tmp_path) as at:

        def full(path: Path, _data: bytes) -> None:
            raise CannotSave(path, Reason.FULL, 28)

        with monkeypatch.context() as during:
            during.setattr(durable, "append_block", full)
            assert "the disk is full" in " ".join((await at.press("enter")).split())
            assert "the disk is full" in " ".join((await at.press("ctrl+s")).split())
        assert "Saving works again." in await at.press("enter")
        assert "Saving works again." not in await at.press("enter")


async def test_help_lists_the_steps_and_the_palette_runs_them(tmp_path: Path) -> None:
    async with projected(tmp_path, (80, 40)) as at:
        text = await at.press("enter", "question_mark")
        for words in ("Let the caller go on.", "Vote on whether to listen on.", "At other moments"):
            assert words in text
        await at.press("escape", "ctrl+p", *"take a breath", "enter")
        assert place(at.app) == "HostScreen"
        assert "▲ up" in at.text
        await at.press("enter", "enter")
        text = await at.type("?")
        assert place(at.app) == "Reader"
        assert at.is_in(Phase.OPEN)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_key_bar_fits_at_sixty_cells(tmp_path: Path, language: str) -> None:
    async with projected(tmp_path, (60, 20), language=language, crowd=6) as at:
        seen = set()
        for keys in (["enter"], ["enter"], ["t"], ["enter"], ["enter"], ["escape", "x"], *[["enter"]] * 40):
            pairs = shown_on(keys_of(at.app.screen))
            whole = fitted(pairs, 1_000).plain
            assert fitted(pairs, 58).plain == whole, at.room.phase
            seen.add(whole)
            if at.room.phase is Phase.DEBRIEF:
                break
            await at.press(*keys)
        assert len(seen) > 7


@pytest.mark.parametrize(("theme", "least"), [("projector", 7.0), ("contrast", 7.0), ("calm", 4.5)])
async def test_every_cell_has_contrast(tmp_path: Path, theme: str, least: float) -> None:
    async with projected(tmp_path, theme=theme) as at:

        async def go(*keys: str) -> None:
            for key in keys:
                await at.press(key)
                check(at.app, least)

        await go("enter", "enter", "enter", *"A2 B1", "enter", "enter", "r", *"2 3", "enter", "enter", "enter")
        await go("enter", "w", "x", "t", *"I see.", "enter", "enter", "x", "enter", "A", "enter", "enter", "enter")
        await go(*"3 1", "enter", *"4", "enter", *"4 5", "enter", *["enter"] * 4, "enter", "enter", "q")


async def test_no_colour_is_sent_when_none_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with projected(tmp_path) as at:
        for keys in (["enter"], ["enter"], ["enter"], [*"3 1", "enter"], ["enter"]):
            await at.press(*keys)
            for _text, style in cells(at.app):
                assert style.color is None or style.color.is_default
                assert style.bgcolor is None or style.bgcolor.is_default
        assert "◀" in at.text


async def test_colours_change_for_this_time_only(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        assert at.app.theme == "projector"
        assert at.app.animation_level == "none"
        await at.press("k")
        assert at.app.theme == "calm"
        assert "Colours: calm" in at.text
        assert at.app.desk.settings.theme == ""
        await at.press("k", "k", "k", "k")
        assert at.app.theme == "projector"


async def test_a_window_that_changes_keeps_all_in_sight(tmp_path: Path) -> None:
    async with projected(tmp_path, (120, 40)) as at:
        await to_open(at)
        for size in ((80, 24), (60, 20), (40, 12), (20, 5), (120, 40)):
            await at.pilot.resize_terminal(*size)
            await at.pilot.pause()
            if size[0] >= 40:
                assert OWN[:20] in at.text
                assert "enter done" in at.text.splitlines()[-1]


def long_view(words: Callable[[int], str]) -> PublicView:
    """A question whose words are very long."""
    room = small()
    room.start()
    while room.round.state.unheard:
        room.listen()
    room.ask()
    view = public(room)
    assert view.question is not None
    choices = tuple(replace(one, text=Text(words(n))) for n, one in enumerate(view.question.choices))
    return replace(view, heard=(Text(words(9)),), question=replace(view.question, choices=choices))


@pytest.mark.parametrize("size", [(56, 17), (76, 21), (30, 9)])
def test_long_answers_give_way_last_and_never_their_letters(size: tuple[int, int]) -> None:
    view = long_view(lambda n: f"Answer {n} " + "goes on and on " * 20)
    assert view.question is not None
    lines = host_call.question_lines(view, view.question, *size, 0)
    assert len(lines) <= size[1]
    plain = [line.plain for line in lines]
    for choice in view.question.choices:
        assert any(line.startswith(f" {choice.letter} ") for line in plain)
    assert sum("goes on" in line for line in plain) >= len(view.question.choices)


def test_a_long_part_is_moved_through_six_lines_at_a_time() -> None:
    view = long_view(lambda n: f"Start {n} " + "goes on and on " * 60 + f"end {n}")
    first = [line.plain for line in host_call.dialogue(view, 56, 9, 0)]
    assert len(first) == 7
    assert first[0].rstrip().endswith("↓")
    assert first[1].startswith("Start 9")
    last = [line.plain for line in host_call.dialogue(view, 56, 9, 100)]
    assert last[0].rstrip().endswith("↑")
    assert last[-1].endswith("end 9")
    assert host_call.dialogue(view, 56, 0, 0) == []


async def test_hostile_words_stay_words(tmp_path: Path) -> None:
    async with projected(tmp_path) as at:
        await at.press("enter", "enter", "t")
        at.board._steps.add(support.HOSTILE)
        at.board.tell()
        await at.press("enter", "enter")
        text = await at.type("1")
        assert "[sighs] [/] [b" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


VOTED = ("enter", "enter", "enter", "=A4 B2 C1", "enter")
TALKED = (*VOTED, "r", "=1 6", "enter")
OVER = (*TALKED, "enter", "enter", "enter", "=A", "enter")
SCORED = (*OVER, "enter", "=5 2", "=10x2", "=4x5 -3x2", "=2 3x4 1", "=", "=5x7", "=-10 0x6")
PICTURES = {
    "host-lobby-60": ((60, 20), ()),
    "host-open-60": ((60, 20), VOTED[:3]),
    "host-votes-80": ((80, 24), TALKED),
    "host-over-80": ((80, 24), OVER),
    "host-price-60": ((60, 20), SCORED),
    "host-price-80": ((80, 24), SCORED),
    "host-debrief-80": ((80, 24), (*SCORED, "enter", "enter")),
}
"""Sizes, and keys; what begins with an equals sign is typed into the line at the bottom."""


@pytest.mark.parametrize("name", PICTURES)
async def test_the_wall_looks_as_it_was_seen(tmp_path: Path, name: str) -> None:
    size, steps = PICTURES[name]
    async with projected(tmp_path, size) as at:
        for step in steps:
            await (at.type(step[1:]) if step.startswith("=") else at.press(step))
        keep(name, at.text)
