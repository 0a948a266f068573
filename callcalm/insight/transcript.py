"""A round as text to copy while it is at hand: Markdown that stays legible as plain text.

What was said is data: no sign in it works as Markdown. What is kept of a finished round is written by `exports`.
"""

from __future__ import annotations

from callcalm.core.model import Scenario
from callcalm.core.moves import Factor
from callcalm.core.price import PriceSheet
from callcalm.core.replaycode import code_of, encode
from callcalm.core.round import Round, reference_sheet
from callcalm.core.text import Text
from callcalm.insight.exports.markdown import escaped
from callcalm.insight.reread import Answer, reread
from callcalm.insight.wording import factor_name, headed, kind_word, quoted, reason_words, signed, speaker
from callcalm.language import _


def transcript(round_: Round, own: PriceSheet | None = None, transfer: str = "") -> str:
    """The whole round: what was said, what it did, the sheets if any, the line for the next real call."""
    state = round_.state
    scenario = state.scenario
    lines = [f"# {escaped(scenario.title)}", "", escaped(_brief_line(scenario)), ""]
    for answer in reread(round_):
        lines += _answer_lines(answer, round_)
    if state.over is not None:
        lines += [f"## {kind_word(state.over.kind)}", "", escaped(state.over.text), ""]
        lines += [f"> {escaped(state.over.lesson)}", ""]
        lines += _sheet_lines(round_, own)
    if state.notes:
        lines += ["## " + _("Notes"), "", *(f"- {escaped(note)}" for note in state.notes), ""]
    if state.promises:
        lines += ["## " + _("Promises"), ""]
        made = [f"{one.what}{f' ({one.by})' if one.by else ''}" for one in state.promises]
        lines += [f"- {escaped(promise)}" for promise in made]
        lines += [""]
    if transfer:
        lines += [escaped(_("Next real call I will: {line}").format(line=transfer)), ""]
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
        [f"{speaker(f'**{escaped(first)}**', answer.mood, registry)} {escaped(' '.join(answer.caller))}", ""]
        if answer.caller
        else []
    )
    lines += [_("**You**: {words}").format(words=escaped(answer.text)), ""]
    told = [f"{headed(quoted(answer.text[mark.start : mark.end]))} {mark.name}" for mark in answer.marks]
    told += [reason_words(seen, registry) for seen in answer.unmarked]
    lines += [f"- {escaped(line)}" for line in told]
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
