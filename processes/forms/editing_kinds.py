"""How each kind of field is written in a form file, and how a field of one kind becomes one of another."""

from __future__ import annotations

from typing import Any

from processes.forms.fields import REFERENCE_FORMATS, Kind
from processes.forms.loading_fields import kind_in, reference_in

BY_KIND = frozenset(
    {
        "type", "format", "x-widget", "x-unit", "oneOf", "items", "const", "x-happened", "x-prefill", "minimum",
        "maximum", "minLength", "maxLength", "pattern", "x-event", "minItems", "maxItems",
    }
)  # fmt: skip
"""What belongs to a kind and goes when the kind changes."""

_WRITTEN: dict[str, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.LONG_TEXT: {"type": "string", "x-widget": "long"},
    Kind.CHOICE: {"type": "string", "oneOf": []},
    Kind.CHOICES: {"type": "array", "items": {"oneOf": []}},
    Kind.YES_NO: {"type": "boolean"},
    Kind.TICK: {"type": "boolean", "x-widget": "checkbox"},
    Kind.WHOLE_NUMBER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.MONEY: {"type": "string", "x-unit": "kr"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATE_TIME: {"type": "string", "format": "date-time"},
    Kind.PERSONAL_NUMBER: {"type": "string", "format": "personal-number"},
    Kind.ROWS: {"type": "array", "items": {"type": "object", "properties": {}, "required": []}},
}


def codes() -> list[str]:
    """Every kind that a field can be turned into: `text`, `reference:person`."""
    plain = [str(kind) for kind in Kind if kind not in (Kind.REFERENCE, Kind.REFERENCES)]
    pointing = [
        f"{kind}:{one}" for kind in (Kind.REFERENCE, Kind.REFERENCES) for one in sorted(REFERENCE_FORMATS)
    ]
    return plain + pointing


def kind_of(spec: dict[str, Any]) -> str:
    """The kind that the file says, with what it refers to after a colon; empty for what the language does not have."""
    kind = kind_in(spec)
    if kind is None:
        return ""
    reference = reference_in(spec, kind)
    return f"{kind}:{reference}" if reference else str(kind)


def set_kind(spec: dict[str, Any], code: str) -> None:
    """Let the field be of this kind; the same kind changes nothing. KeyError for an unknown one."""
    if code == kind_of(spec):
        return
    if code not in codes():
        raise KeyError(code)
    written = _WRITTEN[code] if ":" not in code else _pointing(code)
    options = spec.get("oneOf") or (spec.get("items") or {}).get("oneOf") or []
    for key in BY_KIND & spec.keys():
        del spec[key]
    spec.update({key: _copied(value) for key, value in written.items()})
    if code == Kind.CHOICE:
        spec["oneOf"] = options
    elif code == Kind.CHOICES:
        spec["items"]["oneOf"] = options


def _pointing(code: str) -> dict[str, Any]:
    kind, _, reference = code.partition(":")
    one = {"type": "string" if reference == "unit" else "integer", "format": reference}
    return one if kind == Kind.REFERENCE else {"type": "array", "items": one}


def _copied(value: Any) -> Any:
    return {key: _copied(each) for key, each in value.items()} if isinstance(value, dict) else value
