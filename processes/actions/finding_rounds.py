"""Goes through the open cases one after another and looks at each as a whole; how far it has come is in the database.

A look costs no lock. Only where it finds something new is the case looked at again under its lock, so that nothing is
said of a case that somebody was just moving.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.actions.findings import bring_up_to_date, is_news, open_findings
from processes.models import Case, Finding, FindingRound
from processes.queries.findings_asked import Asked
from processes.queries.findings_by_case import CaseLook
from processes.queries.findings_found import Found, Standing, open_cases_after, open_in_case
from processes.queries.findings_of_messages import Consequences
from processes.unit_of_work import UnitOfWork

NAME = "open_cases"
ROUND = timedelta(hours=1)
"""A round begins so long after the one before began, or when that one has ended if it takes longer."""
AT_A_TIME = 50


def take_cases(work: UnitOfWork) -> Sequence[int]:
    """The next open cases of the round, for this worker alone; none when the round is done and the next not due."""
    row = _round_for_update(work)
    if row.ended_at is not None:
        if work.now - row.began_at < ROUND:
            return []
        row.last_case_id, row.began_at, row.ended_at = 0, work.now, None
    cases = open_cases_after(work.session, row.last_case_id, AT_A_TIME)
    if cases:
        row.last_case_id = cases[-1]
    else:
        row.ended_at = work.now
    return cases


def next_round_at(work: UnitOfWork) -> datetime | None:
    """When the next round begins; None while one goes on."""
    row = work.session.get(FindingRound, NAME)
    return None if row is None or row.ended_at is None else row.began_at + ROUND


def _round_for_update(work: UnitOfWork) -> FindingRound:
    insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
    first = {"name": NAME, "last_case_id": 0, "began_at": work.now}
    work.session.execute(insert(FindingRound).values(first).on_conflict_do_nothing())
    return work.session.scalars(select(FindingRound).where(FindingRound.name == NAME).with_for_update()).one()


def has_news(work: UnitOfWork, *, case_id: int, consequences: Consequences) -> bool:
    """Whether something of the case is to be opened, closed or written down anew."""
    new, standing = _compared(work, case_id, consequences)
    return bool(new) or any(is_news(one, work) for one in standing)


def look_again(work: UnitOfWork, *, case_id: int, consequences: Consequences) -> list[Finding]:
    """Look at the case under its lock and keep its findings true; answers the new ones.

    A case that somebody is moving at this moment is left to the next round.
    """
    if not work.lock_if_free(case_id):
        return []
    new, standing = _compared(work, case_id, consequences)
    bring_up_to_date(work, standing)
    return open_findings(work, new)


def _compared(
    work: UnitOfWork, case_id: int, consequences: Consequences
) -> tuple[list[Found], list[Standing]]:
    """What is new of the case, and what is known of it beside how it is now."""
    found = {(one.check_key, one.row_id): one for one in _found(work, case_id, consequences)}
    known = open_in_case(work.session, case_id)
    standing = []
    for key, row in known.items():
        now = found.pop(key, None)
        if now is not None:
            now = replace(now, since=row.since)
        standing.append(Standing(row.id, row.facts, row.last_seen_at, now))
    return list(found.values()), standing


def _found(work: UnitOfWork, case_id: int, consequences: Consequences) -> Iterable[Found]:
    case = work.session.get(Case, case_id)
    if case is None or case.closed_at is not None:
        return []
    asked = Asked(work.now, work.policy)
    return CaseLook(work.session, work.diagrams, case, asked, consequences).found()
