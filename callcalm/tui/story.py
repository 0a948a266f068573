"""A call in words: its heading, the entries of its transcript, what the last action did, what is asked now.

Told from the round alone, so that undoing and coming back show what there is. What must not be here: widgets.
"""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from callcalm.core.call import caller_now
from callcalm.core.events import (
    Breathed,
    CallerSpoke,
    Composed,
    ComposureChanged,
    EndingReached,
    Event,
    Noted,
    PlayerSpoke,
    Pressed,
    PromiseMade,
    WasCutOff,
)
from callcalm.core.model import Caller, EndingKind, Promise
from callcalm.core.moves import Registry
from callcalm.core.round import Round
from callcalm.core.state import CallState, Offer, Turn
from callcalm.insight.channel import Ways
from callcalm.insight.reread import marks
from callcalm.insight.wording import (
    channel_word,
    cut_in_rightly,
    mood_word,
    move_name,
    reason_words,
    series,
    signed,
    strongest,
)
from callcalm.language import _, ngettext
from callcalm.tui.literal import beside, line, literal
from callcalm.tui.widgets.transcript import Entry, Voice


def first_name(caller: Caller) -> str:
    """How the caller is named in a dialogue: the shortest form of address."""
    return min(caller.address or (caller.name,), key=len)


def entries(round_: Round, *, marked: bool) -> list[Entry]:
    """Everything said so far; with `marked`, the words that cost or helped carry their marks."""
    name = first_name(round_.opening.scenario.caller)
    registry = round_.opening.playbook.registry
    told = [Entry(Voice.CALLER, name, caller_now(round_.opening).text)]
    for turn in round_.turns:
        for event in turn.events:
            entry = _entry(event, name, registry, marked=marked)
            if entry is not None:
                again = entry.voice is told[-1].voice
                told.append(replace(entry, name="") if again else entry)
    return told


def _entry(event: Event, name: str, registry: Registry, *, marked: bool) -> Entry | None:
    match event:
        case CallerSpoke(text=text) | Pressed(text=text):
            return Entry(Voice.CALLER, name, text)
        case PlayerSpoke():
            return Entry(Voice.PLAYER, _("You"), event.text, marks(event.findings, registry) if marked else ())
        case WasCutOff():
            return Entry(Voice.ASIDE, "", _cut_off(event, name))
        case Breathed():
            return Entry(Voice.ASIDE, "", _("You take a breath."))
        case PromiseMade(promise):
            return Entry(Voice.ASIDE, "", _promised(promise))
        case EndingReached(ending):
            return Entry(Voice.ASIDE, "", ending.text)
        case ComposureChanged() | Noted() | Composed():
            return None


def what_happened(turn: Turn) -> str:
    """What the action did to the call, in a few sentences; empty where there is nothing to say."""
    registry = turn.state.playbook.registry
    name = first_name(turn.state.scenario.caller)
    said: list[str] = []
    for event in turn.events:
        match event:
            case ComposureChanged():
                said.extend(_reasons(event, registry))
            case WasCutOff():
                said.append(_cut_off(event, name))
            case Composed(missing, in_order):
                said.extend(_composed(missing, in_order, registry))
            case Pressed(left=left):
                said.append(Ways(turn.state.scenario.channel).presses(name, left))
            case PromiseMade(promise):
                said.append(_promised(promise))
            case Noted():
                said.append(_("Noted."))
            case EndingReached(ending):
                said.append(Ways(turn.state.scenario.channel).over(ending.kind))
            case _:
                pass
    return " ".join(said)


def question(state: CallState, now: Offer, picked: int, *, typing: bool) -> str:
    """What the player is asked at this moment; `picked` parts are picked of a composed answer."""
    name = first_name(state.scenario.caller)
    if state.over is not None:
        if state.over.kind is EndingKind.LOST:
            return _("The call is lost. Every call that goes wrong here is one that can go better for real.")
        return _("The call is over. Next, read it again from {name}'s side.").format(name=name)
    if typing:
        return _("In your own words:")
    if now.listen:
        return Ways(state.scenario.channel).more_of(name, state.unheard)
    if now.task is not None:
        left = now.task.pick - picked
        if left == 0:
            return _("All picked: say them in this order, or take one back.")
        return ngettext(
            "Pick {n} more, in the order you would say it.",
            "Pick {n} more, in the order you would say them.",
            left,
        ).format(n=left)
    if state.brittle and not state.steadied:
        return _("You are close to snapping. Your answer:")
    return _("Your answer:")


def heading_line(state: CallState, width: int) -> Content:
    """As much as fits; the caller's name and mood stay to the last."""
    scenario = state.scenario
    mood = (mood_word(state.here.mood, state.playbook.registry), "bold $caller")
    turn = literal(_("answer {n}").format(n=state.answers + (state.over is None)), "$muted")
    title, channel = (str(scenario.title), "bold"), channel_word(scenario.channel)
    dot = " · "
    variants = (
        line(title, dot, channel, dot, scenario.caller.name, dot, mood),
        line(title, dot, scenario.caller.name, dot, mood),
        line(scenario.caller.name, dot, mood),
        line(first_name(scenario.caller), dot, mood),
    )
    fits = (one for one in variants if one.cell_length + turn.cell_length + 2 <= width)
    return beside(next(fits, variants[-1]), turn, width)


def _reasons(changed: ComposureChanged, registry: Registry) -> list[str]:
    """Why the meter moved, the strongest reason first; how far it moved stands beside the meter."""
    reasons = [reason_words(seen, registry) for seen in strongest(changed.reasons)]
    if changed.adjustment:
        reasons.append(_("how it lands here ({points})").format(points=signed(changed.adjustment)))
    joined = series(reasons)
    return [f"{joined[0].upper()}{joined[1:]}."] if reasons else []


def _composed(missing: tuple[str, ...], in_order: bool, registry: Registry) -> list[str]:
    said = []
    if missing:
        said.append(_("Missing: {parts}.").format(parts=", ".join(move_name(move, registry) for move in missing)))
    if not in_order:
        said.append(_("The parts were out of order."))
    return said


def _cut_off(event: WasCutOff, name: str) -> str:
    if event.right:
        return cut_in_rightly()
    return ngettext(
        "You cut {name} off; one thing went unheard.", "You cut {name} off; {n} things went unheard.", event.lost
    ).format(name=name, n=event.lost)


def _promised(promise: Promise) -> str:
    if promise.by:
        return _("You promised: {what}, by {by}.").format(what=promise.what, by=promise.by)
    return _("You promised: {what}.").format(what=promise.what)
