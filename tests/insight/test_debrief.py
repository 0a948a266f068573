"""The solved debrief: every turn beside the best one, and where the call was decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from callcalm.content.library import shipped_folder
from callcalm.content.scenarios import CAP, read_scenario, scenario_id
from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Note, Say
from callcalm.core.call import offer
from callcalm.core.explore.hopes import SAME, Hopes, hopes
from callcalm.core.model import Beat, Part, Scenario, Step, Task
from callcalm.core.playbook import Stance
from callcalm.core.round import Round, begin
from callcalm.core.text import Text
from callcalm.insight.debrief import Debrief, Kind, Verdict, debrief
from callcalm.insight.debrief_words import beside, meaning_lines, turning_head, turning_lines, verdict_lines
from callcalm.intake import read
from callcalm.language import use
from tests.content.small import playbooks, rulebook
from tests.core.explore.stories import doable, random_story, rules
from tests.support import found, playbook, reply, scenario

FILES = sorted(shipped_folder().glob("*/*.toml"))


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def story(*beats: Beat, **changes: object) -> Scenario:
    return scenario(beats={beat.id: beat for beat in beats}, start=beats[0].id, vars={}, **changes)


OPEN = Beat(
    "open",
    "wary",
    (Text("So?"),),
    (
        reply("open/1", "It is policy.", "close", ("It is policy", "rule-wall")),
        reply("open/2", "Thank you for calling.", "close", ("Thank you", "thank")),
        reply("open/3", "Good bye.", "hung-up"),
    ),
    otherwise=Step("close"),
)
CLOSE = Beat(
    "close",
    "wary",
    (Text("And?"),),
    (reply("close/1", "By four.", "settled", ("By four", "by-when")), reply("close/2", "No.", "hung-up")),
)
TWO = story(OPEN, CLOSE)


def played(story_: Scenario, *actions: Action, undone: int = 0, **stances: Stance) -> Round:
    made = begin(story_, playbook(**stances))
    for action in actions:
        made = made.take(action)
    return replace(made, undone=undone)


def told(*actions: Action, **rest: object) -> Debrief:
    return debrief(played(TWO, *actions, **rest))  # type: ignore[arg-type]  # what `played` takes


def test_a_turn_is_put_beside_the_best_one_in_numbers() -> None:
    solved = told(Choose("open/1"), Choose("close/2"))
    first, last = solved.turnings
    assert (first.verdict, last.verdict) == (Verdict.CALMER, Verdict.WORSE)
    assert first.before.likely == pytest.approx((0.75 + 0.25 * 2 / 3) * 0.875, abs=1e-3)
    assert first.best is not None
    assert (first.best.text, first.best.hope.composure, first.after.composure) == (
        "Thank you for calling.",
        73,
        63,
    )
    assert turning_lines(first) == [
        "Chance of a good ending: 80 of 100 before, 88 after.",
        "As likely, and calmer: “Thank you for calling.” Composure 73 instead of 63.",
        "What it does: thank.",
    ]
    assert turning_head(last) == "Answer 2: “No.”"
    assert turning_lines(last) == [
        "Chance of a good ending: 88 of 100 before, none after.",
        "Best by these house rules: “By four.” It leaves a chance of 100 of 100, and composure 67 instead of 63.",
        "What it does: by-when.",
    ]


def test_composure_is_named_only_where_it_would_have_been_another() -> None:
    plain = replace(CLOSE, replies=(reply("close/1", "Here you are.", "settled"), *CLOSE.replies[1:]))
    (_first, last) = debrief(played(story(OPEN, plain), Choose("open/2"), Choose("close/2"))).turnings
    assert last.best is not None
    assert last.best.hope.composure == last.after.composure
    assert turning_lines(last)[1:] == [
        "Best by these house rules: “Here you are.” It leaves a chance of 100 of 100."
    ]


def test_a_point_or_two_of_composure_make_no_answer_better() -> None:
    for gained, verdict in ((4, Verdict.BEST), (5, Verdict.CALMER)):
        plain, calmer = reply("open/1", "So.", "close"), reply("open/2", "Well.", "close")
        both = replace(OPEN, replies=(plain, replace(calmer, composure=gained)))
        (first, _last) = debrief(played(story(both, CLOSE), Choose("open/1"), Choose("close/1"))).turnings
        assert first.verdict is verdict


def test_where_the_call_was_lost_is_told_first() -> None:
    solved = told(Choose("open/1"), Choose("close/2"))
    assert solved.gone is solved.turnings[1]
    assert solved.mattered == (solved.turnings[1],)
    assert verdict_lines(solved) == ["After answer 2 no good ending was possible any more."]
    assert not solved.good


def test_a_round_without_a_fall_says_so() -> None:
    solved = told(Choose("open/2"), Choose("close/1"))
    assert [one.verdict for one in solved.turnings] == [Verdict.BEST, Verdict.BEST]
    assert solved.mattered == ()
    assert "No single answer took much away" in verdict_lines(solved)[0]
    assert "That was the best answer here." in turning_lines(solved.turnings[0])


def test_one_s_own_words_may_do_better_than_anything_on_offer() -> None:
    said = Text("Thank you. I will see to it.")
    own = Say(said, found(said, ("Thank you", "thank"), ("I will see to it", "own-it")), None)
    narrow = story(replace(OPEN, replies=OPEN.replies[2:]), CLOSE)
    (first, _) = debrief(played(narrow, own, Choose("close/1"))).turnings
    assert (first.own, first.verdict) == (True, Verdict.ABOVE)
    assert "Nothing that was on offer would have done as well." in turning_lines(first)


def test_a_call_lost_at_composure_0_ends_with_the_turn_that_did_it() -> None:
    thin = story(OPEN, CLOSE, composure=5)
    solved = debrief(replace(played(thin, Choose("open/1")), coached=True))
    assert solved.gone is solved.turnings[0]
    assert solved.turnings[0].after.composure == 0


def test_a_brittle_player_is_told_of_the_breath() -> None:
    thin = story(OPEN, CLOSE, composure=20)
    solved = debrief(played(thin, Choose("open/1"), Choose("close/2")))
    assert solved.turnings[0].best is not None
    assert solved.turnings[0].best.breath
    assert "a breath first, then “Thank you for calling.”" in " ".join(turning_lines(solved.turnings[0]))


def test_notes_and_listening_are_not_worth_a_line_and_cutting_in_is() -> None:
    parts = story(replace(OPEN, caller=(Text("So?"), Text("Well?"))), CLOSE)
    heard = debrief(played(parts, Note(Text("so")), Listen(), Breathe(), Choose("open/2"), Choose("close/1")))
    assert [one.kind for one in heard.turnings] == [Kind.ANSWER, Kind.ANSWER]
    assert [one.index for one in heard.turnings] == [3, 4]
    cut = debrief(played(parts, CutIn(), Choose("open/2"), Choose("close/1")))
    assert [one.kind for one in cut.turnings] == [Kind.CUT_IN, Kind.ANSWER, Kind.ANSWER]
    assert (cut.turnings[0].verdict, cut.turnings[0].answer) == (Verdict.CALMER, 1)
    assert "to hear them out" in " ".join(turning_lines(cut.turnings[0]))


def test_listening_on_where_danger_calls_for_cutting_in_is_told() -> None:
    help_ = Beat("help", "wary", (Text("Now!"),), (reply("help/1", "I am on my way.", "settled"),))
    danger = replace(OPEN, caller=(Text("My chest"), Text("hurts.")), cut_in=Step("help"), cut_in_right=True)
    late = story(replace(danger, replies=OPEN.replies[2:], otherwise=None), help_)
    solved = debrief(played(late, Listen(), Choose("open/3")))
    assert solved.turnings[0].kind is Kind.LISTEN
    assert solved.gone is solved.turnings[0]
    assert "to cut in here" in " ".join(turning_lines(solved.turnings[0]))


def test_a_composed_answer_is_told_in_its_words() -> None:
    task = Task(
        2,
        ("pacer.prepare", "pacer.announce"),
        "settled",
        (
            Part(Text("It is no."), "pacer.announce"),
            Part(Text("I wish I had better news."), "pacer.prepare"),
            Part(Text("Well."), None),
        ),
    )
    letter = story(Beat("letter", "wary", (Text("So?"),), compose=task, otherwise=Step("hung-up")))
    (only,) = debrief(played(letter, Compose((0, 1)))).turnings
    assert only.text == "It is no. I wish I had better news."
    assert only.best is not None
    assert only.best.text == "I wish I had better news. It is no."
    assert only.verdict is Verdict.WORSE


def test_a_turn_on_which_the_schools_differ_calls_nothing_the_one_best() -> None:
    books = (playbook("one", thank=Stance.ENDORSE), playbook("two", thank=Stance.FORBID))
    solved = debrief(played(TWO, Choose("open/2"), Choose("close/1")), books)
    assert [one.contested for one in solved.turnings] == [True, False]
    assert "by these house rules only" in turning_lines(solved.turnings[0])[-1]
    marked = debrief(played(story(replace(OPEN, contested=True), CLOSE), Choose("open/3")))
    assert marked.turnings[0].contested


def test_the_numbers_are_explained_and_what_is_left_open_is_said() -> None:
    lived = played(TWO, Choose("open/2"), Choose("close/1"), undone=2)
    whole = " ".join(meaning_lines(debrief(lived)))
    assert "64 of 100" in whole
    assert "core" in whole
    assert "What you took back is not counted here." in whole
    assert "too large" not in whole
    graph = hopes(TWO, lived.opening.playbook)._graph
    rough = debrief(lived, solved=Hopes(graph, ("Something was not followed.",)))
    assert "too large" in " ".join(meaning_lines(rough))


def test_an_encounter_too_large_to_follow_is_debriefed_as_far_as_that_goes() -> None:
    rough = 0
    for seed in range(60):
        made, house = random_story(seed), rules(seed)
        lived, pick = begin(made, house), Random(seed)
        while lived.state.ending is None and (able := doable(lived.state)):
            lived = lived.take(pick.choice(able))
        if lived.state.ending is not None:
            shown = debrief(lived, solved=hopes(made, house, limit=12))
            rough += not shown.complete
            assert all(turning_lines(one) for one in shown.turnings)
    assert rough


def test_only_a_finished_call_is_debriefed() -> None:
    with pytest.raises(ValueError, match="once it is over"):
        debrief(played(TWO, Choose("open/2")))


def test_two_ways_are_put_side_by_side() -> None:
    lived = played(TWO, Choose("open/1"), Choose("close/2"))
    other = played(TWO, Choose("open/2"), Choose("close/1"))
    both = beside(lived, other, 1)
    assert both.lines == ((70, 70), (63, 73), (63, 77))
    assert "lost" in both.told[0]
    assert "resolved" in both.told[1]
    assert "better for the caller" in both.told[2]
    shorter = beside(lived, played(TWO, Choose("open/3")), 1)
    assert shorter.lines[-1] == (63, None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_encounter_can_be_debriefed(path: Path) -> None:
    scenario_ = read_scenario(read(path, CAP), scenario_id(path), rulebook(), playbooks()).scenario
    rules = playbooks()[scenario_.playbook]
    solved = hopes(scenario_, rules)
    for seed in range(3):
        lived, pick = begin(scenario_, rules), Random(seed)
        while lived.state.ending is None:
            lived = lived.take(_any(lived, pick))
        shown = debrief(lived, tuple(playbooks().values()), solved=solved)
        assert shown.complete
        assert shown.turnings
        assert verdict_lines(shown)
        for one in shown.turnings:
            assert turning_head(one)
            assert turning_lines(one)
            if one.kind is Kind.ANSWER and one.best is not None:
                best = one.best.hope
                assert (best.can, best.settles) >= (one.after.can, one.after.settles)
                if (best.can, best.settles) == (one.after.can, one.after.settles):
                    assert best.likely >= one.after.likely - SAME


def _any(lived: Round, pick: Random) -> Action:
    now = offer(lived.state)
    if now.listen:
        return pick.choice((Listen(), Listen(), CutIn()))
    if now.task is not None:
        return Compose(tuple(pick.sample(range(len(now.task.parts)), now.task.pick)))
    able = [one.reply.key for one in now.replies if not one.locked]
    return Choose(pick.choice(able)) if able else Breathe()
