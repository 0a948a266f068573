"""The facts of a survey: who comes where, how composed, how long it takes, where calls are lost.

What must not be here: how any of it is written out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from callcalm.core.actions import Choose
from callcalm.core.call import act, offer, start
from callcalm.core.explore import (
    ASSUMED,
    Lengths,
    Odds,
    Offered,
    Player,
    Proof,
    Reckoned,
    Way,
    lengths,
    prove,
    reckon,
    solve,
    span,
)
from callcalm.core.explore.hopes import Hopes
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.saying import Saying
from callcalm.core.state import CallState
from callcalm.insight.wording import mood_word
from callcalm.intake import Code, Source
from callcalm.report import Diagnostic, Level
from callcalm.workshop.reports.layers import Layout, layout

WORDS_A_MINUTE: Final = 180
"""How fast a call is read, or heard and said."""

SECONDS_A_CHOICE: Final = 12
"""How long one thinks about an answer."""

MOST_LOSSES: Final = 12
"""So many of the answers that lose calls are told, the most frequent first."""

SPARE: Final = 1
"""So many answers more may a way have that neither cuts in nor types: reviewers take what is told as meant."""

_FALL: Final = 0.2
"""An answer loses calls when the best player's chance of a good ending falls by so much."""

_BEAT = re.compile(r"^\s*\[\[?\s*beats\s*\.\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_-]+))")


