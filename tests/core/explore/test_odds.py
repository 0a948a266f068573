"""The chances agree with what calls really come to: by hand, by long play, and by trying everything."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.call import MOST_ANSWERS, act, offer, start
from callcalm.core.explore import Player, TooLongError, bounded, chances, lengths, prove, reckon, solve, values
from callcalm.core.model import Beat, EndingKind, Scenario, Step
from callcalm.core.state import CallState
from callcalm.core.text import Text
from tests.core.explore.stories import doable, random_story, rules
from tests.support import found, playbook, reply, scenario

SEEDS = st.integers(0, 100_000)
GOOD = (EndingKind.RESOLVED, EndingKind.FAIR)


def small(*beats: Beat, **changes: object) -> Scenario:
    return scenario(beats={beat.id: beat for beat in beats}, start=beats[0].id, vars={}, **changes)


def ranked(state: CallState) -> tuple[int, int]:
    """How well a call ended: a resolved ending over a fair one over any other, then by composure."""
    assert state.over is not None
    return {EndingKind.RESOLVED: 2, EndingKind.FAIR: 1}.get(state.over.kind, 0), state.composure


def at_random(state: CallState, pick: Random) -> Action | None:
    now = offer(state)
    if now.listen:
        return Listen()
    if now.task is not None:
        return Compose(tuple(pick.sample(range(len(now.task.parts)), now.task.pick)))
    able = [one.reply.key for one in now.replies if not one.locked]
    if able:
        return Choose(pick.choice(able))
    return Breathe() if now.replies else None


THREE = (
    reply(
        "one/1", "Thank you. I will see to it.", "settled", ("Thank you", "thank"), ("I will see to it", "own-it")
    ),
    reply("one/2", "It is policy.", "refused", ("policy", "rule-wall")),
    reply("one/3", "Why did you wait?", "one", ("Why did you", "blame.why-you")),
    reply("one/4", "Thank you for waiting.", "bad", ("Thank you", "thank")),
)


def four_ways() -> Scenario:
    base = scenario()
    bad = base.endings["hung-up"]
    return small(
        Beat("one", "wary", (Text("Yes?"), Text("Well?")), THREE, otherwise=Step("bad")),
        endings={**base.endings, "bad": bad},
    )


def test_a_random_player_by_hand() -> None:
    """A reproach costs 8 and hearing on earns 2, from 72 down; each answer is one of four, below 25 one of two."""
    odds = solve(four_ways(), playbook(), Player.RANDOM)
    settled = refused = bad = 0.0
    left, composure, answers = 1.0, 72, 0.0
    while composure > 0:
        answers += left
        ways = 4 if composure >= 25 else 2
        refused += left / ways if composure > 7 else 0.0
        if ways == 4:
            settled += left / 4
            bad += left / 4
        left, composure = left / ways, composure - 8
        composure += 2 if composure > 0 else 0
    assert odds.endings["settled"] == pytest.approx(settled)
    assert odds.endings["refused"] == pytest.approx(refused)
    assert odds.endings["bad"] == pytest.approx(bad)
    assert odds.answers == pytest.approx(answers)
    assert odds.good == pytest.approx(settled + refused)
    assert sum(odds.endings.values()) == pytest.approx(1)
    assert odds.visits == {"one": pytest.approx(1)}


def test_what_each_player_does_with_the_same_call() -> None:
    story, book = four_ways(), playbook()
    ready = act(act(start(story, book), Listen()).state, Say(Text("Hm."), (), "one/3")).state
    ready = act(ready, Listen()).state
    expected = {Player.KIND: "one/1", Player.BOOK: "one/2", Player.BEST: "one/1", Player.RANDOM: "one/1"}
    for player, key in expected.items():
        assert solve(story, book, player).best(ready) == key
    worst = solve(story, book, Player.WORST)
    assert worst.good == 0
    assert solve(story, book, Player.KIND).endings["settled"] == 0.5
    assert solve(story, book, Player.BOOK).endings["refused"] == 1
    assert solve(story, book, Player.BEST).good == 1


def test_the_best_player_prefers_a_resolved_ending_to_a_fair_one_with_more_composure() -> None:
    fair = reply("one/1", "Thank you.", "refused", ("Thank you", "thank"))
    resolved = reply("one/2", "It is policy.", "settled", ("policy", "rule-wall"))
    story = small(Beat("one", "wary", (Text("?"),), (fair, resolved)))
    odds = solve(story, playbook(), Player.BEST)
    assert odds.best(start(story, playbook())) == "one/2"
    assert (odds.endings["settled"], odds.good) == (1, 1)


def test_the_best_player_breathes_for_the_locked_reply() -> None:
    story = small(Beat("one", "wary", (Text("?"),), (THREE[0], THREE[2])), composure=10)
    odds = solve(story, playbook(), Player.BEST)
    state = start(story, playbook())
    assert odds.action(state) == Breathe()
    assert odds.best(state) == "one/1"
    assert odds.good == 1
    assert solve(story, playbook(), Player.WORST).good == 0
    assert solve(story, playbook(), Player.RANDOM).good == 0


def test_nobody_who_only_looks_ahead_goes_round_for_ever() -> None:
    story = small(
        Beat("one", "wary", (Text("?"),), (reply("one/1", "Hm.", "one"), reply("one/2", "Yes.", "settled")))
    )
    assert solve(story, playbook(), Player.BEST).answers == 1
    worst = solve(story, playbook(), Player.WORST)
    assert (worst.good, worst.endings["hung-up"], worst.answers) == (0, 1, 100)
    random = solve(story, playbook(), Player.RANDOM)
    assert random.endings["settled"] == pytest.approx(1)
    assert random.answers == pytest.approx(2)


def test_the_worst_player_cannot_spoil_what_always_ends_well() -> None:
    story = small(Beat("one", "wary", (Text("?"),), (THREE[0], THREE[1])))
    worst = solve(story, playbook(), Player.WORST)
    assert (worst.good, worst.endings["refused"]) == (1, 1)
    assert worst.chance(start(story, playbook())) == 1
    assert worst.best(start(story, playbook())) == "one/2"


@pytest.mark.parametrize("seed", [3, 14, 159, 2653, 58_979])
def test_a_long_simulation_agrees_with_the_chances(seed: int) -> None:
    story, book = random_story(seed, beats=7), rules(seed)
    opening = Random(seed).choice(["", *story.openings])
    odds = solve(story, book, Player.RANDOM, opening=opening)
    pick = Random(seed)
    rounds = 3_000
    ends: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    answers = 0
    for _ in range(rounds):
        state = start(story, book, opening=opening)
        seen = {state.beat}
        while state.ending is None and (done := at_random(state, pick)) is not None:
            state = act(state, done).state
            seen.add(state.beat)
        ends[state.ending or story.lost] += 1
        answers += state.answers
        visits.update(seen)
    margin = 4.5 * 0.5 / rounds**0.5
    for name, chance in odds.endings.items():
        assert ends[name] / rounds == pytest.approx(chance, abs=margin)
    for name, chance in odds.visits.items():
        assert visits[name] / rounds == pytest.approx(chance, abs=margin)
    assert answers / rounds == pytest.approx(odds.answers, rel=0.15, abs=0.05)


@given(SEEDS, st.sampled_from(list(Player)))
@settings(max_examples=80)
def test_chances_add_up_and_hold_for_any_state_of_real_play(seed: int, player: Player) -> None:
    story, book = random_story(seed), rules(seed)
    opening = Random(seed).choice(["", *story.openings])
    odds = solve(story, book, player, opening=opening)
    assert sum(odds.endings.values()) == pytest.approx(1)
    assert 0 <= odds.good <= 1 + 1e-9
    assert all(0 <= chance <= 1 for chance in odds.visits.values())
    state = start(story, book, opening=opening)
    if odds.answers < 30:
        assert odds.chance(state) == pytest.approx(odds.good, abs=1e-3)
    pick = Random(seed)
    for _ in range(12):
        if state.ending is not None:
            assert odds.chance(state) == float(state.over is not None and state.over.kind in GOOD)
            break
        assert 0 <= odds.chance(state) <= 1 + 1e-9
        key = odds.best(state)
        assert key is None or key in {one.reply.key for one in offer(state).replies}
        able = [*doable(state), Breathe()]
        if offer(state).say:
            text = "Maria, thank you so much."
            able.append(Say(Text(text), found(text, ("Maria", "use-name"), ("thank you", "thank"))))
        state = act(state, pick.choice(able)).state


@given(SEEDS)
@settings(max_examples=25)
def test_nobody_does_better_than_best_or_worse_than_worst(seed: int) -> None:
    story, book = random_story(seed, beats=4), rules(seed)
    proof = prove(story, book)
    opening = Random(seed).choice(["", *story.openings])
    good = {player: solve(story, book, player, proof=proof, opening=opening).good for player in Player}
    assert good[Player.WORST] - 1e-9 <= min(good.values())
    assert good[Player.BEST] + 1e-9 >= max(good.values())
    ends: set[tuple[int, int]] = set()
    seen: set[object] = set()
    todo = [start(story, book, opening=opening)]
    while todo and len(seen) < 1_200:
        # The first comes first: so each state is met with the most answers left to it.
        state = todo.pop(0)
        key = (
            state.beat, state.heard, state.composure, tuple(state.vars.items()), state.names, state.said,
            state.breaths > 0, state.steadied, state.presses, state.ending,
        )  # fmt: skip
        if key in seen:
            continue
        seen.add(key)
        if state.over is not None:
            if state.answers < MOST_ANSWERS:
                ends.add(ranked(state))
        else:
            todo.extend(act(state, done).state for done in doable(state, typed=False))
    if not todo and ends:
        assert good[Player.BEST] == (max(ends)[0] > 0)
        assert good[Player.WORST] <= (min(ends)[0] > 0)
        best = start(story, book, opening=opening)
        odds = solve(story, book, Player.BEST, proof=proof, opening=opening)
        while best.ending is None and (done := odds.action(best)) is not None:
            best = act(best, done).state
        assert ranked(best) == max(ends)


def test_the_lengths_of_a_story_by_hand() -> None:
    story = small(
        Beat("one", "wary", (Text("One two."), Text("Three.")), (
            reply("one/1", "Yes.", "settled"), reply("one/2", "No, not so.", "two"),
        )),
        Beat("two", "wary", (Text("Why?"),), (reply("two/1", "Because of it.", "refused"),)),
    )  # fmt: skip
    found = lengths(story, playbook())
    assert (found.shortest, found.longest, found.typical) == (1, 2, pytest.approx(1.5))
    assert (found.words_shortest, found.words_longest, found.words_typical) == (4, 10, pytest.approx(7))


def test_a_story_with_a_loop_has_no_longest_call() -> None:
    found = lengths(scenario(), playbook())
    assert found.longest is None
    assert found.words_longest is None
    assert found.shortest == 2


def test_a_beat_in_a_loop_with_two_ways_in_is_visited_by_each_call_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of all calls come to `two` at once, half of the others by `three`."""
    story = small(
        Beat("one", "wary", (Text("?"),), (reply("one/1", "Hm.", "two"), reply("one/2", "Yes.", "three"))),
        Beat("two", "wary", (Text("?"),), (reply("two/1", "Hm.", "three"), reply("two/2", "Yes.", "settled"))),
        Beat("three", "wary", (Text("?"),), (reply("three/1", "Hm.", "two"), reply("three/2", "Yes.", "settled"))),
    )
    odds = solve(story, playbook(), Player.RANDOM)
    assert odds.visits == {"one": 1, "two": pytest.approx(0.75), "three": pytest.approx(0.75)}
    # Where telling first visits from later ones would take too long, it is the mean of both.
    monkeypatch.setattr(chances, "MOST_VISITED", 1)
    odds = solve(story, playbook(), Player.RANDOM)
    assert odds.visits == {"one": 1, "two": pytest.approx(1), "three": pytest.approx(1)}


