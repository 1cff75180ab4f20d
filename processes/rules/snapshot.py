"""A case as the rules see it: one frozen picture of what is known, read in one go.

Facts, gates and due dates are pure functions of this picture and an instant, so the law can be tested without a
database. `processes/queries/snapshots.py` makes the picture from the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from processes.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Scope:
    """What an event or a running process is about: the whole case, or one notice, application, request ... in it."""

    kind: str
    """case, notice, application, request, report, watch or person."""
    id: int


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person in the case."""

    id: int
    name: str
    roles: frozenset[str]
    """contract_holder, co_tenant, partner, adult_resident, child, contact_child, guardian_elsewhere, representative."""
    protection: str = "unknown"
    """none, secrecy_mark, protected_registration, unknown; unknown counts as protected."""
    born_on: date | None = None
    died_on: date | None = None
    registered_here: bool | None = None

    @property
    def is_child(self) -> bool:
        return bool(self.roles & {"child", "contact_child"})


@dataclass(frozen=True, slots=True)
class NoticeSeen:
    """A notice (sv. underrättelse) with the facts its deadlines start from."""

    id: int
    kind: str
    """One letter, A to J (data 2.2)."""
    grounds: frozenset[str]
    """arrears, disturbance, serious_disturbance, repeated_late_payment, sublet, crime, other."""
    informant: str
    """landlord, disturbance_patrol, kfm, other_administration, relative, other_private, individual, own_observation."""
    received_at: datetime
    posted_on: date | None = None
    """When the landlord posted the message to the board."""
    posted_registered: bool = False
    notice_dated_on: date | None = None
    served_on: date | None = None
    """When the tenant was served, as far as known."""
    served_confirmed: bool = False
    amount_due: Decimal | None = None
    must_move_anyway: bool = False
    stance: str | None = None
    """handle, add_to_case, forward, not_for_us, advice_only; None until decided."""
    kfm_case_number: str | None = None
    eviction_at: datetime | None = None
    eviction_has_time: bool = True
    defendants: tuple[int, ...] = ()
    """Ids of the persons whom the eviction concerns."""
    tells_of_children: bool = False
    """Kronofogden knows of children in the household."""


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent to break secrecy (sv. samtycke): one giver, one recipient."""

    id: int
    giver: int
    recipient: str
    """landlord, disturbance_patrol, ffs, avo, etb, other_board, budget_adviser, kfm, health_care, employer, relative,
    tenants_association."""
    purposes: frozenset[str]
    """negotiate_stay, inform_of_measures, apply_for_measure, coordinate, follow_up, other."""
    scopes: frozenset[str]
    """payment, measures, health, household, contact_data."""
    direction: str
    """give, obtain or both."""
    given_at: datetime
    valid_until: date | None = None
    withdrawn_at: datetime | None = None
    informed_voluntary: bool = True
    informed_how_to_revoke: bool = True


@dataclass(frozen=True, slots=True)
class AttemptSeen:
    """A contact attempt (sv. kontaktförsök)."""

    id: int
    person: int | None
    channel: str
    """phone, sms, letter, booked_meeting, announced_visit, unannounced_visit, via_relative, digital."""
    outcome: str
    """reached, message_left, no_answer, wrong_number, refused, returned_mail."""
    at: datetime


@dataclass(frozen=True, slots=True)
class EventSeen:
    """Something that happened in the case and was recorded (sv. händelse)."""

    id: int
    name: str
    scope: Scope
    at: datetime
    """When it happened."""
    recorded_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseSnapshot:
    """Everything the rules may know about a case at one moment."""

    case_id: int
    number: str
    administration: str
    opened_at: datetime
    contract_kind: str = "first_hand"
    """first_hand, second_hand_approved, second_hand_unapproved, municipal, cooperative, lodger, other, unknown."""
    landlord_contact: str = ""
    """Whom one reaches at the landlord's, and where, as far as anybody has said."""
    is_closed: bool = False
    persons: tuple[PersonSeen, ...] = ()
    notices: tuple[NoticeSeen, ...] = ()
    repeated: tuple[NoticeSeen, ...] = ()
    """Notices from Kronofogden that came again (E-10): they say nothing new, but each is to be confirmed."""
    consents: tuple[ConsentSeen, ...] = ()
    attempts: tuple[AttemptSeen, ...] = ()
    events: tuple[EventSeen, ...] = ()
    """In the order in which they were recorded; corrected ones are left out."""
    running: frozenset[str] = frozenset()
    """Keys of the processes that run in the case."""
    policy: Policy = field(default_factory=Policy)

    def events_named(self, *names: str, scope: Scope | None = None) -> list[EventSeen]:
        """The events with one of `names`, oldest first, of one scope if given."""
        return [e for e in self.events if e.name in names and (scope is None or e.scope == scope)]

    def latest(self, *names: str, scope: Scope | None = None) -> EventSeen | None:
        """The newest event with one of `names`, or nothing."""
        found = self.events_named(*names, scope=scope)
        return found[-1] if found else None

    @property
    def received(self) -> tuple[NoticeSeen, ...]:
        """Every notice that somebody must answer, those that came again too."""
        return self.notices + self.repeated

    def notice(self, notice_id: int) -> NoticeSeen:
        """The notice with this id; KeyError if the case has none."""
        for notice in self.notices:
            if notice.id == notice_id:
                return notice
        raise KeyError(notice_id)
