"""The interview: any answers, in any order of going back, make a file that plays."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcalm.core.explore import lengths
from callcalm.language import use
from callcalm.workshop.asking import Answers, Kind, NotTaken, Question, as_before, take
from callcalm.workshop.ears import hear
from callcalm.workshop.exchanges import FIRST_MOODS, MOST_TURNS
from callcalm.workshop.finishing import finish, shipped_rules
from callcalm.workshop.interview import next_question, questions, remark, resumed
from callcalm.workshop.reports.survey import whole_minutes
from callcalm.workshop.told import told_draft
from callcalm.workshop.words import words
from tests.lint.small import found
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


def test_facts_may_be_told_apart_as_names_are() -> None:
    made = told_draft(answered("en", facts="sent twice; 412 euros;\nthird call"))
    assert made.data["caller"]["facts"] == ["sent twice", "412 euros", "third call"]
    # No more than a file may hold: then the lines stay as they are.
    many = "; ".join(["x"] * 13)
    assert told_draft(answered("en", facts=many)).data["caller"]["facts"] == [many]


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
    assert [reply.goto for reply in scenario.beats["better-1"].replies] == ["as-it-was", "as-it-was", "settled"]
    assert [reply.goto for reply in scenario.beats["moment-2"].replies] == ["better-2", "as-it-was"]
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
        assert {reply.key.partition("/")[2]: reply.say for reply in moment.replies} == {
            "said": f"This is you {turn}.",
            "better": f"This is should {turn}.",
        }
        assert better.caller == (f"This is then {turn}.",)
        assert [reply.say for reply in better.replies if reply.key.endswith("/closing")] == [
            "I'll call you by four."
        ]
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


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
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
    title = next_question({"lang": "en", "channel": "phone"}, "en")
    assert title is not None
    assert title.key == "title"
    with pytest.raises(NotTaken, match="70 characters"):
        take(title, "x" * 70)
    channel = next_question({"lang": "en"}, "en")
    assert channel is not None
    assert channel.kind is Kind.CHOICE
    assert take(channel, "3") == take(channel, "letter") == take(channel, "by letter or e-mail") == "letter"
    assert take(channel, "") == "phone"
    for wrong in ("0", "4", "²", "by", "a pigeon"):
        with pytest.raises(NotTaken):
            take(channel, wrong)


def test_answers_that_no_longer_fit_are_asked_again() -> None:
    saved = {"lang": "en", "title": "x" * 99, "channel": "phone"}
    assert resumed(saved, "en") == {"lang": "en", "channel": "phone"}
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


CALLS = re.compile(r"\b(hang|hangs|rings?|phone|calls?|called|appel|appelle|rappelle|raccroche|au bout du fil)\b")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["in-person", "letter"])
def test_nobody_calls_who_came_or_wrote(lang: str, channel: str) -> None:
    answers = answered(lang, channel=channel, **{"turn-1__more": "yes"})
    # Everything the file holds, comments and all, but the word for the channel itself, and what lint has to say.
    text = finish(told_draft(answers), "x").text.partition("\nformat = ")[2]
    text = re.sub(r"^# .*\"phone\".*$", "", text, flags=re.MULTILINE)
    assert CALLS.findall(text.replace("callcalm", "")) == []
    use(lang)
    asked = [
        line
        for one in questions(answers, lang)
        for line in (one.text, one.example, one.default)
        if one.key != "channel"
    ]
    use("en")
    assert [line for line in asked if CALLS.search(line) and "encounter be called" not in line] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nobody_speaks_in_a_letter(lang: str) -> None:
    answers = answered(lang, channel="letter", **{"turn-1__more": "yes"})
    said = re.compile(r"\b(say|said|told|dit|dire)\b")
    use(lang)
    asked = [one.text for one in questions(answers, lang) if one.key.startswith("turn-")]
    asked = [re.split("[“«]", text)[0] for text in asked]
    use("en")
    assert [text for text in asked if said.search(text)] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["phone", "in-person", "letter"])
def test_no_two_beats_end_on_the_same_hurried_words(lang: str, channel: str) -> None:
    more = {f"turn-{number}__more": "yes" for number in range(1, MOST_TURNS)}
    text = finish(told_draft(answered(lang, channel=channel, **more)), "x").text
    scenario = opened(text)
    hurried = [
        reply.say for beat in scenario.beats.values() for reply in beat.replies if reply.key.endswith("/careless")
    ]
    assert len(set(hurried)) == len(hurried) == MOST_TURNS
    told = words(lang).on(channel)
    first = told.lines("defaults.hurried-first")
    assert hurried[0] in first
    assert set(hurried[1:]) <= set(told.lines("defaults.hurried-later"))
    # The writer sees the others, too.
    assert all(one in " ".join(text.replace("\n# ", " ").split()) for one in first)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["phone", "in-person", "letter"])
@pytest.mark.parametrize("place", ["first", "later"])
def test_hurried_words_help_nobody(lang: str, channel: str, place: str) -> None:
    said = words(lang).on(channel).lines(f"defaults.hurried-{place}")
    assert [one for one in said if hear(one, lang).helps] == []
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["phone", "in-person", "letter"])
def test_soothing_words_help_nobody_and_are_another_choice_than_hurried_ones(lang: str, channel: str) -> None:
    told = words(lang).on(channel)
    soothing = told.lines("defaults.soothing")
    hurried = [*told.lines("defaults.hurried-first"), *told.lines("defaults.hurried-later")]
    assert len(set(soothing)) == len(soothing) == MOST_TURNS
    assert [one for one in soothing if hear(one, lang).helps] == []
    assert not {frozenset(hear(one, lang).costs) for one in soothing} & {
        frozenset(hear(one, lang).costs) for one in hurried
    }
    # Good last words are not the longest: people pick those when in doubt.
    longest = max(len(one) for one in soothing)
    assert longest > len(told("defaults.closing"))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("channel", ["phone", "in-person", "letter"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_lint_finds_no_fault_with_what_few_exchanges_make(lang: str, channel: str, count: int) -> None:
    more = {f"turn-{number}__more": "yes" for number in range(1, count)}
    text = finish(told_draft(answered(lang, channel=channel, **more)), "x").text
    assert [item.rule for item in found(text)] == []


@pytest.mark.parametrize(("kind", "number"), [("resolved", "1"), ("fair", "2")])
def test_where_it_ended_well_hurried_words_end_it_badly(kind: str, number: str) -> None:
    scenario = opened(finish(told_draft(answered("en", end__kind=number)), "x").text)
    assert scenario.endings["as-it-was"].kind == kind
    assert "nothing is settled" not in scenario.endings["as-it-was"].text
    assert scenario.endings["not-settled"].kind == "unresolved"
    assert len({ending.lesson for ending in scenario.endings.values()}) == len(scenario.endings)
    goto = {reply.key.partition("/")[2]: reply.goto for reply in scenario.beats["better-1"].replies}
    assert goto == {"closing": "settled", "careless": "not-settled", "soothing": "not-settled"}


def test_a_later_exchange_suggests_other_better_words() -> None:
    for channel in ("phone", "in-person", "letter"):
        answers = answered("en", channel=channel, **{"turn-1__more": "yes"})
        assert answers["turn-1.should"] != answers["turn-2.should"]
        assert answers["turn-1.then"] != answers["turn-2.then"]


def test_each_ending_has_a_lesson_of_its_own() -> None:
    text = finish(told_draft(answered("en", lesson="If it is old, then I say so.")), "x").text
    scenario = opened(text)
    assert scenario.endings["as-it-was"].lesson == "If it is old, then I say so."
    assert scenario.endings["settled"].lesson != scenario.endings["as-it-was"].lesson
    assert "CC714" not in text


@pytest.mark.parametrize("stray", ["y", "n", "O"])
def test_a_stray_yes_or_no_is_nobodys_words(stray: str) -> None:
    with pytest.raises(NotTaken, match="words, not for yes or no"):
        take(question("closing", answered("en")), stray)
    assert take(question("closing", answered("en")), "No.") == "No."


def test_a_fact_that_ends_as_a_sentence_is_no_two_ends_of_the_brief() -> None:
    assert question("brief", answered("en", facts="It rained.\nNobody came.")).default.endswith("came.")


def test_a_long_answer_is_quoted_in_whole_words() -> None:
    answers = answered("en", **{"turn-1__you": "seventeen " * 20})
    assert "seventeen …”" in question("turn-1.more", answers).text


def test_a_cut_answer_has_its_dots_as_the_interfaces_language_sets_them() -> None:
    answers = answered("fr", **{"turn-1__you": "seventeen " * 20})
    use("fr")
    try:
        assert "seventeen…\xa0»" in question("turn-1.more", answers).text
    finally:
        use("en")


def test_better_words_that_cost_are_told_as_that() -> None:
    answers = answered("en", **{"turn-1__should": "Calm down."})
    assert remark("turn-1.should", answers, "en").endswith("(calm-down). These words cost.")
    assert remark("turn-1.should", answers, "fr").endswith("(calm-down). Ces mots coûtent.")


def test_the_coach_hears_what_was_answered_at_once_as_in_the_file() -> None:
    given_answers = {
        "turn-1__they": "I paid your bill on the 3rd. On the 5th you sent me a reminder with a fee.",
        "turn-1__should": "You paid on the 3rd, and our reminder was wrong. I have taken the fee off today.",
    }
    answers = answered("en", **given_answers)
    told = remark("turn-1.should", answers, "en")
    assert "restate" in told
    assert told in " ".join(finish(told_draft(answers), "x").text.replace("\n# ", " ").split())


def test_moods_that_are_likely_come_first_and_none_is_lost() -> None:
    asked = question("mood", answered("en"))
    moods = shipped_rules().rulebook.registry.moods
    assert asked.first == len(FIRST_MOODS) < len(moods)
    assert {mood for mood, _name in asked.choices} == set(moods)
    assert asked.default in FIRST_MOODS
    assert take(asked, str(len(moods))) == asked.choices[-1][0]
    assert take(question("mood", answered("fr"), "fr"), "inquiet") == "worried"


def test_what_was_answered_before_going_back_is_offered_again() -> None:
    asked = question("channel", answered("en"))
    assert as_before(asked, {"channel": "letter"}).default == "letter"
    assert as_before(asked, {"channel": "a pigeon"}) == as_before(asked, {}) == asked


def test_the_coachs_words_for_another_matter_are_an_example_and_no_answer() -> None:
    asked = question("turn-1.should", answered("fr", **{"turn-1__you": "C'est la procédure, il faut attendre."}))
    assert "avoir" in asked.example
    assert asked.default == words("fr")("defaults.should")
