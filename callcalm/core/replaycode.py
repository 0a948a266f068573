"""Replay codes: a round in one line that can be read, mailed and typed.

``cc1:lost-referral:3f2a9c1b:core:0:steady.L.in-front.P3-1`` is the scenario, the first letters of its digest, the
house rules, the seed, and what the player did: replies by id or number, ``L`` to listen, ``X`` to cut in, ``B`` to
breathe, ``P2-1`` for parts, ``T…`` for own words. A call that a promise brought back has its opening after the
scenario, ``back-by-four/broken``. Notes are the player's own and stay out.

What must not be here: playing a code, and where scenarios are.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.model import CheckStep
from callcalm.core.records import dataclass
from callcalm.core.round import Round
from callcalm.core.saying import Saying, saying
from callcalm.core.text import safe

LONGEST_CODE: Final = 50_000
"""Longest code that is read, in characters."""

MOST_STEPS: Final = 1_000

_VERSION: Final = "cc1"
_FIELDS: Final = 6
_DIGEST: Final = 8
_DEEDS: Final = {"L": "listen", "X": "cut-in", "B": "breathe"}
_LETTERS: Final = {deed: letter for letter, deed in _DEEDS.items()}
_REPLY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_PARTS: Final = re.compile(r"P[1-9][0-9]?(?:-[1-9][0-9]?){0,8}")
_HEX: Final = re.compile(r"[0-9a-f]{0,16}")


class BadCode(ValueError):
    """A code that cannot be read; `why` says which part of it and why, `str()` says it in English."""

    def __init__(self, why: Saying) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class ReplayCode:
    """What a code holds. `digest` are the first letters of the scenario's digest, `steps` what the player did.

    `opening` names the scenario's opening that the call began by; empty for the plain start.
    """

    scenario: str
    digest: str
    playbook: str
    seed: int
    steps: tuple[CheckStep, ...]
    opening: str = ""

    def fits(self, digest: str) -> bool:
        """Whether a scenario of this digest is, letter for letter, the one that was played."""
        return digest.startswith(self.digest)


def code_of(played: Round) -> ReplayCode:
    """A round as it stands, as a code; it needs no ending."""
    opening = played.opening
    scenario = opening.scenario
    steps = tuple(step for action in played.actions if (step := step_of(action)) is not None)
    rules = opening.playbook.id
    return ReplayCode(scenario.id, scenario.digest[:_DIGEST], rules, opening.seed, steps, played.way_in)


def step_of(action: Action) -> CheckStep | None:
    """An action as a step of a check or code; None for a note."""
    match action:
        case Choose(reply):
            return CheckStep("reply", reply=reply.partition("/")[2])
        case Say(text):
            return CheckStep("say", say=text)
        case Compose(parts):
            return CheckStep("compose", parts=parts)
        case Listen():
            return CheckStep("listen")
        case CutIn():
            return CheckStep("cut-in")
        case Breathe():
            return CheckStep("breathe")
    return None


def encode(code: ReplayCode) -> str:
    """The code as one line without spaces.

    >>> encode(ReplayCode("two-bills", "3f2a", "core", 0, (CheckStep("listen"), CheckStep("reply", "own-it"))))
    'cc1:two-bills:3f2a:core:0:L.own-it'
    """
    steps = ".".join(map(_encode_step, code.steps))
    # A name holds no slash once it is quoted, so the first one parts the two.
    played = "/".join(_quoted(part) for part in (code.scenario, code.opening) if part)
    head = (_VERSION, played, code.digest, _quoted(code.playbook), str(code.seed))
    return ":".join((*head, steps))


def decode(text: str) -> ReplayCode:
    """The code in a line; white space around and inside it is ignored, as mail programs break long lines.

    Raises:
        BadCode: with the part that cannot be read.
    """
    if len(text) > LONGEST_CODE:
        raise BadCode(saying("it is longer than {most} characters", most=LONGEST_CODE))
    fields = "".join(text.split()).split(":")
    if fields[0] != _VERSION:
        raise BadCode(saying("a replay code begins with “{start}:”", start=_VERSION))
    if len(fields) != _FIELDS:
        why = saying(
            "it should have {wanted} parts with “:” between them, and has {n}", wanted=_FIELDS, n=len(fields)
        )
        raise BadCode(why)
    _version, scenario, digest, playbook, seed, steps = fields
    if not scenario or not playbook:
        raise BadCode(saying("it names no house rules") if scenario else saying("it names no scenario"))
    if not _HEX.fullmatch(digest):
        raise BadCode(saying("its third part should be the beginning of a digest, such as 3f2a9c1b"))
    if not (seed.isascii() and seed.isdecimal() and len(seed) <= 10):  # noqa: PLR2004 - no seed has more digits
        raise BadCode(saying("its fifth part should be a seed, a whole number"))
    words = steps.split(".") if steps else []
    if len(words) > MOST_STEPS:
        raise BadCode(saying("it has more than {most} steps", most=MOST_STEPS))
    decoded = tuple(_decode_step(word, number) for number, word in enumerate(words, 1))
    scenario, _slash, opening = map(_unquoted, scenario.partition("/"))
    return ReplayCode(scenario, digest, _unquoted(playbook), int(seed), decoded, opening)


def _encode_step(step: CheckStep) -> str:
    if step.kind == "reply":
        return step.reply
    if step.kind == "say":
        return "T" + _quoted(step.say)
    if step.kind == "compose":
        return "P" + "-".join(str(part + 1) for part in step.parts)
    return _LETTERS[step.kind]


def _decode_step(word: str, number: int) -> CheckStep:
    if word in _DEEDS:
        return CheckStep(_DEEDS[word])
    if word.startswith("T") and len(word) > 1:
        return CheckStep("say", say=_unquoted(word[1:]))
    if _PARTS.fullmatch(word):
        return CheckStep("compose", parts=tuple(int(part) - 1 for part in word[1:].split("-")))
    if _REPLY.fullmatch(word):
        return CheckStep("reply", reply=word)
    shown = safe(word, multiline=False)[:40]
    raise BadCode(saying("step {n}, “{word}”, is none; perhaps the code is not whole", n=number, word=shown))


def _quoted(text: str) -> str:
    """Letters, digits, - and _ as they are, all else in percent form, so that “.” and “:” part the fields."""
    return quote(text, safe="").replace(".", "%2E").replace("~", "%7E")


def _unquoted(text: str) -> str:
    return safe(unquote(text, errors="replace"), multiline=False)
