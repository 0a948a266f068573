"""What the PRICE sheets have in common: rows to walk, dials to turn, a total, one question before it is locked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.widget import Widget

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE
from callcalm.insight.wording import factor_name, factor_question, signed
from callcalm.language import _
from callcalm.tui.literal import line
from callcalm.tui.messages import Moved
from callcalm.tui.screens.page import Page
from callcalm.tui.screens.question import Choice, Question
from callcalm.tui.widgets.dial import Dial
from callcalm.tui.widgets.words import Words


class SheetPage(Page):
    """Up and down between the rows, arrows or numbers on them, enter to confirm."""

    CSS_PATH = "../styles/price.tcss"

    def first_rows(self) -> Iterable[Widget]:
        """What stands above the five factors."""
        return ()

    def body(self) -> Iterable[Widget]:
        """The rows, and the total."""
        factors = (
            Dial(factor.value, factor_name(factor), factor_question(factor), *FACTOR_RANGE) for factor in Factor
        )
        # Not a VerticalScroll: that would keep the arrows for itself.
        yield Vertical(*self.first_rows(), *factors, id="sheet")
        yield Words(ident="total")

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

    def tell_total(self, factors: dict[Factor, int], total: int, scale: str) -> None:
        """Set the dials of the factors, and say what all comes to on which scale."""
        for factor, points in factors.items():
            self.query_one(f"#{factor.value}", Dial).points = points
        self.query_one("#total", Words).say(
            line((_("Total"), "bold"), "  ", (signed(total), "bold $heading"), ("  " + scale, "$muted"))
        )

    def ask(self, detail: str, then: str) -> None:
        """Ask once whether the sheet is to be confirmed; `then` says what comes after it."""
        self.app.push_screen(
            Question(
                _("Confirm this sheet?"),
                detail,
                [Choice("yes", then), Choice("no", _("Look at it again."))],
                escape="no",
            ),
            self._answered,
        )

    def confirmed(self) -> None:
        """Keep the sheet as it is, for good."""
        raise NotImplementedError

    def _answered(self, answer: str | None) -> None:
        if answer == "yes":
            self.confirmed()
            self.post_message(Moved())
