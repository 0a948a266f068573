"""The examples in the guides are run: files are made as they are shown, and output is what is shown."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
BLOCK = re.compile(
    r"(?:<!-- (?P<how>file|add): (?P<file>\S+) -->\n)?```(?P<kind>\w*)\n(?P<body>.*?)```\n", re.DOTALL
)


def fits(shown: str, real: str) -> bool:
    """Whether the output is the one shown, where ``…`` stands for anything."""
    pattern = ".*".join(re.escape(part.strip("\n")) for part in shown.rstrip("\n").split("…"))
    return re.fullmatch(pattern, real.rstrip("\n"), re.DOTALL) is not None


@pytest.mark.parametrize("page", ["check.md", "exports.md", "writing.md"])
def test_every_example_on_the_page_is_true(page: str, tmp_path: Path) -> None:
    called = f"{shlex.quote(sys.executable)} -m callcalm "
    run = 0
    for block in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
        if block["file"]:
            with (tmp_path / block["file"]).open("a" if block["how"] == "add" else "w", encoding="utf-8") as file:
                file.write(block["body"])
        if block["kind"] != "console":
            continue
        command, _, shown = block["body"].partition("\n")
        done = subprocess.run(
            ["/bin/sh", "-c", command.removeprefix("$ ").replace("callcalm ", called)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=tmp_path,
            env={
                "PATH": os.defpath,
                "CALLCALM_SAVES": str(tmp_path / "saves"),
                "LANG": "C.UTF-8",
                "PYTHONUNBUFFERED": "1",
            },
            timeout=60,
        )
        assert fits(shown, done.stdout), f"{command}\n{done.stdout}"
        run += 1
    assert run >= 4


def test_fitting_is_strict_but_for_what_is_left_out() -> None:
    assert fits("a …\nc\n", "a b\nc\n")
    assert not fits("a\n", "a\nb\n")
    assert not fits("a …\nc\n", "a b\nd\n")
