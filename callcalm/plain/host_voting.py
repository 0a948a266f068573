"""The steps of a call and of a vote: listen, ask, count, reveal, talk, count again, play.

What must not be here: answers of people's own, PRICE, the debrief.
"""

from __future__ import annotations

import re
from typing import Final

from callcalm.core.text import Text
from callcalm.insight.channel import Ways
from callcalm.language import _
from callcalm.plain.host_prompt import Prompt
from callcalm.plain.host_words import show_call, show_choices, show_votes
from callcalm.room.counting import counted
from callcalm.room.questions import moment
from callcalm.room.session import NotNow, Phase
from callcalm.room.views import public

_LETTER: Final = re.compile(r"[A-Da-d]")


class VotingPrompt(Prompt):
    """The steps up to the end of the call; what stands on the screen already is not said again."""

    _shown = -1
    _heard: tuple[Text, ...] = ()

    def _lobby(self) -> None:
        if self._door is not None:
            line = self._asked(
                _("Enter to begin, count for how many have joined, ? for help."),
                _("Project this window, or read it out. Everybody votes on a phone, unseen until you reveal."),
            )
        else:
            line = self._asked(
                _("Enter to begin, ? for help."),
                _("Project this window, or read it out. Everybody votes by hand; you type how many."),
            )
        if line and self._door is not None:
            self._not_understood(line)  # a slip of the keys must not begin while people still come in
            return
        self._room.start()

    def _call(self) -> None:
        view = public(self._room)
        new = view.version != self._shown
        if new:
            show_call(self._console, view, known=self._heard)
            self._shown, self._heard = view.version, view.heard
        if view.ending is not None:
            self._over(new=new)
        elif view.more:
            self._listening()
        else:
            self._deciding(new=new)

    def _over(self, *, new: bool) -> None:
        ending = public(self._room).ending
        if new and ending is not None:
            self._console.say(Ways(self._room.round.state.scenario.channel).over(ending.kind))
            self._console.say(ending.text)
        line = self._asked(
            _("Enter to score the call together (PRICE), debrief to skip that; ? for help."),
            _("Enter: everybody scores the call with their fingers, as the caller would."),
            _("debrief goes on without a score; u takes the last answer back; end ends the session."),
        ).casefold()
        moves = {
            "": self._room.price,
            "debrief": self._room.debrief,
            "u": self._room.undo,
            "end": self._room.finish,
        }
        self._do(line, moves)

    def _listening(self) -> None:
        prompt = Ways(self._room.round.state.scenario.channel).listen_prompt
        line = self._asked(
            prompt,
            _("Enter listens on; x cuts in, which costs; b takes a breath, free the first time."),
            _("v lets the room vote on it; u takes the last step back; debrief leaves the call."),
        ).casefold()
        moves = {
            "": self._room.listen,
            "l": self._room.listen,
            "x": self._room.cut_in,
            "b": self._room.breathe,
            "v": self._vote_on_listening,
            "u": self._room.undo,
            "debrief": self._room.debrief,
        }
        self._do(line, moves)

    def _vote_on_listening(self) -> None:
        self._room.ask()
        self._show_question()

    def _deciding(self, *, new: bool) -> None:
        if new:
            state = self._room.round.state
            kind, choices = moment(state, self._room.parts)
            task = state.here.compose
            parts = tuple(str(task.parts[index].say) for index in self._room.parts) if task else ()
            show_choices(self._console, kind, choices, parts)
        line = self._asked(
            _("Enter opens the vote, or only the letter to play; t to say it yourselves; ? for help.")
            if self._door is not None
            else _("Count hands: A5 B2, or only the letter to play; t to say it yourselves; ? for help."),
            _("A5 B2 counts hands for A and B; 5 2 0 1 counts A, B, C and D. Nothing shows until you reveal."),
            _("One letter plays that answer. Enter opens the vote first."),
            _("t has people call out answers of their own; breathe takes a breath; w shows two schools."),
            _("u takes the last step back; debrief leaves the call."),
        )
        moves = {
            "": self._room.ask,
            "t": self._room.saying,
            "breathe": self._room.breathe,
            "w": self._compare,
            "u": self._room.undo,
            "debrief": self._room.debrief,
        }
        if line.casefold() in moves:
            moves[line.casefold()]()
            return
        self._counted_or_picked(line)

    def _counted_or_picked(self, line: str) -> None:
        """Counts, or one letter; the vote is opened first if it is not."""
        counts = counted(line, len(self._letters()))
        letter = line.upper() if _LETTER.fullmatch(line) else ""
        if counts is None and not letter:
            self._not_understood(line)
            return
        if not {*(counts or {}), *letter} <= set(self._letters()):
            raise NotNow("no-choice")
        if letter and self._door is not None and self._room.phase is Phase.OPEN and self._room.voted:
            self._console.say(_("People are voting. Enter closes the vote; then name a letter."))
            return
        if self._room.phase is Phase.CALL:
            self._room.ask()
        if counts is not None:
            self._room.hands(counts)
            if self._room.phase is Phase.OPEN:
                self._room.close()
        else:
            self._room.settle(letter)
            self._play()

    def _letters(self) -> tuple[str, ...]:
        if self._room.phase is Phase.CALL:
            return tuple(choice.letter for choice in moment(self._room.round.state, self._room.parts)[1])
        return self._room.question.ballot.letters if self._room.question else ()

    def _open(self) -> None:
        if self._door is None and self._room.voted:
            self._console.say(
                _("{n} of {all} have voted; Enter closes the vote.").format(
                    n=self._room.voted, all=self._room.joined
                )
            )
        line = self._asked(
            _("The vote is open. count for how many have voted, Enter closes it; ? for help.")
            if self._door is not None
            else _("The vote is open. Count hands: A5 B2, or only the letter; ? for help."),
            _("A5 B2 counts hands for A and B; 5 2 counts A and B in turn; one letter plays that answer."),
            _("x leaves the question."),
        )
        if line.casefold() == "x":
            self._room.drop()
        elif line:
            self._counted_or_picked(line)
        elif self._room.voted:
            self._room.close()
        elif self._door is not None:
            self._console.say(_("Nobody has voted yet."))
        else:
            self._console.say(_("No hands are counted yet."))

    def _closed(self) -> None:
        prompt = _("Counted. Enter to reveal, or count again; ? for help.")
        if self._door is not None:
            self._door.count(self._console)
            prompt = _("The vote is closed. Enter to reveal, o to open it again; ? for help.")
        line = self._asked(
            prompt,
            _("Enter shows how many voted for what; new counts replace the old ones; x leaves the question."),
            _("o opens the vote again; what is in stands."),
        )
        if line.casefold() == "x":
            self._room.drop()
        elif line.casefold() == "o":
            self._room.reopen()
        elif line:
            self._counted_or_picked(line)
        else:
            self._room.reveal()
            show_votes(self._console, public(self._room))

    def _revealed(self) -> None:
        line = self._asked(
            _("Enter to play what most chose, r to talk and vote again, or a letter; ? for help."),
            _("r: let them talk in pairs, then count again; both votes are shown side by side."),
            _("draw settles a tie from the seed that everybody can see; a letter is your own word."),
            _("o opens the vote again; x leaves the question."),
        )
        key = line.casefold()
        if key == "":
            self._room.settle_by_vote()
            self._play()
        elif key == "draw":
            self._room.settle_by_seed()
            if self._room.question is not None:
                self._console.say(
                    _("Drawn from {seed}: {letter}.").format(
                        seed=self._room.draw_seed, letter=self._room.question.chosen
                    )
                )
            self._play()
        elif _LETTER.fullmatch(line):
            self._room.settle(line.upper())
            self._play()
        else:
            self._do(key, {"r": self._revote, "o": self._room.reopen, "x": self._room.drop})

    def _revote(self) -> None:
        self._room.revote()
        self._console.say(_("Talk it over. Then a new vote; the first one stays beside it."))

    def _picked(self) -> None:
        said = public(self._room).said
        line = self._asked(
            _("Enter to play it, x to leave it; ? for help."),
            _("Enter moves the call on with what was picked; another letter or number picks that one."),
        )
        if not line:
            self._play()
        elif line.casefold() == "x":
            self._room.drop()
        elif said and line.isdecimal():
            self._pick(line)
        elif _LETTER.fullmatch(line):
            self._room.settle(line.upper())
        else:
            self._not_understood(line)
