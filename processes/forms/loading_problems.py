"""Notes what is wrong with a form file, in Swedish, so that all of it can be told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from processes.forms.fields import Condition, Field, Kind
from processes.rules.events import EVENTS


class Problems:
    """The list of what is wrong with a form file, and the checks that several parts of it need."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, problem: str) -> None:
        self.found.append(problem)

    def refuse_unknown_keys(self, where: str, spec: Mapping[str, Any], allowed: frozenset[str]) -> None:
        for key in spec.keys() - allowed:
            self.add(f"{where} har nyckeln ”{key}” som inte finns i formulärspråket.")

    def text(self, where: str, spec: Mapping[str, Any], key: str, *, required: bool = True) -> str:
        value = spec.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            self.add(f"{where} saknar text i ”{key}”.")
            return ""
        return value.strip()

    def event_name(self, where: str, name: Any) -> str:
        if name not in EVENTS:
            self.add(f"{where} nämner händelsen ”{name}” som inte finns i händelsekatalogen.")
        return str(name)

    def condition(self, where: str, spec: Any, fields: Sequence[Field]) -> Condition:
        """The condition of `x-when` or of an event; every value in it must be one that the field can have."""
        if not isinstance(spec, dict):
            self.add(f"{where}: villkoret ska vara ett objekt med fält och värden.")
            return {}
        by_name = {field.name: field for field in fields}
        condition: dict[str, frozenset[str] | bool] = {}
        for name, wanted in spec.items():
            field = by_name.get(name)
            if field is None:
                self.add(f"{where}: villkoret nämner fältet ”{name}” som inte finns.")
            elif field.kind in (Kind.YES_NO, Kind.TICK):
                if not isinstance(wanted, bool):
                    self.add(f"{where}: villkoret på ”{name}” ska vara true eller false.")
                else:
                    condition[name] = wanted
            else:
                condition[name] = self._wanted_options(where, field, wanted)
        return condition

    def _wanted_options(self, where: str, field: Field, wanted: Any) -> frozenset[str]:
        values = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(values, list) or not values or not all(isinstance(each, str) for each in values):
            self.add(f"{where}: villkoret på ”{field.name}” ska vara en lista av svarsalternativ.")
            return frozenset()
        for each in values:
            if each not in {option.value for option in field.options}:
                self.add(f"{where}: ”{each}” är inget svarsalternativ i ”{field.name}”.")
        return frozenset(values)
