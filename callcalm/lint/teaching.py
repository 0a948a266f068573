"""Whether the encounter as a whole teaches something: who wins it, what of its techniques the best way shows.

What must not be here: single beats (choices), and what gives the best replies away (guessing).
"""

from __future__ import annotations

from typing import Final

from callcalm.core.explore import Player, TooLongError
from callcalm.intake import Code
from callcalm.language import _
from callcalm.lint.subject import Subject
from callcalm.report.percents import in_100

RANDOM_MOST: Final = 0.35
"""A good ending more often than this at random, and the encounter teaches nothing."""

KIND_MOST: Final = 0.70
"""A good ending more often than this for kindness alone, and no technique is needed."""

MOST_ROUND: Final = 30_000
"""Nodes in loops that are followed for one chance: a second of work; shipped encounters need a fifteenth of it."""

OF_ACTIONS: Final = frozenset({"listen", "breathe.first"})
"""Moves that actions make, not answers."""


def check_teaching(subject: Subject) -> None:
    """Put in what the encounter as a whole does not teach, whoever wins it."""
    _techniques(subject)
    _lessons(subject)


def check_winners(subject: Subject) -> None:
    """Put in who wins the encounter that should not, and that nobody does."""
    try:
        _by_luck(subject)
    except TooLongError:
        message = _("Who comes to a good ending by luck was not worked out: calls go round in too many ways.")
        hint = _(
            "What lint says of the rest holds. Fewer variables that change, or smaller ranges, can be followed."
        )
        subject.add(Code.NOT_PROVED, message, ("vars",), at_key=True, hint=hint)
    hopeless = [name for name, good in _begins(subject).items() if not good]
    if hopeless:
        message = _("no play comes to a good ending, not even that of the best player")
        message = _begun(message, hopeless[0])
        hint = _(
            "Somebody who does everything right must be able to succeed; a fair refusal is a good ending, too."
        )
        subject.add(Code.BEST_FAILS, message, ("beats", subject.scenario.start), at_key=True, hint=hint)


def _by_luck(subject: Subject) -> None:
    beats = ("beats", subject.scenario.start)
    chance, opening = subject.easiest(Player.RANDOM, most=MOST_ROUND)
    if chance >= RANDOM_MOST:
        message = _("a player who answers at random comes to a good ending in {percent} % of calls")
        message = _begun(message.format(percent=in_100(chance)), opening)
        hint = _("Let more of the tempting replies lead away from it, and fewer beats make up for them.")
        subject.add(Code.RANDOM_WINS, message, beats, at_key=True, hint=hint)
    kind, opening = subject.easiest(Player.KIND, most=MOST_ROUND)
    if kind >= KIND_MOST:
        message = _("a player who is only kind comes to a good ending in {percent} % of calls")
        message = _begun(message.format(percent=in_100(kind)), opening)
        hint = _("Let some kind replies lead nowhere: sympathy without a next step, a promise nobody can keep.")
        subject.add(Code.KIND_WINS, message, beats, at_key=True, hint=hint)


def _begins(subject: Subject) -> dict[str, bool]:
    """Whether the best player comes to a good ending, by opening."""
    scenario = subject.scenario
    beats = {"": scenario.start} | {name: opening.beat for name, opening in scenario.openings.items()}
    return {
        name: beat in subject.hopeful and (not scenario.openings or bool(subject.good(Player.BEST, name)))
        for name, beat in beats.items()
    }


def _begun(message: str, opening: str) -> str:
    if not opening:
        return message
    return _("{message}, begun by the opening `{name}`").format(message=message, name=opening)


def _techniques(subject: Subject) -> None:
    scenario = subject.scenario
    if not scenario.teaches:
        return
    winnable = subject.hopeful.issuperset(scenario.entrances)
    anywhere: set[str] = set(OF_ACTIONS)
    # Most replies make the same few moves together.
    anywhere.update(*{moves for beat in scenario.beats.values() for moves, _ in subject.weights(beat)})
    for beat in scenario.beats.values():
        for part in beat.compose.parts if beat.compose is not None else ():
            anywhere |= {finding.move for finding in part.findings} | ({part.move} if part.move else set())
    in_best: set[str] = set(OF_ACTIONS)
    in_best.update(*{subject.moves(reply, scenario.beats[name]) for name, reply in subject.best.items()})
    for beat in scenario.beats.values():
        in_best |= set(beat.compose.ideal) if beat.compose is not None else set()
    for at, move in enumerate(scenario.teaches):
        path = ("teaches", at)
        if move not in anywhere:
            message = _("`{move}` is taught here, and no reply makes it").format(move=move)
            hint = _("Write a reply that does; see “callcalm explain {move}” for words. Or leave it out here.")
            hint = hint.format(move=move)
            subject.add(Code.TAUGHT_NOWHERE, message, path, hint=hint)
        elif winnable and move not in in_best and subject.playbook.registry.helps(move):
            message = _("`{move}` is taught here, and no best reply makes it").format(move=move)
            hint = _("Put it into the best reply of some beat, or teach it elsewhere.")
            subject.add(Code.TAUGHT_OFF_PATH, message, path, hint=hint)


def _lessons(subject: Subject) -> None:
    first: dict[str, str] = {}
    for name, ending in subject.own_endings.items():
        words = " ".join(ending.lesson.casefold().split())
        if words in first:
            message = _("the lesson of `{name}` is that of the ending `{ending}`, word for word")
            message = message.format(name=name, ending=first[words])
            hint = _("Say what this ending in particular teaches: “If …, I …”.")
            subject.add(Code.SAME_LESSON, message, ("endings", name, "lesson"), hint=hint)
        first.setdefault(words, name)
