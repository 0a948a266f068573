"""The words of an e-mail that are its writer's: its text, without headers and without quoted lines.

The mail is taken apart by Python's own library. Plain text goes before HTML (`html`). What must not be here: any
other kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from callcalm.core.hints import Final
from callcalm.core.records import NamedTuple
from callcalm.intake import BadFile, Code, Problem, Source
from callcalm.language import _
from callcalm.letters.blanks import without, without_addresses
from callcalm.letters.letter import Letter

_PLAIN: Final = {"", "7bit", "8bit", "binary"}
_QUOTED = re.compile(r"^[ \t]*>[^\n]*\n?", re.MULTILINE)
_INTRODUCTION = re.compile(
    r"^(?:On|Le|Am|El|Op)[ \t][^\n]{1,200}(?:\n[^\n]{0,200})?(?:wrote|a écrit|schrieb|escribió)[ \t\xa0]*:[ \t]*$",
    re.MULTILINE,
)
_NEXT = re.compile(r"\s*(\S)")
_SENT = re.compile(r"@|\d[:h]\d\d")
"""What an introduction has that a program wrote: an address or a time."""
_BELOW = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:(?:Original|Forwarded) Message|Message (?:d[’']origine|original|transféré))"
    r"[ \t]*-{2,}[ \t]*$"
    r"|^[ \t]*_{20,}[ \t]*$"
    r"|^[ \t]*(?:Begin forwarded message|Début du message (?:transféré|réexpédié))[ \t\xa0]*:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_HEADERS = re.compile(
    r"^[ \t*]*(?:From|De)[ \t\xa0]*:[^\n]+\n[ \t*]*(?:Sent|Date|Envoyé)[ \t\xa0]*:", re.MULTILINE | re.IGNORECASE
)
_TEXT: Final = "text/plain"
_HTML: Final = "text/html"
_CHARSET = re.compile(rb"<meta\s[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD: Final = 4_096
"""Bytes of HTML in which it may say how it is encoded."""
_MOST_PARTS: Final = 200
_MOST_LOOKS: Final = 20


class _Body(NamedTuple):
    """A text part: its text, as it is shown if it is HTML, and whether every byte of it could be decoded."""

    text: str
    certain: bool
    plain: bool
    encoded: bool


def mail(source: Source) -> Letter:
    """The letter in an e-mail that is UTF-8 as a file: places are in the file where the text stands there.

    Raises `BadFile` for an e-mail without a text part.
    """
    body = _body(source.text.encode("utf-8", "surrogatepass"), source.name)
    if body.plain and not body.encoded:
        at = _found(body.text, source.text)
        if at is not None:
            return Letter(source, _own_words(body.text), at)
    return _by_itself(body, source.name)


def foreign_mail(data: bytes, name: str) -> Letter:
    """The letter in an e-mail whose file is not UTF-8; places are in the decoded text. Raises `BadFile`."""
    source = Source(name, "")
    return _by_itself(_body(data, source.name), source.name)


def _by_itself(body: _Body, name: str) -> Letter:
    """The letter, with the places that it has in its text and not in the file."""
    remarks: list[str] = []
    if body.text.strip():
        encoded = _("The text is encoded in the file: lines and columns are those of the decoded text.")
        html = _("The text is HTML: lines and columns are those of the text as it is shown.")
        remarks.append(encoded if body.plain else html)
    if not body.certain:
        remarks.append(_("Some characters could not be decoded."))
    return Letter(Source(name, body.text), _own_words(body.text), remarks=tuple(remarks))


def _body(data: bytes, name: str) -> _Body:
    """The first text part that is not blank, or else the first."""
    first: _Body | None = None
    try:
        for part in _parts(message_from_bytes(data)):
            body = _read(part)
            if body.text.strip():
                return body
            first = first or body
    except RecursionError as error:
        problem = Problem(Code.TOO_DEEP, _("the parts of the e-mail are nested too deep"), file=name)
        raise BadFile([problem]) from error
    if first is None:
        message = _("the e-mail has no text part")
        hint = _("Copy the words into a .txt file.")
        raise BadFile([Problem(Code.UNREADABLE, message, hint=hint, file=name)])
    return first


def _read(part: Message) -> _Body:
    text, certain = _decoded(part)
    plain = part.get_content_type() != _HTML
    if not plain:
        from callcalm.letters.html import shown  # noqa: PLC0415 - most mails have plain text

        text = shown(text)
    return _Body(text, certain, plain, _encoding(part) not in _PLAIN)


def _parts(message: Message) -> Iterator[Message]:
    """The text parts that are not attached, in their order; what is forwarded whole is somebody else's.

    Of several forms of one text, the plain one comes first.
    """
    waiting = [message]
    for _count in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            items = [item for item in payload if isinstance(item, Message)]
            if part.get_content_subtype() == "alternative":
                items.sort(key=lambda item: item.get_content_type() != _TEXT)
            waiting.extend(reversed(items))
        elif part.get_content_type() in {_TEXT, _HTML} and part.get_content_disposition() != "attachment":
            yield part


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def _decoded(part: Message) -> tuple[str, bool]:
    """The text of a part, its line ends made LF, and whether every byte of it could be decoded."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or _declared(part, data) or "utf-8")
    try:
        text = data.decode("utf-8" if charset == "us-ascii" else charset)
        certain = True
    except (LookupError, ValueError):
        text, certain = data.decode("utf-8", "replace"), False
    return text.replace("\r\n", "\n").replace("\0", "\ufffd"), certain


def _declared(part: Message, data: bytes) -> str:
    """The encoding that HTML names in its head."""
    hit = _CHARSET.search(data, 0, _HEAD) if part.get_content_type() == _HTML else None
    return hit[1].decode("ascii", "replace") if hit else ""


def _found(body: str, text: str) -> int | None:
    """Where the body stands in the file: after an empty line, and up to the end or the next boundary."""
    if text == body:
        return 0
    # Where headers break off, or there are none, no empty line is before it.
    for gap in ("\n\n", "\n"):
        at = -1
        for _count in range(_MOST_LOOKS):
            at = text.find(gap + body, at + 1)
            if at < 0:
                break
            begin, end = at + len(gap), at + len(gap) + len(body)
            if end >= len(text) or text.startswith("\n--", end):
                return begin
    return None


def _own_words(body: str) -> str:
    hits = _BELOW.search(body), _bare_history(body)
    below = min([hit.start() for hit in hits if hit], default=len(body))
    body = without(body, [(below, len(body))], "\n")
    body = without(body, [hit.span() for hit in _INTRODUCTION.finditer(body)], "\n")
    body = without(body, [hit.span() for hit in _QUOTED.finditer(body)], "\n")
    return without_addresses(body)


def _bare_history(body: str) -> re.Match[str] | None:
    """Where what was answered stands below without a mark on its lines; a memo may begin that way, too."""
    begins = len(body) - len(body.lstrip())
    for hit in _HEADERS.finditer(body):
        if hit.start() > begins:
            return hit
    for hit in _INTRODUCTION.finditer(body):
        follows = _NEXT.match(body, hit.end())
        if hit.start() > begins and _SENT.search(hit.group()) and follows and follows.group(1) != ">":
            return hit
    return None
