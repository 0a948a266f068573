"""The first run: a few short pages, a name, a language, and a first call. Escape skips it all at every page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from callcalm.insight import first_words
from callcalm.insight.first_words import FirstPage
from callcalm.insight.saving import trouble_line
from callcalm.language import _, current
from callcalm.practice.desk import Desk
from callcalm.practice.first_run import Invitation, invitation, suggested_name
from callcalm.practice.moving import become
from callcalm.storage.settings import LANGUAGES
from callcalm.storage.trouble import CannotSave
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, literal, wrapped
from callcalm.tui.messages import FirstRunDone
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Reading, ReadingPage
from callcalm.tui.widgets.field import Field
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.words import Words

LONGEST_NAME = 60
WELCOME, WHO, SAFETY, COMING_BACK, INVITE = range(5)


class NameField(Field):
    """The field of the name."""

    BINDINGS = bindings("first-name")


class FirstRunScreen(ReadingPage):
    """One page after the other; what is chosen is felt and kept at once."""

    PLACE = "first"
    CSS_PATH = ["../styles/reading.tcss", "../styles/first_run.tcss"]
    BINDINGS = bindings("first")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._at = WELCOME
        self._asked: Invitation | None = None

    def heading(self) -> Reflow:
        """The page's title, and how far one is."""
        where = literal(f"{self._at + 1}/{INVITE + 1}", "$muted")
        title = literal(self._page().title)
        return Reflow(lambda width: [beside(title, where, width)])

    def body(self) -> Iterable[Widget]:
        """What is said, and below it what is asked."""
        yield from super().body()
        yield Rows(ident="languages")
        field = NameField(most=LONGEST_NAME, ident="name")
        field.display = False
        yield field

    def reading(self) -> Iterable[Widget]:
        """The page's paragraphs."""
        yield Words(ident="said")

    def on_mount(self) -> None:
        """Begin."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key where it makes sense; at the invitation enter plays, and escape goes to the list."""
        invited = self._at == INVITE
        if action == "before":
            return self._at not in {WELCOME, WHO}
        if action == "play":
            return invited and super().check_action("go_on", parameters)
        if action == "go_on":
            return not invited and super().check_action(action, parameters)
        return super().check_action(action, parameters)

    def next_step(self) -> None:
        """Take what the page asked for, and turn it."""
        if self._at == WELCOME:
            self._tell(self._desk.change_settings(language=self.query_one(Rows).chosen or "auto"))
        elif self._at == COMING_BACK:
            self._asked = invitation(self._desk)
            if self._asked is None:
                self.post_message(FirstRunDone())
                return
        self._turn(self._at + 1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The name: another save from now on, with none as it is."""
        event.stop()
        name = event.value.strip()
        self._tell(become(self._desk, name) if name else self._desk.change_settings())
        self._turn(SAFETY)

    def on_rows_chosen(self) -> None:
        """A click takes a language."""
        self.next_step()

    def action_before(self) -> None:
        """The page before."""
        self._turn(self._at - 1)

    def action_play(self) -> None:
        """Begin the call."""
        if self._asked is not None:
            self.post_message(FirstRunDone(self._asked.header.id))

    def action_skip(self) -> None:
        """No more of this, now or later."""
        self._desk.change_settings()
        self.post_message(FirstRunDone())

    def _turn(self, page: int) -> None:
        self._at = page
        self._show()

    def _show(self) -> None:
        lines = self._page().lines
        self.query_one("#heading", Words).say(self.heading())
        self.query_one("#said", Words).say(Reflow(lambda width: _paragraphs(lines, width)))
        self.query_one(Reading).scroll_home(animate=False)
        rows, field = self.query_one(Rows), self.query_one(NameField)
        rows.display, field.display = self._at == WELCOME, self._at == WHO
        self.set_class(rows.display or field.display, "-asking")
        if rows.display:
            names = dict(zip(LANGUAGES, (_("as the system"), "English", "français"), strict=True))
            rows.fill(
                [Item(partial(_named, name), key=key) for key, name in names.items()],
                key=self._desk.settings.language if self._desk.settings.language != "auto" else current(),
            )
            self.set_focus(rows)
        elif field.display:
            field.value = field.value or suggested_name(self._desk)
            field.select_all()  # so that a name of one's own takes the place of the one suggested
            self.set_focus(field)
        else:
            self.set_focus(None)
        # Whether the end is in sight is known once the page is laid out.
        self.call_after_refresh(self.refresh_bindings)

    def _page(self) -> FirstPage:
        match self._at:
            case 0:
                return first_words.welcome()
            case 1:
                return first_words.who()
            case 2:
                return first_words.safety(self._desk.folders.saves, served=self._desk.served)
            case 3:
                keys = keys_of(self)
                return first_words.coming_back(keys.name("quit"), keys.name("help"))
        asked = self._asked
        if asked is None:
            raise LookupError(self._at)  # nobody comes here without an invitation
        header = asked.header
        return first_words.invite(header.title, header.setting, header.minutes, asked.worked)

    def _tell(self, trouble: CannotSave | None) -> None:
        self.note(trouble_line(trouble) if trouble else "")


def _named(name: str, width: int) -> list[Content]:
    return wrapped(literal(name), width)


def _paragraphs(lines: Iterable[str], width: int) -> list[Content]:
    made: list[Content] = []
    for words in lines:
        made += [*wrapped(literal(words), width), Content("")]
    return made[:-1]
