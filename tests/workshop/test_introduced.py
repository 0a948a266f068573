"""Names that people give, or are spoken to by, in a conversation on paper."""

from __future__ import annotations

import pytest

from callcalm.intake import Source
from callcalm.workshop.conversations import conversation
from callcalm.workshop.introduced import addressed, introduced
from callcalm.workshop.transcripts import transcript_draft
from callcalm.workshop.words import words


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hello, this is Ruth Adeyemi. My mother fell.", "Ruth Adeyemi"),
        ("My name's Ruth.", "Ruth"),
        ("I'm Mrs. Adeyemi from number four.", "Mrs. Adeyemi"),
        ("Ruth Adeyemi here. Nobody rang.", "Ruth Adeyemi"),
        ("Bonjour, ici Claire de la Tour.", "Claire de la Tour"),
        ("C’est Madame Roche, j’ai appelé hier.", "Madame Roche"),
        ("Je m’appelle Léa.", "Léa"),
        ("This is Monday. I was promised Friday.", ""),
        ("I'm Furious about this.", ""),
        ("This is the third time I have called Ms. Alvarez.", ""),
        ("C’est Lundi.", ""),
        ("I am not Ruth Adeyemi.", ""),
    ],
)
def test_a_name_is_taken_only_where_it_is_given(said: str, name: str) -> None:
    assert introduced([said], []) == name


def test_who_does_not_say_who_they_are_is_called_as_they_are_spoken_to() -> None:
    assert introduced(["Nobody rang."], ["Mr. Doyle, I'll find it.", "At four, Mr. Doyle."]) == "Mr. Doyle"
    assert introduced(["Nobody rang."], ["I'll ask Mr. Doyle in the back."]) == ""
    assert introduced(["Nobody rang."], ["At four, Mr. Doyle.", "At five, Mrs. Doyle."]) == ""


def test_the_forms_are_those_that_are_used() -> None:
    answers = ["I see, Mrs. Adeyemi.", "At five, Ruth."]
    assert addressed("Ruth Adeyemi", answers) == ["Mrs. Adeyemi", "Ruth"]
    assert addressed("Ruth Adeyemi", ["At five."]) == ["Ruth Adeyemi"]
    assert addressed("Mrs. Adeyemi", answers) == ["Mrs. Adeyemi"]


def test_a_transcript_knows_its_caller_and_the_coach_hears_the_name() -> None:
    text = "Caller: This is Ruth Adeyemi. Nobody rang.\nMe: Mrs. Adeyemi, I have it here.\nCaller: So?\nMe: Now."
    made = transcript_draft(conversation(Source("t", text)), words("en"), title="t", file="t")
    assert made.data["caller"]["name"] == "Ruth Adeyemi"
    assert made.data["caller"]["address"] == ["Mrs. Adeyemi"]
    assert "use-name" in made.data["teaches"]
