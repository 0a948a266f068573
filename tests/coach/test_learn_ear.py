"""How the ear is taught: the method, what it is taught from, and that the shipped files are no older than that."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from callcalm.coach import load_phrasebook, read
from callcalm.coach.ear import mark
from callcalm.coach.effects import COSTS
from callcalm.coach.loading import SHIPPED
from callcalm.coach.tongues import TONGUES
from tests import learn_ear
from tests.coach.small import Told, book_of, ear_of, rule
from tests.learn_ear import KEPT_APART, Lesson, deaf, digest, ear, files, learn

SAID = (
    ("you never listen to me", "absolute"),
    ("you never read the letters", "absolute"),
    ("sit down over there", "command"),
    ("sit down and wait", "command"),
    ("i will listen to you", ""),
    ("we never read the letter i am sorry", ""),
    ("the dog may sit over there", ""),
    ("thank you for the letters", ""),
)
LESSONS = [Lesson(words.split(), (), [move] if move else []) for words, move in SAID] * 3


def test_what_it_is_taught_it_hears() -> None:
    pupil = ear_of(*ear(LESSONS))
    for words, move in SAID:
        spoken = list(map(mark, words.split()))
        assert (pupil.chance(spoken) > 0.5) == bool(move), words
        if move:
            assert pupil.move(spoken) == move, words


def test_it_hears_what_it_was_not_taught_by_what_that_has_in_common() -> None:
    pupil = ear_of(*ear(LESSONS))
    assert pupil.chance(list(map(mark, ["you", "never", "wait"]))) > 0.5
    assert pupil.chance(list(map(mark, ["thank", "you", "for", "the", "dog"]))) < 0.5


def test_what_helps_is_learnt_like_a_word() -> None:
    lessons = [
        Lesson(["please", "wait"], ["+by-when"], []),
        Lesson(["please", "wait"], [], ["hold.blind"]),
    ] * 4
    pupil = ear_of(*ear(lessons))
    spoken = list(map(mark, ["please", "wait"]))
    assert pupil.chance(spoken) > 0.5 > pupil.chance(spoken, [mark("+by-when")])


def test_taught_twice_it_is_the_same() -> None:
    assert ear(LESSONS) == ear(LESSONS)
    again = [LESSONS[at] for at in Random(1).sample(range(len(LESSONS)), len(LESSONS))]
    assert [line.split("\t")[0] for line in ear(again)] == [line.split("\t")[0] for line in ear(LESSONS)]


def test_the_method_finds_where_the_penalty_and_the_lessons_balance() -> None:
    """At the best weights, each is the sum of what its lessons pull: nothing is left to gain."""
    rows = [[(0, 1.0)], [(0, 1.0), (1, 0.5)], [(1, 1.0)], [(0, 0.5), (1, 1.0)], []]
    costs = [True, True, False, False, False]
    weights, least = learn(rows, costs, 2)
    pulls, constant = [0.0, 0.0], 0.0
    for row, cost in zip(rows, costs, strict=True):
        likely = ear_of(f"least\t{least + sum(weights[at] * value for at, value in row)}", "doubt\t0", "sure\t1")
        miss = learn_ear.PENALTY * (float(cost) - likely.chance([]))
        constant += miss
        for at, value in row:
            pulls[at] += miss * value
    assert weights == pytest.approx(pulls, abs=1e-3)
    assert least == pytest.approx(constant, abs=1e-3)


def test_lessons_that_speak_against_each_other_leave_it_undecided() -> None:
    weights, least = learn([[(0, 1.0)], [(0, 1.0)]], [True, False], 1)
    assert (weights[0], least) == pytest.approx((0.0, 0.0), abs=1e-3)


def test_what_stands_in_few_lessons_is_not_learnt() -> None:
    said = Lesson(["once", "said", "and", "never", "again"], (), [])
    names = {line.split("\t")[0] for line in ear([*LESSONS, said])}
    assert {"you", "sit down"} <= names
    # What is three in a row must stand in more.
    assert "you never listen" not in names
    assert names.isdisjoint({"once", "said", "once said", "never again"})


def test_actions_win_no_vote() -> None:
    lessons = [
        Lesson(["stop", "it"], (), ["cut-in"]),
        Lesson(["stop", "it", "now"], (), ["cut-in", "command"]),
    ] * 3
    moves = {fields[3] for line in ear(lessons) if len(fields := line.split("\t")) > 2} - {""}
    assert moves == {"command"}
    assert moves <= COSTS


def test_an_ear_has_no_say_in_its_own_lessons() -> None:
    order = rule(["sit down"])
    book = book_of(order, ear=Told(good=["horse"]))
    text = "Horse, sit down."
    assert read(text, book) == ()
    assert [finding.move for finding in read(text, deaf(book))] == ["command"]
    assert deaf(load_phrasebook("en")).listener is None


def test_sentences_are_labelled_by_the_spans_that_touch_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Thank you for waiting. “Sit down”, they said. You never listen! Fine."
    low = text.index("You never")
    spans = [
        {"kind": "helpful", "move": "thank", "start": 0, "end": 21},
        {"kind": "defensive", "move": "absolute", "start": low, "end": low + 9},
    ]
    (tmp_path / "en-ours.jsonl").write_text(json.dumps({"text": text, "spans": spans}) + "\n", encoding="utf-8")
    (tmp_path / "fr-ours.jsonl").write_text("nothing for English", encoding="utf-8")
    for name in KEPT_APART:
        (tmp_path / f"en-{name}.jsonl").write_text("not to be read", encoding="utf-8")
    monkeypatch.setattr(learn_ear, "DATA", tmp_path)
    monkeypatch.setattr(learn_ear, "load_phrasebook", lambda language: book_of(rule(["thank you"], move="thank")))
    found = [lesson for lesson in learn_ear.lessons("en") if lesson.words[0] in {"thank", "they", "you", "fine"}][
        :4
    ]
    assert found[:4] == [
        Lesson(["thank", "you", "for", "waiti"], ["+thank"], []),
        Lesson(["they", "said"], [], []),
        Lesson(["you", "never", "liste", "!"], [], ["absolute"]),
        Lesson(["fine"], [], []),
    ]


@pytest.mark.parametrize("language", TONGUES)
def test_nothing_is_learnt_from_what_is_there_to_count_with(language: str) -> None:
    names = {file.stem.removeprefix(f"{language}-") for file in files(language)}
    assert {"dev", "ear-1"} <= names
    assert names.isdisjoint({"test", "blind", "kept", "kept-2", "kept-3"})


@pytest.mark.parametrize("language", TONGUES)
def test_the_shipped_ear_is_not_older_than_the_labelled_replies(language: str) -> None:
    """`make ear` teaches it anew."""
    text = (SHIPPED / f"{language}.ear.tsv").read_text("utf-8")
    assert f"labels {digest(language)}." in text[: text.index("\nleast")]
