"""The voting page in a real browser: with scripts and without, in two languages, on small phones, for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from callcalm.room.session import Room
from callcalm.room.tongue import tongue
from tests.e2e.browser import CONTRAST, Loop, launched, violations
from tests.room.phones import Memory, Served, served
from tests.room.rooms import small

SMALL = {"width": 320, "height": 568}


# For the module, not the session: while the driver is there, no other loop runs in this thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    driver, made = launched()
    yield made
    made.close()
    driver.stop()


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


class Hall:
    """A served room and the facilitator's hand on it, from outside its loop."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self.journal = Memory()
        self.room: Room = small()
        self.at: Served = self._open(0)

    def does(self, *steps: Callable[[], object]) -> None:
        """The facilitator does these, and phones hear of it."""

        def all_of_them() -> None:
            for step in steps:
                step()
            self.at.server.announce()

        self._loop.call(all_of_them)

    def starts(self) -> None:
        """On to the first question's moment."""
        self.does(self.room.start)
        while self.room.round.state.unheard:
            self.does(self.room.listen)

    def ends_call(self) -> None:
        """On to the end of the call."""
        self.starts()
        while self.room.round.state.ending is None:
            self.does(self.room.ask, lambda: self.room.settle("B"), self.room.play)

    def comes_back(self) -> None:
        """The server that went is at the same address again."""
        self.at = self._open(self.at.server.port)

    def _open(self, port: int) -> Served:
        async def entered() -> Served:
            self._stack = AsyncExitStack()
            return await self._stack.enter_async_context(served(self.room, self.journal, port=port))

        return self._loop.run(entered())

    def close(self) -> None:
        self._loop.run(self._stack.aclose())


@pytest.fixture
def hall(loop: Loop) -> Iterator[Hall]:
    made = Hall(loop)
    yield made
    made.close()


