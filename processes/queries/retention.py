"""Answers what may be destroyed and what must be kept: one case, all that the viewer may see, and what is gone.

The lists hold case numbers and days only. Birthdays are compared and never shown, and a day that follows from one is
not shown in a list either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.clock import STOCKHOLM, swedish_day
from processes.models import (
    Case,
    Caseworker,
    DestructionEntry,
    DestructionProposal,
    Event,
    JournalEntry,
    LegalHold,
    Person,
    RetentionDecision,
)
from processes.queries.access import must_be_allowed, visible_cases
from processes.rules.retention import RecordedCase, RetentionPolicy, Verdict, judge

LONGEST_LIST = 200
SHORTEST_TIME_YEARS = 5
"""Nothing is destroyed earlier (SoL 16:1), so that a list need not look at what was closed later."""
NOT_A_NOTE = frozenset(
    {
        "hold_placed", "hold_lifted", "destruction_proposed", "destruction_withdrawn", "file_handed_out",
        "finding_silenced", "finding_heard", "access_emergency", "access_approved", "access_reported",
        "notification_acknowledged",
    }
)  # fmt: skip
"""Lines of the journal about the file itself, not about the matter: they do not make it younger."""
CHILD_INVESTIGATION = "barnutredning.inledd"
CHILD_ROLES = frozenset({"child", "contact_child"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A closed case and what becomes of it."""

    case: Case
    verdict: Verdict
    last_note_on: date
    proposal: DestructionProposal | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the rule says about the closed cases that the viewer may see, the oldest first."""

    policy: RetentionPolicy
    is_decided: bool
    """The municipality has decided; until then everything is kept."""
    due: Sequence[Judged]
    kept: Sequence[Judged]
    """Old enough for the shortest time, and kept all the same."""
    has_more: bool


def policy_of(session: Session, administration_key: str) -> RetentionPolicy | None:
    """What has been decided about the administration's files; None before anything has."""
    row = decision_of(session, administration_key)
    if row is None:
        return None
    return RetentionPolicy(row.municipality, row.keeps_for_ever, frozenset(row.research_birthdays))


def decision_of(session: Session, administration_key: str) -> RetentionDecision | None:
    """The decision that counts now."""
    return session.scalars(
        select(RetentionDecision)
        .where(RetentionDecision.administration_key == administration_key)
        .order_by(RetentionDecision.id.desc())
        .limit(1)
    ).first()


def preview(session: Session, caseworker: Caseworker, now: datetime) -> Preview:
    """What would be destroyed, and what is old and kept. Raises NotAllowed."""
    must_be_allowed("propose_destruction", caseworker)
    return preview_of(session, caseworker.administration_key, now, visible_cases(caseworker, now))


def preview_of(
    session: Session, administration_key: str, now: datetime, *conditions: ColumnElement[bool]
) -> Preview:
    """The preview of the administration's closed cases, of all or of those under the conditions."""
    decided = policy_of(session, administration_key)
    policy = decided or RetentionPolicy(municipality="")
    today = swedish_day(now)
    latest = today - timedelta(days=365 * SHORTEST_TIME_YEARS)
    wanted = (
        select(Case)
        .where(
            Case.administration_key == administration_key,
            Case.closed_at < datetime.combine(latest, time(), STOCKHOLM),
            *conditions,
        )
        .order_by(Case.closed_at, Case.id)
        .limit(LONGEST_LIST + 1)
    )
    cases = session.scalars(wanted).unique().all()
    judged = _judge_all(session, cases[:LONGEST_LIST], policy, today)
    return Preview(
        policy=policy,
        is_decided=decided is not None,
        due=[one for one in judged if one.verdict.may_be_destroyed],
        kept=[one for one in judged if not one.verdict.may_be_destroyed],
        has_more=len(cases) > LONGEST_LIST,
    )


def judged_case(session: Session, case: Case, now: datetime) -> Judged:
    """What becomes of this case."""
    policy = policy_of(session, case.administration_key) or RetentionPolicy(municipality="")
    return _judge_all(session, [case], policy, swedish_day(now))[0]


