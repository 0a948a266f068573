"""Phones in a served room: in by link and by code, vote, change, see the result, say, score, leave."""

from __future__ import annotations

import asyncio
import socket

import pytest
from yarl import URL

from callcalm.room.network import LOOPBACK
from tests.room.phones import Memory, served
from tests.room.rooms import small


async def test_in_by_the_link() -> None:
    async with served() as at:
        phone = at.phone()
        assert "Join the room" in (await phone.get()).words
        assert at.room.joined == 0, "looking joins nobody: messengers look at every link"
        assert "You are in." in (await phone.join()).words
        assert "You are in." in (await phone.get()).words
        assert at.room.joined == 1
        assert [line[:2] for line in at.journal.kept] == ["j "]


async def test_in_by_the_code() -> None:
    async with served() as at:
        phone = at.phone()
        assert "four characters" in (await phone.get("/")).words
        wrong = await phone.post("/", {"code": "XXXX"})
        assert wrong.status == 403
        assert "not the code" in wrong.words
        assert at.server.code not in wrong.text
        right = await phone.post("/", {"code": f" {at.server.code[:2].lower()}-{at.server.code[2:]} "})
        assert "You are in." in right.words
        assert at.room.joined == 1


async def test_wrong_codes_wait_and_neighbours_do_not() -> None:
    async with served(clock=lambda: 0.0) as at:
        phone, neighbour = at.phone(), at.phone()
        await phone.get("/")
        answers = [(await phone.post("/", {"code": "XXXX"})).status for _ in range(6)]
        assert answers == [403] * 5 + [429]
        assert (await phone.post("/", {"code": at.server.code})).status == 429
        await neighbour.get("/")
        assert "You are in." in (await neighbour.post("/", {"code": at.server.code})).words


async def test_a_browser_without_cookies_is_told() -> None:
    async with served() as at:
        phone = at.phone()
        phone.session.cookie_jar.clear()
        answer = await phone.get("?in")
        assert "keeps no cookie" in answer.words
        assert at.room.joined == 0


async def test_vote_change_and_see_the_result() -> None:
    async with served() as at:
        phone, other = await at.seated(), await at.seated()
        ballot = at.asks()
        page = await phone.get()
        assert "Question 1" in page.words
        assert 'lang="en">Why did you wait?' in page.text
        assert "Your vote: A." in (await phone.vote("A", ballot)).words
        assert "Your vote: B." in (await phone.vote("B", ballot)).words
        await other.vote("B", ballot)
        assert at.room.question is not None
        assert at.room.question.ballot.tally == {"A": 0, "B": 2, "C": 0, "D": 0}
        hidden = await phone.get()
        assert 'value="B" required checked' in hidden.text
        assert " 2 " not in hidden.words
        at.room.close()
        assert "Voting is closed. Your vote: B." in (await phone.get()).words
        at.room.reveal()
        assert "2 votes · most votes · your vote" in (await phone.get()).words


async def test_talk_it_over_and_vote_again() -> None:
    async with served() as at:
        phone = await at.seated()
        await phone.vote("A", at.asks())
        at.room.reveal()
        at.room.revote()
        again = await phone.get()
        assert "vote again" in again.words
        assert " checked>" not in again.text
        await phone.vote("B", at.room.revision)
        at.room.reveal()
        words = (await phone.get()).words
        assert "0 votes · before: 1" in words
        assert "1 vote · before: 0 · most votes · your vote" in words


async def test_the_form_alone_does_it() -> None:
    async with served() as at:
        phone = await at.seated()
        ballot = at.asks()
        answer = await phone.post("vote", {"letter": "C", "ballot": str(ballot)})
        assert answer.status == 200
        assert "Your vote: C." in answer.words
        assert answer.text.startswith("<!doctype html>")
        assert "You have no vote" not in answer.words


async def test_join_late_and_come_back() -> None:
    async with served() as at:
        ballot = at.asks()
        phone = await at.seated()
        await phone.vote("A", ballot)
        async with phone.stream() as stream:
            assert "Your vote: A." in await stream.page()
        async with phone.stream() as stream:
            assert "Your vote: A." in await stream.page()
        assert at.room.joined == 1


async def test_what_comes_down_by_itself() -> None:
    async with served() as at:
        phone = await at.seated()
        async with phone.stream() as stream:
            assert (await stream.block()).startswith("retry: ")
            assert "You are in." in await stream.page()
            assert at.server.watching == 1
            ballot = at.asks()
            assert "Question 1" in await stream.page()
            await phone.vote("A", ballot)
            at.room.reveal()
            at.server.announce()
            assert "How the room voted" in await stream.page()


async def test_a_slow_phone_misses_steps_and_sees_the_newest() -> None:
    async with served() as at:
        phone = await at.seated()
        async with phone.stream() as stream:
            await stream.page()
            at.asks()
            at.room.close()
            at.room.reveal()
            at.server.announce()
            assert "How the room voted" in await stream.page()


async def test_say_it_yourself() -> None:
    async with served() as at:
        phone = await at.seated()
        at.room.start()
        while at.room.round.state.unheard:
            at.room.listen()
        at.room.saying()
        page = await phone.get()
        assert "<textarea" in page.text
        fields = {"text": "I will\r\ncall <b>you</b>\x1b[2J by four.", "ballot": str(at.room.revision)}
        answer = await phone.post("say", fields)
        assert "I will call &lt;b&gt;you&lt;/b&gt;\ufffd[2J by four." in answer.text
        assert at.journal.kept[-1].endswith("I will call <b>you</b>\ufffd[2J by four.")
        assert "\x1b" not in answer.text
        at.room.pick_said(1)
        assert "An answer from the room" in (await phone.get()).words


