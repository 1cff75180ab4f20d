"""Swedish words for what the read log's rows say: which page, by what right, and what an auditor found."""

from __future__ import annotations

AUDIT_LABELS: dict[str, dict[str, str]] = {
    "read": {
        "cases.show": "Ärendets sida",
        "persons.show": "En persons akt",
        "retention.case": "Gallring av ärendet",
        "retention.propose": "Gallring av ärendet, efter nej",
        "retention.destroy": "Gallring av ärendet, efter fel",
        "retention.hold": "Gallringsstopp, efter fel",
        "retention.lift": "Gallringsstopp, efter fel",
        "insight.show": "Utlämnande av en persons akt, granskning",
        "insight.hand_out": "Utlämnande av en persons akt",
        "corrections.show": "Rättelse eller invändning",
        "corrections.note": "Rättelse eller invändning, efter fel",
        "access.emergency": "Nödåtkomst till ärendet",
        "access.recusal": "Anmälan av jäv",
        "cases.event": "Formulär för en händelse",
        "cases.record": "Formulär för en händelse, efter fel",
        "tasks.show": "Uppgiftens sida",
        "tasks.complete": "Uppgiftens sida, efter fel",
        "notices.register": "Registrering av underrättelse",
        "audit.show": "Åtkomstloggen",
        "audit.striking": "Mönster i åtkomstloggen",
        "audit.sample": "Stickprov ur åtkomstloggen",
        "audit.extract": "Utdrag ur åtkomstloggen",
    },
    "basis": {
        "own_task": "Egen uppgift",
        "responsible": "Ansvarig eller ersättare",
        "stand_in": "Ersätter en frånvarande",
        "unit_task": "Enhetens uppgift",
        "emergency": "Nödåtkomst",
        "supervision": "Arbetsledning",
        "audit": "Granskning",
        "none": "Utan uppgift",
        "refused": "Nekad",
    },
    "finding": {
        "justified": "Behörig",
        "to_be_asked": "Ska frågas",
        "unjustified": "Obehörig",
    },
    "pattern": {
        "own_case": "Läsaren finns själv i ärendet, eller någon med samma namn",
        "neighbour": "Ärendet gäller läsarens egen adress",
        "same_surname": "Samma efternamn som någon i ärendet",
        "many_without_task": "Många ärenden utan uppgift samma dag",
    },
}
