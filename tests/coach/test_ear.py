"""The ear: a sum over the words of a sentence, packed small, and the same as the plain sum over its file."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.coach import ear as ears
from callcalm.coach import load_phrasebook, read
from callcalm.coach.ear import SHAPES, Line, heard, helping, lines, mark, rows, sign, sign_of
from callcalm.coach.listening import sentences
from callcalm.coach.loading import SHIPPED
from callcalm.coach.tongues import TONGUES
from callcalm.coach.words import fold
from tests.coach.small import ear_of
from tests.learn_ear import chance, signs

SMALL = (
    "# What it says of itself.",
    "least\t-0.5",
    "doubt\t0.15",
    "sure\t0.7",
    "sit\t2.0\t1.5\tcommand\t0.9",
    "down\t1.5\t0.5\tcommand\t0.4",
    "sit down\t3.0\t2.0\tcommand\t2.5",
    "sit _ now\t3.5\t1.0\tcommand\t1.5",
    "^ sit down\t4.0\t2.5\tcommand\t2.0",
    "again $\t2.0\t2.5\tabsolute\t3.0",
    "always\t2.5\t1.5\tabsolute\t2.5",
    "pleas\t1.0\t-2.0\t\t1.0",
    "0\t0.5\t-0.5\t\t0.2",
    "+thank\t1.0\t-3.0\t\t0.5",
)
WORDS = ("sit", "down", "now", "again", "always", "pleas", "0", "?", ";", "zebra", "quill")
WORD = st.text("abcdefghijklmnop'-", min_size=1, max_size=5).filter(lambda word: word.strip("_"))


def spoken(*words: str) -> list[int]:
    return [mark(word) for word in words]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sets(st.sampled_from(["thank", "by-when"])))
def test_the_chance_is_that_of_the_plain_sum(words: list[str], helps: set[str]) -> None:
    beside = [helping(move) for move in sorted(helps)]
    plain = chance(SMALL, words, beside)
    assert ear_of(*SMALL).chance(spoken(*words), map(mark, beside)) == pytest.approx(plain, abs=1e-6)


@cache
def shipped(language: str) -> tuple[str, dict[str, str]]:
    """Of a shipped file the line that tells where it begins, and those of its signs by what they are."""
    found = (SHIPPED / f"{language}.ear.tsv").read_text("utf-8").splitlines()
    told = [line.split("\t") for line in found]
    (least,) = [line for line, row in zip(found, told, strict=True) if row[0] == "least" and len(row) == 2]
    return least, {row[0]: line for line, row in zip(found, told, strict=True) if len(row) > 2}


@pytest.mark.parametrize("language", TONGUES)
def test_the_shipped_ear_hears_what_its_file_says(language: str) -> None:
    book, (least, table) = load_phrasebook(language), shipped(language)
    assert book.ear is not None
    named = defaultdict(set)
    for text in table:
        named[sign_of(text)].add(text)
    # So many signs that two may share a number of 32 bits; hardly any do.
    assert sum(len(texts) for texts in named.values()) - len(named) <= 5
    compared = 0
    for rule in book.in_order:
        for each in sentences(rule.hits[0] if rule.hits else rule.why, book):
            found = signs(each.words, each.helps)
            if any(named.get(sign_of(text), {text}) != {text} for text in found):
                continue
            plain = chance([least, *(table[name] for name in found if name in table)], each.words, each.helps)
            packed = book.ear.chance(spoken(*each.words), map(mark, each.helps))
            assert packed == pytest.approx(plain, abs=1e-4), each
            compared += 1
    assert compared > 300


@pytest.mark.parametrize("language", TONGUES)
def test_a_shipped_file_holds_settings_and_signs(language: str) -> None:
    found = list(lines((SHIPPED / f"{language}.ear.tsv").read_text("utf-8")))
    settings = dict(row for row in found if not isinstance(row, Line))
    assert settings.keys() == {"least", "doubt", "sure"}
    assert 0 < settings["doubt"] < settings["sure"] < 1
    assert all(row.rarity >= 0 for row in found if isinstance(row, Line))


def test_words_that_are_called_as_a_setting_is_are_words() -> None:
    ear = ear_of(*SMALL, "least\t2.0\t3.0\tabsolute\t1.0", "sure\t2.0\t-3.0\t\t1.0")
    assert (ear.doubt, ear.sure) == (0.15, 0.7)
    assert ear.chance(spoken("least")) > ear.chance([]) > ear.chance(spoken("sure"))


def test_what_was_never_learnt_says_nothing() -> None:
    ear = ear_of(*SMALL)
    nothing = chance(SMALL, [])
    assert ear.chance([]) == pytest.approx(nothing)
    assert ear.chance(spoken("zebra", "quill")) == pytest.approx(nothing)
    assert ear.chance([], [mark(helping("options"))]) == pytest.approx(nothing)
    assert ear.move(spoken("zebra", "quill")) is None
    assert ear.move([]) is None


def test_it_knows_what_most_words_of_were_learnt() -> None:
    ear = ear_of("least\t0", "doubt\t0.1", "sure\t0.9", *[f"{word}\t1.0\t0.5\t\t1.0" for word in ("sit", "down")])
    assert ear.knows(spoken("sit", "down"))
    assert ear.knows(spoken("sit", "down", "zebra"))
    assert not ear.knows(spoken("sit", "zebra"))
    assert not ear.knows(spoken("zebra"))
    assert ear.knows([])


def test_an_ear_that_has_learnt_nothing_hears_nothing() -> None:
    ear = ear_of("least\t0", "doubt\t0.1", "sure\t0.9")
    assert ear.chance(spoken("sit", "down")) == 0.5
    assert ear.move(spoken("sit", "down")) is None


def test_words_beside_each_other_count_as_such() -> None:
    ear = ear_of(*SMALL)
    assert ear.chance(spoken("sit", "down")) > ear.chance(spoken("down", "sit"))
    assert ear.chance(spoken("sit", "right", "now")) > ear.chance(spoken("sit", "right", "there", "now"))
    assert ear.chance(spoken("always", "again")) > ear.chance(spoken("again", "always"))


def test_what_helps_beside_it_counts() -> None:
    ear = ear_of(*SMALL)
    assert ear.chance(spoken("sit"), [mark("+thank")]) < ear.chance(spoken("sit"))


def test_the_move_is_the_one_most_is_said_for() -> None:
    ear = ear_of(*SMALL)
    assert ear.move(spoken("sit", "down")) == "command"
    assert ear.move(spoken("always", "sit", "again")) == "absolute"
    # What speaks for no cost is no move.
    assert ear.move(spoken("pleas")) is None


def test_all_numbers_and_the_ends_of_long_words_are_one_to_it() -> None:
    assert heard("14h30") == heard("7") == heard("2,50") == "0"
    assert heard("explained") == heard("explains") == heard("expla")
    assert heard("²") == "0"


@given(st.text())
def test_any_word_can_be_heard(word: str) -> None:
    if fold(word):
        assert 1 <= len(heard(fold(word))) <= ears.STEM


@given(st.lists(WORD, min_size=3, max_size=3, unique=True), st.sampled_from(range(len(SHAPES))))
def test_a_line_of_the_file_names_the_sign_that_is_heard(words: list[str], number: int) -> None:
    shape = SHAPES[number]
    text = " ".join(words[at] if at in shape else ears.GAP for at in range(shape[-1] + 1))
    assert sign_of(text) == sign([mark(words[at]) for at in shape], number)


@given(st.lists(WORD, max_size=8))
def test_those_who_teach_it_name_what_it_hears(words: list[str]) -> None:
    said = (ears.BEGIN, *map(mark, words), ears.END)
    numbers = [sign(each, shape) for shape, row in enumerate(rows(said)) for each in row]
    assert [sign_of(text) for text in signs(words)] == numbers


def test_another_order_and_another_distance_are_other_signs() -> None:
    texts = ["sit", "down", "sit down", "down sit", "sit _ down", "sit down now", "sit now down", "+thank"]
    assert len({sign_of(text) for text in texts}) == len(texts)


def test_the_ears_own_marks_are_no_words() -> None:
    """Nobody can say the ends of a sentence, or what helps in it."""
    said = "^ $ _ +thank $5 a_b x^2 \x00"
    words = {word for each in sentences(said, load_phrasebook("en")) for word in each.words}
    assert words
    assert words.isdisjoint({"^", "$", "_"})
    assert not [word for word in words if word.startswith("+")]


@pytest.mark.parametrize("size", [1_000, 2_000, 4_000])
def test_a_sentence_of_twice_the_words_is_twice_the_work(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    steps = 0

    def counted(marks: object, shape: int) -> int:
        nonlocal steps
        steps += 1
        return sign(marks, shape)  # type: ignore[arg-type]  # as it was called

    ear = ear_of(*SMALL)
    monkeypatch.setattr(ears, "sign", counted)
    said = [mark(f"word{number}") for number in range(size)]
    ear.chance(said)
    # One, two, two with one between, three in a row: each once, with the two ends of the sentence.
    assert steps == 4 * (size + 2) - 1 - 2 - 2
    ear.chance(said)
    assert steps == 4 * (size + 2) - 1 - 2 - 2


@pytest.mark.parametrize("word", ["sit", "pleas", "zebra"])
def test_no_sentence_is_too_long(word: str) -> None:
    ear = ear_of(*SMALL)
    found = [ear.chance(spoken(word) * size) for size in (1, 1_000, 400_000)]
    assert all(0 <= each <= 1 for each in found)
    # The sum grows with the root of the length; it must not leave what a float can hold.
    assert {"sit": sorted(found), "pleas": sorted(found, reverse=True), "zebra": found}[word] == found


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?!",
        "...",
        "😀",
        "😀😀 😀!",
        "12 34 56.",
        "\u200b",
        "— …",
        "«»",
        '""',
        "a" * 500,
        "no " * 30_000,
        "\n\n\n",
    ],
)
def test_any_text_can_be_listened_to(language: str, text: str) -> None:
    read(text, load_phrasebook(language))


def test_no_words_are_no_cost() -> None:
    book = load_phrasebook("en")
    assert [read(text, book) for text in ("", "?!", "😀😀", "... 😀 !!!", "\r\n")] == [()] * 5


def test_the_memory_is_bounded_and_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "MEMORY", 20)
    ear = ear_of(*SMALL)
    wanted = chance(SMALL, ["sit", "down"])
    sizes = []
    for number in range(60):
        ear.chance(spoken("sit", f"word{number}"))
        sizes.append((len(ear._chances), *map(len, ear._pulls)))
        assert ear.chance(spoken("sit", "down")) == pytest.approx(wanted)
    assert max(max(each) for each in sizes) <= 20
    assert any(after < before for before, after in pairwise(each[0] for each in sizes))


def test_what_is_forgotten_is_heard_the_same() -> None:
    ear = ear_of(*SMALL)
    before = ear.chance(spoken("sit", "down"))
    ear.forget()
    assert not ear._chances
    assert ear.chance(spoken("sit", "down")) == before
