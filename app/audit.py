"""The auditor's pages: who has read what, patterns to ask about, samples with notes, and extracts for a person.

They show who read which case and why, and nothing that is known of the case. What the auditor looks at is logged too.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.audit_labels import AUDIT_LABELS
from app.csv_export import csv_response
from app.labels import label
from app.reads import request_id
from app.texts import t
from app.web import place_in_list, running_system, signed_in
from processes.actions.read_log import FINDINGS, draw_sample, review_read, write_read
from processes.clock import swedish_day, swedish_time
from processes.errors import AnswersRefused, Invalid
from processes.models import Caseworker, ReadEntry
from processes.queries.people import names_of
from processes.queries.read_log import (
    Wanted,
    find_case_id,
    get_sample,
    numbers_of_cases,
    reads,
    reads_about,
    reviews_of,
    rows_of_sample,
    samples,
    staff,
)
from processes.queries.read_patterns import patterns
from processes.unit_of_work import UnitOfWork

PERIOD = timedelta(days=30)
SAMPLE_SIZE = 20
NO_SUCH_CASE = 0

pages = Blueprint("audit", __name__, url_prefix="/granskning")


@pages.get("")
def show() -> str:
    """The log's rows, the newest first, narrowed by who, which case, when and why."""
    with running_system().transaction() as work:
        auditor = signed_in(work)
        wanted = _wanted(work, auditor)
        found = reads(work.session, auditor, wanted, after=place_in_list(request.args.get("efter")))
        page = render_template(
            "audit/list.html",
            found=found,
            wanted=wanted,
            bases=AUDIT_LABELS["basis"],
            staff=staff(work.session, auditor),
            **_around(work, found.entries),
        )
        _log_own(work, auditor, wanted)
        return page


@pages.get("/monster")
def striking() -> str:
    """Reads that stand out in a period."""
    with running_system().transaction() as work:
        auditor = signed_in(work)
        wanted = _wanted(work, auditor, by_default=PERIOD)
        found = patterns(work.session, auditor, wanted)
        entries = [entry for pattern in found for entry in pattern.entries]
        page = render_template("audit/patterns.html", patterns=found, wanted=wanted, **_around(work, entries))
        _log_own(work, auditor, wanted)
        return page


@pages.get("/stickprov")
def all_samples() -> str:
    """The samples that have been drawn, and the form to draw another."""
    with running_system().reading() as work:
        return _samples_page(work, problems={})


@pages.post("/stickprov")
def draw() -> AnyResponse | tuple[str, int]:
    """Draw a sample and show it."""
    try:
        with running_system().transaction() as work:
            sample = draw_sample(
                work,
                caseworker=signed_in(work),
                first_on=_day(request.form.get("fran")) or swedish_day(work.now) - PERIOD,
                last_on=_day(request.form.get("till")) or swedish_day(work.now),
                size=request.form.get("antal", 0, int),
            )
            sample_id = sample.id
    except AnswersRefused as refused:
        with running_system().reading() as work:
            return _samples_page(work, problems=refused.problems), 400
    return redirect(url_for("audit.sample", sample_id=sample_id))


@pages.get("/stickprov/<id:sample_id>")
def sample(sample_id: int) -> str:
    """The rows of a sample, each with what has been noted about it."""
    with running_system().transaction() as work:
        auditor = signed_in(work)
        drawn = get_sample(work.session, sample_id, auditor)
        entries = rows_of_sample(work.session, drawn)
        page = render_template(
            "audit/sample.html", sample=drawn, entries=entries, findings=FINDINGS, **_around(work, entries)
        )
        _log_own(work, auditor, Wanted(drawn.first_on, drawn.last_on))
        return page


@pages.post("/stickprov/<id:sample_id>/rader/<id:read_id>")
def review(sample_id: int, read_id: int) -> AnyResponse:
    """Note what was found about one read."""
    try:
        with running_system().transaction() as work:
            review_read(
                work,
                caseworker=signed_in(work),
                read_id=read_id,
                finding=request.form.get("bedomning", ""),
                note=request.form.get("anteckning", ""),
            )
        flash(t("Bedömningen är antecknad."))
    except AnswersRefused as refused:
        flash(" ".join(t(problem) for problem in refused.problems.values()))
    return redirect(url_for("audit.sample", sample_id=sample_id, _anchor=f"rad-{read_id}"))


