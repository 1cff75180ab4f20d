"""Takes in a notice: finds or opens its case, keeps what was stated, and lets the process of the notice begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from processes.actions.deadlines import Cause
from processes.actions.events import shared_form
from processes.actions.moving import settle
from processes.actions.stated_notices import notice_stating, stated
from processes.clock import swedish_day
from processes.errors import AnswersRefused, CaseNotFound, NotAllowed, NoticeAlreadyRegistered
from processes.forms import Form
from processes.models import Case, Caseworker, Dwelling, JournalEntry, Landlord, Notice, Person
from processes.operations.changes import change
from processes.operations.children import look_after_children_met_by_the_way
from processes.operations.consequences import add_person
from processes.operations.recording import Author, record
from processes.queries.access import may_see_case
from processes.queries.cases import (
    address_key,
    get_case_by_number,
    lock_intake,
    open_cases_about,
)
from processes.queries.choices import choices_in
from processes.queries.people import get_caseworker
from processes.rules.districts import district_name
from processes.rules.notice_kinds import NOTICE_KINDS, TO_BE_CONFIRMED
from processes.rules.permissions import may
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork

NOTICE_EVENT = "hyresvard.underrattelse"
"""The event that every notice gives, and the name of the form in which it is registered."""
NOT_YOURS = "Du har inte tillgång till det ärendet. Lämna underrättelsen till Samordningsfunktionen."
PROTECTED = ("secrecy_mark", "protected_registration")


def intake_form(work: UnitOfWork, kind: str) -> Form:
    """The intake form as far as this kind of notice asks; only Kronofogden's say whom an eviction concerns."""
    form = shared_form(work, NOTICE_EVENT).given("kind", kind)
    return form if NOTICE_KINDS[kind].is_from_kfm else form.without_column("persons", "is_defendant")


def register_notice(work: UnitOfWork, *, caseworker: Caseworker, answers: Mapping[str, Any]) -> Notice:
    """Register a notice with the intake form's answers and start what it calls for.

    Raises AnswersRefused per field, also when it must be said whether the notice belongs to an open case about the
    same home, and NoticeAlreadyRegistered for the same notice twice; then nothing has changed.
    """
    if not may("register_notice", caseworker.roles, caseworker.units):
        raise NotAllowed("Only the units that take in notices register them.")
    form = shared_form(work, NOTICE_EVENT)
    said = form.read(answers, choices_in(work.session, None, caseworker, work.now).at(work.now))
    if NOTICE_KINDS[said["kind"]].is_from_kfm:
        said.setdefault("informant", "kfm")
    return register_in(work, _case_for(work, caseworker, said), caseworker, said)


def register_in(
    work: UnitOfWork,
    case: Case,
    caseworker: Caseworker,
    said: dict[str, Any],
    *,
    may_come_again: bool = False,
) -> Notice:
    """Register a notice, as the intake form has read it, in a case that is open or has just been opened.

    Raises NoticeAlreadyRegistered for the same notice twice, unless it `may_come_again`: then it is kept as such.
    """
    notice = _notice(work, case, caseworker, said)
    same = _same_notice(work, notice) if notice.duplicate_of_id is None else None
    if same is not None and not may_come_again:
        raise NoticeAlreadyRegistered(same.id)
    if same is not None:
        notice.duplicate_of_id = same.duplicate_of_id or same.id
    work.add(notice)
    work.session.flush()
    work.forget_snapshot(case.id)
    author = Author(caseworker.id)
    _write_journal(work, case, notice)
    _appoint(work, case, caseworker, said)
    if notice.duplicate_of_id is not None:
        _count_from_earliest(work, case, notice)
    payload = {"kind": notice.kind, "informant": notice.informant, "received_at": said["received_at"]}
    if notice.duplicate_of_id is None or notice.kind in TO_BE_CONFIRMED:
        record(work, case, NOTICE_EVENT, payload, scope=Scope("notice", notice.id), author=author)
    if notice.duplicate_of_id is not None:
        look_after_children_met_by_the_way(work, case, notice)
    settle(work, case, cause=Cause.said(NOTICE_EVENT, caseworker.id, said))
    return notice


