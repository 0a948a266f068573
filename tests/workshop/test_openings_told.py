"""What reports and the writer's bench say of the other ways into an encounter."""

from __future__ import annotations

from pathlib import Path

from callcalm.content.library import shipped_folder
from callcalm.content.scenarios import load_scenario
from callcalm.core.actions import Choose
from callcalm.core.explore import Player
from callcalm.core.model import Scenario
from callcalm.core.replaycode import code_of
from callcalm.core.round import begin
from callcalm.core.text import Text
from callcalm.workshop.replays import check_block, play_code
from callcalm.workshop.reports.explore import as_data, as_text
from callcalm.workshop.reports.survey import standing, survey
from callcalm.workshop.reports.terms import way_words
from callcalm.workshop.session import Workshop
from tests.content.small import playbooks, rulebook

FILE = shipped_folder() / "en" / "gloves-again.toml"


def gloves() -> Scenario:
    return load_scenario(FILE, rulebook(), playbooks())


def test_a_survey_shows_every_way_in() -> None:
    told = survey(gloves(), playbooks()["core"])
    assert told.stands["kept"].visits[Player.RANDOM] == 1
    assert told.stands["broken"].visits[Player.RANDOM] == 1
    assert told.layout.layers[0] == ("kept", "broken")
    assert told.layout.cut_off == ()
    text = "\n".join(as_text(told))
    assert "brought back by a promise it begins otherwise: kept: kept, broken: broken" in text
    assert as_data(told)["openings"] == {"kept": "kept", "broken": "broken"}


def test_a_way_says_by_which_opening_it_begins_and_can_be_gone() -> None:
    told = survey(gloves(), playbooks()["core"])
    way = told.way("broken")
    assert way is not None
    assert way_words(way) == "from the start (by the opening “broken”)"
    assert "opening" not in way_words(told.way("the-glove") or ())
    state = standing(gloves(), playbooks()["core"], told.proof, "broken")
    assert state is not None
    assert (state.beat, state.vars["warm"]) == ("broken", False)


def test_a_code_of_an_opening_becomes_a_check_that_begins_by_it() -> None:
    story, rules = gloves(), playbooks()["core"]
    round_ = begin(story, rules, opening="broken").take(Choose("broken/call-it-even"))
    code = code_of(round_)
    played = play_code(code, story, rules, lambda *_: ((), None))
    assert played.stopped_at is None
    assert played.round.state.ending == "shut"
    assert 'opening = "broken"\n' in check_block(Text("even"), played.round)


def test_the_bench_plays_from_a_beat_that_only_an_opening_has(tmp_path: Path) -> None:
    path = tmp_path / "gloves.toml"
    path.write_text(FILE.read_text("utf-8"), encoding="utf-8")
    workshop = Workshop(rulebook(), playbooks())
    bench = workshop.play_from(workshop.open(path), "broken")
    assert bench.preview is not None
    assert (bench.preview.state.beat, bench.preview.way_in) == ("broken", "broken")
    path.write_text(
        FILE.read_text("utf-8").replace("we'll call it even", "we will call it even"), encoding="utf-8"
    )
    again = workshop.reload(bench)
    assert again.preview is not None
    assert (again.preview.state.beat, again.kept) == ("broken", "")
