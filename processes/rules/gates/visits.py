"""Gates about home visits: nobody comes unannounced before gentler ways are tried, nobody comes along needlessly.

A home visit is an investigative measure and an intrusion; it shall in the first place be announced (handboken 5.3). No
statute lets social services into a home: every adult whose rooms are entered must agree (JO 1188-2020, JO 6367-2019).
"""

from __future__ import annotations

from collections.abc import Iterable

from processes.rules.consent import Need, consent_for
from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, is_yes, opened
from processes.rules.snapshot import AttemptSeen

PURPOSES = frozenset({"establish_contact", "give_information", "offer_support"})
"""The only purposes an unannounced visit during intake may have (handboken 5.3)."""

WAYS: dict[str, tuple[frozenset[str], str]] = {
    "letter": (frozenset({"letter"}), "brev"),
    "phone": (frozenset({"phone", "sms"}), "telefon eller sms"),
    "announced_visit": (frozenset({"announced_visit"}), "aviserat besök"),
    "booked_meeting": (frozenset({"booked_meeting"}), "bokat möte"),
}
"""What the policy may demand first: the channels that satisfy it, and its name."""

CHILDREN_UNIT = frozenset({"barn-unga", "bou", "children"})
ASSESSED = "hembesok.bedomt"
APPROVED = "hembesok.godkant"
REPORT = "orosanmalan.inkom"


def unannounced_visit(question: GateQuestion) -> GateAnswer:
    """May an unannounced visit be made? (R-091 to R-093, R-113 to R-115)

    Letter, phone or text message and an announced visit come first (the policy may change the list), unless an
    emergency is documented and the head of unit approves. Looked at when completing: `purposes`, `participants`,
    `intrusion_assessment`, `emergency`, `emergency_reason`; otherwise what the request itself says.
    """
    if question.answer("visit_decision") == "refuse" or question.answer("visit_outcome") == "not_needed":
        return opened("Besöket görs inte.")
    reminder = _approval(question) or _untried(question) or _children_unit_without_report(question)
    if reminder is not None:
        return reminder
    purposes = _listed(question, "purposes")
    if not set(purposes) <= PURPOSES or (
        question.step_id == "begar_oanmalt_hembesok" and _asked_without(question, purposes)
    ):
        return closed(
            "Ett oanmält hembesök får bara ha till syfte att etablera kontakt, lämna information och erbjuda stöd.",
            "Välj bland de tre syftena. Ska något utredas krävs att utredning är inledd.",
        )
    if (
        question.step_id == "begar_oanmalt_hembesok"
        and question.is_completing
        and not question.text("intrusion_assessment")
    ):
        return closed(
            "Intrånget i den enskildes integritet är inte bedömt.",
            "Beskriv varför besöket är godtagbart just här trots intrånget.",
        )
    return opened("Brev, telefon och aviserat besök är prövade.", *_evidence(question.snapshot.attempts))


def _asked_without(question: GateQuestion, purposes: tuple[str, ...]) -> bool:
    return question.is_completing and not purposes


def _approval(question: GateQuestion) -> GateAnswer | None:
    """The request is approved by the head of unit only."""
    if question.step_id != "godkann_hembesok" or not question.is_completing:
        return None
    if question.person is not None and question.person.is_head:
        return None
    return closed("Bara Enhetschef godkänner ett oanmält hembesök.", "Lämna över till Enhetschef.")


def _untried(question: GateQuestion) -> GateAnswer | None:
    """The gentler ways that remain, unless an emergency is documented or the request is already approved."""
    snapshot = question.snapshot
    tried = {attempt.channel for attempt in snapshot.attempts if attempt.at <= question.now}
    left = [WAYS[way][1] for way in snapshot.policy.unannounced_visit_needs if not WAYS[way][0] & tried]
    is_approved = (
        question.scope.kind == "request" and snapshot.latest(APPROVED, scope=question.scope) is not None
    )
    if not left or is_approved or _is_emergency(question):
        return None
    return closed(
        f"Andra sätt att nå den enskilde är inte prövade: {', '.join(left)}.",
        "Pröva dem först och anteckna försöken. I en akut situation: beskriv den, så avgör Enhetschef.",
        *_evidence(snapshot.attempts),
    )


def _is_emergency(question: GateQuestion) -> bool:
    """Documented in the answers, or already in the assessed request."""
    if is_yes(question.answer("emergency")) and question.text("emergency_reason"):
        return True
    requested = question.snapshot.latest(ASSESSED, scope=question.scope)
    return requested is not None and is_yes(requested.payload.get("emergency"))


def _children_unit_without_report(question: GateQuestion) -> GateAnswer | None:
    """The children's unit follows only after a report of concern or an internal hand-over (handboken 5.5)."""
    if not CHILDREN_UNIT & set(_listed(question, "participants")):
        return None
    if question.snapshot.events_named(REPORT):
        return None
    return closed(
        "Enheten för barn och unga följer inte med på ett oanmält besök utan uttalad oro.",
        "Besök utan enheten. Finns oro: uppmana till orosanmälan eller lämna över internt först.",
    )


def _listed(question: GateQuestion, name: str) -> tuple[str, ...]:
    """The answer, or what the request said."""
    value = question.answer(name)
    if value is None:
        origin = question.origin()
        value = None if origin is None else origin.payload.get(name)
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def _evidence(attempts: Iterable[AttemptSeen]) -> tuple[str, ...]:
    return tuple(f"kontaktförsök {attempt.id}" for attempt in attempts)


def booked_visit(question: GateQuestion) -> GateAnswer:
    """A booked visit together with the landlord or the children's unit: is it thought through? (R-039, R-109)

    With the landlord nothing is disclosed without consent; the children's unit may take part without a report when
    the need is assessed (`need_assessment`). Looked at: `participants`.
    """
    taking_part = set(_listed(question, "participants"))
    need = Need("landlord", "give")
    if {"landlord", "disturbance_patrol"} & taking_part:
        answer = consent_for(question.snapshot, need, question.now)
        if not answer.covered:
            return closed(
                "Hyresvärden är med, och den enskilde har inte samtyckt till att något berättas.",
                "Be om samtycke, eller motivera besöket och berätta inget om den enskilde.",
                level=Level.REASON,
            )
    if (
        CHILDREN_UNIT & taking_part
        and not question.snapshot.events_named(REPORT)
        and not question.text("need_assessment")
    ):
        return closed(
            "Enheten för barn och unga är med utan orosanmälan, och behovet är inte bedömt.",
            "Beskriv varför enheten behövs på just det här besöket.",
            level=Level.REASON,
        )
    return opened("Inget hindrar det bokade besöket.", level=Level.REASON)


VISIT_GATES = (
    Gate(
        "unannounced-visit", Level.HARD, "Oanmält hembesök",
        ("R-089", "R-090", "R-091", "R-092", "R-093", "R-094", "R-113", "R-114", "R-115"),
        "handboken 5.3, 5.5, 6.6; JO 1188-2020", unannounced_visit,
    ),
    Gate(
        "booked-visit", Level.REASON, "Bokat besök med fler", ("R-039", "R-109"), "handboken 4.1, 5.5", booked_visit,
    ),
)  # fmt: skip
