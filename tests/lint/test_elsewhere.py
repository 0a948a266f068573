"""Files that callcalm itself writes, as it writes them: passed over in a folder, told what they are by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcalm.content.campaigns import SHIPPED as CAMPAIGNS
from callcalm.content.registry import SHIPPED as MOVES
from callcalm.core.text import Text
from callcalm.letters.baseline import baseline_text
from callcalm.letters.checking import Found
from callcalm.lint.elsewhere import TEXTS
from callcalm.lint.examples import merged
from callcalm.lint.files import NOT_FOR_LINT, Kind, kind_of
from callcalm.lint.linting import CAP
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
    assert {path.stem for path in folder.glob("*.toml")} == NOT_FOR_LINT
    said = set()
    for path in sorted(folder.glob("*.toml")):
        assert kind_of(path.read_text("utf-8")) == path.stem
        (sheet,) = linter().report([path]).sheets
        (item,) = sheet.diagnostics
        assert (item.rule, item.level) == ("CC008", Level.NOTE)
        said.add(item.message)
    assert len(said) == len(NOT_FOR_LINT)


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
