"""The last step of everything that writes a scenario: it must load, its checks must hold, its warnings are told.

What must not be here: what a scenario says, and where its file goes (`filing`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import Rulebook, load_rulebook
from callcalm.content.scenarios import ScenarioFile, read_scenario
from callcalm.core.playbook import Playbook
from callcalm.core.text import Text
from callcalm.intake import Problem, Source
from callcalm.workshop.writing import Draft, scenario_text

Unheld = Callable[[str, str], str]
"""The comment on a check that was left out: its name, and what happened instead."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The text of a scenario file that loads without an error, and what it was read as."""

    text: str
    file: ScenarioFile
    warnings: tuple[Problem, ...]


def finish(draft: Draft, name: str, unheld: Unheld | None = None, rules: Rules | None = None) -> Finished:
    """Write the draft, with those of its `checks` that hold; its text is loaded before anybody sees it.

    Raises `BadFile` when it does not load: whoever made the draft has let through what no file may hold.
    """
    rules = rules or shipped_rules()
    wanted, draft.data["checks"] = draft.checks, draft.checks
    if wanted:
        draft.data["checks"] = _held(draft, name, rules, unheld)
    if not draft.data["checks"]:
        del draft.data["checks"]
    text = scenario_text(draft)
    opened = rules.open(text, name)
    return Finished(text, opened, opened.warnings)


class Rules:
    """What a scenario is read by: moves, house rules."""

    def __init__(self, rulebook: Rulebook, playbooks: dict[str, Playbook]) -> None:
        self.rulebook = rulebook
        self.playbooks = playbooks

    def open(self, text: str, name: str) -> ScenarioFile:
        """The scenario in a text, as the game reads it. Raises `BadFile`."""
        return read_scenario(Source(f"{name}.toml", text), Text(name), self.rulebook, self.playbooks)


@lru_cache(maxsize=1)
def shipped_rules() -> Rules:
    """The shipped moves and playbooks."""
    rulebook = load_rulebook()
    return Rules(rulebook, load_playbooks(rulebook.registry))


def _held(draft: Draft, name: str, rules: Rules, unheld: Unheld | None) -> list[dict[str, object]]:
    from callcalm.content.checks import run_checks  # noqa: PLC0415 - only files with checks need the engine

    scenario = rules.open(scenario_text(draft), name).scenario
    failed = {
        failure.number: failure.message
        for failure in run_checks(scenario, rules.playbooks[scenario.playbook], _no_typing)
    }
    if unheld is not None:
        draft.note(("endings",), *(unheld(draft.checks[number]["name"], why) for number, why in failed.items()))
    return [check for number, check in enumerate(draft.checks) if number not in failed]


def _no_typing(text: Text, state: object, offer: object) -> tuple[tuple[()], None]:
    raise AssertionError(f"a written check types nothing, but one typed {text!r} at {state!r}, {offer!r}")
