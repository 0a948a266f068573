"""Reading: places in the original text, quotations, and what several rules amount to together."""

from __future__ import annotations

import gc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.coach import Hearing, load_phrasebook, read
from callcalm.coach.effects import COSTS
from callcalm.coach.machine import State
from callcalm.coach.quotes import quoted_spans
from callcalm.coach.reading import BLOCK
from callcalm.core.moves import Finding
from tests.coach.small import CALL, book, book_of, matched, rule

EN, FR = load_phrasebook("en"), load_phrasebook("fr")


def moves(text: str, hearing: Hearing = CALL, phrases: object = EN) -> list[str]:
    return [finding.move for finding in read(text, phrases, hearing)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("👍 Why did you wait?", "Why did you"),
        ("Why\xa0did\u202fyou wait?", "Why\xa0did\u202fyou"),
        ("\r\n\r\nWhy did\r\nyou wait?", "Why did\r\nyou"),
        ("“Well…” Why did you wait?", "Why did you"),
        ("WHY DIDN’T YOU wait?", "WHY DIDN’T YOU"),
        ("(why did you)", "why did you"),
        ("Ça ira. why did yo\u0301u wait", "why did yo\u0301u"),
    ],
)
def test_a_finding_is_a_slice_of_the_text_as_given(text: str, found: str) -> None:
    finding = read(text, EN)[0]
    assert finding.matched == found == text[finding.start : finding.end]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pourquoi n’avez-vous pas appelé ?", "Pourquoi n’avez-vous"),
        ("POURQUOI N'AVEZ VOUS PAS APPELE", "POURQUOI N'AVEZ VOUS"),
        ("Vous n'aviez qu'à lire.", "Vous n'aviez qu'à"),
        ("Je suis de\u0301sole\u0301e, mais non.", "Je suis de\u0301sole\u0301e, mais"),
    ],
)
def test_french_findings_are_slices_too(text: str, found: str) -> None:
    finding = read(text, FR)[0]
    assert finding.matched == found == text[finding.start : finding.end]


PIECES = [
    "why did you ",
    "sorry, but ",
    "Ms. Alvarez ",
    "I’ll call you by 4 p.m. ",
    "pourquoi n'avez-vous ",
    "the scan ",
]
PIECES += [
    "“",
    "”",
    '"',
    "'",
    "«",
    "»",
    "\r\n",
    "\n\n",
    "> ",
    ", ",
    ". ",
    "? ",
    "e\u0301",
    "\u200b",
    "\U0001f469\u200d\U0001f467",
]
PIECES += ["I understand ", "if ", "you "]
ALPHABET = st.one_of(st.text(max_size=8), st.sampled_from(PIECES))


@given(st.lists(ALPHABET, max_size=30).map("".join), st.sampled_from([EN, FR]), st.booleans())
@settings(max_examples=300)
def test_whatever_is_read(text: str, phrases: object, heard: bool) -> None:
    found = read(text, phrases, CALL if heard else Hearing())  # type: ignore[arg-type]
    assert list(found) == sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule))
    for finding in found:
        assert text[finding.start : finding.end] == finding.matched != ""
    for kind in (True, False):
        same = [finding for finding in found if (finding.move in COSTS) is kind]
        assert all(one.end <= other.start for one, other in pairwise(same))
    assert read(text, phrases, CALL if heard else Hearing()) == found  # type: ignore[arg-type]


def test_nothing_is_found_in_nothing() -> None:
    assert read("", EN) == ()
    assert read(" \n ", EN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "You asked “why did you wait”, and I see why.",
        'The letter says "why did you wait" on page two.',
        "« why did you wait » : those words, on your letter",
        "I heard someone say ‘why did you wait’ to you.",
        "He was told 'why did you wait' by the clerk.",
        "Thank you for your mail.\n> why did you wait\nI will look.",
    ],
)
def test_quoted_words_do_not_count(text: str) -> None:
    assert "blame.why-you" not in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Why did you wait?”",
        "It's 5 o'clock, why did you wait? It's late.",
        "Why did you “wait”?",
        'Why did you say 5" or 6"?',
    ],
)
def test_words_that_quote_nobody_count(text: str) -> None:
    assert "blame.why-you" in moves(text)


def test_quotations_do_not_reach_over_paragraphs_without_end() -> None:
    text = '"open ' + "x " * 400 + 'why did you "close'
    assert quoted_spans(text, 0, len(text)) == []


