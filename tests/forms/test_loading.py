"""A form file that is wrong is refused, with everything that is wrong with it said in Swedish."""

from __future__ import annotations

import json
from typing import Any

import pytest

from processes.forms import FormRefused, Kind, load_form


def form_file(properties: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"title": "Prova", "type": "object", "properties": properties, **more}).encode()


def problems(content: bytes) -> str:
    with pytest.raises(FormRefused) as refused:
        load_form(content)
    return "\n".join(refused.value.problems)


TEXT = {"type": "string", "title": "Ord"}
YES_NO = {"type": "boolean", "title": "Ja eller nej"}
CHOICE = {
    "type": "string",
    "title": "Beslut",
    "oneOf": [{"const": "open", "title": "Inled"}, {"const": "not_open", "title": "Inled inte"}],
}


@pytest.mark.parametrize(
    ("spec", "kind"),
    [
        ({"type": "string"}, Kind.TEXT),
        ({"type": "string", "x-widget": "long"}, Kind.LONG_TEXT),
        ({"type": "string", "format": "date"}, Kind.DATE),
        ({"type": "string", "format": "date-time"}, Kind.DATE_TIME),
        ({"type": "string", "format": "personal-number"}, Kind.PERSONAL_NUMBER),
        ({"type": "string", "x-unit": "kr"}, Kind.MONEY),
        ({"type": "number", "x-unit": "kr"}, Kind.MONEY),
        ({"type": "number"}, Kind.NUMBER),
        ({"type": "integer"}, Kind.WHOLE_NUMBER),
        ({"type": "integer", "format": "person"}, Kind.REFERENCE),
        ({"type": "string", "format": "unit"}, Kind.REFERENCE),
        ({"type": "boolean"}, Kind.YES_NO),
        ({"type": "boolean", "x-widget": "checkbox"}, Kind.TICK),
        ({"type": "boolean", "const": True}, Kind.TICK),
        ({"type": "string", "oneOf": [{"const": "a", "title": "A"}]}, Kind.CHOICE),
        ({"type": "array", "items": {"oneOf": [{"const": "a", "title": "A"}]}}, Kind.CHOICES),
        ({"type": "array", "items": {"type": "integer", "format": "child"}}, Kind.REFERENCES),
        ({"type": "array", "items": {"type": "object", "properties": {"word": TEXT}}}, Kind.ROWS),
    ],
)
def test_a_field_is_of_the_kind_that_its_type_and_format_say(spec: dict[str, Any], kind: Kind) -> None:
    assert load_form(form_file({"field": {**spec, "title": "Fält"}})).fields["field"].kind is kind


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"type": "string"}, "saknar text i ”title”"),
        ({"type": "strng", "title": "Ord"}, "finns inte i formulärspråket"),
        ({"type": "string", "title": "Ord", "format": "person"}, "finns inte i formulärspråket"),
        ({"type": "string", "title": "Ord", "enum": ["a"]}, "”enum” som inte finns"),
        ({"type": "string", "title": "Ord", "default": "a"}, "”default” som inte finns"),
        ({"type": "string", "title": "Ord", "oneOf": []}, "lista av svarsalternativ"),
        ({"type": "integer", "title": "Tal", "oneOf": [{"const": "a", "title": "A"}]}, "på ett textfält"),
        ({"type": "string", "title": "Ord", "oneOf": [{"const": 1, "title": "A"}]}, "”const” och ”title”"),
        ({"type": "string", "title": "Ord", "oneOf": [{"const": "a"}]}, "saknar text i ”title”"),
        ({"type": "string", "title": "Ord", "pattern": "("}, "inget giltigt mönster"),
        ({"type": "string", "title": "Ord", "maxLength": -1}, "noll eller större"),
        ({"type": "string", "title": "Ord", "minimum": 1}, "hör till tal och belopp"),
        ({"type": "integer", "title": "Tal", "minimum": "ett"}, "ska vara ett tal"),
        ({"type": "string", "title": "Ord", "x-event": "flytt"}, "x-event hör till tabeller"),
        ({"type": "string", "title": "Ord", "const": "a"}, "kan bara vara true"),
        ({"type": "string", "title": "Ord", "x-widget": "stars"}, "”x-widget” kan vara"),
        ({**CHOICE, "x-prefill": "last_recovery_day"}, "val fylls aldrig i på förhand"),
        ({**CHOICE, "oneOf": CHOICE["oneOf"] * 2}, "samma ”const”"),  # type: ignore[operator]
    ],
)
def test_a_wrong_field_is_refused(spec: dict[str, Any], expected: str) -> None:
    assert expected in problems(form_file({"field": spec}))


@pytest.mark.parametrize(
    "name", ["typename", "Belopp", "a-b", "_hidden", "and", "true", "x" * 61, "belopp_å", ""]
)
def test_a_field_cannot_have_a_name_that_means_something_else(name: str) -> None:
    assert "kan inte heta" in problems(form_file({name: TEXT}))


def test_typename_is_refused_inside_a_table_too() -> None:
    table = {"type": "array", "title": "Rader", "items": {"type": "object", "properties": {"typename": TEXT}}}
    assert "rows.typename" in problems(form_file({"rows": table}))


