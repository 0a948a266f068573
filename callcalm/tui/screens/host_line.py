"""The line at the bottom of the projected screen: counts, fingers, answers called out, the number of one.

Where hands are counted it is there as soon as it is needed. What must not be here: the board.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rich.text import Text
from textual.message import Message
from textual.widgets import Input

from callcalm.core.moves import Factor
from callcalm.insight.wording import signed
from callcalm.language import _
from callcalm.room.counting import counted, fingers, yes_and_no
from callcalm.room.pricing import ASKED, FAIR, allowed
from callcalm.room.session import LONGEST_SAID, Phase
from callcalm.tui.commands import bindings
from callcalm.tui.screens.host_steps import Steps
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.field import Field

TYPED = frozenset({"count", "answer", "pick", "fingers"})
"""The steps that need a line to be typed."""

UNSEEN: Final = "•"
"""What is shown for each digit of a count of hands."""

_NUMBER: Final = re.compile(r"\d")


class HostField(Field):
    """The line at the bottom: counts, the number of an answer, an answer that was called out."""

    BINDINGS = bindings("host-counting")

    def __init__(self, kind: str, hint: str) -> None:
        super().__init__(hint=hint, most=LONGEST_SAID, ident=f"typed-{kind}", classes="typed")
        self._unseen = kind == "count"

    class Left(Message):
        """Back to the keys."""

    @property
    def _value(self) -> Text:
        """What is drawn: of counted hands the letters alone, for the votes wait for the reveal."""
        drawn = super()._value
        if not self._unseen:
            return drawn
        return Text(_NUMBER.sub(UNSEEN, drawn.plain), no_wrap=True, overflow="ignore", end="")

    def action_back(self) -> None:
        """Leave the line."""
        self.post_message(self.Left())


class LinePage(Page):
    """A page with a line that a facilitator types into."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self._steps = steps
        self._typing = ""
        self._row = ""

    def redraw(self) -> None:
        """Show the board as it is now."""
        raise NotImplementedError

    def step(self, name: str) -> None:
        """Take this step."""
        raise NotImplementedError

    def after(self, missed: str, *, close: bool = False) -> None:
        """Show what a step brought, or why it could not be done; `close` the line if it could."""
        raise NotImplementedError

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the line as what was asked for; a ? alone asks for the keys."""
        event.stop()
        words = event.value.strip()
        if words == "?":
            self.on_host_field_left()
            await self.run_action("app.help")
            return
        match self._typing:
            case "count":
                self._counted(words)
            case "answer":
                self._called_out(words)
            case "pick":
                self._picked(words)
            case "fingers":
                self._scored(words)

    def on_host_field_left(self) -> None:
        """Back to the keys."""
        self.close_line()
        self.redraw()
        self.refresh_bindings()

    def _counted(self, words: str) -> None:
        asked = self._steps.room.question
        letters = asked.ballot.letters if asked else ()
        counts = counted(words, len(letters)) if words else None
        if not words and self._steps.room.voted:
            self.close_line()
            self.step(self._steps.next)
        elif counts is not None:
            missed = self._steps.count(counts)
            self.after(missed, close=True)
            if missed:
                self._field.action_select_all()
        elif words.upper() in letters:
            self.after(self._steps.letter(words.upper()), close=True)
        else:
            self._wrong(_("Type how many hands for each letter, as A5 B2, or only the letter."))

    def _called_out(self, words: str) -> None:
        if words:
            missed = self._steps.add(words)
            if not missed:
                self._field.value = ""
            self.after(missed)
        elif self._steps.room.phase is Phase.SAYING and self._steps.room.voted:
            self.close_line()
            self.step("close")
        else:
            self.on_host_field_left()

    def _picked(self, words: str) -> None:
        if words.isascii() and words.isdecimal():
            missed = self._steps.pick(int(words[:6]))
            self.after(missed, close=True)
            if missed:
                self._field.action_select_all()
        else:
            self._wrong(_("Type the number of an answer, as your notes show it."))

    def _scored(self, words: str) -> None:
        """Take one row; the sheet is shown after the last."""
        key = self._row
        if words:
            counts = yes_and_no(words) if key == ASKED else fingers(words)
            if counts is None or not set(counts) <= set(allowed(key)):
                low, high = allowed(key)[0], allowed(key)[-1]
                self._wrong(
                    _("Two numbers: how many say yes, how many say no.")
                    if key == ASKED
                    else _("Whole numbers from {low} to {high}: 4x5 −3x2 is five fours, two minus threes.").format(
                        low=signed(low), high=high
                    )
                )
                return
            missed = self._steps.fingers(key, counts)
            if missed:
                self._wrong(missed)
                return
        self._row = self._row_after(key)
        if self._row:
            self.open_line("fingers")
        else:
            self.close_line()
            self.step("show")

    def _wrong(self, why: str) -> None:
        """Say what is wrong with the line; what is typed next takes its place."""
        self.note(why)
        self._field.action_select_all()

    def _row_after(self, key: str) -> str:
        rows = [ASKED, FAIR, *(factor.value for factor in Factor)]
        if not self._steps.room.pricing.counted.get(ASKED, {}).get(0):
            rows.remove(FAIR)
        left = rows[rows.index(key) + 1 :]
        return left[0] if left else ""

    def lines(self) -> Iterable[HostField]:
        """One field for each thing that is typed, with its own hint; one at most is in sight."""
        for kind, hint in _hints().items():
            yield HostField(kind, hint)

    def open_line(self, kind: str) -> None:
        """Open the line for this."""
        if kind == "fingers":
            self._row = self._row or ASKED
        self._typing = kind
        opened = self._field
        for field in self.query(HostField):
            field.set_class(field is opened, "-open")
        opened.value = ""
        self.set_focus(opened)
        self.redraw()
        self.refresh_bindings()

    @property
    def _field(self) -> HostField:
        kind = "yes-no" if self._typing == "fingers" and self._row == ASKED else self._typing
        return self.query_one(f"#typed-{kind}", HostField)

    def close_line(self) -> None:
        """Nothing is typed any more."""
        self._typing = self._row = ""
        self.query(HostField).remove_class("-open")
        self.set_focus(None)

    def offer_line(self) -> None:
        """Where hands are counted, the line is there as soon as it is needed; where it is not, it is gone."""
        step = self._steps.next
        if self._typing and not self._fits():
            self.close_line()
        if not self._typing and step in {"count", "answer", "fingers"}:
            self.open_line(step)

    def _fits(self) -> bool:
        """Whether what is being typed can still be taken."""
        if self._typing == "fingers":
            return self._steps.room.phase is Phase.PRICE
        return self._steps.next == self._typing or self._steps.can(self._typing)


def _hints() -> Mapping[str, str]:
    return {
        "count": _("hands: A5 B2, or only the letter; ? for help"),
        "answer": _("an answer that was called out; enter alone when there are no more"),
        "pick": _("the number of the answer to project"),
        "yes-no": _("how many yes, how many no: 5 2; enter leaves it out"),
        "fingers": _("4x5 -3x2; enter leaves it out"),
    }
