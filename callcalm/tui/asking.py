"""The half of the app that begins things, and puts something over a screen: the field guide, texts, questions.

It asks about a save that fails, a second window, a call that would be replaced. Each question is a screen; what is
done with the answer stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from callcalm.language import _
from callcalm.tui.debriefing import choose_turn, show_beside, show_debrief
from callcalm.tui.journaling import JournalingApp
from callcalm.tui.messages import (
    ComeBack,
    GoOnCampaign,
    Notice,
    Opened,
    OpenGuide,
    OtherPlaybook,
    OtherPlayer,
    Play,
    PlayDrill,
    Resume,
    ShowText,
)
from callcalm.tui.messages_debrief import AnotherWay, GhostOver, OpenDebrief

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.practice.drilling import Drilling
    from callcalm.practice.lettering import Lettering
    from callcalm.practice.round import Practice

HELD = "held"
LONGEST_PATH = 1_000
LONGEST_NAME = 60


class AskingApp(JournalingApp, inherit_bindings=False):
    """An app with a desk, perhaps a round at hand (`practice`), and the one that was last (`last`).

    A drill or a letter at hand (`drilling`) stands before both; `drilled` is one while it is being left.
    """

    def __init__(self, desk: Desk, practice: Practice | None, *, ansi_color: bool | None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.desk = desk
        self.practice = practice
        self.last = practice
        self.drilling: Drilling | Lettering | None = None
        self.drilled: Drilling | Lettering | None = None
        self._told: tuple[object, ...] | None = None

    def show(self, practice: Practice | None) -> None:
        """Put this round on the screen, at the stage it is at; None is home."""
        raise NotImplementedError

    def on_show_text(self, event: ShowText) -> None:
        """A text to read, and to copy."""
        from callcalm.tui.screens.reader import CopyReader

        self.push_screen(CopyReader(event.title, event.text))

    def on_play(self, event: Play) -> None:
        """Begin an encounter."""
        self.begin(lambda: self.desk.begin(event.ident))

    def on_come_back(self, event: ComeBack) -> None:
        """Go back to a promise."""
        from callcalm.practice.promises import come_back

        self.begin(lambda: come_back(self.desk, event.entry))

    def begin(self, make: Callable[[], Practice]) -> None:
        """Begin a round, once the call that waits is settled: there is room for one."""
        waiting = self.desk.waiting()
        if waiting is None:
            self._open(make)
            return
        from callcalm.tui.screens.dialogues import replaces

        def settled(answer: str | None) -> None:
            if answer == "resume":
                self._open(lambda: self.desk.resume(waiting))
            elif answer == "begin":
                self._open(make)

        self.push_screen(replaces(waiting), settled)

    def on_play_drill(self, event: PlayDrill) -> None:
        """Begin a drill; a call that waits goes on waiting."""
        from callcalm.content.drills import UnknownDrill
        from callcalm.intake.problems import BadFile
        from callcalm.practice.drilling import Shelf

        try:
            self.drilling = Shelf(self.desk).begin(event.ident)
        except (BadFile, UnknownDrill) as problem:
            self.post_message(ShowText(_("This cannot be played"), str(problem)))
        else:
            self.show(None)

    def on_go_on_campaign(self, event: GoOnCampaign) -> None:
        """The next step of a campaign, or its steps where all are done."""
        from callcalm.tui.flow import next_of

        self.post_message(next_of(self.desk, event.ident))

    def on_resume(self, _event: Resume) -> None:
        """Go on with the call that waits."""
        record = self.desk.waiting()
        if record is not None:
            self._open(lambda: self.desk.resume(record))

    def on_open_guide(self, event: OpenGuide) -> None:
        """The field guide, over the screen there is."""
        from callcalm.tui.flow import guide_screen

        self.push_screen(guide_screen(self.desk, event.move))

    def on_open_debrief(self, event: OpenDebrief) -> None:
        """The round at hand solved, turn by turn."""
        show_debrief(self, event.told)

    def on_another_way(self, event: AnotherWay) -> None:
        """A turn of the round at hand, taken up again."""
        if self.practice is not None:
            choose_turn(self, self.practice, event.told)

    def on_ghost_over(self, event: GhostOver) -> None:
        """Both ways side by side."""
        show_beside(self, event.ghost)

    def on_other_playbook(self, _event: OtherPlaybook) -> None:
        """Choose house rules, and begin the round anew with them."""
        if self.practice is None:
            return
        from callcalm.tui.screens.dialogues import other_rules

        opening, coached = self.practice.round.opening, self.practice.round.coached
        returning = self.practice.returning

        def chosen(name: str | None) -> None:
            if name and name != opening.playbook.id:
                self._open(
                    lambda: self.desk.begin(
                        opening.scenario.id, playbook=name, coached=coached, returning=returning
                    )
                )

        self.push_screen(other_rules(self.desk.playbooks, opening.playbook.id), chosen)

    def on_opened(self, _event: Opened) -> None:
        """The save has been opened: another window may have it, or it cannot be written."""
        store = self.desk.store
        holder = store.lock_holder
        if holder is not None:
            from callcalm.tui.screens.dialogues import held

            self._tell_once((HELD, store.player), lambda: self.push_screen(held(holder, store), self._held))
        elif store.trouble is not None:
            self.on_save_failed()

    def on_other_player(self, event: OtherPlayer) -> None:
        """Sit down as somebody else."""
        self.desk = self.desk.as_player(event.name)
        self.last = None
        self.show(None)

    def on_save_failed(self) -> None:
        """Tell the player at once, and again only if it is another trouble."""
        trouble = self.desk.store.trouble
        if trouble is None or not self.screen_stack:
            return  # without a screen we are leaving: the last words on the terminal tell it
        from callcalm.insight.saving import trouble_line
        from callcalm.tui.screens.dialogues import save_trouble

        self.screen.post_message(Notice(trouble_line(trouble)))
        self._tell_once(
            (trouble.path, trouble.reason, trouble.code),
            lambda: self.push_screen(save_trouble(trouble, served=self.desk.served), self._about_saving),
        )

    def action_saving(self) -> None:
        """Say again why saving failed, and what can be done."""
        self._told = None
        self.on_save_failed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to say about saving only when it has failed."""
        return action != "saving" or (self._told is not None and self._told[0] != HELD)

    def _tell_once(self, what: tuple[object, ...], tell: Callable[[], object]) -> None:
        if self._told != what:
            self._told = what
            tell()

    def _held(self, answer: str | None) -> None:
        if answer == "quit":
            self.exit()
        elif answer == "other":
            self.ask_line(
                _("Who plays here?"),
                _("Another name is another save."),
                LONGEST_NAME,
                lambda name: self.post_message(OtherPlayer(name)),
            )

    def _about_saving(self, answer: str | None) -> None:
        match answer:
            case "folder":
                self.ask_line(
                    _("Save where?"),
                    _("A folder of yours that can be written to; it is made if need be."),
                    LONGEST_PATH,
                    self._move_saves,
                )
            case "again":
                self._try(self.desk.store.retry)
            case "text":
                from callcalm.insight.transcript import transcript

                words = transcript(self.practice.round, self.practice.own) if self.practice else ""
                self.post_message(ShowText(_("Not saved"), f"{words}\n\n{self.desk.store.unsaved_text()}"))

    def _move_saves(self, folder: str) -> None:
        from callcalm.tui.screens.question import written_path

        self._try(lambda: self.desk.store.move_to(written_path(folder)))

    def _try(self, save: Callable[[], None]) -> None:
        """Try to save; if it does not work, the question comes again."""
        from callcalm.storage.trouble import CannotSave

        self._told = None
        try:
            save()
        except CannotSave:
            self.on_save_failed()
            return
        self.screen.post_message(Notice(_("Saved in {folder}.").format(folder=self.desk.store.folder)))

    def ask_line(self, title: str, text: str, most: int, then: Callable[[str], object]) -> None:
        """Ask for a line over the screen there is."""
        from callcalm.tui.screens.question import Ask

        def answered(line: str | None) -> None:
            if line is not None and line.strip():
                then(line.strip())

        self.push_screen(Ask(title, text, most=most), answered)

    def _open(self, make: Callable[[], Practice]) -> None:
        """Show a round, or why it cannot be played."""
        from callcalm.content.library import UnknownScenario
        from callcalm.intake.problems import BadFile
        from callcalm.practice.desk import UnknownPlaybook

        try:
            practice = make()
        except (BadFile, UnknownScenario, UnknownPlaybook) as problem:
            self.post_message(ShowText(_("This cannot be played"), str(problem)))
        else:
            self.show(practice)
