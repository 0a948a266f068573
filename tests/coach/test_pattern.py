"""The pattern language: what each construct finds, and what is said of a pattern that cannot be read."""

from __future__ import annotations

import pytest

from callcalm.coach.lists import MAX_DEPTH as MAX_LISTS
from callcalm.coach.lists import Lists
from callcalm.coach.pattern import MAX_CHARS, MAX_CHOICES, MAX_DEPTH, PatternError, context, phrase
from callcalm.coach.program import MAX_POSITIONS, Pool
from callcalm.coach.tongues import ENGLISH
from tests.coach.small import book, matched

NAMED = Lists({"day": ("monday", "tuesday"), "soon": ("today", "<day> [morning]"), "me": ("<me>",)}, ENGLISH).named


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("why did you", "WHY,  did\n you?", "WHY,  did\n you"),
        ("did not", "You didn’t.", "didn’t"),
        ("[please] calm down", "Now please, calm down.", "please, calm down"),
        ("[please] calm down", "Now calm down.", "calm down"),
        ("calm down [now|at once]", "Calm down at once!", "Calm down at once"),
        ("(a|b c|d) e", "x b c e y", "b c e"),
        ("(i|we) (can not|will never) [ever] do", "We will never ever do", "We will never ever do"),
        ("apolog*", "My apologies.", "apologies"),
        ("you ...2 failed", "you have simply failed", "you have simply failed"),
        ("you ... failed", "you said you failed", "you failed"),
        ("i will ... (by|at) <clock>", "I will call you at 14:30, or at 15:30", "I will call you at 14:30"),
        ("on <day>", "on Tuesday", "on Tuesday"),
        ("on <soon>", "on monday morning then", "on monday morning"),
        ("right ?", "Is that right?", "right?"),
        ("right ?", "Is that right ?!  \nYes.", "right ?!"),
        ("super !", "Super\u00a0! (Non.)", "Super\u00a0!"),
        ("thank you @name", "Thank you, Ms. Alvarez, sure", "Thank you, Ms. Alvarez"),
        ("about the @fact", "about the scans", "about the scans"),
        ("rendez-vous", "rendez vous", "rendez vous"),
        ("neglected to", "you negelcted to", "negelcted to"),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, found: str) -> None:
    lists = {"day": ("monday", "tuesday"), "soon": ("today", "<day> [morning]")}
    assert matched(text, book(pattern, lists=lists)) == [found]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("why did you", "Why. Did you"),
        ("why did you", "Why did\n\nyou"),
        ("you ...2 failed", "you have so very simply failed"),
        ("i will ...+ call", "I will not call"),
        ("^ listen", "I listen"),
        ("@name", "Thank you, madam"),
        ("claim", "claims"),
        ("complaint", "compliant"),
        ("failed", "sailed"),
    ],
)
def test_what_it_does_not_find(pattern: str, text: str) -> None:
    assert matched(text, book(pattern)) == []


@pytest.mark.parametrize(
    "text", ["Listen!", "Well. Listen", "Re: listen", "- listen", "so\nlisten", "“Hm…” Listen"]
)
def test_where_a_sentence_begins(text: str) -> None:
    assert matched(text, book("^ listen")) == [text[text.lower().index("listen") :][:6]]


@pytest.mark.parametrize(
    ("pattern", "message", "start", "end"),
    [
        ("why (did you", "this `(` is not closed", 4, 5),
        ("why [did you)", "this `[` is not closed", 4, 5),
        ("why did) you", "`)` closes or divides nothing", 7, 8),
        ("why | you", "`|` closes or divides nothing", 4, 5),
        ("why (did|) you", "there is nothing to look for here", 9, 10),
        ("", "there is nothing to look for here", 0, 1),
        ("why [did]? you", "`?` stands last", 9, 10),
        ("so ! (why|you)", "`!` stands last", 3, 4),
        ("« why", "`«` means nothing in a pattern", 0, 1),
        ("re-*", "`*` means nothing in a pattern", 3, 4),
        ("why <day you", "`<` means nothing in a pattern", 4, 5),
        ("why ^ you", "`^` stands first or not at all", 4, 5),
        ("why ...13 you", "a gap skips 1 to 12 words", 4, 9),
        ("why ...0 you", "a gap skips 1 to 12 words", 4, 8),
        ("why ...", "a pattern begins and ends with a word, not with a gap", 0, 7),
        ("[why] ... you", "a pattern begins and ends with a word, not with a gap", 0, 13),
        ("[why] [you]", "every word of the pattern is optional", 0, 11),
        ("(... why|so)", "a pattern begins and ends with a word, not with a gap", 0, 12),
        ("ap* so", "`*` needs 3 letters before it", 0, 3),
        ("why <days>", "there is no list called `days`", 4, 10),
        ("why <me>", "the list `me` names itself", 4, 8),
        ("why @you", "`@you` means nothing in a pattern", 4, 8),
        ("why # you", "`#` means nothing in a pattern", 4, 5),
        ("why _ you", "`_` means nothing in a pattern", 4, 5),
        ("why * you", "`*` means nothing in a pattern", 4, 5),
        (
            "(" * (MAX_DEPTH + 1) + "a <day>" + ")" * (MAX_DEPTH + 1),
            f"more than {MAX_DEPTH} brackets are open here",
            6,
            7,
        ),
        ("a" * (MAX_CHARS + 1), f"a pattern has at most {MAX_CHARS} characters", 0, MAX_CHARS + 1),
        (
            "(" + "|".join(f"a{n}" for n in range(MAX_CHOICES + 1)) + ")",
            f"more than {MAX_CHOICES} choices",
            0,
            None,
        ),
    ],
)
def test_a_bad_pattern_is_told_with_its_place(pattern: str, message: str, start: int, end: int | None) -> None:
    with pytest.raises(PatternError) as caught:
        phrase(pattern, ENGLISH, NAMED)
    assert caught.value.message == message
    if end is not None:
        assert (caught.value.start, caught.value.end) == (start, end)
    assert caught.value.hint


