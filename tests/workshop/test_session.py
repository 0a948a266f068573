"""The workshop's bench: a file read at every save, a preview that keeps its place, the last good version up."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.scenarios import CAP
from callcalm.core.actions import Choose, Listen
from callcalm.intake import read
from callcalm.lint.linting import Linter
from callcalm.workshop.session import Bench, NoWay, Workshop
from tests.content.small import SMALL, playbooks, rulebook

CELLAR = f"""{SMALL}
[beats.cellar]
mood = "wary"
caller = "Hello?"

[[beats.cellar.replies]]
say = "Yes?"
goto = "heard"
"""
"""With a beat that nothing leads to."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "call.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def shop() -> Workshop:
    return Workshop(rulebook(), playbooks())


def at_heard(path: Path) -> tuple[Workshop, Bench]:
    workshop = shop()
    bench = workshop.open(path)
    return workshop, workshop.take(workshop.take(bench, Listen()), Choose("opening/stay"))


def place(bench: Bench) -> str:
    assert bench.preview is not None
    return bench.preview.state.ending or bench.preview.state.beat


def test_a_save_keeps_the_place_when_replies_are_put_in_and_reworded(path: Path) -> None:
    workshop, bench = at_heard(path)
    new = '[[beats.opening.replies]]\nid = "new"\nsay = "Hm."\ngoto = "heard"\n\n'
    text = SMALL.replace("[[beats.opening.replies]]\n", new + "[[beats.opening.replies]]\n", 1)
    path.write_text(text.replace("I will stay on this", "I stay on this"), encoding="utf-8")
    after = workshop.reload(bench)
    assert (place(after), after.kept, after.current) == ("heard", "", True)
    assert after.preview is not None
    assert "I stay on this" in after.preview.turns[-1].events[0].text  # type: ignore[union-attr]


def test_where_the_old_way_is_gone_the_shortest_one_leads_to_the_same_beat(path: Path) -> None:
    workshop, bench = at_heard(path)
    path.write_text(SMALL.replace('id = "stay"', 'id = "remain"'), encoding="utf-8")
    after = workshop.reload(bench)
    assert place(after) == "heard"
    assert "shortest" in after.kept


