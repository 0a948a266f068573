"""What a phone shows in each phase of the room, as HTML, whole without scripts.

Everything here is made of `views`: nothing else of a room reaches a phone, and every text is escaped where it is
put in. What must not be here: the document around it (`pages`), the PRICE sheet (`phone_price`), requests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from callcalm.language import current
from callcalm.room.floor import Phase
from callcalm.room.pages import Part, told_box
from callcalm.room.phone_pieces import (
    Page,
    asked_of,
    bars,
    choices,
    compared,
    foreign,
    form,
    heard,
    para,
    send,
    so_far,
)
from callcalm.room.phone_price import sheet_form, spreads_shown
from callcalm.room.questions import Kind
from callcalm.room.taking import LONGEST_SAID

Drawn = tuple[str, str]
"""A title, and the HTML below it."""


def part_of(page: Page, told: str = "") -> Part:
    """What this participant's phone shows now. `told` stands above it and is what is read out."""
    phase = page.view.public.phase
    title, body = _DRAWN[phase](page)
    head = f'<h1 id="head" tabindex="-1">{escape(title)}</h1>{told_box(told)}'
    waits = phase not in {Phase.OPEN, Phase.SAYING, Phase.PRICE}
    return Part(f"{title} · callcalm", head + body, told or title, waits=waits, over=phase is Phase.OVER)


def _lobby(page: Page) -> Drawn:
    _ = page.tongue._
    return _("You are in."), para(_("Look at the big screen. The first question comes here by itself."))


def _call(page: Page) -> Drawn:
    _ = page.tongue._
    public = page.view.public
    if public.ending is not None:
        ended = f"<blockquote{foreign(page)}>{escape(public.ending.text)}</blockquote>"
        return _("The call is over."), ended + para(_("Look at the big screen."))
    return _("Listen to the caller."), heard(page) + para(_("The next question comes here by itself."))


def _open(page: Page) -> Drawn:
    _ = page.tongue._
    asked = asked_of(page)
    vote = page.view.vote
    chosen = page.typed.get("letter", vote)
    picks = "".join(
        f'<label class="pick" for="pick-{letter}"><input type="radio" name="letter" id="pick-{letter}" '
        f'value="{letter}" required{" checked" if letter == chosen else ""}> <b>{letter}</b> {words}</label>'
        for letter, words in choices(page, asked).items()
    )
    ask = {
        Kind.LISTEN: _("What now: listen on, or cut in?"),
        Kind.PART: _("Which part comes next?"),
        Kind.SCHOOLS: _("Which house rules shall we play by?"),
    }.get(asked.kind, _("What would you say?"))
    mine = (
        para(_("Your vote: {letter}. You can change it until voting closes.").format(letter=vote)) if vote else ""
    )
    again = para(_("You have talked it over: vote again.")) if asked.attempt > 1 else ""
    body = (
        mine
        + again
        + (compared(page) if asked.kind is Kind.SCHOOLS else heard(page))
        + so_far(page, asked)
        + form(page, "vote")
        + f"<fieldset><legend>{escape(ask)}</legend>{picks}</fieldset>"
        + send(_("Change my vote") if vote else _("Vote"))
    )
    return _("Question {n}").format(n=asked.number), body


def _closed(page: Page) -> Drawn:
    _ = page.tongue._
    vote = page.view.vote
    words = choices(page, asked_of(page)).get(vote, "")
    mine = _("Your vote: {letter}.").format(letter=vote) if vote else _("You have no vote in this question.")
    body = para(mine) + (f"<blockquote>{words}</blockquote>" if words else "")
    return _("Voting is closed."), body + para(_("The result comes when the facilitator shows it."))


def _revealed(page: Page) -> Drawn:
    _ = page.tongue._
    leading = page.view.public.leading
    tie = _("A tie: {letters}. The facilitator settles it.").format(letters=", ".join(leading))
    return _("How the room voted"), bars(page) + (para(tie) if len(leading) > 1 else "")


