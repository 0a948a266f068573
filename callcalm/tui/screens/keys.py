"""The keys: every command by place with the key it is on; press another, and it is kept at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widget import Widget

from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import headed, series
from callcalm.language import _
from callcalm.practice.desk import Desk
from callcalm.tui.command import Command
from callcalm.tui.commands import bindings, commands_of, find
from callcalm.tui.keymap import clashes, keys_of_command, refused, weakness
from callcalm.tui.literal import line, literal
from callcalm.tui.messages import SettingsChanged
from callcalm.tui.registry import PLACES
from callcalm.tui.screens.dialogue import Dialogue
from callcalm.tui.screens.page import Page
from callcalm.tui.screens.question import Choice, Question
from callcalm.tui.widgets.keybar import key_name
from callcalm.tui.widgets.lines import Lines, Row
from callcalm.tui.widgets.words import Words

COLUMN = 16
"""Cells for the names of a command's keys."""


class KeysScreen(Page):
    """Up and down between the commands; enter asks for a new key."""

    PLACE = "keys"
    CSS_PATH = ["../styles/one_line.tcss", "../styles/keys.tcss"]
    BINDINGS = bindings("keys")
    AUTO_FOCUS = "#commands"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def heading(self) -> str:
        """What this is."""
        return _("Keys")

    def body(self) -> Iterable[Widget]:
        """The commands, and what the marked one does."""
        yield Lines(ident="commands")
        yield Words(ident="about")

    def on_mount(self) -> None:
        """Fill the list."""
        self._tell()

    def on_lines_marked(self) -> None:
        """Say what the marked command does."""
        place, command = self._marked()
        usual = _("Changed; usually {key}.") if command.id in self._chosen else _("Usual key: {key}.")
        weak = weakness(keys_of_command(command, self._chosen))
        words = " ".join((_(command.tip), usual.format(key=_named(command.key))))
        about = line((_place_names().get(place, place), "bold"), "  ", words)
        self.query_one("#about", Words).say(line(about, (f" {weak}", "bold $caller")) if weak else about)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what is changed can be reset."""
        if action == "reset" and self.is_mounted:
            return self._marked()[1].id in self._chosen
        return action != "reset_all" or bool(self._chosen)

    def action_page(self, pages: int) -> None:
        """Move by a screenful."""
        self.query_one(Lines).page(pages)

    def action_back(self) -> None:
        """Back to the settings."""
        self.dismiss()

    def action_change(self) -> None:
        """Ask for the new key."""
        place, command = self._marked()
        self.app.push_screen(Catch(_title(command)), partial(self._take, place, command))

    def action_reset(self) -> None:
        """The usual key of the marked command."""
        command = self._marked()[1]
        self._keep({ident: key for ident, key in self._chosen.items() if ident != command.id})

    def action_reset_all(self) -> None:
        """Every usual key, once it is certain."""
        choices = [Choice("reset", _("Reset them all.")), Choice("", _("Leave them as they are."))]
        text = _("Every command gets its usual key; what you have set is forgotten.")
        self.app.push_screen(Question(_("Reset all keys?"), text, choices), self._reset_all)

    @property
    def _chosen(self) -> Mapping[str, str]:
        return self._desk.settings.keys

    def _reset_all(self, answer: str | None) -> None:
        if answer == "reset":
            self._keep({ident: key for ident, key in self._chosen.items() if find(ident) is None})

    def _take(self, place: str, command: Command, key: str | None) -> None:
        """The new key, if it can be taken and nobody has it."""
        if not key:
            return
        why = refused(place, command, key)
        if why:
            self.note(f"{headed(_named(key))} {why}")
            return
        taken = clashes(place, command, key, self._chosen)
        if not taken:
            self._give(command, key)
            return
        own = keys_of_command(command, self._chosen).partition(",")[0]
        others = series(f"{_title(one)} ({_place_names().get(_place_of(one), '')})" for one in taken)
        choices = [Choice("again", _("Press another key.")), Choice("", _("Leave it as it is."))]
        # Changing places is offered only where it settles the matter.
        if len(taken) == 1 and not _left_over(command, taken[0], key, own, self._chosen):
            choices.insert(0, Choice("swap", _("Change places: that one gets {key}.").format(key=_named(own))))
        question = Question(
            _("{key} is taken").format(key=_named(key)),
            _("It is the key of: {commands}.").format(commands=others),
            choices,
        )

        def settled(answer: str | None) -> None:
            if answer == "swap":
                self._keep({**self._chosen, taken[0].id: own, command.id: key})
            elif answer == "again":
                self.action_change()

        self.app.push_screen(question, settled)

    def _give(self, command: Command, key: str) -> None:
        kept = {ident: keys for ident, keys in self._chosen.items() if ident != command.id}
        self._keep(kept if key == command.key else {**kept, command.id: key})
        weak = weakness(key)
        if weak:
            self.note(_("{key} arrived here. {weakness}").format(key=_named(key), weakness=weak))

    def _keep(self, keys: Mapping[str, str]) -> None:
        trouble = self._desk.change_settings(keys=dict(keys))
        self.post_message(SettingsChanged("keys"))
        self._tell()
        self.note(trouble_line(trouble) if trouble else "")

    def _marked(self) -> tuple[str, Command]:
        place, _slash, ident = (self.query_one(Lines).chosen or "").partition("/")
        command = find(ident)
        if command is None:
            raise LookupError(ident)  # every row that can be marked is a command's
        return place, command

    def _tell(self) -> None:
        rows = self.query_one(Lines)
        rows.fill(list(self._rows()), key=rows.chosen)

    def _rows(self) -> Iterable[Row]:
        names = _place_names()
        for place in ("everywhere", *PLACES):
            title = literal(names.get(place, place), "bold $heading")
            yield Row(partial(_heading, title), idle=True)
            for command in commands_of(place):
                yield Row(partial(_row, command, dict(self._chosen)), key=f"{place}/{command.id}")


class Catch(Dialogue[str | None], inherit_bindings=False):
    """Wait for one key, whichever it is; escape gives none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """What to do."""
        with Vertical(id="box"):
            yield Words(literal(self._title, "bold $heading"), ident="question")
            with VerticalScroll(id="said", can_focus=False):
                yield Words(_("Press the new key now. Escape leaves it as it is; the key that quits still quits."))

    def on_key(self, event: Key) -> None:
        """This is the one."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


def _left_over(one: Command, other: Command, key: str, own: str, chosen: Mapping[str, str]) -> bool:
    """Whether something would still clash after the two have changed places."""
    after = {**chosen, one.id: key, other.id: own}
    return any(
        refused(place, command, new) or clashes(place, command, new, after)
        for command, new in ((one, key), (other, own))
        for place in _places_of(command)
    )


def _heading(title: Content, width: int) -> Content:
    return title.truncate(width, ellipsis=True)


def _row(command: Command, chosen: Mapping[str, str], width: int) -> Content:
    keys = keys_of_command(command, chosen)
    changed = command.id in chosen
    sign = ("! ", "bold $caller") if weakness(keys) else ("* ", "bold") if changed else "  "
    name = literal(_named(keys), "bold $heading").truncate(COLUMN, ellipsis=True, pad=True)
    return line(sign, name, " ", _title(command)).truncate(width, ellipsis=True)


def _title(command: Command) -> str:
    number = command.id.rpartition("-")[2]
    return " ".join((_(command.label), number)) if number.isdecimal() else _(command.label)


def _named(keys: str) -> str:
    return ", ".join(key_name(key.strip()) for key in keys.split(","))


def _places_of(command: Command) -> list[str]:
    return [place for place in ("everywhere", *PLACES) if command in commands_of(place)]


def _place_of(command: Command) -> str:
    return _places_of(command)[0]


def _place_names() -> Mapping[str, str]:
    """What each place is called."""
    return {
        "everywhere": _("Everywhere"),
        "home": _("The list"),
        "brief": _("The brief"),
        "call": _("The call"),
        "typing": _("Your own words"),
        "noting": _("Notes"),
        "question": _("Questions"),
        "asking": _("Questions with a field"),
        "reader": _("Texts"),
        "palette": _("Commands"),
        "reread": _("The call from the other side"),
        "price": _("The PRICE sheet"),
        "reveal": _("The reveal"),
        "debrief": _("The debrief, turn by turn"),
        "ghost": _("Another way"),
        "beside": _("Both ways side by side"),
        "transfer": _("The line for the next call"),
        "settings": _("Settings"),
        "keys": _("Keys"),
        "progress": _("Progress"),
        "first": _("The first run"),
        "first-name": _("The first run: your name"),
        "promises": _("Promises"),
        "guide": _("The field guide"),
        "move": _("A page of the field guide"),
        "drill": _("Drills"),
        "letter-read": _("A letter: to read"),
        "letter-sheet": _("A letter: the PRICE sheet"),
        "letter-compare": _("A letter: both sheets"),
        "letter": _("A letter: its lines"),
        "rewriting": _("A letter: a line anew"),
        "letter-end": _("A letter: the end"),
        "host": _("The projected room"),
        "host-counting": _("The projected room: the line"),
        "host-notes": _("The projected room: the notes"),
        "preview": _("The workshop's preview"),
        "write": _("The workshop"),
    }
