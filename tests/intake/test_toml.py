"""Documents with places, and syntax errors that a writer understands."""

from __future__ import annotations

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from callcalm.intake import BadFile, Code, Place, Problem, Source, parse
from tests.content.small import SMALL


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadFile) as caught:
        parse(Source("x.toml", text))
    return caught.value.problems


def test_values_and_places() -> None:
    document = parse(Source("x.toml", 'a = "é"\n[[b]]\nc = [1,\n 2]\n'))
    assert document.values == {"a": "é", "b": [{"c": [1, 2]}]}
    positions = document.positions
    assert positions.value(("a",)) == Place(1, 5, 1, 8)
    assert positions.key(("a",)) == Place(1, 1, 1, 2)
    assert positions.value(("b", 0, "c")) == Place(3, 5, 4, 4)
    assert positions.value(("b", 0, "c", 1)) == Place(4, 2, 4, 3)
    assert positions.key(("b", 0, "c", 1)) == Place(4, 2, 4, 3)
    assert positions.value(("b", 0)) == Place(2, 1, 2, 6)


def test_what_is_not_there_has_the_place_of_its_table() -> None:
    positions = parse(Source("x.toml", "[a]\nb = 1\n")).positions
    assert positions.value(("a", "missing", 3)) == Place(1, 1, 1, 4)
    assert positions.value(("missing",)) == Place(1, 1, 1, 2)
    assert positions.value(()) == positions.key(()) == Place(1, 1, 1, 2)


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ('"abc def"', "abc def"),
        ("'abc\\def'", "abc\\def"),
        ('"a\\tb\\u00e9\\"c\\U0001F600d\\x41"', 'a\tbé"c😀dA'),
        ('"""\nab\n\\   \n  cd"""', "ab\ncd"),
        ('"""ab\\\n\n  cd\\n"x"""""', 'abcd\n"x""'),
        ("'''\nab\n''c''''", "ab\n''c'"),
    ],
)
def test_places_inside_a_text(token: str, value: str) -> None:
    text = f"a = 1\nx = {token}\n"
    document = parse(Source("x.toml", text))
    assert document.values["x"] == value
    lines = text.split("\n")
    for index, char in enumerate(value):
        place = document.positions.inside(("x",), index, index + 1)
        piece = lines[place.line - 1][place.column - 1 :]
        assert piece.startswith((char, "\\")) or (char, piece) == ("\n", ""), (index, place)


def test_places_inside_fall_back_to_the_whole_value() -> None:
    positions = parse(Source("x.toml", 'a = "abc"\nb = 1\n')).positions
    assert positions.inside(("a",), 0, 3) == Place(1, 6, 1, 9)
    assert positions.inside(("a",), 2, 4) == Place(1, 5, 1, 10)
    assert positions.inside(("b",), 0, 1) == Place(2, 5, 2, 6)
    assert positions.inside(("c",), 0, 1) == Place(1, 1, 1, 2)


@given(st.text(max_size=20), st.integers(0, 25), st.integers(0, 25))
def test_places_inside_never_fail(value: str, start: int, length: int) -> None:
    document = parse(Source("x.toml", tomli_w.dumps({"x": value})))
    place = document.positions.inside(("x",), start, start + length)
    assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)