def _picked(page: Page) -> Drawn:
    _ = page.tongue._
    public = page.view.public
    if public.said:
        return _("An answer from the room"), f"<blockquote{foreign(page)}>{escape(public.said)}</blockquote>"
    how = {
        "vote": _("Picked by the most votes."),
        "facilitator": _("Picked by the facilitator."),
        "seed": _("Drawn among the tied, from the seed {seed}.").format(seed=public.draw_seed),
    }.get(public.by, "")
    return _("Picked: {letter}").format(letter=public.chosen), para(how) + bars(page)


def _saying(page: Page) -> Drawn:
    _ = page.tongue._
    said = page.view.said
    mine = para(_("Your answer is in. You can change it until answers are closed.")) if said else ""
    label = _("Your answer, in your own words")
    most = _("At most {most} characters.").format(most=LONGEST_SAID)
    used = _("# of {most} characters").format(most=LONGEST_SAID)
    shown = _("It may be shown to everyone, without a name. Leave names out of it.")
    body = (
        mine + heard(page) + form(page, "say") + f'<label for="text">{escape(label)}</label>'
        f'<textarea id="text" name="text" rows="5" required aria-describedby="left why"{foreign(page)}>'
        f"\n{escape(page.typed.get('text', said))}</textarea>"
        f'<p class="small" id="left" data-of="{escape(used)}">{escape(most)}</p>'
        f'<p class="small" id="why">{escape(shown)}</p>' + send(_("Change my answer") if said else _("Send"))
    )
    return _("Say it yourself"), body


def _said(page: Page) -> Drawn:
    _ = page.tongue._
    said = page.view.said
    mine = (
        para(_("You wrote:")) + f"<blockquote{foreign(page)}>{escape(said)}</blockquote>"
        if said
        else para(_("You sent no answer this time."))
    )
    return _("Answers are closed."), mine + para(_("Look at the big screen."))


def _schools(page: Page) -> Drawn:
    _ = page.tongue._
    return _("The same words under two house rules"), compared(page)


def _price(page: Page) -> Drawn:
    _ = page.tongue._
    rated = page.view.rated
    name = page.view.public.caller
    mine = para(_("Your scores are in. You can change them until they are shown.")) if rated else ""
    as_caller = _("Score the call as {name} would, having just lived it.").format(name=name)
    body = (
        mine
        + para(as_caller)
        + form(page, "rate")
        + sheet_form(rated, page.tongue, page.typed)
        + send(_("Change my scores") if rated else _("Send my scores"))
    )
    return _("PRICE: your scores"), body


def _price_shown(page: Page) -> Drawn:
    _ = page.tongue._
    price = page.view.public.price
    body = spreads_shown(price, page.tongue) if price else para(_("Nobody has scored the call."))
    return _("PRICE: how the room scored"), body


def _debrief(page: Page) -> Drawn:
    _ = page.tongue._
    at = page.view.public.page
    ask = f'<p lang="{current()}">{escape(at.ask)}</p>' if at else ""
    return _("Talking it over"), ask + para(_("Put the phone down if you like: now you talk."))


def _over(page: Page) -> Drawn:
    _ = page.tongue._
    ending = page.view.public.ending
    lesson = f"<blockquote{foreign(page)}>{escape(ending.lesson)}</blockquote>" if ending and ending.lesson else ""
    return _("Thank you."), lesson + para(_("The session is over. You can close this page."))


_DRAWN: Final[Mapping[Phase, Callable[[Page], Drawn]]] = {
    Phase.LOBBY: _lobby,
    Phase.CALL: _call,
    Phase.OPEN: _open,
    Phase.CLOSED: _closed,
    Phase.REVEALED: _revealed,
    Phase.SAYING: _saying,
    Phase.SAID: _said,
    Phase.PICKED: _picked,
    Phase.SCHOOLS: _schools,
    Phase.PRICE: _price,
    Phase.PRICE_SHOWN: _price_shown,
    Phase.DEBRIEF: _debrief,
    Phase.OVER: _over,
}
