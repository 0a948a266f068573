"""The interview: any answers, in any order of going back, make a file that plays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcalm.workshop.finishing import finish
from callcalm.workshop.interview import Answers, Kind, NotTaken, next_question, remark, resumed, take
from callcalm.workshop.told import told_draft
from callcalm.workshop.words import words
from tests.workshop.written import ending_of, opened, unexplained


def answered(lang: str, **given_answers: str) -> Answers:
    """All questions answered: as given (with `_` for the dots of a key), else with nothing but Enter."""
    answers: Answers = {"lang": lang}
    named = {key.replace("__", "."): value for key, value in given_answers.items()}
    while (question := next_question(answers, "en")) is not None:
        answers[question.key] = take(question, named.get(question.key, ""))
    return answers


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_enter_alone_makes_an_encounter(lang: str) -> None:
    made = finish(told_draft(answered(lang)), "x")
    scenario = opened(made.text)
    assert made.warnings == ()
    assert scenario.language == lang
    # Checks are written only if they hold: both endings are reached.
    assert {check.ends for check in scenario.checks} == set(scenario.endings) - {"lost"}
    assert unexplained(made.text) == []
    assert made.text.count(words(lang)("new.usual")) >= 8


def test_two_exchanges_make_two_tracks() -> None:
    answers = answered(
        "en",
        **{
            "turn-1__they": "Twice!\nTwice you forgot me.",
            "turn-1__you": "Calm down.",
            "turn-1__more": "yes",
            "turn-2__you": "Why did you wait?",
            "end__kind": "4",
            "address": "Ms. Roe; Ann",
        },
    )
    scenario = opened(finish(told_draft(answers), "x").text)
    assert list(scenario.beats) == ["moment-1", "moment-2", "better-1", "better-2"]
    assert scenario.beats["moment-1"].caller == ("Twice!", "Twice you forgot me.")
    assert [reply.goto for reply in scenario.beats["moment-1"].replies] == ["moment-2", "better-1"]
    assert [reply.goto for reply in scenario.beats["better-1"].replies] == ["as-it-was", "better-2"]
    assert scenario.caller.address == ("Ms. Roe", "Ann")
    assert scenario.lost == "as-it-was"
    # What costs is answered with better words from the phrasebook.
    assert scenario.beats["moment-1"].replies[1].say not in {"", "Calm down."}


def test_the_coach_says_what_it_hears() -> None:
    answers = answered("en", **{"turn-1__you": "Why did you wait until now?"})
    assert "blame.why-you" in remark("turn-1.you", answers)
    assert remark("title", answers) == ""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_typed_the_file_plays(data: st.DataObject) -> None:
    answers: Answers = {}
    asked = 0
    while (question := next_question(answers, "en")) is not None:
        asked += 1
        raw = data.draw(st.text(max_size=80)) if asked < 40 else ""
        if raw == "<" and answers:
            answers.popitem()
            continue
        try:
            answers[question.key] = take(question, raw)
        except NotTaken:
            answers[question.key] = take(question, "")
    assert resumed(answers, "fr") == answers
    scenario = opened(finish(told_draft(answers), "x").text)
    assert ending_of(scenario, 0) in scenario.endings
    assert ending_of(scenario, 1) in scenario.endings


def test_what_does_not_fit_is_not_taken() -> None:
    title = next_question({"lang": "en"}, "en")
    assert title is not None
    assert title.key == "title"
    with pytest.raises(NotTaken, match="70 characters"):
        take(title, "x" * 70)
    channel = next_question({"lang": "en", "title": "x"}, "en")
    assert channel is not None
    assert channel.kind is Kind.CHOICE
    assert take(channel, "3") == take(channel, "letter") == take(channel, "by letter or e-mail") == "letter"
    assert take(channel, "") == "phone"
    for wrong in ("0", "4", "²", "by", "a pigeon"):
        with pytest.raises(NotTaken):
            take(channel, wrong)


def test_answers_that_no_longer_fit_are_asked_again() -> None:
    saved = {"lang": "en", "title": "x" * 99, "channel": "phone"}
    assert resumed(saved, "en") == {"lang": "en"}
    assert resumed({"lang": 3}, "en") == {}
