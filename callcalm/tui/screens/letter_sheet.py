"""The PRICE sheet of a letter: the five factors as its reader would score them. Once confirmed it is locked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.widget import Widget

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE
from callcalm.insight.wording import factor_name, factor_question, signed
from callcalm.language import _
from callcalm.practice.lettering import Lettering
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line
from callcalm.tui.messages import LeaveDrill, Moved
from callcalm.tui.screens.page import Page
from callcalm.tui.screens.question import Choice, Question
from callcalm.tui.widgets.dial import Dial
from callcalm.tui.widgets.words import Words


class LetterSheetScreen(Page):
    """Five rows: up and down between them, arrows or numbers on them."""

    PLACE = "letter-sheet"
    CSS_PATH = "../styles/price.tcss"
    BINDINGS = bindings("letter-sheet")
    AUTO_FOCUS = "Dial"

    def __init__(self, lettering: Lettering) -> None:
        super().__init__()
        self._lettering = lettering

    def heading(self) -> str:
        """Whose eyes to look through."""
        return _("PRICE: as whoever reads {name} would score it").format(name=self._lettering.name)

    def body(self) -> Iterable[Widget]:
        """The five factors, and the total."""
        rows = [
            Dial(factor.value, factor_name(factor), factor_question(factor), *FACTOR_RANGE) for factor in Factor
        ]
        yield Vertical(*rows, id="sheet")
        yield Words(ident="total")

    def on_mount(self) -> None:
        """Show the sheet as it was left."""
        self._tell()

    def action_step(self, by: int) -> None:
        """Move the dial in focus."""
        if isinstance(self.focused, Dial):
            self.focused.step(by)

    def action_row(self, by: int) -> None:
        """Another row."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_descendant_focus(self) -> None:
        """The marker moves with the focus."""
        self.refresh()

    def on_dial_turned(self, event: Dial.Turned) -> None:
        """A dial was set."""
        self._lettering.sketch(self._lettering.draft.scored(Factor(event.dial), event.points))
        self._tell()

    def action_confirm(self) -> None:
        """Ask once; then it is locked."""
        self.app.push_screen(
            Question(
                _("Confirm this sheet?"),
                _("Your total is {total}, on a scale from −50 to +25. Once confirmed it stays as it is.").format(
                    total=signed(self._lettering.draft.total)
                ),
                [
                    Choice("yes", _("Confirm, and see what the words support.")),
                    Choice("no", _("Look at it again.")),
                ],
                escape="no",
            ),
            self._confirmed,
        )

    def action_leave_letter(self) -> None:
        """Nothing is kept before the sheet is confirmed."""
        self.post_message(LeaveDrill())

    def _confirmed(self, answer: str | None) -> None:
        if answer == "yes":
            self._lettering.confirm()
            self.post_message(Moved())

    def _tell(self) -> None:
        sheet = self._lettering.draft
        for factor in Factor:
            self.query_one(f"#{factor.value}", Dial).points = sheet.factor(factor)
        self.query_one("#total", Words).say(
            line(
                (_("Total"), "bold"),
                "  ",
                (signed(sheet.total), "bold $heading"),
                ("  " + _("on a scale from −50 to +25"), "$muted"),
            )
        )
