"""Takes in a notice that another system hands in, without letting that system learn anything about the household.

A person who registers a notice is asked whether it belongs to an open case about the same home. A system must not be
asked: the question tells that there is a case (OSL 26:1). The notice is therefore placed by what it says itself, and
Coordination is told where somebody has to look twice; what the notice means is decided by a person, as always.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from processes.actions.events import shared_form
from processes.actions.notices import NOTICE_EVENT, add_persons, identity, open_case, register_in
from processes.actions.stated_notices import stated
from processes.errors import NotAllowed
from processes.forms import Form
from processes.forms.fields import Field, Section
from processes.models import ApiKey, Case, Notice, Notification, Person, Submission
from processes.queries.cases import lock_intake, open_cases_about
from processes.queries.choices import choices_in
from processes.rules.connections import SUBMIT, SYSTEM_KINDS
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork

SAID_BY_US = frozenset(
    {"channel", "informant", "landlord_name", "caseworker", "substitute", "case_choice", "case_number"}
) | {"duplicate_of", "note"}
"""Questions of the intake form that are not for another system: the key says them, or whoever works with the case."""
NOT_FOR_OUTSIDERS = frozenset({"protection"})
"""Whether somebody is protected is never taken from outside: unknown counts as protected, a mistaken "no" would not."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Signs that are not mistaken for each other when a reference is read aloud."""


def submission_form(work: UnitOfWork, kind: str) -> Form:
    """The intake form for this kind of notice as another system fills it in.

    When a notice came in is ours to say, but for what Kronofogden sends: its messages wait in a mailbox of ours.
    """
    left_out = SAID_BY_US if NOTICE_KINDS[kind].is_from_kfm else SAID_BY_US | {"received_at"}
    form = shared_form(work, NOTICE_EVENT).given("kind", kind)
    sections = [
        Section(one.title, tuple(_for_outsiders(field) for field in one.fields if field.name not in left_out))
        for one in form.sections
    ]
    return replace(form, sections=tuple(section for section in sections if section.fields))


def _for_outsiders(field: Field) -> Field:
    if field.name == "received_at":
        return replace(field, required=False)
    return replace(field, columns=tuple(one for one in field.columns if one.name not in NOT_FOR_OUTSIDERS))


def submit_notice(work: UnitOfWork, *, key: ApiKey, kind: str, answers: Mapping[str, Any]) -> Submission:
    """Take in a notice from the system that holds the key, and start what the notice calls for.

    Raises NotAllowed for a kind of notice that is not this system's to hand in, and AnswersRefused per field.
    """
    of_kind = SYSTEM_KINDS[key.kind]
    if SUBMIT not in key.scopes or kind not in of_kind.notices:
        raise NotAllowed(f"The key {key.prefix} hands in no notices of kind {kind}.")
    account = key.caseworker
    read = submission_form(work, kind).read(
        answers, choices_in(work.session, None, account, work.now).at(work.now)
    )
    said = {"received_at": work.now.isoformat()} | read
    said |= {"kind": kind, "channel": of_kind.channel, "informant": of_kind.informant}
    if key.landlord_name:
        said["landlord_name"] = key.landlord_name
    lock_intake(work.session, account.administration_key)
    about_home = open_cases_about(
        work.session, account.administration_key, said["address"], said.get("apartment") or ""
    )
    found = _case_it_belongs_to(work, account.administration_key, about_home, said)
    if found is None:
        case = open_case(work, account, said)
    else:
        case = work.lock(found.id)
        said |= _came_before(work, case, said)
        add_persons(work, case, account, said)
    notice = register_in(work, case, account, said, may_come_again=True)
    if found is None and about_home:
        _let_somebody_look(work, case, about_home)
    return _receipt(work, key, notice)


def _case_it_belongs_to(
    work: UnitOfWork, administration_key: str, about_home: Sequence[Case], said: Mapping[str, Any]
) -> Case | None:
    """The open case with the same number at Kronofogden, or about the same home with somebody named in both."""
    number = said.get("kfm_case_number")
    if number:
        of_number = (
            select(Case)
            .join(Notice, Notice.case_id == Case.id)
            .where(
                Notice.kfm_case_number == number,
                Case.administration_key == administration_key,
                Case.closed_at.is_(None),
            )
            .order_by(Case.id)
        )
        known = work.session.scalars(of_number).first()
        if known is not None:
            return known
    named = {identity(row.get("id_number"), row["name"]) for row in said.get("persons") or []}
    for case in about_home:
        if named & {identity(person.id_number, person.name) for person in work.rows(Person, case.id)}:
            return case
    return None


def _came_before(work: UnitOfWork, case: Case, said: Mapping[str, Any]) -> dict[str, int]:
    """If the same system has said exactly the same before, the number of that notice (E-10)."""
    words = _without_arrival(stated(said))
    notices = work.session.scalars(select(Notice).where(Notice.case_id == case.id).order_by(Notice.id))
    for notice in notices:
        if _without_arrival(notice.as_stated) == words:
            return {"duplicate_of": notice.duplicate_of_id or notice.id}
    return {}


def _without_arrival(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in ("received_at", "duplicate_of")}


def _let_somebody_look(work: UnitOfWork, case: Case, others: Sequence[Case]) -> None:
    numbers = ", ".join(other.number for other in others)
    work.add(
        Notification(
            case_id=case.id,
            administration_key=case.administration_key,
            unit=str(Unit.COORDINATION),
            text=f"Ett anslutet system har lämnat en underrättelse om samma bostad som {numbers}. "
            "Se efter om den gäller samma hushåll.",
            at=work.now,
        )
    )


def _receipt(work: UnitOfWork, key: ApiKey, notice: Notice) -> Submission:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    submission = Submission(
        reference="-".join(groups),
        submitted_by_id=key.caseworker_id,
        api_key_id=key.id,
        notice_id=notice.id,
        received_at=notice.received_at,
    )
    work.add(submission)
    work.session.flush()
    return submission
