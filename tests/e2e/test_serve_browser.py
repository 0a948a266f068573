"""The screens in a real browser: the code, the terminal, a key, the end; and nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack
from urllib.parse import parse_qs, urlsplit

import pyte
import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from callcalm.room.learner_server import LearnerServer, serving_learners
from tests.e2e.browser import Loop, launched, violations


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


@pytest.fixture
def server(loop: Loop) -> Iterator[LearnerServer]:
    stack = AsyncExitStack()

    async def entered() -> LearnerServer:
        return await stack.enter_async_context(serving_learners(port=0, cap=1))

    yield loop.run(entered())
    loop.run(stack.aclose())


@pytest.fixture
def page(browser: Browser, server: LearnerServer) -> Iterator[Page]:
    """A page; whatever it asks another server for, or complains of, fails the test."""
    context = browser.new_context(viewport={"width": 1000, "height": 640}, locale="en-GB")
    context.set_default_timeout(20_000)
    strangers: list[str] = []
    complaints: list[str] = []
    context.on(
        "request",
        lambda asked: None if asked.url.startswith((server.address, "data:")) else strangers.append(asked.url),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield context.new_page()
    context.close()
    assert strangers == []
    assert complaints == []


class Terminal:
    """What the browser's terminal shows, drawn anew from what it was sent."""

    def __init__(self, page: Page) -> None:
        self.sockets: list[WebSocket] = []
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        query = parse_qs(urlsplit(socket.url).query)
        self._screen = pyte.Screen(int(query["width"][0]), int(query["height"][0]))
        self._stream = pyte.ByteStream(self._screen)
        self.sockets.append(socket)
        socket.on("framereceived", self._received)

    def _received(self, data: bytes | str) -> None:
        if isinstance(data, bytes):
            self._stream.feed(data)

    def waits_for(self, words: str) -> None:
        """Go on once this is on the screen."""

        def there(_data: object = None) -> bool:
            return words in "\n".join(self._screen.display)

        if not there():
            self.sockets[-1].wait_for_event("framereceived", there, timeout=20_000)


def begin(page: Page, server: LearnerServer) -> Terminal:
    terminal = Terminal(page)
    page.goto(server.address)
    page.get_by_label("The four characters").fill(server.code.lower())
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector("body.-first-byte")
    return terminal


def test_the_code_brings_the_screens_a_key_is_felt_and_quitting_offers_to_begin_again(
    page: Page, server: LearnerServer
) -> None:
    terminal = begin(page, server)
    terminal.waits_for("Welcome to callcalm")
    page.keyboard.press("Escape")
    terminal.waits_for("Never heard of you")
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="This session is over")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("body.-first-byte")
    # The same browser has the same folder: this is no first run any more.
    terminal.waits_for("Never heard of you")
    assert len(terminal.sockets) == 2


def test_a_wrong_code_is_told_and_everyone_can_read_the_page(page: Page, server: LearnerServer) -> None:
    page.goto(server.address)
    assert violations(page) == []
    page.get_by_label("The four characters").fill("????")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#told")).to_contain_text("not the code")
    assert violations(page) == []
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_a_link_begins_at_a_press_and_a_second_browser_finds_all_places_taken(
    page: Page, server: LearnerServer, browser: Browser
) -> None:
    terminal = Terminal(page)
    page.goto(server.link)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector("body.-first-byte")
    terminal.waits_for("Welcome to callcalm")
    other = browser.new_context(locale="en-GB")
    second = other.new_page()
    second.goto(server.link)
    second.get_by_role("button", name="Begin").click()
    expect(second.locator("main")).to_contain_text("All places are taken")
    other.close()


def test_a_window_that_is_opened_again_takes_the_place_of_the_first(page: Page, server: LearnerServer) -> None:
    terminal = begin(page, server)
    terminal.waits_for("Welcome to callcalm")
    second = page.context.new_page()
    terminal = Terminal(second)
    second.goto(server.address)
    second.wait_for_selector("body.-first-byte")
    terminal.waits_for("Welcome to callcalm")
    expect(page.get_by_role("heading", name="This session is over")).to_be_visible()
    assert len(server.places) == 1


def test_without_scripts_the_page_says_what_is_missing(browser: Browser, server: LearnerServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    bare = context.new_page()
    bare.goto(server.link)
    bare.get_by_role("button", name="Begin").click()
    expect(bare.get_by_text("needs scripts")).to_be_visible()
    context.close()
