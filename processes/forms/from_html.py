"""Turns what a browser posts into the shape that answers have: names with numbers become rows, words become values.

The browser knows only names and texts: `consents-0-giver=12`. This module finds the shape and nothing else; what cannot
be a number or a yes stays the text that it was, so that the reading can say what is wrong with it and the page can show
it again as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from processes.forms.fields import Choices, Field, Kind

_WHOLE = re.compile(r"[-+]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,6})?", re.ASCII)
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ROW = re.compile(r"(\d{1,4})-(.+)", re.ASCII)
_YES_NO = {"true": True, "false": False}


class Posted(Protocol):
    """A posted HTML form: several values may have the same name (werkzeug's MultiDict)."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


def answers_from_html(fields: Sequence[Field], posted: Posted, choices: Choices) -> dict[str, Any]:
    """The posted values in the shape of answers; names that start with `_` (buttons) and `csrf_token` are none."""
    values = {
        name: posted.getlist(name) for name in posted if not name.startswith("_") and name != "csrf_token"
    }
    return _shape(fields, values, choices)


def _shape(fields: Sequence[Field], values: Mapping[str, list[str]], choices: Choices) -> dict[str, Any]:
    """Answers for the fields; a name that belongs to no field is kept, so that the reading refuses it."""
    shaped: dict[str, Any] = {}
    used: set[str] = set()
    for field in fields:
        if field.kind is Kind.ROWS:
            names = [name for name in values if name.startswith(f"{field.name}-")]
            used.update(names)
            shaped[field.name] = _rows(field, {name: values[name] for name in names}, choices)
        elif field.name in values or field.kind is Kind.TICK:
            used.add(field.name)
            shaped[field.name] = _value(choices.for_field(field), values.get(field.name, []))
    shaped.update({name: given[0] if given else "" for name, given in values.items() if name not in used})
    return shaped


def _rows(field: Field, values: Mapping[str, list[str]], choices: Choices) -> list[dict[str, Any]]:
    """The rows in which something was filled in, in the order of their numbers."""
    by_number: dict[int, dict[str, list[str]]] = {}
    for name, given in values.items():
        found = _ROW.fullmatch(name.removeprefix(f"{field.name}-"))
        number, column = (int(found[1]), found[2]) if found else (0, name)
        by_number.setdefault(number, {})[column] = given
    filled = [
        row
        for _, row in sorted(by_number.items())
        if any(text.strip() for given in row.values() for text in given)
    ]
    return [_shape(field.columns, row, choices) for row in filled]


def _value(field: Field, given: list[str]) -> Any:
    if field.kind in (Kind.CHOICES, Kind.REFERENCES):
        return [_chosen(field, text) for text in given if text.strip()]
    if field.kind is Kind.TICK:
        return bool(given) and _YES_NO.get(given[-1], given[-1])
    text = given[0] if given else ""
    if not text.strip():
        return ""
    if field.kind in (Kind.CHOICE, Kind.REFERENCE):
        return _chosen(field, text)
    understood = _UNDERSTOOD.get(field.kind)
    return understood(text) if understood else text


def _chosen(field: Field, text: str) -> str | int:
    """The option with this value; the text itself if there is none, so that the reading refuses it."""
    return next((option.value for option in field.options if str(option.value) == text), text)


def _yes_no(text: str) -> bool | str:
    return _YES_NO.get(text, text)


def _whole(text: str) -> int | str:
    bare = "".join(text.split())
    return int(bare) if _WHOLE.fullmatch(bare) else text


def _decimal(text: str) -> float | str:
    bare = "".join(text.split())
    return float(bare.replace(",", ".")) if _DECIMAL.fullmatch(bare) else text


def _date(text: str) -> str:
    found = _EIGHT_DIGITS.fullmatch(text.strip())
    return f"{found[1]}-{found[2]}-{found[3]}" if found else text.strip()


_UNDERSTOOD: dict[Kind, Callable[[str], Any]] = {
    Kind.YES_NO: _yes_no,
    Kind.WHOLE_NUMBER: _whole,
    Kind.NUMBER: _decimal,
    Kind.DATE: _date,
}
