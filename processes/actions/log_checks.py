"""Walks the chains of all logs once a day, so that tampering is found without anybody thinking of the command."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain

from processes.models import LogCheck
from processes.queries.log_chains import flaws_in_destruction_journals, flaws_in_journals, flaws_in_read_logs
from processes.queries.log_checks import newest_log_check
from processes.rules.log_chain import Flaw
from processes.unit_of_work import UnitOfWork

CHECKED_EVERY = timedelta(days=1)


def next_check_at(work: UnitOfWork) -> datetime:
    """When the logs are to be checked; now if they never were."""
    newest = newest_log_check(work.session)
    return newest.at + CHECKED_EVERY if newest is not None else work.now


def walk_logs(work: UnitOfWork) -> list[Flaw]:
    """Everything that is wrong with the logs; reads every row, so let nobody wait for the transaction."""
    session = work.session
    return list(
        chain(flaws_in_read_logs(session), flaws_in_journals(session), flaws_in_destruction_journals(session))
    )


def keep_check(work: UnitOfWork, flaws: list[Flaw]) -> LogCheck:
    """Remember what was found; auditors and who keeps the system see it on every page while the newest has flaws."""
    check = LogCheck(at=work.now, flaws=len(flaws), first_flaw=str(flaws[0]) if flaws else "")
    work.session.add(check)
    work.session.flush()
    return check
