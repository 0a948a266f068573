"""The rows under the transcript: what the player can do now, each with the key that does it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from callcalm.core.model import Channel, Task
from callcalm.core.state import Offer
from callcalm.insight.channel import Ways
from callcalm.insight.wording import tone_word
from callcalm.language import _
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.widgets.rows import Item

KEY_STYLE = "bold $heading"


def listen_items(name: str, channel: Channel, listen_key: str, cut_in_key: str) -> list[Item]:
    """While the caller has more to say."""
    ways = Ways(channel)
    pairs = [(listen_key, "listen", ways.listen(name)), (cut_in_key, "cut-in", ways.cut_in)]
    cells = max(len(key) for key, _ident, _words in pairs)
    return [_item(key.ljust(cells), words, ident) for key, ident, words in pairs]


def reply_items(offer: Offer, breathe_key: str) -> list[Item]:
    """The authored answers, numbered; a locked one says what it needs, and one with a tone how it is said."""
    items = []
    for number, offered in enumerate(offer.replies, 1):
        reply = offered.reply
        tags = [_("needs a breath ({key})").format(key=breathe_key)] if offered.locked else []
        tags += [tone_word(reply.tone)] if reply.tone else []
        items.append(_item(_number(number), reply.say, reply.key, tag=", ".join(tags), dim=offered.locked))
    return items


def part_items(task: Task, picks: Sequence[int]) -> list[Item]:
    """The parts of a composed answer, numbered; a picked one says its place."""
    items = []
    for index, part in enumerate(task.parts):
        place = _("place {n}").format(n=picks.index(index) + 1) if index in picks else ""
        items.append(_item(_number(index + 1), part.say, str(index), tag=place))
    return items


def go_on_items(key: str, words: str) -> list[Item]:
    """When the call is over."""
    return [_item(key, words, "go-on")]


def _number(number: int) -> str:
    """Nine keys; what comes after is reached with the arrows."""
    return str(number) if number <= 9 else " "  # noqa: PLR2004  (the keys 1 to 9)


def _item(key: str, words: str, ident: str, *, tag: str = "", dim: bool = False) -> Item:
    lead = line((key, KEY_STYLE), "  ")
    text: Content = literal(words, "$muted" if dim else "")
    if tag:
        text = line((tag, "bold $caller"), ": ", text)
    return Item(lambda width: wrapped(text, width, lead), key=ident)
