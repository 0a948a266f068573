"""What stands on paper for the parts of an encounter: numbers of beats and endings, letters to tick for variables.

What must not be here: the blocks of the handout (`handout`) and of its key (`handout_key`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from string import ascii_uppercase

from callcalm.core.condition import Both, Compare, Condition, Literal, Name, Not, OneOf, Value
from callcalm.core.model import Beat, Reply, Scenario
from callcalm.core.playbook import Playbook
from callcalm.insight.wording import signed
from callcalm.language import _, current
from callcalm.workshop.reports.layers import layout


@dataclass(frozen=True)
class Script:
    """An encounter with the numbers and letters that stand for its parts on paper."""

    scenario: Scenario
    playbook: Playbook

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each beat, from 1, in reading order; the call begins at 1."""
        plan = layout(self.scenario)
        found = [name for layer in plan.layers for name in layer if name in self.scenario.beats]
        found += [name for name in self.scenario.beats if name not in found]
        order = [self.scenario.start, *(name for name in found if name != self.scenario.start)]
        return {name: number for number, name in enumerate(order, 1)}

    @cached_property
    def endings(self) -> dict[str, int]:
        """The number of each ending, from 1, in the order of their ids, which tells nothing about them."""
        return {name: number for number, name in enumerate(sorted(self.scenario.endings), 1)}

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each variable; after Z they are numbered."""
        names = list(self.scenario.vars)
        return {
            name: ascii_uppercase[at] if at < len(ascii_uppercase) else f"Z{at - len(ascii_uppercase) + 1}"
            for at, name in enumerate(names)
        }

    @property
    def name(self) -> str:
        """How the caller is called in short."""
        caller = self.scenario.caller
        return min(caller.address or (caller.name,), key=len)

    @property
    def lang(self) -> str:
        """The language of the encounter, where it is not the interface's."""
        return self.scenario.language if self.scenario.language != current() else ""

    def replies(self, beat: Beat) -> list[Reply]:
        """The answers in the order in which the paper numbers them: always the same, and not the writer's."""
        found = list(beat.replies)
        Random(f"{self.scenario.id}/{beat.id}").shuffle(found)
        return found

    def place(self, goto: str) -> str:
        """Where an answer leads, in words."""
        if goto in self.endings:
            return _("go to ending {n}").format(n=self.endings[goto])
        return _("go to {n}").format(n=self.numbers[goto])

    def condition(self, test: Condition) -> str:
        """When an answer is on offer, by the letters ticked."""
        match test:
            case Name(name):
                return _("{letter} is ticked").format(letter=self._letter(name))
            case Not(Name(name)):
                return _("{letter} is not ticked").format(letter=self._letter(name))
            case Not(of):
                return _("not: {condition}").format(condition=self.condition(of))
            case Both(left, right):
                return _("{one} and {other}").format(one=self.condition(left), other=self.condition(right))
            case OneOf(left, right):
                return _("({one} or {other})").format(one=self.condition(left), other=self.condition(right))
            case Compare(op, left, right):
                return f"{self._side(left)} {_SIGNS[op]} {self._side(right)}"
            case Literal(value):
                return _held(value)
        raise TypeError(test)

    def marks(self, sets: dict[str, Value], adds: dict[str, int]) -> list[str]:
        """What to write down after an answer."""
        said = []
        for name, value in sets.items():
            letter = self._letter(name)
            if value is True:
                said.append(_("tick {letter}").format(letter=letter))
            elif value is False:
                said.append(_("untick {letter}").format(letter=letter))
            else:
                said.append(_("write {value} at {letter}").format(value=_held(value), letter=letter))
        for name, amount in adds.items():
            said.append(_("add {n} to {letter}").format(n=signed(amount), letter=self._letter(name)))
        return said

    def _letter(self, name: str) -> str:
        return _("composure") if name == "composure" else self.letters.get(name, name)

    def _side(self, test: Condition) -> str:
        return self._letter(test.name) if isinstance(test, Name) else self.condition(test)


_SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def _held(value: Value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
