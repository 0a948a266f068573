"""The engine: what can be done, what it does, and that every legal line ends and replays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note, Say
from callcalm.core.call import MOST_ANSWERS, PATIENCE, act, caller_now, offer, start
from callcalm.core.events import (
    Breathed,
    CallerSpoke,
    Composed,
    ComposureChanged,
    EndingReached,
    Noted,
    PlayerSpoke,
    Pressed,
    PromiseMade,
    WasCutOff,
)
from callcalm.core.model import Beat, EndingKind, Step
from callcalm.core.playbook import Stance
from callcalm.core.round import begin, replay
from callcalm.core.state import CallState, Turn
from callcalm.core.text import Text
from tests.support import found, playbook, reply, scenario


def play(state: CallState, *actions: Action) -> Turn:
    for action in actions:
        turn = act(state, action)
        state = turn.state
    return turn


def change(turn: Turn) -> ComposureChanged:
    return next(event for event in turn.events if isinstance(event, ComposureChanged))


def heard_out(**changes: object) -> CallState:
    return play(start(scenario(**changes), playbook()), Listen(), Listen()).state


def refused(state: CallState, action: Action) -> str:
    with pytest.raises(IllegalAction) as refusal:
        act(state, action)
    return refusal.value.reason


def test_a_call_starts_with_the_first_part_and_only_listening_on_offer() -> None:
    state = start(scenario(), playbook())
    assert caller_now(state) == CallerSpoke("opening", 0, Text("Finally. A human."), "furious", 2)
    now = offer(state)
    assert (now.listen, now.say, now.replies) == (True, False, ())
    assert refused(state, Choose("opening/1")) == "listen-first"
    assert refused(state, Say(Text("hello"))) == "listen-first"


def test_hearing_the_caller_out_earns_once_all_parts_are_heard() -> None:
    first = act(start(scenario(), playbook()), Listen())
    assert [type(event) for event in first.events] == [CallerSpoke]
    second = act(first.state, Listen())
    assert change(second).after == 72
    assert refused(second.state, Listen()) == "nothing-to-hear"


def test_cutting_in_costs_and_loses_what_was_unheard() -> None:
    turn = act(start(scenario(), playbook()), CutIn())
    assert WasCutOff(2) in turn.events
    assert change(turn).after == 64
    assert turn.state.vars["missed"] is True
    assert "opening/dated" not in [o.reply.key for o in offer(turn.state).replies]
    assert refused(turn.state, CutIn()) == "nothing-to-hear"


def test_cutting_in_where_danger_calls_for_it_costs_nothing() -> None:
    base = scenario()
    opening = replace(base.beats["opening"], cut_in=Step("heard", {"missed": True}), cut_in_right=True)
    urgent = replace(base, beats={**base.beats, "opening": opening})
    turn = act(start(urgent, playbook()), CutIn())
    assert turn.events == (WasCutOff(2, right=True), caller_now(turn.state))
    assert (turn.state.beat, turn.state.composure, turn.state.seen) == ("heard", 70, ())
    assert turn.state.vars["missed"] is True


def test_what_is_added_stops_at_the_ends_of_the_range() -> None:
    more = reply("opening/1", "Hold on.", "opening", add={"holds": 2}, set={"promised": True})
    fewer = reply("opening/2", "Back again.", "opening", add={"holds": -9})
    loop = Beat("opening", "wary", (Text("And?"),), (more, fewer))
    world = scenario(
        beats={"opening": loop}, vars={"promised": False, "holds": 0}, ranges={"holds": (-1, 3)}, pressed=()
    )
    state = start(world, playbook())
    seen = []
    for key in ("opening/1", "opening/1", "opening/1", "opening/2"):
        state = act(state, Choose(key)).state
        seen.append(state.vars["holds"])
    assert seen == [2, 3, 3, -1]
    assert state.vars["promised"] is True
    assert world.vars == {"promised": False, "holds": 0}
    again = replay(begin(world, playbook()), [Choose("opening/1"), Choose("opening/2")])
    assert again.round.state.vars == {"promised": True, "holds": -1}


def test_a_typed_answer_and_otherwise_add_as_well() -> None:
    taken = reply("opening/1", "Hold on.", "opening", add={"holds": 1})
    loop = Beat("opening", "wary", (Text("And?"),), (taken,), otherwise=Step(None, add={"holds": 2}))
    world = scenario(beats={"opening": loop}, vars={"holds": 0}, ranges={"holds": (0, 9)})
    state = act(start(world, playbook()), Say(Text("Wait"), (), "opening/1")).state
    assert act(state, Say(Text("Hm"))).state.vars == {"holds": 3}


def test_a_reply_moves_composure_by_its_distinct_moves_and_says_why() -> None:
    turn = act(heard_out(), Choose("opening/warm"))
    changed = change(turn)
    assert (changed.before, changed.after) == (72, 84)
    assert [(seen.move, seen.amount) for seen in changed.reasons] == [("empathy.named", 6), ("own-it", 6)]
    assert changed.reasons[0].quote == "would upset anyone"
    assert isinstance(turn.events[0], PlayerSpoke)
    assert any(isinstance(event, PromiseMade) for event in turn.events)
    assert turn.state.vars["promised"] is True
    assert turn.state.beat == "heard"
    assert turn.state.curve == (70, 84)


def test_the_writers_own_adjustment_is_named_apart() -> None:
    state = play(heard_out(), Choose("opening/1")).state
    changed = change(act(state, Choose("walls/3")))
    assert (changed.adjustment, changed.reasons, changed.after - changed.before) == (-4, (), -4)


def test_a_bright_tone_costs_on_a_hot_beat_only() -> None:
    hot = change(act(heard_out(), Choose("opening/4")))
    assert [seen.move for seen in hot.reasons] == ["tone.bright"]
    base = scenario()
    cool = {
        **base.beats,
        "opening": Beat("opening", "wary", base.beats["opening"].caller[:1], base.beats["opening"].replies),
    }
    calm = act(start(scenario(beats=cool), playbook()), Choose("opening/4"))
    assert change(calm).reasons == ()


def test_conditions_decide_what_is_on_offer() -> None:
    state = play(heard_out(), Choose("opening/4")).state
    assert [o.reply.key for o in offer(state).replies] == ["heard/2", "heard/3"]
    assert refused(state, Choose("heard/1")) == "not-on-offer"


def test_stances_scale_a_move() -> None:
    say = Say(
        Text("We made a mistake."), found("We made a mistake.", ("We made a mistake", "apology.institution"))
    )
    amounts = {}
    for stance in Stance:
        state = play(start(scenario(), playbook(apology_institution=stance)), Listen(), Listen()).state
        amounts[stance.value] = change(act(state, say)).reasons[0].amount
    assert amounts == {"endorse": 3, "allow": 2, "neutral": 0, "caution": -2, "forbid": -3}


def test_a_cost_stands_or_is_excused_but_never_earns() -> None:
    say = Say(Text("It is policy."), found("It is policy.", ("policy", "rule-wall")))
    amounts = {}
    for stance in Stance:
        state = play(start(scenario(), playbook(rule_wall=stance)), Listen(), Listen()).state
        amounts[stance.value] = change(act(state, say)).reasons[0].amount
    assert amounts == {"endorse": 0, "allow": 0, "neutral": 0, "caution": -7, "forbid": -7}


def test_the_same_helping_sentence_again_is_a_script() -> None:
    text = "Thank you for that. So."
    again = "Right.  thank you FOR that."
    state = play(heard_out(), Say(Text(text), found(text, ("Thank you", "thank")))).state
    changed = change(act(state, Say(Text(again), found(again, ("thank you", "thank")))))
    assert [seen.move for seen in changed.reasons] == ["script-repeat"]
    other = "Thank you for waiting."
    fresh = change(act(state, Say(Text(other), found(other, ("Thank you", "thank")))))
    assert [seen.move for seen in fresh.reasons] == ["thank"]


def test_the_name_helps_three_times_then_is_silent_then_grates() -> None:
    state = heard_out()
    seen = []
    for n in range(5):
        text = f"Ms. Alvarez, line {n}."
        turn = act(state, Say(Text(text), found(text, ("Ms. Alvarez", "use-name"))))
        seen.append([item.move for item in change(turn).reasons])
        state = turn.state if turn.state.ending is None else state
        state = CallState(**{**{f: getattr(state, f) for f in CallState.__slots__}, "presses": 0})
    assert seen == [["use-name"]] * 3 + [[], ["name-overuse"]]


def test_a_typed_answer_goes_where_its_reply_goes_but_only_words_count() -> None:
    turn = act(heard_out(), Say(Text("I will stay on this"), (), "opening/warm"))
    assert turn.state.beat == "heard"
    assert change(turn).reasons == ()
    assert turn.state.vars["promised"] is True
    assert refused(heard_out(), Say(Text("x"), (), "heard/1")) == "not-on-offer"


def test_a_typed_answer_near_nothing_takes_otherwise() -> None:
    assert act(heard_out(), Say(Text("Hm."))).state.beat == "heard"


def test_without_otherwise_the_caller_presses_and_then_hangs_up() -> None:
    state = play(heard_out(), Choose("opening/1")).state
    turns = []
    for _ in range(PATIENCE):
        turns.append(act(state, Say(Text("Hm."))))
        state = turns[-1].state
    pressed = [event for turn in turns for event in turn.events if isinstance(event, Pressed)]
    assert [(p.text, p.left) for p in pressed] == [("I asked you a question.", 2), ("Hello?", 1)]
    assert state.over is not None
    assert state.over.kind is EndingKind.LOST


def test_the_first_breath_is_free_and_later_ones_cost() -> None:
    first = act(heard_out(), Breathe())
    assert Breathed(True) in first.events
    assert change(first).after == 78
    assert change(act(first.state, Breathe())).after == 76


def test_brittle_puts_the_costing_replies_first_and_locks_the_helping_ones() -> None:
    base = start(scenario(composure=20), playbook())
    state = play(base, Listen(), Listen()).state
    order = [(o.reply.key, o.locked) for o in offer(state).replies]
    assert [key for key, _ in order[:3]] == ["opening/1", "opening/3", "opening/4"]
    assert ("opening/warm", True) in order
    assert refused(state, Choose("opening/warm")) == "locked"
    steady = act(act(state, Breathe()).state, Breathe()).state
    assert not any(o.locked for o in offer(steady).replies)
    calm = play(start(scenario(composure=20), playbook(temptation=False)), Listen(), Listen()).state
    assert [o.reply.key for o in offer(calm).replies][1] == "opening/warm"


def test_a_breath_is_spent_by_the_next_answer() -> None:
    state = play(start(scenario(composure=8), playbook()), Listen(), Listen(), Breathe()).state
    assert state.steadied
    assert not act(state, Choose("opening/4")).state.steadied


def test_at_nothing_left_the_call_is_lost_wherever_the_reply_would_lead() -> None:
    state = play(start(scenario(composure=3), playbook()), Listen(), Listen()).state
    turn = act(state, Choose("opening/1"))
    assert turn.state.composure == 0
    assert [e.ending.id for e in turn.events if isinstance(e, EndingReached)] == ["hung-up"]
    assert refused(turn.state, Breathe()) == "over"


def test_a_composed_answer_in_the_ideal_order_leads_on() -> None:
    state = play(heard_out(), Choose("opening/warm"), Choose("heard/2")).state
    assert offer(state).task is not None
    assert refused(state, Say(Text("hello"))) == "no-typing"
    for parts in ((0,), (0, 0), (0, 9), (0, 1, 2)):
        assert refused(state, Compose(parts)) == "bad-parts"
    good = act(state, Compose((1, 0)))
    assert good.state.ending == "settled"
    assert good.events[0].text == "I wish I had better news. It is no."  # type: ignore[union-attr]
    mixed = act(state, Compose((0, 1)))
    assert Composed((), False) in mixed.events
    assert "order.mixed" in [seen.move for seen in change(mixed).reasons]
    lacking = act(state, Compose((0, 2)))
    assert Composed(("pacer.prepare",), True) in lacking.events
    assert {"part.missing", "rule-wall"} <= {seen.move for seen in change(lacking).reasons}
    spoke = next(e for e in lacking.events if isinstance(e, PlayerSpoke))
    assert all(spoke.text[f.start : f.end] == f.matched for f in spoke.findings)
    assert lacking.state.ending == "refused"


def test_notes_say_nothing_to_the_caller() -> None:
    state = start(scenario(), playbook())
    turn = act(state, Note(Text("scan 14 oct")))
    assert turn.events == (Noted(Text("scan 14 oct")),)
    assert turn.state.composure == state.composure
    assert refused(state, Note(Text("  "))) == "empty"
    assert refused(state, Note(Text("x" * 201))) == "too-long"
    for _ in range(50):
        state = act(state, Note(Text("more"))).state
    assert refused(state, Note(Text("more"))) == "too-many-notes"


def test_empty_and_endless_answers_are_refused() -> None:
    assert refused(heard_out(), Say(Text(" \n"))) == "empty"
    assert refused(heard_out(), Say(Text("x" * 1_001))) == "too-long"


def test_a_loop_ends_because_callers_run_out_of_time() -> None:
    loop = Beat("opening", "wary", (Text("And?"),), (reply("opening/1", "Mm.", "opening"),), Step(None))
    state = start(scenario(beats={"opening": loop}), playbook())
    for _ in range(MOST_ANSWERS):
        assert state.ending is None
        state = act(state, Choose("opening/1")).state
    assert state.ending == "hung-up"
    state = start(scenario(beats={"opening": loop}), playbook())
    for _ in range(MOST_ANSWERS):
        state = act(state, Say(Text("Mm."))).state
    assert state.ending == "hung-up"


def test_seed_zero_is_the_writers_order_and_a_seed_shuffles_the_same_way_each_time() -> None:
    def order(seed: int) -> list[str]:
        state = play(start(scenario(), playbook(), seed), Listen(), Listen()).state
        return [o.reply.key for o in offer(state).replies]

    assert order(0) == [r.key for r in scenario().beats["opening"].replies]
    assert order(3) == order(3)
    assert {tuple(order(seed)) for seed in range(6)} != {tuple(order(0))}


def test_an_action_leaves_the_old_state_as_it_was() -> None:
    state = heard_out()
    kept = (state.composure, state.beat, dict(state.vars), state.seen)
    act(state, Choose("opening/warm"))
    assert (state.composure, state.beat, dict(state.vars), state.seen) == kept


def legal(state: CallState) -> list[Action]:
    now = offer(state)
    actions: list[Action] = [Breathe(), Note(Text("a note"))]
    if now.listen:
        return [*actions, Listen(), CutIn()]
    actions += [Choose(o.reply.key) for o in now.replies if not o.locked]
    if now.say:
        thanks = "Thank you."
        actions += [Say(Text("Hm.")), Say(Text(thanks), found(thanks, ("Thank you", "thank")))]
    if now.task:
        actions += [Compose((0, 1)), Compose((1, 0)), Compose((2, 1))]
    return actions


@given(st.lists(st.integers(0, 30), min_size=1), st.integers(0, 5), st.integers(1, 100), st.booleans())
def test_any_legal_line_holds_composure_ends_and_replays(
    picks: list[int], seed: int, composure: int, temptation: bool
) -> None:
    world, rules = scenario(composure=composure), playbook(temptation=temptation)
    round_ = begin(world, rules, seed)
    for step in range(MOST_ANSWERS + 200):
        if round_.state.ending is not None:
            break
        choices = legal(round_.state)
        if step >= len(picks):
            choices = [a for a in choices if not isinstance(a, Note | Breathe)] or [Breathe()]
        round_ = round_.take(choices[picks[step % len(picks)] % len(choices)])
        assert 0 <= round_.state.composure <= 100
    assert round_.state.ending is not None
    again = replay(begin(world, rules, seed), round_.actions)
    assert again.stopped_at is None
    assert again.round.state == round_.state
