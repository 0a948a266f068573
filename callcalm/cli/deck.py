"""`callcalm deck`: instead-of and say pairs as cards for Anki."""

from __future__ import annotations

import argparse
import sys

from callcalm.cli import options
from callcalm.cli.exits import refused
from callcalm.cli.help_ import Help
from callcalm.cli.putting import give
from callcalm.core.hints import TYPE_CHECKING
from callcalm.language import _, ngettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from callcalm.coach import Phrasebook
    from callcalm.insight.exports.deck import Card
    from callcalm.practice.desk import Desk

MOST = 100_000


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `callcalm deck`."""
    parser = commands.add_parser(
        "deck",
        help=_("write instead-of and say pairs as cards for Anki"),
        formatter_class=Help,
        description=_("Examples:")
        + "\n  callcalm deck -o callcalm.txt"
        + "\n  callcalm deck --lang fr -o callcalm-fr.txt"
        + "\n  callcalm deck --rounds 20 -o callcalm.txt"
        + "\n  callcalm deck --own > mine.txt",
        epilog=_("In Anki: File, Import. Importing again brings the cards up to date, and keeps their schedule.")
        + "\n"
        + _("Exit codes: 0 written, 2 wrong command line or phrasebook, 3 it cannot be written."),
    )
    parser.add_argument("--lang", choices=("en", "fr"), help=_("language of the cards (default: the interface's)"))
    parser.add_argument(
        "--rounds",
        metavar="N",
        type=options.whole(1, MOST),
        default=0,
        help=_("add your own sentences that cost, from your last N rounds and letters"),
    )
    parser.add_argument(
        "--own", action="store_true", help=_("only your own sentences (of all rounds, or the last N)")
    )
    options.add_output(parser)
    options.add_phrases(parser)
    options.add_desk(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the cards."""
    from callcalm.insight.exports.deck import deck, from_book
    from callcalm.intake.problems import BadFile
    from callcalm.language import current
    from callcalm.letters.books import Books

    desk = options.desk(args)
    try:
        book = Books(desk.phrases)[args.lang or current()]
    except BadFile as bad:
        return refused(bad)
    mine = _own(desk, book, args.rounds) if args.own or args.rounds else []
    desk.close()
    cards = mine if args.own else [*mine, *from_book(book)]
    text = deck(cards)
    count = len({card.guid for card in cards})
    sys.stderr.write(ngettext("{n} card.", "{n} cards.", count).format(n=count) + "\n")
    return give(text, args.output, force=args.force)


def _own(desk: Desk, book: Phrasebook, most: int) -> list[Card]:
    """Cards of the last `most` rounds and letters; of all of them, where it is 0."""
    from callcalm.insight.exports.deck import from_rounds
    from callcalm.practice.finding_rounds import newest

    return list(from_rounds(newest(desk, most or MOST), book, desk.registry))
