"""The last step of everything that writes a scenario: it must load, its checks must hold, its warnings are told.

What must not be here: what a scenario says, and where its file goes (`filing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from callcalm.content.hearing import Reader, not_yet
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import Rulebook, load_rulebook
from callcalm.content.scenarios import CAP, ScenarioFile, read_scenario
from callcalm.content.shapes import MOST_MINUTES
from callcalm.core.moves import Finding
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text
from callcalm.insight.wording import headed
from callcalm.intake import BadFile, Code, Problem, Source
from callcalm.language import _, current, use
from callcalm.workshop.words import words
from callcalm.workshop.writing import Draft, scenario_text

MOST_TOLD: Final = 12
"""Most findings of lint that stand in the comments of a file."""

MOST_ROUND: Final = 30_000
"""Nodes in loops that are followed to find how long a play takes: a second or two of work, as in lint."""

Unheld = Callable[[str, str], str]
"""The comment on a check that was left out: its name, and what happened instead."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The text of a scenario file that loads without an error, and what it was read as, its answers unread."""

    text: str
    file: ScenarioFile
    warnings: tuple[Problem, ...]


def finish(draft: Draft, name: str, unheld: Unheld | None = None, rules: Rules | None = None) -> Finished:
    """Write the draft, with those of its `checks` that hold; its text is loaded before anybody sees it.

    Raises `BadFile` when it does not load: whoever made the draft has let through what no file may hold.
    """
    rules = rules or shipped_rules()
    draft.data.pop("checks", None)
    if draft.checks:
        draft.data["checks"] = _held(draft, name, rules, unheld)
    if draft.timed:
        draft.data["minutes"] = _minutes(draft, name, rules)
    text = scenario_text(draft)
    if len(text.encode("utf-8")) > CAP:
        message = _("the scenario would be larger than {n} MiB, the most that one may be").format(n=CAP // 2**20)
        raise BadFile([Problem(Code.TOO_LARGE, message, file=f"{name}.toml")])
    opened = rules.open(text, name, not_yet)
    with _speaking(draft.data["language"]):
        found = _findings(text, name)
    if found:
        told = words(draft.data["language"])
        more = [told("comments.more", n=len(found) - MOST_TOLD)] if len(found) > MOST_TOLD else []
        draft.top += ["", told("comments.lint"), *(f"- {one}" for one in found[:MOST_TOLD]), *more]
        text = scenario_text(draft)
    return Finished(text, opened, opened.warnings)


class Rules:
    """What a scenario is read by: moves, house rules."""

    def __init__(self, rulebook: Rulebook, playbooks: dict[str, Playbook]) -> None:
        self.rulebook = rulebook
        self.playbooks = playbooks

    def open(self, text: str, name: str, reader: Reader | None = None) -> ScenarioFile:
        """The scenario in a text, its answers read by the coach or another reader. Raises `BadFile`."""
        return read_scenario(Source(f"{name}.toml", text), Text(name), self.rulebook, self.playbooks, reader)


@lru_cache(maxsize=1)
def shipped_rules() -> Rules:
    """The shipped moves and playbooks."""
    rulebook = load_rulebook()
    return Rules(rulebook, load_playbooks(rulebook.registry))


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """What stands in a file is in its own language, whatever that of the interface."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def _findings(text: str, name: str) -> list[str]:
    """What lint has to say of the text, each thing once, in the language that is in use."""
    from callcalm.lint.linting import Linter  # noqa: PLC0415 - what only opens a file needs no lint

    sheet = Linter().look(Source(f"{name}.toml", text), Path(f"{name}.toml")).sheet
    return list(dict.fromkeys(f"{headed(one.rule)} {one.message}" for one in sheet.diagnostics))


def _minutes(draft: Draft, name: str, rules: Rules) -> int:
    """How long a typical play takes, as `explore` tells it; as drafted where nobody can tell soon."""
    from callcalm.core.explore import TooLongError, lengths  # noqa: PLC0415 - only what is written anew is timed
    from callcalm.workshop.reports.survey import whole_minutes  # noqa: PLC0415

    drafted: int = draft.data["minutes"]
    scenario = rules.open(scenario_text(draft), name).scenario
    try:
        found = lengths(scenario, rules.playbooks[scenario.playbook], most=MOST_ROUND)
    except TooLongError:
        return drafted
    return min(MOST_MINUTES, whole_minutes(found.words_typical, found.typical)) if found.typical else drafted


def _held(draft: Draft, name: str, rules: Rules, unheld: Unheld | None) -> list[dict[str, object]]:
    from callcalm.content.checks import run_checks  # noqa: PLC0415 - only files with checks need the engine

    tested = [
        check
        for check in draft.checks
        if not any(isinstance(step, dict) and "say" in step for step in check["do"])
    ]
    draft.data["checks"] = tested
    scenario = rules.open(scenario_text(draft), name).scenario
    with _speaking(draft.data["language"]):
        failed = {
            tested[failure.number]["name"]: failure.message
            for failure in run_checks(scenario, rules.playbooks[scenario.playbook], _unheard)
        }
    if unheld is not None:
        draft.note(("endings",), *(unheld(check, why) for check, why in failed.items()))
    return [check for check in draft.checks if check["name"] not in failed]


def _unheard(_text: Text, _state: CallState, _offer: Offer) -> tuple[tuple[Finding, ...], str | None]:
    """Nobody types in the checks that are tried here: those that do are written as they are."""
    return (), None
