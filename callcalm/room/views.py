"""What may be shown of a room, to whom: the public (projector and phones), one phone, the facilitator's notes.

A public view holds only what everybody may see: no tally before the reveal, no note, nothing of one participant.
It is made field by field, so that nothing else can come into it. What must not be here: layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from callcalm.core.composure import Level, level
from callcalm.core.events import CallerSpoke, ComposureChanged, PlayerSpoke, Pressed
from callcalm.core.model import Channel, EndingKind
from callcalm.core.price import PriceSheet
from callcalm.core.round import Round, reference_sheet
from callcalm.core.text import Text
from callcalm.insight.wording import mood_word, move_name, stance_word
from callcalm.language import pick
from callcalm.room.floor import Phase
from callcalm.room.pearls import pages
from callcalm.room.pricing import ASKED, KEYS, RESULT, median
from callcalm.room.questions import Kind
from callcalm.room.schools import Comparison, Side
from callcalm.room.session import Room

_SHOWN = {Phase.REVEALED, Phase.PICKED}
_ASKING = {Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.SAYING, Phase.SAID, Phase.PICKED}


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A lettered choice; a `locked` one needs a breath first."""

    letter: str
    text: Text
    locked: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What is asked; `so_far` are the parts of a composed answer that are picked already, `needed` all of them."""

    number: int
    attempt: int
    kind: Kind
    is_open: bool
    choices: tuple[ChoiceView, ...]
    so_far: tuple[Text, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One move as one school counts it: points, and what it says of the move, with why."""

    name: str
    points: int
    stance: str
    why: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One school's count of a turn."""

    id: str
    name: Text
    before: int
    after: int
    points: int
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True)
class SchoolsView:
    """The same words under two house rules; `given` is False if they were on offer and not said."""

    words: Text
    given: bool
    left: SideView
    right: SideView


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One row of the room's PRICE: `result` or a factor; None without a score, `counts` in order of the value."""

    key: str
    median: float | None
    reference: int
    counts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class PriceView:
    """The room's PRICE: `got` and `not_got` are how many say that the caller got what they needed."""

    total: int
    got: int
    not_got: int
    rows: tuple[PriceRow, ...]


