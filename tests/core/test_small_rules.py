"""Safe text, the meter, stances and schools, notes, phases, and a round's undo and replay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.actions import Choose, IllegalAction, Listen, Note, Say
from callcalm.core.composure import Level, Seen, held, level
from callcalm.core.model import Caller, Reply, Scenario
from callcalm.core.moves import Phase
from callcalm.core.notes import caught, to_catch
from callcalm.core.phases import heart_came_first, phases
from callcalm.core.playbook import Stance, contested, readings, share
from callcalm.core.round import begin, replay
from callcalm.core.text import MAX_LINE, Text, let_go, safe, unsafe
from callcalm.core.text import held as held_together
from tests.support import HOSTILE, REGISTRY, playbook, reply, scenario


@given(st.text())
def test_safe_text_holds_nothing_unsafe_and_is_stable(raw: str) -> None:
    clean = safe(raw)
    assert not unsafe().search(clean)
    assert safe(clean) == clean


def test_safe_text_shows_where_something_stood() -> None:
    assert safe("a\x1b]52;c;x\x07b\u202ec") == "a\ufffd]52;c;x\ufffdb\ufffdc"
    assert safe("a\tb\r\nc\rd") == "a    b\nc\nd"
    assert safe("a\nb", multiline=False) == "a b"
    assert safe("e" + "\u0301" * 200) == "e" + "\u0301" * 4
    assert len(safe("x" * (MAX_LINE + 5))) == MAX_LINE
    assert safe("👩\u200d⚕️ naïve «\u00a0oui\u00a0»") == "👩\u200d⚕️ naïve «\u00a0oui\u00a0»"
    assert "\x1b" not in safe(HOSTILE)


def test_text_held_together_breaks_neither_before_a_french_mark_nor_after_a_guillemet() -> None:
    said = "Encore ? Non ! Et « en cours » : je garde ; voilà. Yes? No!"
    parts = held_together(said).split(" ")
    kept = ["Encore ?", "Non !", "Et", "« en", "cours » :", "je", "garde ;", "voilà.", "Yes?", "No!"]
    assert [let_go(part) for part in parts] == kept
    assert let_go(held_together(said)) == said


def test_the_meter_has_five_words() -> None:
    assert [level(n) for n in (100, 70, 69, 50, 49, 25, 24, 1, 0)] == [
        Level.STEADY, Level.STEADY, Level.TENSE, Level.TENSE, Level.STRAINED,
        Level.STRAINED, Level.BRITTLE, Level.BRITTLE, Level.LOST,
    ]  # fmt: skip
    assert (held(-3), held(130), held(55)) == (0, 100, 55)


@pytest.mark.parametrize(
    ("points", "halves", "result"), [(5, 1, 3), (-5, 1, -3), (4, 1, 2), (0, 2, 0), (3, -1, -2)]
)
def test_half_points_round_away_from_nothing(points: int, halves: int, result: int) -> None:
    assert share(points, halves) == result


def test_schools_differ_and_say_so() -> None:
    books = [
        playbook("core", apology_institution=Stance.NEUTRAL),
        playbook("rescue", apology_institution=Stance.ENDORSE),
        playbook("callmed-fr", apology_institution=Stance.FORBID),
        playbook("silent"),
    ]
    assert contested("apology.institution", books)
    assert not contested("thank", books)
    assert [r.playbook.id for r in readings("apology.institution", books)] == ["core", "rescue", "callmed-fr"]
    heir = playbook("heir")
    heir = replace(heir, positions=books[1].positions)
    assert readings("apology.institution", [heir]) == ()
    assert books[0].points("no-such-move") == 0
    assert books[3].position("rule-wall").stance is Stance.FORBID
    assert books[3].position("thank").stance is Stance.ENDORSE


@pytest.mark.parametrize(
    ("note", "holds"),
    [
        ("Alvarez", (True, False, False)),
        ("scan 14 oct", (False, True, False)),
        ("CHARGED TWICE!!", (False, False, True)),
        ("twice", (False, False, True)),
        ("14", (False, False, False)),
        ("was the on", (False, False, False)),
        ("maria alvarez scan october twice charged", (True, True, True)),
        ("", (False, False, False)),
    ],
)
def test_notes_catch_facts_by_their_words(note: str, holds: tuple[bool, ...]) -> None:
    assert caught([note], scenario().caller) == holds


def test_notes_do_not_mind_accents() -> None:
    caller = Caller(Text("Mme Lefèvre"), (), Text(""), (Text("rendez-vous annulé deux fois"),))
    assert to_catch(caller)[0] == "Mme Lefèvre"
    assert caught(["lefevre", "annule deux fois"], caller) == (True, True)


def test_phases_are_read_from_helping_moves() -> None:
    seen = [
        Seen("rule-wall", -7, 2, "", 1),
        Seen("thank", 3, 2, "", 2),
        Seen("own-it", 6, 2, "", 2),
        Seen("by-when", 4, 2, "", 3),
        Seen("listen", 2, 2, "", 9),
        Seen("unknown", 2, 2, "", 1),
    ]
    order = phases(seen, 3, REGISTRY)
    assert order == ((), (Phase.HEART, Phase.HEAD), (Phase.HEAD,))
    assert heart_came_first(order) is True
    assert heart_came_first(order[2:]) is False
    assert heart_came_first(((), ())) is None


def test_undo_takes_back_one_action_and_is_marked() -> None:
    fresh = begin(scenario(), playbook())
    round_ = fresh.take(Listen()).take(Listen()).take(Choose("opening/1"))
    back = round_.undo()
    assert (len(back.turns), back.undone, back.state.beat) == (2, 1, "opening")
    assert fresh.undo() == fresh
    assert round_.actions[-1] == Choose("opening/1", "Why did you wait?")


def test_replay_plays_the_longest_valid_prefix() -> None:
    round_ = begin(scenario(), playbook())
    for action in (Note(Text("hm")), Listen(), Listen(), Choose("opening/warm"), Choose("heard/2")):
        round_ = round_.take(action)
    base = scenario()
    opening = base.beats["opening"]
    warm = reply("opening/warm", "Reworded, same id.", "heard")
    beats = {**base.beats, "opening": type(opening)(opening.id, opening.mood, opening.caller, (warm,))}
    heard = base.beats["heard"]
    beats["heard"] = type(heard)(
        heard.id, heard.mood, heard.caller, (reply("heard/2", "Another line.", "wording"),)
    )
    again = replay(begin(scenario(beats=beats), playbook()), round_.actions)
    assert (again.stopped_at, again.reason) == (4, "changed")
    assert again.round.state.beat == "heard"
    shorter = {"opening": type(opening)(opening.id, opening.mood, opening.caller[:1], opening.replies)}
    assert replay(begin(scenario(beats={**base.beats, **shorter}), playbook()), round_.actions).stopped_at == 1


@pytest.mark.parametrize("keys", [("opening/1", "opening/ask"), ("opening/ask", "opening/1")])
def test_a_round_survives_that_its_replies_get_ids_lose_them_or_move(keys: tuple[str, str]) -> None:
    base = scenario()
    opening = base.beats["opening"]

    def with_replies(*replies: Reply) -> Scenario:
        return scenario(
            beats={**base.beats, "opening": replace(opening, caller=opening.caller[:1], replies=replies)}
        )

    (was, now), why = keys, "Why did you wait?"
    other = reply("opening/other", "Something else.", "opening")
    old = begin(with_replies(reply(was, why, "heard"), other), playbook()).take(Choose(was))
    named = replay(begin(with_replies(reply(now, why, "heard"), other), playbook()), old.actions)
    assert (named.stopped_at, named.round.state.beat) == (None, "heard")
    moved = with_replies(other, reply("opening/2", why, "heard"))
    again = replay(begin(moved, playbook()), old.actions)
    assert (again.stopped_at, again.round.actions) == (None, (Choose("opening/2", why),))


def test_a_number_stands_for_its_place_where_no_words_say_which_reply_it_was() -> None:
    base = scenario()
    opening = base.beats["opening"]
    asked = reply("opening/ask", "Why did you wait?", "heard")
    changed = replace(opening, caller=opening.caller[:1], replies=(asked,))
    fresh = begin(scenario(beats={**base.beats, "opening": changed}), playbook())
    typed = replay(fresh, [Say(Text("Why?"), (), "opening/1")])
    assert (typed.stopped_at, typed.round.state.beat) == (None, "heard")
    assert replay(fresh, [Choose("opening/1", "Other words.")]).reason == "changed"
    assert replay(fresh, [Choose("opening/2")]).reason == "not-on-offer"
    assert replay(fresh, [Choose("opening/²")]).reason == "not-on-offer"


def test_an_illegal_action_says_why() -> None:
    with pytest.raises(IllegalAction, match="listen-first"):
        begin(scenario(), playbook()).take(Choose("opening/1"))
