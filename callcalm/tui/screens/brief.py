"""Before the call: what one knows, what it is about, the house rules, and a breath before picking up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from callcalm.core.worked import Worked
from callcalm.insight.channel import Ways
from callcalm.insight.guide_words import worked_lines
from callcalm.insight.wording import channel_word, minutes_words, move_name
from callcalm.language import _, ngettext, pick
from callcalm.practice.round import Practice, Stage
from callcalm.tui.commands import bindings
from callcalm.tui.literal import literal
from callcalm.tui.messages import GoHome, Moved, OtherPlaybook, ShowText
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.story import first_name
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.words import Words


class BriefScreen(ReadingPage):
    """Read, breathe, smile, pick up."""

    PLACE = "brief"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("brief")

    def __init__(self, practice: Practice, worked: Callable[[], tuple[Worked, ...]] = tuple) -> None:
        super().__init__()
        self._find_worked = worked
        self._worked: tuple[Worked, ...] = ()
        self._practice = practice
        self._scenario = practice.round.opening.scenario

    def heading(self) -> str:
        """The encounter."""
        return f"{self._scenario.title} · {channel_word(self._scenario.channel)} · {self._scenario.setting}"

    def reading(self) -> Iterable[Widget]:
        """All there is to know before picking up."""
        scenario, playbook = self._scenario, self._practice.round.opening.playbook
        name = first_name(scenario.caller)
        if self._practice.returning is not None and self._practice.returning.reminder:
            yield Words(literal(_("What you promised"), "bold $heading"))
            yield Words(self._practice.returning.reminder, classes="para")
        yield Words(literal(_("What you know"), "bold $heading"))
        yield Words(scenario.brief, classes="para")
        yield Words(literal(_("What you are after"), "bold $heading"))
        yield Words(
            _("An end that {name} would call fair, and your own calm kept.").format(name=name),
            classes="para close",
        )
        if scenario.teaches:
            names = ", ".join(move_name(move, playbook.registry) for move in scenario.teaches)
            yield Words(_("To practise here: {moves}.").format(moves=names), classes="para")
        yield Words(literal(_("House rules: {name}").format(name=pick(playbook.name)), "bold $heading"))
        yield Words(pick(playbook.about), classes="para")
        yield Words(
            _("{name} is upset about a situation, and you are the one who can help with it.").format(name=name),
            classes="para calm",
        )
        yield Words(Ways(scenario.channel).ready, classes="para")
        yield Words(self._coach_line(), ident="coach-line", classes="para")
        yield Words(literal(minutes_words(scenario.minutes), "$muted"), classes="para")

    def on_mount(self) -> None:
        """What became of the call that was waiting."""
        self.mind(self._practice)
        self.call_after_refresh(self._offer_worked)

    def _offer_worked(self) -> None:
        """What is new to this player can be seen taken badly and well; found out once the picture is there."""
        self._worked = self._find_worked()
        if self._worked and not self._practice.notice:
            count, key = len(self._worked), keys_of(self).name("brief.worked")
            self.note(
                ngettext(
                    "{n} technique here is new to you; {key} shows it taken badly and well.",
                    "{n} techniques here are new to you; {key} shows each taken badly and well.",
                    count,
                ).format(n=count, key=key)
            )
        self.refresh_bindings()

    def action_worked(self) -> None:
        """Show the worked calls of what is new."""
        registry = self._practice.round.opening.playbook.registry
        pages = [
            "\n".join((move_name(call.move, registry), "", *worked_lines(call), "", call.rule))
            for call in self._worked
        ]
        self.post_message(ShowText(_("Worked calls"), "\n\n".join(pages)))

    def _coach_line(self) -> str:
        if self._practice.round.coached:
            return _(
                "Coach: on. What words cost and help is marked as you go, and the round is marked as coached."
            )
        return _("Coach: off. What your words did is shown after the call.")

    def next_step(self) -> None:
        """The call itself."""
        self._practice.go(Stage.CALL)
        self.post_message(Moved())

    def action_begin(self, _channel: str) -> None:
        """Pick up, look up, or open it."""
        self.next_step()

    def action_coach(self) -> None:
        """Turn the coach on; a run once coached stays marked so."""
        self._practice.coach(True)
        self.query_one("#coach-line", Words).say(self._coach_line())
        self.note(self._coach_line())
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The coach can be turned on once; how it begins has a name for each channel."""
        if action == "coach":
            return not self._practice.round.coached
        if action == "worked":
            return bool(self._worked)
        if action == "begin":
            return parameters == (self._scenario.channel.value,) and super().check_action("go_on", ())
        return super().check_action(action, parameters)

    def action_playbook(self) -> None:
        """Choose other house rules."""
        self.post_message(OtherPlaybook())

    def action_leave_round(self) -> None:
        """Back to the list."""
        self.post_message(GoHome())
