"""Moves and playbooks from files: what they become, and what can be wrong with them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from callcalm.content import playbooks as books
from callcalm.content import registry
from callcalm.core.moves import Effect, Factor, Phase
from callcalm.core.playbook import Stance
from callcalm.intake import BadFile, Code
from tests.content.small import playbooks, rulebook

MOVES = registry.SHIPPED.read_text(encoding="utf-8")


def test_the_shipped_moves() -> None:
    book = rulebook()
    thank = book.registry.moves["thank"]
    assert (thank.effect, thank.phase, thank.instead) == (Effect.HELPS, Phase.HEART, None)
    assert thank.price == {Factor.RESPECT: 1}
    assert set(thank.name) == {"en", "fr"}
    assert book.registry.moods["furious"].hot
    assert book.pressed["fr"][0].startswith("Je vous")
    assert book.lost["en"].price.got is False


def broken_moves(tmp_path: Path, old: str, new: str) -> list[tuple[str, str]]:
    assert old in MOVES
    path = tmp_path / "moves.toml"
    path.write_text(MOVES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        registry.load_rulebook(path)
    return [(problem.code.name, problem.message) for problem in caught.value.problems]


def test_moves_that_do_not_fit(tmp_path: Path) -> None:
    assert broken_moves(tmp_path, "weight = 3", "weight = -3") == [
        (Code.WEIGHT.name, "a move that is “helps” cannot weigh -3")
    ]
    assert broken_moves(tmp_path, 'id = "use-name"', 'id = "thank"') == [
        (Code.ID_TWICE.name, "there is another `thank` above")
    ]
    assert broken_moves(tmp_path, 'id = "calm"', 'id = "relieved"')[0][0] == Code.ID_TWICE.name
    assert broken_moves(tmp_path, 'effect = "helps"\nweight = 3', 'effect = "costs"\nweight = -3') == [
        (Code.NO_TAKE.name, "a move that is “costs” needs the key `instead`")
    ]
    assert broken_moves(tmp_path, "respect = 1", "respct = 1")[0][0] == Code.UNKNOWN_KEY.name
    assert broken_moves(tmp_path, "moves]]", "moves")[0][0] == Code.SYNTAX.name


BASE = """
format = 1
id = "base"
name = { en = "Base", fr = "Socle" }
about = { en = "The base.", fr = "Le socle." }
temptation = { on = false }

[[stances]]
move = "thank"
stance = "allow"
why = { en = "Why.", fr = "Pourquoi." }
source = "S0-1"

[[stances]]
move = "probe"
stance = "caution"
why = { en = "Why.", fr = "Pourquoi." }
source = "S2-5"
"""
CHILD = BASE.replace('"base"', '"child"').replace("temptation = { on = false }", 'extends = "base"\nsource = "S1"')
CHILD = CHILD.replace('move = "probe"', 'move = "invite"').replace('"allow"', '"forbid"')


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_playbook_has_its_parents_stances_where_it_has_none(tmp_path: Path) -> None:
    loaded = books.load_playbooks(rulebook().registry, folder(tmp_path, child=CHILD, base=BASE))
    assert list(loaded) == ["base", "child"]
    child = loaded["child"]
    assert {move: (one.stance, one.said_by) for move, one in child.positions.items()} == {
        "thank": (Stance.FORBID, "child"),
        "probe": (Stance.CAUTION, "base"),
        "invite": (Stance.CAUTION, "child"),
    }
    assert child.positions["thank"].why == {"en": "Why.", "fr": "Pourquoi."}
    assert child.temptation is False
    assert child.registry is rulebook().registry


def test_the_shipped_playbooks_come_in_the_order_of_their_sources() -> None:
    assert list(playbooks()) == ["core", "rescue", "champs", "callmed-fr", "cms-price"]
    assert all(book.temptation for book in playbooks().values())


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('extends = "base"', 'extends = "bse"', Code.UNKNOWN_PARENT, "`bse`"),
        ('extends = "base"', 'extends = "child"', Code.CIRCLE, "extends itself"),
        ('id = "child"', 'id = "chld"', Code.ID_NOT_NAME, "`child`"),
        ('move = "invite"', 'move = "invte"', Code.UNKNOWN_MOVE, "`invte`"),
        ('move = "invite"', 'move = "thank"', Code.ID_TWICE, "another stance on `thank`"),
        ('stance = "forbid"', 'stance = "forbd"', Code.NOT_A_CHOICE, "“forbd”"),
        ('fr = "Socle"', 'de = "Sockel"', Code.UNKNOWN_KEY, "`de`"),
        ('source = "S0-1"', 'source = "page 3"', Code.TEXT_FORM, "“page 3”"),
    ],
)
def test_playbooks_that_do_not_fit(tmp_path: Path, old: str, new: str, code: Code, words: str) -> None:
    assert old in CHILD
    with pytest.raises(BadFile) as caught:
        books.load_playbooks(rulebook().registry, folder(tmp_path, base=BASE, child=CHILD.replace(old, new, 1)))
    found = [problem for problem in caught.value.problems if problem.code is code]
    assert found
    assert words in found[0].message
    assert "child.toml" in found[0].file


def test_a_circle_of_two_is_told_not_walked(tmp_path: Path) -> None:
    circle = BASE.replace("temptation = { on = false }", 'extends = "child"')
    with pytest.raises(BadFile) as caught:
        books.load_playbooks(rulebook().registry, folder(tmp_path, base=circle, child=CHILD))
    assert [problem.code for problem in caught.value.problems] == [Code.CIRCLE]


def test_what_is_kept_of_the_shipped_files_is_what_they_say(tmp_path: Path) -> None:
    shutil.copy(registry.SHIPPED, tmp_path / "moves.toml")
    shutil.copytree(books.SHIPPED, tmp_path / "playbooks", ignore=shutil.ignore_patterns("__pycache__"))
    read_anew = registry.load_rulebook(tmp_path / "moves.toml")
    assert registry.load_rulebook() == read_anew
    anew = books.load_playbooks(read_anew.registry, tmp_path / "playbooks")
    assert books.load_playbooks(read_anew.registry) == anew
    assert list(books.load_playbooks(read_anew.registry)) == list(anew)


def test_shipped_playbooks_are_held_to_the_registry_that_is_given() -> None:
    whole = registry.load_rulebook().registry
    without = replace(whole, moves={name: move for name, move in whole.moves.items() if name != "hold.blind"})
    with pytest.raises(BadFile) as caught:
        books.load_playbooks(without)
    assert [problem.code for problem in caught.value.problems] == [Code.UNKNOWN_MOVE]
