"""The document around what a phone shows, the pages before one is in, and the pages that say no.

Every page is whole without scripts; with them, what stands in `main` is replaced by what the server sends. Style
and script stand in the page, named to the browser by their digests. What must not be here: what a phase of the
room looks like, and the server.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from callcalm.room.tongue import NAMES, Tongue

_WEB = Path(__file__).parent / "web"


@dataclass(frozen=True, slots=True)
class Assets:
    """The page's own style and script, and the policy that lets nothing else in."""

    style: str
    script: str
    policy: str


@cache
def assets() -> Assets:
    """Read once, when the first page is served."""
    style, script = ((_WEB / name).read_text("utf-8") for name in ("room.css", "room.js"))
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; connect-src 'self'; "
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return Assets(style, script, policy)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in `main`: its HTML, the page's title, and what is said aloud when it comes.

    `waits` says that nothing can be typed or chosen here, so that a page without scripts may load itself anew;
    `out` that the reader is not in, `over` that nothing comes after it.
    """

    title: str
    body: str
    say: str
    waits: bool = False
    out: bool = False
    over: bool = False

    def html(self) -> str:
        """The one element in `main`. Its key tells what is shown from everything else."""
        flags = f"{' data-out' if self.out else ''}{' data-over' if self.over else ''}"
        key = zlib.crc32(f"{self.title}{flags}{self.body}".encode())
        return (
            f'<div data-key="{key:08x}" data-title="{escape(self.title)}" data-say="{escape(self.say)}"{flags}>'
            f"{self.body}</div>"
        )


def document(part: Part, tongue: Tongue, *, base: str, live: bool = True, renews: bool = False) -> str:
    """A whole page. `base` is the room's address on this server, with a slash at the end.

    `live` brings the script; `renews` lets a page without scripts load itself anew every ten seconds while there
    is nothing to type in: only where its reader has asked for it (WCAG 2.2.1).
    """
    _ = tongue._
    lost = _("The connection is lost. Trying again …")
    unsent = _("The connection is lost and this was not sent. Send it again.")
    nameless = _("No name, no account: your answers are counted, not who gave them.")
    languages = _("Language")
    made = assets()
    attributes = (
        f' data-room="{escape(base)}" data-events="{escape(base)}events"'
        f' data-lost="{escape(lost)}" data-unsent="{escape(unsent)}"'
    )
    switches = "".join(
        f'<a class="go" href="{escape(base)}?lang={code}" lang="{code}" hreflang="{code}">{NAMES[code]}</a>'
        for code in tongue.others
    )
    return (
        f'<!doctype html><html lang="{tongue.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(part.title)}</title><link rel="icon" href="data:,"><style>{made.style}</style>'
        + ('<noscript><meta http-equiv="refresh" content="10"></noscript>' if renews and part.waits else "")
        + f"</head><body{attributes if live else ''}>"
        f'<header><span>callcalm</span><nav aria-label="{escape(languages)}">{switches}</nav></header>'
        + ('<p id="net" role="status"></p><p id="live" class="away" role="status"></p>' if live else "")
        + f"<main>{part.html()}</main>"
        f"<footer><p>{escape(nameless)}</p>"
        + (_without_scripts(part, tongue, base, renews=renews) if live else "")
        + "</footer>"
        + (f"<script>{made.script}</script>" if live else "")
        + "</body></html>"
    )


def code_page(tongue: Tongue, told: str = "") -> Part:
    """Where the short address leads: type the code."""
    _ = tongue._
    title = _("Join the room")
    join = _("Join")
    label = _("The four characters on the screen")
    described = ' aria-describedby="told" aria-invalid="true"' if told else ""
    body = (
        f'<h1 id="head" tabindex="-1">{escape(title)}</h1>{told_box(told)}'
        '<form id="code" method="post" action="/">'
        f'<label for="typed">{escape(label)}</label>'
        f'<input class="code" type="text" id="typed" name="code" required maxlength="12" autocomplete="off"'
        f' autocapitalize="characters" spellcheck="false"{described}>'
        f"<button>{escape(join)}</button></form>"
    )
    return Part(_titled(title), body, told or title, out=True)


def enter_page(tongue: Tongue, base: str, told: str = "") -> Part:
    """Where the link leads at first: join. Looking alone joins nobody, so that a preview of a link does not."""
    _ = tongue._
    title = _("Join the room")
    join = _("Join")
    body = (
        f'<h1 id="head" tabindex="-1">{escape(title)}</h1>{told_box(told)}'
        f'<form id="{"again" if told else "enter"}" data-ballot="" method="post" action="{escape(base)}join">'
        f"<button>{escape(join)}</button></form>"
    )
    return Part(_titled(title), body, told or title, out=True)


def refusal(tongue: Tongue, told: str) -> Part:
    """A page that says why not. It leads nowhere: who sees it need not know where the room is."""
    title = tongue._("That did not work")
    body = f'<h1 id="head" tabindex="-1">{escape(title)}</h1><p>{escape(told)}</p>'
    return Part(_titled(title), body, told, out=True)


def told_box(told: str) -> str:
    """A message above the rest; nothing without one."""
    return f'<p class="told" id="told">{escape(told)}</p>' if told else ""


def _titled(title: str) -> str:
    return f"{title} · callcalm"


def _without_scripts(part: Part, tongue: Tongue, base: str, *, renews: bool) -> str:
    _ = tongue._
    refresh = _("Refresh")
    links = f'<a class="go" href="{escape(base)}">{escape(refresh)}</a>'
    if part.waits:
        wish, words = (
            ("no", _("Stop refreshing by itself")) if renews else ("yes", _("Refresh by itself every 10 seconds"))
        )
        links += f' <a class="go" href="{escape(base)}?renew={wish}">{escape(words)}</a>'
    return f"<noscript><p>{links}</p></noscript>"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
