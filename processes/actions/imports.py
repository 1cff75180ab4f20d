"""Takes in a landlord's file of notices: keeps it to be looked through, then registers the chosen rows, all or none.

Each row is registered as if somebody had typed it, and so gets its own case, or joins one, and its own task to take a
position (R-049, E-59); nothing is decided for many at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.events import shared_form
from processes.actions.notices import NOTICE_EVENT, register_notice
from processes.clock import swedish_day
from processes.errors import (
    AlreadyImported,
    AnswersRefused,
    Conflict,
    ImportNotFound,
    ListRefused,
    RowRefused,
)
from processes.forms import Form, Kind, Section
from processes.forms.fields import Field
from processes.forms.from_table import ListedRow, ListRead, read_csv_list, read_json_list, rows_with
from processes.models import Case, Caseworker, ImportBatch
from processes.queries.access import must_be_allowed
from processes.queries.cases import lock_intake
from processes.queries.imports import find_imported, get_own_batch_for_update, waiting_batches
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.unit_of_work import UnitOfWork

MOST_ROWS = 300
"""Rows in a file: they are registered together in one transaction, while nobody else can open a case."""
MOST_WAITING = 10
"""Files that one person can have waiting; what stands in them is kept no longer than it is needed."""
KEPT_FOR = timedelta(days=14)
"""So long a file waits to be taken in; after that the landlord can send it again."""
FROM_A_LANDLORD = frozenset(kind.letter for kind in NOTICE_KINDS.values() if not kind.is_from_kfm)
SAID_ONE_BY_ONE = frozenset({"case_choice", "case_number", "duplicate_of"})
"""Questions that are answered when the file is looked through, and not in it."""
NEW_CASE = "new"
_IN_ROW = re.compile(r"([a-z_]+)-(\d{1,4})-(.{1,100})", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pick:
    """A row that is to be registered."""

    number: int
    case: str = ""
    """Where it belongs: empty when no open case is about the home, `new` for another household, the number of a case,
    or `row 4` for the case of an earlier row."""


def import_form(work: UnitOfWork) -> Form:
    """The intake form as a file can answer it: what Kronofogden sends is registered one by one, the same day."""
    form = shared_form(work, NOTICE_EVENT)

    def is_asked(field: Field) -> bool:
        kinds = field.when.get("kind", FROM_A_LANDLORD)
        return field.name not in SAID_ONE_BY_ONE and bool(
            isinstance(kinds, frozenset) and kinds & FROM_A_LANDLORD
        )

    def narrowed(field: Field) -> Field:
        if field.name != "kind":
            return field
        options = tuple(one for one in field.options if one.value in FROM_A_LANDLORD)
        return replace(field, options=options)

    sections = (
        Section(one.title, tuple(narrowed(field) for field in one.fields if is_asked(field)))
        for one in form.sections
    )
    kept = replace(form, sections=tuple(one for one in sections if one.fields))
    return kept.without_column("persons", "is_defendant")


def keep_batch(
    work: UnitOfWork, *, caseworker: Caseworker, file_name: str, content: bytes, given: Mapping[str, Any]
) -> ImportBatch:
    """Keep the file, so that its rows can be looked through; what was `given` holds for every row that is silent.

    The same file that waits already is answered again. Raises NotAllowed, ListRefused, and AlreadyImported for a file
    that the administration has taken in.
    """
    must_be_allowed("register_notice", caseworker)
    said = hashlib.sha256(content).hexdigest()
    _refuse_if_imported(work, caseworker, said)
    waiting = waiting_batches(work.session, caseworker)
    for batch in waiting:
        if batch.fingerprint == said:
            work.session.delete(batch)
    if sum(batch.fingerprint != said for batch in waiting) >= MOST_WAITING:
        raise ListRefused(
            "Du har redan {most} filer som väntar. Importera eller kasta någon först.", most=MOST_WAITING
        )
    read = _read(import_form(work), file_name, content)
    rows = rows_with(read.rows, {name: value for name, value in given.items() if value not in (None, "")})
    batch = ImportBatch(
        administration_key=caseworker.administration_key,
        caseworker_id=caseworker.id,
        file_name=file_name,
        fingerprint=said,
        taken_at=work.now,
        row_count=len(rows),
        rows=[[row.number, row.answers] for row in rows],
        unread_columns=list(read.unread_columns),
    )
    work.session.add(batch)
    work.session.flush()
    return batch


def _read(form: Form, file_name: str, content: bytes) -> ListRead:
    text = content.decode()
    if file_name.lower().endswith(".json"):
        return read_json_list(text, most_rows=MOST_ROWS)
    read = read_csv_list(form, text, most_rows=MOST_ROWS)
    if not read.rows:
        raise ListRefused("Filen har rubriker men inga rader.")
    return read


def _refuse_if_imported(work: UnitOfWork, caseworker: Caseworker, fingerprint: str) -> None:
    before = find_imported(work.session, caseworker.administration_key, fingerprint)
    if before is not None and before.imported_at is not None:
        raise AlreadyImported(before.file_name, before.caseworker.name, swedish_day(before.imported_at))


def rows_of(batch: ImportBatch) -> list[ListedRow]:
    """The rows that wait; none when the file is taken in."""
    return [ListedRow(number, answers) for number, answers in batch.rows or ()]


def import_batch(
    work: UnitOfWork, *, batch_id: int, caseworker: Caseworker, picks: Sequence[Pick]
) -> ImportBatch:
    """Register the picked rows, in the order of the file, and forget what stood in it.

    Raises NotAllowed, ImportNotFound, AlreadyImported, ListRefused when nothing is picked, and RowRefused for the
    first row that cannot be registered; then none is, as long as the transaction ends with the exception.
    """
    must_be_allowed("register_notice", caseworker)
    batch = get_own_batch_for_update(work.session, batch_id, caseworker)
    lock_intake(work.session, caseworker.administration_key)
    _refuse_if_imported(work, caseworker, batch.fingerprint)
    chosen = {pick.number: pick for pick in picks}
    rows = [row for row in rows_of(batch) if row.number in chosen]
    if not rows:
        raise ListRefused("Välj minst en rad att registrera.")
    numbers: dict[str, str] = {}
    for row in rows:
        try:
            answers = row.answers | _case_said(chosen[row.number], numbers)
            _check_kind(answers)
            notice = register_notice(work, caseworker=caseworker, answers=answers)
        except (AnswersRefused, Conflict) as refused:
            raise RowRefused(row.number, refused) from refused
        numbers[str(row.number)] = work.session.get_one(Case, notice.case_id).number
    batch.rows, batch.unread_columns = None, []
    batch.imported_at, batch.registered_count = work.now, len(rows)
    return batch


def _check_kind(answers: Mapping[str, Any]) -> None:
    """A file cannot say what only a person is asked, nor be Kronofogden's."""
    kind = answers.get("kind")
    if isinstance(kind, str) and kind in NOTICE_KINDS and kind not in FROM_A_LANDLORD:
        raise AnswersRefused({"kind": "Kronofogdens underrättelser registreras en och en."})


