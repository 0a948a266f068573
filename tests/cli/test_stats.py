"""`callcalm stats` as its users type it, and `stats` at home line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.plain.app import run
from callcalm.storage.addition import new_header, round_block
from callcalm.storage.records import MoveRecord, RoundRecord
from tests.cli.test_commands import callcalm
from tests.world import Script, desk

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOSTILE = "[sighs] [/] \x1b[2J {0} %s"


def a_round(number: int, **changes: object) -> RoundRecord:
    values: dict[str, object] = {
        "id": f"r{number}",
        "scenario": "test-call",
        "title": Text("A test call"),
        "finished": NOON,
        "kind": "resolved",
        "ending": "settled",
        "composure": (70, 62, 71),
        "own": PriceSheet(True, respect=4),
        "reference": PriceSheet(True, respect=1),
        "moves": (MoveRecord(1, "thank"), MoveRecord(2, "blame.why-you")),
    }
    return RoundRecord(**(values | changes))  # type: ignore[arg-type]


def save(folder: Path, *rounds: RoundRecord, player: str = "me") -> Path:
    path = folder / f"{player}.toml"
    path.write_bytes(new_header(Text(player), "en", NOON, "0.1.0") + b"".join(map(round_block, rounds)))
    return path


def test_stats_are_text_on_standard_output(tmp_path: Path) -> None:
    save(tmp_path, *(a_round(number) for number in range(6)), a_round(9, scenario="drill/thank", kind="drill"))
    done = callcalm(tmp_path, "stats")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Player: me\n" in done.stdout
    assert "6 calls, 1 drill." in done.stdout
    assert "You score Respect 3 points too high, whatever the call (6 calls)." in done.stdout
    assert "    picture: [▆▅▆]" in done.stdout
    assert "A test call (test-call): played 6 times; last resolved (+26) on 2026-11-20" in done.stdout


def test_a_terminal_without_utf8_gets_plain_signs(tmp_path: Path) -> None:
    save(tmp_path, a_round(1), a_round(2, own=PriceSheet(False, respect=-9)))
    done = callcalm(tmp_path, "stats", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "PRICE over time (from -50 to +50)" in done.stdout
    assert "self -9," in done.stdout
    assert "?" not in done.stdout


def test_json_is_versioned_and_says_what_was_asked(tmp_path: Path) -> None:
    save(tmp_path, a_round(1), a_round(2, scenario="gone", title=Text(HOSTILE)), a_round(3, format=2))
    done = callcalm(tmp_path, "stats", "--json")
    values = json.loads(done.stdout)
    assert (values["format"], values["player"], values["encounter"], values["since"]) == (1, "me", None, None)
    assert (values["counts"]["calls"], values["counts"]["gone"], values["counts"]["newer"]) == (3, 1, 1)
    assert [one["own"] for one in values["price"]] == [29, 29, 29]
    assert done.stderr == ""
    values = json.loads(
        callcalm(tmp_path, "stats", "--json", "--encounter", "gone", "--since", "2026-11-21").stdout
    )
    assert (values["encounter"], values["since"], values["counts"]["calls"]) == ("gone", "2026-11-21", 0)


def test_without_a_save_it_says_so_and_makes_none(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "stats", "--saves", str(tmp_path / "new"), "--player", "Zoe M.")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Player: Zoe M." in done.stdout
    assert "There is nothing to show yet." in done.stdout
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--encounter", "test-cal"], "Did you mean “test-call”?"),
        (["--since", "yesterday"], "“yesterday” is not a day; write it like 2026-01-31"),
        (["--since", "2026-02-30"], "is not a day"),
        (["--since", "20260101"], "is not a day"),
    ],
)
def test_a_wrong_wish_is_told_clearly(tmp_path: Path, args: list[str], said: str) -> None:
    done = callcalm(tmp_path, "stats", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_half_a_save_and_one_edited_by_hand_are_told_as_far_as_they_go(tmp_path: Path) -> None:
    path = save(tmp_path, a_round(1), a_round(2), a_round(3))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 + 200])
    half = callcalm(tmp_path, "stats")
    assert half.returncode == 1
    assert "the end was cut off" in half.stderr
    assert "1 call" in half.stdout
    edited = whole.replace(b'id = "r2"', b'id = "r2', 1).replace(b"[70, 62, 71]", b'["x"]', 1)
    path.write_bytes(edited)
    done = callcalm(tmp_path, "stats", "--json")
    assert done.returncode == 1
    values = json.loads(done.stdout)
    assert values["counts"]["calls"] == 2
    assert sorted(one["kind"] for one in values["problems"]) == ["damaged", "fields"]
    assert path.read_bytes() == edited


def test_a_window_that_is_open_is_not_disturbed(tmp_path: Path) -> None:
    save(tmp_path, a_round(1))
    at = desk(tmp_path)
    assert at.store.trouble is None
    before = {path.name: path.read_bytes() for path in tmp_path.glob("me*")}
    assert "1 call, 0 drills." in callcalm(tmp_path, "stats").stdout
    assert {path.name: path.read_bytes() for path in tmp_path.glob("me*")} == before
    at.close()


def test_home_line_by_line_has_the_same_text(tmp_path: Path) -> None:
    save(tmp_path, a_round(1), a_round(2, scenario="gone"))
    console = Script("stats", "stats test-call", "stats nowhere", "q")
    at = desk(tmp_path)
    run(at, console=console)
    at.close()
    printed = callcalm(tmp_path, "stats").stdout
    assert console.unicode
    sections = [part for part in printed.split("\n\n") if "The last time" not in part]
    assert len(sections) > 4
    assert all(section.rstrip() in console.said for section in sections)
    assert "Only this encounter: test-call" in console.said
    assert "There is no encounter “nowhere”." in console.said


def test_home_tells_what_it_met_in_the_save(tmp_path: Path) -> None:
    path = save(tmp_path, a_round(1), a_round(2))
    path.write_bytes(path.read_bytes().replace(b'end = "r1"', b'and = "r1', 1))
    console = Script("stats", "q")
    at = desk(tmp_path)
    run(at, console=console)
    at.close()
    assert "a damaged part cannot be read" in console.said
    assert "1 call, 0 drills." in console.said


OPENED = """
import asyncio, os, sys
opened = set()
def note(event, args):
    if event == "open" and isinstance(args[0], str):
        opened.add(os.path.basename(args[0]))
