"""`callcalm new` as its users type it: piped, interrupted, resumed, and never over a file that is there."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from callcalm.workshop.kept import NAME
from tests.workshop.written import ending_of, opened


def callcalm(folder: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "callcalm", *args],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment(folder),
        timeout=60,
    )


def environment(folder: Path) -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {
        "PATH": os.defpath,
        "CALLCALM_SAVES": str(folder / "saves"),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": root,
    }


def test_enter_alone_writes_an_encounter_that_plays(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "new", stdin="\n" * 30)
    assert done.returncode == 0, done.stderr
    assert "Written: a-call-i-had.toml" in done.stdout
    assert ending_of(opened((tmp_path / "a-call-i-had.toml").read_text("utf-8")), 0)
    assert not (tmp_path / "saves" / NAME).exists()
    played = callcalm(tmp_path, "play", "./a-call-i-had.toml", "--plain", stdin="\n1\n")
    assert "Alex Martin" in played.stdout
    assert "Traceback" not in played.stderr


def test_what_was_answered_is_kept_and_gone_on_with(tmp_path: Path) -> None:
    stopped = callcalm(tmp_path, "new", stdin="2\n\nDeux annulations\n")
    assert stopped.returncode == 130
    assert f"kept in {tmp_path / 'saves' / NAME}" in stopped.stdout
    assert not list(tmp_path.glob("*.toml"))
    again = callcalm(tmp_path, "new", stdin="\n" * 31)
    assert "3 answers of an interview not finished: “Deux annulations”. Go on with them? [Y/n]" in again.stdout
    assert again.returncode == 0
    assert opened((tmp_path / "deux-annulations.toml").read_text("utf-8")).language == "fr"
    assert not (tmp_path / "saves" / NAME).exists()


def test_q_stops_and_no_starts_afresh(tmp_path: Path) -> None:
    assert callcalm(tmp_path, "new", stdin="\n\nOne\nq\n").returncode == 130
    assert (tmp_path / "saves" / NAME).exists()
    done = callcalm(tmp_path, "new", stdin="n\n" + "\n" * 30)
    assert done.returncode == 0
    assert (tmp_path / "a-call-i-had.toml").exists()
    aside = tmp_path / "saves" / f"{NAME}.1"
    assert f"They are put aside in {aside}. To go on with them, call that file {NAME} again." in done.stdout
    assert "One" in aside.read_text("utf-8")


def test_several_interviews_put_aside_are_all_kept(tmp_path: Path) -> None:
    for title in ("One", "Two"):
        assert callcalm(tmp_path, "new", stdin=f"n\n\n\n{title}\nq\n").returncode == 130
    assert callcalm(tmp_path, "new", stdin="n\nq\n").returncode == 130
    kept = {one.name: one.read_text("utf-8") for one in (tmp_path / "saves").glob(f"{NAME}*")}
    assert ["One" in kept[f"{NAME}.1"], "Two" in kept[f"{NAME}.2"], len(kept)] == [True, True, 2]


def test_what_was_only_taken_is_suggested_anew_when_what_it_hangs_on_is_put_right(tmp_path: Path) -> None:
    about = "1\n1\nT\nW\nAnn Bell\nMs. Bell\nwants\n"
    done = callcalm(tmp_path, "new", stdin=f"{about}wrong fact\n\n\n<\n<\nright fact\n\nq\n")
    assert "Enter alone: You know this: wrong fact" in done.stdout
    assert "Enter alone: You know this: right fact" in done.stdout
    typed = callcalm(tmp_path, "new", stdin=f"n\n{about}a fact\n\nMy own words.\n\n<\n<\nanother fact\n\nq\n")
    assert "Enter alone: My own words." in typed.stdout


def test_going_back_and_being_told_what_does_not_fit(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "new", stdin=f"<\n\n1\n<\n9\n?\n3\n{'x' * 70}\nSecond\n" + "\n" * 30)
    assert "This is the first question." in done.stdout
    assert "That has 70 characters; at most 60 fit here." in done.stdout
    assert "from 1 to 3" in done.stdout
    assert done.stdout.count("2. How did it reach you?") == 3
    scenario = opened((tmp_path / "second.toml").read_text("utf-8"))
    assert (scenario.title, scenario.channel) == ("Second", "letter")


def test_going_back_offers_what_one_had_answered(tmp_path: Path) -> None:
    back = "<\n" * 3
    done = callcalm(tmp_path, "new", stdin=f"\n3\nMine\nan office\n{back}" + "\n" * 30)
    assert done.returncode == 0, done.stderr
    assert "   Enter alone: Mine\n" in done.stdout
    scenario = opened((tmp_path / "mine.toml").read_text("utf-8"))
    assert (scenario.channel, scenario.setting) == ("letter", "an office")


TO_THE_FACTS = "\n" * 7
"""Enter for each question before the one about facts."""


def test_within_lines_one_can_take_one_back_and_see_the_question_again(tmp_path: Path) -> None:
    facts = "wrong fact\n<\nlamp broken\n?\nwrong again\n<\ncalled twice\n\n"
    done = callcalm(tmp_path, "new", stdin=TO_THE_FACTS + facts + "\n" * 30)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("8. What had happened?") == 2
    scenario = opened((tmp_path / "a-call-i-had.toml").read_text("utf-8"))
    assert scenario.caller.facts == ("lamp broken", "called twice")


@pytest.mark.parametrize("end", ["q\n", ""])
def test_stopping_among_lines_loses_none_of_them(tmp_path: Path, end: str) -> None:
    assert callcalm(tmp_path, "new", stdin=f"{TO_THE_FACTS}lamp broken\ncalled twice\n{end}").returncode == 130
    assert callcalm(tmp_path, "new", stdin="y\n" + "\n" * 30).returncode == 0
    scenario = opened((tmp_path / "a-call-i-had.toml").read_text("utf-8"))
    assert scenario.caller.facts == ("lamp broken", "called twice")


def test_answers_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    (tmp_path / "saves").write_text("a file where the folder should be", encoding="utf-8")
    done = callcalm(tmp_path, "new", stdin="en\n")
    assert done.returncode == 3
    assert f"{NAME} cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("mine", encoding="utf-8")
    done = callcalm(tmp_path, "new", "-o", "mine.toml", stdin="\n" * 30)
    assert done.returncode == 2
    assert (tmp_path / "mine.toml").read_text("utf-8") == "mine"
    # The answers are not lost with it.
    assert (tmp_path / "saves" / NAME).exists()
    assert callcalm(tmp_path, "new", "-o", "mine.toml", "--force", stdin="y\n").returncode == 0
    assert (tmp_path / "mine.toml").read_text("utf-8") != "mine"


@pytest.mark.parametrize("kind", ["phone", "letter", "in-person"])
def test_a_template_is_written(tmp_path: Path, kind: str) -> None:
    done = callcalm(tmp_path, "new", "--template", kind, "--lang", "fr", "--title", "../Mon entretien")
    assert (done.returncode, done.stderr) == (0, "")
    scenario = opened((tmp_path / "mon-entretien.toml").read_text("utf-8"))
    assert (scenario.channel, scenario.title) == (kind, "../Mon entretien")
    again = callcalm(tmp_path, "new", "--template", kind, "--lang", "fr", "--title", "../Mon entretien")
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_a_folder_that_is_not_there_is_told_before_the_questions(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "new", "-o", "gone/call.toml", stdin="\n" * 90)
    assert (done.returncode, done.stdout) == (3, "")
    assert "gone" in done.stderr


def test_a_transcript_is_written(tmp_path: Path) -> None:
    (tmp_path / "my_call.txt").write_text("Caller: Well?\nMe: Calm down.\nDr. Who: no\n", encoding="utf-8")
    done = callcalm(tmp_path, "new", "--from-transcript", "my_call.txt")
    assert done.returncode == 0
    assert "Line 3: “Dr. Who”" in done.stderr
    assert "my call" in (tmp_path / "my-call.toml").read_text("utf-8")
    (tmp_path / "none.txt").write_text("Bob: hello\n", encoding="utf-8")
    nobody = callcalm(tmp_path, "new", "--from-transcript", "none.txt")
    assert nobody.returncode == 1
    assert 'Seen: Bob (line 1). Say who is who: --caller "NAME" --me "NAME".' in nobody.stderr
    (tmp_path / "half.txt").write_text("Bob: hello\nMe: Yes?\nAnn: Me too.\n", encoding="utf-8")
    half = callcalm(tmp_path, "new", "--from-transcript", "half.txt")
    assert 'Say who is who: --caller "NAME".\n' in half.stderr
    (tmp_path / "desk.txt").write_text("Front desk: Yes?\nMr. Day: Well!\nFront desk: Oh.\nMe: No.\n", "utf-8")
    asked = callcalm(tmp_path, "new", "--from-transcript", "desk.txt")
    assert 'Say who is who: --caller "Mr. Day" --me "Front desk".' in asked.stderr
    assert callcalm(tmp_path, "new", "--from-transcript", "gone.txt").returncode == 2


def test_a_transcript_says_how_it_reached_the_writer(tmp_path: Path) -> None:
    (tmp_path / "mails.txt").write_text("They: Well?\nMe: Calm down.\n", encoding="utf-8")
    done = callcalm(tmp_path, "new", "--from-transcript", "mails.txt", "--template", "letter")
    assert done.returncode == 0, done.stderr
    assert "Line 1: “They” is taken to be the other person." in done.stderr
    text = (tmp_path / "mails.toml").read_text("utf-8")
    assert opened(text).channel == "letter"
    assert "# What was really written (line 2)." in text


def test_lines_that_nobody_speaks_are_named_when_there_is_no_conversation(tmp_path: Path) -> None:
    (tmp_path / "commas.txt").write_text("Caller, Well?\nMe, Calm down.\n", encoding="utf-8")
    done = callcalm(tmp_path, "new", "--from-transcript", "commas.txt")
    assert done.returncode == 1
    assert "Line 1: no name with a colon begins it: Caller, Well?\n" in done.stderr


def test_what_is_told_is_in_the_interfaces_language_and_what_is_written_in_the_files(tmp_path: Path) -> None:
    (tmp_path / "appel.txt").write_text(
        "Appel du 12 mai\nCliente : Bonjour, je suis en colère.\nMoi : Calmez-vous, madame.\n", encoding="utf-8"
    )
    for code in (0, 2):
        done = callcalm(tmp_path, "new", "--from-transcript", "appel.txt")
        assert done.returncode == code
        assert done.stderr.startswith("Line 1: before anybody spoke, left out: Appel du 12 mai\n")
        assert "Ligne" not in done.stderr
    written = (tmp_path / "appel.toml").read_text("utf-8")
    assert "# Ligne 1 : personne n’avait encore parlé" in written
    assert "# - CC609\u00a0: ce texte reste à remplir" in written


def test_the_many_moods_take_few_lines(tmp_path: Path) -> None:
    done = callcalm(tmp_path, "new", stdin="\n" * 30)
    asked = done.stdout.partition("How did that sound?\n")[2].partition("Your answer")[0]
    assert asked.count("\n") == 7
    assert "   1  frustrated (Enter alone)\n" in asked
    assert "   Others: 7\u00a0calm, 8\u00a0relieved" in asked
    assert "15\u00a0warm" in asked


def test_ctrl_c_at_a_terminal_keeps_the_answers(tmp_path: Path) -> None:
    _interrupted(
        tmp_path,
        (b"1. In which", b"\n"),
        (b"2. How did", b"\n"),
        (b"3. What shall", b"Mine\n"),
        (b"4. Where do", b"\x03"),
    )
    assert 'title = "Mine"' in (tmp_path / "saves" / NAME).read_text("utf-8")


def test_ctrl_c_among_lines_loses_none_of_them(tmp_path: Path) -> None:
    before = tuple((b"%d. " % number, b"\n") for number in range(1, 8))
    _interrupted(tmp_path, *before, (b"8. What had", b"lamp broken\n"), ("…".encode(), b"\x03"))
    assert "lamp broken" in (tmp_path / "saves" / NAME).read_text("utf-8")


def _interrupted(tmp_path: Path, *steps: tuple[bytes, bytes]) -> None:
    """The interview at a terminal: each step waits for words and then types; it ends with its answers kept."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "callcalm", "new"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        env=environment(tmp_path),
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 - one thread, and Ctrl-C needs a terminal of its own
    )
    os.close(theirs)
    seen = b""
    for wait_for, send in steps:
        while wait_for not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, send)
    while b"kept in" not in seen:
        seen += os.read(ours, 4096)
    assert process.wait(30) == 130
    os.close(ours)
    assert b"Traceback" not in seen


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
