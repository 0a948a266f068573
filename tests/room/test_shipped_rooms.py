"""Every shipped encounter can be decided by a room: at most four letters, always a way on, and it comes back."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from callcalm.content.library import Library, shipped_folder
from callcalm.core.events import Composed
from callcalm.room import pearls
from callcalm.room.hosting import Hosted, tell
from callcalm.room.notes import notes
from callcalm.room.questions import MOST_CHOICES, Kind
from callcalm.room.session import NotNow, Room
from callcalm.room.views import public
from tests.world import desk

NAMES = sorted(header.id for header in Library([shipped_folder()]).headers())


def decided(room: Room, chance: Random) -> None:
    """Play to the end, by letters drawn at random; look at every view on the way."""
    room.start()
    while room.round.state.ending is None:
        if room.round.state.unheard and chance.random() < 0.7:
            room.listen()
            continue
        room.ask()
        view = public(room)
        assert view.question is not None
        assert 2 <= len(view.question.choices) <= MOST_CHOICES
        offered = notes(room).choices
        assert sum(choice.best for choice in offered) == 1
        assert next(choice for choice in offered if choice.best).letter
        if view.question.kind is Kind.PART:
            room.settle(next(choice.letter for choice in offered if choice.best))
        else:
            room.settle(chance.choice(view.question.choices).letter)
        room.play()
        composed = [event for event in room.round.turns[-1].events if isinstance(event, Composed)]
        if view.question.kind is Kind.PART and not room.parts:
            assert [(event.missing, event.in_order) for event in composed] == [((), True)]
    with pytest.raises(NotNow, match="over"):
        room.ask()
    assert all(page.ask for page in pearls.pages(room))


@pytest.mark.parametrize("name", NAMES)
def test_a_room_can_decide_every_shipped_encounter(tmp_path: Path, name: str) -> None:
    hosted = Hosted.begin(desk(tmp_path), name, hands=True)
    decided(hosted.room, Random(name))
    assert hosted.save() is None
    told = tell(desk(tmp_path), hosted.path)
    assert told.complete
    assert told.notice == ""
    assert told.room.round == hosted.room.round
    hosted.end(keep=False)
