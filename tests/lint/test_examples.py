"""Every code has a bad and a good example: the bad one gives its code and no other, the good one does not."""

from __future__ import annotations

import pytest

from callcalm.intake import MEANINGS, Code
from callcalm.lint.examples import Example, examples, merged
from callcalm.lint.levels import LEVELS
from callcalm.lint.pages import DOCS, UnknownCode, document, level, page
from tests.lint.small import codes, found

BY_SYSTEM = {Code.NO_FILE, Code.UNREADABLE, Code.NOT_A_FILE}
"""Found before there is a text; tests/intake and tests/cli/test_lint.py have them."""

BY_BYTES = {Code.TOO_LARGE, Code.NOT_UTF8, Code.BINARY, Code.BYTE_ORDER_MARK, Code.TOO_MANY}
"""No text shows them; test_files.py has them."""

BY_KIND = {Code.NOT_FOR_LINT, Code.OTHER_KIND}
"""Another kind of file than the code's example is put into; test_elsewhere.py has them."""

BY_FOLDER = {Code.SAME_NAME}
"""It takes two files; test_files.py has it."""

BY_SIZE = {Code.NOT_PROVED}
"""It takes more than fits on a page; test_findings.py has it."""


@pytest.mark.parametrize("example", examples().values(), ids=lambda example: example.code)
def test_the_bad_example_gives_its_code_and_no_other(example: Example) -> None:
    bad, _good = example.files()
    assert set(codes(found(bad, example.whole))) - example.also == {example.code}


@pytest.mark.parametrize("example", examples().values(), ids=lambda example: example.code)
def test_the_good_example_loads_and_does_not_give_it(example: Example) -> None:
    _bad, good = example.files()
    told = found(good, example.whole)
    assert example.code not in codes(told)
    assert not [item for item in told if item.rule < "CC5"]


@pytest.mark.parametrize("example", examples().values(), ids=lambda example: example.code)
def test_a_finding_points_into_the_file(example: Example) -> None:
    bad, _good = example.files()
    lines = bad.split("\n")
    for item in found(bad, example.whole):
        assert item.place is not None
        assert 1 <= item.place.line <= len(lines)
        assert item.place.column <= len(lines[item.place.line - 1]) + 1
        assert item.message
        assert not item.message.endswith(".")


@pytest.mark.parametrize("example", examples().values(), ids=lambda example: example.code)
def test_a_finding_has_the_level_that_its_page_says(example: Example) -> None:
    bad, _good = example.files()
    for item in found(bad, example.whole):
        assert item.level is level(Code(item.rule)), item.rule


def test_every_code_has_an_example_or_a_test_of_its_own() -> None:
    assert set(Code) == set(map(Code, examples())) | BY_SYSTEM | BY_BYTES | BY_KIND | BY_FOLDER | BY_SIZE


def test_the_base_encounter_has_no_finding() -> None:
    assert found(merged("")) == ()


def test_a_piece_takes_the_place_of_tables_and_keys() -> None:
    text = merged('title = "Other"\n\n[beats.sure]\nmood = "calm"')
    assert text.count("\ntitle = ") == 1
    assert 'title = "Other"' in text
    assert "[[beats.sure.replies]]" not in text
    assert text.index('title = "Other"') < text.index("[caller]")
    assert "[[beats.when.replies]]" in text


def test_levels_are_of_codes_of_lint() -> None:
    assert set(LEVELS) <= set(MEANINGS)
    assert all(code >= Code.HIT for code in LEVELS if code is not Code.NOT_FOR_LINT)


def test_a_page_has_both_examples() -> None:
    shown = page("cc705")
    assert shown.startswith("CC705 (warning)\n")
    assert "Bad:" in shown
    assert "Good:" in shown
    assert "\n  " in shown


def test_an_unknown_code_is_told_with_what_was_likely_meant() -> None:
    with pytest.raises(UnknownCode, match="Did you mean “CC705”"):
        page("CC7055")


def test_the_page_of_all_codes_is_up_to_date() -> None:
    assert DOCS.read_text("utf-8") == document(), "run: make codes"


def test_the_page_has_every_code() -> None:
    text = document()
    assert [code for code in Code if f"\n### {code}\n" not in text] == []
