"""What the room is asked: lettered choices for the moment of the call, at most four of them on a projected screen.

A beat with more replies than that shows four: the best and the worst of what they do to composure now, and the
first two of the rest, in the order offered. A composed answer is asked part by part, the one that fits best among
four. What must not be here: votes, phases, and how anything looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from callcalm.core.call import offer
from callcalm.core.model import Task
from callcalm.core.state import CallState, Offered
from callcalm.core.text import Text
from callcalm.core.weighing import lean
from callcalm.language import _
from callcalm.room.ballot import Ballot

MOST_CHOICES: Final = 4
LETTERS: Final = "ABCD"
LISTEN_ON: Final = "listen"
CUT_IN: Final = "cut-in"


class Kind(StrEnum):
    """What a question asks for: an answer, whether to listen on, the next part, house rules, one's own words."""

    REPLY = "reply"
    LISTEN = "listen"
    PART = "part"
    SCHOOLS = "schools"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Choice:
    """One lettered choice. `key` is a reply's key, `listen`, `cut-in`, a part's index, or a playbook's id.

    `locked` is an answer that needs a breath first; playing it takes the breath.
    """

    letter: str
    key: str
    text: Text
    locked: bool = False


@dataclass(slots=True)
class Said:
    """An answer in somebody's own words; `number` counts from 1 in the order they came in."""

    number: int
    text: Text


@dataclass(slots=True)
class Question:
    """One question to the room, from its opening to what came of it.

    `earlier` are the tallies of attempts before this one; `said` the participants' own answers by participant;
    `chosen` the letter picked, `by` how (vote, facilitator, seed); `answer` an own answer that was projected;
    `played` the turns of the round that came of it, from and up to, or None; `book` the house rules it was asked
    under.
    """

    number: int
    kind: Kind
    choices: tuple[Choice, ...]
    ballot: Ballot
    book: str
    beat: str
    attempt: int = 1
    earlier: list[dict[str, int]] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    revealed: bool = False
    chosen: str = ""
    by: str = ""
    answer: Text = Text("")  # noqa: RUF009  (a NewType of str: immutable)
    played: tuple[int, int] | None = None
    taken_back: bool = False

    @property
    def standing(self) -> bool:
        """Whether something came of it that was not taken back."""
        return self.played is not None and not self.taken_back

    def choice(self, letter: str) -> Choice | None:
        """The choice of this letter."""
        return next((one for one in self.choices if one.letter == letter), None)


def moment(state: CallState, parts: tuple[int, ...]) -> tuple[Kind, tuple[Choice, ...]]:
    """What can be asked now, given the parts of a composed answer that are picked already.

    There are no choices once the call is over, nor at a beat that offers no answer.
    """
    now = offer(state)
    if now.listen:
        return Kind.LISTEN, _lettered([(LISTEN_ON, Text(_("Listen on"))), (CUT_IN, Text(_("Cut in")))])
    if now.task is not None:
        task = now.task
        shown = parts_shown(task, parts)
        return Kind.PART, _lettered([(str(index), task.parts[index].say) for index in shown])
    kept = replies_shown(state, now.replies)
    return Kind.REPLY, tuple(
        Choice(letter, one.reply.key, one.reply.say, one.locked)
        for letter, one in zip(LETTERS, kept, strict=False)
    )


def replies_shown(state: CallState, replies: tuple[Offered, ...]) -> tuple[Offered, ...]:
    """The four replies that a projected screen shows, in the order offered; all of them if there are no more."""
    if len(replies) <= MOST_CHOICES:
        return replies
    worth = [lean(one.reply, state) for one in replies]
    first = {worth.index(max(worth)), worth.index(min(worth))}
    rest = [index for index in range(len(replies)) if index not in first]
    kept = sorted([*first, *rest][:MOST_CHOICES])
    return tuple(replies[index] for index in kept)


def parts_shown(task: Task, picked: tuple[int, ...]) -> tuple[int, ...]:
    """The four parts to choose the next one from, in their order: the one that fits best, and others."""
    left = [index for index in range(len(task.parts)) if index not in picked]
    best = fitting(task, picked)
    if len(left) <= MOST_CHOICES or best is None:
        return tuple(left[:MOST_CHOICES])
    return tuple(sorted([best, *(index for index in left if index != best)][:MOST_CHOICES]))


def fitting(task: Task, picked: tuple[int, ...]) -> int | None:
    """The part that the ideal answer goes on with: the first of its moves that is not there yet."""
    made = {task.parts[index].move for index in picked}
    wanted = next((move for move in task.ideal if move not in made), None)
    return next(
        (n for n, part in enumerate(task.parts) if part.move == wanted and n not in picked and wanted is not None),
        None,
    )


def _lettered(pairs: list[tuple[str, Text]]) -> tuple[Choice, ...]:
    return tuple(Choice(letter, key, text) for letter, (key, text) in zip(LETTERS, pairs, strict=False))
