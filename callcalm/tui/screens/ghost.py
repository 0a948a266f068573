"""A ghost on the screen: the call taken up again at a turn, then both ways side by side."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.content import Content
from textual.widget import Widget

from callcalm.insight.debrief_words import Beside, beside
from callcalm.language import _
from callcalm.practice.ghost import Ghost
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.messages_debrief import GhostOver
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.call_page import CallPage
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.story import heading_line
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.two_lines import LIVED, OTHER, TwoLines
from callcalm.tui.widgets.words import Words


class GhostScreen(CallPage):
    """The call, another way."""

    PLACE = "ghost"
    BINDINGS = bindings("ghost")

    def __init__(self, ghost: Ghost) -> None:
        super().__init__(ghost)
        self._ghost = ghost

    def heading(self) -> Reflow:
        """That this is another way, before who and what."""
        mark = line((_("Another way:"), "bold $caller"), " ")
        return Reflow(lambda width: [line(mark, heading_line(self._state, max(1, width - mark.cell_length)))])

    def on_mount(self) -> None:
        """Show the call as it stood, and say that this is only tried out."""
        super().on_mount()
        key = keys_of(self).name("ghost.back")
        self.note(_("Only tried out, and not saved: {key} leads back.").format(key=key))

    def asked(self) -> str:
        """What is asked now; at the end, what comes next."""
        if self._state.over is not None:
            return _("The other way is over. Next, both ways side by side.")
        return super().asked()

    def go_on_words(self) -> str:
        """Both ways."""
        return _("Put both ways side by side.")

    def action_go_on(self) -> None:
        """A click on that row."""
        self.action_compare()

    def action_compare(self) -> None:
        """Both ways side by side."""
        self.post_message(GhostOver(self._ghost))

    def action_back(self) -> None:
        """Back to the round; this way is let go."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the call allows; but its own ways out give way to the ghost's."""
        match action:
            case "go_on" | "leave_round":
                return False
            case "compare":
                return self._state.over is not None
            case "undo":
                return len(self._ghost.round.turns) > self._ghost.index
            case _:
                return super().check_action(action, parameters)


class BesideScreen(ReadingPage):
    """Both ways side by side: their lines of composure, their endings, their evidence."""

    PLACE = "beside"
    CSS_PATH = ["../styles/reading.tcss", "../styles/ghost.tcss"]
    BINDINGS = bindings("beside")

    def __init__(self, ghost: Ghost) -> None:
        super().__init__()
        self._ghost = ghost
        self._shown: Beside = beside(ghost.lived, ghost.round, ghost.answer)

    def heading(self) -> str:
        """What this is."""
        return _("Both ways side by side")

    def reading(self) -> Iterable[Widget]:
        """In words first, then the plot with its numbers, then how the other way ended."""
        shown, over = self._shown, self._ghost.round.state.over
        for number, sentence in enumerate(shown.told, 1):
            classes = "para" if number == len(shown.told) else None
            yield Words(Reflow(partial(_bullet, sentence)), classes=classes)
        yield Words(literal(_("Composure, answer by answer"), "bold $heading"))
        yield TwoLines(shown.lines, (_("as lived"), _("the other way")), shown.parted)
        yield Words(Reflow(self._numbers), classes="para")
        if over is not None:
            yield Words(literal(_("How the other way ended"), "bold $heading"))
            yield Words(over.text, classes="para")
        yield Words(_("Your round is saved as you lived it; the other way is not."))

    def next_step(self) -> None:
        """Back to the round."""
        self.dismiss()

    def action_back(self) -> None:
        """Back to the round."""
        self.dismiss()

    def _numbers(self, width: int) -> list[Content]:
        """The plot in numbers: as lived and the other way, under each answer's number."""
        heads = (_("answers"), LIVED + " " + _("as lived"), OTHER + " " + _("the other way"))
        names = max(len(head) for head in heads) + 2
        each = 5
        per_row = max(1, (width - names) // each)
        lines: list[Content] = []
        for first in range(0, len(self._shown.lines), per_row):
            part = self._shown.lines[first : first + per_row]
            numbers = [str(first + at) if first + at else _("start") for at in range(len(part))]
            rows = (numbers, [_cell(one) for one, _other in part], [_cell(other) for _one, other in part])
            for head, cells in zip(heads, rows, strict=True):
                lines.append(line((head.ljust(names), "$muted"), "".join(f"{cell:>{each}}" for cell in cells)))
        return lines


def _bullet(words: str, width: int) -> list[Content]:
    return wrapped(literal(words), width, "• ")


def _cell(value: int | None) -> str:
    return "-" if value is None else str(value)
