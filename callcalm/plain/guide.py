"""The field guide, line by line: the list of moves, what a search finds, the page of a move or rule."""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.insight.fieldguide import FieldGuide, Found
from callcalm.insight.guide import Page, UnknownPage
from callcalm.insight.guide_words import headline, sections
from callcalm.insight.wording import quoted
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.practice.desk import Desk
from callcalm.practice.fieldguide import field_guide


def guide(console: Console, desk: Desk, wish: str) -> None:
    """Show the list; or the page of a number of it or of an id; or what has these words."""
    book, left_out = field_guide(desk)
    if left_out:
        console.say(left_out)
    try:
        pages = book.pages(_id(book, wish))
    except UnknownPage as unknown:
        found = book.find(wish)
        if not found:
            console.say(str(unknown))
            return
        moves = [entry.move for shelf in found for entry in shelf.entries]
        if len(moves) > 1:
            _show_list(console, found)
            return
        pages = book.pages(moves[0])
    for page in pages:
        _show_page(console, page)


def _id(book: FieldGuide, wish: str) -> str:
    """The id that a number of the list stands for; anything else as it is."""
    if wish.isdecimal() and len(wish) < 5 and 1 <= int(wish) <= len(book.moves):  # noqa: PLR2004  (no list has five digits)
        return book.moves[int(wish) - 1]
    return wish


def _show_list(console: Console, found: Iterable[Found]) -> None:
    for shelf in found:
        console.say(f"{shelf.title}:")
        for entry in shelf.entries:
            about = quoted(entry.heard) if entry.heard else entry.why
            console.say(f"{entry.number}. {entry.name} ({entry.move}). {about}")
    console.say(_("guide and a number or an id shows the page."))


def _show_page(console: Console, page: Page) -> None:
    console.say(headline(page))
    console.say(page.why)
    for section in sections(page):
        console.say(section.title)
        for line in section.lines:
            console.say(f"  - {line}")
