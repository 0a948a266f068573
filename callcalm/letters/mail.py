"""The words of an e-mail that are its writer's: its plain text part, without headers and without quoted lines.

The mail is taken apart by Python's own library. What must not be here: any other kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from callcalm.core.hints import Final
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
_MOST_PARTS: Final = 200
_MOST_LOOKS: Final = 20


def mail(source: Source) -> Letter:
    """The letter in an e-mail that is UTF-8 as a file: places are in the file where the text stands there.

    Raises `BadFile` for an e-mail without a plain text part.
    """
    part = _text_part(source.text.encode("utf-8", "surrogatepass"), source.name)
    body, certain = _decoded(part)
    if _encoding(part) in _PLAIN:
        at = _found(body, source.text)
        if at is not None:
            return Letter(source, _own_words(body), at)
    return _in_decoded(body, source.name, certain=certain)


def foreign_mail(data: bytes, name: str) -> Letter:
    """The letter in an e-mail whose file is not UTF-8; places are in the decoded text. Raises `BadFile`."""
    source = Source(name, "")
    body, certain = _decoded(_text_part(data, source.name))
    return _in_decoded(body, source.name, certain=certain)


def _in_decoded(body: str, name: str, *, certain: bool) -> Letter:
    remarks = [_("The text is encoded in the file: lines and columns are those of the decoded text.")]
    if not certain:
        remarks.append(_("Some characters could not be decoded."))
    return Letter(Source(name, body), _own_words(body), remarks=tuple(remarks))


def _text_part(data: bytes, name: str) -> Message:
    try:
        part = next(_parts(message_from_bytes(data)), None)
    except RecursionError as error:
        problem = Problem(Code.TOO_DEEP, _("the parts of the e-mail are nested too deep"), file=name)
        raise BadFile([problem]) from error
    if part is None:
        hint = _("Save it with its text as plain text, or copy the words into a .txt file.")
        message = _("the e-mail has no plain text part")
        raise BadFile([Problem(Code.UNREADABLE, message, hint=hint, file=name)])
    return part


def _parts(message: Message) -> Iterator[Message]:
    """The plain text parts that are not attached, in their order; what is forwarded whole is somebody else's."""
    waiting = [message]
    for _count in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(item for item in reversed(payload) if isinstance(item, Message))
        elif part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            yield part


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def _decoded(part: Message) -> tuple[str, bool]:
    """The text of a part, its line ends made LF, and whether every byte of it could be decoded."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        text = data.decode("utf-8" if charset == "us-ascii" else charset)
        certain = True
    except (LookupError, ValueError):
        text, certain = data.decode("utf-8", "replace"), False
    return text.replace("\r\n", "\n").replace("\0", "\ufffd"), certain


def _found(body: str, text: str) -> int | None:
    """Where the body stands in the file: after an empty line, and up to the end or the next boundary."""
    at = -1
    for _count in range(_MOST_LOOKS):
        at = text.find("\n\n" + body, at + 1)
        if at < 0:
            return None
        end = at + 2 + len(body)
        if end >= len(text) or text.startswith("\n--", end):
            return at + 2
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
