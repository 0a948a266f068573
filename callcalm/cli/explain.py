"""`callcalm explain MOVE|RULE`: the page of one move or rule; without a name, the list of all moves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from callcalm.cli import own_words
from callcalm.cli.exits import OK, USAGE
from callcalm.cli.help_ import Help, page_width
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, current, use

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.insight.guide import Guide, Page
    from callcalm.letters.books import Books


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm explain`."""
    parser = commands.add_parser(
        "explain",
        help=_("explain a move or a rule"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm explain"
        + "\n  callcalm explain blame.why-you"
        + "\n  callcalm explain why-did-you"
        + "\n  callcalm explain --lang fr ultimatum",
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help=_("a move or a rule; without it, all moves"))
    parser.add_argument("--lang", choices=("en", "fr"), help=_("language of the page (default: the interface's)"))
    own_words.add(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the page, or say what was likely meant."""
    from callcalm.content.playbooks import load_playbooks
    from callcalm.content.registry import load_rulebook
    from callcalm.insight.guide import Guide, UnknownPage
    from callcalm.intake.problems import BadFile

    use(args.lang or "auto")
    registry = load_rulebook().registry
    try:
        books = own_words.books(args)
        named_in = current() if args.name in registry.moves else _language(books, args.name or "")
        book = books[args.lang or named_in]
        guide = Guide(registry, load_playbooks(registry).values(), book)
        lines = _list(guide) if args.name is None else _pages(guide, args.name)
    except UnknownPage as unknown:
        sys.stderr.write(f"{unknown}\n" + _("“callcalm explain” lists all moves.") + "\n")
        if args.name[:2].upper() == "CC" and args.name[2:].isdecimal():
            sys.stderr.write(_("A code of lint: “callcalm lint --explain {code}”.").format(code=args.name) + "\n")
        return USAGE
    except BadFile as bad:
        sys.stderr.write(f"{bad}\n")
        return USAGE
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def _language(books: Books, rule: str) -> str:
    """The interface's language; for a rule that only the other one has, that one."""
    other = "fr" if current() == "en" else "en"
    return other if rule not in books[current()].rules and rule in books[other].rules else current()


def _list(guide: Guide) -> Iterator[str]:
    for number, shelf in enumerate(guide.shelves()):
        yield ("\n" if number else "") + shelf.title
        width = max(len(move) for move, _name in shelf.moves)
        yield from (f"  {move:<{width}}  {name}" for move, name in shelf.moves)


def _pages(guide: Guide, name: str) -> list[str]:
    return "\n\n".join("\n".join(_page(page)) for page in guide.pages(name)).split("\n")


def _page(page: Page) -> Iterator[str]:
    from textwrap import fill

    from callcalm.core.text import held, let_go
    from callcalm.insight.guide_words import headline, sections

    most = page_width()

    def wrapped(text: str) -> str:
        lines = fill(held(text), most, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        return let_go(lines)

    yield wrapped(headline(page)).removeprefix("  ")
    yield wrapped(page.why)
    for section in sections(page):
        yield f"\n{section.title}"
        yield from map(wrapped, section.lines)
