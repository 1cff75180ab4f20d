"""What an event changes in the tables besides being written down: a consent becomes a consent row, and so on.

Each function is named by the event in `CONSEQUENCES` and answers with further messages that the event gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from processes.errors import AnswersRefused
from processes.models import (
    Case,
    Caseworker,
    Consent,
    ContactAttempt,
    Disclosure,
    Event,
    JournalEntry,
    Notice,
    Person,
)
from processes.operations.changes import change
from processes.operations.children import children_ruled_out, look_after_children_met_by_the_way
from processes.operations.letter_sending import letters_sent
from processes.operations.letters import redirect_unsent
from processes.rules.consent import rows_to_withdraw
from processes.rules.permissions import delegations_of
from processes.rules.protection import is_protected
from processes.unit_of_work import UnitOfWork

COORDINATION_DAYS = 60
"""What a samordningsnummer adds to the day of birth."""
CHAPTER_7 = "avhysning-kronofogden"
Consequence = Callable[[UnitOfWork, Case, Event], Iterable[str]]


def consent_given(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """A consent row; both items of information must have been given (handboken 5.4)."""
    said = event.payload
    person = person_of(work, case, said.get("giver"), "giver")
    work.add(
        Consent(
            case_id=case.id,
            giver_id=person.id,
            recipient=said["recipient"],
            recipient_name=said.get("recipient_name") or "",
            purposes=list(said.get("purposes") or []),
            scopes=list(said.get("scopes") or []),
            direction=said["direction"],
            form=said.get("form") or "oral",
            given_at=_instant(said.get("given_at")) or event.at,
            valid_until=_day(said.get("valid_until")),
            informed_voluntary=bool(said.get("informed_voluntary")),
            informed_how_to_revoke=bool(said.get("informed_how_to_revoke")),
            interpreter=said.get("interpreter") or "",
            recorded_by_id=event.recorded_by_id,
        )
    )
    return ("samtycke.andrat",)


def consent_withdrawn(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """The giver's consents to the named recipients end now; no recipients named means all of them (R-102)."""
    person = person_of(work, case, event.payload.get("giver"), "giver")
    recipients = event.payload.get("recipients") or []
    seen = work.snapshot(case.id).consents
    closed = rows_to_withdraw(seen, person.id, recipients, event.at, work.now)
    for consent in work.rows(Consent, case.id):
        if consent.id in closed:
            change(work, case, consent, by=event.recorded_by_id, withdrawn_at=event.at)
    return ("samtycke.andrat",)


