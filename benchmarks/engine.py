"""How many random rounds a second the real engine plays, beside a bare loop over the same story in the same run.

    python benchmarks/engine.py [BEATS] [RUNS]

A round is `start`, then `offer` and `act` with one of the replies on offer until the call is over: about ten
answers. `first` is the first run, in which the engine also works out what each reply counts for. The bare loop
follows the same story through dicts and tuples and adds up points: it knows no conditions, no events, no breath.
The two take turns. Processor time; medians.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from stories import story

from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import read_scenario
from callcalm.core.actions import Choose
from callcalm.core.call import act, offer, start
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.text import Text
from callcalm.intake import Source

ROUNDS = 1_000
GOAL = 10_000

Graph = dict[str, list[tuple[str, int]]]


def main() -> None:
    """Play, and print."""
    beats, runs = [*map(int, sys.argv[1:]), *(1_000, 7)[len(sys.argv) - 1 :]]
    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    source = Source("story.toml", story(beats))
    scenario = read_scenario(source, Text("story"), rulebook, playbooks).scenario
    book = playbooks["core"]
    graph = {
        beat.id: [(reply.goto, sum(book.points(found.move) for found in reply.findings)) for reply in beat.replies]
        for beat in scenario.beats.values()
    }
    took, answers = engine(scenario, book, 0)
    first = ROUNDS / took
    print(f"{beats:,} beats, {len(graph) * 3:,} replies, {answers / ROUNDS:.1f} answers a round")
    ours, bares = [], []
    for run in range(1, runs + 1):
        ours.append(ROUNDS / engine(scenario, book, run)[0])
        bares.append(ROUNDS / bare(scenario.start, graph, run))
    ratio = median(bare / own for bare, own in zip(bares, ours, strict=True))
    print(f"engine   {median(ours):10,.0f} rounds a second (first {first:,.0f}); goal {GOAL:,}")
    print(f"bare     {median(bares):10,.0f} rounds a second: {ratio:.1f} times as many")


def engine(scenario: Scenario, book: Playbook, seed: int) -> tuple[float, int]:
    """Seconds for `ROUNDS` rounds, and their answers."""
    chance = random.Random(seed)
    answers = 0
    began = time.process_time()
    for _ in range(ROUNDS):
        state = start(scenario, book)
        while state.ending is None:
            open_now = [one.reply.key for one in offer(state).replies if not one.locked]
            state = act(state, Choose(chance.choice(open_now))).state
        answers += state.answers
    return time.process_time() - began, answers


def bare(start_at: str, graph: Graph, seed: int) -> float:
    """Seconds for as many walks through the graph."""
    chance = random.Random(seed)
    began = time.process_time()
    for _ in range(ROUNDS):
        at, composure = start_at, 70
        while at in graph and composure > 0:
            at, points = chance.choice(graph[at])
            composure = max(0, min(100, composure + points))
    return time.process_time() - began


if __name__ == "__main__":
    main()
