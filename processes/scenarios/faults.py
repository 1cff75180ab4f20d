"""Says in Swedish, and on which line, what is wrong with a scenario file before it is played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from processes.clock import STOCKHOLM
from processes.diagrams.yaml_text import PlainLoader

ACTS: Final = ("notice", "task", "event", "look")
"""What can happen in a step; one of them at most."""
_TYPES: Final = {
    "string": "text",
    "array": "en lista",
    "object": "rader med namn och värde",
    "integer": "ett heltal",
    "boolean": "true eller false",
    "null": "tomt",
}
_PATTERNS: Final = {
    "^R-": "skrivs R- och tre siffror",
    "\\(preliminär": "skrivs ÅÅÅÅ-MM-DD, eller ÅÅÅÅ-MM-DD (preliminär)",
    " [0-9]{2}:": "skrivs ÅÅÅÅ-MM-DD TT:MM",
    "^[0-9]{4}-": "skrivs ÅÅÅÅ-MM-DD",
}
"""What a pattern of the schema asks for, by a piece of it; the first that fits."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a scenario file."""

    path: tuple[str | int, ...]
    """Where in the file: `steps`, 2, `expect`, `open`; counted from 0."""
    message: str
    """Swedish; goes on where the place is named."""

    @property
    def place(self) -> str:
        """The place as a reader counts: `steg 3, expect.open`; the first step is step 1."""
        parts: Sequence[str | int] = self.path
        if len(parts) > 1 and parts[0] == "steps":
            step = f"steg {int(parts[1]) + 1}"
            return ", ".join(filter(None, (step, ".".join(map(str, parts[2:])))))
        return ".".join(map(str, parts)) or "filen"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file."""
    found: dict[str, Any] = orjson.loads((Path(__file__).parent / "schema.json").read_bytes())
    return found


def faults_of_form(raw: Any) -> Iterator[Fault]:
    """Where the file is not as the schema says."""
    faults = Draft202012Validator(schema()).iter_errors(raw)
    for fault in sorted(faults, key=lambda one: [str(part).rjust(6) for part in one.path]):
        yield Fault(tuple(fault.path), _in_swedish(fault))


def _in_swedish(fault: ValidationError) -> str:
    wanted: Any = fault.validator_value
    instance: Any = fault.instance
    match fault.validator:
        case "required":
            return f"{_listed(name for name in wanted if name not in instance)} saknas."
        case "dependentRequired":
            return "who saknas: skriv vem som gör det."
        case "additionalProperties":
            known: Any = fault.schema
            unknown = [key for key in instance if key not in known.get("properties", {})]
            return f"{_listed(unknown)} finns inte bland det som kan stå här."
        case "type":
            types = [wanted] if isinstance(wanted, str) else wanted
            return f"{_shown(instance)} ska vara {' eller '.join(_TYPES.get(one, one) for one in types)}."
        case "pattern":
            how = next((text for piece, text in _PATTERNS.items() if piece in wanted), "är skrivet fel")
            return f"{_shown(instance)} {how}."
        case "minItems":
            return "Listan är tom; skriv minst en rad."
        case "minimum":
            return f"{_shown(instance)} ska vara minst {wanted}."
        case _:
            return f"{_shown(instance)} kan inte stå här."


def _shown(value: Any) -> str:
    if value is None:
        return "Tom text"
    text = orjson.dumps(value, default=str).decode() if isinstance(value, dict | list) else str(value)
    return f"”{text if len(text) <= 40 else text[:40] + ' …'}”"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(str, names))


def faults_of_order(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """What no schema can say: days that do not exist, a clock that goes back, two acts in a step, no case yet."""
    now, has_case = None, False
    for path, text in _times(raw):
        then = instant_of(text)
        if then is None:
            yield Fault(path, f"{text} är ingen tid.")
            continue
        if now is not None and then < now:
            yield Fault(path, f"{text} är tidigare än tiden före.")
        now = then
    for place, step in enumerate(raw["steps"]):
        acts = [act for act in ACTS if act in step]
        has_case = has_case or "notice" in acts
        if len(acts) > 1:
            yield Fault(("steps", place), f"{' och '.join(acts)} kan inte hända i ett och samma steg.")
        if not acts and ("refused" in step or "answers" in step):
            yield Fault(("steps", place), "Ingenting händer som kan besvaras eller nekas.")
        if not has_case and (acts or "expect" in step):
            yield Fault(("steps", place), "Scenariot måste börja med en underrättelse (notice).")


def _times(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("starts",), raw["starts"]
    for place, step in enumerate(raw["steps"]):
        if "at" in step:
            yield ("steps", place, "at"), step["at"]


def instant_of(text: str) -> datetime | None:
    """The instant (UTC) of a Swedish time written as ÅÅÅÅ-MM-DD TT:MM; None if it is no time."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=STOCKHOLM).astimezone(UTC)
    except ValueError:
        return None


def yaml_fault(error: yaml.YAMLError | UnicodeDecodeError) -> str:
    """Why the text cannot be read at all, with the line if it is known."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem.endswith(" stands twice"):
        return f"{error.problem.removesuffix(' stands twice')} står två gånger{_on_line(error)}."
    return (
        f"Texten går inte att läsa som YAML{_on_line(error)}. Se till att indrag, kolon och klamrar stämmer."
    )


def _on_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (rad {mark.line + 1})" if mark is not None else ""


def line_of(content: bytes, path: Iterable[str | int]) -> int | None:
    """The line, from 1, on which the place stands, or the nearest place around it; None if nothing can be read."""
    try:
        node = yaml.compose(content, Loader=PlainLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    if node is None:
        return None
    line: int = node.start_mark.line
    for part in path:
        inside = _inside(node, part)
        if inside is None:
            break
        mark, node = inside
        line = mark.line
    return line + 1


def _inside(node: Any, part: str | int) -> tuple[Any, Any] | None:
    """Where the part begins, and the part itself."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark, value) for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark, node.value[part]
    return None