def test_a_pattern_with_long_lists_is_too_long() -> None:
    words = tuple(f"one two {number}" for number in range(MAX_POSITIONS // 3))
    named = Lists({"long": words}, ENGLISH).named
    with pytest.raises(PatternError, match="has more than"):
        phrase("a <long> <long>", ENGLISH, named)
    gaps = phrase("a " + "... b ...12 " * 40 + "c", ENGLISH, NAMED)
    with pytest.raises(PatternError, match="has more than"):
        Pool().add(gaps.node, 0)


def doubling(last: int) -> dict[str, tuple[str, ...]]:
    """Lists of which each names the next one twice."""
    lists = {f"l{n}": (f"<l{n + 1}>", f"[a] <l{n + 1}>") for n in range(last)}
    return {**lists, f"l{last}": ("a b",)}


def test_lists_that_double_at_every_step_are_refused_before_anybody_counts_them_out() -> None:
    # Written out, the first would have a thousand million words.
    told = list(Lists(doubling(30), ENGLISH).problems())
    assert told
    with pytest.raises(PatternError, match="more than"):
        phrase("why <l0>", ENGLISH, Lists(doubling(30), ENGLISH).named)
    # Few enough steps, but too many words: the same.
    with pytest.raises(PatternError, match="has more than 600 words"):
        phrase("why <l0>", ENGLISH, Lists(doubling(9), ENGLISH).named)


def test_lists_named_too_deep_are_refused_and_named() -> None:
    lists = {f"l{n}": (f"(z z | b [a <l{n + 1}>])",) for n in range(199)} | {"l199": ("a",)}
    with pytest.raises(PatternError) as caught:
        phrase("why <l0>", ENGLISH, Lists(lists, ENGLISH).named)
    assert caught.value.message == f"lists name one another more than {MAX_LISTS} deep"
    assert (caught.value.start, caught.value.end) == (4, 8)
    assert phrase("why <l195>", ENGLISH, Lists(lists, ENGLISH).named)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("_", "`_` alone says nothing"),
        ("a _ b _", "`_` stands for the hit and may be written once"),
        ("[a] _", "what stands beside `_` needs a word that is not optional"),
        ("_ ...", "what stands beside `_` needs a word that is not optional"),
        ("(a _", "this `(` is not closed"),
    ],
)
def test_a_bad_context_is_told(line: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        context(line, ENGLISH, NAMED)
    assert caught.value.message == message


def test_the_place_after_the_blank_counts_from_the_beginning_of_the_line() -> None:
    with pytest.raises(PatternError) as caught:
        context("a _ (b", ENGLISH, NAMED)
    assert (caught.value.start, caught.value.end) == (4, 5)


@pytest.mark.parametrize(
    "hostile", ["(" * 100_000, "[" * 100_000, "...12 " * 50_000, "a* " * 50_000, "<" * 100_000]
)
def test_hostile_patterns_are_refused_at_once(hostile: str) -> None:
    with pytest.raises(PatternError):
        phrase(hostile, ENGLISH, NAMED)


@pytest.mark.parametrize(
    "hostile", ["(" * 500, "[a" * 290, "((((((a" * 80, "a|" * 290, "...12 " * 99, "[[[[[[a]]]]]]" * 40]
)
def test_hostile_patterns_within_the_length_end_in_a_complaint_or_a_tree(hostile: str) -> None:
    try:
        read = phrase(hostile, ENGLISH, NAMED)
    except PatternError:
        return
    Pool().add(read.node, 0)


def test_reading_a_pattern_takes_no_more_than_its_length_asks() -> None:
    # Not a clock: the work is bounded by the limits, so even the worst pattern lays out few positions.
    pool = Pool()
    worst = "x " + "[a [b [c [d]]]] " * 37 + "y"
    pool.add(phrase(worst[:MAX_CHARS], ENGLISH, NAMED).node, 0)
    assert len(pool.follow) <= MAX_POSITIONS
    assert sum(map(len, pool.follow)) < MAX_POSITIONS * MAX_CHARS


def test_all_patterns_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callcalm.coach.program.MAX_POOL", 10)
    phrases = book("a b c d e f", "g h i j k l", "m n o p", lists={})
    told = [error.message for _, _, _, error in phrases.matcher.problems()]
    assert told == ["all patterns together have more than 10 words, their lists written out"]
