"""A small world for tests: a registry, playbooks and one scenario that uses everything the engine has."""

from __future__ import annotations

from dataclasses import replace

from callcalm.core.condition_parsing import parse
from callcalm.core.model import (
    Beat,
    Caller,
    Channel,
    Ending,
    EndingKind,
    Part,
    Promise,
    Reply,
    Scenario,
    Step,
    Task,
    Tone,
)
from callcalm.core.moves import Effect, Factor, Finding, Mood, Move, Phase, Registry
from callcalm.core.playbook import Playbook, Position, Stance
from callcalm.core.price import PriceSheet
from callcalm.core.text import Text

HOSTILE = "[sighs] [/] [b \x1b[2J \u202eabc\u2028 [link=file:///etc/passwd]x[/] \x9b31m"


def words(text: str) -> dict[str, Text]:
    return {"en": Text(text), "fr": Text(f"{text} (fr)")}


def move(name: str, weight: int, phase: Phase = Phase.EITHER, **price: int) -> Move:
    effect = Effect.HELPS if weight > 0 else Effect.COSTS if weight < 0 else Effect.NEUTRAL
    return Move(
        id=name,
        effect=effect,
        weight=weight,
        name=words(name.replace(".", " ")),
        why=words(f"why {name}"),
        instead=words(f"instead of {name}") if weight < 0 else None,
        sources=("S0-1",),
        phase=phase,
        price={Factor(key): value for key, value in price.items()},
    )


MOVES = [
    move("thank", 3, Phase.HEART, respect=1),
    move("use-name", 2, Phase.HEART, respect=1),
    move("empathy.named", 6, Phase.HEART, involvement=1),
    move("own-it", 6, Phase.HEAD, effort=1, priority=1),
    move("by-when", 4, Phase.HEAD, communication=1),
    move("apology.institution", 3, Phase.HEART, respect=1),
    move("pacer.prepare", 3, Phase.HEART),
    move("pacer.announce", 3, Phase.HEAD),
    move("listen", 2, Phase.HEART, priority=1),
    move("breathe.first", 6),
    move("blame.why-you", -8, respect=-3),
    move("rule-wall", -7, effort=-3),
    move("tone.bright", -5, respect=-2),
    move("cut-in", -6, priority=-2),
    move("breathe.again", -2, priority=-1),
    move("script-repeat", -3, involvement=-1),
    move("name-overuse", -3, respect=-1),
    move("order.mixed", -3),
    move("part.missing", -3),
]
REGISTRY = Registry(
    moves={m.id: m for m in MOVES},
    moods={
        "furious": Mood("furious", words("furious"), hot=True),
        "wary": Mood("wary", words("wary"), hot=False),
    },
)


def playbook(name: str = "core", temptation: bool = True, **stances: Stance) -> Playbook:
    """House rules; `stances` by move id with `.` and `-` written `_` (apology_institution=Stance.FORBID)."""
    by_key = {m.id.replace(".", "_").replace("-", "_"): m.id for m in MOVES}
    why = words(f"{name} says")
    positions = {by_key[key]: Position(stance, why, "S2-6", said_by=name) for key, stance in stances.items()}
    return Playbook(name, words(name), words(f"about {name}"), REGISTRY, positions, temptation)


def found(text: str, *pairs: tuple[str, str]) -> tuple[Finding, ...]:
    """Findings for (words, move) pairs, placed at the first occurrence of the words."""
    return tuple(
        Finding(f"test.{name}", name, text.index(quote), text.index(quote) + len(quote), quote)
        for quote, name in pairs
    )


def reply(key: str, say: str, goto: str, *pairs: tuple[str, str], when: str = "", **rest: object) -> Reply:
    made = Reply(key, Text(say), goto, findings=found(say, *pairs), when=parse(when) if when else None)
    return replace(made, **rest)  # type: ignore[arg-type]  # the fields are Reply's own


def ending(name: str, kind: EndingKind, **price: object) -> Ending:
    sheet = PriceSheet(**price)  # type: ignore[arg-type]  # the fields are PriceSheet's own
    return Ending(name, kind, Text(f"The end: {name}."), Text(f"Lesson of {name}."), sheet)


def scenario(**changes: object) -> Scenario:
    """Opening in three parts, a middle beat, a composed answer, a loop, endings of every kind."""
    beats = [
        Beat(
            "opening",
            "furious",
            (Text("Finally. A human."), Text("I was charged twice."), Text("On the fourteenth of October.")),
            (
                reply("opening/1", "Why did you wait?", "walls", ("Why did you", "blame.why-you")),
                reply(
                    "opening/warm",
                    "Two charges for one scan would upset anyone. I will stay on this.",
                    "heard",
                    ("would upset anyone", "empathy.named"),
                    ("I will stay on this", "own-it"),
                    promises=(Promise(Text("settle it"), Text("16:00"), True, None),),
                    set={"promised": True},
                ),
                reply("opening/3", "It is policy.", "opening", ("policy", "rule-wall")),
                reply("opening/4", "So happy you called!", "heard", tone=Tone.BRIGHT),
                reply("opening/dated", "The fourteenth, you said?", "heard", when="not missed"),
            ),
            otherwise=Step("heard"),
            cut_in=Step(None, {"missed": True}),
        ),
        Beat(
            "walls",
            "furious",
            (Text("Excuse me?"),),
            (
                reply("walls/1", "Thank you for telling me.", "heard", ("Thank you", "thank")),
                reply("walls/2", "It is policy.", "walls", ("policy", "rule-wall")),
                reply("walls/3", "We are done here.", "refused", composure=-4),
            ),
        ),
        Beat(
            "heard",
            "wary",
            (Text("All right. So?"),),
            (
                reply("heard/1", "By four today.", "settled", ("By four today", "by-when"), when="promised"),
                reply("heard/2", "Let me word it.", "wording"),
                reply("heard/3", "I cannot.", "refused", ("I cannot", "rule-wall")),
            ),
        ),
        Beat(
            "wording",
            "wary",
            (Text("Go on."),),
            compose=Task(
                2,
                ("pacer.prepare", "pacer.announce"),
                "settled",
                (
                    Part(Text("It is no."), "pacer.announce"),
                    Part(Text("I wish I had better news."), "pacer.prepare"),
                    Part(Text("It is policy."), None, found("It is policy.", ("policy", "rule-wall"))),
                ),
            ),
            otherwise=Step("refused"),
        ),
    ]
    endings = [
        ending("settled", EndingKind.RESOLVED, got=True, priority=4, respect=4, effort=3),
        ending("refused", EndingKind.FAIR, got=False, fair=12, respect=1),
        ending("hung-up", EndingKind.LOST, got=False, respect=-6, priority=-4),
    ]
    made = Scenario(
        id="test-call",
        title=Text("A test call"),
        language="en",
        channel=Channel.PHONE,
        setting=Text("billing"),
        level=1,
        minutes=3,
        playbook="core",
        teaches=("own-it",),
        brief=Text("Two charges for one scan."),
        caller=Caller(
            Text("Maria Alvarez"),
            (Text("Ms. Alvarez"), Text("Maria")),
            Text("one charge back"),
            (Text("scan on 14 October"), Text("charged twice")),
        ),
        start="opening",
        composure=70,
        vars={"promised": False, "missed": False},
        beats={beat.id: beat for beat in beats},
        endings={one.id: one for one in endings},
        lost="hung-up",
        pressed=(Text("I asked you a question."), Text("Hello?")),
        digest="d1",
        read=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields are Scenario's own
