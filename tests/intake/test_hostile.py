"""Files made to hang or crash a parser are refused before the parser sees them (FACTS, section 2).

The bound is structural: the parser is replaced by one that fails the test, or the scanner's stop is checked.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from callcalm.intake import BadFile, Code, Source, from_bytes, parse
from callcalm.intake.scanner import scan
from callcalm.intake.spans import LIMITS
from callcalm.intake.toml import _BEYOND

REFUSED = {
    "nested lists": ("a = " + "[" * 100_000, Code.TOO_DEEP),
    "nested tables": ("a = " + "{a=" * 100_000, Code.TOO_DEEP),
    "closed nested lists": ("a = " + "[" * 50_000 + "]" * 50_000, Code.TOO_DEEP),
    "nested in a repeated key": ("a = 1\na = " + "[" * 100_000, Code.TOO_DEEP),
    "one key of many parts": (".".join(["a"] * 100_000) + " = 1", Code.LONG_KEY),
    "many keys of many parts": (
        "\n".join(f"k{i}." + ".".join(["a"] * 1_000) + " = 1" for i in range(500)),
        Code.LONG_KEY,
    ),
    "deep header": (
        "[" + ".".join(["a"] * 900) + "]\n" + "\n".join(f"k{i} = 1" for i in range(80_000)),
        Code.LONG_KEY,
    ),
    "deep header within the parts": (
        "[[a.b.c.d.e.f.g.h]]\n[[a.b.c.d.e.f.g.h]]\nx = 1\n[a.b.c.d.e.f.g.h.i]\n" + "z = 1\n" * 10,
        Code.LONG_KEY,
    ),
    "endless integer": ("a = " + "1" * 1_000_000, Code.LONG_NUMBER),
    "endless hex": ("a = 0x" + "f" * 1_000_000, Code.LONG_NUMBER),
    "endless float": ("a = 1." + "1" * 1_000_000, Code.LONG_NUMBER),
    "signed, with underscores": ("a = -1" + "_1" * 20, Code.LONG_NUMBER),
    "a million items": ("a = [" + "1," * 1_000_000 + "]", Code.TOO_MANY),
    "many keys": ("\n".join(f"k{i} = 1" for i in range(LIMITS.items + 1)), Code.TOO_MANY),
    "many tables": ("[[a]]\n" * (LIMITS.items + 1), Code.TOO_MANY),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_scanner_refuses_before_the_parser_sees_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        pytest.fail("the parser was given a hostile text")

    monkeypatch.setattr(tomli, "loads", forbidden)
    text, code = REFUSED[name]
    with pytest.raises(BadFile) as caught:
        parse(Source("hostile.toml", text))
    assert code in [problem.code for problem in caught.value.problems]
    assert all(problem.place is not None for problem in caught.value.problems)
    assert len(str(caught.value)) < 20_000


def test_after_a_stop_the_parser_sees_only_a_little_more(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = tomli.loads

    def counted(text: str) -> object:
        seen.append(len(text))
        return real(text)

    monkeypatch.setattr(tomli, "loads", counted)
    text = 'a = 1\nb = "x\n' + "[" + ".".join(["a"] * 900) + "]\n" + "k = 1\n" * 100_000
    with pytest.raises(BadFile):
        parse(Source("hostile.toml", text))
    assert seen == [text.index('"x') + _BEYOND]


FINISHES = {
    "long string": 'a = "' + "x" * 2_000_000 + '"',
    "string of escapes": 'a = "' + "\\n" * 1_000_000 + '"',
    "string that never ends": 'a = "' + "\\n" * 1_000_000,
    "quotes in a long string": 'a = """' + '""x' * 300_000 + '"""',
    "quotes in a long string that never ends": 'a = """' + '""x' * 300_000,
    "apostrophes in a long string": "a = '''" + "''x" * 300_000 + "'''",
    "apostrophes in a long string that never ends": "a = '''" + "''x" * 300_000,
    "spaces": "a = 1" + " " * 1_000_000 + "x",
    "leading spaces": " " * 1_000_000 + "\x01",
    "comments": "#\n" * 500_000,
    "one comment": "#" * 1_000_000,
    "blank lines in a list": "a = [" + "\n" * 500_000 + "]",
    "escapes in a key": '"' + "\\u0061" * 200_000 + '" = 1',
    "repeated keys": "a = 1\n" * 200_000,
    "repeated tables": "[a]\n" * 200_000,
    "unclosed keys": '"a\n' * 200_000,
    "a word without end": "a = " + "x" * 1_000_000,
}


@pytest.mark.parametrize("name", FINISHES)
def test_long_texts_of_one_kind_are_read_or_refused(name: str) -> None:
    text = FINISHES[name]
    try:
        document = parse(Source("hostile.toml", text))
    except BadFile as error:
        shown = str(error)
    else:
        shown = ""
        assert set(document.values) == {path[0] for path in scan(text).spans}
        assert all(document.positions.has((name,)) for name in document.values)
    assert len(shown) < 20_000


def test_repetitions_are_counted_only_so_far() -> None:
    assert len(scan("a = 1\n" * 200_000).twice) == 1_000


def test_nothing_over_the_cap_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        from_bytes(b"\xff" * 101, "big", 100)
    assert [problem.code for problem in caught.value.problems] == [Code.TOO_LARGE]
