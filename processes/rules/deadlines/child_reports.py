"""The clocks of each report of concern in a case: what has been decided, for which children, and what still runs.

Read from the events about the report; `children.py` holds the rules themselves.
"""

from __future__ import annotations

from datetime import datetime

from processes.clock import swedish_day
from processes.rules.deadlines import children
from processes.rules.deadlines.payload import day_in, day_of, instant_in
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

RECEIVED = "orosanmalan.inkom"
ASSESSED = "skyddsbedomning.gjord"
OPENED = "barnutredning.inledd"
NOT_OPENED = "barnutredning.ej_inledd"
CLOSED = "barnutredning.avslutad"
DECISION_EXTENDED = "forhandsbedomning.forlangd"
INVESTIGATION_EXTENDED = "barnutredning.forlangd"
FOLLOW_UP_STARTED = "barnuppfoljning.beslutad"
FINISHED = "orosanmalan.avslutad"
ASKED = "aterkoppling.begard"
ANSWERED = "aterkoppling.lamnad"


def reports_of(snapshot: CaseSnapshot) -> list[EventSeen]:
    """The reports of concern and internal hand-overs of the case, oldest first."""
    return snapshot.events_named(RECEIVED)


def report_in(snapshot: CaseSnapshot, scope: Scope) -> EventSeen | None:
    """The report that `scope` is about; the newest one if the scope is not a report."""
    reports = reports_of(snapshot)
    if scope.kind == "report":
        return next((r for r in reports if r.scope == scope or r.id == scope.id), None)
    return reports[-1] if reports else None


def received_at(report: EventSeen) -> datetime:
    """When the report reached the authority."""
    return instant_in(report.payload, "received_at") or report.at


def _received(report: EventSeen) -> StartingPoint:
    what = "Den interna överlämningen kom in" if is_handover(report) else "Orosanmälan kom in"
    return StartingPoint(what, swedish_day(received_at(report)), "anmälan")


def is_handover(report: EventSeen) -> bool:
    """Whether the report is an internal hand-over from another unit (handboken 5.5)."""
    return report.payload.get("source") == "internal"


def _about(snapshot: CaseSnapshot, report: EventSeen, *names: str) -> list[EventSeen]:
    scopes = {report.scope, Scope("report", report.id)}
    return [event for event in snapshot.events_named(*names) if event.scope in scopes]


def _children_in(event: EventSeen) -> frozenset[int]:
    return frozenset(event.payload.get("children") or ())


def is_decided(snapshot: CaseSnapshot, report: EventSeen) -> bool:
    """Whether it is decided for every child of the report; a decision that names no child is about all of them."""
    decisions = _about(snapshot, report, OPENED, NOT_OPENED)
    undecided = _children_in(report)
    for decision in decisions:
        undecided -= _children_in(decision) or undecided
    return bool(decisions) and not undecided


def protection_assessment_of(snapshot: CaseSnapshot, report: EventSeen) -> Explanation:
    """D-11 of the report (SoL 20:1)."""
    return children.protection_assessment(received_at(report), snapshot.policy).concerning(report.scope)


def decision_of(snapshot: CaseSnapshot, report: EventSeen) -> Explanation:
    """D-12 of the report, or the day it was extended to (SoL 20:2)."""
    found = children.decision_to_investigate(
        _received(report), snapshot.policy.interpretations, is_handover=is_handover(report)
    )
    return _perhaps_extended(snapshot, report, found, DECISION_EXTENDED)


def investigation_of(snapshot: CaseSnapshot, report: EventSeen) -> Explanation | None:
    """D-13 of the first investigation opened from the report, or the day it was extended to; None if none is open.

    SoL 20:3.
    """
    opened = _about(snapshot, report, OPENED)
    if not opened:
        return None
    opened_on = min(day_of(event, "opened_on", "decided_on") for event in opened)
    start = StartingPoint("Utredningen inleddes", opened_on, "beslutet")
    found = children.investigation_finished(start, snapshot.policy.interpretations)
    return _perhaps_extended(snapshot, report, found, INVESTIGATION_EXTENDED)


def _perhaps_extended(
    snapshot: CaseSnapshot, report: EventSeen, found: Explanation, name: str
) -> Explanation:
    days = [day_in(event.payload, "until") for event in _about(snapshot, report, name)]
    until = days[-1] if days else None
    return (found if until is None else children.extended(found, until)).concerning(report.scope)


def answer_of(snapshot: CaseSnapshot, report: EventSeen) -> Explanation | None:
    """D-14 of the latest question from the reporter; None if nobody asked (SoL 19:6)."""
    asked = _about(snapshot, report, ASKED)
    if not asked:
        return None
    decisions = _about(snapshot, report, OPENED, NOT_OPENED)
    decided_on = min((day_of(e, "decided_on", "opened_on") for e in decisions), default=None)
    return children.answer_to_reporter(
        day_of(asked[-1], "asked_on"),
        decided_on,
        was_already_investigated=any(
            said.payload.get("already_investigated") for said in (report, *_about(snapshot, report, ASSESSED))
        ),
        interpretations=snapshot.policy.interpretations,
    ).concerning(report.scope)


def follow_up_end_of(snapshot: CaseSnapshot, report: EventSeen) -> Explanation | None:
    """D-15 of the report, counted from the day the investigation closed; None until it has (SoL 23:5)."""
    closed = _about(snapshot, report, CLOSED)
    if not closed:
        return None
    start = StartingPoint("Utredningen avslutades", day_of(closed[-1], "closed_on"), "beslutet")
    return children.follow_up_ends(start).concerning(report.scope)


def running_clocks(snapshot: CaseSnapshot, report: EventSeen) -> list[Explanation]:
    """D-11 to D-15 that still run for the report."""
    if _about(snapshot, report, FINISHED):
        return []
    found: list[Explanation | None] = []
    if not _about(snapshot, report, ASSESSED):
        found.append(protection_assessment_of(snapshot, report))
    if not is_decided(snapshot, report):
        found.append(decision_of(snapshot, report))
    if not _about(snapshot, report, CLOSED):
        found.append(investigation_of(snapshot, report))
    if len(_about(snapshot, report, ASKED)) > len(_about(snapshot, report, ANSWERED)):
        found.append(answer_of(snapshot, report))
    if _about(snapshot, report, FOLLOW_UP_STARTED):
        found.append(follow_up_end_of(snapshot, report))
    return [explanation for explanation in found if explanation is not None]
