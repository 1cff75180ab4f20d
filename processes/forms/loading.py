"""Reads a form file, and refuses one that is wrong with a list of everything that is wrong with it, in Swedish."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from processes.errors import DiagramRefused
from processes.forms.fields import EventRule, Field, Section
from processes.forms.form import Form
from processes.forms.loading_fields import FieldLoader
from processes.forms.loading_problems import Problems

LARGEST_FILE: Final = 200_000
"""Bytes in one form file."""
_FORM_KEYS = frozenset(
    {
        "$schema",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "x-sections",
        "x-events",
        "x-krav",
        "x-handbok",
    }
)
_EVENT_KEYS = frozenset({"name", "when", "fields", "map", "set"})


class FormRefused(DiagramRefused):
    """A form file cannot be used; `problems` says in Swedish everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def load_form(content: bytes) -> Form:
    """The form in a file; raises FormRefused."""
    problems = Problems()
    form = _FormLoader(problems).load(read_form_file(content))
    if problems.found:
        raise FormRefused(problems.found)
    return form


def read_form_file(content: bytes) -> dict[str, Any]:
    """What stands in the file, whether it is a form or not; raises FormRefused for what is no JSON object."""

    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice = sorted(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        if twice:
            raise FormRefused([f"”{name}” står två gånger på samma ställe." for name in twice])
        return dict(pairs)

    def no_constant(name: str) -> None:
        raise FormRefused([f"{name} är inget tal."])

    if len(content) > LARGEST_FILE:
        raise FormRefused([f"Filen är större än {LARGEST_FILE // 1_000} kB."])
    try:
        parsed = json.loads(
            content.decode("utf-8"), object_pairs_hook=without_duplicates, parse_constant=no_constant
        )
    except UnicodeDecodeError:
        raise FormRefused(["Filen är inte skriven i UTF-8."]) from None
    except json.JSONDecodeError as error:
        raise FormRefused([f"Filen är inte giltig JSON: rad {error.lineno}, tecken {error.colno}."]) from None
    except RecursionError:
        raise FormRefused(["Filen har för många nivåer."]) from None
    except ValueError:  # a number of thousands of digits
        raise FormRefused(["Filen innehåller ett tal som är för stort."]) from None
    if not isinstance(parsed, dict):
        raise FormRefused(["Filen ska innehålla ett JSON-objekt."])
    return parsed


class _FormLoader:
    """Builds the form from the parsed file and notes what is wrong on the way."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def load(self, spec: dict[str, Any]) -> Form:
        self._problems.refuse_unknown_keys("Formuläret", spec, _FORM_KEYS)
        title = self._problems.text("Formuläret", spec, "title")
        description = self._problems.text("Formuläret", spec, "description", required=False)
        if spec.get("type", "object") != "object":
            self._problems.add("Formulärets ”type” ska vara ”object”.")
        fields = FieldLoader(self._problems).load_all("", spec.get("properties"), spec.get("required", []))
        sections = self._sections(spec.get("x-sections"), {field.name: field for field in fields})
        return Form(title, description, sections, self._event_rules(spec.get("x-events", []), fields))

    def _sections(self, spec: Any, fields: Mapping[str, Field]) -> tuple[Section, ...]:
        if spec is None:
            return (Section("", tuple(fields.values())),) if fields else ()
        if not isinstance(spec, list) or not all(isinstance(each, dict) for each in spec):
            self._problems.add("”x-sections” ska vara en lista av avsnitt.")
            return ()
        sections, placed = [], list[str]()
        for each in spec:
            self._problems.refuse_unknown_keys("Ett avsnitt", each, frozenset({"title", "fields"}))
            title = self._problems.text("Ett avsnitt", each, "title")
            names = each.get("fields")
            if not isinstance(names, list):
                self._problems.add(f"Avsnittet ”{title}” saknar en lista ”fields”.")
                continue
            placed += [str(name) for name in names]
            unknown = [name for name in names if name not in fields]
            for name in unknown:
                self._problems.add(f"Avsnittet ”{title}” nämner fältet ”{name}” som inte finns.")
            sections.append(Section(title, tuple(fields[name] for name in names if name in fields)))
        for name in fields:
            if placed.count(name) != 1:
                count = "inte i något avsnitt" if name not in placed else "i mer än ett avsnitt"
                self._problems.add(f"Fältet ”{name}” står {count}.")
        return tuple(sections)

    def _event_rules(self, spec: Any, fields: tuple[Field, ...]) -> tuple[EventRule, ...]:
        if not isinstance(spec, list) or not all(isinstance(each, dict) for each in spec):
            self._problems.add("”x-events” ska vara en lista av händelser.")
            return ()
        return tuple(self._event_rule(each, fields) for each in spec)

    def _event_rule(self, spec: dict[str, Any], fields: tuple[Field, ...]) -> EventRule:
        name = self._problems.event_name("x-events", spec.get("name"))
        where = f"Händelsen ”{name}”"
        self._problems.refuse_unknown_keys(where, spec, _EVENT_KEYS)
        when = self._problems.condition(where, spec.get("when", {}), fields)
        payload, listed, mapped = dict[str, str](), spec.get("fields", []), spec.get("map", {})
        constants = spec.get("set", {})
        if not isinstance(listed, list) or not isinstance(mapped, dict) or not isinstance(constants, dict):
            self._problems.add(f"{where}: ”fields” ska vara en lista, ”map” och ”set” objekt.")
            return EventRule(name, when)
        known = {field.name for field in fields}
        for key, field_name in [(each, each) for each in listed] + list(mapped.items()):
            if field_name not in known:
                self._problems.add(f"{where} nämner fältet ”{field_name}” som inte finns.")
            if key in payload or key in constants:
                self._problems.add(f"{where} får ”{key}” från två håll.")
            payload[str(key)] = str(field_name)
        return EventRule(name, when, payload, constants)
