"""Work that is due for many rows: one transaction each, what fails is set aside where every worker sees it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from processes.actions.failures import note_failure
from processes.clock import ManualClock
from processes.errors import CaseChangedMeanwhile
from processes.models import JobFailure
from processes.rules.retries import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, pause_after
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from workers import row_by_row
from workers.row_by_row import BATCH, LONGEST_TOGETHER, TAKEN_PAUSE, RowByRow

LATER = timedelta(days=7)


class Letters(RowByRow):
    """A job over numbered letters that are sent by crossing them off a list."""

    job = "letters"

    def __init__(self, *numbers: int) -> None:
        self.waiting = list(numbers)
        self.sent: list[int] = []
        self.tried: list[int] = []
        self.trouble: dict[int, Exception] = {}
        self.taken: set[int] = set()

    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        return self.waiting[:limit]

    def claim(self, work: UnitOfWork, row_id: int) -> bool:
        return row_id not in self.taken

    def act(self, work: UnitOfWork, row_id: int) -> int:
        self.tried.append(row_id)
        if row_id in self.trouble:
            raise self.trouble[row_id]
        self.waiting.remove(row_id)
        self.sent.append(row_id)
        return 1

    def next_at(self, work: UnitOfWork) -> datetime | None:
        return work.now + LATER


def never() -> bool:
    return False


def failures(runtime: Runtime) -> list[JobFailure]:
    with runtime.reading() as work:
        found = list(work.session.scalars(select(JobFailure).order_by(JobFailure.row_id)))
        work.session.expunge_all()
        return found


def test_everything_due_is_done_and_the_next_instant_is_told(runtime: Runtime, clock: ManualClock):
    letters = Letters(*range(2 * BATCH + 1))
    assert letters(runtime, never) == clock.now() + LATER
    assert letters.sent == list(range(2 * BATCH + 1))
    assert failures(runtime) == []


def test_a_row_that_fails_does_not_hold_up_the_next(
    runtime: Runtime, clock: ManualClock, caplog: pytest.LogCaptureFixture
):
    letters = Letters(1, 2)
    letters.trouble[1] = RuntimeError("broken")
    with caplog.at_level(logging.ERROR):
        assert letters(runtime, never) == clock.now() + FIRST_PAUSE
    assert letters.sent == [2]
    assert "The job letters failed for row 1; it is set aside." in caplog.text


def test_even_a_whole_batch_that_fails_does_not_hold_up_the_next(runtime: Runtime):
    letters = Letters(*range(BATCH + 1))
    letters.trouble = {number: RuntimeError() for number in range(BATCH)}
    letters(runtime, never)
    assert letters.sent == [BATCH]


def test_what_is_remembered_of_an_error_tells_nothing_that_was_said_in_it(runtime: Runtime):
    letters = Letters(1)
    letters.trouble[1] = ValueError("F-01 Påhittad owes 9450")
    letters.trouble[1].__cause__ = KeyError("F-01")
    letters(runtime, never)
    [failure] = failures(runtime)
    assert failure.error.startswith("ValueError < KeyError (tests/workers/test_row_by_row.py:")
    assert "F-01" not in failure.error
    assert (failure.job, failure.row_id, failure.case_id, failure.attempts) == ("letters", 1, None, 1)


def test_a_row_that_failed_is_tried_again_after_ever_longer_pauses(runtime: Runtime, clock: ManualClock):
    letters = Letters(1)
    letters.trouble[1] = RuntimeError()
    for attempt in range(1, MOST_ATTEMPTS):
        letters(runtime, never)
        assert len(letters.tried) == attempt
        pause = pause_after(attempt)
        assert pause is not None
        clock.advance(pause - timedelta(seconds=1))
        letters(runtime, never)
        assert len(letters.tried) == attempt, "it was tried too early"
        clock.advance(timedelta(seconds=1))
    letters(runtime, never)
    assert len(letters.tried) == MOST_ATTEMPTS


def test_after_many_attempts_it_is_left_to_a_person(runtime: Runtime, clock: ManualClock):
    letters = Letters(1)
    letters.trouble[1] = RuntimeError()
    for _ in range(MOST_ATTEMPTS):
        letters(runtime, never)
        clock.advance(LONGEST_PAUSE)
    assert letters(runtime, never) == clock.now() + LATER
    assert len(letters.tried) == MOST_ATTEMPTS
    [failure] = failures(runtime)
    assert failure.given_up_at == clock.now() - LONGEST_PAUSE


def test_another_worker_and_a_restart_know_what_is_set_aside(runtime: Runtime, clock: ManualClock):
    first, second = Letters(1), Letters(1)
    first.trouble[1] = second.trouble[1] = RuntimeError()
    first(runtime, never)
    second(runtime, never)
    assert second.tried == []
    clock.advance(FIRST_PAUSE)
    second(runtime, never)
    assert [failure.attempts for failure in failures(runtime)] == [2]


def test_success_leaves_nothing_to_be_said(runtime: Runtime, clock: ManualClock):
    letters = Letters(1)
    letters.trouble[1] = RuntimeError()
    letters(runtime, never)
    clock.advance(FIRST_PAUSE)
    letters.trouble.clear()
    letters(runtime, never)
    assert letters.sent == [1]
    assert failures(runtime) == []


@pytest.mark.parametrize("is_raised", [True, False], ids=["changed", "locked"])
def test_what_somebody_else_works_on_is_looked_at_again_soon(
    runtime: Runtime, clock: ManualClock, *, is_raised: bool
):
    letters = Letters(1, 2)
    if is_raised:
        letters.trouble[1] = CaseChangedMeanwhile()
    else:
        letters.taken = {1}
    assert letters(runtime, never) == clock.now() + TAKEN_PAUSE
    assert letters.sent == [2]
    assert failures(runtime) == []


def test_a_row_with_nothing_to_do_is_not_asked_twice_in_one_run(runtime: Runtime, clock: ManualClock):
    class Idle(Letters):
        def act(self, work: UnitOfWork, row_id: int) -> int:
            self.tried.append(row_id)
            return 0

    idle = Idle(1)
    assert idle(runtime, never) == clock.now() + LATER
    assert idle.tried == [1]


@pytest.mark.parametrize(
    "trouble",
    [
        OperationalError("SELECT 1", {}, Exception("the server closed the connection")),
        InternalError("COMMIT", {}, psycopg.errors.IdleInTransactionSessionTimeout()),
        InterfaceError("COMMIT", {}, Exception("the connection is closed"), connection_invalidated=True),
    ],
)
def test_a_database_that_is_away_is_no_fault_of_a_row(runtime: Runtime, trouble: DBAPIError):
    letters = Letters(1, 2)
    letters.trouble[1] = trouble
    with pytest.raises(type(trouble)):
        letters(runtime, never)
    assert failures(runtime) == []
    del letters.trouble[1]
    letters(runtime, never)
    assert letters.sent == [1, 2]


def test_a_worker_that_is_told_to_stop_finishes_its_row_only(runtime: Runtime):
    letters = Letters(1, 2, 3)
    assert letters(runtime, lambda: bool(letters.sent)) is None
    assert letters.sent == [1]


def test_two_workers_that_fail_at_the_same_moment_count_as_one_attempt(runtime: Runtime):
    for _ in range(2):
        with runtime.transaction() as work:
            note_failure(work, job="letters", row_id=1, case_id=None, error=RuntimeError())
    assert [failure.attempts for failure in failures(runtime)] == [1]


class Bundles(Letters):
    """The same letters, several in one transaction; a letter is crossed off once its transaction is committed."""

    together = 4

    def __init__(self, *numbers: int) -> None:
        super().__init__(*numbers)
        self.parts: list[list[int]] = []

    def claim_those_free(self, work: UnitOfWork, row_ids: Sequence[int]) -> list[int]:
        self.parts.append(list(row_ids))
        return [row_id for row_id in row_ids if row_id not in self.taken]

    def act(self, work: UnitOfWork, row_id: int) -> int:
        self.tried.append(row_id)
        if row_id in self.trouble:
            raise self.trouble[row_id]
        event.listen(work.session, "after_commit", lambda _session: self._cross_off(row_id))
        return 1

    def _cross_off(self, row_id: int) -> None:
        self.waiting.remove(row_id)
        self.sent.append(row_id)


def test_while_all_goes_well_several_rows_are_done_in_one_transaction(runtime: Runtime, clock: ManualClock):
    bundles = Bundles(1, 2, 3, 4, 5, 6)
    assert bundles(runtime, never) == clock.now() + LATER
    assert bundles.parts == [[1, 2, 3, 4], [5, 6]]
    assert bundles.sent == bundles.tried == [1, 2, 3, 4, 5, 6]


def test_one_that_fails_among_several_takes_no_other_with_it(runtime: Runtime, clock: ManualClock):
    bundles = Bundles(1, 2, 3, 4, 5, 6)
    bundles.trouble[3] = RuntimeError("broken")
    bundles(runtime, never)
    assert bundles.tried == [1, 2, 3, 1, 2, 3, 4, 5, 6], "nothing of the first attempt is kept"
    assert bundles.sent == [1, 2, 4, 5, 6]
    assert [(failure.row_id, failure.attempts) for failure in failures(runtime)] == [(3, 1)]
    bundles.waiting += [7, 8]
    clock.advance(FIRST_PAUSE)
    bundles(runtime, never)
    assert bundles.parts[-1] == [7, 8], "one that has failed before is tried alone"
    assert bundles.sent == [1, 2, 4, 5, 6, 7, 8]
    assert [failure.attempts for failure in failures(runtime)] == [2]


def test_one_that_somebody_else_has_is_left_out_of_several(runtime: Runtime, clock: ManualClock):
    bundles = Bundles(1, 2, 3)
    bundles.taken = {2}
    assert bundles(runtime, never) == clock.now() + TAKEN_PAUSE
    assert bundles.sent == bundles.tried == [1, 3]
    bundles.taken = set()
    bundles(runtime, never)
    assert bundles.sent == [1, 3, 2]


def test_one_that_somebody_else_has_is_looked_at_again_while_the_run_goes_on(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(row_by_row, "BATCH", 4)
    bundles = Bundles(*range(1, 9))
    bundles.taken = {1}

    def stopping() -> bool:
        if bundles.sent == [2, 3, 4]:
            bundles.taken = set()
            clock.advance(TAKEN_PAUSE)
        return False

    bundles(runtime, stopping)
    assert bundles.sent == [2, 3, 4, 1, 5, 6, 7, 8]


def test_several_that_cannot_be_done_together_are_done_one_by_one(runtime: Runtime, clock: ManualClock):
    bundles = Bundles(1, 2, 3)
    bundles.trouble[2] = CaseChangedMeanwhile()
    assert bundles(runtime, never) == clock.now() + TAKEN_PAUSE
    assert bundles.sent == [1, 3]
    assert failures(runtime) == []


def test_while_the_database_is_away_none_of_several_is_blamed(runtime: Runtime):
    bundles = Bundles(1, 2)
    bundles.trouble[2] = OperationalError("SELECT 1", {}, Exception("the server closed the connection"))
    with pytest.raises(OperationalError):
        bundles(runtime, never)
    assert bundles.tried == [1, 2]
    assert failures(runtime) == []


def test_a_transaction_that_takes_long_takes_on_no_further_row_and_the_next_are_smaller(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
):
    bundles = Bundles(*range(1, 9))
    monkeypatch.setattr(row_by_row, "elapsed", lambda: len(bundles.tried) * LONGEST_TOGETHER * 0.6)
    bundles(runtime, never)
    assert sorted(bundles.sent) == list(range(1, 9))
    assert bundles.parts[:2] == [[1, 2, 3, 4], [5, 6]]
    assert bundles.sent[:4] == [1, 2, 5, 6]


def test_even_a_row_that_takes_too_long_by_itself_is_done(runtime: Runtime, monkeypatch: pytest.MonkeyPatch):
    bundles = Bundles(1, 2, 3)
    monkeypatch.setattr(row_by_row, "elapsed", lambda: len(bundles.tried) * LONGEST_TOGETHER * 5)
    bundles(runtime, never)
    assert sorted(bundles.sent) == [1, 2, 3]


def test_a_worker_that_is_told_to_stop_finishes_its_transaction_only(runtime: Runtime):
    bundles = Bundles(*range(1, 9))
    bundles(runtime, lambda: bool(bundles.sent))
    assert bundles.sent == [1, 2, 3, 4]
