"""Finds files of notices that somebody has sent: one's own that wait, and those that have been taken in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import ImportNotFound
from processes.models import Case, Caseworker, Dwelling, ImportBatch, Notice
from processes.queries.access import visible_cases
from processes.queries.cases import address_key

SHOWN = 20
"""So many files that have been taken in are listed, the latest, and so many cases found at a time."""
SHORTEST_ADDRESS = 3
"""As the intake form asks for; less is the beginning of one."""


def get_own_batch(session: Session, batch_id: int, caseworker: Caseworker) -> ImportBatch:
    """A file that the person has sent. Raises ImportNotFound, also for a colleague's."""
    return _own(session.get(ImportBatch, batch_id), batch_id, caseworker)


def get_own_batch_for_update(session: Session, batch_id: int, caseworker: Caseworker) -> ImportBatch:
    """As `get_own_batch`; nobody else can take it in or throw it away until the transaction ends."""
    found = session.scalars(
        select(ImportBatch)
        .where(ImportBatch.id == batch_id)
        .with_for_update(of=ImportBatch)
        .execution_options(populate_existing=True)
    ).first()
    return _own(found, batch_id, caseworker)


def _own(found: ImportBatch | None, batch_id: int, caseworker: Caseworker) -> ImportBatch:
    if found is None or found.caseworker_id != caseworker.id:
        raise ImportNotFound(str(batch_id))
    return found


def waiting_batches(session: Session, caseworker: Caseworker) -> Sequence[ImportBatch]:
    """The person's own files that have not been taken in, the oldest first."""
    own = select(ImportBatch).where(
        ImportBatch.caseworker_id == caseworker.id, ImportBatch.imported_at.is_(None)
    )
    return session.scalars(own.order_by(ImportBatch.id)).all()


def imported_batches(session: Session, caseworker: Caseworker) -> Sequence[ImportBatch]:
    """What the administration has taken in, the latest first; nothing of what stood in the files is left."""
    done = select(ImportBatch).where(
        ImportBatch.administration_key == caseworker.administration_key, ImportBatch.imported_at.is_not(None)
    )
    latest = done.options(joinedload(ImportBatch.caseworker)).order_by(ImportBatch.imported_at.desc())
    return session.scalars(latest.limit(SHOWN)).all()


def find_imported(session: Session, administration_key: str, fingerprint: str) -> ImportBatch | None:
    """The same file, if the administration has taken it in."""
    return session.scalars(
        select(ImportBatch)
        .where(
            ImportBatch.administration_key == administration_key,
            ImportBatch.fingerprint == fingerprint,
            ImportBatch.imported_at.is_not(None),
        )
        .options(joinedload(ImportBatch.caseworker))
    ).first()


@dataclass(frozen=True, slots=True)
class CasesAboutHomes:
    """The open cases about some homes, as far as somebody may know of them."""

    visible: dict[str, list[Case]]
    """By the home's address key; those that the person may see, oldest first."""
    hidden: frozenset[str]
    """Address keys of homes about which there is an open case that the person may not see."""


def cases_about(
    session: Session, caseworker: Caseworker, now: datetime, address_keys: Collection[str]
) -> CasesAboutHomes:
    """The administration's open cases about the homes, in two statements however many homes there are."""
    found = session.execute(
        select(Case, Dwelling.address_key)
        .join(Dwelling, Dwelling.id == Case.dwelling_id)
        .where(
            Dwelling.address_key.in_(address_keys),
            Case.administration_key == caseworker.administration_key,
            Case.closed_at.is_(None),
        )
        .order_by(Case.id)
        .execution_options(not_shown=True)
    ).all()
    ids = [case.id for case, _ in found]
    seen = set(session.scalars(select(Case.id).where(Case.id.in_(ids), visible_cases(caseworker, now))))
    visible: defaultdict[str, list[Case]] = defaultdict(list)
    for case, key in found:
        if case.id in seen:
            visible[key].append(case)
    return CasesAboutHomes(dict(visible), frozenset(key for case, key in found if case.id not in seen))


def open_cases_found(
    session: Session,
    caseworker: Caseworker,
    now: datetime,
    *,
    address: str,
    apartment: str,
    kfm_case_number: str,
) -> list[Case]:
    """The open cases that the person may see about the home, or with the number at Kronofogden; oldest first."""
    ways: list[ColumnElement[bool]] = []
    if len(address.strip()) >= SHORTEST_ADDRESS:
        at_home = select(Dwelling.id).where(Dwelling.address_key == address_key(address, apartment))
        ways.append(Case.dwelling_id.in_(at_home))
    if kfm_case_number.strip():
        ways.append(
            Case.id.in_(select(Notice.case_id).where(Notice.kfm_case_number == kfm_case_number.strip()))
        )
    if not ways:
        return []
    found = select(Case).where(or_(*ways), visible_cases(caseworker, now), Case.closed_at.is_(None))
    return list(session.scalars(found.order_by(Case.id).limit(SHOWN)))


def notices_in(session: Session, case_ids: Collection[int]) -> dict[int, list[tuple[int, dict[str, object]]]]:
    """Per case the numbers of its notices and what tells them apart (actions/stated_notices.py), to compare with."""
    compared = (
        "kind", "kfm_case_number", "eviction_at", "amount_due", "notice_dated_on", "posted_on", "received_at",
    )  # fmt: skip
    columns = [getattr(Notice, name) for name in compared]
    found: defaultdict[int, list[tuple[int, dict[str, object]]]] = defaultdict(list)
    rows = session.execute(
        select(Notice.case_id, Notice.id, *columns)
        .where(Notice.case_id.in_(case_ids))
        .order_by(Notice.id)
        .execution_options(not_shown=True)
    )
    for case_id, notice_id, *values in rows:
        found[case_id].append((notice_id, dict(zip(compared, values, strict=True))))
    return dict(found)
