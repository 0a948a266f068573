"""What is said back to a phone: how something sent was taken, and why a request was not.

What must not be here: HTML.
"""

from __future__ import annotations

from callcalm.room.taking import LONGEST_SAID, Outcome
from callcalm.room.tongue import Tongue


def outcome_words(place: str, outcome: Outcome, tongue: Tongue, *, letter: str = "") -> str:
    """How a vote, an answer (`say`) or a sheet (`rate`) was taken. Empty where the page itself says it."""
    _ = tongue._
    if outcome in {Outcome.ACCEPTED, Outcome.CHANGED, Outcome.SAME}:
        if place == "vote":
            return _("Your vote: {letter}. You can change it until voting closes.").format(letter=letter)
        return _("It is in. You can change it until this closes.")
    if outcome is Outcome.CLOSED:
        return _("That came too late: this is closed, and it was not counted.")
    if outcome is Outcome.FULL:
        return _("The room is full. Look on with somebody who is in.")
    return {
        "vote": _("Choose one of the answers first."),
        "say": _("Write something first, and not more than {most} characters.").format(most=LONGEST_SAID),
        "rate": _("Answer every question first."),
    }.get(place, _("That could not be taken."))


def reason_words(reason: str, tongue: Tongue) -> str:
    """Why a request was not taken, and what to do."""
    _ = tongue._
    return {
        "host": _("This room is not at that address. Use the one on the screen."),
        "origin": _("That did not come from the room’s own page. Open the room and send it again."),
        "method": _("This cannot be asked here."),
        "nothing-here": _("There is nothing at this address. Use the one on the screen."),
        "too-often": _("That was a lot at once. Wait a few seconds, then send it again."),
        "too-long": _("That is too long: write at most {most} characters.").format(most=LONGEST_SAID),
        "too-slow": _("The connection was too slow. Send it again."),
        "not-a-form": _("That could not be read. Load the page again."),
        "wrong-code": _("That is not the code. Look at the screen and type it again."),
        "wait-with-codes": _("Too many wrong codes. Wait a minute, then type it again."),
        "no-cookie": _("Your browser keeps no cookie for this page. Allow cookies here, then join again."),
        "not-in": _("You are not in this room, or not any more. Join again."),
        "full": outcome_words("", Outcome.FULL, tongue),
        "not-kept": _("That could not be written down just now. Send it again, and tell the facilitator."),
    }[reason]
