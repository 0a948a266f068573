"""The app: it puts one screen in the place of another, and carries no rule of play."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App
from textual.constants import TEXTUAL_ANIMATIONS
from textual.screen import Screen
from textual.theme import Theme

from callcalm.language import _
from callcalm.tui import themes
from callcalm.tui.commands import bindings
from callcalm.tui.messages import Notice, SettingsChanged
from callcalm.tui.opening import OpeningApp
from callcalm.tui.signals import off_end, on_end
from callcalm.tui.widgets.keybar import keys_of

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.practice.drilling import Drilling
    from callcalm.practice.leaving import LastWord
    from callcalm.practice.lettering import Lettering
    from callcalm.practice.round import Practice


def run(
    desk: Desk,
    *,
    play: str | None = None,
    playbook: str | None = None,
    seed: int | None = None,
    theme: str | None = None,
    drilling: Drilling | Lettering | None = None,
    begin: Callable[[], Practice] | None = None,
) -> LastWord:
    """Run the screens until the player leaves; what is left to say is the result.

    With `play`, an encounter's id or file, the round begins at its brief; a call of it that waits goes on.
    With `drilling`, the drill or letter is shown first; with `begin`, the round that it makes.

    Raises:
        UnknownScenario, BadFile, UnknownPlaybook: if that cannot be played; the terminal has not been touched.
        SystemExit: if the screens broke down; Textual has said how, and what was played is saved.
    """
    app = CallcalmApp(desk, theme=theme)
    app.drilling = drilling
    if play is None and drilling is None and begin is None:
        from callcalm.practice.first_run import is_first

        app.first_run = is_first(desk)
    if begin is not None and desk.waiting() is not None:
        app.asked = begin
    elif begin is not None:
        app.practice = app.last = begin()
    elif play is not None:
        record = desk.waiting()
        if record is not None and record.scenario == play:
            app.practice = app.last = desk.resume(record)
        elif record is not None:
            desk.scenario(play)
            if playbook is not None:
                desk.playbook(playbook)
            app.asked = lambda: desk.begin(play, playbook=playbook, seed=seed)
        else:
            app.practice = app.last = desk.begin(play, playbook=playbook, seed=seed)
    app.run(mouse=desk.settings.mouse)
    while app.again:
        app = app.anew()
        app.run(mouse=app.desk.settings.mouse)
    if app.return_code:
        raise SystemExit(app.return_code)
    from callcalm.practice.leaving import last_word

    return last_word(app.desk, app.last)


class CallcalmApp(OpeningApp, inherit_bindings=False):
    """callcalm, full screen.

    `practice` is the round at hand, if there is one; `asked` makes one, once the call that waits is settled.
    `again` says that the terminal is to be taken anew: whether it tells of the mouse is settled as it is taken.
    """

    TITLE = "callcalm"
    CSS_PATH = ["styles/app.tcss", "styles/lists.tcss"]
    BINDINGS = bindings("everywhere")
    ENABLE_COMMAND_PALETTE = False  # ours offers only what is possible, in the interface's language
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (23, "-middling"), (28, "-tall")]

    def __init__(self, desk: Desk, practice: Practice | None = None, theme: str | None = None) -> None:
        self._theme_asked = theme
        self.asked: Callable[[], Practice] | None = None
        self.first_run = self.again = self._at_mouse = False
        # Set before Textual reads its styles, the theme costs nothing; set afterwards, they are read twice.
        self.set_reactive(App.theme, themes.known(theme or desk.settings.theme))
        # With NO_COLOR, Textual turns its own colours into greys; of the terminal's own it sends none at all.
        super().__init__(desk, practice, ansi_color=True if "NO_COLOR" in os.environ else None)
        self._feel_settings()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours."""
        return {**super().available_themes, **themes.OWN}

    def get_default_screen(self) -> Screen[None]:
        """Home lies below everything, unless a round or a drill was asked for, or all is new: nothing does."""
        bare = self.practice is not None or self.drilling is not None or self.first_run
        return Screen() if bare else self._home()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that are not ours."""
        return dict(themes.FALLBACK)

    def on_mount(self) -> None:
        """Show the first screen, and end well when the system asks to."""
        on_end(self.action_leave)
        if self.practice is not None or self.drilling is not None:
            self.on_moved()
        elif self.first_run:
            self.welcome()
        elif self.asked is not None:
            self.begin(self.asked)
        elif self._at_mouse:
            self.open_settings("mouse")

    def anew(self) -> CallcalmApp:
        """The same app for a terminal taken anew, where the mouse was switched."""
        fresh = CallcalmApp(self.desk, theme=self._theme_asked)
        fresh.last, fresh._at_mouse = self.last, True
        return fresh

    def on_unmount(self) -> None:
        """Leave the process as it was."""
        off_end()

    def show(self, practice: Practice | None) -> None:
        """Put this round on the screen, at the stage it is at; None is home."""
        self.practice = practice
        self.last = practice or self.last
        self.on_moved()

    def on_moved(self) -> None:
        """The round is at another stage, or left, or done."""
        from callcalm.tui.screens.home import HomeScreen

        base = self.screen_stack[0]
        screen = self._stage()
        if screen is None and isinstance(base, HomeScreen):
            base.come_back(self.desk, self.drilled or self.practice)
            if len(self.screen_stack) > 1:
                self.pop_screen()
            return
        self.go_to(screen or self._home())

    def on_go_home(self) -> None:
        """The round waits; the list is shown."""
        self.show(None)

    def on_leave_drill(self) -> None:
        """The drill is kept; the list is shown, at its row."""
        self.drilled, self.drilling = self.drilling, None
        self.show(None)
        self.drilled = None

    def on_settings_changed(self, event: SettingsChanged) -> None:
        """A choice of colours replaces what was asked for at the start."""
        if event.key == "theme":
            self._theme_asked = None
        self._feel_settings()
        if event.key == "mouse":
            self.again = True
            self.exit()

    def _feel_settings(self) -> None:
        """Let the settings be felt: colours, keys, motion."""
        settings = self.desk.settings
        self.theme = themes.known(self._theme_asked or settings.theme)
        keys: dict[str, str] = {}
        if settings.keys:
            from callcalm.tui.keymap import keymap

            keys = keymap(settings.keys)
        self.set_keymap(keys)
        self.animation_level = "none" if settings.motion == "reduced" else TEXTUAL_ANIMATIONS

    def action_leave(self) -> None:
        """Quit; everything is saved, also a last line that is half written and a drill that is half done."""
        if self.practice is not None and self.practice.stage.value == "transfer":
            self.practice.go(self.practice.stage)
        if self.drilling is not None:
            self.drilling.save()
        self.exit()

    def action_how_to_quit(self) -> None:
        """Ctrl-C is a habit; say what to press instead."""
        key = keys_of(self.screen).name("quit")
        self.screen.post_message(Notice(_("Press {key} to quit; everything is saved.").format(key=key)))

    def _stage(self) -> Screen[None] | None:
        """The screen of the round at hand; None when there is none, or when it is done."""
        from callcalm.tui.flow import drill_screen, screen_of

        if self.drilling is not None:
            return drill_screen(self.drilling, self.desk)
        return None if self.practice is None else screen_of(self.practice, self.desk)

    def _home(self) -> Screen[None]:
        from callcalm.tui.screens.home import HomeScreen

        return HomeScreen(self.desk, self.drilled or self.practice)
