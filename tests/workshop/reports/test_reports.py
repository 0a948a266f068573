"""What a proof tells: the survey in every format, the book, and the difference between two versions."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from callcalm import language
from callcalm.cli.main import main
from callcalm.content.hearing import coach_reader, with_findings
from callcalm.content.library import Library
from callcalm.content.scenarios import ScenarioFile
from callcalm.core.explore import Player
from callcalm.intake import Code, Place
from callcalm.report import Diagnostic, Level
from callcalm.workshop.reports import explore, pages, picture, terms
from callcalm.workshop.reports.book import book
from callcalm.workshop.reports.diff import as_markdown, as_text
from callcalm.workshop.reports.differences import compare
from callcalm.workshop.reports.labels import HEIGHT, Field
from callcalm.workshop.reports.layers import layout
from callcalm.workshop.reports.survey import Survey, minutes, survey
from callcalm.workshop.surveying import surveyed
from tests.content.small import SMALL, changed, opened, playbooks, rulebook

HOSTILE = '<b>"x"</b> `#` | [y](z) & \\\\'
FORMATS = ("text", "json", "mermaid", "dot", "svg", "md", "html")


def file(text: str = SMALL) -> ScenarioFile:
    read = opened(text)
    scenario = with_findings(read.scenario, coach_reader(rulebook().registry))
    return ScenarioFile(scenario, read.warnings, read.source, read.positions)


def looked(text: str = SMALL) -> Survey:
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


def test_a_narrow_terminal_gets_a_narrow_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["explore", "refill-blame"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 58


@pytest.mark.parametrize("name", ["lost-referral", "overbooked", "names-and-swearing"])
def test_no_way_and_no_words_pass_behind_a_box(name: str) -> None:
    """`overbooked` goes back up past rows, `names-and-swearing` stays in a row; both pass rows on the way down."""
    seen = surveyed(name, Library.standard(), rulebook(), playbooks())
    lines = list(explore.as_svg(seen))
    labels = [number for number, line in enumerate(lines) if line.startswith("<g><rect")]
    assert len(labels) == len(seen.layout.edges)
    assert min(labels) > max(number for number, line in enumerate(lines) if "<g aria-label" in line)
    width, height = picture.BOX
    boxes = [
        (int(found[1]), int(found[2])) for line in lines if (found := re.match(r'<rect x="(\d+)" y="(\d+)"', line))
    ]
    assert len(boxes) == len(seen.scenario.beats) + len(seen.layout.endings)
    for line in lines:
        for x, y in _points(line.split('"')[1]) if line.startswith("<path") else ():
            inside = [at for at in boxes if at[0] < x < at[0] + width and at[1] < y < at[1] + height]
            assert not inside, line
    plates = [tuple(map(int, found)) for line in lines for found in re.findall(_PLATE, line)]
    assert len(plates) == len(labels)
    for number, (left, top, wide, high) in enumerate(plates):
        assert left >= 0
        assert not [at for at in boxes if _meet((left, top, wide, high), (*at, width, height))]
        assert not [other for other in plates[:number] if _meet((left, top, wide, high), other)]


_PLATE = r'<rect rx="2" x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)"'


def _meet(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two rectangles (left, top, width, height) share more than an edge."""
    return all(
        one[axis] + 1 < other[axis] + other[axis + 2] and other[axis] + 1 < one[axis] + one[axis + 2]
        for axis in (0, 1)
    )


def test_a_label_keeps_clear_of_other_lines_and_tips() -> None:
    field = Field(100)
    line = [(50.0, float(y)) for y in range(60)]
    field.draw(line, "own")
    field.draw([(float(x), 8.0) for x in range(100)], "other")
    first = field.place("1, 3", line, "own", 0, 60)
    assert first.y - HEIGHT / 2 >= 8
    second = field.place("otherwise", line, "own", 0, 60)
    assert second.y - first.y >= HEIGHT
    assert field.place("2", line, "own", 0, 60).y <= 60 - HEIGHT / 2


