"""Lets a system send the same request again after a broken line: it is carried out once and answered the same twice.

A request is first written down as under way, in a transaction of its own, so that a second one with the same name that
comes meanwhile is refused and need not wait. The answer is written in the transaction that carries the request out:
either both are kept or none. A request that was refused is forgotten, so that it can be put right and sent again.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.errors import CaseChangedMeanwhile, RequestUnderWay, TokenUsedForAnother
from processes.models import AnsweredRequest, ApiKey
from processes.unit_of_work import UnitOfWork

KEPT_FOR = timedelta(hours=48)
"""How long an answer is given again; a system that has not asked within a day has given up."""
UNDER_WAY_FOR = timedelta(minutes=5)
"""After so long, whoever began the request has been stopped in the middle; nothing of it was kept."""


def begin_request(work: UnitOfWork, *, key: ApiKey, token: str, request_hash: str) -> AnsweredRequest:
    """Write down that the request has begun; with a `status` it has been answered before.

    Raises TokenUsedForAnother for another request under the same name, and RequestUnderWay while the first is carried
    out. Answers whose time is over are removed on the way.
    """
    work.session.execute(delete(AnsweredRequest).where(AnsweredRequest.expires_at <= work.now))
    attempt = secrets.token_hex(8)
    begun = {
        "api_key_id": key.id,
        "token": token,
        "request_hash": request_hash,
        "attempt": attempt,
        "begun_at": work.now,
        "expires_at": work.now + KEPT_FOR,
        "body": "",
    }
    insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
    work.session.execute(insert(AnsweredRequest).values(begun).on_conflict_do_nothing())
    kept = work.session.scalars(
        select(AnsweredRequest)
        .where(AnsweredRequest.api_key_id == key.id, AnsweredRequest.token == token)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if kept.request_hash != request_hash:
        raise TokenUsedForAnother(token)
    if kept.status is None and kept.attempt != attempt:
        if work.now - kept.begun_at < UNDER_WAY_FOR:
            raise RequestUnderWay(token)
        kept.attempt, kept.begun_at = attempt, work.now
    work.session.flush()
    return kept


def answer_request(work: UnitOfWork, *, begun: AnsweredRequest, status: int, body: str) -> None:
    """Keep the answer, in the transaction of what was done. Raises CaseChangedMeanwhile if another took over."""
    changed = work.session.execute(
        update(AnsweredRequest)
        .where(AnsweredRequest.id == begun.id, AnsweredRequest.attempt == begun.attempt)
        .values(status=status, body=body, expires_at=work.now + KEPT_FOR)
    )
    if isinstance(changed, CursorResult) and changed.rowcount != 1:
        raise CaseChangedMeanwhile("another attempt at the same request took over")


def forget_request(work: UnitOfWork, *, begun: AnsweredRequest) -> None:
    """The request was refused and has changed nothing: it may be sent again, also with other content."""
    work.session.execute(
        delete(AnsweredRequest).where(
            AnsweredRequest.id == begun.id,
            AnsweredRequest.attempt == begun.attempt,
            AnsweredRequest.status.is_(None),
        )
    )
