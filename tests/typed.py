"""The typed answers of tests/data: the reply a fair human would take each for, and what the coach does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli

from callcalm.content.library import Library
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.core.call import offer, start
from callcalm.core.model import Scenario
from callcalm.core.text import Text
from callcalm.practice.ears import Ears

DATA = Path(__file__).parent / "data"
NOWHERE = "otherwise"


@dataclass(frozen=True)
class Typed:
    """One answer: where it was typed, its sort, the reply it should reach and the one it did."""

    beat: str
    text: str
    sort: str
    wanted: str
    got: str


def answers(language: str) -> list[dict[str, Any]]:
    """The labelled answers of a language."""
    return list(tomli.loads((DATA / f"typed-{language}.toml").read_text(encoding="utf-8"))["answers"])


def scenarios(language: str) -> dict[str, Scenario]:
    """Every scenario those answers are typed in."""
    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    library = Library.standard(environ={})
    names = {answer["scenario"] for answer in answers(language)}
    return {name: library.load(name, rulebook, playbooks) for name in names}


def taken(language: str) -> Iterator[Typed]:
    """Each answer, and what it is taken for where it is typed."""
    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    found = scenarios(language)
    ears = Ears(language, rulebook.registry)
    for answer in answers(language):
        scenario = found[answer["scenario"]]
        beat = scenario.beats[answer["beat"]]
        state = replace(
            start(scenario, playbooks["core"]),
            beat=beat.id,
            heard=len(beat.caller),
            vars={**scenario.vars, **answer.get("vars", {})},
        )
        _findings, key = ears.hear(Text(answer["text"]), state, offer(state))
        yield Typed(beat.id, answer["text"], answer["sort"], answer["reaches"], key or NOWHERE)
