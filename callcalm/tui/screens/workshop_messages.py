"""What the workshop's threads tell its screen, and what the screen tells the app."""

from __future__ import annotations

from pathlib import Path

from textual.message import Message

from callcalm.content.scenarios import ScenarioFile
from callcalm.workshop.charting import Chart
from callcalm.workshop.session import Bench


class Saved(Message):
    """The file may have been saved."""


class Slow(Message):
    """Reading the file takes a while."""


class Read(Message):
    """The file was read: the bench as it was when that began, and as it came out."""

    def __init__(self, before: Bench, after: Bench) -> None:
        super().__init__()
        self.before = before
        self.after = after


class Charted(Message):
    """The map of this file was drawn."""

    def __init__(self, file: ScenarioFile | None, chart: Chart | None) -> None:
        super().__init__()
        self.file = file
        self.chart = chart


class Arrived(Message):
    """The way to a place was looked for: the bench there, or why there is none."""

    def __init__(self, before: Bench, after: Bench | None, why: str = "") -> None:
        super().__init__()
        self.before = before
        self.after = after
        self.why = why


class Edit(Message):
    """Open this file in the writer's editor, at this line (0 is anywhere)."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__()
        self.path = path
        self.line = line
