"""Looks for what is stuck, again and again: by one question per check over all cases, and by rounds through the cases.

Each batch is a transaction of its own. A check that cannot be asked does not keep the others from being asked; the run
is then told to have failed, as every job's is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from processes.actions.finding_rounds import Looked, look_again, next_round_at, take_cases
from processes.actions.findings import (
    bring_up_to_date,
    close_findings,
    hear_again,
    is_news,
    open_findings,
)
from processes.clock import swedish_day
from processes.queries.findings_asked import Asked
from processes.queries.findings_found import (
    BATCH,
    QUESTIONS,
    heard_again,
    newly_found,
    of_closed_cases,
    still_standing,
)
from processes.runtime import Runtime
from workers.outage import is_away

JOB = "findings"
MOST_BATCHES = 200
"""Of cases in one run, so that the questions over all cases are asked again before a long round is over."""

log = logging.getLogger(__name__)


class Findings:
    """One run asks every check over all cases, and goes on with the round through the open cases."""

    def __call__(self, runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
        """Look; answers when the next round through the cases begins. Raises the last trouble there was."""
        trouble: Exception | None = None
        for step in (*map(_asking, QUESTIONS), _end_what_is_over, _go_round):
            if stopping():
                break
            try:
                step(runtime, stopping)
            except Exception as error:  # one check that fails must not hide what the others find
                if is_away(error):
                    raise
                log.exception("A look for stuck work failed; the others go on.")
                trouble = error
        if trouble is not None:
            raise trouble
        with runtime.reading() as work:
            return next_round_at(work)


def _asking(key: str) -> Callable[[Runtime, Callable[[], bool]], None]:
    def ask(runtime: Runtime, stopping: Callable[[], bool]) -> None:
        _open_new(runtime, key, stopping)
        _look_after_known(runtime, key, stopping)

    return ask


def _open_new(runtime: Runtime, key: str, stopping: Callable[[], bool]) -> None:
    while not stopping():
        with runtime.reading() as work:
            found = newly_found(work.session, key, Asked(work.now, work.policy))
        if not found:
            return
        with runtime.transaction() as work:
            opened = open_findings(work, found)
        log.info("The check %s has found %d.", key, len(opened))
        if len(found) < BATCH:
            return


def _look_after_known(runtime: Runtime, key: str, stopping: Callable[[], bool]) -> None:
    after = 0
    while not stopping():
        with runtime.reading() as work:
            known = still_standing(work.session, key, Asked(work.now, work.policy), after)
            news = [one for one in known if is_news(one, work)]
        if news:
            with runtime.transaction() as work:
                bring_up_to_date(work, news)
        if len(known) < BATCH:
            return
        after = known[-1].finding_id


def _end_what_is_over(runtime: Runtime, stopping: Callable[[], bool]) -> None:
    """Findings about the processes of cases that are closed by now, and silences whose day has passed."""
    while not stopping():
        with runtime.reading() as work:
            gone = of_closed_cases(work.session)
            heard = heard_again(work.session, swedish_day(work.now))
        if not gone and not heard:
            return
        with runtime.transaction() as work:
            close_findings(work, gone)
            hear_again(work, heard)


def _go_round(runtime: Runtime, stopping: Callable[[], bool]) -> None:
    trouble: Exception | None = None
    for _ in range(MOST_BATCHES):
        if stopping():
            break
        with runtime.transaction() as work:
            cases = take_cases(work)
        if not cases:
            break
        trouble = _look_at(runtime, cases) or trouble
    if trouble is not None:
        raise trouble


def _look_at(runtime: Runtime, cases: Sequence[int]) -> Exception | None:
    """Look at the cases, and again at those of which there is something to write; answers the last trouble."""
    trouble: Exception | None = None
    news: list[int] = []
    with runtime.reading() as work:
        looked = Looked(work, cases)
        for case_id in cases:
            try:
                if looked.has_news(case_id):
                    news.append(case_id)
            except Exception as error:  # the next case must still be looked at
                if is_away(error):
                    raise
                log.exception("Case %d cannot be looked at as a whole.", case_id)
                trouble = error
    for case_id in news:
        with runtime.transaction() as work:
            for finding in look_again(work, case_id=case_id):
                log.info("The check %s has found case %d.", finding.check_key, case_id)
    return trouble
