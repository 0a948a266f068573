"""Home, line by line: what there is to play, drills and campaigns, the settings, and the field guide."""

from __future__ import annotations

from callcalm.content.headers import Header
from callcalm.content.library import UnknownScenario
from callcalm.core.model import EndingKind
from callcalm.insight.wording import kind_word, minutes_words, series
from callcalm.intake.problems import BadFile
from callcalm.language import _, ngettext
from callcalm.plain.console import Console
from callcalm.plain.settings import settings
from callcalm.practice.desk import Desk
from callcalm.practice.round import Practice
from callcalm.storage.summary import Summary


def home(console: Console, desk: Desk) -> Practice:
    """List the encounters and begin the one asked for."""
    found = desk.library.headers()
    headers = [header for header in found if header.problem is None]
    broken = [header for header in found if header.problem is not None]
    console.say()
    console.say(_("Encounters:"))
    results = desk.store.summaries()
    for number, header in enumerate(headers, 1):
        console.say(f"{number}. {_row(header, results.get(header.id))}")
    for header in broken:
        console.say(header.trouble)
    if results and console.interactive:
        from callcalm.plain.today import arrive  # noqa: PLC0415  (a script is asked nothing it does not await)

        arrive(console, desk)
    whole = True
    while True:
        line = console.ask(
            _everything() if whole else _("A number to play; ? for what else there is; q to leave.")
        )
        whole = line in _HELP
        if whole:
            continue
        if line == "set" or line.startswith("set "):
            settings(console, desk, line[3:].split(None, 1))
            continue
        word, _space, rest = line.partition(" ")
        if word in _ELSEWHERE:
            practice = _elsewhere(console, desk, word, rest.strip())
            if practice is not None:
                return practice
            continue
        chosen = _chosen(line, headers)
        if chosen is None:
            console.say(_("There is no encounter “{line}”.").format(line=line))
            continue
        try:
            return desk.begin(chosen)
        except (BadFile, UnknownScenario) as problem:
            console.say(str(problem))


def _everything() -> str:
    return _(
        "A number to play; drill for short rounds of one skill, campaign for an order through all of it; "
        "today for what is due, goal to choose one for this session; "
        "promises for what you promised and what comes back; stats for how your calls go over time; "
        "set NAME VALUE to change a setting, set alone to read them; "
        "guide to look moves up, guide WORDS to search; q to leave."
    )


_HELP = ("", "?", "help")
_ELSEWHERE = ("guide", "drill", "campaign", "today", "goal", "promises", "stats")


def _elsewhere(console: Console, desk: Desk, word: str, rest: str) -> Practice | None:
    """What else can be done from here; the round that begins by it, if one does."""
    if word == "guide":
        from callcalm.plain.guide import guide  # noqa: PLC0415  (who only plays needs no guide)

        guide(console, desk, rest)
        return None
    if word == "stats":
        from callcalm.plain.stats import stats  # noqa: PLC0415  (likewise)

        stats(console, desk, rest)
        return None
    if word in {"today", "goal"}:
        return _today(console, desk, word)
    if word == "promises":
        from callcalm.plain.promises import promises  # noqa: PLC0415  (it reads the whole log)

        return promises(console, desk, rest)
    from callcalm.plain import shelves  # noqa: PLC0415  (nor any drill)

    if word == "campaign":
        return shelves.campaign(console, desk, rest)
    shelves.drill(console, desk, rest)
    return None


def _today(console: Console, desk: Desk, word: str) -> Practice | None:
    """What is due, or a goal; the round that begins by it, if one does."""
    from callcalm.plain import today  # noqa: PLC0415  (it reads the whole log)

    if word == "goal":
        today.goal(console, desk)
        return None
    return today.today(console, desk)


def _row(header: Header, last: Summary | None) -> str:
    row = _("{title} ({setting}), {language}, level {level}, {minutes}").format(
        title=header.title,
        setting=header.setting,
        language=header.language,
        level=header.level,
        minutes=minutes_words(header.minutes),
    )
    if last is None:
        return row
    kind = kind_word(EndingKind(last.last_kind)) if last.last_kind in set(EndingKind) else last.last_kind
    played = ngettext("played {n} time, last: {kind}", "played {n} times, last: {kind}", last.count)
    return series((row, played.format(n=last.count, kind=kind)))


def _chosen(line: str, headers: list[Header]) -> str | None:
    if line.isdecimal() and len(line) < 5 and 1 <= int(line) <= len(headers):  # noqa: PLR2004  (no list has five digits)
        return headers[int(line) - 1].id
    return next((header.id for header in headers if header.id == line), None)
