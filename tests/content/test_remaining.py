"""What is told of a scenario beside its syntax errors: what is certain, and nothing that follows from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.content.hearing import not_yet
from callcalm.content.remaining import with_rest
from callcalm.content.scenarios import read_scenario
from callcalm.content.standing import standing
from callcalm.core.text import Text
from callcalm.intake import BadFile, Code, Source
from tests.content.small import SMALL, playbooks, rulebook

SLIP = SMALL.replace('say = "Why did you wait?"', 'say = "Why did you wait?')
"""The small scenario with one quote too few, on the answer of another table than all that is changed below."""


def whole(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_scenario(Source("small.toml", text), Text("small"), rulebook(), playbooks(), not_yet)
    return with_rest(caught.value, rulebook(), playbooks())


def told(text: str) -> list[tuple[Code, int]]:
    return [(problem.code, problem.place.line if problem.place else 0) for problem in whole(text).problems]


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_a_syntax_error_alone_is_told_alone() -> None:
    assert told(SLIP) == [(Code.SYNTAX, line_of(SLIP, "Why did"))]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('mood = "wary"', 'mood = "waryy"', Code.UNKNOWN_MOOD),
        ('teaches = ["own-it"]', 'teaches = ["own-itt"]', Code.UNKNOWN_MOVE),
        ('channel = "phone"', 'channel = "pone"', Code.NOT_A_CHOICE),
        ("level = 2", "level = 20", Code.OUT_OF_RANGE),
        ("level = 2", 'level = "two"', Code.WRONG_TYPE),
        ('tone = "warm"', 'ton = "warm"', Code.UNKNOWN_KEY),
        ('wants = "one charge back"\n', "", Code.MISSING_KEY),
        ("not callback", "not callbak", Code.UNKNOWN_VARIABLE),
        ('goto = "heard"\nwhen', 'goto = "herd"\nwhen', Code.NO_TARGET),
        ('"composure >= 20 and', '"composure >= and', Code.CONDITION),
        ('beat = "opening"', 'beat = "openin"', Code.NO_TARGET),
    ],
)
def test_a_syntax_error_does_not_hide_what_else_is_wrong(old: str, new: str, code: Code) -> None:
    text = SLIP.replace(old, new, 1)
    assert text != SLIP
    assert Code.SYNTAX in dict(told(text))
    assert code in dict(told(text))
    # It is what would be told without the slip, in the same place and words.
    alone = whole(text.replace("you wait?", 'you wait?"')).problems
    assert set(alone) <= set(whole(text).problems)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Its own key, the beat or the variable that another names, and a table: each is only hidden by the slip.
        ('caller = "So what', "caller = So what"),
        ("callback = false", "callback = no"),
        ("callback = false", "call[back = false"),
        ("[beats.heard]", "[beats.heard"),
        ("[[beats.opening.replies]]", "[[beats.opening.replies]"),
        ("[endings.settled]", "endings.settled"),
        ("[start]", "(start)"),
        ('facts = ["charged twice"]', 'facts = ["charged twice"'),
        ("[beats.heard]", "[beats.opening]"),
        ("[start]", "[caller]"),
        ("[vars]", "[beats.opening]\n[vars]"),
    ],
)
def test_what_only_follows_from_a_syntax_error_is_not_told(old: str, new: str) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    assert {code for code, _ in told(text)} <= {Code.SYNTAX, Code.TWICE}


def test_where_a_table_may_have_begun_not_even_texts_are_certain() -> None:
    text = SMALL.replace("[start]", "(start)")
    source = Source("small.toml", text)
    assert standing(source, Text("small"), rulebook(), whole(text), not_yet) is None


def test_what_was_cut_off_is_not_missed() -> None:
    cut = SMALL[: SMALL.index("[beats.heard]")]
    assert told(cut + 'caller = "So\n') == [(Code.SYNTAX, cut.count("\n") + 1)]


@given(st.data())
def test_no_single_slip_tells_of_more_than_itself(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL) - 1))
    cut = data.draw(st.integers(0, 1))
    text = SMALL[:at] + data.draw(st.sampled_from(["", *'"[]{},=.#\n'])) + SMALL[at + cut :]
    try:
        read_scenario(Source("small.toml", text), Text("small"), rulebook(), playbooks(), not_yet)
    except BadFile as error:
        bad = error
    else:
        return
    assert bad.rest is None or with_rest(bad, rulebook(), playbooks()).problems == bad.problems


def test_a_newer_format_is_told_with_the_slip_and_nothing_else() -> None:
    text = SLIP.replace("format = 1", "format = 2").replace('mood = "wary"', 'mood = "waryy"')
    assert [code for code, _ in told(text)] == [Code.NEWER_FORMAT, Code.SYNTAX]
    source = Source("small.toml", text)
    assert standing(source, Text("small"), rulebook(), whole(text), not_yet) is None


def test_the_texts_beside_a_slip_stand_and_no_call_does() -> None:
    source = Source("small.toml", SLIP)
    stands = standing(source, Text("small"), rulebook(), whole(SLIP), not_yet)
    assert stands is not None
    assert not stands.course
    says = [reply.say for reply in stands.file.scenario.beats["opening"].replies]
    assert says == ["…", "I will stay on this until it is settled."]


def test_of_a_large_file_only_the_syntax_is_told() -> None:
    text = SLIP.replace('mood = "wary"', 'mood = "waryy"') + "# a note\n" * 20_000
    assert [code for code, _ in told(text)] == [Code.SYNTAX]
