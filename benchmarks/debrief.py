"""What the solved debrief costs: every shipped encounter, a random call of it, from nothing to all its turns.

    python benchmarks/debrief.py [RUNS]

`bare` is the loop of `benchmarks/proof.py`: shift a set of composures over every reply, and add it where it leads.
Medians of CPU time; milliseconds count on a quiet machine, ratios to the bare loop always.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from proof import bare, timed  # noqa: E402 - beside this file

from callcalm.content.playbooks import load_playbooks  # noqa: E402 - the path comes first: no install is needed
from callcalm.content.registry import load_rulebook  # noqa: E402
from callcalm.content.scenarios import load_scenario  # noqa: E402
from callcalm.core.actions import Action, Breathe, Choose, Compose, Listen  # noqa: E402
from callcalm.core.call import offer  # noqa: E402
from callcalm.core.explore.hopes import hopes  # noqa: E402
from callcalm.core.round import Round, begin  # noqa: E402
from callcalm.core.state import CallState  # noqa: E402
from callcalm.insight.debrief import debrief  # noqa: E402

GOAL = 100.0
"""Milliseconds, for the largest shipped encounter."""


def a_round(fresh: Round) -> Round:
    """A random call, always the same, played to its end."""
    pick = Random(7)
    while fresh.state.ending is None:
        fresh = fresh.take(_any(fresh.state, pick))
    return fresh


def _any(state: CallState, pick: Random) -> Action:
    now = offer(state)
    if now.listen:
        return Listen()
    if now.task is not None:
        return Compose(tuple(pick.sample(range(len(now.task.parts)), now.task.pick)))
    able = [one.reply.key for one in now.replies if not one.locked]
    return Choose(pick.choice(able)) if able else Breathe()


def main() -> None:
    """Measure, and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    books = tuple(playbooks.values())
    print(f"medians of {runs}: graph, whole debrief, bare loop, ratio")
    slowest = 0.0
    for path in sorted((ROOT / "scenarios").glob("*/*.toml")):
        scenario = load_scenario(path, rulebook, playbooks)
        own = playbooks[scenario.playbook]
        played = a_round(begin(scenario, own))
        loop = timed(bare(scenario, own), runs)
        graph = timed(lambda scenario=scenario, own=own: hopes(scenario, own), runs)
        whole = timed(lambda played=played: debrief(played, books), runs)
        slowest = max(slowest, whole)
        verdict = "ok" if whole <= GOAL else "OVER"
        print(f"{path.stem:<22}{graph:>8.1f}{whole:>8.1f}{loop:>8.2f} ms{whole / loop:>8.0f}x  {verdict}")
    print(f"slowest {slowest:.1f} ms, goal {GOAL:g}")


if __name__ == "__main__":
    main()
