"""A library's coverage: its scenarios loaded and read, its drills and worked calls. Counting is done elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.content.drills import SHIPPED, Drills
from callcalm.content.library import Library
from callcalm.content.registry import Rulebook
from callcalm.content.shapes import LANGUAGES
from callcalm.content.sources import load_sources
from callcalm.content.worked_calls import worked_calls
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.intake import BadFile
from callcalm.workshop.coverage import Coverage, coverage


def covered(
    library: Library, rulebook: Rulebook, playbooks: Mapping[str, Playbook]
) -> tuple[Coverage, tuple[BadFile, ...]]:
    """What a library teaches, and the files that could not be read."""
    registry = rulebook.registry
    broken: list[BadFile] = []
    scenarios: list[Scenario] = []
    for header in library.headers(all_of_them=True):
        try:
            scenarios.append(library.load(str(header.path), rulebook, playbooks))
        except BadFile as bad:
            broken.append(bad)
    worked = dict.fromkeys(move for code in LANGUAGES for move in worked_calls(code, registry))
    drills = Drills([SHIPPED], registry).all(broken)
    return coverage(load_sources(), scenarios, drills, worked, playbooks, registry), tuple(broken)
