"""Random small scenarios that use everything the engine has, and random players for them."""

from __future__ import annotations

from itertools import permutations
from random import Random

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.call import act, offer, start
from callcalm.core.condition import Value
from callcalm.core.condition_parsing import parse
from callcalm.core.model import Beat, EndingKind, Opening, Part, Reply, Scenario, Step, Task, Tone
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState
from callcalm.core.text import Text
from tests.support import ending, found, playbook, scenario

BITS = (
    ("I wish it were otherwise.", "empathy.named"),
    ("I will see to it.", "own-it"),
    ("Thank you.", "thank"),
    ("It is policy.", "rule-wall"),
    ("Why did you wait?", "blame.why-you"),
    ("Ms. Alvarez.", "use-name"),
    ("By four.", "by-when"),
    ("Right.", None),
    ("Hm.", None),
)
WHEN = (
    "composure >= 40", "composure < 60", "flag", "not flag", "count >= 2", "count < 1 or composure > 70",
    "flag and count == 1",
)  # fmt: skip


def random_story(seed: int, beats: int = 5) -> Scenario:
    """A scenario of so many beats; loops, conditions, a ranged variable, sentences said again, composing."""
    pick = Random(seed)
    names = [f"b{number}" for number in range(beats)]
    ends = ["settled", "refused", "hung-up"]
    temptation = pick.random()

    def target(number: int) -> str:
        if pick.random() < 0.2:
            return pick.choice(names)
        return pick.choice([*names[number + 1 : number + 3], pick.choice(ends)])

    def change() -> dict[str, object]:
        made: dict[str, object] = {}
        if pick.random() < 0.25:
            made["set"] = {"flag": pick.random() < 0.6}
        if pick.random() < 0.25:
            made["add"] = {"count": pick.choice((1, 1, -1, 2))}
        return made

    def words() -> tuple[str, list[tuple[str, str]]]:
        bits = pick.sample(BITS, pick.randint(1, 3))
        text = " ".join(bit for bit, _ in bits)
        return text, [(bit, move) for bit, move in bits if move]

    made: list[Beat] = []
    for number, name in enumerate(names):
        caller = tuple(Text(f"Part {part}.") for part in range(pick.choice((1, 1, 2, 3))))
        cut = None
        if len(caller) > 1 and pick.random() < 0.6:
            cut = Step(pick.choice((None, target(number))), **change())  # type: ignore[arg-type]
        otherwise = None
        if pick.random() < 0.4:
            otherwise = Step(pick.choice((None, target(number))), **change())  # type: ignore[arg-type]
        compose = None
        replies: list[Reply] = []
        if pick.random() < 0.15:
            parts = []
            for move in ("pacer.prepare", "pacer.announce", None, None):
                text, pairs = words()
                parts.append(Part(Text(text), move, found(text, *pairs)))
            compose = Task(2, ("pacer.prepare", "pacer.announce"), target(number), tuple(parts))
        else:
            for one in range(pick.randint(1, 4)):
                text, pairs = words()
                replies.append(
                    Reply(
                        f"{name}/{one + 1}",
                        Text(text),
                        target(number),
                        when=parse(pick.choice(WHEN)) if pick.random() < 0.3 else None,
                        tone=pick.choice((None, Tone.BRIGHT)),
                        composure=pick.choice((0, 0, -30, 20, -9)),
                        findings=found(text, *pairs),
                        **change(),  # type: ignore[arg-type]
                    )
                )
        made.append(
            Beat(
                name,
                pick.choice(("furious", "wary")),
                caller,
                tuple(replies),
                otherwise,
                compose,
                cut,
                temptation > 0.7,
            )
        )
    openings = {}
    for name in pick.sample(("kept", "late", "broken"), pick.choice((0, 1, 2))):
        differs: dict[str, Value] = {"flag": pick.random() < 0.5} if pick.random() < 0.6 else {}
        openings[name] = Opening(pick.choice(names), differs)
    return scenario(
        start="b0",
        openings=openings,
        composure=pick.choice((70, 40, 24, 10, 100)),
        beats={beat.id: beat for beat in made},
        vars={"flag": False, "count": 0},
        ranges={"count": (0, 3)},
        endings={
            "settled": ending("settled", EndingKind.RESOLVED, got=True),
            "refused": ending("refused", EndingKind.FAIR, got=False),
            "hung-up": ending("hung-up", EndingKind.LOST, got=False),
        },
    )


def rules(seed: int) -> Playbook:
    """House rules for a seed: most of them tempt a brittle player."""
    return playbook(temptation=seed % 4 != 0)


def doable(state: CallState, *, typed: bool = True) -> list[Action]:
    """All that the proof lets a player do at a state; of composed answers every one."""
    now = offer(state)
    if now.listen:
        return [Listen(), CutIn()]
    if now.task is not None:
        return [Compose(parts) for parts in permutations(range(len(now.task.parts)), now.task.pick)]
    done: list[Action] = [Choose(one.reply.key) for one in now.replies if not one.locked]
    if any(one.locked for one in now.replies):
        done.append(Breathe())
    if typed and state.here.otherwise is not None:
        done.append(Say(Text("…")))
    return done


def played(
    story: Scenario, book: Playbook, pick: Random, *, typed: bool = True, opening: str = ""
) -> list[CallState]:
    """Every state of a random call, until it is over or nothing is left to do."""
    states = [start(story, book, opening=opening)]
    while states[-1].ending is None and (able := doable(states[-1], typed=typed)):
        states.append(act(states[-1], pick.choice(able)).state)
    return states
