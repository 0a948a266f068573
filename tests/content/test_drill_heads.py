"""The tops of drill files, read fast, agree with the drills themselves; what is broken is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm import language
from callcalm.content.drill_heads import SHIPPED, drill_heads, read_drill_head
from callcalm.content.drills import Drills
from tests.content.small import rulebook

TOP = """\
format = 1
title = " A title "
language = "en"
about = "What it is."
rule = "If x, I do y."
minutes = 3
teaches = ["offer"]
sources = ["S3-8"]
"""
ITEM = '\n[[items]]\nwhy = "x"\nwants = ["offer"]\ntakes = ["I can."]\n'


def test_a_head_says_what_the_whole_drill_says() -> None:
    drills = {one.id: one for one in Drills([SHIPPED], rulebook().registry).all()}
    heads = drill_heads([SHIPPED])
    assert {head.id for head in heads} >= set(drills)
    for head in heads:
        if head.id in drills:
            one = drills[head.id]
            found = (head.title, head.language, head.minutes, head.items, head.problem)
            assert found == (one.title, one.language, one.minutes, len(one.items), None)
            assert head.teaches == one.teaches
            assert head.kinds == tuple(sorted({item.kind.value for item in one.items}))


INLINE = '{ why = "x", wants = ["offer"], takes = ["I can."] }'


def test_drills_whose_ending_is_in_capitals_are_found(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for path in (tmp_path / "ONE.TOML", tmp_path / "en" / "two.Toml"):
        path.write_text(TOP + ITEM, encoding="utf-8")
    drills = Drills([tmp_path], rulebook().registry)
    assert {drill.id for drill in drills.all()} == {"ONE", "two"}
    assert drills.load(str(tmp_path / "ONE.TOML")).id == "ONE"


@pytest.mark.parametrize("items", [ITEM * 2, f"items = [{INLINE}, {INLINE}]"])
def test_items_are_counted_however_they_stand(tmp_path: Path, items: str) -> None:
    path = tmp_path / "one.toml"
    path.write_text(TOP + items, encoding="utf-8")
    head = read_drill_head(path)
    assert (head.id, head.title, head.items, head.problem) == ("one", "A title", 2, None)
    assert (head.teaches, head.kinds) == (("offer",), ("say",))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("title", "tilte"), "title"),
        (("minutes = 3", "minutes = 0"), "line 6"),
        (('"en"', "[[]]"), "line 3"),
        (("format = 1", "format = 9"), "format"),
        (("rule", "= ="), "line 5"),
    ],
)
def test_what_is_wrong_with_a_top_is_told_in_a_line(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = tmp_path / "one.toml"
    path.write_text((TOP + ITEM).replace(*change, 1), encoding="utf-8")
    problem = read_drill_head(path).problem
    assert problem is not None
    assert told in problem
    assert "\n" not in problem


def test_where_a_drill_is_wrong_is_told_in_the_interfaces_language(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text((TOP + ITEM).replace("minutes = 3", "minutes = 0"), encoding="utf-8")
    language.use("fr")
    try:
        problem = read_drill_head(path).problem
    finally:
        language.use("en")
    assert problem is not None
    assert problem.startswith("ligne 6, colonne ")


def test_no_bytes_raise(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    for data in (b"", b"\xff\xfe", b"[" * 100_000, b"a." * 50_000 + b"a = 1", TOP.encode()):
        path.write_bytes(data)
        assert read_drill_head(path).problem
