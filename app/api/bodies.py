"""Reads what another system sends: strict JSON of a reasonable size and depth, held against the published schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from app.texts import t
from processes.errors import AnswersRefused

LARGEST_BODY = 256 * 1024
"""Bytes of one request; a notice with fifty persons has about twenty thousand."""
DEEPEST = 12
"""Levels in a body; a row of a form stands at the third."""
FORMATS = FormatChecker(formats=["date"])
WHAT_IS_WRONG = {
    "type": "Fel slags värde: ska vara {wanted}.",
    "required": "Saknas.",
    "additionalProperties": "Fältet finns inte.",
    "enum": "Värdet är inget av alternativen.",
    "format": "Ska skrivas som ÅÅÅÅ-MM-DD.",
    "pattern": "Har inte rätt form.",
    "maxLength": "För långt.",
    "minLength": "För kort.",
    "maxItems": "För många rader.",
    "minItems": "För få rader.",
    "minimum": "För litet.",
    "maximum": "För stort.",
}
KINDS = {
    "string": "text",
    "boolean": "true eller false",
    "integer": "ett heltal",
    "number": "ett tal",
    "array": "en lista",
    "object": "ett objekt",
}


def read_json() -> Any:
    """The body. Raises UnsupportedMediaType, RequestEntityTooLarge, or BadRequest for what is no plain JSON."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    sent = request.get_data(cache=True)
    if len(sent) > LARGEST_BODY:  # one that did not say beforehand how long it is
        raise RequestEntityTooLarge
    try:
        body = json.loads(
            sent.decode("utf-8"),
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
        )
    except (
        ValueError,
        RecursionError,
    ) as error:  # also what is no UTF-8, and a number of thousands of digits
        raise BadRequest from error
    if _depth(body) > DEEPEST:
        raise BadRequest
    return body


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a name stands twice in the same place")
    return read


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _depth(value: Any) -> int:
    """How many levels there are; counted without recursion, and no further than matters."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [inner for one in level for inner in _inside(one)]
    return depth


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def must_fit(body: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The body, if it is what the schema says. Raises AnswersRefused with the field of every problem."""
    validator = Draft202012Validator(dict(schema), format_checker=FORMATS)
    problems = {place: why for error in validator.iter_errors(body) for place, why in _told(error)}
    if problems:
        raise AnswersRefused(problems)
    return dict(body)


def _told(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Where and what: named as a form's own problems are, `persons-0-name`."""
    place = [str(part) for part in error.absolute_path]
    kind = str(error.validator)
    asked: Any = error.validator_value
    wanted = KINDS.get(str(asked), "") if kind == "type" else ""
    told = t(WHAT_IS_WRONG.get(kind, "Värdet går inte att använda."), wanted=t(wanted))
    names: list[str] = []
    if kind == "required" and isinstance(error.instance, dict):
        names = [name for name in asked if name not in error.instance]
    elif kind == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
        names = [name for name in error.instance if name not in known]
    for name in names or [""]:
        yield "-".join([*place, name] if name else place), told
