"""Writes a line for every request: which page, how it was answered and how long that took; nobody's name or address.

A page is told as the pattern of its address: an address itself may be a secret, such as that of a calendar, and what
was searched for stands behind a question mark. Who made the request is in the read log, under the request's id.
"""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from app.metrics import METHODS
from app.reads import request_id
from processes.logs import begin, concern, end

ASKED_BY_PROGRAMS = frozenset({"static", "health.live", "health.ready", "health.punctual", "metrics.show"})
"""Told only on the level debug, since they come every few seconds or with every page."""

log = logging.getLogger("kvarboende.requests")


def log_requests(app: Flask) -> None:
    """Follow every request; call before anything else hangs itself before and after the application's requests."""
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)


def _begin() -> None:
    g.asked_at = time.perf_counter()
    begin(request=request_id())
    case_id = (request.view_args or {}).get("case_id")
    if isinstance(case_id, int):
        concern(case_id)


def _tell(response: Response) -> Response:
    level = logging.DEBUG if request.endpoint in ASKED_BY_PROGRAMS else logging.INFO
    if log.isEnabledFor(level):
        rule = request.url_rule.rule if request.url_rule else "an address that does not exist"
        method = request.method if request.method in METHODS else "other"
        ms = round((time.perf_counter() - g.get("asked_at", time.perf_counter())) * 1000, 1)
        told = {"endpoint": request.endpoint, "status": response.status_code, "ms": ms}
        log.log(level, "%s %s", method, rule, extra={"facts": told})
    return response


def _end(_failure: BaseException | None) -> None:
    end()
