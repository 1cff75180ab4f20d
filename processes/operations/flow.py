"""Operations that tell, start and mark: events from a diagram, side processes, watches, the phase and outcome."""

from __future__ import annotations

from typing import Any

from processes.models import Notice, Notification
from processes.operations.changes import change
from processes.operations.children import look_after_children
from processes.operations.place import Place
from processes.operations.recording import record
from processes.rules.snapshot import Scope
from processes.rules.units import Unit
from processes.unit_of_work import Start, UnitOfWork


def record_event(work: UnitOfWork, place: Place, *, name: str, **payload: Any) -> None:
    """Record the case event `name` from where the process stands, with the other parameters as its payload."""
    said = {key: value for key, value in payload.items() if value is not None}
    record(work, place.case, name, said, scope=place.scope)


def start_process(work: UnitOfWork, place: Place, *, key: str) -> None:
    """Start the process in the case, or let the one that runs go on."""
    work.set_off(Start(key, place.case.id, Scope("case", place.case.id)))


def start_watch(
    work: UnitOfWork, place: Place, *, kind: str, until: str | None = None, text: str = ""
) -> None:
    """Start a watch (sv. bevakning) on something that happens later; `until` is an instant in ISO 8601."""
    said = {"kind": kind, "text": text} | ({"until": until} if until else {})
    record(work, place.case, "bevakning.skapad", said, scope=place.scope)


def connect_notice_to_case(work: UnitOfWork, place: Place) -> None:
    """Let the notice set the right processes going (sv. koppla till ärende); doing it twice changes nothing more.

    A notice from Kronofogden tells the date, and chapter 7 starts or goes on with it; a landlord's or another's
    notice that is to be handled starts chapter 6 unless chapter 7 runs; arrears start a watch on the recovery period.
    """
    case = place.case
    notice = work.session.get_one(Notice, place.scope.id)
    here = Scope("case", case.id)
    if notice.duplicate_of_id is not None:
        return
    if notice.kind in ENFORCEMENT_EVENTS:
        _tell_of_enforcement(work, place, notice)
    elif notice.stance in ("handle", "add_to_case"):
        if case.phase == "early" and notice.kind in "ABCD":
            change(work, case, case, by=None, phase="termination")
        if "avhysning-kronofogden" not in work.snapshot(case.id).running:
            work.set_off(Start("hot-om-avhysning", case.id, here))
        if "arrears" in notice.grounds:
            watched = Scope("notice", notice.id)
            work.set_off(Start("bevaka-atervinningsfrist", case.id, watched))
    if notice.stance not in REFUSED:
        look_after_children(work, case)


ENFORCEMENT_EVENTS = {
    "F": "kfm.underrattelse",
    "I": "kfm.underrattelse",
    "G": "kfm.nyTid",
    "H": "kfm.aterkallad",
}
REFUSED = ("forward", "not_for_us", "advice_only")


def _tell_of_enforcement(work: UnitOfWork, place: Place, notice: Notice) -> None:
    case = place.case
    told = work.snapshot(case.id).events_named(ENFORCEMENT_EVENTS[notice.kind])
    if any(event.payload.get("notice_id") == notice.id for event in told):
        return
    said: dict[str, Any] = {
        "notice_id": notice.id,
        "received_at": notice.received_at.isoformat(),
        "kfm_case_number": notice.kfm_case_number,
    }
    if notice.eviction_at is not None:
        said |= {"eviction_at": notice.eviction_at.isoformat(), "has_time": notice.eviction_has_time}
    record(work, case, ENFORCEMENT_EVENTS[notice.kind], said, scope=place.scope)
    if notice.kind != "H":
        work.set_off(Start("avhysning-kronofogden", case.id, Scope("case", case.id)))


def set_phase(work: UnitOfWork, place: Place, *, phase: str) -> None:
    """Say which phase the case is in: early, termination, enforcement or after."""
    change(work, place.case, place.case, by=None, phase=phase)


def set_outcome(work: UnitOfWork, place: Place, *, outcome: str) -> None:
    """Say how it went for the household, with a code from rules/outcomes.py."""
    change(work, place.case, place.case, by=None, outcome=outcome)


def notify_participants(work: UnitOfWork, place: Place, *, text: str) -> None:
    """Tell every unit that was to be present at the eviction, by the newest plan (E-48)."""
    plan = work.snapshot(place.case.id).latest("narvaro.planerad")
    planned = plan.payload.get("participants", ()) if plan else ()
    known = {str(unit) for unit in Unit}
    for unit in sorted({str(Unit.ADULTS), *(one for one in planned if one in known)}):
        notify(work, place, unit=unit, text=text)


def notify(work: UnitOfWork, place: Place, *, unit: str, text: str) -> None:
    """Tell a unit that the case needs attention now (an escalation); the task itself stays where it is."""
    work.add(
        Notification(
            case_id=place.case.id,
            administration_key=place.case.administration_key,
            unit=str(Unit(unit)),
            text=text,
            at=place.at,
        )
    )
