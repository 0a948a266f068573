"""A drill, line by line: the task, one line of answer, what became of it, and on."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.drill import Drill, Item, ItemKind, Verdict
from callcalm.core.moves import Registry
from callcalm.insight.drill_words import result_line, task_words, verdict_line
from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import headed, minutes_words, quoted
from callcalm.language import _, ngettext
from callcalm.plain.console import Console, InputEnded, Leave
from callcalm.practice.drilling import Drilling

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def list_drills(console: Console, drills: Iterable[Drill]) -> None:
    """One line a drill: its id, its language, how long it takes, its title."""
    for drill in drills:
        items = ngettext("{n} item", "{n} items", len(drill.items)).format(n=len(drill.items))
        about = f"{drill.language}, {items}, {minutes_words(drill.minutes)}"
        head = headed(f"{drill.id} ({about})")
        console.say(f"{head} {drill.title}")


def play_drill(console: Console, drilling: Drilling, registry: Registry) -> None:
    """Go through the items. What was answered is saved, also when the player leaves.

    Raises:
        Leave: if the player stops before the end.
        InputEnded: if the input does.
    """
    drill = drilling.drill
    console.say(f"{drill.title}. {drill.about}")
    try:
        while not drilling.over:
            _item(console, drilling, registry)
            drilling.next()
    except (Leave, InputEnded):
        drilling.save()
        _end(console, drilling)
        raise
    _end(console, drilling)


def _item(console: Console, drilling: Drilling, registry: Registry) -> None:
    item = drilling.item
    console.say()
    console.say(_("Item {n} of {all}.").format(n=drilling.number, all=len(drilling.drill.items)))
    for text in (item.scene, quoted(item.given) if item.given else ""):
        if text:
            console.say(text)
    console.say(task_words(item))
    _lay_out(console, drilling)
    verdict = _answered(console, drilling)
    while verdict is not None and not verdict.right:
        console.say(verdict_line(item, verdict, registry))
        if item.kind is ItemKind.CHOOSE:
            console.say(verdict.why)
        verdict = _answered(console, drilling)
    if verdict is None:
        _show_answer(console, item)
    else:
        console.say(verdict_line(item, verdict, registry))
        if item.kind is ItemKind.CHOOSE:
            console.say(verdict.why)
    _show_key(console, item)


def _lay_out(console: Console, drilling: Drilling) -> None:
    item = drilling.item
    if item.kind is ItemKind.CHOOSE:
        for number, index in enumerate(drilling.layout, 1):
            console.say(f"{number}. {item.options[index].say}")
    elif item.kind is ItemKind.ORDER:
        parts = (*item.parts, *item.decoys)
        for letter, index in zip(LETTERS, drilling.layout, strict=False):
            console.say(f"{letter}. {parts[index]}")
    elif item.kind is ItemKind.SPOT:
        for number, line in enumerate(item.lines, 1):
            console.say(f"{number}. {line}")


def _answered(console: Console, drilling: Drilling) -> Verdict | None:
    """The verdict on the next answer that can be read; None when the key is asked for."""
    item = drilling.item
    while True:
        line = console.ask(_prompt(item))
        if line == "?":
            console.say(_("Enter alone shows the answer and goes on; q stops here, and keeps what you have done."))
            continue
        if not line:
            if drilling.verdict is None:
                drilling.give_up()
            return None
        try:
            match item.kind:
                case ItemKind.CHOOSE:
                    return drilling.choose(_number(line) - 1)
                case ItemKind.ORDER:
                    return drilling.arrange([LETTERS.index(each) for each in line.casefold() if each not in " ,;"])
                case ItemKind.SPOT:
                    return drilling.spot({_number(word) - 1 for word in line.replace(",", " ").split()})
                case ItemKind.SAY:
                    return drilling.say(line)
        except (ValueError, IndexError):
            console.say(_("“{line}” is not understood here; type ? for what can be done.").format(line=line))


def _prompt(item: Item) -> str:
    match item.kind:
        case ItemKind.CHOOSE:
            return _("A number; ? for help.")
        case ItemKind.ORDER:
            return _("Letters in order; ? for help.")
        case ItemKind.SPOT:
            return _("Numbers of lines; ? for help.")
    return _("Your words; ? for help.")


def _show_answer(console: Console, item: Item) -> None:
    """The answer as its writer has it, for who has not found it."""
    right = [option.say for option in item.options if option.right] + [" ".join(item.parts)] * bool(item.parts)
    for words in right:
        console.say(_("One way: “{words}”").format(words=words))


def _show_key(console: Console, item: Item) -> None:
    """Model answers, the words that cost, and what to take from the item."""
    for take in item.takes:
        console.say(_("One way: “{words}”").format(words=take))
    for line, start, end in item.costs:
        console.say(_("Line {n}: “{words}”").format(n=line + 1, words=item.lines[line][start:end]))
    console.say(item.why)


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) <= 3):  # noqa: PLR2004  (no text has a thousand lines)
        raise ValueError(word)
    return int(word)


def _end(console: Console, drilling: Drilling) -> None:
    if not drilling.results:
        return
    console.say()
    console.say(result_line(drilling.drill, sum(drilling.results.values()), len(drilling.results)))
    if drilling.trouble is not None:
        console.say(trouble_line(drilling.trouble))
    else:
        console.say(_("Saved in {path}.").format(path=drilling.saved_in))
