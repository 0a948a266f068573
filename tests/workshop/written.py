"""What holds for every file that the workshop writes: it loads, and whoever plays it comes to an end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from callcalm.content.scenario_shape import scenario_record
from callcalm.content.shapes import FORMAT
from callcalm.core.actions import Breathe, Choose, Compose, Listen
from callcalm.core.call import act, offer, start
from callcalm.core.condition_parsing import parse
from callcalm.core.model import Scenario
from callcalm.intake import Source, load_source
from callcalm.lint.linting import Linter
from callcalm.workshop.finishing import MOST_TOLD, shipped_rules


def opened(text: str) -> Scenario:
    """The scenario in a text; loading it raises if there is an error."""
    return shipped_rules().open(text, "x").scenario


def data(text: str) -> dict[str, Any]:
    """The values of a text, conditions as trees: two ways to write one are the same."""
    loaded = load_source(Source("x.toml", text), scenario_record(), number=FORMAT)
    loaded.inbox.warnings()
    for beat in loaded.data["beats"].values():
        for reply in beat.get("replies", ()):
            if "when" in reply:
                reply["when"] = parse(reply["when"])
    return loaded.data


def ending_of(scenario: Scenario, pick: int) -> str:
    """The ending for a player who always takes the answer of this number, counted round."""
    state = start(scenario, shipped_rules().playbooks[scenario.playbook])
    for _step in range(5_000):
        if state.ending is not None:
            return state.ending
        now = offer(state)
        if now.listen:
            state = act(state, Listen()).state
        elif now.task is not None:
            state = act(state, Compose(tuple(range(now.task.pick)))).state
        else:
            open_ones = [one for one in now.replies if not one.locked]
            action = Choose(open_ones[pick % len(open_ones)].reply.key) if open_ones else Breathe()
            state = act(state, action).state
    raise AssertionError("the call does not end")


def unexplained(text: str) -> list[str]:
    """What lint says of a text and its comments do not."""
    found = Linter().look(Source("x.toml", text), Path("x.toml")).sheet.diagnostics
    comments = " ".join(line.removeprefix("#").strip() for line in text.split("\n") if line.startswith("#"))
    if "more" in comments and len({one.message for one in found}) > MOST_TOLD:
        return []
    return [one.rule for one in found if one.rule not in comments]
