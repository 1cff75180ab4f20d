"""Writes a form as JSON Schema, so that another system knows exactly what it may fill in and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from processes.forms import Form
from processes.forms.fields import Field, Kind
from processes.forms.reading import CANNOT_BE_DONE
from processes.forms.values import LARGEST_NUMBER
from processes.rules.units import UNIT_NAMES

Schema = dict[str, Any]
INSTANT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
)
MONEY = r"^-?[0-9]{1,12}([.,][0-9]{1,2})?$"
PERSONAL_NUMBER = r"^[0-9]{8}[-+ ]?[0-9]{4}$"
ROW_ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}


def schema_of_form(form: Form) -> Schema:
    """The answers that the form takes. What is asked only after certain answers says so in its description."""
    fields = list(form.fields.values())
    may_be_excused = CANNOT_BE_DONE in form.fields
    schema = _object(fields, asks_everything=not may_be_excused)
    schema["title"] = form.title
    if form.description:
        schema["description"] = form.description
    return schema


def _object(fields: Sequence[Field], *, asks_everything: bool = True) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {field.name: schema_of_field(field) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required and not field.when]
    if required and asks_everything:
        schema["required"] = required
    return schema


def schema_of_field(field: Field) -> Schema:
    """One question."""
    told = [field.help, _options_told(field), _condition_told(field)]
    schema: Schema = {"title": field.label, **_SHAPES[field.kind](field)}
    description = " ".join(part for part in told if part)
    if description:
        schema["description"] = description
    return schema


def _options_told(field: Field) -> str:
    return "; ".join(f"{option.value} = {option.title}" for option in field.options)


def _condition_told(field: Field) -> str:
    if not field.when:
        return ""
    asked = "Krävs" if field.required else "Frågas"
    conditions = [
        f"{name} är {str(wanted).lower() if isinstance(wanted, bool) else ' eller '.join(sorted(wanted))}"
        for name, wanted in field.when.items()
    ]
    return f"{asked} när {' och '.join(conditions)}."


def _text(field: Field) -> Schema:
    schema: Schema = {"type": "string", "maxLength": field.max_length}
    if field.required and field.min_length:
        schema["minLength"] = field.min_length
    return schema


TEXT_LIKE: dict[Kind, Schema] = {
    Kind.MONEY: {"pattern": MONEY, "examples": ["9450.00"]},
    Kind.DATE: {"format": "date"},
    Kind.DATE_TIME: {"pattern": INSTANT, "examples": ["2026-03-12T10:00"]},
    Kind.PERSONAL_NUMBER: {"pattern": PERSONAL_NUMBER},
}


def _text_like(field: Field) -> Schema:
    return {"type": "string", **TEXT_LIKE[field.kind]}


def _yes_no(_field: Field) -> Schema:
    return {"type": "boolean"}


def _references(field: Field) -> Schema:
    return {"type": "array", "items": _reference(field), "maxItems": 100}


def _choice(field: Field) -> Schema:
    return {"type": "string", "enum": [option.value for option in field.options]}


def _choices(field: Field) -> Schema:
    return {"type": "array", "items": _choice(field), "maxItems": 100}


def _number(field: Field) -> Schema:
    return {
        "type": "integer" if field.kind is Kind.WHOLE_NUMBER else "number",
        "minimum": _bound(field.minimum, -LARGEST_NUMBER),
        "maximum": _bound(field.maximum, LARGEST_NUMBER),
    }


def _bound(bound: Decimal | None, otherwise: Decimal) -> int | float:
    number = otherwise if bound is None else bound
    return int(number) if number == number.to_integral_value() else float(number)


def _reference(field: Field) -> Schema:
    if field.reference == "unit":
        return {"type": "string", "enum": [str(unit) for unit in UNIT_NAMES]}
    return dict(ROW_ID)


def _rows(field: Field) -> Schema:
    return {
        "type": "array",
        "items": _object(field.columns),
        "minItems": field.min_rows if field.required else 0,
        "maxItems": field.max_rows,
    }


_SHAPES: dict[Kind, Callable[[Field], Schema]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.TICK: _yes_no,
    Kind.WHOLE_NUMBER: _number,
    Kind.NUMBER: _number,
    Kind.MONEY: _text_like,
    Kind.DATE: _text_like,
    Kind.DATE_TIME: _text_like,
    Kind.PERSONAL_NUMBER: _text_like,
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _references,
    Kind.ROWS: _rows,
}
