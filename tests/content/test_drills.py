"""Drill files: each kind of item comes in, every mistake has its place, and what ships is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.drills import SHIPPED, Drills, UnknownDrill, load_drill, read_drill
from callcalm.core.drill import Drill, ItemKind
from callcalm.core.text import Text
from callcalm.intake import BadFile, Source
from tests.content.small import rulebook

HEAD = """\
format = 1
title = "T"
language = "en"
about = "A."
rule = "If x, I do y."
minutes = 3
teaches = ["offer"]
sources = ["S3-8"]

[[items]]
why = "W."
"""
FILES = sorted(SHIPPED.glob("*/*.toml"))


def made(item: str) -> Drill:
    return read_drill(Source("d.toml", HEAD + item), Text("d"), rulebook().registry)


def codes(item: str) -> list[str]:
    with pytest.raises(BadFile) as bad:
        made(item)
    assert all(problem.place is not None and problem.place.line > 0 for problem in bad.value.problems)
    return [problem.code.value for problem in bad.value.problems]


def test_each_kind_of_item_comes_in() -> None:
    chosen = made('options = [{ say = "a", why = "no" }, { say = "b", right = true, why = "yes" }]').items[0]
    assert (chosen.kind, [option.right for option in chosen.options]) == (ItemKind.CHOOSE, [False, True])
    ordered = made('parts = ["a", "b"]\ndecoys = ["c"]').items[0]
    assert (ordered.kind, ordered.parts, ordered.decoys) == (ItemKind.ORDER, ("a", "b"), ("c",))
    said = made('wants = ["offer"]\ntakes = ["I can, if."]').items[0]
    assert (said.kind, said.wants) == (ItemKind.SAY, ("offer",))


def test_marked_words_lose_their_marks_and_keep_their_places() -> None:
    item = made('text = ["Dear [[customer]], [[you failed]] us.", "Fine."]').items[0]
    assert item.kind is ItemKind.SPOT
    assert item.lines == ("Dear customer, you failed us.", "Fine.")
    assert [item.lines[line][start:end] for line, start, end in item.costs] == ["customer", "you failed"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("", ["CC901"]),
        ('parts = ["a", "b"]\ntext = ["[[a]]", "b"]', ["CC901"]),
        ('parts = ["a", "b"]\nwants = ["offer"]', ["CC901"]),
        ('takes = ["a"]', ["CC022"]),
        ('takes = ["a"]\nwants = ["ofer"]', ["CC103"]),
        ('options = [{ say = "a", why = "no" }, { say = "b", why = "no" }]', ["CC902"]),
        ('text = ["a", "b"]', ["CC903"]),
        ('text = ["[[a", "[[b]]"]', ["CC904"]),
        ('text = ["[[]]", "[[b]]"]', ["CC904"]),
        ('tekst = ["a"]', ["CC021", "CC901"]),
    ],
)
def test_a_mistake_has_its_code_and_place(item: str, expected: list[str]) -> None:
    assert sorted(codes(item)) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_shipped_drill_has_no_problems(path: Path) -> None:
    drill = load_drill(path, rulebook().registry)
    assert drill.language == path.parent.name


def test_drills_are_found_by_id_and_a_slip_is_guessed(tmp_path: Path) -> None:
    drills = Drills([tmp_path, SHIPPED], rulebook().registry)
    assert drills.load("ultimatum-to-offer").teaches == ("offer",)
    with pytest.raises(UnknownDrill) as unknown:
        drills.load("ultimatum-to-ofer")
    assert unknown.value.near == "ultimatum-to-offer"


def test_a_broken_file_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("format = ", encoding="utf-8")
    bad: list[BadFile] = []
    assert Drills([tmp_path, SHIPPED], rulebook().registry).all(bad)
    assert len(bad) == 1
