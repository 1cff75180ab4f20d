"""The table of everything that another system can ask for; addresses, documentation and checks all come from it."""

from __future__ import annotations

from app.api import cases, notices, tasks
from app.api.operation import Alternatives, Operation, Question
from processes.rules.connections import SUBMIT

AREAS = {
    "notices": "Underrättelser från anslutna system",
    "intake": "Underrättelser som en handläggare registrerar",
    "tasks": "Uppgifter",
    "cases": "Ärenden",
    "events": "Händelser",
}
"""Under which heading an operation stands, with the Swedish words."""

LIMIT = Question("limit", "Högst så många rader.", {"type": "integer", "minimum": 1, "maximum": 100}, 50)
AFTER_ROW = Question(
    "after", "Där förra sidan slutade (next_after).", {"type": "string", "pattern": "^[0-9]{1,18}$"}
)
AFTER_TASK = Question(
    "after", "Där förra sidan slutade (next_after).", {"type": "string", "pattern": "^[0-9T:.+_-]{1,60}$"}
)
LIST = Question(
    "list",
    "mine: tagna av personen; unit: enhetens otilldelade; waiting: hos andra; all: alla som personen får se.",
    {"type": "string", "enum": ["mine", "unit", "waiting", "all"]},
    "mine",
)
SEARCH = Question(
    "search", "Ett ärendenummer, dess början eller dess sista siffror.", {"type": "string", "maxLength": 60}
)

ALL: tuple[Operation, ...] = (
    Operation(
        "submit_notice",
        "POST",
        "/notices/{kind}",
        "Lämna en underrättelse",
        "För hyresvärdars system, Störningsjouren och meddelanden från Kronofogden. Svaret är en referens och när "
        "underrättelsen kom in, aldrig något om hushållet. Skicka ett Idempotency-Key så är det ofarligt att försöka "
        "igen.",
        "notices",
        SUBMIT,
        "Receipt",
        notices.submit,
        status=201,
        each=Alternatives("kind", notices.FROM_SYSTEMS, notices.submission_schema),
    ),
    Operation(
        "list_receipts",
        "GET",
        "/receipts",
        "Det som systemet har lämnat",
        "Systemets egna inlämningar, de senaste först.",
        "notices",
        SUBMIT,
        "Receipts",
        notices.receipts,
        questions=(AFTER_ROW, LIMIT),
    ),
    Operation(
        "read_receipt",
        "GET",
        "/receipts/{reference}",
        "Ett kvitto",
        "Att underrättelsen är mottagen, och när. Mer än så lämnas inte ut.",
        "notices",
        SUBMIT,
        "Receipt",
        notices.receipt,
    ),
    Operation(
        "register_notice",
        "POST",
        "/intake/{kind}",
        "Registrera en underrättelse",
        "För ett internt system, i en handläggares namn: samma formulär och samma frågor som på sidan.",
        "intake",
        SUBMIT,
        "Registered",
        notices.register,
        status=201,
        each=Alternatives("kind", notices.BY_STAFF, notices.intake_schema),
    ),
    Operation(
        "list_tasks",
        "GET",
        "/tasks",
        "Lista uppgifter",
        "En av inkorgens listor, den som brådskar mest först. Raderna säger inget om människorna i hushållet.",
        "tasks",
        "tasks:read",
        "Tasks",
        tasks.listed,
        questions=(LIST, AFTER_TASK, LIMIT),
    ),
    Operation(
        "read_task",
        "GET",
        "/tasks/{task_id}",
        "Läsa en uppgift",
        "Vad steget är till för, formuläret som JSON Schema, spärrarna och svaren om uppgiften är slutförd.",
        "tasks",
        "tasks:read",
        "TaskWithForm",
        tasks.read,
    ),
    Operation(
        "claim_task",
        "POST",
        "/tasks/{task_id}/claim",
        "Ta en uppgift",
        "Har någon annan tagit den blir svaret 409.",
        "tasks",
        "tasks:write",
        "Task",
        tasks.claim,
    ),
    Operation(
        "release_task",
        "POST",
        "/tasks/{task_id}/release",
        "Lämna tillbaka en uppgift",
        "Den blir enhetens igen.",
        "tasks",
        "tasks:write",
        "Task",
        tasks.release,
    ),
    Operation(
        "complete_task",
        "POST",
        "/tasks/{task_id}/complete",
        "Slutföra en uppgift",
        "Svaren är de som uppgiftens formulär frågar efter; vad det är står i read_task. En stängd spärr ger 409.",
        "tasks",
        "tasks:write",
        "Task",
        tasks.complete,
        body="Answers",
    ),
    Operation(
        "list_cases",
        "GET",
        "/cases",
        "Lista ärenden",
        "De öppna ärenden som personen ser, de nyaste först.",
        "cases",
        "cases:read",
        "Cases",
        cases.listed,
        questions=(SEARCH, AFTER_ROW, LIMIT),
    ),
    Operation(
        "read_case",
        "GET",
        "/cases/{case_id}",
        "Läsa ett ärende",
        "Hushållet, bostaden, underrättelserna och de öppna uppgifterna, så långt personen får se dem.",
        "cases",
        "cases:read",
        "Case",
        cases.read,
    ),
    Operation(
        "read_deadlines",
        "GET",
        "/cases/{case_id}/deadlines",
        "Läsa ett ärendes frister",
        "Varje frist med svaret på frågan varför datumet är det. Ett preliminärt datum är märkt som det.",
        "cases",
        "cases:read",
        "Deadlines",
        cases.deadlines,
    ),
    Operation(
        "read_consents",
        "GET",
        "/cases/{case_id}/consents",
        "Läsa ett ärendes samtycken",
        "Också de som är återkallade.",
        "cases",
        "cases:read",
        "Consents",
        cases.consents,
    ),
    Operation(
        "read_events",
        "GET",
        "/cases/{case_id}/events",
        "Läsa ett ärendes händelser",
        "I den ordning de antecknades.",
        "cases",
        "cases:read",
        "Events",
        cases.events,
        questions=(AFTER_ROW, LIMIT),
    ),
    Operation(
        "record_event",
        "POST",
        "/cases/{case_id}/events/{name}",
        "Anteckna en händelse",
        "Samma formulär som på sidan. En händelse som en spärr vaktar ger 409 när spärren är stängd.",
        "events",
        "events:write",
        "Recorded",
        cases.record,
        status=201,
        each=Alternatives("name", cases.BY_HAND, cases.event_schema),
    ),
)
"""Every operation, in the order of the documentation."""
