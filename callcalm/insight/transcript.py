"""A round as text to read, copy or keep: Markdown that stays legible as plain text."""

from __future__ import annotations

from callcalm.core.model import Scenario
from callcalm.core.moves import Factor
from callcalm.core.price import PriceSheet
from callcalm.core.replaycode import code_of, encode
from callcalm.core.round import Round, reference_sheet
from callcalm.core.text import Text
from callcalm.insight.reread import Answer, reread
from callcalm.insight.wording import factor_name, headed, kind_word, quoted, reason_words, signed, speaker
from callcalm.language import _


def transcript(round_: Round, own: PriceSheet | None = None, transfer: str = "") -> str:
    """The whole round: what was said, what it did, the sheets if any, the line for the next real call."""
    state = round_.state
    scenario = state.scenario
    lines = [f"# {scenario.title}", "", _brief_line(scenario), ""]
    for answer in reread(round_):
        lines += _answer_lines(answer, round_)
    if state.over is not None:
        lines += [f"## {kind_word(state.over.kind)}", "", state.over.text, "", f"> {state.over.lesson}", ""]
        lines += _sheet_lines(round_, own)
    if state.notes:
        lines += ["## " + _("Notes"), "", *(f"- {note}" for note in state.notes), ""]
    if state.promises:
        lines += ["## " + _("Promises"), ""]
        lines += [f"- {promise.what}{f' ({promise.by})' if promise.by else ''}" for promise in state.promises]
        lines += [""]
    if transfer:
        lines += [_("Next real call I will: {line}").format(line=transfer), ""]
    if state.over is not None:
        lines += [_("Replay code: {code}").format(code=encode(code_of(round_))), ""]
    return "\n".join(lines)


def _brief_line(scenario: Scenario) -> str:
    return _("{caller}, {setting}. Wants: {wants}.").format(
        caller=scenario.caller.name, setting=scenario.setting, wants=scenario.caller.wants
    )


def _answer_lines(answer: Answer, round_: Round) -> list[str]:
    scenario = round_.state.scenario
    registry = round_.state.playbook.registry
    first = _first_name(scenario)
    lines = (
        [f"{speaker(f'**{first}**', answer.mood, registry)} {' '.join(answer.caller)}", ""]
        if answer.caller
        else []
    )
    lines += [_("**You**: {words}").format(words=answer.text), ""]
    lines += [f"- {headed(quoted(answer.text[mark.start : mark.end]))} {mark.name}" for mark in answer.marks]
    lines += [f"- {reason_words(seen, registry)}" for seen in answer.unmarked]
    change = signed(answer.after - answer.before)
    lines += ["- " + _("composure {after} ({change})").format(after=answer.after, change=change), ""]
    return lines


def _sheet_lines(round_: Round, own: PriceSheet | None) -> list[str]:
    ref = reference_sheet(round_.state).sheet
    lines = ["## PRICE", "", "| | " + _("you") + " | " + _("reference") + " |", "|---|---|---|"]
    rows = [(_("Result"), own.result if own else None, ref.result)]
    rows += [(factor_name(f), own.factor(f) if own else None, ref.factor(f)) for f in Factor]
    rows += [(_("Total"), own.total if own else None, ref.total)]
    lines += [
        f"| {name} | {'' if mine is None else signed(mine)} | {signed(theirs)} |" for name, mine, theirs in rows
    ]
    return [*lines, ""]


def _first_name(scenario: Scenario) -> Text:
    """How the caller is named in a dialogue: the shortest form of address."""
    return min(scenario.caller.address or (scenario.caller.name,), key=len)