SLIPS = [
    ("say = “Hello”", "curly quotes", (1, 7)),
    ("say = « Bonjour »", "curly quotes", (1, 7)),
    ("say = Hello there", "no quotes", (1, 7)),
    ("ok = True", "“True” is not a value", (1, 6)),
    ("ok = yes", "“yes” is not a value", (1, 6)),
    ("ok = vrai", "“vrai” is not a value", (1, 6)),
    ("ok = {a = non}", "“non” is not a value", (1, 11)),
    ("say = No way", "no quotes", (1, 7)),
    ("level == 1", "an = too many", (1, 8)),
    ("ok =", "a value is missing", (1, 5)),
    ("say: 'x'", "not by a colon", (1, 4)),
    ("just words here", "no = after this", (1, 1)),
    ("prénom = 1", "a name cannot hold “é”", (1, 3)),
    ("école = 1", "cannot hold “é”", (1, 1)),
    ("École", "none that TOML knows", (1, 1)),
    ("\u00a0a = 1", "no-break space", (1, 1)),
    ("a\u00a0= 1", "no-break space", (1, 2)),
    ("a =\u202f1", "no-break space", (1, 4)),
    ('say = "Go on.”\n', "ends with a curly one", (1, 14)),
    ('parts = ["Go on.”,\n', "ends with a curly one", (1, 17)),
    ('say = "Go on, “Anna”\n', "not closed", (1, 7)),
    ('"Hello"', "no = after this", (1, 1)),
    ("“Hello”", "without a key", (1, 1)),
    ("!", "none that TOML knows", (1, 1)),
    ('say = "She said "no" to me"', "follows the closing quotes", (1, 18)),
    ("level = 08", "follows the number", (1, 10)),
    ("a = [1] b = 2", "follows where the line", (1, 9)),
    ('say = "Hello\nb = 1', "not closed on this line", (1, 7)),
    ('a = 1\nsay = """Hello\nb = 1\n', "never closed", (2, 7)),
    ("a = 1\nsay = 'Hello\nb = 1\n", "", (2, 7)),
    ("a = 1\nsay = '''Hello\nb = 1\n", "never closed", (2, 7)),
    ('path = "C:\\Users"', "backslash", (1, 11)),
    ('a = "\\ud800"', "number of a character", None),
    ('a = "x\u0007y"', "U+0007", (1, 7)),
    ("a = [1 2]", "list is not closed", (1, 8)),
    ("a = {b = 1 c = 2}", "table is not closed", (1, 12)),
    ("[start", "does not end in ]", (1, 7)),
    ("[[start]", "does not end in ]]", (1, 8)),
    ("[a.b]\nc = 1\n[[a.b", "does not end in ]]", (3, 6)),
    ("[a]\n[a", "does not end in ]", (2, 3)),
    ("[[my first.b]", "no spaces in it", (1, 3)),
    ("[beats.a b", "does not end in ]", (1, 10)),
    ("[beats.café]", "cannot hold “é”", (1, 11)),
    ("[beats.what's up]", "cannot hold “'”", (1, 12)),
    ('my mood = "x"', "no spaces in it", (1, 1)),
    ('a = ["x", b = "y"]', "no braces around it", (1, 11)),
    ("a = 1,  # one", "no comma", (1, 6)),
    ("a = 2024-02-30", "no such date", (1, 5)),
    ("a. = 1", "cannot begin like this", (1, 4)),
    ("a = 1\n[a.b]\n", "cannot be added here", (2, 1)),
    ("[[a.b]]\n[c]\n[[a]]\n", "written twice", (3, 1)),
]


@pytest.mark.parametrize(("text", "words", "where"), SLIPS)
def test_slips_are_explained(text: str, words: str, where: tuple[int, int] | None) -> None:
    problem = problems(text)[-1]
    assert problem.code in {Code.SYNTAX, Code.TWICE}
    assert words in problem.message
    assert problem.place is not None
    if where is not None:
        assert (problem.place.line, problem.place.column) == where


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[beats.my first beat]", "a name has no spaces in it", "Write my-first-beat, in one word."),
        (
            'replies = [say = "a", goto = "b"]',
            "an item of this list has no braces around it",
            'Write each item between braces: [{ say = "…", goto = "…" }].',
        ),
        (
            'mood = "angry",',
            "no comma stands at the end of a line",
            "Delete it: only the items of a list or a table in one line are parted by commas.",
        ),
    ],
)
def test_what_a_slip_is_and_what_to_write_instead(text: str, message: str, hint: str) -> None:
    (problem,) = problems(f"{text}\nx = 1\n")
    assert (problem.message, problem.hint) == (message, hint)


def test_all_repetitions_are_told_at_once_with_the_first_place() -> None:
    found = problems("a = 1\nb = 1\na = 2\nb = 3\n[c]\n[c]\n")
    assert [problem.code for problem in found] == [Code.TWICE] * 3
    assert [problem.place.line for problem in found if problem.place] == [3, 4, 6]
    assert found[1].message == "`b` is written twice; it first stands on line 2"


def test_of_a_table_that_is_there_twice_the_header_is_told_and_not_its_keys() -> None:
    found = problems("[aaa]\nb = 1\nc = 2\n[aaa]\nb = 1\nc = 2\nc = 3\n[d]\ne = 1\ne = 2\n")
    told = [(problem.place.line, problem.message.split("`")[1]) for problem in found if problem.place]
    # What is there twice within the second is told too, by its own name.
    assert told == [(4, "aaa"), (7, "c"), (10, "d.e")]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[[beats.a.replies]", "Write [[beats.a.replies]]."),
        ("[[beats.a.replies", "Write [[beats.a.replies]]."),
        ("[start  # here", "Write [start]."),
        ("[beats.a b", None),
    ],
)
def test_a_header_that_is_not_closed_says_what_to_write(text: str, hint: str | None) -> None:
    assert problems(f"{text}\nx = 1\n")[0].hint == hint


