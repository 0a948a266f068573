"""Streams by themselves: a phone that takes nothing, pages of several lines."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp import web

from callcalm.room import streams
from callcalm.room.streams import Streams, event
from tests.room.phones import until


def test_a_page_of_several_lines_is_one_event() -> None:
    assert event("a\nb\r\nc\rd") == b"event: page\ndata: a\ndata: b\ndata: c\ndata: d\n\n"


async def test_a_phone_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PATIENCE", 0.01)
    made = Streams()

    async def answers(request: web.BaseRequest) -> web.StreamResponse:
        return await made.serve(request, "somebody", lambda: "x" * 20_000_000)

    server = web.Server(answers)
    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)) as phone:
        phone.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await until(lambda: len(made))
        await until(lambda: not len(made))
        await until(lambda: not server.connections)
    listening.close()
    await server.shutdown(1)
