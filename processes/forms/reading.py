"""Reads all the answers of a form: what is hidden is dropped, what is missing or wrong is told field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from processes.clock import swedish_day
from processes.errors import AnswersRefused
from processes.forms.fields import Choices, Field, Kind, holds
from processes.forms.values import Misunderstood, read_value

CANNOT_BE_DONE = "cannot_be_done"
"""The field by which a caseworker says that a step behind a closed gate cannot be carried out."""
CLOCKS_DIFFER_BY: Final = timedelta(minutes=5)
"""How far ahead of ours the clock of the person may be who writes when something happened."""

_MISSING = {
    Kind.TEXT: "Fyll i ”{}”.",
    Kind.LONG_TEXT: "Skriv något under ”{}”.",
    Kind.CHOICE: "Välj ett svar under ”{}”.",
    Kind.CHOICES: "Välj minst ett alternativ under ”{}”.",
    Kind.YES_NO: "Svara ja eller nej på ”{}”.",
    Kind.TICK: "Kryssa i ”{}” för att gå vidare.",
    Kind.DATE: "Skriv ett datum under ”{}”.",
    Kind.DATE_TIME: "Skriv datum och klockslag under ”{}”.",
    Kind.MONEY: "Skriv ett belopp under ”{}”.",
    Kind.REFERENCES: "Välj minst en under ”{}”.",
    Kind.REFERENCE: "Välj en under ”{}”.",
    Kind.ROWS: "Fyll i minst en rad under ”{}”.",
}


def read_answers(fields: Sequence[Field], raw: Any, choices: Choices) -> dict[str, Any]:
    """The answers, checked and in the form in which they are kept; raises AnswersRefused with every problem."""
    if not isinstance(raw, Mapping):
        raise AnswersRefused({"": "Svaren ska vara en samling av fält och värden."})
    problems: dict[str, str] = {}
    answers = _read_fields(fields, raw, choices, problems, "")
    if problems:
        raise AnswersRefused(problems)
    return answers


def _read_fields(
    fields: Sequence[Field], raw: Mapping[Any, Any], choices: Choices, problems: dict[str, str], prefix: str
) -> dict[str, Any]:
    """The answers to `fields`; what is wrong goes into `problems` under `prefix` + the field's name."""
    known = {field.name for field in fields}
    for name in raw:
        if name not in known:
            problems[f"{prefix}{name}"] = f"Fältet ”{name}” finns inte i formuläret."
    answers: dict[str, Any] = {}
    excused = CANNOT_BE_DONE in known and raw.get(CANNOT_BE_DONE) is True
    for field in fields_by_dependence(fields):
        if not holds(field.when, answers):
            continue
        given = raw.get(field.name)
        if is_blank(given) or (excused and field.must_be_yes and given is False):
            if field.required and (not excused or CANNOT_BE_DONE in field.when):
                problems[prefix + field.name] = missing(field)
            continue
        value = _read_field(field, given, choices, problems, prefix)
        if not is_blank(value):
            answers[field.name] = value
    return {field.name: answers[field.name] for field in fields if field.name in answers}


def _read_field(field: Field, given: Any, choices: Choices, problems: dict[str, str], prefix: str) -> Any:
    """One answer, or nothing if it was refused."""
    if field.kind is Kind.ROWS:
        return _read_rows(field, given, choices, problems, prefix)
    try:
        value = read_value(choices.for_field(field), given)
    except Misunderstood as misunderstood:
        problems[prefix + field.name] = str(misunderstood)
        return None
    if field.has_happened and choices.now is not None and _is_ahead(field, value, choices.now):
        problems[prefix + field.name] = f"”{field.label}” ligger i framtiden. Skriv när det hände."
        return None
    return value


def _is_ahead(field: Field, value: str, now: datetime) -> bool:
    if field.kind is Kind.DATE:
        return date.fromisoformat(value) > swedish_day(now)
    return datetime.fromisoformat(value) > now + CLOCKS_DIFFER_BY


def _read_rows(
    field: Field, given: Any, choices: Choices, problems: dict[str, str], prefix: str
) -> list[dict[str, Any]]:
    where = prefix + field.name
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        problems[where] = f"Svaret på ”{field.label}” ska vara en lista av rader."
        return []
    if len(given) > field.max_rows:
        problems[where] = f"”{field.label}” får ha högst {field.max_rows} rader."
        return []
    if len(given) < field.min_rows:
        problems[where] = f"”{field.label}” ska ha minst {field.min_rows} rader."
    return [
        _read_fields(field.columns, row, choices, problems, f"{where}-{number}-")
        for number, row in enumerate(given)
    ]


def fields_by_dependence(fields: Sequence[Field]) -> list[Field]:
    """The fields in an order in which each stands after those that decide whether it is shown.

    Raises ValueError with the names of fields that decide over each other in a circle.
    """
    waiting, ordered, seen = list(fields), list[Field](), set[str]()
    while waiting:
        ready = [field for field in waiting if field.when.keys() <= seen]
        if not ready:
            raise ValueError(", ".join(field.name for field in waiting))
        ordered += ready
        seen |= {field.name for field in ready}
        waiting = [field for field in waiting if field.name not in seen]
    return ordered


def is_blank(value: Any) -> bool:
    """Whether nothing was answered: no value, empty text, no choices or no rows."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def missing(field: Field) -> str:
    """The Swedish sentence for a required field without an answer."""
    return _MISSING.get(field.kind, "Fyll i ”{}”.").format(field.label)
