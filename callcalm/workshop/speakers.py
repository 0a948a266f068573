"""Who speaks in a line of a conversation on paper: a name before a colon, with times and marks round it.

What must not be here: whose side a name is on beyond the words for it, and what becomes of the lines.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import combining, normalize

from callcalm.core.records import NamedTuple


def folded(name: str) -> str:
    """The name as it is compared: nobody types “Mr.”, an accent or an apostrophe the same way twice.

    >>> folded("Mr. Okafor"), folded("MR  OKAFOR"), folded("Maman d’Inès"), folded("maman d'Ines")
    ('mr okafor', 'mr okafor', "maman d'ines", "maman d'ines")
    """
    letters = normalize("NFKD", name.casefold().replace(".", " ").replace("’", "'"))
    return " ".join("".join(letter for letter in letters if not combining(letter)).split())


CALLERS: Final = frozenset(
    ["caller", "client", "cliente", "customer", "patient", "patiente", "appelant", "appelante"]
)
PLAYERS: Final = frozenset(["me", "moi", "i", "je", "agent", "you", "vous"])
PRONOUNS: Final = frozenset(["i", "je", "you", "vous", "they"])
"""Names that sentences begin with, too."""

_VISITORS = ["guest", "visitor", "passenger", "tenant", "resident", "user", "they"]
_VISITEURS = ["visiteur", "visiteuse", "usager", "usagère", "voyageur", "voyageuse", "passager", "passagère"]
_LOCATAIRES = ["locataire", "assuré", "assurée", "personne"]
GUESTS: Final = frozenset(map(folded, [*_VISITORS, *_VISITEURS, *_LOCATAIRES]))
"""Names that are the other person where no surer name is: in a talk of three, a guest may be anybody."""

_CLERKS = ["receptionist", "reception", "desk", "front desk", "help desk", "clerk", "operator", "cashier", "staff"]
_ADVISERS = ["employee", "assistant", "advisor", "adviser", "representative", "rep", "support"]
_ACCUEIL = ["accueil", "réception", "réceptionniste", "secrétaire", "secrétariat", "standard", "standardiste"]
_CONSEIL = ["conseiller", "conseillère", "opérateur", "opératrice", "guichet", "employé", "employée", "hôtesse"]
DESKS: Final = frozenset(map(folded, [*_CLERKS, *_ADVISERS, *_ACCUEIL, *_CONSEIL]))
"""Names that are the player where no surer name is."""

HEAD: Final = 200
"""So many code points of a line are looked at for a name and what stands round it: no line makes that slow."""

_DAY = r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
_TIME = rf"(?:{_DAY}[ T,]\s*)?\d{{1,2}}[:h]\d\d(?::\d\d)?(?:[.,]\d{{1,3}})?(?:\s?[ap]\.?m\b\.?)?"

_LEAD = re.compile(r"(?:(?:>|[-–—•])\s*|\*\s+|#{1,6}\s+|\d{1,3}[.)]\s+){0,3}")
"""Marks of quotes, lists and headings."""

_IN_BOX = rf"(?:\[\s*{_TIME}\s*\]|\(\s*{_TIME}\s*\))"
_BESIDE = rf"(?:{_IN_BOX}|{_TIME})"
_BOXED = re.compile(rf"\s*{_IN_BOX}\s*", re.IGNORECASE)
_STAMP = re.compile(rf"\s*(?:{_IN_BOX}\s*|{_TIME}\s+)(?:[-–—]\s*)?", re.IGNORECASE)
_STRESS = re.compile(r"(\*{1,3}|_{1,3})(?P<inside>[^*_]+)\1(?!\w)")
_VOICE = re.compile(r"\s*<v(?:\.[\w.]+)?\s+(?P<name>[^<>]{1,60})>", re.IGNORECASE)
_NAME = re.compile(
    rf"(?P<name>[^\W\d_][\w .'’-]{{0,40}}?)\s*"
    rf"(?:{_BESIDE}|(?P<note>[\[(][^\[\]()]{{1,40}}[\])]))?\s*"
    # A colon between two digits belongs to a time.
    r"(?:(?<!\d)[:：]|[:：](?!\d))",
    re.IGNORECASE,
)
_NAME_AND_TIME = re.compile(rf"(?P<name>[^\W\d_][\w .'’-]{{0,40}}?)\s+{_BESIDE}\s*", re.IGNORECASE)
_DASHED = re.compile(rf"(?P<name>[^\W\d_][\w .'’]{{0,40}}?)(?:\s*[-–—|]\s|\t|\s{_BESIDE}\s)", re.IGNORECASE)
_BEFORE_DASH = re.compile(
    rf"(?P<name>[^\W\d_][\w .'’]{{0,40}}?)\s*(?:{_BESIDE}|(?P<note>[\[(][^\[\]()]{{1,40}}[\])]))?\s+[-–—]\s+",
    re.IGNORECASE,
)
_ONLY_TIME = re.compile(rf"\s*{_BESIDE}(?:\s*-->\s*{_TIME}.*)?\s*", re.IGNORECASE)


class Spoken(NamedTuple):
    """A line with its speaker's name, what was said, and a note in brackets that stood beside the name."""

    name: str
    said: str
    note: str = ""


