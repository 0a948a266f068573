"""Files that callcalm itself writes, as it writes them: passed over in a folder, told what they are by name.

And files of one kind where those of another are looked for.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcalm.cli.exits import FOUND
from callcalm.cli.main import main
from callcalm.content.campaigns import SHIPPED as CAMPAIGNS
from callcalm.content.drills import SHIPPED as DRILLS
from callcalm.content.kinds import OUR_OWN, Kind, as_meant, kind_of
from callcalm.content.registry import SHIPPED as MOVES
from callcalm.core.text import Text
from callcalm.intake import BadFile, Source
from callcalm.letters.baseline import baseline_text
from callcalm.letters.checking import Found
from callcalm.lint.elsewhere import TEXTS
from callcalm.lint.examples import merged
from callcalm.lint.linting import CAP, Linter
from callcalm.report import Diagnostic, Level
from callcalm.room.file import Header, header_bytes
from callcalm.storage.addition import new_header, round_block
from callcalm.storage.callfile import save_call
from callcalm.storage.lock import WindowLock
from callcalm.storage.records import CallRecord, RoundRecord
from callcalm.storage.settings import Settings, save_settings
from tests.lint.small import linter

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ME = Text("me")


def round_of(note: str) -> bytes:
    return round_block(RoundRecord(id="r", scenario="s", finished=NOON, kind="resolved", notes=(Text(note),)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file of each kind that is not for lint, called by its kind, written by what always writes it."""
    head = new_header(ME, "en", NOON, "1")
    (tmp_path / "save.toml").write_bytes(head + round_of("[caller]\n[[stances]]"))
    save_call(tmp_path / "call.toml", CallRecord(id="r", scenario="s", saved=NOON), ME)
    assert WindowLock(tmp_path / "window.lock", tmp_path / "window.toml").take(NOON) is None
    held = Header(ME, NOON, *map(Text, ("lost-referral", "t", "d", "en", "core")), 0, Text(""), hands=True)
    (tmp_path / "session.toml").write_bytes(header_bytes(held))
    found = Found(Diagnostic("you-people", Level.WARNING, "m", "l.txt", matched=Text("you people")), "blame", True)
    (tmp_path / "baseline.toml").write_text(baseline_text(tmp_path / "b", [(tmp_path / "l.txt", found)]))
    (tmp_path / "allowed.toml").write_text('format = 1\n\n[[ignore]]\nrules = ["you-people"]\nreason = "r"\n')
    (tmp_path / "part.toml").write_bytes((MOVES.parent / "sources.toml").read_bytes())
    return tmp_path


def test_in_a_folder_they_are_passed_over(folder: Path) -> None:
    report = linter().report([folder])
    assert (report.sheets, report.trouble) == ((), ())


