"""What of a file is read as its writer's own words, and that places stay right whatever is left out."""

from __future__ import annotations

import contextlib
import random
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.intake import BadFile, Code
from callcalm.letters.blanks import without_addresses
from callcalm.letters.letter import CAP, Kind, Letter, kind_of, letter_from, read_letter
from callcalm.letters.markdown import own_words


def words(letter: Letter) -> list[str]:
    return letter.words.split()


def test_the_ending_of_a_name_tells_the_kind() -> None:
    assert [kind_of(name) for name in ("a.txt", "A.MD", "x/b.markdown", "c.Eml", "noending")] == [
        Kind.TEXT,
        Kind.MARKDOWN,
        Kind.MARKDOWN,
        Kind.MAIL,
        Kind.TEXT,
    ]


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("Dear Ann,\n\n> why did you\n\nBye", ["Dear", "Bye"], ["why"]),
        ("One\n```\ncode here\n```\ntwo", ["One", "two"], ["code", "here"]),
        ("One\n~~~~\ncode\n~~~\nmore\n~~~~\ntwo", ["One", "two"], ["code", "more"]),
        ("One\n\n    code\n    more\n\ntwo", ["One", "two"], ["code", "more"]),
        ("- item\n\n    still the item", ["item", "still"], []),
        (
            "[the form](https://x.example/why-did-you?a=(b) 'title') please",
            ["[the", "form]", "please"],
            ["title')"],
        ),
        ("[the form][why]\n\n[why]: http://x.example", ["[the", "form]"], ["[why]", "[why]:"]),
        ("a `why did you` b", ["a", "b"], ["`why", "you`"]),
        ("a <b class='why'>bold</b> <!-- why\n did you --> b", ["a", "bold", "b"], ["why", "did"]),
        ("---\ntitle: why did you\n---\nHello", ["Hello"], ["title:"]),
        ("---\nno end", ["no", "end"], []),
        ("_You_ failed __to__ snake_case", ["You", "failed", "to", "snake_case"], ["_You_"]),
        ("<!-- never closed why", [], ["why"]),
    ],
)
def test_markdown_keeps_only_its_writers_words(text: str, kept: list[str], gone: list[str]) -> None:
    left = own_words(text)
    assert len(left) == len(text)
    assert set(kept) <= set(left.split())
    assert not set(gone) & set(left.split())


@given(st.text(alphabet="ab `~>#[]()<>_-!\n:/é😀", max_size=200))
def test_markdown_of_any_shape_keeps_its_length_and_moves_nothing(text: str) -> None:
    left = own_words(text)
    assert len(left) == len(text)
    assert all(new in {old, " ", "\n", "x"} for new, old in zip(left, text, strict=True))


