"""The handout after a session: turns, votes before and after, what was said, the room's PRICE, what to try next.

Made of blocks that any form can write. What must not be here: a form, and who took part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from callcalm.core.composure import Seen
from callcalm.insight.exports.paper import Block, Heading, Items, Paper, Para, Quote, Speech, Table
from callcalm.insight.guide import source_name
from callcalm.insight.reread import say_instead
from callcalm.insight.wording import headed, kind_word, reason_words, series, signed
from callcalm.language import _, current, ngettext, pick
from callcalm.room.hosting import Told
from callcalm.room.notes import model_answer
from callcalm.room.pearls import Worked, came_of, rules, worked
from callcalm.room.pricing import RESULT
from callcalm.room.questions import Kind, Question
from callcalm.room.session import Room
from callcalm.room.views import price_view
from callcalm.room.words import key_name, points_words


def handout(told: Told) -> Paper:
    """The whole handout, in the language in use."""
    room = told.room
    blocks = (
        *_head(told),
        *_turns(room),
        *_price(room),
        *_next(room),
        *_sources(room),
    )
    return Paper(room.round.state.scenario.title, current(), blocks)


def _head(told: Told) -> Iterator[Block]:
    room, header = told.room, told.recorded.header
    scenario = room.round.state.scenario
    yield Heading(1, scenario.title)
    day = header.started.astimezone().strftime("%Y-%m-%d %H:%M")
    people = ngettext("{n} person took part.", "{n} people took part.", room.joined).format(n=room.joined)
    yield Para(_("Decided by a room on {day}.").format(day=day) + (f" {people}" if room.joined else ""))
    yield Para(
        _("{caller}, {setting}. Wants: {wants}.").format(
            caller=scenario.caller.name, setting=scenario.setting, wants=scenario.caller.wants
        )
    )
    yield Para(_("House rules at the end: {name}.").format(name=pick(room.book.name)))
    if told.notice:
        yield Para(told.notice)


def _turns(room: Room) -> Iterator[Block]:
    yield Heading(2, _("Turn by turn"))
    found = {one.asked.number: one for one in worked(room)}
    any_turn = False
    for asked in room.history:
        if not asked.standing or (asked.kind is Kind.PART and asked.number not in found):
            continue
        any_turn = True
        yield from _turn(room, asked, found.get(asked.number))
    if not any_turn:
        yield Para(_("Nothing was decided."))
    ending = room.round.state.over
    if ending is not None:
        ended = headed(_("How it ended"))
        yield Heading(3, f"{ended} {kind_word(ending.kind)}")
        yield Para(ending.text, lang=_lang(room))
        yield Quote(ending.lesson, lang=_lang(room))
    elif any_turn:
        yield Para(_("The session ended before the call did."))


def _turn(room: Room, asked: Question, one: Worked | None) -> Iterator[Block]:
    state = room.round.state
    yield Heading(3, _("Question {n}").format(n=asked.number))
    if asked.kind is not Kind.SCHOOLS:
        words = " ".join(state.scenario.beats[asked.beat].caller)
        yield Speech(state.scenario.caller.name, words, lang=_lang(room))
    else:
        yield Para(_("Which house rules do we play by from here on?"))
    votes = _votes(asked)
    if votes is not None:
        yield votes
    if one is None:
        choice = asked.choice(asked.chosen)
        yield Para(_("From here on: {name}.").format(name=choice.text if choice else ""))
        return
    registry = room.book.registry
    if any(seen.amount for seen in one.since):
        meanwhile = series(reason_words(seen, registry) for seen in one.since if seen.amount)
        yield Para(_("Before that: {reasons}.").format(reasons=meanwhile))
    yield Para(came_of(one))
    change = _("Composure {before}, then {after} ({change}).").format(
        before=one.before, after=one.after, change=signed(one.after - one.before)
    )
    counted = [seen for seen in one.reasons if seen.amount]
    why = series(reason_words(seen, registry) for seen in counted)
    yield Para(f"{change} {why}." if why else change)
    yield from _instead(room, counted)
    yield from _better(room, one)


def _instead(room: Room, counted: list[Seen]) -> Iterator[Block]:
    """What to say instead of what cost."""
    lines = []
    for seen in counted:
        move = room.book.registry.moves.get(seen.move)
        instead = say_instead(move, _spoken(room)) if move and seen.amount < 0 else ""
        if move is not None and instead:
            words = _("Say instead: {words}").format(words=instead)
            lines.append(f"{words} [{', '.join(move.sources)}]")
    if lines:
        yield Items(tuple(lines))


def _better(room: Room, one: Worked) -> Iterator[Block]:
    """The answer on offer that earned most, where another was given."""
    best = model_answer(room, one)
    if best is not None and best.text != one.words and best.change > one.after - one.before:
        line = _("What would have earned most: “{words}” ({change})")
        yield Para(line.format(words=best.text, change=signed(best.change)))


def _spoken(room: Room) -> str:
    return room.round.state.scenario.language


def _lang(room: Room) -> str:
    """The language of the encounter, where it is not the handout's."""
    return "" if _spoken(room) == current() else _spoken(room)


