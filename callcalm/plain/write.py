"""The workshop line by line: the file is read again before every prompt, and what changed in it is told.

Its commands have the words of the screen's keys. What must not be here: watching the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Say
from callcalm.core.call import caller_now, offer
from callcalm.core.text import Text
from callcalm.insight.channel import Ways
from callcalm.insight.wording import headed, refusal
from callcalm.language import _, ngettext, said
from callcalm.plain.call import show_event
from callcalm.plain.console import Console, InputEnded, Leave
from callcalm.report.text import full
from callcalm.workshop.charting import charted, spot_line
from callcalm.workshop.searching import finding_has, place_has
from callcalm.workshop.session import Bench, NoWay, Workshop
from callcalm.workshop.trying import foreseen, held_words, parse_held, settable, stands_at

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


def run(desk: Desk, path: Path, console: Console | None = None) -> None:
    """Work on a file until the writer types q or the input ends."""
    lines = console or Console()
    lines.say(_("The workshop, line by line. Save your file and press Enter to have it read again; ? is help."))
    session = PlainWorkshop(lines, Workshop(desk.rulebook, desk.playbooks, desk.library.folders[:-1]), path)
    try:
        while True:
            session.turn()
    except (Leave, InputEnded):
        lines.say(_("Your file stays as it is."))


class PlainWorkshop:
    """One file on a bench, told in lines."""

    def __init__(self, console: Console, workshop: Workshop, path: Path) -> None:
        self._console = console
        self._workshop = workshop
        self._bench = Bench(path)
        self._looked = False

    def turn(self) -> None:
        """Read the file, tell what is new, take one line; what was saved while it was typed counts too.

        Raises:
            Leave: if the writer stops.
            InputEnded: if the input does.
        """
        self._reload()
        asked = self._console.ask(_("workshop:"))
        self._reload()
        self._do(asked)

    def _reload(self) -> None:
        old, self._bench = self._bench, self._workshop.reload(self._bench)
        new = self._bench
        if self._looked and old.findings == new.findings and old.file is new.file and old.current == new.current:
            return
        self._looked = True
        self._tell_findings()
        if new.kept:
            self._console.say(new.kept)
        if new.scenario is not None and not new.current:
            self._console.say(_("This is the last version that could be played."))
        elif old.file is not new.file:
            self._tell_call()

    def _do(self, asked: str) -> None:
        """Carry out one line."""
        word, _space, rest = asked.partition(" ")
        rest = rest.strip()
        commands: dict[str, Callable[[str], None]] = {
            "?": self._help,
            "findings": self._tell_findings,
            "map": self._tell_map,
            "from": self._from,
            "set": self._set,
            "undo": lambda _rest: self._move_to(self._workshop.undo(self._bench)),
            "restart": lambda _rest: self._move_to(self._workshop.restart(self._bench)),
            "call": lambda _rest: self._tell_call(),
            "why": self._why,
        }
        command = commands.get(word.casefold())
        if command is not None:
            command(rest)
        elif asked:
            self._act(asked)

    def _tell_findings(self, words: str = "") -> None:
        found = [finding for finding in self._bench.findings if finding_has(finding, words)]
        if words and not found:
            self._console.say(_("Nothing here has “{words}” in it.").format(words=words))
            return
        for finding in found:
            for line in full(finding, self._bench.source).split("\n"):
                self._console.say(line)
        self._console.say(
            ngettext("{n} finding.", "{n} findings.", len(found)).format(n=len(found))
            if found
            else _("Nothing to say against it.")
        )

    def _tell_map(self, words: str = "") -> None:
        proof = self._workshop.proof(self._bench)
        chart = charted(self._bench, proof) if proof is not None else None
        if chart is None:
            self._console.say(_("It cannot be played yet."))
            return
        shown = [
            (title, [spot for spot in spots if place_has(chart.scenario, spot.name, words)])
            for title, spots in chart.layers
        ]
        if not any(spots for _title, spots in shown):
            self._console.say(_("Nothing here has “{words}” in it.").format(words=words))
            return
        for title, spots in shown:
            for line in (title, *(f"  {spot_line(spot)}" for spot in spots)) if spots else ():
                self._console.say(line)
        for sentence in chart.unproved:
            self._console.say(said(sentence))

    def _tell_call(self, *, heard: bool = False) -> None:
        """Where the preview stands, what the caller says there (unless that was `heard`), what can be said."""
        played = self._workshop.now(self._bench)
        if played is None:
            self._console.say(_("It cannot be played yet."))
            return
        state, now = played.state, offer(played.state)
        held = ", ".join(
            words for words in (_("set by hand") if self._bench.given else "", held_words(played)) if words
        )
        place = _("At `{beat}`, composure {n}.").format(beat=stands_at(played), n=state.composure)
        self._console.say(f"{place} ({held})" if held else place)
        if state.over is not None:
            self._console.say(
                " ".join([Ways(state.scenario.channel).over(state.over.kind), _("Type undo or restart.")])
            )
            return
        if not heard:
            self._console.say(f"{headed(state.scenario.caller.name)} {caller_now(state).text}")
        if now.listen:
            self._console.say(_("They have more to say: l to listen on, x to cut in."))
        for number, offered in enumerate(now.replies, 1):
            line = f"{number}. {offered.reply.say}"
            self._console.say(_("{answer} (needs a breath first)").format(answer=line) if offered.locked else line)
        if now.task is not None:
            for number, part in enumerate(now.task.parts, 1):
                self._console.say(f"{number}. {part.say}")
            self._console.say(_("Type the numbers of {n} parts, in order.").format(n=now.task.pick))

    def _from(self, rest: str) -> None:
        """``BEAT`` or ``BEAT under N``."""
        place, _word, under = rest.partition(" under ")
        under = under.strip()
        if not place or (under and not (under.isdecimal() and len(under) < 4 and 0 < int(under) <= 101)):  # noqa: PLR2004 - full meter + 1
            self._console.say(_("Type “from BEAT” or “from BEAT under 40”."))
            return
        try:
            self._move_to(self._workshop.play_from(self._bench, place.strip(), int(under) if under else 101))
        except NoWay as none:
            self._console.say(str(none))

    def _set(self, rest: str) -> None:
        played = self._workshop.now(self._bench)
        if played is None:
            self._console.say(_("It cannot be played yet."))
        elif not rest:
            for line in settable(played):
                self._console.say(line)
        else:
            try:
                name, held = parse_held(played.state.scenario, rest)
                self._move_to(self._workshop.set(self._bench, name, held))
            except ValueError as no:
                self._console.say(str(no))

    def _why(self, rest: str) -> None:
        """What an answer would do."""
        played = self._workshop.now(self._bench)
        replies = offer(played.state).replies if played is not None else ()
        if played is not None and rest.isdecimal() and len(rest) < 4 and 0 < int(rest) <= len(replies):  # noqa: PLR2004 - no list is so long
            reply = replies[int(rest) - 1]
            self._console.say(foreseen(played, reply.reply.key) or _("That answer needs a breath first."))
        else:
            self._console.say(_("Type “why” and the number of an answer."))

    def _act(self, asked: str) -> None:
        action = self._action(asked)
        if (
            action is None
            and asked.isdecimal()
            and self._bench.preview
            and offer(self._bench.preview.state).listen
        ):
            self._console.say(refusal("listen-first"))
            return
        if action is None:
            self._console.say(
                _("“{line}” is not understood here; type ? for what can be done.").format(line=asked)
            )
            return
        try:
            bench = self._workshop.take(self._bench, action)
        except IllegalAction as refused:
            self._console.say(refusal(refused.reason))
            return
        if bench.preview is not None and bench.preview.turns:
            for event in bench.preview.turns[-1].events:
                show_event(self._console, bench.preview.state, event, marked=True)
        self._bench = bench
        self._tell_call(heard=True)

    def _action(self, asked: str) -> Action | None:
        """What a line stands for in the call; None if nothing."""
        played = self._workshop.now(self._bench)
        if played is None:
            return None
        now, key = offer(played.state), asked.casefold()
        simple: dict[str, Action] = {"l": Listen(), "x": CutIn(), "b": Breathe(), "o": Say(Text("…"))}
        if key in simple:
            return simple[key]
        numbers = key.replace(",", " ").split()
        if not all(number.isdecimal() and len(number) < 4 for number in numbers):  # noqa: PLR2004 - no list is so long
            return None
        if now.task is not None:
            return Compose(tuple(int(number) - 1 for number in numbers))
        if len(numbers) == 1 and 0 < int(numbers[0]) <= len(now.replies):
            return Choose(now.replies[int(numbers[0]) - 1].reply.key)
        return None

    def _move_to(self, bench: Bench) -> None:
        self._bench = bench
        self._tell_call()

    def _help(self, _rest: str) -> None:
        for line in (
            _("Enter reads the file again; findings tells what was found in it; map shows the encounter."),
            _("findings or map and some words tell only what has them: a name, a code, what is said."),
            _("from BEAT puts the preview there by the shortest real way; add “under 40” for less composure."),
            _("A number gives that answer; why and a number says what it would do; call tells where you stand."),
            _("l listens on, x cuts in, b breathes, o says something that fits no answer."),
            _("set alone tells what can be set; set NAME VALUE sets a variable or the composure."),
            _("undo takes the last action back; restart begins the call again; q stops."),
        ):
            self._console.say(line)
