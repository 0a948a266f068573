"""The few sentences that differ by channel: one hears a caller out, faces a person, reads a letter to its end.

What must not be here: layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from callcalm.core.model import Channel, EndingKind
from callcalm.insight.wording import kind_word
from callcalm.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Ways:
    """How one channel puts things."""

    channel: Channel

    @property
    def _letter(self) -> bool:
        return self.channel is Channel.LETTER

    def met(self, name: str) -> str:
        """Who it is."""
        if self.channel is Channel.IN_PERSON:
            return _("Before you: {name}.").format(name=name)
        return (_("A letter from: {name}.") if self._letter else _("On the line: {name}.")).format(name=name)

    @property
    def begin(self) -> str:
        """What the plain brief asks before it begins."""
        if self.channel is Channel.PHONE:
            return _("Enter to pick up, or q to leave.")
        return _("Enter to open it, or q to leave.") if self._letter else _("Enter to look up, or q to leave.")

    @property
    def ready(self) -> str:
        """The last words before it begins (S0-1, S2-7)."""
        if self.channel is Channel.PHONE:
            return _("Breathe out slowly. Smile: it can be heard. Then pick up.")
        if self.channel is Channel.IN_PERSON:
            return _("Breathe out slowly. Let your shoulders drop, and smile. Then look up.")
        return _("Breathe out slowly. Smile. Then read it as though you had written it.")

    @property
    def listen_prompt(self) -> str:
        """What can be done while there is more to come, line by line."""
        if self._letter:
            return _("Enter to read on, x to stop reading, b to breathe, ? for help.")
        return _("Enter to listen on, x to cut in, b to breathe, ? for help.")

    def more(self, parts: int) -> str:
        """That there is more to come."""
        if self._letter:
            return ngettext(
                "There is more of it: {n} more part.", "There is more of it: {n} more parts.", parts
            ).format(n=parts)
        return ngettext(
            "They have more to say: {n} more part.", "They have more to say: {n} more parts.", parts
        ).format(n=parts)

    def more_of(self, name: str, parts: int) -> str:
        """The same with the name, as a question stands on the screen."""
        if self._letter:
            return self.more(parts)
        return ngettext("{name} has one more thing to say.", "{name} has {n} more things to say.", parts).format(
            name=name, n=parts
        )

    def listen(self, name: str) -> str:
        """The row that lets the rest come."""
        if self._letter:
            return _("Read on: let {name} have their say.").format(name=name)
        return _("Listen: let {name} go on.").format(name=name)

    @property
    def cut_in(self) -> str:
        """The row that does not."""
        if self._letter:
            return _("Stop reading: what is left goes unread.")
        return _("Cut in: what is left goes unheard.")

    def was_cut(self, parts: int) -> str:
        """What cutting in did."""
        if self._letter:
            return ngettext(
                "You stopped reading; {n} part went unread.", "You stopped reading; {n} parts went unread.", parts
            ).format(n=parts)
        return ngettext("You cut in; {n} part went unheard.", "You cut in; {n} parts went unheard.", parts).format(
            n=parts
        )

    def presses(self, name: str, left: int) -> str:
        """That an answer was none, and how long they will bear it."""
        if self.channel is Channel.PHONE:
            return ngettext(
                "That answered nothing: {name} presses. Once more and they hang up.",
                "That answered nothing: {name} presses. {n} more times and they hang up.",
                left,
            ).format(name=name, n=left)
        return ngettext(
            "That answered nothing: {name} presses. Once more and they give up on you.",
            "That answered nothing: {name} presses. {n} more times and they give up on you.",
            left,
        ).format(name=name, n=left)

    def over(self, kind: EndingKind) -> str:
        """That it has ended, and how."""
        if self.channel is Channel.PHONE:
            return _("The call is over: {kind}.").format(kind=kind_word(kind))
        return _("It is over: {kind}.").format(kind=kind_word(kind))

    @property
    def again(self) -> str:
        """What stands above the re-read, line by line."""
        if self.channel is Channel.PHONE:
            return _("The call again, from the other end of the line.")
        return _("The same again, seen from the other side.")

    @property
    def all_of_it(self) -> str:
        """What stands above all that is said in it, in a report for writers."""
        if self.channel is Channel.PHONE:
            return _("The call")
        return _("What is written") if self._letter else _("What is said")

    @property
    def where_lost(self) -> str:
        """What stands there above the answers that lose it."""
        if self.channel is Channel.PHONE:
            return _("Where calls are lost")
        return _("Where it is lost")
