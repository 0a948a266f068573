"""A `Difference` written out: text for a terminal, Markdown, or data. What must not be here: finding it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from callcalm.core.explore import Lengths, Offered, Player
from callcalm.core.model import Scenario
from callcalm.core.saying import Saying
from callcalm.core.text import held, let_go
from callcalm.insight.wording import headed
from callcalm.language import _, said
from callcalm.workshop.reports.differences import Change, Difference
from callcalm.workshop.reports.terms import escaped, offered_word, percent, player_name

WIDTH = 78
"""Columns of a report where no terminal is narrower."""

_AREAS = ("scenario", "beat", "reply", "ending", "check")
_SIGNS = {"added": "+", "removed": "-"}


def as_text(difference: Difference, old: Scenario, new: Scenario, width: int = WIDTH) -> Iterator[str]:
    """Lines for a terminal, at most `width` columns wide but for single long words."""
    yield _("{title}: what changed for the learner").format(title=new.title)
    if difference.same:
        yield _("Nothing: the same lines, answers, endings and chances.")
        return
    for area, title in _titles().items():
        rows = [change for change in difference.changes if change.area == area]
        if rows:
            yield ""
            yield title
        for change in rows:
            yield from _change(change, width)
    yield from _chances(difference)
    yield from _rest(difference, old, new)


def as_markdown(difference: Difference, old: Scenario, new: Scenario) -> Iterator[str]:
    """The same as a Markdown page."""
    yield "# " + _("{title}: what changed for the learner").format(title=escaped(new.title))
    if difference.same:
        yield ""
        yield _("Nothing: the same lines, answers, endings and chances.")
        return
    for area, title in _titles().items():
        rows = [change for change in difference.changes if change.area == area]
        if not rows:
            continue
        yield from ("", f"## {title}", "")
        for change in rows:
            yield f"- **{escaped(change.where or change.what)}** {_what(change) if change.where else ''}".rstrip()
            yield from (f"  - {sign} {escaped(words)}" for sign, words in _sides(change))
    moved = _moved(difference)
    if moved:
        heads = (_("Who plays"), _("Ending"), _("Before"), _("After"))
        yield from ("", "## " + _("Chances"), "", f"| {' | '.join(heads)} |", "|---|---|---|---|")
        for player, ending, before, after in moved:
            yield f"| {player_name(player)} | {escaped(ending)} | {percent(before)} | {percent(after)} |"
    for line in _rest(difference, old, new):
        if line.startswith("  "):
            yield f"- {escaped(line.strip())}"
        else:
            yield from (f"## {escaped(line)}", "") if line else ("",)


def as_data(difference: Difference) -> dict[str, object]:
    """The same for machines; chances from 0 to 1."""
    return {
        "format": 1,
        "same": difference.same,
        "changes": [
            {"area": each.area, "where": each.where, "what": each.what, "old": each.old, "new": each.new}
            for each in difference.changes
        ],
        "chances": [
            {"player": player.value, "ending": ending, "old": round(old, 6), "new": round(new, 6)}
            for player, ending, old, new in difference.chances
        ],
        "good": {
            player.value: {
                "old": round(difference.before.good[player], 6),
                "new": round(difference.after.good[player], 6),
            }
            for player in Player
        },
        "lost_replies": list(difference.lost),
        "unproved": list(map(str, _unproved(difference))),
    }


def _titles() -> dict[str, str]:
    names = (_("The encounter"), _("Beats"), _("Answers"), _("Endings"), _("Checks"))
    return dict(zip(_AREAS, names, strict=True))


def _what(change: Change) -> str:
    if (change.area, change.what) == ("scenario", "caller"):
        return _("the caller's name")
    return {
        "added": _("is new"),
        "removed": _("is gone"),
        "renamed": _("has another name"),
        "offered": _("how often it is on offer"),
        "caller": _("what the caller says"),
        "say": _("the words"),
        "goto": _("where it leads"),
        "when": _("its condition"),
        "set": _("the variables it changes"),
        "moves": _("its moves"),
        "otherwise": _("where other answers lead"),
        "order": _("the order of its answers"),
        "cut_in": _("what cutting in changes"),
        "compose": _("the parts to put together"),
    }.get(change.what, change.what)


def _sides(change: Change) -> list[tuple[str, str]]:
    sides = (("−", change.old), ("+", change.new))
    if change.what == "offered":
        return [(sign, offered_word(Offered(word))) for sign, word in sides]
    return [(sign, words) for sign, words in sides if words]


def _change(change: Change, width: int) -> Iterator[str]:
    sign = _SIGNS.get(change.what, "~")
    name = f"{headed(change.where)} {_what(change)}" if change.where else _what(change)
    yield f"  {sign} {name}"
    for side, words in _sides(change):
        lines = wrap(
            held(words),
            width,
            initial_indent=f"      {side} ",
            subsequent_indent="        ",
            break_on_hyphens=False,
        )
        yield from map(let_go, lines)


def _moved(difference: Difference) -> list[tuple[Player, str, float, float]]:
    """The chances that changed so much that it is seen."""
    return [row for row in difference.chances if percent(row[2]) != percent(row[3])]


def _chances(difference: Difference) -> Iterator[str]:
    rows = _moved(difference)
    if not rows:
        return
    yield ""
    yield _("Chances of each ending, before and after")
    width = max(len(player_name(player)) for player, *_others in rows)
    endings = max(len(ending) for _player, ending, *_others in rows)
    for player, ending, before, after in rows:
        yield f"  {player_name(player):<{width}}  {ending:<{endings}}  {percent(before):>5} > {percent(after):>5}"


def _rest(difference: Difference, old: Scenario, new: Scenario) -> Iterator[str]:
    durations = list(_lengths(difference.before.lengths, difference.after.lengths))
    if durations:
        yield ""
        yield _("Length of a play, before and after")
        yield from (f"  {words}" for words in durations)
    if difference.lost and old.id == new.id:
        yield ""
        yield _("Saved rounds and codes that gave one of these answers may not find it again")
        yield from (f"  {key}" for key in difference.lost)
    unproved = _unproved(difference)
    if unproved:
        yield ""
        yield _("Not proved")
        yield from (f"  {said(sentence)}" for sentence in unproved)


def _lengths(before: Lengths, after: Lengths) -> Iterator[str]:
    """What has changed in how many answers and words a play has."""
    names = (_("shortest"), _("typical"), _("longest"))
    answers = [(one.shortest, round(one.typical), one.longest) for one in (before, after)]
    words = [(one.words_shortest, round(one.words_typical), one.words_longest) for one in (before, after)]
    for told, (old, new) in ((_("answers: {changes}"), answers), (_("words: {changes}"), words)):
        changes = [f"{name} {_many(a)} > {_many(b)}" for name, a, b in zip(names, old, new, strict=True) if a != b]
        if changes:
            yield told.format(changes=", ".join(changes))


def _many(number: int | None) -> str:
    return _("endless") if number is None else str(number)


def _unproved(difference: Difference) -> tuple[Saying, ...]:
    return tuple(dict.fromkeys([*difference.before.unproved, *difference.after.unproved]))
