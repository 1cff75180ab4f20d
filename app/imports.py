"""Taking in a landlord's file: send it, look through its rows, choose, and register all that was chosen or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.csv_export import csv_response
from app.failures import sentence_about, told_about
from app.reads import note_found
from app.texts import t
from app.uploads import LIST, take_upload
from app.web import running_system, signed_in
from processes.actions.events import shared_form
from processes.actions.import_preview import RowSeen, preview
from processes.actions.imports import (
    KEPT_FOR,
    MOST_ROWS,
    Pick,
    import_batch,
    import_form,
    keep_batch,
    throw_batch_away,
    titles_of,
)
from processes.actions.notices import NOTICE_EVENT
from processes.errors import AlreadyImported, AnswersRefused, ListRefused, RowRefused, UploadRefused
from processes.forms import Kind
from processes.forms.from_table import columns_of
from processes.queries.access import must_be_allowed
from processes.queries.imports import get_own_batch, imported_batches, waiting_batches

PERSONS_SHOWN = 2
"""So many persons have columns in the template; a file may have more."""
FOR_ALL_ROWS = ("kind", "received_at", "channel", "informant", "landlord_name")
"""What is mostly the same for a whole file, so that its rows need not say it."""
EXAMPLE = {
    "kind": "A", "received_at": "2026-03-02 08:30", "channel": "Rekommenderat brev", "informant": "Hyresvärden",
    "posted_on": "2026-02-27", "posted_registered": "Ja", "notice_dated_on": "2026-02-26",
    "amount_due": "9 450,00", "rent_months": "februari 2026", "landlord_name": "Exempelbo AB",
    "landlord_kind": "Privat företag", "address": "Provgatan 1", "apartment": "1101",
    "contract_kind": "Hyresrätt i första hand", "persons-0-name": "Påhittad Person",
    "persons-0-role": "Kontraktsinnehavare", "persons-0-protection": "Inte kontrollerat",
}  # fmt: skip
"""A row to overwrite, about nobody."""

pages = Blueprint("imports", __name__, url_prefix="/underrattelser/import")


@pages.get("/")
def start() -> str:
    """Where a file is sent, and what may stand in it."""
    return _start_page("")


@pages.get("/mall.csv")
def template() -> Response:
    """An empty table with every heading and one row to overwrite."""
    with running_system().reading() as work:
        must_be_allowed("register_notice", signed_in(work))
        columns = columns_of(import_form(work), rows_of_tables=PERSONS_SHOWN)
    row = [EXAMPLE.get(column.name, "") for column in columns]
    return csv_response("mall-underrattelser", [column.heading for column in columns], [row])


@pages.post("/")
def take() -> AnyResponse | tuple[str, int]:
    """Keep the file and show its rows."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            must_be_allowed("register_notice", caseworker)
            upload = take_upload("fil", LIST)
            given = {name: request.form.get(name, "").strip() for name in FOR_ALL_ROWS}
            batch = keep_batch(
                work, caseworker=caseworker, file_name=upload.name, content=upload.content, given=given
            )
            batch_id = batch.id
    except ListRefused as refused:
        return _start_page(t(refused.sentence, **refused.facts)), 400
    except (UploadRefused, AlreadyImported) as refused:
        return _start_page(sentence_about(refused)), told_about(refused).status
    return redirect(url_for("imports.look_through", batch_id=batch_id))


@pages.get("/<id:batch_id>")
def look_through(batch_id: int) -> str:
    """The rows of a file that waits, or the mark of one that is taken in."""
    return _rows_page(batch_id)


