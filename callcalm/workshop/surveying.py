"""From a file or the id of an encounter to its survey, with what lint finds. What must not be here: facts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from callcalm.content.library import Library, is_path
from callcalm.content.registry import Rulebook
from callcalm.content.scenarios import CAP, read_scenario, scenario_id
from callcalm.core.playbook import Playbook
from callcalm.intake import read
from callcalm.lint.allowing import kept
from callcalm.lint.coming_back import check_coming_back, comes_back
from callcalm.lint.scenario import examine
from callcalm.lint.subject import Subject
from callcalm.report import about
from callcalm.workshop.reports.survey import Survey, survey


def surveyed(name: str, library: Library, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> Survey:
    """The survey of an encounter by id, or of a file.

    Raises:
        UnknownScenario: if there is none of that id.
        BadFile: with everything that keeps the file from being played.
    """
    path = Path(name) if is_path(name) else library.find(name)
    file = read_scenario(read(path, CAP), scenario_id(path), rulebook, playbooks)
    subject = Subject(file, playbooks[file.scenario.playbook], playbooks)
    examine(subject)
    if comes_back(file.scenario):
        check_coming_back(subject, Library([path.parent, *library.folders]).ids)
    findings, _left_out = kept((*map(about, file.warnings), *subject.found), file.source, frozenset())
    return survey(file.scenario, subject.playbook, file.source, findings, proof=subject.proof)
