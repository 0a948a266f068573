"""A call while it is played, whatever becomes of it: by the player's actions and words.

What must not be here: stages, sheets, saving (see `round`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from callcalm.core.actions import Action, IllegalAction, Say
from callcalm.core.call import LONGEST_ANSWER, offer
from callcalm.core.round import Round
from callcalm.core.state import Turn
from callcalm.core.text import Text, safe
from callcalm.language import _
from callcalm.practice.ears import Ears
from callcalm.storage.trouble import CannotSave


@dataclass(frozen=True, slots=True)
class Match:
    """What a typed answer was taken for: the key of the nearest reply, or None; `why` says it in one line."""

    reply: str | None
    why: str


class Playing:
    """A call that is played; `_save` is called after every change. `ears` are the coach that hears own words.

    `notice` is one sentence to say once, empty for none; `trouble` why the last save failed, None when it worked.
    """

    def __init__(self, round_: Round, ears: Ears) -> None:
        self.round = round_
        self.notice = ""
        self.trouble: CannotSave | None = None
        self.ears = ears

    def take(self, action: Action) -> Turn:
        """Do one thing in the call.

        Raises:
            IllegalAction: if the call does not allow it; nothing has changed then.
        """
        self._pick_up()
        self.round = self.round.take(action)
        self._save()
        return self.round.turns[-1]

    def say(self, text: str) -> tuple[Turn, Match]:
        """Answer in one's own words: made safe, read by the coach, taken for the nearest reply.

        Raises:
            IllegalAction: if the call does not allow it; nothing has changed then.
        """
        self._pick_up()
        words = Text(safe(text, multiline=False).strip())
        state = self.round.state
        now = offer(state)
        if not words:
            raise IllegalAction("empty")
        if len(words) > LONGEST_ANSWER:
            raise IllegalAction("too-long")
        if now.listen or not now.say:
            return self.take(Say(words)), Match(None, "")
        findings, key = self.ears.hear(words, state, now)
        turn = self.take(Say(words, findings, key))
        return turn, Match(key, self._explained(key, turn))

    def undo(self) -> bool:
        """Take back the last action of the call; False if there is none."""
        if not self.round.turns:
            return False
        self.round = self.round.undo()
        self._save()
        return True

    def coach(self, on: bool) -> None:
        """Show the marks during the call from now on, or not; a run once coached stays marked so."""
        if on and not self.round.coached:
            self.round = replace(self.round, coached=True)
            self._save()

    def _save(self) -> None:
        """Keep the call as it stands, where it is to be kept."""

    def _pick_up(self) -> None:
        """Have the coach read the scenario's answers, once the call begins: the brief is shown without waiting."""
        opening = self.round.opening
        if not opening.scenario.read:
            self.round = replace(self.round, opening=replace(opening, scenario=self.ears.read(opening.scenario)))

    def _explained(self, key: str | None, turn: Turn) -> str:
        if turn.state.ending == turn.state.scenario.lost:
            return ""
        if key is not None:
            reply = turn.state.scenario.reply(key)
            return _("Taken as: “{reply}”").format(reply=reply.say) if reply else ""
        if turn.state.presses:
            return _("That did not answer them; they are still waiting.")
        return _("That is near none of the answers here; the call goes on from it.")