@pages.post("/<id:batch_id>")
def register(batch_id: int) -> AnyResponse | tuple[str, int]:
    """Register the chosen rows in one go."""
    chosen = [int(number) for number in request.form.getlist("rad") if number.isdecimal() and len(number) < 9]
    picks = [Pick(number, request.form.get(f"arende-{number}", "")[:100]) for number in chosen]
    try:
        with running_system().transaction() as work:
            batch = import_batch(work, batch_id=batch_id, caseworker=signed_in(work), picks=picks)
            count, left_out = batch.registered_count or 0, batch.row_count - (batch.registered_count or 0)
    except ListRefused as refused:
        return _rows_page(batch_id, trouble=t(refused.sentence, **refused.facts), chosen=chosen), 400
    except RowRefused as refused:
        return _rows_page(batch_id, refused=refused, chosen=chosen), 409
    except AlreadyImported as refused:
        return _start_page(sentence_about(refused)), 409
    flash(
        t(
            "Registrerade underrättelser: {count}. Ställning ska tas till var och en.",
            count=count,
        )
    )
    if left_out:
        flash(t("Rader som lämnades utanför och inte är registrerade: {count}.", count=left_out))
    return redirect(url_for("imports.look_through", batch_id=batch_id))


@pages.post("/<id:batch_id>/kasta")
def throw_away(batch_id: int) -> AnyResponse:
    """Forget a file that was not to be taken in."""
    with running_system().transaction() as work:
        name = throw_batch_away(work, batch_id=batch_id, caseworker=signed_in(work))
    flash(t("Filen {name} är kastad. Inget ur den är registrerat.", name=name))
    return redirect(url_for("imports.start"))


def _start_page(trouble: str) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("register_notice", caseworker)
        form = import_form(work)
        return render_template(
            "imports/start.html",
            trouble=trouble,
            typed=request.form,
            for_all_rows=[form.fields[name] for name in FOR_ALL_ROWS if name in form.fields],
            columns=columns_of(form, rows_of_tables=1),
            tells=_what_to_write,
            most_rows=MOST_ROWS,
            kept_days=KEPT_FOR.days,
            waiting=waiting_batches(work.session, caseworker),
            imported=imported_batches(work.session, caseworker),
        )


def _what_to_write(kind: Kind) -> str:
    return {
        Kind.DATE: t("Ett datum: 2026-03-09 eller 9/3 2026"),
        Kind.DATE_TIME: t("Datum och klockslag: 2026-03-09 14:05"),
        Kind.MONEY: t("Ett belopp: 9 450,00"),
        Kind.YES_NO: t("Ja eller Nej"),
        Kind.TICK: t("Ja eller Nej"),
        Kind.PERSONAL_NUMBER: t("ÅÅÅÅMMDD-NNNN"),
        Kind.CHOICES: t("Ett eller flera, med | emellan:"),
        Kind.CHOICE: t("Ett av:"),
    }.get(kind, t("Text"))


def _rows_page(
    batch_id: int,
    *,
    trouble: str = "",
    refused: RowRefused | None = None,
    chosen: Collection[int] | None = None,
) -> str:
    """The page of a file; what was chosen on it stays chosen."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("register_notice", caseworker)
        batch = get_own_batch(work.session, batch_id, caseworker)
        rows = preview(work, batch, caseworker)
        note_found(case for row in rows for case in row.cases)
        if chosen is None:
            chosen = [row.number for row in rows if row.is_clean and row.same_as is None]
        return render_template(
            "imports/rows.html",
            batch=batch,
            rows=rows,
            chosen=set(chosen),
            typed=request.form,
            trouble=trouble,
            refused=refused.number if refused else None,
            why=_why(titles_of(shared_form(work, NOTICE_EVENT), _problems(refused)), refused),
            labels=_labels(rows, import_form(work).fields["kind"].options),
        )


def _labels(rows: Collection[RowSeen], kinds: Collection[Any]) -> dict[int, str]:
    """What each row is, in the form's words."""
    titles = {one.value: one.title for one in kinds}
    return {
        row.number: titles.get(row.said.get("kind"), str(row.said.get("kind") or "")[:100]) for row in rows
    }


def _problems(refused: RowRefused | None) -> Mapping[str, str]:
    return refused.cause.problems if refused and isinstance(refused.cause, AnswersRefused) else {}


def _why(titles: Mapping[str, str], refused: RowRefused | None) -> list[str]:
    """What stood in the way of the row, as the intake form would have said it."""
    if refused is None:
        return []
    problems = _problems(refused)
    return [f"{titles[name].rstrip('?')}: {told}" for name, told in problems.items()] or [
        sentence_about(refused.cause)
    ]
