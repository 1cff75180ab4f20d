"""What another system is told when something cannot be done: a problem document (RFC 9457), never a page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from flask import Response

from app.reads import request_id
from app.texts import t
from app.web import API

JSON = "application/problem+json"
UNKNOWN_KEY = 'Bearer realm="Kvarboende"'


def problem(
    status: int, title: str, detail: str, *, name: str = "", fields: Mapping[str, str] | None = None
) -> Response:
    """The answer; `name` tells kinds of problem apart, `fields` says what is wrong with which field."""
    document: dict[str, object] = {
        "type": f"{API}/#problem-{slug(name)}" if name else "about:blank",
        "title": t(title),
        "status": status,
        "detail": detail,
        "request_id": request_id(),
    }
    if fields:
        document["errors"] = [{"field": field, "message": message} for field, message in fields.items()]
    answer = Response(json.dumps(document), status, mimetype=JSON)
    answer.headers["Vary"] = "Accept-Language"
    if status == 401:
        answer.headers["WWW-Authenticate"] = UNKNOWN_KEY
    return answer


def slug(name: str) -> str:
    """`task-already-claimed` of `TaskAlreadyClaimed`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
