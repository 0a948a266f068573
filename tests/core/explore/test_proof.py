"""The proof agrees with the engine: nothing real lies outside it, and all it claims can be played."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.call import MOST_ANSWERS, act, offer, start
from callcalm.core.condition_parsing import parse
from callcalm.core.explore import Offered, Player, course_of, prove, solve, span
from callcalm.core.explore.bits import (
    BRITTLE,
    EVERY,
    LANE,
    STEADIED,
    after_answer,
    lost,
    moved,
    plain,
    values,
    where,
)
from callcalm.core.explore.course import Course
from callcalm.core.explore.nodes import Node
from callcalm.core.explore.proof import fitted
from callcalm.core.model import Beat, Reply, Scenario, Step
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState
from callcalm.core.text import Text
from tests.core.explore.stories import doable, played, random_story, rules
from tests.support import playbook, reply, scenario

SEEDS = st.integers(0, 100_000)


def replayed(story: Scenario, book: Playbook, actions: Iterable[Action]) -> CallState:
    state = start(story, book, opening=getattr(actions, "opening", ""))
    for action in actions:
        state = act(state, action).state
    return state


def line(*replies: Reply, caller: int = 1, **rest: object) -> Beat:
    return Beat("one", "wary", tuple(Text("Yes?") for _ in range(caller)), replies, **rest)  # type: ignore[arg-type]


def small(*beats: Beat, **changes: object) -> Scenario:
    return scenario(beats={beat.id: beat for beat in beats}, start=beats[0].id, vars={}, **changes)


@given(SEEDS)
@settings(max_examples=150)
def test_no_real_call_leaves_the_proof(seed: int) -> None:
    story, book = random_story(seed), rules(seed)
    proof = prove(story, book)
    pick = Random(seed)
    for opening in ("", *story.openings) * 4:
        for state in played(story, book, pick, opening=opening):
            if state.over is not None:
                if state.answers < MOST_ANSWERS:
                    assert proof.endings[state.over.id] >> state.composure & 1
            elif not state.unheard:
                assert proof.beats[state.beat] >> state.composure & 1
                on_offer = {one.reply.key for one in offer(state).replies}
                for one in state.here.replies:
                    impossible = Offered.NEVER if one.key in on_offer else Offered.ALWAYS
                    assert proof.replies[one.key] is not impossible
                if state.here.compose is None and not on_offer:
                    assert proof.stuck[state.beat] >> state.composure & 1


@given(SEEDS)
@settings(max_examples=40)
def test_every_composure_claimed_has_a_way_that_the_engine_plays(seed: int) -> None:
    story, book = random_story(seed, beats=4), rules(seed)
    proof = prove(story, book)
    assert proof.complete
    for name, bits in (*proof.beats.items(), *proof.endings.items()):
        for composure in range(101):
            way = proof.witness(name, composure, composure)
            if not bits >> composure & 1:
                assert way is None
                continue
            assert way is not None
            state = replayed(story, book, way)
            assert state.composure == composure
            assert name == (state.ending or state.beat)
            assert state.ending is not None or not state.unheard


@given(SEEDS)
@settings(max_examples=40)
def test_every_reply_claimed_is_on_offer_where_its_witness_ends(seed: int) -> None:
    story, book = random_story(seed), rules(seed)
    proof = prove(story, book)
    for key, often in proof.replies.items():
        way = proof.witness(key)
        if often is Offered.NEVER:
            assert way is None
        else:
            assert way is not None
            assert key in {one.reply.key for one in offer(replayed(story, book, way)).replies}


@given(SEEDS)
@settings(max_examples=25)
def test_a_witness_has_the_fewest_answers(seed: int) -> None:
    story, book = random_story(seed, beats=3), rules(seed)
    proof = prove(story, book)
    level = [start(story, book, opening=opening) for opening in ("", *story.openings)]
    fewest: dict[str, int] = {}
    seen: set[object] = set()
    while level and len(seen) < 1_500:
        later = []
        while level:
            state = level.pop()
            key = (
                state.beat, state.heard, state.composure, tuple(state.vars.items()), state.names, state.said,
                state.breaths > 0, state.steadied, state.presses, state.ending,
            )  # fmt: skip
            if key in seen:
                continue
            seen.add(key)
            if state.over is not None or not state.unheard:
                fewest.setdefault(state.ending or state.beat, state.answers)
            # What the last answer leads to may be the end of all answers: that is not counted as reaching it.
            for action in doable(state) if state.ending is None and state.answers < MOST_ANSWERS - 1 else ():
                after = act(state, action).state
                (later if after.answers > state.answers else level).append(after)
        level = later
    for name, answers in fewest.items():
        way = proof.witness(name)
        assert way is not None
        assert sum(isinstance(one, Choose | Compose | Say) for one in way) == answers


def test_the_ranges_of_a_story_worked_out_by_hand() -> None:
    story = small(
        line(
            reply("one/1", "Thank you.", "two", ("Thank you", "thank")),
            reply("one/2", "It is policy.", "two", ("policy", "rule-wall")),
        ),
        Beat(
            "two",
            "wary",
            (Text("So?"), Text("Well?")),
            (reply("two/1", "Yes.", "settled", when="composure > 80"),),
        ),
    )
    proof = prove(story, playbook())
    assert proof.complete
    assert values(proof.beats["one"]) == (70,)
    assert values(proof.beats["two"]) == (57, 65, 67, 75)
    assert proof.replies == {"one/1": Offered.ALWAYS, "one/2": Offered.ALWAYS, "two/1": Offered.NEVER}
    assert proof.endings == {"settled": 0, "refused": 0, "hung-up": 0}
    assert values(proof.stuck["two"]) == (57, 65, 67, 75)
    assert proof.witness("two", 0, 60) == (Choose("one/2"), CutIn())
    assert proof.witness("two", 70) == (Choose("one/1"), Listen())
    assert proof.witness("settled") is None


@given(SEEDS)
def test_a_course_made_before_the_answers_were_read_proves_the_same(seed: int) -> None:
    story, book = random_story(seed), rules(seed)
    answers = [
        answer
        for beat in story.beats.values()
        for answer in (*beat.replies, *(beat.compose.parts if beat.compose is not None else ()))
    ]
    heard = [answer.findings for answer in answers]
    for answer in answers:
        object.__setattr__(answer, "findings", ())
    course = course_of(story, book)
    for answer, findings in zip(answers, heard, strict=True):
        object.__setattr__(answer, "findings", findings)
    found, plainly = prove(story, book, course=course), prove(random_story(seed), book)
    assert found == plainly
    for player in Player:
        assert solve(story, book, player, proof=found).good == solve(story, book, player, proof=plainly).good


def test_a_scenario_of_too_many_nodes_has_no_course(monkeypatch: pytest.MonkeyPatch) -> None:
    story = flags(40)
    monkeypatch.setattr("callcalm.core.explore.proof.LIMIT", 1)
    assert course_of(story, playbook()) is None


def test_a_beat_nothing_leads_to_is_never_reached() -> None:
    story = small(
        line(reply("one/1", "Yes.", "settled")),
        Beat("far", "wary", (Text("?"),), (reply("far/1", "No.", "refused"),)),
    )
    proof = prove(story, playbook())
    assert proof.beats["far"] == 0
    assert proof.replies["far/1"] is Offered.NEVER
    assert proof.witness("far") is None


def test_a_brittle_player_breathes_before_the_helping_reply() -> None:
    story = small(
        line(
            reply("one/1", "Thank you.", "settled", ("Thank you", "thank")),
            reply("one/2", "It is policy.", "refused", ("policy", "rule-wall")),
        ),
        composure=15,
    )
    proof = prove(story, playbook())
    assert values(proof.beats["one"]) == (15, 21)
    assert values(proof.endings["settled"]) == (24,)
    assert proof.witness("settled") == (Breathe(), Choose("one/1"))
    calm = prove(story, playbook(temptation=False))
    assert values(calm.endings["settled"]) == (18,)


def test_a_sentence_met_again_counts_as_worn_out() -> None:
    story = small(
        line(
            reply("one/1", "Thank you.", "one", ("Thank you", "thank")),
            reply("one/2", "Yes.", "settled", when="composure >= 74"),
        )
    )
    proof = prove(story, playbook())
    assert proof.complete
    assert proof.replies["one/2"] is Offered.NEVER
    assert values(proof.beats["one"])[-2:] == (70, 73)


def test_names_used_too_often_stop_helping() -> None:
    again = [
        Beat(f"n{at}", "wary", (Text("?"),), (reply(f"n{at}/1", "Maria, yes.", to, ("Maria", "use-name")),))
        for at, to in ((1, "n2"), (2, "n3"), (3, "n4"), (4, "n5"), (5, "settled"))
    ]
    assert values(prove(small(*again), playbook()).endings["settled"]) == (73,)


def test_what_typed_answers_find_otherwise_counts_as_reached() -> None:
    story = small(line(reply("one/1", "Yes.", "settled"), otherwise=Step("refused")))
    proof = prove(story, playbook())
    assert proof.witness("refused") == (Say(Text("…")),)


def test_time_runs_out_after_a_hundred_answers() -> None:
    long = [
        Beat(f"b{at}", "wary", (Text("?"),), (reply(f"b{at}/1", "Yes.", f"b{at + 1}"),))
        for at in range(MOST_ANSWERS + 5)
    ]
    last = Beat(f"b{len(long)}", "wary", (Text("?"),), (reply("end/1", "Yes.", "settled"),))
    proof = prove(small(*long, last), playbook())
    assert proof.beats[f"b{MOST_ANSWERS - 1}"]
    assert not proof.beats[f"b{MOST_ANSWERS}"]
    assert not proof.endings["settled"]


def test_where_counting_answers_is_too_much_the_proof_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callcalm.core.explore.proof.EXACT", 10)
    long = [
        Beat(f"b{at}", "wary", (Text("?"),), (reply(f"b{at}/1", "Yes.", f"b{at + 1}"),))
        for at in range(MOST_ANSWERS + 5)
    ]
    last = Beat(f"b{len(long)}", "wary", (Text("?"),), (reply("end/1", "Yes.", "settled"),))
    proof = prove(small(*long, last), playbook())
    assert not proof.complete
    assert "100 answers" in str(proof.unproved[0])
    assert proof.endings["settled"]
    assert proof.witness("settled") is None


@pytest.mark.parametrize("answers", [MOST_ANSWERS - 1, MOST_ANSWERS, MOST_ANSWERS + 1])
def test_an_ending_on_the_last_answer_is_still_one(answers: int) -> None:
    beats = [
        Beat(
            f"b{at}",
            "wary",
            (Text("?"),),
            (reply(f"b{at}/1", "Yes.", f"b{at + 1}" if at < answers - 1 else "settled"),),
        )
        for at in range(answers)
    ]
    proof = prove(small(*beats), playbook())
    assert bool(proof.endings["settled"]) is (answers <= MOST_ANSWERS)
    assert (proof.witness("settled") is not None) is (answers <= MOST_ANSWERS)


def test_a_variable_of_a_million_values_is_named_and_left_open() -> None:
    story = small(
        line(
            reply("one/1", "Hm.", "one", add={"count": 1}),
            reply("one/2", "Yes.", "settled", when="count > 500000"),
            reply("one/3", "No.", "refused", when="calm"),
        )
    )
    story = scenario(
        beats=story.beats, start="one", vars={"count": 0, "calm": False}, ranges={"count": (0, 1_000_000)}
    )
    proof = prove(story, playbook(), limit=200)
    assert not proof.complete
    assert "count" in str(proof.unproved[0])
    assert "calm" not in str(proof.unproved[0])
    assert proof.replies["one/2"] is Offered.SOMETIMES
    assert proof.replies["one/3"] is Offered.NEVER
    assert proof.endings["settled"]
    assert proof.witness("settled") is None


def flags(many: int) -> Scenario:
    """A call that goes round and sets one flag a time, of which an ending asks for each."""
    names = [f"flag-{number}" for number in range(many)]
    sets = [reply(f"one/{name}", "Hm.", "one", set={name: True}) for name in names]
    asks = [reply(f"one/ask-{name}", "Yes.", "settled", when=f"{name} or calm") for name in names]
    story = small(line(*sets, *asks))
    return scenario(beats=story.beats, start="one", vars={"calm": False, **dict.fromkeys(names, False)})


def test_of_many_variables_no_more_are_left_out_than_must_be(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def counted(*args: Any, without: Collection[str], **rest: Any) -> Course:
        tried.append(len(without))
        return Course(*args, without=without, **rest)

    monkeypatch.setattr("callcalm.core.explore.proof.Course", counted)
    # Five flags are 32 nodes, six would be 64; the least limit is 52.
    graph, unproved = fitted(flags(40), playbook(), 1)
    assert len(graph.course.matters.variables["one"]) == 5 + len(["calm"])
    assert "35" not in str(unproved[0])
    assert str(unproved[0]).count("flag-") == 35
    assert len(tried) < 12


def test_what_did_not_fit_is_gone_before_the_next_is_tried() -> None:
    story = flags(40)
    gc.collect()
    gc.disable()
    try:
        fitted(story, playbook(), 1)
        left = [one for one in gc.get_objects() if isinstance(one, Node) and one.name == "one"]
    finally:
        gc.enable()
    assert len(left) <= 2 * 52


def test_too_many_sentences_are_said_to_be_left_open() -> None:
    said = [f"Thank you {number}." for number in range(8)]
    replies = [reply(f"one/{number + 1}", text, "one", ("Thank you", "thank")) for number, text in enumerate(said)]
    story = small(line(*replies, reply("one/out", "Yes.", "settled")))
    proof = prove(story, playbook(), limit=100)
    assert not proof.complete
    assert "sentence" in str(proof.unproved[0])
    exact = prove(story, playbook(), limit=10_000)
    assert exact.complete
    assert exact.beats["one"] & ~proof.beats["one"] == 0


def test_asking_for_a_way_to_nothing_is_an_error() -> None:
    proof = prove(scenario(), playbook())
    with pytest.raises(KeyError):
        proof.witness("nowhere")


@given(st.sets(st.integers(0, 100)), st.integers(0, 14), st.integers(-120, 120))
def test_a_shift_moves_every_composure_as_the_meter_does(composures: set[int], lane: int, points: int) -> None:
    packed = sum(1 << composure + lane * LANE for composure in composures)
    held = {max(0, min(100, composure + points)) for composure in composures}
    assert set(values(plain(moved(packed, points)))) == held - {0}
    assert bool(lost(packed, points)) is (0 in held)
    assert moved(packed, points) & ~(((1 << 101) - 1) << lane * LANE) == 0
    assert plain(after_answer(packed)) == plain(packed)
    assert after_answer(packed) >> STEADIED == 0


def test_conditions_become_masks() -> None:
    assert where(parse("composure < 25"), {}) == (BRITTLE, BRITTLE)
    assert span(where(parse("not (composure < 25) and composure <= 60"), {})[0]) == (25, 60)
    assert where(parse("open"), {}) == ((1 << 101) - 1, 0)
    assert where(parse("open and composure < 25"), {}) == (BRITTLE, 0)
    assert where(parse("not open or composure < 25"), {}) == ((1 << 101) - 1, BRITTLE)
    assert where(parse("open"), {"open": False}) == (0, 0)
    assert sum(1 << lane * LANE for lane in range(15)) == EVERY
    with pytest.raises(ValueError, match="empty"):
        span(0)


def test_the_way_to_where_nothing_is_on_offer_ends_there() -> None:
    story = small(
        line(reply("one/1", "Thank you.", "two", ("Thank you", "thank")), reply("one/2", "Wait.", "two")),
        Beat("two", "wary", (Text("So?"),), (reply("two/1", "Yes.", "settled", when="composure <= 70"),)),
    )
    proof = prove(story, playbook())
    assert proof.witness("two") == (Choose("one/2"),)
    assert proof.stuck_by("two") == (Choose("one/1"),)
    assert proof.stuck_by("one") is None


@given(SEEDS)
@settings(max_examples=60)
def test_where_a_play_is_said_to_be_stuck_the_engine_offers_nothing(seed: int) -> None:
    story, book = random_story(seed), rules(seed)
    proof = prove(story, book)
    for beat in proof.stuck if proof.complete else ():
        way = proof.stuck_by(beat)
        assert way is not None
        state = replayed(story, book, way)
        assert (state.beat, state.ending, state.unheard, offer(state).replies) == (beat, None, 0, ())
