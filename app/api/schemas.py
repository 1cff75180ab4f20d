"""What the interface answers, schema by schema; a test holds every answer against them."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
YES_NO: Schema = {"type": "boolean"}
ROW_ID: Schema = {"type": "integer", "minimum": 1}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
TEXTS: Schema = {"type": "array", "items": TEXT}


def _or_nothing(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": _named(name)}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


NEXT_AFTER = _or_nothing(TEXT)

SCHEMAS: dict[str, Schema] = {
    "Receipt": _object(reference=TEXT, received_at=INSTANT, status={"type": "string", "const": "received"}),
    "Receipts": _object(receipts=_list_of("Receipt"), next_after=NEXT_AFTER),
    "Registered": _object(notice_id=ROW_ID, case_id=ROW_ID, case_number=TEXT),
    "Task": _object(
        id=ROW_ID,
        case_id=ROW_ID,
        case_number=TEXT,
        title=TEXT,
        step=TEXT,
        process=TEXT,
        unit=TEXT,
        status={"type": "string", "enum": ["open", "completed", "withdrawn"]},
        due_at=_or_nothing(INSTANT),
        on_hold_until=_or_nothing(INSTANT),
        claimed_by=_or_nothing(TEXT),
        blocked_by=TEXTS,
    ),
    "Tasks": _object(tasks=_list_of("Task"), next_after=NEXT_AFTER),
    "Gate": _object(name=TEXT, title=TEXT, allowed=YES_NO, why=TEXT, way_out=TEXT),
    "TaskWithForm": _object(
        task=_named("Task"),
        purpose=TEXT,
        form={"type": "object"},
        gates=_list_of("Gate"),
        answers={"type": ["object", "null"]},
    ),
    "Answers": _object(answers={"type": "object", "maxProperties": 200}),
    "CaseSummary": _object(
        id=ROW_ID,
        number=TEXT,
        phase=TEXT,
        opened_at=INSTANT,
        closed_at=_or_nothing(INSTANT),
        outcome=_or_nothing(TEXT),
        responsible=_or_nothing(TEXT),
    ),
    "Cases": _object(cases=_list_of("CaseSummary"), next_after=NEXT_AFTER),
    "Person": _object(
        id=ROW_ID,
        name=TEXT,
        roles=TEXTS,
        protection=TEXT,
        is_kept_back=YES_NO,
        born_on=_or_nothing(DAY),
        id_number=_or_nothing(TEXT),
        own_address=_or_nothing(TEXT),
        language=TEXT,
        needs_interpreter=YES_NO,
        died_on=_or_nothing(DAY),
    ),
    "Notice": _object(
        id=ROW_ID,
        kind=TEXT,
        grounds=TEXTS,
        informant=TEXT,
        received_at=INSTANT,
        stance=_or_nothing(TEXT),
        eviction_at=_or_nothing(INSTANT),
        duplicate_of=_or_nothing(ROW_ID),
    ),
    "Case": _object(
        case=_named("CaseSummary"),
        home=TEXT,
        landlord=_or_nothing(TEXT),
        persons=_list_of("Person"),
        notices=_list_of("Notice"),
        open_tasks=_list_of("Task"),
    ),
    "Deadline": _object(
        rule=TEXT,
        title=TEXT,
        kind={"type": "string", "enum": ["act", "longest", "earliest", "guide", "info"]},
        about=TEXT,
        falls_on=_or_nothing(DAY),
        is_provisional=YES_NO,
        source=TEXT,
        why=TEXT,
        computed_at=INSTANT,
    ),
    "Deadlines": _object(deadlines=_list_of("Deadline")),
    "Consent": _object(
        id=ROW_ID,
        giver=ROW_ID,
        recipient=TEXT,
        recipient_name=TEXT,
        purposes=TEXTS,
        scopes=TEXTS,
        direction=TEXT,
        form=TEXT,
        given_at=INSTANT,
        valid_until=_or_nothing(DAY),
        withdrawn_at=_or_nothing(INSTANT),
    ),
    "Consents": _object(consents=_list_of("Consent")),
    "Event": _object(
        id=ROW_ID,
        name=TEXT,
        at=INSTANT,
        recorded_at=INSTANT,
        recorded_by=_or_nothing(TEXT),
        payload={"type": "object"},
        corrected_by=_or_nothing(ROW_ID),
    ),
    "Events": _object(events=_list_of("Event"), next_after=NEXT_AFTER),
    "Recorded": _object(id=ROW_ID, name=TEXT, case_id=ROW_ID, at=INSTANT),
    "FieldProblem": _object(field=TEXT, message=TEXT),
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "request_id": TEXT,
            "errors": _list_of("FieldProblem"),
        },
        "required": ["type", "title", "status", "detail", "request_id"],
        "additionalProperties": False,
    },
}
"""Every schema by name."""
