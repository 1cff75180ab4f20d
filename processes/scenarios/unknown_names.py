"""Finds what a scenario names that is not there in the files it would be played on: steps, fields, events, people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from processes.forms.form import GATE_FIELDS
from processes.scenarios.faults import Fault
from processes.scenarios.vocabulary import Vocabulary

Path = tuple[str | int, ...]
Known = Callable[[Vocabulary], Collection[str]]

EXPECTED_NAMES: dict[str, tuple[str, Known]] = {
    "open": ("ingen uppgift", lambda known: known.steps),
    "only_open": ("ingen uppgift", lambda known: known.steps),
    "not_open": ("ingen uppgift", lambda known: known.steps),
    "due": ("ingen uppgift", lambda known: known.steps),
    "blocked": ("ingen uppgift", lambda known: known.steps),
    "not_blocked": ("ingen uppgift", lambda known: known.steps),
    "may": ("ingen uppgift", lambda known: known.steps),
    "may_not": ("ingen uppgift", lambda known: known.steps),
    "letters": ("inget brev", lambda known: known.letters),
    "addresses": ("inget brev", lambda known: known.letters),
    "kept_apart": ("inget brev", lambda known: known.letters),
    "events": ("ingen händelse", lambda known: known.events),
    "running": ("ingen process", lambda known: known.processes),
    "not_running": ("ingen process", lambda known: known.processes),
    "notified": ("ingen enhet", lambda known: known.units),
    "deadlines": ("ingen frist", lambda known: known.deadlines),
    "readings": ("ingen frist", lambda known: known.deadlines),
    "explained": ("ingen frist", lambda known: known.deadlines),
    "facts": ("inget faktum", lambda known: known.facts),
}
"""By kind of expectation: what its names stand for, and which there are."""


def unknown_names(raw: Mapping[str, Any], known: Vocabulary) -> list[Fault]:
    """Everything that the scenario names and that does not exist, with the nearest name that does."""
    return [
        fault for place, step in enumerate(raw["steps"]) for fault in _in_step(("steps", place), step, known)
    ]


def _in_step(path: Path, step: Mapping[str, Any], known: Vocabulary) -> Iterator[Fault]:
    named: tuple[tuple[str, str, Collection[str]], ...] = (
        ("who", "ingen person", known.staff),
        ("task", "ingen uppgift", known.steps),
        ("look", "ingen uppgift", known.steps),
        ("event", "ingen händelse", known.events),
    )
    for key, what, there in named:
        if key in step:
            yield from _unknown((*path, key), what, [step[key]], there)
    for key, form in (("notice", "notice"), ("answers", step.get("task", step.get("event")))):
        if key in step and form in known.forms:
            fields = known.forms[form].fields.keys() | GATE_FIELDS
            for field in step[key]:
                yield from _unknown((*path, key, field), "ingen fråga i formuläret", [field], fields)
    for key, wanted in step.get("expect", {}).items():
        if key in EXPECTED_NAMES:
            what, there_are = EXPECTED_NAMES[key]
            yield from _unknown((*path, "expect", key), what, _names_in(wanted), there_are(known))


def _names_in(wanted: Any) -> list[str]:
    """The names; what stands after a blank says only which of several is meant."""
    return [str(name).partition(" ")[0] for name in wanted] if isinstance(wanted, list | dict) else []


def _unknown(path: Path, what: str, names: Iterable[str], there: Collection[str]) -> Iterator[Fault]:
    for name in names:
        if name not in there:
            near = get_close_matches(name, there, n=1)
            guess = f" Menar du {near[0]}?" if near else ""
            yield Fault(path, f"Det finns {what} som heter {name}.{guess}")
