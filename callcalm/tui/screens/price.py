"""The PRICE self sheet: the call scored as the caller would score it. Once confirmed it is locked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Factor
from callcalm.core.price import FAIR_RANGE, GOT, PriceSheet
from callcalm.insight.wording import signed
from callcalm.language import _
from callcalm.practice.round import Practice
from callcalm.tui.commands import bindings
from callcalm.tui.literal import MARKER, beside, line, literal, wrapped
from callcalm.tui.messages import GoHome
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.sheet import SheetPage
from callcalm.tui.story import first_name
from callcalm.tui.widgets.dial import Dial
from callcalm.tui.widgets.words import Words

FAIR = "fair"


class ResultRow(Words, can_focus=True):
    """The first question, answered with yes or no."""

    def tell(self, sheet: PriceSheet) -> None:
        """Show the answer there is."""
        self.say(Reflow(lambda width: _result_lines(sheet, width, focused=self.has_focus)))


class PriceScreen(SheetPage):
    """Seven rows: up and down between them, arrows or numbers on them."""

    PLACE = "price"
    BINDINGS = bindings("price")
    AUTO_FOCUS = "#result"

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._caller = first_name(practice.round.opening.scenario.caller)

    def heading(self) -> str:
        """Whose eyes to look through."""
        return _("PRICE: as {name} would score the call").format(name=self._caller)

    def first_rows(self) -> Iterable[Widget]:
        """The result, and the fair score that a *no* asks for."""
        fair = _("“I did not get it, but the outcome was fair.”")
        return ResultRow(ident="result"), Dial(FAIR, _("Fair"), fair, *FAIR_RANGE)

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
        self.set_focus(self.query_one("#result"))

    def action_step(self, by: int) -> None:
        """Move the dial in focus, or answer the result question."""
        if isinstance(self.focused, ResultRow):
            self.action_got(by < 0)
        else:
            super().action_step(by)

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
            self.set_focus(self.query_one("#result"))
            return
        self.ask(
            _("Your total is {total}, on a scale from −50 to +50. Once confirmed it stays as it is.").format(
                total=signed(self._practice.draft.total)
            ),
            _("Confirm, and see what the evidence says."),
        )

    def action_leave_round(self) -> None:
        """Back to the list; the sheet waits."""
        self.post_message(GoHome())

    def confirmed(self) -> None:
        """The sheet is confirmed."""
        self._practice.confirm()

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
        points = {factor: sheet.factor(factor) for factor in Factor}
        self.tell_total(points, sheet.total, _("on a scale from −50 to +50"))


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
