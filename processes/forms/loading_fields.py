"""Reads the fields of a form file one by one and notes in Swedish what is wrong with each."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from processes.forms.fields import REFERENCE_FORMATS, Field, Kind, Option
from processes.forms.form import GATE_FIELDS
from processes.forms.loading_problems import Problems
from processes.forms.patterns import is_simple
from processes.forms.reading import fields_by_dependence

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_REFUSED_NAMES = {"typename", "true", "false", "none", "answers", "csrf_token"} | GATE_FIELDS
"""`typename` makes the engine's serializer guess a class; the others mean something else in a condition or a page,
or are added by a gate."""

_FIELD_KEYS = frozenset(
    {
        "type", "title", "description", "oneOf", "format", "minimum", "maximum", "minLength", "maxLength", "pattern",
        "const", "items", "minItems", "maxItems", "x-widget", "x-unit", "x-sensitive", "x-prefill", "x-when", "x-event",
        "x-krav", "x-handbok", "x-happened",
    }
)  # fmt: skip
_TEXT_FORMATS = {
    "date": Kind.DATE,
    "date-time": Kind.DATE_TIME,
    "money": Kind.MONEY,
    "personal-number": Kind.PERSONAL_NUMBER,
}
_PREFILLED_KINDS = {
    Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.DATE_TIME, Kind.MONEY, Kind.WHOLE_NUMBER, Kind.NUMBER,
}  # fmt: skip
"""Choices are never filled in beforehand: a decision that nobody took must not look like one."""


class FieldLoader:
    """Reads `properties` of a form or of the rows of a table."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def load_all(self, prefix: str, properties: Any, required: Any) -> tuple[Field, ...]:
        """The fields in the order of the file; `prefix` names the table in which they are columns."""
        if not isinstance(properties, dict) or not all(
            isinstance(each, dict) for each in properties.values()
        ):
            self._problems.add(f"{prefix or 'Formuläret'}: ”properties” ska vara ett objekt med fält.")
            return ()
        if not isinstance(required, list):
            self._problems.add(f"{prefix or 'Formuläret'}: ”required” ska vara en lista av fältnamn.")
            required = []
        for name in required:
            if name not in properties:
                self._problems.add(f"”required” nämner fältet ”{prefix}{name}” som inte finns.")
        for name in properties:
            if not _NAME.fullmatch(name) or name in _REFUSED_NAMES or keyword.iskeyword(name):
                self._problems.add(f"Fältet kan inte heta ”{prefix}{name}”.")
        plain = [
            self._load(prefix, name, spec, required=name in required) for name, spec in properties.items()
        ]
        fields = [
            replace(
                each,
                when=self._problems.condition(
                    _place(prefix, each.name), properties[each.name]["x-when"], plain
                ),
            )
            if "x-when" in properties[each.name]
            else each
            for each in plain
        ]
        try:
            fields_by_dependence(fields)
        except ValueError as circle:
            self._problems.add(f"x-when går i cirkel mellan fälten {circle}.")
        return tuple(fields)

    def _load(self, prefix: str, name: str, spec: dict[str, Any], *, required: bool) -> Field:
        where = _place(prefix, name)
        self._problems.refuse_unknown_keys(where, spec, _FIELD_KEYS)
        kind = self._kind(where, spec)
        if prefix and kind is Kind.ROWS:
            self._problems.add(f"{where}: en tabell kan inte stå i en tabell.")
        if "x-prefill" in spec and kind not in _PREFILLED_KINDS:
            self._problems.add(f"{where}: val fylls aldrig i på förhand (x-prefill).")
        if "x-event" in spec and kind is not Kind.ROWS:
            self._problems.add(f"{where}: x-event hör till tabeller; använd x-events i formuläret.")
        if "x-happened" in spec and kind not in {Kind.DATE, Kind.DATE_TIME}:
            self._problems.add(f"{where}: x-happened hör till datum och klockslag.")
        if "const" in spec and (kind is not Kind.TICK or spec["const"] is not True):
            self._problems.add(f"{where}: ”const” kan bara vara true, på ett ja/nej-fält.")
        options = self._options(where, spec, kind)
        return Field(
            name=name,
            kind=kind,
            label=self._problems.text(where, spec, "title"),
            help=self._problems.text(where, spec, "description", required=False),
            required=required,
            options=options,
            reference=reference_in(spec, kind),
            unit=self._problems.text(where, spec, "x-unit", required=False),
            sensitive=spec.get("x-sensitive") is True,
            must_be_yes=spec.get("const") is True,
            has_happened=spec.get("x-happened") is True,
            minimum=self._bound(where, spec, "minimum", kind),
            maximum=self._bound(where, spec, "maximum", kind),
            min_length=self._count(where, spec, "minLength", 0),
            max_length=self._count(where, spec, "maxLength", 10_000 if kind is Kind.LONG_TEXT else 500),
            pattern=self._pattern(where, spec),
            prefill=self._problems.text(where, spec, "x-prefill", required=False) or None,
            columns=self._columns(prefix, name, spec) if kind is Kind.ROWS else (),
            event=self._problems.event_name(where, spec["x-event"]) if "x-event" in spec else None,
            min_rows=self._count(where, spec, "minItems", 0),
            max_rows=self._count(where, spec, "maxItems", 50),
        )

    def _columns(self, prefix: str, name: str, spec: dict[str, Any]) -> tuple[Field, ...]:
        items = spec["items"]
        self._problems.refuse_unknown_keys(
            f"Raden i ”{prefix}{name}”", items, frozenset({"type", "title", "properties", "required"})
        )
        return self.load_all(f"{prefix}{name}.", items.get("properties"), items.get("required", []))

    def _kind(self, where: str, spec: dict[str, Any]) -> Kind:
        kind = kind_in(spec)
        if kind is None:
            self._problems.add(
                f"{where}: ”type” {spec.get('type')!r} med ”format” {spec.get('format')!r} "
                "finns inte i formulärspråket."
            )
            return Kind.TEXT
        if spec.get("x-widget") not in (None, "long", "checkbox"):
            self._problems.add(f"{where}: ”x-widget” kan vara ”long” eller ”checkbox”.")
        return kind

    def _options(self, where: str, spec: dict[str, Any], kind: Kind) -> tuple[Option, ...]:
        given = spec["items"].get("oneOf") if kind is Kind.CHOICES else spec.get("oneOf")
        if given is None:
            return ()
        if kind not in (Kind.CHOICE, Kind.CHOICES) or not isinstance(given, list) or not given:
            self._problems.add(f"{where}: ”oneOf” ska vara en lista av svarsalternativ på ett textfält.")
            return ()
        options = []
        for each in given:
            if not isinstance(each, dict) or not isinstance(each.get("const"), str) or not each["const"]:
                self._problems.add(f"{where}: varje svarsalternativ ska ha ”const” och ”title”.")
                continue
            place = f"{where}, alternativet ”{each['const']}”"
            self._problems.refuse_unknown_keys(place, each, frozenset({"const", "title", "description"}))
            title = self._problems.text(place, each, "title")
            options.append(
                Option(each["const"], title, self._problems.text(place, each, "description", required=False))
            )
        values = [option.value for option in options]
        if len(set(values)) < len(values):
            self._problems.add(f"{where}: två svarsalternativ har samma ”const”.")
        return tuple(options)

    def _bound(self, where: str, spec: dict[str, Any], key: str, kind: Kind) -> Decimal | None:
        if key not in spec:
            return None
        if not isinstance(spec[key], int | float) or isinstance(spec[key], bool):
            self._problems.add(f"{where}: ”{key}” ska vara ett tal.")
            return None
        if kind not in (Kind.WHOLE_NUMBER, Kind.NUMBER, Kind.MONEY):
            self._problems.add(f"{where}: ”{key}” hör till tal och belopp.")
        return Decimal(str(spec[key]))

    def _count(self, where: str, spec: dict[str, Any], key: str, otherwise: int) -> int:
        given = spec.get(key, otherwise)
        if not isinstance(given, int) or isinstance(given, bool) or given < 0:
            self._problems.add(f"{where}: ”{key}” ska vara ett heltal, noll eller större.")
            return otherwise
        return given

    def _pattern(self, where: str, spec: dict[str, Any]) -> str | None:
        pattern = self._problems.text(where, spec, "pattern", required=False)
        if is_simple(pattern):
            return pattern or None
        self._problems.add(f"{where}: ”pattern” är inget giltigt mönster, eller inte enkelt nog.")
        return None


