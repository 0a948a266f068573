"""What a facilitator's key does to the room, and which step comes next: everything but the picture.

Each step is saved, told to the phones, and answered by the crowd of a rehearsal. What must not be here: Textual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from callcalm.language import _
from callcalm.room import journal
from callcalm.room.questions import Kind
from callcalm.room.session import NotNow, Phase
from callcalm.room.views import PublicView, public
from callcalm.room.words import not_now
from callcalm.storage.trouble import CannotSave

if TYPE_CHECKING:
    from callcalm.room.hosting import Hosted
    from callcalm.room.rehearsing import Crowd
    from callcalm.room.server import RoomServer

_VOTING = frozenset({Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.PICKED})
_SAYING = frozenset({Phase.SAYING, Phase.SAID})
_REOPENED = frozenset({Phase.CLOSED, Phase.REVEALED, Phase.SAID, Phase.PRICE_SHOWN})
_RESET = frozenset({Phase.OPEN, Phase.CLOSED, Phase.REVEALED}) | _SAYING

ONCE: Final = 1
"""Votes that are talked over before a tie is drawn."""


class Steps:
    """A session, and what can be done with it now.

    `hands` is whether hands are counted; `server` the phones' server while there is one; `crowd` a rehearsal's.
    """

    def __init__(self, hosted: Hosted, *, hands: bool = True, crowd: Crowd | None = None) -> None:
        self.hosted = hosted
        self.room = hosted.room
        self.hands = hands
        self.crowd = crowd
        self.server: RoomServer | None = None
        self._unscored: int | None = None
        self._answered()

    @property
    def view(self) -> PublicView:
        """What everybody may see: all that the screen is given to draw."""
        return public(self.room)

    @property
    def next(self) -> str:
        """The step that enter takes; the commands `host.…` of the registry are named so."""
        room = self.room
        match room.phase:
            case Phase.CALL:
                if room.round.state.ending is not None:
                    return "price"
                return "listen" if room.round.state.unheard else "ask"
            case Phase.OPEN:
                return "count" if self.hands and not room.voted else "close"
            case Phase.REVEALED:
                return self._after_reveal()
            case Phase.SAYING:
                return "answer" if self.hands and not self.crowd else "close"
            case Phase.PRICE:
                return "fingers" if self.hands and not room.pricing.total else "show"
            case Phase.DEBRIEF:
                page = self.view.page
                return "finish" if page is None or page.number == page.of else "page"
            case phase:
                return {
                    Phase.LOBBY: "start",
                    Phase.CLOSED: "reveal",
                    Phase.PICKED: "play",
                    Phase.SAID: "pick",
                    Phase.SCHOOLS: "vote-schools",
                    Phase.PRICE_SHOWN: "debrief",
                }.get(phase, "finish")

    def _after_reveal(self) -> str:
        leading = self.room.leading
        if not leading:
            return "again"
        if len(leading) == 1:
            return "settle"
        asked = self.room.question
        return "talk" if asked is not None and asked.attempt <= ONCE else "draw"

    def can(self, name: str) -> bool:
        """Whether a key of its own for this makes sense now; enter has the next step."""
        room, state = self.room, self.room.round.state
        calling = room.phase is Phase.CALL and state.ending is None
        asked = room.question
        own = asked is not None and asked.kind is Kind.SAY
        match name:
            case "cut_in" | "ask":
                return calling and bool(state.unheard)
            case "saying":
                return calling and not state.unheard and state.here.compose is None
            case "schools":
                return calling and bool(room.round.turns)
            case "breathe":
                return calling
            case "undo":
                return room.phase is Phase.CALL and bool(room.round.turns or room.parts)
            case "debrief":
                return room.phase is Phase.CALL
            case "revote":
                return room.phase is Phase.REVEALED and self.next != "talk"
            case "draw":
                return room.phase is Phase.REVEALED and len(room.leading) > 1 and self.next != "draw"
            case "reopen":
                return room.phase in _REOPENED and self.next != "again"
            case "reset":
                return room.phase in _RESET
            case "count":
                return (room.phase in {Phase.OPEN, Phase.CLOSED} and not own) or room.phase is Phase.PRICE
            case "answer":
                return room.phase in _SAYING
            case "pick":
                return room.phase is Phase.PICKED and own
            case "drop":
                return room.phase in _VOTING | _SAYING | {Phase.SCHOOLS}
            case "page_back":
                return room.phase is Phase.DEBRIEF and room.page > 0
            case _:
                return False

    def has(self, letter: str) -> bool:
        """Whether this letter can be picked: not while people are voting, for their votes would go unseen."""
        asked = self.room.question
        if asked is None or self.room.phase not in _VOTING or asked.choice(letter) is None:
            return False
        return self.room.phase is not Phase.OPEN or not self.room.voted

    def do(self, name: str) -> str:
        """Do this; why it cannot be done, or empty."""
        return self._taken(self._ways()[name])

    def letter(self, letter: str) -> str:
        """Pick this letter."""
        return self._taken(lambda: self.room.settle(letter))

    def count(self, counts: Mapping[str, int]) -> str:
        """Count hands, and close the vote with them."""

        def counted() -> None:
            self.room.hands(counts)
            if self.room.phase is Phase.OPEN:
                self.room.close()

        return self._taken(counted)

    def fingers(self, key: str, counts: Mapping[int, int]) -> str:
        """Count one row of PRICE."""
        return self._taken(lambda: self.room.hands_price(key, counts))

    def add(self, words: str) -> str:
        """Add an answer that was called out."""
        return self._taken(lambda: self.hosted.called_out(words))

    def pick(self, number: int) -> str:
        """Project this answer."""
        return self._taken(lambda: self.room.pick_said(number))

    def _taken(self, step: Callable[[], object]) -> str:
        try:
            step()
        except NotNow as no:
            return why_not(no.reason)
        finally:
            self._answered()
            self.hosted.save()
            if self.server is not None:
                self.server.announce()
        return ""

    def _answered(self) -> None:
        """Let the crowd of a rehearsal answer, and keep that for the notes, as what phones send is kept."""
        if self.crowd is None or self.room.voted or not self.crowd.answer(self.room):
            return
        asked, pricing = self.room.question, self.room.pricing
        lines = [journal.joined(who) for who in self.crowd.ids]
        if self.room.phase is Phase.PRICE:
            lines += [journal.rated(pricing.revision, who, sheet) for who, sheet in pricing.sheets.items()]
        elif asked is not None:
            revision = asked.ballot.revision
            lines += [journal.voted(revision, who, letter) for who, letter in asked.ballot.votes.items()]
            lines += [journal.said(revision, who, own.text) for who, own in asked.said.items()]
        self.hosted.journal.append(lines)
        with suppress(CannotSave):  # a rehearsal loses nothing by it but a look at its notes
            self.hosted.journal.commit()

    def _ways(self) -> Mapping[str, Callable[[], object]]:
        room = self.room
        return {
            "start": room.start,
            "listen": room.listen,
            "cut_in": room.cut_in,
            "breathe": room.breathe,
            "undo": room.undo,
            "ask": room.ask,
            "close": self._close,
            "reveal": room.reveal,
            "again": room.reopen,
            "reopen": room.reopen,
            "reset": room.reset,
            "talk": room.revote,
            "revote": room.revote,
            "settle": room.settle_by_vote,
            "draw": room.settle_by_seed,
            "play": room.play,
            "drop": room.drop,
            "saying": room.saying,
            "schools": room.schools,
            "vote-schools": room.ask_schools,
            "price": room.price,
            "show": self._show,
            "debrief": room.debrief,
            "page": lambda: room.turn_page(1),
            "page_back": lambda: room.turn_page(-1),
            "finish": room.finish,
        }

    def _close(self) -> None:
        if not self.room.voted:
            raise NotNow("nobody-yet")
        self.room.close()

    def _show(self) -> None:
        """Show the room's PRICE; while phones have sent none, only once that has been said."""
        number = self.room.pricing.revision
        if not self.hands and not self.room.pricing.total and self._unscored != number:
            self._unscored = number
            raise NotNow("nobody-scored")
        self.room.reveal()


def why_not(reason: str) -> str:
    """Why something cannot be done, in a sentence; what only this screen refuses has its own."""
    own = {
        "nobody-yet": _("Nobody has voted yet. h counts hands."),
        "nobody-scored": _("Nobody has scored yet. h counts fingers; once more shows the reference alone."),
    }
    return own.get(reason) or not_now(reason)
