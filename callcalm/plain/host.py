"""A room that is hosted line by line, by show of hands or with phones: the same flow, the same record.

The facilitator types counts, or only the letter; whatever is typed is said back as what it did. What must not be
here: what the room decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from callcalm.core.moves import Factor
from callcalm.insight.channel import Ways
from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import factor_name, factor_question
from callcalm.language import _
from callcalm.plain.console import Console, InputEnded, Leave
from callcalm.plain.host_prompt import Again
from callcalm.plain.host_voting import VotingPrompt
from callcalm.plain.host_words import show_call, show_price, show_said
from callcalm.room.counting import fingers, yes_and_no
from callcalm.room.ending import end, end_rehearsal
from callcalm.room.hosting import Hosted
from callcalm.room.notes import notes
from callcalm.room.pricing import ASKED, FAIR, allowed
from callcalm.room.rehearsing import Crowd
from callcalm.room.session import NotNow, Phase
from callcalm.room.views import public
from callcalm.room.words import not_now

if TYPE_CHECKING:
    from callcalm.plain.host_phones import Door


def run(
    console: Console,
    hosted: Hosted,
    *,
    keep: bool = False,
    crowd: Crowd | None = None,
    door: Door | None = None,
    notice: str = "",
) -> str:
    """Host until the facilitator leaves or the input ends; what is left to say is the result.

    With a `crowd` it is a rehearsal: the crowd answers whatever is open, and nothing is kept. With a `door` phones
    vote; it is closed before anything becomes of the session's file. `notice` is said first.

    Raises:
        Ended: the system asks this process to end; the door is closed, the session waits to be left.
    """
    host = _Host(console, hosted, crowd, door)
    try:
        if notice:
            console.say(notice)
        host.greet()
        while hosted.room.phase is not Phase.OVER:
            host.step()
    except (InputEnded, Leave):
        pass
    finally:
        host.shut()
    if crowd is not None:
        return end_rehearsal(hosted)
    return _end(console, hosted, keep=keep)


def _end(console: Console, hosted: Hosted, *, keep: bool) -> str:
    """Keep the file or delete it; the last word. A session that was gone on with stays unless told otherwise."""
    if not keep:
        try:
            keep = console.yes(
                _("Keep this session for a handout, or to go on later?")
                + " "
                + _("It holds tallies, and answers that were projected. y or n"),
                default=hosted.resumed,
            )
        except (InputEnded, Leave):
            keep = hosted.resumed
    return end(hosted, keep=keep)


class _Host(VotingPrompt):
    """The whole session: one line is read, carried out, and said back."""

    def __init__(
        self, console: Console, hosted: Hosted, crowd: Crowd | None = None, door: Door | None = None
    ) -> None:
        super().__init__(console, hosted, door)
        self._crowd = crowd
        self._told = ""
        self._steps: dict[Phase, Callable[[], None]] = {
            Phase.LOBBY: self._lobby,
            Phase.CALL: self._call,
            Phase.OPEN: self._open,
            Phase.CLOSED: self._closed,
            Phase.REVEALED: self._revealed,
            Phase.PICKED: self._picked,
            Phase.SAYING: self._saying,
            Phase.SAID: self._said,
            Phase.SCHOOLS: self._schools,
            Phase.PRICE: self._price,
            Phase.PRICE_SHOWN: self._price_shown,
            Phase.DEBRIEF: self._debrief,
        }

    def greet(self) -> None:
        """Who calls, how to join, and how it goes; a session that was gone on with says where it is.

        The code to scan comes last: a low terminal still shows it, and a screen reader has heard the rest by then.
        """
        story = self._room.round.state.scenario
        if self._door is not None:
            self._console.say(_("{title}, decided by the room, on phones.").format(title=story.title))
            self._door.show(self._console)
        else:
            self._console.say(_("{title}, decided by the room, by show of hands.").format(title=story.title))
        if self._hosted.notice:
            self._console.say(self._hosted.notice)
        self._report()
        if self._room.phase is Phase.LOBBY:
            self._console.say(story.brief)
            self._console.say(Ways(story.channel).met(story.caller.name))
            self._console.say(
                _("House rules: {name}. Ties can be drawn from the seed {seed}.").format(
                    name=public(self._room).rules, seed=self._room.draw
                )
            )
            if self._door is not None:
                self._door.draw(self._console)
        elif self._room.phase is not Phase.CALL:
            show_call(self._console, public(self._room))

    def shut(self) -> None:
        """No phone comes in any more, and what came in is written."""
        door, self._door = self._door, None
        if door is not None:
            door.close()

    def step(self) -> None:
        """Ask for one line and carry it out."""
        try:
            self._steps[self._room.phase]()
        except NotNow as no:
            self._console.say(not_now(no.reason))
        except Again:
            return
        if self._crowd is not None and not self._room.voted:
            self._crowd.answer(self._room)
        self._hosted.save()
        if self._door is not None:
            self._door.announce()
        self._report()

    def _report(self) -> None:
        trouble = self._hosted.trouble or (self._door.trouble if self._door is not None else None)
        line = trouble_line(trouble) if trouble is not None else ""
        if line and line != self._told:
            self._console.say(line)
        elif self._told and not line:
            self._console.say(_("Saving works again."))
        self._told = line

    def _saying(self) -> None:
        line = self._heard_of_phones(
            _("Type an answer that is called out, or Enter when there are no more; ? for help.")
        )
        if line == "?":
            self._console.say(
                _("One answer a line, at most 500 characters; no names. Enter lists them with the coach’s marks.")
            )
            self._help_with_phones()
            self._console.say(_("x leaves the question. q ends the session."))
        elif line.casefold() == "x":
            self._room.drop()
        elif line:
            number = self._hosted.called_out(line)
            self._console.say(_("Answer {n} is in.").format(n=number))
        else:
            self._room.close()
            show_said(self._console, notes(self._room).said)

    def _said(self) -> None:
        line = self._asked(
            _("A number projects that answer, Enter leaves them; ? for help."),
            _("The number in brackets is what the answer would do to composure."),
            _("o takes more answers; Enter or x goes back to the lettered ones."),
        ).casefold()
        if line.isdecimal():
            self._pick(line)
        else:
            self._do(line, {"": self._room.drop, "x": self._room.drop, "o": self._room.reopen})

    def _schools(self) -> None:
        line = self._asked(
            _("Enter to vote which house rules to play by, x to go on as before; ? for help."),
            _("What has counted stays; the rules that win hold from the next turn on."),
        ).casefold()
        self._do(line, {"": self._ask_schools, "x": self._room.drop})

    def _ask_schools(self) -> None:
        self._room.ask_schools()
        self._show_question()

    def _price(self) -> None:
        name = self._room.round.state.scenario.caller.name
        self._console.say(_("PRICE: score the call as {name} would, having just lived it.").format(name=name))
        if self._door is not None or self._room.pricing.sheets:
            self._scored()
            return
        self._fingers(
            ASKED, _("Result: did the caller get what they wanted or needed? Hands: yes and no, as 5 2.")
        )
        if self._room.pricing.counted.get(ASKED, {}).get(0):
            low, high = allowed(FAIR)[0], allowed(FAIR)[-1]
            self._fingers(
                FAIR, _("Those who said no: how fair was the result, {low} to {high}?").format(low=low, high=high)
            )
        for factor in Factor:
            low, high = allowed(factor.value)[0], allowed(factor.value)[-1]
            question = _("{factor}: {sentence} From {low} to +{high}?").format(
                factor=factor_name(factor), sentence=factor_question(factor), low=low, high=high
            )
            self._fingers(factor.value, question)
        self._room.reveal()
        show_price(self._console, public(self._room).price)

    def _scored(self) -> None:
        """Sheets are in, from phones or from a crowd: there is nothing to count."""
        line = self._asked(
            _("{n} of {all} have scored the call. Enter to show it; ? for help.").format(
                n=self._room.voted, all=self._room.joined
            ),
            _("Enter takes no more scores and shows the room’s, beside the reference."),
        )
        if line:
            self._not_understood(line)
            return
        if not self._room.pricing.total and not self._console.yes(
            _("Nobody has scored the call yet. Show the page all the same? y or n"), default=False
        ):
            return
        self._room.reveal()
        show_price(self._console, public(self._room).price)

    def _fingers(self, key: str, question: str) -> None:
        """Ask for one row until it is understood; Enter leaves it out."""
        while True:
            line = self._asked(
                question,
                _("Type what was shown and by how many: 4x5 -3x2 is five fours and two minus threes."),
                _("Enter leaves this row out."),
            )
            if not line:
                return
            counts = yes_and_no(line) if key == ASKED else fingers(line)
            if counts is None:
                self._not_understood(line)
                continue
            try:
                self._room.hands_price(key, counts)
            except NotNow:
                low, high = allowed(key)[0], allowed(key)[-1]
                self._console.say(_("Please type whole numbers from {low} to {high}.").format(low=low, high=high))
            else:
                return

    def _price_shown(self) -> None:
        line = self._asked(
            _("Enter for the debrief, o to score again; ? for help."), _("end ends the session here.")
        ).casefold()
        self._do(line, {"": self._room.debrief, "o": self._room.reopen, "end": self._room.finish})

    def _debrief(self) -> None:
        page = public(self._room).page
        if page is None:
            return
        self._console.say()
        self._console.say(
            _("{n} of {all}, {title}: {ask}").format(n=page.number, all=page.of, title=page.title, ask=page.ask)
        )
        last = page.number == page.of
        line = self._asked(
            _("Enter to end the session, b for the page before; ? for help.")
            if last
            else _("Enter for the next page, b for the one before; ? for help."),
            _("n shows what you need for this page: turns, votes, what to say instead."),
        ).casefold()
        forward = self._room.finish if last else lambda: self._room.turn_page(1)
        self._do(line, {"": forward, "b": lambda: self._room.turn_page(-1), "end": self._room.finish})
