"""A letter checked: languages, places, house rules, the estimate, what is let pass."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from callcalm.core.moves import Factor, Finding
from callcalm.intake import BadFile, Source
from callcalm.letters.baseline import baseline_text, load_baseline
from callcalm.letters.books import Books
from callcalm.letters.checking import check
from callcalm.letters.house import estimate, house, playbook_names
from callcalm.letters.letter import Letter, letter_from
from callcalm.letters.letting import load_sidecar
from callcalm.letters.output import writer
from callcalm.letters.survey import Survey
from callcalm.letters.tongue import by_language, language_of
from callcalm.report import Level
from tests.coach.small import Told, book_of, heard_rule

BOOKS = Books()
WHY = "Why did you wait until now?"
POURQUOI = (
    "Pourquoi avez-vous attendu si longtemps ? Nous sommes désolés pour vous et nous ne pouvons pas le changer."
)


def rules(text: str, language: str = "auto", playbook: str = "core") -> list[str]:
    letter = letter_from(text.encode(), "x.txt")
    found = check(letter, BOOKS, house(playbook), language).found
    return [one.diagnostic.rule for one in found if one.costs]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (WHY, "en"),
        (POURQUOI, "fr"),
        ("", "en"),
        ("123 456", "en"),
        ("Merci pour votre appel, je vous rappelle.", "fr"),
        ("PLEASE CALL ME, YOU HAVE MY NUMBER", "en"),
    ],
)
def test_the_small_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_each_paragraph_is_read_in_its_language() -> None:
    text = f"{WHY} We have asked you for this.\n\n{POURQUOI}\n"
    texts = by_language(text)
    assert set(texts) == {"en", "fr"}
    assert all(len(part) == len(text) for part in texts.values())
    assert "Pourquoi" not in texts["en"]
    assert "Why" not in texts["fr"]
    found = check(letter_from(text.encode(), "x.txt"), BOOKS, house()).found
    blamed = [one.diagnostic for one in found if one.move == "blame.why-you"]
    assert [item.more["language"] for item in blamed] == ["en", "fr"]


def test_a_short_paragraph_is_read_in_its_language_when_no_word_speaks_against_it() -> None:
    assert rules(f"Dear Sir,\n\nWhy did you wait? Calm down.\n\n{POURQUOI}\n")[:2] == ["why-did-you", "calm-down"]


def test_a_language_asked_for_is_the_only_one() -> None:
    assert by_language(WHY) == {"en": WHY}
    assert rules(WHY, "fr") == []
    assert rules(WHY, "en") == ["why-did-you"]


@pytest.mark.parametrize(
    "before", ["", "😀 ", "e\u0301te\u0301 ", "\u00a0", "“Ça va” ", "\r\n\r\n", "x" * 50_000 + "\n"]
)
def test_places_stay_right_whatever_stands_before(before: str) -> None:
    letter = letter_from(f"{before}{WHY}".encode(), "x.txt")
    found = check(letter, BOOKS, house(), "en").found[0].diagnostic
    assert found.matched == "Why did you"
    assert found.place is not None
    line = letter.source.line(found.place.line)
    assert line[found.place.column - 1 : found.place.end_column - 1] == "Why did you"


def test_crooked_apostrophes_and_breaks_in_a_finding_are_one_line_when_shown() -> None:
    letter = letter_from("Why\r\ndidn’t you call?".encode(), "x.txt")
    found = check(letter, BOOKS, house(), "en").found[0].diagnostic
    assert found.matched == "Why didn’t you"
    assert found.place is not None
    assert (found.place.line, found.place.end_line) == (1, 2)


def test_an_endless_line_is_read_in_bounded_time() -> None:
    letter = letter_from(b"a" * 3_000_000 + b" " + WHY.encode(), "x.txt")
    assert len(check(letter, BOOKS, house(), "en").found) == 1


def test_the_estimate_counts_a_move_once_and_holds_the_range() -> None:
    text = " ".join([WHY] * 20)
    letter = letter_from(text.encode(), "x.txt")
    sheet = check(letter, BOOKS, house(), "en").reference.sheet
    once = check(letter_from(WHY.encode(), "x.txt"), BOOKS, house(), "en").reference.sheet
    assert sheet == once
    assert once.respect < 0
    assert once.got is None


def test_a_school_that_forbids_what_helps_makes_a_finding_of_it() -> None:
    name = "apology.institution"
    finding = Finding("r", name, 0, 3, "abc")
    assert {"core", "rescue", "champs", "callmed-fr", "cms-price"} == set(playbook_names())
    forbidden, admitted = house("callmed-fr")[name], house("cms-price")[name]
    assert forbidden.halves == -2
    assert forbidden.why["fr"]
    assert admitted.halves > 0
    assert estimate([finding], house("callmed-fr")).sheet.factor(Factor.RESPECT) < 0
    assert estimate([finding], house("core")).sheet.factor(Factor.RESPECT) == 0
    text = "We made a mistake with your booking, and I'm sorry."
    assert rules(text) == []
    letter = letter_from(text.encode(), "x.txt")
    costs = [one for one in check(letter, BOOKS, house("callmed-fr"), "en").found if one.costs]
    assert [one.move for one in costs] == [name]
    assert costs[0].diagnostic.level is Level.ERROR
    assert costs[0].diagnostic.message == forbidden.why["en"]


def survey(folder: Path, text: str = WHY, name: str = "a.txt", **rest: object) -> tuple[list[str], Survey]:
    made = Survey(BOOKS, house(), "en", **rest)  # type: ignore[arg-type]  # the fields are Survey's own
    sheet, _ = made.look(letter_from(text.encode(), name), folder / name)
    return [item.rule for item in sheet.diagnostics], made


def sidecar(folder: Path, *entries: str) -> Path:
    file = folder / "callcalm.toml"
    blocks = "".join(f'[[ignore]]\nreason = "legal asked"\n{entry}\n' for entry in entries)
    file.write_text(f"format = 1\n{blocks}", encoding="utf-8")
    return file


DESK = "To the desk, sir"


@pytest.fixture
def by_ear(monkeypatch: pytest.MonkeyPatch) -> Books:
    """Books in which nothing is known but that desks cost."""
    heard = {code: book_of(heard_rule("command"), language=code, ear=Told(bad=["desk"])) for code in ("en", "fr")}
    for code, book in heard.items():
        monkeypatch.setitem(BOOKS._books, code, book)
    return BOOKS


@pytest.mark.parametrize(
    ("language", "whole"),
    [("en", "It is the sentence as a whole that sounds so."), ("fr", "C'est la phrase entière qui sonne ainsi.")],
)
def test_what_was_heard_in_no_wording_says_so(by_ear: Books, language: str, whole: str) -> None:
    (found,) = check(letter_from(f"Well. {DESK}.".encode(), "x.txt"), by_ear, house(), language).found
    told = found.diagnostic
    assert (told.rule, told.matched, told.message) == ("by-ear-command", DESK, f"w {whole}")
    assert told.instead


@pytest.mark.usefixtures("by_ear")
def test_what_was_heard_is_let_pass_by_its_name_its_move_and_a_baseline(tmp_path: Path) -> None:
    found, before = survey(tmp_path, f"{DESK}.")
    assert found == ["by-ear-command"]
    for entry in ('rules = ["by-ear-command"]', 'rules = ["command"]'):
        sidecar(tmp_path, entry)
        found, made = survey(tmp_path, f"{DESK}.")
        assert (found, made.suppressed, list(made.notices())) == ([], 1, [])
    (tmp_path / "callcalm.toml").unlink()
    file = tmp_path / "known.toml"
    file.write_text(baseline_text(file, before.costs), encoding="utf-8")
    known = load_baseline(file)
    assert survey(tmp_path, f"\n\nI see. {DESK}!", baseline=known)[0] == []
    assert survey(tmp_path, f"{DESK}. To the other desk.", baseline=load_baseline(file))[0] == ["by-ear-command"]


@pytest.mark.usefixtures("by_ear")
@pytest.mark.parametrize("form", ["text", "unix", "json", "sarif", "github"])
def test_what_was_heard_is_told_as_such_in_every_form(tmp_path: Path, form: str) -> None:
    made = Survey(BOOKS, house(), "en")
    letter = letter_from(f"{DESK}.".encode(), "a.txt")
    sheet, checked = made.look(letter, tmp_path / "a.txt")
    out = StringIO()
    telling = writer(form, out, StringIO(), 100)
    telling.sheet(sheet, checked.reference)
    telling.end((), 0)
    assert "by-ear-command" in out.getvalue()
    assert "w It is the sentence as a whole that sounds so." in out.getvalue()
    if form == "sarif":
        (rule,) = json.loads(out.getvalue())["runs"][0]["tool"]["driver"]["rules"]
        assert rule["shortDescription"]["text"] == "w It is the sentence as a whole that sounds so."


@pytest.mark.parametrize(
    ("entry", "name", "passes"),
    [
        ('rules = ["why-did-you"]', "a.txt", True),
        ('rules = ["blame.why-you"]', "sub/a.txt", True),
        ('files = ["*.md"]\nrules = ["why-did-you"]', "a.txt", False),
        ('files = ["*.txt"]\nrules = ["why-did-you"]', "sub/deep/a.txt", True),
        ('files = ["sub/*.txt"]\nrules = ["why-did-you"]', "sub/deep/a.txt", False),
        ('files = ["sub/**"]\nrules = ["why-did-you"]', "sub/deep/a.txt", True),
        ('files = ["./a.txt"]\nrules = ["why-did-you"]', "sub/a.txt", False),
        ('rules = ["our-policy"]', "a.txt", False),
    ],
)
def test_a_sidecar_lets_pass_by_rule_move_and_file(tmp_path: Path, entry: str, name: str, passes: bool) -> None:
    sidecar(tmp_path, entry)
    found, made = survey(tmp_path, name=name)
    assert found == ([] if passes else ["why-did-you"])
    assert made.suppressed == int(passes)


def test_unused_entries_are_told_only_about_files_that_were_checked(tmp_path: Path) -> None:
    sidecar(
        tmp_path,
        'rules = ["why-did-you", "our-polcy"]',
        'files = ["other.txt"]\nrules = ["calm-down"]',
        'files = ["a.*"]\nrules = ["jargon"]',
    )
    _, made = survey(tmp_path)
    notices = list(made.notices())
    assert [notice.rule for notice in notices] == ["unused-ignore"] * 2
    assert [notice.message.split("`")[1] for notice in notices] == ["our-polcy", "jargon"]
    assert notices[0].place is not None
    assert notices[0].place.line == 2


def test_an_entry_that_names_no_rule_is_told_with_the_one_that_is_near(tmp_path: Path) -> None:
    (tmp_path / "callcalm.toml").write_text(
        'format = 1\n[[ignore]]\nrules = ["why-did-yuo"]\nreason = "A slip."\n', encoding="utf-8"
    )
    survey = Survey(BOOKS, house())
    survey.look(letter_from(WHY.encode(), "x.txt"), tmp_path / "x.txt")
    (told,) = survey.notices()
    assert told.message == "there is no rule or move `why-did-yuo`"
    assert told.hint == "Did you mean `why-did-you`?"


def test_what_is_ignored_this_once_makes_no_entry_idle(tmp_path: Path) -> None:
    (tmp_path / "callcalm.toml").write_text(
        'format = 1\n[[ignore]]\nrules = ["why-did-you"]\nreason = "Meant."\n', encoding="utf-8"
    )
    survey = Survey(BOOKS, house(), ignored=frozenset({"why-did-you"}))
    survey.look(letter_from(WHY.encode(), "x.txt"), tmp_path / "x.txt")
    assert list(survey.notices()) == []
    assert survey.suppressed == 0


def test_the_nearest_sidecar_counts(tmp_path: Path) -> None:
    sidecar(tmp_path, 'rules = ["why-did-you"]')
    (tmp_path / "sub").mkdir()
    sidecar(tmp_path / "sub")
    assert survey(tmp_path, name="sub/a.txt")[0] == ["why-did-you"]
    assert survey(tmp_path, name="a.txt")[0] == []


def test_a_sidecar_without_a_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "callcalm.toml"
    file.write_text('format = 1\n[[ignore]]\nrules = ["x"]\nrule = "y"\n', encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        load_sidecar(file)
    assert "reason" in str(bad.value)
    assert "`rules`" in str(bad.value)


def test_a_baseline_knows_what_was_there_as_often_as_it_was_and_wherever_it_moves(tmp_path: Path) -> None:
    file = tmp_path / "base.toml"
    _, before = survey(tmp_path, f"{WHY}\n\n{WHY}")
    file.write_text(baseline_text(file, before.costs), encoding="utf-8")
    assert survey(tmp_path, f"Hello.\n\n{WHY}\n\n{WHY}", baseline=load_baseline(file))[0] == []
    again, _ = survey(tmp_path, f"{WHY}\n\n{WHY}\n\n{WHY}", baseline=load_baseline(file))
    assert again == ["why-did-you"]
    assert survey(tmp_path, WHY, name="b.txt", baseline=load_baseline(file))[0] == ["why-did-you"]
    found, gone = survey(tmp_path, "Hello.", baseline=load_baseline(file))
    assert found == []
    assert [notice.rule for notice in gone.notices()] == ["unused-baseline"]


def test_helping_words_are_shown_only_when_asked_for_and_always_counted(tmp_path: Path) -> None:
    text = "Thank you for telling me about this."
    made = Survey(BOOKS, house(), "en")
    sheet, checked = made.look(letter_from(text.encode(), "a.txt"), tmp_path / "a.txt")
    assert sheet.diagnostics == ()
    assert checked.reference.sheet.respect > 0
    shown, _ = survey(tmp_path, text, helpful=True)
    assert len(shown) == 1


def test_own_phrases_go_to_the_language_they_say(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'format = 1\nlanguage = "fr"\n[[rules]]\nid = "notre-jargon"\nmove = "jargon"\nseverity = 3\n'
        'patterns = ["le portail unifié"]\nwhy = "w"\ninstead = ["i"]\nsource = "S3-4"\n'
        'hits = ["le portail unifié"]\nmisses = ["le portail"]\n',
        encoding="utf-8",
    )
    books = Books((own,))
    assert "notre-jargon" in books["fr"].rules
    assert "notre-jargon" not in books["en"].rules
    letter = Letter(Source("x", "Allez sur le portail unifié."), "Allez sur le portail unifié.")
    assert [one.diagnostic.rule for one in check(letter, books, house(), "fr").found] == ["notre-jargon"]


def test_a_broken_own_phrasebook_shows_its_place(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('format = 1\nlanguage = "en"\n[[rules]]\nid = "x"\nmove = "jargn"\n', encoding="utf-8")
    with pytest.raises(BadFile, match="jargon"):
        Books((own,))["en"]
