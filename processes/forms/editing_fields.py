"""What can be said of one field of a form file, and how it is written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processes.forms.editing_kinds import kind_of, set_kind
from processes.forms.fields import Kind

Spec = dict[str, Any]
_NO_WORD = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class EditedOption:
    """An answer to choose, as somebody writes it; without a value it gets one from its words."""

    value: str
    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class EditedField:
    """What can be said of a field on its page."""

    name: str
    label: str
    kind: str
    """A Kind, with what it refers to after a colon: `text`, `reference:person`."""
    help: str = ""
    required: bool = False
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Question and the answers that show this one; yes and no are `true` and `false`."""
    options: tuple[EditedOption, ...] = ()
    sensitive: bool = False
    happened: bool = False
    must_be_yes: bool = False
    unit: str = ""
    prefill: str = ""
    minimum: str = ""
    maximum: str = ""
    max_length: str = ""


def read_field(name: str, one: Spec, *, required: bool) -> EditedField:
    """What can be said of the field that the file describes so."""
    kind = kind_of(one)
    listed = (one.get("items") or {}).get("oneOf") if kind == Kind.CHOICES else one.get("oneOf")
    return EditedField(
        name=name,
        label=str(one.get("title") or ""),
        kind=kind,
        help=str(one.get("description") or ""),
        required=required,
        when=tuple((question, answers_of(wanted)) for question, wanted in when_of(one).items()),
        options=tuple(
            EditedOption(
                str(each.get("const", "")), str(each.get("title", "")), str(each.get("description", ""))
            )
            for each in listed or []
        ),
        sensitive=one.get("x-sensitive") is True,
        happened=one.get("x-happened") is True,
        must_be_yes=one.get("const") is True,
        unit=str(one.get("x-unit") or ""),
        prefill=str(one.get("x-prefill") or ""),
        minimum=_as_text(one.get("minimum")),
        maximum=_as_text(one.get("maximum")),
        max_length=_as_text(one.get("maxLength")),
    )


def write_field(spec: Spec, to: EditedField, fields: Mapping[str, Spec]) -> None:
    """Let the file describe the field so; `fields` are those that it may depend on."""
    spec["title"] = to.label.strip()
    put(spec, "description", to.help.strip())
    set_kind(spec, to.kind)
    _write_details(spec, to)
    write_when(spec, to.when, fields)


def properties_of(spec: Spec) -> dict[str, Spec]:
    """The fields of a form, or of the rows of a table, by name."""
    found = spec.get("properties")
    return found if isinstance(found, dict) else {}


def free_name(label: str, taken: Mapping[str, Any]) -> str:
    """A code for a field or an answer, from its words: `Ja, helt` becomes `ja_helt`."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    stem = _NO_WORD.sub("_", plain).strip("_").lstrip("0123456789_")[:LONGEST_NAME] or "fraga"
    names = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def when_of(spec: Spec) -> dict[str, Any]:
    """On which questions and answers it depends whether the field is shown."""
    found = spec.get("x-when")
    return found if isinstance(found, dict) else {}


def answers_of(wanted: Any) -> tuple[str, ...]:
    """The answers that a condition asks for, as texts."""
    if isinstance(wanted, bool):
        return (str(wanted).lower(),)
    return (wanted,) if isinstance(wanted, str) else tuple(str(each) for each in wanted or ())


def write_when(spec: Spec, when: tuple[tuple[str, tuple[str, ...]], ...], fields: Mapping[str, Spec]) -> None:
    """Let the field be shown only then.

    A question of yes or no is compared with one of them, any other with a list of answers.
    """
    written: dict[str, Any] = {}
    for question, answers in when:
        is_yes_no = kind_of(fields.get(question, {})) in (Kind.YES_NO, Kind.TICK)
        written[question] = answers[:1] == ("true",) if is_yes_no else list(answers)
    put(spec, "x-when", written)


def _write_details(spec: Spec, to: EditedField) -> None:
    if to.kind in (Kind.CHOICE, Kind.CHOICES):
        holder = spec["items"] if to.kind == Kind.CHOICES else spec
        holder["oneOf"] = _options(to.options)
    put(spec, "x-sensitive", to.sensitive)
    if to.kind in (Kind.DATE, Kind.DATE_TIME):
        put(spec, "x-happened", to.happened)
    if to.kind == Kind.TICK:
        put(spec, "const", to.must_be_yes)
        if not to.must_be_yes:
            spec["x-widget"] = "checkbox"
    if to.kind in (Kind.WHOLE_NUMBER, Kind.NUMBER, Kind.MONEY):
        for key, typed in (("minimum", to.minimum), ("maximum", to.maximum)):
            put(spec, key, number_in(typed))
    if to.kind in (Kind.WHOLE_NUMBER, Kind.NUMBER):
        put(spec, "x-unit", to.unit.strip())
    if to.kind in (Kind.TEXT, Kind.LONG_TEXT):
        put(spec, "maxLength", number_in(to.max_length))
    if _may_be_prefilled(to.kind):
        put(spec, "x-prefill", to.prefill.strip())


def _may_be_prefilled(kind: str) -> bool:
    """Choices never are: a decision that nobody took must not look like one."""
    return kind in (
        Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.DATE_TIME, Kind.MONEY, Kind.WHOLE_NUMBER, Kind.NUMBER,
    )  # fmt: skip


def _options(options: tuple[EditedOption, ...]) -> list[Spec]:
    written: dict[str, Spec] = {}
    for one in options:
        if one.title.strip():
            value = one.value.strip() or free_name(one.title, written)
            written[value] = {"const": value, "title": one.title.strip()}
            put(written[value], "description", one.help.strip())
    return list(written.values())


def number_in(typed: str) -> int | float | None:
    text = typed.strip().replace(",", ".").replace(" ", "")
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return None


def _as_text(value: Any) -> str:
    return "" if value is None else str(value).replace(".", ",")


def put(spec: Spec, key: str, value: Any) -> None:
    """The value under the key; an empty one is left out."""
    if value is None or value is False or value in ("", {}):
        spec.pop(key, None)
    else:
        spec[key] = value
