"""What home lists, as rows: read from the desk after the first picture, and so not imported before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from textual.content import Content

from callcalm.content.drill_heads import DrillHead
from callcalm.content.headers import Header
from callcalm.core.model import EndingKind
from callcalm.insight.drill_results import drill_result
from callcalm.insight.due_words import amount_words, missing_line, nothing_line, why_line
from callcalm.insight.goals_words import asked_words
from callcalm.insight.promise_words import promise_line, sentence, standing_line
from callcalm.insight.saving import problem_line
from callcalm.insight.wording import channel_word, kind_word, minutes_words, quoted
from callcalm.intake import BadFile
from callcalm.language import _, current, ngettext
from callcalm.practice.campaigning import Progress, progress, step_key
from callcalm.practice.desk import Desk
from callcalm.practice.shelves import drill_heads
from callcalm.practice.today import Today
from callcalm.storage.summary import Summary
from callcalm.tui.literal import MARKER, beside, line, literal, wrapped
from callcalm.tui.messages import CAMPAIGN, DRILL, PROMISE, SESSION, TODAY, WAITING
from callcalm.tui.widgets.rows import AIRY, Item, heading

_WIDE_ROW = 100
"""From so many cells on, a row has room for everything on one line."""

_TITLE_CELLS = 36
"""Of which the title takes so many."""

_BETWEEN = 4
"""And so many are between title, particulars and result."""


CHOOSE_GOAL = f"{SESSION}/choose"
ASK_GOAL = f"{SESSION}/goal"
ASK_INTENT = f"{SESSION}/intent"

MOST_PROMISES = 3
"""So many promises that are due are listed."""

MOST_PROBLEMS = 5
"""Of what was met in a save, so much is listed; where a folder is broken, all its files are."""


def items(desk: Desk) -> Iterator[Item]:
    """The call that waits, the encounters by language and level, the files that cannot be read."""
    waiting = desk.waiting()
    if waiting is not None:
        yield heading(literal(_("Waiting for you"), "bold $heading"), first=True)
        title = waiting.title or waiting.scenario
        answers = sum(1 for action in waiting.actions if action.do in {"choose", "say", "compose"})
        far = ngettext("{n} answer so far", "{n} answers so far", answers).format(n=answers)
        yield _row(_("Go on: {title}").format(title=title), "", far, WAITING)
    headers = desk.library.headers()
    results = desk.store.summaries()
    first = waiting is None
    sound = sorted((one for one in headers if one.problem is None), key=_place)
    for (language, level), group in groupby(sound, key=lambda one: (one.language, one.level)):
        title = _("{language}, level {n}").format(language=_language(language), n=level)
        yield heading(literal(title, "bold $heading"), first=first)
        first = False
        for header in group:
            yield _row(header.title, _about(header), _result(results.get(header.id)), header.id)
    drills = drill_heads(desk)
    unread: list[BadFile] = []
    yield from _drills([one for one in drills if one.problem is None], results, first=first)
    names: dict[str, str] = {header.id: header.title for header in sound}
    names |= {f"{DRILL}/{one.id}": one.title for one in drills if one.problem is None}
    yield from _campaigns(progress(desk, unread, results.keys()), names)
    told = [(one.id, one.problem) for one in headers] + [(one.id, one.problem) for one in drills]
    lines = [line((name, "bold"), f": {problem}") for name, problem in told if problem is not None]
    lines += [literal(str(bad)) for bad in unread]
    met = desk.problems
    lines += [literal(problem_line(problem)) for problem in met[:MOST_PROBLEMS]]
    if len(met) > MOST_PROBLEMS:
        more = len(met) - MOST_PROBLEMS
        lines.append(literal(ngettext("and {n} more", "and {n} more", more).format(n=more)))
    if lines:
        yield heading(literal(_("Files with problems"), "bold $costs"), first=first)
    for one in lines:
        yield Item(partial(_problem_lines, one), idle=True)


def above(today: Today, keys: Mapping[str, str]) -> list[Item]:
    """What stands above the list once the log has been read: what to play, what is asked, what else is for today.

    `keys` has the names of the keys by the ids of their commands.
    """
    rows = [row for part in _ABOVE for row in part(today, keys)]
    return [heading(literal(_("Today"), "bold $heading"), first=True), *rows] if rows else []


def below(rows: Sequence[Item]) -> list[Item]:
    """The list once something stands above it: its first heading keeps its distance, as the others do."""
    first = rows[0] if rows else None
    if first is None or not first.idle:
        return list(rows)

    def build(width: int) -> list[Content]:
        return [*([Content("")] if width >= AIRY - len(MARKER) * 2 else []), *first.build(width)]

    return [Item(build, idle=True), *rows[1:]]


def _proposed(today: Today, keys: Mapping[str, str]) -> Iterator[Item]:
    """What is due, and what brings it."""
    schedule, proposal = today.schedule, today.proposal
    if proposal is not None:
        why = why_line(proposal, today.registry, schedule.today)
        key = f"{TODAY}/{proposal.candidate.key}"
        yield _row(amount_words(proposal), why, keys.get("home.today", ""), key, whole=True)
    elif today.began:
        words = (missing_line if schedule.due else nothing_line)(schedule, today.registry)
        yield _idle(words)


def _promised(today: Today, _keys: Mapping[str, str]) -> Iterator[Item]:
    """The promises that can be gone back to; the ledger has the rest."""
    for entry in today.promises[:MOST_PROMISES]:
        yield _row(
            promise_line(entry), sentence(standing_line(entry)), "", f"{PROMISE}/{entry.follows}", whole=True
        )


def _asked(today: Today, keys: Mapping[str, str]) -> Iterator[Item]:
    """What became of the last line for a real call, and of the goal."""
    kept, key_name = today.journal, keys.get("home.goal", "")
    for about, right, key in ((kept.ask_intent, "", ASK_INTENT), (kept.ask_goal, key_name, ASK_GOAL)):
        if about is not None:
            question, words = asked_words(about)
            yield _row(question, words, right, key, whole=True)


def _goal(today: Today, keys: Mapping[str, str]) -> Iterator[Item]:
    """The goal of this session, or choosing one."""
    kept = today.journal
    if kept.may_choose:
        yield _row(_("Choose a goal for this session"), "", keys.get("home.goal", ""), CHOOSE_GOAL)
    elif kept.open_goal is not None and kept.ask_goal is None:
        yield _idle(_("Your goal: {words}").format(words=quoted(kept.open_goal.text)))


_ABOVE: Sequence[Callable[[Today, Mapping[str, str]], Iterator[Item]]] = (_proposed, _promised, _asked, _goal)
"""The parts of what stands above the list, in their order."""


def _idle(words: str) -> Item:
    return Item(lambda width: wrapped(literal(words, "$muted"), width, "  "), idle=True)


def _drills(drills: Sequence[DrillHead], results: Mapping[str, Summary], *, first: bool) -> Iterator[Item]:
    if drills:
        yield heading(literal(_("Drills"), "bold $heading"), first=first)
    for one in drills:
        key = f"{DRILL}/{one.id}"
        count = ngettext("{n} item", "{n} items", one.items).format(n=one.items)
        about = f"{_language(one.language)}, {count}, {minutes_words(one.minutes)}"
        yield _row(one.title, about, drill_result(results.get(key)), key)


def _campaigns(every: Sequence[Progress], names: Mapping[str, str]) -> Iterator[Item]:
    if every:
        yield heading(literal(_("Campaigns"), "bold $heading"), first=False)
    for one in every:
        done = _("{n} of {all} done").format(n=one.count, all=len(one.done))
        following = _("all done")
        if one.next is not None:
            name = names.get(step_key(one.next), one.next.id)
            following = _("next: {step}").format(step=name)
        yield _row(one.campaign.title, following, done, f"{CAMPAIGN}/{one.campaign.id}")


def _place(header: Header) -> tuple[bool, str, int, str]:
    """Calls in the language of the interface first."""
    return (header.language != current(), header.language, header.level, header.title.casefold())


def _language(code: str) -> str:
    return {"en": "English", "fr": "Français"}.get(code, code)


def _about(header: Header) -> str:
    return f"{channel_word(header.channel)}, {header.setting}, {minutes_words(header.minutes)}"


def _result(played: Summary | None) -> str:
    """How it last went, in words."""
    if played is None:
        return _("not played yet")
    kinds = {kind.value: kind_word(kind) for kind in EndingKind}
    last = kinds.get(played.last_kind, played.last_kind)
    return ngettext("{n} round, last {kind}", "{n} rounds, last {kind}", played.count).format(
        n=played.count, kind=last
    )


def _row(title: str, about: str, right: str, key: str, *, whole: bool = False) -> Item:
    """One line where there is room, else the particulars go on a second; `whole` asks for room for all of them."""

    def build(width: int) -> list[Content]:
        name, result = literal(title), literal(right, "$muted")
        if not about:
            return [beside(name, result, width)]
        particulars = literal(about, "$muted")
        room = width - _TITLE_CELLS - result.cell_length - _BETWEEN
        if width >= _WIDE_ROW and (not whole or particulars.cell_length <= room):
            column = name.truncate(_TITLE_CELLS, ellipsis=True, pad=True)
            return [beside(line(column, "  ", particulars), result, width)]
        return [beside(name, result, width), *wrapped(particulars, width, "  ")]

    return Item(build, key=key)


def _problem_lines(problem: Content, width: int) -> list[Content]:
    return wrapped(problem, width, "! ")
