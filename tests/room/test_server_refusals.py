"""What the room's server does not let pass: other sites, other hosts, floods, forgeries, junk."""

from __future__ import annotations

import asyncio
import re
import socket
from pathlib import Path

import pytest

from callcalm.room import streams
from callcalm.storage.trouble import CannotSave, Reason
from tests.room.phones import Memory, served, until
from tests.room.rooms import small

EVERYWHERE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/r/", 404),
        ("GET", "/r/AAAAAAAAAAAAAAAAAAAAAA/", 404),
        ("GET", "/r/é\udcff/", 404),
        ("GET", "/static/", 404),
        ("GET", "/../../etc/passwd", 404),
        ("GET", "/r/..%2f..%2f/", 404),
        ("GET", "/favicon.ico", 404),
        ("PUT", "/", 405),
        ("OPTIONS", "/", 405),
        ("DELETE", "/", 405),
        ("TRACE", "/", 405),
        ("HEAD", "/", 200),
        ("POST", "/nowhere", 404),
    ],
)
async def test_every_answer_carries_the_headers_and_names_no_software(method: str, url: str, status: int) -> None:
    async with served() as at:
        phone = at.phone()
        headers = {"Origin": phone.origin}
        url = phone.origin + url.encode("utf-8", "replace").decode()
        async with phone.session.request(method, url, headers=headers, allow_redirects=False) as got:
            text = await got.text()
            assert got.status == status
            assert got.headers.items() >= EVERYWHERE.items()
            policy = got.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert "Server" not in got.headers
            assert at.server.link not in text
            assert at.server.code not in text
            if status == 405:
                assert got.headers["Allow"] == "GET, HEAD, POST"


