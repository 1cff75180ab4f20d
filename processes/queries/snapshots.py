"""Shows a case as the rules see it: one frozen picture, made from its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from processes.models import Case, Consent, ContactAttempt, Event, Notice, Person, ProcessInstance
from processes.rules.policy import Policy
from processes.rules.snapshot import (
    AttemptSeen,
    CaseSnapshot,
    ConsentSeen,
    EventSeen,
    NoticeSeen,
    PersonSeen,
    Scope,
)


def snapshot_of(case: Case, rows: Callable[[type[Any]], Sequence[Any]], policy: Policy) -> CaseSnapshot:
    """The picture of the case; `rows` answers its rows of a table, oldest first (queries/case_rows.py)."""
    running = frozenset(row.process_key for row in rows(ProcessInstance) if row.ended_at is None)
    return CaseSnapshot(
        case_id=case.id,
        number=case.number,
        administration=case.administration_key,
        opened_at=case.opened_at,
        contract_kind=case.dwelling.contract_kind,
        landlord_contact=case.dwelling.landlord.contact if case.dwelling.landlord else "",
        is_closed=case.closed_at is not None,
        persons=tuple(person_seen(row) for row in rows(Person)),
        notices=tuple(notice_seen(row) for row in rows(Notice) if row.duplicate_of_id is None),
        repeated=tuple(notice_seen(row) for row in rows(Notice) if row.duplicate_of_id is not None),
        consents=tuple(consent_seen(row) for row in rows(Consent)),
        attempts=tuple(attempt_seen(row) for row in rows(ContactAttempt)),
        events=tuple(event_seen(row) for row in rows(Event)),
        running=running,
        policy=policy,
    )


def person_seen(row: Person) -> PersonSeen:
    """A person as the rules see it."""
    return PersonSeen(
        id=row.id,
        name=row.name,
        roles=frozenset(row.roles),
        protection=row.protection,
        born_on=row.born_on,
        died_on=row.died_on,
        registered_here=row.registered_here,
    )


def notice_seen(row: Notice) -> NoticeSeen:
    """A notice as the rules see it."""
    return NoticeSeen(
        id=row.id,
        kind=row.kind,
        grounds=frozenset(row.grounds),
        informant=row.informant,
        received_at=row.received_at,
        posted_on=row.posted_on,
        posted_registered=row.posted_registered,
        notice_dated_on=row.notice_dated_on,
        served_on=row.served_on,
        served_confirmed=row.served_confirmed,
        amount_due=row.amount_due,
        must_move_anyway=row.must_move_anyway,
        stance=row.stance,
        kfm_case_number=row.kfm_case_number,
        eviction_at=row.eviction_at,
        eviction_has_time=row.eviction_has_time,
        defendants=tuple(row.defendants),
        tells_of_children=row.as_stated.get("children_known_to_kfm") is True,
    )


def consent_seen(row: Consent) -> ConsentSeen:
    """A consent as the rules see it."""
    return ConsentSeen(
        id=row.id,
        giver=row.giver_id,
        recipient=row.recipient,
        purposes=frozenset(row.purposes),
        scopes=frozenset(row.scopes),
        direction=row.direction,
        given_at=row.given_at,
        valid_until=row.valid_until,
        withdrawn_at=row.withdrawn_at,
        informed_voluntary=row.informed_voluntary,
        informed_how_to_revoke=row.informed_how_to_revoke,
    )


def attempt_seen(row: ContactAttempt) -> AttemptSeen:
    """A contact attempt as the rules see it."""
    return AttemptSeen(id=row.id, person=row.person_id, channel=row.channel, outcome=row.outcome, at=row.at)


def event_seen(row: Event) -> EventSeen:
    """An event as the rules see it."""
    return EventSeen(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope_kind, row.scope_id),
        at=row.at,
        recorded_at=row.recorded_at,
        payload=row.payload,
    )
