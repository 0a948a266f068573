"""The pages around a learner's screens: the code, the terminal itself, and those that say no.

What runs in them is textual-serve's terminal, and a script of ours that gives it the keys; both are files of this
server. What must not be here: who may see which page.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path

from callcalm.room.pages import assets, told_box
from callcalm.room.tongue import NAMES, Tongue

_WEB = Path(__file__).parent / "web"

FONT_SIZE = 16
"""Pixels; the browser's own zoom does the rest."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the terminal page needs."""

    body: bytes
    kind: str


@cache
def terminal_assets() -> dict[str, Asset]:
    """By name, whole: no path of a request ever meets a folder."""
    theirs = files("textual_serve").joinpath("static")
    return {
        "textual.js": Asset(theirs.joinpath("js", "textual.js").read_bytes(), "text/javascript"),
        "xterm.css": Asset(theirs.joinpath("css", "xterm.css").read_bytes(), "text/css"),
        "learner.js": Asset((_WEB / "learner.js").read_bytes(), "text/javascript"),
        "learner.css": Asset((_WEB / "learner.css").read_bytes(), "text/css"),
    }


def page_policy() -> str:
    """What a page without a terminal may load: its own style, nothing else."""
    style = b64encode(sha256(assets().style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def terminal_policy(host: str) -> str:
    """What the terminal may load and where it may connect: this server alone.

    The terminal writes styles of its own into the page, hence the one unsafe-inline; scripts come from files only.
    """
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
        f"connect-src ws://{host}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def code_page(tongue: Tongue, told: str = "") -> str:
    """Where the address leads: type the code."""
    _ = tongue._
    label, begin = _("The four characters that callcalm shows"), _("Begin")
    described = ' aria-describedby="told" aria-invalid="true"' if told else ""
    return _document(
        tongue,
        _("Practise in this browser"),
        f'{told_box(told)}<form method="post" action="/"><label for="typed">{escape(label)}</label>'
        '<input class="code" type="text" id="typed" name="code" required maxlength="12" autocomplete="off"'
        f' autocapitalize="characters" spellcheck="false"{described}>'
        f"<button>{escape(begin)}</button></form>",
        switches=True,
    )


def link_page(tongue: Tongue, action: str) -> str:
    """Where the code to scan leads. Looking alone begins nothing, so that a preview of a link does not."""
    _ = tongue._
    begin = _("Begin")
    return _document(
        tongue,
        _("Practise in this browser"),
        f'<form method="post" action="{escape(action)}"><button>{escape(begin)}</button></form>',
    )


def refusal(tongue: Tongue, told: str, *, again: bool = False) -> str:
    """A page that says why not; `again` offers to try once more."""
    _ = tongue._
    label = _("Try again")
    link = f'<p><a class="go" href="/">{escape(label)}</a></p>' if again else ""
    return _document(tongue, _("That did not work"), f"<p>{escape(told)}</p>{link}")


def terminal_page(tongue: Tongue, host: str) -> str:
    """The terminal. Once the session is over, it offers to begin again: style alone shows that."""
    _ = tongue._
    begins, over, again = (
        _("Your session begins. This page needs scripts."),
        _("This session is over"),
        _("Begin again"),
    )
    why = _("You have left, or were away for long, or the connection was lost.")
    return (
        f'<!doctype html><html lang="{tongue.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<title>callcalm</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/static/xterm.css"><link rel="stylesheet" href="/static/learner.css">'
        '<script src="/static/textual.js"></script><script src="/static/learner.js"></script></head><body>'
        f'<p class="waits" role="status">{escape(begins)}</p>'
        f'<main id="terminal" class="textual-terminal" data-session-websocket-url="ws://{escape(host)}/screen"'
        f' data-font-size="{FONT_SIZE}"></main>'
        f'<section class="over" role="alert"><h1>{escape(over)}</h1>'
        f"<p>{escape(why)}</p>"
        f"<p>{escape(_kept(tongue))}</p>"
        f'<p><a href="/">{escape(again)}</a></p></section>'
        "</body></html>"
    )


def reason_words(reason: str, tongue: Tongue) -> str:
    """Why a request was not taken, and what to do."""
    _ = tongue._
    return {
        "host": _("callcalm is not at that address. Use the one that it shows."),
        "origin": _("That did not come from callcalm’s own page. Open the address anew."),
        "method": _("This cannot be asked here."),
        "nothing-here": _("There is nothing at this address. Use the one that callcalm shows."),
        "too-often": _("That was a lot at once. Wait a few seconds, then try again."),
        "too-long": _("That is too long."),
        "too-slow": _("The connection was too slow. Send it again."),
        "not-a-form": _("That could not be read. Load the page again."),
        "size": _("That is no size of a screen."),
        "wrong-code": _("That is not the code. Look where callcalm runs and type it again."),
        "wait-with-codes": _("Too many wrong codes. Wait a minute, then type it again."),
        "not-in": _("Type the code first. If you have: allow cookies for this page."),
        "full": _("All places are taken. Wait until somebody has left, or ask for more places (--cap)."),
    }[reason]


def _kept(tongue: Tongue) -> str:
    return tongue._(
        "Your rounds are kept for this browser as long as the server runs; when it stops, they are deleted."
    )


def _document(tongue: Tongue, title: str, body: str, *, switches: bool = False) -> str:
    links = "".join(
        f'<a class="go" href="/?lang={code}" lang="{code}" hreflang="{code}">{NAMES[code]}</a>'
        for code in tongue.others
        if switches
    )
    language = tongue._("Language")
    nav = f'<nav aria-label="{escape(language)}">{links}</nav>' if links else ""
    return (
        f'<!doctype html><html lang="{tongue.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(title)} · callcalm</title><link rel="icon" href="data:,">'
        f"<style>{assets().style}</style></head><body><header><span>callcalm</span>{nav}</header>"
        f"<main><h1>{escape(title)}</h1>{body}</main>"
        f"<footer><p>{escape(_kept(tongue))}</p></footer></body></html>"
    )
