"""What a diagram asks about one notice: of what kind it is, whom it comes from, and how near the eviction is."""

from __future__ import annotations

from datetime import datetime, timedelta

from processes.clock import swedish_day
from processes.rules.deadlines.of_case import confirmation_of
from processes.rules.facts.registry import fact, instant_text
from processes.rules.notice_kinds import TO_BE_CONFIRMED
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, Scope

FROM_ENFORCEMENT = frozenset("FGHI")
"""Kinds of notice that come from Kronofogden (data 2.2)."""
MAIN_PROCESSES = frozenset({"hot-om-avhysning", "avhysning-kronofogden"})


def notice_in(snapshot: CaseSnapshot, scope: Scope) -> NoticeSeen | None:
    """The notice that the process is about; None when it is about something else."""
    if scope.kind != "notice":
        return None
    return next((notice for notice in snapshot.received if notice.id == scope.id), None)


@fact("Vilket slag av underrättelse är det (A till J)?")
def notice_kind(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """One letter, A to J; None outside the scope of a notice."""
    notice = notice_in(snapshot, scope)
    return notice.kind if notice else None


@fact("Vilket nummer har underrättelsen?")
def notice_id(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> int | None:
    """The notice's id; None outside the scope of a notice."""
    notice = notice_in(snapshot, scope)
    return notice.id if notice else None


@fact("Vem lämnade underrättelsen?")
def notice_informant(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """The informant's kind, which decides whether the landlord may be asked (R-103, R-104)."""
    notice = notice_in(snapshot, scope)
    return notice.informant if notice else None


@fact("Kommer underrättelsen från Kronofogden?")
def notice_is_from_enforcement(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """An eviction date, a new date, a withdrawal or a removal (R-055, R-167)."""
    notice = notice_in(snapshot, scope)
    return notice is not None and notice.kind in FROM_ENFORCEMENT


@fact("Gäller underrättelsen obetald hyra?")
def notice_is_about_arrears(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """Arrears are among the grounds, perhaps beside others (E-20)."""
    notice = notice_in(snapshot, scope)
    return notice is not None and "arrears" in notice.grounds


@fact("Är avhysningsdagen i dag eller redan passerad?")
def eviction_is_today_or_past(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The notice's own date: it is accepted as it stands, and Kronofogden is phoned today (deadlines 3.4)."""
    notice = notice_in(snapshot, scope)
    if notice is None or notice.kind not in TO_BE_CONFIRMED or notice.eviction_at is None:
        return False
    return swedish_day(notice.eviction_at) <= swedish_day(now)


@fact("Hur många dagar är det kvar till avhysningen?")
def days_to_eviction(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> int | None:
    """Calendar days to the notice's own eviction date, below zero if it has passed; None without a date."""
    notice = notice_in(snapshot, scope)
    if notice is None or notice.eviction_at is None:
        return None
    return (swedish_day(notice.eviction_at) - swedish_day(now)).days


@fact("Hur många underrättelser har kommit om hushållet?")
def notice_count(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> int:
    """Repeated notices raise the urgency: passivity is what the ombudsman criticised (JO 1683-2017)."""
    return len(snapshot.notices)


@fact("Pågår redan handläggning av ett hot om avhysning?")
def main_process_runs(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Chapter 6 or 7 runs in the case, so that a new notice is added to it."""
    return bool(snapshot.running & MAIN_PROCESSES)


@fact("När larmar vi om att bekräftelsen inte är skickad?")
def confirmation_escalates_at(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """A little before the confirmation to Kronofogden is due (D-10, handboken 7.5); None if none is due."""
    notice = notice_in(snapshot, scope)
    if notice is None or notice.kind not in TO_BE_CONFIRMED:
        return None
    due = confirmation_of(snapshot, notice).at
    early = timedelta(minutes=snapshot.policy.confirmation_warning_minutes)
    return instant_text(due - early if due else None)
