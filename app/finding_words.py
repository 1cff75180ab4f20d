"""Says what a finding says: its explanation with the facts of the case in words, and where the repair is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from flask import url_for

from app.display import moment, short_day
from app.labels import label
from app.lookups import process_titles
from app.texts import t
from processes.clock import swedish_time
from processes.errors import DiagramNotFound
from processes.models import Finding, ProcessInstance
from processes.rules.stuck import CHECKS, Check, Repair, Severity
from processes.unit_of_work import UnitOfWork

SEVERITIES: dict[int, str] = {
    int(Severity.CRITICAL): "Kritiskt",
    int(Severity.SERIOUS): "Allvarligt",
    int(Severity.NOTICE): "Notera",
}
STATES: dict[str, str] = {"open": "Öppna", "silenced": "Tystade", "closed": "Avslutade"}
BUTTONS: dict[Repair, str] = {
    Repair.TASK: "Öppna uppgiften",
    Repair.REASSIGN: "Fördela uppgiften",
    Repair.CASE: "Öppna ärendet",
    Repair.DATES: "Se fristerna",
    Repair.LETTERS: "Se breven",
    Repair.OPERATIONS: "Till Driftläge",
    Repair.PROCESS: "Välj åtgärd",
    Repair.EVENTS: "Utse handläggare",
}
"""What stands on the way to the repair."""
CODES = {"unit": "unit", "job": "job", "message": "event", "letter": "letter", "deadline": "deadline"}
"""Facts that are codes, and the family of words that each belongs to."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a supervisor reads it."""

    finding: Finding
    check: Check
    explanation: str
    severity: str
    button: str
    repair_at: str
    """The address of the page on which it is repaired."""


def teller(work: UnitOfWork) -> Callable[[Finding], Told]:
    """Tells findings, with the names of processes and steps looked up once."""
    title = process_titles(work)

    def tell(finding: Finding) -> Told:
        check = CHECKS[finding.check_key]
        facts = dict(finding.facts) | {"unit": finding.unit, "since_at": finding.since}
        if "step" in facts:
            facts["step"] = _step_name(work, facts)
        if "process" in facts:
            facts["process"] = title(str(facts["process"])) or facts["process"]
        return Told(
            finding=finding,
            check=check,
            explanation=explained(check, facts),
            severity=t(SEVERITIES[finding.severity]),
            button=t(BUTTONS[check.where]),
            repair_at=_repair_at(check.where, finding),
        )

    return tell


def since_when(finding: Finding) -> str:
    """The instant, or the day alone where no hour is known."""
    is_day = swedish_time(finding.since).time() == time()
    return short_day(finding.since) if is_day else moment(finding.since)


def explained(check: Check, facts: Mapping[str, Any]) -> str:
    """The explanation in the reader's language, with every fact in words."""
    words = {name: _in_words(name, value) for name, value in facts.items()}
    sentence = t(check.explanation, **words)
    return sentence[:1].upper() + sentence[1:]


def _in_words(name: str, value: Any) -> Any:
    if value is None:
        return t("Ingen") if name in ("holder", "substitute") else t("inget datum")
    if name in CODES:
        return label(CODES[name], value)
    if name.endswith("_at"):
        return moment(value)
    if name.endswith("_on"):
        return short_day(value)
    return f"”{value}”" if name in ("task", "step", "process") else value


def _step_name(work: UnitOfWork, facts: Mapping[str, Any]) -> str:
    """What the step is called in the diagram that its process runs on; its own key if that is gone."""
    row = work.session.get(ProcessInstance, facts.get("instance"))
    step = str(facts["step"])
    if row is None:
        return step
    try:
        steps = work.diagrams.get(work.session, row.process_key, row.diagram_version).bundle.steps
    except DiagramNotFound:
        return step
    return steps[step].name if step in steps else step


def _repair_at(where: Repair, finding: Finding) -> str:
    case_id = finding.case_id
    match where:
        case Repair.TASK:
            return url_for("tasks.show", task_id=finding.row_id)
        case Repair.REASSIGN:
            return url_for("interventions.fill", case_id=case_id, what="omfordela", val=finding.row_id)
        case Repair.DATES:
            return url_for("cases.show", case_id=case_id, _anchor="frister")
        case Repair.LETTERS:
            return url_for("letters.all_letters", case_id=case_id)
        case Repair.OPERATIONS:
            return url_for("operating_status.show")
        case Repair.PROCESS:
            return url_for("interventions.show", case_id=case_id)
        case Repair.EVENTS:
            return url_for("cases.event", case_id=case_id, name="handlaggare.utsedd")
        case Repair.CASE:
            return url_for("cases.show", case_id=case_id)
