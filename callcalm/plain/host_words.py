"""What a hosted room shows, line by line: the call, the choices, the votes, the schools, PRICE, the notes.

What must not be here: what a line that was typed means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from callcalm.core.moves import Effect
from callcalm.core.text import Text
from callcalm.insight.channel import Ways
from callcalm.insight.wording import headed, level_word, quoted, signed
from callcalm.language import _, ngettext
from callcalm.plain.console import Console
from callcalm.room.notes import ChoiceNote, NotesView, SaidNote
from callcalm.room.pricing import RESULT
from callcalm.room.questions import Choice, Kind
from callcalm.room.views import PriceView, PublicView, SchoolsView, SideView
from callcalm.room.words import key_name, points_words

BAR: Final = 20
"""Most signs in a bar of votes."""


def show_call(console: Console, view: PublicView, known: tuple[Text, ...] = ()) -> None:
    """What stands before the room: what the caller said that is not `known` yet, and the one number."""
    console.say()
    goes_on = len(view.heard) > len(known) and view.heard[: len(known)] == known
    for words in view.heard[len(known) :] if goes_on else view.heard:
        console.say(f"{headed(f'{view.caller} ({view.mood})')} {words}")
    console.say(
        _("Composure {now} of 100, {word} ({change}).").format(
            now=view.composure, word=level_word(view.level), change=signed(view.change)
        )
    )
    if view.more:
        console.say(Ways(view.channel).more(view.more))


def show_played(console: Console, view: PublicView) -> None:
    """What was answered."""
    if view.you:
        console.say(_("You: {words}").format(words=view.you))


def show_choices(console: Console, kind: Kind, choices: tuple[Choice, ...], parts: tuple[str, ...]) -> None:
    """What there is to choose from, each with its letter."""
    if kind is Kind.PART:
        console.say(
            _("The answer so far: {words}").format(words=" ".join(parts)) if parts else _("What comes first?")
        )
        if parts:
            console.say(_("What comes next?"))
    if kind is Kind.SCHOOLS:
        console.say(_("Which house rules do we play by from here on?"))
    for choice in choices:
        line = f"{choice.letter}. {choice.text}"
        console.say(_("{answer} (needs a breath first)").format(answer=line) if choice.locked else line)


def show_votes(console: Console, view: PublicView) -> None:
    """The votes that were revealed, before and after the talk."""
    if view.tally is None:
        return
    if view.before is not None:
        console.say(_("Before the talk:"))
        _show_bars(console, view.before)
        console.say(_("After the talk:"))
    _show_bars(console, view.tally)
    if len(view.leading) > 1:
        console.say(
            _("A tie: {letters}. Name one, or type draw to draw from the seed {seed}.").format(
                letters=", ".join(view.leading), seed=view.draw_seed
            )
        )


def _show_bars(console: Console, tally: Mapping[str, int]) -> None:
    total = sum(tally.values())
    most = max(tally.values(), default=0)
    for letter, votes in tally.items():
        bar = "#" * round(BAR * votes / most) if most else ""
        console.say(f"  {letter} {votes:>3} {bar}".rstrip())
    console.say(ngettext("{n} vote.", "{n} votes.", total).format(n=total))


def show_schools(console: Console, schools: SchoolsView) -> None:
    """The same words under two schools."""
    console.say()
    console.say(
        _("Said: {words}").format(words=quoted(schools.words))
        if schools.given
        else _("It was on offer: {words}").format(words=quoted(schools.words))
    )
    for side in (schools.left, schools.right):
        _show_side(console, side)


def _show_side(console: Console, side: SideView) -> None:
    console.say(
        _("{school}: composure {before}, then {after} ({points}).").format(
            school=side.name, before=side.before, after=side.after, points=signed(side.points)
        )
    )
    for reason in side.reasons:
        why = f" {reason.why}" if reason.why else ""
        name = f"{reason.name} ({signed(reason.points)})"
        console.say("  - " + _("{move}: {stance}").format(move=name, stance=reason.stance) + f".{why}")


def show_price(console: Console, price: PriceView | None) -> None:
    """The room's PRICE, median first, beside the reference, with how many gave what."""
    if price is None:
        console.say(_("Nobody has scored the call."))
        return
    console.say(
        _("The caller got what they needed: {yes} say yes, {no} say no.").format(yes=price.got, no=price.not_got)
    )
    for row in price.rows:
        if row.median is None:
            continue
        counts = ", ".join(
            _("{value}: {n}").format(value=signed(value) if row.key != RESULT else value, n=n)
            for value, n in row.counts.items()
        )
        console.say(
            _("{factor}: the room {median} (median), reference {reference}. {counts}").format(
                factor=key_name(row.key),
                median=points_words(row.median),
                reference=signed(row.reference),
                counts=counts,
            )
        )


def show_said(console: Console, said: tuple[SaidNote, ...]) -> None:
    """The answers that were called out, with what the coach sees in each."""
    for one in said:
        console.say(f"{one.number}. {one.text} ({signed(one.change)})")
        for mark in one.marks:
            effect = _("helps") if mark.effect is Effect.HELPS else _("costs")
            console.say(f"   {headed(effect)} {quoted(one.text[mark.start : mark.end])}, {mark.name}")


def show_notes(console: Console, notes: NotesView) -> None:
    """The facilitator's notes: what each choice does, or the debrief's script."""
    if notes.page is not None:
        for line in notes.page.script:
            console.say(f"- {line}")
        return
    for choice in notes.choices:
        _show_note(console, choice)
    if not notes.choices:
        console.say(_("There is nothing to note here."))


def _show_note(console: Console, choice: ChoiceNote) -> None:
    letter = f"{choice.letter}." if choice.letter else _("(not shown)")
    best = " " + _("Model answer.") if choice.best else ""
    console.say(f"{letter} {choice.text} ({signed(choice.change)}){best}")
    for move in choice.moves:
        words = f"{headed(quoted(move.quote))} " if move.quote else ""
        console.say(f"   {words}{move.name} ({signed(move.points)}) [{', '.join(move.sources)}]")
        if move.instead:
            console.say(_("   say instead: {words}").format(words=move.instead))
    if choice.then:
        console.say(_("   then: {words}").format(words=choice.then))
