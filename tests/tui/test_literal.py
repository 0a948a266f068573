from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from callcalm.core.text import unsafe
from callcalm.tui.literal import Under, beside, line, literal, mark_under, wrapped
from callcalm.tui.reflow import Reflow
from tests.support import HOSTILE

widths = st.integers(1, 120)
texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


def letters(text: str) -> str:
    return "".join(text.split())


def test_brackets_are_brackets_and_escapes_are_visible() -> None:
    shown = literal(HOSTILE)
    assert shown.plain.startswith("[sighs] [/] [b \ufffd[2J")
    assert shown.spans == []
    assert unsafe().search(shown.plain) is None


def test_a_style_covers_the_text_and_is_never_read_from_it() -> None:
    assert [span.style for span in literal("[red]x", "bold").spans] == ["bold"]
    assert line(("[a]", "bold"), "[b]").plain == "[a][b]"


@given(texts, st.integers(2, 120))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = wrapped(literal(text), width)
    assert letters("".join(one.plain for one in lines)) == letters(literal(text).plain)
    assert all(one.cell_length <= width for one in lines)


@given(texts, texts, widths)
def test_side_by_side_fits_on_one_line(left: str, right: str, width: int) -> None:
    one = beside(literal(left.replace("\n", " ")), literal(right.replace("\n", " ")), width)
    assert one.cell_length <= max(width, 1) or width < 2


def test_marks_stand_under_their_words_with_a_label() -> None:
    lines = mark_under("Why did you wait?", [Under(0, 11, "^", "an accusing why", "red")], 40)
    assert [one.plain for one in lines] == ["Why did you wait?", "^^^^^^^^^^^ an accusing why"]


def test_a_mark_over_two_lines_is_labelled_once_at_its_end() -> None:
    text = "I will stay on this until it is settled"
    lines = [one.plain for one in mark_under(text, [Under(0, len(text), "~", "owns it", "green")], 20)]
    assert lines == [
        "I will stay on this",
        "~~~~~~~~~~~~~~~~~~~",
        "until it is settled",
        "~~~~~~~~~~~~~~~~~~~",
        "owns it",
    ]


def test_marks_under_wide_characters_line_up_by_cells() -> None:
    lines = [one.plain for one in mark_under("你好 why did you", [Under(3, 14, "^", "x", "red")], 40)]
    assert lines == ["你好 why did you", "     ^^^^^^^^^^^ x"]


@given(st.text(alphabet="ab cd\n", min_size=1, max_size=60), st.data(), st.integers(4, 60))
def test_marks_never_change_the_words(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    marked = mark_under(text, [Under(start, end, "^", "", "red")], width)
    plain = [one.plain for one in marked if not set(one.plain.strip()) <= {"^"} or not one.plain.strip()]
    assert letters("".join(plain)) == letters(text)


def test_a_reflow_is_cut_to_the_width_it_is_given() -> None:
    reflow = Reflow(lambda _width: [Content("much too long")])
    assert [one.plain for one in reflow.lines(4)] == ["much"]
    assert reflow.get_height({}, 4) == 1


def test_lines_are_never_broken_at_a_no_break_space() -> None:
    text = literal("Vous n’avez pas reçu le SMS\u202f? Et sur la porte «\xa0Consultations\xa0»\xa0: rien.")
    for width in range(24, 60):
        lines = [one.plain for one in wrapped(text, width)]
        assert " ".join(lines) == text.plain
        assert not any(line.startswith(("?", "»", ":")) or line.endswith("«") for line in lines)


def test_no_line_begins_with_a_french_mark_that_a_plain_space_stands_before() -> None:
    text = literal("Vous voulez que j’attende encore ? Non ! Et la lettre « en cours » : je la garde ; voilà.")
    for width in range(24, 70):
        lines = [one.plain for one in wrapped(text, width)]
        assert " ".join(lines) == text.plain
        assert not any(line.startswith(("?", "!", ";", ":", "»")) or line.endswith("«") for line in lines)


def test_held_spaces_keep_their_styles_and_marks() -> None:
    lines = mark_under("Ça ne va pas\xa0!", [Under(9, 14, "^", "x", "red")], 10)
    assert [one.plain for one in lines] == ["Ça ne va", "pas\xa0!", "^^^^^ x"]
