"""Everything a key can do, in one table: from it come the bindings, the key bar, the help screen and the palette.

The words are message ids, translated where they are shown. What must not be here: the `action_…` methods.
"""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.tui.command import Command, numbered
from callcalm.tui.command import later as _
from callcalm.tui.registry_debrief import BESIDE, DEBRIEF, GHOST, REVEAL
from callcalm.tui.registry_drill import DRILL
from callcalm.tui.registry_guide import GUIDE_LIST, MOVE
from callcalm.tui.registry_host import HOSTING
from callcalm.tui.registry_letter import letter_places
from callcalm.tui.registry_progress import PROGRESS
from callcalm.tui.registry_settings import FIRST, FIRST_NAME, KEYS
from callcalm.tui.registry_write import WRITING

__all__ = ["EVERYWHERE", "GUIDE", "GUIDE_HERE", "HELP", "PLACES", "SCROLL", "Command"]

HELP = Command("help", "question_mark", "help", _("help"), _("Show every key of this screen."), bar=True)
LEAVE = _("back")

EVERYWHERE = (
    HELP,
    Command("palette", "ctrl+p", "palette", _("commands"), _("Find a command by its name."), bar=False),
    Command(
        "quit",
        "ctrl+q",
        "leave",
        _("quit"),
        _("Quit. Everything is saved; callcalm offers to go on where you were."),
        priority=True,
    ),
    Command("saving", "ctrl+s", "saving", _("saving"), _("Say why the last save failed, and what can be done.")),
    Command("how-to-quit", "ctrl+c", "how_to_quit", _("quit?"), _("Say how to quit."), listed=False),
)

SCROLL = (
    Command("page-down", "pagedown", "page(1)", _("page down"), _("Read on, one page.")),
    Command("page-up", "pageup", "page(-1)", _("page up"), _("Read back, one page.")),
    Command("line-down", "down", "line(1)", _("down"), _("Read on, one line."), listed=False),
    Command("line-up", "up", "line(-1)", _("up"), _("Read back, one line."), listed=False),
)
_PAGES = SCROLL[:2]
GUIDE = Command("guide", "g", "guide", _("guide"), _("Look moves and rules up in the field guide."))
_TO_COST = _("Open the field guide at the first words that cost.")
GUIDE_HERE = Command("guide-here", "g", "guide", _("guide"), _TO_COST, bar=True)
_READ_ON = Command("read-on", "enter", "read_on", _("read on"), _("Read on, to the end."), bar=True)

