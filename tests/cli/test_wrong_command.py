"""A wrong command line is told by the command it is about, in the interface's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_check import callcalm

FRENCH = {"LANGUAGE": "", "LC_ALL": "fr_FR.UTF-8"}


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["check", "--formt", "json"], "Did you mean “--format”?"),
        (["check", "--format", "jsn", "x"], "Did you mean “json”?"),
        (["explain", "one", "two"], "unrecognized arguments: two"),
        (["check", "--xyzzyx", "a.txt"], "unrecognized arguments: --xyzzyx"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_is_told_by_the_command(tmp_path: Path, args: list[str], told: str) -> None:
    done = callcalm(tmp_path, *args)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.startswith(f"usage: callcalm {args[0]}")
    assert done.stderr.endswith(f"Try “callcalm {args[0]} --help”.\n")


def test_an_option_like_none_is_not_guessed_at(tmp_path: Path) -> None:
    assert "Did you mean" not in callcalm(tmp_path, "check", "--xyzzyx", "a.txt").stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["plya"], "« play »"),
        (["--theme", "contrst"], "« contrast »"),
        (["play"], "il manque : ID"),
        (["play", "x", "--seed"], "argument --seed : il manque sa valeur"),
        (["check", "--format", "xml", "x"], "choix impossible : « xml » (au choix : text, "),
        (["check", "--formt", "x"], "arguments inconnus : --formt"),
        (["check", "--f", "x"], "option ambiguë : --f"),
        (["check", "--jsonl=3"], "ne prend pas de valeur"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_french_is_french_here_too(tmp_path: Path, args: list[str], told: str) -> None:
    done = callcalm(tmp_path, *args, **FRENCH)
    assert done.returncode == 2
    said = done.stderr.replace("\u00a0", " ")
    assert told in said
    assert said.startswith("usage : callcalm")
    assert "Traceback" not in done.stderr


def test_help_is_french_from_its_first_word(tmp_path: Path) -> None:
    told = callcalm(tmp_path, "play", "--help", **FRENCH).stdout.replace("\u00a0", " ")
    assert told.startswith("usage : callcalm play")
    assert "affiche cette aide" in told
    assert "positional" not in told
    assert "\narguments :\n" in told
    assert "\noptions :\n" in told


def test_the_help_of_the_whole_is_french_to_its_last_option(tmp_path: Path) -> None:
    told = callcalm(tmp_path, "--help", **FRENCH).stdout.replace("\u00a0", " ")
    assert "affiche le numéro de version" in told
    assert "\ncommandes :\n" in told