def _place(prefix: str, name: str) -> str:
    return f"Fältet ”{prefix}{name}”"


def kind_in(spec: Mapping[str, Any]) -> Kind | None:
    """The kind of field that the file describes; None if the form language has no such kind."""
    return _kind_of_array(spec) if spec.get("type") == "array" else _kind_of_one(spec)


def _kind_of_one(spec: Mapping[str, Any]) -> Kind | None:
    shape, form = spec.get("type"), spec.get("format")
    if form in REFERENCE_FORMATS:
        return Kind.REFERENCE if shape == ("string" if form == "unit" else "integer") else None
    if shape == "string" and "oneOf" in spec:
        return Kind.CHOICE if form is None else None
    if shape == "string" and form is not None:
        return _TEXT_FORMATS.get(str(form))
    if form is not None:
        return None
    if shape in ("string", "number") and spec.get("x-unit") == "kr":
        return Kind.MONEY
    if shape == "string":
        return Kind.LONG_TEXT if spec.get("x-widget") == "long" else Kind.TEXT
    if shape == "boolean":
        return Kind.TICK if spec.get("x-widget") == "checkbox" or "const" in spec else Kind.YES_NO
    return {"integer": Kind.WHOLE_NUMBER, "number": Kind.NUMBER}.get(str(shape))


def _kind_of_array(spec: Mapping[str, Any]) -> Kind | None:
    items = spec.get("items")
    if not isinstance(items, dict) or spec.get("format") is not None:
        return None
    if items.get("type") == "object":
        return Kind.ROWS
    if "oneOf" in items and items.get("type", "string") == "string":
        return Kind.CHOICES
    return Kind.REFERENCES if _kind_of_one(items) is Kind.REFERENCE else None


def reference_in(spec: Mapping[str, Any], kind: Kind) -> str | None:
    """What a field of this kind points at in the case, if it points at anything."""
    if kind is Kind.REFERENCE:
        return str(spec["format"])
    return str(spec["items"]["format"]) if kind is Kind.REFERENCES else None
