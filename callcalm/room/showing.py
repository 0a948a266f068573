"""What the phones of a room show now: made once for everybody, and once for each thing of their own.

What must not be here: requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from callcalm.core.text import Text
from callcalm.room.pages import Part
from callcalm.room.phone import part_of
from callcalm.room.phone_pieces import Page
from callcalm.room.session import Room
from callcalm.room.tongue import Tongue
from callcalm.room.views import PhoneView, PublicView, phone, public


class Showing:
    """The newest page of any participant.

    What everybody sees changes with what the facilitator does, and each such step leaves an entry; votes change
    only how many there are, which phones do not show. So one view serves a whole room until the next entry.
    """

    def __init__(self, room: Room, base: str) -> None:
        self._room = room
        self._base = base
        self._entries = -1
        self._public: PublicView | None = None
        self._parts: dict[tuple[str, bool, str], Part] = {}

    @property
    def language(self) -> str:
        """The language of the encounter."""
        return self._room.round.state.scenario.language

    def said(self, identity: str) -> Text:
        """The answer of this participant as the room has it."""
        return self._view(identity).said

    def part(self, identity: str, tongue: Tongue) -> Part:
        """What this participant's phone shows, with nothing to tell."""
        view = self._view(identity)
        if view.said or view.rated:
            return part_of(Page(view, tongue, self._base))
        key = (tongue.code, view.known, view.vote)
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = part_of(Page(view, tongue, self._base))
        return found

    def acknowledging(self, identity: str, tongue: Tongue, words: str) -> Part:
        """The same; the words are only read out, because the page itself says them."""
        return replace(self.part(identity, tongue), say=words)

    def telling(self, identity: str, tongue: Tongue, told: str, typed: Mapping[str, str] | None = None) -> Part:
        """The same with a message above it, and with what was typed still there."""
        return part_of(Page(self._view(identity), tongue, self._base, typed or {}), told)

    def _view(self, identity: str) -> PhoneView:
        if self._public is None or self._entries != len(self._room.entries):
            self._entries = len(self._room.entries)
            self._public = public(self._room)
            self._parts.clear()
        return phone(self._room, identity, self._public)
