"""The page on which a person's file is read through and handed out, as a PDF or as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request

from app.extract_document import Written, as_json, as_pdf
from app.failures import sentence_about
from app.journal import Words
from app.reads import state_purpose
from app.redisplay import shows_again
from app.texts import in_swedish
from app.web import running_system, signed_in
from processes.actions.events import shared_form
from processes.actions.insight import Handing, Wanted, hand_out_file, look_at_extract, may_receive
from processes.actions.notices import NOTICE_EVENT
from processes.clock import swedish_day
from processes.errors import AnswersRefused, Invalid, NotHandedOut
from processes.models import Caseworker
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.choices import choices_in
from processes.queries.file_extract import Extract
from processes.queries.personal_files import file_of
from processes.queries.persons_seen import sight_of
from processes.queries.tasks import tasks_of_case
from processes.rules.insight import RECIPIENTS, Recipient
from processes.unit_of_work import UnitOfWork

PURPOSE = "partsinsyn"
ENTRY = re.compile(r"(event|task|notice|letter):\d{1,18}", re.ASCII)
KINDS = {"pdf": "application/pdf", "json": "application/json"}

pages = Blueprint("insight", __name__, url_prefix="/arenden")


@pages.get("/<id:case_id>/personer/<id:person_id>/utlamnande")
def show(case_id: int, person_id: int) -> str:
    """The file as it would be handed out, to be read through."""
    return _page(_wanted(case_id, person_id, request.args))


@pages.post("/<id:case_id>/personer/<id:person_id>/utlamnande")
def hand_out(case_id: int, person_id: int) -> Response | tuple[str, int]:
    """Hand the file out."""
    wanted = _wanted(case_id, person_id, request.form)
    handing = Handing(
        format=request.form.get("format", ""),
        reason=request.form.get("reason", ""),
        is_reviewed="is_reviewed" in request.form,
        identity_checked="identity_checked" in request.form,
    )
    state_purpose(f"{PURPOSE}: {wanted.recipient}")
    try:
        with running_system().transaction() as work, in_swedish():
            caseworker = signed_in(work)

            def write(extract: Extract) -> bytes:
                written = _written(work, caseworker, extract, wanted.recipient)
                return as_json(written) if handing.format == "json" else as_pdf(written)

            file = hand_out_file(work, caseworker=caseworker, wanted=wanted, handing=handing, write=write)
    except AnswersRefused as refused:
        return _page(wanted, problems=refused.problems), 400
    except NotHandedOut as refused:
        return _page(wanted, trouble=sentence_about(refused)), 409
    answer = Response(file, mimetype=KINDS[handing.format])
    name = f"akt-{case_id}-{person_id}.{handing.format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@shows_again("insight.hand_out")
def _stale(case_id: int, person_id: int, trouble: str) -> str:
    return _page(_wanted(case_id, person_id, request.form), trouble=trouble)


def _wanted(case_id: int, person_id: int, asked: Mapping[str, str]) -> Wanted:
    try:
        recipient = Recipient(asked.get("till", Recipient.SELF))
    except ValueError as error:
        raise Invalid("there is no such recipient") from error
    to_person = asked.get("vem", "")
    withheld = request.form.getlist("withhold")
    if not all(map(ENTRY.fullmatch, withheld)):
        raise Invalid("this is no entry")
    return Wanted(
        case_id,
        person_id,
        recipient,
        int(to_person) if re.fullmatch(r"\d{1,18}", to_person, re.ASCII) else None,
        frozenset(withheld),
    )


def _written(work: UnitOfWork, caseworker: Caseworker, extract: Extract, recipient: Recipient) -> Written:
    case = extract.case
    sight = sight_of(work.session, case, caseworker, work.now, work.policy)
    return Written(
        extract=extract,
        words=Words(work, tasks_of_case(work.session, case.id), sight),
        choices=choices_in(work.session, case, caseworker, work.now),
        notice_form=shared_form(work, NOTICE_EVENT),
        authority=caseworker.administration.name,
        recipient=recipient,
        on=swedish_day(work.now),
    )


def _page(wanted: Wanted, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    """The page; what is held back is ticked and shown, so that it can be given back."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("hand_out_file", caseworker)
        case = get_case(work.session, wanted.case_id, caseworker, work.now)
        person = file_of(work.session, case, wanted.person_id).person
        everything = Wanted(wanted.case_id, wanted.person_id, wanted.recipient, wanted.to_person_id)
        written = None
        problems = dict(problems or {})
        try:
            extract = look_at_extract(work, caseworker=caseworker, wanted=everything)
            written = _written(work, caseworker, extract, wanted.recipient)
        except NotHandedOut as refused:
            trouble = trouble or sentence_about(refused)
        except AnswersRefused as refused:
            problems |= refused.problems
        return render_template(
            "persons/hand_out.html",
            case=case,
            person=person,
            sight=sight_of(work.session, case, caseworker, work.now, work.policy),
            wanted=wanted,
            recipients=RECIPIENTS,
            others=may_receive(case, person, wanted.recipient),
            written=written,
            problems=problems,
            trouble=trouble,
            typed=request.form,
        )
