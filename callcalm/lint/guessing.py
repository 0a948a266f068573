"""Whether the best reply can be guessed without understanding it: by its place, its length, a word of apology.

Counted over the beats that offer a choice in any play. What must not be here: which reply is best.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from callcalm.core.model import Beat, Reply
from callcalm.intake import Code
from callcalm.language import _, ngettext
from callcalm.lint.subject import Subject, place_of
from callcalm.report.percents import in_100

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
    if _too_often(len(longest), turns) or (len(longest) == len(turns) >= FEWEST):
        message = _("the best reply is the longest at {n} of {all} beats ({percent} %): {beats}")
        message = message.format(**_of(len(longest), turns), beats=_named(longest))
        hint = _("Cut it, or give the tempting ones more words: people pick the longest when in doubt.")
        subject.add(Code.BEST_LONGEST, message, subject.path(*longest[0]), hint=hint)
    sorry = [(turn, apologies) for turn in turns if (apologies := _apologies(subject, turn[0]))]
    alone = [turn for turn, apologies in sorry if apologies == [turn[1]]]
    if len(sorry) >= FEWEST and len(alone) == len(sorry):
        message = _("wherever a reply says sorry it is the best one, and only that one: {beats}")
        message = message.format(beats=_named(alone))
        hint = _("Let a costing reply say sorry too, or a good one own the matter without it.")
        subject.add(Code.BEST_APOLOGISES, message, subject.path(*alone[0]), hint=hint)


def _places(subject: Subject, turns: list[Turn]) -> None:
    if len(turns) < FEWEST:
        return
    found = [place_of(best, beat) for beat, best in turns]
    place, count = Counter(found).most_common(1)[0]
    there = [turn for turn, at in zip(turns, found, strict=True) if at == place]
    hint = _("Change the order: a first round shows the replies as they stand in the file.")
    if place == 0 and count == len(turns):
        message = _("the best reply is the first at every one of {n} beats").format(n=count)
        subject.add(Code.BEST_FIRST, message, subject.path(*there[0]), hint=hint)
    elif _too_often(count, turns):
        message = _("the best reply is number {place} at {n} of {all} beats ({percent} %): {beats}")
        message = message.format(place=place + 1, **_of(count, turns), beats=_named(there))
        subject.add(Code.BEST_IN_SLOT, message, subject.path(*there[0]), hint=hint)


def _too_often(count: int, turns: list[Turn]) -> bool:
    return len(turns) >= ENOUGH and count >= OFTEN and count > SHARE * len(turns)


def _is_longest(beat: Beat, best: Reply) -> bool:
    longest = len(best.say)
    return [reply for reply in beat.replies if len(reply.say) >= longest] == [best]


def _apologies(subject: Subject, beat: Beat) -> list[Reply]:
    weights = zip(beat.replies, subject.weights(beat), strict=True)
    return [reply for reply, (moves, _) in weights if not APOLOGIES.isdisjoint(moves)]


def _of(count: int, turns: list[Turn]) -> dict[str, int | str]:
    return {"n": count, "all": len(turns), "percent": in_100(count / len(turns))}


_FEW: Final = 6


def _named(turns: list[Turn]) -> str:
    names = [beat.id for beat, _best in turns]
    listed, more = ", ".join(names[:_FEW]), len(names) - _FEW
    if more <= 0:
        return listed
    return ngettext("{words} and {n} more", "{words} and {n} more", more).format(words=listed, n=more)
