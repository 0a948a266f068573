"""A letter of one's own: read, rated, rewritten, kept; and every letter that cannot be practised."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcalm.core.moves import Effect
from callcalm.core.price import PriceSheet
from callcalm.core.text import unsafe
from callcalm.intake import BadFile
from callcalm.practice.desk import Desk
from callcalm.practice.lettering import LONGEST, Lettering, Step, bring
from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave, Reason
from tests.support import HOSTILE
from tests.world import desk

LETTER = """Dear Mr. Ortega,

We have received your complaint. Why did you wait
until now to tell us? Thank you for your patience.

If you do not return the form by Friday, your file will be closed.
It is our policy to require a signature.

The claims office
"""


def brought(folder: Path, text: str = LETTER, name: str = "letter.txt", at: Desk | None = None) -> Lettering:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return bring(at or desk(folder), str(path))


def rated(folder: Path, text: str = LETTER, name: str = "letter.txt") -> Lettering:
    lettering = brought(folder, text, name)
    lettering.go(Step.RATE)
    lettering.sketch(PriceSheet(respect=3))
    lettering.confirm()
    lettering.go(Step.LINES)
    return lettering


def test_the_lines_that_cost_one_after_the_other(tmp_path: Path) -> None:
    lettering = rated(tmp_path)
    assert (lettering.before, lettering.left) == (3, 3)
    seen = []
    while lettering.line is not None:
        line = lettering.line
        seen.append(line.words)
        assert line.costs
        for spot in line.spots:
            assert line.words[spot.start : spot.end].strip()
        assert lettering.number - 1 + lettering.left == 3
        lettering.next()
    assert seen == [
        "Why did you wait until now to tell us?",
        "If you do not return the form by Friday, your file will be closed.",
        "It is our policy to require a signature.",
    ]
    assert lettering.step is Step.END
    assert not lettering.changed


def test_a_line_rewritten_is_read_at_once_and_counted(tmp_path: Path) -> None:
    lettering = rated(tmp_path)
    worse = lettering.rewrite("Why did you not call us?")
    assert (worse.before, worse.after, len(worse.now.costs)) == (3, 3, 1)
    assert lettering.number - 1 + lettering.left == 3
    better = lettering.rewrite("What happened on your side?")
    assert (better.after, better.now.costs) == (2, ())
    assert [spot.effect for spot in better.now.spots] == [Effect.HELPS]
    assert better.was.words == "Why did you wait until now to tell us?"
    lettering.next()
    assert lettering.line is not None
    assert lettering.line.words.startswith("If you do not return")
    assert lettering.text == LETTER.replace(
        "Why did you wait\nuntil now to tell us?", "What happened\non your side?"
    )


def test_the_sheet_is_locked_before_the_coach_is_heard_and_has_no_result(tmp_path: Path) -> None:
    lettering = brought(tmp_path)
    for step in (Step.COMPARE, Step.LINES, Step.END):
        with pytest.raises(ValueError, match="after the sheet"):
            lettering.go(step)
    lettering.sketch(PriceSheet(got=True, respect=3))
    lettering.confirm()
    lettering.sketch(PriceSheet(respect=-9))
    assert lettering.own == PriceSheet(respect=3)
    assert lettering.brought.sheet.got is None


def test_what_was_done_is_a_round_in_the_log(tmp_path: Path) -> None:
    lettering = rated(tmp_path)
    lettering.rewrite("What happened on your side?")
    lettering.next()
    lettering.next()
    lettering.next()
    (record,) = desk(tmp_path).store.rounds()
    assert (record.scenario, record.kind, record.ending) == ("letter/letter.txt", "letter", "3-to-2")
    assert (record.language, record.playbook, record.title) == ("en", "core", "letter.txt")
    assert record.own == PriceSheet(respect=3)
    assert record.reference is not None
    assert record.reference.respect < 0
    assert [action.do for action in record.actions] == ["line", "rewrote", "line", "line", "letter"]
    assert record.actions[-1].text == lettering.text
    assert {move.turn for move in record.moves} == {1, 2, 3}
    for move in record.moves:
        line = [action for action in record.actions if action.do == "line"][move.turn - 1]
        assert move.quote in line.text
    lettering.save()
    assert len(desk(tmp_path).store.rounds()) == 1


def test_leaving_in_the_middle_keeps_what_was_done_and_nothing_before_the_sheet(tmp_path: Path) -> None:
    early = brought(tmp_path)
    early.save()
    assert early.saved_in is None
    lettering = rated(tmp_path)
    lettering.rewrite("What happened on your side?")
    lettering.save()
    (record,) = desk(tmp_path).store.rounds()
    assert [action.do for action in record.actions] == ["line", "rewrote", "letter"]
    assert "What happened on" in record.actions[-1].text


def test_a_save_that_fails_is_told_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lettering = rated(tmp_path)
    with monkeypatch.context() as broken:

        def full(path: Path, _data: bytes) -> bool:
            raise CannotSave(path, Reason.FULL)

        broken.setattr(durable, "append_block", full)
        broken.setattr(durable, "create_file", full)
        lettering.go(Step.END)
        failed = lettering.trouble
        assert failed is not None
        assert failed.reason is Reason.FULL
        assert lettering.saved_in is None
    lettering.save()
    assert lettering.trouble is None
    assert len(desk(tmp_path).store.rounds()) == 1


def test_a_letter_without_costs_is_soon_done(tmp_path: Path) -> None:
    lettering = rated(tmp_path, "Dear Ms. Roe,\n\nThank you for telling us. We will call you by Friday.\n")
    assert (lettering.step, lettering.before) == (Step.END, 0)
    assert lettering.line is None
    lettering.next()
    with pytest.raises(ValueError, match="1 to"):
        lettering.rewrite("x")


@pytest.mark.parametrize("words", ["", "   \n ", "x" * 1_001])
def test_no_words_or_far_too_many_change_nothing(tmp_path: Path, words: str) -> None:
    lettering = rated(tmp_path)
    with pytest.raises(ValueError, match="1 to 1000"):
        lettering.rewrite(words)
    assert not lettering.changed


def test_it_is_written_beside_never_over_unless_asked(tmp_path: Path) -> None:
    lettering = rated(tmp_path)
    lettering.rewrite("What happened on your side?")
    assert lettering.suggested == tmp_path / "letter-improved.txt"
    lettering.write(lettering.suggested)
    assert (tmp_path / "letter-improved.txt").read_text("utf-8") == lettering.text
    assert lettering.suggested == tmp_path / "letter-improved-2.txt"
    assert lettering.path is not None
    with pytest.raises(FileExistsError):
        lettering.write(lettering.path)
    assert lettering.path.read_text("utf-8") == LETTER
    assert lettering.is_original(tmp_path / "." / "letter.txt")
    lettering.write(lettering.path, over=True)
    assert lettering.path.read_text("utf-8") == lettering.text
    with pytest.raises(CannotSave):
        lettering.write(tmp_path / "no" / "such.txt")


def test_the_line_ends_of_windows_stay(tmp_path: Path) -> None:
    lettering = rated(tmp_path, LETTER.replace("\n", "\r\n"))
    lettering.rewrite("What happened on your side?")
    lettering.write(tmp_path / "new.txt")
    data = (tmp_path / "new.txt").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 5


MAIL = """From: a@b.example
Subject: Form
Content-Type: text/plain; charset=utf-8

