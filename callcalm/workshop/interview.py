"""The questions of `callcalm new`: which comes next, what it takes, and what stands in for no answer.

Answers are a dict by key, in the order given; the question to ask is the first that has none, so going back is
dropping the last, and going on another day is keeping the dict. What must not be here: lines in and out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from callcalm.core.model import Channel, EndingKind
from callcalm.core.text import Text, safe
from callcalm.language import _
from callcalm.workshop.asking import Answers, Kind, NotTaken, Question, take
from callcalm.workshop.ears import hear
from callcalm.workshop.exchanges import MOST_TURNS, exchange
from callcalm.workshop.fitting import LONGEST_REPLY, parts
from callcalm.workshop.words import Words, words

MOST_FACTS: Final = 12
MOST_NAMES: Final = 6


def next_question(answers: Mapping[str, str], interface: str) -> Question | None:
    """The first question without an answer; None when all are answered."""
    return next((question for question in questions(answers, interface) if question.key not in answers), None)


def resumed(saved: Mapping[str, object], interface: str) -> Answers:
    """The saved answers that the questions still take, from the first on."""
    answers: Answers = {}
    while (question := next_question(answers, interface)) is not None:
        raw = saved.get(question.key)
        if not isinstance(raw, str) or not raw:
            break
        try:
            answers[question.key] = take(question, raw)
        except NotTaken:
            break
    return answers


def remark(key: str, answers: Mapping[str, str], interface: str) -> Text:
    """What the coach has to say on the answer just given, in the language of the interface; empty for most."""
    if not key.endswith((".you", ".should", "closing")):
        return Text("")
    lang = answers["lang"]
    # What it answers is heard as well, as in the file: who says it back has listened.
    turn = key.rpartition(".")[0]
    before = answers.get(f"{turn}.they" if turn else f"turn-{turns(answers)}.then", "")
    heard = hear(answers[key], lang, addresses(answers), said_by_caller(before))
    return safe(heard.told(words(interface)), multiline=False)


def addresses(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The forms of the name that the player may use."""
    forms = [part.strip() for part in answers.get("address", "").split(";")]
    return tuple(form for form in dict.fromkeys(forms) if form)[:MOST_NAMES]


def facts(answers: Mapping[str, str]) -> list[str]:
    """What had happened, fact by fact: one a line, or several with ; between them, as the forms of the name."""
    lines = [line.strip() for line in answers.get("facts", "").split("\n")]
    apart = [part.strip() for line in lines for part in line.split(";") if part.strip()]
    return apart if 0 < len(apart) <= MOST_FACTS else lines


def turns(answers: Mapping[str, str]) -> int:
    """How many exchanges were told."""
    return next((n for n in range(1, MOST_TURNS + 1) if answers.get(f"turn-{n}.more") != "yes"), MOST_TURNS)


def questions(answers: Mapping[str, str], interface: str) -> Iterator[Question]:
    """All questions, as far as the answers so far say which there are."""
    yield Question(
        "lang",
        _("In which language shall the encounter be written?"),
        Kind.CHOICE,
        default=interface,
        choices=(("en", "English"), ("fr", "français")),
    )
    if "lang" not in answers:
        return
    # First, for what is asked for next, and the examples, are of that channel.
    channels = {"phone": _("by phone"), "in-person": _("face to face"), "letter": _("by letter or e-mail")}
    yield Question(
        "channel",
        _("How did it reach you?"),
        Kind.CHOICE,
        default="phone",
        choices=tuple((str(channel), channels[channel]) for channel in Channel),
    )
    if "channel" not in answers:
        return
    told = words(answers["lang"]).on(answers["channel"])
    yield from _about(answers, told)
    for number in range(1, MOST_TURNS + 1):
        yield from exchange(number, answers, told, interface, addresses(answers))
        if answers.get(f"turn-{number}.more") != "yes":
            break
    yield from _end(answers, told)


def _about(answers: Mapping[str, str], told: Words) -> Iterator[Question]:
    yield _line("title", _("What shall the encounter be called?"), told)
    yield _line("setting", _("Where do you work, in a few words?"), told)
    yield _line("name", _("Who was it? First and last name; better an invented one."), told, most=80)
    name = answers.get("name", "")
    yield Question(
        "address",
        _("How would you address them? Several forms with ; between them."),
        example=told("examples.address"),
        default=name,
        most=80,
    )
    yield _line("wants", _("What did they want, in a phrase?"), told, most=200)
    yield Question(
        "facts",
        _("What had happened? One fact a line, as good notes would have it."),
        Kind.LINES,
        told("examples.facts"),
        told("defaults.fact"),
        120,
        MOST_FACTS,
    )
    known = facts(answers)
    brief = told("defaults.brief", facts=", ".join(fact.rstrip(".") for fact in known))
    yield Question(
        "brief",
        _("What did you know before you read it?")
        if answers["channel"] == "letter"
        else _("What did you know before it began?"),
        Kind.LINES,
        told("examples.brief"),
        brief if len(brief) <= LONGEST_REPLY else told("defaults.brief", facts=known[0].rstrip(".")),
        600,
        3,
    )


def _end(answers: Mapping[str, str], told: Words) -> Iterator[Question]:
    kinds = {
        "resolved": _("they got what they needed"),
        "fair": _("a no that was fairly made"),
        "unresolved": _("nothing was settled"),
        "lost": _("it broke off"),
    }
    closing = told("defaults.closing", name=next(iter(addresses(answers)), answers.get("name", "")))
    yield Question(
        "closing",
        _("What would have been good last words: what will you do, and by when?"),
        example=told("examples.closing"),
        default=closing,
        most=LONGEST_REPLY,
    )
    yield Question(
        "end.kind",
        _("How did it really end?"),
        Kind.CHOICE,
        default="unresolved",
        choices=tuple((str(kind), kinds[kind]) for kind in EndingKind),
    )
    for key, text in (
        ("as-it-was", _("Tell that end in a sentence or two.")),
        ("better", _("And how could it have ended?")),
    ):
        ended = answers.get("end.kind") if key == "as-it-was" else None
        usual = f"{key}-{ended}" if ended in {EndingKind.RESOLVED, EndingKind.FAIR} else key
        default = told(f"defaults.{usual}", name=answers.get("name", ""))
        yield Question(f"end.{key}", text, Kind.LINES, told(f"examples.{key}"), default, 500, 3)
    yield Question(
        "lesson",
        _("What do you take from it? Best as a rule: if …, then I …"),
        example=told("examples.lesson"),
        default=told("defaults.lesson"),
        most=400,
    )


def _line(key: str, text: str, told: Words, most: int = 60) -> Question:
    name = key.rpartition(".")[2]
    return Question(key, text, example=told(f"examples.{name}"), default=told(f"defaults.{name}"), most=most)


def said_by_caller(text: str) -> list[Text]:
    """What the caller says in an answer of several lines: each line is a part, a long one several."""
    found = [part for line in text.split("\n") for part in parts(line)[0]]
    return found[:12]