def _case_for(work: UnitOfWork, caseworker: Caseworker, said: Mapping[str, Any]) -> Case:
    choice = said.get("case_choice")
    if choice == "existing":
        try:
            found = get_case_by_number(work.session, said["case_number"], caseworker, work.now)
        except CaseNotFound as error:
            raise AnswersRefused({"case_number": "Det finns inget ärende med det numret."}) from error
        except NotAllowed as error:
            raise AnswersRefused({"case_number": NOT_YOURS}) from error
        case = work.lock(found.id)
        add_persons(work, case, caseworker, said)
        return case
    lock_intake(work.session, caseworker.administration_key)
    open_already = open_cases_about(
        work.session, caseworker.administration_key, said["address"], said.get("apartment") or ""
    )
    if open_already and choice is None:
        raise AnswersRefused({"case_choice": _which_case(work, caseworker, open_already)})
    _refuse_double_submit(work, open_already, said)
    return open_case(work, caseworker, said)


def _which_case(work: UnitOfWork, caseworker: Caseworker, open_already: Sequence[Case]) -> str:
    """What to answer about the open cases; of those that the person may not see only that there is one."""
    seen = [case for case in open_already if may_see_case(work.session, case, caseworker, work.now)]
    told = []
    if seen:
        numbers = ", ".join(case.number for case in seen)
        told.append(
            f"Det finns ett öppet ärende om samma bostad: {numbers}. "
            "Säg om underrättelsen hör dit eller gäller ett annat hushåll."
        )
    if len(seen) < len(open_already):
        told.append(
            "Det finns ett öppet ärende om samma bostad som du inte har tillgång till. Kan underrättelsen höra "
            "dit, lämna den till Samordningsfunktionen; säg annars att den gäller ett annat hushåll."
        )
    return " ".join(told)


def _refuse_double_submit(work: UnitOfWork, open_already: Sequence[Case], said: Mapping[str, Any]) -> None:
    """The very same form, word for word, about the same home: somebody has sent it twice."""
    words = stated(said)
    for case in open_already:
        for notice in work.rows(Notice, case.id):
            if notice.as_stated == words:
                raise NoticeAlreadyRegistered(notice.id)


def open_case(work: UnitOfWork, caseworker: Caseworker, said: Mapping[str, Any]) -> Case:
    """A new case about the home and the persons that the notice names."""
    dwelling = Dwelling(
        address=said["address"],
        apartment=said.get("apartment") or "",
        address_key=address_key(said["address"], said.get("apartment") or ""),
        rooms=said.get("rooms") or "",
        district=district_name(said.get("district")),
        contract_kind=said["contract_kind"],
        landlord=_landlord(work, caseworker, said),
    )
    case = Case(
        number=f"new-{uuid4()}",
        administration_key=caseworker.administration_key,
        dwelling=dwelling,
        opened_at=work.now,
        refreshed_on=swedish_day(work.now),
    )
    work.open_case(case)
    case.number = f"KVB {work.now.year}-{case.id:06d}"
    add_persons(work, case, caseworker, said)
    work.add(
        JournalEntry(
            case_id=case.id, at=work.now, by_id=caseworker.id, what="case_opened", subject=case.number
        )
    )
    return case


def _landlord(work: UnitOfWork, caseworker: Caseworker, said: Mapping[str, Any]) -> Landlord | None:
    name = (said.get("landlord_name") or "").strip()
    if not name:
        return None
    known = work.session.scalars(
        select(Landlord).where(
            Landlord.administration_key == caseworker.administration_key, Landlord.name == name
        )
    ).first()
    if known is not None:
        known.registered_mail_address = known.registered_mail_address or said.get("landlord_address") or ""
        known.contact = known.contact or said.get("landlord_contact") or ""
        return known
    return Landlord(
        administration_key=caseworker.administration_key,
        name=name,
        kind=said.get("landlord_kind") or "",
        contact=said.get("landlord_contact") or "",
        registered_mail_address=said.get("landlord_address") or "",
    )


