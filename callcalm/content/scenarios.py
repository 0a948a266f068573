"""Scenario files: from a path or a text to a `Scenario`, with everything that is wrong with it told at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from callcalm.content.building import build, lost_ending
from callcalm.content.hearing import Reader, coach_reader, put_findings
from callcalm.content.reach import check_reach
from callcalm.content.references import check_references
from callcalm.content.registry import Rulebook
from callcalm.content.scenario_shape import scenario_record
from callcalm.content.shapes import FORMAT
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.records import dataclass
from callcalm.core.text import Text, safe
from callcalm.intake import BadFile, Code, Positions, Problem, Source, load_source, read
from callcalm.intake.pause import collector_paused
from callcalm.language import _

CAP: Final = 4 * 1024 * 1024
"""Largest scenario file, in bytes."""

_DIGEST: Final = 16


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario that can be played, the warnings about its file, the text it was made from, and its places."""

    scenario: Scenario
    warnings: tuple[Problem, ...]
    source: Source
    positions: Positions


def load_scenario(
    path: str | os.PathLike[str],
    rulebook: Rulebook,
    playbooks: Mapping[str, Playbook],
    reader: Reader | None = None,
) -> Scenario:
    """The scenario in a file; its id is the name of the file. `reader` finds moves in its replies: the coach.

    Raises `BadFile` with every problem of the file, each in its place, if there is an error among them.
    """
    return read_scenario(read(path, CAP), scenario_id(path), rulebook, playbooks, reader).scenario


def read_scenario(
    source: Source,
    name: Text,
    rulebook: Rulebook,
    playbooks: Mapping[str, Playbook],
    reader: Reader | None = None,
    *,
    digest: bool = True,
) -> ScenarioFile:
    """`load_scenario` for a text that is there already; `name` becomes its id. Warnings are kept.

    Without `digest` the scenario has none: what is only looked at needs no saves.
    """
    with collector_paused():
        mark = digest_of(source.text) if digest else ""
        try:
            return _scenario(source, name, rulebook, playbooks, reader or coach_reader(rulebook.registry), mark)
        except BadFile as bad:
            from callcalm.content.kinds import Kind, as_meant  # noqa: PLC0415 - most files are what is meant

            raise as_meant(bad, Kind.SCENARIO) from None


def _scenario(
    source: Source, name: Text, rulebook: Rulebook, playbooks: Mapping[str, Playbook], reader: Reader, digest: str
) -> ScenarioFile:
    loaded = load_source(source, scenario_record(), number=FORMAT)
    if not loaded.document.values:
        hint = _("“callcalm new” makes a file to begin with.")
        place = source.place(0)
        raise BadFile([Problem(Code.MISSING_KEY, _("the file is empty"), place, hint, source.name)], source)
    data, inbox, positions = loaded.data, loaded.inbox, loaded.document.positions
    check_references(data, loaded.document.values, inbox, rulebook.registry, playbooks)
    if not inbox.failed:
        check_reach(data, inbox, lost_ending(data))
    warnings = inbox.warnings()
    scenario = build(name, data, rulebook, digest)
    # The values as they were read take as much memory as the scenario, and nobody asks for them any more.
    del loaded, inbox, data
    return ScenarioFile(put_findings(scenario, reader), warnings, source, positions)


def digest_of(text: str) -> str:
    """What identifies the text of a scenario's file: a save remembers it, and so knows when it has changed."""
    from hashlib import sha256  # noqa: PLC0415 - it brings OpenSSL, which lint needs for nothing

    return sha256(text.encode("utf-8")).hexdigest()[:_DIGEST]


def scenario_id(path: str | os.PathLike[str]) -> Text:
    """The id of the scenario in a file: the file's name without its ending, made safe."""
    return safe(Path(path).stem, multiline=False)
