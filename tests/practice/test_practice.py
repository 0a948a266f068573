"""A round as it is lived: every step saved, nothing skipped, and back again after anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from callcalm.content.library import UnknownScenario
from callcalm.core.actions import Breathe, Choose, IllegalAction, Listen, Note, Say
from callcalm.core.moves import Factor
from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.intake.problems import BadFile
from callcalm.practice.desk import Desk, UnknownPlaybook
from callcalm.practice.leaving import last_word
from callcalm.practice.round import Practice, Stage
from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave, Reason
from tests.content.small import SMALL
from tests.support import HOSTILE
from tests.world import desk


def played(at: Desk) -> Practice:
    """A round whose call is over."""
    practice = at.begin("test-call")
    practice.go(Stage.CALL)
    practice.take(Note(Text("scan october")))
    practice.take(Listen())
    practice.take(Choose("opening/own"))
    practice.take(Choose("heard/by-four"))
    return practice


def resumed(folder: Path) -> Practice:
    """The round in progress as another start of callcalm finds it."""
    at = desk(folder)
    record = at.waiting()
    assert record is not None
    practice = at.resume(record)
    left(at)
    return practice


def left(at: Desk) -> None:
    at.store.close()


def test_a_whole_round_is_in_the_save(tmp_path: Path) -> None:
    at = desk(tmp_path)
    practice = played(at)
    practice.go(Stage.REREAD)
    practice.go(Stage.PRICE)
    practice.sketch(PriceSheet().answered(True).scored(Factor.RESPECT, 4))
    practice.confirm()
    assert practice.stage is Stage.REVEAL
    practice.go(Stage.TRANSFER)
    practice.finish("say by when  \x1b[2J")
    assert (practice.stage, practice.trouble) == (Stage.DONE, None)
    (record,) = desk(tmp_path / ".").store.rounds()
    assert (record.scenario, record.ending, record.kind) == ("test-call", "settled", "resolved")
    assert record.own is not None
    assert (record.own.got, record.own.respect) == (True, 4)
    assert record.reference is not None
    assert record.transfer == "say by when  \ufffd[2J"
    assert record.facts == ("scan on 14 October",)
    assert [promise.what for promise in record.promises] == ["settle the double charge"]
    assert "own-it" in [move.move for move in record.moves]
    assert at.waiting() is None


@pytest.mark.parametrize("stage", [Stage.CALL, Stage.REREAD, Stage.PRICE, Stage.REVEAL, Stage.TRANSFER])
def test_leaving_at_any_step_comes_back_to_it(tmp_path: Path, stage: Stage) -> None:
    at = desk(tmp_path)
    practice = played(at)
    for step in (Stage.REREAD, Stage.PRICE):
        practice.go(step)
        if step is stage:
            break
    if stage in {Stage.REVEAL, Stage.TRANSFER}:
        practice.sketch(PriceSheet().answered(False).judged_fair(7))
        practice.confirm()
        practice.go(stage)
    if stage is Stage.CALL:
        practice.undo()
    state, sheet = practice.round.state, practice.own
    left(at)
    back = resumed(tmp_path)
    assert back.stage is stage
    assert back.round.state == state
    assert back.own == sheet
    assert back.notice == ""
    assert back.round.undone == practice.round.undone


def test_a_draft_of_the_sheet_comes_back_unlocked(tmp_path: Path) -> None:
    at = desk(tmp_path)
    practice = played(at)
    practice.go(Stage.PRICE)
    practice.sketch(PriceSheet().answered(False).judged_fair(7).scored(Factor.EFFORT, -3))
    left(at)
    back = resumed(tmp_path)
    assert back.draft == practice.draft
    assert back.own is None


def test_a_confirmed_sheet_is_locked(tmp_path: Path) -> None:
    practice = played(desk(tmp_path))
    practice.go(Stage.PRICE)
    with pytest.raises(ValueError, match="not answered"):
        practice.confirm()
    practice.sketch(PriceSheet().answered(True))
    practice.confirm()
    own = practice.own
    practice.sketch(PriceSheet().answered(False))
    assert practice.own == own
    assert not practice.undo()


def test_no_step_can_be_jumped(tmp_path: Path) -> None:
    practice = desk(tmp_path).begin("test-call")
    for stage in (Stage.REREAD, Stage.PRICE, Stage.REVEAL, Stage.TRANSFER):
        with pytest.raises(ValueError, match="comes after"):
            practice.go(stage)
    with pytest.raises(ValueError, match="not confirmed"):
        practice.finish()


def test_typed_answers_are_read_and_taken_for_the_nearest_reply(tmp_path: Path) -> None:
    practice = desk(tmp_path).begin("test-call")
    practice.go(Stage.CALL)
    with pytest.raises(IllegalAction, match="listen-first"):
        practice.say("hello")
    practice.take(Listen())
    with pytest.raises(IllegalAction, match="empty"):
        practice.say(" \t ")
    with pytest.raises(IllegalAction, match="too-long"):
        practice.say("x" * 1_001)
    turn, match = practice.say("Two charges for one scan, Maria. I'll stay on this until it's settled.")
    assert match.reply == "opening/own"
    assert "Taken as" in match.why
    assert turn.state.beat == "heard"


def test_a_typed_answer_near_nothing_is_said_to_be(tmp_path: Path) -> None:
    practice = desk(tmp_path).begin("test-call")
    practice.take(Listen())
    _turn, match = practice.say("The weather in Lisbon is lovely in May.")
    assert match.reply is None
    assert "still waiting" in match.why


def test_hostile_words_are_made_safe_before_they_are_kept(tmp_path: Path) -> None:
    at = desk(tmp_path, player=HOSTILE)
    practice = at.begin("test-call")
    practice.take(Listen())
    turn, _match = practice.say(HOSTILE)
    assert "\x1b" not in str(turn)
    left(at)
    for path in tmp_path.glob("*.toml"):
        assert b"\x1b" not in path.read_bytes()


def test_an_edited_scenario_brings_back_the_longest_part_that_fits(tmp_path: Path) -> None:
    at = desk(tmp_path)
    played(at)
    left(at)
    file = tmp_path / "scenarios" / "test-call.toml"
    text = file.read_text(encoding="utf-8")
    renamed = text.replace('id = "by-four"', 'id = "at-five"')
    file.write_text(renamed, encoding="utf-8")
    assert "still fits" in resumed(tmp_path).notice, "it is known by its words"
    file.write_text(renamed.replace("I will call you by four", "I will ring by five"), encoding="utf-8")
    back = resumed(tmp_path)
    assert back.stage is Stage.CALL
    assert back.round.state.beat == "heard"
    assert "1 action short" in back.notice
    file.write_text(text.replace("Excuse me?", "Pardon me?"), encoding="utf-8")
    assert "still fits" in resumed(tmp_path).notice


def test_own_words_that_went_by_the_number_of_an_answer_may_go_elsewhere_now_which_is_told(tmp_path: Path) -> None:
    at = desk(tmp_path)
    file = tmp_path / "scenarios" / "test-call.toml"
    named = file.read_text(encoding="utf-8")
    bare = re.sub(r'^id = "[a-z-]+"\n', "", named, flags=re.MULTILINE)
    bare = bare[: bare.index("[[checks]]")]
    file.write_text(bare, encoding="utf-8")
    practice = at.begin("test-call")
    practice.go(Stage.CALL)
    practice.take(Listen())
    practice.take(Say(Text("I will stay on this."), (), "opening/2"))
    left(at)
    assert resumed(tmp_path).round.state.beat == "heard"
    first, second = bare.index("[[beats.opening.replies]]"), bare.index("[beats.walls]")
    one, *others = bare[first:second].rstrip().split("\n\n")
    file.write_text("\n\n".join([bare[:first] + others[0], one, *others[1:], bare[second:]]), encoding="utf-8")
    back = resumed(tmp_path)
    assert back.round.state.beat == "walls"
    assert "by their number" in back.notice


def test_a_scenario_that_is_gone_leaves_the_call_where_it_can_be_found(tmp_path: Path) -> None:
    at = desk(tmp_path)
    played(at)
    left(at)
    (tmp_path / "scenarios" / "test-call.toml").unlink()
    (tmp_path / "scenarios" / "other.toml").write_text("format = 1\n", encoding="utf-8")
    at = Desk.open(saves=tmp_path)
    record = at.waiting()
    assert record is not None
    with pytest.raises(UnknownScenario):
        at.resume(record)
    assert ".kept-" in at.keep_aside()
    assert at.waiting() is None
    assert len(list(tmp_path.glob("*.kept-*"))) == 1


def test_beginning_another_call_keeps_the_one_that_waits(tmp_path: Path) -> None:
    at = desk(tmp_path)
    played(at)
    practice = at.begin("test-call")
    assert ".kept-" in practice.notice
    assert len(list(tmp_path.glob("*.kept-*"))) == 1
    assert at.begin("test-call").notice == ""


def test_a_file_of_ones_own_is_named_as_a_shell_takes_it(tmp_path: Path) -> None:
    file = tmp_path / "My Story.toml"
    file.write_text(SMALL, encoding="utf-8")
    at = desk(tmp_path)
    practice = at.begin(str(file))
    assert last_word(at, practice).text.endswith(f"callcalm play '{file}'")
    practice.take(Listen())
    assert last_word(at, practice).text.endswith(f"callcalm play '{file}'")


def test_a_full_disk_is_told_at_once_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = desk(tmp_path)
    practice = at.begin("test-call")

    def full(path: Path, data: bytes) -> bool:
        raise CannotSave(path, Reason.FULL)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "replace_file", full)
        patch.setattr(durable, "append_block", full, raising=False)
        practice.take(Listen())
        assert practice.trouble is not None
        assert practice.trouble.reason is Reason.FULL
        practice.take(Choose("opening/own"))
        assert last_word(at, practice).unsaved
    assert practice.move_saves(tmp_path / "elsewhere") is None
    assert practice.trouble is None
    assert list((tmp_path / "elsewhere").glob("*.call.toml"))
    left(at)
    again = Desk.open(saves=tmp_path / "elsewhere")
    record = again.waiting()
    assert record is not None
    assert [action.do for action in record.actions] == ["listen", "choose"]


def test_coaching_marks_the_round_for_good(tmp_path: Path) -> None:
    practice = desk(tmp_path).begin("test-call")
    practice.coach(True)
    practice.coach(False)
    assert practice.round.coached


def test_undo_is_saved_and_counted(tmp_path: Path) -> None:
    at = desk(tmp_path)
    practice = at.begin("test-call")
    assert not practice.undo()
    practice.take(Breathe())
    assert practice.undo()
    left(at)
    assert resumed(tmp_path).round.undone == 1


def test_the_desk_names_what_it_does_not_have(tmp_path: Path) -> None:
    at = desk(tmp_path)
    with pytest.raises(UnknownPlaybook, match="core"):
        at.begin("test-call", playbook="no-such")
    with pytest.raises(UnknownScenario, match="test-call"):
        at.begin("tets-call")
    broken = tmp_path / "scenarios" / "broken.toml"
    broken.write_text("format = 1\ntitel = 3\n", encoding="utf-8")
    with pytest.raises(BadFile, match="title"):
        at.begin(str(broken))


OWN = """
format = 1
language = "en"

