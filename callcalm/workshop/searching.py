"""Whether a finding, a beat or an ending has the words that a writer looks for. What must not be here: showing."""

from __future__ import annotations

from callcalm.core.model import Scenario
from callcalm.report import Diagnostic


def finding_has(finding: Diagnostic, words: str) -> bool:
    """Whether these words are in its code or its message, capital or small."""
    return _bare(words) in _bare(f"{finding.rule} {finding.message}")


def place_has(scenario: Scenario, name: str, words: str) -> bool:
    """Whether these words are in the name of a beat or an ending, or in what is said there."""
    beat, ending = scenario.beats.get(name), scenario.endings.get(name)
    told = [*beat.caller, *(reply.say for reply in beat.replies)] if beat is not None else []
    return _bare(words) in _bare(" ".join([name, *told, *([ending.text] if ending is not None else [])]))


def _bare(words: str) -> str:
    return " ".join(words.split()).casefold()
