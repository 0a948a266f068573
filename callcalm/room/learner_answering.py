"""Every request that reaches the learners' server: who may ask, what is said back, and the way to a session.

What must not be here: sockets (`learner_server`), HTML (`learner_pages`), a session's process (`learner_screen`).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import WSMsgType, web

from callcalm.core.text import Text, safe
from callcalm.language import LANGUAGES, current
from callcalm.room import learner_pages as pages
from callcalm.room.forms import MOST_BYTES, Refused, read_form
from callcalm.room.gate import Allowance, CodeDesk, Keys, Limiter, Served
from callcalm.room.learner_frames import MOST_FRAME, Focus, Ping, Resized, Typed, read_frame, size_asked
from callcalm.room.learner_places import Full, Place, Places
from callcalm.room.learner_screen import LearnerScreen
from callcalm.room.replying import see_other
from callcalm.room.tongue import Tongue, tongue

REQUESTS = Allowance(200, 10)
"""Requests of one address: a page and its files are four."""

FRAMES = Allowance(2_000, 400)
"""What one terminal may send; a mouse that moves sends some dozens a second."""

HEARTBEAT = 15.0
"""Seconds between two signs of life; half of it later, without an answer, the browser has gone."""

CLOSING = 2.0
"""Seconds that a browser has to close its end."""

ASSETS_KEPT = "private, max-age=3600"


class Codes(CodeDesk):
    """Typed codes. A handful of learners needs few tries, and what a code opens here is more than a vote."""

    PER_ADDRESS = Allowance(20, 10 / 60)
    OVERALL = Allowance(60, 20 / 60)


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: who asks (None until the code was typed), and in which language."""

    request: web.BaseRequest
    learner: str | None
    tongue: Tongue
    host: str


