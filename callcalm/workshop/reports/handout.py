"""The handout: an encounter for two people and a sheet of paper, without a computer.

The script gives nothing away: answers are in an order of their own, and what a writer's variables are called is
replaced by letters to tick (`handout_script`). The key stands on its own pages (`handout_key`). What must not be
here: how a form writes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.core.condition import Both, Compare, Condition, Name, Not, OneOf
from callcalm.core.model import Beat, Channel, Kept, Reply, Scenario, Step
from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE, GOT
from callcalm.insight.exports.paper import (
    Block,
    Heading,
    Items,
    NewPage,
    Paper,
    Para,
    Quote,
    Speech,
    Table,
)
from callcalm.insight.wording import (
    channel_word,
    factor_name,
    factor_question,
    headed,
    minutes_words,
    mood_word,
    quoted,
    series,
    signed,
    tone_word,
)
from callcalm.language import _, current
from callcalm.workshop.reports.handout_script import Script


def handout(script: Script, key: tuple[Block, ...]) -> Paper:
    """The whole handout: brief, script, sheet, and on its own pages the `key`."""
    blocks = (*_brief(script), *_script(script), NewPage(), *_sheet(script), NewPage(), *key)
    return Paper(script.scenario.title, current(), blocks)


def _brief(script: Script) -> Iterator[Block]:
    scenario = script.scenario
    yield Heading(1, scenario.title)
    yield Para(
        _("{channel}, {setting}, level {level}, {minutes}").format(
            channel=channel_word(scenario.channel),
            setting=scenario.setting,
            level=scenario.level,
            minutes=minutes_words(scenario.minutes),
        ),
        small=True,
    )
    yield Heading(2, _("Before it begins"))
    yield Para(scenario.brief, lang=script.lang)
    yield Heading(2, _("How to play it"))
    yield Items(tuple(_rules(script)), ordered=True)


def _rules(script: Script) -> Iterator[str]:
    name = script.name
    yield _("Two people: one is {name}, the other answers. {name} holds the script.").format(name=name)
    if script.scenario.channel is Channel.LETTER:
        yield _("Begin at 1. {name} gives the letter to read, or reads it aloud.").format(name=name)
    else:
        yield _("Begin at 1. {name} says what stands there, in the mood that stands beside it.").format(name=name)
    yield _(
        "Whoever answers hears the answers read out, or looks at them, and says one, or something of their own."
    )
    yield _("Then go where it leads: if they say answer 2 and it reads “go to 7”, go on at 7.")
    if script.letters:
        yield _(
            "On a slip of paper keep these letters: {letters}. Tick them when an answer says so; some answers are "
            "open only with a tick, or without."
        ).format(letters=" ".join(script.letters.values()))
    begun = script.marks({name: value for name, value in script.scenario.vars.items() if value is not False}, {})
    if begun:
        yield _("Before you begin: {marks}.").format(marks=series(begun))
    for name_of, opening in script.scenario.openings.items():
        marks = script.marks(dict(opening.set), {})
        way = _("When a promise brings you back here ({how}), begin at {n}").format(
            how=_kept(name_of), n=script.numbers[opening.beat]
        )
        yield f"{headed(way)} {series(marks)}." if marks else f"{way}."
    if _asks_composure(script.scenario):
        yield _(
            "Where an answer depends on composure, {name} counts it with the key, from {n}; else take it as open."
        ).format(name=name, n=script.scenario.composure)
    yield _(
        "At an ending, read it aloud. Then each fills in the sheet as {name} would, apart, and only then turn to "
        "the key."
    ).format(name=name)


def _kept(name: str) -> str:
    """What became of the promise, as an opening is named."""
    known = {
        Kept.KEPT: _("it was kept"),
        Kept.LATE: _("it was kept late"),
        Kept.BROKEN: _("it was broken"),
    }
    return known[Kept(name)] if name in set(Kept) else name


def _asks_composure(scenario: Scenario) -> bool:
    def asks(test: Condition | None) -> bool:
        match test:
            case Name(name):
                return name == "composure"
            case Not(of):
                return asks(of)
            case Both(left, right) | OneOf(left, right) | Compare(_, left, right):
                return asks(left) or asks(right)
        return False

    return any(asks(reply.when) for beat in scenario.beats.values() for reply in beat.replies)


def _script(script: Script) -> Iterator[Block]:
    scenario = script.scenario
    yield Heading(2, _("The script"))
    for name, number in script.numbers.items():
        yield from _beat(script, scenario.beats[name], number)
    yield Heading(2, _("The endings"))
    for name, number in script.endings.items():
        yield Heading(3, _("Ending {n}").format(n=number))
        yield Para(scenario.endings[name].text, lang=script.lang)


def _beat(script: Script, beat: Beat, number: int) -> Iterator[Block]:
    yield Heading(3, str(number))
    who = f"{script.name} ({mood_word(beat.mood, script.playbook.registry)})"
    for at, part in enumerate(beat.caller):
        yield Speech(who if at == 0 else _("{name} goes on").format(name=script.name), part, lang=script.lang)
    if beat.cut_in is not None and len(beat.caller) > 1:
        yield Para(_step(script, _("If they cut in before the end"), beat.cut_in, number))
    if beat.compose is not None:
        yield Para(_("They put {n} of these together, in an order of their own:").format(n=beat.compose.pick))
        yield Items(tuple(part.say for part in beat.compose.parts), ordered=True, lang=script.lang)
        otherwise = _step(script, _("With any others, or another order"), beat.otherwise, number)
        place = script.place(beat.compose.goto)
        yield Para(_("The key says which belong there, in which order: with those, {place}.").format(place=place))
        yield Para(otherwise)
        return
    replies = script.replies(beat)
    yield Items(tuple(_reply(script, reply) for reply in replies), ordered=True)
    if beat.otherwise is not None:
        yield Para(_step(script, _("If they say something else"), beat.otherwise, number))
    elif script.scenario.pressed:
        yield Para(
            _("If what they say answers nothing, say “{words}” and stay at {n}.").format(
                words=script.scenario.pressed[0], n=number
            )
        )


def _reply(script: Script, reply: Reply) -> str:
    tone = f"({tone_word(reply.tone)}) " if reply.tone is not None else ""
    then = [*script.marks(dict(reply.set), dict(reply.add)), script.place(reply.goto)]
    only = [_("only if {condition}").format(condition=script.condition(reply.when))] if reply.when else []
    return f"{tone}{quoted(reply.say)} ({series([*only, *then])})"


def _step(script: Script, what: str, step: Step | None, number: int) -> str:
    stay = _("stay at {n}").format(n=number)
    if step is None:
        return f"{headed(what)} {stay}."
    then = [*script.marks(dict(step.set), dict(step.add)), script.place(step.goto) if step.goto else stay]
    return f"{headed(what)} {series(then)}."


def _sheet(script: Script) -> Iterator[Block]:
    name = script.name
    low, high = FACTOR_RANGE
    scale = _("{low} to {high}").format(low=signed(low), high=signed(high))
    fair = _("{low} to {high}").format(low=FAIR_RANGE[0], high=FAIR_RANGE[1])
    rows = [
        (_("Result"), _("“I got what I wanted or needed.”"), _("yes {points}, no 0").format(points=GOT), "", ""),
        (_("Fair"), _("After a no: “I did not get it, but the outcome was fair.”"), fair, "", ""),
        *((factor_name(factor), factor_question(factor), scale, "", "") for factor in Factor),
        (_("Total"), _("all of it together"), _("−50 to +50"), "", ""),
    ]
    yield Heading(2, _("The PRICE sheet"))
    yield Para(_("Score it as {name} would, having just lived it.").format(name=name))
    heads = (_("Row"), _("What {name} would say").format(name=name), _("Scale"), _("Who answered"), name)
    yield Table(_("Each scores alone; then compare."), heads, tuple(rows))
    yield Quote(_("Next real call I will …"))