Why did you wait until now?

On Monday, she wrote:
> You failed to answer me.
"""


def test_in_a_mail_only_ones_own_words_are_practised_and_the_rest_stays(tmp_path: Path) -> None:
    lettering = rated(tmp_path, MAIL, "mail.eml")
    assert lettering.before == 1
    lettering.rewrite("What happened?")
    lettering.next()
    assert lettering.text == MAIL.replace("Why did you wait until now?", "What happened?")
    assert lettering.suggested.name == "mail-improved.eml"


def test_an_encoded_mail_becomes_a_text(tmp_path: Path) -> None:
    coded = MAIL.replace("utf-8\n", "utf-8\nContent-Transfer-Encoding: quoted-printable\n").replace(
        "now?", "no=\nw?"
    )
    lettering = rated(tmp_path, coded, "mail.eml")
    assert lettering.letter.remarks
    lettering.rewrite("What happened?")
    assert lettering.text.startswith("What happened?")
    assert lettering.suggested.name == "mail-improved.txt"


def test_an_html_mail_becomes_a_text(tmp_path: Path) -> None:
    html = "Content-Type: text/html\n\n<p>Why did you wait until <b>now</b>?</p><blockquote>Call!</blockquote>\n"
    lettering = rated(tmp_path, html, "mail.eml")
    lettering.rewrite("What happened?")
    lettering.next()
    assert lettering.text == "What happened?\n\n> Call!\n"
    assert lettering.suggested.name == "mail-improved.txt"


def test_what_is_let_pass_beside_the_letter_is_not_practised(tmp_path: Path) -> None:
    text = 'format = 1\n\n[[ignore]]\nfiles = ["letter.txt"]\nrules = ["rule-wall"]\nreason = "legal wording"\n'
    (tmp_path / "callcalm.toml").write_text(text, encoding="utf-8")
    lettering = brought(tmp_path)
    assert lettering.before == 2
    assert any(item.move == "rule-wall" for item in lettering.brought.evidence), "the reader sees it all the same"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no words"),
        (b" \n\n", "no words"),
        (b"\x00\x01\x02" * 50, "NUL"),
        (b"caf\xe9", "not UTF-8"),
        ("héllo".encode("utf-16"), "UTF-16"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than"),
        (b"Dear all. " * 6_000, "more than 50,000 characters"),
    ],
)
def test_what_cannot_be_practised_is_told_as_check_does(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "letter.txt").write_bytes(data)
    with pytest.raises(BadFile, match=words):
        bring(desk(tmp_path), str(tmp_path / "letter.txt"))
    with pytest.raises(BadFile, match=words):
        bring(desk(tmp_path), "<stdin>", data=data)


@pytest.mark.parametrize("name", ["gone.txt", ".", "\0"])
def test_a_file_that_is_none_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile):
        bring(desk(tmp_path), str(tmp_path / name) if name != "\0" else name)


def test_an_endless_line_is_practised_in_parts(tmp_path: Path) -> None:
    text = ("we see that " * 1_000) + "why did you wait " + ("and then so on " * 1_000)
    assert len(text) < LONGEST
    lettering = rated(tmp_path, text)
    assert lettering.line is not None
    assert len(lettering.line.words) <= 600
    before, after = lettering.text[: lettering.line.start], lettering.text[lettering.line.end :]
    lettering.rewrite("What happened?")
    assert lettering.text == f"{before}What happened?{after}"


def test_a_letter_in_french_and_one_in_both(tmp_path: Path) -> None:
    french = rated(tmp_path, "Madame,\n\nVous n'avez pas signé le formulaire. C'est le règlement.\n")
    assert french.language == "fr"
    assert french.line is not None


def test_hostile_words_are_shown_safely_and_kept_as_they_are(tmp_path: Path) -> None:
    text = f"Why did you wait {HOSTILE}?\n"
    lettering = rated(tmp_path, text)
    assert lettering.line is not None
    assert not unsafe().search(lettering.line.words)
    lettering.save()
    (record,) = desk(tmp_path).store.rounds()
    assert not unsafe().search("".join(action.text for action in record.actions))


@given(
    st.lists(
        st.sampled_from(
            [
                "Why did you wait?",
                "Thank you.",
                "It is our\npolicy.",
                "\n\n",
                "You failed to pay.",
                "\tx ",
                "é…",
                "!",
            ]
        ),
        min_size=1,
        max_size=12,
    ),
    st.lists(st.sampled_from(["", "What happened?", "Why did you go?", "a " * 60]), max_size=14),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_it_comes_to_an_end_and_only_lines_change(
    tmp_path: Path, pieces: list[str], answers: list[str]
) -> None:
    text = " ".join(pieces)
    if not text.strip():
        return
    lettering = bring(desk(tmp_path), "<stdin>", data=text.encode())
    lettering.confirm()
    lettering.go(Step.LINES)
    lines = 0
    while lettering.line is not None:
        line = lettering.line
        assert lettering.text[line.start : line.end].split() == line.words.split()
        if lines < len(answers) and answers[lines].strip():
            tried = lettering.rewrite(answers[lines])
            assert lettering.text[tried.now.start : tried.now.end].split() == answers[lines].split()
        lettering.next()
        lines += 1
        assert lines <= 40
    assert lettering.step is Step.END