class TestWhatWordsAmountTo:
    def test_a_cost_swallows_the_help_inside_it(self) -> None:
        assert moves("I'm sorry you waited so long, but we are full.") == ["empathy.but"]
        assert moves("I understand how you feel, but that is the rule.")[0] == "empathy.but"
        assert "apology.regret" in moves("I'm sorry you waited so long.")

    def test_but_in_the_callers_own_story_is_no_cost(self) -> None:
        assert "empathy.but" not in moves("I understand you called twice, but nobody answered.")

    def test_several_rules_of_a_move_in_a_sentence_are_one_finding(self) -> None:
        assert moves("Calm down, relax, calm down!").count("calm-down") == 1
        assert moves("Calm down. Please relax.").count("calm-down") == 2

    def test_the_rule_with_more_words_wins(self) -> None:
        short, long = (
            rule(["calm down"], name="short"),
            rule(["you should calm down"], name="long", move="you-should"),
        )
        assert [finding.rule for finding in read("You should calm down.", book_of(short, long))] == ["long"]

    def test_at_the_same_length_the_graver_wins(self) -> None:
        mild, grave = (
            rule(["calm down"], name="a", severity=1),
            rule(["calm down"], name="b", move="pity", severity=3),
        )
        assert [finding.rule for finding in read("Calm down.", book_of(mild, grave))] == ["b"]

    def test_a_name_stays_beside_the_help_around_it(self) -> None:
        found = read("Thank you, Ms. Alvarez, for telling me.", EN, CALL)
        assert [(finding.move, finding.matched) for finding in found] == [
            ("thank", "Thank you"), ("use-name", "Ms. Alvarez"),
        ]  # fmt: skip

    def test_a_time_stays_beside_the_help_before_it(self) -> None:
        found = read("I'll call you back by four.", EN)
        assert [(finding.move, finding.matched) for finding in found] == [
            ("offer-callback", "I'll call you back"), ("by-when", "by four"),
        ]  # fmt: skip

    def test_a_shrug_that_goes_on_to_a_next_step_is_none(self) -> None:
        for cost in ("It's only a form", "That's for the council", "Our policy is clear", "We're short-staffed"):
            assert any(move in COSTS for move in moves(f"{cost}.")), cost
            assert not any(move in COSTS for move in moves(f"{cost}, so I'll call you back by four.")), cost
            assert any(move in COSTS for move in moves(f"{cost}. I'll call you back by four.")), cost


