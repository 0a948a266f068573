"""What the facilitator's notes say, as lines for a width. What must not be here: the projected screen."""

from __future__ import annotations

from textual.content import Content

from callcalm.core.moves import Effect
from callcalm.insight.wording import headed, kind_word, level_word, quoted, signed
from callcalm.language import _
from callcalm.room.notes import ChoiceNote, MoveNote, NotesView, SaidNote
from callcalm.room.session import Phase
from callcalm.room.words import tally_line
from callcalm.tui.literal import Under, line, literal, mark_under, wrapped

BLANK = Content("")


def standing(view: NotesView) -> str:
    """Where the session is, in a word or two."""
    everybody = view.everybody
    phases = {
        Phase.LOBBY: _("the lobby"),
        Phase.CALL: _("the call"),
        Phase.OPEN: _("voting"),
        Phase.CLOSED: _("vote closed"),
        Phase.REVEALED: _("votes shown"),
        Phase.SAYING: _("own words"),
        Phase.SAID: _("own words: pick one"),
        Phase.PICKED: _("picked"),
        Phase.SCHOOLS: _("two schools"),
        Phase.PRICE: _("PRICE"),
        Phase.PRICE_SHOWN: _("PRICE shown"),
        Phase.DEBRIEF: _("debrief"),
        Phase.OVER: _("over"),
    }
    number = f"{everybody.composure} {level_word(everybody.level)}"
    return f"{phases[everybody.phase]} · {number}"


def notes_lines(view: NotesView, width: int) -> list[Content]:
    """All of them: the debrief's page, or what was said, the choices, and who calls."""
    if view.page is not None:
        return _page_lines(view, width)
    lines: list[Content] = []
    if view.tally and view.everybody.voted:
        tally = _("The votes so far: {tally}.").format(tally=tally_line(view.tally))
        lines += [*wrapped(literal(tally, "bold"), width), BLANK]
    for said in view.said:
        lines += [*_said_lines(said, width), BLANK]
    for choice in view.choices:
        lines += [*_choice_lines(choice, width), BLANK]
    lines += _caller_lines(view, width)
    if view.next_page is not None:
        lines += wrapped(literal(_("Next page: {title}").format(title=view.next_page.title), "$muted"), width)
    return lines


def _page_lines(view: NotesView, width: int) -> list[Content]:
    page = view.page
    if page is None:
        return []
    lines = [literal(page.title, "bold $heading"), *wrapped(literal(page.ask, "bold"), width), BLANK]
    for one in page.script:
        lines += wrapped(literal(one), width, "- ")
    if view.next_page is not None:
        next_ = _("Next page: {title}").format(title=view.next_page.title)
        lines += [BLANK, *wrapped(literal(next_, "$muted"), width)]
    return lines


def _said_lines(said: SaidNote, width: int) -> list[Content]:
    marks = [
        Under(
            mark.start,
            mark.end,
            "~" if mark.effect is Effect.HELPS else "^",
            _("{sign} {name}").format(sign="+" if mark.effect is Effect.HELPS else "−", name=mark.name),
            "$helps" if mark.effect is Effect.HELPS else "$costs",
        )
        for mark in said.marks
    ]
    head = line((f"{said.number}", "bold $heading"), f"  ({signed(said.change)})")
    lines = [head, *mark_under(said.text, marks, width)]
    if said.taken_for and said.taken_for != said.text:
        lines += wrapped(literal(_("taken for: {words}").format(words=quoted(said.taken_for)), "$muted"), width)
    return lines


def _choice_lines(choice: ChoiceNote, width: int) -> list[Content]:
    letter = f"{choice.letter}." if choice.letter else _("(not shown)")
    head = line((letter, "bold $heading"), " ", (f"({signed(choice.change)})", "bold"), " ")
    best = literal(" " + _("Model answer.") if choice.best else "", "bold $helps")
    locked = literal(" " + _("(needs a breath first)") if choice.locked else "", "$muted")
    lines = wrapped(line(literal(choice.text, "bold"), best, locked), width, head, "   ")
    for move in choice.moves:
        lines += _move_lines(move, width)
    if choice.then:
        mood = f" [{choice.mood}]" if choice.mood else ""
        lines += wrapped(literal(_("then: {words}").format(words=choice.then) + mood, "$caller"), width, "   ")
    if choice.ending is not None:
        lines += wrapped(literal(_("ends it: {kind}").format(kind=kind_word(choice.ending)), "bold"), width, "   ")
    return lines


def _move_lines(move: MoveNote, width: int) -> list[Content]:
    style = "$helps" if move.points > 0 else "$costs" if move.points < 0 else "$muted"
    points = line("   ", (signed(move.points).rjust(3), f"bold {style}"), " ")
    words = f"{headed(quoted(move.quote))} {move.name}" if move.quote else move.name
    lines = wrapped(line(words, (f" [{', '.join(move.sources)}]", "$muted")), width, points)
    if move.instead:
        instead = _("say instead: {words}").format(words=move.instead)
        lines += wrapped(literal(instead, "$muted"), width, " " * points.cell_length)
    return lines


def _caller_lines(view: NotesView, width: int) -> list[Content]:
    lines = [literal(view.everybody.caller, "bold $heading"), *wrapped(literal(view.brief), width)]
    if view.wants:
        lines += wrapped(literal(_("Wants: {wants}").format(wants=view.wants)), width)
    for fact in view.facts:
        lines += wrapped(literal(fact), width, "- ")
    return lines
