"""Replay codes: what is written comes back, and what is none is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.actions import Breathe, Choose, Compose, CutIn, Listen, Note, Say
from callcalm.core.model import CheckStep
from callcalm.core.replaycode import LONGEST_CODE, BadCode, ReplayCode, code_of, decode, encode, step_of
from callcalm.core.round import begin
from callcalm.core.text import Text, safe
from tests.content.small import opened, playbooks

STEPS = st.one_of(
    st.sampled_from(["listen", "cut-in", "breathe"]).map(CheckStep),
    st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5})?", fullmatch=True).map(
        lambda word: CheckStep("reply", reply=word)
    ),
    st.lists(st.integers(0, 11), min_size=1, max_size=9).map(
        lambda parts: CheckStep("compose", parts=tuple(parts))
    ),
    st.text(min_size=1, max_size=40)
    .map(lambda words: CheckStep("say", say=safe(words, multiline=False)))
    .filter(lambda step: step.say != ""),
)


@given(st.lists(STEPS, max_size=20), st.sampled_from(["two-bills", "été 2.1", "a:b~c"]), st.integers(0, 2**31))
def test_a_code_comes_back_as_it_was(steps: list[CheckStep], name: str, seed: int) -> None:
    code = ReplayCode(name, "3f2a9c1b", "core", seed, tuple(steps))
    line = encode(code)
    assert not set(line) & set(" \n\t'\"$`\\")
    assert decode(line) == code
    assert decode(f"  {line[:9]}\n  {line[9:]} ") == code


def test_every_action_but_a_note_is_a_step() -> None:
    actions = [
        Choose("opening/stay"),
        Say(Text("Hello.")),
        Compose((1, 0)),
        Listen(),
        CutIn(),
        Breathe(),
        Note(Text("x")),
    ]
    kinds = [step.kind if (step := step_of(action)) else None for action in actions]
    assert kinds == ["reply", "say", "compose", "listen", "cut-in", "breathe", None]


def test_the_code_of_a_round_names_its_scenario_and_steps() -> None:
    scenario = opened().scenario
    played = (
        begin(scenario, playbooks()["core"], 7)
        .take(Listen())
        .take(Note(Text("my own")))
        .take(Choose("opening/stay"))
    )
    assert encode(code_of(played)) == f"cc1:{scenario.id}:{scenario.digest[:8]}:core:7:L.stay"
    assert code_of(played).fits(scenario.digest)
    assert not code_of(played).fits("0" * 16)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "begins with"),
        ("cc2:a:3f:core:0:L", "begins with"),
        ("cc1:a:3f:core:0", "6 parts"),
        ("cc1::3f:core:0:L", "no scenario"),
        ("cc1:a:zz:core:0:L", "digest"),
        ("cc1:a:3f:core:x:L", "seed"),
        ("cc1:a:3f:core:٣:L", "seed"),
        ("cc1:a:3f:core:0:L.?.X", "step 2"),
        ("cc1:a:3f:core:0:P0-", "step 1"),
        ("cc1:a:3f:core:0:" + "L." * 2_000 + "L", "steps"),
        ("x" * (LONGEST_CODE + 1), "longer"),
    ],
)
def test_what_is_no_code_is_refused_with_its_place(line: str, says: str) -> None:
    with pytest.raises(BadCode, match=says):
        decode(line)


def test_a_hostile_code_cannot_reach_the_terminal_raw() -> None:
    with pytest.raises(BadCode) as bad:
        decode("cc1:a:3f:core:0:\x1b]0;x\x07")
    assert "\x1b" not in str(bad.value)
    assert "\x1b" not in decode("cc1:a%1B[2J:3f:core:0:T%1B[2J").scenario
