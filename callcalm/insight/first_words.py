"""What is said on a first run, page by page, the same in every front end. Plain sentences, without layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from callcalm.core.text import Text, safe
from callcalm.core.worked import Worked
from callcalm.insight.guide_words import worked_lines
from callcalm.insight.wording import minutes_words
from callcalm.language import _


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A title, and paragraphs."""

    title: str
    lines: Sequence[str]


def welcome() -> FirstPage:
    """What this is, before the language is asked."""
    return FirstPage(
        _("Welcome to callcalm"),
        (
            _("A flight simulator for difficult conversations: somebody is upset, your words decide how it goes."),
            _("Which language shall callcalm speak? Calls keep their own."),
        ),
    )


def who() -> FirstPage:
    """Before the name is asked."""
    return FirstPage(
        _("Who are you?"),
        (
            _("Your save gets this name. Any name will do, and it stays on this machine."),
            _("Others can play here too: another name is another save."),
        ),
    )


def safety(saves: Path, *, served: bool = False) -> FirstPage:
    """The pre-brief: practice is for mistakes, what is recorded, and who could see it: nobody, unless `served`."""
    if served:
        where = (
            _("callcalm runs on another machine: who runs it, or listens between it and you, could read along."),
            _("It keeps your rounds for this browser until it is stopped there; then they are deleted."),
        )
    else:
        where = (
            _("Nothing leaves this machine: no account, no network, nothing sent."),
            _("It all lies in {folder}, as plain text. To forget it, delete your file there.").format(
                folder=safe(str(saves))
            ),
        )
    return FirstPage(
        _("Practice is for mistakes"),
        (
            _("Say the wrong thing here, even on purpose: nobody is hurt, nobody watches, and nobody compares."),
            _("The points are between you and the evidence; they show what to try next, not what you are worth."),
            _("Written down are your rounds: your answers, your notes and how you judged the call."),
            *where,
        ),
    )


def coming_back(quit_key: str, help_key: str) -> FirstPage:
    """How to stop and come back; `quit_key` and `help_key` as the front end calls them."""
    return FirstPage(
        _("Stopping and coming back"),
        (
            _("{key} stops, whenever you like: everything is saved at every step, even mid-call.").format(
                key=quit_key
            ),
            _("Next time, callcalm offers the call that waits first of all."),
            _("{key} shows what is possible, wherever you are.").format(key=help_key),
        ),
    )


def invite(title: Text, setting: Text, minutes: int, worked: Worked | None) -> FirstPage:
    """The invitation to a first call, with a turn of it taken badly and well beforehand."""
    lines = [
        _("To begin with, a short one: “{title}”, {setting}, {minutes}.").format(
            title=title, setting=setting, minutes=minutes_words(minutes)
        )
    ]
    if worked is not None:
        lines += (
            _("First see one turn of such a call, taken badly and taken well:"),
            *worked_lines(worked),
            worked.rule,
        )
    return FirstPage(_("Your first call"), lines)
