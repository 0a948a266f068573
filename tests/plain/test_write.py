"""The workshop line by line: the same file, findings, map and preview, read again before every prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.plain.write import run
from tests.content.small import SMALL, changed
from tests.support import HOSTILE
from tests.world import Script, desk


def told(folder: Path, *lines: str, text: str | None = SMALL) -> str:
    path = folder / "call.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    script = Script(*lines)
    run(desk(folder), path, script)
    return script.said


def test_a_file_is_played_and_explained(tmp_path: Path) -> None:
    said = told(tmp_path, "l", "why 2", "2", "undo", "set tries 3", "set composure 22", "b", "restart", "q")
    assert "Maria Alvarez: Finally." in said
    assert "It leads to `heard`. Composure" in said
    assert "helps: “I will stay on”, taking it on yourself" in said
    assert "At `heard`, composure" in said
    assert "tries = 3" in said
    assert "At `opening`, composure 22." in said
    assert "(needs a breath first)" in said
    assert said.endswith("Your file stays as it is.\n")


def test_how_it_ended_is_told_as_fits_the_channel(tmp_path: Path) -> None:
    assert "The call is over: resolved. Type undo or restart." in told(tmp_path, "from settled")
    counter = changed(('channel = "phone"', 'channel = "in-person"'))
    assert "It is over: resolved. Type undo or restart." in told(tmp_path, "from settled", text=counter)


def test_a_composed_answer_takes_numbers(tmp_path: Path) -> None:
    said = told(tmp_path, "from heard", "2 1", "undo", "o", "1")
    assert "Type the numbers of 2 parts, in order." in said
    assert "At `settled`" in said


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("from nowhere", "There is no beat or ending `nowhere`."),
        ("from heard under 3", "Nobody comes to `heard` with a composure under 3; the least is "),
        ("from heard under x", "Type “from BEAT”"),
        ("from", "Type “from BEAT”"),
        ("from heard under 0101" + "0" * 5000, "Type “from BEAT”"),
        ("why 0001" + "0" * 5000, "Type “why” and the number of an answer."),
        ("set nothing 1", "`nothing` cannot be set; what can is composure"),
        ("set trise 2", "There is no variable `trise`. Did you mean `tries`?"),
        ("set callback True", "(set by hand, callback = true)"),
        ("set tries", "Write a name and a value"),
        ("set", "mood_word = cross"),
        ("why 9", "Type “why” and the number"),
        ("hm?", "is not understood here"),
        ("9", "The caller is still talking"),
        ("?", "from BEAT puts the preview there"),
        ("map", "heard (wary): 100 %, composure"),
        ("undo", "At `opening`"),
    ],
)
def test_what_is_typed_is_answered(tmp_path: Path, line: str, answer: str) -> None:
    assert answer in told(tmp_path, line)


class Saving(Script):
    """A writer who saves while the prompt waits: before answering line n, the file becomes text n."""

    def __init__(self, path: Path, *steps: tuple[str | None, str]) -> None:
        super().__init__(*(line for _text, line in steps))
        self._texts = [text for text, _line in steps]
        self._path = path

    def ask(self, question: str) -> Text:
        text = self._texts.pop(0) if self._texts else None
        if text is not None:
            self._path.write_text(text, encoding="utf-8")
        return super().ask(question)


def test_every_save_is_read_before_the_line_is_carried_out(tmp_path: Path) -> None:
    path = tmp_path / "call.toml"
    path.write_text(SMALL, encoding="utf-8")
    broken = changed(('goto = "heard"', 'goto = "herd"'))
    script = Saving(path, (None, "l"), (None, "2"), (broken, ""), (None, "map"), (SMALL, "call"))
    run(desk(tmp_path), path, script)
    before, after = script.said.split("there is no beat or ending `herd`", 1)
    assert "This is the last version that could be played." not in before
    assert "This is the last version that could be played." in after
    assert "heard (wary): 100 %" in after, "the map of the last good version"
    assert after.rindex("At `heard`") > after.index("This is the last version")


def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "call.toml"
    script = Saving(path, (None, "map"), (None, "1"), (None, "set"), (None, "call"), (SMALL, ""))
    run(desk(tmp_path), path, script)
    assert script.said.count("It cannot be played yet.") == 3
    assert "Maria Alvarez: Finally." in script.said


def test_nothing_that_is_not_asked_for_is_told_twice(tmp_path: Path) -> None:
    said = told(tmp_path, "", "", "")
    assert said.count("Maria Alvarez: Finally.") == 1


def test_hostile_text_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    said = told(
        tmp_path,
        HOSTILE,
        "map",
        text=changed(("Finally.", HOSTILE.replace("\x1b", "\\u001b").replace("\x9b", "\\u009b"))),
    )
    assert "[sighs]" in said
    assert not {"\x1b", "\x9b", "\u202e"} & set(said)


def test_findings_and_the_map_are_searched_for_words(tmp_path: Path) -> None:
    said = told(tmp_path, "map so WHAT", "map resolved", "map xyzzy", "findings cc9", "q")
    assert said.count("heard (wary)") == 1
    assert "opening (furious)" not in said
    assert "Nothing here has “xyzzy” in it." in said
    assert "Nothing here has “cc9” in it." in said
