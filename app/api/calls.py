"""Answers the calls: reads what was sent, does it in one transaction, and gives a repeated request its first answer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request

from app.api.bodies import must_fit, read_json
from app.api.guard import the_key
from app.api.operation import Call, Operation
from app.api.operations import ALL
from app.api.schemas import SCHEMAS
from app.reads import show_nothing
from app.texts import t
from app.web import API, running_system
from processes.actions.answered_requests import answer_request, begin_request, forget_request
from processes.errors import AnswersRefused
from processes.models import AnsweredRequest
from processes.unit_of_work import UnitOfWork

NUMBERED = ("task_id", "case_id")
"""What an address names by a row's number."""
TOKEN_HEADER = "Idempotency-Key"  # noqa: S105 -- the name of a header
TOKEN = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


def blueprint() -> Blueprint:
    """Every operation of the table, at its address."""
    calls = Blueprint("api", __name__, url_prefix=API)
    for operation in ALL:
        calls.add_url_rule(rule_of(operation), operation.name, _view(operation), methods=[operation.method])
    return calls


def rule_of(operation: Operation) -> str:
    """The address as the router has it."""
    rule = operation.path
    for name in NUMBERED:
        rule = rule.replace(f"{{{name}}}", f"<id:{name}>")
    if operation.each is not None:
        words = ", ".join(f'"{word}"' for word in operation.each.titles)
        rule = rule.replace(f"{{{operation.each.place}}}", f"<any({words}):{operation.each.place}>")
    return re.sub(r"\{(\w+)\}", r"<\1>", rule)


def _view(operation: Operation) -> Callable[..., Response]:
    def view(**named: Any) -> Response:
        asked = _asked(operation)
        if not operation.is_write:
            with running_system().reading() as work:
                key = the_key(work, operation.scope)
                return _json(operation.status, _text(operation.run(Call(work, key, named, asked))))
        body = read_json() if operation.takes_body else {}
        token = _token()
        if token is None:
            with running_system().transaction() as work:
                return _json(operation.status, _carry_out(operation, work, named, asked, body))
        return _once(operation, named, asked, body, token)

    return view


def _once(
    operation: Operation, named: Mapping[str, Any], asked: Mapping[str, Any], body: Any, token: str, /
) -> Response:
    """Carry the request out, unless it has been carried out under this name before."""
    system = running_system()
    with system.transaction() as work:
        key = the_key(work, operation.scope)
        begun = begin_request(work, key=key, token=token, request_hash=_request_hash())
    if begun.status is not None:
        show_nothing()
        answer = _json(begun.status, begun.body)
        answer.headers["Idempotent-Replayed"] = "true"
        return answer
    try:
        with system.transaction() as work:
            text = _carry_out(operation, work, named, asked, body)
            answer_request(work, begun=begun, status=operation.status, body=text)
    except Exception:  # whatever stopped it, nothing was changed: the same name may come again
        _forget(begun)
        raise
    return _json(operation.status, text)


def _forget(begun: AnsweredRequest) -> None:
    with running_system().transaction() as work:
        forget_request(work, begun=begun)


def _carry_out(
    operation: Operation, work: UnitOfWork, named: Mapping[str, Any], asked: Mapping[str, Any], body: Any, /
) -> str:
    key = the_key(work, operation.scope)
    if operation.each is not None:
        body = must_fit(body, operation.each.body(work, named[operation.each.place]))
    elif operation.body:
        body = must_fit(body, SCHEMAS[operation.body])
    answer = _text(operation.run(Call(work, key, named, asked, body)))
    work.session.flush()
    return answer


def _asked(operation: Operation) -> dict[str, Any]:
    """What stands after the question mark. Raises AnswersRefused for what is not asked for or cannot be read."""
    schema = {
        "type": "object",
        "properties": {question.name: question.schema for question in operation.questions},
        "additionalProperties": False,
    }
    given: dict[str, Any] = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise AnswersRefused({name: t("Får bara anges en gång.")})
        given[name] = (
            int(values[0]) if re.fullmatch(r"[0-9]{1,9}", values[0]) and name == "limit" else values[0]
        )
    must_fit(given, schema)
    return {question.name: given.get(question.name, question.usual) for question in operation.questions}


def _token() -> str | None:
    """What the system calls its request, if it does. Raises AnswersRefused for a name that cannot be kept."""
    token = request.headers.get(TOKEN_HEADER)
    if token is not None and not TOKEN.fullmatch(token):
        raise AnswersRefused({TOKEN_HEADER: t("Ska vara 1–200 tecken ASCII utan mellanslag.")})
    return token


def _request_hash() -> str:
    """The same for the same request, and for no other."""
    said = b"\0".join((request.method.encode(), request.path.encode(), request.get_data(cache=True)))
    return hashlib.sha256(said).hexdigest()


def _text(answer: Mapping[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _json(status: int, text: str) -> Response:
    return Response(text, status, mimetype="application/json")
