"""A scenario's variables: how they are declared, set, added to and asked about in conditions.

Works on cleaned data in which anything may be missing; every problem goes to the inbox. What must not be here:
what else a scenario names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from callcalm.content.beat_shape import VARIABLE
from callcalm.core import condition, condition_parsing
from callcalm.intake import Code, Inbox, Path, tidied
from callcalm.language import _, later, said

_WRITE: Final = {
    bool: later("Write true or false, without quotes."),
    int: later("Write a whole number, without quotes."),
    str: later("Write text between quotes."),
}
_NO_VARIABLE: Final = frozenset({"and", "or", "not", "true", "false", "composure"})

Table = Mapping[str, Any]

_NOTHING: Final[Table] = {}


class Variables:
    """The variables of one scenario; every method puts in what is wrong with one use of them."""

    def __init__(self, declared: Table, inbox: Inbox) -> None:
        self.declared = declared
        self.inbox = inbox
        self.types: Mapping[str, type] = {"composure": int} | {
            name: int if isinstance(value, dict) else type(value) for name, value in declared.items()
        }
        # What the names that have not the right form should be; None where that cannot be told.
        self.misnamed = frozenset(tidied(name, VARIABLE) for name in declared if not re.fullmatch(VARIABLE, name))

    def check(self) -> None:
        """What is wrong where they are declared."""
        for name, value in self.declared.items():
            if name in _NO_VARIABLE:
                message = _("`{name}` has a meaning of its own in conditions; a variable needs another name")
                self.inbox.add(Code.RESERVED, message.format(name=name), ("vars", name), at_key=True)
            if isinstance(value, dict):
                self._ranged(value, ("vars", name))

    def changes(self, step: Table, path: Path) -> None:
        """What is wrong with the `set` and `add` of what stands at the path."""
        for name, value in step.get("set", _NOTHING).items():
            if name not in self.declared:
                self._unknown(name, (*path, "set", name), None)
            elif type(value) is not self.types[name]:
                kinds = {"kind": _kind(self.types[name]), "this": _kind(type(value))}
                message = _("`{name}` holds {kind}, and this is {this}").format(name=name, **kinds)
                hint = _(_WRITE[self.types[name]])
                self.inbox.add(Code.VARIABLE_TYPE, message, (*path, "set", name), hint=hint)
            elif isinstance(value, int) and isinstance(self.declared[name], dict):
                self._within(name, value, self.declared[name], (*path, "set", name))
        for name in step.get("add", _NOTHING):
            self._addition(name, step, (*path, "add", name))

    def condition(self, text: str, path: Path) -> None:
        """What is wrong with a condition."""
        try:
            parsed = condition_parsing.parse(text)
        except condition_parsing.ConditionError as error:
            span = (error.offset, error.offset + 1)
            told = said(error.hint) if error.hint else ""
            hint = f"{told[0].upper()}{told[1:]}." if told else None
            self.inbox.add(Code.CONDITION, said(error.message), path, within=span, hint=hint)
            return
        unknown = sorted(condition.names_in(parsed) - self.types.keys())
        for name in unknown:
            self._unknown(name, path, _where(name, text))
        if not unknown:
            for fault in condition.type_faults(parsed, self.types):
                self.inbox.add(Code.CONDITION_SENSE, said(fault), path)

    def _ranged(self, value: Table, path: Path) -> None:
        least, most = value.get("least"), value.get("most")
        if least is not None and most is not None and least > most:
            message = _("the range is empty: {least} is more than {most}").format(least=least, most=most)
            self.inbox.add(Code.RANGE, message, (*path, "least"), hint=_("Write the smaller number first."))
        elif "start" in value:
            self._within(str(path[-1]), value["start"], value, (*path, "start"))

    def _within(self, name: str, number: int, value: Table, path: Path) -> None:
        least, most = value.get("least", number), value.get("most", number)
        if least <= most and not least <= number <= most:
            message = _("`{name}` goes from {least} to {most}, and this is {number}")
            self.inbox.add(Code.RANGE, message.format(name=name, least=least, most=most, number=number), path)

    def _addition(self, name: str, step: Table, path: Path) -> None:
        if name not in self.declared:
            self._unknown(name, path, None)
        elif self.types[name] is not int:
            message = _("`{name}` holds {kind}: nothing can be added to it")
            message = message.format(name=name, kind=_kind(self.types[name]))
            self.inbox.add(Code.VARIABLE_TYPE, message, path)
        elif not isinstance(self.declared[name], dict):
            written = f"{name} = {{ start = {self.declared[name]}, least = …, most = … }}"
            hint = _("Declare it under [vars] as {written}.").format(written=written)
            message = _("`{name}` has no range: nothing can be added to it").format(name=name)
            self.inbox.add(Code.RANGE, message, path, hint=hint)
        elif name in step.get("set", {}):
            message = _("`{name}` is set here and added to as well; write the one that is meant")
            self.inbox.add(Code.RANGE, message.format(name=name), path)

    def _unknown(self, name: str, path: Path, within: tuple[int, int] | None) -> None:
        # That a name has not the right form is said where it is declared, once.
        if name in self.misnamed:
            return
        declare = _("Declare it under [vars], with its value at the start.")
        hint = self.inbox.guess(name, self.declared) or declare
        message = _("there is no variable `{name}`").format(name=name)
        self.inbox.add(Code.UNKNOWN_VARIABLE, message, path, at_key=within is None, within=within, hint=hint)


def _kind(kind: type) -> str:
    return {bool: _("true or false"), int: _("a whole number"), str: _("text")}[kind]


def _where(name: str, text: str) -> tuple[int, int]:
    found = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    return found.span() if found else (0, len(text))