class TestTheCall:
    def test_empathy_with_the_callers_fact_is_named(self) -> None:
        assert moves("I can imagine how frustrating that is.") == ["empathy.generic"]
        assert moves("Charged twice for one scan: I can imagine how frustrating that is.") == ["empathy.named"]
        assert moves("Charged twice for one scan. I'd be upset too.") == ["empathy.named"]
        assert moves("I can imagine how frustrating that is.", Hearing()) == ["empathy.generic"]

    def test_saying_the_feeling_back_names_no_fact(self) -> None:
        heard = Hearing(said=("I am so frustrated and upset!",))
        assert moves("I understand you are frustrated.", heard) == ["empathy.generic"]

    def test_a_restatement_says_something_back(self) -> None:
        assert "restate" in moves("Let me make sure I understand: you were charged twice.")
        assert "restate" not in moves("Let me make sure I understand: the sun is round.")
        assert "restate" in moves("Let me make sure I understand: the sun is round.", Hearing())
        # The fact may come in the next sentence.
        assert "restate" in moves("Let me see if I have this right. Two charges, one scan.")

    def test_their_own_facts_in_order_are_a_restatement(self) -> None:
        assert moves("You were charged twice for one scan.") == ["restate"]
        assert moves("You were charged twice for one scan.", Hearing()) == []

    def test_the_name_is_the_name_that_may_be_used(self) -> None:
        assert "use-name" in moves("Maria, I see it.")
        assert "use-name" not in moves("Claire, I see it.")
        assert "use-name" not in moves("Maria, I see it.", Hearing())

    def test_a_small_word_of_a_name_is_no_name(self) -> None:
        heard = Hearing(names=("Madame Le Bihan",))
        found = read("Le dossier est là, madame Le Bihan.", FR, heard)
        assert [finding.matched for finding in found if finding.move == "use-name"] == ["madame Le Bihan"]

    def test_bright_words_cost_only_when_it_is_hot(self) -> None:
        assert "tone.bright" in moves("Great! What's the number?", Hearing(hot=True))
        assert "tone.bright" not in moves("Great! What's the number?", Hearing())

    def test_an_excuse_costs_only_before_empathy(self) -> None:
        assert "excuse-first" in moves("We are short-staffed today. I'm so sorry you waited.")
        assert "excuse-first" not in moves("I'm so sorry you waited. We are short-staffed today.")

    def test_a_no_with_a_next_step_is_not_flat(self) -> None:
        assert "flat-no" in moves("There is nothing I can do.")
        assert "flat-no" not in moves("There is nothing I can do. I can book you in for Thursday.")
        assert "flat-no" in moves(
            "There is nothing I can do. So it goes. Such is life. I can book you in for Thursday."
        )

    def test_a_message_taken_on_is_more_than_a_message(self) -> None:
        assert "message-taker" in moves("I'll pass it on to the team.")
        assert "message-taker" not in moves("I'll pass it on to the team. I'll call you back by four.")

    def test_a_hold_with_leave_is_not_blind(self) -> None:
        assert "hold.blind" in moves("Hold on.")
        assert "hold.blind" not in moves("May I put you on hold for two minutes? Hold on.")

    def test_a_next_step_in_a_threat_earns_nothing(self) -> None:
        assert moves("Pay by noon or I will call the police.", Hearing()) == ["ultimatum"]
        assert "by-when" in moves("I will call you by noon.", Hearing())

    def test_putting_a_message_down_does_not_take_it_on(self) -> None:
        assert moves("I'll pop it in the doctor's tray.", Hearing()) == ["message-taker"]

    def test_official_words_count_one_by_one(self) -> None:
        text = "Enclosed herewith please find the form, to be returned in respect of the claim."
        assert moves(text, Hearing()).count("letterese") > 1

    def test_glaringly_bright_words_cost_beside_trouble_though_the_call_is_unknown(self) -> None:
        assert "tone.bright" in moves("I'm so sorry you waited. Happy Friday!", Hearing())
        assert "tone.bright" in moves("Happy Friday! Your order was lost.", Hearing())
        assert "tone.bright" not in moves("The office opens at nine. Happy Friday!", Hearing())

    def test_what_tells_of_trouble_is_heard_in_french_but_for_what_denies_it(self) -> None:
        phrases = load_phrasebook("fr")

        def gay(text: str) -> bool:
            return "tone.bright" in {finding.move for finding in read(text, phrases)}

        assert gay("Youpi ! Vous êtes sans chauffage.")
        assert gay("Youpi ! Il ne marche plus.")
        assert not gay("Youpi ! Pas de souci, c'est fait.")
        assert gay("Youpi ! Pas de souci, votre valise est perdue.")
        # Words of the other language tell nothing: bread is no pain.
        assert not gay("Youpi ! Le pain sort du four.")

    def test_trouble_is_told_anywhere_in_a_long_text(self) -> None:
        plain = "The office opens at nine. " * (BLOCK // 26 + 1)
        assert "tone.bright" not in moves(f"Happy Friday! {plain}", Hearing())
        assert "tone.bright" in moves(f"Happy Friday! {plain} Your order was lost.", Hearing())

    def test_without_its_lists_nothing_tells_of_trouble(self) -> None:
        bright = rule(["hooray"], move="tone.bright", severity=3)
        text = "Hooray, the parcel is lost. No loss was lost."
        assert read(text, book_of(bright)) == ()
        lists: dict[str, tuple[str, ...]] = {"tells-of-trouble": ("lost", "is gone")}
        assert [finding.rule for finding in read(text, book_of(bright, lists=lists))] == ["r"]
        lists["tells-of-no-trouble"] = ("(parcel|loss) ...2 lost",)
        assert read(text, book_of(bright, lists=lists)) == ()

    def test_a_part_of_bad_news_is_none_where_no_bad_news_is_told(self) -> None:
        alone = "There were only two places and ninety applications."
        assert "pacer.explain" not in moves(alone, Hearing())
        assert "pacer.explain" in moves("I have some difficult news. " + alone, Hearing())

    def test_words_half_quoted_are_not_ones_own(self) -> None:
        assert "you-failed" not in moves('The letter says you "failed to sign" the form.', Hearing())

    def test_a_transfer_in_company_is_not_cold(self) -> None:
        assert "transfer.cold" in moves("I'll transfer you now.")
        assert "transfer.cold" not in moves(
            "I'll transfer you now. I'll stay on the line with you until she has you."
        )


@pytest.mark.parametrize("gap", [0, 1, 7, 1_000])
def test_long_texts_are_read_in_blocks_and_nothing_is_lost(gap: int) -> None:
    phrases = book("why did you")
    text = ("so it goes on and on. " * (BLOCK // 22 + gap) + "Why did you wait? ") * 3
    found = matched(text, phrases)
    assert found == ["Why did you"] * 3
    starts = [finding.start for finding in read(text, phrases)]
    assert [text[start : start + 11] for start in starts] == found


def test_a_line_without_end_is_read_too() -> None:
    text = "so " * (BLOCK // 3) + "why did you wait " + "so " * BLOCK
    assert matched(text, book("why did you")) == ["why did you"]


def test_findings_are_equal_whatever_was_read_before() -> None:
    line = "I'm sorry, but why did you wait until Friday, Maria?"
    first = read(line, EN, CALL)
    read("Something else. " * 100, EN, CALL)
    assert read(line, EN, CALL) == first
    assert isinstance(first[0], Finding)


def test_what_a_walk_forgets_goes_at_once() -> None:
    """A long text is read without the collector of garbage, so nothing that is dropped may lead to itself."""
    words = [first + second + "x" for first in "abcdefgh" for second in "abcdefgh"]
    phrases = book(*[f"sit {word} down" for word in words])
    machine = phrases.matcher.machine
    machine.memory = 20
    gc.collect()
    gc.disable()
    try:
        read(" ".join(f"sit {word} down" for word in words * 9), phrases)
        states = [one for one in gc.get_objects() if isinstance(one, State) and one.machine is machine]
    finally:
        gc.enable()
    assert len(states) < 3 * machine.memory