def hold_on(session: Session, case_id: int) -> LegalHold | None:
    """The hold that stands, if any."""
    return session.scalars(
        select(LegalHold)
        .where(LegalHold.case_id == case_id, LegalHold.lifted_at.is_(None))
        .options(joinedload(LegalHold.placed_by))
    ).first()


def destroyed(session: Session, caseworker: Caseworker) -> Sequence[DestructionEntry]:
    """The newest rows of the administration's destruction journal. Raises NotAllowed."""
    must_be_allowed("propose_destruction", caseworker)
    return session.scalars(
        select(DestructionEntry)
        .where(DestructionEntry.administration_key == caseworker.administration_key)
        .options(joinedload(DestructionEntry.proposed_by), joinedload(DestructionEntry.approved_by))
        .order_by(DestructionEntry.number.desc())
        .limit(LONGEST_LIST)
    ).all()


def _judge_all(session: Session, cases: Sequence[Case], policy: RetentionPolicy, today: date) -> list[Judged]:
    ids = [case.id for case in cases]
    notes, births, investigated = (
        _last_notes(session, ids),
        _births(session, ids),
        _investigated(session, ids),
    )
    held = set(
        session.scalars(
            select(LegalHold.case_id).where(LegalHold.case_id.in_(ids), LegalHold.lifted_at.is_(None))
        )
    )
    proposals = {
        one.case_id: one
        for one in session.scalars(
            select(DestructionProposal)
            .where(DestructionProposal.case_id.in_(ids))
            .options(joinedload(DestructionProposal.proposed_by))
        )
    }
    found = []
    for case in cases:
        last = max(one for one in (notes.get(case.id), case.closed_at, case.opened_at) if one is not None)
        recorded = RecordedCase(
            is_closed=case.closed_at is not None,
            is_held=case.id in held,
            last_note_on=swedish_day(last),
            births=tuple(births[case.id].values()),
            investigated=tuple(births[case.id].get(one) for one in sorted(investigated.get(case.id, ()))),
        )
        verdict = judge(recorded, policy, today)
        found.append(Judged(case, verdict, recorded.last_note_on, proposals.get(case.id)))
    return found


def _last_notes(session: Session, case_ids: Collection[int]) -> dict[int, datetime]:
    """When somebody last wrote something down in each case, or an event was recorded by itself."""
    rows = session.execute(
        select(JournalEntry.case_id, func.max(JournalEntry.at).label("last"))
        .where(
            JournalEntry.case_id.in_(case_ids),
            JournalEntry.what.not_in(NOT_A_NOTE),
            or_(JournalEntry.by_id.is_not(None), JournalEntry.what == "event_recorded"),
        )
        .group_by(JournalEntry.case_id)
        .execution_options(not_shown=True)
    )
    return {row.case_id: row.last for row in rows}


def _births(session: Session, case_ids: Collection[int]) -> Mapping[int, dict[int, date | None]]:
    """Per case the birthday of each person by id."""
    found: defaultdict[int, dict[int, date | None]] = defaultdict(dict)
    rows = session.execute(
        select(Person.case_id, Person.id, Person.born_on)
        .where(Person.case_id.in_(case_ids))
        .order_by(Person.id)
        .execution_options(not_shown=True)
    )
    for row in rows:
        found[row.case_id][row.id] = row.born_on
    return found


def _investigated(session: Session, case_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Per case with a child investigation the ids of the children that it may have been about.

    Every child of such a case counts: a wrong guess keeps a file too long, the other destroys one too early.
    """
    of_case = Event.case_id.in_(case_ids)
    opened = set(
        session.scalars(select(Event.case_id).where(of_case, Event.name == CHILD_INVESTIGATION).distinct())
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = session.execute(
        select(Person.case_id, Person.id, Person.roles)
        .where(Person.case_id.in_(opened))
        .execution_options(not_shown=True)
    )
    for row in rows:
        if CHILD_ROLES & set(row.roles):
            found[row.case_id].add(row.id)
    return {case_id: frozenset(found[case_id] or {NOBODY_KNOWN}) for case_id in opened}


NOBODY_KNOWN = 0
"""Stands for the child of an investigation whose case knows of no child; has no birthday that anybody knows."""