PLACES: Mapping[str, tuple[Command, ...]] = {
    "home": (
        Command(
            "home.play",
            "enter",
            "play",
            _("play"),
            _("Play the chosen encounter or drill, or go on with a call or a campaign."),
            bar=True,
        ),
        Command(
            "home.settings", "s", "settings", _("settings"), _("Language, colours, coach and more."), bar=True
        ),
        Command("home.today", "t", "today", _("today"), _("Play what is proposed for today.")),
        Command("home.promises", "p", "promises", _("promises"), _("What you promised, and what of it is due.")),
        Command(
            "home.progress", "v", "progress", _("progress"), _("See what your rounds tell over time."), bar=True
        ),
        Command("home.goal", "o", "goal", _("goal"), _("Choose a goal, or say what became of it.")),
        Command("home.guide", GUIDE.key, GUIDE.action, GUIDE.label, GUIDE.tip),
        Command("home.quit", "q", "app.leave", _("quit"), _("Quit callcalm."), bar=True),
    ),
    "brief": (
        _READ_ON,
        Command("brief.start", "enter", "begin('phone')", _("pick up"), _("Pick up: the call begins."), bar=True),
        Command("brief.look-up", "enter", "begin('in-person')", _("look up"), _("Look up: it begins."), bar=True),
        Command("brief.open", "enter", "begin('letter')", _("open it"), _("Open the letter."), bar=True),
        Command(
            "brief.coach",
            "c",
            "coach",
            _("coach"),
            _("Show what words cost and help during the call; the round is marked as coached."),
            bar=True,
        ),
        Command(
            "brief.worked", "w", "worked", _("worked"), _("See what is new here taken badly and well."), bar=True
        ),
        Command(
            "brief.playbook", "p", "playbook", _("house rules"), _("Play by another school's rules."), bar=True
        ),
        Command(
            "brief.leave", "escape", "leave_round", LEAVE, _("Back to the list; nothing has begun."), bar=True
        ),
        GUIDE,
        *SCROLL,
    ),
    "call": (
        *numbered("call.answer", "answer", _("choose"), _("Choose the line with this number.")),
        Command(
            "call.compose", "enter", "compose", _("say it"), _("Say the picked parts, in this order."), bar=True
        ),
        Command("call.type", "t", "type", _("type"), _("Answer in your own words."), bar=True),
        Command("call.listen", "space", "listen", _("listen"), _("Let the caller go on."), bar=True),
        Command(
            "call.cut-in",
            "x",
            "cut_in",
            _("cut in"),
            _("Cut the caller off; what they had left to say is lost."),
        ),
        Command(
            "call.breathe",
            "b",
            "breathe",
            _("breathe"),
            _("Take a breath: free once, later ones cost."),
            bar=True,
        ),
        Command("call.notes", "n", "notes", _("notes"), _("Write down what the caller tells you."), bar=True),
        Command(
            "call.undo",
            "u",
            "undo",
            _("undo"),
            _("Take the last action back; the round remembers that you did."),
        ),
        Command("call.unpick", "backspace", "unpick", _("take back"), _("Take back the last part picked.")),
        Command("call.choose", "enter", "choose", _("choose"), _("Do what the marker stands on.")),
        Command("call.go-on", "enter", "go_on", _("go on"), _("Go on, when the call is over."), bar=True),
        Command("call.transcript", "y", "copy", _("copy"), _("Show the call as text, to copy.")),
        Command(
            "call.leave",
            "escape",
            "leave_round",
            _("home"),
            _("Back to the list; the call waits for you there."),
        ),
        *_PAGES,
    ),
    "typing": (
        Command(
            "typing.say", "enter", "say", _("say it"), _("Say what you have written."), bar=True, priority=True
        ),
        Command("typing.back", "escape", "back", LEAVE, _("Back to the answers; what you wrote stays."), bar=True),
    ),
    "noting": (
        Command("noting.keep", "enter", "submit", _("keep"), _("Keep this note."), bar=True),
        Command("noting.back", "escape", "back", _("back to the call"), _("Back to the call."), bar=True),
    ),
    "question": (
        Command("question.choose", "enter", "choose", _("choose"), _("Answer with the marked line."), bar=True),
        *numbered("question.answer", "answer", _("answer"), _("Answer with this number.")),
        Command("question.back", "escape", "back", LEAVE, _("Change nothing."), bar=True),
    ),
    "asking": (
        Command("asking.done", "enter", "submit", _("done"), _("Take this."), bar=True),
        Command("asking.back", "escape", "back", LEAVE, _("Change nothing."), bar=True),
        Command("asking.page-down", "pagedown", "page(1)", _("read on"), _("Read on, one page."), bar=True),
        Command("asking.page-up", "pageup", "page(-1)", _("read back"), _("Read back, one page.")),
    ),
    "reader": (
        Command("reader.back", "escape,q,enter", "back", LEAVE, _("Back to the screen below."), bar=True),
        Command("reader.page-down", "pagedown,space", "page(1)", _("read on"), _("Read on, one page."), bar=True),
        Command("reader.page-up", "pageup", "page(-1)", _("read back"), _("Read back, one page."), bar=True),
        Command("reader.down", "down", "line(1)", _("down"), _("Read on, one line."), listed=False),
        Command("reader.up", "up", "line(-1)", _("up"), _("Read back, one line."), listed=False),
    ),
    "palette": (
        Command("palette.run", "enter", "submit", _("run"), _("Run the marked command."), bar=True),
        Command("palette.back", "escape", "back", LEAVE, _("Run nothing."), bar=True),
        Command("palette.down", "down", "cursor(1)", _("next"), _("The next command."), bar=True),
        Command("palette.up", "up", "cursor(-1)", _("before"), _("The command before.")),
    ),
    "reread": (
        _READ_ON,
        Command("reread.go-on", "enter", "go_on", _("go on"), _("Go on to the PRICE sheet."), bar=True),
        Command(
            "reread.leave",
            "escape",
            "leave_round",
            _("home"),
            _("Back to the list; the round waits for you there."),
            bar=True,
        ),
        GUIDE_HERE,
        *SCROLL,
    ),
    "price": (
        Command(
            "price.yes",
            "y",
            "got(True)",
            _("yes"),
            _("Result: yes, the caller got what they wanted or needed."),
            bar=True,
        ),
        Command(
            "price.no", "n", "got(False)", _("no"), _("Result: no; then say how fair the result was."), bar=True
        ),
        Command("price.next", "down", "row(1)", _("next"), _("To the next row.")),
        Command("price.before", "up", "row(-1)", _("before"), _("To the row before.")),
        Command(
            "price.lower",
            "left",
            "step(-1)",
            _("lower"),
            _("One point lower (or press minus and type a number)."),
        ),
        Command("price.higher", "right", "step(1)", _("higher"), _("One point higher (or type a number).")),
        Command(
            "price.confirm",
            "enter",
            "confirm",
            _("confirm"),
            _("Confirm the sheet; it is locked then."),
            bar=True,
        ),
        Command(
            "price.leave",
            "escape",
            "leave_round",
            _("home"),
            _("Back to the list; the sheet waits for you there."),
            bar=True,
        ),
    ),
    "reveal": (
        _READ_ON,
        Command("reveal.go-on", "enter", "go_on", _("go on"), _("Go on to the next step."), bar=True),
        *REVEAL,
        Command("reveal.transcript", "y", "copy", _("copy"), _("Show the round as text, to copy.")),
        Command(
            "reveal.leave",
            "escape",
            "leave_round",
            _("home"),
            _("Back to the list; the reveal waits for you there."),
            bar=True,
        ),
        GUIDE_HERE,
        *SCROLL,
    ),
    "debrief": (*DEBRIEF, *SCROLL),
    "ghost": GHOST,
    "beside": (*BESIDE, *SCROLL),
    "transfer": (
        Command(
            "transfer.save",
            "enter",
            "submit",
            _("save"),
            _("Save the round, with this line or without."),
            bar=True,
        ),
        Command("transfer.leave", "escape", "back", _("reveal"), _("Back to the reveal."), bar=True),
    ),
    "settings": (
        Command(
            "settings.next",
            "right,enter",
            "turn(1)",
            _("change"),
            _("Change to the next choice, or type it."),
            bar=True,
        ),
        Command("settings.before", "left", "turn(-1)", _("change back"), _("Change to the choice before.")),
        Command("settings.leave", "escape", "back", LEAVE, _("Back; every change has been kept."), bar=True),
        GUIDE,
    ),
    "keys": KEYS,
    "progress": (*PROGRESS, *SCROLL),
    "first-name": FIRST_NAME,
    "first": (_READ_ON, *FIRST, *_PAGES),
    "promises": (
        Command(
            "promises.come-back", "enter", "come_back", _("go back"), _("Go back to the marked promise."), bar=True
        ),
        Command("promises.leave", "escape,q", "back", LEAVE, _("Back to the list."), bar=True),
        GUIDE,
    ),
    "guide": GUIDE_LIST,
    "move": (*MOVE, *SCROLL),
    "drill": (_READ_ON, *DRILL, GUIDE, *_PAGES),
    **WRITING,
    **HOSTING,
    **letter_places(_READ_ON, SCROLL, GUIDE),
}
"""The commands of each screen, in the order help shows them."""
