"""Made-up stories of any size, the same for the same number, for what is measured of the engine and of loading.

A story is laid out in layers: each beat has three replies, one that helps, one that costs and one that does
little, and each leads one layer on. Every beat can be reached; a call takes about ten answers. Replies are
made of few words, and hardly two read the same.
"""

from __future__ import annotations

import random

LAYERS = 10
REPLIES = 3
HELPS = (
    "Thank you for telling me about the {thing}.",
    "I will stay on the {thing} until it is settled.",
    "I am sorry that the {thing} took so long.",
    "What I can do is send the {thing} today.",
    "Two letters about one {thing} would wear anyone out.",
    "Could you tell me what happened to the {thing}?",
)
COSTS = (
    "Why did you send the {thing} so late?",
    "You failed to sign the {thing}.",
    "It is our policy not to touch the {thing}.",
    "You need to calm down about the {thing}.",
    "As I already told you, the {thing} is closed.",
)
PLAIN = (
    "The {thing} is on the second shelf.",
    "I see the {thing} here.",
    "Let me look at the {thing}.",
    "So this is about the {thing}.",
)
QUALITIES = """
blue green yellow white brown grey long short wide narrow thick thin large small heavy light round square first
second third last next previous upper lower inner outer northern southern eastern western printed stamped folded
sealed scanned copied typed bound
"""
THINGS = """
form file letter sheet page card list folder envelope parcel box key lamp chair table window door shelf drawer
cabinet bill receipt ticket label tag stamp photo map chart notebook calendar badge permit licence contract quote
order invoice statement reminder notice survey report record entry sample print cover sleeve binder ledger journal
register index roster schedule agenda
"""
_QUALITIES, _THINGS = QUALITIES.split(), THINGS.split()
MOODS = ("furious", "wary", "hurt", "tired", "angry", "relieved")
HEAD = """\
format = 1
title = "A made-up story"
language = "en"
channel = "phone"
setting = "clinic billing"
level = 2
minutes = 6
teaches = ["own-it"]
brief = "It is long, and nobody wrote it."

[caller]
name = "Maria Alvarez"
address = ["Ms. Alvarez", "Maria"]
wants = "one charge back"
facts = ["charged twice", "third call"]

[start]
beat = "b0"
composure = 70

[endings.settled]
kind = "resolved"
text = "It is settled."
lesson = "If they wait, I say until when."
price = { got = true, priority = 3 }

[endings.refused]
kind = "fair"
text = "It is a fair no."
lesson = "If it is no, I say why."
price = { got = false, fair = 12 }

[endings.gone]
kind = "lost"
text = "The line is dead."
lesson = "If I defend, I stop."
price = { got = false, respect = -6 }

[beats]
"""


def story(beats: int, seed: int = 1) -> str:
    """The text of a scenario file with so many beats."""
    chance = random.Random(seed)
    pieces = [HEAD]
    layers = _layers(beats)
    number = 0
    for depth, width in enumerate(layers):
        below = _targets(chance, number, width, layers[depth + 1] if depth + 1 < len(layers) else 0)
        pieces += [_beat(number + beat, chance, below[REPLIES * beat :][:REPLIES]) for beat in range(width)]
        number += width
    return "".join(pieces)


def _layers(beats: int) -> list[int]:
    """How many beats each layer has: three times the last at first, then even."""
    layers = [1]
    left = beats - 1
    while left > 0:
        room = min(layers[-1] * REPLIES, -(-left // max(1, LAYERS - len(layers))))
        layers.append(min(room, left))
        left -= layers[-1]
    return layers


def _targets(chance: random.Random, first: int, width: int, below: int) -> list[str]:
    """Where the replies of a layer lead, so that every beat of the next is reached."""
    if not below:
        return [chance.choice(("settled", "refused", "gone")) for _ in range(width * REPLIES)]
    start = first + width
    named = [*range(start, start + below)]
    named += [chance.randrange(start, start + below) for _ in range(width * REPLIES - below)]
    chance.shuffle(named)
    return [f"b{number}" for number in named]


def _beat(number: int, chance: random.Random, targets: list[str]) -> str:
    says = [chance.choice(kind).format(thing=_thing(chance)) for kind in (HELPS, COSTS, PLAIN)]
    chance.shuffle(says)
    replies = "".join(
        f'[[beats.b{number}.replies]]\nsay = "{say}"\ngoto = "{target}"\n\n'
        for say, target in zip(says, targets, strict=True)
    )
    asks = f"And the {_thing(chance)}, where is that?"
    return f'[beats.b{number}]\nmood = "{chance.choice(MOODS)}"\ncaller = "{asks}"\n\n{replies}'


def _thing(chance: random.Random) -> str:
    return f"{chance.choice(_QUALITIES)} {chance.choice(_THINGS)}"
