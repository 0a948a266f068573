"""How a line stands on a terminal."""

from __future__ import annotations

from io import StringIO

import pytest

from callcalm.plain.console import Console


class Terminal(StringIO):
    """A terminal to write to."""

    def isatty(self) -> bool:
        return True


def test_a_long_line_goes_on_under_its_own_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "61")
    seen = Terminal()
    console = Console(StringIO(), seen)
    console.say("   For example: Monday morning. A note from last week, and nothing after that.")
    console.say("Monday morning. A note from last week says double charge, and nothing after that.")
    lines = seen.getvalue().splitlines()
    assert [line[: len(line) - len(line.lstrip())] for line in lines] == ["   ", "   ", "", ""]
    assert max(map(len, lines)) <= 60
