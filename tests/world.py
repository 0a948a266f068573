"""A desk in a folder of its own, with the test call in its library, and a clock that stands still."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from callcalm.plain.console import Console
from callcalm.practice.desk import Desk

DATA = Path(__file__).parent / "data"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def desk(folder: Path, player: str | None = None) -> Desk:
    """A desk whose saves, settings and scenarios are in `folder`."""
    own = folder / "scenarios"
    own.mkdir(parents=True, exist_ok=True)
    if not (own / "test-call.toml").exists():
        shutil.copy(DATA / "test-call.toml", own)
    return Desk.open(player=player, saves=folder, now=lambda: NOON)


class Script(Console):
    """A console fed with lines; what was said is in `said`."""

    def __init__(self, *lines: str) -> None:
        self.sink = StringIO()
        super().__init__(StringIO("".join(f"{line}\n" for line in lines)), self.sink)

    @property
    def said(self) -> str:
        return self.sink.getvalue()
