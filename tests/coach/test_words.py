"""Words out of raw text: folding, short forms, sentence ends, and every word's place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.coach.tongues import ENGLISH, FRENCH, Tongue
from callcalm.coach.words import CHUNK, PAUSE, STOP, fold, folded, is_letters, kinds, split_word, words_in


def words(text: str, tongue: Tongue = ENGLISH) -> list[str]:
    return [word for chunk in CHUNK.findall(text) for word, _, _ in words_in(chunk, tongue)]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("DÉSOLÉE", "desolee"),
        ("de\u0301sole\u0301", "desole"),
        ("Didn’t", "didn't"),
        ("didn`t", "didn't"),
        ("cœur", "coeur"),
        ("Straße", "strasse"),
        ("ca\xadlm", "calm"),
        ("ca\u200blm", "calm"),
    ],
)
def test_folding_takes_away_what_patterns_must_not_depend_on(raw: str, plain: str) -> None:
    assert fold(raw) == plain


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("didn't", "did not"),
        ("didn’t", "did not"),
        ("didnt", "did not"),
        ("can't", "can not"),
        ("cannot", "can not"),
        ("I'm", "i am"),
        ("you'll", "you will"),
        ("they've", "they have"),
        ("let's", "let us"),
        ("couldn't've", "could not have"),
        ("N'T", "nt"),
        ("apologize", "apologise"),
        ("PLZ", "please"),
    ],
)
def test_english_short_forms_are_their_long_ones(short: str, long: str) -> None:
    assert words(short) == long.split()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("j'ai", "je ai"),
        ("J’AI", "je ai"),
        ("jai", "je ai"),
        ("n'avez-vous", "ne avez vous"),
        ("qu'il", "que il"),
        ("aujourd'hui", "aujourdhui"),
        ("c'est", "ce est"),
        ("rendez-vous", "rendez vous"),
        ("rdv", "rendez vous"),
        ("d'accord", "de accord"),
        ("s'il", "s' il"),
        ("l'attente", "l' attente"),
    ],
)
def test_french_elisions_are_taken_apart(short: str, long: str) -> None:
    assert words(short, FRENCH) == long.split()


def test_an_elided_word_and_what_it_leans_on_have_their_own_places() -> None:
    assert split_word("n'avez", FRENCH) == [("ne", 0, 2), ("avez", 2, 6)]
    # An English short form is one word to the eye: it is marked whole.
    assert split_word("didn't", ENGLISH) == [("did", 0, 6), ("not", 0, 6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wait. Now", ["wait", STOP, "now"]),
        ("Why? So", ["why", "?", STOP, "so"]),
        ("No!! So", ["no", "!", STOP, "so"]),
        ("Dr. Lee", ["dr", "lee"]),
        ("at 4 p.m. today", ["at", "4", "pm", PAUSE, "today"]),
        ("one\ntwo", ["one", PAUSE, "two"]),
        ("one\r\ntwo", ["one", PAUSE, "two"]),
        ("one\n\ntwo", ["one", STOP, "two"]),
        ("one\r\n\r\ntwo", ["one", STOP, "two"]),
        ("Re: you", ["re", PAUSE, "you"]),
        ("I see… well", ["i", "see", PAUSE, "well"]),
        ("1) wait", ["1", STOP, "wait"]),
        ("9(1)(b) of", ["9", "1", "b", "of"]),
        ("the bill (4411) by", ["the", "bill", "4411", "by"]),
        ("• wait", [STOP, "wait"]),
        ("sorry.Please", ["sorry", STOP, "please"]),
        ("at 2.5 and 14:30", ["at", "2.5", "and", "14:30"]),
        ("well, you", ["well", "you"]),
        ("(you) “said”", ["you", "said"]),
        ("👍 👍🏽great", [PAUSE, "great"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_french_titles_end_no_sentence() -> None:
    assert STOP not in words("Bonjour M. Keller", FRENCH)
    assert words("Bien, Madame. Mais non", FRENCH) == ["bien", "madame", STOP, "mais", "non"]
    assert words("pourquoi ?", FRENCH) == ["pourquoi", "?", STOP]
    assert words("« Bonjour »", FRENCH)[:2] == [PAUSE, "bonjour"]


@pytest.mark.parametrize(
    ("word", "lists"),
    [("4", ("<digits>",)), ("14:30", ("<digits>", "<clock>")), ("4pm", ("<digits>", "<clock>")), ("four", ())],
)
def test_built_in_lists(word: str, lists: tuple[str, ...]) -> None:
    assert kinds(word) == lists


@pytest.mark.parametrize(
    ("raw", "letters"),
    [
        ("PNR", True),
        ("eGFR's", True),
        ("CPSEs", True),
        ("3DS", True),
        ("LPE1", True),
        ("pnr", False),
        ("Pnr", False),
        ("A", False),
        ("I'M", False),
        ("ÉTÉ", False),
        ("PARCELS", False),
    ],
)
def test_letters_that_stand_for_something(raw: str, letters: bool) -> None:
    assert is_letters(raw) is letters


def test_a_word_of_a_pattern_may_be_a_lone_elision() -> None:
    assert folded("d'", FRENCH) == ("de",)
    assert folded("Qu’", FRENCH) == ("que",)
    assert folded("didn't", ENGLISH) == ("did", "not")


@given(st.text(max_size=300))
def test_chunks_put_together_are_the_text(text: str) -> None:
    assert "".join(CHUNK.findall(text)) == text


@given(st.text(max_size=120), st.sampled_from([ENGLISH, FRENCH]))
def test_every_word_has_its_place_in_the_chunk(text: str, tongue: Tongue) -> None:
    for chunk in CHUNK.findall(text):
        last = 0
        for _, start, end in words_in(chunk, tongue):
            assert 0 <= start <= end <= len(chunk)
            assert start >= last or end >= last
            last = start
