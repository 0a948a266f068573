"""The re-read, the reveal, the transcript and the sentences: what they say of a known round."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from callcalm import language
from callcalm.content.library import shipped_folder
from callcalm.content.scenarios import CAP, read_scenario, scenario_id
from callcalm.core.actions import Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note, Say
from callcalm.core.call import act, offer
from callcalm.core.composure import Level, Seen
from callcalm.core.events import ComposureChanged
from callcalm.core.model import Channel, EndingKind
from callcalm.core.moves import Effect, Factor, Phase
from callcalm.core.playbook import Stance
from callcalm.core.price import PriceSheet
from callcalm.core.round import Round, begin
from callcalm.core.text import Text
from callcalm.insight import wording
from callcalm.insight.reread import reread
from callcalm.insight.reveal import reveal
from callcalm.insight.transcript import transcript
from callcalm.intake import read
from tests.content.small import playbooks, rulebook
from tests.support import REGISTRY, found, playbook, scenario

MISTAKE = "We made a mistake."


def played(*actions: object) -> Round:
    round_ = begin(scenario(), playbook())
    for action in actions:
        round_ = round_.take(action)  # type: ignore[arg-type]  # actions, all of them
    return round_


def finished() -> Round:
    return played(
        Note(Text("scan in october")),
        Listen(),
        Breathe(),
        CutIn(),
        Choose("opening/1"),
        Choose("walls/1"),
        Choose("heard/3"),
    )


def test_the_reread_goes_answer_by_answer_from_the_callers_side() -> None:
    first, second, third = reread(finished())
    assert first.caller == ("Finally. A human.", "I was charged twice.")
    assert (first.cut_off, first.breaths, first.mood) == (1, 1, "furious")
    assert (first.text, first.own) == ("Why did you wait?", False)
    assert [(m.move, first.text[m.start : m.end], m.effect) for m in first.marks] == [
        ("blame.why-you", "Why did you", Effect.COSTS)
    ]
    assert [seen.move for seen in first.unmarked] == ["breathe.first", "cut-in"]
    assert first.heard == "why blame.why-you"
    assert (second.caller, second.phases) == (("Excuse me?",), (Phase.HEART,))
    assert second.after - second.before == 3
    assert third.mood == "wary"


def test_a_pressed_answer_and_a_composed_one_are_told() -> None:
    round_ = played(
        Listen(), Listen(), Choose("opening/1"), Say(Text("Hm.")), Choose("walls/1"), Choose("heard/2")
    )
    answers = reread(round_)
    assert answers[1].pressed == "I asked you a question."
    assert answers[1].own
    assert answers[2].caller == ("I asked you a question.",)
    composed = reread(round_.take(Compose((0, 1))))[-1]
    assert (composed.missing, composed.in_order) == ((), False)
    assert [seen.move for seen in composed.unmarked][-1] == "order.mixed"


def test_the_reveal_sets_the_sheets_side_by_side_with_evidence() -> None:
    own = PriceSheet(got=False, fair=20, respect=4, effort=0)
    shown = reveal(finished(), own, [playbook()])
    rows = {row.key: row for row in shown.rows}
    assert list(rows) == ["result", *Factor]
    assert (rows["result"].own, rows["result"].reference, rows["result"].gap) == (20, 12, 8)
    assert (rows["respect"].own, rows["respect"].reference) == (4, -1)
    assert any("Why did you" in line and "−3" in line for line in rows["respect"].evidence)
    assert shown.own_total == own.total
    assert shown.reference_total == sum(row.reference for row in shown.rows)
    assert [m.move for m in shown.cost] == ["blame.why-you", "rule-wall", "cut-in"]
    assert shown.cost[0].instead == "instead of blame.why-you"
    assert [m.amount for m in shown.earned] == sorted((m.amount for m in shown.earned), reverse=True)
    assert shown.notes == (("Maria Alvarez", False), ("scan on 14 October", True), ("charged twice", False))
    assert any("never used" in remark for remark in shown.remarks)
    assert any("Heart came before head" in remark for remark in shown.remarks)


def test_the_reasons_of_a_row_add_up_or_it_says_why_not() -> None:
    path = shipped_folder() / "en" / "lost-referral.toml"
    story = read_scenario(read(path, CAP), scenario_id(path), rulebook(), playbooks()).scenario
    short = 0
    for seed in range(40):
        lived, pick = begin(story, playbooks()["core"]), Random(seed)
        while lived.state.ending is None:
            replies = [one.reply.key for one in offer(lived.state).replies if not one.locked]
            lived = lived.take(Choose(pick.choice(replies)) if replies else Listen())
        for row in reveal(lived, PriceSheet(got=True), []).rows[1:]:
            told = [line for line in row.evidence if "at most" in line or "the scale ends" in line]
            reasons = [line for line in row.evidence if line not in told]
            points = sum(int(re.findall(r"\(([+−]?\d+)\)", line)[-1].replace("−", "-")) for line in reasons)
            assert (points == row.reference) is not bool(told), row
            short += bool(told)
    assert short, "else this shows nothing"


def test_a_contested_move_shows_each_school_that_speaks_of_it() -> None:
    say = Say(Text(MISTAKE), found(MISTAKE, (MISTAKE, "apology.institution")))
    round_ = played(Listen(), Listen(), say, Choose("heard/3"))
    books = [
        playbook("core", apology_institution=Stance.NEUTRAL),
        playbook("rescue", apology_institution=Stance.ALLOW),
        playbook("callmed-fr", apology_institution=Stance.FORBID),
        playbook("silent"),
    ]
    (contest,) = reveal(round_, PriceSheet(got=False), books).contests
    assert [(school, stance) for school, stance, _why in contest.readings] == [
        ("core", "takes no side"),
        ("rescue", "allows it"),
        ("callmed-fr", "forbids it"),
    ]
    assert reveal(round_, PriceSheet(got=False), books[:2]).contests == ()


def test_a_turn_marked_as_contested_shows_what_it_turns_on_though_the_answer_kept_clear_of_it() -> None:
    books = [
        playbook("rescue", apology_institution=Stance.ALLOW),
        playbook("callmed-fr", apology_institution=Stance.FORBID),
    ]
    base = scenario()
    opening = base.beats["opening"]
    sorry = replace(
        opening.replies[2], say=Text(MISTAKE), findings=found(MISTAKE, (MISTAKE, "apology.institution"))
    )
    for marked in (True, False):
        beat = replace(opening, contested=marked, replies=(*opening.replies, replace(sorry, key="opening/6")))
        round_ = begin(replace(base, beats={**base.beats, "opening": beat}), playbook())
        for action in (Listen(), Listen(), Choose("opening/warm"), Choose("heard/3")):
            round_ = round_.take(action)
        shown = reveal(round_, PriceSheet(got=False), books).contests
        assert [(one.answer, one.quote, one.name) for one in shown] == [(1, "", "apology institution")] * marked


def test_cutting_in_rightly_is_no_fault_in_the_reread() -> None:
    base = scenario()
    opening = replace(base.beats["opening"], cut_in_right=True)
    round_ = begin(replace(base, beats={**base.beats, "opening": opening}), playbook())
    round_ = round_.take(CutIn()).take(Choose("opening/1"))
    (first,) = reread(round_)
    assert (first.cut_off, [seen.move for seen in first.unmarked]) == (0, [])
    assert "rightly" in wording.cut_in_rightly()


def test_coaching_undoing_and_name_overuse_are_remarked() -> None:
    round_ = replace(finished().undo().take(Choose("heard/3")), coached=True)
    remarks = " ".join(reveal(round_, PriceSheet(got=False), [playbook()]).remarks)
    assert "coached" in remarks
    assert "1 action was taken back" in remarks
    named = replace(round_, turns=(replace(round_.turns[-1], state=replace(round_.state, names=6)),))
    assert "6 times" in " ".join(reveal(named, PriceSheet(got=False), [playbook()]).remarks)


def test_a_call_that_is_not_over_has_no_reveal() -> None:
    with pytest.raises(ValueError, match="over"):
        reveal(played(Listen()), PriceSheet(got=False), [])


def test_the_transcript_holds_what_was_said_scored_noted_and_planned() -> None:
    text = transcript(finished(), PriceSheet(got=False, fair=20), "ask before I explain")
    for piece in (
        "# A test call",
        "**Maria** (furious): Finally. A human. I was charged twice.",
        "**You**: Why did you wait?",
        "- “Why did you”: blame why-you",
        "| Result | +20 | +12 |",
        "- scan in october",
        "Next real call I will: ask before I explain",
    ):
        assert piece in text
    assert "PRICE" not in transcript(played(Listen()))


def test_the_composure_sentence_names_the_strongest_reasons_with_costs_first() -> None:
    reasons = (
        Seen("thank", 3, 2, "Thanks", 1),
        Seen("own-it", 6, 2, "I will stay", 1),
        Seen("tone.bright", -5, 2, "", 1),
        Seen("rule-wall", -6, 2, "policy", 1),
    )
    line = wording.composure_line(ComposureChanged(50, 46, reasons, -2), REGISTRY)
    assert line == (
        "Composure 46 of 100, down 4: “policy”: rule-wall (−6); “I will stay”: own-it (+6); tone bright (−5); "
        "how it lands here (−2)."
    )
    assert wording.composure_line(ComposureChanged(50, 50, ()), REGISTRY) == "Composure stays at 50 of 100."


def test_every_word_of_the_core_has_a_sentence_in_both_languages() -> None:
    reasons = [
        "over", "not-on-offer", "changed", "locked", "listen-first", "nothing-to-hear", "empty", "too-long",
        "too-many-notes", "no-typing", "bad-parts",
    ]  # fmt: skip
    doc = IllegalAction.__doc__ or ""
    assert all(reason in doc for reason in reasons)
    for code in language.LANGUAGES:
        language.use(code)
        words = [wording.level_word(x) for x in Level] + [wording.channel_word(x) for x in Channel]
        words += [wording.kind_word(x) for x in EndingKind] + [wording.phase_word(x) for x in Phase]
        words += [wording.factor_name(x) for x in Factor] + [wording.factor_question(x) for x in Factor]
        words += [wording.stance_word(x) for x in Stance] + [wording.refusal(x) for x in reasons]
        words += [wording.gap_words(n) for n in (-2, -1, 0, 1, 2)]
        assert all(words)
    language.use("en")


def test_unknown_moves_and_moods_are_shown_by_their_id() -> None:
    assert wording.move_name("old.move", REGISTRY) == "old.move"
    assert wording.mood_word("peckish", REGISTRY) == "peckish"


def test_an_engine_refusal_is_always_worded() -> None:
    state = begin(scenario(), playbook()).state
    with pytest.raises(IllegalAction) as refusal:
        act(state, Choose("opening/1"))
    assert wording.refusal(refusal.value.reason)
