"""Every request that reaches the room's server, and its answer: who may ask, where it goes, what is said back.

A request is one of the few ways here or it is refused; none looks at a file, runs anything or is written down.
What must not be here: sockets (`server`), HTML (`pages`, `phone`).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from http import HTTPStatus

from aiohttp import web

from callcalm.language import LANGUAGES
from callcalm.room import journal
from callcalm.room.commits import Commits
from callcalm.room.forms import MOST_BYTES, MOST_BYTES_SAID, Refused, read_form, sheet_of, whole
from callcalm.room.gate import Allowance, CodeDesk, Keys, Limiter, Served
from callcalm.room.pages import code_page, refusal
from callcalm.room.phone_words import outcome_words, reason_words
from callcalm.room.replying import Asking, Replies, see_other
from callcalm.room.session import Room
from callcalm.room.showing import Showing
from callcalm.room.streams import Streams, once
from callcalm.room.taking import Outcome
from callcalm.room.tongue import tongue

POSTS = Allowance(20, 1)
"""What one participant may send: twenty at once, then one a second."""

GETS = Allowance(40, 2)
"""How many pages one participant may ask for."""

STRANGERS = Allowance(8_000, 400)
"""Requests without a seat from one address, behind which there may be a thousand phones that join at once."""

_TOLD_INSIDE = frozenset({"too-often", "too-long", "too-slow", "not-a-form"})
"""Refusals that are told above what is shown, to somebody who is in."""


class Answering:
    """The handler of every request. `changed` is called when participants changed what the host shows."""

    def __init__(
        self,
        room: Room,
        keys: Keys,
        hosts: Served,
        commits: Commits,
        streams: Streams,
        clock: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self.base = f"/r/{keys.path}/"
        self._room = room
        self._keys = keys
        self._hosts = hosts
        self._commits = commits
        self._streams = streams
        self._clock = clock
        self._changed = changed
        self._replies = Replies(keys, self.base)
        self._desk = CodeDesk(keys)
        self._posts = Limiter(POSTS, 4096)
        self._gets = Limiter(GETS, 4096)
        self._strangers = Limiter(STRANGERS, 1024)
        self._showing = Showing(room, self.base)
        self._ways = {"join": self._join, "vote": self._vote, "say": self._say, "rate": self._rate}

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to any request."""
        asking = self._asking(request)
        try:
            self._admit(asking)
            return await self._routed(asking)
        except Refused as refused:
            return self._refused(asking, refused)

    def _asking(self, request: web.BaseRequest) -> Asking:
        language, _dot, renews = (self._replies.cookie(request, "page") or "").partition(".")
        return Asking(
            request,
            self._keys.identity("seat", self._replies.cookie(request, "seat")),
            tongue(language if language in LANGUAGES else self._showing.language),
            renews == "renew",
            request.remote or "",
        )

    def _admit(self, asking: Asking) -> None:
        host = asking.request.headers.get("Host")
        if not self._hosts.host_fits(host):
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "host")
        if asking.request.method not in {"GET", "HEAD", "POST"}:
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method")
        if asking.posted and not self._hosts.origin_fits(asking.request.headers.get("Origin"), host):
            raise Refused(HTTPStatus.FORBIDDEN, "origin")
        # A seat that was never taken is a stranger's: they can be had in any number.
        seat = asking.seat if asking.seat in self._room.ids else None
        limiter = self._strangers if seat is None else self._posts if asking.posted else self._gets
        if not limiter.take(seat or asking.address, self._clock()):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too-often")

    async def _routed(self, asking: Asking) -> web.StreamResponse:
        if asking.request.path == "/":
            return await self._code(asking) if asking.posted else self._front(asking)
        place = self._place(asking.request.path)
        if place is None:
            raise Refused(HTTPStatus.NOT_FOUND, "nothing-here")
        if asking.posted:
            if place not in self._ways:
                raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method")
            return await self._ways[place](asking)
        if place == "events":
            return await self._events(asking)
        # A form's answer that is loaded anew, or an address without its last slash.
        return self._page(asking) if place == "." else see_other(self.base)

    def _place(self, path: str) -> str | None:
        """What of the room a path names: ``.`` the page itself; None if it is not of this room."""
        parts = path.split("/")
        if not 3 <= len(parts) <= 4 or parts[:2] != ["", "r"]:  # noqa: PLR2004
            return None
        if not hmac.compare_digest(parts[2].encode("utf-8", "replace"), self._keys.path.encode()):
            return None
        place = parts[3] if len(parts) > 3 else "slash"  # noqa: PLR2004
        return (place or ".") if place in {"", "slash", "events", *self._ways} else None

    # Coming in

    def _front(self, asking: Asking) -> web.StreamResponse:
        set_up = self._replies.set_up(asking, "/")
        if set_up is not None:
            return set_up
        response = self._replies.whole(asking, code_page(asking.tongue), front=True)
        if self._visitor(asking) is None:
            self._replies.put(response, "try", self._keys.issue("try"))
        return response

    async def _code(self, asking: Asking) -> web.StreamResponse:
        fields = await read_form(asking.request, MOST_BYTES)
        right = self._desk.tries(fields.get("code", ""), self._visitor(asking), asking.address, self._clock())
        if right:
            return self._seated(asking)
        reason = "wrong-code" if right is False else "wait-with-codes"
        status = HTTPStatus.FORBIDDEN if right is False else HTTPStatus.TOO_MANY_REQUESTS
        part = code_page(asking.tongue, reason_words(reason, asking.tongue))
        return self._replies.whole(asking, part, status, front=True)

    async def _join(self, asking: Asking) -> web.StreamResponse:
        await read_form(asking.request, MOST_BYTES)
        if not asking.wants_part:
            return self._seated(asking)
        if asking.seat is not None:
            return self._mine(asking, asking.seat)
        token = self._keys.issue("seat")
        response = self._mine(asking, self._keys.identity("seat", token) or "")
        self._replies.put(response, "seat", token)
        return response

    def _seated(self, asking: Asking) -> web.Response:
        response = see_other(f"{self.base}?in")
        if asking.seat is None:
            self._replies.put(response, "seat", self._keys.issue("seat"))
        return response

    def _visitor(self, asking: Asking) -> str | None:
        return self._keys.identity("try", self._replies.cookie(asking.request, "try"))

    # Being in

    def _page(self, asking: Asking) -> web.Response:
        set_up = self._replies.set_up(asking, self.base)
        if set_up is not None:
            return set_up
        if asking.seat is not None:
            return self._mine(asking, asking.seat)
        return self._replies.whole(
            asking, self._replies.stranger(asking, "no-cookie" if "in" in asking.request.query else "")
        )

    async def _events(self, asking: Asking) -> web.StreamResponse:
        seat, spoken = asking.seat, asking.tongue
        if seat is None:
            return await once(asking.request, self._replies.stranger(asking, "no-cookie").html())
        if not self._let_in(seat):
            return await once(asking.request, self._replies.stranger(asking, "full").html())
        return await self._streams.serve(asking.request, seat, lambda: self._showing.part(seat, spoken).html())

    async def _vote(self, asking: Asking) -> web.Response:
        seat, ballot, fields = await self._taken(asking, MOST_BYTES)
        letter = fields.get("letter", "")[:1]
        outcome = self._room.vote(seat, letter, ballot)
        line = journal.voted(ballot, seat, letter)
        return await self._outcome(asking, "vote", seat, outcome, line, {}, letter)

    async def _say(self, asking: Asking) -> web.Response:
        seat, ballot, fields = await self._taken(asking, MOST_BYTES_SAID)
        # Browsers send an end of line as two characters, and people count one.
        outcome = self._room.say(seat, fields.get("text", "").replace("\r\n", "\n"), ballot)
        line = journal.said(ballot, seat, self._showing.said(seat))
        return await self._outcome(asking, "say", seat, outcome, line, fields)

    async def _rate(self, asking: Asking) -> web.Response:
        seat, ballot, fields = await self._taken(asking, MOST_BYTES)
        sheet = sheet_of(fields)
        outcome = Outcome.BAD if sheet is None else self._room.rate(seat, sheet, ballot)
        line = "" if sheet is None else journal.rated(ballot, seat, sheet)
        return await self._outcome(asking, "rate", seat, outcome, line, fields)

    async def _taken(self, asking: Asking, most: int) -> tuple[str, int, Mapping[str, str]]:
        """Whose form it is, for which ballot, and its fields."""
        fields = await read_form(asking.request, most)
        if asking.seat is None:
            raise Refused(HTTPStatus.FORBIDDEN, "not-in")
        if not self._let_in(asking.seat):
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "full")
        ballot = whole(fields, "ballot")
        return asking.seat, -1 if ballot is None else ballot, fields

    async def _outcome(
        self,
        asking: Asking,
        place: str,
        seat: str,
        outcome: Outcome,
        line: str,
        typed: Mapping[str, str],
        letter: str = "",
    ) -> web.Response:
        """Answer only once what was sent is on the disk: an acknowledged vote outlives the server."""
        if outcome.kept:
            self._commits.add(line)
            self._changed()
        words = outcome_words(place, outcome, asking.tongue, letter=letter)
        if not outcome.kept and outcome is not Outcome.SAME:
            status = HTTPStatus.CONFLICT if outcome is Outcome.CLOSED else HTTPStatus.BAD_REQUEST
            part = self._showing.telling(seat, asking.tongue, words, typed)
            return self._replies.reply(asking, part, status)
        if not await self._commits.kept():
            told = reason_words("not-kept", asking.tongue)
            part = self._showing.telling(seat, asking.tongue, told)
            return self._replies.reply(asking, part, HTTPStatus.SERVICE_UNAVAILABLE)
        if not asking.wants_part:
            return see_other(self.base)
        return self._replies.reply(asking, self._showing.acknowledging(seat, asking.tongue, words))

    def _let_in(self, seat: str) -> bool:
        outcome = self._room.join(seat)
        if outcome.kept:
            self._commits.add(journal.joined(seat))
            self._changed()
        return outcome is not Outcome.FULL

    def _mine(self, asking: Asking, seat: str) -> web.Response:
        if not self._let_in(seat):
            return self._replies.reply(
                asking, self._replies.stranger(asking, "full"), HTTPStatus.SERVICE_UNAVAILABLE
            )
        return self._replies.reply(asking, self._showing.part(seat, asking.tongue))

    def _refused(self, asking: Asking, refused: Refused) -> web.Response:
        told = reason_words(refused.reason, asking.tongue)
        if refused.reason in {"not-in", "full"}:
            part = self._replies.stranger(asking, refused.reason)
        elif asking.seat in self._room.ids and refused.reason in _TOLD_INSIDE:
            part = self._showing.telling(asking.seat or "", asking.tongue, told)
        else:
            part = refusal(asking.tongue, told)
        return self._replies.reply(asking, part, refused.status)