def _case_said(pick: Pick, numbers: Mapping[str, str]) -> dict[str, str | None]:
    """The answers about the case, whatever the row itself says of it."""
    said: dict[str, str | None] = dict.fromkeys(SAID_ONE_BY_ONE)
    if not pick.case:
        return said
    if pick.case == NEW_CASE:
        return said | {"case_choice": "new"}
    if not pick.case.startswith("row "):
        return said | {"case_choice": "existing", "case_number": pick.case}
    earlier = pick.case.removeprefix("row ")
    number = numbers.get(earlier)
    if number is None:
        raise AnswersRefused({"case_choice": f"Rad {earlier} registreras inte. Välj ett annat ärende."})
    return said | {"case_choice": "existing", "case_number": number}


def throw_old_batches_away(work: UnitOfWork, *, limit: int = 100) -> int:
    """Throw away files that nobody has taken in for KEPT_FOR, and with them what stood about people; answers how many.

    They belong to no case, so that no retention rule finds them; what is not needed is not kept (GDPR 5.1 c and e).
    """
    left = (
        select(ImportBatch)
        .where(ImportBatch.imported_at.is_(None), ImportBatch.taken_at <= work.now - KEPT_FOR)
        .order_by(ImportBatch.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    batches = work.session.scalars(left).all()
    for batch in batches:
        work.session.delete(batch)
    return len(batches)


def throw_batch_away(work: UnitOfWork, *, batch_id: int, caseworker: Caseworker) -> str:
    """Forget a file that waits; answers its name. Raises ImportNotFound, also for one that is taken in."""
    must_be_allowed("register_notice", caseworker)
    batch = get_own_batch_for_update(work.session, batch_id, caseworker)
    if batch.imported_at is not None:
        raise ImportNotFound(str(batch_id))
    work.session.delete(batch)
    return batch.file_name


def titles_of(form: Form, names: Collection[str]) -> dict[str, str]:
    """What the form calls its fields, those in rows by the name in a problem: `persons-0-name`."""
    found: dict[str, str] = {}
    for name in names:
        field, in_row = form.fields.get(name), _IN_ROW.fullmatch(name)
        table = form.fields.get(in_row[1]) if in_row else None
        if in_row and table is not None and table.kind is Kind.ROWS:
            labels = {one.name: one.label for one in table.columns}
            column = labels.get(in_row[3], in_row[3])
            found[name] = f"{table.label.removesuffix('er')} {int(in_row[2]) + 1}: {column}"
        else:
            found[name] = field.label if field is not None else name[:100]
    return found
