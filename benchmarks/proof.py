"""What a proof and the chances cost, as stories grow; the solved debrief of the shipped ones; `callcalm lint`.

    python benchmarks/proof.py [RUNS]

The stories are made here, always the same: layers of beats, three replies a beat, some with a condition on
composure or a variable, some that use the name, some beats in parts, some typed ways on, a few replies
that lead back. `bare` is the loop that every such proof has to run at the least, over the same beats and replies:
shift a set of composures, and add it where it leads. Medians of CPU time; milliseconds count on a quiet machine,
ratios to the bare loop always. For whole processes of `callcalm lint` the reference is that of `lint.py`.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lint import BARE, process  # noqa: E402 - beside this file
from stories import story as text_of  # noqa: E402

from callcalm.content.playbooks import load_playbooks  # noqa: E402 - the path comes first: no install is needed
from callcalm.content.registry import Rulebook, load_rulebook  # noqa: E402
from callcalm.content.scenarios import load_scenario  # noqa: E402
from callcalm.core.actions import Breathe, Choose, Compose, Listen  # noqa: E402
from callcalm.core.call import act, offer, start  # noqa: E402
from callcalm.core.condition_parsing import parse  # noqa: E402
from callcalm.core.explore import Player, prove, solve  # noqa: E402
from callcalm.core.model import Beat, Caller, Channel, Ending, EndingKind, Reply, Scenario, Step  # noqa: E402
from callcalm.core.moves import Finding  # noqa: E402
from callcalm.core.playbook import Playbook  # noqa: E402
from callcalm.core.price import PriceSheet  # noqa: E402
from callcalm.core.state import CallState  # noqa: E402
from callcalm.core.text import Text  # noqa: E402

SIZES = (100, 1_000, 10_000)
GOALS = {("proof", 1_000): 50.0, ("chances", 1_000): 250.0}
DEBRIEF = 100.0
SHIPPED = 300.0
LINT = {1_000: 300.0, 10_000: 1_500.0}
"""Bars, in milliseconds."""

ALL = (1 << 101) - 1
CONDITIONS = ("composure >= 40", "composure < 50", "told", "not told", "composure >= 20 and told")
KIND = ("empathy.named", "own-it", "thank", "by-when", "restate", "offer")
COLD = ("rule-wall", "flat-no", "blame.why-you", "defensive", "letterese")


def story(beats: int) -> Scenario:
    """A scenario of so many beats in layers; about 12 to 20 answers from the start to an ending."""
    pick = Random(beats)
    layers = 14
    width = max(1, beats // layers)
    names = [f"b{number}" for number in range(beats)]
    ends = ("settled", "refused", "dropped")
    made = []
    for number, name in enumerate(names):
        layer = number // width

        def onward(layer: int = layer) -> str:
            first = (layer + pick.choice((1, 1, 1, 2))) * width
            return pick.choice(names[first : first + width]) if first < beats else pick.choice(ends)

        replies = []
        for one in range(3):
            to = onward()
            if one == 2 and pick.random() < 0.25:
                to = pick.choice((name, names[max(0, number - pick.randint(1, width))]))
            text, findings = "", []
            for move in pick.sample(KIND if one < 2 else COLD, pick.choice((1, 2))):
                words = f"Words {name} {one} {move.replace('.', ' ')}."
                findings.append(Finding("made", move, len(text), len(text) + len(words), words))
                text += words + " "
            if pick.random() < 0.2:
                findings.append(Finding("made", "use-name", len(text), len(text) + 5, "Maria"))
                text += "Maria."
            replies.append(
                Reply(
                    f"{name}/{one + 1}",
                    Text(text.strip()),
                    to,
                    when=parse(pick.choice(CONDITIONS)) if one != 1 and pick.random() < 0.3 else None,
                    set={"told": pick.random() < 0.7} if pick.random() < 0.05 else {},
                    findings=tuple(findings),
                )
            )
        made.append(
            Beat(
                name,
                "furious" if layer < layers // 2 else "wary",
                (Text("So?"),) * pick.choice((1, 1, 2, 3)),
                tuple(replies),
                otherwise=Step(onward()) if pick.random() < 0.3 else None,
            )
        )
    sheet = PriceSheet(got=False)
    kinds = (EndingKind.RESOLVED, EndingKind.FAIR, EndingKind.LOST)
    return Scenario(
        id=f"made-{beats}",
        title=Text("Made"),
        language="en",
        channel=Channel.PHONE,
        setting=Text("here"),
        level=1,
        minutes=5,
        playbook="core",
        teaches=(),
        brief=Text("…"),
        caller=Caller(Text("Maria"), (), Text("…"), ()),
        start="b0",
        composure=60,
        vars={"told": False},
        beats={beat.id: beat for beat in made},
        endings={
            name: Ending(name, kind, Text("…"), Text("…"), sheet) for name, kind in zip(ends, kinds, strict=True)
        },
        lost="dropped",
        pressed=(Text("…"),),
    )


def bare(scenario: Scenario, playbook: Playbook) -> Callable[[], int]:
    """The bare loop over the beats of a scenario, ready to run; it gives how many beats can be reached."""
    number = {name: index for index, name in enumerate(scenario.beats)}
    edges = [
        [
            (sum(playbook.points(finding.move) for finding in reply.findings), number[reply.goto])
            for reply in beat.replies
            if reply.goto in number
        ]
        for beat in scenario.beats.values()
    ]

    def run() -> int:
        seen = [0] * len(edges)
        seen[0] = 1 << scenario.composure
        todo = [0]
        waiting = {0}
        while todo:
            at = todo.pop()
            waiting.discard(at)
            bits = seen[at]
            for points, to in edges[at]:
                after = (bits << points if points >= 0 else bits >> -points) & ALL
                if after & ~seen[to]:
                    seen[to] |= after
                    if to not in waiting:
                        waiting.add(to)
                        todo.append(to)
        return sum(1 for bits in seen if bits)

    return run


def timed(work: Callable[[], object], runs: int) -> float:
    """The median CPU time of a piece of work, in milliseconds; what was loaded before is not looked at again."""
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return median(times)


def row(name: str, mine: float, other: float, goal: float | None) -> None:
    verdict = "" if goal is None else f"   goal {goal:g} ms  {'ok' if mine <= goal else 'OVER'}"
    print(f"{name:<44}{mine:>10.1f}{other:>9.2f} ms{mine / other:>8.1f}x{verdict}")


def a_call(scenario: Scenario, playbook: Playbook) -> list[CallState]:
    """The states of one random call at which an answer was given."""
    pick = Random(7)
    state = start(scenario, playbook)
    stood = []
    while state.ending is None:
        now = offer(state)
        if now.listen:
            state = act(state, Listen()).state
            continue
        if now.task is not None:
            state = act(state, Compose(tuple(pick.sample(range(len(now.task.parts)), now.task.pick)))).state
            continue
        able = [one.reply.key for one in now.replies if not one.locked]
        stood.append(state)
        state = act(state, Choose(pick.choice(able)) if able else Breathe()).state
    return stood


def debrief(scenario: Scenario, playbook: Playbook, stood: list[CallState]) -> None:
    """What a solved debrief asks: the best reply and the best chance at every answer of a call."""
    odds = solve(scenario, playbook, Player.BEST)
    for state in stood:
        odds.best(state)
        odds.chance(state)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    rulebook = load_rulebook()
    playbooks = load_playbooks(rulebook.registry)
    book = playbooks["core"]
    print(f"medians of {runs}: ours, bare loop, ratio")
    for beats in SIZES:
        made = story(beats)
        rounds = runs if beats < SIZES[-1] else min(runs, 3)
        loop = timed(bare(made, book), rounds)
        proof = prove(made, book)
        reached = sum(1 for bits in proof.beats.values() if bits)
        whole = "complete" if proof.complete else "NOT COMPLETE"
        print(f"{beats:,} beats, {reached:,} reached, {len(proof.graph.nodes):,} nodes, {whole}")
        row("  proof", timed(lambda made=made: prove(made, book), rounds), loop, GOALS.get(("proof", beats)))
        each = {
            player: timed(
                lambda made=made, player=player, proof=proof: solve(made, book, player, proof=proof), rounds
            )
            for player in Player
        }
        row("  chances, all five players", sum(each.values()), loop, GOALS.get(("chances", beats)))
        print("    " + ", ".join(f"{player} {one:.1f}" for player, one in each.items()))
    shipped(rulebook, playbooks)
    processes(min(runs, 3))


def shipped(rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> None:
    """The proof and the solved debrief of every shipped scenario."""
    for path in sorted((ROOT / "scenarios").glob("*/*.toml")):
        scenario = load_scenario(path, rulebook, playbooks)
        own = playbooks[scenario.playbook]
        stood = a_call(scenario, own)
        loop = timed(bare(scenario, own), 3)
        proof = prove(scenario, own)
        print(f"{path.stem}, {len(proof.graph.nodes):,} nodes{'' if proof.complete else ', NOT COMPLETE'}")
        one = timed(lambda scenario=scenario, own=own: prove(scenario, own), 3)
        row("  proof", one, loop, SHIPPED)
        one = timed(lambda scenario=scenario, own=own, stood=stood: debrief(scenario, own, stood), 3)
        row(f"  debrief of {len(stood)} answers, with its proof", one, loop, DEBRIEF)


def processes(runs: int) -> None:
    """Whole processes of `callcalm lint`, which prove every file."""
    with tempfile.TemporaryDirectory() as folder:
        for beats, goal in LINT.items():
            file = Path(folder) / f"story{beats}.toml"
            file.write_text(text_of(beats), encoding="utf-8")
            ours = [sys.executable, "-m", "callcalm", "lint", "--no-cache", "--fail-on", "error", str(file)]
            other = [sys.executable, "-c", BARE, str(file)]
            took = [(process(ours).wall, process(other).wall) for _ in range(runs if beats < SIZES[-1] else 1)]
            mine, theirs = (median(column) * 1000 for column in zip(*took, strict=True))
            row(f"lint of {beats:,} beats, wall clock", mine, theirs, goal)


if __name__ == "__main__":
    main()