def _votes(asked: Question) -> Table | None:
    """The votes on a question, each attempt in a column; None if nobody voted."""
    tallies: list[Mapping[str, int]] = [*asked.earlier, asked.ballot.tally]
    if not any(any(tally.values()) for tally in tallies):
        return None
    names = [_("Votes")] if len(tallies) == 1 else [_("First vote"), *[_("After the talk")] * (len(tallies) - 1)]
    rows = tuple(
        (
            choice.letter + (" *" if choice.letter == asked.chosen else ""),
            choice.text,
            *(str(tally.get(choice.letter, 0)) for tally in tallies),
        )
        for choice in asked.choices
    )
    return Table(_("Votes; * marks what was played"), (_("Letter"), _("Answer"), *names), rows)


def _price(room: Room) -> Iterator[Block]:
    price = price_view(room)
    if price is None:
        return
    yield Heading(2, "PRICE")
    if price.got or price.not_got:
        yield Para(
            _("The caller got what they needed: {yes} say yes, {no} say no.").format(
                yes=price.got, no=price.not_got
            )
        )
    rows = []
    for row in price.rows:
        if row.median is None:
            continue
        values = [value for value, n in row.counts.items() if n]
        spread = ", ".join(f"{headed(_value(row.key, value))} {n}" for value, n in row.counts.items())
        between = _("{low} to {high}").format(low=_value(row.key, min(values)), high=_value(row.key, max(values)))
        rows.append((key_name(row.key), points_words(row.median), signed(row.reference), between, spread))
    head = (_("Factor"), _("Median of the room"), _("Reference"), _("From, to"), _("How many gave what"))
    if rows:
        yield Table(_("The room’s PRICE"), head, tuple(rows))


def _value(key: str, value: int) -> str:
    return str(value) if key == RESULT else signed(value)


def _next(room: Room) -> Iterator[Block]:
    found = rules(room)
    ending = room.round.state.over
    if not found and ending is None:
        return
    yield Heading(2, _("What to try next"))
    lines = [f"{line} [{', '.join(sources)}]" for line, sources in found]
    if ending is not None and not found:
        lines.append(ending.lesson)
    yield Items(tuple(lines))
    yield Para(_("Next real call I will …"))


def _sources(room: Room) -> Iterator[Block]:
    """The sources of everything that counted, by the teaching they come from."""
    registry = room.book.registry
    used: dict[str, list[str]] = {}
    for seen in room.round.state.seen:
        move = registry.moves.get(seen.move)
        for source in move.sources if move else ():
            ids = used.setdefault(source_name(source), [])
            if source not in ids:
                ids.append(source)
    if not used:
        return
    yield Heading(2, _("Sources"))
    told = [(", ".join(sorted(ids)), name) for name, ids in sorted(used.items())]
    yield Items(tuple(f"{headed(ids)} {name}" if name else ids for ids, name in told))
