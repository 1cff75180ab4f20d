"""Questions about when something happened: an answer in the future is a slip of the pen, and is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from processes.errors import AnswersRefused
from processes.forms import Choices, Form, FormRefused, load_form

NOON = datetime(2026, 6, 22, 10, 0, tzinfo=UTC)
"""Twelve o'clock in Sweden."""


def form(kind: str, **more: object) -> Form:
    field = {"type": "string", "format": kind, "title": "När?", "x-happened": True, **more}
    spec = {"title": "Prov", "type": "object", "properties": {"when": field}}
    return load_form(json.dumps(spec).encode())


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("date", "2026-06-22"),
        ("date", "2026-06-21"),
        ("date-time", "2026-06-22T12:00"),
        ("date-time", "2026-06-22T12:05"),
    ],
)
def test_today_and_earlier_have_happened(kind: str, answer: str) -> None:
    assert form(kind).read({"when": answer}, Choices().at(NOON))


@pytest.mark.parametrize(("kind", "answer"), [("date", "2026-06-23"), ("date-time", "2026-06-22T12:06")])
def test_what_lies_ahead_has_not_happened(kind: str, answer: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        form(kind).read({"when": answer}, Choices().at(NOON))
    assert "framtiden" in refused.value.problems["when"]


def test_the_day_is_the_swedish_day() -> None:
    late = datetime(2026, 6, 22, 22, 30, tzinfo=UTC)
    assert form("date").read({"when": "2026-06-23"}, Choices().at(late))


def test_only_days_and_instants_can_have_happened() -> None:
    with pytest.raises(FormRefused, match="x-happened"):
        form("money")
