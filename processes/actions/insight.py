"""Hands a person's file out: asks whether it may be, and writes down to whom, by whom and what was left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass

from processes.clock import swedish_day
from processes.errors import AnswersRefused, NotHandedOut
from processes.models import Case, Caseworker, JournalEntry, Person
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.file_extract import Extract, extract_of
from processes.queries.personal_files import CHILD_ROLES, file_of
from processes.queries.persons_seen import sight_of
from processes.rules.consent import age_on
from processes.rules.insight import HandingOut, Recipient, objection_to
from processes.rules.permissions import delegations_of
from processes.rules.protection import is_protected
from processes.unit_of_work import UnitOfWork

SHORTEST_REASON = 10
FORMATS = ("pdf", "json")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose file is to be handed out to whom."""

    case_id: int
    person_id: int
    recipient: Recipient = Recipient.SELF
    to_person_id: int | None = None
    """Which person of the case gets it; not for the person's own."""
    withheld: Collection[str] = ()
    """Entries held back, as `event:12` (OSL 10:3)."""


@dataclass(frozen=True, slots=True)
class Handing:
    """How it is handed out, and what who does it vouches for."""

    format: str
    reason: str = ""
    """By what right somebody else than the person gets it, or why entries are held back."""
    is_reviewed: bool = False
    """Somebody has read it through: no program sees every word for somebody."""
    identity_checked: bool = False


def look_at_extract(work: UnitOfWork, *, caseworker: Caseworker, wanted: Wanted) -> Extract:
    """The extract as it would be handed out. Raises as `get_case` does, NotAllowed, PersonNotFound, NotHandedOut."""
    must_be_allowed("hand_out_file", caseworker)
    case = get_case(work.session, wanted.case_id, caseworker, work.now)
    person = file_of(work.session, case, wanted.person_id).person
    objection = objection_to(_asked(work, case, person, caseworker, wanted.recipient))
    if objection is not None:
        raise NotHandedOut(objection)
    to_person = person.id if wanted.recipient is Recipient.SELF else wanted.to_person_id
    if to_person not in {one.id for one in may_receive(case, person, wanted.recipient)}:
        raise AnswersRefused({"to_person": "Välj vem i ärendet som får akten."})
    return extract_of(work.session, case, person.id, to_person or person.id, wanted.withheld)


def may_receive(case: Case, person: Person, recipient: Recipient) -> list[Person]:
    """The persons of the case who can be this kind of recipient of the person's file."""
    if recipient is Recipient.SELF:
        return [person]
    is_representative = recipient is Recipient.REPRESENTATIVE
    return [
        one
        for one in case.persons
        if one.id != person.id
        and not CHILD_ROLES & set(one.roles)
        and ("representative" in one.roles) is is_representative
        and one.died_on is None
    ]


def hand_out_file(
    work: UnitOfWork,
    *,
    caseworker: Caseworker,
    wanted: Wanted,
    handing: Handing,
    write: Callable[[Extract], bytes],
) -> bytes:
    """Hand the file out, written by `write`, and note it in the journal with the fingerprint of what was given.

    Raises as `look_at_extract` does, and AnswersRefused per field until it is said that identity and text were checked,
    and why, if somebody else gets it or something is held back.
    """
    extract = look_at_extract(work, caseworker=caseworker, wanted=wanted)
    _must_be_vouched_for(wanted, handing)
    work.lock(wanted.case_id)
    written = write(extract)
    work.add(
        JournalEntry(
            case_id=wanted.case_id,
            at=work.now,
            by_id=caseworker.id,
            what="file_handed_out",
            subject=str(wanted.recipient),
            details={
                "person": wanted.person_id,
                "recipient": str(wanted.recipient),
                "to": extract.recipient.id,
                "format": handing.format,
                "withheld": sorted(wanted.withheld),
                "reason": handing.reason.strip(),
                "sha256": hashlib.sha256(written).hexdigest(),
            },
        )
    )
    work.session.flush()
    return written


def _must_be_vouched_for(wanted: Wanted, handing: Handing) -> None:
    problems: dict[str, str] = {}
    if handing.format not in FORMATS:
        problems["format"] = "Välj PDF eller JSON."
    if not handing.is_reviewed:
        problems["is_reviewed"] = "Läs igenom allt och pröva sekretessen innan du lämnar ut akten."
    if not handing.identity_checked:
        problems["identity_checked"] = "Kontrollera vem som får akten."
    needs_reason = wanted.recipient is not Recipient.SELF or wanted.withheld
    if needs_reason and len(handing.reason.strip()) < SHORTEST_REASON:
        problems["reason"] = "Skriv med vilken rätt någon annan får akten, eller varför något hålls tillbaka."
    if problems:
        raise AnswersRefused(problems)


def _asked(
    work: UnitOfWork, case: Case, person: Person, caseworker: Caseworker, recipient: Recipient
) -> HandingOut:
    sight = sight_of(work.session, case, caseworker, work.now, work.policy)
    delegations = delegations_of(caseworker.units, has_child_degree=caseworker.has_child_degree)
    return HandingOut(
        recipient=recipient,
        age=age_on(person.born_on, swedish_day(work.now)),
        is_child=bool(CHILD_ROLES & set(person.roles)),
        has_died=person.died_on is not None,
        is_protected=is_protected(person.protection),
        sees_everything=sight.sees_everything,
        decides_on_secrecy="disclose_on_legal_ground" in delegations,
    )
