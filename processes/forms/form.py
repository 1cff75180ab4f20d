"""A form as a whole: reads answers from a page or a file, and says which case events the answers record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processes.forms.fields import Choices, EventRule, Field, Kind, Section, holds
from processes.forms.from_html import Posted, answers_from_html
from processes.forms.reading import CANNOT_BE_DONE, read_answers


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a user task, of a case event or of a kind of notice."""

    title: str
    description: str
    sections: tuple[Section, ...]
    event_rules: tuple[EventRule, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order in which it is shown."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def scalar_names(self) -> frozenset[str]:
        """The names that a condition in a diagram may use."""
        return frozenset(field.name for field in self.fields if field.is_scalar)

    @property
    def event_names(self) -> frozenset[str]:
        """Every case event that completing the form may record."""
        rows = {field.event for field in self.fields if field.event}
        return frozenset({rule.name for rule in self.event_rules} | rows)

    def field(self, name: str) -> Field:
        """The field with this name; KeyError if there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    def from_html(self, posted: Posted, choices: Choices | None = None) -> dict[str, Any]:
        """What a browser posted, in the shape that `read` takes; nothing is refused here."""
        return answers_from_html(self.fields, posted, choices or Choices())

    def read(self, raw: Mapping[str, Any], choices: Choices | None = None) -> dict[str, Any]:
        """The answers, checked; raises AnswersRefused with a Swedish sentence per field.

        The problem of a field in a row has the name that the page gives it: `consents-0-giver`.
        """
        return read_answers(self.fields, raw, choices or Choices())

    def events(self, answers: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """The case events that these (checked) answers record, rows first, each with what it says.

        A step that could not be carried out records nothing.
        """
        if answers.get(CANNOT_BE_DONE) is True:
            return []
        rows = [
            (field.event, dict(row))
            for field in self.fields
            if field.kind is Kind.ROWS and field.event
            for row in answers.get(field.name, ())
        ]
        return rows + [
            (rule.name, rule.payload(answers)) for rule in self.event_rules if holds(rule.when, answers)
        ]
