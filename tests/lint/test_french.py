"""What lint says in French: every bad example, every page, and what of the formats changes with the language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from callcalm import language
from callcalm.cli.main import main
from callcalm.intake import Code
from callcalm.lint.examples import Example, examples
from callcalm.lint.pages import DOCS, document, page
from tests.lint.small import found

ENGLISH = re.compile(
    r"\b("
    r"an|and|any|are|at|be|by|call|can|cannot|comes|costs|does|each|every|first|for|from|give|good|has|"
    r"have|here|hint|holds|if|is|it|its|key|leads|let|like|make|may|must|name|needs|not|nothing|of|one|out|"
    r"put|reply|should|so|stand|stands|than|that|the|there|these|they|this|to|too|way|what|when|where|"
    r"which|with|word|words|write|you|your"
    r")\b"
)
"""Small words of English that French has not."""

QUOTED = re.compile(
    r"`[^`]*`|«[^»]*»|\([^)]*\)|\[[^\]]*\]|when = .*|Dites plutôt.*|par exemple .*|L’appel est passé.*"
)
"""What messages repeat of the file, or what is there to be copied into it; `ways` are made of its names."""


@pytest.fixture
def french() -> Iterator[None]:
    language.use("fr")
    yield
    language.use("en")


@pytest.mark.parametrize("example", examples().values(), ids=lambda example: example.code)
def test_a_finding_is_told_in_french(example: Example) -> None:
    bad, _good = example.files()
    language.use("en")
    before = found(bad, example.whole)
    language.use("fr")
    try:
        told = found(bad, example.whole)
    finally:
        language.use("en")
    assert [(item.rule, item.level, item.place, item.matched) for item in told] == [
        (item.rule, item.level, item.place, item.matched) for item in before
    ]
    for one, other in zip(told, before, strict=True):
        assert one.message != other.message
        assert (one.hint != other.hint) is bool(other.hint)
        names = set(re.findall(r"[a-z]+", bad))
        assert english(f"{one.message} / {one.hint}") <= names


def english(text: str) -> set[str]:
    """The words of a text that are English, but for what is quoted."""
    return set(ENGLISH.findall(QUOTED.sub(" ", text)))


def test_english_words_are_found() -> None:
    assert english("il n’y a pas the `of` « by »") == {"the"}


@pytest.mark.parametrize("code", Code)
def test_a_page_is_told_in_french(code: Code, french: None) -> None:
    told = page(code).partition("\n\nMauvais")[0]
    # What conditions are made of is told as it is written.
    assert english(told) <= ({"and", "not"} if code is Code.CONDITION else set())
    language.use("en")
    assert page(code).partition("\n\nBad:")[0] != told


def test_the_page_of_all_codes_stays_english(french: None) -> None:
    assert document() == DOCS.read_text("utf-8")


Run = Callable[[str], str]
"""What lint writes, in the format named, of a file with one finding."""


@pytest.fixture
def run(french: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("LANGUAGE", "fr")
    bad, _good = examples()["CC101"].files()
    (tmp_path / "a.toml").write_text(bad, encoding="utf-8")

    def run(form: str) -> str:
        main(["lint", "--no-cache", "--format", form, str(tmp_path / "a.toml")])
        return capsys.readouterr().out

    return run


def test_people_read_french_levels(run: Run) -> None:
    told = run("text")
    assert ": erreur CC101\u00a0: il n’y a ni moment ni fin `sur`\n" in told
    assert "  conseil\u00a0: Vouliez-vous dire `sure`\u00a0?\n" in told


def test_programs_read_the_same_levels_and_codes_in_every_language(run: Run) -> None:
    assert ": error CC101: il n’y a ni moment" in run("unix")
    (finding,) = json.loads(run("json"))["files"][0]["findings"]
    assert (finding["rule"], finding["level"]) == ("CC101", "error")
    assert finding["message"] == "il n’y a ni moment ni fin `sur`"
    driver = json.loads(run("sarif"))["runs"][0]["tool"]["driver"]
    assert driver["rules"][0]["shortDescription"]["text"].startswith("Un `goto`, un `beat`")
    assert run("github").startswith("::error file=")
