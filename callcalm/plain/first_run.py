"""The first run, line by line: for a person at a terminal, never for a pipe. At every step s skips the rest."""

from __future__ import annotations

from callcalm.core.text import Text
from callcalm.insight import first_words
from callcalm.insight.first_words import FirstPage
from callcalm.insight.saving import trouble_line
from callcalm.language import _, current
from callcalm.plain.console import Console, Leave
from callcalm.practice.desk import Desk
from callcalm.practice.first_run import invitation, suggested_name
from callcalm.practice.moving import become
from callcalm.practice.round import Practice
from callcalm.storage.settings import LANGUAGES
from callcalm.storage.trouble import CannotSave


class Skipped(Exception):
    """The player would rather begin at once."""


def first_run(console: Console, desk: Desk) -> Practice | None:
    """Welcome somebody; the round of the call they accepted, if they did. It is never shown again."""
    try:
        return _pages(console, desk)
    except (Skipped, Leave) as ended:
        _told(console, desk.change_settings())
        if isinstance(ended, Leave):
            raise
        return None


def _pages(console: Console, desk: Desk) -> Practice | None:
    _read(console, first_words.welcome())
    console.say(_("At every question here, s skips the rest, and q leaves callcalm."))
    _language(console, desk)
    _read(console, first_words.who())
    name = suggested_name(desk)
    question = _("Your name; Enter for {name}.").format(name=name) if name else _("Your name; Enter for none.")
    answer = _ask(console, question) or name
    _told(console, become(desk, answer) if answer else desk.change_settings())
    _read(console, first_words.safety(desk.folders.saves))
    _ask(console, _("Enter to go on."))
    _read(console, first_words.coming_back("q", "?"))
    _ask(console, _("Enter to go on."))
    asked = invitation(desk)
    if asked is None:
        return None
    header = asked.header
    _read(console, first_words.invite(header.title, header.setting, header.minutes, asked.worked))
    while True:
        reply = _ask(console, _("Play it now? y, or n for the list.")).casefold()
        if reply in {"", "y", "yes", "o", "oui"}:
            return desk.begin(header.id)
        if reply in {"n", "no", "non"}:
            return None
        console.say(_("Please answer y for yes or n for no."))


def _language(console: Console, desk: Desk) -> None:
    while True:
        answer = _ask(
            console,
            _("One of {languages}; Enter for {now}.").format(languages=", ".join(LANGUAGES), now=current()),
        ).casefold()
        if not answer or answer in LANGUAGES:
            break
        console.say(_("{name} can be: {allowed}.").format(name="language", allowed=", ".join(LANGUAGES)))
    _told(console, desk.change_settings(language=answer or desk.settings.language))


def _read(console: Console, page: FirstPage) -> None:
    console.say()
    console.say(page.title if page.title.endswith("?") else f"{page.title}.")
    for line in page.lines:
        console.say(line)


def _ask(console: Console, question: str) -> Text:
    answer = console.ask(question)
    if answer.casefold() == "s":
        raise Skipped
    return answer


def _told(console: Console, trouble: CannotSave | None) -> None:
    if trouble is not None:
        console.say(trouble_line(trouble))
