"""Works through cases that something is due in; one that somebody is moving is passed over, never waited for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from processes.unit_of_work import UnitOfWork
from workers.row_by_row import RowByRow


class CaseByCase(RowByRow):
    """Something that is done in one case after another, each under the lock of its case."""

    together: ClassVar[int] = 20

    def claim(self, work: UnitOfWork, row_id: int) -> bool:
        """Lock the case, unless somebody is moving it at this moment."""
        return work.lock_if_free(row_id)

    def claim_those_free(self, work: UnitOfWork, row_ids: Sequence[int]) -> Collection[int]:
        """Lock those of the cases that nobody is moving now, and read together what moving them depends on."""
        free = work.lock_those_free(row_ids)
        work.gather(free)
        return free

    def case_of(self, work: UnitOfWork, row_id: int) -> int | None:
        """The case itself."""
        return row_id
