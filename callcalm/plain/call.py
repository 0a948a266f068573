"""The call, line by line: what can be done at each prompt, and one sentence for everything that happens."""

from __future__ import annotations

from collections.abc import Sequence

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note
from callcalm.core.call import caller_now, offer
from callcalm.core.composure import level
from callcalm.core.events import (
    Breathed,
    CallerSpoke,
    Composed,
    ComposureChanged,
    EndingReached,
    Event,
    Noted,
    PlayerSpoke,
    Pressed,
    PromiseMade,
    WasCutOff,
)
from callcalm.core.model import Task
from callcalm.core.moves import Effect
from callcalm.core.state import CallState, Offer
from callcalm.core.text import safe
from callcalm.insight.channel import Ways
from callcalm.insight.reread import marks
from callcalm.insight.wording import (
    composure_line,
    cut_in_rightly,
    headed,
    level_word,
    mood_word,
    move_name,
    quoted,
    refusal,
    speaker,
    tone_word,
)
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.plain.trouble import Saving
from callcalm.practice.playing import Playing
from callcalm.practice.round import Practice, Stage


def play_call(console: Console, practice: Practice, saving: Saving) -> None:
    """Play until the call is over.

    Raises:
        Leave: if the player stops before that.
        InputEnded: if the input does.
    """
    play_on(console, practice, saving)
    practice.go(Stage.REREAD)


def play_on(console: Console, practice: Playing, saving: Saving | None = None) -> None:
    """The same for a call that need not be saved; what comes after it is the caller's.

    Raises:
        Leave, InputEnded: as `play_call` does.
    """
    show_event(console, practice.round.state, caller_now(practice.round.state))
    while practice.round.state.ending is None:
        now = offer(practice.round.state)
        _show_offer(console, practice, now)
        line = console.ask(_prompt(now, _ways(practice.round.state)))
        if saving is None or not saving.heard(line):
            _do(console, practice, now, line)
        if saving is not None:
            saving.report()


def _ways(state: CallState) -> Ways:
    return Ways(state.scenario.channel)


def _prompt(now: Offer, ways: Ways) -> str:
    if now.listen:
        return ways.listen_prompt
    if now.task is not None:
        return _("Type {n} letters in the order you would say them, ? for help.").format(n=now.task.pick)
    return _("Your answer: a number, or t and your own words; ? for help.")


def _show_offer(console: Console, practice: Playing, now: Offer) -> None:
    state = practice.round.state
    if now.listen:
        console.say(_ways(state).more(state.unheard))
    if state.brittle and now.replies:
        console.say(
            _("You are close to snapping: what would cost comes first, and the kinder answers need a breath.")
        )
    for number, offered in enumerate(now.replies, 1):
        how = f"({tone_word(offered.reply.tone)}) " if offered.reply.tone else ""
        line = f"{number}. {how}{offered.reply.say}"
        console.say(_("{answer} (needs a breath first)").format(answer=line) if offered.locked else line)
    if now.task is not None:
        for letter, part in zip(_letters(now.task), now.task.parts, strict=True):
            console.say(f"{letter}. {part.say}")


def _do(console: Console, practice: Playing, now: Offer, line: str) -> None:
    """Carry out one line of the player's."""
    word, _space, rest = line.partition(" ")
    key = word.casefold()
    if key == "?":
        _help(console)
    elif key == "u" and not rest:
        _undo(console, practice)
    elif key == "s" and not rest:
        console.say(_standing(practice.round.state))
    elif key == "n":
        _note(console, practice, rest)
    elif key == "coach" and rest.casefold() in {"on", "off"}:
        practice.coach(rest.casefold() == "on")
        console.say(
            _("The coach marks your words as you go; this run counts as coached.")
            if rest.casefold() == "on"
            else _("The coach is silent until the call is over.")
        )
    elif key in {"t", "say"} and rest and not now.listen:
        _say(console, practice, rest)
    else:
        _act(console, practice, _action(console, now, line))


def _action(console: Console, now: Offer, line: str) -> Action | None:
    """The action a line stands for, or None after saying what was not understood."""
    key = line.casefold()
    if key == "b":
        return Breathe()
    if now.listen and key in {"", "l"}:
        return Listen()
    if key == "x":
        return CutIn()
    if now.task is not None and key:
        letters = _letters(now.task)
        picked = [letter for letter in key if letter not in " ,;"]
        if all(letter in letters for letter in picked):
            return Compose(tuple(letters.index(letter) for letter in picked))
    if key.isdecimal() and now.replies:
        if len(key) == 1 and 1 <= int(key) <= len(now.replies):
            return Choose(now.replies[int(key) - 1].reply.key)
        console.say(
            _("There is no answer {n}; the answers go from 1 to {last}.").format(n=line, last=len(now.replies))
        )
        return None
    if line:
        console.say(_("“{line}” is not understood here; type ? for what can be done.").format(line=line))
    else:
        console.say(_("An empty line does nothing here; type ? for what can be done."))
    return None