def test_a_label_keeps_clear_of_the_whole_tip_of_an_arrow() -> None:
    field = Field(100)
    line = [(56.0, float(y)) for y in range(60)]
    field.draw(line[:40], "own")
    field.draw([(50.0, float(y)) for y in range(50, -1, -1)], "other")
    beside = field.place("1", line, "own", 0, 60)
    assert beside.sides[0] > 50, "clear of the line"
    assert beside.sides[1] > 8, "and of the tip, which is wider"


def test_ways_between_boxes_of_a_row_do_not_lie_on_one_another() -> None:
    seen = surveyed("tears", Library.standard(), rulebook(), playbooks())
    paths = [line.split('"')[1] for line in explore.as_svg(seen) if line.startswith("<path") and "C" in line]
    hung = []
    for path in paths:
        x, y, _x, bend, _to_x, _bend, to_x, to_y = map(float, re.findall(r"[\d.]+", path))
        if y == to_y:
            hung.append((y, min(x, to_x), max(x, to_x), y + (bend - y) * 3 / 4))
    assert len(hung) > 5
    for number, (row, left, right, low) in enumerate(hung):
        for other_row, other_left, other_right, other_low in hung[:number]:
            if row == other_row and left < other_right and other_left < right:
                assert abs(low - other_low) >= HEIGHT, "there is room for a label"


def test_there_and_back_are_two_lines() -> None:
    seen = surveyed("lost-referral", Library.standard(), rulebook(), playbooks())
    both = {(edge.start, edge.end) for edge in seen.layout.edges}
    assert {("story", "walls"), ("walls", "story")} <= both
    paths = [line.split('"')[1] for line in explore.as_svg(seen) if line.startswith("<path")]
    there = {tuple(re.findall(r"[\d.]+", path)) for path in paths if "C" in path}
    ends = {frozenset([one[:2], one[-2:]]) for one in there}
    assert len(ends) == len(there)


UNWRITTEN = ('kind = "lost"', 'kind = "unresolved"')
"""Makes the file one without an ending for lost calls."""


def test_a_way_that_nobody_can_go_says_so_on_every_map() -> None:
    asked = 'when = "composure >= 20 and not callback"'
    never = looked(changed((asked, 'when = "composure > 90 and composure < 80"')))
    assert "1, 2 never, otherwise > heard" in " ".join(" ".join(explore.as_text(never)).split())
    for written in (explore.as_svg, explore.as_dot, explore.as_mermaid):
        assert "2 never" in "\n".join(written(never))
    assert "never" not in "\n".join(explore.as_dot(looked()))
    # Of answers at a beat that nobody comes to, that is told of the beat.
    unreached = looked(
        changed((asked, 'when = "composure > 90 and composure < 80"'), ('beat = "opening"', 'beat = "heard"'))
    )
    assert "nobody comes here" in "\n".join(explore.as_dot(unreached))
    assert "2 never" not in "\n".join(explore.as_dot(unreached))


def test_an_ending_that_nobody_wrote_is_told_only_where_calls_come_there() -> None:
    tame = looked(changed(UNWRITTEN))
    assert tame.scenario.general
    assert tame.scenario.lost in tame.scenario.endings
    assert tame.endings == ("settled", "gone")
    assert "lost (lost)" not in "\n".join(explore.as_text(tame))
    for written in (explore.as_svg, explore.as_dot, explore.as_mermaid):
        assert "lost" not in "\n".join(written(tame))
    assert "2 endings" in "\n".join(explore.as_text(tame))
    assert [ending["id"] for ending in explore.as_data(tame)["endings"]] == ["settled", "gone"]
    blocks = list(book(tame, playbooks()["core"]))
    assert "lost" not in [block.name for block in blocks]
    rough = looked(changed(UNWRITTEN, ("composure = 60", "composure = 40"), ("composure = -4", "composure = -50")))
    assert rough.endings == ("settled", "gone", "lost")
    told = " ".join(" ".join(explore.as_text(rough)).split())
    assert "3 endings" in told
    assert re.search(r"lost \(lost\): at random \d+ %.*; where composure is gone", told)
    assert "where composure is gone" in "\n".join(explore.as_svg(rough))
    assert any(block.text == "where composure is gone" for block in book(rough, playbooks()["core"]))