@dataclass(frozen=True, slots=True)
class EndingView:
    """How the call ended."""

    kind: EndingKind
    text: Text
    lesson: Text


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the debrief as it is projected; `number` counts from 1."""

    number: int
    of: int
    title: str
    ask: str


@dataclass(frozen=True, slots=True)
class PublicView:
    """What everybody may see.

    `heard` is what the caller said since the last answer (`you`), `more` how many parts are unheard; `change` what
    the last answer or action did to composure; `tally` and `before` (an earlier vote's) are None until they are
    revealed; `leading` has more than one letter if there is a tie, which `draw_seed` can settle.
    """

    version: int
    revision: int
    phase: Phase
    title: Text
    language: str
    channel: Channel
    caller: Text
    mood: str
    heard: tuple[Text, ...]
    more: int
    you: Text
    composure: int
    level: Level
    change: int
    rules: Text
    joined: int
    voted: int
    question: QuestionView | None
    tally: Mapping[str, int] | None
    before: Mapping[str, int] | None
    leading: tuple[str, ...]
    chosen: str
    by: str
    draw_seed: str
    said: Text
    schools: SchoolsView | None
    price: PriceView | None
    ending: EndingView | None
    page: PageView | None


@dataclass(frozen=True, slots=True)
class PhoneView:
    """What one participant may see: the public view, and what they themselves sent for what is open."""

    public: PublicView
    known: bool
    vote: str
    said: Text
    rated: PriceSheet | None


def public(room: Room) -> PublicView:
    """The view for the projector, and for whoever has not joined."""
    state = room.round.state
    asked = room.question if room.phase in _ASKING else None
    shown = asked is not None and asked.revealed and room.phase in _SHOWN and asked.kind is not Kind.SAY
    price = room.phase in {Phase.PRICE, Phase.PRICE_SHOWN}
    heard, you, change = _last_exchange(room.round)
    return PublicView(
        version=room.version,
        revision=room.pricing.revision if price else asked.ballot.revision if asked else 0,
        phase=room.phase,
        title=state.scenario.title,
        language=state.scenario.language,
        channel=state.scenario.channel,
        caller=state.scenario.caller.name,
        mood=mood_word(state.here.mood, state.playbook.registry),
        heard=heard if room.phase is not Phase.LOBBY else (),
        more=state.unheard if room.phase is not Phase.LOBBY else 0,
        you=you,
        composure=state.composure,
        level=level(state.composure),
        change=change,
        rules=pick(room.book.name),
        joined=room.joined,
        voted=room.voted if asked is not None or price else 0,
        question=_question(room) if asked is not None else None,
        tally=dict(asked.ballot.tally) if shown and asked else None,
        before=dict(asked.earlier[-1]) if shown and asked and asked.earlier else None,
        leading=room.leading if shown else (),
        chosen=asked.chosen if asked and room.phase is Phase.PICKED else "",
        by=asked.by if asked and room.phase is Phase.PICKED else "",
        draw_seed=room.draw_seed if asked is not None else "",
        said=asked.answer if asked and room.phase is Phase.PICKED and asked.kind is Kind.SAY else Text(""),
        schools=_schools(room),
        price=price_view(room) if room.phase in {Phase.PRICE_SHOWN, Phase.DEBRIEF, Phase.OVER} else None,
        ending=EndingView(state.over.kind, state.over.text, state.over.lesson) if state.over else None,
        page=_page(room),
    )


def phone(room: Room, who: str, everybody: PublicView | None = None) -> PhoneView:
    """The view of one participant; `everybody` is the public view if it is at hand already."""
    asked = room.question if room.phase in _ASKING else None
    said = asked.said.get(who) if asked else None
    return PhoneView(
        everybody or public(room),
        who in room.ids,
        asked.ballot.votes.get(who, "") if asked else "",
        said.text if said else Text(""),
        room.pricing.sheets.get(who) if room.phase in {Phase.PRICE, Phase.PRICE_SHOWN} else None,
    )


def price_view(room: Room) -> PriceView | None:
    """The room's PRICE beside the reference; None while nobody has scored, or the call is not over."""
    spreads = room.pricing.spreads()
    if room.round.state.over is None or not any(spreads.get(key) for key in KEYS):
        return None
    sheet = reference_sheet(room.round.state).sheet
    rows = tuple(
        PriceRow(
            key,
            median(spreads.get(key, {})),
            sheet.result if key == RESULT else int(getattr(sheet, key)),
            dict(spreads.get(key, {})),
        )
        for key in KEYS
    )
    got = spreads.get(ASKED, {})
    return PriceView(room.pricing.total, got.get(1, 0), got.get(0, 0), rows)


def side_view(side: Side, comparison: Comparison) -> SideView:
    """One school's count of a turn, the moves on which the two differ first."""
    registry = side.book.registry
    differing = comparison.differing
    reasons = sorted(side.reasons, key=lambda seen: seen.move not in differing)
    made = []
    for seen in reasons:
        position = side.book.position(seen.move)
        why = pick(position.why) if position.why else ""
        made.append(ReasonView(move_name(seen.move, registry), seen.amount, stance_word(position.stance), why))
    return SideView(side.book.id, pick(side.book.name), side.before, side.after, side.points, tuple(made))


def _question(room: Room) -> QuestionView | None:
    asked = room.question
    if asked is None:
        return None
    task = room.round.state.here.compose
    return QuestionView(
        asked.number,
        asked.attempt,
        asked.kind,
        room.phase in {Phase.OPEN, Phase.SAYING},
        tuple(ChoiceView(choice.letter, choice.text, choice.locked) for choice in asked.choices),
        tuple(task.parts[index].say for index in room.parts) if task else (),
        task.pick if task and asked.kind is Kind.PART else 0,
    )


def _schools(room: Room) -> SchoolsView | None:
    asked = room.question
    voting = room.phase in _ASKING and asked is not None and asked.kind is Kind.SCHOOLS
    shown = room.comparison
    if shown is None or not (room.phase is Phase.SCHOOLS or voting):
        return None
    return SchoolsView(shown.words, shown.given, side_view(shown.left, shown), side_view(shown.right, shown))


def _page(room: Room) -> PageView | None:
    if room.phase is not Phase.DEBRIEF:
        return None
    script = pages(room)
    page = script[room.page]
    return PageView(room.page + 1, len(script), page.title, page.ask)


def _last_exchange(round_: Round) -> tuple[tuple[Text, ...], Text, int]:
    """What the caller said since the last answer, that answer, and the last change of composure."""
    heard: list[Text] = [round_.opening.here.caller[0]]
    you, change = Text(""), 0
    for turn in round_.turns:
        for event in turn.events:
            match event:
                case PlayerSpoke():
                    heard, you = [], event.text
                case CallerSpoke() | Pressed():
                    heard.append(event.text)
                case ComposureChanged():
                    change = event.after - event.before
                case _:
                    pass
    return tuple(heard), you, change
