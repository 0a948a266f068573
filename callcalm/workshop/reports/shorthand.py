"""Parts of a scenario in a few words, for reports: conditions, promises, moves, sheets. No layout here."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.condition import Both, Compare, Condition, Literal, Name, Not, OneOf, Value
from callcalm.core.model import Beat, Promise, Reply, Scenario, Step
from callcalm.core.moves import Factor
from callcalm.core.price import PriceSheet


def condition(test: Condition | None) -> str:
    """A condition as a writer would write it; empty for none.

    >>> from callcalm.core.condition_parsing import parse
    >>> condition(parse("not (callback or tries > 2) and mood == 'calm'".replace("'", '"')))
    'not (callback or tries > 2) and mood == "calm"'
    """
    match test:
        case None:
            return ""
        case Name(name):
            return name
        case Literal(held):
            return value(held)
        case Compare(op, left, right):
            return f"{condition(left)} {op} {condition(right)}"
        case Not(of):
            return f"not {_grouped(of)}" if isinstance(of, Both | OneOf | Compare) else f"not {condition(of)}"
        case Both(left, right):
            sides = (_grouped(side) if isinstance(side, OneOf) else condition(side) for side in (left, right))
            return " and ".join(sides)
        case OneOf(left, right):
            return f"{condition(left)} or {condition(right)}"


def value(held: Value) -> str:
    """What a variable holds, as in the file."""
    if isinstance(held, bool):
        return str(held).lower()
    return f'"{held}"' if isinstance(held, str) else str(held)


def effects(reply: Reply | Step) -> str:
    """What a reply, or another way on, does to variables: ``callback = true, holds + 1``."""
    sets = [f"{name} = {value(held)}" for name, held in reply.set.items()]
    adds = [f"{name} {'+' if amount >= 0 else '-'} {abs(amount)}" for name, amount in reply.add.items()]
    return ", ".join([*sets, *adds])


def variables(scenario: Scenario) -> str:
    """The variables as a call begins, with how far numbers can go: ``lamp = true, excuses = 0 (0 to 2)``."""
    told = []
    for name, held in scenario.vars.items():
        least, most = scenario.ranges.get(name, ("", ""))
        told.append(f"{name} = {value(held)}" + (f" ({least} to {most})" if name in scenario.ranges else ""))
    return ", ".join(told)


def moves(reply: Reply) -> tuple[str, ...]:
    """The moves of an authored reply, each once: those that its words show, then those that are declared."""
    return tuple(dict.fromkeys([*(finding.move for finding in reply.findings), *reply.moves]))


def openings(scenario: Scenario) -> str:
    """The other ways in, with what differs there: ``kept: opening, broken: cold (kept = false)``."""
    told = []
    for name, opening in scenario.openings.items():
        differs = ", ".join(f"{each} = {value(held)}" for each, held in opening.set.items())
        told.append(f"{name}: {opening.beat}" + (f" ({differs})" if differs else ""))
    return ", ".join(told)


def promises(made: Iterable[Promise]) -> str:
    """What is promised, with the time, and whether it cannot be kept: ``call back (17:00, keepable = false)``."""
    told = []
    for one in made:
        facts = [*([one.by] if one.by else []), *([] if one.keepable else ["keepable = false"])]
        told.append(f"{one.what} ({', '.join(facts)})" if facts else one.what)
    return "; ".join(told)


def task(beat: Beat) -> str:
    """The composed answer that a beat asks for, in one line; empty where it asks for none."""
    asked = beat.compose
    if asked is None:
        return ""
    parts = " / ".join(part.say for part in asked.parts)
    return f"pick {asked.pick}, {', '.join(asked.ideal)}, to {asked.goto}: {parts}"


def price(sheet: PriceSheet) -> str:
    """A sheet in one line: ``result 25, priority +4, …``."""
    return ", ".join([f"result {sheet.result}", *(f"{each.value} {sheet.factor(each):+d}" for each in Factor)])


def _grouped(test: Condition) -> str:
    return f"({condition(test)})"
