"""The plain front end from start to last word: home, or straight to a round, and on from where it was."""

from __future__ import annotations

from collections.abc import Callable

from callcalm.content.library import UnknownScenario
from callcalm.core.model import Scenario
from callcalm.insight.channel import Ways
from callcalm.insight.guide_words import worked_lines
from callcalm.insight.saving import problem_line, trouble_line
from callcalm.insight.wording import channel_word, minutes_words, move_name
from callcalm.intake.problems import BadFile
from callcalm.language import _, pick
from callcalm.plain.call import play_call
from callcalm.plain.console import Console, InputEnded, Leave
from callcalm.plain.sheets import ask_transfer, fill_sheet, show_reread, show_reveal
from callcalm.plain.trouble import Saving
from callcalm.practice.desk import Desk, UnknownPlaybook
from callcalm.practice.learning import worked_before
from callcalm.practice.leaving import LastWord, last_word
from callcalm.practice.round import Practice, Stage


def run(
    desk: Desk,
    *,
    console: Console,
    play: str | None = None,
    playbook: str | None = None,
    seed: int | None = None,
    begin: Callable[[], Practice] | None = None,
) -> LastWord:
    """Run until the player leaves or the input ends; what is left to say is the result.

    With `play` or `begin` it is one round, unless a call that waits is gone on with.
    """
    practice: Practice | None = None
    try:
        if play is None and console.interactive:
            practice = _welcome(console, desk)
        _greet(console, desk)
        practice = practice or _waiting(console, desk, asked=play is not None or begin is not None)
        if practice is None and begin is not None:
            practice = begin()
        elif practice is None and play is not None:
            practice = desk.begin(play, playbook=playbook, seed=_seed(seed, console))
        if practice is not None:
            _round(console, desk, practice)
        if play is None and begin is None:
            from callcalm.plain.home import home  # noqa: PLC0415  (a script that plays one round needs no home)

            while True:
                practice = home(console, desk)
                _round(console, desk, practice)
    except (InputEnded, Leave):
        return last_word(desk, practice)
    return last_word(desk, practice)


def _welcome(console: Console, desk: Desk) -> Practice | None:
    """On a first run, who this is and how it all works; the first call, if it was accepted."""
    from callcalm.practice.first_run import is_first  # noqa: PLC0415  (nothing of it where a script plays)

    if not is_first(desk):
        return None
    from callcalm.plain.first_run import first_run  # noqa: PLC0415  (once in a lifetime)

    return first_run(console, desk)


def _seed(asked: int | None, console: Console) -> int | None:
    """A script plays the writer's order, so that its numbers mean the same every time."""
    return 0 if asked is None and not console.interactive else asked


def _greet(console: Console, desk: Desk) -> None:
    if desk.store.lock_holder is not None:
        console.say(
            _("{player} is playing in another window too (process {pid}); this one saves beside it.").format(
                player=desk.store.player, pid=desk.store.lock_holder.pid
            )
        )
    if desk.store.trouble is not None:
        console.say(trouble_line(desk.store.trouble))
    for problem in desk.problems:
        console.say(problem_line(problem))


def _waiting(console: Console, desk: Desk, *, asked: bool) -> Practice | None:
    """The call in progress, if there is one and the player wants it back, also if they `asked` for a round."""
    record = desk.waiting()
    if record is None:
        return None
    when = record.saved.astimezone().strftime("%Y-%m-%d %H:%M") if record.saved else "?"
    console.say(_("A call is waiting: {title}, left on {when}.").format(title=record.title, when=when))
    if asked:
        # What is begun puts aside what waits.
        if not console.yes(
            _("Go on with it? y, or n to put it aside and begin what you asked for."), default=True
        ):
            return None
    elif not console.yes(_("Go on with it? y, or n to let it go."), default=True):
        desk.let_go()
        return None
    try:
        return desk.resume(record)
    except (BadFile, UnknownScenario, UnknownPlaybook) as gone:
        console.say(str(gone))
        console.say(desk.keep_aside())
        return None


def _round(console: Console, desk: Desk, practice: Practice) -> None:
    """Every step of the round that is left, to the save."""
    if practice.notice:
        console.say(practice.notice)
    saving = Saving(console, practice)
    saving.report()
    while practice.stage is not Stage.DONE:
        match practice.stage:
            case Stage.BRIEF:
                _brief(console, desk, practice)
            case Stage.CALL:
                play_call(console, practice, saving)
            case Stage.REREAD:
                show_reread(console, practice, saving)
            case Stage.PRICE:
                fill_sheet(console, practice, saving)
            case Stage.REVEAL:
                show_reveal(console, practice, saving, desk.playbooks.values())
            case Stage.TRANSFER:
                ask_transfer(console, practice, saving)
                if practice.trouble is not None:
                    return


def _offer_worked(console: Console, desk: Desk, scenario: Scenario) -> None:
    """Before the first runs of a technique: one turn of it taken badly and well, for who wants to see it."""
    calls = worked_before(desk, scenario)
    if not calls or not console.interactive:
        return
    names = ", ".join(move_name(call.move, desk.registry) for call in calls)
    question = _("New here: {moves}. See each taken badly and well first? y or n").format(moves=names)
    if not console.yes(question, default=False):
        return
    for call in calls:
        console.say()
        console.say(f"{move_name(call.move, desk.registry)}:")
        for line in (*worked_lines(call), call.rule):
            console.say(line)


def _brief(console: Console, desk: Desk, practice: Practice) -> None:
    scenario = practice.round.state.scenario
    rules = practice.round.state.playbook
    console.say(
        _("{title}. {channel}, {setting}. Level {level}, {minutes}.").format(
            title=scenario.title,
            channel=channel_word(scenario.channel).capitalize(),
            setting=scenario.setting,
            level=scenario.level,
            minutes=minutes_words(scenario.minutes),
        )
    )
    if practice.returning is not None and practice.returning.reminder:
        console.say(practice.returning.reminder)
    console.say(scenario.brief)
    ways = Ways(scenario.channel)
    console.say(ways.met(scenario.caller.name))
    console.say(_("House rules: {name}. {about}").format(name=pick(rules.name), about=pick(rules.about)))
    _offer_worked(console, desk, scenario)
    console.say(_("The anger is about a situation; it only happens to be aimed at you."))
    console.say(ways.ready)
    console.ask(ways.begin)
    practice.go(Stage.CALL)
