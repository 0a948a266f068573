"""A dial for points: arrows move it, a typed number sets it; it shows its range, its place and the number."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from callcalm.insight.wording import signed
from callcalm.tui.literal import MARKER, beside, line, literal, wrapped

_DIGITS = [Binding(str(digit), f"digit({digit})", show=False) for digit in range(10)]


class Dial(Widget, can_focus=True):
    """Points from `low` to `high`."""

    BINDINGS = [
        *_DIGITS,
        Binding("minus", "minus", show=False),
        Binding("plus", "plus", show=False),
        Binding("backspace", "wipe", show=False),
    ]

    points: reactive[int] = reactive(0)

    class Turned(Message):
        """The player set the dial; `dial` is its id."""

        def __init__(self, dial: str, points: int) -> None:
            super().__init__()
            self.dial = dial
            self.points = points

    def __init__(self, ident: str, name: str, question: str, low: int, high: int) -> None:
        super().__init__(id=ident)
        self._key = ident
        self._title, self._question, self.low, self.high = name, question, low, high
        self._typed = ""

    def step(self, by: int) -> None:
        """Move by so many points, within the range."""
        self._typed = ""
        self._turn(self.points + by)

    def action_digit(self, digit: int) -> None:
        """Type a digit; a number that leaves the range starts anew with this digit."""
        typed = f"{self._typed}{digit}"
        if not self.low <= int(typed) <= self.high:
            typed = f"{self._typed[: self._typed.startswith('-')]}{digit}"
        self._typed = typed
        self._turn(int(typed))

    def action_minus(self) -> None:
        """Type a minus: what follows is below zero; it also turns the sign of what is there."""
        if self.low >= 0:
            return
        self._typed = "-"
        if self.points > 0:
            self._turn(-self.points)

    def action_plus(self) -> None:
        """Type a plus: what follows is above zero."""
        self._typed = ""

    def action_wipe(self) -> None:
        """Back to zero."""
        self._typed = ""
        self._turn(0)

    def on_blur(self) -> None:
        """What was half typed is done with."""
        self._typed = ""

    def _turn(self, points: int) -> None:
        points = max(self.low, min(self.high, points))
        if points != self.points:
            self.points = points
            self.post_message(self.Turned(self._key, points))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """As many lines as the question needs."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The name, the scale and the number; the question below."""
        return Content("\n").join(self._lines(max(1, self.content_size.width)))

    def _lines(self, width: int) -> list[Content]:
        lead = literal(MARKER if self.has_focus else " " * len(MARKER))
        number = signed(self.points) if self.low < 0 else str(self.points)
        scale = line(
            (f"{signed(self.low) if self.low < 0 else self.low:>3} ", "$muted"),
            *self._track(),
            (f" {signed(self.high) if self.low < 0 else self.high:<3}", "$muted"),
            (f"{number:>5}", "bold"),
        )
        title = line(lead, (self._title, "bold" if self.has_focus else ""))
        top = beside(title, scale, width)
        return [
            top,
            *(one.stylize("$muted") for one in wrapped(literal(self._question), width, " " * len(MARKER))),
        ]

    def _track(self) -> list[tuple[str, str]]:
        """One cell a point: zero is marked, the place is a block."""
        cells = []
        for point in range(self.low, self.high + 1):
            glyph = "●" if point == self.points else "┼" if point == 0 and self.low < 0 else "─"
            cells.append((glyph, "bold $heading" if point == self.points else "$rule"))
        return cells
