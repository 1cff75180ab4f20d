"""Each way in which a diagram from another tool is rewritten: one function for one thing that means the same here."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from processes.diagrams.foreign.conditions import our_condition
from processes.diagrams.foreign.form_fields import our_form
from processes.diagrams.foreign.vendors import is_vendors
from processes.diagrams.foreign.walking import extensions_of, steps_of
from processes.engine.drawing import NOT_NODES
from processes.engine.xml_input import BPMN, SPIFF, local_name, namespace

DATA: Final = {"dataObject", "dataObjectReference", "dataStoreReference"}
DATA_PARTS: Final = {"dataInputAssociation", "dataOutputAssociation", "ioSpecification", "property"}
STEP_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_KEY: Final = 60
_PLAIN_NAMES: Final = {"startEvent": "start", "endEvent": "slut", "exclusiveGateway": "val"}
_REFERRING: Final = ("sourceRef", "targetRef", "attachedToRef", "bpmnElement")
_WRAPPED: Final = re.compile(r"\s*(?:[$#]\{\s*(\w+)\s*\}|=\s*(\w+))\s*")


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was translated."""

    element: str | None
    name: str
    sentence: str
    """In Swedish."""


@dataclass
class Sheet:
    """The file while it is being translated."""

    root: Any
    key: str
    taken: frozenset[str] = frozenset()
    """Ids of steps in other diagrams, which no step here may have."""
    done: list[Done] = field(default_factory=list)
    forms: dict[str, bytes] = field(default_factory=dict)

    def say(self, element: Any, sentence: str) -> None:
        """Tell what was done."""
        key = None if element is None else element.get("id")
        name = "" if element is None else " ".join((element.get("name") or "").split())[:80]
        one = Done(key, name, sentence)
        if one not in self.done:
            self.done.append(one)

    @property
    def processes(self) -> list[Any]:
        """The processes of the file."""
        return [child for child in self.root if namespace(child) == BPMN and local_name(child) == "process"]

    @property
    def steps(self) -> list[Any]:
        """Every element of every process."""
        return [step for process in self.processes for step in steps_of(process)]


def name_process(sheet: Sheet) -> None:
    """The process has the id of its folder, is marked as one to run, and has a pool with its title."""
    if len(sheet.processes) != 1:
        return
    [process] = sheet.processes
    old = process.get("id", "")
    if old != sheet.key:
        for element in sheet.root.iter():
            for name in ("processRef", "bpmnElement"):
                if old and element.get(name) == old:
                    element.set(name, sheet.key)
        process.set("id", sheet.key)
        sheet.say(process, f"Processens id är nu {sheet.key}, som mappen.")
    if process.get("isExecutable", "true") != "true":
        process.set("isExecutable", "true")
        sheet.say(process, "Processen är markerad som körbar.")


def give_tasks_a_kind(sheet: Sheet) -> None:
    """A task without a kind, or done by hand, is one that a person does."""
    for step in sheet.steps:
        if local_name(step) in {"task", "manualTask"}:
            step.tag = f"{{{BPMN}}}userTask"
            sheet.say(step, "Uppgiften är nu en användaruppgift, som en person gör.")


def name_steps(sheet: Sheet) -> None:
    """A step is called by its name in small letters: the journal and the forms call it so for ever."""
    used = {element.get("id") or "" for element in sheet.root.iter()} | sheet.taken
    renamed: dict[str, str] = {}
    for step in sheet.steps:
        old = step.get("id") or ""
        if local_name(step) in NOT_NODES or not old or (STEP_ID.fullmatch(old) and old not in sheet.taken):
            continue
        wanted = key_of(step.get("name") or "", "_") or _PLAIN_NAMES.get(local_name(step), "steg")
        new = next(name for name in _numbered(wanted) if name not in used)
        used.add(new)
        renamed[old] = new
        step.set("id", new)
        sheet.say(step, f"Stegets id {old[:60]} är nu {new}.")
    for element in sheet.root.iter():
        for name in _REFERRING:
            if element.get(name) in renamed:
                element.set(name, renamed[element.get(name)])
        if namespace(element) == BPMN and local_name(element) == "flowNodeRef":
            element.text = renamed.get((element.text or "").strip(), element.text)


def _numbered(name: str) -> Iterator[str]:
    """The name, and then the name with 2, 3 and so on after it."""
    beginning = name if name[0].isalpha() else f"steg_{name}"
    yield beginning
    yield from (f"{beginning}_{number}" for number in count(2))


def name_calls_and_tables(sheet: Sheet) -> None:
    """What Camunda calls a process or a table by is what we call it by."""
    for step in sheet.steps:
        kind = local_name(step)
        if kind == "callActivity" and not step.get("calledElement"):
            called = _named_by(step, "calledElement", "processId")
            if called:
                step.set("calledElement", called)
                sheet.say(step, f"Anropet går till processen {called}.")
        if kind == "businessRuleTask" and _spiff(step, "calledDecisionId") is None:
            decision = _vendor_attribute(step, "decisionRef") or _named_by(
                step, "calledDecision", "decisionId"
            )
            if decision:
                _add_spiff(step, "calledDecisionId").text = decision
                sheet.say(step, f"Regeluppgiften frågar tabellen {decision}.")


