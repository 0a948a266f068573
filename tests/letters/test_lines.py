"""JSON lines: one line out for each line in, whatever it holds."""

from __future__ import annotations

import io
import json

import pytest

from callcalm.letters import lines
from callcalm.letters.books import Books

BOOKS = Books()


def run(*texts: str | bytes, **rest: object) -> list[tuple[dict[str, object], bool]]:
    data = b"".join((text if isinstance(text, bytes) else text.encode()) + b"\n" for text in texts)
    return [(json.loads(line), good) for line, good in lines.answers(io.BytesIO(data), BOOKS, **rest)]  # type: ignore[arg-type]


def test_findings_have_kinds_and_code_points() -> None:
    text = "😀 Why did you wait? Thank you for telling me."
    (answer, good), *_ = run(json.dumps({"id": 7, "text": text, "lang": "en"}))
    assert good
    assert answer["id"] == 7
    kinds = {item["kind"]: text[item["start"] : item["end"]] for item in answer["findings"]}  # type: ignore[attr-defined]
    assert kinds["defensive"] == "Why did you"
    assert kinds["helpful"].startswith("Thank you")
    assert set(answer["findings"][0]) == {"kind", "rule", "move", "start", "end"}  # type: ignore[index]


def test_the_language_is_the_lines_own_else_the_one_given() -> None:
    line = json.dumps({"id": "a", "text": "Why did you wait?"})
    assert run(line)[0][0]["findings"]
    assert not run(line, language="fr")[0][0]["findings"]
    assert run(json.dumps({"id": "a", "text": "Why did you wait?", "lang": "en"}), language="fr")[0][0]["findings"]
    assert not run(line, ignored=frozenset({"blame.why-you"}))[0][0]["findings"]


def test_a_bad_line_is_answered_in_its_place() -> None:
    good = '{"id": null, "text": ""}'
    bad = [
        "",
        "no",
        "[]",
        "{}",
        '{"text": "x"}',
        '{"id": NaN, "text": "x"}',
        '{"id": 1e999, "text": "x"}',
        b"\xff\xfe",
        "[" * 100_000,
        '{"id": 1, "text": "x"',
    ]
    answers = run(good, *bad, good)
    assert [fine for _, fine in answers] == [True, *[False] * len(bad), True]
    assert all(set(answer) == {"id", "error"} and answer["id"] is None for answer, _ in answers[1:-1])
    assert answers[-1][0] == {"id": None, "findings": []}


def test_what_is_json_is_not_said_to_be_none() -> None:
    deep, large = '{"id": ' + "[" * 100_000 + "]" * 100_000 + "}", '{"id": ' + "1" * 5_000 + ', "text": ""}'
    assert [answer["error"] for answer, _ in run(deep, large)] == [
        "the line holds a number that is too large, or is nested too deep"
    ] * 2


@pytest.mark.parametrize("rest", ["", ', "text": 3', ', "text": "x", "lang": "de"'])
def test_a_bad_line_that_has_an_id_is_answered_with_it(rest: str) -> None:
    ((answer, good),) = run(f'{{"id": "a"{rest}}}')
    assert not good
    assert set(answer) == {"id", "error"}
    assert answer["id"] == "a"


def test_a_line_too_long_is_skipped_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CAP", 100)
    answers = run(json.dumps({"id": 1, "text": "x" * 1_000}), '{"id": 2, "text": "x"}')
    assert [fine for _, fine in answers] == [False, True]
    assert answers[1][0]["id"] == 2


def test_lines_are_answered_one_by_one() -> None:
    class Stream(io.BytesIO):
        reads = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            return super().readline(size)

    stream = Stream(b'{"id": 1, "text": "x"}\n' * 3)
    answers = lines.answers(stream, BOOKS)
    next(answers)
    assert stream.reads == 1


def test_any_string_of_json_can_be_given_back() -> None:
    answers = run(r'{"id": "\ud800 é \u202e", "text": "\ud800 why did you", "lang": "en"}')
    assert answers[0][0]["id"] == "\ud800 é \u202e"
