"""The scanner and the parser must see the same document, however it is spelt."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from callcalm.intake.scanner import scan
from callcalm.intake.spans import Limits, Path

WIDE = Limits(depth=100, key_parts=100, items=100_000, digits=4_000, number=5_000)


def paths_and_leaves(value: Any, path: Path = ()) -> dict[Path, Any]:
    found: dict[Path, Any] = {path: value} if path else {}
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in entries:
        found |= paths_and_leaves(item, (*path, name))
    return found


def agree(text: str) -> None:
    """When the parser accepts the text, the scanner saw the same paths, and each span is the value itself."""
    found = scan(text, WIDE)
    assert 0 <= found.end <= len(text)
    try:
        values = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    expected = paths_and_leaves(values)
    assert found.refusal is None
    assert found.end == len(text)
    assert found.twice == []
    assert found.spans.keys() == expected.keys()
    for path, (key_start, key_end, start, end) in found.spans.items():
        value = expected[path]
        assert 0 <= key_start <= key_end
        assert start < end <= len(text)
        if isinstance(path[-1], str) and not isinstance(value, dict | list):
            assert paths_and_leaves(tomli.loads(f"{text[key_start:key_end]} = 1")).keys() == {(path[-1],)}
        if not isinstance(value, dict | list):
            assert repr(tomli.loads(f"x = {text[start:end]}")["x"]) == repr(value)


HARD = [
    "",
    "\n\n  # only a comment",
    "a = 1",
    "a=1#c\nb\t=\t2\t# d\n",
    '"" = 1',
    'a."b.c".\'d"e\' = 1\na . x=2',
    '"\\u0061b" = 1\n"\\U00000063" = 2\n"\\x64" = 3\n"\\"\\\\" = 4',
    "[a]\nb = 1\n[a.c]\nd = 2\n[a.c.e.f]\n",
    "[a.b.c]\nd = 1\n[a]\ne = 2\n[a.b]\nf = 3",
    "[ a . 'b' ]\nc = 1",
    "[[a]]\nb = 1\n[[a]]\n[[a]]\nb = 3\n",
    "[[a.b]]\n[[a.b.c]]\nd = 1\n[[a.b.c]]\n[a.b.c.e]\nf = 1\n[[a.b]]\n[[a.b.c]]\n[a.b.x]\ny = 1",
    "[[ a ]] # c\n  [ a.b ]\n c = { d = 1 }",
    "[a]\nx.y.z = 1\nx.y.w = 2\nx.v = 3\n[b]\nx.y = 1",
    "a = []\nb = [ ]\nc = [\n]\nd = [ # c ]\n]",
    "a = [1,2,\n 3, # three\n]\nb = [[1],[2,[3]],{c=1}]",
    "a = {}\nb = { }\nc = {d=1,e.f=2}\ng = {h={i=[{j=1},{j=2}]}}",
    "a = {\n b = 1, # c }\n\n c = 2,\n}",
    "a = \"\"\"\"\"\"\nb = ''''''\nc = \"\"\nd = ''",
    'a = """"x"""\nb = """x""""\nc = """x"""""\nd = """""x"""""\ne = 1',
    "a = ''''x'''\nb = '''x''''\nc = '''x'''''\nd = 1",
    'a = """\n[x]\nb = 1 # "" \\" """\nc = 2',
    'a = """\\\n   \\  \n  x"""',
    "a = '''\n[x]\n\"\"\"b = 1'''\nc = 2",
    'a = "# no [comment] = \\" \\\\"\nb = 1',
    "a = 'c:\\'\nb = 1",
    "a = +1\nb = -1_000\nc = 0xdead_BEEF\nd = 0o17\ne = 0b1\nf = 1.5e-3\ng = inf\nh = -nan\ni = true\nj = false",
    "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.999-07:00\nc = 1979-05-27\nd = 07:32:00",
    "a = [1979-05-27 07:32, 07:32]",
    "1 = 1\n1-2_3 = 2\n3.14 = 3\ntrue = 4\ninf = 5\n1979-05-27 = 6",
    "a = {b=1979-05-27 07:32:00,c='}'}\nd = ['],', \"]\"]",
    '"caractère" = "é"\n\'漢字\' = 1\n',
    "[a]\n\n\n[b]# x\n[c]",
    "\ta = 1\n \t[b]\t\n",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_documents_are_placed_like_the_parser_reads_them(text: str) -> None:
    tomli.loads(text)
    agree(text)


BROKEN = [
    "a", "a =", "= 1", "a = 1 b = 2", "[a", "[[a]", "[]", "[a]]", "a = [1 2]", "a = [", "a = {", "a = {b=1",
    "a = {b}", 'a = "', 'a = "\nb = 1', 'a = """', "a = '''x''", "a..b = 1", "a = 1\n\\", '"\\', "a = [1,,2]",
    "a = {,}", "[a.]", 'a = "\\', 'a = """\\', "\x00", "a = \x00", "a = 1\rb = 2", "[a]b=1", "a = 1,", "a.b",
    "a = ]", "“", "a = “x”",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_broken_documents_stop_the_scanner_without_an_error_of_its_own(text: str) -> None:
    with pytest.raises(tomli.TOMLDecodeError):
        tomli.loads(text)
    found = scan(text)
    assert found.refusal is None
    assert found.end < len(text) or found.end == len(text) == len(text.rstrip())


KEYS = st.one_of(
    st.sampled_from(
        ["a", "b", "c", "a-b", "1", '""', '"a b"', "'a.b'", '"\\u0061"', '"é"', "'漢'", '"\\""', "' '"]
    ),
    st.text("abc123_-", min_size=1, max_size=4),
)
SPACES = st.sampled_from(["", "", " ", "\t", "  "])
BREAKS = st.sampled_from(["", "", " ", "\n", " # c ]}\"'\n", "\n\n\t"])
SCALARS = st.one_of(
    st.integers(-1000, 1000).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=16).map(repr),
    st.sampled_from(["true", "false", "inf", "-nan", "0xFF", "1_0", "2020-01-02", "2020-01-02 03:04:05", "03:04"]),
    st.sampled_from(
        ['""', "''", '""""""', "''''''", '"a#]}\\"\\\\"', "'#]}\\'", '"""a\n"b""c\\"""""""', "'''\n'a''b'''"]
    ),
    st.text(max_size=8).map(lambda text: tomli_w.dumps({"x": text})[4:].rstrip("\n")),
)


