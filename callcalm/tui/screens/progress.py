"""Progress: what the rounds tell over time, part by part, each with a picture and its numbers. Nothing moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from callcalm.insight.trends_model import Trends
from callcalm.language import _
from callcalm.practice.trending import trending
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, line, literal
from callcalm.tui.messages import GoHome
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Reading, ReadingPage
from callcalm.tui.widgets.plot import get_ready
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.tui.progress_story import Part

MOST_HEIGHT = 18
LEAST_LEFT = 12
"""Lines that a picture leaves to its numbers and the frame of the screen."""


class ProgressScreen(ReadingPage):
    """Left and right, or a number, turn to the other parts."""

    PLACE = "progress"
    CSS_PATH = ["../styles/reading.tcss", "../styles/progress.tcss"]
    BINDINGS = bindings("progress")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parts: Sequence[Part] = ()
        self._at = 0

    def heading(self) -> Reflow:
        """The part at hand, and how many there are."""
        title = _("Progress")
        if not self._parts:
            return Reflow(lambda width: [literal(title).truncate(width)])
        part = self._parts[self._at]
        where = literal(f"{self._at + 1}/{len(self._parts)}", "$muted")
        return Reflow(lambda width: [beside(literal(f"{title} · {part.title}"), where, width)])

    def body(self) -> Iterable[Widget]:
        """The parts by name, where there is room for them, and the one at hand."""
        yield Words(ident="parts")
        yield from super().body()

    def reading(self) -> Iterable[Widget]:
        """What the part shows."""
        yield Words(_("Reading your rounds…"), ident="part")

    def on_mount(self) -> None:
        """Read the log where it holds up no key."""
        self.run_worker(partial(trending, self._desk), thread=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """It has been read."""
        if event.state is WorkerState.SUCCESS and isinstance(event.worker.result, Trends):
            from callcalm.tui.progress_story import parts

            self._parts = parts(event.worker.result, self._desk.registry)
            self._show()
            self.run_worker(get_ready, thread=True)

    def on_resize(self, event: Resize) -> None:
        """A picture is as high as there is room for."""
        super().on_resize(event)
        if self._parts:
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a first part and a last, and none before the log has been read."""
        number = parameters[0] if parameters and isinstance(parameters[0], int) else 0
        if action == "turn":
            return 0 <= self._at + number < len(self._parts)
        if action == "part":
            return number <= len(self._parts)
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """The part beside this one."""
        self._go(self._at + by)

    def action_part(self, number: int) -> None:
        """The part with this number."""
        self._go(number - 1)

    def action_back(self) -> None:
        """To the list."""
        self.post_message(GoHome())

    def next_step(self) -> None:
        """At the end of a part comes the next; after the last nothing does."""
        if self._at + 1 < len(self._parts):
            self._go(self._at + 1)

    def _go(self, part: int) -> None:
        self._at = part
        self._show()
        self.query_one(Reading).scroll_home(animate=False)

    def _show(self) -> None:
        part, room = self._parts[self._at], min(MOST_HEIGHT, self.size.height - LEAST_LEFT)
        self.query_one("#heading", Words).say(self.heading())
        self.query_one("#parts", Words).say(Reflow(self._names))
        self.query_one("#part", Words).say(Reflow(lambda width: list(part.lines(width, room))))
        # Whether the end is in sight is known once the part is laid out.
        self.call_after_refresh(self.refresh_bindings)

    def _names(self, width: int) -> list[Content]:
        """The parts on one line, the one at hand marked; that line alone where they do not fit."""
        names: list[Content | str] = []
        for number, part in enumerate(self._parts, 1):
            marked = number == self._at + 1
            names += ["  " if names else "", literal(f"{'▸' if marked else ''}{number} ", "bold $heading")]
            names.append(literal(part.short, "bold" if marked else "$muted"))
        whole = line(*names)
        return [whole if whole.cell_length <= width else whole.truncate(width, ellipsis=True)]
