"""Listening: which rules are doubted, which sentences cost without one; lessons are what is listened to."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.coach import Phrasebook, load_phrasebook, read
from callcalm.coach.blocks import Block
from callcalm.coach.book import by_ear
from callcalm.coach.ear import helping, mark
from callcalm.coach.effects import COSTS
from callcalm.coach.hearing import Hearing
from callcalm.coach.listening import LONGEST, sentences
from callcalm.coach.reading import BLOCK
from callcalm.coach.tongues import TONGUES
from callcalm.coach.words import PAUSE
from tests.coach.small import Told, book_of, heard_rule, rule

NOBODY = Hearing()
ORDER = rule(["sit down"], move="command", name="order")
THANKS = rule(["thank you for"], move="thank", name="thanks")
BUT = rule(["sorry ...8 but"], move="empathy.but", name="but")
SORRY = rule(["sorry that you"], move="apology.regret", name="sorry")
TURN = rule(["^ however"], move="empathy.but", name="turn", after=["apology.regret"])


def found(text: str, book: Phrasebook) -> list[tuple[str, str]]:
    return [(finding.rule, finding.matched) for finding in read(text, book, NOBODY)]


def test_a_rule_is_doubted_where_its_sentence_sounds_innocent() -> None:
    book = book_of(ORDER, ear=Told(good=["horse"]))
    assert found("The horse will sit down. Sit down.", book) == [("order", "Sit down")]
    assert found("The horse will sit down.", book) == []
    assert found("The horse will sit down.", book_of(ORDER)) == [("order", "sit down")]


def test_what_a_doubted_rule_had_swallowed_comes_back() -> None:
    text = "Sorry that you waited, but the horse is here."
    assert found(text, book_of(BUT, SORRY, ear=Told())) == [("but", "Sorry that you waited, but")]
    assert found(text, book_of(BUT, SORRY, ear=Told(good=["horse"]))) == [("sorry", "Sorry that you")]


def test_all_costs_of_an_innocent_sentence_are_doubted_and_those_of_others_stay() -> None:
    book = book_of(ORDER, rule(["always"], move="absolute", name="always"), ear=Told(good=["horse"]))
    assert found("Always sit down, horse! You always sit down.", book) == [
        ("always", "always"),
        ("order", "sit down"),
    ]


def test_what_helps_is_never_doubted() -> None:
    book = book_of(THANKS, ear=Told(good=["horse"]))
    assert found("Thank you for the horse.", book) == [("thanks", "Thank you for")]


def test_a_rule_of_ones_own_is_not_doubted_nor_does_it_keep_others_from_it() -> None:
    house = rule(["horse"], move="jargon", name="house")
    book = book_of(ORDER, house, ear=Told(good=["horse"]), own=["house"])
    assert found("The horse will sit down.", book) == [("house", "horse")]


def test_a_rule_is_doubted_for_what_is_ones_own_in_its_sentence() -> None:
    """Quoted words may sound bad in a sentence that is innocent, and good in one that is not."""
    book = book_of(ORDER, ear=Told(bad=["nonse"], good=["horse"]))
    assert found("He said “nonsense”, and the horse will sit down.", book) == []
    assert found("The horse said “nonsense”. Sit down.", book) == [("order", "Sit down")]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["Ah.", "Mm.", "Ah, I see.", "Uh huh.", "Yes, okay. Oh, I see."]),
        ("fr", ["Oh.", "Ah, je vois.", "Oui, d’accord. Euh…", "Mm, bon."]),
    ],
)
def test_murmurs_say_nothing_by_themselves(language: str, texts: list[str]) -> None:
    book = load_phrasebook(language)
    assert [read(text, book, NOBODY) for text in texts] == [()] * len(texts)


def test_murmurs_beside_other_words_are_heard() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["mm", "desk"]), lists={"murmurs": ("mm", "I see")})
    assert found("Mm. I see, mm!", book) == []
    assert found("Mm, the desk.", book) == [("by-ear-command", "Mm, the desk")]
    assert found("Mm.", book_of(heard_rule("command"), ear=Told(bad=["mm"]))) == [("by-ear-command", "Mm")]


def test_a_sentence_costs_without_any_wording() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["desk"]))
    assert found("I see.\r\nYou order at the desk, sir!  Well.", book) == [
        ("by-ear-command", "You order at the desk, sir")
    ]
    (finding,) = read("To the desk.", book, NOBODY)
    assert finding.by_ear
    assert finding.move == "command"


def test_what_a_sentence_as_a_whole_costs_lies_between_its_first_word_and_its_last() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["desk"]))
    for text, matched in {
        "  … To the desk …": "To the desk",
        "- to the desk\n- to the door": "to the desk\n- to the door",
        "To the desk?! Now?": "To the desk",
        "(The desk)": "The desk",
        "desk": "desk",
        "😀 desk 😀": "desk",
    }.items():
        assert found(text, book) == [("by-ear-command", matched)], text


def test_where_a_line_only_ends_nothing_is_heard() -> None:
    ear = Told()
    read("You order,\r\nat the\ndesk:\nnow", book_of(heard_rule("command"), ear=ear), NOBODY)
    assert ear.asked[0][0] == tuple(map(mark, ["you", "order", "at", "the", "desk", PAUSE, "now"]))


def test_no_sentence_costs_as_a_whole_where_a_rule_that_costs_stands() -> None:
    book = book_of(ORDER, heard_rule("command"), heard_rule("pity"), ear=Told("pity", bad=["desk"]))
    assert found("Sit down at the desk.", book) == [("order", "Sit down")]
    assert found("Sit down. The desk.", book) == [("order", "Sit down"), ("by-ear-pity", "The desk")]


def test_what_takes_back_a_sentence_takes_what_it_sounded_like_along_and_else_hides_nothing() -> None:
    rules = (SORRY, TURN, heard_rule("pity"))
    book = book_of(*rules, ear=Told("pity", bad=["desk"], good=["horse"]))
    assert found("Sorry that you wait. However, the desk.", book) == [("turn", "Sorry that you wait. However")]
    assert found("Sorry that you wait, desk. However, no.", book) == [
        ("turn", "Sorry that you wait, desk. However")
    ]
    assert found("It is late. However, the desk.", book) == [("by-ear-pity", "However, the desk")]
    assert found("Sorry that you wait. However, the horse.", book) == [("sorry", "Sorry that you")]
    assert found("Sorry that you wait. However, no.", book_of(*rules)) == [
        ("turn", "Sorry that you wait. However")
    ]


def test_what_only_the_ear_gives_swallows_no_help() -> None:
    book = book_of(THANKS, SORRY, heard_rule("sarcasm"), ear=Told("sarcasm", bad=["desk"]))
    text = "Thank you for the desk, sorry that you wait."
    assert found(text, book) == [
        ("thanks", "Thank you for"),
        ("by-ear-sarcasm", "Thank you for the desk, sorry that you wait"),
        ("sorry", "sorry that you"),
    ]


def test_a_sentence_that_the_ear_does_not_know_is_not_heard() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["desk"], odd=["zxcv"]))
    assert found("To the desk. Zxcv desk.", book) == [("by-ear-command", "To the desk")]


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("text", ["a. ", "A. ", "a ", "b c\n", "é. ", "1. a) 2. b) ", "x? "])
@pytest.mark.parametrize("times", [1, 200])
def test_letters_and_numbers_alone_say_nothing(language: str, text: str, times: int) -> None:
    assert found(text * times, load_phrasebook(language)) == []


def test_one_letter_does_not_cost_as_a_whole_and_a_word_spelt_out_may() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["a", "0"]))
    assert found("A. a! a - a! 4: 4!", book) == []
    assert found("A desk. C-A-R!", book) == [("by-ear-command", "A desk"), ("by-ear-command", "C-A-R")]


def test_what_no_stop_ends_is_no_sentence_that_costs_as_a_whole() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["desk"]))
    long = " ".join(["desk"] * LONGEST)
    assert found(long, book) == [("by-ear-command", long)]
    assert found(f"{long} desk", book) == []
    assert found(f"{long} desk. To the desk.", book) == [("by-ear-command", "To the desk")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Désolé, je comprends que vous attendiez depuis trois semaines."),
        ("en", "Bitte rufen Sie mich an, wenn noch etwas offen ist."),
        ("en", "Hemos revisado su factura y corregido el importe."),
        ("fr", "The doctor will ring you back this afternoon, and I have put your name at the top."),
        ("fr", "Es tut mir leid, dass Sie warten mussten."),
    ],
)
def test_another_language_is_not_heard(language: str, text: str) -> None:
    assert found(text, load_phrasebook(language)) == []


def test_a_quoted_sentence_is_not_heard() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["desk"]))
    assert found("You told me: “To the desk.” And then you waited for weeks.", book) == []
    assert found("> To the desk.\nI do not see why.", book) == []
    assert found("You told me “to the door” and then: to the desk.", book) != []


def test_a_text_that_is_quoted_as_a_whole_is_heard() -> None:
    """That is how a reply is set in a script."""
    book = book_of(heard_rule("command"), ear=Told(bad=["desk"]))
    assert found("“To the desk.”", book) == [("by-ear-command", "To the desk")]


def test_a_refusal_that_is_heard_is_undone_by_a_next_step() -> None:
    step = rule(["I can"], move="can-do", name="step")
    book = book_of(step, heard_rule("flat-no"), ear=Told("flat-no", bad=["door"]))
    bare, stepped = ("by-ear-flat-no", "That door is shut"), ("step", "I can")
    assert found("That door is shut.", book) == [bare]
    assert found("That door is shut. I can open another.", book) == [stepped]
    assert found("That door is shut. Well. I can open another.", book) == [bare, stepped]


def test_a_move_without_words_for_it_is_not_told() -> None:
    assert found("To the desk.", book_of(heard_rule("command"), ear=Told("pity", bad=["desk"]))) == []
    assert found("To the desk.", book_of(THANKS, ear=Told(bad=["desk"]))) == []


def test_no_words_are_no_sentence() -> None:
    book = book_of(heard_rule("command"), ear=Told(bad=["?", ";", "!"]))
    assert [found(text, book) for text in ("", "?", "!!", "…", "😀?")] == [[]] * 5


def test_sentences_are_counted_through_a_text_of_many_blocks() -> None:
    """A next step undoes a refusal in the sentence before it, not one that stands as far into another block."""
    step = rule(["I can"], move="can-do", name="step")
    book = book_of(step, heard_rule("flat-no"), ear=Told("flat-no", bad=["door"]))
    far = "That door is shut. " + "Well, well. " * (BLOCK // 8) + "I can open another. Hm. Hm. That door is shut."
    assert [name for name, _ in found(far, book)] == ["by-ear-flat-no", "step", "by-ear-flat-no"]


def test_what_helps_in_a_sentence_is_heard_with_it_but_for_names() -> None:
    ear = Told()
    named = rule(["mary"], move="use-name", name="name")
    found("Thank you for waiting, Mary. Sit down.", book_of(THANKS, ORDER, named, ear=ear))
    assert [helps for _, helps in ear.asked] == [frozenset({mark(helping("thank"))}), frozenset()]


PIECES = (
    *(
        "sit down",
        "thank you for",
        "sorry that you",
        "but",
        "Dr. Lee",
        "always",
        "I",
        "a",
        "14h30",
        "no. 5",
        "e.g.",
    ),
    *(
        "horse",
        "didn’t",
        "don't",
        "Élodie",
        "O.K.",
        "😀",
        "\u200b",
        "l'été",
        "12",
        "x" * 130,
        "vis-à-vis",
        "(desk)",
    ),
    *(
        ". ",
        "! ",
        "?! ",
        "... ",
        "… ",
        ", ",
        ": ",
        " – ",
        "; ",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "\r\n\r\n",
        "\n- ",
        "\n> ",
    ),
    *("\n1) ", "\n• ", "“", "”", '"', "'", "« ", " »", "‘", "’ ", "\t", "\u00a0"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=40
).map("".join)
MARKS = frozenset(map(mark, ("?", "!", ";")))


@cache
def listening_book(language: str) -> tuple[Phrasebook, Told]:
    """A book with an ear that doubts nothing and of which everything is sure, so that it is asked about all."""
    ear = Told()
    ear.doubt, ear.sure = -1.0, 0.0
    return book_of(THANKS, SORRY, ORDER, BUT, language=language, ear=ear), ear


@cache
def teaching_book(language: str) -> Phrasebook:
    return book_of(THANKS, SORRY, ORDER, BUT, language=language)


def listened(text: str, language: str) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    """What a listener asks an ear about, of each sentence with words of its own."""
    book, ear = listening_book(language)
    ear.asked.clear()
    read(text, book, NOBODY)
    asked = iter(ear.asked)
    block = Block(text, 0, len(text), book.matcher.lexicon, book.matcher)
    own = []
    for number, stop, last in zip(block.sentence_of, block.stops, (-1, *block.stops), strict=False):
        if stop > last + 1:
            own.append(next(asked))
            # A sentence that quotes is asked about as it is, and then without what it quotes.
            if number in block.quoting:
                own[-1] = next(asked)
    assert list(asked) == []
    return [(marks, helps) for marks, helps in own if not MARKS.issuperset(marks)]


def taught(text: str, language: str) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    book = teaching_book(language)
    found = [(tuple(map(mark, each.words)), frozenset(map(mark, each.helps))) for each in sentences(text, book)]
    return [(marks, helps) for marks, helps in found if not MARKS.issuperset(marks)]


@pytest.mark.parametrize("language", TONGUES)
@given(text=TEXTS)
def test_lessons_are_what_is_listened_to(language: str, text: str) -> None:
    assert taught(text, language) == listened(text, language)


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize(
    "text",
    [
        "Thank you for waiting. Sit down!\r\n\r\nDr. Lee said: “sit down, horse”. Sorry that you wait…",
        "List:\r\n- sit down\r\n- thank you for it\r\n\r\n1) One. 2) Two?! Three...",
        "> sit down\n> now\nI do not. He said 'sit down now, horse.' and left. « Non » ? Si !",
        "“Sit down. Thank you for that.”",
        "No. 5, e.g. the horse at 14h30. OK. 😀 ... !!",
    ],
)
def test_lessons_are_what_is_listened_to_in_letters(language: str, text: str) -> None:
    assert taught(text, language) == listened(text, language) != []


@given(text=TEXTS)
def test_lessons_lie_apart_and_in_order(text: str) -> None:
    found = list(sentences(text, teaching_book("en")))
    places = list(chain.from_iterable((each.start, each.end) for each in found))
    assert places == sorted(places)
    assert all(0 <= each.start < each.end <= len(text) for each in found)


DOUBTING = book_of(THANKS, SORRY, ORDER, BUT, ear=Told(good=["a", "horse"]))


@given(text=TEXTS)
def test_doubting_takes_costs_and_gives_back_helps_and_no_more(text: str) -> None:
    without, doubting = read(text, teaching_book("en"), NOBODY), read(text, DOUBTING, NOBODY)
    assert {finding for finding in doubting if finding.move in COSTS} <= set(without)
    for finding in {finding for finding in without if finding.move not in COSTS} - set(doubting):
        # A move counts once: what is given back may stand before it and count in its stead.
        assert any(other.move == finding.move and other.start < finding.start for other in doubting)


INNOCENT = "Thank you for the lovely letter that you wrote to us in May."
OWN = """
format = 1
language = "en"

[[rules]]
id = "lovely"
move = "jargon"
severity = 2
patterns = ["lovely letter"]
why = "House rule."
instead = ["Your letter."]
source = "S3-4"
hits = ["a lovely letter"]
misses = ["a letter"]
"""


def test_what_a_writer_wrote_is_not_doubted(tmp_path: Path) -> None:
    """The same rule, once as it would be shipped and once as a writer's own."""
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    book = load_phrasebook("en", (path,))
    assert "lovely" in [name for name, _ in found(INNOCENT, book)]
    assert book.own == {"lovely"}
    ear = Told(good=["lovel"])
    for own, stays in ((book.own, True), (frozenset(), False)):
        again = Phrasebook("en", book.rules, book.lists, book.example, ear, own)
        assert ("lovely" in [name for name, _ in found(INNOCENT, again)]) == stays


@pytest.mark.parametrize("language", TONGUES)
def test_every_move_that_can_be_heard_has_its_words(language: str) -> None:
    book = load_phrasebook(language)
    assert [move for move in COSTS if book.rules[by_ear(move)].patterns] == []
