"""Finds every row of a case in every table, also in tables that are added later, to count them and to delete them.

A table belongs to a case if it names the case (by `case_id` or `case_number`) or refers to a table that does. What
stays when a case is destroyed is listed here with the reason; a table that is neither is found by a test.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, ForeignKey, Table, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from processes.models import Base, Case, Dwelling, Landlord

STAYS = {
    "administrations": "whose cases they are",
    "caseworkers": "staff",
    "memberships": "staff",
    "absences": "staff",
    "sign_in_sessions": "staff",
    "sign_in_brakes": "who tried to sign in",
    "second_factors": "staff",
    "provider_identities": "staff",
    "refused_sign_ins": "who tried to sign in",
    "mail_choices": "staff",
    "calendar_feeds": "staff",
    "saved_filters": "staff",
    "import_batches": "files of notices that are in no case yet; what they say goes when they are taken in",
    "job_runs": "when the worker's jobs ran",
    "finding_rounds": "how far the worker has looked through the cases",
    "api_keys": "other systems' keys",
    "answered_requests": "answers to other systems, for a day; what they say goes by itself",
    "simulated_time": "a demo's clock",
    "log_checks": "how the logs' chains were found",
    "step_counts": "numbers that name no case",
    "workload_counts": "numbers that name no case",
    "month_figures": "numbers that name no case; what was counted stays when the case goes",
    "countings": "when the numbers were counted",
    "diagram_versions": "what the processes looked like",
    "releases": "what was published of the processes",
    "released_versions": "what was published of the processes",
    "process_drafts": "what process owners propose, who see no case",
    "draft_files": "what process owners propose, who see no case",
    "draft_saves": "what process owners propose, who see no case",
    "examined_files": "what the checks say of process files",
    "played_scenarios": "stories of made-up households",
    "read_entries": "the read log outlives the case; it holds ids only",
    "read_samples": "the auditor's",
    "read_reviews": "the auditor's",
    "log_chains": "how long each log was, and how it ended",
    "retention_decisions": "what the municipality has decided",
    "destruction_entries": "what was destroyed",
}
"""Tables of which nothing goes with a case, and why."""
SHARED = {"dwellings", "landlords"}
"""Go with the last case that names them: a home's address tells who lives there."""


def tables_of_case() -> tuple[Table, ...]:
    """Every table that has rows of cases, the case itself last, in an order in which they can be deleted."""
    found: set[Table] = {Base.metadata.tables["cases"]}
    for table in Base.metadata.sorted_tables:
        if table.name not in STAYS and (_names_case(table) or any(_leading_to(table, found))):
            found.add(table)
    return tuple(table for table in reversed(Base.metadata.sorted_tables) if table in found)


def _names_case(table: Table) -> bool:
    return "case_id" in table.c or "case_number" in table.c


def _leading_to(table: Table, found: set[Table]) -> Iterator[ForeignKey]:
    return (key for key in table.foreign_keys if key.column.table in found and key.column.table is not table)


def rows_of(table: Table, case_id: int, case_number: str) -> ColumnElement[bool]:
    """The condition on a table of `tables_of_case` that picks the rows of this case."""
    if table.name == "cases":
        return table.c.id == case_id
    ways: list[ColumnElement[bool]] = []
    if "case_id" in table.c:
        ways.append(table.c.case_id == case_id)
    if "case_number" in table.c:
        ways.append(table.c.case_number == case_number)
    if not ways:
        for key in _leading_to(table, set(tables_of_case())):
            parent = key.column.table
            of_case = select(key.column).where(rows_of(parent, case_id, case_number))
            ways.append(key.parent.in_(of_case))
    return or_(*ways)


def count_rows(session: Session, case: Case) -> dict[str, int]:
    """How many rows of each table the case has; tables without any are left out."""
    found = {
        table.name: session.scalar(
            select(func.count()).select_from(table).where(rows_of(table, case.id, case.number))
        )
        for table in tables_of_case()
    }
    return {name: count for name, count in sorted(found.items()) if count}


def delete_rows(session: Session, case: Case) -> None:
    """Delete everything of the case, and its home and landlord if no other case names them."""
    case_id, number, home_id = case.id, case.number, case.dwelling_id
    landlord_id = case.dwelling.landlord_id
    session.flush()
    session.expunge_all()  # what was loaded of the case must not be written back
    for table in tables_of_case():
        session.execute(delete(table).where(rows_of(table, case_id, number)))
    others = exists().where(Case.dwelling_id == home_id)
    session.execute(delete(Dwelling).where(Dwelling.id == home_id, ~others))
    if landlord_id is not None:
        lets = exists().where(Dwelling.landlord_id == landlord_id)
        session.execute(delete(Landlord).where(Landlord.id == landlord_id, ~lets))


def has_newest_row(session: Session, case: Case) -> bool:
    """Whether an id of the case is the highest of its table, which a database may give to somebody else afterwards.

    The read log stays and names cases, persons and tasks by id: none of them may ever mean another.
    """
    for name in ("cases", "persons", "tasks"):
        table = Base.metadata.tables[name]
        own = select(func.max(table.c.id)).where(rows_of(table, case.id, case.number))
        newest = session.scalar(select(func.max(table.c.id)))
        if newest is not None and session.scalar(own) == newest:
            return True
    return False
