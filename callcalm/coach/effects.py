"""What the coach must know of moves to judge them together: which help, which cost, which depend on others.

The registry in `content` holds the moves themselves, with weights; a test holds these sets to it. What must not
be here: weights, texts.
"""

from __future__ import annotations

from callcalm.core.hints import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HELPS: Final = _words(
    "thank use-name invite empathy.named empathy.generic validate apology.regret apology.institution"
    " help-me-understand ask-leave restate probe closed-check own-it reassure by-when offer options helping-hand"
    " can-do offer-callback hold.checked narrate win-win good-news agree-next-step transfer.warm escalate-manager"
    " boundary rule-reason personal explain.fitted anything-else small-talk pacer.prepare pacer.announce"
    " pacer.console pacer.explain pacer.recommend"
)
"""Moves that help and can be seen in words."""

COSTS: Final = _words(
    "blame.why-you you-failed you-claim you-should absolute calm-down as-i-said command ultimatum rule-wall"
    " flat-no dismiss.minimise dismiss.deflect message-taker defensive excuse-first sarcasm non-apology"
    " apology.passive empathy.but pity letterese over-promise jargon tone.bright hold.blind transfer.cold bluff"
)
"""Moves that cost and can be seen in words."""

EMPATHY: Final = frozenset({"empathy.named", "empathy.generic", "validate", "apology.regret", "pacer.console"})
"""What tames, and must come before an explanation (S3-9)."""

NEXT_STEPS: Final = _words(
    "offer options can-do by-when own-it helping-hand transfer.warm escalate-manager offer-callback win-win"
    " pacer.recommend rule-reason hold.checked"
)
"""What turns a bare no into an answer, and a message taken into a matter taken on."""

TAKING_ON: Final = frozenset({"own-it", "by-when", "transfer.warm", "offer-callback", "pacer.recommend"})
"""What makes "I will pass it on" more than taking a message (S0-4)."""

SPOILERS: Final = frozenset({"empathy.but", "non-apology", "apology.passive", "sarcasm"})
"""Moves that take back any helping words they touch, not only those within them."""

GRAVE: Final = EMPATHY | (COSTS - {"tone.bright"}) | _words("apology.institution pacer.prepare pacer.announce")
"""What shows that an answer is about trouble, when nothing else is known of the call."""

PRESSURE: Final = _words("ultimatum bluff command transfer.cold message-taker hold.blind")
"""Moves in whose sentence a next step is none: it is what they threaten with, or whom they send away to."""

WORD_BY_WORD: Final = frozenset({"letterese", "jargon"})
"""Moves that are a matter of single words: several in one sentence are several findings."""

BAD_NEWS: Final = _words("pacer.prepare pacer.announce pacer.console flat-no rule-wall empathy.named")
"""What shows that an answer brings bad news, or knows what it means."""

ALONE_NOTHING: Final = _words("pacer.announce pacer.explain pacer.recommend")
"""Parts of telling bad news that are plain talk where, the call being unknown, nothing else tells it (S3-10)."""
