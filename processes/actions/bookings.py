"""Keeps the booked visits of a case true: worked out again after every change, as its deadlines are."""

from __future__ import annotations

from processes.models import Booking, Case
from processes.rules.bookings import bookings_of
from processes.unit_of_work import UnitOfWork


def refresh_bookings(work: UnitOfWork, case: Case) -> None:
    """Let the rows say which meetings are booked now; what is moved keeps its row, what is called off loses it."""
    held = {booking.kind: booking.starts_at for booking in bookings_of(work.snapshot(case.id), work.at)}
    for row in list(work.rows(Booking, case.id)):
        starts_at = held.pop(row.kind, None)
        if starts_at is None:
            work.remove(row)
        elif row.starts_at != starts_at:
            row.starts_at = starts_at
    for kind, starts_at in held.items():
        work.add(Booking(case_id=case.id, kind=kind, starts_at=starts_at))