sys.addaudithook(note)

async def screen(desk):
    from callcalm.tui.app import CallcalmApp
    app = CallcalmApp(desk)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        print(type(app.screen).__name__)

if sys.argv[1] == "screen":
    from pathlib import Path
    from callcalm.practice.desk import Desk
    desk = Desk.open(player=sys.argv[3], saves=Path(os.environ["CALLCALM_SAVES"]))
    asyncio.run(screen(desk))
    desk.close()
else:
    from callcalm.cli import run
    try:
        run()
    except SystemExit:
        pass
sys.stderr.write("\\n".join(sorted(name for name in opened if name.startswith("player"))))
"""


@pytest.mark.parametrize("args", [["stats"], ["stats", "--json"], ["--plain"], ["screen"]])
def test_among_a_thousand_players_only_the_files_of_one_are_opened(tmp_path: Path, args: list[str]) -> None:
    for number in range(1000):
        save(tmp_path, a_round(number), player=f"player-{number}")
    desk(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", OPENED, *args, "--player", "player-7"],
        input="stats\nq\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PATH": os.defpath, "CALLCALM_SAVES": str(tmp_path), "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        timeout=60,
    )
    if args == ["screen"]:
        assert done.stdout == "HomeScreen\n"
        assert "player-7.toml" in done.stderr
    opened = {name.partition(".")[0] for name in done.stderr.split("\n")}
    assert opened == {"player-7"}
    if args != ["screen"]:
        assert ("r7" if "--json" in args else "Player: player-7") in done.stdout
