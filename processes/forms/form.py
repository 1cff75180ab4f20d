"""A form as a whole: reads answers from a page or a file, and says which case events the answers record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from processes.forms.fields import Choices, Condition, EventRule, Field, Kind, Section, holds
from processes.forms.from_html import Posted, answers_from_html
from processes.forms.reading import CANNOT_BE_DONE, fields_by_dependence, read_answers

GATE_SECTIONS: dict[str, Section] = {
    "hard": Section(
        "Om steget inte går att genomföra",
        (
            Field(CANNOT_BE_DONE, Kind.TICK, "Steget kan inte genomföras"),
            Field(
                "cannot_be_done_reason",
                Kind.LONG_TEXT,
                "Varför kan steget inte genomföras?",
                required=True,
                when={CANNOT_BE_DONE: True},
                max_length=4000,
            ),
        ),
    ),
    "reason": Section(
        "Skäl att gå vidare",
        (
            Field(
                "gate_reason",
                Kind.LONG_TEXT,
                "Skäl",
                help="Behövs om spärren är stängd och du ändå går vidare. Enhetschefen ser skälet.",
                max_length=4000,
            ),
        ),
    ),
}
"""What a gate adds to the form of its task, by the gate's level."""

GATE_FIELDS = frozenset(field.name for section in GATE_SECTIONS.values() for field in section.fields)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a user task, of a case event or of a kind of notice."""

    title: str
    description: str
    sections: tuple[Section, ...]
    event_rules: tuple[EventRule, ...] = ()

    @property
    def fields(self) -> dict[str, Field]:
        """Every field by its name, in the order in which it is shown."""
        return {field.name: field for section in self.sections for field in section.fields}

    @property
    def _in_order(self) -> tuple[Field, ...]:
        return tuple(self.fields.values())

    @property
    def scalar_names(self) -> frozenset[str]:
        """The names that a condition in a diagram may use."""
        return frozenset(field.name for field in self.fields.values() if field.is_scalar)

    @property
    def event_names(self) -> frozenset[str]:
        """Every case event that completing the form may record."""
        rows = {field.event for field in self.fields.values() if field.event}
        return frozenset({rule.name for rule in self.event_rules} | rows)

    def with_gate(self, level: str | None) -> Form:
        """The form with the fields that the strictest gate of its task adds.

        A hard gate gives it the two fields by which the caseworker says that the step cannot be carried out, a gate
        that asks for a reason gives it a field for the reason.
        """
        added = GATE_SECTIONS.get(level or "")
        return replace(self, sections=(*self.sections, added)) if added else self

    def given(self, name: str, answer: str) -> Form:
        """The form when one question is answered beforehand: without it, and without what it hides.

        Reading still needs the answer; this is the form to show. KeyError if there is no such question.
        """
        if name not in self.fields:
            raise KeyError(name)
        gone = {name}
        for field in fields_by_dependence(self._in_order):
            hidden_by_another = field.when.keys() & (gone - {name})
            if hidden_by_another or not holds(_about(name, field.when), {name: answer}):
                gone.add(field.name)
        kept = [
            Section(
                section.title,
                tuple(_settled(name, field) for field in section.fields if field.name not in gone),
            )
            for section in self.sections
        ]
        return replace(self, sections=tuple(section for section in kept if section.fields))

    def without_column(self, table: str, column: str) -> Form:
        """The form to show when one column of a table has nothing to ask; reading still knows it."""

        def narrowed(field: Field) -> Field:
            if field.name != table:
                return field
            return replace(field, columns=tuple(one for one in field.columns if one.name != column))

        return replace(
            self,
            sections=tuple(
                Section(section.title, tuple(map(narrowed, section.fields))) for section in self.sections
            ),
        )

    def from_html(self, posted: Posted, choices: Choices | None = None) -> dict[str, Any]:
        """What a browser posted, in the shape that `read` takes; nothing is refused here."""
        return answers_from_html(self._in_order, posted, choices or Choices())

    def read(self, raw: Mapping[str, Any], choices: Choices | None = None) -> dict[str, Any]:
        """The answers, checked; raises AnswersRefused with a Swedish sentence per field.

        The problem of a field in a row has the name that the page gives it: `consents-0-giver`.
        """
        return read_answers(self._in_order, raw, choices or Choices())

    def events(self, answers: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """The case events that these (checked) answers record, rows first, each with what it says.

        A step that could not be carried out records nothing.
        """
        if answers.get(CANNOT_BE_DONE) is True:
            return []
        rows = [
            (field.event, dict(row))
            for field in self.fields.values()
            if field.kind is Kind.ROWS and field.event
            for row in answers.get(field.name, ())
        ]
        return rows + [
            (rule.name, rule.payload(answers)) for rule in self.event_rules if holds(rule.when, answers)
        ]


def _about(name: str, condition: Condition) -> Condition:
    """The part of the condition that asks about this field."""
    return {key: wanted for key, wanted in condition.items() if key == name}


def _settled(name: str, field: Field) -> Field:
    """The field without its condition on a question that has been answered."""
    return replace(field, when={key: wanted for key, wanted in field.when.items() if key != name})