@pages.get("/utdrag")
def ask_for_extract() -> str:
    """The form for an extract; the number is posted, so that it stands in no address."""
    with running_system().reading() as work:
        staff(work.session, signed_in(work))
        return render_template("audit/extract.html")


@pages.post("/utdrag")
def extract() -> Response:
    """Who has read what about a person, as a file for that person (SoLPuL 10)."""
    with running_system().transaction() as work:
        auditor = signed_in(work)
        entries = reads_about(work.session, auditor, request.form.get("vem", "")[:20])
        numbers = numbers_of_cases(work.session, [entry.case_id for entry in entries])
        header = [t("Datum"), t("Tid"), t("Vem"), t("Ärende"), t("Vad som lästes"), t("Varför")]
        rows = [_extracted(entry, numbers) for entry in entries]
        for case_id in sorted({entry.case_id or 0 for entry in entries}):
            _log_own(work, auditor, Wanted(case_id=case_id))
        if not entries:
            _log_own(work, auditor, Wanted())
        return csv_response("utdrag-ur-atkomstloggen", header, rows)


def _extracted(entry: ReadEntry, numbers: dict[int, str]) -> list[str]:
    when = swedish_time(entry.at)
    basis = label("basis", entry.basis)
    return [
        f"{when:%Y-%m-%d}",
        f"{when:%H:%M}",
        entry.reader.name,
        numbers.get(entry.case_id or 0, ""),
        label("read", entry.what),
        f"{basis}: {entry.purpose}" if entry.purpose else basis,
    ]


def _samples_page(work: UnitOfWork, problems: dict[str, str]) -> str:
    today = swedish_day(work.now)
    return render_template(
        "audit/samples.html",
        samples=samples(work.session, signed_in(work)),
        problems=problems,
        first_on=request.form.get("fran") or today - PERIOD,
        last_on=request.form.get("till") or today,
        size=request.form.get("antal") or SAMPLE_SIZE,
    )


def _around(work: UnitOfWork, entries: Any) -> dict[str, Any]:
    """What every list of rows needs besides the rows."""
    return {
        "numbers": numbers_of_cases(work.session, [entry.case_id for entry in entries]),
        "stood_in_for": names_of(work.session, {entry.on_behalf_of_id for entry in entries}),
        "reviews": reviews_of(work.session, [entry.id for entry in entries]),
        "asked": request.args,
    }


def _wanted(work: UnitOfWork, auditor: Caseworker, by_default: timedelta | None = None) -> Wanted:
    """What the address asks for; a case number that nobody has finds nothing."""
    number = request.args.get("arende", "").strip()
    case_id = (find_case_id(work.session, auditor, number) or NO_SUCH_CASE) if number else None
    basis = request.args.get("grund")
    first_on = _day(request.args.get("fran"))
    if first_on is None and by_default is not None:
        first_on = swedish_day(work.now) - by_default
    return Wanted(
        first_on=first_on,
        last_on=_day(request.args.get("till")),
        reader_id=request.args.get("vem", None, int),
        case_id=case_id,
        basis=basis if basis in AUDIT_LABELS["basis"] else None,
    )


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed and typed.strip() else None
    except ValueError as error:
        raise Invalid("this is no day") from error


def _log_own(work: UnitOfWork, auditor: Caseworker, wanted: Wanted) -> None:
    asked = {"fran": wanted.first_on, "till": wanted.last_on, "vem": wanted.reader_id, "grund": wanted.basis}
    write_read(
        work,
        caseworker=auditor,
        case_id=wanted.case_id or None,
        what=str(request.endpoint),
        purpose=" ".join(f"{name}={value}" for name, value in asked.items() if value is not None),
        request_id=request_id(),
    )