def test_a_slip_after_a_repetition_is_not_hidden_by_it() -> None:
    assert [p.code for p in problems("a = 1\nb = “x”\na = 2\n")] == [Code.SYNTAX, Code.TWICE]
    assert [p.code for p in problems("a = 1\na = 2\nb = “x”\n")] == [Code.TWICE, Code.SYNTAX]


FURTHER = [
    (
        '[b.opening]\nmood = "angry\ncaller = "x"\n[b.two]\nmood = angry\n[b.opening]\nx = 1\n',
        [(2, "not closed on this line"), (5, "no quotes around it"), (6, "written twice")],
    ),
    (
        '[b.my first]\nmood = "a"\n[[b.my first.r]]\nmood = "a",\ngoto = b\n',
        [(1, "no spaces"), (3, "no spaces"), (4, "no comma"), (5, "no quotes")],
    ),
    ('[beats\nx = "x"\n[[a.b]\nx = hello\n[a]\n', [(1, "end in ]"), (3, "end in ]]"), (4, "no quotes")]),
    ('do = ["a", "b"\nmood = x\n[a]\nx = y\n', [(2, "list is not closed"), (4, "no quotes")]),
    ('say = "Hello\nthere."\nmood = x\n', [(1, "not closed on this line"), (3, "no quotes")]),
    ('text = Dear Sir\nI write\nto you\nmood = "x",\n', [(1, "no quotes"), (4, "no comma")]),
    ("a = 1\na = 2\nb = c\nb = 3\nd = e\n", [(2, "twice"), (3, "no quotes"), (4, "twice"), (5, "no quotes")]),
    # A header that has lost its first bracket: what stands below is not its neighbour's.
    ("[a]\nb = 1\n]ends]\nb = 2\nd = e\n", [(3, "none that TOML knows"), (5, "no quotes")]),
    ("[a]\nb = 1\nc = x\n  ends]\nb = 2\n", [(3, "no quotes"), (4, "no = after this")]),
    # What looks like a header stands in a list that is not closed: it is none, and its keys are no items.
    ('p = [\n "a",\n\na.b]\nc = "d"\n\n[e]\nf = g\n', [(4, "no quotes"), (8, "no quotes")]),
    # How far these go nobody can tell: one is told, and none that may not be there.
    ('say = """Hello\nmood = x\n[a]\n', [(1, "never closed")]),
    ("[a]\nsay = '''x\nb = ''' y\nc = d\n", [(3, "something follows")]),
    ('r = [\n { say = "x", goto = y },\n { say = "x", goto = z },\n]\na = b\n', [(2, "no quotes")]),
]


@pytest.mark.parametrize(("text", "told"), FURTHER)
def test_one_slip_does_not_hide_the_next(text: str, told: list[tuple[int, str]]) -> None:
    found = problems(text)
    assert [problem.place.line for problem in found if problem.place] == [line for line, _words in told]
    for problem, (_line, words) in zip(found, told, strict=True):
        assert words in problem.message


def test_not_more_slips_are_told_than_anybody_mends_at_once() -> None:
    assert len(problems("".join(f"k{number} = x\n" for number in range(100)))) == 20
    assert len(problems("a = b\nc = d\n" + "# a note\n" * 20_000)) == 1


@given(st.data())
def test_several_slips_tell_of_no_whole_line_that_none_of_them_alone_tells_of(data: st.DataObject) -> None:
    good = SMALL.split("\n")
    broken, expected = list(good), set()
    for at in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=4, unique=True)):
        place = data.draw(st.integers(0, len(good[at])))
        broken[at] = good[at][:place] + data.draw(st.sampled_from(["", *'"[]{},=.'])) + good[at][place + 1 :]
        expected |= {at + 1, *told([*good[:at], broken[at], *good[at + 1 :]])}
    assert told(broken).keys() <= expected


def told(lines: list[str]) -> dict[int, str]:
    """What is wrong, by line; neighbours that are both broken may change each other's words."""
    try:
        parse(Source("x.toml", "\n".join(lines)))
    except BadFile as bad:
        found = bad.problems
    else:
        found = ()
    assert not any("`-" in problem.message for problem in found), "a stand-in's name is told"
    return {problem.place.line: problem.message for problem in found if problem.place}


@given(st.text("ab=.[]{}\"'\\#, \n1“é\x07", max_size=40))
def test_every_text_is_a_document_or_a_bad_file_with_places(text: str) -> None:
    try:
        parse(Source("x.toml", text))
    except BadFile as bad:
        places = [problem.place for problem in bad.problems]
        shown = str(bad)
    else:
        return
    assert places
    assert None not in places
    assert shown.startswith("x.toml:")


def test_single_brackets_beside_double_ones_are_told() -> None:
    (problem,) = problems("[a]\n[[a]]\n")
    assert "double brackets" in problem.hint
