"""The workshop's map and the words about its preview."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.core.actions import Choose, Listen
from callcalm.workshop.charting import Chart, charted, spot_line
from callcalm.workshop.session import Bench, Workshop
from callcalm.workshop.trying import foreseen, held_words, parse_held, settable, stands_at
from tests.content.small import SMALL, changed, playbooks, rulebook


def opened(folder: Path, text: str = SMALL) -> tuple[Workshop, Bench]:
    path = folder / "call.toml"
    path.write_text(text, encoding="utf-8")
    workshop = Workshop(rulebook(), playbooks())
    return workshop, workshop.open(path)


def chart_of(folder: Path, text: str = SMALL) -> Chart:
    workshop, bench = opened(folder, text)
    proof = workshop.proof(bench)
    assert proof is not None
    chart = charted(bench, proof)
    assert chart is not None
    return chart


def test_the_map_has_every_place_in_its_layer_with_who_comes_there(tmp_path: Path) -> None:
    chart = chart_of(tmp_path)
    assert [(title, [spot.name for spot in spots]) for title, spots in chart.layers] == [
        ("to begin with", ["opening"]),
        ("after 1 answer", ["heard"]),
        ("endings", ["settled", "gone"]),
    ]
    spots = chart.spots()
    assert spots["opening"].chance == 1
    assert spots["opening"].composure == (54, 62), "listening gives 2, cutting in costs 6"
    assert spots["opening"].ways == (("1, 2, otherwise", "heard"),)
    assert SMALL.split("\n")[spots["heard"].line - 1] == "[beats.heard]"
    assert "100 %, composure 54 to 62" in spot_line(spots["opening"])


def test_what_nobody_comes_to_and_what_is_wrong_stands_on_the_map(tmp_path: Path) -> None:
    lonely = '[beats.lonely]\nmood = "wary"\ncaller = "Hello?"\n\n'
    lonely += '[[beats.lonely.replies]]\nsay = "Yes."\ngoto = "gone"\n\n'
    way = ('goto = "heard"\nwhen = "composure >= 20 and not callback"', 'goto = "lonely"\nwhen = "tries > 5"')
    chart = chart_of(tmp_path, changed(("[endings.settled]", f"{lonely}[endings.settled]"), way))
    spot = chart.spots()["lonely"]
    assert spot.composure is None
    assert spot.codes
    assert "nobody comes here" in spot_line(spot)


def test_without_a_version_that_could_be_read_there_is_no_map(tmp_path: Path) -> None:
    workshop, bench = opened(tmp_path, "")
    assert workshop.proof(bench) is None


def test_what_an_answer_would_do_is_said_and_not_done(tmp_path: Path) -> None:
    workshop, bench = opened(tmp_path)
    assert bench.preview is not None
    assert foreseen(bench.preview, "opening/stay") == "", "the caller is still talking"
    heard = workshop.take(bench, Listen()).preview
    assert heard is not None
    words = foreseen(heard, "opening/stay")
    assert words.startswith("It leads to `heard`. Composure ")
    assert stands_at(heard) == "opening"


def test_only_what_has_changed_is_told_of_the_variables(tmp_path: Path) -> None:
    workshop, bench = opened(tmp_path)
    assert bench.preview is not None
    assert held_words(bench.preview) == ""
    after = workshop.take(workshop.take(bench, Listen()), Choose("opening/stay"))
    assert after.preview is not None
    assert held_words(after.preview) == "callback = true"
    assert settable(bench.preview) == [
        "composure = 60 (1 – 100)",
        "callback = false",
        "tries = 1",
        "mood_word = cross",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("composure 40", ("composure", 40)),
        ("tries = -2", ("tries", -2)),
        ("callback true", ("callback", True)),
        ('mood_word = "very calm"', ("mood_word", "very calm")),
        ("mood_word 12", ("mood_word", "12")),
        ("tries " + "9" * 99, ("tries", "9" * 99)),
    ],
)
def test_a_variable_is_set_in_words(tmp_path: Path, line: str, expected: tuple[str, object]) -> None:
    _workshop, bench = opened(tmp_path)
    assert bench.scenario is not None
    assert parse_held(bench.scenario, line) == expected


@pytest.mark.parametrize("line", ["", "tries", "=", "tries ="])
def test_half_a_setting_is_refused(tmp_path: Path, line: str) -> None:
    _workshop, bench = opened(tmp_path)
    assert bench.scenario is not None
    with pytest.raises(ValueError, match="a name and a value"):
        parse_held(bench.scenario, line)
