"""The settings: what each is, what it is now, and what that means. A change is felt and kept at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widget import Widget

from callcalm.insight.saving import trouble_line
from callcalm.language import _, ngettext, pick
from callcalm.practice.desk import Desk
from callcalm.practice.moving import move_saves, stays
from callcalm.storage.folders import Origin
from callcalm.storage.settings import COACHING, LANGUAGES, MOTIONS, line_of
from callcalm.storage.trouble import CannotSave
from callcalm.tui import themes
from callcalm.tui.commands import bindings, find
from callcalm.tui.literal import beside, literal, wrapped
from callcalm.tui.messages import GoHome, OtherPlayer, SettingsChanged
from callcalm.tui.screens.page import Page
from callcalm.tui.screens.question import Ask, Choice, Question, written_path
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.words import Words

LONGEST_NAME = 60
LONGEST_PATH = 1_000


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its values in order and how each is called; without values it is written, not chosen."""

    key: str
    name: str
    about: str
    now: str
    values: Sequence[object] = ()


class SettingsScreen(Page):
    """Up and down between the settings, left and right through their values."""

    PLACE = "settings"
    BINDINGS = bindings("settings")
    AUTO_FOCUS = "#settings"

    def __init__(self, desk: Desk, at: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._at = at

    def heading(self) -> str:
        """What this is."""
        return _("Settings")

    def body(self) -> Iterable[Widget]:
        """The rows."""
        yield Rows(ident="settings")

    def on_mount(self) -> None:
        """Show what is set, and what of the keys in the file is not understood."""
        self._tell()
        self.note(" ".join(self._not_understood()))

    def action_turn(self, by: int) -> None:
        """The next value of the marked row, or ask for it."""
        row = next(one for one in self._rows() if one.key == self.query_one(Rows).chosen)
        if row.values:
            now = self._now(row.key)
            at = row.values.index(now) if now in row.values else 0
            self._change(row.key, row.values[(at + by) % len(row.values)])
        elif row.key == "player":
            self.app.push_screen(
                Ask(row.name, row.about, value=self._desk.store.player, most=LONGEST_NAME), self._be_player
            )
        elif row.key == "keys":
            from callcalm.tui.screens.keys import KeysScreen

            self.app.push_screen(KeysScreen(self._desk))
        else:
            self.app.push_screen(
                Ask(row.name, row.about, value=str(self._desk.store.folder), most=LONGEST_PATH), self._move
            )

    def on_screen_resume(self) -> None:
        """Back from the keys: how many are changed may be another number."""
        if self.query(Rows):
            self._tell()

    def action_back(self) -> None:
        """To the list."""
        self.post_message(GoHome())

    def on_rows_chosen(self) -> None:
        """A click changes too."""
        self.action_turn(1)

    def _change(self, key: str, value: object) -> None:
        trouble = self._desk.change_settings(**{key: value})
        self.post_message(SettingsChanged(key))
        self._tell()
        self._say(trouble)

    def _be_player(self, name: str | None) -> None:
        if name and name.strip():
            self._say(self._desk.change_settings(player=name.strip()))
            self.post_message(OtherPlayer(name.strip()))

    def _move(self, words: str | None) -> None:
        if not words or not words.strip():
            return
        folder = written_path(words)
        if not self._desk.store.summaries() and self._desk.waiting() is None:
            self._moved(folder, bring=True)
            return

        def settled(answer: str | None) -> None:
            if answer:
                self._moved(folder, bring=answer == "bring")

        choices = [
            Choice("bring", _("Bring them along; the old files stay where they are.")),
            Choice("leave", _("Leave them there, and go on with what the other folder holds.")),
            Choice("", _("Change nothing.")),
        ]
        text = _("Your rounds are in {folder}.").format(folder=self._desk.store.folder)
        self.app.push_screen(Question(_("Bring your rounds along?"), text, choices), settled)

    def _moved(self, folder: Path, *, bring: bool) -> None:
        try:
            trouble = move_saves(self._desk, folder, bring=bring)
        except CannotSave as error:
            self._say(error)
            return
        self._tell()
        told = (
            _("From now on saved in {folder}.")
            if stays(self._desk)
            else _("From now on saved in {folder}, until you quit.")
        )
        self.note(trouble_line(trouble) if trouble else told.format(folder=self._desk.store.folder))

    def _not_understood(self) -> Iterator[str]:
        """What of the settings file makes no sense, with its line."""
        settings, path = self._desk.settings, self._desk.folders.settings

        def at(*key: str) -> str:
            return f"{path.name}:{line_of(path, *key)}"

        unknown = [key for key in settings.keys if find(key) is None]
        if unknown:
            where = at("keys", unknown[0])
            yield _("{where}: unknown under [keys]: {names}.").format(where=where, names=", ".join(unknown))
        if settings.playbook and settings.playbook not in self._desk.playbooks:
            yield _("{where}: there are no house rules “{name}”.").format(
                where=at("playbook"), name=settings.playbook
            )
        if settings.theme.removeprefix("callcalm-") not in {"", *themes.NAMES}:
            yield _("{where}: there are no colours “{name}”.").format(where=at("theme"), name=settings.theme)

    def _say(self, trouble: CannotSave | None) -> None:
        self.note(trouble_line(trouble) if trouble else "")

    def _tell(self) -> None:
        self.query_one("#heading", Words).say(self.heading())
        rows = self.query_one(Rows)
        rows.fill([_item(row) for row in self._rows()], key=rows.chosen or self._at)
        self.refresh_bindings()

    def _now(self, key: str) -> object:
        """A setting's value, as one of those offered where it means the same."""
        now = getattr(self._desk.settings, key)
        if key == "theme":
            now = themes.known(now)
            return "" if now == themes.DEFAULT else now
        return now

    def _rows(self) -> list[Setting]:
        playbooks = {
            "": _("the encounter's own"),
            **{key: pick(book.name) for key, book in self._desk.playbooks.items()},
        }
        on_off = {True: _("on"), False: _("off")}

        def chosen(key: str, name: str, about: str, words: Mapping[Any, str]) -> Setting:
            now = self._now(key)
            return Setting(key, name, about, words.get(now, str(now)), tuple(words))

        return [
            chosen("language", _("Language"), _("Of the screens. Calls keep their own language."), _languages()),
            chosen("theme", _("Colours"), _("The last two leave the colours to your terminal."), _themes()),
            chosen(
                "coach",
                _("Coach"),
                _("When the words that cost and helped are marked; live marks the round as coached."),
                dict(zip(COACHING, (_("after the call"), _("live")), strict=True)),
            ),
            chosen(
                "temptation",
                _("Temptation"),
                _("When your calm runs low, kind answers need a breath first."),
                on_off,
            ),
            chosen("playbook", _("House rules"), _("Whose rules weigh your words."), playbooks),
            chosen(
                "motion",
                _("Motion"),
                _("Reduced: pages jump. Full: pages glide. Nothing ever blinks."),
                dict(zip(MOTIONS, (_("full"), _("reduced")), strict=True)),
            ),
            chosen(
                "mouse",
                _("Mouse"),
                _("Never needed. Off, your terminal marks and copies text its own way."),
                on_off,
            ),
            Setting("keys", _("Keys"), _("Every command and its key, to change."), self._keys_words()),
            Setting(
                "player",
                _("Player"),
                _("Whose save this is; another name is another save."),
                self._desk.store.player,
            ),
            *([] if self._desk.served else [self._saves()]),
        ]

    def _saves(self) -> Setting:
        """Where saves live; a learner at another machine is not asked, for it is a path of this one."""
        return Setting(
            "saves",
            _("Saves"),
            _("The folder of your saves.")
            if stays(self._desk)
            else _("Where your saves live. A change lasts until you quit: {why}").format(why=self._why()),
            str(self._desk.store.folder),
        )

    def _keys_words(self) -> str:
        changed = sum(find(ident) is not None for ident in self._desk.settings.keys)
        return (
            ngettext("{n} changed", "{n} changed", changed).format(n=changed) if changed else _("the usual ones")
        )

    def _why(self) -> str:
        return {
            Origin.ARGUMENT: _("--saves says where."),
            Origin.ENVIRONMENT: _("CALLCALM_SAVES says where."),
        }.get(self._desk.folders.origin, _("callcalm runs from its own folder."))


def _languages() -> dict[str, str]:
    return dict(zip(LANGUAGES, (_("as the system"), "English", "français"), strict=True))


def _themes() -> dict[str, str]:
    words = (
        _("calm, dark"),
        _("high contrast"),
        _("projector, light"),
        _("terminal's own, dark"),
        _("terminal's own, light"),
    )
    return dict(zip(("", *themes.NAMES[1:]), words, strict=True))


def _item(row: Setting) -> Item:
    def build(width: int) -> list[Content]:
        now = literal(f"‹ {row.now} ›" if row.values else row.now, "bold $heading")
        name = literal(row.name, "bold")
        room = max(8, width - name.cell_length - 3)
        return [
            beside(name, now.truncate(room, ellipsis=True), width),
            *(one.stylize("$muted") for one in wrapped(literal(row.about), width, "  ")),
        ]

    return Item(build, key=row.key)