class Answering:
    """The handler of every request. `told` gets a line for whoever serves when a session ended badly."""

    def __init__(
        self,
        keys: Keys,
        hosts: Served,
        places: Places,
        idle: float,
        clock: Callable[[], float],
        told: Callable[[Text], None],
    ) -> None:
        self._keys = keys
        self._hosts = hosts
        self._places = places
        self._idle = idle
        self._clock = clock
        self._told = told
        self._codes = Codes(keys)
        self._requests = Limiter(REQUESTS, 1024)
        self._link = f"/s/{keys.path}"

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to any request."""
        language = self._cookie(request, "page") or current()
        asking = Asking(
            request,
            self._keys.identity("learner", self._cookie(request, "learner")),
            tongue(language),
            (request.headers.get("Host") or "").lower(),
        )
        try:
            self._admit(asking)
            return await self._routed(asking)
        except Refused as refused:
            told = pages.reason_words(refused.reason, asking.tongue)
            page = pages.refusal(asking.tongue, told, again=refused.reason == "full")
            response = _html(page, refused.status)
            if refused.status == HTTPStatus.METHOD_NOT_ALLOWED:
                response.headers["Allow"] = "GET, HEAD, POST"
            return response

    def _admit(self, asking: Asking) -> None:
        request = asking.request
        if not self._hosts.host_fits(request.headers.get("Host")):
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "host")
        if request.method not in {"GET", "HEAD", "POST"}:
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method")
        # A browser sends no Origin with a page that is looked at, and always with a form or a web socket.
        told = request.method == "POST" or request.path == "/screen" or "Origin" in request.headers
        if told and not self._hosts.origin_fits(request.headers.get("Origin"), asking.host):
            raise Refused(HTTPStatus.FORBIDDEN, "origin")
        if not self._requests.take(request.remote or "", self._clock()):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too-often")

    async def _routed(self, asking: Asking) -> web.StreamResponse:
        path, posted = asking.request.path, asking.request.method == "POST"
        if path == "/":
            return await self._code(asking) if posted else self._front(asking)
        if hmac.compare_digest(path.encode("utf-8", "replace"), self._link.encode()):
            return await self._by_link(asking) if posted else _html(pages.link_page(asking.tongue, self._link))
        ways: dict[str, Callable[[Asking], Awaitable[web.StreamResponse]]] = {"/screen": self._screen}
        name = path.removeprefix("/static/") if path.startswith("/static/") else ""
        if path not in ways and name not in pages.terminal_assets():
            raise Refused(HTTPStatus.NOT_FOUND, "nothing-here")
        if posted:
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method")
        if asking.learner is None:
            raise Refused(HTTPStatus.FORBIDDEN, "not-in")
        return await ways[path](asking) if path in ways else _asset(pages.terminal_assets()[name])

    # Coming in

    def _front(self, asking: Asking) -> web.Response:
        query = asking.request.query
        if query:
            response = see_other("/")
            if query.get("lang") in LANGUAGES:
                self._put(response, "page", query["lang"])
            return response
        if asking.learner is None:
            response = _html(pages.code_page(asking.tongue))
            if self._visitor(asking) is None:
                self._put(response, "try", self._keys.issue("try"))
            return response
        if not self._places.room_for(asking.learner):
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "full")
        response = _html(pages.terminal_page(asking.tongue, asking.host))
        response.headers["Content-Security-Policy"] = pages.terminal_policy(asking.host)
        return response

    async def _code(self, asking: Asking) -> web.Response:
        fields = await read_form(asking.request, MOST_BYTES)
        address = asking.request.remote or ""
        right = self._codes.tries(fields.get("code", ""), self._visitor(asking), address, self._clock())
        if right:
            return self._let_in(asking)
        reason = "wrong-code" if right is False else "wait-with-codes"
        status = HTTPStatus.FORBIDDEN if right is False else HTTPStatus.TOO_MANY_REQUESTS
        return _html(pages.code_page(asking.tongue, pages.reason_words(reason, asking.tongue)), status)

    async def _by_link(self, asking: Asking) -> web.Response:
        await read_form(asking.request, MOST_BYTES)
        return self._let_in(asking)

    def _let_in(self, asking: Asking) -> web.Response:
        response = see_other("/")
        if asking.learner is None:
            self._put(response, "learner", self._keys.issue("learner"))
        return response

    def _visitor(self, asking: Asking) -> str | None:
        return self._keys.identity("try", self._cookie(asking.request, "try"))

    def _cookie(self, request: web.BaseRequest, what: str) -> str | None:
        return request.cookies.get(self._name(what))

    def _put(self, response: web.StreamResponse, what: str, value: str) -> None:
        response.set_cookie(self._name(what), value, path="/", httponly=True, samesite="Strict")

    def _name(self, what: str) -> str:
        return f"callcalm-{self._keys.name}-{what}"

    # Being in

    async def _screen(self, asking: Asking) -> web.StreamResponse:
        websocket = web.WebSocketResponse(
            heartbeat=HEARTBEAT, max_msg_size=MOST_FRAME, compress=False, timeout=CLOSING
        )
        size = size_asked(asking.request.query)
        if size is None or not websocket.can_prepare(asking.request).ok:
            raise Refused(HTTPStatus.BAD_REQUEST, "size" if size is None else "method")
        try:
            async with self._places.taken(asking.learner or "") as place:
                await websocket.prepare(asking.request)
                await self._played(websocket, place, size, asking.tongue.code)
        except Full:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "full") from None
        return websocket

    async def _played(self, websocket: web.WebSocketResponse, place: Place, size: Resized, language: str) -> None:
        screen = LearnerScreen(place.home, language, websocket.send_bytes)
        try:
            await screen.start(size.width, size.height)
            await _first(screen.over(), self._heard(websocket, screen), place.leave.wait())
        except OSError as error:
            self._told(safe(str(error), multiline=False))
        finally:
            await screen.stop()
            if screen.complaint:
                self._told(screen.complaint)
            await websocket.close()

    async def _heard(self, websocket: web.WebSocketResponse, screen: LearnerScreen) -> None:
        """Pass on what the browser sends, until it has gone, is silent for too long, or sends what is no frame."""
        loop = asyncio.get_running_loop()
        flood = Limiter(FRAMES, 1)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._idle) as patience:
                async for message in websocket:
                    frame = read_frame(message.data) if message.type is WSMsgType.TEXT else None
                    if frame is None or not flood.take("", self._clock()):
                        return
                    match frame:
                        case Typed(data):
                            patience.reschedule(loop.time() + self._idle)
                            await screen.send_bytes(data)
                        case Resized(width, height):
                            await screen.set_terminal_size(width, height)
                        case Ping(words):
                            await websocket.send_json(["pong", words])
                        case Focus(here):
                            await (screen.focus() if here else screen.blur())


async def _first(*waits: Awaitable[object]) -> None:
    """Wait for the first of these; the others are given up."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _html(page: str, status: int = HTTPStatus.OK) -> web.Response:
    return web.Response(status=status, text=page, content_type="text/html")


def _asset(asset: pages.Asset) -> web.Response:
    response = web.Response(body=asset.body, content_type=asset.kind, charset="utf-8")
    response.headers["Cache-Control"] = ASSETS_KEPT
    return response