def contact_attempted(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """A contact-attempt row; a person who was reached is reached (R-128: a letter alone never is)."""
    said = event.payload
    person_id = said.get("person")
    if person_id is not None:
        person_of(work, case, person_id, "person")
    work.add(
        ContactAttempt(
            case_id=case.id,
            person_id=person_id,
            channel=said["channel"],
            outcome=said["outcome"],
            at=event.at,
            note=said.get("note") or "",
            recorded_by_id=event.recorded_by_id,
        )
    )
    return ()


def disclosed(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """A line in the disclosure log (data 2.4)."""
    said = event.payload
    work.add(
        Disclosure(
            case_id=case.id,
            recipient=said["recipient"],
            recipient_name=said.get("recipient_name") or "",
            contents=list(said.get("what") or []),
            ground=said.get("ground") or "consent",
            channel=said.get("channel") or "",
            at=event.at,
            recorded_by_id=event.recorded_by_id,
        )
    )
    return ()


def stance_taken(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """The position taken on a notice (R-049): stance, and the grounds as the caseworker reads them."""
    said = event.payload
    notice = work.session.get_one(Notice, event.scope_id)
    taken = {key: said[key] for key in ("stance", "grounds", "informant") if said.get(key)}
    change(work, case, notice, by=event.recorded_by_id, **taken)
    look_after_children_met_by_the_way(work, case, notice)
    return caseworker_appointed(work, case, event)


APPOINTED = {"caseworker": "responsible", "substitute": "substitute"}
"""What an appointment calls them, and the case."""


def caseworker_appointed(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """The responsible caseworker and the substitute of the case."""
    chosen = {key: event.payload[key] for key in APPOINTED if event.payload.get(key) is not None}
    for key, appointed in _colleagues(work, case, chosen).items():
        change(work, case, case, by=event.recorded_by_id, **{APPOINTED[key]: appointed})
    return ()


def _colleagues(work: UnitOfWork, case: Case, chosen: Mapping[str, Any]) -> dict[str, Caseworker]:
    """The caseworkers with these ids, by field; raises AnswersRefused for nobody in the case's administration."""
    ids = {field: int(caseworker_id or 0) for field, caseworker_id in chosen.items()}
    held = [one for one in work.session.identity_map.values() if isinstance(one, Caseworker)]
    others = sorted({*ids.values()} - {one.id for one in held})
    if others:
        wanted = select(Caseworker).where(Caseworker.id.in_(others)).options(lazyload(Caseworker.memberships))
        with work.session.no_autoflush:
            held += work.session.scalars(wanted).all()
    ours = {one.id: one for one in held if one.administration_key == case.administration_key}
    if not ours.keys() >= set(ids.values()):
        raise AnswersRefused(
            {field: "Välj en handläggare i din förvaltning." for field, one in ids.items() if one not in ours}
        )
    return {field: ours[one] for field, one in ids.items()}


def legal_ground_decided(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """A legal ground for telling without consent counts only when a delegate has approved it (OSL 10:28)."""
    approver = _colleagues(work, case, {"approved_by": event.payload.get("approved_by")})["approved_by"]
    decides = delegations_of(approver.units, has_child_degree=approver.has_child_degree)
    if "disclose_on_legal_ground" not in decides:
        raise AnswersRefused(
            {"approved_by": "Välj någon som får besluta om det enligt delegationsordningen."}
        )
    return ()


def notice_corrected(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """New dates or amounts on a notice; what the landlord first stated stays in `as_stated` (RH 1995:34)."""
    said = event.payload
    notice = work.session.get_one(Notice, event.scope_id)
    days = {key: _day(said[key]) for key in ("served_on", "posted_on", "notice_dated_on") if said.get(key)}
    marks = ("served_confirmed", "posted_registered", "must_move_anyway")
    corrected: dict[str, Any] = days | {key: bool(said[key]) for key in marks if said.get(key) is not None}
    if said.get("amount_due"):
        corrected["amount_due"] = Decimal(said["amount_due"])
    change(work, case, notice, by=event.recorded_by_id, **corrected)
    author = work.session.get(Caseworker, event.recorded_by_id) if event.recorded_by_id else None
    if author is not None and said.get("served_confirmed"):
        event.payload = {**said, "confirmed_by": author.name}
    return ()


def eviction_date_set(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """A case with an eviction date is in the enforcement phase (handboken 2, figure 1).

    Where chapter 7 runs already, a fresh notice is a new date to it.
    """
    change(work, case, case, by=event.recorded_by_id, phase="enforcement")
    is_new_to_chapter_7 = event.name == "kfm.underrattelse" and CHAPTER_7 in work.snapshot(case.id).running
    return ("kfm.nyTid",) if is_new_to_chapter_7 else ()


def protection_changed(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """The person's protection status from now on, also for letters that wait to be sent (E-30)."""
    person = person_of(work, case, event.payload.get("person"), "person")
    change(work, case, person, by=event.recorded_by_id, protection=event.payload["protection"])
    if is_protected(person.protection):
        redirect_unsent(work, case, person)
    return ()


def person_died(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """Contact with the person stops (E-41)."""
    died_on = _day(event.payload.get("on")) or event.at.date()
    person = person_of(work, case, event.payload.get("person"), "person")
    change(work, case, person, by=event.recorded_by_id, died_on=died_on)
    return ()


def person_found(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """A person who was not known before gets a row of their own, with own protection (R-120, R-129)."""
    if event.payload.get("person") is not None:
        person_of(work, case, event.payload["person"], "person")
        return ()
    person = add_person(work, case, event.payload, by=event.recorded_by_id, event_name=event.name)
    event.payload = {**event.payload, "person": person.id}
    return ()


def add_person(
    work: UnitOfWork, case: Case, said: dict[str, Any], *, by: int | None, event_name: str = ""
) -> Person:
    """A new person row from an answer row with name, role(s), id_kind, id_number, protection ..."""
    id_kind, born_on = identity_of(said.get("id_number") or "")
    role = said.get("role") or ("child" if event_name == "barn.upptackt" else "adult_resident")
    person = Person(
        case_id=case.id,
        name=said.get("name") or "Okänt namn",
        roles=list(said.get("roles") or [role]),
        id_kind=said.get("id_kind") or id_kind,
        id_number=said.get("id_number") or "",
        born_on=_day(said.get("born_on")) or born_on,
        protection=said.get("protection") or "unknown",
        own_address=said.get("own_address") or "",
        language=said.get("language") or "",
        needs_interpreter=bool(said.get("needs_interpreter")),
        registered_here=said.get("registered_here"),
        recorded_at=work.at,
    )
    work.add(person)
    work.session.flush()
    work.forget_snapshot(case.id)
    details = {"person": person.id, "roles": person.roles, "protection": person.protection}
    work.add(JournalEntry(case_id=case.id, at=work.at, by_id=by, what="person_added", details=details))
    return person


def identity_of(number: str) -> tuple[str, date | None]:
    """What a personnummer or samordningsnummer says by itself: its kind and the day of birth."""
    digits = number.replace("-", "")
    if len(digits) != 12:
        return "unknown", None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if day > COORDINATION_DAYS:
        return "coordination_number", date(year, month, day - COORDINATION_DAYS)
    return "personal_number", date(year, month, day)


def person_of(work: UnitOfWork, case: Case, person_id: Any, field: str) -> Person:
    """The person with this id; raises AnswersRefused when it is nobody in the case."""
    person = work.session.get(Person, int(person_id)) if person_id is not None else None
    if person is None or person.case_id != case.id:
        raise AnswersRefused({field: "Välj en person i ärendet."})
    return person


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


CONSEQUENCES: dict[str, Consequence] = {
    "stallningstagande.gjort": stance_taken,
    "handlaggare.utsedd": caseworker_appointed,
    "person.funnen": person_found,
    "samtycke.givet": consent_given,
    "samtycke.aterkallat": consent_withdrawn,
    "kontaktforsok.gjort": contact_attempted,
    "uppgift.lamnad": disclosed,
    "bekraftelse.skickad": letters_sent,
    "atagande.postat": letters_sent,
    "anstand.begart": letters_sent,
    "sekretessgrund.beslutad": legal_ground_decided,
    "underlag.andrat": notice_corrected,
    "kfm.underrattelse": eviction_date_set,
    "kfm.nyTid": eviction_date_set,
    "skydd.andrat": protection_changed,
    "avliden": person_died,
    "barn.upptackt": person_found,
    "barn.uteslutet": children_ruled_out,
    "boende.upptackt": person_found,
}
