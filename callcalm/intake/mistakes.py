"""What a parser's syntax error means to somebody who is no programmer. What must not be here: parsing."""

from __future__ import annotations

import re

from callcalm.core.records import dataclass
from callcalm.intake.mending import HEADER
from callcalm.language import _, later

_CURLY = "“”„«»‘’‚‹›"
_NO_BREAK = "\u00a0\u2007\u202f"
"""Spaces that look like one: option and space on a Mac, and what is copied from a web page."""
_TEXT_HINT = later('Put text between straight quotes, as in say = "Good morning."')
_QUOTE_HINT = later(
    "If the text itself holds a quotation mark, write \\\" for it, or put the whole text between ''' and '''."
)
_COMMA_HINT = later("Is a comma missing between two items, or the closing {mark} ?")
_NAMES_HINT = later("Names are made of letters without accents, digits, - and _.")
_WORD = re.compile(r"[^\s,\]}#=]+")
_REST = re.compile(r"[^\n#]*")
_ONLY_COMMA = re.compile(r",[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
_PAIR = re.compile(r"[A-Za-z0-9_-]++[ \t]*+=")
_HEADER = re.compile(r"[ \t]*+\[\[?([^\n\[\]#\"]*+)\]")
_KEY_OF_LETTERS = re.compile(r"[\w-]++[ \t]*+=")
_BEGUN_HEADER = re.compile(r"[ \t]*+\[\[?[ \t]*+([A-Za-z0-9_.-]++)[ \t]*+\]?[ \t]*+(?:#[^\n]*+)?$", re.MULTILINE)
_SPACED = re.compile(r"[A-Za-z0-9_-]++(?:[ \t]++[A-Za-z0-9_-]++)++")
_SPACED_KEY = re.compile(rf"[ \t]*+({_SPACED.pattern})[ \t]*+=")
_LONGEST_NAME = 60
_TRUTHS = {"true": "true", "yes": "true", "oui": "true", "vrai": "true"} | dict.fromkeys(
    ("false", "no", "non", "faux"), "false"
)
"""What writers put for the two values, in either language of the interface."""
_ALONE = re.compile(r"[ \t]*+(?=[\n,\]}#]|\Z)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A syntax error in plain words, the code points it is about, and what to do."""

    message: str
    start: int
    end: int
    hint: str | None = None


def explain(message: str, text: str, at: int) -> Mistake:
    """What the parser's `message` at offset `at` of `text` means for the writer."""
    char = text[at : at + 1]
    if char and char in _NO_BREAK:
        return Mistake(_("a no-break space stands here"), at, at + 1, _("Replace it by a plain space."))
    if message.startswith("Illegal character") and char == "\n":
        return _unclosed(text, at)
    if message.startswith(('Expected "\'"', "Expected \"'''\"", "Unterminated string")):
        return Mistake(_("this text is never closed"), at, at + 1, _("Its closing quotes are missing."))
    if message.startswith(("Illegal character", "Found invalid character")):
        name = f"U+{ord(char):04X}" if char else "?"
        words = _("the character {name} cannot stand here").format(name=name)
        return Mistake(words, at, at + 1, _("Delete it; it cannot be seen."))
    if message.startswith(("Unescaped", "Invalid hex value")):
        return Mistake(
            _("a backslash in text between double quotes begins a code such as \\n"),
            max(at - 2, 0),
            at,
            _("For a backslash itself write \\\\, or put the text between single quotes."),
        )
    if message.startswith("Escaped character"):
        return Mistake(
            _("this is not the number of a character"),
            max(at - 2, 0),
            at,
            _("Write \\u and the four digits of another character."),
        )
    if message.startswith("Invalid value"):
        return _value(text, at)
    if message.startswith("Expected '=' after a key"):
        return _key(text, at)
    if message.startswith("Invalid statement"):
        return _statement(text, at)
    if message.startswith("Expected newline"):
        return _after_value(text, at)
    if message.startswith("Unclosed array"):
        return _unclosed_list(at, _word_end(text, at))
    if message.startswith("Unclosed inline table"):
        words = _("this table is not closed, or an item has no comma before it")
        return Mistake(words, at, _word_end(text, at), _(_COMMA_HINT).format(mark="}"))
    if message.startswith("Expected ']"):
        close = "]]" if "]]" in message else "]"
        return _header_name(text, at) or _open_header(close, text, at)
    if message.startswith("Invalid date"):
        hint = _('Dates are text here: by = "16:00".')
        return Mistake(_("there is no such date"), at, _word_end(text, at), hint)
    if message.startswith("Invalid initial character for a key part"):
        hint = _("Names are made of letters without accents, digits, - and _. Others go between quotes.")
        return Mistake(_("a name cannot begin like this"), at, _word_end(text, at), hint)
    if message.startswith("Cannot"):
        start, end = _line(text, at)
        if (bare := text[start:end].partition("#")[0].rstrip())[:1] == "[" and bare[-1] != "]":
            # What is half written need not be told where it would belong.
            close = "]]" if bare.startswith("[[") else "]"
            return _open_header(close, text, start + len(bare))
        hint = _("Is a header missing above it, or is the name already used for something else?")
        words = _("this cannot be added here: its table is already complete or is not a table")
        return Mistake(words, *_line(text, at), hint)
    return Mistake(_("this cannot be read as TOML"), at, _word_end(text, at))


def _unclosed(text: str, at: int) -> Mistake:
    """Text whose line ends at `at` before its closing quotes; or with curly ones, which close nothing."""
    start, end = _text_before(text, at)
    said = text[start:end].rstrip(" \t\r,")
    if said[-1:] in {"”", "“", "»"} and said.count("“") + said.count("«") < 1 + (said[-1] == "“"):
        words = _("the text begins with a straight quote and ends with a curly one")
        return Mistake(words, start + len(said) - 1, start + len(said), _('Put a straight " in its place.'))
    hint = _('A closing " is missing. Text over several lines goes between """ and """.')
    return Mistake(_("the text is not closed on this line"), start, end, hint)


def _unclosed_list(start: int, end: int) -> Mistake:
    words = _("this list is not closed, or an item has no comma before it")
    return Mistake(words, start, end, _(_COMMA_HINT).format(mark="]"))


def _open_header(close: str, text: str, at: int) -> Mistake:
    """A header without its closing brackets; what to write is said where its name is plain."""
    words = _("the header does not end in {mark}").format(mark=close)
    begun = _BEGUN_HEADER.match(text, text.rfind("\n", 0, at) + 1)
    if begun is None or len(begun[1]) > _LONGEST_NAME:
        return Mistake(words, at, at + 1)
    header = ("[[{}]]" if close == "]]" else "[{}]").format(begun[1])
    return Mistake(words, at, at + 1, _("Write {header}.").format(header=header))


def _header_name(text: str, at: int) -> Mistake | None:
    """What is wrong with the name in a header that does end; None for one that does not."""
    start = text.rfind("\n", 0, at) + 1
    header = _HEADER.match(text, start)
    if header is None or not header.start(1) <= at < header.end(1):
        return None
    first = header.start(1)
    for part in header[1].split("."):
        name = part.strip()
        if first <= at <= first + len(part) and _SPACED.fullmatch(name):
            begins = first + part.index(name)
            return _spaced(name, begins)
        first += len(part) + 1
    words = _("a name cannot hold “{char}”").format(char=text[at])
    return Mistake(words, at, at + 1, _(_NAMES_HINT))


def _spaced(name: str, start: int) -> Mistake:
    together = "-".join(name.split())
    hint = _("Write {name}, in one word.").format(name=together) if len(together) <= _LONGEST_NAME else None
    return Mistake(_("a name has no spaces in it"), start, start + len(name), hint)


def _value(text: str, at: int) -> Mistake:
    begun = text.rfind("\n", 0, at) + 1
    if text[begun:at].strip() in {"[", "[["} and HEADER.match(text, begun):
        # A header taken for an item of the list above.
        line = _line(text, len(text[:begun].rstrip()) - 1)
        return _unclosed_list(*line)
    word = _word_at(text, at)
    end = at + max(len(word), 1)
    if _PAIR.match(text, at) and text[:at].rstrip()[-1:] in {"[", ","}:
        words = _("an item of this list has no braces around it")
        hint = _("Write each item between braces: {example}.").format(example='[{ say = "…", goto = "…" }]')
        return Mistake(words, at, max(_rest_end(text, at), end), hint)
    if word[:1] in _CURLY and word:
        return Mistake(_("curly quotes do not enclose text in TOML"), at, at + 1, _(_TEXT_HINT))
    truth = _TRUTHS.get(word.lower())
    if truth and _ALONE.match(text, end):
        hint = _("Write {truth}, in small letters and without quotes.").format(truth=truth)
        return Mistake(_("“{word}” is not a value").format(word=word), at, end, hint)
    if text[at : at + 1] == "=":
        hint = _("One = stands between a key and its value.")
        return Mistake(_("there is an = too many here"), at, at + 1, hint)
    if not word:
        return Mistake(_("a value is missing here"), at, at + 1, _(_TEXT_HINT))
    if word[0].isalpha():
        rest = _REST.match(text, at)
        return Mistake(_("this text has no quotes around it"), at, rest.end() if rest else end, _(_TEXT_HINT))
    return Mistake(_("this is not a value"), at, end, _(_TEXT_HINT))


def _key(text: str, at: int) -> Mistake:
    char = text[at : at + 1]
    if char == ":":
        words = _("a key and its value are joined by =, not by a colon")
        return Mistake(words, at, at + 1, _('As in title = "…".'))
    start, end = _line(text, at)
    hint = _('Each line is a key, = and a value, as in title = "…". A note begins with #.')
    if char and not char.isspace() and not char.isascii():
        words = _("a name cannot hold “{char}”").format(char=char)
        return Mistake(words, at, at + 1, _(_NAMES_HINT))
    if spaced := _SPACED_KEY.match(text, text.rfind("\n", 0, at) + 1):
        return _spaced(spaced[1], spaced.start(1))
    return Mistake(_("there is no = after this"), start, end, hint)


def _statement(text: str, at: int) -> Mistake:
    char = text[at : at + 1]
    if char and char in _CURLY + "\"'":
        hint = _('Begin with the key, as in say = "…".')
        return Mistake(_("text stands here without a key"), at, at + 1, hint)
    if char.isalpha() and not char.isascii() and _KEY_OF_LETTERS.match(text, at):
        return Mistake(_("a name cannot hold “{char}”").format(char=char), at, at + 1, _(_NAMES_HINT))
    hint = _('Each line is a key, = and a value, as in title = "…"; a header, as in [start]; or a note after #.')
    return Mistake(_("this line is none that TOML knows"), at, _word_end(text, at), hint)


def _after_value(text: str, at: int) -> Mistake:
    start, end = at, max(_rest_end(text, at), at + 1)
    before = text[at - 1 : at]
    if _ONLY_COMMA.match(text, at):
        hint = _("Delete it: only the items of a list or a table in one line are parted by commas.")
        return Mistake(_("no comma stands at the end of a line"), at, at + 1, hint)
    if before in {'"', "'"}:
        # Between single quotes nothing stands for the quote itself.
        hint = _(_QUOTE_HINT) if before == '"' else _('Text with an apostrophe goes between double quotes: "…".')
        return Mistake(_("something follows the closing quotes of the text"), start, end, hint)
    if before.isdigit():
        hint = _("A number is digits only, without a leading 0. Anything else goes between quotes.")
        return Mistake(_("something follows the number"), start, end, hint)
    hint = _("Begin a new line for it; or put # before it, if it is a note.")
    return Mistake(_("something follows where the line should end"), start, end, hint)


def _word_at(text: str, at: int) -> str:
    found = _WORD.match(text, at, at + 200)
    return found.group() if found else ""


def _word_end(text: str, at: int) -> int:
    return at + max(len(_word_at(text, at)), 1)


def _rest_end(text: str, at: int) -> int:
    found = _REST.match(text, at)
    return len(text[: found.end()].rstrip()) if found else at


def _line(text: str, at: int) -> tuple[int, int]:
    """The line of `at`, without the spaces around it."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _text_before(text: str, at: int) -> tuple[int, int]:
    """From the last opening quote of the line to `at`."""
    start = text.rfind("\n", 0, at) + 1
    quote = text.find('"', start, at)
    return (quote if quote >= 0 else start, at)
