"""What a form is made of: its fields, the choices in them, its sections and the case events that it records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

Condition = Mapping[str, frozenset[str] | bool]
"""Field name -> the values of which it must have one, or the yes/no that it must say; all of them must hold."""


class Kind(StrEnum):
    """What sort of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    """One of the field's own options."""
    CHOICES = "choices"
    """Any number of the field's own options."""
    YES_NO = "yes_no"
    TICK = "tick"
    """A box to tick; not ticked means no."""
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    MONEY = "money"
    """Kronor with two decimals, kept as text ("9450.00") so that nothing is rounded."""
    DATE = "date"
    """A calendar date, ÅÅÅÅ-MM-DD."""
    DATE_TIME = "date_time"
    """Typed as Swedish wall-clock time, kept as an instant in UTC."""
    PERSONAL_NUMBER = "personal_number"
    """A Swedish personnummer or samordningsnummer, kept as ÅÅÅÅMMDD-NNNN."""
    REFERENCE = "reference"
    """One of the case's persons, notices, consents ..., by its id."""
    REFERENCES = "references"
    """Any number of the case's persons, notices, consents ..., by their ids."""
    ROWS = "rows"
    """A table with one or more fields in each row."""


REFERENCE_FORMATS = frozenset(
    {
        "person",
        "adult",
        "child",
        "notice",
        "consent",
        "caseworker",
        "unit",
        "application",
        "report",
        "request",
        "watch",
    }
)
"""What a reference may point at; `adult` and `child` are persons of the case of that age group."""

SCALAR_KINDS = frozenset(Kind) - {Kind.CHOICES, Kind.REFERENCES, Kind.ROWS}
"""Kinds of which the answer is one value, so that a condition in a diagram may name it."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen."""

    value: str | int
    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the case at hand offers to choose from: per reference format the options, in the order to show them."""

    options: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    now: datetime | None = None
    """The instant at which a form is answered; what has happened cannot lie later. None: it is not judged."""

    def of(self, reference: str) -> Sequence[Option]:
        """The options for a reference format; none if the case has none."""
        return self.options.get(reference, ())

    def at(self, now: datetime) -> Choices:
        """The same choices for a form that is answered at this instant."""
        return replace(self, now=now)

    def for_field(self, field: Field) -> Field:
        """The field with the options that the case offers, if it points at things of the case."""
        return replace(field, options=tuple(self.of(field.reference))) if field.reference else field


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    name: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    """Must be answered whenever it is shown."""
    when: Condition = field(default_factory=dict)
    """Shown only when this holds; empty means always."""
    options: tuple[Option, ...] = ()
    reference: str | None = None
    unit: str = ""
    sensitive: bool = False
    """Never shown in a list (SoLPuL 7 a)."""
    must_be_yes: bool = False
    has_happened: bool = False
    """The day or instant cannot lie in the future when the form is answered."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    min_length: int = 0
    max_length: int = 500
    pattern: str | None = None
    prefill: str | None = None
    """Name of the fact whose value stands in the field when it is opened."""
    columns: tuple[Field, ...] = ()
    """The fields of each row."""
    event: str | None = None
    """The case event that each row records."""
    min_rows: int = 0
    max_rows: int = 50

    @property
    def is_scalar(self) -> bool:
        return self.kind in SCALAR_KINDS


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a form and the fields under it."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class EventRule:
    """A case event that is recorded when the form is completed, and what it says."""

    name: str
    when: Condition = field(default_factory=dict)
    payload_fields: Mapping[str, str] = field(default_factory=dict)
    """Payload key -> field of the form."""
    constants: Mapping[str, Any] = field(default_factory=dict)

    def payload(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """What the event says, given the answers; questions without an answer are left out."""
        said = {key: answers[name] for key, name in self.payload_fields.items() if name in answers}
        return {**said, **self.constants}


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Whether the answers meet the condition; a question without an answer meets none."""
    return all(_matches(wanted, answers.get(name)) for name, wanted in condition.items())


def _matches(wanted: frozenset[str] | bool, answer: Any) -> bool:  # noqa: FBT001  # an answer may be yes or no
    if isinstance(wanted, bool):
        return answer is wanted
    if isinstance(answer, list):
        return any(value in wanted for value in answer)
    return isinstance(answer, str) and answer in wanted


def walk(fields: Sequence[Field]) -> Iterator[Field]:
    """The fields and the fields of their rows."""
    for each in fields:
        yield each
        yield from each.columns