def rewrite_conditions(sheet: Sheet) -> None:
    """Conditions in the languages of Camunda, where they mean the same in ours."""
    for step in sheet.steps:
        if local_name(step) != "sequenceFlow":
            continue
        for condition in step:
            if local_name(condition) != "conditionExpression":
                continue
            before = (condition.text or "").strip()
            after = our_condition(before)
            if after is not None and after != before:
                condition.text = after
                condition.attrib.pop("language", None)
                sheet.say(step, f"Villkoret ”{before[:60]}” skrivs ”{after[:60]}”.")


def rewrite_times(sheet: Sheet) -> None:
    """A date that names one thing, in the dress of another tool."""
    for step in sheet.steps:
        for definition in step:
            if local_name(definition) != "timerEventDefinition":
                continue
            for time in definition:
                found = _WRAPPED.fullmatch(time.text or "")
                if local_name(time) == "timeDate" and found:
                    time.text = found[1] or found[2]
                    sheet.say(step, f"Tiden heter {time.text}.")


def move_forms_out(sheet: Sheet) -> None:
    """Questions that stood inside a step get a form of their own, named as the step."""
    for step in sheet.steps:
        for extension in list(extensions_of(step)):
            if local_name(extension) == "formData" and is_vendors(extension.tag):
                form = our_form(step.get("name") or step.get("id") or "", extension)
                if form is not None and step.get("id"):
                    path = f"{sheet.key}/forms/{step.get('id')}.json"
                    sheet.forms[path] = (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()
                    sheet.say(step, f"Frågorna i steget har blivit formuläret {path}.")


def keep_instructions(sheet: Sheet) -> None:
    """What SpiffArena shows to who does the step is the step's documentation."""
    for step in sheet.steps:
        instructions = _spiff(step, "instructionsForEndUser")
        if instructions is None:
            continue
        text = (instructions.text or "").strip()
        if text and not any(local_name(child) == "documentation" for child in step):
            documentation = step.makeelement(f"{{{BPMN}}}documentation", {})
            documentation.text = text
            step.insert(0, documentation)
            sheet.say(step, "Instruktionen till handläggaren är nu stegets beskrivning.")
        instructions.getparent().remove(instructions)


def leave_out_data(sheet: Sheet) -> None:
    """Data that is drawn changes nothing here; it goes, with its arrows and shapes."""
    gone: set[str] = set()
    for step in sheet.steps:
        if local_name(step) in DATA:
            gone.add(step.get("id") or "")
            sheet.say(step, "Data som bara var ritad är borttagen; fakta läses från ärendet.")
            step.getparent().remove(step)
            continue
        for part in [child for child in step if local_name(child) in DATA_PARTS]:
            gone |= {one.get("id") or "" for one in part.iter()}
            sheet.say(step, "Pilar till och från data är borttagna.")
            step.remove(part)
    for shape in list(sheet.root.iter()):
        if shape.get("bpmnElement") in gone - {""} and shape.getparent() is not None:
            shape.getparent().remove(shape)


def leave_out_what_only_a_vendor_reads(sheet: Sheet) -> None:
    """Attributes and parts of other tools: what they meant is told by the explanation before they go."""
    removed = 0
    for element in list(sheet.root.iter()):
        for name in [name for name in element.attrib if is_vendors(str(name))]:
            del element.attrib[name]
            removed += 1
        if local_name(element) != "extensionElements":
            continue
        for child in [child for child in element if is_vendors(child.tag)]:
            element.remove(child)
            removed += 1
        if len(element) == 0 and element.getparent() is not None:
            element.getparent().remove(element)
    if removed:
        sheet.say(None, f"{removed} uppgifter som bara ett annat verktyg läser är borttagna.")


STEPS: Final[tuple[Callable[[Sheet], None], ...]] = (
    leave_out_data,
    name_process,
    give_tasks_a_kind,
    name_steps,
    name_calls_and_tables,
    rewrite_conditions,
    rewrite_times,
    move_forms_out,
    keep_instructions,
    leave_out_what_only_a_vendor_reads,
)


def _vendor_attribute(step: Any, wanted: str) -> str:
    found = [
        value
        for name, value in step.attrib.items()
        if is_vendors(str(name)) and str(name).endswith("}" + wanted)
    ]
    return str(found[0]) if found else ""


def _named_by(step: Any, part: str, attribute: str) -> str:
    found = [
        one.get(attribute) for one in extensions_of(step) if local_name(one) == part and is_vendors(one.tag)
    ]
    return found[0] if found and found[0] and not found[0].startswith("=") else ""


def _spiff(step: Any, name: str) -> Any:
    return next(
        (one for one in extensions_of(step) if namespace(one) == SPIFF and local_name(one) == name), None
    )


def _add_spiff(step: Any, name: str) -> Any:
    holder = next((child for child in step if local_name(child) == "extensionElements"), None)
    if holder is None:
        holder = step.makeelement(f"{{{BPMN}}}extensionElements", {})
        step.insert(sum(local_name(child) == "documentation" for child in step), holder)
    added = holder.makeelement(f"{{{SPIFF}}}{name}", {}, nsmap={"spiffworkflow": SPIFF})
    holder.append(added)
    return added


def key_of(name: str, between: str) -> str:
    """`hot_om_avhysning` of "Hot om avhysning": plain small letters and figures, with `between` between the words."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", between, plain).strip(between)[:LONGEST_KEY].strip(between)
