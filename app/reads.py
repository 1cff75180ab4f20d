"""Writes the read log for every answer: whatever a request has fetched about people is logged before it goes out.

A page, a call and an export need not remember it, and cannot forget it: the running system that they are given notes
each row of a case that any of their transactions fetches (processes/models/seen.py). When the answer is ready, one row
per case is written in a transaction of its own, and only when that is committed does the answer leave; if it cannot be
written, the reader gets an error instead. Written last and not in the reading transaction itself, because the log's
chain is locked from the first row to the commit: nobody waits while a page is drawn, and a page on SQLite reads without
the writer's lock. An answer that only leads on to another page shows nothing and is not logged; what was changed by it
stands in the journal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from flask import Flask, Response, current_app, g, has_request_context, request

from app.web import Reader, running_system
from processes.actions.read_log import write_read
from processes.models import Case, Task
from processes.models.seen import Seen
from processes.queries.read_basis import Basis, CaseRead, cases_read
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

UNTRACED = "untraced"
"""Put before the name of a page that fetched values of which nobody can say which case they belong to."""
REFUSALS = (403, 404)
REQUEST_NAME = re.compile(r"[A-Za-z0-9-]{16,64}", re.ASCII)


class ReadNotLogged(RuntimeError):
    """An answer would show a case in a way that the read log cannot follow; it is not sent."""


def log_what_is_read(app: Flask, runtime: Runtime) -> Runtime:
    """Let the application log its reads; answers the running system that its pages are to use."""
    app.extensions["log of reads"] = runtime
    app.before_request(_name_the_request)
    app.after_request(_before_it_goes_out)
    return replace(runtime, seen=_seen_by_this_request)


FROM_A_SEARCH = "Träff i en sökning"
"""The purpose of opening a case that a search has found: who looks for cases is told from who is at work in one."""


def state_purpose(purpose: str) -> None:
    """Say in the log why this request reads, where a page has asked its reader."""
    g.purpose_of_reading = purpose[:500]


def note_found(cases: Iterable[Case]) -> None:
    """Say that the answer tells that these cases are there, to somebody who asked about their home."""
    seen: Seen = g.setdefault("seen", Seen())
    for case in cases:
        seen.cases[case.id] |= set()


def show_nothing() -> None:
    """Say that the answer to this request holds nothing of what was fetched for it: something was done, that is all."""
    g.shows_nothing = True


def request_id() -> str:
    """What the read log, the program's log and the answer's header call this request.

    A proxy of ours may have named it already; a name from anybody else is not taken, since one request could then be
    passed off as another in the read log.
    """
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        believed = bool(running_system().settings.proxies) and REQUEST_NAME.fullmatch(given)
        g.request_id = given if believed else uuid4().hex
    return str(g.request_id)


def _name_the_request() -> None:
    request_id()


def _seen_by_this_request() -> Seen | None:
    if not has_request_context():
        return None
    seen: Seen = g.setdefault("seen", Seen())
    return seen


def _before_it_goes_out(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    leads_on = 300 <= response.status_code < 400
    if leads_on:
        response.make_sequence()  # the router's own redirect comes as a stream
    if response.is_streamed and not response.direct_passthrough:
        raise ReadNotLogged("an answer that is made while it is sent could fetch more than was logged")
    seen: Seen = g.get("seen") or Seen()
    if g.get("shows_nothing"):
        seen = Seen()
    is_refused = response.status_code in REFUSALS
    shows_nothing = leads_on or is_refused
    shows, homes = ({}, set()) if shows_nothing else (dict(seen.cases), seen.homes)
    is_untraced = seen.is_untraced and response.status_code < 300
    if not (is_refused or shows or homes or is_untraced):
        return response
    _write(shows, homes, is_refused=is_refused, is_untraced=seen.is_untraced and not is_refused)
    g.seen = Seen()
    return response


def _write(shows: dict[int, set[int]], homes: set[int], *, is_refused: bool, is_untraced: bool) -> None:
    reader: Reader | None = g.get("reader")
    if reader is None:
        if is_refused:
            return
        raise ReadNotLogged(f"{request.endpoint} would show a case to somebody who is not signed in")
    runtime: Runtime = current_app.extensions["log of reads"]
    with runtime.transaction() as work:
        if is_refused:
            asked = _case_asked_for(work)
            if asked is not None:
                _log(work, reader, asked, is_refused=True)
            return
        read = cases_read(work.session, reader, shows.keys(), work.now, homes=homes) if shows or homes else []
        for one in _told_of(read, shows):
            _log(work, reader, one.case_id, shows.get(one.case_id, ()), basis=one.basis)
        if is_untraced:
            _log(work, reader, None, prefix=f"{UNTRACED}:")


def _told_of(cases: Sequence[CaseRead], shows: Mapping[int, Collection[int]]) -> list[CaseRead]:
    """The cases that are shown, and for an address that is shown without any of its cases all that are about it."""
    shown = {one.dwelling_id for one in cases if one.case_id in shows}
    return [one for one in cases if one.case_id in shows or one.dwelling_id not in shown]


def _log(
    work: UnitOfWork,
    reader: Reader,
    case_id: int | None,
    persons: Collection[int] = (),
    *,
    is_refused: bool = False,
    prefix: str = "",
    basis: Basis | None = None,
) -> None:
    task_id = (request.view_args or {}).get("task_id")
    write_read(
        work,
        caseworker=reader,
        case_id=case_id,
        what=f"{prefix}{request.endpoint}",
        purpose=g.get("purpose_of_reading", ""),
        task_id=task_id if isinstance(task_id, int) and not is_refused else None,
        persons=persons,
        request_id=request_id(),
        is_refused=is_refused,
        basis=basis,
    )


def _case_asked_for(work: UnitOfWork) -> int | None:
    """The case that the address names, itself or by its task; whether it exists does not matter."""
    asked = request.view_args or {}
    if isinstance(asked.get("case_id"), int):
        return int(asked["case_id"])
    task = work.session.get(Task, asked["task_id"]) if isinstance(asked.get("task_id"), int) else None
    return task.case_id if task is not None else None