def test_by_name_each_is_told_what_it_is(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.toml")} == OUR_OWN
    said = set()
    for path in sorted(folder.glob("*.toml")):
        assert kind_of(path.read_text("utf-8")) == path.stem
        (sheet,) = linter().report([path]).sheets
        (item,) = sheet.diagnostics
        assert (item.rule, item.level) == ("CC008", Level.NOTE)
        said.add(item.message)
    assert len(said) == len(OUR_OWN)


def test_a_save_without_its_head_or_without_rounds_is_one(tmp_path: Path) -> None:
    assert kind_of(round_of("x").decode()) is Kind.SAVE
    assert kind_of(new_header(ME, "en", NOON, "1").decode()) is Kind.SAVE


def test_a_save_may_be_larger_than_what_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_bytes(new_header(ME, "en", NOON, "1") + round_of("x" * 100_000) * (CAP // 100_000 + 1))
    assert linter().report([tmp_path]).sheets == ()
    (sheet,) = linter().report([path]).sheets
    assert [item.rule for item in sheet.diagnostics] == ["CC008"]


def test_a_large_file_of_another_program_is_left_alone_in_a_folder_and_a_large_encounter_is_not(
    tmp_path: Path,
) -> None:
    path = tmp_path / "other.toml"
    path.write_text("[tool.other]\n" + "#" * CAP)
    assert linter().report([tmp_path]).sheets == ()
    path.write_text(merged("") + "#" * CAP)
    (sheet,) = linter().report([tmp_path]).sheets
    assert [item.rule for item in sheet.diagnostics] == ["CC004"]


def test_a_key_of_theirs_in_an_encounter_does_not_make_it_one() -> None:
    for slip in ('session = "x"', "created = 2026-11-21", "saved = 2026-11-21", "pid = 1", 'ignore = "x"'):
        assert kind_of(f"{slip}\n" + merged("")) is Kind.SCENARIO


def test_settings_are_told_from_saves(tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.toml", Settings(player="me", language="fr"))
    assert kind_of((tmp_path / "settings.toml").read_text("utf-8")) is Kind.SETTINGS
    assert kind_of('language = "fr"\nplayer = "zoe"\n') is Kind.SETTINGS


def test_campaigns_are_looked_at(tmp_path: Path) -> None:
    shipped = sorted(CAMPAIGNS.glob("*.toml"))
    assert [sheet.diagnostics for sheet in linter().report(shipped).sheets] == [()] * len(shipped)
    text = shipped[0].read_text("utf-8").partition("\n")[2]
    assert kind_of(text) is Kind.CAMPAIGN
    path = tmp_path / "ours.toml"
    path.write_text(text.replace("{ drill =", "{ dril =", 1))
    (sheet,) = linter().report([tmp_path]).sheets
    assert [item.rule for item in sheet.diagnostics] == ["CC022", "CC021"]


@pytest.mark.parametrize("ending", sorted(TEXTS))
def test_letters_transcripts_and_stories_are_told_in_one_finding(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"t{ending.upper()}"
    path.write_text("Client: Hello.\nMe - How can I help?\n")
    (sheet,) = linter().report([path]).sheets
    (item,) = sheet.diagnostics
    assert (item.rule, item.level, item.message) == (
        "CC010",
        Level.ERROR,
        "this is not a TOML file, and lint reads no others",
    )
    assert ("import" in item.hint) is (ending in {".twee", ".tw", ".tw3", ".twee3", ".ink"})


def test_an_encounter_in_a_file_of_another_ending_is_still_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text(merged(""))
    (sheet,) = linter().report([path]).sheets
    assert sheet.diagnostics == ()


OWN = {"scenarios": Kind.SCENARIO, "drills": Kind.DRILL, "campaigns": Kind.CAMPAIGN}


@pytest.fixture
def shelves(tmp_path: Path) -> dict[Path, Kind]:
    """A player's own folders."""
    found = {tmp_path / name: kind for name, kind in OWN.items()}
    for folder in found:
        folder.mkdir()
    return found


def of_kind(kind: Kind) -> str:
    """A file of a kind without a fault."""
    if kind is Kind.SCENARIO:
        return merged("")
    folder = DRILLS / "en" if kind is Kind.DRILL else CAMPAIGNS
    return min(folder.glob("*.toml")).read_text("utf-8")


@pytest.mark.parametrize("below", ["", "deeper"])
@pytest.mark.parametrize("kind", OWN.values())
@pytest.mark.parametrize("name", OWN)
def test_what_lies_in_the_wrong_one_of_ones_own_folders_is_told(
    tmp_path: Path, shelves: dict[Path, Kind], name: str, kind: Kind, below: str
) -> None:
    folder = tmp_path / name / below
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(of_kind(kind))
    (sheet,) = Linter(shelves=lambda: shelves).report([tmp_path]).sheets
    assert [item.rule for item in sheet.diagnostics] == ([] if OWN[name] is kind else ["CC009"])
    for item in sheet.diagnostics:
        right = next(folder for folder, read in shelves.items() if read is kind)
        assert item.level is Level.ERROR
        assert f"Put it into {right}." in item.hint
    (sheet,) = linter().report([tmp_path]).sheets
    assert sheet.diagnostics == (), "where nothing is looked for, nothing is misplaced"


def test_without_a_path_drills_and_campaigns_are_looked_at_too(
    tmp_path: Path, shelves: dict[Path, Kind], capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in shelves:
        (folder / "mine.toml").write_text(of_kind(Kind.DRILL))
    saves = tmp_path / "saves"
    saves.mkdir()
    for folder in shelves:
        folder.rename(saves / folder.name)
    assert main(["lint", "--saves", str(saves), "--format", "unix"]) == FOUND
    told = [line.split(":")[0] for line in capsys.readouterr().out.splitlines() if "CC009" in line]
    assert sorted(told) == [str(saves / name / "mine.toml") for name in ("campaigns", "scenarios")]


@pytest.mark.parametrize(("kind", "what"), [(Kind.DRILL, "a drill"), (Kind.CAMPAIGN, "a campaign")])
def test_who_plays_lists_or_explores_what_is_no_encounter_is_told_what_it_is(
    tmp_path: Path, kind: Kind, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenarios" / "mine.toml"
    path.parent.mkdir()
    path.write_text(of_kind(kind))
    for command in ("play", "explore", "book", "print"):
        main([command, str(path), "--saves", str(tmp_path)] if command == "play" else [command, str(path)])
        assert f"mine.toml: error CC009: this is {what}, not an encounter\n" in capsys.readouterr().err
    assert main(["list", "--saves", str(tmp_path)]) == FOUND
    assert f"mine: cannot be read: this is {what}, not an encounter. " in capsys.readouterr().err


def test_who_drills_an_encounter_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drills" / "mine.toml"
    path.parent.mkdir()
    path.write_text(of_kind(Kind.SCENARIO))
    for which in ([], ["mine"], [str(path)]):
        main(["drill", *which, "--plain", "--saves", str(tmp_path)])
        assert "mine.toml: error CC009: this is an encounter, not a drill\n" in capsys.readouterr().err


def test_a_slip_at_the_top_of_an_encounter_does_not_make_it_a_drill(tmp_path: Path) -> None:
    text = 'rule = "If they ask, I say."\n' + merged("")
    assert kind_of(text) is Kind.SCENARIO
    assert as_meant(BadFile([], Source("x", text)), Kind.SCENARIO).problems == ()