def add_persons(work: UnitOfWork, case: Case, caseworker: Caseworker, said: Mapping[str, Any]) -> None:
    """Add those who are new to the case; of the others only that they are protected now is taken over."""
    known = {identity(person.id_number, person.name): person for person in work.rows(Person, case.id)}
    for row in said.get("persons") or []:
        person = known.get(identity(row.get("id_number"), row["name"]))
        if person is None:
            add_person(work, case, row, by=caseworker.id)
        elif row.get("protection") in PROTECTED and person.protection != row["protection"]:
            told = {"person": person.id, "protection": row["protection"]}
            record(work, case, "skydd.andrat", told, author=Author(caseworker.id))


def identity(number: str | None, name: str) -> str:
    """What tells persons of one case apart: the number, or else the name."""
    return (number or name).casefold()


def _notice(work: UnitOfWork, case: Case, caseworker: Caseworker, said: dict[str, Any]) -> Notice:
    notice = notice_stating(said)
    notice.case_id = case.id
    notice.defendants = _defendants(work, case, said)
    notice.duplicate_of_id = _duplicate_of(work, case, said)
    notice.registered_at, notice.registered_by_id = work.now, caseworker.id
    return notice


def _defendants(work: UnitOfWork, case: Case, said: Mapping[str, Any]) -> list[int]:
    rows = said.get("persons") or []
    named = {identity(row.get("id_number"), row["name"]) for row in rows if row.get("is_defendant")}
    persons = work.rows(Person, case.id)
    return [person.id for person in persons if identity(person.id_number, person.name) in named]


def _duplicate_of(work: UnitOfWork, case: Case, said: Mapping[str, Any]) -> int | None:
    chosen = said.get("duplicate_of")
    if chosen is None:
        return None
    original = work.session.get(Notice, chosen)
    if original is None or original.case_id != case.id:
        raise AnswersRefused({"duplicate_of": "Välj en underrättelse i samma ärende."})
    return original.duplicate_of_id or original.id


def _same_notice(work: UnitOfWork, notice: Notice) -> Notice | None:
    """The same notice, which is refused until it is said that it came again (E-10)."""
    if not work.rows(Notice, notice.case_id):
        return None
    return work.session.scalars(
        select(Notice)
        .where(
            Notice.case_id == notice.case_id,
            Notice.kind == notice.kind,
            Notice.kfm_case_number.is_not_distinct_from(notice.kfm_case_number),
            Notice.eviction_at.is_not_distinct_from(notice.eviction_at),
            Notice.amount_due.is_not_distinct_from(notice.amount_due),
            Notice.notice_dated_on.is_not_distinct_from(notice.notice_dated_on),
            Notice.posted_on.is_not_distinct_from(notice.posted_on),
            Notice.received_at == notice.received_at,
        )
        .order_by(Notice.id)
    ).first()


def _count_from_earliest(work: UnitOfWork, case: Case, notice: Notice) -> None:
    original = work.session.get_one(Notice, notice.duplicate_of_id)
    earliest = min(original.received_at, notice.received_at)
    change(work, case, original, by=notice.registered_by_id, received_at=earliest)


def _appoint(work: UnitOfWork, case: Case, caseworker: Caseworker, said: Mapping[str, Any]) -> None:
    for key, column in (("caseworker", "responsible"), ("substitute", "substitute")):
        if said.get(key) is not None:
            appointed = get_caseworker(work.session, said[key])
            change(work, case, case, by=caseworker.id, **{column: appointed})


def _write_journal(work: UnitOfWork, case: Case, notice: Notice) -> None:
    work.add(
        JournalEntry(
            case_id=case.id,
            at=work.now,
            by_id=notice.registered_by_id,
            what="notice_registered",
            subject=notice.kind,
            details={"notice": notice.id, "duplicate_of": notice.duplicate_of_id},
        )
    )