def test_a_wide_map_keeps_its_size_and_scrolls_by_keys() -> None:
    for written in (explore.as_html(looked()), pages.as_html(book(looked(), playbooks()["core"]), "x", "en")):
        page = "\n".join(written)
        assert '<div class="map" role="region" tabindex="0" aria-label="The map; ' in page
        assert "overflow-x:auto" in page
        assert "svg{max-width:100%" not in page.split("@media print")[0]


def test_the_way_of_the_book_hears_the_caller_out() -> None:
    told = "\n".join(block.text for block in book(looked(), playbooks()["core"]))
    assert "Shortest way: from the start." in told
    assert "Shortest way: opening/" in told
    assert "cut in >" not in told


def test_everything_that_lint_finds_is_told_or_counted() -> None:
    found = surveyed("names-and-swearing", Library.standard(), rulebook(), playbooks())
    made = [Diagnostic("CC714", Level.WARNING, "a lesson twice", "x.toml", Place(4, 1, 4, 2))]
    made += [Diagnostic(f"CC60{n}", Level.NOTE, "a note", "x.toml", Place(5, 1, 5, 2)) for n in range(2)]
    told = " ".join(explore.as_text(replace(found, findings=tuple(made))))
    assert "CC714 line 4: a lesson twice" in told
    assert "2 notes more: see callcalm lint" in told


