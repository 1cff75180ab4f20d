"""Writes the read log: who has read what, and what an auditor found when looking into it.

The pages need not remember it: app/reads.py writes the row for whatever a request has fetched before its answer goes
out. A command, an export or a job that shows a case to somebody calls `write_read` itself, last in its transaction:
from then on nobody else in the administration can log a read until it ends.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from processes.clock import swedish_day
from processes.errors import AnswersRefused, ReadNotFound
from processes.models import Caseworker, LogChain, ReadEntry, ReadReview, ReadSample
from processes.queries.log_chains import find_chain_for_update, journal_chain
from processes.queries.read_basis import Basis, Member, cases_read
from processes.queries.read_log import must_audit, newest_of_chain
from processes.unit_of_work import UnitOfWork

FINDINGS = ("justified", "to_be_asked", "unjustified")
LARGEST_SAMPLE = 500
REFUSED = "refused"


def write_read(
    work: UnitOfWork,
    *,
    caseworker: Member,
    case_id: int | None,
    what: str,
    purpose: str = "",
    task_id: int | None = None,
    persons: Collection[int] = (),
    request_id: str = "",
    is_refused: bool = False,
    basis: Basis | None = None,
) -> ReadEntry:
    """Log that the caseworker is shown this of the case; without a case, that the log itself is read.

    The task, and whether it is the caseworker's business, is found by itself unless it is known. The row is there when
    the transaction ends. Raises ValueError in a transaction for reading only, which would forget the row.
    """
    if work.session.connection().get_execution_options().get("reading"):
        raise ValueError("a read is logged in a transaction, not in one for reading only")
    if case_id is None:
        basis = Basis("audit")
    elif basis is None:
        basis = cases_read(work.session, caseworker, [case_id], work.now)[0].basis
    entry = ReadEntry(
        administration_key=caseworker.administration_key,
        at=work.now,
        reader_id=caseworker.id,
        case_id=case_id,
        persons=sorted(persons),
        what=what,
        task_id=task_id or basis.task_id,
        basis=REFUSED if is_refused else basis.name,
        on_behalf_of_id=None if is_refused else basis.on_behalf_of,
        purpose=purpose,
        request_id=request_id,
    )
    work.add(entry)
    return entry


def draw_sample(
    work: UnitOfWork, *, caseworker: Caseworker, first_on: date, last_on: date, size: int
) -> ReadSample:
    """Draw a systematic random sample of the reads of a period. Raises NotAllowed, or AnswersRefused per field.

    The seed is the fingerprint of the log's newest row, so that nobody can choose what is drawn, and anybody can draw
    the same rows again.
    """
    must_audit(caseworker)
    today = swedish_day(work.now)
    if not first_on <= last_on <= today:
        raise AnswersRefused({"period": "Ange en period som har börjat och som slutar senast i dag."})
    if not 1 <= size <= LARGEST_SAMPLE:
        raise AnswersRefused({"size": f"Ange ett antal mellan 1 och {LARGEST_SAMPLE}."})
    newest = newest_of_chain(work.session, caseworker.administration_key) or LogChain(length=0, hash="")
    sample = ReadSample(
        administration_key=caseworker.administration_key,
        drawn_at=work.now,
        drawn_by_id=caseworker.id,
        first_on=first_on,
        last_on=last_on,
        size=size,
        until_number=newest.length,
        seed=newest.hash,
    )
    work.add(sample)
    work.session.flush()
    return sample


def review_read(
    work: UnitOfWork, *, caseworker: Caseworker, read_id: int, finding: str, note: str
) -> ReadReview:
    """Note what was found about one read; an earlier note stays. Raises NotAllowed, ReadNotFound or AnswersRefused."""
    must_audit(caseworker)
    entry = work.session.get(ReadEntry, read_id)
    if entry is None or entry.administration_key != caseworker.administration_key:
        raise ReadNotFound(str(read_id))
    if finding not in FINDINGS:
        raise AnswersRefused({"finding": "Välj en bedömning."})
    if finding != "justified" and not note.strip():
        raise AnswersRefused({"note": "Skriv varför."})
    review = ReadReview(
        read_id=read_id, at=work.now, by_id=caseworker.id, finding=finding, note=note.strip()[:2000]
    )
    work.add(review)
    work.session.flush()
    return review


def release_journal(work: UnitOfWork, *, case_id: int) -> None:
    """Give the case's journal free, so that it can be deleted together with its case (sv. gallring).

    How long it was and how it ended stays known. Call it only behind the decision to destroy the case.
    """
    chain = find_chain_for_update(work.session, journal_chain(case_id))
    if chain is not None:
        chain.released_at = work.now
        work.session.flush()