[[rules]]
id = "our-portal"
move = "dismiss.deflect"
severity = 2
patterns = ["check the portal"]
why = "It sends them away."
instead = ["I will look it up with you."]
source = "S0-4"
hits = ["Please check the portal.", "You can check the portal.", "Just check the portal, please."]
misses = ["The portal is down.", "We use a portal.", "I will look in the portal."]
"""


def test_a_phrasebook_of_ones_own_is_heard_in_play(tmp_path: Path) -> None:
    (tmp_path / "phrasebook.toml").write_text(OWN, encoding="utf-8")
    practice = desk(tmp_path).begin("test-call")
    practice.take(Listen())
    turn, _match = practice.say("You can check the portal.")
    assert [seen.move for seen in turn.state.seen] == ["listen", "dismiss.deflect"]


def test_a_broken_phrasebook_of_ones_own_is_told_before_the_call(tmp_path: Path) -> None:
    (tmp_path / "phrasebook.toml").write_text(OWN.replace("move =", "mvoe ="), encoding="utf-8")
    with pytest.raises(BadFile, match="mvoe"):
        desk(tmp_path).begin("test-call")


def test_settings_apply_at_once_and_are_kept(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert at.playbook("core").temptation
    assert at.change_settings(temptation=False, coach="live") is None
    assert not at.playbook("core").temptation
    assert at.begin("test-call").round.coached
    assert desk(tmp_path).settings.coach == "live"


def test_each_later_round_has_its_own_order(tmp_path: Path) -> None:
    at = desk(tmp_path)
    practice = played(at)
    assert practice.round.state.seed == 0
    practice.go(Stage.PRICE)
    practice.sketch(PriceSheet().answered(True))
    practice.confirm()
    practice.finish()
    assert at.begin("test-call").round.state.seed == 1
    assert at.begin("test-call", seed=0).round.state.seed == 0
