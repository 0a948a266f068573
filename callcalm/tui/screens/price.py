"""The PRICE self sheet: the call scored as the caller would score it. Once confirmed it is locked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE, GOT, PriceSheet
from callcalm.insight.wording import factor_name, factor_question, signed
from callcalm.language import _
from callcalm.practice.round import Practice
from callcalm.tui.commands import bindings
from callcalm.tui.literal import MARKER, beside, line, literal, wrapped
from callcalm.tui.messages import GoHome, Moved
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Page
from callcalm.tui.screens.question import Choice, Question
from callcalm.tui.story import first_name
from callcalm.tui.widgets.dial import Dial
from callcalm.tui.widgets.words import Words

FAIR = "fair"


class ResultRow(Words, can_focus=True):
    """The first question, answered with yes or no."""

    def tell(self, sheet: PriceSheet) -> None:
        """Show the answer there is."""
        self.say(Reflow(lambda width: _result_lines(sheet, width, focused=self.has_focus)))


class PriceScreen(Page):
    """Seven rows: up and down between them, arrows or numbers on them."""

    PLACE = "price"
    CSS_PATH = "../styles/price.tcss"
    BINDINGS = bindings("price")
    AUTO_FOCUS = "#result"

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._caller = first_name(practice.round.opening.scenario.caller)

    def heading(self) -> str:
        """Whose eyes to look through."""
        return _("PRICE: as {name} would score the call").format(name=self._caller)

    def body(self) -> Iterable[Widget]:
        """The result, the fair score, the five factors, the total."""
        rows: list[Widget] = [
            ResultRow(ident="result"),
            Dial(FAIR, _("Fair"), _("“I did not get it, but the outcome was fair.”"), *FAIR_RANGE),
            *(
                Dial(factor.value, factor_name(factor), factor_question(factor), *FACTOR_RANGE)
                for factor in Factor
            ),
        ]
        yield Vertical(*rows, id="sheet")  # not a VerticalScroll: that would keep the arrows for itself
        yield Words(ident="total")

    def on_mount(self) -> None:
        """Show the sheet as it was left."""
        self._tell()
        self.mind(self._practice)

    def on_descendant_focus(self) -> None:
        """The marker moves with the focus."""
        self._tell()

    def action_got(self, got: bool) -> None:
        """Answer the result question."""
        self._keep(self._practice.draft.answered(got))
        self.query_one("#result").focus()

    def action_step(self, by: int) -> None:
        """Move the dial in focus."""
        if isinstance(self.focused, Dial):
            self.focused.step(by)
        elif isinstance(self.focused, ResultRow):
            self.action_got(by < 0)

    def action_row(self, by: int) -> None:
        """Another row."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_dial_turned(self, event: Dial.Turned) -> None:
        """A dial was set."""
        sheet = self._practice.draft
        if event.dial == FAIR:
            self._keep(sheet.judged_fair(event.points))
        else:
            self._keep(sheet.scored(Factor(event.dial), event.points))

    def action_confirm(self) -> None:
        """Ask once; then it is locked."""
        if self._practice.draft.got is None:
            self.note(
                _("First the result: did {name} get what they wanted or needed? yes or no.").format(
                    name=self._caller
                )
            )
            self.query_one("#result").focus()
            return
        self.app.push_screen(
            Question(
                _("Confirm this sheet?"),
                _("Your total is {total}, on a scale from −50 to +50. Once confirmed it stays as it is.").format(
                    total=signed(self._practice.draft.total)
                ),
                [
                    Choice("yes", _("Confirm, and see what the evidence says.")),
                    Choice("no", _("Look at it again.")),
                ],
                escape="no",
            ),
            self._confirmed,
        )

    def action_leave_round(self) -> None:
        """Back to the list; the sheet waits."""
        self.post_message(GoHome())

    def _confirmed(self, answer: str | None) -> None:
        if answer == "yes":
            self._practice.confirm()
            self.post_message(Moved())

    def _keep(self, sheet: PriceSheet) -> None:
        self._practice.sketch(sheet)
        self.note("")
        self._tell()
        self.mind(self._practice)

    def _tell(self) -> None:
        sheet = self._practice.draft
        self.query_one("#result", ResultRow).tell(sheet)
        fair = self.query_one(f"#{FAIR}", Dial)
        fair.display = sheet.got is False
        fair.points = sheet.fair
        for factor in Factor:
            self.query_one(f"#{factor.value}", Dial).points = sheet.factor(factor)
        self.query_one("#total", Words).say(
            line(
                (_("Total"), "bold"),
                "  ",
                (signed(sheet.total), "bold $heading"),
                ("  " + _("on a scale from −50 to +50"), "$muted"),
            )
        )


def _result_lines(sheet: PriceSheet, width: int, *, focused: bool) -> list[Content]:
    if sheet.got is None:
        answer = literal(_("yes or no?"), "bold $caller")
    elif sheet.got:
        answer = literal(_("yes: {points}").format(points=signed(GOT)), "bold")
    else:
        answer = literal(_("no: 0"), "bold")
    lead = MARKER if focused else " " * len(MARKER)
    question = _("“I got what I wanted or needed.”")
    return [
        beside(line(lead, (_("Result"), "bold" if focused else "")), answer, width),
        *(one.stylize("$muted") for one in wrapped(literal(question), width, " " * len(MARKER))),
    ]
