"""Lines of a conversation on paper, however marked, are read as who said what; what is not sure is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.intake import Source
from callcalm.workshop.conversations import Conversation, NoConversation, conversation
from callcalm.workshop.speakers import before_dash, spoken


def read(text: str) -> Conversation:
    return conversation(Source("x", text))


def talk(text: str) -> list[tuple[str, str]]:
    return [(turn.caller.strip(), turn.answer) for turn in read(text).turns]


@pytest.mark.parametrize(
    "text",
    [
        "Caller: Twice!\nMe: Calm down.\n",
        "CALLER: Twice!\nme: Calm down.\n",
        "Client : Twice!\nAgent : Calm down.\n",
        "Client\u00a0: Twice!\nMoi\u202f: Calm down.\n",
        "Caller：Twice!\nMe：Calm down.\n",
        "[00:12] Caller: Twice!\n[00:15]Me: Calm down.\n",
        "00:12 Caller: Twice!\n(00:00:15.200) Me: Calm down.\n",
        "[2026-05-12 12:01] Caller: Twice!\n12:02 PM - Me: Calm down.\n",
        "10h15 - Cliente : Twice!\n10h16 - Moi : Calm down.\n",
        "Caller (00:12): Twice!\nMe 00:15: Calm down.\n",
        "Caller: Twice!\n[00:14]\nMe: Calm down.\n",
        "Caller  0:12\nTwice!\n\nMe  0:15\nCalm down.\n",
        "**Caller:** Twice!\n**Me**: Calm down.\n",
        "> *Caller:* Twice!\n> __Me :__ Calm down.\n",
        "- **[00:12] Caller:** Twice!\n- [00:15] **Me:** Calm down.\n",
        "### Caller:\n\nTwice!\n\n### Me:\n\nCalm down.\n",
        "1. Caller: Twice!\n2) Me: Calm down.\n",
        "* Caller: Twice!\n• Me: Calm down.\n",
        "Caller - Twice!\nMe - Calm down.\n",
        "Client – Twice!\nMoi – Calm down.\n",
        "[00:12] **Caller** — Twice!\n[00:15] Agent — Calm down.\n",
        "Caller (00:12) - Twice!\nMe 00:15 – Calm down.\n",
        "Caller - Twice!\nMe: Calm down.\n",
        "1\n00:00:01,000 --> 00:00:03,000\nCaller: Twice!\n\n2\n00:00:04,000 --> 00:00:06,000\nMe: Calm down.\n",
        "00:01.000 --> 00:03.000\n<v Caller>Twice!</v>\n\n00:04.000 --> 00:06.000 align:start\n<v Me>Calm down.\n",
    ],
)
def test_marks_round_the_names_are_no_part_of_what_was_said(text: str) -> None:
    assert talk(text) == [("Twice!", "Calm down.")]
    assert read(text).remarks == []


def test_times_in_what_was_said_stay() -> None:
    text = "Caller: 10:30, you said: not 11:00.\nWhy: because.\nMe: Monday 10:15.\n[00:20] And at 9:00.\n"
    assert talk(text) == [("10:30, you said: not 11:00. Why: because.", "Monday 10:15. And at 9:00.")]


@pytest.mark.parametrize(
    "note",
    [
        "*** he hung up ***",
        "* she hangs up *",
        "*hangs up*",
        "_raccroche_",
        "(a long silence)",
        "[door opens]",
    ],
)
def test_a_stage_direction_is_told_and_is_nobodys_words(note: str) -> None:
    said = read(f"Caller: Twice!\n{note}\nMe: Calm down.\n{note}\n")
    assert [(turn.caller.strip(), turn.answer) for turn in said.turns] == [("Twice!", "Calm down.")]
    assert {remark[0] for remark in said.remarks} <= {"transcript.aside"}
    assert [remark[2] for remark in said.remarks] == [note, note]


@pytest.mark.parametrize("line", ["***", "---", "* * *", "*** ***", "=========="])
def test_a_drawn_line_is_nobodys_words(line: str) -> None:
    assert talk(f"Caller: Twice!\n{line}\nMe: Calm down.\n") == [("Twice!", "Calm down.")]


@pytest.mark.parametrize(
    ("said", "words", "notes"),
    [
        ("(sighs) It is late.", "It is late.", ["(sighs)"]),
        ("Fine. *slams the door*", "Fine.", ["*slams the door*"]),
        ("[rit] Élise ? [pause] [raccroche]", "Élise ?", ["[rit]", "[pause]", "[raccroche]"]),
        # What stands in brackets or between stars may be said.
        ("I paid (twice)", "I paid (twice)", []),
        ("I paid. (The bank can tell you.)", "I paid. (The bank can tell you.)", []),
        ("Call me. (555 1234)", "Call me. (555 1234)", []),
        ("*Nobody* called me.", "*Nobody* called me.", []),
    ],
)
def test_notes_before_and_after_what_is_said_are_told_and_left_out(
    said: str, words: str, notes: list[str]
) -> None:
    made = read(f"Caller: {said}\nMe: Calm down.\n{said}\n")
    assert (made.turns[0].caller.strip(), made.turns[0].answer) == (words, f"Calm down. {words}")
    assert made.remarks == [("transcript.aside", line, note) for line in (1, 3) for note in notes]


def test_a_name_in_italics_is_no_note() -> None:
    assert read("Caller: Twice!\nMe: Calm down.\n*Caller*\nNo!\n").remarks[0][0] == "transcript.no-colon"


def test_a_note_beside_a_name_is_told_and_left_out() -> None:
    said = read("Caller (angry): Twice!\nMe [quietly]: Calm down.\n")
    assert [turn.answer for turn in said.turns] == ["Calm down."]
    assert said.remarks == [("transcript.aside", 1, "(angry)"), ("transcript.aside", 2, "[quietly]")]


@pytest.mark.parametrize(
    "line", ["Me - and listen.", "Me — and listen.", "Me", "Me 00:12 and listen.", "**Me** | well"]
)
def test_a_name_without_a_colon_is_told(line: str) -> None:
    said = read(f"Caller: Twice!\nMe: Calm down.\n{line}\n")
    assert said.remarks == [("transcript.no-colon", 3, line)]
    assert read("Caller: Twice!\nMe: Calm down.\nYou never listen.\n").remarks == []


@pytest.mark.parametrize("line", ["– Twice already!", "— Twice already!", "- Twice already!"])
def test_a_dash_without_a_name_is_told(line: str) -> None:
    said = read(f"Caller: Twice!\nMe: Calm down.\n{line}\nCaller: Well?\n")
    assert said.turns[0].answer == f"Calm down. {line}"
    assert said.remarks == [("transcript.no-name", 3, line)]
    assert read("Caller: Twice!\nMe: Calm - down -\n10-12 now.\n").remarks == []


def test_a_name_is_one_however_its_accents_and_apostrophes_are_typed() -> None:
    said = read("Maman d'Inès: Twice!\nMe: Oh.\nmaman d’Ines: Twice!\nMe: Ah.\nMAMAN D’INÈS : Well?\n")
    assert [turn.caller.strip() for turn in said.turns] == ["Twice!", "Twice!", "Well?"]
    assert said.name == "Maman d'Inès"
    assert read("Usagere: Twice!\nSécretaire: Oh.\n").turns[0].answer == "Oh."


@pytest.mark.parametrize(
    ("guest", "desk"),
    [("Guest", "Front desk"), ("USAGER", "Accueil"), ("Visitor", "Clerk"), ("Client", "Conseiller")],
)
def test_one_guest_and_one_desk_are_the_two_who_speak(guest: str, desk: str) -> None:
    said = read(f"{desk}: Hello.\n{guest}: Twice!\n{desk}: Calm down.\n")
    assert [(turn.caller.strip(), turn.answer) for turn in said.turns] == [("Twice!", "Calm down.")]
    assert (said.greeting, said.name) == ("Hello.", "")
    # A role that is taken for one of the two is told; of `Client:` nobody doubts it.
    assert ("transcript.taken-me", 1, desk) in said.remarks
    assert (("transcript.taken-caller", 2, guest) in said.remarks) == (guest != "Client")


def test_a_guest_and_a_name_that_comes_again() -> None:
    said = read("Guest: My room is filthy.\nAnn: Calm down.\nGuest: What?\nAnn: Sorry.\n")
    assert [turn.answer for turn in said.turns] == ["Calm down.", "Sorry."]
    assert said.remarks == [("transcript.taken-caller", 1, "Guest"), ("transcript.taken-me", 2, "Ann")]


def test_in_a_talk_of_three_nobody_is_guessed() -> None:
    said = read("Caller: Twice!\nReceptionist: One moment.\nMe: Hello.\nReceptionist: Bye.\n")
    assert said.turns[0].caller.strip() == "Twice! Receptionist: One moment."
    assert [key for key, _line, _name in said.remarks] == ["transcript.unknown", "transcript.unknown"]
    with pytest.raises(NoConversation) as nobody:
        read("Visitor: a\nGuest: b\nDesk: c\n")
    assert nobody.value.strangers == {"Visitor": [1], "Guest": [2], "Desk": [3]}


def test_names_of_several_words_or_small_letters_are_names_once_they_come_again() -> None:
    with pytest.raises(NoConversation) as nobody:
        read("my aunt: a\nMaria de la Cruz: b\nmy aunt: c\nMaria de la Cruz: d\nbut mind you: e\n")
    assert nobody.value.found == ("my aunt", "Maria de la Cruz")


def test_lines_that_are_nobodys_are_told_with_their_numbers() -> None:
    with pytest.raises(NoConversation) as nobody:
        read("\nCaller, Twice!\nMe, Calm down.\n")
    assert nobody.value.unread == [(2, "Caller, Twice!"), (3, "Me, Calm down.")]


def test_a_dash_in_a_sentence_makes_no_speaker() -> None:
    said = talk(
        "Client – Deux fois !\nVous – oui, vous – m’avez oublié.\nMoi – Je regarde.\nBref – un instant.\n"
        "Client – Et moi – moi, j’attends.\nMoi – Je rappelle – avant midi : promis.\n"
    )
    assert said == [
        ("Deux fois ! Vous – oui, vous – m’avez oublié.", "Je regarde. Bref – un instant."),
        ("Et moi – moi, j’attends.", "Je rappelle – avant midi : promis."),
    ]
    # Where colons make the conversation, no dash does.
    assert talk("Caller: Twice!\nMe - well.\nMe: Sorry.\n") == [("Twice! Me - well.", "Sorry.")]


@pytest.mark.parametrize(
    "text",
    [
        "Client: Twice!\nMe – I see.\nClient: And now?\nMe – By four.\n",
        "Client – Twice!\nMe: I see.\nClient – And now?\nMe: By four.\n",
        "Client: Twice!\nJane – I see.\nClient: And now?\nJane – By four.\n",
        "Mrs. Doe: Twice!\nFront desk - I see.\nMrs. Doe: And now?\nFront desk - By four.\n",
    ],
)
def test_one_side_may_have_colons_and_the_other_dashes(text: str) -> None:
    assert talk(text) == [("Twice!", "I see."), ("And now?", "By four.")]


def test_a_caller_who_alone_speaks_keeps_the_dashes_of_their_sentences() -> None:
    text = "Client: Hello?\nAnd nobody – nobody at all – picked up.\nYou – of all people.\n"
    assert talk(text) == [("Hello? And nobody – nobody at all – picked up. You – of all people.", "")]


def test_a_line_with_a_dash_among_colons_on_both_sides_is_told() -> None:
    said = read("Client: Twice!\nMe: I see.\nClient: And now?\nMe – By four.\n")
    assert said.remarks == [("transcript.no-colon", 4, "Me – By four.")]


def test_names_before_a_dash_are_found_out_as_before_a_colon() -> None:
    text = "Mme Perrin – Encore vous !\nMoi – Bonjour.\nMme Perrin – Alors ?\nMoi – Oui.\n"
    said = read(text)
    assert [turn.answer for turn in said.turns] == ["Bonjour.", "Oui."]
    assert (said.name, said.remarks) == ("Mme Perrin", [("transcript.taken-caller", 1, "Mme Perrin")])
    said = conversation(Source("x", "Ann - Hello.\nBob - Bye.\n"), callers=("Ann",), players=("Bob",))
    assert [(turn.caller.strip(), turn.answer) for turn in said.turns] == [("Hello.", "Bye.")]


@pytest.mark.parametrize(
    "notes",
    [
        "Client - Ms. Roe, since 2019\nCalled twice.\n",
        "I - that is, we - called.\nYou - of all people - know.\n",
        "Order - 2 lamps\nOrder - 1 chair\n",
    ],
)
def test_notes_with_dashes_are_no_conversation(notes: str) -> None:
    with pytest.raises(NoConversation):
        read(notes)


@pytest.mark.parametrize("odd", [" ", "\t", "*", "> ", "a ", "a (", "12h30", "[00:12] ", "<v a> ", "**a "])
def test_a_line_of_any_length_is_read(odd: str) -> None:
    line = "a" + odd * 100_000 + "x"
    assert read(f"Caller: Twice!\nMe: {line}\n").turns[0].answer.endswith("x")
    assert read(f"Caller: Twice!\nMe: Calm down.\n{line}\n").turns[0].answer.startswith("Calm down.")
    assert read(f"Caller: Twice!\nMe: Calm down.\n{odd * 100_000}x\n").turns[0].answer.startswith("Calm down.")


@given(st.text(alphabet=" \t*_>-[]():：.1230hMeCaller|<v/é\u00a0", max_size=60))
def test_no_line_loses_its_words(line: str) -> None:
    for found in filter(None, (spoken(line), before_dash(line))):
        letters = re.sub(r"[*_]", "", line)
        assert re.sub(r"[*_]", "", found.said) in letters
        assert re.sub(r"[*_]", "", found.name) in letters


def test_where_only_strangers_answer_it_is_asked_who_they_are() -> None:
    text = "Patient: You lost it.\nDana: Calm down.\n"
    with pytest.raises(NoConversation) as nobody:
        conversation(Source("x", text))
    assert nobody.value.found == ("Dana",)
    assert conversation(Source("x", text), players=("Dana",)).turns[0].answer == "Calm down."
    assert conversation(Source("x", "Caller: You lost it.\n")).turns[0].caller


def test_where_one_speaker_is_known_and_one_other_speaks_again_and_again_that_is_the_other() -> None:
    said = conversation(
        Source("x", "Mme Perrin : Encore vous !\nMoi : Bonjour.\nMme Perrin : Alors ?\nMoi : Oui.\n")
    )
    assert [(turn.caller.strip(), turn.answer) for turn in said.turns] == [
        ("Encore vous !", "Bonjour."),
        ("Alors ?", "Oui."),
    ]
    assert (said.name, said.remarks) == ("Mme Perrin", [("transcript.taken-caller", 1, "Mme Perrin")])
    said = conversation(Source("x", "Patient: You lost it.\nAnn: Calm down.\nPatient: No!\nAnn: I'll look.\n"))
    assert [turn.answer for turn in said.turns] == ["Calm down.", "I'll look."]
    assert (said.name, said.remarks) == ("", [("transcript.taken-me", 2, "Ann")])


def test_a_name_is_the_same_however_its_title_is_typed() -> None:
    text = "Mr. Okafor: She fell!\nMe: Who?\nMr Okafor: The cat.\nMe: Oh.\nmr okafor: Well?\nMe: Come now.\n"
    said = conversation(Source("x", text))
    assert [turn.caller.strip() for turn in said.turns] == ["She fell!", "The cat.", "Well?"]
    assert said.name == "Mr. Okafor"


def test_a_speaker_who_was_named_may_have_a_dash_among_colons() -> None:
    text = "Mr Okafor - Finally!\nFront desk: Yes - what is it?\nMr. Okafor: The cat.\nMe: Come now.\n"
    said = conversation(Source("x", text), ["Mr. Okafor"], ["front desk"])
    assert [(turn.caller.strip(), turn.answer) for turn in said.turns] == [
        ("Finally!", "Yes - what is it?"),
        ("The cat.", "Come now."),
    ]


def test_nobody_speaks() -> None:
    with pytest.raises(NoConversation) as nobody:
        conversation(Source("x", "Bob: hello\nAnn: hello\njust words\n"))
    assert nobody.value.found == ("Bob", "Ann")
    with pytest.raises(NoConversation):
        conversation(Source("x", "Me: only me\n"))
