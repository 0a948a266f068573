"""Every answer that can be picked at a beat, with all that is the same wherever a call comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from callcalm.core.actions import Action, Choose, Compose, Say
from callcalm.core.explore.tasks import Outcome, outcomes
from callcalm.core.explore.words import Deltas, Scales, Words
from callcalm.core.model import Beat, Reply, Step
from callcalm.core.text import Text

TYPED = Text("…")
"""A typed answer in which nothing is found: it moves composure by nothing."""

_NOTHING = Words((), (), (), 0)


class Answer:
    """One reply, one outcome of a composed answer, or the typed answer that goes where `otherwise` leads.

    `many` is how many ways there are to give it (0: it is typed), `action` one of them. It leads to `goto` (None:
    nowhere) with what `step` changes, or, if it `presses`, uses up patience. `reply` is set for a reply, `outcome`
    for one of those; `texts` are the texts said. Its `words` are there once it is `weighed`.
    """

    __slots__ = (
        "_action", "_fresh", "_texts", "_worn", "goto", "many", "outcome", "presses", "reply", "step", "words"
    )  # fmt: skip

    words: Words

    def __init__(
        self,
        action: Action | None,
        goto: str | None,
        step: Step | Reply | None = None,
        reply: Reply | None = None,
        texts: tuple[str, ...] = (),
        many: int = 1,
        presses: bool = False,
        outcome: Outcome | None = None,
    ) -> None:
        """`action` and `texts` can be left out for a reply: there may be tens of thousands, and few are asked."""
        self._action = action
        self._texts = texts
        self._fresh: Deltas | None = None
        self._worn: dict[Collection[str], Deltas] | None = None
        self.goto = goto
        self.step = step
        self.reply = reply
        self.many = many
        self.presses = presses
        self.outcome = outcome

    @property
    def action(self) -> Action:
        """How it is given."""
        if self._action is None:
            return Choose(self.reply.key if self.reply is not None else "")
        return self._action

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said."""
        return self._texts if self.reply is None else (self.reply.say,)

    def deltas(self, scales: Scales, worn: frozenset[str] = frozenset()) -> Deltas:
        """What it does to composure, lane by lane, with the sentences `worn` said before."""
        if not worn:
            if self._fresh is None:
                self._fresh = scales.deltas(self.words, tempts=self.reply is not None)
            return self._fresh
        if self._worn is None:
            self._worn = {}
        found = self._worn.get(worn)
        if found is None:
            found = self._worn[worn] = scales.deltas(self.words, worn, tempts=self.reply is not None)
        return found

    @property
    def said(self) -> int:
        """How many words it says."""
        return sum([len(text.split()) for text in self.texts])


def answers_of(beat: Beat) -> list[Answer]:
    """Every answer that can be given at a beat, not weighed yet."""
    found = [Answer(None, reply.goto, reply, reply) for reply in beat.replies]
    step = beat.otherwise
    if beat.compose is not None:
        goto = step.goto if step is not None else None
        found.extend(
            Answer(
                Compose(outcome.example),
                beat.compose.goto if outcome.ideal else goto,
                None if outcome.ideal else step,
                None,
                tuple([beat.compose.parts[at].say for at in outcome.example]),
                outcome.many,
                step is None and not outcome.ideal,
                outcome,
            )
            for outcome in outcomes(beat.compose)
        )
    elif step is not None:
        found.append(Answer(Say(TYPED), step.goto, step, many=0))
    return found


def weighed(beat: Beat, answers: Iterable[Answer], scales: Scales) -> None:
    """Give the answers of a beat their words, as the meter takes them."""
    parts = scales.parts(beat.compose.parts) if beat.compose is not None else []
    for answer in answers:
        if answer.reply is not None:
            answer.words = scales.reply(answer.reply, beat)
        elif answer.outcome is not None:
            answer.words = answer.outcome.words(parts)
        else:
            answer.words = _NOTHING
