"""How answers are heard: the coach's reading of words, for the scenario at hand and for what a player types."""

from __future__ import annotations

from functools import cached_property

from callcalm.coach import Hearing, Phrasebook, load_phrasebook, read
from callcalm.core.moves import Finding
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text


class Ears:
    """The coach for one scenario's language."""

    def __init__(self, language: str) -> None:
        self._language = language

    @cached_property
    def book(self) -> Phrasebook:
        """The phrasebook, read when the first answer is."""
        return load_phrasebook(self._language)

    def hear(self, words: Text, state: CallState, now: Offer) -> tuple[tuple[Finding, ...], str | None]:
        """What a typed answer does, and the key of the reply it is nearest to."""
        from callcalm.coach.likeness import understand  # noqa: PLC0415  (only typed answers need it)

        hearing = self.hearing(state)
        findings = read(words, self.book, hearing)
        options = [
            (o.reply.key, o.reply.say, (*(f.move for f in o.reply.findings), *o.reply.moves)) for o in now.replies
        ]
        return findings, understand(words, findings, options, hearing).key

    def hearing(self, state: CallState) -> Hearing:
        """What the coach knows of the moment: names, facts, the caller's last words, whether it is hot."""
        caller = state.scenario.caller
        hot = state.playbook.registry.moods[state.here.mood].hot
        return Hearing((caller.name, *caller.address), caller.facts, state.here.caller, hot)
