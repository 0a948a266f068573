"""A tame text read section by section holds what the parser finds in it, or it is left to the parser."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.intake.plainly import values
from callcalm.intake.spans import LIMITS
from callcalm.intake.tame import sections
from tests.content.small import SMALL

SHIPPED = sorted(Path(__file__).parents[2].glob("scenarios/*/*.toml"))


def read(text: str) -> dict[str, object] | None:
    tame = sections(text, LIMITS)
    return None if tame is None else values(text, tame)


def parsed(text: str) -> str:
    """All that the parser finds, in its order; why not, where it finds a fault."""
    try:
        return repr(tomli.loads(text))
    except tomli.TOMLDecodeError:
        return "a fault"


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_a_scenario_holds_what_the_parser_finds(path: Path) -> None:
    text = path.read_text("utf-8")
    assert repr(read(text)) == parsed(text)


PLAIN = {
    "texts": 'a = "b"\n[c]\nd = "é — 日本" # e = "f"\n\n\ng = "#"\n',
    "comments": '[a]# b = "c"\n# d = "e"\nf = "g"\n# h\n',
    "escapes": '[a]\nb = "c\\td"\n[e]\nf = """\ng = "h"\n"""\n',
    "lists": '[[a]]\nb = "c"\n[[a]]\nb = "d"\n[e]\n',
    "lists in lists' tables": '[a.b]\n[[a.b.c]]\nd = "e"\n[a.f]\n[[a.f.c]]\n',
    "a table of the last item": '[[a]]\n[a.b]\nc = "d"\n',
    "no end of line": '[a]\nb = "c"',
    "a tab": '[a]\nb = "c\td"\n',
    "numbers and lists": '[a]\nb = 1\nc = ["d", "e"]\nf = { g = "h" }\n',
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_what_is_plain_is_read_here(text: str) -> None:
    assert repr(read(text)) == parsed(text) != "a fault"


LEFT = {
    "a table twice": "[a]\n[a]\n",
    "a key twice": '[a]\nb = "c"\nb = "d"\n',
    "a key that is a table": '[a]\nb = "c"\n[a.b]\n',
    "a table after those in it": "[a.b]\n[a]\n",
    "a list that was a table": "[a]\n[[a]]\n",
    "a table that was a list": "[[a]]\n[a]\n",
    "a table in a table on one line": "a = { b = 1 }\n[a.c]\n",
    "a list between brackets": "a = []\n[[a]]\n",
    "tables of each item": "[[a]]\n[a.b]\n[[a]]\n[a.b]\n",
    "lists of each item": "[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n",
    "a control character": '[a]\nb = "c\x01d"\n',
    "a control character in a comment": '[a]\nb = "c" # \x7f\n',
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_certain_is_left_to_the_parser(text: str) -> None:
    assert read(text) is None


NAMES = ("a", "b", "a.b", "a.b.c", "c", "a.c", "b.c")
PIECES = st.sampled_from(
    [
        *SMALL.splitlines(keepends=True),
        *[f"[{name}]\n" for name in NAMES],
        *[f"[[{name}]]\n" for name in NAMES],
        *[f'{name} = "{name}"\n' for name in "abc"],
        "\n",
        ' a = "b"\n',
        "# a\n",
        '# a = "b"\n',
        "a = 1\n",
        'b = { c = "d" }\n',
        "c = []\n",
        'b = "c" # d = "e"\n',
        'b = "\\n"\n',
        'b = "\x01"\n',
        'b = """\n[a]\n"""\n',
    ]
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_is_read_here_is_what_the_parser_finds(text: str) -> None:
    found = read(text)
    assert found is None or repr(found) == parsed(text)
