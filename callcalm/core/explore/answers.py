"""Every answer that can be picked at a beat, with all that is the same wherever a call comes from."""

from __future__ import annotations

from callcalm.core.actions import Action, Choose, Compose, Say
from callcalm.core.explore.tasks import outcomes
from callcalm.core.explore.words import Scales, Words
from callcalm.core.model import Beat, Reply, Step
from callcalm.core.text import Text

TYPED = Text("…")
"""A typed answer in which nothing is found: it moves composure by nothing."""

_NOTHING = Words((), (), (), 0)


class Answer:
    """One reply, one outcome of a composed answer, or the typed answer that goes where `otherwise` leads.

    `action` is one way to give it, `many` how many ways there are (0: it is typed); `fresh` what it adds with
    nothing in it worn out. It leads to `goto` (None: nowhere) with what `step` changes, or, if it `presses`, uses
    up patience. `reply` is set for a reply; `texts` are the texts said.
    """

    __slots__ = ("action", "fresh", "goto", "many", "presses", "reply", "step", "texts", "words")

    def __init__(
        self,
        action: Action,
        words: Words,
        fresh: int,
        goto: str | None,
        step: Step | Reply | None = None,
        reply: Reply | None = None,
        *,
        texts: tuple[str, ...] = (),
        many: int = 1,
        presses: bool = False,
    ) -> None:
        self.action = action
        self.words = words
        self.fresh = fresh
        self.goto = goto
        self.step = step
        self.reply = reply
        self.many = many
        self.presses = presses
        self.texts = texts

    @property
    def said(self) -> int:
        """How many words it says."""
        return sum(len(text.split()) for text in self.texts)


def answers_of(beat: Beat, scales: Scales) -> list[Answer]:
    """Every answer that can be given at a beat."""
    found: list[Answer] = []
    for reply in beat.replies:
        words = scales.reply(reply, beat)
        found.append(
            Answer(Choose(reply.key), words, scales.weigh(words), reply.goto, reply, reply, texts=(reply.say,))
        )
    step = beat.otherwise
    if beat.compose is not None:
        parts = scales.parts(beat.compose.parts)
        for outcome in outcomes(beat.compose, parts):
            goto = step.goto if step is not None else None
            if outcome.ideal:
                goto = beat.compose.goto
            found.append(
                Answer(
                    Compose(outcome.example),
                    outcome.words,
                    scales.weigh(outcome.words),
                    goto,
                    None if outcome.ideal else step,
                    texts=tuple(beat.compose.parts[index].say for index in outcome.example),
                    many=outcome.many,
                    presses=step is None and not outcome.ideal,
                )
            )
    elif step is not None:
        found.append(Answer(Say(TYPED), _NOTHING, 0, step.goto, step, many=0))
    return found
