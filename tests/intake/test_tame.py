"""A tame text: what passes for one, and that it comes to the same as the long way through the scanner."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.intake import BadFile, Code, Source, parse, toml
from callcalm.intake.scanner import scan
from callcalm.intake.sections import Sections
from callcalm.intake.spans import LIMITS, Limits
from callcalm.intake.tame import DEPTH, sections, tame
from tests.content.small import SMALL

SHIPPED = sorted(Path(__file__).parents[2].glob("scenarios/*/*.toml"))

TAME = {
    "nothing": "",
    "a comment": "# hello",
    "no end of line": 'a = "b"',
    "headers": "[a]\n[[b.c]]\n[b.c.d.e]\n",
    "long text": 'a = """\none\n"two" \\\n  three"""\nb = 1\n',
    "numbers": "a = 1\nb = -12\nc = +0.5\nd = true # yes\n",
    "lists": 'a = [ "b", # one\n  "c",\n]\nb = []\n',
    "tables": 'a = { b = "c", d = [1, 2], e = { f = 1 } }\nb = {}\n',
    "lists of tables of lists": 'a = [{ b = "c", d = [1, 2] }]\n',
}
WILD = {
    "a quoted key": '"a" = 1\n',
    "a dotted key": "a.b = 1\n",
    "spaces in a header": "[ a ]\n",
    "many parts": "[a.b.c.d.e]\n",
    "a literal text": "a = 'b'\n",
    "a date": "a = 2026-11-21\n",
    "a float with an exponent": "a = 1e9\n",
    "hex": "a = 0xff\n",
    "many digits": "a = 1234567890123456\n",
    "digits with lines under": "a = 1_000\n",
    "deep lists": "a = [[[[1]]]]\n",
    "deep tables": "a = { b = { c = { d = 1 } } }\n",
    "a text that does not end": 'a = "b\n',
    "a long text that does not end": 'a = """b\n',
    "no value": "a =\n",
    "words": "hello\n",
    "two on a line": "a = 1 b = 2\n",
    "a list that does not end": "a = [1, 2\n",
}


@pytest.mark.parametrize("text", TAME.values(), ids=TAME)
def test_plain_texts_are_tame_and_read_alike(text: str) -> None:
    assert tame(text, LIMITS)
    found = scan(text)
    assert found.refusal is None
    assert found.end == len(text)


@pytest.mark.parametrize("text", WILD.values(), ids=WILD)
def test_whatever_is_unusual_goes_the_long_way(text: str) -> None:
    assert not tame(text, LIMITS)


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_scenarios_as_people_write_them_are_tame(path: Path) -> None:
    assert tame(path.read_text("utf-8"), LIMITS)


def test_narrower_limits_and_too_many_items_go_the_long_way() -> None:
    assert not tame("a = 1\n", Limits(depth=DEPTH - 1))
    assert not tame("a = 1\n", Limits(digits=3))
    many = "\n".join(f"k{number} = 1" for number in range(11))
    assert tame(many, Limits(items=11))
    assert not tame(many, Limits(items=10))
    assert not tame("[[a]]\n" * 11, Limits(items=11))
    assert not tame("a = [1, 2]\n[b.c]\n", Limits(items=4))


PIECES = st.sampled_from(
    [*SMALL.splitlines(keepends=True), *TAME.values(), "\n", '"', '"""\n', "[a]\n", "[[a]]\n", "a = 1\n", "[", "]"]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_short_way_gives_what_the_long_way_gives(text: str) -> None:
    outcomes = []
    for small in (-1, len(text)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(toml, "SMALL", small)
            try:
                document = parse(Source("x.toml", text))
            except BadFile as bad:
                outcomes.append(("bad", bad.problems))
            else:
                at = document.positions
                places = [(at.value(path), at.key(path), at.has(path)) for path in (*scan(text).spans, ("no",))]
                outcomes.append((document.values, places))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_place_of_a_scenario_is_found_alone_where_the_scan_of_all_finds_it(path: Path) -> None:
    text = path.read_text("utf-8")
    tame = sections(text, LIMITS)
    assert tame
    spans = scan(text).spans
    for wanted in [*spans][:: max(1, len(spans) // 60)]:
        found = Sections(text, tame, LIMITS)
        assert found.span(wanted) == spans[wanted]
        assert found.span((*wanted, "no")) is None


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_sections_give_every_place_whether_asked_for_one_or_for_all(text: str, again: bool) -> None:
    tame = sections(text, LIMITS)
    if tame is None or scan(text).twice:
        return
    spans = scan(text).spans
    found = Sections(text, tame, LIMITS)
    for wanted in spans:
        found = found if again else Sections(text + " " * 2 * len(text), tame, LIMITS)
        assert found.span(wanted) == spans[wanted]


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_tame_text_is_within_every_limit(text: str) -> None:
    if not tame(text, LIMITS):
        return
    found = scan(text)
    assert found.refusal is None
    assert max(map(len, found.spans), default=0) <= DEPTH
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    assert not found.spans or not tame(text, Limits(items=len(found.spans) - 1))


def test_a_large_file_is_refused_for_what_is_wrong_with_it_as_a_small_one_is() -> None:
    long = "".join(f'k{number} = "some words that fill a line"\n' for number in range(4_000))
    assert len(long) > toml.SMALL
    with pytest.raises(BadFile) as caught:
        parse(Source("x.toml", f'{long}k7 = "again"\n'))
    (problem,) = caught.value.problems
    assert problem.code is Code.TWICE
    assert problem.place is not None
    assert problem.place.line == 4_001
