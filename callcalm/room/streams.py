"""What goes down to phones by itself: the newest page, and a sign of life every few seconds (server-sent events).

A stream holds no queue: it is woken and asks what to show now, so that a slow phone misses steps and never falls
behind. Phones are woken a few at a time, so that the facilitator's keys are answered in between. What must not be
here: what a page shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

BEAT = 15.0
"""Seconds between signs of life: proxies and phones drop what is silent for longer."""

RETRY = 2_000
"""Milliseconds until a browser tries again by itself."""

PATIENCE = 20.0
"""Seconds that a phone may leave what is sent to it lying."""

AT_ONCE = 16
"""Phones woken before everything else has its turn."""

MOST_EACH = 4
"""Streams of one participant: more windows than that, and the oldest goes silent."""

HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}


class Stream:
    """One phone's open connection."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.stale = True
        self.ended = False

    def wake(self, *, stale: bool) -> None:
        """Send the page anew, or only a sign of life."""
        self.stale |= stale
        self.woken.set()

    def end(self) -> None:
        """Close the stream once it has sent the newest page."""
        self.ended = self.stale = True
        self.woken.set()


class Streams:
    """All open streams, and the one task that wakes them."""

    def __init__(self) -> None:
        self._by_identity: dict[str, list[Stream]] = {}
        self._news = asyncio.Event()

    def __len__(self) -> int:
        return sum(len(streams) for streams in self._by_identity.values())

    def announce(self) -> None:
        """Something changed that phones show."""
        self._news.set()

    async def run(self, on_beat: Callable[[], None]) -> None:
        """Wake the streams at every change, and at every beat, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(BEAT):
                    await self._news.wait()
            except TimeoutError:
                on_beat()
            stale = self._news.is_set()
            self._news.clear()
            everyone = [stream for streams in self._by_identity.values() for stream in streams]
            for start in range(0, len(everyone), AT_ONCE):
                for stream in everyone[start : start + AT_ONCE]:
                    stream.wake(stale=stale)
                await asyncio.sleep(0)

    def end(self) -> None:
        """Close every stream."""
        for streams in self._by_identity.values():
            for stream in streams:
                stream.end()

    async def serve(self, request: web.BaseRequest, identity: str, page: Callable[[], str]) -> web.StreamResponse:
        """Send pages down this connection until it ends. `page` is asked for the newest each time."""
        stream = Stream()
        mine = self._by_identity.setdefault(identity, [])
        mine.append(stream)
        if len(mine) > MOST_EACH:
            mine[0].end()
        response = web.StreamResponse(headers=HEADERS)
        try:
            await response.prepare(request)
            await response.write(f"retry: {RETRY}\n\n".encode())
            while True:
                await _send(response, stream, page)
                if stream.ended:
                    break
                await stream.woken.wait()
                stream.woken.clear()
        except ConnectionError:
            response.force_close()
        except TimeoutError:
            # It takes nothing any more, so it would not take a farewell either.
            response.force_close()
            if request.transport is not None:
                request.transport.abort()
        finally:
            mine.remove(stream)
            if not mine:
                del self._by_identity[identity]
        return response


async def once(request: web.BaseRequest, html: str) -> web.StreamResponse:
    """A stream of one page, for whoever is not in: a browser that is refused a stream never shows why."""
    response = web.StreamResponse(headers=HEADERS)
    await response.prepare(request)
    await response.write(event(html))
    return response


async def _send(response: web.StreamResponse, stream: Stream, page: Callable[[], str]) -> None:
    sent = event(page()) if stream.stale else b":\n\n"
    stream.stale = False
    async with asyncio.timeout(PATIENCE):
        await response.write(sent)


def event(html: str) -> bytes:
    """A page as one event; its lines are put together again by the browser."""
    lines = html.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ("event: page\n" + "".join(f"data: {line}\n" for line in lines) + "\n").encode()
