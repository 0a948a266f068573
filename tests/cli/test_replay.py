"""`callcalm replay`: a round comes back from its code, changed encounters say so, a check is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.cli.main import main
from callcalm.content.checks import run_checks
from callcalm.content.scenarios import load_scenario
from callcalm.core.records import replace
from callcalm.core.round import begin
from callcalm.core.text import Text
from callcalm.workshop.replays import check_block
from tests.content.small import SMALL, playbooks, rulebook

CODE = "cc1:my-call:{digest}:core:0:L.stay.P2-1"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALLCALM_SAVES", str(tmp_path / "saves"))
    file = tmp_path / "my-call.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def code(path: Path) -> str:
    return CODE.format(digest=load_scenario(path, rulebook(), playbooks()).digest[:8])


def test_a_round_comes_back_and_ends_with_its_code(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", code(path), "--scenario", str(path)]) == 0
    said = capsys.readouterr()
    assert "I will stay on this until it is settled." in said.out
    assert f"Replay code: {code(path)}" in said.out
    assert said.err == ""


def test_a_changed_encounter_is_told_and_replayed_as_far_as_it_goes(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = code(path)
    path.write_text(SMALL.replace('id = "stay"', 'id = "remain"'), encoding="utf-8")
    assert main(["replay", line, "--scenario", str(path)]) == 1
    told = capsys.readouterr().err
    assert "has changed" in told
    assert "up to step 1 of 3: the beat “opening” has no such reply; it has 1, remain" in told


def test_a_code_of_another_encounter_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "cc1:lost-referral::core:0:thanks.mine", "--scenario", str(path)]) == 1
    told = capsys.readouterr().err
    assert "This is a code of “lost-referral”, replayed in “my-call”." in told
    assert "It could not be replayed: the caller has not finished." in told
    assert main(["replay", code(path).replace("my-call", "old-name"), "--scenario", str(path)]) == 0
    assert capsys.readouterr().err == "This is a code of “old-name”, replayed in “my-call”.\n"


def test_answers_known_by_number_in_a_changed_file_are_to_be_looked_at(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = code(path).replace("stay", "1")
    assert main(["replay", line, "--scenario", str(path)]) == 0
    assert capsys.readouterr().err == ""
    path.write_text(SMALL + "\n", encoding="utf-8")
    assert main(["replay", line, "--scenario", str(path)]) == 0
    assert "Answers without an id go by their number" in capsys.readouterr().err


def test_a_check_names_answers_by_the_ids_that_they_have_now(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = code(path).replace("stay", "2")
    assert main(["replay", line, "--scenario", str(path), "--save-check", "steady"]) == 0
    assert 'do = ["listen", "stay", { compose = [2, 1] }]' in capsys.readouterr().out


def test_a_check_of_a_call_that_is_not_over_says_what_it_asks_for(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = code(path).removesuffix("L.stay.P2-1")
    assert main(["replay", f"{start}L.stay", "--scenario", str(path), "--save-check", "half"]) == 0
    told = capsys.readouterr()
    assert "for composure only" in told.err
    assert "ends" not in told.out.rpartition("[[checks]]")[2]
    assert main(["replay", start, "--scenario", str(path), "--save-check", "nothing"]) == 2
    assert "there is nothing to check" in capsys.readouterr().err


def test_no_check_is_written_into_what_comes_with_callcalm(capsys: pytest.CaptureFixture[str]) -> None:
    line = "cc1:lost-referral::core:0:thanks.mine.L.L.named.readback.own"
    assert main(["replay", line, "--save-check", "never"]) == 2
    assert "comes with callcalm" in capsys.readouterr().err


def test_a_check_that_the_encounters_own_rules_do_not_allow_is_not_written(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # By core somebody at 20 needs a breath before what helps; by rules without temptation, not.
    brittle = SMALL.replace("composure = 60", "composure = 20")
    path.write_text(brittle, encoding="utf-8")
    calm = replace(playbooks()["core"], id="calm", temptation=False)
    monkeypatch.setattr("callcalm.practice.desk.Desk.playbooks", {**playbooks(), "calm": calm})
    line = "cc1:my-call::calm:0:L.stay.P2-1"
    assert main(["replay", line, "--scenario", str(path), "--save-check", "calm"]) == 1
    assert "up to step 1 of 3: it needs a breath first" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == brittle


def test_a_code_of_a_file_that_is_not_found_by_its_id_says_how_to_name_it(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", code(path)]) == 2
    told = capsys.readouterr().err
    assert "There is no encounter “my-call”." in told
    assert "with --scenario" in told


def test_a_round_becomes_a_check_that_holds(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", code(path), "--scenario", str(path), "--save-check", "steady  wins"]) == 0
    told = capsys.readouterr().out
    assert 'name = "steady  wins"' in told
    assert 'composure = ">= 50"' in told
    scenario = load_scenario(path, rulebook(), playbooks())
    assert [check.name for check in scenario.checks][-1] == "steady  wins"
    assert run_checks(scenario, playbooks()["core"], lambda *_: ((), None)) == ()
    assert main(["replay", code(path), "--scenario", str(path), "--save-check", "steady  wins"]) == 1
    told_again = capsys.readouterr()
    assert "it has a check “steady  wins” already.\nGive it another name.\n" in told_again.err
    assert "[[checks]]" not in told_again.out, "by hand it would be taken, too"


@pytest.mark.parametrize(
    ("composure", "kept"),
    [
        (100, ">= 70"),
        (70, ">= 70"),
        (69, ">= 50"),
        (49, ">= 25"),
        (25, ">= 25"),
        (24, "< 25"),
        (0, "< 25"),
    ],
)
def test_a_check_of_a_round_keeps_the_word_for_composure_and_not_its_points(
    path: Path, composure: int, kept: str
) -> None:
    scenario = load_scenario(path, rulebook(), playbooks())
    played = begin(scenario, playbooks()["core"], 0)
    ended = replace(played, opening=replace(played.opening, composure=composure))
    assert check_block(Text("kept"), ended).endswith(f'composure = "{kept}"\n')


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "begins with"),
        ("cc1:no-such-call:3f:core:0:L", "no encounter"),
        ("cc1:%2E%2E%2Fetc%2Fpasswd:3f:core:0:L", "names a file"),
        ("cc1:lost-referral:3f:my-house:0:L", "house rules"),
    ],
)
def test_a_code_that_cannot_be_replayed_says_why(
    path: Path, capsys: pytest.CaptureFixture[str], line: str, says: str
) -> None:
    assert main(["replay", line]) == 2
    assert says in capsys.readouterr().err


def test_the_example_of_the_help_can_be_replayed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["replay", "--help"])
    example = next(word for word in capsys.readouterr().out.split() if word.startswith("cc1:"))
    assert main(["replay", example]) == 0


def test_what_is_wrong_with_a_code_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "cc1:lost-referral::core:0:L.!"]) == 2
    assert capsys.readouterr().err.endswith("perhaps the code is not whole.\n")
