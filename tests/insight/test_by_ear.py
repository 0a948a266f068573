"""What was heard in a sentence as a whole, and in no wording: the marks of the re-read, its page in the guide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.core.moves import Finding
from callcalm.insight.guide import Guide
from callcalm.insight.guide_words import sections
from callcalm.insight.reread import marks
from callcalm.language import _, use
from tests.coach.small import book_of, heard_rule, rule

REGISTRY = load_rulebook().registry
WHOLE = {"en": "the sentence as a whole", "fr": "la phrase entière"}


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use(request.param)
    yield request.param
    use("en")


def guide(language: str, *moves: str) -> Guide:
    """The guide of a book in which the ear hears these moves, and a wording shows `pity`."""
    book = book_of(*map(heard_rule, moves), rule(["poor you"], move="pity", name="poor-you"), language=language)
    return Guide(REGISTRY, load_playbooks(REGISTRY).values(), book)


def test_a_mark_says_that_it_is_the_sentence_as_a_whole(language: str) -> None:
    wording, whole = (Finding(name, "command", 0, 4, "Sit!") for name in ("sit", "by-ear-command"))
    (plain,), (heard,) = marks((wording,), REGISTRY), marks((whole,), REGISTRY)
    assert plain.name == REGISTRY.moves["command"].name[language]
    assert heard.name.startswith(plain.name)
    assert {"en": ", in the sentence as a whole", "fr": ", dans la phrase entière"}[language] in heard.name
    assert (plain.start, plain.end, plain.move, plain.why) == (heard.start, heard.end, heard.move, heard.why)


def test_the_page_of_what_is_heard_says_what_it_listens_for(language: str) -> None:
    (page,) = guide(language, "command").pages("by-ear-command")
    assert page.is_rule
    assert page.by_ear
    assert page.patterns == ()
    (last,) = [section for section in sections(page) if section.title == _("What it listens for:")]
    assert last.lines[0].startswith(WHOLE[language])
    assert all(line for section in sections(page) for line in section.lines)


def test_the_page_of_a_rule_says_its_patterns_as_before(language: str) -> None:
    (page,) = guide(language).pages("poor-you")
    assert not page.by_ear
    (last,) = [section for section in sections(page) if section.title == _("What it listens for:")]
    assert last.lines == ("poor you",)


def test_a_move_that_only_the_ear_hears_has_its_page() -> None:
    """Its rule may have no examples: there is nothing to show, and nothing breaks."""
    (page,) = guide("en", "command").pages("command")
    assert page.rules == ("by-ear-command",)
    assert (page.bad, page.near) == ((), ())
    assert page.good


def test_wordings_come_first_among_a_move_s_examples() -> None:
    heard = replace(heard_rule("pity"), hits=("One.",))
    worded = [replace(heard, id=name, patterns=("x",), hits=(f"{name}!",)) for name in ("two", "three", "four")]
    book = book_of(heard, *worded)
    (page,) = Guide(REGISTRY, (), book).pages("pity")
    assert page.bad == ("two!", "three!", "four!")
    assert page.rules[0] == "by-ear-pity"
