"""Typed answers find the authored reply that a fair human would take them for."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from callcalm.coach import Hearing, load_phrasebook, read
from callcalm.coach.likeness import BAR, Match, understand
from callcalm.content.hearing import coach_reader
from callcalm.content.library import shipped_folder
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import load_scenario
from callcalm.core.condition import holds
from callcalm.core.model import Scenario
from callcalm.language import use

DATA = Path(__file__).parent.parent / "data"
RULEBOOK = load_rulebook()
ANSWERS = [
    (language, answer)
    for language in ("en", "fr")
    for answer in tomllib.loads((DATA / f"typed-{language}.toml").read_text("utf-8"))["answers"]
]

OPTIONS = (
    ("a", "Why didn't you call us when it happened?", ("blame.why-you",)),
    (
        "b",
        "Maria, two charges for one scan: I'd be upset too. I'll look into it and call you by four.",
        ("by-when",),
    ),
    ("c", "There is nothing I can do about it, it's our policy.", ("rule-wall", "flat-no")),
)


@lru_cache
def scenario(language: str, name: str) -> Scenario:
    path = shipped_folder() / language / f"{name}.toml"
    return load_scenario(path, RULEBOOK, load_playbooks(RULEBOOK.registry), coach_reader(RULEBOOK.registry))


def reached(language: str, answer: dict[str, Any]) -> str:
    played = scenario(language, answer["scenario"])
    beat = played.beats[answer["beat"]]
    names = {**played.vars, "composure": played.composure, "turn": 3, **answer.get("vars", {})}
    options = [
        (reply.key, reply.say, (*(finding.move for finding in reply.findings), *reply.moves))
        for reply in beat.replies
        if reply.when is None or holds(reply.when, names)
    ]
    caller = played.caller
    hot = RULEBOOK.registry.moods[beat.mood].hot
    hearing = Hearing((caller.name, *caller.address), caller.facts, beat.caller, hot)
    findings = read(answer["text"], load_phrasebook(language), hearing)
    return understand(answer["text"], findings, options, hearing).key or "otherwise"


@pytest.mark.parametrize(("language", "share"), [("en", 0.9), ("fr", 0.9)])
def test_labelled_answers_reach_the_reply_they_should(language: str, share: float) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong = []
    for spoken, answer in ANSWERS:
        if spoken != language:
            continue
        sort = answer["sort"]
        total[sort] += 1
        if reached(language, answer) == answer["reaches"]:
            right[sort] += 1
        else:
            wrong.append(answer["text"])
    assert right.total() / total.total() >= share, wrong
    assert right["model"] / total["model"] >= 0.95, wrong
    assert right["off"] / total["off"] >= 0.75, wrong


def test_there_are_enough_labelled_answers() -> None:
    assert len(ANSWERS) >= 150
    assert Counter(language for language, _ in ANSWERS)["fr"] >= 60


def heard(text: str, hearing: Hearing | None = None) -> Match:
    call = hearing or Hearing(("Maria",), ("charged twice",), ("I was charged twice for one scan.",), hot=True)
    return understand(text, read(text, load_phrasebook("en"), call), OPTIONS, call)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("why didnt you just call", "a"),
        ("maria id be upset too about two charges. ill look into it & call by four", "b"),
        ("Nothing I can do. Policy.", "c"),
        ("sorry, the weather is nice in Spain", None),
        ("", None),
        ("?!", None),
        ("👍", None),
    ],
)
def test_small_answers(text: str, key: str | None) -> None:
    assert heard(text).key == key


def test_the_name_alone_is_no_likeness() -> None:
    # Every reply could have it.
    assert heard("Maria").key is None


def test_slips_are_forgiven() -> None:
    assert heard("two chargs for one scann, id be upst too").key == "b"


def test_the_player_is_told_why_in_one_line() -> None:
    match = heard("two charges for one scan, I'd be upset too")
    assert match.score >= BAR
    assert "“charges”" in match.why
    assert "\n" not in match.why
    assert heard("the weather is nice in Spain").why == "None of the replies is near what you said."


def test_what_only_costs_is_never_taken_for_comfort_by_its_letters_alone() -> None:
    text = "If you don't calm down I can't help you."
    comfort = "Oh no. I'm so sorry to hear that. I completely understand your frustration."
    findings = read(text, load_phrasebook("en"))
    for made, key in ((("apology.regret",), None), (("rule-wall",), "a"), ((), "a")):
        assert understand(text, findings, [("a", comfort, made)], Hearing(), language="en").key == key


def test_what_only_helps_is_never_taken_for_a_cost_by_its_letters_alone() -> None:
    """Two kind things and no word in common, yet much the same letters."""
    said = "I am so sorry you waited three weeks, Ms. Brandt. Let me look at the referral right now."
    shrug = "I'm just the front desk, so I can't promise you anything. But sure, what's going on?"
    findings = read(said, load_phrasebook("en"))
    costly = understand(said, findings, [("shrug", shrug, ("message-taker",))], Hearing(("Mary Brandt",)))
    assert costly.key is None
    # The same letters, were it known to cost nothing.
    plain = understand(said, findings, [("plain", shrug, ())], Hearing(("Mary Brandt",)))
    assert plain.score >= BAR


def test_no_replies_no_match() -> None:
    assert understand("hello", (), (), Hearing()).key is None


def test_the_language_is_that_of_the_replies() -> None:
    options = (
        ("x", "Je vous écoute, racontez-moi ce qui s'est passé.", ("invite",)),
        ("y", "Calmez-vous.", ("calm-down",)),
    )
    assert understand("racontez moi, je vous ecoute", (), options, Hearing()).key == "x"
    assert understand("racontez moi, je vous ecoute", (), options, Hearing(), language="fr").key == "x"


def test_why_speaks_the_language_of_the_interface() -> None:
    use("fr")
    try:
        assert heard("the weather is nice in Spain").why.startswith("Aucune")
    finally:
        use("en")


def test_a_very_long_answer_is_bounded() -> None:
    assert heard("so " * 100_000).key is None
