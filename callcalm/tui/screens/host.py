"""The projected screen of a room: one board that everybody sees, the facilitator's keys below it.

The board is drawn from the public view alone; the notes have a terminal of their own (`host_notes`). What must not
be here: what a step does to the room (`host_steps`), how it is drawn (`host_call`, `host_after`, `host_lobby`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual.content import Content
from textual.widget import Widget

from callcalm.insight.saving import trouble_line
from callcalm.language import _
from callcalm.room.session import Phase
from callcalm.room.views import PublicView
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, literal
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens import host_after, host_call, host_lobby
from callcalm.tui.screens.host_line import TYPED, LinePage
from callcalm.tui.screens.host_lobby import Door
from callcalm.tui.screens.host_messages import Finished, NextColours, ToHands
from callcalm.tui.screens.host_steps import Steps
from callcalm.tui.widgets.board import Board, Picture
from callcalm.tui.widgets.words import Words


class HostScreen(LinePage):
    """What a room sees, and every step of a facilitator."""

    PLACE = "host"
    BINDINGS = bindings("host")

    def __init__(self, steps: Steps, door: Callable[[], Door | None], notice: str = "") -> None:
        super().__init__(steps)
        self._door = door
        self._notice = notice
        self._joining = False
        self._missed = False
        self._at: tuple[object, ...] = ()

    def heading(self) -> Reflow:
        """The encounter; to the right how to join, for who comes late, and how many have."""
        view, door = self._steps.view, self._door()
        title = view.title if view.phase is not Phase.LOBBY else "callcalm"
        parts = []
        if door is not None and view.phase is not Phase.LOBBY:
            parts.append(_("{address} code {code}").format(address=door.bare, code=door.code))
        if view.joined and view.phase is not Phase.LOBBY:
            parts.append(_("{n} here").format(n=view.joined))
        right = literal("   ".join(parts), "bold")
        return Reflow(lambda width: [beside(literal(title, "$muted"), right, width)])

    def body(self) -> Iterable[Widget]:
        """The board, and the line to type in."""
        yield Board(ident="board")
        yield from self.lines()

    def on_mount(self) -> None:
        """Show where the session is."""
        self.tell(self._notice)

    def mind_phones(self) -> None:
        """Somebody joined or voted, or nobody has for a minute: show it."""
        if self.is_mounted:
            self.redraw()
            self.refresh_bindings()
            if self._missed and self._steps.room.voted:
                self._missed = False
                self.tell()  # that nobody had is no longer so

    def tell(self, notice: str = "") -> None:
        """Show where the session is now; above the keys what there is to say."""
        self.redraw()
        hosted, server = self._steps.hosted, self._steps.server
        said = [notice] if notice else []
        if hosted.trouble is not None:
            said.append(trouble_line(hosted.trouble))
        elif self._unsaved:
            said.append(_("Saving works again."))
        self._unsaved = hosted.trouble is not None
        if server is not None and server.trouble is not None:
            said.append(trouble_line(server.trouble))
        self.note("\n".join(said))
        self.offer_line()
        self.refresh_bindings()

    # What a key does.

    def step(self, name: str) -> None:
        """Take this step."""
        self.action_step(name)

    def action_step(self, name: str) -> None:
        """The next sensible step."""
        if name in TYPED:
            self.open_line(name)
        elif name == "finish" and self._steps.room.phase is Phase.OVER:
            self.post_message(Finished())
        else:
            self.action_do(name)
            if name == "finish":
                self.post_message(Finished())

    def action_do(self, name: str) -> None:
        """A step that has a key of its own."""
        self.after(self._steps.do(name))

    def action_letter(self, letter: str) -> None:
        """The facilitator's word."""
        self.after(self._steps.letter(letter))

    def action_type(self, kind: str) -> None:
        """Open the line at the bottom."""
        self.open_line(kind)

    def action_hands(self) -> None:
        """In the lobby go on without phones; else count hands."""
        if self._steps.room.phase is Phase.LOBBY:
            self.post_message(ToHands())
        else:
            self.open_line("fingers" if self._steps.room.phase is Phase.PRICE else "count")

    def action_to_debrief(self) -> None:
        """Leave the call; asked first where it is not over."""
        if self._steps.room.round.state.ending is not None:
            self.action_do("debrief")
            return
        from callcalm.tui.screens.question import Choice, Question

        choices = [Choice("go", _("To the debrief.")), Choice("", _("Back to the call."))]
        question = Question(_("Leave the call?"), _("It is not over, and cannot be gone on with."), choices)
        self.app.push_screen(question, lambda answer: self.action_do("debrief") if answer else None)

    def action_join(self) -> None:
        """How to join, over what there is, until the next step."""
        self._joining = not self._joining
        self.redraw()

    def action_colours(self) -> None:
        """Other colours."""
        self.post_message(NextColours())

    def action_shift(self, lines: int) -> None:
        """Move through what the caller said."""
        self.query_one(Board).shift(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now; of all that enter can be, only the next step."""
        steps, first = self._steps, parameters[0] if parameters else ""
        match action:
            case "step":
                return first == steps.next
            case "do" | "type":
                return steps.can(str(first)) and first != steps.next
            case "letter":
                return steps.has(str(first))
            case "hands":
                if steps.room.phase is Phase.LOBBY:
                    return steps.server is not None
                return steps.can("count") and steps.next not in {"count", "fingers"}
            case "to_debrief":
                return steps.can("debrief")
            case "join":
                return steps.server is not None and steps.room.phase is not Phase.LOBBY
            case _:
                return True

    def after(self, missed: str, *, close: bool = False) -> None:
        """Show what a step brought, or why it could not be done."""
        self._joining = False
        self._missed = bool(missed)
        if close and not missed:
            self.close_line()
        self.tell(missed)

    # The picture.

    def redraw(self) -> None:
        """Show the board as it is now; it is painted only if it has changed."""
        view = self._steps.view
        at = (view.phase, len(view.heard), view.question and view.question.number, self._joining)
        self.query_one("#heading", Words).say(self.heading())
        self.query_one(Board).draw(self._picture(view), anew=at != self._at)
        self._at = at

    def _picture(self, view: PublicView) -> Picture:
        door = self._door()
        if self._joining and door is not None:
            return lambda width, height, _at: host_lobby.door_lines(view, door, width, height)
        crowd = self._steps.crowd
        return partial(picture, view, door, len(crowd.ids) if crowd else 0, self._row)


def picture(
    view: PublicView, door: Door | None, rehearsal: int, row: str, width: int, height: int, at: int
) -> Sequence[Content]:
    """The board for a public view: every phase has its picture."""
    asked = view.question
    match view.phase:
        case Phase.LOBBY:
            return host_lobby.lobby_lines(view, door, rehearsal, width, height)
        case Phase.OPEN | Phase.CLOSED if asked is not None:
            return host_call.question_lines(view, asked, width, height, at)
        case Phase.REVEALED if asked is not None:
            return host_call.votes_lines(view, asked, width, height)
        case Phase.PICKED:
            return host_call.picked_lines(view, width, height)
        case Phase.SAYING | Phase.SAID:
            return host_call.saying_lines(view, width, height, at)
        case Phase.SCHOOLS if view.schools is not None:
            return host_after.schools_lines(view.schools, width, height)
        case Phase.PRICE:
            return host_after.scoring_lines(view, row, width, height)
        case Phase.PRICE_SHOWN:
            return host_after.price_lines(view.price, width, height)
        case Phase.DEBRIEF:
            return host_after.debrief_lines(view, width, height)
        case Phase.OVER:
            return host_after.over_lines(view, width, height)
        case _:
            return host_call.call_lines(view, width, height, at)