@pytest.mark.parametrize(
    "hostile", ["`", "](", "<!--", "[", "_", "<a", "    x\n\n", "> ", "```\n", "a@", "a.", "www."]
)
def test_markdown_made_to_be_slow_is_not(hostile: str) -> None:
    text = hostile * (1_000_000 // len(hostile))
    assert len(without_addresses(own_words(text))) == len(text)


def test_addresses_are_not_words() -> None:
    text = "See https://x.example/why-did-you or why@you.failed.example, please."
    assert without_addresses(text).split() == ["See", "or", "please."] or "why" not in without_addresses(text)
    assert len(without_addresses(text)) == len(text)


def mail(text: str, **params: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Why did you"
    message["From"] = "a@b.example"
    message.set_content(text, **params)
    return message.as_bytes()


def test_an_unencoded_mail_keeps_its_own_lines() -> None:
    data = mail("Hello Ann,\n\nyou failed to sign.\n\nOn Monday, Ann wrote:\n> why did you call?\n", cte="7bit")
    letter = letter_from(data, "x.eml")
    assert letter.remarks == ()
    assert letter.start > 0
    at = letter.start + letter.words.index("you failed")
    assert letter.source.text[at:].startswith("you failed")
    assert letter.source.line(letter.source.place(at).line) == "you failed to sign."
    assert "why" not in letter.words
    assert "wrote" not in letter.words
    assert "Subject" not in letter.words


@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_an_encoded_mail_says_that_lines_are_those_of_the_decoded_text(cte: str) -> None:
    letter = letter_from(mail("Été: vous n'avez pas signé 😀.\n", cte=cte), "x.eml")
    assert letter.source.text.startswith("Été: vous")
    assert letter.start == 0
    assert len(letter.remarks) == 1


def test_a_mail_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    data = b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nCaf\xe9 ferm\xe9\n"
    file = tmp_path / "x.eml"
    file.write_bytes(data)
    for letter in (letter_from(data, "x.eml"), read_letter(str(file))):
        assert "Café fermé" in letter.words
        assert letter.remarks


def test_of_a_mail_with_parts_the_text_is_read_and_nothing_attached_or_forwarded() -> None:
    message = EmailMessage()
    message.set_content("The words.\n")
    message.add_alternative("<p>Other words</p>", subtype="html")
    message.add_attachment("why did you", filename="a.txt")
    letter = letter_from(message.as_bytes(), "x.eml")
    assert words(letter) == ["The", "words."]


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\nFrom: x",
        "---------- Forwarded message ---------\nFrom: x",
        "---------- Message transféré ---------",
        "Begin forwarded message:\n",
        "Début du message réexpédié :\n",
        "From: Ann <a@b.example>\nSent: Monday",
        "*De :* Ann\n*Envoyé :* lundi",
        "On Mon, 3 Mar 2025 at 10:22, Ann <a@b.example>\nwrote:\n",
        "Le lun. 3 mars 2025 à 10h22, Ann a écrit :\n",
    ],
)
def test_what_stands_below_an_original_message_is_somebody_elses(head: str) -> None:
    letter = letter_from(mail(f"Mine.\n\n{head}\nwhy did you\n"), "x.eml")
    assert words(letter) == ["Mine."]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday you wrote:\n\nMine.\n",
        "Mine.\n\nOn Monday you wrote:\n\nMine, too.\n",
        "On Mon, 3 Mar 2025 at 10:22, Ann wrote:\n\n> why did you\n\nMine.\n",
        "On Mon, 3 Mar 2025 at 10:22, Ann wrote:\n\nMine, perhaps.\n",
        "From: the office\nDate: 3 May\n\nMine.\n",
        "From: the station, go left.\n\nMine.\n",
    ],
)
def test_what_may_be_the_writers_own_stays(text: str) -> None:
    assert "Mine" in letter_from(mail(text), "x.eml").words.split("\n\n")[-1]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("", ""),
        ("Hello Ann,\n", "Hello Ann,\n"),
        ("\nHello Ann,\n", "Hello Ann,\n"),
        ("Subject: x\n", ""),
        ("Subject: x\n\n", ""),
        ("Subject: x\nno header\nHello\n", "no header\nHello\n"),
        ("Content-Type: multipart/mixed; boundary=b\n\n--b\nHello\n--b--\n", "Hello"),
        ("Content-Transfer-Encoding: base64\n\n\n", ""),
    ],
)
def test_what_is_not_encoded_is_not_said_to_be(data: str, text: str) -> None:
    letter = letter_from(data.encode(), "x.eml")
    assert letter.remarks == ()
    assert letter.words.rstrip("\n") == text.rstrip("\n")
    assert not text or letter.source.text[letter.start :].startswith(text)


def test_a_mail_without_text_is_refused_with_what_to_do() -> None:
    message = EmailMessage()
    message.set_content(b"x", maintype="image", subtype="png")
    with pytest.raises(BadFile, match="no text part") as bad:
        letter_from(message.as_bytes(), "x.eml")
    assert bad.value.problems[0].hint


def test_broken_mails_are_read_or_refused_but_never_crash() -> None:
    seed = random.Random(7)
    base = mail("Hello\n" * 5)
    for _ in range(200):
        data = bytearray(base)
        for _ in range(seed.randrange(1, 20)):
            data[seed.randrange(len(data))] = seed.choice(b"\n:;=\x80 \"'-/%?")
        with contextlib.suppress(BadFile):
            letter = letter_from(bytes(data), "x.eml")
            assert len(letter.words) <= len(letter.source.text)


def test_mails_nested_deep_are_refused() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))
    with pytest.raises(BadFile):
        letter_from((deep + "Content-Type: text/plain\n\nhi\n").encode(), "x.eml")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", Code.NOT_UTF8),
        (b"abc\0def", Code.BINARY),
        ("déjà".encode("latin-1"), Code.NOT_UTF8),
        ("un texte".encode("utf-16"), Code.NOT_UTF8),
        ("é".encode() + b"\xff", Code.NOT_UTF8),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: Code) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(data)
    for read in (lambda: read_letter(str(file)), lambda: letter_from(data, "x.txt")):
        with pytest.raises(BadFile) as bad:
            read()
        assert bad.value.problems[0].code is code


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    with file.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(BadFile) as bad:
        read_letter(str(file))
    assert bad.value.problems[0].code is Code.TOO_LARGE
    assert f"{CAP // 1024 // 1024} MiB" in str(bad.value)
