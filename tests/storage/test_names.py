from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.text import unsafe
from callcalm.storage.names import LONGEST_NAME, Slot, file_stem, player_name, slots


@given(st.text())
def test_a_stem_is_a_plain_file_name_and_its_own_stem(name: str) -> None:
    stem = file_stem(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", stem)
    assert file_stem(stem) == stem


@given(st.text())
def test_a_name_is_safe_short_and_stays_as_it_is(name: str) -> None:
    shown = player_name(name)
    assert shown
    assert not unsafe().search(shown)
    assert "\n" not in shown
    assert len(shown) <= LONGEST_NAME
    assert player_name(shown) == shown
    assert file_stem(shown) == file_stem(name)


@pytest.mark.parametrize(
    "name",
    [
        "../me",
        "..",
        ".",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "C:\\x",
        "me.call",
        "me.2",
        ".me",
        "me\0",
        "a\x1b[2Jb",
        "-rf",
    ],
)
def test_no_name_leaves_its_folder_or_meets_other_files(name: str) -> None:
    folder = Path("/saves")
    for slot in slots(folder, file_stem(name)):
        for path in (slot.log, slot.call, slot.lock, slot.holder):
            assert path.parent == folder
            assert not path.name.startswith(".")
    assert file_stem(name) != file_stem("me")


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "lpt9", "settings", "aux", "readme"])
def test_names_that_mean_something_else_get_a_stem_of_their_own(name: str) -> None:
    assert re.fullmatch(rf"{name.casefold()}-[0-9a-f]{{8}}", file_stem(name))


def test_names_that_differ_by_case_or_unicode_form_alone_are_one_player() -> None:
    assert file_stem("Maria") == file_stem("maria") == "maria"
    assert file_stem("ZOË") == file_stem(unicodedata.normalize("NFD", "zoë"))


def test_names_that_differ_otherwise_are_different_players() -> None:
    names = ["zoe", "zoë", "zoé", "z o e", "z-o-e", "会計", "會計", "a" * 50, "a" * 51]
    assert len({file_stem(name) for name in names}) == len(names)


def test_an_empty_name_is_the_player_me() -> None:
    assert player_name(" \t\n") == "me"
    assert file_stem("") == "me"


def test_the_files_of_two_slots_never_meet() -> None:
    paths = [path for n in (1, 2) for s in [Slot(Path(), "me", n)] for path in (s.log, s.call, s.lock, s.holder)]
    assert len(set(paths)) == len(paths)
