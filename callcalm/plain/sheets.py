"""The re-read, the PRICE sheet, the reveal and the transfer line, line by line."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.moves import Effect, Factor
from callcalm.core.playbook import Playbook
from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE, PriceSheet
from callcalm.core.replaycode import code_of, encode
from callcalm.insight.channel import Ways
from callcalm.insight.reread import Answer, reread
from callcalm.insight.reveal import Moment, Reveal, reveal
from callcalm.insight.wording import (
    factor_name,
    factor_question,
    gap_words,
    headed,
    phase_word,
    quoted,
    reason_words,
    signed,
    speaker,
)
from callcalm.language import _, ngettext
from callcalm.plain.console import Console
from callcalm.plain.trouble import Saving
from callcalm.practice.round import Practice, Stage


def show_reread(console: Console, practice: Practice, saving: Saving) -> None:
    """The call again from the caller's side, then on to the sheet."""
    console.say()
    console.say(Ways(practice.round.state.scenario.channel).again)
    for answer in reread(practice.round):
        _show_answer(console, practice, answer)
    saving.report()
    practice.go(Stage.PRICE)


def fill_sheet(console: Console, practice: Practice, saving: Saving) -> None:
    """Ask for the self sheet until it is confirmed; then it is locked."""
    name = practice.round.state.scenario.caller.name
    console.say()
    console.say(_("PRICE: score the call as {name} would, having just lived it.").format(name=name))
    while practice.own is None:
        practice.sketch(_asked_sheet(console))
        total = signed(practice.draft.total)
        console.say(_("Your total: {total}, on a scale from −50 to +50.").format(total=total))
        if console.yes(_("Confirm? Once confirmed it stays. y, or n to score again."), default=True):
            practice.confirm()
        saving.report()


def show_reveal(console: Console, practice: Practice, saving: Saving, playbooks: Iterable[Playbook]) -> None:
    """Your sheet beside the reference, and the words behind it."""
    from callcalm.plain.debrief import Debriefing  # noqa: PLC0415  (a round that is left before needs no solving)

    books = tuple(playbooks)
    shown = reveal(practice.round, practice.own or PriceSheet(), books)
    console.say()
    console.say(_("The reveal: what the ending and your words support."))
    for row in shown.rows:
        console.say(
            _("{factor}: you {own}, reference {reference}; {gap}.").format(
                factor=row.name, own=signed(row.own), reference=signed(row.reference), gap=gap_words(row.gap)
            )
        )
        for line in row.evidence:
            console.say(f"  - {line}")
    console.say(
        _("Total: you {own}, reference {reference}, of 50.").format(
            own=signed(shown.own_total), reference=signed(shown.reference_total)
        )
    )
    debriefing = Debriefing(console, practice.round, books, lambda: practice.ears)
    debriefing.show_short()
    _show_words(console, shown)
    console.say(_("To take along: {lesson}").format(lesson=shown.ending.lesson))
    saving.report()
    while line := console.ask(
        _("Enter to go on; d: the debrief turn by turn; w and a number: that answer another way.")
    ):
        if not saving.heard(line) and not debriefing.heard(line):
            console.say(_("“{line}” is not understood here.").format(line=line))
    practice.go(Stage.TRANSFER)


def ask_transfer(console: Console, practice: Practice, saving: Saving) -> None:
    """One line for the next real call, and the round is saved."""
    console.say()
    line = console.ask(_("Next real call I will … (one line, or Enter to leave it)"))
    while saving.heard(line):
        line = console.ask(_("Next real call I will … (one line, or Enter to leave it)"))
    practice.finish(line)
    saving.report()
    if practice.trouble is None:
        console.say(_("Saved in {path}.").format(path=practice.saved_in))
        console.say(_("Replay code: {code}").format(code=encode(code_of(practice.round))))
        return
    while practice.trouble is not None:
        line = console.ask(
            _("The round is not saved yet: folder PATH, copy, again, or Enter to leave it unsaved.")
        )
        if not line:
            return
        if line.casefold() == "again":
            practice.finish(practice.transfer)
        elif not saving.heard(line):
            console.say(_("“{line}” is not understood here.").format(line=line))
        saving.report()


def _show_answer(console: Console, practice: Practice, answer: Answer) -> None:
    registry = practice.round.state.playbook.registry
    name = practice.round.state.scenario.caller.name
    console.say()
    console.say(_("Answer {n}.").format(n=answer.number))
    if answer.caller:
        console.say(f"{speaker(name, answer.mood, registry)} {' '.join(answer.caller)}")
    if answer.cut_off:
        lost = answer.cut_off
        console.say(ngettext("Cut off: {n} part unheard.", "Cut off: {n} parts unheard.", lost).format(n=lost))
    console.say(_("You: {words}").format(words=answer.text))
    for mark in answer.marks:
        effect = _("helps") if mark.effect is Effect.HELPS else _("costs")
        console.say(f"  {headed(effect)} {quoted(answer.text[mark.start : mark.end])}, {mark.name}")
    for seen in answer.unmarked:
        console.say(f"  {reason_words(seen, registry)}")
    if answer.phases:
        console.say(_("  Spoke to: {phases}").format(phases=", ".join(map(phase_word, answer.phases))))
    if answer.heard:
        console.say(_("  What they hear: {words}").format(words=answer.heard))
    console.say(
        _("  Composure {before}, then {after} ({change}).").format(
            before=answer.before, after=answer.after, change=signed(answer.after - answer.before)
        )
    )


def _asked_sheet(console: Console) -> PriceSheet:
    got = console.yes(_("Result: did the caller get what they wanted or needed? y or n"))
    sheet = PriceSheet().answered(got)
    if not got:
        low, high = FAIR_RANGE
        sheet = sheet.judged_fair(
            console.number(
                _("Then how fair was the result, {low} to {high}?").format(low=low, high=high), low, high
            )
        )
    low, high = FACTOR_RANGE
    for factor in Factor:
        question = _("{factor}: {sentence} From {low} to +{high}?").format(
            factor=factor_name(factor), sentence=factor_question(factor), low=low, high=high
        )
        sheet = sheet.scored(factor, console.number(question, low, high))
    return sheet


def _show_words(console: Console, shown: Reveal) -> None:
    if shown.cost:
        console.say(_("Words that cost:"))
    for moment in shown.cost:
        console.say(f"  - {_moment(moment)}")
        if moment.instead:
            console.say(_("    say instead: {words}").format(words=moment.instead))
    if shown.earned:
        console.say(_("Words that earned:"))
    for moment in shown.earned:
        console.say(f"  - {_moment(moment)}")
    for contest in shown.contests:
        console.say(_("The schools differ on {move}:").format(move=contest.name))
        for school, stance, why in contest.readings:
            console.say(f"  - {school} {stance}. {why}")
    for fact, held in shown.notes:
        console.say(
            _("In your notes: {fact}").format(fact=fact)
            if held
            else _("Not in your notes: {fact}").format(fact=fact)
        )
    for remark in shown.remarks:
        console.say(remark)


def _moment(moment: Moment) -> str:
    words = f"{headed(quoted(moment.quote))} {moment.name}" if moment.quote else moment.name
    sources = ", ".join(moment.sources)
    return _("answer {n}, {words} ({points}). {why} [{sources}]").format(
        n=moment.answer, words=words, points=signed(moment.amount), why=moment.why, sources=sources
    )
