"""The part of the registry for the projected room and its notes; see `registry`.

The first thirty share enter and space: only the next sensible step is possible, and the key bar names it.
"""

from __future__ import annotations

from callcalm.tui.command import Command
from callcalm.tui.command import later as _


def _step(name: str, label: str, tip: str) -> Command:
    return Command(f"host.{name}", "enter,space", f"step('{name}')", label, tip, bar=True)


_STEPS = (
    _step("start", _("begin"), _("Begin: the caller comes on.")),
    _step("listen", _("listen on"), _("Let the caller go on.")),
    _step("ask", _("ask the room"), _("Show the answers and open the vote.")),
    _step("count", _("count hands"), _("Type how many hands went up: A5 B2, or only the letter.")),
    _step("close", _("close"), _("Take no more votes, or no more answers.")),
    _step("reveal", _("show votes"), _("Show how many voted for what.")),
    _step("again", _("open again"), _("Nobody has voted: open the vote again.")),
    _step("talk", _("talk, vote again"), _("Let them talk in pairs, then vote again; both votes stay in sight.")),
    _step("draw", _("draw"), _("Draw among the tied letters from the seed that everybody sees.")),
    _step("settle", _("take it"), _("Pick the letter with the most votes.")),
    _step("play", _("play it"), _("Move the call on with what was picked.")),
    _step("answer", _("add an answer"), _("Type an answer that was called out.")),
    _step("pick", _("pick one"), _("Type the number of the answer to project, without a name.")),
    _step("vote-schools", _("vote on it"), _("Let the room vote which house rules to play by.")),
    _step("price", _("PRICE"), _("Everybody scores the call, as the caller would.")),
    _step("fingers", _("count fingers"), _("Type the scores that were shown with fingers, row by row.")),
    _step("show", _("show the scores"), _("Take no more scores; show the room's beside the reference.")),
    _step("debrief", _("debrief"), _("To the first page of the debrief.")),
    _step("page", _("next page"), _("To the next page of the debrief.")),
    _step("finish", _("end"), _("End the session.")),
)

HOST = (
    *_STEPS,
    Command("host.letter-a", "a,A", "letter('A')", _("pick"), _("Pick this letter: your own word."), shown="a-d"),
    Command("host.letter-b", "b,B", "letter('B')", _("pick B"), _("Pick B."), listed=False),
    Command("host.letter-c", "c,C", "letter('C')", _("pick C"), _("Pick C."), listed=False),
    Command("host.letter-d", "d,D", "letter('D')", _("pick D"), _("Pick D."), listed=False),
    Command(
        "host.revote",
        "r",
        "do('revote')",
        _("vote again"),
        _("Talk, then vote again; both votes stay in sight."),
        bar=True,
    ),
    Command("host.tie", "s", "do('draw')", _("draw"), _("Settle a tie from the seed that is shown."), bar=True),
    Command(
        "host.hands", "h", "hands", _("hands"), _("Count hands; in the lobby: go on without phones."), bar=True
    ),
    Command("host.vote", "v", "do('ask')", _("vote"), _("Vote on whether to listen on."), bar=True),
    Command(
        "host.cut-in", "x", "do('cut_in')", _("cut in"), _("Cut the caller off: it costs, unless it is right.")
    ),
    Command("host.saying", "t", "do('saying')", _("say it"), _("Everybody answers in their own words."), bar=True),
    Command(
        "host.schools", "w", "do('schools')", _("two schools"), _("Show a turn under two house rules."), bar=True
    ),
    Command("host.breathe", "b", "do('breathe')", _("breathe"), _("Take a breath: free once, later ones cost.")),
    Command("host.reopen", "o", "do('reopen')", _("reopen"), _("Open it again; what is in stands."), bar=True),
    Command("host.reset", "z", "do('reset')", _("reset"), _("Throw these votes or answers away, and open anew.")),
    Command("host.add", "i", "type('answer')", _("add"), _("Type an answer that was called out."), bar=True),
    Command("host.other", "p", "type('pick')", _("another"), _("Project another answer by its number."), bar=True),
    Command(
        "host.drop", "x,escape", "do('drop')", _("leave it"), _("Leave the question; nothing is played."), bar=True
    ),
    Command("host.undo", "u", "do('undo')", _("undo"), _("Take the last step of the call back.")),
    Command("host.page-before", "left", "do('page_back')", _("before"), _("To the page before."), bar=True),
    Command("host.to-debrief", "e", "to_debrief", _("debrief"), _("Leave the call for the debrief.")),
    Command("host.join", "j", "join", _("join"), _("Show how to join once more, for who comes late.")),
    Command("host.colours", "k", "colours", _("colours"), _("Other colours: black on white, and others.")),
    Command("host.down", "down", "shift(1)", _("down"), _("Further down in what the caller said."), listed=False),
    Command("host.up", "up", "shift(-1)", _("up"), _("Further up in what the caller said."), listed=False),
    Command("host.page-down", "pagedown", "shift(5)", _("page down"), _("Further down in what is shown.")),
    Command("host.page-up", "pageup", "shift(-5)", _("page up"), _("Further up in what is shown.")),
    Command(
        "host.end",
        "q",
        "app.leave",
        _("end"),
        _("End the session: keep its file, or delete it."),
        speaks_for="quit",
    ),
)
"""The commands of the projected room, in the order help shows them."""

COUNTING = (
    Command("counting.done", "enter", "submit", _("done"), _("Take this line."), bar=True),
    Command("counting.back", "escape", "back", _("keys"), _("Back to the keys; nothing is counted."), bar=True),
)
"""The commands of the line at the bottom of the projected room."""

NOTES = (
    Command("notes.page-down", "enter,space,pagedown", "page(1)", _("read on"), _("Read on, one page."), bar=True),
    Command("notes.page-up", "pageup", "page(-1)", _("read back"), _("Read back, one page."), bar=True),
    Command("notes.down", "down", "line(1)", _("down"), _("Read on, one line."), listed=False),
    Command("notes.up", "up", "line(-1)", _("up"), _("Read back, one line."), listed=False),
    Command(
        "notes.leave",
        "q,escape",
        "app.leave",
        _("leave"),
        _("Close the notes, nothing else."),
        bar=True,
        speaks_for="quit",
    ),
)
"""The commands of the facilitator's notes."""

HOSTING = {"host": HOST, "host-counting": COUNTING, "host-notes": NOTES}
"""The places of the room."""
