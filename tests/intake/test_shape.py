"""Shapes: what they take, what they say, what they let through, and how they describe themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.text import unsafe
from callcalm.intake import (
    BAD,
    BadFile,
    Bool,
    Choice,
    Code,
    Either,
    Field,
    Inbox,
    Int,
    ListOf,
    MapOf,
    Place,
    Plain,
    Record,
    Severity,
    Shape,
    Source,
    Str,
    load,
    load_source,
    nearest,
    parse,
    shown,
)


def checked(shape: Shape, toml: str) -> tuple[Any, Inbox]:
    document = parse(Source("x.toml", f"x = {toml}\n"))
    inbox = Inbox(document)
    return shape.check(document.values["x"], ("x",), inbox), inbox


GOOD: list[tuple[Shape, str, Any]] = [
    (Str(), '"a"', "a"),
    (Str(), '" a\\t"', " a    "),
    (Str(strip=True), '" a "', "a"),
    (Str(strip=True), '"""\na\n"""', "a"),
    (Str(empty=True), '""', ""),
    (Str(multiline=True), '"a\\r\\nb"', "a\nb"),
    (Str(pattern="[a-z]+"), '"abc"', "abc"),
    (Str(most=3), '"abc"', "abc"),
    (Int(0, 3), "0", 0),
    (Int(0, 3), "3", 3),
    (Bool(), "true", True),
    (Choice(("a", "b")), '"b"', "b"),
    (Choice({1: "one", 2: "two"}), "2", 2),
    (ListOf(Int(0, 9)), "[1, 2]", [1, 2]),
    (ListOf(Int(0, 9), least=1, most=2), "[1, 2]", [1, 2]),
    (MapOf("[a-z]", "one letter", Int(0, 9)), "{a = 1, b = 2}", {"a": 1, "b": 2}),
    (Either(Str(), ListOf(Str())), '"a"', "a"),
    (Either(Str(), ListOf(Str())), '["a"]', ["a"]),
    (Record({"a": Field(Int(0, 9), "A.")}), "{a = 1}", {"a": 1}),
    (Record({"a": Field(Int(0, 9), "A.", default=4)}), "{}", {"a": 4}),
    (Record({"a": Field(Int(0, 9), "A.")}), "{}", {}),
    (Record({}, keep_unknown=True), '{a = [1, {b = "c"}], d = 2020-01-01}', None),
    (Plain(), "[1.5, true]", [1.5, True]),
]


@pytest.mark.parametrize(("shape", "toml", "value"), GOOD)
def test_what_fits_is_returned_clean(shape: Shape, toml: str, value: Any) -> None:
    result, inbox = checked(shape, toml)
    assert inbox.problems == []
    if value is None:
        value = parse(Source("x", f"x = {toml}")).values["x"]
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("toml", "hint"),
    [
        ("[x]\na = 1\n", "Double the brackets: [[x]]."),
        ("x = { a = 1 }\n", "Put [ and ] around it: a list can hold several."),
        ("[x.y]\na = 1\n", "Double the brackets: [[x]]."),
    ],
)
def test_a_table_where_a_list_of_them_should_be_is_told_how_to_become_one(toml: str, hint: str) -> None:
    document = parse(Source("x.toml", toml))
    inbox = Inbox(document)
    shape = ListOf(Record({"a": Field(Int(0, 9), "A.")}))
    assert shape.check(document.values["x"], ("x",), inbox) is BAD
    (problem,) = inbox.problems
    assert (problem.code, problem.hint) == (Code.WRONG_TYPE, hint)
    assert problem.message == "`x` is a list of tables, and this is a single table"


FAULTS: list[tuple[Shape, str, Code, str]] = [
    (Str(), "1", Code.WRONG_TYPE, "should not be the number 1"),
    (Str(), "true", Code.WRONG_TYPE, "should not be true"),
    (Str(), "1.5", Code.WRONG_TYPE, "1.5, which is not whole"),
    (Str(), "[]", Code.WRONG_TYPE, "a list"),
    (Str(), "{}", Code.WRONG_TYPE, "a table"),
    (Str(), "12:00:00", Code.WRONG_TYPE, "a date or time"),
    (Str(), '""', Code.EMPTY_TEXT, "`x` is empty"),
    (Str(), '"  "', Code.EMPTY_TEXT, "`x` is empty"),
    (Str(most=3), '"abcd"', Code.LONG_TEXT, "has 4 characters; at most 3"),
    (Str(), '"a\\nb"', Code.ONE_LINE, "one line"),
    (Str(pattern="[a-z]+", form="letters"), '"aB"', Code.TEXT_FORM, "“aB”"),
    (Int(0, 3), "4", Code.OUT_OF_RANGE, "is 4; it must be from 0 to 3"),
    (Int(0, 3), "-1", Code.OUT_OF_RANGE, "-1"),
    (Int(0, 3), "true", Code.WRONG_TYPE, "should not be true"),
    (Int(0, 3), '"1"', Code.WRONG_TYPE, "the text “1”"),
    (Int(0, 3), "1.0", Code.WRONG_TYPE, "not whole"),
    (Bool(), '"true"', Code.WRONG_TYPE, "the text “true”"),
    (Bool(), "1", Code.WRONG_TYPE, "the number 1"),
    (Choice(("phone", "letter")), '"fone"', Code.NOT_A_CHOICE, "cannot be “fone”"),
    (Choice(("phone", "letter")), "1", Code.WRONG_TYPE, "the number 1"),
    (Choice((1, 2)), "true", Code.WRONG_TYPE, "true"),
    (ListOf(Int(0, 3)), "1", Code.WRONG_TYPE, "the number 1"),
    (ListOf(Int(0, 3), least=1), "[]", Code.ITEM_COUNT, "has 0; it needs at least 1 item"),
    (ListOf(Int(0, 3), most=2), "[1, 2, 3]", Code.ITEM_COUNT, "has 3; it needs at most 2 items"),
    (ListOf(Int(0, 3)), "[1, 9]", Code.OUT_OF_RANGE, "item 2 of `x` is 9"),
    (MapOf("[a-z]", "one letter", Int(0, 3)), "{ab = 1}", Code.KEY_FORM, "`ab`"),
    (
        MapOf("[a-z]+", "letters", Int(0, 3)),
        "{" + "a" * 61 + " = 1}",
        Code.KEY_FORM,
        "has 61 characters; at most 60",
    ),
    (MapOf("[a-z]", "one letter", Int(0, 3)), "{a = 9}", Code.OUT_OF_RANGE, "`a` is 9"),
    (MapOf("[a-z]", "one letter", Int(0, 3), least=1), "{}", Code.ITEM_COUNT, "at least 1 entry"),
    (MapOf("[a-z]", "one letter", Int(0, 3)), "[]", Code.WRONG_TYPE, "a list"),
    (Either(Str(), ListOf(Str())), "1", Code.WRONG_TYPE, "the number 1"),
    (Either(Str(), ListOf(Str())), "[1]", Code.WRONG_TYPE, "item 1 of `x`"),
    (Record({"a": Field(Int(0, 3), "A.", required=True)}), "{}", Code.MISSING_KEY, "`x` needs the key `a`"),
    (Record({"goto": Field(Int(0, 3), "A.")}), "{gotto = 1}", Code.UNKNOWN_KEY, "no key `gotto` in `x`"),
    (Record({}), "1", Code.WRONG_TYPE, "the number 1"),
]


@pytest.mark.parametrize(("shape", "toml", "code", "words"), FAULTS)
def test_faults_are_told_with_a_place(shape: Shape, toml: str, code: Code, words: str) -> None:
    _, inbox = checked(shape, toml)
    (problem,) = inbox.problems
    assert problem.code is code
    assert words in problem.message
    assert problem.place is not None
    assert problem.place.column >= 5
    if code is Code.WRONG_TYPE:
        assert (problem.hint or "").startswith("Write ")
    with pytest.raises(BadFile):
        inbox.warnings()


def test_hints_guess_what_was_meant() -> None:
    record = Record({"goto": Field(Str(), "Where."), "say": Field(Str(), "What.")})
    hints = [checked(record, toml)[1].problems[0].hint for toml in ('{gotto = "a"}', '{Say = "a"}', '{zzz = "a"}')]
    assert hints == ["Did you mean `goto`?", "Did you mean `say`?", "It may be `goto` or `say`."]
    assert checked(Choice(("phone", "letter")), '"fone"')[1].problems[0].hint == "Did you mean `phone`?"


def test_bad_items_leave_the_others_where_they_are() -> None:
    result, _ = checked(ListOf(Int(0, 3)), '[1, "a", 3]')
    assert result == [1, BAD, 3]
    assert repr(BAD) == "BAD"


def test_bad_keys_are_left_out() -> None:
    record = Record({"a": Field(Int(0, 3), "A.", default=1), "b": Field(Int(0, 3), "B.")})
    assert checked(record, "{a = 9, b = 2, c = 3}")[0] == {"b": 2}


ALL = Record(
    {
        "title": Field(Str(most=10), "Title.", required=True),
        "level": Field(Int(1, 4), "Level.", required=True),
        "items": Field(ListOf(Record({"say": Field(Str(), "Say.", required=True)})), "Items."),
    }
)


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = 'level = 9\nlevl = 1\n[[items]]\nsay = 1\n[[items]]\n[[items]]\nsai = "x"\n'
    loaded = load_source(Source("x.toml", text), ALL)
    with pytest.raises(BadFile) as caught:
        loaded.inbox.warnings()
    assert [(str(p.code), p.place.line) for p in caught.value.problems if p.place] == [
        ("CC022", 1),
        ("CC027", 1),
        ("CC021", 2),
        ("CC020", 4),
        ("CC022", 5),
        ("CC022", 6),
        ("CC021", 7),
    ]


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        ('"ab\\u202ecd"', Place(1, 5, 1, 17)),
        ('"ab\u202ecd"', Place(1, 8, 1, 9)),
        ('"""\n\tab\u200b"""', Place(2, 4, 2, 5)),
    ],
)
def test_unsafe_text_is_a_warning_with_its_place(toml: str, place: Place) -> None:
    result, inbox = checked(Str(multiline=True), toml)
    (problem,) = inbox.problems
    assert problem.code is Code.UNSAFE_TEXT
    assert problem.severity is Severity.WARNING
    assert problem.place == place
    assert "\ufffd" in result
    assert inbox.warnings() == (problem,)


def test_a_byte_order_mark_is_a_warning() -> None:
    loaded = load_source(Source("x.toml", 'title = "a"\nlevel = 1', marked=True), ALL)
    assert [problem.code for problem in loaded.inbox.warnings()] == [Code.BYTE_ORDER_MARK]
    assert loaded.data == {"title": "a", "level": 1}


def test_a_newer_format_is_the_only_thing_said() -> None:
    with pytest.raises(BadFile) as caught:
        load_source(Source("x.toml", "nonsense = 1\nformat = 2\n"), ALL, number=1)
    (problem,) = caught.value.problems
    assert problem.code is Code.NEWER_FORMAT
    assert problem.place == Place(2, 10, 2, 11)


def test_a_file_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('title = "a"\nlevel = 1\n')
    loaded = load(path, ALL, cap=100, number=1)
    assert loaded.data == {"title": "a", "level": 1}
    assert loaded.document.source.name == str(path)


JSON_LIKE = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.floats(), st.dates(), st.times()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*strings(list(value)), *strings(list(value.values()))]
    return [text for item in value for text in strings(item)] if isinstance(value, list) else []


@given(JSON_LIKE, st.sampled_from([shape for shape, *_ in GOOD]))
def test_checking_never_raises_and_lets_no_unsafe_text_through(value: Any, shape: Shape) -> None:
    inbox = Inbox(parse(Source("x.toml", "")))
    result = shape.check(value, ("x",), inbox)
    assert not any(unsafe().search(text) for text in strings(result))
    assert not any(unsafe().search(problem.message + (problem.hint or "")) for problem in inbox.problems)
    assert (result is not BAD) or inbox.failed
    assert shape.fits(value) or inbox.failed
    assert shape.wanted


def test_guessing_is_bounded() -> None:
    many = "\n".join(f"title{index} = 1" for index in range(300))
    inbox = load_source(Source("x.toml", many), ALL).inbox
    hints = [problem.hint or "" for problem in inbox.problems if problem.code is Code.UNKNOWN_KEY]
    assert sum("Did you mean" in hint for hint in hints) == 100
    assert nearest("x" * 100, ["x" * 100]) is None
    assert len(shown("x" * 1_000_000)) == 60


def test_the_json_schema_says_the_same() -> None:
    record = Record(
        {
            "a": Field(Str(most=5, pattern="[a-z]+"), "The a.", required=True),
            "b": Field(Either(Int(0, 3), Bool()), "The b.", default=2),
            "c": Field(ListOf(Choice({"x": "an x"}), least=1, most=2), "The c."),
            "d": Field(MapOf("[a-z]", "a letter", Plain(), least=1, most=3), "The d."),
            "e": Field(Choice({"x": "an x", "y": "a y"}), "The e."),
        }
    )
    assert record.json_schema() == {
        "type": "object",
        "properties": {
            "a": {
                "type": "string",
                "minLength": 1,
                "maxLength": 5,
                "pattern": "^(?:[a-z]+)$",
                "description": "The a.",
            },
            "b": {
                "anyOf": [{"type": "integer", "minimum": 0, "maximum": 3}, {"type": "boolean"}],
                "description": "The b.",
                "default": 2,
            },
            "c": {
                "type": "array",
                "items": {"enum": ["x"], "description": "x: an x"},
                "minItems": 1,
                "maxItems": 2,
                "description": "The c.",
            },
            "d": {
                "type": "object",
                "propertyNames": {"pattern": "^(?:[a-z])$", "maxLength": 60},
                "additionalProperties": {},
                "minProperties": 1,
                "maxProperties": 3,
                "description": "The d.",
            },
            "e": {"enum": ["x", "y"], "description": "The e. x: an x; y: a y"},
        },
        "required": ["a"],
        "additionalProperties": False,
    }
