"""What a proof tells: the survey in every format, the book, and the difference between two versions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from callcalm.cli.main import main
from callcalm.content.hearing import coach_reader, with_findings
from callcalm.content.library import Library
from callcalm.content.scenarios import ScenarioFile
from callcalm.core.explore import Player
from callcalm.workshop.reports import drawing, explore, pages
from callcalm.workshop.reports.book import book
from callcalm.workshop.reports.differences import compare
from callcalm.workshop.reports.layers import layout
from callcalm.workshop.reports.survey import minutes, survey
from callcalm.workshop.surveying import surveyed
from tests.content.small import SMALL, changed, opened, playbooks, rulebook

HOSTILE = '<b>"x"</b> `#` | [y](z) & \\\\'
FORMATS = ("text", "json", "mermaid", "dot", "svg", "md", "html")


def file(text: str = SMALL) -> ScenarioFile:
    read = opened(text)
    scenario = with_findings(read.scenario, coach_reader(rulebook().registry))
    return ScenarioFile(scenario, read.warnings, read.source, read.positions)


def looked(text: str = SMALL) -> object:
    found = file(text)
    return survey(found.scenario, playbooks()["core"], found.source)


def test_layers_stand_by_the_answers_they_take() -> None:
    drawn = layout(file().scenario)
    assert drawn.layers == (("opening",), ("heard",))
    assert drawn.endings[0] == "settled"
    assert {(edge.start, edge.end): edge.labels for edge in drawn.edges}[("opening", "heard")] == (
        "1",
        "2",
        "otherwise",
    )


def test_the_shipped_encounters_are_surveyed_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    written = {}
    for name in FORMATS:
        assert main(["explore", "refill-blame", "--format", name]) == 0
        written[name] = capsys.readouterr().out
    assert all(len(line) <= 78 for line in written["text"].splitlines())
    assert "Somebody can't count (refill-blame)" in written["text"]
    data = json.loads(written["json"])
    assert sum(ending["chances"]["random"] for ending in data["endings"]) == pytest.approx(1, abs=1e-4)
    assert {beat["id"] for beat in data["beats"]} >= {"opening", "window"}
    picture = ET.fromstring(written["svg"])
    assert picture.find("{http://www.w3.org/2000/svg}title") is not None
    assert written["mermaid"].startswith("flowchart TD\n")
    assert written["dot"].startswith("digraph ")
    assert written["dot"].rstrip().endswith("}")
    assert written["html"].count("<h1>") == 1


def test_a_way_to_a_neighbour_passes_below_its_row_and_no_words_pass_behind_a_box() -> None:
    lines = list(explore.as_svg(surveyed("lost-referral", Library.standard(), rulebook(), playbooks())))
    labels = [number for number, line in enumerate(lines) if "paint-order" in line]
    assert labels
    assert min(labels) > max(number for number, line in enumerate(lines) if "<g aria-label" in line)
    ways = [
        [int(part) for part in re.findall(r"\d+", line.split('"')[1])]
        for line in lines
        if line.startswith("<path")
    ]
    level = [way for way in ways if way[1] == way[-1] and way[0] != way[-2]]
    assert level
    for _x, y, _x1, bend, *_rest in level:
        assert y < bend < y + drawing.GAP[1]


def test_the_page_has_the_layers_of_the_map_as_headings(capsys: pytest.CaptureFixture[str]) -> None:
    for form, heading in (("html", "<h3>to begin with</h3>"), ("md", "### to begin with")):
        assert main(["explore", "refill-blame", "--format", form]) == 0
        assert heading in capsys.readouterr().out


def test_what_lint_proved_is_not_proved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("callcalm.workshop.reports.survey.prove")
    assert surveyed("refill-blame", Library.standard(), rulebook(), playbooks()).proof.complete


def test_where_calls_are_lost_names_the_answer() -> None:
    library = Library.standard()
    found = surveyed("refill-blame", library, rulebook(), playbooks())
    assert found.losses
    assert all(loss.before > loss.after for loss in found.losses)
    assert found.odds[Player.BEST].good == pytest.approx(1, abs=1e-4)


def test_text_of_a_scenario_is_never_markup() -> None:
    text = changed(
        ("Why did you wait?", HOSTILE.replace('"', '\\"')), ('title = "Third time"', "title = '<i>Third</i>'")
    )
    found = file(text)
    seen = survey(found.scenario, playbooks()["core"], found.source)
    html = "\n".join(pages.as_html(book(seen, playbooks()["core"]), found.scenario.title, "en"))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;" in html
    ET.fromstring("\n".join(explore.as_svg(seen)))
    markdown = "\n".join(pages.as_markdown(book(seen, playbooks()["core"])))
    assert "\\<b\\>" in markdown
    for line in explore.as_mermaid(seen):
        assert "<i>" not in line


def test_the_book_has_every_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["book", "refill-blame"]) == 0
    told = capsys.readouterr().out
    scenario = surveyed("refill-blame", Library.standard(), rulebook(), playbooks()).scenario
    plain = re.sub(r"\\(.)", r"\1", told)
    for beat in scenario.beats.values():
        for part in beat.caller:
            assert plain.count(" ".join(part.split())) >= 1
        for reply in beat.replies:
            assert f"“{reply.say}”" in plain
    for ending in scenario.endings.values():
        assert ending.lesson in plain
    assert main(["book", "refill-blame", "--format", "html"]) == 0
    assert "<script" not in capsys.readouterr().out


def test_minutes_count_words_and_choices() -> None:
    assert minutes(360, 10) == pytest.approx(4)


def test_a_difference_in_markdown_has_its_headings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(SMALL, encoding="utf-8")
    two.write_text(changed(('goto = "heard"', 'goto = "gone"')), encoding="utf-8")
    assert main(["diff", str(one), str(two), "--format", "md"]) == 1
    told = capsys.readouterr().out
    assert "| Who plays | Ending | Before | After |" in told
    assert "\n\n## Length of a play, before and after\n\n- answers" in told


def test_two_equal_files_have_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(SMALL, encoding="utf-8")
    two.write_text(SMALL.replace("[caller]", "# the same\n[caller]"), encoding="utf-8")
    assert main(["diff", str(one), str(two)]) == 0
    assert "Nothing" in capsys.readouterr().out


def test_what_changed_is_told_by_place_and_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(SMALL, encoding="utf-8")
    renamed = SMALL.replace("[beats.heard", "[beats.listened").replace('goto = "heard"', 'goto = "listened"')
    two.write_text(renamed.replace("Why did you wait?", "Why did you wait so long?"), encoding="utf-8")
    assert main(["diff", str(one), str(two)]) == 1
    told = capsys.readouterr().out
    assert "~ listened: has another name" in told
    assert "− Why did you wait?" in told
    assert "+ Why did you wait so long?" in told
    assert "where it leads" not in told
    assert main(["diff", "--format", "json", str(one), str(two)]) == 1
    data = json.loads(capsys.readouterr().out)
    assert {"area": "beat", "where": "listened", "what": "renamed", "old": "heard", "new": "listened"} in data[
        "changes"
    ]
    assert main(["diff", "--format", "md", str(one), str(two)]) == 1
    assert capsys.readouterr().out.startswith("# ")


def test_a_removed_reply_is_told_with_what_it_costs_saved_rounds() -> None:
    before = file()
    start = SMALL.index('[[beats.opening.replies]]\nid = "stay"')
    after = file(SMALL[:start] + SMALL[SMALL.index("[beats.opening.otherwise]") :].replace("do = [2", "do = [1"))
    found = compare(before.scenario, after.scenario, playbooks())
    assert [(each.where, each.what) for each in found.changes if each.area == "reply"] == [
        ("opening/stay", "removed")
    ]
    assert found.lost == ("opening/stay",)


@pytest.mark.parametrize("command", ["explore", "book"])
def test_a_file_that_is_not_there_or_broken_says_so(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\n", encoding="utf-8")
    assert main([command, str(broken)]) == 1
    assert "title" in capsys.readouterr().err
    assert main([command, "no-such-call"]) == 2
    assert main(["diff", str(broken), str(broken)]) == 2
