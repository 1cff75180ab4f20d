"""Works through cases that something is due in; one that somebody is moving is passed over, never waited for."""

from __future__ import annotations

from processes.unit_of_work import UnitOfWork
from workers.row_by_row import RowByRow


class CaseByCase(RowByRow):
    """Something that is done in one case after another, each under the lock of its case."""

    def claim(self, work: UnitOfWork, row_id: int) -> bool:
        """Lock the case, unless somebody is moving it at this moment."""
        return work.lock_if_free(row_id)

    def case_of(self, work: UnitOfWork, row_id: int) -> int | None:
        """The case itself."""
        return row_id
