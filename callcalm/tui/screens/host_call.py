"""The projected call: composure, what the caller said, the lettered answers, the votes. Few words, and large gaps.

Everything is drawn from a public view, so that no note can come onto the wall. What must not be here: the notes
(`room.notes`), and what a key does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from callcalm.core.composure import FULL
from callcalm.insight.channel import Ways
from callcalm.insight.wording import level_word
from callcalm.language import _, ngettext
from callcalm.room.questions import Kind
from callcalm.room.session import Phase
from callcalm.room.views import ChoiceView, PublicView, QuestionView
from callcalm.room.words import by_words
from callcalm.tui.literal import beside, cut, folded, line, literal, wrapped
from callcalm.tui.widgets.meter import EMPTY, FILLED, bar

MOST_DIALOGUE: Final = 6
"""Lines of dialogue at most."""

MOST_SAID: Final = 2
"""Lines of what the room answered last."""

_AROUND: Final = 2
"""Lines around the dialogue: the caller's name, and one that is empty."""

_LEAST_DIALOGUE: Final = 3
"""Lines that dialogue needs to be worth showing: one of it, and those around it."""

LONGEST_BAR: Final = 40
BEFORE: Final = "▒"
"""What bars of the first vote are made of: another sign, not only another colour."""

Lines = list[Content]
BLANK = Content("")


def composure_line(view: PublicView, width: int) -> Content:
    """The one number, with its word, the way it went, and a bar."""
    way = (_("▲ up"), "$helps") if view.change > 0 else (_("▼ down"), "$costs") if view.change else ("", "")
    went = line("  " if view.change else "", way)
    words = line(
        (_("Composure"), "$muted"), " ", (f"{view.composure} {level_word(view.level)}", "bold"), went, "  "
    )
    room = min(LONGEST_BAR, width - words.cell_length)
    return line(words, bar(view.composure, FULL, room) if room > 2 else "").truncate(width)  # noqa: PLR2004  (a bar of less says nothing)


def call_lines(view: PublicView, width: int, height: int, at: int) -> Lines:
    """The caller stands on the screen and nothing is asked; `at` is how far the dialogue was moved."""
    lines = [BLANK, composure_line(view, width), BLANK]
    if view.you:
        lines += cut(wrapped(literal(view.you, "$player"), width, line((_("You: "), "$player"))), MOST_SAID, width)
        lines.append(BLANK)
    ended: Lines = []
    after: Lines = []
    if view.ending is not None:
        over = Ways(view.channel).over(view.ending.kind)
        ended = [literal(over, "bold $heading"), BLANK, *wrapped(literal(view.ending.text, "bold"), width)]
    elif view.more:
        after = [BLANK, *wrapped(literal(Ways(view.channel).more(view.more), "$muted"), width)]
    said = dialogue(view, width, _room(height, [*lines, *ended], after) - 2, at) if view.heard else []
    return fitting([*lines, *said, *([BLANK] if said and ended else []), *ended], after, height)


def question_lines(view: PublicView, asked: QuestionView, width: int, height: int, at: int) -> Lines:
    """What is asked, with its letters; the answers are never cut before the dialogue is."""
    head = [composure_line(view, width)]
    ask = [literal(_asks(asked), "bold $heading")]
    ask += (
        cut(wrapped(literal(" ".join(asked.so_far), "$player"), width), MOST_SAID, width) if asked.so_far else []
    )
    fixed = len(head) + len(ask) + 1
    blocks = _shrunk([_choice(one, width) for one in asked.choices], max(len(asked.choices), height - fixed))
    free = height - fixed - sum(map(len, blocks))
    newest = folded(literal(view.heard[-1]), width) if view.heard else []
    wanted = min(MOST_DIALOGUE, len(newest)) + _AROUND
    spaced = free - len(blocks)
    # The caller's last words matter more than gaps between the answers, and gaps more than half of those words.
    gap = spaced >= wanted or (free < wanted and spaced >= _LEAST_DIALOGUE)
    left = spaced if gap else free
    said = dialogue(view, width, left - _AROUND, at, from_end=True) if left >= _LEAST_DIALOGUE else []
    left -= len(said)
    above = [BLANK] if left > _AROUND else []
    top = [*above, *head, *([BLANK] if left > 1 else []), *said, *([BLANK] if left > 0 else [])]
    body: Lines = []
    for block in blocks:
        body += [*([BLANK] if gap else []), *block]
    return fitting([*top, *ask, *body], [literal(voting_words(view), "bold $heading")], height)


