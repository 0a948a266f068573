"""The French interface is whole: every message translated, every field kept, the compiled file fresh."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcalm import language
from tests.catalogues import FRENCH, compiled, extracted, french

CODE = sorted(Path(language.__file__).parents[1].rglob("*.py"))
BREAKABLE = re.compile(r"« |(?<=[\w»)\]}`*…]) [:;!»](?![=\w])(?! entre elles)|(?<=[\w»)\]}`*…]) \?$")
FIELD = re.compile(r"\{\w*\}")


def test_every_message_of_the_code_has_a_french_one() -> None:
    here = french()
    missing = [m.id for m in extracted() if m.id and not (here.get(m.id) and _whole(here.get(m.id).string))]
    assert missing == []


def test_no_message_hides_in_an_f_string() -> None:
    """There the extractor does not see it."""
    assert [(path.name, text) for path in CODE for text in hidden(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("""f"{_('a')}\"""", ["a"]),
        ("""f"<b>{escape(tongue._('a'))}</b>\"""", ["a"]),
        ("""f"{_(one.label)} {escape(a)}" + _("b")""", []),
    ],
)
def test_a_message_in_an_f_string_is_found(code: str, found: list[str]) -> None:
    assert hidden(code) == found


def hidden(code: str) -> list[str]:
    """The messages that stand inside an f-string, however deep."""
    calls = [
        node
        for string in ast.walk(ast.parse(code))
        if isinstance(string, ast.JoinedStr)
        for node in ast.walk(string)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {"_", "ngettext"}
    ]
    return [str(first.value) for call in calls for first in call.args[:1] if isinstance(first, ast.Constant)]


TELLING = ("core", "intake", "coach", "content", "lint", "report", "letters", "practice", "workshop")
"""Rooms whose problems and findings writers and senders read."""


@pytest.mark.parametrize("room", TELLING)
def test_no_message_of_a_problem_is_english_only(room: str) -> None:
    """What stands in a call that tells one, or has the name of one, went through `_`, `later` or `saying`."""
    folder = Path(language.__file__).parents[1] / room
    found = [
        (path.name, text)
        for path in sorted(folder.rglob("*.py"))
        for text in untold(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('inbox.add(Code.X, f"there is no {name}", path)', ["there is no "]),
        ('inbox.add(Code.X, _("there is no beat"), path, hint="Write one.")', ["Write one."]),
        ('message = "it is" if one else _("they are so")', ["it is"]),
        ('message = _("it is so")', []),
        ('PatternError(_("a {n}").format(n=1), 0, 1)', []),
    ],
)
def test_a_message_in_english_only_is_found(code: str, found: list[str]) -> None:
    assert untold(code) == found


def untold(code: str) -> list[str]:
    """The sentences in problems that the catalogue does not know."""
    tree = ast.parse(code)
    places: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in {
                "add",
                "Problem",
                "PatternError",
                "Mistake",
                "error",
                "BadLine",
                "Refusal",
                "ConditionError",
            }:
                places += [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"message", "hint", "words"}:
            places.append(node.value)
    return [text for place in places for text in _english(place)]


def _english(node: ast.expr) -> Iterator[str]:
    """The texts in an expression, but for those that are handed to a function."""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"[a-z]{2} [a-z]?", node.value)
    ):
        yield node.value
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.expr) and not isinstance(node, ast.Call):
            yield from _english(part)


def test_the_catalogue_holds_nothing_else() -> None:
    code = {m.id for m in extracted()}
    assert [m.id for m in french() if m.id and m.id not in code] == []


def test_translations_keep_the_fields() -> None:
    wrong = []
    for message in french():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        fields = set(FIELD.findall(ids[-1]))
        wrong += [string for string in strings if message.id and set(FIELD.findall(string)) - fields]
        wrong += [strings[-1]] if message.id and set(FIELD.findall(strings[-1])) != fields else []
    assert wrong == []


def test_french_marks_have_their_space_and_no_line_breaks_there() -> None:
    """A space that a line may not break at stands before : ; ! ? » and after «."""
    strings = [
        string
        for message in french()
        for string in (message.string if isinstance(message.string, tuple) else (message.string,))
        if message.id
    ]
    assert [string for string in strings if BREAKABLE.search(string)] == []


def test_the_compiled_catalogue_is_fresh() -> None:
    assert FRENCH.with_suffix(".mo").read_bytes() == compiled(french())


def _whole(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


@pytest.fixture
def spoken() -> object:
    yield None
    language.use("en")


def test_a_change_of_language_applies_at_once(spoken: object) -> None:
    language.use("fr")
    assert language.current() == "fr"
    assert language._("steady") != "steady"
    assert language.pick({"en": "a", "fr": "b"}) == "b"
    assert language.pick({"en": "a"}) == "a"
    language.use("en")
    assert language._("steady") == "steady"
    assert language.ngettext("{n} point", "{n} points", 2) == "{n} points"


@pytest.mark.parametrize(
    ("env", "code"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "fro_XX"}, "en"),
        ({"LANGUAGE": "de:fr", "LANG": "en_US"}, "fr"),
        ({"LC_ALL": "en_GB", "LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_the_environment_names_the_language(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], code: str, spoken: object
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    language.use("auto")
    assert language.current() == code


def test_an_unknown_language_means_english(spoken: object) -> None:
    language.use("xx")
    assert language.current() == "en"