@pytest.mark.parametrize("name", ["cannot_be_done", "cannot_be_done_reason", "gate_reason"])
def test_the_fields_of_a_gate_cannot_be_defined_by_hand(name: str) -> None:
    assert "kan inte heta" in problems(form_file({name: YES_NO}))


def test_all_problems_are_told_at_once() -> None:
    told = problems(form_file({"Ett": TEXT, "two": {"type": "string"}}, required=["three"], colour="red"))
    assert all(word in told for word in ("Ett", "two", "three", "colour"))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"gone": ["a"]}, "fältet ”gone” som inte finns"),
        ({"decision": ["postponed"]}, "”postponed” är inget svarsalternativ"),
        ({"decision": True}, "lista av svarsalternativ"),
        ({"decision": []}, "lista av svarsalternativ"),
        ({"wants": ["ja"]}, "true eller false"),
        ({"reason": ["a"]}, "går i cirkel"),
        (["decision"], "ska vara ett objekt"),
    ],
)
def test_a_condition_names_fields_and_answers_that_exist(when: Any, expected: str) -> None:
    properties = {"decision": CHOICE, "wants": YES_NO, "reason": {**CHOICE, "x-when": when}}
    assert expected in problems(form_file(properties))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"name": "utredning.glomd"}, "som inte finns i händelsekatalogen"),
        ({"name": "utredning.inledd", "fields": ["gone"]}, "fältet ”gone” som inte finns"),
        ({"name": "utredning.inledd", "fields": ["decision"], "set": {"decision": "open"}}, "från två håll"),
        ({"name": "utredning.inledd", "when": {"decision": ["maybe"]}}, "inget svarsalternativ"),
        ({"name": "utredning.inledd", "fields": "decision"}, "ska vara en lista"),
        ({"name": "utredning.inledd", "colour": "red"}, "”colour” som inte finns"),
    ],
)
def test_an_event_names_the_catalogue_and_fields_that_exist(rule: dict[str, Any], expected: str) -> None:
    assert expected in problems(form_file({"decision": CHOICE}, **{"x-events": [rule]}))


def test_every_field_stands_in_one_section() -> None:
    sections = [{"title": "Ett", "fields": ["one", "one", "gone"]}]
    told = problems(form_file({"one": TEXT, "two": TEXT}, **{"x-sections": sections}))
    assert "”one” står i mer än ett avsnitt" in told
    assert "”two” står inte i något avsnitt" in told
    assert "”gone” som inte finns" in told


def test_fields_are_shown_in_the_order_of_the_sections() -> None:
    sections = [{"title": "Först", "fields": ["two"]}, {"title": "Sedan", "fields": ["one"]}]
    form = load_form(form_file({"one": TEXT, "two": TEXT}, **{"x-sections": sections}))
    assert list(form.fields) == ["two", "one"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{", "inte giltig JSON: rad 1"),
        (b"[]", "ska innehålla ett JSON-objekt"),
        ('{"title": "å"}'.encode("latin-1"), "UTF-8"),
        (b'{"title": "A", "title": "B"}', "”title” står två gånger"),
        (b'{"title": NaN}', "NaN är inget tal"),
        (b"[" * 100_000, "för många nivåer"),
        (b'{"title": "A", "type": "array", "properties": {}}', "ska vara ”object”"),
        (b'{"title": "A", "properties": []}', "ska vara ett objekt med"),
        (b'{"title": "A", "properties": {"a": 1}}', "ska vara ett objekt med"),
        (b'{"title": "A", "properties": {}, "x-events": {}}', "”x-events” ska vara en lista"),
        (b'{"title": "A", "properties": {}, "x-sections": {}}', "”x-sections” ska vara en lista"),
        (b'{"title": "A", "properties": {}, "required": {}}', "”required” ska vara en lista"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_one_clear_sentence(content: bytes, expected: str) -> None:
    assert expected in problems(content)


def test_a_table_cannot_stand_in_a_table() -> None:
    inner = {"type": "array", "title": "Inre", "items": {"type": "object", "properties": {"word": TEXT}}}
    outer = {"type": "array", "title": "Yttre", "items": {"type": "object", "properties": {"inner": inner}}}
    assert "en tabell kan inte stå i en tabell" in problems(form_file({"outer": outer}))


def test_a_form_says_which_names_a_condition_may_use_and_which_events_it_records() -> None:
    rows = {
        "type": "array",
        "title": "Kontakter",
        "items": {"type": "object", "properties": {"word": TEXT}},
        "x-event": "kontaktforsok.gjort",
    }
    rule = {"name": "utredning.inledd", "when": {"decision": ["open"]}}
    form = load_form(form_file({"decision": CHOICE, "attempts": rows}, **{"x-events": [rule]}))
    assert form.scalar_names == {"decision"}
    assert form.with_gate("hard").scalar_names == {"decision", "cannot_be_done", "cannot_be_done_reason"}
    assert form.event_names == {"utredning.inledd", "kontaktforsok.gjort"}
