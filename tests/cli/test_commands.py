"""The command line as its users type it: data on standard output, talk on standard error, exit codes."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from callcalm.cli import options
from callcalm.cli.main import main
from callcalm.tui import themes
from tests.world import desk


def callcalm(folder: Path, *args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    desk(folder)
    return subprocess.run(
        [sys.executable, "-m", "callcalm", *args],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.defpath, "CALLCALM_SAVES": str(folder), "HOME": str(folder), "LANG": "C.UTF-8", **env},
        timeout=60,
    )


def test_help_begins_with_examples(tmp_path: Path) -> None:
    for args in (["--help"], ["play", "--help"], ["list", "--help"], ["completion", "--help"]):
        done = callcalm(tmp_path, *args)
        assert done.returncode == 0
        assert "Examples:" in done.stdout
    assert "Exit codes:" in callcalm(tmp_path, "-h").stdout


def test_help_is_never_broken_within_a_word(tmp_path: Path) -> None:
    whole = callcalm(tmp_path, "new", "--help", LANG="fr_FR.UTF-8", COLUMNS="200").stdout
    words = set(whole.split())
    assert "--from-transcript" in words
    for columns in (60, 80):
        narrow = callcalm(tmp_path, "new", "--help", LANG="fr_FR.UTF-8", COLUMNS=str(columns)).stdout
        assert set(narrow.split()) == words
        assert max(map(len, narrow.splitlines())) <= columns


def test_version(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "--version")
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "callcalm", "")


def test_list_is_data_and_broken_files_are_talk(tmp_path: Path) -> None:
    good = callcalm(tmp_path, "list", "--json")
    rows = json.loads(good.stdout)
    assert rows["format"] == 1
    assert {"test-call", "lost-referral", "rdv-annule"} <= {row["id"] for row in rows["scenarios"]}
    assert good.returncode == 0
    (tmp_path / "scenarios" / "broken.toml").write_text("format = ", encoding="utf-8")
    bad = callcalm(tmp_path, "list")
    assert bad.returncode == 1
    assert "broken" in bad.stderr
    assert "broken" not in bad.stdout
    assert "A test call" in bad.stdout


def test_options_may_stand_before_the_command_or_after_it(tmp_path: Path) -> None:
    for number, args in enumerate((["--saves", "{}", "paths"], ["paths", "--saves", "{}"])):
        folder = tmp_path / str(number)
        done = callcalm(tmp_path, *(part.format(folder) for part in args))
        assert f"{folder}" in done.stdout


def test_every_theme_of_the_screens_can_be_asked_for() -> None:
    assert options.THEMES == themes.NAMES


def test_paths_are_named(tmp_path: Path) -> None:
    lines = callcalm(tmp_path, "paths").stdout.splitlines()
    assert f"saves: {tmp_path}" in lines
    assert f"settings: {tmp_path / 'settings.toml'}" in lines
    (schemas,) = (line.removeprefix("schemas: ") for line in lines if line.startswith("schemas: "))
    assert (Path(schemas) / "scenario.json").is_file()
    asked = callcalm(tmp_path, "paths", "--saves", str(tmp_path / "x")).stdout
    assert f"saves: {tmp_path / 'x'}" in asked


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_is_a_script(tmp_path: Path, shell: str) -> None:
    done = callcalm(tmp_path, "completion", shell)
    assert done.returncode == 0
    assert "callcalm" in done.stdout
    assert "--playbook" in done.stdout or shell == "tcsh"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["plya"], "Did you mean “play”?"),
        (["play"], "ID"),
        (["play", "lost-referal", "--plain"], "Did you mean “lost-referral”?"),
        (["play", "../../etc/passwd", "--plain"], ""),
        (["play", "test-call", "--plain", "--playbook", "nope"], "core"),
        (["play", "test-call", "--seed", "-1"], "whole number"),
        (["--frobnicate"], "--frobnicate"),
        (["--theme", "contrst"], "Did you mean “contrast”?"),
        (["completion", "fish"], "fish"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_says_what_to_do(tmp_path: Path, args: list[str], words: str) -> None:
    done = callcalm(tmp_path, *args)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == "" or args[0] == "play"


def test_a_broken_scenario_shows_every_problem_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    desk(tmp_path)
    source = (tmp_path / "scenarios" / "test-call.toml").read_text(encoding="utf-8")
    source = source.replace('mood = "wary"', 'mood = "waryy"').replace('goto = "settled"', 'goto = "setled"')
    file.write_text(source.replace("level = 1", 'level = "one"\nlevle = 1'), encoding="utf-8")
    done = callcalm(tmp_path, "play", str(file), "--plain")
    assert done.returncode == 1
    for words in ("broken.toml:", "^^^^", "waryy", "setled", "levle", "level"):
        assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_plain_is_chosen_where_no_screen_can_be_drawn(tmp_path: Path) -> None:
    for env in ({}, {"CALLCALM_PLAIN": "1"}, {"TERM": "dumb"}):
        done = callcalm(tmp_path, "play", "test-call", stdin="\nq\n", **env)
        assert done.returncode == 0
        assert "Maria Alvarez (furious): Finally. A human." in done.stdout
        done = callcalm(tmp_path, "play", "test-call", stdin="n\n", **env)


def test_a_round_through_a_pipe_with_the_last_word_on_standard_error(tmp_path: Path) -> None:
    stdin = "\n\n2\n1\ny\n3\n3\n3\n3\n3\ny\n\nby when\n"
    done = callcalm(tmp_path, "play", "test-call", "--plain", "--player", "Zoé", stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert "Saved in" in done.stdout
    assert done.stderr == ""
    saves = [path.read_text(encoding="utf-8") for path in tmp_path.glob("zo*.toml")]
    assert any("by when" in text and 'player = "Zoé"' in text for text in saves)


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    desk(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "callcalm", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, "CALLCALM_SAVES": str(tmp_path), "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_closed_input_is_the_end_of_input(tmp_path: Path) -> None:
    desk(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "callcalm", "play", "test-call", "--plain"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.defpath, "CALLCALM_SAVES": str(tmp_path), "LANG": "C.UTF-8"},
        timeout=60,
    )
    assert done.returncode == 0
    assert "Nothing was played yet. To begin: callcalm play test-call" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no such way to close a stream")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_read_and_write_nothing(tmp_path: Path, closed: str) -> None:
    desk(tmp_path)
    done = subprocess.run(
        f'"{sys.executable}" -m callcalm replay - {closed}',
        shell=True,
        input="cc1:test-call::core:0:",
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.defpath, "CALLCALM_SAVES": str(tmp_path), "LANG": "C.UTF-8"},
        timeout=60,
    )
    assert done.returncode == (2 if "<" in closed else 0)
    assert "Traceback" not in done.stderr


def test_input_that_is_no_text_is_no_traceback(tmp_path: Path) -> None:
    desk(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "callcalm", "replay", "-"],
        input=b"cc1:\xff\xfe",
        capture_output=True,
        check=False,
        env={"PATH": os.defpath, "CALLCALM_SAVES": str(tmp_path), "PYTHONIOENCODING": "utf-8:strict"},
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"This is no replay code that can be read: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_behind_standard_output_is_told(tmp_path: Path) -> None:
    desk(tmp_path)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "callcalm", "explore", "test-call"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={"PATH": os.defpath, "CALLCALM_SAVES": str(tmp_path), "LANG": "C.UTF-8"},
            timeout=60,
        )
    assert done.returncode == 3
    assert done.stderr == f"callcalm: standard output cannot be written: {os.strerror(errno.ENOSPC)}\n"


def test_what_goes_to_a_pipe_is_utf_8_unless_another_encoding_is_asked_for(tmp_path: Path) -> None:
    latin = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = callcalm(tmp_path, "explore", "rdv-annule", **latin)
    assert (done.returncode, done.stderr) == (0, "")
    assert "é" in done.stdout
    asked = callcalm(tmp_path, "explore", "rdv-annule", PYTHONIOENCODING="ascii")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout == done.stdout.encode("ascii", "replace").decode("ascii")


def test_a_scenario_of_ones_own_can_be_played_and_gone_on_with_from_anywhere(tmp_path: Path) -> None:
    desk(tmp_path)
    file = tmp_path / "my-call.toml"
    (tmp_path / "scenarios" / "test-call.toml").rename(file)
    done = callcalm(tmp_path, "play", os.path.relpath(file), "--plain", stdin="\n\n2\n")
    assert f"callcalm play {file}" in done.stderr
    again = callcalm(tmp_path, "play", str(file), "--plain", stdin="y\n")
    assert "All right. So what happens now?" in again.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["play", "./gone.toml"],
        ["explore", "./gone.toml"],
        ["book", "./gone.toml"],
        ["print", "./gone.toml"],
        ["drill", "./gone.toml"],
        ["export", "./gone.toml", "--format", "twee"],
        ["import", "gone.twee"],
        ["new", "--from-transcript", "gone.txt"],
        ["replay", "cc1:gone::core:0:L", "--scenario", "gone.toml"],
        ["host", "./gone.toml"],
        ["deck", "--phrases", "gone.toml"],
    ],
    ids=lambda args: args[0],
)
def test_a_file_that_is_not_there_is_2_everywhere(tmp_path: Path, args: list[str]) -> None:
    done = callcalm(tmp_path, *args)
    assert done.returncode == 2
    assert "CC001" in done.stderr


@pytest.mark.parametrize(
    ("command", "other", "name"), [("play", "drill", "ultimatum-to-offer"), ("drill", "play", "test-call")]
)
def test_an_encounter_is_no_drill_and_each_says_how_the_other_is_played(
    tmp_path: Path, command: str, other: str, name: str
) -> None:
    done = callcalm(tmp_path, command, name, "--plain")
    assert done.returncode == 2
    assert f"Play it: callcalm {other} {name}" in done.stderr
    assert "There is no" not in done.stderr
    assert "There is no" in callcalm(tmp_path, command, "nothing-such", "--plain").stderr


def test_a_shipped_encounter_replaced_by_ones_own_is_said_and_is_no_trouble(tmp_path: Path) -> None:
    desk(tmp_path)
    mine = tmp_path / "scenarios" / "test-call.toml"
    mine.rename(mine.with_name("refill-blame.toml"))
    done = callcalm(tmp_path, "list")
    assert done.returncode == 0
    assert "refill-blame: replaced by " in done.stderr
    mine.write_text("format = ", encoding="utf-8")
    done = callcalm(tmp_path, "list", LANGUAGE="fr")
    assert done.returncode == 1
    assert "test-call" in done.stderr
    assert "ligne 1, colonne " in done.stderr


@pytest.mark.parametrize("command", ["check", "lint", "write", "import", "practise", "new --from-transcript"])
def test_an_empty_name_is_no_folder(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command.split(), ""])
    assert left.value.code == 2
    assert "cannot be empty" in capsys.readouterr().err
