"""Whether the encounter as a whole teaches something: who wins it, what of its techniques the best way shows.

What must not be here: single beats (choices), and what gives the best replies away (guessing).
"""

from __future__ import annotations

from typing import Final

from callcalm.core.explore import Player
from callcalm.intake import Code
from callcalm.lint.subject import Subject

RANDOM_MOST: Final = 0.35
"""A good ending more often than this at random, and the encounter teaches nothing."""

KIND_MOST: Final = 0.70
"""A good ending more often than this for kindness alone, and no technique is needed."""

OF_ACTIONS: Final = frozenset({"listen", "breathe.first"})
"""Moves that actions make, not answers."""


def check_teaching(subject: Subject) -> None:
    """Put in what the encounter as a whole does not teach."""
    _winners(subject)
    _techniques(subject)
    _lessons(subject)


def _winners(subject: Subject) -> None:
    beats = ("beats", subject.scenario.start)
    chance, opening = subject.easiest(Player.RANDOM)
    if chance >= RANDOM_MOST:
        message = f"a player who answers at random comes to a good ending in {_percent(chance)} of calls"
        message += _begun(opening)
        hint = "Let more of the tempting replies lead away from it, and fewer beats make up for them."
        subject.add(Code.RANDOM_WINS, message, beats, at_key=True, hint=hint)
    kind, opening = subject.easiest(Player.KIND)
    if kind >= KIND_MOST:
        message = f"a player who is only kind comes to a good ending in {_percent(kind)} of calls"
        message += _begun(opening)
        hint = "Let some kind replies lead nowhere: sympathy without a next step, a promise nobody can keep."
        subject.add(Code.KIND_WINS, message, beats, at_key=True, hint=hint)
    hopeless = [name for name, good in _begins(subject).items() if not good]
    if hopeless:
        message = "no play comes to a good ending, not even that of the best player"
        message += _begun(hopeless[0])
        hint = "Somebody who does everything right must be able to succeed; a fair refusal is a good ending, too."
        subject.add(Code.BEST_FAILS, message, beats, at_key=True, hint=hint)


def _begins(subject: Subject) -> dict[str, bool]:
    """Whether the best player comes to a good ending, by opening."""
    scenario = subject.scenario
    beats = {"": scenario.start} | {name: opening.beat for name, opening in scenario.openings.items()}
    return {
        name: beat in subject.hopeful and (not scenario.openings or bool(subject.good(Player.BEST, name)))
        for name, beat in beats.items()
    }


def _begun(opening: str) -> str:
    return f", begun by the opening `{opening}`" if opening else ""


def _percent(chance: float) -> str:
    return f"{chance * 100:.0f} %"


def _techniques(subject: Subject) -> None:
    scenario = subject.scenario
    if not scenario.teaches:
        return
    winnable = subject.hopeful.issuperset(scenario.entrances)
    anywhere: set[str] = set(OF_ACTIONS)
    for beat in scenario.beats.values():
        for reply in beat.replies:
            anywhere |= subject.moves(reply, beat)
        for part in beat.compose.parts if beat.compose is not None else ():
            anywhere |= {finding.move for finding in part.findings} | ({part.move} if part.move else set())
    in_best: set[str] = set(OF_ACTIONS)
    for name, reply in subject.best.items():
        in_best |= subject.moves(reply, scenario.beats[name])
    for beat in scenario.beats.values():
        in_best |= set(beat.compose.ideal) if beat.compose is not None else set()
    for at, move in enumerate(scenario.teaches):
        path = ("teaches", at)
        if move not in anywhere:
            message = f"`{move}` is taught here, and no reply makes it"
            hint = f"Write a reply that does; see “callcalm explain {move}” for words. Or leave it out here."
            subject.add(Code.TAUGHT_NOWHERE, message, path, hint=hint)
        elif winnable and move not in in_best and subject.playbook.registry.helps(move):
            message = f"`{move}` is taught here, and no best reply makes it"
            hint = "Put it into the best reply of some beat, or teach it elsewhere."
            subject.add(Code.TAUGHT_OFF_PATH, message, path, hint=hint)


def _lessons(subject: Subject) -> None:
    first: dict[str, str] = {}
    for name, ending in subject.own_endings.items():
        words = " ".join(ending.lesson.casefold().split())
        if words in first:
            message = f"this lesson is that of the ending `{first[words]}`, word for word"
            hint = "Say what this ending in particular teaches: “If …, I …”."
            subject.add(Code.SAME_LESSON, message, ("endings", name, "lesson"), hint=hint)
        first.setdefault(words, name)