def _act(console: Console, practice: Playing, action: Action | None) -> None:
    if action is None:
        return
    try:
        turn = practice.take(action)
    except IllegalAction as no:
        console.say(refusal(no.reason))
        return
    _show(console, practice, turn.events)


def _say(console: Console, practice: Playing, words: str) -> None:
    try:
        turn, match = practice.say(words)
    except IllegalAction as no:
        console.say(refusal(no.reason))
        return
    _show(console, practice, turn.events)
    if match.why:
        console.say(match.why)


def _note(console: Console, practice: Playing, words: str) -> None:
    if words:
        _act(console, practice, Note(safe(words)))
        return
    notes = practice.round.state.notes
    console.say(_("Your notes:") if notes else _("No notes yet; write one with n and your words."))
    for note in notes:
        console.say(f"- {note}")


def _undo(console: Console, practice: Playing) -> None:
    if not practice.undo():
        console.say(_("There is nothing to take back."))
        return
    console.say(_("Taken back; the round is marked so."))
    show_event(console, practice.round.state, caller_now(practice.round.state))


def _show(console: Console, practice: Playing, events: Sequence[Event]) -> None:
    for event in events:
        show_event(console, practice.round.state, event, marked=practice.round.coached)


def show_event(console: Console, state: CallState, event: Event, *, marked: bool = False) -> None:
    """One line for one event of a call that is in this state now; with `marked`, also one for each move said."""
    registry = state.playbook.registry
    match event:
        case CallerSpoke(text=text, mood=mood):
            console.say(f"{speaker(state.scenario.caller.name, mood, registry)} {text}")
        case PlayerSpoke(text=text):
            console.say(_("You: {words}").format(words=text))
            if marked:
                _show_marks(console, state, event)
        case ComposureChanged():
            console.say(composure_line(event, registry))
        case WasCutOff(right=True):
            console.say(cut_in_rightly())
        case WasCutOff(lost):
            console.say(_ways(state).was_cut(lost))
        case Breathed(first):
            console.say(_("You take a breath.") if first else _("You take another breath; the line is silent."))
        case Noted(text):
            console.say(_("Noted: {words}").format(words=text))
        case Composed(missing, in_order):
            if missing:
                names = ", ".join(move_name(move, registry) for move in missing)
                console.say(_("Missing: {parts}.").format(parts=names))
            elif not in_order:
                console.say(_("The right parts, in another order than would land best."))
        case PromiseMade(promise):
            by = f" ({promise.by})" if promise.by else ""
            console.say(_("You have promised: {what}").format(what=f"{promise.what}{by}"))
        case Pressed(text=text):
            console.say(f"{headed(state.scenario.caller.name)} {text}")
        case EndingReached(ending):
            console.say(_ways(state).over(ending.kind))
            console.say(ending.text)


def _show_marks(console: Console, state: CallState, spoke: PlayerSpoke) -> None:
    for mark in marks(spoke.findings, state.playbook.registry):
        effect = _("helps") if mark.effect is Effect.HELPS else _("costs")
        console.say(f"  {headed(effect)} {quoted(spoke.text[mark.start : mark.end])}, {mark.name}")


def _standing(state: CallState) -> str:
    mood = mood_word(state.here.mood, state.playbook.registry)
    return _("Composure {now} of 100, {word}; {name} is {mood}; {n} answers so far.").format(
        now=state.composure,
        word=level_word(level(state.composure)),
        name=state.scenario.caller.name,
        mood=mood,
        n=state.answers,
    )


def _letters(task: Task) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[: len(task.parts)]


def _help(console: Console) -> None:
    for line in (
        _("A number gives that answer; t and your words gives your own answer."),
        _("Enter or l listens on; x cuts in, which costs; b takes a breath, free the first time."),
        _("n and your words writes a note; n alone reads your notes; s says where you stand."),
        _("u takes the last action back; the round is marked so."),
        _("coach on shows what your words do as you go; coach off ends that."),
        _("q stops here; the call is saved and comes back when you start callcalm again."),
    ):
        console.say(line)
