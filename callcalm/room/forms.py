"""What phones send: the body of a form, bounded before it is read, and a PRICE sheet made of its fields.

What must not be here: what the room makes of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from callcalm.core.moves import Factor
from callcalm.core.price import PriceSheet

MOST_BYTES = 2_048
"""Of a form. A vote takes 30."""

MOST_BYTES_SAID = 8_192
"""Of a form with an answer typed in: 500 characters of any script fit."""

_MOST_FIELDS = 12
_PATIENCE = 10.0
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Refused(Exception):
    """Why a request is not taken: the status, and a word for `answering` to put into a sentence."""

    status: int
    reason: str


async def read_form(request: web.BaseRequest, most: int) -> Mapping[str, str]:
    """The fields of a form; of fields by one name, the last.

    Raises:
        Refused: it is no form, too long, too slow, or has too many fields.
    """
    if request.content_type != _FORM or "Content-Encoding" in request.headers:
        raise Refused(415, "not-a-form")
    if (request.content_length or 0) > most:
        raise Refused(413, "too-long")
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > most:
                    raise Refused(413, "too-long")
    except TimeoutError:
        raise Refused(408, "too-slow") from None
    try:
        return dict(
            parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        )
    except ValueError:
        raise Refused(400, "not-a-form") from None


def whole(fields: Mapping[str, str], name: str) -> int | None:
    """A field's whole number of at most nine digits, or None."""
    raw = fields.get(name, "")
    digits = raw.removeprefix("-")
    return int(raw) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None  # noqa: PLR2004


def sheet_of(fields: Mapping[str, str]) -> PriceSheet | None:
    """The sheet that was filled in, or None if something is missing or out of range.

    A fair score is asked for only after a no; beside a yes it is passed over.
    """
    got = {"yes": True, "no": False}.get(fields.get("got", ""))
    scores = {factor.value: whole(fields, factor.value) for factor in Factor}
    fair = 0 if got else whole(fields, "fair")
    given = {name: points for name, points in scores.items() if points is not None}
    if got is None or fair is None or len(given) < len(scores):
        return None
    try:
        return PriceSheet(got, fair, **given)
    except ValueError:
        return None