async def raw(port: int, sent: bytes) -> bytes:
    """What comes back for these bytes, until the connection closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    async with asyncio.timeout(10):
        got = await reader.read()
    writer.close()
    await writer.wait_closed()
    return got


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"<script> / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n",
    ],
)
async def test_what_is_no_request_gets_the_same_headers_and_nothing_more(sent: bytes) -> None:
    async with served() as at:
        got = await raw(at.server.port, sent)
        assert got.startswith(b"HTTP/1.")
        assert re.match(rb"HTTP/1\.[01] 4\d\d ", got)
        assert b"nosniff" in got
        assert b"frame-ancestors 'none'" in got
        assert b"server:" not in got.lower().replace(b"callcalm server", b"")
        assert b"aiohttp" not in got
        assert b"Traceback" not in got
        assert at.server.code.encode() not in got


async def test_another_host_name_is_refused() -> None:
    async with served() as at:
        phone = await at.seated()
        for host in ("evil.example", f"evil.example:{at.server.port}", "127.0.0.1", "127.0.0.1:1", ""):
            answer = await phone.get(Host=host)
            assert answer.status in {400, 421}, host
            assert "You are in" not in answer.text
        assert (await phone.get(Host=f"localhost:{at.server.port}")).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "https://127.0.0.1"])
async def test_forms_of_other_sites_are_refused(origin: str) -> None:
    async with served() as at:
        phone = await at.seated()
        ballot = at.asks()
        answer = await phone.post("vote", {"letter": "A", "ballot": str(ballot)}, Origin=origin)
        assert answer.status == 403
        assert at.room.voted == 0


async def test_a_form_without_an_origin_is_refused() -> None:
    async with served() as at:
        phone = at.phone()
        async with phone.session.post(at.server.link + "join", data={"": ""}) as got:
            assert got.status == 403
        assert at.room.joined == 0


async def test_cookies_are_for_this_room_alone() -> None:
    async with served() as at:
        phone = at.phone()
        async with phone.session.post(
            at.server.link + "join", data={"": ""}, headers={"Origin": phone.origin}, allow_redirects=False
        ) as got:
            cookie = got.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é" * 64, "a; b", '"', "0" * 5000])
async def test_a_made_up_cookie_is_a_stranger(token: str) -> None:
    async with served() as at:
        honest = await at.seated()
        ballot = at.asks()
        name = next(cookie.key for cookie in honest.session.cookie_jar if cookie.key.endswith("seat"))
        body = f"letter=A&ballot={ballot}"
        lines = (
            f"POST {at.server.link.removeprefix(honest.origin)}vote HTTP/1.1",
            f"Host: 127.0.0.1:{at.server.port}",
            f"Origin: {honest.origin}",
            f"Cookie: {name}={token}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
            "",
            body,
        )
        got = await raw(at.server.port, "\r\n".join(lines).encode("latin-1"))
        assert re.match(rb"HTTP/1\.1 40[03] ", got)
        assert at.room.voted == 0
        assert at.room.joined == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"letter": "Z", "ballot": "1"}, 400),
        ({"letter": "\x1b[2J", "ballot": "1"}, 400),
        ({"letter": "", "ballot": "1"}, 400),
        ({"ballot": "1"}, 400),
        ({"letter": "A"}, 409),
        ({"letter": "A", "ballot": "2"}, 409),
        ({"letter": "A", "ballot": "-1"}, 409),
        ({"letter": "A", "ballot": "9" * 30}, 409),
        ({"letter": "A", "ballot": "١"}, 409),
        ({"letter": "A", "ballot": "<b>"}, 409),
        ({str(n): "x" for n in range(40)}, 400),
    ],
)
async def test_forged_votes_count_for_nothing(fields: dict[str, str], status: int) -> None:
    async with served() as at:
        phone = await at.seated()
        assert at.asks() == 1
        answer = await phone.send("vote", fields)
        assert answer.status == status
        assert at.room.voted == 0
        assert not any(line.startswith("v") for line in at.journal.kept)
        assert "Question 1" in answer.words, "the question is still there to answer"


async def test_a_vote_for_what_is_closed_is_told_kindly() -> None:
    async with served() as at:
        phone = await at.seated()
        ballot = at.asks()
        at.room.close()
        answer = await phone.vote("A", ballot)
        assert answer.status == 409
        assert "too late" in answer.words
        at.room.reset()
        assert (await phone.vote("A", ballot)).status == 409, "that was another ballot"
        assert at.room.voted == 0


async def test_sent_twice_counts_once() -> None:
    async with served() as at:
        phone = await at.seated()
        ballot = at.asks()
        answers = await asyncio.gather(*(phone.vote("A", ballot) for _ in range(8)))
        assert {answer.status for answer in answers} == {200}
        assert at.room.voted == 1
        assert [line[0] for line in at.journal.kept] == ["j", "v"]


async def test_a_flood_of_one_phone_waits_and_others_do_not() -> None:
    async with served(clock=lambda: 0.0) as at:
        phone, other = await at.seated(), await at.seated()
        ballot = at.asks()
        statuses = [(await phone.vote("AB"[n % 2], ballot)).status for n in range(30)]
        assert statuses == [200] * 20 + [429] * 10
        assert (await other.vote("A", ballot)).status == 200
        waiting = await phone.vote("A", ballot)
        assert waiting.headers["Retry-After"] == "5"
        assert "Wait a few seconds" in waiting.words
        assert at.room.voted == 2


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"letter=A&ballot=1" + b"x" * 3000, "application/x-www-form-urlencoded", 413),
        (b'{"letter": "A"}', "application/json", 415),
        (b"letter=A", "text/plain", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"\xff\xfe=%zz&&&;=", "application/x-www-form-urlencoded", 409),
        (b"", "application/x-www-form-urlencoded", 409),
    ],
)
async def test_bodies_that_are_no_vote(data: bytes, kind: str, status: int) -> None:
    async with served() as at:
        phone = await at.seated()
        at.asks()
        headers = {"Origin": phone.origin, "Content-Type": kind}
        async with phone.session.post(at.server.link + "vote", data=data, headers=headers) as got:
            assert got.status == status
        assert at.room.voted == 0


async def test_a_packed_body_is_refused() -> None:
    async with served() as at:
        phone = await at.seated()
        headers = {"Origin": phone.origin, "Content-Encoding": "gzip"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        async with phone.session.post(at.server.link + "vote", data=b"\x1f\x8b", headers=headers) as got:
            assert got.status in {400, 415}


async def test_an_endless_body_is_cut_off() -> None:
    async with served() as at:
        phone = await at.seated()
        at.asks()

        async def endless() -> object:
            for _ in range(100):
                yield b"x" * 1000

        headers = {"Origin": phone.origin, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            async with phone.session.post(at.server.link + "vote", data=endless(), headers=headers) as got:
                assert got.status == 413
        except OSError:
            pass  # closed while it was still being sent, which will do
        assert at.room.voted == 0


async def test_connections_beyond_the_cap_are_closed() -> None:
    async with served(small(cap=1)) as at:
        pairs = [await asyncio.open_connection("127.0.0.1", at.server.port) for _ in range(120)]
        async with asyncio.timeout(10):
            turned_away = [await reader.read() for reader, _ in pairs[103:]]
        assert turned_away == [b""] * 17
        for _, writer in pairs:
            writer.close()


async def test_who_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BEAT", 0.01)
    async with served() as at:
        phone = await at.seated()
        async with phone.stream() as stream:
            reader, writer = await asyncio.open_connection("127.0.0.1", at.server.port)
            writer.write(b"GET / HT")
            async with asyncio.timeout(10):
                assert await reader.read() == b""
            writer.close()
            assert "You are in." in await stream.page(), "a phone that listens is not silent"
            assert await stream.block() == ":"


async def test_phones_that_vanish_leave_nothing_behind() -> None:
    async with served() as at:
        phone = await at.seated()
        async with phone.stream() as stream:
            await stream.page()
            assert at.server.watching == 1
        await phone.session.close()
        async with asyncio.timeout(10):
            while at.server.watching:
                at.server.announce()
                await asyncio.sleep(0)


async def test_more_windows_than_anybody_needs_take_turns() -> None:
    async with served() as at:
        phone = await at.seated()
        first = await phone.session.get(at.server.link + "events")
        others = [await phone.session.get(at.server.link + "events") for _ in range(streams.MOST_EACH)]
        async with asyncio.timeout(10):
            await first.content.read()
        assert at.server.watching == streams.MOST_EACH
        for got in others:
            got.close()


async def test_a_vote_is_acknowledged_only_when_it_is_kept() -> None:
    class Slow(Memory):
        gate = asyncio.Event()

        def commit(self) -> None:
            future = asyncio.run_coroutine_threadsafe(self.gate.wait(), loop)
            future.result()
            super().commit()

    loop = asyncio.get_running_loop()
    journal = Slow()
    journal.gate.set()
    async with served(journal=journal) as at:
        phone = await at.seated()
        ballot = at.asks()
        await until(lambda: journal.kept)
        journal.gate.clear()
        votes = [asyncio.create_task(phone.vote("A", ballot)) for _ in range(3)]
        await until(lambda: at.room.voted)
        other = await at.seated()
        assert "Question 1" in (await other.get()).words, "pages are served meanwhile"
        assert not any(vote.done() for vote in votes)
        journal.gate.set()
        assert {(await vote).status for vote in votes} == {200}
        assert any(line.startswith("v 1 ") for line in journal.kept)


async def test_a_full_disk_is_told_and_the_next_try_works() -> None:
    class Full(Memory):
        full = False

        def commit(self) -> None:
            if self.full:
                raise CannotSave(Path("x.live"), Reason.FULL)
            super().commit()

    journal = Full()
    async with served(journal=journal) as at:
        phone = await at.seated()
        ballot = at.asks()
        await phone.get()
        journal.full = True
        answer = await phone.vote("A", ballot)
        assert answer.status == 503
        assert "tell the facilitator" in answer.words
        assert at.server.trouble
        journal.full = False
        assert (await phone.vote("A", ballot)).status == 200
        assert not at.server.trouble
        assert any(line.startswith("v ") for line in journal.kept)


async def test_the_port_is_let_go_when_something_breaks() -> None:
    ports = []

    async def breaks() -> None:
        async with served() as at:
            ports.append(at.server.port)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", *ports)):
        pass
