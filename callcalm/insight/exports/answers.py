"""What was said in a round, answer by answer: from the round lived again, or from its record alone.

What must not be here: what is told of the round as a whole, and layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from callcalm.core.moves import Effect, Registry
from callcalm.core.round import Round
from callcalm.insight.reread import Answer, reread, say_instead
from callcalm.insight.wording import mood_word, move_name
from callcalm.language import _, pick
from callcalm.storage.records import ActionRecord, MoveRecord, RoundRecord

ANSWERS: Final = frozenset({"choose", "say", "compose"})
"""What a player does that the caller answers."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A move that counted: words of an answer, or the answer as a whole (`quote` empty, `start` None).

    `start` and `end` are code points into the answer. `points` is what it did to composure, None where the record
    does not say.
    """

    move: str
    name: str
    costs: bool
    quote: str
    start: int | None
    end: int | None
    points: int | None
    why: str
    instead: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, with what the caller said before it, in parts; composure is None where nothing says it."""

    number: int
    caller: tuple[str, ...]
    mood: str
    words: str
    typed: bool
    seen: tuple[Seen, ...]
    before: int | None
    after: int | None


def lived(round_: Round, registry: Registry) -> tuple[Told, ...]:
    """Both sides of a call, from the round lived again."""
    state = round_.state
    language = state.scenario.language
    told = []
    for answer in reread(round_):
        points = {(one.move, one.quote): one.amount for one in state.seen if one.answer == answer.number}
        seen = [
            _seen(mark.move, registry, language, answer.text, mark.start, mark.end, points)
            for mark in answer.marks
        ]
        seen += [
            _seen(one.move, registry, language, one.quote, None, None, {(one.move, one.quote): one.amount})
            for one in answer.unmarked
        ]
        told.append(_told(answer, tuple(seen), registry))
    return tuple(told)


def _told(answer: Answer, seen: tuple[Seen, ...], registry: Registry) -> Told:
    return Told(
        number=answer.number,
        caller=answer.caller,
        mood=mood_word(answer.mood, registry),
        words=answer.text,
        typed=answer.own,
        seen=seen,
        before=answer.before,
        after=answer.after,
    )


def _seen(
    move: str,
    registry: Registry,
    language: str,
    words: str,
    start: int | None,
    end: int | None,
    points: Mapping[tuple[str, str], int | None],
) -> Seen:
    known = registry.moves.get(move)
    quote = words if start is None else words[start:end]
    costs = known is not None and known.effect is Effect.COSTS
    return Seen(
        move=move,
        name=move_name(move, registry),
        costs=costs,
        quote=quote,
        start=start,
        end=end,
        points=points.get((move, quote)),
        why=pick(known.why) if known else "",
        instead=say_instead(known, language) if known and costs else "",
        sources=known.sources if known else (),
    )


def recorded(record: RoundRecord, registry: Registry) -> tuple[Told, ...]:
    """Your side of a call, from its record: what you said, and what counted in it."""
    told: list[Told] = []
    answers = [action for action in record.actions if action.do in ANSWERS]
    for number, action in enumerate(answers, 1):
        counted = [one for one in record.moves if one.turn == number]
        curve = record.composure
        told.append(
            Told(
                number=number,
                caller=(),
                mood="",
                words=action.text or _put_together(action),
                typed=action.do == "say",
                seen=tuple(_counted(one, action.text, registry, record.language) for one in counted),
                before=curve[number - 1] if number - 1 < len(curve) else None,
                after=curve[number] if number < len(curve) else None,
            )
        )
    return tuple(told)


def _put_together(action: ActionRecord) -> str:
    parts = ", ".join(str(part + 1) for part in action.parts)
    return _("(put together from parts {parts})").format(parts=parts) if parts else ""


def _counted(one: MoveRecord, words: str, registry: Registry, language: str) -> Seen:
    at = words.find(one.quote) if one.quote else -1
    if at < 0:
        return _seen(one.move, registry, language, one.quote, None, None, {})
    return _seen(one.move, registry, language, words, at, at + len(one.quote), {})
