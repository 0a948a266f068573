"""How an answer is sent back: a whole page or the part that the page's script asked for, cookies, redirects.

What must not be here: what a request does.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from callcalm.language import LANGUAGES
from callcalm.room.gate import Keys
from callcalm.room.pages import Part, document, enter_page
from callcalm.room.phone_words import reason_words
from callcalm.room.tongue import Tongue

COOKIE_AGE = 12 * 3600
"""Seconds that a seat is kept: longer than any session, and gone by the next day."""

FRAGMENT = "text/x-room"
"""What the page's script accepts: the part that stands in `main`."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, and what is known about who asks: the seat (None for a stranger), the language."""

    request: web.BaseRequest
    seat: str | None
    tongue: Tongue
    renews: bool
    address: str

    @property
    def posted(self) -> bool:
        """Whether something was sent."""
        return self.request.method == "POST"

    @property
    def wants_part(self) -> bool:
        """Whether the page's own script asks, which puts the answer into the page."""
        return FRAGMENT in self.request.headers.get("Accept", "")


class Replies:
    """Answers of one room, which `base` leads to."""

    def __init__(self, keys: Keys, base: str) -> None:
        self.base = base
        self._keys = keys

    def reply(self, asking: Asking, part: Part, status: int = HTTPStatus.OK) -> web.Response:
        """A page of the room, whole or in part, as it was asked for."""
        if not asking.wants_part:
            return self.whole(asking, part, status)
        return _with_hints(web.Response(status=status, text=part.html(), content_type="text/html"))

    def whole(
        self, asking: Asking, part: Part, status: int = HTTPStatus.OK, *, front: bool = False
    ) -> web.Response:
        """A whole page: of the room, or the one at the `front` where the code is typed."""
        base = "/" if front else self.base
        text = document(part, asking.tongue, base=base, live=not front, renews=asking.renews)
        return _with_hints(web.Response(status=status, text=text, content_type="text/html"))

    def stranger(self, asking: Asking, reason: str = "") -> Part:
        """The way in, with a reason why one is not in yet."""
        return enter_page(asking.tongue, self.base, reason_words(reason, asking.tongue) if reason else "")

    def set_up(self, asking: Asking, base: str) -> web.Response | None:
        """Keep a wish for a language, or for a page that renews itself; None without one."""
        query = asking.request.query
        if "lang" not in query and "renew" not in query:
            return None
        language = query.get("lang", asking.tongue.code)
        renews = query["renew"] == "yes" if "renew" in query else asking.renews
        wish = f"{language if language in LANGUAGES else 'en'}{'.renew' if renews else ''}"
        response = see_other(base)
        self.put(response, "page", wish)
        return response

    def cookie(self, asking: web.BaseRequest, what: str) -> str | None:
        """A cookie of this room, if it was sent."""
        return asking.cookies.get(self._name(what))

    def put(self, response: web.StreamResponse, what: str, value: str) -> None:
        """Keep a cookie that no script reads and no other site sends."""
        response.set_cookie(
            self._name(what), value, max_age=COOKIE_AGE, path="/", httponly=True, samesite="Strict"
        )

    def _name(self, what: str) -> str:
        return f"callcalm-{self._keys.name}-{what}"


def see_other(where: str) -> web.Response:
    """Look there, with GET: a form that was sent is not sent again when a page is loaded anew."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": where})


def _with_hints(response: web.Response) -> web.Response:
    if response.status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = "GET, HEAD, POST"
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "5"
    return response
