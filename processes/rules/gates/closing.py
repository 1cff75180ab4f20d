"""Gates about ending: no case closes by silence, and nobody is followed up against their will.

Before the end every notice has a stance, the parents have been talked with, and the need of follow-up is assessed
(handboken 3, 4.1.1.2, 6.9). Passivity is what the ombudsman has criticised (JO 1683-2017).
"""

from __future__ import annotations

from datetime import date

from processes.clock import swedish_day
from processes.rules import consent
from processes.rules.children_concerned import living_children, where_children_are_told_of
from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, opened
from processes.rules.notice_kinds import TO_BE_CONFIRMED
from processes.rules.outcomes import OUTCOMES
from processes.rules.snapshot import EventSeen

CONFIRMED = "bekraftelse.skickad"
PARENTS_TALK = "foraldrasamtal.hallet"
CHILD_FOLLOW_UP = "barnuppfoljning.beslutad"


def closing(question: GateQuestion) -> GateAnswer:
    """May the case be ended with this outcome? (R-030, R-049, R-148)

    Looked at when completing: `outcome` (an Outcome code), `follow_up_needed` and `follow_up_reason`. An outcome that
    is not final passes: the case goes on.
    """
    outcome = OUTCOMES.get(str(question.answer("outcome")))
    if question.is_completing and outcome is not None and not outcome.is_final:
        return opened("Ärendet fortsätter.")
    hindrance = _notice_without_stance(question) or _parents_not_talked_with(question)
    if hindrance is not None:
        return hindrance
    if not question.is_completing:
        return opened("Inget hindrar avslut. Bedöm behovet av uppföljning.", *_talks(question))
    if outcome is None:
        return closed("Utfallet är inte angivet.", "Välj utfall.")
    if outcome.needs_head and (question.person is None or not question.person.is_head):
        return closed(
            "Att den enskilde inte nåtts avslutar aldrig ett ärende av sig självt.",
            "Lämna över till Enhetschef, eller fortsätt att söka kontakt.",
        )
    if question.answer("follow_up_needed") is None or not question.text("follow_up_reason"):
        return closed(
            "Behovet av uppföljning är inte bedömt.",
            "Bedöm behovet individuellt och skriv varför eller varför inte.",
        )
    return opened("Underrättelser, föräldrasamtal och uppföljning är klara.", *_talks(question))


def _notice_without_stance(question: GateQuestion) -> GateAnswer | None:
    """Every notice is answered for itself (handboken 4.1.1.2): by a stance, one from Kronofogden by the confirmation.

    A withdrawal (kind H) asks for nothing.
    """
    confirmed = {event.scope.id for event in question.snapshot.events_named(CONFIRMED)}
    waiting = [
        notice
        for notice in question.snapshot.received
        if notice.stance is None
        and notice.kind != "H"
        and not (notice.kind in TO_BE_CONFIRMED and notice.id in confirmed)
    ]
    if not waiting:
        return None
    return closed(
        "Ställning är inte tagen till varje underrättelse.",
        "Ta ställning till, eller bekräfta till Kronofogden, de underrättelser som återstår, var för sig.",
        *(f"underrättelse {notice.id}" for notice in waiting),
    )


def _talks(question: GateQuestion) -> tuple[str, ...]:
    return tuple(f"händelse {event.id}" for event in question.snapshot.events_named(PARENTS_TALK))


def _parents_not_talked_with(question: GateQuestion) -> GateAnswer | None:
    """Children, contact children and partners' children alike make the talk a duty (handboken 3)."""
    snapshot, evidence = question.snapshot, where_children_are_told_of(question.snapshot, question.now)
    if not evidence or any(map(_settles_talk, snapshot.events_named(PARENTS_TALK))):
        return None
    if not living_children(snapshot, question.now):
        return closed(
            "Kronofogden känner till barn som inte är inlagda, och samtalet med föräldrarna är inte hållet.",
            "Ta reda på vilka de är, lägg in dem och håll samtalet. Visar det sig att inga barn berörs: anteckna det.",
            *evidence,
        )
    return closed(
        "Barn berörs, och samtalet med föräldrarna är inte hållet.",
        "Håll samtalet. Är det prövat och omöjligt: anteckna varför, så godkänner Enhetschef.",
        *evidence,
    )


def _settles_talk(event: EventSeen) -> bool:
    """The talk was held, or was impossible for a reason that the head of unit has approved."""
    said = event.payload
    outcome = said.get("outcome", "held")
    return outcome == "held" or (
        outcome == "impossible" and bool(said.get("reason")) and bool(said.get("approved_by"))
    )


def follow_up(question: GateQuestion) -> GateAnswer:
    """May contact go on after the end? An adult's consent; a child by agreement or decision (R-150, R-164, R-165).

    A child's follow-up without agreement ends at the latest six months after the investigation (SoL 23:1, 23:5).
    """
    snapshot, now = question.snapshot, question.now
    if question.scope.kind == "report":
        return _follow_up_of_child(question)
    rows = [
        row
        for row in snapshot.consents
        if "follow_up" in row.purposes and consent.why_not_valid(row, snapshot, now) is None
    ]
    adults = [row for row in rows if not consent.is_child_giver(snapshot, row.giver)]
    if adults:
        return opened(
            "Den enskilde har samtyckt till uppföljning.", *(f"samtycke {row.id}" for row in adults)
        )
    return closed(
        "Den enskilde har inte samtyckt till fortsatt kontakt.",
        "Erbjud uppföljning och be om samtycke. Utan samtycke avslutas kontakten; barn följs upp enligt egna regler.",
    )


def _follow_up_of_child(question: GateQuestion) -> GateAnswer:
    decision = question.snapshot.latest(CHILD_FOLLOW_UP, scope=question.scope)
    if decision is None or decision.payload.get("decision") not in {"agreed", "without_consent"}:
        return closed(
            "Uppföljning av barnet är varken överenskommen eller beslutad.",
            "Kom överens med barnet och vårdnadshavarna, eller besluta enligt SoL 23 kap. 1 §.",
        )
    evidence = f"händelse {decision.id}"
    ends = decision.payload.get("ends_on")
    if decision.payload["decision"] == "without_consent":
        if not ends or swedish_day(question.now) > date.fromisoformat(str(ends)):
            return closed(
                "Uppföljning utan samtycke har upphört (senast sex månader efter utredningen).",
                "Avsluta uppföljningen, eller be om samtycke.",
                evidence,
            )
        return opened(f"Beslutad utan samtycke, till och med {ends} (SoL 23 kap. 1 och 5 §§).", evidence)
    return opened("Överenskommen med barnet och vårdnadshavarna.", evidence)


CLOSING_GATES = (
    Gate(
        "closing", Level.HARD, "Avsluta", ("R-030", "R-049", "R-148"),
        "handboken 3, 4.1.1.2, 6.9; JO 1683-2017", closing,
    ),
    Gate(
        "follow-up", Level.HARD, "Uppföljning", ("R-149", "R-150", "R-163", "R-164", "R-165", "R-172"),
        "handboken 6.9, 7; SoL 23:1-5", follow_up,
    ),
)  # fmt: skip
