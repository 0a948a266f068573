"""The re-read: the call from the caller's side, answer by answer, with the words that cost and helped marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from callcalm.core.composure import Seen
from callcalm.core.events import (
    Breathed,
    CallerSpoke,
    Composed,
    ComposureChanged,
    Event,
    PlayerSpoke,
    Pressed,
    WasCutOff,
)
from callcalm.core.moves import Effect, Finding, Move, Phase, Registry, Words
from callcalm.core.phases import phases
from callcalm.core.round import Round
from callcalm.core.text import Text
from callcalm.insight.wording import in_whole
from callcalm.language import pick


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an answer that did something; `start` and `end` are code points into the answer."""

    start: int
    end: int
    move: str
    effect: Effect
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and what led to it, as the caller lived it.

    `caller` is what the caller had said since the last answer, `cut_off` how many parts went unheard
    (none where cutting in was right), `unmarked` what counted without words to show for it, `heard` what the
    caller most likely took from the answer (empty when nothing stood out), `pressed` the caller's reply when the
    answer was none.
    """

    number: int
    mood: str
    caller: tuple[Text, ...]
    cut_off: int
    breaths: int
    text: Text
    own: bool
    marks: tuple[Mark, ...]
    unmarked: tuple[Seen, ...]
    before: int
    after: int
    phases: tuple[Phase, ...]
    heard: str
    missing: tuple[str, ...] = ()
    in_order: bool = True
    pressed: Text | None = None


@dataclass(slots=True)
class _Gathering:
    """What has happened since the last answer."""

    mood: str
    caller: list[Text]
    cut_off: int = 0
    breaths: int = 0
    by_action: list[Seen] = field(default_factory=list)


def reread(round_: Round) -> tuple[Answer, ...]:
    """Every answer of the round, in order."""
    opening = round_.opening
    registry = opening.playbook.registry
    order = phases(round_.state.seen, round_.state.answers, registry)
    since = _Gathering(opening.here.mood, [opening.here.caller[0]])
    answers: list[Answer] = []
    for turn in round_.turns:
        spoke = next((event for event in turn.events if isinstance(event, PlayerSpoke)), None)
        if spoke is None:
            _gather(since, turn.events)
            continue
        answers.append(_answer(spoke, turn.events, since, len(answers) + 1, order, registry))
        since = _Gathering(turn.state.here.mood, [])
        _gather(since, [event for event in turn.events if isinstance(event, CallerSpoke | Pressed)])
    return tuple(answers)


def _gather(since: _Gathering, events: list[Event] | tuple[Event, ...]) -> None:
    for event in events:
        match event:
            case CallerSpoke():
                since.caller.append(event.text)
                since.mood = event.mood
            case Pressed():
                since.caller.append(event.text)
            case WasCutOff(lost, right):
                since.cut_off += 0 if right else lost
            case Breathed():
                since.breaths += 1
            case ComposureChanged():
                since.by_action.extend(event.reasons)
            case _:
                pass


def _answer(
    spoke: PlayerSpoke,
    events: tuple[Event, ...],
    since: _Gathering,
    number: int,
    order: tuple[tuple[Phase, ...], ...],
    registry: Registry,
) -> Answer:
    changed = next(event for event in events if isinstance(event, ComposureChanged))
    composed = next((event for event in events if isinstance(event, Composed)), None)
    pressed = next((event for event in events if isinstance(event, Pressed)), None)
    shown = {finding.move for finding in spoke.findings}
    strongest = max(changed.reasons, key=lambda seen: (abs(seen.amount), -seen.amount), default=None)
    told = registry.moves.get(strongest.move) if strongest and strongest.amount else None
    return Answer(
        number=number,
        mood=since.mood,
        caller=tuple(since.caller),
        cut_off=since.cut_off,
        breaths=since.breaths,
        text=spoke.text,
        own=spoke.own,
        marks=marks(spoke.findings, registry),
        unmarked=(*since.by_action, *(seen for seen in changed.reasons if seen.move not in shown)),
        before=changed.before,
        after=changed.after,
        phases=order[number - 1] if number <= len(order) else (),
        heard=pick(told.why) if told else "",
        missing=composed.missing if composed else (),
        in_order=composed.in_order if composed else True,
        pressed=pressed.text if pressed else None,
    )


def marks(findings: tuple[Finding, ...], registry: Registry) -> tuple[Mark, ...]:
    """The findings a reader should see in the words, in order; moves the registry does not know are left out."""
    found: list[Mark] = []
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        move = registry.moves.get(finding.move)
        if move is not None and move.effect is not Effect.NEUTRAL:
            name = in_whole(pick(move.name)) if finding.by_ear else pick(move.name)
            found.append(Mark(finding.start, finding.end, move.id, move.effect, name, pick(move.why)))
    return tuple(found)


def say_instead(move: Move, language: str) -> str:
    """What to say in place of a costing move, in the language of the call; empty where there is nothing to say."""
    words: Words | Mapping[str, Text] = move.instead or {}
    return words.get(language) or words.get("en") or ""
