"""What is worked out once for a scenario and its house rules is what would be worked out at every answer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.actions import Action, Breathe, Choose, Compose, IllegalAction, Listen, Say
from callcalm.core.call import act, caller_now, offer, start
from callcalm.core.composure import Seen
from callcalm.core.events import ComposureChanged
from callcalm.core.model import Beat, Reply, Tone
from callcalm.core.planned import MEMORY, plan_of
from callcalm.core.playbook import Stance
from callcalm.core.state import CallState, made
from callcalm.core.text import Text
from callcalm.core.weighing import NAME_CREDITS, NAME_OVERUSE, authored, helping_sentences, lean
from tests.support import playbook, reply, scenario

WORDS = (
    ("Thank you. Why did you wait?", ("Thank you", "thank"), ("Why did you", "blame.why-you")),
    ("Thank you. I will stay on this.", ("Thank you", "thank"), ("I will stay on this", "own-it")),
    ("Maria, Maria, thank you.", ("Maria", "use-name"), ("thank you", "thank")),
    ("It is policy.", ("policy", "rule-wall")),
    ("So happy you called!",),
)
BOOKS = (playbook(), playbook("soft", temptation=False), playbook("strict", thank=Stance.FORBID))


def circle() -> Beat:
    """One beat that every answer leads back to, so that words wear out."""
    replies = [reply(f"opening/{number}", *words) for number, words in enumerate(_with_goto(), 1)]
    replies[4] = replace(replies[4], tone=Tone.BRIGHT, moves=("by-when", "thank"), composure=-3)
    return Beat("opening", "furious", (Text("And?"),), tuple(replies))


def _with_goto() -> list[tuple[object, ...]]:
    return [(words[0], "opening", *words[1:]) for words in WORDS]


def slowly(reply: Reply, state: CallState) -> tuple[Seen, ...]:
    """What a reply counts for, from nothing but the rules as they are written down."""
    book = state.playbook
    said_again = {
        move
        for move, sentence in helping_sentences(reply.say, reply.findings, book.registry)
        if sentence in state.said
    }
    pairs = []
    names = state.names
    for finding in reply.findings:
        if finding.move in said_again:
            pairs.append(("script-repeat", finding.matched))
        elif finding.move == "use-name":
            names += 1
            if names >= NAME_OVERUSE:
                pairs.append(("name-overuse", finding.matched))
            elif names <= NAME_CREDITS:
                pairs.append(("use-name", finding.matched))
        else:
            pairs.append((finding.move, finding.matched))
    bright = reply.tone is Tone.BRIGHT and book.registry.moods[state.here.mood].hot
    pairs += [(move, "") for move in (*reply.moves, *(["tone.bright"] if bright else []))]
    first = dict(reversed(pairs))
    order = dict.fromkeys(move for move, _ in pairs)
    return tuple(
        Seen(move, book.points(move), book.halves(move), first[move], state.answers + 1) for move in order
    )


@given(st.lists(st.sampled_from([*range(1, 6), "breathe"]), max_size=14), st.sampled_from(BOOKS))
def test_every_answer_counts_as_the_rules_say_however_worn_its_words(steps: list[int | str], book: object) -> None:
    state = start(scenario(beats={"opening": circle()}, composure=40), book)  # type: ignore[arg-type]  # a playbook
    for step in steps:
        if state.ending is not None:
            return
        for one in state.here.replies:
            assert authored(one, state) == slowly(one, state)
            assert lean(one, state) == sum(seen.amount for seen in slowly(one, state)) + one.composure
        if step == "breathe":
            state = act(state, Breathe()).state
            continue
        key = f"opening/{step}"
        locked = next(one.locked for one in offer(state).replies if one.reply.key == key)
        helps = lean(state.here.replies[int(step) - 1], state) > 0
        assert locked == (state.brittle and helps and not state.steadied)
        if not locked:
            turn = act(state, Choose(key))
            (changed,) = [event for event in turn.events if isinstance(event, ComposureChanged)]
            assert changed.reasons == slowly(state.here.replies[int(step) - 1], state)
            state = turn.state


@given(st.lists(st.sampled_from(["listen", "1", "warm", "3", "say", "parts"]), max_size=12))
def test_other_calls_in_between_change_nothing(steps: list[str]) -> None:
    """The memory is for scenario and playbook: calls of other pairs, however many, leave no trace."""
    world, book = scenario(), BOOKS[0]
    alone = start(world, book)
    among = start(world, book)
    for number, step in enumerate(steps):
        action = _action(step, alone)
        try:
            alone = act(alone, action).state
        except IllegalAction:
            continue
        for other in BOOKS[1:] * MEMORY:
            offer(start(scenario(composure=number + 1), other))
        among = act(among, action).state
        assert among == alone
        assert offer(among) == offer(alone)


def _action(step: str, state: CallState) -> Action:
    if step == "listen":
        return Listen()
    if step == "say":
        return Say(Text("Well."))
    return Compose((1, 0)) if step == "parts" else Choose(f"{state.beat}/{step}")


def test_a_state_with_other_rules_is_weighed_by_those() -> None:
    state = start(scenario(beats={"opening": circle()}), BOOKS[0])
    kind = act(state, Choose("opening/2")).state.composure
    strict = act(replace(state, playbook=BOOKS[2]), Choose("opening/2")).state.composure
    assert kind == 70 + 3 + 6
    assert strict == 70 - 3 + 6


def test_a_scenario_read_anew_is_another_though_its_id_is_the_same() -> None:
    first = scenario()
    assert caller_now(start(first, BOOKS[0])).text == "Finally. A human."
    opening = replace(first.beats["opening"], caller=(Text("You again?"),))
    second = replace(first, beats={**first.beats, "opening": opening})
    assert caller_now(start(second, BOOKS[0])).text == "You again?"
    assert plan_of(first, BOOKS[0]) is plan_of(first, BOOKS[0])
    assert plan_of(second, BOOKS[0]) is not plan_of(first, BOOKS[0])


def test_a_state_made_by_place_is_a_state_like_any_other() -> None:
    state = start(scenario(), BOOKS[0], 7)
    fields = (state.scenario, state.playbook, 7, "opening", 1, 70, state.vars, 0, 0, False, 0, frozenset(), 0)
    again = made(*fields, (), (), (), (70,), None)
    assert again == state
    assert type(again) is CallState
    assert repr(again) == repr(state)
