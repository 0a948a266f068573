"""Start-up is a feature: what a command imports, seen from a clean interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "rich", "aiohttp", "platformdirs", "rapidfuzz", "shtab", "babel", "importlib.metadata")


def imported(tmp_path: Path, *args: str, stdin: str = "") -> set[str]:
    """The modules in memory after `callcalm ARGS`."""
    code = (
        "import sys, atexit; from callcalm.cli import run;"
        "atexit.register(lambda: sys.stderr.write('\\nMODULES ' + ' '.join(sys.modules)));"
        f"sys.argv[1:] = {list(args)!r}; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "CALLCALM_SAVES": str(tmp_path), "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize(
    "args",
    [("--version",), ("list",), ("list", "--json"), ("paths",), ("play", "lost-referral", "--plain")],
    ids=" ".join,
)
def test_a_light_command_imports_nothing_heavy(tmp_path: Path, args: tuple[str, ...]) -> None:
    modules = imported(tmp_path, *args)
    assert not [name for name in HEAVY if name in modules]


def test_version_imports_no_part_of_the_game(tmp_path: Path) -> None:
    modules = imported(tmp_path, "--version")
    assert not [
        name for name in modules if name.startswith(("callcalm.core", "callcalm.content", "callcalm.storage"))
    ]


def test_the_core_is_pure() -> None:
    code = "import sys, callcalm.core.round; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"callcalm.content", "callcalm.storage", "callcalm.tui", "textual", "tomli", "socket"} & set(out)


def test_a_letter_loads_nothing_that_only_hints_or_writers_need(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Why did you wait? We are sorry, but you failed to send the form.\n", encoding="utf-8")
    args = ("check", str(letter), "--fail-on", "never")
    imported(tmp_path, *args)  # keeps the phrasebook, where it is not kept
    modules = imported(tmp_path, *args)
    assert "callcalm.coach.compiled" in modules
    assert not {"typing", "dataclasses", "tomli", "callcalm.coach.matcher", "callcalm.coach.pattern"} & modules
