"""What a diagram asks about the intake and the investigation: is it opened, is it decided, how long has it taken."""

from __future__ import annotations

from datetime import datetime

from processes.rules import calendar
from processes.rules.deadlines.of_case import MATTER_ENDED, intake_review_of
from processes.rules.facts.contact import STANCES, comes_after
from processes.rules.facts.registry import fact, instant_text
from processes.rules.gates.investigation import open_investigation
from processes.rules.snapshot import CaseSnapshot, Scope


@fact("Är en utredning öppen?")
def investigation_is_open(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> bool:
    """An investigation of the adults is opened and not ended (SoL 14:2)."""
    return open_investigation(snapshot, Scope("case", snapshot.case_id), now) is not None


@fact("Är ställning tagen till utredning?")
def investigation_is_decided(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Opened or not opened is the last word; a decision to go on with the intake, or an ended matter, is not one."""
    last = snapshot.latest(*STANCES, MATTER_ENDED)
    return last is not None and last.name in {"utredning.inledd", "utredning.ej_inledd"}


@fact("Avslutades aktualiseringen redan vid kontakten?")
def intake_is_closed_at_contact(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """The tenant was reached and declined, and the caseworker decided at once not to open (R-078)."""
    last = snapshot.latest(*STANCES, MATTER_ENDED, "hyresgast.nadd")
    return last is not None and last.name == "utredning.ej_inledd" and last.payload.get("at_contact") is True


@fact("Finns en uppgift som kan leda till en åtgärd, utan att ställning är tagen?")
def measure_may_be_needed(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """Something that may lead to a measure came up after the last stance (R-088)."""
    told = snapshot.latest("atgard.kan_bli_aktuell")
    return comes_after(told, snapshot.latest(*STANCES)) and not investigation_is_open(snapshot, scope, now)


@fact("När ska särskilda skäl för en lång aktualisering prövas?")
def next_intake_review_at(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str | None:
    """Four weeks from the notice, then weekly after each review (D-17; handboken 5.2)."""
    on = intake_review_of(snapshot).on
    return instant_text(calendar.start_of_day(on) if on else None)
