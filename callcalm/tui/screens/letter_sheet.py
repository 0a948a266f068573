"""The PRICE sheet of a letter: the five factors as its reader would score them. Once confirmed it is locked."""

from __future__ import annotations

from callcalm.core.moves import Factor
from callcalm.insight.wording import signed
from callcalm.language import _
from callcalm.practice.lettering import Lettering
from callcalm.tui.commands import bindings
from callcalm.tui.messages import LeaveDrill
from callcalm.tui.screens.sheet import SheetPage
from callcalm.tui.widgets.dial import Dial


class LetterSheetScreen(SheetPage):
    """Five rows."""

    PLACE = "letter-sheet"
    BINDINGS = bindings("letter-sheet")
    AUTO_FOCUS = "Dial"

    def __init__(self, lettering: Lettering) -> None:
        super().__init__()
        self._lettering = lettering

    def heading(self) -> str:
        """Whose eyes to look through."""
        return _("PRICE: as whoever reads {name} would score it").format(name=self._lettering.name)

    def on_mount(self) -> None:
        """Show the sheet as it was left."""
        self._tell()

    def on_descendant_focus(self) -> None:
        """The marker moves with the focus."""
        self.refresh()

    def on_dial_turned(self, event: Dial.Turned) -> None:
        """A dial was set."""
        self._lettering.sketch(self._lettering.draft.scored(Factor(event.dial), event.points))
        self._tell()

    def action_confirm(self) -> None:
        """Ask once; then it is locked."""
        self.ask(
            _("Your total is {total}, on a scale from −50 to +25. Once confirmed it stays as it is.").format(
                total=signed(self._lettering.draft.total)
            ),
            _("Confirm, and see what the words support."),
        )

    def action_leave_letter(self) -> None:
        """Nothing is kept before the sheet is confirmed."""
        self.post_message(LeaveDrill())

    def confirmed(self) -> None:
        """The sheet is confirmed."""
        self._lettering.confirm()

    def _tell(self) -> None:
        sheet = self._lettering.draft
        points = {factor: sheet.factor(factor) for factor in Factor}
        self.tell_total(points, sheet.total, _("on a scale from −50 to +25"))