def _points(path: str) -> list[tuple[float, float]]:
    """Points all along a path: a curve, or a straight way down."""
    part = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", path)]
    if "V" in path:
        return [(part[0], part[1] + (part[2] - part[1]) * step / 20) for step in range(21)]
    x, y = part[::2], part[1::2]
    along = (step / 40 for step in range(41))
    shares = [((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3) for at in along]
    return [(sum(map(operator.mul, share, x)), sum(map(operator.mul, share, y))) for share in shares]


def test_the_page_has_the_layers_of_the_map_as_headings(capsys: pytest.CaptureFixture[str]) -> None:
    for form, heading in (("html", "<h3>to begin with</h3>"), ("md", "### to begin with")):
        assert main(["explore", "refill-blame", "--format", form]) == 0
        assert heading in capsys.readouterr().out


def test_what_is_still_to_be_filled_in_is_counted_before_chances_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(
        ("Why did you wait?", "FILL IN an answer."), ('title = "Third time"', 'title = "FILL IN: a title"')
    )
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    assert main(["explore", str(path)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.index("2 texts are still to be filled in") < told.index("Who comes to a good ending")
    assert main(["explore", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["to_fill"] == 2
    assert main(["explore", "refill-blame"]) == 0
    assert "to be filled in" not in capsys.readouterr().out


def test_what_lint_proved_is_not_proved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("callcalm.workshop.reports.survey.prove")
    assert surveyed("refill-blame", Library.standard(), rulebook(), playbooks()).proof.complete


def test_where_calls_are_lost_names_the_answer() -> None:
    library = Library.standard()
    found = surveyed("refill-blame", library, rulebook(), playbooks())
    assert found.losses
    assert all(loss.before > loss.after for loss in found.losses)
    assert found.odds[Player.BEST].good == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("channel", ["phone", "in-person", "letter"])
def test_only_a_telephone_call_is_called_a_call(channel: str) -> None:
    found = looked(SMALL.replace('channel = "phone"', f'channel = "{channel}"'))
    assert found.scenario.channel == channel
    told = "\n".join(explore.as_text(found))
    headings = [block.text for block in book(found, playbooks()["core"]) if block.kind == "h2"]
    assert (re.search(r"\bcalls?\b", told, re.IGNORECASE) is not None) is (channel == "phone")
    assert ("The call" in headings) is (channel == "phone")


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
    assert "\\<b>" in markdown
    assert terms.escaped("> a > b") == "\\> a > b"
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


def test_a_play_that_has_become_endless_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(SMALL, encoding="utf-8")
    two.write_text(
        changed(('say = "Why did you wait?"\ngoto = "heard"', 'say = "Why did you wait?"\ngoto = "opening"'))
    )
    assert main(["diff", str(one), str(two)]) == 1
    told = capsys.readouterr().out
    assert re.search(r"answers: .*longest \d+ > endless", told)


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


@pytest.fixture
def french() -> Iterator[None]:
    language.use("fr")
    yield
    language.use("en")


def test_a_difference_is_told_in_the_language_of_the_interface(french: None) -> None:
    before = file().scenario
    after = file(changed(('goto = "heard"\ncomposure', 'goto = "heard"\nwhen = "tries > 2"\ncomposure'))).scenario
    compared = compare(before, after, playbooks())
    assert any(change.new == "never" for change in compared.changes)
    for written in (as_text, as_markdown):
        told = "\n".join(written(compared, before, after))
        assert "− toujours" in told
        assert "+ jamais" in told
        assert "always" not in told


def test_a_caller_of_another_name_is_told_as_that_not_as_other_words() -> None:
    before, after = file().scenario, file(changed(('name = "Maria Alvarez"', 'name = "Marta Alvarez"'))).scenario
    told = list(as_text(compare(before, after, playbooks()), before, after))
    assert "  ~ the caller's name" in told
    assert not any("what the caller says" in line for line in told)


def test_chances_that_read_the_same_are_not_told() -> None:
    scenario = file().scenario
    compared = compare(scenario, scenario, playbooks())
    chances = {player: {"gone": 0.126} for player in Player}
    moved = {**chances, Player.BEST: {"gone": 0.134}, Player.WORST: {"gone": 0.5}}
    before, after = replace(compared.before, chances=chances), replace(compared.after, chances=moved)
    told = "\n".join(as_text(replace(compared, before=before, after=after), scenario, scenario))
    assert "50 %" in told
    assert told.count("13 %") == 1


def test_ways_on_and_composure_are_told_in_the_language_of_the_interface(french: None) -> None:
    seen = looked()
    told = "\n".join(explore.as_text(seen))
    written = "\n".join(block.text for block in book(seen, playbooks()["core"]))
    assert "sinon >" in told
    assert "otherwise >" not in told + written
    assert re.search(r"de (\d+) à \1\b", written) is None
    assert terms.composure_words(60, 60) == "sang-froid 60"


def test_a_removed_reply_is_told_with_what_it_costs_saved_rounds() -> None:
    before = file()
    start = SMALL.index('[[beats.opening.replies]]\nid = "stay"')
    after = file(SMALL[:start] + SMALL[SMALL.index("[beats.opening.otherwise]") :].replace("do = [2", "do = [1"))
    found = compare(before.scenario, after.scenario, playbooks())
    assert [(each.where, each.what) for each in found.changes if each.area == "reply"] == [
        ("opening/stay", "removed")
    ]
    assert found.lost == ("opening/stay",)


MOVED = (
    SMALL[SMALL.index("[[beats.opening.replies]]") : SMALL.index('[[beats.opening.replies]]\nid = "stay"')],
    SMALL[SMALL.index('[[beats.opening.replies]]\nid = "stay"') : SMALL.index("[beats.opening.otherwise]")],
)


def test_answers_in_another_order_are_told_for_a_learner_sees_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(SMALL, encoding="utf-8")
    two.write_text(changed(("".join(MOVED), "".join(reversed(MOVED)))), encoding="utf-8")
    assert main(["diff", str(one), str(two)]) == 1
    told = capsys.readouterr().out
    assert (
        "\nBeats\n"
        "  ~ opening: the order of its answers\n"
        "      − Why did you wait? / stay\n"
        "      + stay / Why did you wait?\n"
    ) in told
    assert main(["diff", "--format", "md", str(one), str(two)]) == 1
    assert "- **opening** the order of its answers\n  - − Why did you wait? / stay\n" in capsys.readouterr().out
    assert main(["diff", "--format", "json", str(one), str(two)]) == 1
    assert json.loads(capsys.readouterr().out)["changes"] == [
        {
            "area": "beat",
            "where": "opening",
            "what": "order",
            "old": "Why did you wait? / stay",
            "new": "stay / Why did you wait?",
        }
    ]
    monkeypatch.setenv("LANGUAGE", "fr")
    main(["diff", str(one), str(two)])
    assert "l’ordre de ses réponses" in capsys.readouterr().out


def test_an_answer_that_came_or_went_does_not_change_the_order_of_the_others() -> None:
    without = file(SMALL.replace(MOVED[0], ""))
    for pair in ((file(), without), (without, file())):
        found = compare(pair[0].scenario, pair[1].scenario, playbooks())
        assert "order" not in [each.what for each in found.changes]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("set = { tries = 2 }", "set = { tries = 3 }", "cut_in"),
        ('address = ["Ms. Alvarez", "Maria"]', 'address = ["Ms. Alvarez"]', "address"),
        ("tries = 1", "tries = 2", "vars"),
        ('mood = "furious"', 'mood = "furious"\ncontested = true', "contested"),
        ("\n[caller]", 'pressed = ["Pardon?"]\n\n[caller]', "pressed"),
        ("keepable = false, ", "", "promises"),
        ('set = { mood_word = "calm" }', "", "otherwise"),
    ],
)
def test_what_a_learner_meets_is_told_when_it_changed(old: str, new: str, what: str) -> None:
    found = compare(file().scenario, file(changed((old, new))).scenario, playbooks())
    assert [each.what for each in found.changes] == [what]


def test_an_answer_that_only_got_an_id_is_found_again() -> None:
    named = file(changed(('say = "Why did you wait?"', 'id = "why"\nsay = "Why did you wait?"')))
    found = compare(file().scenario, named.scenario, playbooks())
    assert (found.changes, found.lost) == ((), ())
    again = file(changed(("Why did you wait?", "Why did you wait so long?")))
    assert compare(file().scenario, again.scenario, playbooks()).lost == ("opening/1",)


def test_the_book_says_which_promise_cannot_be_kept_and_one_number_where_there_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.toml"
    path.write_text(
        SMALL.replace('caller = ["Finally.", "I was charged twice."]', 'caller = "Finally."'), encoding="utf-8"
    )
    main(["book", str(path)])
    told = capsys.readouterr().out
    assert "promises: settle it (16:00, cannot be kept)" in told
    assert re.search(r"with a composure of \d+\. Shortest way", told)
    assert not re.search(r"\b(\d+) to \1\b", told)
    main(["book", str(path), "--format", "html"])
    told = capsys.readouterr().out
    assert "settle it (16:00, cannot be kept)" in told
    assert not re.search(r"\b(\d+) to \1\b", told)
    monkeypatch.setenv("LANGUAGE", "fr")
    main(["book", str(path)])
    told = capsys.readouterr().out
    assert "settle it (16:00, impossible à tenir)" in told
    assert not re.search(r"\b(\d+) à \1\b", told)


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


def test_the_book_tells_what_cutting_in_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cut.toml"
    file.write_text(SMALL, encoding="utf-8")
    main(["book", str(file)])
    assert "What changes: tries = 2." in capsys.readouterr().out


def test_the_book_says_in_words_what_its_marks_stand_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "marked.toml"
    file.write_text(SMALL.replace('say = "Why did you', 'say = "FILL IN: Why did you', 1), encoding="utf-8")
    main(["book", str(file)])
    told = capsys.readouterr().out
    assert "! CC609" in told
    _map, _told, behind = told.partition("Behind each ! stands what callcalm itself has found there:")
    assert "- CC609 opening: this text is still to be filled in" in behind
    main(["book", "refill-blame"])
    assert "Behind each !" not in capsys.readouterr().out


def test_a_follow_up_that_is_not_there_counts_as_it_does_for_lint(tmp_path: Path) -> None:
    path = tmp_path / "postcard.toml"
    path.write_text(SMALL.replace("back-by-four", "postcard-after"), encoding="utf-8")
    seen = surveyed(str(path), Library.standard(), rulebook(), playbooks())
    assert Code.FOLLOW_UP in [finding.rule for finding in seen.findings]


def test_of_chances_that_would_take_too_long_it_is_said_that_less_was_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = Library.standard()
    whole = surveyed("causette", library, rulebook(), playbooks())
    monkeypatch.setattr("callcalm.core.explore.bounded.MOST_ROUND", 1)
    less = surveyed("causette", library, rulebook(), playbooks())
    for write in (explore.as_text, explore.as_markdown, lambda one: [json.dumps(explore.as_data(one))]):
        assert "less was followed" not in " ".join(write(whole))
        assert "less was followed" in " ".join(write(less))
