"""What a parser's syntax error means to somebody who is no programmer. What must not be here: parsing."""

from __future__ import annotations

import re

from callcalm.core.records import dataclass

_CURLY = "“”„«»‘’‚‹›"
_TEXT_HINT = 'Put text between straight quotes, as in say = "Good morning."'
_QUOTE_HINT = (
    "If the text itself holds a quotation mark, write \\\" for it, or put the whole text between ''' and '''."
)
_WORD = re.compile(r"[^\s,\]}#=]+")
_REST = re.compile(r"[^\n#]*")


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
    if message.startswith("Illegal character") and char == "\n":
        return Mistake(
            "the text is not closed on this line",
            *_text_before(text, at),
            'A closing " is missing. Text over several lines goes between """ and """.',
        )
    if message.startswith(('Expected "\'"', "Expected \"'''\"", "Unterminated string")):
        return Mistake("this text is never closed", at, at + 1, "Its closing quotes are missing.")
    if message.startswith(("Illegal character", "Found invalid character")):
        name = f"U+{ord(char):04X}" if char else "?"
        return Mistake(f"the character {name} cannot stand here", at, at + 1, "Delete it; it cannot be seen.")
    if message.startswith(("Unescaped", "Invalid hex value")):
        return Mistake(
            "a backslash in text between double quotes begins a code such as \\n",
            max(at - 2, 0),
            at,
            "For a backslash itself write \\\\, or put the text between single quotes.",
        )
    if message.startswith("Escaped character"):
        return Mistake(
            "this is not the number of a character",
            max(at - 2, 0),
            at,
            "Write \\u and the four digits of another character.",
        )
    if message.startswith("Invalid value"):
        return _value(text, at)
    if message.startswith("Expected '=' after a key"):
        return _key(text, at)
    if message.startswith("Invalid statement"):
        return _statement(text, at)
    if message.startswith("Expected newline"):
        return _after_value(text, at)
    if message.startswith(("Unclosed array", "Unclosed inline table")):
        kind, close = ("list", "]") if "array" in message else ("table", "}")
        hint = f"Is a comma missing between two items, or the closing {close} ?"
        return Mistake(
            f"this {kind} is not closed, or an item has no comma before it", at, _word_end(text, at), hint
        )
    if message.startswith("Expected ']"):
        close = "]]" if "]]" in message else "]"
        return Mistake(f"the header does not end in {close}", at, at + 1)
    if message.startswith("Invalid date"):
        return Mistake("there is no such date", at, _word_end(text, at), 'Dates are text here: by = "16:00".')
    if message.startswith("Invalid initial character for a key part"):
        hint = "Names are made of letters without accents, digits, - and _. Others go between quotes."
        return Mistake("a name cannot begin like this", at, _word_end(text, at), hint)
    if message.startswith("Cannot"):
        hint = "Is a header missing above it, or is the name already used for something else?"
        return Mistake(
            "this cannot be added here: its table is already complete or is not a table", *_line(text, at), hint
        )
    return Mistake("this cannot be read as TOML", at, _word_end(text, at))


def _value(text: str, at: int) -> Mistake:
    word = _word_at(text, at)
    end = at + max(len(word), 1)
    if word[:1] in _CURLY and word:
        return Mistake("curly quotes do not enclose text in TOML", at, at + 1, _TEXT_HINT)
    if word.lower() in {"true", "false", "yes", "no"}:
        truth = "true" if word.lower() in {"true", "yes"} else "false"
        return Mistake(f"“{word}” is not a value", at, end, f"Write {truth}, in small letters and without quotes.")
    if not word:
        return Mistake("a value is missing here", at, at + 1, _TEXT_HINT)
    if word[0].isalpha():
        rest = _REST.match(text, at)
        return Mistake("this text has no quotes around it", at, rest.end() if rest else end, _TEXT_HINT)
    return Mistake("this is not a value", at, end, _TEXT_HINT)


def _key(text: str, at: int) -> Mistake:
    char = text[at : at + 1]
    if char == ":":
        return Mistake("a key and its value are joined by =, not by a colon", at, at + 1, 'As in title = "…".')
    start, end = _line(text, at)
    hint = 'Each line is a key, = and a value, as in title = "…". A note begins with #.'
    if char and not char.isspace() and not char.isascii():
        return Mistake(f"the name holds “{char}”, which needs quotes", at, at + 1, _names_hint())
    return Mistake("there is no = after this", start, end, hint)


def _names_hint() -> str:
    return "Names are made of letters without accents, digits, - and _."


def _statement(text: str, at: int) -> Mistake:
    char = text[at : at + 1]
    if char == "\u00a0":
        return Mistake("a no-break space stands here", at, at + 1, "Replace it by a plain space.")
    if char and char in _CURLY + "\"'":
        return Mistake("text stands here without a key", at, at + 1, 'Begin with the key, as in say = "…".')
    hint = 'Each line is a key, = and a value, as in title = "…"; a header, as in [start]; or a note after #.'
    return Mistake("this line is none that TOML knows", at, _word_end(text, at), hint)


def _after_value(text: str, at: int) -> Mistake:
    start, end = at, max(_rest_end(text, at), at + 1)
    before = text[at - 1 : at]
    if before in {'"', "'"}:
        return Mistake("something follows the closing quotes of the text", start, end, _QUOTE_HINT)
    if before.isdigit():
        hint = "A number is digits only, without a leading 0. Anything else goes between quotes."
        return Mistake("something follows the number", start, end, hint)
    return Mistake("something follows where the line should end", start, end, "Begin a new line for it.")


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