def votes_lines(view: PublicView, asked: QuestionView, width: int, height: int) -> Lines:
    """The votes that were revealed, those before the talk beside them."""
    tally = view.tally or {}
    most = max((*tally.values(), *(view.before or {}).values(), 0))
    blocks = []
    bars = 1 if view.before is None else 2
    foot = wrapped(literal(_tied(view), "bold $caller"), width) if len(view.leading) > 1 else []
    fixed = 2 + len(foot)
    words = max(1, (height - fixed) // max(1, len(asked.choices)) - bars)
    for choice in asked.choices:
        block = cut(_choice(choice, width), min(words, 3), width)
        if view.before is not None:
            block.append(_bar(_("before"), view.before.get(choice.letter, 0), most, BEFORE, width))
        first = len(view.leading) == 1 and choice.letter in view.leading
        name = _("after") if view.before is not None else ""
        block.append(_bar(name, tally.get(choice.letter, 0), most, FILLED, width, first=first))
        blocks.append(block)
    total = sum(tally.values())
    counted = ngettext("{n} vote", "{n} votes", total).format(n=total)
    title = _("The room, after the talk") if view.before is not None else _("The room")
    gap = sum(map(len, blocks)) + len(blocks) - 1 <= height - fixed
    body: Lines = []
    for block in blocks:
        body += [*([BLANK] if gap and body else []), *block]
    return fitting(
        [beside(literal(title, "bold $heading"), literal(counted, "$muted"), width), BLANK, *body], foot, height
    )


def picked_lines(view: PublicView, width: int, height: int) -> Lines:
    """What is played next: the letter and how it was picked, or somebody's own words without a name."""
    asked = view.question
    chosen = next((one for one in asked.choices if one.letter == view.chosen), None) if asked else None
    if view.said:
        title, words = _("In somebody’s own words"), view.said
    elif chosen is not None:
        title, words = _("{letter}, {how}").format(letter=chosen.letter, how=by_words(view.by)), chosen.text
    else:
        return []
    lines = [BLANK, composure_line(view, width), BLANK, literal(title, "bold $heading"), BLANK]
    lines += wrapped(literal(words, "bold"), width)
    if chosen is not None and chosen.locked:
        lines += [BLANK, literal(_("It needs a breath first."), "$muted")]
    if view.by == "seed":
        lines += [BLANK, literal(_("The seed: {seed}").format(seed=view.draw_seed), "$muted")]
    return fitting(lines, [], height)


def saying_lines(view: PublicView, width: int, height: int, at: int) -> Lines:
    """Everybody answers in their own words; what they wrote is nowhere on the wall."""
    open_ = view.phase is Phase.SAYING
    title = _("What would you say, in your own words?") if open_ else _("No more answers.")
    n = view.voted
    count = ngettext("{n} answer is in.", "{n} answers are in.", n).format(n=n)
    foot = [literal(title, "bold $heading"), BLANK, literal(count, "bold"), BLANK]
    head = [composure_line(view, width), BLANK]
    return fitting([*head, *dialogue(view, width, _room(height, head, foot) - 2, at), BLANK], foot, height)


def dialogue(view: PublicView, width: int, most: int, at: int, *, from_end: bool = False) -> Lines:
    """The caller's name and mood, and at most so many lines of what was said, never more than six.

    The newest part is in sight, from its first line where it does not fit, unless `from_end`; `at` moves.
    """
    most = min(MOST_DIALOGUE, most)
    if most < 1:
        return []
    lines: Lines = []
    newest = 0
    for index, part in enumerate(view.heard):
        last = index == len(view.heard) - 1
        newest = len(lines)
        lines += folded(literal(part, "bold" if last else "$muted"), width)
    over = max(0, len(lines) - most)
    start = max(0, min(over, (over if from_end else min(over, newest)) + at))
    moved = "".join(("↑" if start else "", "↓" if start < over else ""))
    name = line((view.caller, "bold $caller"), (f"  {view.mood}", "$caller"))
    return [beside(name, literal(moved, "bold $caller"), width) if moved else name, *lines[start : start + most]]


def voting_words(view: PublicView) -> str:
    """How far the vote is: how many, never who or what."""
    opened = view.question is not None and view.question.is_open
    if view.voted and view.joined >= view.voted:
        counted = _("{n} of {all} have voted").format(n=view.voted, all=view.joined)
        return _("{counted}. The vote is open.").format(counted=counted) if opened else f"{counted}."
    return _("The vote is open.") if opened else _("The vote is closed.")


def fitting(body: Sequence[Content], foot: Sequence[Content], height: int) -> Lines:
    """Exactly so many lines: the body at the top, the foot at the bottom; the body gives way."""
    kept = list(body)[: max(0, height - len(foot))]
    return [*kept, *([BLANK] * (height - len(kept) - len(foot))), *foot][:height]


def _asks(asked: QuestionView) -> str:
    match asked.kind:
        case Kind.LISTEN:
            return _("Listen on, or cut in?")
        case Kind.PART:
            return _("What comes next?") if asked.so_far else _("What comes first?")
        case Kind.SCHOOLS:
            return _("Which house rules do we play by from here on?")
        case _:
            return _("What do you say?")


def _choice(choice: ChoiceView, width: int) -> Lines:
    words = _("{answer} (needs a breath first)").format(answer=choice.text) if choice.locked else choice.text
    return wrapped(literal(words), width, line((f" {choice.letter} ", "bold reverse"), "  "))


def _shrunk(blocks: list[Lines], room: int) -> list[Lines]:
    """The same blocks in so much room: the longest gives way first, and shows that it does."""
    sizes = [len(block) for block in blocks]
    while sum(sizes) > room and max(sizes, default=0) > 1:
        sizes[sizes.index(max(sizes))] -= 1
    return [
        block if len(block) <= size else [*block[: size - 1], line(block[size - 1], " …")]
        for block, size in zip(blocks, sizes, strict=True)
    ]


def _bar(name: str, votes: int, most: int, sign: str, width: int, *, first: bool = False) -> Content:
    names = max(len(_("before")), len(_("after"))) + 1 if name else 0
    lead = line("     ", (name.ljust(names), "$muted"))
    number = line(f" {votes}", (" ◀" if first else "", "bold $heading"))
    room = max(1, min(LONGEST_BAR, width - lead.cell_length - 8))
    cells = max(1, round(votes * room / most)) if votes else 0
    colour = "$heading" if sign == FILLED else "$muted"
    drawn = (sign * cells, colour) if cells else (EMPTY, "$rule")
    return line(lead, drawn, line(number).stylize("bold"))


def _tied(view: PublicView) -> str:
    return _("A tie: {letters}. The seed: {seed}").format(letters=", ".join(view.leading), seed=view.draw_seed)


def _room(height: int, head: Sequence[Content], foot: Sequence[Content]) -> int:
    return height - len(head) - len(foot)