@st.composite
def dotted(draw: st.DrawFn, most: int = 4) -> str:
    return f"{draw(SPACES)}.{draw(SPACES)}".join(draw(st.lists(KEYS, min_size=1, max_size=most)))


def arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def build(draw: st.DrawFn) -> str:
        parts = [draw(BREAKS) + value + draw(BREAKS) for value in draw(st.lists(values, max_size=3))]
        tail = "," if parts and draw(st.booleans()) else ""
        return f"[{','.join(parts)}{tail}{draw(BREAKS)}]"

    return build()


def inline_tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def build(draw: st.DrawFn) -> str:
        parts = [
            f"{draw(BREAKS)}{draw(dotted(2))}{draw(SPACES)}={draw(SPACES)}{value}{draw(BREAKS)}"
            for value in draw(st.lists(values, max_size=3))
        ]
        tail = "," if parts and draw(st.booleans()) else ""
        return f"{{{','.join(parts)}{tail}{draw(BREAKS)}}}"

    return build()


VALUES = st.recursive(SCALARS, lambda inner: st.one_of(arrays(inner), inline_tables(inner)), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = []
    for _ in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(["pair", "pair", "table", "tables", "comment"]))
        key, space = draw(dotted()), draw(SPACES)
        line = {
            "pair": f"{key}{space}={space}",
            "table": f"[{space}{key}{space}]",
            "tables": f"[[{space}{key}{space}]]",
            "comment": "",
        }[kind]
        value = draw(VALUES) if kind == "pair" else ""
        lines.append(space + line + value + draw(st.sampled_from(["", " ", " # [x] = '", "\n"])))
    return "\n".join(lines)


@given(documents())
def test_odd_spellings_are_placed_like_the_parser_reads_them(text: str) -> None:
    agree(text)


PLAIN = st.recursive(
    st.one_of(st.text(max_size=12), st.integers(-(10**18), 10**18), st.booleans(), st.dates(), st.times()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), PLAIN, max_size=5), st.booleans())
def test_what_the_writer_library_writes_is_placed(values: dict[str, Any], multiline: bool) -> None:
    agree(tomli_w.dumps(values, multiline_strings=multiline))


@given(
    st.sampled_from([text for text in HARD if text]),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 3), st.text("[]{}\"'\\#=.,\n ab1\t-:", max_size=3)),
        max_size=3,
    ),
)
def test_damaged_documents_never_disagree(text: str, cuts: list[tuple[int, int, str]]) -> None:
    for number, length, replacement in cuts:
        at = number % (len(text) + 1)
        text = text[:at] + replacement + text[at + length :]
    agree(text)


def test_spans_of_tables_are_their_headers() -> None:
    text = "[a.b]\nx = 1\n[[c]]\n[[c]]\n[d]\ne.f = 2\n"
    spans = scan(text).spans
    shown = {path: (text[s[0] : s[1]], text[s[2] : s[3]]) for path, s in spans.items()}
    assert shown[("a",)] == ("a", "a")
    assert shown[("a", "b")] == ("b", "[a.b]")
    assert shown[("c",)] == ("c", "[[c]]")
    assert shown[("c", 1)] == ("[[c]]", "[[c]]")
    assert spans[("c", 1)][0] > spans[("c", 0)][0]
    assert shown[("d", "e")] == ("e", "e")
    assert shown[("d", "e", "f")] == ("f", "2")


def test_a_table_named_before_it_is_written_is_placed_at_its_own_header() -> None:
    text = "[a.b]\n[a]\nx = 1\n"
    assert text[slice(*scan(text).spans["a",][2:])] == "[a]"


@pytest.mark.parametrize(
    ("text", "names", "second"),
    [
        ("a = 1\nb = 2\na = 3\n", ["a"], ["a"]),
        ("a = 1\na = 2\na = 3\n", ["a", "a"], ["a", "a"]),
        ("[a]\nb = 1\n[c]\n[a]\n", ["a"], ["[a]"]),
        ("a = {b = 1, b = 2}\n", ["a.b"], ["b"]),
        ("a.b = 1\na.b = 2\n", ["a.b"], ["b"]),
        ("a = [1, 2]\na = [3, [4]]\nc = 1\n", ["a"], ["a"]),
        ("[[a]]\nb = 1\nb = 2\n", ["a.b"], ["b"]),
        ('a = 1\n"\\u0061" = 2', ["a"], ['"\\u0061"']),
        ("[a.b]\n[a]\nb = 1\n", ["a.b"], ["b"]),
        ("[[a]]\n[a]\n", ["a"], ["[a]"]),
        ("a = 1\n[[a]]\n", ["a"], ["[[a]]"]),
    ],
)
def test_repetitions_are_noticed(text: str, names: list[str], second: list[str]) -> None:
    with pytest.raises(tomli.TOMLDecodeError):
        tomli.loads(text)
    twice = scan(text).twice
    assert [item.name for item in twice] == names
    assert [text[item.start : item.end] for item in twice] == second
    assert all(item.first < item.start for item in twice)
