"""Notices from other systems: handed in by a landlord's or an authority's, or registered in a person's name."""

from __future__ import annotations

from typing import Any

from app.api.form_schemas import schema_of_form
from app.api.operation import Call, Schema
from app.reads import show_nothing
from processes.actions.events import shared_form
from processes.actions.notices import NOTICE_EVENT, register_notice
from processes.actions.submissions import submission_form, submit_notice
from processes.models import Case, Submission
from processes.queries.api_keys import get_submission, submissions_of
from processes.rules.connections import SYSTEM_KINDS
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.unit_of_work import UnitOfWork

FROM_SYSTEMS = {
    letter: kind.label
    for letter, kind in NOTICE_KINDS.items()
    if any(letter in system.notices for system in SYSTEM_KINDS.values())
}
"""The kinds of notice that some connected system hands in."""
BY_STAFF = {letter: kind.label for letter, kind in NOTICE_KINDS.items()}


def submission_schema(work: UnitOfWork, kind: str) -> Schema:
    """What a connected system fills in."""
    return schema_of_form(submission_form(work, kind))


def intake_schema(work: UnitOfWork, kind: str) -> Schema:
    """What a person fills in who registers a notice."""
    return schema_of_form(shared_form(work, NOTICE_EVENT).given("kind", kind))


def submit(call: Call) -> dict[str, Any]:
    """Take the notice in. The answer is the same whether or not there is anything about the household already."""
    show_nothing()
    return _receipt(submit_notice(call.work, key=call.key, kind=call.named["kind"], answers=call.body))


def receipts(call: Call) -> dict[str, Any]:
    """What this system has handed in, the latest first."""
    page = submissions_of(
        call.work.session, call.caseworker, after=call.asked["after"], size=call.asked["limit"]
    )
    return {"receipts": [_receipt(one) for one in page.rows], "next_after": page.next_after}


def receipt(call: Call) -> dict[str, Any]:
    """One receipt again."""
    return _receipt(get_submission(call.work.session, call.named["reference"], call.caseworker))


def _receipt(submission: Submission) -> dict[str, Any]:
    return {
        "reference": submission.reference,
        "received_at": submission.received_at.isoformat(),
        "status": "received",
    }


def register(call: Call) -> dict[str, Any]:
    """Register the notice as the person would on the page."""
    answers = {**call.body, "kind": call.named["kind"]}
    notice = register_notice(call.work, caseworker=call.caseworker, answers=answers)
    show_nothing()
    return {
        "notice_id": notice.id,
        "case_id": notice.case_id,
        "case_number": call.work.session.get_one(Case, notice.case_id).number,
    }
