"""Many short texts read as one: in each just what is found in it alone, whatever stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.coach import Hearing, Phrasebook, load_phrasebook, read, read_each
from callcalm.coach.joined import Joined
from callcalm.coach.reading import BLOCK
from callcalm.coach.words import STOP
from callcalm.core.moves import Finding
from tests.coach.small import CALL

EN, FR = load_phrasebook("en"), load_phrasebook("fr")

OTHER_CALL = Hearing(
    ("Paul Roy", "M. Roy"), ("ma carte", "surgery"), ("Where is my scan? Où est ma carte ?",), hot=True
)
PIECES = [
    "Why did you wait",
    "I'd be upset too",
    "I understand",
    "your scan was lost",
    "Ms. Alvarez",
    "but I will call you by noon",
    "It is our policy",
    "Votre carte",
    "Je comprends votre colère",
    "calmez-vous",
    "mais c'est le règlement",
    *(
        '"',
        "“",
        "”",
        "«",
        "»",
        "'",
        "\n",
        "\n> ",
        "\n\n",
        ". ",
        "? ",
        ", ",
        " ",
        "…",
        ": ",
        "• ",
        "1) ",
        "e\u0301",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map("".join)
CALLS = st.sampled_from([CALL, OTHER_CALL])


def alone(said: list[tuple[str, Hearing]], phrases: Phrasebook) -> list[tuple[Finding, ...]]:
    return [read(text, phrases, hearing) for text, hearing in said]


@given(st.lists(st.tuples(TEXTS, CALLS), max_size=6), st.sampled_from([EN, FR]))
@settings(max_examples=400)
def test_each_is_read_as_if_alone(said: list[tuple[str, Hearing]], phrases: Phrasebook) -> None:
    assert list(read_each(said, phrases)) == alone(said, phrases)


@pytest.mark.parametrize(
    "texts",
    [
        ["Your scan was lost. Your form, too.", "I'd be upset too."],
        ["I'd be upset too.", "Your scan was lost. Your form, too."],
        ["I hear you", "But it is our policy."],
        ["You asked: “why did you", "wait”, and I see why."],
        ["> Why did you wait", "Why did you wait?"],
        ["", "Why did you wait?", "", ""],
        ["Well:", "Sorry, but no.", "-", "Sorry, but no."],
    ],
)
def test_nothing_reaches_from_one_into_the_next(texts: list[str]) -> None:
    said = [(text, CALL) for text in texts]
    assert list(read_each(said, EN)) == alone(said, EN)


def test_each_is_heard_in_its_own_call() -> None:
    said = [("I'd be upset too: your scan was lost.", hearing) for hearing in (CALL, OTHER_CALL) * 2]
    assert list(read_each(said, EN)) == alone(said, EN)


def test_what_one_caller_said_is_no_fact_of_the_next_though_the_first_answer_named_none() -> None:
    calls = [Hearing(("Ann Bow",), said=(words,)) for words in ("It rains here.", "My scan was lost!")]
    said = list(zip(("Look at the door.", "I'd be upset too: your scan was lost."), calls, strict=True))
    found = list(read_each(said, EN))
    assert [one.move for one in found[1]] == ["empathy.named"]
    assert found == alone(said, EN)


def test_where_nobody_is_known_names_are_looked_for_all_the_same() -> None:
    said = [("Thank you, Mary.", Hearing()), ("Sorry, but no.", CALL), ("No, Mr. Roy.", Hearing())]
    assert list(read_each(said, EN)) == alone(said, EN)


def test_of_many_as_many_are_read_at_a_time_as_fit_and_a_long_one_alone() -> None:
    long = "Why did you wait? " * (BLOCK // 18 + 100)
    said = [("Sorry, but no.", CALL)] * 4_000 + [(long, CALL)] + [("Why did you wait?", CALL)] * 3
    found = list(read_each(iter(said), EN))
    assert len(found) == len(said)
    assert found[0] == found[3_999] == read("Sorry, but no.", EN, CALL)
    assert found[4_000] == read(long, EN, CALL)
    assert found[-1] == read("Why did you wait?", EN, CALL)


def test_nothing_is_found_in_nothing() -> None:
    assert list(read_each([], EN)) == []
    assert list(read_each([("", CALL), (" \n", CALL)], EN)) == [(), ()]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_sentence_of_one_text_is_never_the_neighbour_of_another_s(texts: list[str]) -> None:
    lexicon = EN.matcher.lexicon
    made = Joined(texts, [lexicon] * len(texts), EN.matcher)
    last = -1
    low = 0
    for text, start in zip(texts, made.starts, strict=True):
        assert made.text[start : start + len(text)] == text
        own = set()
        for number, stop in zip(made.sentence_of, made.stops, strict=True):
            if stop > low and start <= made.place(stop - 1, stop - 1)[0] < start + len(text):
                own.add(number)
            low = stop + 1
        low = 0
        if own:
            assert last == -1 or min(own) > last + 1
            last = max(own)
    words = [word for chunk in made.chunks for word, _, _ in lexicon.layouts[chunk]]
    assert made.stops == [at for at, word in enumerate([*words, STOP]) if word == STOP]