@settings(max_examples=60)
@given(SEEDS, st.sampled_from([Player.RANDOM, Player.KIND, Player.BOOK, Player.WORST]))
def test_asked_in_brief_the_chances_are_the_same_and_so_is_what_is_asked_later(seed: int, player: Player) -> None:
    story = random_story(seed)
    whole = solve(story, rules(seed), player)
    brief = solve(story, rules(seed), player, brief=True)
    assert brief.endings == whole.endings
    assert brief.answers == whole.answers
    assert brief.words == whole.words
    assert brief.visits == whole.visits


def test_names_used_round_and_round_count_in_the_chances() -> None:
    """Three uses of the name help by 2, the fourth by nothing, more of them cost 3: 70, 72, 74, 76, 76, 73, 70."""
    story = small(
        Beat(
            "one",
            "wary",
            (Text("?"),),
            (
                reply("one/1", "Maria, hm.", "one", ("Maria", "use-name")),
                reply("one/2", "Yes.", "settled", when="composure >= 73"),
            ),
        )
    )
    proof = prove(story, playbook())
    random = solve(story, playbook(), Player.RANDOM, proof=proof)
    assert values(proof.endings["settled"]) == (73, 74, 76)
    assert random.endings["settled"] == pytest.approx(15 / 16)


def test_cutting_in_can_be_the_best_thing_to_do() -> None:
    story = small(
        Beat(
            "one",
            "furious",
            (Text("Fire."), Text("…")),
            (reply("one/1", "Go on.", "hung-up"),),
            cut_in=Step("settled"),
            cut_in_right=True,
        )
    )
    odds = solve(story, playbook(), Player.BEST)
    assert odds.action(start(story, playbook())) == CutIn()
    assert (odds.good, odds.answers) == (1, 0)


def test_a_chance_is_the_same_whether_bounded_or_not_unless_it_takes_too_long() -> None:
    refused = 0
    for seed in range(60):
        story, book = random_story(seed), rules(seed)
        whole = solve(story, book, Player.RANDOM).good
        assert solve(story, book, Player.RANDOM, most=10**9).good == whole
        try:
            assert solve(story, book, Player.RANDOM, most=40).good == whole
        except TooLongError:
            refused += 1
    assert 0 < refused < 60


def test_where_calls_go_round_in_too_many_ways_less_is_followed_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story, book = random_story(3), rules(3)
    proof = prove(story, book)
    whole = reckon(story, book, proof, Player)
    assert whole.proof is proof
    assert whole.caveats == proof.unproved
    assert {player: odds.endings for player, odds in whole.odds.items()} == {
        player: solve(story, book, player, proof=proof).endings for player in Player
    }
    monkeypatch.setattr(bounded, "MOST_ROUND", 1)
    less = reckon(story, book, proof, (Player.RANDOM, Player.BEST))
    assert less.caveats[0].words.startswith("For the chances and lengths less was followed")
    assert less.caveats[1:] == less.proof.unproved
    assert sum(less.odds[Player.RANDOM].endings.values()) == pytest.approx(1)
