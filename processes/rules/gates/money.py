"""Gates about money: a commitment to pay in time and by the right person, late payments, reclaims, repeated arrears.

The lease is won back only within the recovery period (JB 12:44); what counts is the day of payment or posting, never
the day somebody recorded it.
"""

from __future__ import annotations

from processes.rules.calendar import in_swedish
from processes.rules.children_concerned import concerns_children
from processes.rules.deadlines.notices import payment_of, posted_in_time, recovery_of
from processes.rules.deadlines.payload import instant_in
from processes.rules.explanation import Explanation
from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, is_yes, opened
from processes.rules.snapshot import NoticeSeen

REPEATED = 2
"""From how many arrears notices, or applications for rent debts, arrears count as repeated (INTERPRETATION)."""


def _notice(question: GateQuestion) -> NoticeSeen | None:
    """The notice that the step is about: its scope, the one chosen in the form, or the newest of unpaid rent."""
    chosen = question.answer("notice") or question.answer("about_notice")
    wanted = question.scope.id if question.scope.kind == "notice" else chosen
    notices = question.snapshot.notices
    if wanted is not None:
        return next((notice for notice in notices if notice.id == int(wanted)), None)
    arrears = [notice for notice in notices if recovery_of(question.snapshot, notice) is not None]
    return arrears[-1] if arrears else None


def commitment(question: GateQuestion) -> GateAnswer:
    """May the board's commitment to pay the rent be decided and posted? (R-139; D-03, D-09; E-17, E-18)

    Decided by somebody with the delegation and posted on the last day of the recovery period or before: otherwise
    closed. For a cooperative flat, and for a letter that is not registered, a written reason is asked for. Looked at
    when completing: `commitment_decision`, `months`, `posted_at`, `registered`.
    """
    if question.is_completing and not _commits(question):
        return opened("Inget åtagande görs.")
    notice = _notice(question)
    last_day = None if notice is None else recovery_of(question.snapshot, notice)
    if notice is None or last_day is None:
        return closed(
            "Underrättelsen ger ingen återvinningsfrist, så ett åtagande räddar inte hyresrätten.",
            "Pröva överenskommelse med hyresvärden eller annat stöd.",
        )
    evidence = (f"underrättelse {notice.id}", last_day.id)
    if not question.is_completing:
        return opened(_until(last_day), *evidence)
    return (
        _not_delegated(question, evidence)
        or _posted_late(question, last_day, evidence)
        or _unsure_commitment(question, evidence)
        or opened(_until(last_day), *evidence)
    )


def _commits(question: GateQuestion) -> bool:
    """The form decides a commitment, or posts one."""
    return question.answer("commitment_decision") == "commitment" or question.answer("posted_at") is not None


def _until(last_day: Explanation) -> str:
    if last_day.on is None:
        return "Fristens sista dag är inte känd. Fastställ delgivningsdagen."
    provisional = " Dagen är preliminär." if last_day.is_provisional else ""
    return f"Rekommenderat brev ska vara postat senast {in_swedish(last_day.on)}.{provisional}"


def _not_delegated(question: GateQuestion, evidence: tuple[str, ...]) -> GateAnswer | None:
    """The decision needs a delegate; the posting of a decided commitment may be anybody's in the unit."""
    if question.answer("posted_at") is not None:
        return None
    person = question.person
    if person is None or "commitment" not in person.delegations:
        return closed(
            "Ett åtagande om betalningsansvar beslutas av den som har delegation.",
            "Lämna över till en delegat på Enheten för ekonomiskt bistånd eller till Enhetschef.",
            *evidence,
        )
    months = question.answer("months")
    cap = question.snapshot.policy.commitment_cap_months
    if months is not None and int(months) > cap and not person.is_head:
        return closed(
            f"Delegationen omfattar högst {cap} månader.",
            "Lämna över till Enhetschef eller minska åtagandet.",
            *evidence,
        )
    return None


def _posted_late(
    question: GateQuestion, last_day: Explanation, evidence: tuple[str, ...]
) -> GateAnswer | None:
    posted_at = None if question.answers is None else instant_in(question.answers, "posted_at")
    if posted_at is None:
        return None
    is_registered = is_yes(question.answer("registered"))
    verdict = posted_in_time(posted_at, is_registered=is_registered, last_day=last_day)
    if verdict.is_in_time is False:
        return closed(
            verdict.why,
            "Kontrollera dagen på inlämningskvittot. Är den rätt är fristen ute: försök nå en överenskommelse.",
            *evidence,
        )
    return None


