"""Rooms for tests: a desk with the test call, a session of it, and the ways of a facilitator in short."""

from __future__ import annotations

from pathlib import Path

from callcalm.core.playbook import Stance
from callcalm.core.round import begin
from callcalm.room.hosting import Hosted
from callcalm.room.session import Room
from tests import support
from tests.world import desk

BOOKS = {
    "core": support.playbook(),
    "warm": support.playbook("warm", apology_institution=Stance.ENDORSE),
    "strict": support.playbook("strict", apology_institution=Stance.FORBID, own_it=Stance.CAUTION),
}


def small(**options: object) -> Room:
    """A room of the small world's call, not yet started."""
    return Room(begin(support.scenario(), BOOKS["core"]), BOOKS, **options)  # type: ignore[arg-type]  # Room's own


def again(room: Room) -> Room:
    """The room that the entries of this one give."""
    made = small(draw=room.draw, cap=room.cap)
    for entry in room.entries:
        made.obey(entry)
    return made


def hosted(folder: Path, **options: object) -> Hosted:
    """A session of the test call in this folder."""
    return Hosted.begin(desk(folder), "test-call", **options)  # type: ignore[arg-type]  # begin's own


def whole_session(room: Room) -> None:
    """Every kind of step, from the lobby to the end of the debrief of the test call or the small world's."""
    room.start()
    while room.round.state.unheard:
        room.listen()
    for who in ("ann", "bob", "zoe"):
        room.join(who)
    room.ask()
    revision = room.revision
    for who, letter in (("ann", "A"), ("bob", "B"), ("zoe", "A")):
        room.vote(who, letter, revision)
    room.reveal()
    room.revote()
    for who in ("ann", "bob", "zoe"):
        room.vote(who, "B", room.revision)
    room.reveal()
    room.settle_by_vote()
    room.play()
    room.saying()
    room.say("ann", "I will call you by four today.", room.revision)
    room.pick_said(1)
    room.drop()
    while room.round.state.ending is None:
        room.ask()
        room.settle("A")
        room.play()
    room.price()
    room.hands_price("got", {1: 2, 0: 1})
    room.hands_price("respect", {-3: 1, 4: 2})
    room.reveal()
    room.debrief()
    room.turn_page(1)
