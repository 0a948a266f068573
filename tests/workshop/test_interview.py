"""The interview: any answers, in any order of going back, make a file that plays."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcalm.core.explore import lengths
from callcalm.workshop.asking import Answers, Kind, NotTaken, Question, as_before, take
from callcalm.workshop.finishing import finish, shipped_rules
from callcalm.workshop.interview import next_question, questions, remark, resumed
from callcalm.workshop.reports.survey import whole_minutes
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
    # What was not told is not said to have been said.
    assert words(lang)("new.said") not in made.text
    assert words(lang)("new.should") not in made.text


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
    assert [reply.goto for reply in scenario.beats["better-1"].replies] == ["settled", "as-it-was"]
    assert [reply.goto for reply in scenario.beats["moment-2"].replies] == ["as-it-was", "better-2"]
    assert scenario.caller.address == ("Ms. Roe", "Ann")
    assert scenario.lost == "as-it-was"
    # What costs is answered with better words from the phrasebook.
    assert scenario.beats["moment-1"].replies[1].say not in {"", "Calm down."}


def test_no_answer_stands_under_a_line_that_it_was_not_given_to() -> None:
    told = {"turn-1__more": "yes", "turn-2__more": "yes", "turn-3__more": "no"}
    for turn in (1, 2, 3):
        for key in ("they", "you", "should", "then"):
            told[f"turn-{turn}__{key}"] = f"This is {key} {turn}."
    text = finish(told_draft(answered("en", closing="I'll call you by four.", **told)), "x").text
    scenario = opened(text)
    for turn in (1, 2, 3):
        moment, better = scenario.beats[f"moment-{turn}"], scenario.beats[f"better-{turn}"]
        assert moment.caller == (f"This is they {turn}.",)
        assert [reply.say for reply in moment.replies] == [f"This is you {turn}.", f"This is should {turn}."]
        assert better.caller == (f"This is then {turn}.",)
        assert better.replies[0].say == "I'll call you by four."
    # The last words were told once: that they stand in three places is said at each.
    assert text.count("CHECK that they fit after this line") == 3
    assert text.count("What was really said.") == text.count("What should have been said.") == 3
    assert {check.ends for check in scenario.checks} == {"settled", "as-it-was"}


def test_the_minutes_are_those_of_explore() -> None:
    text = finish(told_draft(answered("en", **{"turn-1__they": "Word. " * 90})), "x").text
    scenario = opened(text)
    long = lengths(scenario, shipped_rules().playbooks[scenario.playbook])
    assert scenario.minutes == whole_minutes(long.words_typical, long.typical)
    assert opened(finish(told_draft(answered("en")), "x").text).minutes == 1


def test_the_coach_says_what_it_hears() -> None:
    answers = answered("en", **{"turn-1__you": "Why did you wait until now?"})
    assert "blame.why-you" in remark("turn-1.you", answers, "en")
    # What is told to the writer is in the language of the interface, whatever the file's.
    assert remark("turn-1.you", answers, "fr").startswith("Le coach entend")
    assert remark("title", answers, "en") == ""


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


def question(key: str, answers: Answers, interface: str = "en") -> Question:
    return next(one for one in questions(answers, interface) if one.key == key)


def test_questions_say_which_words_they_are_about() -> None:
    answers = answered(
        "en",
        **{
            "turn-1__you": "Calm down.",
            "turn-1__should": "I see it here, and I'll stay on it.",
            "turn-1__more": "yes",
        },
    )
    assert "“I see it here, and I'll stay on it.”" in question("turn-1.then", answers).text
    assert "“Calm down.”" in question("turn-1.more", answers).text
    assert "“Calm down.”" in question("turn-2.they", answers).text
    first, second = question("turn-1.they", answers), question("turn-2.they", answers)
    assert first.default != second.default
    assert first.example != second.example


def test_the_mood_is_asked_for_after_the_words() -> None:
    keys = [one.key for one in questions(answered("en", **{"turn-1__more": "yes"}), "en")]
    assert keys.index("mood") == keys.index("turn-1.they") + 1
    assert keys.count("mood") == 1
    # Its choices are for the writer to read, whatever the language of the file.
    assert question("mood", answered("fr")).choices[0][1] == question("mood", answered("en")).choices[0][1]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["in-person", "letter"])
def test_nobody_calls_back_who_was_not_called(lang: str, channel: str) -> None:
    answers = answered(lang, channel=channel, title="x", **{"turn-1__more": "yes"})
    scenario = opened(finish(told_draft(answers), "x").text)
    said = [reply.say for beat in scenario.beats.values() for reply in beat.replies]
    said += [line for beat in scenario.beats.values() for line in beat.caller]
    said += [ending.text for ending in scenario.endings.values()]
    assert [text for text in said if re.search(r"\b(call|phone|appel|rappelle)\b", text)] == []


def test_what_was_answered_before_going_back_is_offered_again() -> None:
    asked = question("channel", answered("en"))
    assert as_before(asked, {"channel": "letter"}).default == "letter"
    assert as_before(asked, {"channel": "a pigeon"}) == as_before(asked, {}) == asked


def test_the_coachs_words_for_another_matter_are_an_example_and_no_answer() -> None:
    asked = question("turn-1.should", answered("fr", **{"turn-1__you": "C'est la procédure, il faut attendre."}))
    assert "avoir" in asked.example
    assert asked.default == words("fr")("defaults.should")