def _unsure_commitment(question: GateQuestion, evidence: tuple[str, ...]) -> GateAnswer | None:
    if question.snapshot.contract_kind == "cooperative":
        return closed(
            "Det är inte bekräftat att ett åtagande räddar en bostadsrätt.",
            "Skriv varför åtagandet ändå görs, och rådfråga jurist.",
            *evidence,
            level=Level.REASON,
        )
    if question.answer("posted_at") is not None and not is_yes(question.answer("registered")):
        return closed(
            "Bara ett rekommenderat brev räknas från postningsdagen (JB 12 kap. 63 §).",
            "Skicka också rekommenderat, eller skriv hur mottagandet kan bevisas.",
            *evidence,
            level=Level.REASON,
        )
    return None


def paid_late(question: GateQuestion) -> GateAnswer:
    """Was the rent paid after the recovery period? Then the lease is not restored by that alone (E-15; R-138)."""
    notice = _notice(question)
    if notice is None:
        return opened("Ingen underrättelse med återvinningsfrist.", level=Level.INFO)
    verdict = payment_of(question.snapshot, notice)
    evidence = f"underrättelse {notice.id}"
    if verdict.is_full and verdict.is_in_time is False:
        return closed(
            verdict.why,
            "Fråga hyresvärden om hyresgästen ändå får bo kvar, eller pröva om sjukdom eller liknande var hinder.",
            evidence,
            level=Level.INFO,
        )
    return opened(verdict.why, evidence, level=Level.INFO)


def reclaim(question: GateQuestion) -> GateAnswer:
    """May the assistance be decided as one to be repaid? Only with a written, served decision and ground (R-177).

    Looked at when completing: `assistance_decision` (granted_reclaim), `reclaim_ground`, `reclaim_served_on`. The
    cases are listed in SoL 33:2; without service the decision gives no right to reclaim (SoL 33:3).
    """
    if not question.is_completing:
        return opened(
            "Mot återkrav bara i de fall lagen räknar upp, med skriftligt och delgivet beslut (SoL 33:2-3)."
        )
    if question.answer("assistance_decision") != "granted_reclaim":
        return opened("Biståndet ges inte mot återkrav.")
    if not question.text("reclaim_ground") or not question.text("reclaim_served_on"):
        return closed(
            "Återkrav kräver ett skriftligt beslut som anger grunden och delges den enskilde.",
            "Ange grunden i SoL 33 kap. 2 § och när beslutet delgavs.",
        )
    return opened("Beslutet anger grunden för återkrav och är delgivet.")


def repeated_arrears(question: GateQuestion) -> GateAnswer:
    """Do arrears come back? Then budget and debt advice is to be offered and mediated, to families first (R-143)."""
    snapshot = question.snapshot
    told = [e for e in snapshot.events_named("hyresvard.kontaktad") if is_yes(e.payload.get("repeated_late"))]
    applied = [
        e for e in snapshot.events_named("bistand.ansokt") if "rent_debt" in (e.payload.get("kinds") or ())
    ]
    late = [notice for notice in snapshot.notices if notice.grounds & {"arrears", "repeated_late_payment"}]
    is_said = is_yes(question.answer("repeated_late")) or any(
        "repeated_late_payment" in n.grounds for n in late
    )
    if not (told or is_said or max(len(applied), len(late)) >= REPEATED):
        return opened("Inget tyder på upprepade skulder.", level=Level.INFO)
    family = concerns_children(snapshot, question.now)
    return closed(
        "Hyran är sen eller bistånd till hyresskuld söks upprepade gånger.",
        "Informera om och förmedla kontakt med budget- och skuldrådgivningen."
        + (" Barn berörs, så det är särskilt viktigt." if family else ""),
        *(f"händelse {event.id}" for event in (*told, *applied)),
        *(f"underrättelse {notice.id}" for notice in late),
        level=Level.INFO,
    )


MONEY_GATES = (
    Gate("commitment", Level.HARD, "Åtagande om betalningsansvar", ("R-139",),
         "JB 12:44, 12:63; handboken 6.8", commitment, may_ask_reason=True),
    Gate("paid-late", Level.INFO, "Betald efter fristen", ("R-138",), "JB 12:44; handboken 6.8", paid_late),
    Gate("reclaim", Level.HARD, "Bistånd mot återkrav", ("R-140", "R-177"), "SoL 33:2-3; handboken 6.8", reclaim),
    Gate("repeated-arrears", Level.INFO, "Upprepade skulder", ("R-143",), "handboken 6.8", repeated_arrears),
)  # fmt: skip
