"""Gate about protected identities: an address is shown only where it is known to be safe.

A person whose protection has not been checked counts as protected (fail-closed). What is shown is decided per
recipient: a letter to one guardian never carries the other's address (E-30, E-31; OSL 21:3, 22:1).
"""

from __future__ import annotations

from datetime import datetime

from processes.rules import consent
from processes.rules.consent import Need, consent_for
from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, opened
from processes.rules.protection import is_protected as counts_as_protected
from processes.rules.snapshot import CaseSnapshot, PersonSeen

COMPILATIONS = frozenset({"list", "search", "dashboard"})
"""Places where many people are shown together (SoLPuL 7 a)."""


def is_protected(person: PersonSeen) -> bool:
    """Protected, or not known to be unprotected."""
    return counts_as_protected(person.protection)


def may_show_address(
    snapshot: CaseSnapshot,
    person_id: int,
    *,
    recipient: str,
    now: datetime,
    recipient_person: int | None = None,
) -> GateAnswer:
    """May this person's address be shown to, or printed for, the recipient?

    `recipient` = `individual` (a letter to a person of the case, named by `recipient_person`), `list`, `search`,
    `dashboard`, `case_page` (a caseworker with the case open), or a code of consent.RECIPIENTS.
    """
    person = consent.person_in(snapshot, person_id)
    if person is None:
        return closed("Personen finns inte i ärendet.", "Välj en person i ärendet.")
    evidence = f"person {person_id}"
    if recipient == "individual" and recipient_person != person_id:
        return closed(
            "Ett brev visar bara mottagarens egen adress.", "Skriv ett eget brev till var och en.", evidence
        )
    if is_protected(person):
        return _protected(person, recipient, evidence)
    if recipient in COMPILATIONS or recipient in {"individual", "case_page"}:
        return opened("Personen har inga skyddade personuppgifter.", evidence)
    need = Need(recipient, "give", None, frozenset({"contact_data"}))
    answer = consent_for(snapshot, need, now, [person_id])
    if answer.covered:
        return opened("Personen har samtyckt till att kontaktuppgifter lämnas.", *answer.evidence)
    return closed(
        "Samtycke att lämna personens kontaktuppgifter saknas.", "Be personen om samtycke.", evidence
    )


def _protected(person: PersonSeen, recipient: str, evidence: str) -> GateAnswer:
    if person.protection == "unknown":
        why = "Skyddsstatus är inte kontrollerad och räknas därför som skyddad."
    else:
        why = "Personen har skyddade personuppgifter."
    if recipient == "individual":
        return closed(
            why,
            "Skicka brevet genom Skatteverkets postförmedling, utan adress på kuvert och kopia.",
            evidence,
        )
    if recipient == "case_page":
        return closed(why, "Visa adressen bara om uppgiften kräver det; visningen loggas.", evidence)
    return closed(why, "Kontrollera skyddsstatus. Adressen visas inte här.", evidence)


def protection(question: GateQuestion) -> GateAnswer:
    """May the step go on as answered? A letter to a protected person must go through the intermediary service.

    Looked at: the answer `copies` (rows with `person` and `delivery`), or `person` and `delivery` side by side;
    `delivery` = post, registered_post, in_person, intermediary or digital. Printing itself is guarded by
    `may_show_address`, so a step that answers nothing about delivery is let through with a reminder.
    """
    protected = {
        p.id: p for p in question.snapshot.persons if is_protected(p) and not consent.is_dead(p, question.now)
    }
    if not protected:
        return opened("Ingen i ärendet har skyddade personuppgifter.")
    evidence = tuple(f"person {person}" for person in protected)
    rows = question.answer("copies")
    sent = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if question.answer("person") is not None:
        sent.append({"person": question.answer("person"), "delivery": question.answer("delivery")})
    for row in sent:
        if row.get("person") in protected and row.get("delivery") in {"post", "registered_post", "digital"}:
            return closed(
                f"{protected[row['person']].name} har skyddade eller okontrollerade personuppgifter.",
                "Skicka genom Skatteverkets postförmedling eller lämna över personligen.",
                *evidence,
            )
    return opened(
        "Någon i ärendet har skyddade eller okontrollerade personuppgifter. Adresser skrivs inte ut; "
        "skicka genom Skatteverkets postförmedling.",
        *evidence,
    )


PROTECTION_GATES = (
    Gate(
        "protection", Level.HARD, "Skyddade personuppgifter", ("R-095", "R-106", "R-179"),
        "OSL 21:3, 22:1, 26:1; SoLPuL 7 a; JO 5932-2012", protection,
    ),
)  # fmt: skip