def spoken(line: str) -> Spoken | None:
    """Who speaks in this line and what they say; None where no name with a colon begins it.

    >>> spoken("[00:12] **Caller:** Twice!"), spoken("Client (sèchement) : Non.")
    (Spoken(name='Caller', said='Twice!', note=''), Spoken(name='Client', said='Non.', note='(sèchement)'))
    """
    if voice := _VOICE.match(line, 0, HEAD):
        return Spoken(voice["name"].strip(), line[voice.end() :].strip().removesuffix("</v>").rstrip())
    bare = _bare(line)
    if found := _NAME.match(bare, 0, HEAD):
        return Spoken(found["name"].strip(), bare[found.end() :].strip(), found["note"] or "")
    if len(bare) <= HEAD and (found := _NAME_AND_TIME.fullmatch(bare)):
        return Spoken(found["name"].strip(), "")
    return None


def before_dash(line: str) -> Spoken | None:
    """The same, where a dash between spaces stands in place of the colon: any sentence may begin like that.

    >>> before_dash("Client – Non."), before_dash("Client: Non."), before_dash("I- I mean")
    (Spoken(name='Client', said='Non.', note=''), None, None)
    """
    bare = _bare(line)
    found = _BEFORE_DASH.match(bare, 0, HEAD)
    return Spoken(found["name"].strip(), bare[found.end() :].strip(), found["note"] or "") if found else None


def dashed(line: str) -> str:
    """The name that stands before a dash or a time without a colon, or is all of the line."""
    bare = _bare(line)
    found = _DASHED.match(bare, 0, HEAD)
    return found["name"].strip() if found else bare


def plain(line: str) -> str:
    """A line that goes on with what was said, without the time in brackets before it."""
    return line[found.end() :].strip() if (found := _BOXED.match(line, 0, HEAD)) else line.strip()


def only_time(line: str) -> bool:
    """Whether a line holds nothing but a time, or the two of a subtitle."""
    return len(line) <= HEAD and _ONLY_TIME.fullmatch(line) is not None


def _bare(line: str) -> str:
    """The line without what stands round the name: marks, times, and the stars of Markdown."""
    rest = line.strip()
    rest = rest[found.end() :] if (found := _LEAD.match(rest, 0, HEAD)) else rest
    rest = rest[found.end() :] if (found := _STAMP.match(rest, 0, HEAD)) else rest
    if found := _STRESS.match(rest):
        rest = found["inside"] + rest[found.end() :]
        rest = rest[found.end() :] if (found := _STAMP.match(rest, 0, HEAD)) else rest
    return rest
