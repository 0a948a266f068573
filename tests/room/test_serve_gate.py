"""Who comes in to the learners' server: other hosts, other sites, wrong codes, and what every answer carries."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

import aiohttp
import pytest

from callcalm.room import learner_server
from callcalm.room.learner_answering import Codes
from tests.room.learners import ECHO, hall, play


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/s/AAAAAAAAAAAAAAAAAAAAAA", 404),
        ("GET", "/static/", 404),
        ("GET", "/static/../../../etc/passwd", 404),
        ("GET", "/static/..%2flearner_pages.py", 404),
        ("GET", "/static/textual.js", 403),
        ("GET", "/download/abc", 404),
        ("GET", "/ws", 404),
        ("GET", "/favicon.ico", 404),
        ("PUT", "/", 405),
        ("TRACE", "/", 405),
        ("OPTIONS", "/", 405),
    ],
)
async def test_a_stranger_finds_the_code_page_alone_and_every_answer_carries_the_headers(
    method: str, path: str, status: int
) -> None:
    async with hall() as at:
        guest = at.guest()
        async with guest.session.request(method, guest.origin + path) as got:
            assert got.status == status
            assert got.headers["Cache-Control"] == "no-store"
            assert got.headers["X-Frame-Options"] == "DENY"
            assert got.headers["X-Content-Type-Options"] == "nosniff"
            assert got.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
            assert "frame-ancestors 'none'" in got.headers["Content-Security-Policy"]
            assert "script-src" not in got.headers["Content-Security-Policy"]
            assert "Server" not in got.headers
            assert at.server.code not in await got.text()


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1:1", "localhost:{port}.evil.example", ""])
async def test_another_host_is_refused_everywhere(host: str) -> None:
    async with hall() as at:
        learner = await at.learner()
        host = host.format(port=at.server.port)
        for path in ("/", "/static/textual.js", f"/s/{at.server.link.rsplit('/', 1)[1]}"):
            assert (await learner.get(path, Host=host))[0] == 421
        assert await learner.refused(Host=host) == 421


async def test_this_machine_is_also_called_localhost() -> None:
    async with hall() as at:
        assert (await at.guest().get("/", Host=f"localhost:{at.server.port}"))[0] == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://localhost:{port}", "http://127.0.0.1"],
)
async def test_another_site_can_neither_type_the_code_nor_open_a_terminal(origin: str) -> None:
    async with hall() as at:
        origin = origin.format(port=at.server.port)
        learner = await at.learner()
        assert (await learner.post("/", {"code": at.server.code}, Origin=origin))[0] == 403
        assert await learner.refused(Origin=origin) == 403
        assert (await learner.get("/", Origin=origin))[0] == 403


async def test_a_terminal_without_an_origin_is_no_browsers() -> None:
    async with hall() as at:
        learner = await at.learner()
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await learner.session.ws_connect(f"{learner.origin}/screen?width=80&height=24")
        assert caught.value.status == 403


async def test_without_the_code_there_is_no_terminal_and_a_forged_cookie_is_none() -> None:
    async with hall() as at:
        guest = at.guest()
        assert await guest.refused() == 403
        name = re.match("(callcalm-[0-9a-f]{8})-try=", (await guest.get())[2]["Set-Cookie"])
        assert name is not None
        guest.session.cookie_jar.update_cookies({f"{name[1]}-learner": "a" * 64})
        assert await guest.refused() == 403
        assert len(at.server.places) == 0


async def test_the_code_gives_a_cookie_that_no_script_reads_and_no_other_site_sends() -> None:
    async with hall() as at:
        spelt = f" {at.server.code[:2].lower()}-{at.server.code[2:]} "
        status, _text, headers = await at.guest().types(spelt)
        assert (status, headers["Location"]) == (303, "/")
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Max-Age" not in cookie
        assert re.search("-learner=[0-9a-f]{64};", cookie)


async def test_the_cookie_of_another_kind_opens_nothing() -> None:
    async with hall() as at:
        guest = at.guest()
        cookie = (await guest.get())[2]["Set-Cookie"]
        name, _equals, value = cookie.partition(";")[0].partition("=")
        guest.session.cookie_jar.update_cookies({name.replace("-try", "-learner"): value})
        assert await guest.refused() == 403


async def test_the_fifth_wrong_code_is_the_last_for_a_while_though_the_next_be_right() -> None:
    now = 0.0
    async with hall(clock=lambda: now) as at:
        guest = at.guest()
        await guest.get()
        for _try in range(5):
            assert (await guest.types("????"))[0] == 403
        assert (await guest.types(at.server.code))[0] == 429
        now = 60.0
        assert (await guest.types(at.server.code))[0] == 303


async def test_new_visitors_at_one_address_do_not_get_more_tries_than_the_address_has() -> None:
    async with hall(clock=lambda: 0.0) as at:
        statuses = []
        for _visitor in range(5):
            guest = at.guest()
            await guest.get()
            statuses += [(await guest.types("????"))[0] for _try in range(5)]
        assert statuses == [403] * int(Codes.PER_ADDRESS.burst) + [429] * 5
        # Who has the link needs no code.
        assert (await at.guest().post(f"/s/{at.server.link.rsplit('/', 1)[1]}", {"": ""}))[0] == 303


async def test_looking_at_a_link_begins_nothing() -> None:
    async with hall() as at:
        status, _text, headers = await at.guest().get(f"/s/{at.server.link.rsplit('/', 1)[1]}")
        assert status == 200
        assert "Set-Cookie" not in headers


async def test_a_long_or_odd_form_is_not_read() -> None:
    async with hall() as at:
        guest = at.guest()
        assert (await guest.post("/", {"code": "2" * 3_000}))[0] == 413
        async with guest.session.post(
            f"{guest.origin}/", json={"code": at.server.code}, headers={"Origin": guest.origin}
        ) as got:
            assert got.status == 415


async def test_a_flood_from_one_address_is_slowed() -> None:
    async with hall(clock=lambda: 0.0) as at:
        guest = at.guest()
        statuses = [(await guest.get("/favicon.ico"))[0] for _time in range(201)]
        assert statuses == [404] * 200 + [429]


async def test_the_terminal_page_names_nothing_but_this_server(monkeypatch: pytest.MonkeyPatch) -> None:
    play(ECHO, monkeypatch)
    async with hall() as at:
        learner = await at.learner()
        status, page, headers = await learner.get()
        assert status == 200
        policy = headers["Content-Security-Policy"]
        assert f"connect-src ws://127.0.0.1:{at.server.port};" in policy
        assert "script-src 'self';" in policy
        links = re.findall('(?:src|href|url)="([^"]*)"', page)
        assert set(links) == {
            "data:,",
            "/",
            "/static/xterm.css",
            "/static/learner.css",
            "/static/textual.js",
            "/static/learner.js",
            f"ws://127.0.0.1:{at.server.port}/screen",
        }
        assert "<script>" not in page
        assert "style=" not in page
        for link in links:
            if link.startswith("/static/"):
                assert (await learner.get(link))[0] == 200


async def test_a_page_is_in_the_language_that_was_asked_for() -> None:
    async with hall() as at:
        guest = at.guest()
        assert (await guest.get("/?lang=fr"))[0] == 303
        assert '<html lang="fr">' in (await guest.get())[1]
        assert (await guest.get("/?lang=../xx"))[0] == 303
        assert '<html lang="fr">' in (await guest.get())[1]


async def test_a_connection_that_asks_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner_server, "SILENT", 0.05)
    async with hall() as at:
        reader, writer = await asyncio.open_connection("127.0.0.1", at.server.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: ")
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()


async def test_more_connections_than_learners_could_need_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner_server, "_SPARE", 0)
    monkeypatch.setattr(learner_server, "_CONNECTIONS_EACH", 2)
    async with hall(cap=1) as at:
        held = [await asyncio.open_connection("127.0.0.1", at.server.port) for _connection in range(2)]
        reader, writer = await asyncio.open_connection("127.0.0.1", at.server.port)
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                assert await reader.read() == b""
        for one in (writer, *(writer for _reader, writer in held)):
            one.close()