@pytest.mark.parametrize(("length", "status"), [(500, 200), (501, 400), (10_000, 413)])
async def test_how_much_may_be_said(length: int, status: int) -> None:
    async with served() as at:
        phone = await at.seated()
        at.room.start()
        while at.room.round.state.unheard:
            at.room.listen()
        at.room.saying()
        answer = await phone.send("say", {"text": "a" * length, "ballot": str(at.room.revision)})
        assert answer.status == status
        assert "<textarea" in answer.text
        assert ("500 characters" in answer.words) or status == 200
        assert at.room.voted == int(status == 200)
        if status == 400:
            assert "a" * length in answer.text, "what was typed is still there"


async def test_long_answers_of_any_script_fit() -> None:
    async with served() as at:
        phone = await at.seated()
        at.room.start()
        while at.room.round.state.unheard:
            at.room.listen()
        at.room.saying()
        answer = await phone.send("say", {"text": "🙂" * 500, "ballot": str(at.room.revision)})
        assert answer.status == 200


async def test_the_room_scores_the_call() -> None:
    async with served() as at:
        phone = await at.seated()
        at.room.start()
        while at.room.round.state.unheard:
            at.room.listen()
        while at.room.round.state.ending is None:
            at.room.ask()
            at.room.settle("B")
            at.room.play()
        at.room.price()
        assert (await phone.get()).text.count("<select") == 6
        scores = dict.fromkeys(("priority", "respect", "involvement", "communication"), "3")
        ballot = str(at.room.pricing.revision)
        half = await phone.send("rate", {"got": "no", "fair": "10", **scores, "ballot": ballot})
        assert half.status == 400
        assert "Answer every question first." in half.words
        assert half.text.count('value="3" selected') == 4, "what was chosen is still there"
        whole = await phone.send("rate", {"got": "no", "fair": "10", **scores, "effort": "-10", "ballot": ballot})
        assert "Your scores are in." in whole.words
        await phone.send("rate", {"got": "yes", "fair": "25", **scores, "effort": "5", "ballot": ballot})
        at.room.reveal()
        shown = await phone.get()
        assert "Got what they needed: yes 1, no 0." in shown.words
        assert "Median +5, reference" in shown.words
        assert "+3 from 1" in shown.words


async def test_two_schools() -> None:
    async with served() as at:
        phone = await at.seated()
        at.asks()
        at.room.settle("B")
        at.room.play()
        at.room.schools()
        assert "The same words under two house rules" in (await phone.get()).words
        at.room.ask_schools()
        assert "Which house rules" in (await phone.get()).words
        assert (await phone.vote("A", at.room.revision)).status == 200


async def test_two_languages_at_once() -> None:
    async with served() as at:
        phone, other = await at.seated(), await at.seated()
        page = await phone.get("?lang=fr")
        assert '<html lang="fr">' in page.text
        assert 'href="/r/' in page.text
        assert 'lang="en" hreflang="en">English</a>' in page.text
        assert '<html lang="fr">' in (await phone.get("/")).text
        assert '<html lang="en">' in (await other.get()).text
        assert '<html lang="en">' in (await phone.get("?lang=xx")).text


async def test_a_page_renews_itself_only_where_asked_and_never_over_a_form() -> None:
    async with served() as at:
        phone = await at.seated()
        assert "http-equiv" not in (await phone.get()).text
        assert 'http-equiv="refresh"' in (await phone.get("?renew=yes")).text
        at.asks()
        assert "http-equiv" not in (await phone.get()).text
        at.room.close()
        assert 'http-equiv="refresh"' in (await phone.get()).text
        assert "http-equiv" not in (await phone.get("?renew=no")).text


async def test_nobody_came() -> None:
    now = [0.0]
    async with served(clock=lambda: now[0]) as at:
        assert not at.server.nobody_came()
        now[0] = 60
        assert at.server.nobody_came()
        await at.seated()
        assert not at.server.nobody_came()


async def test_the_host_hears_of_votes() -> None:
    heard = asyncio.Event()
    async with served(changed=heard.set) as at:
        phone = await at.seated()
        ballot = at.asks()
        await asyncio.wait_for(heard.wait(), 10)
        heard.clear()
        await phone.vote("A", ballot)
        await asyncio.wait_for(heard.wait(), 10)


async def test_two_hosts_serve_side_by_side_and_keep_their_guests_apart() -> None:
    async with served() as one, served(journal=Memory(b"q" * 32)) as two:
        phone = await one.seated()
        guest = two.phone()
        guest.session.cookie_jar.update_cookies(phone.session.cookie_jar.filter_cookies(URL(one.server.link)))
        assert "Join the room" in (await guest.get()).words
        assert one.server.port != two.server.port


async def test_nothing_listens_afterwards_and_phones_get_the_last_page() -> None:
    async with served() as at:
        phone = await at.seated()
        port = at.server.port
        async with phone.stream() as stream:
            assert "You are in." in await stream.page()
            at.room.finish()
            await at.close()
            assert "data-over" in await stream.page()
            with pytest.raises(EOFError):
                await stream.page()
        with pytest.raises(ConnectionRefusedError), socket.create_connection((LOOPBACK, port)):
            pass


async def test_a_room_that_is_full_says_so() -> None:
    async with served(small(cap=2)) as at:
        await at.seated()
        await at.seated()
        late = at.phone()
        answer = await late.join()
        assert answer.status == 503
        assert "full" in answer.words
        assert at.room.joined == 2
        async with late.stream() as stream:
            assert "full" in await stream.page()
