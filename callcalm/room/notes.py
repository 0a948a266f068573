"""The facilitator's notes, for a second terminal: never on the projector, never on a phone.

What each choice does and where it leads, the model answer, the votes so far, the answers typed with the coach's
marks, the page of the debrief. What must not be here: layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from callcalm.core.actions import Action, Breathe, Choose, CutIn, IllegalAction, Listen, Say
from callcalm.core.call import act, offer
from callcalm.core.composure import Seen
from callcalm.core.events import CallerSpoke, ComposureChanged, EndingReached, Event, Pressed
from callcalm.core.model import EndingKind
from callcalm.core.round import Round
from callcalm.core.state import CallState
from callcalm.core.text import Text
from callcalm.insight.reread import Mark, marks, say_instead
from callcalm.insight.wording import move_name
from callcalm.language import pick
from callcalm.room.floor import Phase
from callcalm.room.pearls import DebriefPage, Worked, pages
from callcalm.room.questions import CUT_IN, LISTEN_ON, Choice, Kind, fitting, moment
from callcalm.room.session import Room
from callcalm.room.views import PublicView, public


@dataclass(frozen=True, slots=True)
class MoveNote:
    """A move that an answer makes: the words, the points under the house rules, and what it teaches."""

    move: str
    name: str
    quote: str
    points: int
    why: str
    instead: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceNote:
    """What one choice does.

    `change` is in points of composure; `then` what the caller says next, `ending` how the call ends with it;
    `best` marks the model answer; `shown` is False for a reply that is on offer but has no letter.
    """

    letter: str
    text: Text
    locked: bool
    shown: bool
    best: bool
    change: int
    moves: tuple[MoveNote, ...]
    then: Text
    mood: str
    ending: EndingKind | None


@dataclass(frozen=True, slots=True)
class SaidNote:
    """An answer in somebody's own words: the coach's marks, what it would count for, what it is taken for."""

    number: int
    text: Text
    change: int
    marks: tuple[Mark, ...]
    taken_for: Text


@dataclass(frozen=True, slots=True)
class NotesView:
    """The facilitator's view: `tally` is the vote so far, revealed or not; `page` the debrief's, all of it."""

    everybody: PublicView
    brief: Text
    wants: Text
    facts: tuple[Text, ...]
    choices: tuple[ChoiceNote, ...]
    tally: Mapping[str, int]
    said: tuple[SaidNote, ...]
    page: DebriefPage | None
    next_page: DebriefPage | None


def notes(room: Room) -> NotesView:
    """Everything that the facilitator alone may see."""
    scenario = room.round.state.scenario
    asked = room.question
    script = pages(room) if room.phase is Phase.DEBRIEF else ()
    saying = (
        asked is not None and asked.kind is Kind.SAY and room.phase in {Phase.SAYING, Phase.SAID, Phase.PICKED}
    )
    voting = asked is not None and room.phase in {Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.PICKED}
    return NotesView(
        everybody=public(room),
        brief=scenario.brief,
        wants=scenario.caller.wants,
        facts=scenario.caller.facts,
        choices=choice_notes(room),
        tally=dict(asked.ballot.tally) if asked is not None and voting else {},
        said=tuple(
            _said(room, one.number, one.text) for one in sorted(asked.said.values(), key=lambda s: s.number)
        )
        if asked is not None and saying
        else (),
        page=script[room.page] if script else None,
        next_page=script[room.page + 1] if room.page + 1 < len(script) else None,
    )


def choice_notes(room: Room) -> tuple[ChoiceNote, ...]:
    """What can be chosen now and what it does, whether it is being asked or not; none once the call is over."""
    state = room.round.state
    asked = room.question
    if room.phase in {Phase.PRICE, Phase.PRICE_SHOWN, Phase.DEBRIEF, Phase.OVER} or state.ending is not None:
        return ()
    if asked is not None and asked.kind is Kind.SCHOOLS and room.phase is not Phase.CALL:
        return ()
    kind, choices = moment(state, room.parts)
    if kind is Kind.PART:
        return _part_notes(room, choices)
    found = [_choice_note(room.round, choice) for choice in choices]
    if kind is Kind.REPLY:
        lettered = {choice.key for choice in choices}
        found += [
            _choice_note(room.round, Choice("", one.reply.key, one.reply.say, one.locked))
            for one in offer(state).replies
            if one.reply.key not in lettered
        ]
    most = max((note.change for note in found), default=0)
    best = next((note for note in found if note.change == most), None)
    return tuple(replace(note, best=note is best) for note in found)


def model_answer(room: Room, one: Worked) -> ChoiceNote | None:
    """Of the answers that were on offer at this question, the one that earns most; None for another kind."""
    if one.asked.kind is not Kind.REPLY or one.asked.played is None:
        return None
    then = replace(room.round, turns=room.round.turns[: one.asked.played[0]])
    found = [
        _choice_note(then, Choice("", on.reply.key, on.reply.say, on.locked)) for on in offer(then.state).replies
    ]
    return max(found, key=lambda note: note.change, default=None)


def _part_notes(room: Room, choices: tuple[Choice, ...]) -> tuple[ChoiceNote, ...]:
    task = room.round.state.here.compose
    if task is None:
        return ()
    best = fitting(task, room.parts)
    registry = room.book.registry
    found = []
    for choice in choices:
        part = task.parts[int(choice.key)]
        seen = [(finding.move, finding.matched) for finding in part.findings]
        seen += [(part.move, "")] if part.move else []
        moves = tuple(
            _move_note(Seen(move, room.book.points(move), 2, quote, 0), room.round.state)
            for move, quote in dict(seen).items()
            if move in registry.moves
        )
        found.append(
            ChoiceNote(
                choice.letter,
                choice.text,
                False,
                True,
                int(choice.key) == best,
                sum(move.points for move in moves),
                moves,
                Text(""),
                "",
                None,
            )
        )
    return tuple(found)


def _choice_note(round_: Round, choice: Choice) -> ChoiceNote:
    actions: list[Action] = [Breathe()] if choice.locked else []
    if choice.key == LISTEN_ON:
        actions.append(Listen())
    elif choice.key == CUT_IN:
        actions.append(CutIn())
    else:
        actions.append(Choose(choice.key))
    before = state = round_.state
    events: tuple[Event, ...] = ()
    try:
        for action in actions:
            turn = act(state, action)
            state, events = turn.state, turn.events
    except IllegalAction:
        pass  # a breath can close the way to an answer; the note then shows the breath alone
    reasons = state.seen[len(before.seen) :]
    spoke = next((event for event in events if isinstance(event, CallerSpoke | Pressed)), None)
    ended = next((event for event in events if isinstance(event, EndingReached)), None)
    registry = state.playbook.registry
    return ChoiceNote(
        letter=choice.letter,
        text=choice.text,
        locked=choice.locked,
        shown=bool(choice.letter),
        best=False,
        change=state.composure - before.composure,
        moves=tuple(_move_note(seen, state) for seen in reasons),
        then=spoke.text if spoke else ended.ending.text if ended else Text(""),
        mood=pick(registry.moods[state.here.mood].name) if spoke else "",
        ending=ended.ending.kind if ended else None,
    )


def _move_note(seen: Seen, state: CallState) -> MoveNote:
    registry = state.playbook.registry
    move = registry.moves.get(seen.move)
    return MoveNote(
        seen.move,
        move_name(seen.move, registry),
        seen.quote,
        seen.amount,
        pick(move.why) if move else "",
        say_instead(move, state.scenario.language) if move and seen.amount < 0 else "",
        move.sources if move else (),
    )


def _said(room: Room, number: int, words: Text) -> SaidNote:
    state = room.round.state
    findings, key = room.heard(words)
    reply = state.scenario.reply(key) if key else None
    change = 0
    try:
        turn = act(state, Say(words, findings, key))
    except IllegalAction:
        pass  # it was typed at another moment; its marks still tell
    else:
        change = sum(event.after - event.before for event in turn.events if isinstance(event, ComposureChanged))
    return SaidNote(
        number, words, change, marks(findings, state.playbook.registry), reply.say if reply else Text("")
    )
