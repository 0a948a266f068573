"""The figures of one encounter that its bars are about. What must not be here: the bars, and judging words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from callcalm.content.registry import Rulebook
from callcalm.content.scenarios import CAP, read_scenario, scenario_id
from callcalm.core.explore import Player, lengths
from callcalm.core.playbook import Playbook
from callcalm.intake import read
from callcalm.lint.scenario import examine
from callcalm.lint.subject import Subject
from callcalm.report import Level
from callcalm.workshop.coverage import moves_of
from callcalm.workshop.reports.survey import minutes


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures of one encounter.

    `words` are all it holds, `typical_words` and `minutes` those of a typical play; `kinds` the kinds of its
    endings; `good` the chance of a good ending by player. Of the `choices` (beats with a choice) the best reply is
    the longest at `longest`, and at `in_one_place` it stands in the place it stands in most. `findings` counts
    lint's by level.
    """

    id: str
    language: str
    channel: str
    level: int
    beats: int
    words: int
    typical_words: int
    minutes: float
    kinds: tuple[str, ...]
    good: Mapping[Player, float]
    choices: int
    longest: int
    in_one_place: int
    moves: tuple[str, ...]
    teaches: tuple[str, ...]
    checks: int
    findings: Mapping[Level, int]
    proved: bool


def measure(path: Path, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> Measures:
    """Measure the encounter in a file. Raises `BadFile` if it cannot be played."""
    file = read_scenario(read(path, CAP), scenario_id(path), rulebook, playbooks)
    scenario = file.scenario
    subject = Subject(file, playbooks[scenario.playbook], playbooks)
    examine(subject)
    long = lengths(scenario, subject.playbook, proof=subject.proof)
    turns = [
        (beat, subject.best[beat.id])
        for beat in subject.reached
        if len(beat.replies) > 1 and beat.id in subject.best
    ]
    longest = sum(len(best.say) == max(len(reply.say) for reply in beat.replies) for beat, best in turns)
    places = Counter(beat.replies.index(best) for beat, best in turns)
    said = [part for beat in scenario.beats.values() for part in beat.caller]
    said += [reply.say for beat in scenario.beats.values() for reply in beat.replies]
    said += [ending.text for ending in scenario.endings.values()]
    return Measures(
        scenario.id,
        scenario.language,
        scenario.channel.value,
        scenario.level,
        len(scenario.beats),
        sum(len(text.split()) for text in said),
        round(long.words_typical),
        minutes(long.words_typical, long.typical),
        tuple(sorted({ending.kind.value for ending in scenario.endings.values()})),
        {player: subject.good(player) for player in Player},
        len(turns),
        longest,
        max(places.values(), default=0),
        tuple(sorted(moves_of(scenario, subject.playbook.registry))),
        scenario.teaches,
        len(scenario.checks),
        Counter(finding.level for finding in subject.found),
        subject.proof.complete,
    )
