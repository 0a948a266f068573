"""The pages of phones as HTML: whole in every phase and language, and deaf to what stands in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from callcalm.core.text import Text
from callcalm.room.floor import Phase
from callcalm.room.pages import Part, code_page, document, enter_page, refusal
from callcalm.room.phone import part_of
from callcalm.room.phone_pieces import Page
from callcalm.room.phone_words import outcome_words, reason_words
from callcalm.room.session import Room
from callcalm.room.taking import Outcome
from callcalm.room.tongue import tongue
from callcalm.room.views import phone
from tests.room.rooms import small

HOSTILE = Text("</p></textarea>\"'><script>x</script>&amp;<!--")
WORDS = {"title", "caller", "heard", "you", "text", "so_far", "said", "words", "name", "why", "stance"}
WORDS |= {"lesson", "ask", "rules"}
VOID = {"meta", "link", "input", "br", "rect"}


class Checker(HTMLParser):
    """Whether elements nest, ids are there once, and labels name something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.count: dict[str, int] = {}
        self.shown = ""
        self.feed(html)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        assert set(self.named) <= set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1
        given = dict(attrs)
        assert len(given) == len(attrs)
        assert not any(name.startswith("on") or name == "style" for name in given)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.named += [given["for"] or ""] if "for" in given else []
        self.named += (given.get("aria-describedby") or "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" not in self.open and "style" not in self.open:
            self.shown += data


def phases() -> Iterator[Room]:
    """A room in each phase, with votes, answers and sheets."""
    room = small()
    room.join("me")
    yield room
    room.start()
    while room.round.state.unheard:
        room.listen()
    yield room
    room.ask()
    yield room
    room.vote("me", "B", room.revision)
    yield room
    room.close()
    yield room
    room.reveal()
    yield room
    room.revote()
    room.hands({"A": 2, "B": 2})
    yield room
    room.reveal()
    yield room
    room.settle_by_seed()
    yield room
    room.settle("B")
    room.play()
    room.schools()
    yield room
    room.ask_schools()
    yield room
    room.drop()
    room.saying()
    yield room
    room.say("me", "So\u00a0<b>sorry</b>.", room.revision)
    yield room
    room.close()
    yield room
    room.pick_said(1)
    yield room
    room.drop()
    while room.round.state.ending is None:
        room.ask()
        room.settle("B")
        room.play()
    yield room
    room.price()
    yield room
    room.hands_price("respect", {-10: 1, 5: 4})
    room.reveal()
    yield room
    room.debrief()
    yield room
    room.finish()
    yield room


def hostile(view: Any) -> Any:
    """The view with every text in it hostile."""
    if isinstance(view, tuple):
        return tuple(hostile(one) if is_dataclass(one) else HOSTILE for one in view)
    if not is_dataclass(view) or isinstance(view, type):
        return view
    changes = {}
    for field in fields(view):
        value = getattr(view, field.name)
        if isinstance(value, str) and field.name in WORDS and value:
            changes[field.name] = HOSTILE
        elif is_dataclass(value) or (isinstance(value, tuple) and field.name != "leading"):
            changes[field.name] = hostile(value)
    return replace(view, **changes)


def whole(part: Part, language: str) -> Checker:
    checked = Checker(document(part, tongue(language), base="/r/x/", renews=True))
    assert checked.count["h1"] == 1
    assert checked.count["html"] == checked.count["main"] == checked.count["title"] == 1
    return checked


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_phase_is_a_whole_page(language: str) -> None:
    seen = set()
    for room in phases():
        seen.add(room.phase)
        checked = whole(part_of(Page(phone(room, "me"), tongue(language), "/r/x/"), "Told."), language)
        assert "<" not in checked.shown.replace("<b>sorry</b>", "")
    assert seen == set(Phase)


def test_no_text_is_markup() -> None:
    for room in phases():
        page = Page(hostile(phone(room, "me")), tongue("en"), "/r/x/", {"text": HOSTILE, "got": HOSTILE})
        checked = whole(part_of(page, HOSTILE), "en")
        assert checked.count["script"] == 1, "the page's own"
        assert HOSTILE in checked.shown


def test_the_key_follows_what_is_shown_and_not_what_is_said() -> None:
    part = Part("Title", "<p>body</p>", "said")
    key = part.html().split('"')[1]
    assert replace(part, say="otherwise").html().split('"')[1] == key
    for other in (replace(part, body="<p>other</p>"), replace(part, title="Other"), replace(part, over=True)):
        assert other.html().split('"')[1] != key


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_before_one_is_in(language: str) -> None:
    spoken = tongue(language)
    for part in (
        code_page(spoken),
        code_page(spoken, HOSTILE),
        enter_page(spoken, "/r/x/"),
        enter_page(spoken, "/r/x/", HOSTILE),
        refusal(spoken, HOSTILE),
    ):
        assert part.out
        assert whole(part, language).count["script"] == 1


def test_every_outcome_has_words() -> None:
    for outcome in Outcome:
        for place in ("vote", "say", "rate", ""):
            assert outcome_words(place, outcome, tongue("en"), letter="A")
    for reason in ("host", "origin", "method", "nothing-here", "too-often", "too-long", "too-slow", "full"):
        assert reason_words(reason, tongue("en"))


def test_an_unknown_language_is_english() -> None:
    assert tongue("xx").code == "en"
    assert tongue("en").others == ("fr",)
