"""Writes the OpenAPI document from the table of operations and the forms that are published at this moment."""

from __future__ import annotations

import re
from typing import Any

from app.api.operation import Operation, Question
from app.api.operations import ALL, AREAS
from app.api.schemas import ROW_ID, SCHEMAS
from app.texts import t
from app.web import API
from processes.rules.connections import SCOPES
from processes.unit_of_work import UnitOfWork

Schema = dict[str, Any]

REFUSALS = {
    "400": "Begäran går inte att läsa.",
    "401": "Nyckeln saknas eller gäller inte.",
    "403": "Nyckeln, eller personen som den arbetar åt, får inte göra detta.",
    "404": "Det finns inte, eller är inte ditt att veta om.",
    "409": "Någon annan hann före, en spärr är stängd eller samma begäran pågår redan.",
    "413": "Begäran är för stor.",
    "415": "Innehållet är inte JSON.",
    "422": "Något är fel ifyllt; errors säger vad och var.",
    "429": "För många begäranden; Retry-After säger hur länge du ska vänta.",
}
"""How a request can be refused, in the Swedish words of the documentation."""
FOR_READING = ("400", "401", "403", "404", "422", "429")
OWN_NAME = "Ditt eget namn på begäran; kommer den igen med samma namn utförs den inte igen."
TOKEN_HEADER: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]{1,200}$"},
}


def document(work: UnitOfWork) -> Schema:
    """The whole interface as an OpenAPI 3.1 document."""
    paths: dict[str, Schema] = {}
    for operation in ALL:
        for path, alternative in addresses(operation):
            written = _operation(work, operation, alternative)
            paths.setdefault(API + path, {})[operation.method.lower()] = written
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kvarboende",
            "version": "1",
            "description": t("Underrättelser, uppgifter, ärenden och händelser för anslutna system."),
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": t(words)} for name, words in AREAS.items()],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "; ".join(f"{scope}: {t(words)}" for scope, words in SCOPES.items()),
                }
            },
            "responses": {status: _refusal(words) for status, words in REFUSALS.items()},
        },
    }


def addresses(operation: Operation) -> list[tuple[str, str]]:
    """The operation's addresses: one, or one per word that may stand in it, with that word."""
    if operation.each is None:
        return [(operation.path, "")]
    place = f"{{{operation.each.place}}}"
    return [(operation.path.replace(place, word), word) for word in operation.each.titles]


def _operation(work: UnitOfWork, operation: Operation, alternative: str) -> Schema:
    title = t(operation.title)
    if operation.each is not None:
        title = f"{title}: {operation.each.titles[alternative]}"
    suffix = re.sub(r"\W", "_", f"_{alternative}") if alternative else ""
    named = [name for name in re.findall(r"\{(\w+)\}", operation.path) if f"{{{name}}}" in operation.path]
    if operation.each is not None:
        named.remove(operation.each.place)
    refusals = tuple(REFUSALS) if operation.is_write else FOR_READING
    written: Schema = {
        "operationId": operation.name + suffix,
        "tags": [operation.area],
        "summary": title,
        "description": t(operation.told),
        "security": [{"key": [operation.scope]}],
        "parameters": [
            *(_named(name) for name in named),
            *(_question(question) for question in operation.questions),
            *([{**TOKEN_HEADER, "description": t(OWN_NAME)}] if operation.is_write else []),
        ],
        "responses": {
            str(operation.status): _answer(operation),
            **{status: {"$ref": f"#/components/responses/{status}"} for status in refusals},
        },
    }
    if operation.takes_body:
        schema = (
            operation.each.body(work, alternative)
            if operation.each is not None
            else {"$ref": f"#/components/schemas/{operation.body}"}
        )
        written["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return written


def _named(name: str) -> Schema:
    is_number = name.endswith("_id")
    schema = (
        {**ROW_ID, "maximum": 2**63 - 1} if is_number else {"type": "string", "pattern": "^[0-9A-Z-]{1,40}$"}
    )
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _question(question: Question) -> Schema:
    schema = question.schema if question.usual is None else {**question.schema, "default": question.usual}
    return {
        "name": question.name,
        "in": "query",
        "required": False,
        "description": t(question.told),
        "schema": schema,
    }


def _answer(operation: Operation) -> Schema:
    schema = {"$ref": f"#/components/schemas/{operation.answer}"}
    return {"description": t(operation.title), "content": {"application/json": {"schema": schema}}}


def _refusal(words: str) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": t(words), "content": {"application/problem+json": {"schema": schema}}}
