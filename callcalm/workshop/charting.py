"""The map of the workshop: every beat and ending by layers, with who comes there and what is wrong with it.

It leaves out what `explore` takes long for: only the random player's chances are asked. No layout here.
"""

from __future__ import annotations

from dataclasses import dataclass

from callcalm.core.explore import Player, Proof, reckon, span
from callcalm.core.model import Scenario
from callcalm.core.saying import Saying
from callcalm.insight.wording import headed, kind_word, mood_word, series
from callcalm.language import _, ngettext
from callcalm.workshop.reports.layers import layout
from callcalm.workshop.reports.survey import beat_headers, by_beat
from callcalm.workshop.reports.terms import composure_words, percent
from callcalm.workshop.session import Bench


@dataclass(frozen=True, slots=True)
class Spot:
    """A beat or an ending on the map.

    `word` is the caller's mood there, or what the ending amounts to; `composure` the least and the most that a
    player can have there, None if nobody comes; `chance` that somebody at random does, 0 to 1; `codes` what lint
    finds in it; `ways` where its answers lead; `line` where it begins in the file, 0 if that is not known.
    """

    name: str
    word: str
    composure: tuple[int, int] | None
    chance: float
    codes: tuple[str, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """The map of a scenario: named layers of spots, and what the proof and the chances leave open."""

    scenario: Scenario
    layers: tuple[tuple[str, tuple[Spot, ...]], ...]
    unproved: tuple[Saying, ...]

    def spots(self) -> dict[str, Spot]:
        """Every spot by name."""
        return {spot.name: spot for _title, spots in self.layers for spot in spots}


def charted(bench: Bench, proof: Proof) -> Chart | None:
    """The map of the last good version on a bench, of which `proof` is; None if there is none."""
    if bench.file is None or bench.preview is None:
        return None
    scenario, playbook = bench.file.scenario, bench.preview.opening.playbook
    reckoned = reckon(scenario, playbook, proof, (Player.RANDOM,))
    random = reckoned.odds[Player.RANDOM]
    general = bool(proof.endings.get(scenario.lost) or random.endings.get(scenario.lost))
    laid = layout(scenario, proof, general=general)
    problems = by_beat(bench.file.source, bench.findings if bench.current else ())
    lines = {name: number for number, name in reversed(beat_headers(bench.file.source)) if name}
    ways: dict[str, list[tuple[str, str]]] = {}
    for edge in laid.edges:
        ways.setdefault(edge.start, []).append((", ".join(edge.labels), edge.end))

    def spot(name: str) -> Spot:
        if name in scenario.beats:
            bits, word = proof.beats[name], mood_word(scenario.beats[name].mood, playbook.registry)
            chance = random.visits.get(name, 0.0)
        else:
            bits, word = proof.endings.get(name, 0), kind_word(scenario.endings[name].kind)
            chance = random.endings.get(name, 0.0)
        codes = tuple(sorted({finding.rule for finding in problems.get(name, ())}))
        return Spot(
            name, word, span(bits) if bits else None, chance, codes, tuple(ways.get(name, ())), lines.get(name, 0)
        )

    layers = [
        (ngettext("after {n} answer", "after {n} answers", n).format(n=n) if n else _("to begin with"), names)
        for n, names in enumerate(laid.layers)
    ]
    layers += [(_("endings"), laid.endings), (_("nothing leads here"), laid.cut_off)]
    return Chart(
        scenario,
        tuple((title, tuple(map(spot, names))) for title, names in layers if names),
        tuple(dict.fromkeys((*proof.unproved, *reckoned.caveats))),
    )


def spot_facts(spot: Spot) -> str:
    """Who comes there: ``36 %, composure 40 to 80``."""
    if spot.composure is None:
        return _("nobody comes here")
    return f"{percent(spot.chance)}, {composure_words(*spot.composure)}"


def spot_line(spot: Spot) -> str:
    """A spot on one line: name, mood, who comes there, what is wrong, the ways on."""
    marks = f" ! {', '.join(spot.codes)}" if spot.codes else ""
    head = headed(f"{spot.name} ({spot.word})")
    return f"{head} " + series([spot_facts(spot) + marks, *(f"{labels} > {end}" for labels, end in spot.ways)])
