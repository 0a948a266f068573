"""The rows under the transcript: what the player can do now, each with the key that does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from callcalm.core.model import Channel
from callcalm.core.state import Offer
from callcalm.insight.channel import Ways
from callcalm.insight.wording import headed, tone_word
from callcalm.language import _
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.widgets.rows import Item

if TYPE_CHECKING:
    from callcalm.practice.drilling import Drilling

KEY_STYLE = "bold $heading"


def listen_items(name: str, channel: Channel, listen_key: str, cut_in_key: str) -> list[Item]:
    """While the caller has more to say."""
    ways = Ways(channel)
    return key_items([(listen_key, ways.listen(name), "listen"), (cut_in_key, ways.cut_in, "cut-in")])


def reply_items(offer: Offer, breathe_key: str) -> list[Item]:
    """The authored answers, numbered; a locked one says what it needs, and one with a tone how it is said."""
    items = []
    for number, offered in enumerate(offer.replies, 1):
        reply = offered.reply
        tags = [_("needs a breath ({key})").format(key=breathe_key)] if offered.locked else []
        tags += [tone_word(reply.tone)] if reply.tone else []
        items.append(_item(_number(number), reply.say, reply.key, tag=", ".join(tags), dim=offered.locked))
    return items


def part_items(parts: Iterable[str], picks: Sequence[int]) -> list[Item]:
    """The parts of an answer put together, numbered; a picked one says its place."""
    places = {index: _("place {n}").format(n=place) for place, index in enumerate(picks, 1)}
    return numbered_items(parts, places)


def numbered_items(lines: Iterable[str], tags: Mapping[int, str], *, keys: bool = True) -> list[Item]:
    """Lines to choose from, numbered; what is said of one (by its place from 0) stands before it.

    Numbers without a key are left out, unless something else speaks of lines by their number (`keys` is False).
    """
    return [
        _item(_number(n) if keys else f"{n:>2}", words, str(n - 1), tag=tags.get(n - 1, ""))
        for n, words in enumerate(lines, 1)
    ]


def key_items(pairs: Sequence[tuple[str, str, str]]) -> list[Item]:
    """What can be done, each with its key: (key, words, what it stands for)."""
    cells = max(len(key) for key, _words, _ident in pairs)
    return [_item(key.ljust(cells), words, ident) for key, words, ident in pairs]


def task_items(drilling: Drilling, picks: Sequence[int], type_key: str, answer_key: str) -> list[Item]:
    """The ways to answer an item of a drill; `picks` are the lines picked or marked, or found to be wrong."""
    from callcalm.core.drill import ItemKind

    item = drilling.item
    match item.kind:
        case ItemKind.CHOOSE:
            options = [item.options[index].say for index in drilling.layout]
            return numbered_items(options, dict.fromkeys(picks, _("not this one")))
        case ItemKind.ORDER:
            parts = (*item.parts, *item.decoys)
            return part_items([parts[index] for index in drilling.layout], picks)
        case ItemKind.SPOT:
            return numbered_items(item.lines, dict.fromkeys(picks, _("costs")), keys=False)
    return key_items([(type_key, _("Write it."), "type"), (answer_key, _("Show an answer."), "give-up")])


def go_on_items(key: str, words: str) -> list[Item]:
    """When the call, or a task, is over."""
    return [_item(key, words, "go-on")]


def _number(number: int) -> str:
    """Nine keys; what comes after is reached with the arrows."""
    return str(number) if number <= 9 else " "  # noqa: PLR2004  (the keys 1 to 9)


def _item(key: str, words: str, ident: str, *, tag: str = "", dim: bool = False) -> Item:
    lead = line((key, KEY_STYLE), "  ")
    text: Content = literal(words, "$muted" if dim else "")
    if tag:
        text = line((tag, "bold $caller"), headed("") + " ", text)
    return Item(lambda width: wrapped(text, width, lead), key=ident)
