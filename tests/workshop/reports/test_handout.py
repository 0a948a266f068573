"""The handout: playable on paper, telling nothing before its key, and every number leads somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from callcalm.core.condition_parsing import parse
from callcalm.core.model import Opening
from callcalm.core.text import safe, unsafe
from callcalm.insight.exports.paper import Block, Heading, NewPage, Paper
from callcalm.insight.exports.writing import FORMS, written
from callcalm.practice.ears import Ears
from callcalm.workshop.reports.handout import handout
from callcalm.workshop.reports.handout_key import key
from callcalm.workshop.reports.handout_script import Script
from tests.cli.test_new import callcalm
from tests.support import HOSTILE, playbook, scenario
from tests.world import desk


def made(**changes: object) -> tuple[Script, Paper]:
    script = Script(scenario(**changes), playbook())
    return script, handout(script, key(script, {}))


def pages(paper: Paper) -> list[list[Block]]:
    found: list[list[Block]] = [[]]
    for block in paper.blocks:
        if isinstance(block, NewPage):
            found.append([])
        else:
            found[-1].append(block)
    return found


def flat(paper: Paper, blocks: list[Block]) -> str:
    return " ".join(written(replace(paper, blocks=tuple(blocks)), "txt").split())


def test_brief_and_script_sheet_and_key_are_on_pages_of_their_own() -> None:
    _script, paper = made()
    first, sheet, last = pages(paper)
    assert next(block.level for block in first if isinstance(block, Heading)) == 1
    assert "The PRICE sheet" in flat(paper, sheet)
    assert "The key" in flat(paper, last)


def test_the_script_tells_neither_what_an_answer_does_nor_what_a_writer_calls_things() -> None:
    _script, paper = made()
    told = flat(paper, pages(paper)[0])
    for word in ("helps", "costs", "composure +", "Lesson of", "promised", "missed", "blame", "resolved"):
        assert word not in told, word
    key_page = flat(paper, pages(paper)[2])
    for word in ("helps", "costs", "Lesson of settled.", "A: promised", "B: missed", "settle it (16:00)"):
        assert word in key_page, word


def test_every_number_leads_somewhere_and_everything_is_there() -> None:
    script, paper = made()
    told = flat(paper, pages(paper)[0]).partition("The script")[2]
    beats, endings = set(map(str, script.numbers.values())), set(map(str, script.endings.values()))
    assert set(re.findall(r"go to (\d+)", told)) <= beats
    assert set(re.findall(r"go to ending (\d+)", told)) <= endings
    assert script.numbers["opening"] == 1
    for beat in script.scenario.beats.values():
        for words in (*beat.caller, *(reply.say for reply in beat.replies)):
            assert words in told
    assert "If they cut in before the end: tick B; stay at 1." in told
    assert "only if A is ticked; go to ending" in told
    assert "tick A; go to" in told


def test_the_order_of_answers_is_the_same_every_time_and_not_the_writers() -> None:
    script, _paper = made()
    beats = [beat for beat in script.scenario.beats.values() if beat.replies]
    assert any(script.replies(beat) != list(beat.replies) for beat in beats)
    assert [script.replies(beat) for beat in beats] == [made()[0].replies(beat) for beat in beats]


def test_the_best_way_is_playable_and_comes_to_a_good_end() -> None:
    script, paper = made()
    told = flat(paper, pages(paper)[2])
    assert f"It comes to ending {script.endings['settled']} (resolved)" in told
    best = re.search(r"At 1: answer (\d)", told)
    assert best is not None
    assert script.replies(script.scenario.beats["opening"])[int(best[1]) - 1].key == "opening/warm"


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("promised and not missed", "A is ticked and B is not ticked"),
        ("promised or missed", "(A is ticked or B is ticked)"),
        ("not (promised or missed)", "not: (A is ticked or B is ticked)"),
        ("composure >= 20", "composure ≥ 20"),
    ],
)
def test_conditions_are_told_in_letters(test: str, words: str) -> None:
    assert made()[0].condition(parse(test)) == words


def test_values_that_are_there_from_the_start_are_told() -> None:
    script = Script(scenario(vars={"promised": True, "missed": False, "tries": 2}), playbook())
    told = flat(Paper("x", "en", ()), pages(handout(script, ()))[0])
    assert "Before you begin: tick A; write 2 at C." in told
    assert script.marks({}, {"tries": -1}) == ["add −1 to C"]


def test_the_ways_in_that_a_promise_leads_to_are_told() -> None:
    openings = {"late": Opening("walls", {"missed": True}), "odd": Opening("heard")}
    script = Script(scenario(openings=openings), playbook())
    told = flat(Paper("x", "en", ()), pages(handout(script, ()))[0])
    assert f"(it was kept late), begin at {script.numbers['walls']}: tick B." in told
    assert f"(odd), begin at {script.numbers['heard']}." in told


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_stay_words(form: str) -> None:
    words = safe(HOSTILE)
    _script, paper = made(title=words, brief=words)
    text = written(paper, form)
    assert not unsafe().search(text.replace("\f", ""))
    assert "[/]" in text.replace("\\", "")


@pytest.mark.parametrize("name", ["claim-denied", "forty-five-minutes", "souffle"])
def test_letters_people_and_french_make_handouts(tmp_path: Path, name: str) -> None:
    at = desk(tmp_path)
    read = Ears("fr" if name == "souffle" else "en", at.registry).read(at.scenario(name))
    script = Script(read, at.playbooks[read.playbook])
    paper = handout(script, key(script, {}))
    assert len(pages(paper)) == 3
    html = written(paper, "html")
    assert html.count('<section class="page">') == 2
    assert ('lang="fr"' in html) is (name == "souffle")
    assert "nothing that counts" not in html or "helps" in html


def test_print_as_it_is_typed(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "print", "lost-referral")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# Never heard of you\n")
    written_to = callcalm(tmp_path, "print", "lost-referral", "-o", "out.html")
    assert written_to.returncode == 0
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!doctype html>")
    assert callcalm(tmp_path, "print", "lost-referral", "-o", "out.html").returncode == 2
    assert callcalm(tmp_path, "print", "lost-referal").returncode == 2
    (tmp_path / "broken.toml").write_text("format = ", encoding="utf-8")
    assert callcalm(tmp_path, "print", "./broken.toml").returncode == 1