Opens = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Opens]:
    """Opens phones; on each, anything that a page complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"viewport": SMALL, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
        )
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def head(page: Page, words: str) -> None:
    expect(page.locator("h1")).to_have_text(words)


def test_a_session_with_scripts(hall: Hall, phone: Opens) -> None:
    room, context = hall.room, phone()
    page = context.new_page()
    page.goto(hall.at.server.link)
    head(page, "You are in.")
    assert room.joined == 1
    hall.starts()
    head(page, "Listen to the caller.")
    hall.does(room.ask)
    head(page, "Question 1")
    assert page.title() == "Question 1 · callcalm"
    expect(page.locator("#live")).to_have_text("Question 1")

    page.get_by_label("Why did you wait?").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.get_by_role("button", name="Change my vote")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("Your vote: A.")
    assert "<" not in page.locator("body").inner_text()
    assert page.evaluate("document.activeElement.id") == "head", "the reader is taken to what is new"
    page.get_by_label("Two charges").check()
    page.get_by_role("button", name="Change my vote").click()
    expect(page.locator("#live")).to_contain_text("Your vote: B.")
    assert room.question is not None
    assert room.question.ballot.tally == {"A": 0, "B": 1, "C": 0, "D": 0}

    again = context.new_page()
    again.goto(hall.at.server.link)
    expect(again.get_by_label("Two charges")).to_be_checked()
    assert room.joined == 1
    again.close()

    hall.does(room.close)
    head(page, "Voting is closed.")
    hall.does(room.reveal)
    head(page, "How the room voted")
    expect(page.locator("main")).to_contain_text("1 vote · most votes · your vote")
    hall.does(room.revote)
    head(page, "Question 1")
    expect(page.locator("main")).to_contain_text("vote again")
    page.get_by_label("It is policy.").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("#live")).to_contain_text("Your vote: C.")
    hall.does(room.reveal)
    expect(page.locator("main")).to_contain_text("1 vote · before: 0 · most votes · your vote")
    hall.does(room.settle_by_vote)
    head(page, "Picked: C")
    hall.does(room.play)
    while room.round.state.unheard:
        hall.does(room.listen)
    hall.does(room.saying)
    head(page, "Say it yourself")
    page.get_by_label("in your own words").fill("I will call you by four.")
    expect(page.locator("#left")).to_have_text("24 of 500 characters")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Change my answer")).to_be_visible()
    hall.does(lambda: room.pick_said(1))
    head(page, "An answer from the room")
    hall.does(room.drop, room.finish)
    head(page, "Thank you.")


def test_price_with_scripts(hall: Hall, phone: Opens) -> None:
    page = phone().new_page()
    hall.ends_call()
    page.goto(hall.at.server.link)
    head(page, "The call is over.")
    hall.does(hall.room.price)
    head(page, "PRICE: your scores")
    page.get_by_label("No", exact=True).check()
    page.locator("select[name=fair]").select_option("10")
    for name in ("priority", "respect", "involvement", "communication", "effort"):
        page.locator(f"select[name={name}]").select_option("-2")
    page.get_by_role("button", name="Send my scores").click()
    expect(page.locator("main")).to_contain_text("Your scores are in.")
    hall.does(hall.room.reveal)
    head(page, "PRICE: how the room scored")
    expect(page.locator("main")).to_contain_text("Median −2, reference")
    expect(page.locator("main")).to_contain_text("−2 from 1")
    hall.does(hall.room.debrief)
    head(page, "Talking it over")


def test_in_by_the_typed_code(hall: Hall, phone: Opens) -> None:
    page = phone().new_page()
    page.goto(hall.at.server.address)
    box = page.get_by_label("The four characters on the screen")
    box.fill("zzzz")
    box.press("Enter")
    expect(page.locator("#told")).to_contain_text("not the code")
    box.fill(hall.at.server.code.lower())
    page.get_by_role("button", name="Join").click()
    head(page, "You are in.")


def test_a_whole_session_without_scripts(hall: Hall, phone: Opens) -> None:
    room, page = hall.room, phone(java_script_enabled=False).new_page()
    page.goto(hall.at.server.link)
    assert room.joined == 0
    page.get_by_role("button", name="Join").click()
    head(page, "You are in.")
    hall.starts()
    hall.does(room.ask)
    page.get_by_role("link", name="Refresh", exact=True).click()
    head(page, "Question 1")
    page.get_by_label("Why did you wait?").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("main")).to_contain_text("Your vote: A.")
    page.reload()
    page.get_by_label("It is policy.").check()
    page.get_by_role("button", name="Change my vote").click()
    expect(page.locator("main")).to_contain_text("Your vote: C.")
    assert room.voted == 1
    page.get_by_label("Two charges").check()
    hall.does(room.close)
    page.get_by_role("button", name="Change my vote").click()
    expect(page.locator("#told")).to_contain_text("too late")
    assert room.question is not None
    assert room.question.ballot.tally["C"] == 1
    hall.does(room.reveal)
    page.get_by_role("link", name="Refresh", exact=True).click()
    head(page, "How the room voted")
    hall.does(room.drop, room.saying)
    page.goto(hall.at.server.link)
    page.get_by_label("in your own words").fill("Thank you for waiting.\nI will call.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label("in your own words")).to_have_value("Thank you for waiting. I will call.")
    hall.does(room.drop)
    page.get_by_role("link", name="Refresh", exact=True).click()
    page.get_by_role("link", name="Refresh by itself").click()
    expect(page.locator("meta[http-equiv=refresh]")).to_have_attribute("content", "10")
    page.get_by_role("link", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"


def test_price_without_scripts(hall: Hall, phone: Opens) -> None:
    page = phone(java_script_enabled=False).new_page()
    hall.ends_call()
    hall.does(hall.room.price)
    page.goto(hall.at.server.link)
    page.get_by_role("button", name="Join").click()
    page.get_by_label("Yes", exact=True).check()
    for name in ("priority", "respect", "involvement", "communication", "effort"):
        page.locator(f"select[name={name}]").select_option("5")
    page.get_by_role("button", name="Send my scores").click()
    expect(page.locator("main")).to_contain_text("Your scores are in.")
    assert hall.room.voted == 1


def test_in_french(hall: Hall, phone: Opens) -> None:
    page = phone().new_page()
    french = tongue("fr")._
    page.goto(hall.at.server.link)
    head(page, "You are in.")
    page.get_by_role("link", name="Français").click()
    head(page, french("You are in."))
    assert page.locator("html").get_attribute("lang") == "fr"
    hall.starts()
    hall.does(hall.room.ask)
    head(page, french("Question {n}").format(n=1))
    assert page.locator("label.pick [lang=en]").count() == 4, "the encounter's own words keep their language"
    page.get_by_role("link", name="English").click()
    head(page, "Question 1")


def test_what_is_typed_outlives_a_change_of_the_page(hall: Hall, phone: Opens) -> None:
    room, page = hall.room, phone().new_page()
    hall.starts()
    hall.does(room.saying)
    page.goto(hall.at.server.link)
    box = page.get_by_label("in your own words")
    box.fill("I am so sor")
    hall.does(room.close)
    head(page, "Answers are closed.")
    hall.does(room.reopen)
    expect(box).to_have_value("I am so sor")
    page.reload()
    expect(box).to_have_value("I am so sor")
    box.fill("a" * 10_000)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#told")).to_contain_text("at most 500 characters")
    expect(box).to_have_value("a" * 10_000)


def test_the_server_goes_and_comes_back(hall: Hall, phone: Opens) -> None:
    room, page = hall.room, phone().new_page()
    page.goto(hall.at.server.link)
    head(page, "You are in.")
    hall.starts()
    hall.does(room.ask)
    head(page, "Question 1")
    page.get_by_label("It is policy.").check()
    hall.close()
    expect(page.locator("#net")).to_contain_text("connection is lost")
    hall.comes_back()
    expect(page.locator("#net")).to_be_empty()
    expect(page.get_by_label("It is policy.")).to_be_checked()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("#live")).to_contain_text("Your vote: C.")
    assert room.joined == room.voted == 1


def test_a_vote_while_the_connection_is_lost_is_not_taken_for_sent(hall: Hall, phone: Opens) -> None:
    room, context = hall.room, phone()
    page = context.new_page()
    page.goto(hall.at.server.link)
    hall.starts()
    hall.does(room.ask)
    page.get_by_label("It is policy.").check()
    context.set_offline(True)
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("#net")).to_contain_text("not sent")
    context.set_offline(False)
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("#live")).to_contain_text("Your vote: C.")
    assert room.voted == 1


def test_a_phone_that_slept_shows_what_is_now(hall: Hall, phone: Opens) -> None:
    room, context = hall.room, phone()
    page = context.new_page()
    page.goto(hall.at.server.link)
    head(page, "You are in.")
    # A sleeping phone's page stands still: what comes meanwhile never reaches it, nor that the line was cut.
    context.set_offline(True)
    hall.close()
    hall.comes_back()
    hall.starts()
    hall.does(room.ask, room.close, room.reveal)
    head(page, "You are in.")
    context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    head(page, "How the room voted")


def test_text_from_a_phone_is_never_markup(hall: Hall, phone: Opens) -> None:
    room, page = hall.room, phone().new_page()
    hall.starts()
    hall.does(room.saying)
    page.goto(hall.at.server.link)
    words = "</textarea><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    page.get_by_label("in your own words").fill(words)
    page.get_by_role("button", name="Send").click()
    # The box holds the words from the start; only this tells that the room has them.
    expect(page.get_by_role("button", name="Change my answer")).to_be_visible()
    expect(page.get_by_label("in your own words")).to_have_value(words)
    hall.does(lambda: room.pick_said(1))
    expect(page.locator("blockquote")).to_have_text(words)
    assert page.locator("main img, main script").count() == 0
    assert "owned" not in page.title()


def stages(hall: Hall) -> Iterator[str]:
    """Every state of the page, one after the other."""
    room = hall.room
    yield "lobby"
    hall.starts()
    yield "call"
    hall.does(room.ask)
    yield "open"
    hall.does(room.close)
    yield "closed"
    hall.does(room.reveal)
    yield "revealed"
    hall.does(room.revote, lambda: room.hands({"B": 3, "C": 3}), room.reveal)
    yield "revealed again, a tie"
    hall.does(room.settle_by_seed)
    yield "picked"
    hall.does(lambda: room.settle("B"), room.play, room.schools)
    yield "schools"
    hall.does(room.ask_schools)
    yield "a vote on schools"
    hall.does(room.drop, room.saying)
    yield "saying"
    hall.does(lambda: room.add_said("I will call you by four."), room.close)
    yield "said"
    hall.does(lambda: room.pick_said(1))
    yield "an answer of the room's"
    hall.does(room.drop)
    while room.round.state.ending is None:
        hall.does(room.ask, lambda: room.settle("B"), room.play)
    yield "the call is over"
    hall.does(room.price)
    yield "price"
    hall.does(lambda: room.hands_price("respect", {-10: 1, 5: 4}), room.reveal)
    yield "price shown"
    hall.does(room.debrief)
    yield "debrief"
    hall.does(room.finish)
    yield "over"


def test_every_state_is_for_everyone(hall: Hall, phone: Opens) -> None:
    # axe is our own tool and not the page's: only for it the page's policy is set aside.
    page = phone(bypass_csp=True).new_page()
    for address in (hall.at.server.address, hall.at.server.link):
        page.goto(address)
        assert violations(page) == [], address
    found = []
    for stage in stages(hall):
        page.goto(hall.at.server.link)
        expect(page.locator("main > [data-out]")).to_have_count(0)
        found += [f"{stage}: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{stage}, in the dark: {one}" for one in violations(page, CONTRAST)]
        page.emulate_media(color_scheme="light")
        assert "<" not in page.locator("body").inner_text(), f"{stage} shows markup"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SMALL["width"], f"{stage} is {wide} wide on a screen of {SMALL['width']}"
        low = page.evaluate(
            "[...document.querySelectorAll('button, .pick, select, textarea, input[type=text], a.go')]"
            ".map(one => one.getBoundingClientRect().height).filter(height => height && height < 44)"
        )
        assert low == [], f"{stage} has targets lower than a finger"
    assert found == []


def test_without_scripts_too_every_state_is_for_everyone(hall: Hall, phone: Opens) -> None:
    page = phone(java_script_enabled=False).new_page()
    page.goto(hall.at.server.link)
    page.get_by_role("button", name="Join").click()
    for stage in stages(hall):
        page.goto(hall.at.server.link)
        assert page.locator("h1").count() == 1, stage
        assert page.locator("noscript a, footer a").count() >= 1, stage
        nameless = page.locator("input:not([type=hidden]), select, textarea").evaluate_all(
            "fields => fields.filter(field => !field.labels.length).map(field => field.outerHTML)"
        )
        assert nameless == [], stage


def test_keys_alone_vote(hall: Hall, phone: Opens) -> None:
    room, page = hall.room, phone().new_page()
    hall.starts()
    hall.does(room.ask)
    page.goto(hall.at.server.link)
    head(page, "Question 1")
    page.locator("#pick-A").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_contain_text("Your vote: B.")


def test_a_page_is_small(hall: Hall, phone: Opens) -> None:
    page = phone().new_page()
    sizes: list[int] = []
    page.on("response", lambda got: sizes.append(len(got.body())) if got.url == hall.at.server.link else None)
    for _stage in stages(hall):
        page.goto(hall.at.server.link)
        head_there = page.locator("h1")
        expect(head_there).to_be_visible()
    assert len(sizes) >= 17
    assert max(sizes) < 15_000
