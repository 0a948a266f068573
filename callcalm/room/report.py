"""The handout after a session: turns, votes before and after, what was said, the room's PRICE, what to try next.

Made of plain parts; `report_pages` writes them out. What must not be here: any format, and who took part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from callcalm.core.text import Text
from callcalm.insight.guide import source_name
from callcalm.insight.reread import say_instead
from callcalm.insight.wording import headed, kind_word, reason_words, series, signed
from callcalm.language import _, ngettext, pick
from callcalm.room.hosting import Told
from callcalm.room.pearls import Worked, came_of, rules, worked
from callcalm.room.pricing import RESULT
from callcalm.room.questions import Kind, Question
from callcalm.room.session import Room
from callcalm.room.views import price_view
from callcalm.room.words import key_name, points_words


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a handout: `kind` is h1, h2, h3, p, quote, item or table; a table has `head` and `rows`."""

    kind: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def handout(told: Told) -> tuple[Part, ...]:
    """The whole handout, in the language in use."""
    room = told.room
    return (
        *_head(told),
        *_turns(room),
        *_price(room),
        *_next(room),
        *_sources(room),
    )


def _head(told: Told) -> Iterator[Part]:
    room, header = told.room, told.recorded.header
    scenario = room.round.state.scenario
    yield Part("h1", scenario.title)
    day = header.started.astimezone().strftime("%Y-%m-%d %H:%M")
    people = ngettext("{n} person took part.", "{n} people took part.", room.joined).format(n=room.joined)
    yield Part("p", _("Decided by a room on {day}.").format(day=day) + (f" {people}" if room.joined else ""))
    yield Part(
        "p",
        _("{caller}, {setting}. Wants: {wants}.").format(
            caller=scenario.caller.name, setting=scenario.setting, wants=scenario.caller.wants
        ),
    )
    yield Part("p", _("House rules at the end: {name}.").format(name=pick(room.book.name)))
    if told.notice:
        yield Part("p", told.notice)


def _turns(room: Room) -> Iterator[Part]:
    yield Part("h2", _("Turn by turn"))
    found = {one.asked.number: one for one in worked(room)}
    any_turn = False
    for asked in room.history:
        if not asked.standing or (asked.kind is Kind.PART and asked.number not in found):
            continue
        any_turn = True
        yield from _turn(room, asked, found.get(asked.number))
    if not any_turn:
        yield Part("p", _("Nothing was decided."))
    ending = room.round.state.over
    if ending is not None:
        ended = headed(_("How it ended"))
        yield Part("h3", f"{ended} {kind_word(ending.kind)}")
        yield Part("p", ending.text)
        yield Part("quote", ending.lesson)


def _turn(room: Room, asked: Question, one: Worked | None) -> Iterator[Part]:
    state = room.round.state
    yield Part("h3", _("Question {n}").format(n=asked.number))
    if asked.kind is not Kind.SCHOOLS:
        words = " ".join(state.scenario.beats[asked.beat].caller)
        yield Part("quote", f"{headed(state.scenario.caller.name)} {words}")
    if asked.kind is Kind.SCHOOLS:
        yield Part("p", _("Which house rules do we play by from here on?"))
    votes = _votes(asked)
    if votes is not None:
        yield votes
    if one is None:
        choice = asked.choice(asked.chosen)
        yield Part("p", _("From here on: {name}.").format(name=choice.text if choice else ""))
        return
    registry = room.book.registry
    if any(seen.amount for seen in one.since):
        meanwhile = series(reason_words(seen, registry) for seen in one.since if seen.amount)
        yield Part("p", _("Before that: {reasons}.").format(reasons=meanwhile))
    yield Part("p", came_of(one))
    change = _("Composure {before}, then {after} ({change}).").format(
        before=one.before, after=one.after, change=signed(one.after - one.before)
    )
    counted = [seen for seen in one.reasons if seen.amount]
    why = series(reason_words(seen, registry) for seen in counted)
    yield Part("p", f"{change} {why}." if why else change)
    for seen in counted:
        move = registry.moves.get(seen.move)
        instead = say_instead(move, state.scenario.language) if move and seen.amount < 0 else ""
        if move is not None and instead:
            words = _("Say instead: {words}").format(words=instead)
            yield Part("item", f"{words} [{', '.join(move.sources)}]")


def _votes(asked: Question) -> Part | None:
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
    return Part("table", _("* was played"), ("", _("Answer"), *names), rows)


def _price(room: Room) -> Iterator[Part]:
    price = price_view(room)
    if price is None:
        return
    yield Part("h2", "PRICE")
    if price.got or price.not_got:
        yield Part(
            "p",
            _("The caller got what they needed: {yes} say yes, {no} say no.").format(
                yes=price.got, no=price.not_got
            ),
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
    yield Part("table", "", head, tuple(rows))


def _value(key: str, value: int) -> str:
    return str(value) if key == RESULT else signed(value)


def _next(room: Room) -> Iterator[Part]:
    found = rules(room)
    ending = room.round.state.over
    if not found and ending is None:
        return
    yield Part("h2", _("What to try next"))
    for line, sources in found:
        yield Part("item", f"{line} [{', '.join(sources)}]")
    if ending is not None and not found:
        yield Part("item", ending.lesson)
    yield Part("p", _("Next real call I will …"))


def _sources(room: Room) -> Iterator[Part]:
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
    yield Part("h2", _("Sources"))
    for name, ids in sorted(used.items()):
        told = ", ".join(sorted(ids))
        yield Part("item", f"{headed(told)} {name}" if name else told)


def told_text(part: Part) -> Text:
    """The text of a part on one line."""
    return Text(" ".join(part.text.split()))
