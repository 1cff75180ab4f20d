"""Gates about investigating: not before an investigation is opened, and not against an adult's will.

During intake (sv. aktualisering, förhandsbedömning) we may inform, offer support and ask those who told us; everything
that finds out more about the person waits for the decision to open (handboken 5.1, SoL 14:2).
"""

from __future__ import annotations

from datetime import datetime

from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, is_yes, opened
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

OPENED = "utredning.inledd"
NOT_OPENED = "utredning.ej_inledd"
CONTINUED = "aktualisering.fortsatter"
ENDED = "utredning.avslutad"
CHILD_OPENED = "barnutredning.inledd"
CHILD_ENDED = "barnutredning.avslutad"
APPLIED = "bistand.ansokt"
"""An application for economic assistance is an investigation of its own, whenever it comes in (data 2.9)."""
MAY_LEAD = "atgard.kan_bli_aktuell"
ASSISTANCE_CLASS = "ekonomiskt-bistand"
SUPPORT_CLASS = "stod"


def open_investigation(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> EventSeen | None:
    """The decision that opened the investigation which is open now; None during intake.

    Within a report (scope `report`) it is the child's investigation of that report, otherwise the adult's.
    """
    if scope.kind == "report":
        return open_child_investigation(snapshot, scope, now)
    adult = [e for e in snapshot.events_named(OPENED, ENDED) if e.scope.kind != "report"]
    last = _newest(adult, now)
    return last if last is not None and last.name == OPENED else None


def open_child_investigation(snapshot: CaseSnapshot, report: Scope, now: datetime) -> EventSeen | None:
    """The decision that opened the child's investigation after this report, while it is not ended (SoL 20:2)."""
    last = _newest(snapshot.events_named(CHILD_OPENED, CHILD_ENDED, scope=report), now)
    return last if last is not None and last.name == CHILD_OPENED else None


def _newest(events: list[EventSeen], now: datetime) -> EventSeen | None:
    happened = [event for event in events if event.at <= now]
    return happened[-1] if happened else None


def no_investigation_in_intake(question: GateQuestion) -> GateAnswer:
    """May an investigative step, or individual support, be taken now? (R-077, R-084, R-085)

    A step whose property `klass` is `stod` gives individual support without investigating; the policy may allow that
    earlier (SoL 11:5). A step of class `ekonomiskt-bistand` investigates the household's own application.
    """
    snapshot, now = question.snapshot, question.now
    decision = open_investigation(snapshot, question.scope, now)
    if decision is not None:
        return opened("Utredning är inledd.", f"händelse {decision.id}")
    kind = question.properties.get("klass")
    if kind == SUPPORT_CLASS and not snapshot.policy.support_needs_investigation:
        return opened("Kommunen ger insatsen utan individuell behovsprövning (SoL 11 kap. 5 §).")
    application = _newest(snapshot.events_named(APPLIED), now)
    if kind == ASSISTANCE_CLASS and application is not None:
        return opened("Ansökan om ekonomiskt bistånd utreds för sig.", f"händelse {application.id}")
    return closed(
        "Utredning är inte inledd. Under aktualiseringen får inga utredningsåtgärder vidtas och inga individanpassade "
        "insatser ges.",
        "Ta ställning till om utredning ska inledas. Information och erbjudande om stöd får ges redan nu.",
    )


def adult_will(question: GateQuestion) -> GateAnswer:
    """May an investigation be opened? Only if the adult wants it, or coercive law may apply (R-079, R-080).

    Looked at: `decision` (open ...), `adult_stance` (wants, declines, not_reached), `coercive_law_possible`. On
    `godkann_tvangsprovning` the head of unit decides.
    """
    if question.step_id == "godkann_tvangsprovning":
        if question.is_completing and (question.person is None or not question.person.is_head):
            return closed(
                "Bara Enhetschef godkänner prövning mot den enskildes vilja.", "Lämna över till Enhetschef."
            )
        return opened("Enhetschef avgör om tvångslagstiftning kan bli aktuell.")
    if question.is_completing and question.answer("decision") != "open":
        return opened("Ingen utredning inleds.")
    if not question.is_completing:
        return opened(
            "En utredning inleds bara om den enskilde vill, eller om tvångslagstiftning kan bli aktuell."
        )
    if question.answer("adult_stance") == "wants":
        return opened("Den enskilde vill att utredning inleds.")
    if is_yes(question.answer("coercive_law_possible")):
        return opened("Tvångslagstiftning kan bli aktuell. Enhetschef godkänner innan utredningen inleds.")
    return closed(
        "En utredning inleds som huvudregel inte mot en vuxen persons vilja.",
        "Fortsätt att söka upp och motivera, eller ange att tvångslagstiftning kan bli aktuell.",
    )


def may_lead_to_measure(question: GateQuestion) -> GateAnswer:
    """Has something come up that may lead to a measure? Then the decision about an investigation is due now (R-088).

    Looked at: `may_lead_to_measure` in the answers, or a recorded event that says so since the last decision.
    """
    snapshot, now = question.snapshot, question.now
    said = is_yes(question.answer("may_lead_to_measure"))
    told = [event for event in snapshot.events_named(MAY_LEAD) if event.at <= now]
    decided = _newest(snapshot.events_named(OPENED, NOT_OPENED, CONTINUED), now)
    newer = [event for event in told if decided is None or event.id > decided.id]
    if open_investigation(snapshot, question.scope, now) is None and (said or newer):
        return closed(
            "Något har kommit fram som kan leda till en åtgärd. Då ska utredning inledas genast (SoL 14 kap. 2 §).",
            "Ta ställning till utredning i dag.",
            *(f"händelse {event.id}" for event in newer),
            level=Level.INFO,
        )
    return opened("Inget nytt kräver ställningstagande nu.", level=Level.INFO)


INVESTIGATION_GATES = (
    Gate(
        "no-investigation-in-intake", Level.HARD, "Ingen utredning under aktualiseringen",
        ("R-017", "R-077", "R-082", "R-084", "R-085"), "handboken 5.1; SoL 14:2, 11:5", no_investigation_in_intake,
    ),
    Gate(
        "adult-will", Level.HARD, "Inte mot en vuxens vilja", ("R-079", "R-080", "R-081"),
        "handboken 5.1, 6.7; SoL 14:2", adult_will,
    ),
    Gate(
        "may-lead-to-measure", Level.INFO, "Kan leda till åtgärd", ("R-078", "R-088"), "handboken 5.2, 6.7; SoL 14:2",
        may_lead_to_measure,
    ),
)  # fmt: skip
