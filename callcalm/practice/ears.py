"""How answers are heard: the coach's reading of words, for the scenario at hand and for what a player types.

The coach is fetched when the first word is read: a brief needs none.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm.core.model import Scenario
from callcalm.core.moves import Finding, Registry
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text

if TYPE_CHECKING:
    from callcalm.coach import Hearing, Phrasebook


class Ears:
    """The coach for one language; `phrases` are phrasebooks of the player's or the firm's own."""

    def __init__(self, language: str, registry: Registry, phrases: tuple[Path, ...] = ()) -> None:
        self._language = language
        self.registry = registry
        self._phrases = phrases

    @cached_property
    def book(self) -> Phrasebook:
        """The phrasebook, read when the first answer is.

        Raises:
            BadFile: with all that is wrong in a phrasebook of one's own.
        """
        from callcalm.letters.books import Books

        return Books(self._phrases)[self._language]

    def read(self, scenario: Scenario) -> Scenario:
        """The scenario with the moves of every authored answer found; raises `BadFile` as `book` does."""
        from callcalm.content.hearing import coach_reader, with_findings

        return with_findings(scenario, coach_reader(self.registry, self.book))

    def read_words(self, words: Text) -> tuple[Finding, ...]:
        """The moves in words of which nothing else is known."""
        from callcalm.coach import Hearing, read

        return read(words, self.book, Hearing())

    def hear(self, words: Text, state: CallState, now: Offer) -> tuple[tuple[Finding, ...], str | None]:
        """What a typed answer does, and the key of the reply it is nearest to."""
        from callcalm.coach import read
        from callcalm.coach.likeness import understand

        hearing = self._hearing(state)
        findings = read(words, self.book, hearing)
        options = [
            (o.reply.key, o.reply.say, (*(f.move for f in o.reply.findings), *o.reply.moves)) for o in now.replies
        ]
        return findings, understand(words, findings, options, hearing).key

    def _hearing(self, state: CallState) -> Hearing:
        """What the coach knows of the moment: names, facts, the caller's last words, whether it is hot."""
        from callcalm.coach import Hearing

        caller = state.scenario.caller
        hot = self.registry.moods[state.here.mood].hot
        return Hearing((caller.name, *caller.address), caller.facts, state.here.caller, hot)
