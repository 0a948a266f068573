"""Conversations on paper become encounters in which every answer that was given is one choice among others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcalm.intake import Source
from callcalm.workshop.conversations import NoConversation, conversation
from callcalm.workshop.finishing import finish
from callcalm.workshop.transcripts import MOST_TOLD, transcript_draft
from callcalm.workshop.words import words
from tests.workshop.written import ending_of, opened, unexplained

TALK = """\
12:01 Me: Billing, good morning.
[12:01] Caller: I was charged twice.
And nobody calls back!
Me: Why did you wait until now?
Caller: I did not wait.
Nurse: one moment
me: I am sorry about the trouble. I will call you by four.
"""


def made(
    text: str,
    lang: str = "en",
    *,
    callers: tuple[str, ...] = (),
    players: tuple[str, ...] = (),
    channel: str = "phone",
) -> str:
    said = conversation(Source("talk.txt", text), callers, players)
    return finish(transcript_draft(said, words(lang), title="Talk", file="talk.txt", channel=channel), "x").text


def test_lines_become_beats_and_replies() -> None:
    text = made(TALK)
    scenario = opened(text)
    assert unexplained(text) == []
    first, second = scenario.beats.values()
    assert first.caller == ("I was charged twice. And nobody calls back!",)
    assert first.replies[0].say == "Why did you wait until now?"
    assert [one.move for one in first.replies[0].findings] == ["blame.why-you"]
    assert second.caller == ("I did not wait. Nurse: one moment",)
    # Beside what cost, a slot for something better, with the coach's words in the comment only: they are about
    # another matter. Beside what helped, a slot for something worse.
    assert first.replies[1].key == "moment-1/better"
    assert first.replies[1].say == "FILL IN a better answer here."
    assert "from the coach's book, about another matter: “" in text
    assert [reply.key for reply in second.replies] == ["moment-2/said", "moment-2/worse", "moment-2/better"]
    assert "Before they spoke, you said: Billing, good morning." in text
    assert "# Line 6: “Nurse”" in text
    assert {ending_of(scenario, pick) for pick in range(3)} == {"as-it-was", "settled"}


def test_french_and_names_of_ones_own() -> None:
    text = made("Cliente : Bonjour !\nMoi : Calmez-vous.\n", "fr")
    assert opened(text).beats["moment-1"].replies[0].say == "Calmez-vous."
    named = made("Mrs Roe: Hello?\nSam: Hello.\n", callers=("mrs roe",), players=("Sam",))
    assert opened(named).beats["moment-1"].caller == ("Hello?",)


def test_a_note_in_brackets_is_told_and_put_in_nobodys_mouth() -> None:
    said = conversation(Source("x", "Caller: Hello?\nMe: Hello.\n(she sighs)\n[long silence]\n"))
    assert [turn.answer for turn in said.turns] == ["Hello."]
    assert said.remarks == [("transcript.aside", 3, "(she sighs)"), ("transcript.aside", 4, "[long silence]")]
    assert "left out: (she sighs)" in made("Caller: Hello?\nMe: Hello.\n(she sighs)\n")


def test_the_last_word_of_the_caller_is_answered_by_slots() -> None:
    scenario = opened(made("Caller: Well?\n"))
    assert [reply.goto for reply in scenario.beats["moment-1"].replies] == ["as-it-was", "settled"]
    assert scenario.checks == ()


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Thank you, Ms. Besson.", "resolved"),
        ("OK. Thanks a lot!", "resolved"),
        ("Thanks for nothing.", "unresolved"),
        ("Thank you, but that isn't what I asked.", "unresolved"),
        ("No thanks.", "unresolved"),
        ("We'll see.", "unresolved"),
    ],
)
def test_last_words_that_nobody_answered_are_the_ending(last: str, kind: str) -> None:
    text = made(f"Caller: Twice!\nMe: I'm sorry. I'll call you by four.\nCaller: {last}\n")
    scenario = opened(text)
    assert list(scenario.beats) == ["moment-1"]
    real = scenario.endings["as-it-was"]
    assert last in real.text
    assert real.kind == kind
    before = text.partition(f'kind = "{kind}"\ntext = "{real.text}"')[0]
    assert before.rpartition("\n# ")[2].startswith("CHECK")
    assert [check.ends for check in scenario.checks] == ["as-it-was"]
    goes = {reply.key.partition("/")[2]: reply.goto for reply in scenario.beats["moment-1"].replies}
    if kind == "resolved":
        assert goes == {"said": "as-it-was", "worse": "not-settled"}
        assert scenario.endings["not-settled"].kind == "unresolved"
    else:
        assert goes == {"said": "as-it-was", "worse": "as-it-was", "better": "settled"}


def test_thanks_in_french_and_after_an_answer_that_costs() -> None:
    text = made("Cliente : Bonjour !\nMoi : Calmez-vous.\nCliente : Merci, madame.\n", "fr")
    scenario = opened(text)
    assert scenario.endings["comme-c-etait"].kind == "resolved"
    replies = scenario.beats["moment-1"].replies
    assert [reply.goto for reply in replies] == ["comme-c-etait", "comme-c-etait", "pas-regle"]
    assert all(reply.say.startswith("À REMPLIR") for reply in replies[1:])


def test_no_comment_points_above_where_nothing_stands() -> None:
    assert "The one above helps" not in made("Caller: Well?\n")
    assert "The one above helps" in made("Caller: Well?\nMe: I'm sorry. I'll call you by four.\n")


def test_a_talk_longer_than_a_call_is_cut_and_told() -> None:
    text = made("".join(f"Caller: {n} and I am cross.\nMe: I'll look into {n} for you.\n" for n in range(150)))
    scenario = opened(text)
    assert len(scenario.beats) == 100
    assert len(scenario.checks) == 1
    assert "After line 200: left out." in text


def test_what_a_talk_does_not_tell_is_marked() -> None:
    text = made("Caller: I was charged twice.\nMe: I will see to it.\n")
    for key in ("setting =", "brief =", "[caller]"):
        assert "CHECK" in text.partition(f"\n{key}")[0].rpartition("\n")[2], key


def test_long_speech_is_cut_and_told() -> None:
    text = made(f"Caller: {'Word. ' * 3_000}\nMe: {'x' * 900}\n")
    scenario = opened(text)
    assert len(scenario.beats["moment-1"].caller) == 12
    assert text.count("too long, the end was left out") == 2


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["in-person", "letter"])
def test_a_talk_that_was_no_call_speaks_of_none(lang: str, channel: str) -> None:
    text = made("Client: Well?\nMe: Calm down.\nClient: No!\n", lang, channel=channel)
    assert opened(text).channel == channel
    text = re.sub(r"^# .*\"phone\".*$", "", text, flags=re.MULTILINE)
    assert re.findall(r"\b(hang|rings?|phone|call|appel|rappelle|raccroche)\b", text) == []


def test_of_many_remarks_it_is_said_how_many_more_there_are() -> None:
    text = made("Caller: Well?\nMe: Calm down.\n" + "Nurse: one moment\n" * (MOST_TOLD + 3))
    assert text.count("“Nurse” is neither") == MOST_TOLD
    assert "# - and 3 more\n" in text


LINE = st.tuples(st.sampled_from(["Caller:", "Me:", "", "Bob:"]), st.text(max_size=40))


@settings(max_examples=40)
@given(st.lists(LINE, max_size=12))
def test_any_text_plays_or_is_refused(lines: list[tuple[str, str]]) -> None:
    try:
        text = made("\n".join(f"{who} {said}" for who, said in lines))
    except NoConversation:
        return
    assert ending_of(opened(text), 1)