@dataclass(frozen=True, slots=True)
class Stand:
    """A beat as calls come to it.

    `mood` is the caller's, in words; `composure` the least and the most that a player can have there, None if
    nobody comes; `visits` the chance that a player of each kind does, by the opening that makes it likeliest;
    `problems` are what lint finds in it, errors and warnings only.
    """

    mood: str
    composure: tuple[int, int] | None
    visits: Mapping[Player, float]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer after which a good ending is out of reach, or much farther.

    `before` and `after` are the best player's chances of a good ending, `seen` the chance that somebody at random
    comes to stand there.
    """

    beat: str
    reply: str
    say: str
    before: float
    after: float
    seen: float


@dataclass(frozen=True, slots=True)
class Falls:
    """What brings calls to an ending that no answer leads to: composure or patience gone, or no answers left.

    `replies` is a beat at which none is on offer.
    """

    composure: bool = False
    patience: bool = False
    replies: bool = False
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that `explore` tells of a scenario."""

    scenario: Scenario
    layout: Layout
    stands: Mapping[str, Stand]
    odds: Mapping[Player, Odds]
    unproved: tuple[Saying, ...]
    """What the proof and the odds leave open."""
    proof: Proof
    lengths: Lengths
    losses: tuple[Loss, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def caveats(self) -> tuple[Saying, ...]:
        """What the proof takes for granted, and what it leaves open."""
        return (*ASSUMED, *self.unproved)

    @property
    def to_fill(self) -> int:
        """How many texts that a learner sees are still to be filled in: with any, chances mean little."""
        return sum(finding.rule == Code.TO_FILL.value for finding in self.findings)

    def way(self, key: str) -> Way | None:
        """The shortest way to a beat, ending or reply, by any opening, or a hardly longer plain one; or None."""
        return self.proof.witness(key, spare=SPARE)

    @property
    def endings(self) -> tuple[str, ...]:
        """Every ending of the file, and the general one if calls come there, in the order of the file."""
        drawn = {*self.layout.endings, *self.layout.cut_off}
        return tuple(name for name in self.scenario.endings if name in drawn)

    def falls(self) -> Falls:
        """Why calls come to the ending for lost ones though no answer of the file leads there."""
        name = self.scenario.lost
        if any(edge.end == name for edge in self.layout.edges):
            return Falls()
        bits = self.proof.endings.get(name, 0)
        stuck = bool(self.proof.stuck)
        late = not (bits or stuck) and any(one.endings.get(name) for one in self.odds.values())
        return Falls(composure=bool(bits & 1), patience=bits > 1, replies=stuck, answers=late)

    def never(self) -> tuple[str, ...]:
        """Replies that are never on offer, by key."""
        return tuple(key for key, offered in self.proof.replies.items() if offered is Offered.NEVER)


def minutes(words: float, answers: float) -> float:
    """How long so many words and answers take, in minutes."""
    return words / WORDS_A_MINUTE + answers * SECONDS_A_CHOICE / 60


def whole_minutes(words: float, answers: float) -> int:
    """The same in whole minutes, at least one: what people are told."""
    return max(1, round(minutes(words, answers)))


def survey(
    scenario: Scenario,
    playbook: Playbook,
    source: Source | None = None,
    findings: Iterable[Diagnostic] = (),
    proof: Proof | None = None,
) -> Survey:
    """Look at a scenario that the coach has read. `findings` are lint's, of its `source`; `proof` is its proof."""
    proof = proof or prove(scenario, playbook)
    reckoned = reckon(scenario, playbook, proof, Player)
    odds = reckoned.odds
    ways_in = {
        player: [
            odds[player],
            *[solve(scenario, playbook, player, proof=reckoned.proof, opening=o) for o in scenario.openings],
        ]
        for player in Player
    }
    told = tuple(findings)
    problems = by_beat(source, told) if source is not None else {}
    stands = {
        name: Stand(
            mood_word(beat.mood, playbook.registry),
            span(proof.beats[name]) if proof.beats[name] else None,
            {player: max(one.visits.get(name, 0.0) for one in ways_in[player]) for player in Player},
            tuple(problems.get(name, ())),
        )
        for name, beat in scenario.beats.items()
    }
    losses = _losses(scenario, playbook, proof, reckoned)
    general = bool(proof.endings.get(scenario.lost)) or any(
        one.endings.get(scenario.lost) for one in odds.values()
    )
    return Survey(
        scenario,
        layout(scenario, proof, general=general),
        stands,
        odds,
        tuple(dict.fromkeys((*proof.unproved, *reckoned.caveats))),
        proof,
        lengths(scenario, playbook, proof=reckoned.proof),
        losses,
        told,
    )


def standing(scenario: Scenario, playbook: Playbook, proof: Proof, beat: str) -> CallState | None:
    """A call at a beat, by the shortest way there; None if there is no way."""
    way = proof.witness(beat, spare=SPARE) if proof.beats[beat] else None
    if way is None:
        return None
    state = start(scenario, playbook, opening=way.opening)
    for action in way:
        state = act(state, action).state
    return state


def _losses(scenario: Scenario, playbook: Playbook, proof: Proof, reckoned: Reckoned) -> tuple[Loss, ...]:
    # The best player comes right from wherever that can be done: worked out backwards, once for all states.
    hopes, random = Hopes(reckoned.proof.graph, reckoned.caveats), reckoned.odds[Player.RANDOM]
    found = []
    for name, beat in scenario.beats.items():
        state = standing(scenario, playbook, proof, name) if beat.replies else None
        if state is None or state.over is not None:
            continue
        before = float(hopes.can(state))
        for offered in offer(state).replies:
            # A locked reply is judged as it is after the breath that it needs.
            ready = replace(state, steadied=True) if offered.locked else state
            after = float(hopes.can(act(ready, Choose(offered.reply.key)).state))
            if before - after >= _FALL:
                reply = offered.reply
                found.append(Loss(name, reply.key, reply.say, before, after, random.visits.get(name, 0.0)))
    found.sort(key=lambda loss: (loss.before - loss.after) * loss.seen, reverse=True)
    return tuple(found[:MOST_LOSSES])


def by_beat(source: Source, findings: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """Findings by the beat in whose lines they stand: from a header of it to the next header of anything."""
    problems: dict[str, list[Diagnostic]] = {}
    starts = beat_headers(source)
    numbers = [number for number, _name in starts]
    for finding in findings:
        if finding.level is Level.NOTE or finding.place is None:
            continue
        above = bisect_right(numbers, finding.place.line) - 1
        if above >= 0 and starts[above][1]:
            problems.setdefault(starts[above][1], []).append(finding)
    return problems


def beat_headers(source: Source) -> list[tuple[int, str]]:
    """Every header of the file: its line, and the beat it belongs to, or nothing."""
    starts: list[tuple[int, str]] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.lstrip().startswith("["):
            found = _BEAT.match(line)
            starts.append((number, next(filter(None, found.groups())) if found else ""))
    return starts
