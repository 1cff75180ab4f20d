"""Compares two forms: their fields one by one, with choices, conditions and order, and the events that they record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import orjson

from processes.diagrams.differences.parts import Difference, Part, Said, compare_parts, said
from processes.diagrams.words import event_in_words

FIELD_KEYS: Final = {
    "title": "Frågan",
    "description": "Hjälptexten",
    "minimum": "Det minsta värdet",
    "maximum": "Det största värdet",
    "minLength": "Det minsta antalet tecken",
    "maxLength": "Det största antalet tecken",
    "minItems": "Det minsta antalet rader",
    "maxItems": "Det största antalet rader",
    "pattern": "Mönstret",
    "const": "Det enda svaret",
    "x-unit": "Enheten",
    "x-sensitive": "Skyddet i listor",
    "x-prefill": "Det som fältet fylls i med",
    "x-event": "Händelsen för varje rad",
    "x-happened": "Kravet att det redan har hänt",
    "x-krav": "Kraven",
    "x-handbok": "Kapitlet i handboken",
}
"""What the keys of a field are called; another one is called by its own name."""
_FORM_KEYS: Final = {
    "title": "Rubriken",
    "description": "Inledningen",
    "x-krav": "Kraven",
    "x-handbok": "Kapitlet i handboken",
}
_SORTS_OF_ANSWER: Final = {
    "string": "text",
    "integer": "heltal",
    "number": "tal",
    "boolean": "ja eller nej",
    "array": "flera svar",
    "date": "datum",
    "date-time": "datum och tid",
    "money": "belopp",
    "personal-number": "personnummer",
    "long": "lång text",
    "person": "en person",
    "adult": "en vuxen",
    "child": "ett barn",
    "notice": "en underrättelse",
    "consent": "ett samtycke",
    "caseworker": "en handläggare",
    "unit": "en enhet",
}
_OWN_WORDS: Final = {"type", "format", "x-widget", "oneOf", "items", "x-when"}
_IN_FORM: Final = {"type", "properties", "required", "x-sections", "x-events"}


class NoForm(Exception):
    """The content is not built as a form."""


def compare_forms(path: str, before: bytes, after: bytes) -> list[Difference]:
    """Every difference between two form files; raises NoForm if one of them is not built as a form."""
    old, new = _parts(before), _parts(after)
    renamed = _renamed(old, new)
    if renamed:
        old = {renamed.get(key, key): part for key, part in old.items()}
        form, names = old[""], old[""].orders["Fältens ordning"]
        order = {renamed.get(key, key): shown for key, shown in names.items()}
        old[""] = replace(form, orders={"Fältens ordning": order})
    return compare_parts(path, old, new)


def _parts(content: bytes) -> dict[str, Part]:
    try:
        form = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise NoForm from error
    properties = form.get("properties") if isinstance(form, dict) else None
    if not isinstance(properties, dict) or not all(isinstance(one, dict) for one in properties.values()):
        raise NoForm
    says = {
        _FORM_KEYS.get(key, f"Egenskapen {key}"): _value(value)
        for key, value in form.items()
        if key not in _IN_FORM
    }
    says["Slaget av svar"] = _value(form.get("type"))
    sections = _sections(form)
    in_order = [name for name in sections if name in properties] + [
        n for n in properties if n not in sections
    ]
    order = {name: _question(name, properties[name]) for name in in_order}
    parts = {
        "": Part("formulär", f"”{form.get('title', 'formuläret')}”", says, orders={"Fältens ordning": order})
    }
    parts |= dict(_fields("", form, sections))
    return parts | dict(_events(form.get("x-events"), properties))


def _question(name: str, spec: Mapping[str, Any]) -> str:
    return str(spec.get("title") or name)


def _sections(form: Mapping[str, Any]) -> dict[str, str]:
    """The heading that each field stands under, with its place among the headings."""
    sections = form.get("x-sections")
    found: dict[str, str] = {}
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict) and isinstance(section.get("fields"), list):
            found |= {str(name): str(section.get("title", "")) for name in section["fields"]}
    return found


def _fields(above: str, form: Mapping[str, Any], sections: Mapping[str, str]) -> Iterator[tuple[str, Part]]:
    properties = form.get("properties")
    required = form.get("required")
    must = required if isinstance(required, list) else []
    for name, spec in properties.items() if isinstance(properties, dict) else ():
        if not isinstance(spec, dict):
            continue
        items = _items(spec)
        choices = _choices(spec.get("oneOf", items.get("oneOf")))
        says = {
            "Namnet i systemet": said(name),
            "Slaget av svar": Said(_exact(_kind(spec, items)), _kind_in_words(spec, items)),
            "Kravet på svar": Said(name in must, "måste besvaras" if name in must else "får lämnas tomt"),
            "Villkoret för att det visas": Said(
                _exact(spec.get("x-when")), _when(spec.get("x-when"), form["properties"])
            ),
            "Avsnittet": said(sections.get(name)),
        }
        says |= {
            FIELD_KEYS.get(key, f"Egenskapen {key}"): _value(value)
            for key, value in spec.items()
            if key not in _OWN_WORDS
        }
        says |= {f"Valet ”{key}”": Said(_exact(value), shown) for key, (value, shown) in choices.items()}
        orders = {"Valens ordning": {key: shown for key, (_, shown) in choices.items()}}
        key = f"{above}{name}"
        yield key, Part("fält", f"”{_question(name, spec)}”", says, says["Slaget av svar"].shown, orders)
        yield from _fields(f"{key}.", items, {})


def _items(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """What each of several answers is; nothing for a field with one answer."""
    items = spec.get("items")
    return items if isinstance(items, dict) else {}


def _kind(spec: Mapping[str, Any], items: Mapping[str, Any]) -> Any:
    inside = {key: value for key, value in items.items() if key not in ("oneOf", "properties", "required")}
    return [spec.get("type"), spec.get("format"), spec.get("x-widget"), inside, "properties" in items]


def _kind_in_words(spec: Mapping[str, Any], items: Mapping[str, Any]) -> str:
    if "properties" in items:
        return "tabell"
    if "oneOf" in items or "oneOf" in spec:
        return "ett eller flera val" if "oneOf" in items else "ett val"
    words = [spec.get("x-widget") or spec.get("format") or spec.get("type"), *items.values()]
    return ", ".join(_SORTS_OF_ANSWER.get(str(word), str(word)) for word in words if word)


def _choices(listed: Any) -> dict[str, tuple[Any, str]]:
    """The choices by what is stored, each with all that it says and its words."""
    found = {}
    for choice in listed if isinstance(listed, list) else []:
        if isinstance(choice, dict):
            text = str(choice.get("title", choice.get("const", "")))
            help_text = choice.get("description")
            found[str(choice.get("const", ""))] = (choice, f"{text} – {help_text}" if help_text else text)
    return found


def _when(condition: Any, properties: Mapping[str, Any]) -> str:
    """The condition in words: which answers another field must have."""
    if not isinstance(condition, dict):
        return "" if condition is None else _text(condition)
    parts = []
    for name, wanted in condition.items():
        spec = properties.get(name)
        spec = spec if isinstance(spec, dict) else {}
        choices = _choices(spec.get("oneOf", _items(spec).get("oneOf")))
        values = wanted if isinstance(wanted, list) else [wanted]
        words = [choices[str(value)][1] if str(value) in choices else _text(value) for value in values]
        parts.append(f"{_question(name, spec)}: {' eller '.join(words)}")
    return "; ".join(parts)


def _events(listed: Any, properties: Mapping[str, Any]) -> Iterator[tuple[str, Part]]:
    """The events that the form records; a second rule for the same event is told apart by its number."""
    taken: dict[str, int] = {}
    for rule in listed if isinstance(listed, list) else []:
        if not isinstance(rule, dict):
            continue
        name = str(rule.get("name", ""))
        taken[name] = taken.get(name, 0) + 1
        key = f"händelse {name}" + (f" ({taken[name]})" if taken[name] > 1 else "")
        says = {"Villkoret": Said(_exact(rule.get("when")), _when(rule.get("when"), properties))}
        for group in ("map", "set"):
            told = rule.get(group)
            for one, value in told.items() if isinstance(told, dict) else ():
                says[f"Uppgiften {one}"] = Said(_exact([group, value]), _text(value))
        rest = {each: value for each, value in rule.items() if each not in ("name", "when", "map", "set")}
        says["Övrigt"] = Said(_exact(rest), _text(rest)) if rest else Said(None, "")
        yield key, Part("händelse som formuläret skriver", f"”{event_in_words(name)}”", says)


def _renamed(old: Mapping[str, Part], new: Mapping[str, Part]) -> dict[str, str]:
    """Fields that have another name in the system and are otherwise the same, old name to new."""
    gone = {key: _without_name(part) for key, part in old.items() if key not in new}
    came = {key: _without_name(part) for key, part in new.items() if key not in old}
    found: dict[str, str] = {}
    for key, part in gone.items():
        same = [name for name, other in came.items() if other == part and name not in found.values()]
        if part.sort == "fält" and same:
            found[key] = same[0]
    return found


def _without_name(part: Part) -> Part:
    return replace(
        part, says={about: one for about, one in part.says.items() if about != "Namnet i systemet"}
    )


def _value(value: Any) -> Said:
    return Said(_exact(value), _text(value))


def _exact(value: Any) -> bytes | None:
    """The value so that `true` and `1` are not the same; what is not there says nothing."""
    return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _text(value: Any) -> str:
    """A value of a JSON file as a person reads it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(one)}" for key, one in value.items())
    return str(value)
