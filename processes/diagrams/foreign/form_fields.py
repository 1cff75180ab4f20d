"""Makes a form of ours out of the questions that Camunda keeps inside a step."""

from __future__ import annotations

import re
from typing import Any, Final

from processes.engine.xml_input import local_name

_KINDS: Final[dict[str, dict[str, Any]]] = {
    "string": {"type": "string"},
    "long": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
MOST_FIELDS: Final = 100


def our_form(title: str, data: Any) -> dict[str, Any] | None:
    """The form, or None where a question is of a kind that cannot be carried over safely."""
    fields: dict[str, dict[str, Any]] = {}
    required: list[str] = []
    for field in [child for child in data if local_name(child) == "formField"][:MOST_FIELDS]:
        name = _snake(field.get("id", ""))
        made = _field(field)
        if made is None or not _NAME.fullmatch(name) or name in fields:
            return None
        fields[name] = {**made, "title": field.get("label") or field.get("id")}
        if _is_required(field):
            required.append(name)
    if not fields:
        return None
    return {"title": title or "Formulär", "type": "object", "properties": fields, "required": required}


def _field(field: Any) -> dict[str, Any] | None:
    kind = field.get("type", "string")
    if kind != "enum":
        known = _KINDS.get(kind)
        return None if known is None else dict(known)
    options = [
        {"const": one.get("id"), "title": one.get("name") or one.get("id")}
        for one in field
        if local_name(one) == "value" and one.get("id")
    ]
    return {"type": "string", "oneOf": options} if options else None


def _is_required(field: Any) -> bool:
    return any(
        local_name(rule) == "constraint"
        and rule.get("name") == "required"
        and rule.get("config", "true") != "false"
        for rule in field.iter()
    )


def _snake(name: str) -> str:
    """`first_name` of `firstName` or `first-name`."""
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()).strip("_")
