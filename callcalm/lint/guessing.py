"""Whether the best reply can be guessed without understanding it: by its place, its length, a word of apology.

Counted over the beats that offer a choice in any play. What must not be here: which reply is best.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from callcalm.core.model import Beat, Reply
from callcalm.intake import Code
from callcalm.lint.subject import Subject, place_of

SHARE: Final = 0.40
"""The most beats in which the best reply may be in one place, or the longest."""

ENOUGH: Final = 5
"""Beats below which a share says nothing."""

OFTEN: Final = 4
"""Beats in one place, or with the longest best reply, below which it may be chance."""

FEWEST: Final = 3
"""Beats below which even “always” says nothing."""

APOLOGIES: Final = frozenset({"apology.regret", "apology.institution", "apology.passive", "non-apology"})

Turn = tuple[Beat, Reply]


def check_guessing(subject: Subject) -> None:
    """Put in what gives the best replies away."""
    turns = [
        (beat, subject.best[beat.id])
        for beat in subject.reached
        if len(beat.replies) > 1 and beat.id in subject.best
    ]
    _places(subject, turns)
    longest = [turn for turn in turns if _is_longest(*turn)]
    if _too_often(len(longest), turns):
        message = f"the best reply is the longest at {_of(len(longest), turns)}: {_named(longest)}"
        hint = "Cut it, or give the tempting ones more words: people pick the longest when in doubt."
        subject.add(Code.BEST_LONGEST, message, subject.path(*longest[0]), hint=hint)
    sorry = [turn for turn in turns if any(_apologises(subject, turn[0], reply) for reply in turn[0].replies)]
    alone = [turn for turn in sorry if _alone_apologises(subject, *turn)]
    if len(sorry) >= FEWEST and len(alone) == len(sorry):
        message = f"wherever a reply says sorry it is the best one, and only that one: {_named(alone)}"
        hint = "Let a costing reply say sorry too, or a good one own the matter without it."
        subject.add(Code.BEST_APOLOGISES, message, subject.path(*alone[0]), hint=hint)


def _places(subject: Subject, turns: list[Turn]) -> None:
    if len(turns) < FEWEST:
        return
    places = Counter(place_of(best, beat) for beat, best in turns)
    place, count = places.most_common(1)[0]
    there = [(beat, best) for beat, best in turns if place_of(best, beat) == place]
    hint = "Change the order: a first round shows the replies as they stand in the file."
    if place == 0 and count == len(turns):
        message = f"the best reply is the first at every one of {count} beats"
        subject.add(Code.BEST_FIRST, message, subject.path(*there[0]), hint=hint)
    elif _too_often(count, turns):
        message = f"the best reply is number {place + 1} at {_of(count, turns)}: {_named(there)}"
        subject.add(Code.BEST_IN_SLOT, message, subject.path(*there[0]), hint=hint)


def _too_often(count: int, turns: list[Turn]) -> bool:
    return len(turns) >= ENOUGH and count >= OFTEN and count > SHARE * len(turns)


def _is_longest(beat: Beat, best: Reply) -> bool:
    return all(len(best.say) > len(reply.say) for reply in beat.replies if reply is not best)


def _apologises(subject: Subject, beat: Beat, reply: Reply) -> bool:
    return not APOLOGIES.isdisjoint(subject.moves(reply, beat))


def _alone_apologises(subject: Subject, beat: Beat, best: Reply) -> bool:
    return [reply for reply in beat.replies if _apologises(subject, beat, reply)] == [best]


def _of(count: int, turns: list[Turn]) -> str:
    return f"{count} of {len(turns)} beats ({count * 100 // len(turns)} %)"


_FEW: Final = 6


def _named(turns: list[Turn]) -> str:
    names = [beat.id for beat, _ in turns]
    return ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW} more" if names[_FEW:] else "")
