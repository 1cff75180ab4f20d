"""Answers a refusal with its page, or with a problem for another system."""

from __future__ import annotations

import logging
from typing import TypeGuard

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, TooManyRequests
from werkzeug.wrappers import Response

from app.failures.table import sentence_about, told_about
from app.failures.told import Told
from app.failures.trouble import BY_STATUS, CSRF_TOLD, TO_SYSTEMS, trouble_with_database
from app.problems import problem
from app.reads import show_nothing
from app.redisplay import show_again
from app.security import OPEN_ROUTES
from app.texts import t
from app.web import is_call
from processes import errors
from processes.queries.attention import Attention

MULTIPART = "multipart/form-data"
WORTH_KEEPING = 12
"""Shorter answers than this are quicker to give again than to copy."""

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Let the application answer with the table."""
    app.register_error_handler(errors.Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(HTTPException, _http_trouble)
    app.register_error_handler(Exception, _crashed)


def _refused(refusal: Exception) -> tuple[str, int] | Response:
    told = told_about(refusal)
    if is_call():
        return _told_to_a_system(refusal, told)
    closed_case = refusal.case_id if isinstance(refusal, errors.NoNeedOfCase) else None
    return _page(told, sentence_about(refusal), closed_case)


def _told_to_a_system(refusal: Exception, told: Told) -> Response:
    """The same facts as on a page; what a form refuses is told field by field."""
    fields = refusal.problems if isinstance(refusal, errors.AnswersRefused) else None
    status = 422 if fields is not None else told.status
    return problem(status, told.title, sentence_about(refusal), name=type(refusal).__name__, fields=fields)


def _stale_page(_trouble: CSRFError) -> tuple[str, int] | Response:
    kept = t("Sidan hade legat öppen för länge. Det du skrev är kvar: kontrollera och skicka igen.")
    try:
        return show_again(kept) or _page(CSRF_TOLD, t(CSRF_TOLD.sentence))
    except errors.Refusal as refusal:
        return _refused(refusal)


def _http_trouble(trouble: HTTPException) -> tuple[str, int] | tuple[str, int, dict[str, str]] | Response:
    if isinstance(trouble, InternalServerError) and trouble.original_exception is not None:
        return _crashed(trouble.original_exception)  # on its way out: what was read could not be logged
    if trouble.code is None or trouble.code < 400:
        return trouble.get_response()
    if isinstance(trouble, SecurityError):  # under a host name that is not ours no page can be addressed
        return Response(BY_STATUS[400].title, trouble.code, mimetype="text/plain")
    told = BY_STATUS.get(trouble.code, BY_STATUS[400 if trouble.code < 500 else 500])
    if is_call():
        told = TO_SYSTEMS.get(trouble.code, told)
        answer = problem(trouble.code, told.title, t(told.sentence), name=type(trouble).__name__)
        answer.headers.extend([one for one in trouble.get_headers() if one[0] in ("Allow", "Retry-After")])
        return answer
    page, status = _page(Told(trouble.code, told.title, told.sentence), t(told.sentence))
    return page, status, {"Retry-After": str(trouble.retry_after)} if _says_when(trouble) else {}


def _says_when(trouble: HTTPException) -> TypeGuard[TooManyRequests]:
    return isinstance(trouble, TooManyRequests) and trouble.retry_after is not None


def _crashed(crash: BaseException) -> tuple[str, int] | Response:
    show_nothing()  # the page holds only what was typed; and the log of reads may be what cannot be written
    log.error("%s %s failed", request.method, request.url_rule, exc_info=crash)  # an address can be a secret
    told = trouble_with_database(crash) or BY_STATUS[500]
    if is_call():
        return problem(told.status, told.title, t(told.sentence))
    # What failed may be the database: the page asks it for nothing more.
    g.setdefault("attention", Attention())
    return _page(told, t(told.sentence))


def _page(told: Told, sentence: str, closed_case: int | None = None) -> tuple[str, int]:
    """The page of a refusal; for a case that only an emergency opens, with the way to state one."""
    g.setdefault("reader", None)
    typed = _what_was_typed() if told.status == 401 else []
    again = _to_send_again() if told.status == 503 else []
    page = render_template(
        "errors/error.html", told=told, sentence=sentence, typed=typed, again=again, closed_case=closed_case
    )
    return page, told.status


def _to_send_again() -> list[tuple[str, str]]:
    """All that was posted, so that it can be sent again when the database is back; files cannot be given back."""
    if request.method != "POST" or _may_hold_a_secret() or request.mimetype == MULTIPART:
        return []
    return list(request.form.items(multi=True))


def _what_was_typed() -> list[str]:
    """The longer texts of a post by somebody whose session has ended, so that they can be copied and kept."""
    if _may_hold_a_secret():
        return []
    texts = (text.strip() for name, text in request.form.items(multi=True) if name != "csrf_token")
    return [text for text in texts if len(text) >= WORTH_KEEPING]


def _may_hold_a_secret() -> bool:
    """Whether a password or a code may have been typed, which no page may show, not even to who typed it."""
    return request.endpoint in OPEN_ROUTES or request.blueprint == "sign_in"