@pytest.mark.parametrize(
    "text", ["", "format = ", SMALL[: len(SMALL) // 2], SMALL.replace('goto = "heard"', 'goto = "herd"')]
)
def test_a_file_half_saved_leaves_the_last_good_version_up(path: Path, text: str) -> None:
    workshop, bench = at_heard(path)
    path.write_text(text, encoding="utf-8")
    broken = workshop.reload(bench)
    assert broken.findings
    assert all(finding.place is not None for finding in broken.findings)
    assert (broken.scenario, place(broken), broken.current) == (bench.scenario, "heard", False)
    path.write_text(SMALL, encoding="utf-8")
    mended = workshop.reload(broken)
    assert (place(mended), mended.current) == ("heard", True)


def test_beside_a_missing_quote_all_else_is_told(path: Path) -> None:
    workshop, bench = at_heard(path)
    path.write_text(SMALL.replace('"phone"', '"phone').replace('"wary"', '"waryy"'), encoding="utf-8")
    broken = workshop.reload(bench)
    assert [finding.rule for finding in broken.findings] == ["CC010", "CC601", "CC104"]
    assert place(broken) == "heard"


def test_a_name_that_hides_a_shipped_encounter_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lost-referral.toml"
    path.write_text(SMALL, encoding="utf-8")
    told = [one.rule for one in Workshop(rulebook(), playbooks(), [tmp_path]).open(path).findings]
    assert "CC117" in told
    assert "CC117" not in [one.rule for one in shop().open(path).findings]


def test_two_of_ones_own_with_one_name_are_told(tmp_path: Path) -> None:
    first, second = tmp_path / "twice.toml", tmp_path / "en" / "twice.toml"
    second.parent.mkdir()
    for path in (first, second):
        path.write_text(SMALL, encoding="utf-8")
    own = Workshop(rulebook(), playbooks(), [tmp_path])
    for path, other in ((first, second), (second, first)):
        (twin,) = [one for one in own.open(path).findings if one.rule == "CC117"]
        assert str(other) in twin.message
        assert "CC117" not in [one.rule for one in shop().open(path).findings]
    elsewhere = tmp_path / "en" / "deep" / "twice.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(SMALL, encoding="utf-8")
    assert "CC117" not in [one.rule for one in own.open(elsewhere).findings]
    second.unlink()
    assert "CC117" not in [one.rule for one in own.open(first).findings]


def test_findings_are_those_of_lint_by_place_and_without_what_the_writer_allows(path: Path) -> None:
    promise = 'promises = [{ what = "a call", follow_up = "no-such-call" }]\n'
    text = SMALL.replace('goto = "heard"\n', f'goto = "heard"\n{promise}', 1)
    path.write_text(text, encoding="utf-8")
    findings = shop().open(path).findings
    sheet = Linter(keep=False).look(read(path, CAP), path).sheet
    assert findings == sheet.diagnostics
    assert "no-such-call" in " ".join(finding.message for finding in findings)
    allowed = findings[-1]
    assert allowed.place is not None
    lines = text.split("\n")
    lines.insert(allowed.place.line - 1, f"# lint: allow {allowed.rule}, meant")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert len(shop().open(path).findings) < len(findings)


def test_of_a_file_with_errors_all_is_told_that_lint_tells(path: Path) -> None:
    path.write_text(SMALL.replace('mood = "wary"', 'mood = "waryy"').replace("level = 2", "level = 9"), "utf-8")
    findings = shop().open(path).findings
    assert {"CC104", "CC027", "CC601"} <= {finding.rule for finding in findings}
    assert findings == Linter(keep=False).look(read(path, CAP), path).sheet.diagnostics


def test_a_file_that_vanishes_is_told_and_the_preview_stays(path: Path) -> None:
    workshop, bench = at_heard(path)
    path.unlink()
    gone = workshop.reload(bench)
    assert [finding.rule for finding in gone.findings] == ["CC001"]
    assert place(gone) == "heard"


def test_a_file_that_is_not_there_yet_opens_empty(tmp_path: Path) -> None:
    bench = shop().open(tmp_path / "new.toml")
    assert bench.scenario is None
    assert bench.findings


def test_playing_from_a_place_takes_a_real_way(path: Path) -> None:
    workshop = shop()
    bench = workshop.play_from(workshop.open(path), "heard")
    assert place(bench) == "heard"
    assert bench.preview is not None
    assert bench.preview.turns
    low = workshop.play_from(bench, "heard", 71)
    assert low.preview is not None
    assert low.preview.state.composure <= 70
    with pytest.raises(NoWay, match="no beat or ending `nowhere`"):
        workshop.play_from(bench, "nowhere")
    with pytest.raises(NoWay, match=r"with a composure under 3; the least is \d+\.$") as none:
        workshop.play_from(bench, "heard", 3)
    least = int(str(none.value).rstrip(".").rpartition(" ")[2])
    assert workshop.play_from(bench, "heard", least + 1).preview.state.composure == least  # type: ignore[union-attr]


def test_a_place_that_nobody_comes_to_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "call.toml"
    path.write_text(CELLAR, encoding="utf-8")
    workshop = shop()
    for under in (101, 40):
        with pytest.raises(NoWay, match=r"^Nobody comes to `cellar`\.$"):
            workshop.play_from(workshop.open(path), "cellar", under)


def test_variables_can_be_set_and_what_does_not_fit_is_refused(path: Path) -> None:
    workshop, bench = at_heard(path)
    bench = workshop.set(workshop.set(bench, "composure", 12), "callback", False)
    now = workshop.now(bench)
    assert now is not None
    assert (now.state.composure, now.state.vars["callback"]) == (12, False)
    assert workshop.undo(bench).given == {"composure": 12}, "the last one is taken back"
    again = workshop.set(bench, "composure", 13)
    assert workshop.undo(again).given == {"callback": False}
    assert workshop.undo(workshop.undo(again)).given == {}
    for name, held in (("composure", 0), ("composure", True), ("callback", 1), ("nothing", 1), ("tries", "x")):
        with pytest.raises(ValueError, match="cannot be"):
            workshop.set(bench, name, held)


def test_what_is_refused_is_told_with_what_would_do(path: Path) -> None:
    workshop, bench = at_heard(path)
    assert bench.scenario is not None
    for name, held, says in (
        ("composure", 900, "from 1 to 100"),
        ("callback", "maybe", "cannot be maybe: it is true or false"),
        ("nothing", True, "what can is composure, "),
        ("composer", 9, "Did you mean `composure`"),
    ):
        with pytest.raises(ValueError, match=says):
            workshop.set(bench, name, held)


def test_a_file_that_is_not_there_is_told_with_a_way_to_make_one(tmp_path: Path) -> None:
    (found,) = shop().open(tmp_path / "gone.toml").findings
    assert (found.rule, found.place) == ("CC001", None)
    assert "callcalm new" in found.hint


def test_undo_and_restart(path: Path) -> None:
    workshop, bench = at_heard(path)
    assert place(workshop.undo(bench)) == "opening"
    assert workshop.restart(bench).preview is not None
    assert workshop.restart(bench).preview.turns == ()  # type: ignore[union-attr]
